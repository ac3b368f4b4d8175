//! Why a block got its score: what each feature added or took.

use std::fmt;

use serde::Serialize;

use crate::blocks::Blocks;
use crate::verdicts::{Explained, Scorer};

/// One thing that moved a block's score.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reason {
    name: String,
    value: f32,
    contribution: f32,
}

impl Reason {
    #[cfg(test)]
    pub(crate) fn new(name: &str, value: f32, contribution: f32) -> Reason {
        Reason { name: name.to_owned(), value, contribution }
    }

    /// The feature's name, such as `link_ratio` or `ancestor2.words`; `base` for what every block starts from and
    /// `others` for all features that are not listed.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The feature's value on this block; 0 for `base` and `others`.
    pub fn value(&self) -> f32 {
        self.value
    }

    /// What it added to the score's log odds; below 0 it spoke against content. The contributions of a block add
    /// up to `ln(score ÷ (1 − score))`.
    pub fn contribution(&self) -> f32 {
        self.contribution
    }
}

/// As `link_ratio=0.25 -1.30`: name, value and contribution.
impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        // These two stand for no feature and have no value.
        if !matches!(self.name.as_str(), "base" | "others") {
            let value = format!("{:.2}", self.value);
            write!(f, "={}", value.trim_end_matches('0').trim_end_matches('.'))?;
        }
        write!(f, " {:+.2}", self.contribution)
    }
}

/// So many features are listed, besides the two that always are.
const STRONGEST: usize = 6;

/// The reasons of every block of a page.
pub(crate) fn of(blocks: &Blocks) -> Vec<Vec<Reason>> {
    let names = Scorer::feature_names();
    Scorer::get().explain(blocks).into_iter().map(|explained| summarise(explained, &names)).collect()
}

fn summarise(explained: Explained, names: &[String]) -> Vec<Reason> {
    let mut features = explained.contributions;
    features.sort_by(|a, b| b.contribution.abs().total_cmp(&a.contribution.abs()));
    let mut others = 0.0;
    let mut reasons = Vec::with_capacity(STRONGEST + 4);
    for (rank, feature) in features.into_iter().enumerate() {
        let name = names.get(feature.number).map_or("", String::as_str);
        if rank < STRONGEST || matches!(name, "text_density" | "link_ratio") {
            reasons.push(Reason {
                name: name.to_owned(),
                value: feature.value,
                contribution: feature.contribution,
            });
        } else {
            others += feature.contribution;
        }
    }
    reasons.push(Reason { name: "others".to_owned(), value: 0.0, contribution: others });
    reasons.push(Reason { name: "base".to_owned(), value: 0.0, contribution: explained.base });
    reasons
}
