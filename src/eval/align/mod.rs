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
        // A block that says the same over and over may find one run of gold more than once.
        gold_found: (matching.linked() + extra).min(texts.gold().len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fractions(blocks: &[&str], gold: &str) -> Vec<f64> {
        align(blocks, gold).fractions()
    }

    const TIDES: &str = "Ships wait outside the bar until there is water enough to come in.";
    const MOON: &str = "Twice a month the moon and the sun pull together and the tide runs high.";

    /// A block of words that are in no text here.
    fn menu() -> String {
        (0..80).map(|number| format!("entry{number} ")).collect()
    }

    #[test]
    fn the_text_is_covered_and_the_rest_is_not() {
        let blocks = ["Home Forecast", "Tides", TIDES, "the moon and you", "Share", MOON, "the sun is up"];
        let gold = format!("Tides\n\n{TIDES}\n\n{MOON}");
        assert_eq!(fractions(&blocks, &gold), [0.0, 1.0, 1.0, 0.0, 0.0, 1.0, 0.0]);
    }

    #[test]
    fn a_block_is_covered_in_part() {
        let mixed = format!("Read on after this advertisement now. {TIDES}");
        let alignment = align(&[mixed.as_str(), ""], TIDES);
        assert_eq!(alignment.words(), [19, 0]);
        assert!((alignment.fractions()[0] - 13.0 / 19.0).abs() < 1e-9);
        assert_eq!(alignment.fractions()[1], 0.0);
    }

    #[test]
    fn scattered_common_words_count_for_nothing() {
        let blocks = ["the best of the bar and the pier", TIDES];
        assert_eq!(fractions(&blocks, &format!("the old bar of sand\n{TIDES}")), [0.0, 1.0]);
    }

    #[test]
    fn a_menu_entry_far_from_the_text_is_not_covered() {
        let (menu, gold) = (menu(), format!("Home\n{TIDES}"));
        assert_eq!(fractions(&["Home", &menu, TIDES], &gold), [0.0, 0.0, 1.0]);
        assert_eq!(fractions(&["Home", "Log in", TIDES], &gold), [1.0, 0.0, 1.0]);
    }

    #[test]
    fn a_block_in_place_gets_what_an_equal_one_far_off_was_matched_with() {
        // In the menu the two stand in a row as in gold, in the text not.
        let menu = menu();
        let blocks = ["High water", "Low water", &menu, "High water", "Copy link", "Low water", TIDES];
        let gold = format!("High water\nLow water\n{TIDES}");
        assert_eq!(fractions(&blocks, &gold), [0.0, 0.0, 0.0, 1.0, 0.0, 1.0, 1.0]);
        // After the text is not where gold has them.
        let blocks = ["High water", "Low water", &menu, TIDES, "High water", "Copy link", "Low water"];
        assert_eq!(fractions(&blocks, &gold), [0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0]);
    }

    #[test]
    fn each_word_of_gold_covers_once() {
        assert_eq!(fractions(&[TIDES, MOON, TIDES, MOON], &format!("{TIDES}\n{MOON}")), [1.0, 1.0, 0.0, 0.0]);
        assert_eq!(fractions(&[TIDES, TIDES], &format!("{TIDES}\n{TIDES}")), [1.0, 1.0]);
        let alignment = align(&["a b c", "a b c", "a b c"], "a b c a b c");
        assert_eq!((alignment.fractions().iter().sum::<f64>(), alignment.gold_coverage()), (2.0, 1.0));
    }

    #[test]
    fn parts_may_have_changed_places() {
        let cells = ["Draught", "3 m", "Length", "24 m", "Beam", "7 m"];
        let blocks: Vec<&str> = [TIDES, MOON].into_iter().chain(cells).collect();
        let gold = format!("{}\n{TIDES}\n{MOON}", cells.join("\n"));
        assert_eq!(fractions(&blocks, &gold), [1.0; 8]);
    }

    #[test]
    fn a_list_may_be_the_other_way_round() {
        let words = |c: char| (1..8).map(|number| format!("{c}{number} ")).collect();
        let items: Vec<String> = ('a'..='p').map(words).collect();
        let gold: Vec<&str> = items.iter().rev().map(String::as_str).collect();
        let alignment = align(&items, &gold.join("\n"));
        assert_eq!(alignment.fractions(), [1.0; 16]);
        assert_eq!(alignment.gold_coverage(), 1.0);
    }

    #[test]
    fn chinese_is_aligned_by_characters() {
        let blocks = ["首页 潮汐", "船在港外等水涨起来。", "港口的人都看月亮", "分享"];
        assert_eq!(fractions(&blocks, "船在港外等水涨起来。\n人都看月亮"), [0.0, 1.0, 5.0 / 8.0, 0.0]);
    }

    #[test]
    fn nothing_covers_nothing() {
        assert_eq!(fractions(&[], TIDES), [0.0; 0]);
        assert_eq!(fractions(&[TIDES, "—"], ""), [0.0, 0.0]);
        assert_eq!(align(&[TIDES], "").gold_coverage(), 1.0);
        assert_eq!(align(&["Home"], TIDES).gold_coverage(), 0.0);
    }

    #[test]
    fn one_word_over_and_over_is_not_quadratic() {
        // 400 million pairs if all were looked at.
        let text = "tick ".repeat(20_000);
        assert_eq!(fractions(&[&text, "tock"], &text), [1.0, 0.0]);
    }
}
