//! The best chain of matched runs that stand in the same order on the page and in gold.
//!
//! A dynamic program over the pairs of equal words: each pair continues a run, joins one over a small gap, or
//! opens a new run after the best chain that ends before it in both texts. That best is a prefix maximum, kept in
//! a Fenwick tree over the gold positions, so a page with *r* equal pairs costs *r* log *gold*. Common words make
//! *r* large on long pages; there only pairs inside longer equal runs are taken first and the stretches between
//! are chained after, and what is over the budget even so is matched from both ends only.

use std::{cmp::Reverse, ops::Range};

use super::texts::{Matching, STEP, TAKEN, Texts, Token};

/// Pairs that one page may cost, and words it may be walked over for. A million take about a tenth of a second; a
/// page of 3,000 words has some fifty thousand.
pub(super) const BUDGET: usize = 1_000_000;

/// What a matched word is worth. The costs below are in the same unit.
const WORD: i32 = 10;
/// Opening or closing a run at the edge of a block.
const AT_EDGE: i32 = 3;
/// Opening or closing a run inside a block: three words in the middle of nowhere just pay for both.
const INSIDE: i32 = 11;
/// Opening or closing a run inside a line of gold.
const INSIDE_LINE: i32 = 3;
/// Going on after a small gap.
const GAP: i32 = 5;

/// How long equal runs must be for their pairs to be taken, shortest first.
const WIDTHS: [usize; 5] = [1, 2, 4, 8, 16];

/// The best chain over the words that are not yet matched, as pairs of page and gold positions, ascending in both.
pub(super) fn chain(texts: &Texts, matching: &Matching, budget: &mut usize) -> Vec<(usize, usize)> {
    let (page, gold) = (matching.free_page(texts), matching.free_gold(texts));
    let mut found = Vec::new();
    let mut stretches = vec![(0..page.len(), 0..gold.len())];
    while let Some((of_page, of_gold)) = stretches.pop() {
        let (Some(page), Some(gold)) = (page.get(of_page.clone()), gold.get(of_gold.clone())) else {
            continue;
        };
        if page.is_empty() || gold.is_empty() {
            continue;
        }
        let place = |(at, gold_at): (usize, usize)| (at + of_page.start, gold_at + of_gold.start);
        let walk = page.len() + gold.len();
        let mut by_width = WIDTHS.iter().map(|&width| Grams::new(page, gold, width));
        let Some(grams) = by_width.find(|grams| grams.pairs + walk <= *budget) else {
            found.extend(from_both_ends(page, gold).into_iter().map(place));
            continue;
        };
        *budget -= grams.pairs + walk;
        let pairs: Vec<_> = Search::new(page, gold).run(&grams).into_iter().map(place).collect();
        if grams.width > 1 {
            stretches.extend(between(&pairs, of_page, of_gold));
        }
        found.extend(pairs);
    }
    found.sort_unstable();
    found
}

/// The stretches before, between and after the pairs. None if there are no pairs, so that each stretch is smaller
/// than the one it comes from.
fn between(
    pairs: &[(usize, usize)],
    page: Range<usize>,
    gold: Range<usize>,
) -> Vec<(Range<usize>, Range<usize>)> {
    let (mut at, mut gold_at) = (page.start, gold.start);
    let mut stretches = Vec::new();
    for &(next, gold_next) in pairs {
        stretches.push((at..next, gold_at..gold_next));
        (at, gold_at) = (next + 1, gold_next + 1);
    }
    if !pairs.is_empty() {
        stretches.push((at..page.end, gold_at..gold.end));
    }
    stretches.retain(|(page, gold)| !page.is_empty() && !gold.is_empty());
    stretches
}

