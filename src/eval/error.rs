//! What can be wrong with gold, said so that whoever keeps it finds the line.

use std::{io, path::PathBuf};

/// Why gold or a page could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EvalError {
    /// The folder is no gold set, no corpus and no group of one.
    #[error("{}: holds neither gold.jsonl nor pages with a .json beside them", path.display())]
    #[non_exhaustive]
    NoGold {
        /// The folder.
        path: PathBuf,
    },
    /// A file or folder that cannot be read.
    #[error("{}: cannot be read: {error}", path.display())]
    #[non_exhaustive]
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// Gold that is no JSON, or not of the right form.
    #[error("{}:{line}: {reason}", path.display())]
    #[non_exhaustive]
    Malformed {
        /// The gold file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        reason: String,
    },
    /// A line of gold that does not say what page it is of.
    #[error("{}:{line}: has no id", path.display())]
    #[non_exhaustive]
    NoId {
        /// The gold file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
    },
    /// A second line of gold for the same page.
    #[error("{}:{line}: has the id {id:?} of line {first}", path.display())]
    #[non_exhaustive]
    DuplicateId {
        /// The gold file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// The line that came first, and is used.
        first: usize,
        /// The id.
        id: String,
    },
    /// Gold whose page is missing.
    #[error("{}:{line}: its page {} is missing", path.display(), html.display())]
    #[non_exhaustive]
    NoHtml {
        /// The gold file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// Where the page should be.
        html: PathBuf,
    },
    /// A page of a corpus whose gold is missing.
    #[error("{}: its gold {} is missing", html.display(), json.display())]
    #[non_exhaustive]
    NoJson {
        /// The page.
        html: PathBuf,
        /// Where its gold should be.
        json: PathBuf,
    },
}
