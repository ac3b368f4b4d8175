//! What of a chain is too thin to be believed, and where a short block belongs instead.
//!
//! The chain pays for opening a run, but less at the edge of a block, so that headings and cells of one word are
//! found. That lets a menu entry in too where gold happens to have its word. The places of longer runs tell the
//! two apart.

use std::{collections::HashMap, ops::Range};

use super::texts::{Matching, Run, Texts, runs};

/// Words in a row that are believed wherever they stand in a block; a shorter block must match whole.
const LEAST: usize = 3;
/// Words in a row that are believed wherever they stand on the page.
const SOLID: usize = 6;
/// How many words of the page may lie between a short run and the next that is believed, ...
const NEAR: usize = 50;
/// ... and how many more for each word of gold between them.
const NEAR_PER_GOLD_WORD: usize = 4;

/// Drops scattered words and lonely short runs, and gives what they were matched with to an equal block in place.
pub(super) fn tidy(texts: &Texts, matching: &mut Matching) {
    drop_scattered(texts, matching);
    let (kept, lonely) = part_lonely(runs(matching.pairs()), texts.gold().len());
    if lonely.is_empty() {
        return;
    }
    let mut moved = Vec::new();
    for run in &lonely {
        for at in run.page.clone() {
            if let Some(block) = whole_block(texts, matching, at) {
                moved.push(block);
            }
        }
    }
    for run in &lonely {
        run.page.clone().for_each(|at| matching.unlink(at));
    }
    if !moved.is_empty() {
        place(texts, matching, &kept, moved);
    }
}

/// Drops words in runs that are shorter than three words and than their block.
fn drop_scattered(texts: &Texts, matching: &mut Matching) {
    for run in runs(matching.pairs()).iter().filter(|run| run.words < LEAST) {
        for at in run.page.clone() {
            if run.words < texts.block_of(at).len() {
                matching.unlink(at);
            }
        }
    }
}

/// Parts runs, given in order, into those that are believed and the rest: a run is believed if it is solid, or
/// near to one that is.
fn part_lonely(runs: Vec<Run>, gold_words: usize) -> (Vec<Run>, Vec<Run>) {
    let longest = runs.iter().map(|run| run.words).max().unwrap_or(0);
    // Where gold is a handful of short lines nothing is solid; then the longest run is the best there is.
    let solid = if longest * 2 >= gold_words { longest.min(SOLID) } else { SOLID };
    let mut believed: Vec<bool> = runs.iter().map(|run| run.words >= solid).collect();
    let forwards: Vec<usize> = (0..runs.len()).collect();
    let backwards: Vec<usize> = forwards.iter().rev().copied().collect();
    for order in [forwards, backwards] {
        let mut last: Option<&Run> = None;
        for index in order {
            let (Some(run), Some(believed)) = (runs.get(index), believed.get_mut(index)) else { continue };
            *believed |= last.is_some_and(|last| is_near(run, last));
            if *believed {
                last = Some(run);
            }
        }
    }
    let mut believed = believed.into_iter();
    runs.into_iter().partition(|_| believed.next().unwrap_or(false))
}

fn is_near(a: &Run, b: &Run) -> bool {
    distance(&a.page, &b.page) <= NEAR + NEAR_PER_GOLD_WORD * distance(&a.gold, &b.gold)
}

/// How many words lie between two stretches.
fn distance(a: &Range<usize>, b: &Range<usize>) -> usize {
    b.start.saturating_sub(a.end).max(a.start.saturating_sub(b.end))
}

/// A block that was matched whole, and its place in gold.
struct Whole {
    page: Range<usize>,
    gold: Range<usize>,
}

/// The block that starts at `at`, if all of it is matched with words of gold that stand in a row.
fn whole_block(texts: &Texts, matching: &Matching, at: usize) -> Option<Whole> {
    let page = texts.block_of(at);
    let gold_at = matching.gold_of(at).filter(|_| page.start == at)?;
    let in_a_row = page.clone().zip(gold_at..).all(|(at, gold_at)| matching.gold_of(at) == Some(gold_at));
    let len = page.len();
    in_a_row.then_some(Whole { page, gold: gold_at..gold_at + len })
}