/// The equal words at the start and at the end.
fn from_both_ends(page: &[Token], gold: &[Token]) -> Vec<(usize, usize)> {
    let head = page.iter().zip(gold).take_while(|(a, b)| a.equals(**b)).count();
    let least = page.len().min(gold.len());
    let tail = page
        .iter()
        .rev()
        .zip(gold.iter().rev())
        .take(least - head)
        .take_while(|(a, b)| a.equals(**b))
        .count();
    let tails = (0..tail).rev().map(|back| (page.len() - 1 - back, gold.len() - 1 - back));
    (0..head).map(|at| (at, at)).chain(tails).collect()
}

/// Where runs of a width that stand on the page stand in gold.
struct Grams {
    width: usize,
    /// For each run on the page, which part of `places` tells of it.
    of_page: Vec<Range<usize>>,
    /// Starts in gold, ordered by run and then place.
    places: Vec<usize>,
    /// How many pairs of runs are equal, times their width.
    pairs: usize,
}

impl Grams {
    fn new(page: &[Token], gold: &[Token], width: usize) -> Self {
        let ids = |tokens: &[Token]| tokens.iter().map(|token| token.id).collect::<Vec<_>>();
        let (page, gold) = (ids(page), ids(gold));
        let is_free = |run: &&[u32]| !run.contains(&TAKEN);
        let mut starts: Vec<(&[u32], usize)> =
            gold.windows(width).zip(0..).filter(|(run, _)| is_free(run)).collect();
        starts.sort_unstable();
        let of_page: Vec<Range<usize>> = page
            .windows(width)
            .map(|run| {
                let from = starts.partition_point(|(other, _)| *other < run);
                let rest = starts.get(from..).unwrap_or_default();
                from..from + rest.partition_point(|(other, _)| *other == run)
            })
            .collect();
        let pairs = of_page.iter().map(|range| range.len() * width).sum();
        Self { width, of_page, places: starts.into_iter().map(|(_, at)| at).collect(), pairs }
    }

    /// The gold positions with which the word at `at` on the page is paired, ascending.
    fn partners(&self, at: usize, into: &mut Vec<usize>) {
        into.clear();
        for back in 0..self.width.min(at + 1) {
            let range = self.of_page.get(at - back).cloned().unwrap_or_default();
            into.extend(self.places.get(range).unwrap_or_default().iter().map(|start| start + back));
        }
        if self.width > 1 {
            into.sort_unstable();
            into.dedup();
        }
    }
}

/// A pair of equal words as the end of the best chain to it.
#[derive(Clone, Copy)]
struct Node {
    at: u32,
    gold_at: u32,
    score: i32,
    before: Option<u32>,
}

/// The dynamic program over one stretch.
struct Search<'a> {
    page: &'a [Token],
    gold: &'a [Token],
    nodes: Vec<Node>,
    /// For this row of the page and the few before, the node at each gold position.
    rows: [Vec<Option<u32>>; STEP + 1],
    /// What of the rows is set, to be cleared without walking them.
    set: [Vec<usize>; STEP + 1],
    closed: PrefixMax,
}

impl<'a> Search<'a> {
    fn new(page: &'a [Token], gold: &'a [Token]) -> Self {
        Self {
            page,
            gold,
            nodes: Vec::new(),
            rows: std::array::from_fn(|_| vec![None; gold.len()]),
            set: Default::default(),
            closed: PrefixMax::new(gold.len()),
        }
    }

    fn run(mut self, grams: &Grams) -> Vec<(usize, usize)> {
        let mut partners = Vec::new();
        for (at, &word) in self.page.iter().enumerate() {
            self.clear_row(at);
            grams.partners(at, &mut partners);
            let first_of_row = self.nodes.len();
            for &gold_at in &partners {
                self.add(at, word, gold_at);
            }
            // Only now, since two pairs of one row exclude each other.
            for (node, number) in self.nodes.iter().skip(first_of_row).zip(first_of_row as u32..) {
                let value = node.score - leaving(word, self.gold, node.gold_at as usize);
                self.closed.raise(node.gold_at as usize, Closed { value, node: number });
            }
        }
        self.trace(self.end())
    }

