//! Gold files and metrics: what the examples, benches and tests measure the engine with.
//!
//! Nothing here knows the engine. A [`GoldSet`] gives pages with what a person found on them, a [`Prediction`]
//! holds what any extractor made of one, and [`Scores`] compares the two by the metrics that others have
//! published, so that figures can be set beside theirs:
//!
//! | by | metric | published by |
//! |---|---|---|
//! | [`words`] | multiset of words, mean over pages | WCXB |
//! | [`shingles`] | 4-word shingles | ScrapingHub's article-extraction-benchmark |
//! | [`Segments`] | strings that must and must not appear | trafilatura |
//! | [`Roles`] | snippets that must stand in a block of a given role | this project |
//! | [`fields`] | title, authors, date, type of page | this project |
//! | [`Reliability`] | expected beside measured F1 | this project |
//!
//! [`align`] is the odd one out: it labels blocks by gold text, for training.

mod align;
mod error;
pub mod fields;
mod gold;
mod gold_set;
mod marks;
mod normal;
mod prediction;
mod reliability;
mod report;
mod roles;
mod segments;
pub mod shingles;
mod summary;
mod table;
mod training;
pub mod words;

pub use self::{
    align::{Alignment, align},
    error::EvalError,
    fields::{FieldTally, Outcome},
    gold::GoldPage,
    gold_set::{GoldEntry, GoldSet},
    prediction::{PredictedBlock, Prediction},
    reliability::{Expectation, Reliability},
    report::{PageScores, Scores},
    roles::{Roles, Tally},
    segments::Segments,
    summary::{PrfMean, Summary},
    training::TrainingPage,
    words::{Prf, Script, Words},
};
