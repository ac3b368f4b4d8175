//! What can go wrong: being asked wrongly, and limits in strict mode. A page as such is never an error.

use thiserror::Error;

use crate::document::Limit;

/// An error of extraction.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Error {
    /// The page's URL is no absolute URL.
    #[error("{url:?} is not an absolute URL: {reason}")]
    Url {
        /// What was given.
        url: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The charset from the transport is none that the WHATWG encoding standard knows.
    #[error("no encoding is called {label:?}")]
    Charset {
        /// What was given.
        label: String,
    },
    /// The page goes beyond a limit, and the extractor is strict.
    #[error("the page has {actual} {limit}, the limit is {allowed}")]
    Limit {
        /// Which limit.
        limit: Limit,
        /// The limit's number.
        allowed: u64,
        /// The page's number; where reading ended at the limit, at least this.
        actual: u64,
    },
}
