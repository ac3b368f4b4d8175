//! What gold has in another order than the page.
//!
//! Gold that was collected column by column, or that puts the specification before the description, leaves long
//! stretches of page and gold over that are the same. Short ones are not looked for here: out of order a few equal
//! words mean nothing.

use std::collections::HashMap;

use super::{
    chain::chain,
    texts::{Matching, TAKEN, Texts, runs},
};

/// How many times what is left is chained again.
const ROUNDS: usize = 3;
/// Words in a row that are believed out of order.
const LEAST: usize = 6;
/// Words in a row that a block and gold must share at least.
const WIDTH: usize = 4;

/// Matches stretches that were moved, then blocks wherever gold has them. Returns how many words of gold were
/// found for which no place is known.
pub(super) fn match_out_of_order(texts: &Texts, matching: &mut Matching, budget: &mut usize) -> usize {
    for _ in 0..ROUNDS {
        let pairs = chain(texts, matching, budget);
        let believed: Vec<_> =
            runs(pairs.iter().copied()).into_iter().filter(|run| run.words >= LEAST).collect();
        if believed.is_empty() {
            break;
        }
        let mut believed = believed.into_iter().peekable();
        matching.link_all(pairs.into_iter().filter(|(at, _)| {
            while believed.next_if(|run| run.page.end <= *at).is_some() {}
            believed.peek().is_some_and(|run| run.page.contains(at))
        }));
    }
    cover_blocks(texts, matching)
}

/// Covers blocks at least half of whose words stand in gold in runs of four, whatever their order, those with
/// most such words first. Each run of gold covers once.
fn cover_blocks(texts: &Texts, matching: &mut Matching) -> usize {
    let ids = |tokens: Vec<super::texts::Token>| tokens.into_iter().map(|token| token.id).collect::<Vec<_>>();
    let (page, gold) = (ids(matching.free_page(texts)), ids(matching.free_gold(texts)));
    let mut left: HashMap<&[u32], usize> = HashMap::new();
    for run in gold.windows(WIDTH).filter(|run| !run.contains(&TAKEN)) {
        *left.entry(run).or_default() += 1;
    }
    let covered_words = |start: usize, words: &[u32], left: &HashMap<&[u32], usize>| {
        let mut covered: Vec<usize> = Vec::new();
        for (at, run) in words.windows(WIDTH).enumerate() {
            if left.get(run).is_some_and(|&count| count > 0) {
                let from = covered.last().map_or(0, |last| last + 1).max(start + at);
                covered.extend(from..start + at + WIDTH);
            }
        }
        covered
    };
    let mut blocks: Vec<(usize, usize, &[u32])> = Vec::new();
    for block in texts.blocks().filter(|block| block.len() >= LEAST) {
        let words = page.get(block.clone()).unwrap_or_default();
        let most = covered_words(block.start, words, &left).len();
        if most * 2 >= words.len() {
            blocks.push((most, block.start, words));
        }
    }
    blocks.sort_by_key(|&(most, start, _)| (std::cmp::Reverse(most), start));
    let mut found = 0;
    for (_, start, words) in blocks {
        // An equal block may have used the gold up.
        let covered = covered_words(start, words, &left);
        if covered.len() * 2 < words.len() {
            continue;
        }
        for run in words.windows(WIDTH) {
            left.entry(run).and_modify(|count| *count = count.saturating_sub(1));
        }
        found += covered.len();
        covered.into_iter().for_each(|at| matching.cover(at));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn covered(blocks: &[&str], gold: &str) -> (Vec<bool>, usize) {
        let texts = Texts::new(blocks, gold);
        let mut matching = Matching::new(&texts);
        let found = cover_blocks(&texts, &mut matching);
        ((0..texts.page().len()).map(|at| matching.is_covered(at)).collect(), found)
    }

    #[test]
    fn a_block_is_covered_where_it_shares_four_words_in_a_row() {
        let (covered, found) =
            covered(&["now the old pier was sold for scrap"], "scrap\nthe old pier was sold by us");
        assert_eq!(covered, [false, true, true, true, true, true, false, false]);
        assert_eq!(found, 5);
    }

    #[test]
    fn a_short_block_or_one_that_shares_little_is_not() {
        assert_eq!(covered(&["the old pier was sold"], "the old pier was sold").1, 0);
        assert_eq!(covered(&["a b c d and five more that differ"], "a b c d").1, 0);
    }

    #[test]
    fn of_equal_blocks_the_first_is_covered() {
        let text = "the old pier was sold again";
        let (covered, found) = covered(&[text, text], text);
        assert_eq!((covered.iter().position(|covered| !covered), found), (Some(6), 6));
    }
}