/// Matches the gold of each block with an equal block that is near to a believed run, on the right side of it and
/// of the next.
fn place(texts: &Texts, matching: &mut Matching, kept: &[Run], moved: Vec<Whole>) {
    let text = |block: &Range<usize>| -> Vec<u32> {
        texts.page().get(block.clone()).unwrap_or_default().iter().map(|word| word.id).collect()
    };
    let mut equal: HashMap<Vec<u32>, Vec<Range<usize>>> =
        moved.iter().map(|whole| (text(&whole.page), Vec::new())).collect();
    for block in texts.blocks().filter(|block| block.len() < SOLID && !block.is_empty()) {
        if let Some(equal) = equal.get_mut(&text(&block)) {
            equal.push(block);
        }
    }
    for whole in moved {
        let after = kept.partition_point(|run| run.gold.end <= whole.gold.start);
        let before = after.checked_sub(1).and_then(|before| kept.get(before));
        let after = kept.get(after);
        let candidates = equal.get(&text(&whole.page)).into_iter().flatten();
        let best = candidates
            .filter(|block| {
                before.is_none_or(|run| run.page.end <= block.start)
                    && after.is_none_or(|run| block.end <= run.page.start)
                    && !(*block).clone().any(|at| matching.is_covered(at))
            })
            .filter_map(|block| {
                let run = Run { page: block.clone(), gold: whole.gold.clone(), words: block.len() };
                let near = [before, after].into_iter().flatten().filter(|other| is_near(&run, other));
                Some((near.map(|other| distance(block, &other.page)).min()?, block))
            })
            .min_by_key(|(distance, _)| *distance);
        if let Some((_, block)) = best {
            matching.link_all(block.clone().zip(whole.gold));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(page: usize, gold: usize, words: usize) -> Run {
        Run { page: page..page + words, gold: gold..gold + words, words }
    }

    fn starts(runs: &[Run]) -> Vec<usize> {
        runs.iter().map(|run| run.page.start).collect()
    }

    #[test]
    fn a_short_run_is_believed_near_a_solid_one_or_near_one_that_is() {
        // 60 is near the solid 160 only through 110.
        let runs = vec![run(0, 0, 2), run(60, 3, 2), run(110, 5, 1), run(160, 6, 8), run(300, 14, 2)];
        let (kept, lonely) = part_lonely(runs, 1000);
        assert_eq!((starts(&kept), starts(&lonely)), (vec![60, 110, 160], vec![0, 300]));
    }

    #[test]
    fn more_gold_between_allows_for_more_page_between() {
        assert!(!is_near(&run(0, 0, 2), &run(152, 10, 8)));
        assert!(is_near(&run(0, 0, 2), &run(152, 27, 8)));
        assert_eq!(
            (distance(&(0..2), &(5..6)), distance(&(5..6), &(0..2)), distance(&(0..2), &(2..3))),
            (3, 3, 0)
        );
    }

    #[test]
    fn the_longest_run_is_solid_where_gold_is_short() {
        let (kept, lonely) = part_lonely(vec![run(0, 0, 1), run(90, 1, 3)], 4);
        assert_eq!((starts(&kept), starts(&lonely)), (vec![90], vec![0]));
    }

    #[test]
    fn two_words_are_dropped_from_a_longer_block_only() {
        let texts = Texts::new(&["old pier walk", "old pier"], "old pier\nold pier");
        let mut matching = Matching::new(&texts);
        matching.link_all([(0, 0), (1, 1), (3, 2), (4, 3)]);
        drop_scattered(&texts, &mut matching);
        assert_eq!(matching.pairs().collect::<Vec<_>>(), [(0, 0), (1, 1), (3, 2), (4, 3)], "a small gap");
        matching.link_all([(0, 3), (1, 2)]);
        drop_scattered(&texts, &mut matching);
        assert!(!matching.is_covered(0) && !matching.is_covered(1));
    }
}