    /// Adds the pair with the best of the ways to reach it.
    fn add(&mut self, at: usize, word: Token, gold_at: usize) {
        let open = self.closed.below(gold_at);
        let mut score = open.map_or(0, |open| open.value) - entering(word, self.gold, gold_at);
        let mut before = open.map(|open| open.node);
        for back in (1..=STEP.min(at)).rev() {
            for gold_back in (1..=STEP.min(gold_at)).rev() {
                let Some(number) = self.node_at(at - back, gold_at - gold_back) else { continue };
                let cost = if back == 1 && gold_back == 1 { 0 } else { GAP };
                let through = self.nodes.get(number as usize).map_or(i32::MIN, |node| node.score - cost);
                // As good is good enough: of two equal chains, the one whose words lie closer.
                if through >= score {
                    (score, before) = (through, Some(number));
                }
            }
        }
        let number = self.nodes.len() as u32;
        self.nodes.push(Node { at: at as u32, gold_at: gold_at as u32, score: score + WORD, before });
        if let Some(cell) = self.rows.get_mut(at % (STEP + 1)).and_then(|row| row.get_mut(gold_at)) {
            *cell = Some(number);
        }
        if let Some(set) = self.set.get_mut(at % (STEP + 1)) {
            set.push(gold_at);
        }
    }

    /// The node that the best chain ends with: of equals the first, since what is repeated after the text is a
    /// copy or a footer.
    fn end(&self) -> Option<u32> {
        let values = self.nodes.iter().zip(0..).map(|(node, number)| {
            let word = self.page.get(node.at as usize)?;
            Some((node.score - leaving(*word, self.gold, node.gold_at as usize), Reverse(number)))
        });
        let (value, Reverse(number)) = values.max().flatten()?;
        (value > 0).then_some(number)
    }

    fn node_at(&self, at: usize, gold_at: usize) -> Option<u32> {
        self.rows.get(at % (STEP + 1))?.get(gold_at).copied().flatten()
    }

    /// Makes the oldest row that of `at`.
    fn clear_row(&mut self, at: usize) {
        let which = at % (STEP + 1);
        if let (Some(row), Some(set)) = (self.rows.get_mut(which), self.set.get_mut(which)) {
            for gold_at in set.drain(..) {
                row.get_mut(gold_at).into_iter().for_each(|cell| *cell = None);
            }
        }
    }

    /// The chain that ends at a node.
    fn trace(&self, mut end: Option<u32>) -> Vec<(usize, usize)> {
        let mut pairs = Vec::new();
        while let Some(node) = end.and_then(|number| self.nodes.get(number as usize)) {
            pairs.push((node.at as usize, node.gold_at as usize));
            end = node.before;
        }
        pairs.reverse();
        pairs
    }
}

fn entering(word: Token, gold: &[Token], gold_at: usize) -> i32 {
    cost(word.starts, gold.get(gold_at).is_some_and(|word| word.starts))
}

fn leaving(word: Token, gold: &[Token], gold_at: usize) -> i32 {
    cost(word.ends, gold.get(gold_at).is_some_and(|word| word.ends))
}

fn cost(at_edge: bool, at_line_edge: bool) -> i32 {
    (if at_edge { AT_EDGE } else { INSIDE }) + (if at_line_edge { 0 } else { INSIDE_LINE })
}

/// The end of a chain whose last run is closed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Closed {
    value: i32,
    /// Later nodes stand later on the page, so among equals the maximum is the closest.
    node: u32,
}

/// A Fenwick tree for maxima over the gold positions before a given one.
struct PrefixMax {
    tree: Vec<Option<Closed>>,
}

impl PrefixMax {
    fn new(len: usize) -> Self {
        Self { tree: vec![None; len + 1] }
    }

    /// Enters a chain that ends at a gold position. Chains that are worth nothing are not worth going on from.
    fn raise(&mut self, gold_at: usize, closed: Closed) {
        if closed.value <= 0 {
            return;
        }
        let mut at = gold_at + 1;
        while let Some(best) = self.tree.get_mut(at) {
            *best = (*best).max(Some(closed));
            at += at & at.wrapping_neg();
        }
    }

