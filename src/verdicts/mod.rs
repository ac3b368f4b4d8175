//! Stage three: what each block is. Scores, roles, the page's type, and how sure all that is.

mod choice;
mod confidence;
mod cues;
pub(crate) mod features;
mod judge;
mod lanes;
mod model;
mod names;
pub(crate) mod page;
mod page_type;
mod role;
mod roles;
mod whole;

pub(crate) use judge::{Judgement, Scorer};
pub(crate) use model::Explained;
pub use page_type::PageType;
pub use role::{Role, UnknownRole};
