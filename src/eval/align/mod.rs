//! Labels for training: how much of each block of a page the gold text covers.
//!
//! Gold is plain text, so which block a gold word came from must be found out. Looking for common words alone
//! would mark every menu that says *the* or *Home*, so words count only as parts of runs that stand in the same
//! order on the page and in gold:
//!
//! 1. `chain` finds the best chain of runs over the whole page. Where a shortest edit script would maximise the
//!    number of words and be blind to where they lie, it pays for each run it opens, less at the edge of a block
//!    and of a line of gold, so that a heading is matched beside its paragraph and not word by word in the menu.
//! 2. `tidy` drops what is left of scattered words, and short runs far from all solid ones; an equal block that
//!    stands where gold says gets the match instead.
//! 3. `loose` looks for what gold has in another order than the page.
//!
//! Each word of gold covers one word of the page, so of two copies of a text one stays uncovered.

mod chain;
mod loose;
mod texts;
mod tidy;

use self::texts::{Matching, Texts};

/// How much of each block of a page the gold text covers.
#[derive(Clone, Debug, Default)]
pub struct Alignment {
    blocks: Vec<Covered>,
    gold_words: usize,
    gold_found: usize,
}

/// A block's words, and how many of them gold covers.
#[derive(Clone, Copy, Debug)]
struct Covered {
    words: usize,
    covered: usize,
}

impl Alignment {
    /// For each block the share of its words that gold covers, from 0 to 1. A block without words has 0.
    pub fn fractions(&self) -> Vec<f64> {
        self.blocks.iter().map(|block| super::words::share(block.covered, block.words)).collect()
    }

    /// For each block the number of its words.
    pub fn words(&self) -> Vec<usize> {
        self.blocks.iter().map(|block| block.words).collect()
    }

    /// The share of the gold words that were found on the page, 1 if gold has none. Where it is low, gold and page
    /// do not belong together, or the page makes its text by script.
    pub fn gold_coverage(&self) -> f64 {
        if self.gold_words == 0 { 1.0 } else { super::words::share(self.gold_found, self.gold_words) }
    }
}

/// Finds which words of the blocks, given in document order, the gold text covers.
///
/// ```
/// use unhusk::eval::align;
///
/// let blocks = ["Home", "Tides", "The harbour freezes over in late January.", "All rights reserved"];
/// let gold = "Tides\n\nThe harbour freezes over in late January.";
/// assert_eq!(align(&blocks, gold).fractions(), [0.0, 1.0, 1.0, 0.0]);
/// ```
pub fn align<S: AsRef<str>>(blocks: &[S], gold: &str) -> Alignment {
    let texts = Texts::new(blocks, gold);
    let mut matching = Matching::new(&texts);
    let mut budget = chain::BUDGET;
    matching.link_all(chain::chain(&texts, &matching, &mut budget));
    tidy::tidy(&texts, &mut matching);
    let extra = loose::match_out_of_order(&texts, &mut matching, &mut budget);
    let blocks = texts.blocks().map(|range| {
        let words = range.len();
        Covered { words, covered: range.filter(|&at| matching.is_covered(at)).count() }
    });
    Alignment {
        blocks: blocks.collect(),
        gold_words: texts.gold().len(),
        gold_found: matching.linked() + extra,
    }
}
