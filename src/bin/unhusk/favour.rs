//! `--favour`, of the program and of the examples.

use clap::ValueEnum;
use unhusk::Favour;

/// `--favour`.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum FavourArg {
    /// The best F1.
    #[default]
    Balance,
    /// Rather miss a block than take one too many.
    Precision,
    /// Rather take a block too many than miss one.
    Recall,
}

impl From<FavourArg> for Favour {
    fn from(arg: FavourArg) -> Favour {
        match arg {
            FavourArg::Balance => Favour::Balance,
            FavourArg::Precision => Favour::Precision,
            FavourArg::Recall => Favour::Recall,
        }
    }
}