    /// The best chain that ends before a gold position.
    fn below(&self, gold_at: usize) -> Option<Closed> {
        let mut best = None;
        let mut at = gold_at;
        while at > 0 {
            best = best.max(self.tree.get(at).copied().flatten());
            at &= at - 1;
        }
        best
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(blocks: &[&str], gold: &str, mut budget: usize) -> Vec<(usize, usize)> {
        let texts = Texts::new(blocks, gold);
        chain(&texts, &Matching::new(&texts), &mut budget)
    }

    #[test]
    fn one_run_is_better_than_as_many_scattered_words() {
        // The menu has all three words too, and in order.
        let blocks = ["old news", "harbour walls", "sunk boats", "x", "old harbour boats"];
        assert_eq!(found(&blocks, "old harbour boats", BUDGET), [(7, 0), (8, 1), (9, 2)]);
    }

    #[test]
    fn a_word_inside_a_line_of_gold_is_no_lone_block() {
        assert_eq!(found(&["Home"], "they went home again", BUDGET), []);
        assert_eq!(found(&["Home"], "home\nagain", BUDGET), [(0, 0)]);
    }

    #[test]
    fn of_equal_blocks_the_one_beside_the_text_is_taken() {
        let blocks = ["Tides", "About us", "Tides", "Ships wait for high water here"];
        let pairs = found(&blocks, "Tides\nShips wait for high water here", BUDGET);
        assert_eq!(pairs.first(), Some(&(3, 0)));
        assert_eq!(pairs.len(), 7);
    }

    #[test]
    fn a_small_gap_does_not_end_a_run() {
        let blocks = ["The pier 3 was built 4 of oak"];
        assert_eq!(found(&blocks, "the pier was built of oak", BUDGET).len(), 6);
    }

    #[test]
    fn a_small_budget_finds_long_runs_first_and_fills_in_between() {
        let text = "a b a c a d a e a f a g a h a i a j a k a l a m a n a o a p a q";
        let page = format!("x y z {text} menu share");
        let (blocks, gold) = ([page.as_str()], format!("{text} end"));
        let all = found(&blocks, &gold, BUDGET);
        assert_eq!(all.len(), 32);
        // 16 * 16 pairs of `a` alone are too many.
        assert_eq!(found(&blocks, &gold, 250), all);
        assert_eq!(found(&blocks, &gold, 0), []);
    }

    #[test]
    fn over_the_budget_both_ends_are_matched() {
        let pairs = |page: &str, gold: &str| {
            let texts = Texts::new(&[page], gold);
            from_both_ends(texts.page(), texts.gold())
        };
        assert_eq!(pairs("a a b c", "a a x y c"), [(0, 0), (1, 1), (3, 4)]);
        assert_eq!(pairs("a a a", "a a"), [(0, 0), (1, 1)]);
        assert_eq!(pairs("a", "b"), []);
    }

    #[test]
    fn the_stretches_between_pairs_have_words_on_both_sides() {
        let stretches = between(&[(2, 1), (3, 2), (6, 3)], 0..9, 0..6);
        assert_eq!(stretches, [(0..2, 0..1), (7..9, 4..6)]);
        assert_eq!(between(&[], 0..9, 0..6), []);
    }

    #[test]
    fn the_prefix_maximum_prefers_the_later_of_equals() {
        let mut closed = PrefixMax::new(4);
        closed.raise(2, Closed { value: 5, node: 0 });
        closed.raise(0, Closed { value: 5, node: 1 });
        closed.raise(1, Closed { value: 0, node: 2 });
        let best = [0, 1, 2, 3, 4].map(|at| closed.below(at).map(|best| best.node));
        assert_eq!(best, [None, Some(1), Some(1), Some(1), Some(1)]);
    }
}
