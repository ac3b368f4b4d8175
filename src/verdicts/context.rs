//! The features of the second pass: what the first pass said of a block's surroundings.

use std::collections::HashMap;

use super::features::{Columns, NameList, sections};
use crate::blocks::Blocks;

/// The first pass's scores of a page, summed up in the ways that the second pass looks at them.
pub(crate) struct Scored<'a> {
    blocks: &'a Blocks,
    scores: &'a [f32],
    /// Running sums of words × score, words, score.
    prefix: Vec<[f32; 3]>,
    /// Means over all blocks with the same path of tags and classes.
    paths: HashMap<u64, Mean>,
    /// Means over all items of a row: same parent, same look.
    rows: HashMap<(u32, u64), Mean>,
    /// For each block, where its section begins and ends.
    sections: Vec<(usize, usize)>,
    /// Nearest confident content in front of and behind each block.
    confident_before: Vec<u32>,
    confident_after: Vec<u32>,
    /// Share of the page's words that the first pass takes for content.
    share: f32,
}

#[derive(Clone, Copy, Default)]
struct Mean {
    weighed: f32,
    words: f32,
    sum: f32,
    count: f32,
}

impl Mean {
    fn add(&mut self, score: f32, words: f32) {
        self.weighed += score * words;
        self.words += words;
        self.sum += score;
        self.count += 1.0;
    }

    fn by_words(&self) -> f32 {
        if self.words > 0.0 { self.weighed / self.words } else { 0.0 }
    }

    fn by_count(&self) -> f32 {
        if self.count > 0.0 { self.sum / self.count } else { 0.0 }
    }
}

/// From this score on a block is content without much doubt.
const CONFIDENT: f32 = 0.8;

impl<'a> Scored<'a> {
    pub(crate) fn new(blocks: &'a Blocks, scores: &'a [f32]) -> Scored<'a> {
        let mut prefix = vec![[0.0; 3]];
        let mut sum = [0.0_f32; 3];
        let mut paths: HashMap<u64, Mean> = HashMap::new();
        let mut rows: HashMap<(u32, u64), Mean> = HashMap::new();
        let mut content = 0.0;
        for (block, &score) in blocks.blocks.iter().zip(scores) {
            let words = block.measured.words;
            sum[0] += words * score;
            sum[1] += words;
            sum[2] += score;
            prefix.push(sum);
            content += if score >= 0.5 { words } else { 0.0 };
            if let Some(container) = blocks.container(block.container) {
                paths.entry(container.path).or_default().add(score, words);
            }
            if let Some(item) = blocks.container(block.item) {
                rows.entry((item.parent, item.signature)).or_default().add(score, words);
            }
        }
        let (confident_before, confident_after) = confident(scores);
        Scored {
            blocks,
            scores,
            share: if sum[1] > 0.0 { content / sum[1] } else { 0.0 },
            prefix,
            paths,
            rows,
            sections: sections(&blocks.blocks),
            confident_before,
            confident_after,
        }
    }

    fn score(&self, index: usize, offset: isize) -> f32 {
        index.checked_add_signed(offset).and_then(|index| self.scores.get(index)).copied().unwrap_or(-1.0)
    }

    /// Mean score of `from..to` by words and by blocks.
    fn mean(&self, from: usize, to: usize) -> (f32, f32) {
        let last = self.prefix.len().saturating_sub(1);
        let (from, to) = (from.min(last), to.min(last));
        let (Some(start), Some(end)) = (self.prefix.get(from), self.prefix.get(to)) else {
            return (0.0, 0.0);
        };
        let words = end[1] - start[1];
        let count = (to - from) as f32;
        (
            if words > 0.0 { (end[0] - start[0]) / words } else { 0.0 },
            if count > 0.0 { (end[2] - start[2]) / count } else { 0.0 },
        )
    }
}

fn confident(scores: &[f32]) -> (Vec<u32>, Vec<u32>) {
    let mut before = Vec::with_capacity(scores.len());
    let mut distance = 200_u32;
    for &score in scores {
        before.push(distance);
        distance = if score >= CONFIDENT { 1 } else { (distance + 1).min(200) };
    }
    let mut after = Vec::with_capacity(scores.len());
    distance = 200;
    for &score in scores.iter().rev() {
        after.push(distance);
        distance = if score >= CONFIDENT { 1 } else { (distance + 1).min(200) };
    }
    after.reverse();
    (before, after)
}

const AROUND: [(&str, isize); 8] = [
    ("before4", -4),
    ("before3", -3),
    ("before2", -2),
    ("before1", -1),
    ("after1", 1),
    ("after2", 2),
    ("after3", 3),
    ("after4", 4),
];

const LEVELS: [&str; 6] = ["ancestor0", "ancestor1", "ancestor2", "ancestor3", "ancestor4", "ancestor5"];

/// The features that the second pass adds to those of the first.
pub(crate) fn second_pass(scored: &Scored<'_>, index: usize, out: &mut impl Columns) {
    let Some(block) = scored.blocks.blocks.get(index) else { return };
    out.put("first.own", scored.score(index, 0));
    for (family, offset) in AROUND {
        out.put_of(family, "first", scored.score(index, offset));
    }
    for (family, reach) in [("window2", 2), ("window5", 5), ("window10", 10), ("window25", 25)] {
        let (by_words, by_count) = scored.mean(index.saturating_sub(reach), index + reach + 1);
        out.put_of(family, "first_by_words", by_words);
        out.put_of(family, "first_by_count", by_count);
    }
    out.put("before10.first", scored.mean(index.saturating_sub(10), index).0);
    out.put("after10.first", scored.mean(index + 1, index + 11).0);
    let mut ancestors = scored.blocks.ancestors(block.container);
    for family in LEVELS {
        let mean = ancestors.next().map_or((-1.0, -1.0), |container| {
            scored.mean(container.first_block as usize, container.end_block as usize)
        });
        out.put_of(family, "first_by_words", mean.0);
        out.put_of(family, "first_by_count", mean.1);
    }
    let path =
        scored.blocks.container(block.container).and_then(|container| scored.paths.get(&container.path));
    out.put("path.first_by_words", path.map_or(-1.0, Mean::by_words));
    out.put("path.first_by_count", path.map_or(-1.0, Mean::by_count));
    out.put("path.count", path.map_or(0.0, |path| path.count));
    let item = scored.blocks.container(block.item);
    let row = item.and_then(|item| scored.rows.get(&(item.parent, item.signature)));
    out.put("row.first_by_words", row.map_or(-1.0, Mean::by_words));
    out.put("row.first_by_count", row.map_or(-1.0, Mean::by_count));
    let of_item =
        item.map_or((-1.0, -1.0), |item| scored.mean(item.first_block as usize, item.end_block as usize));
    out.put("item.first_by_words", of_item.0);
    let (start, end) = scored.sections.get(index).copied().unwrap_or((0, 0));
    out.put("section.first_by_words", scored.mean(start + 1, end).0);
    out.put("section.first_heading", scored.score(start, 0));
    out.put("page.first_by_words", scored.mean(0, scored.scores.len()).0);
    out.put("page.first_share", scored.share);
    let column = scored.blocks.container(scored.blocks.page.column);
    let of_column = column
        .map_or((-1.0, -1.0), |column| scored.mean(column.first_block as usize, column.end_block as usize));
    out.put("column.first_by_words", of_column.0);
    out.put("confident.before", scored.confident_before.get(index).copied().unwrap_or(200) as f32);
    out.put("confident.after", scored.confident_after.get(index).copied().unwrap_or(200) as f32);
}

/// The names of the features that the second pass adds, in their order.
pub(crate) fn second_pass_names() -> Vec<String> {
    let blocks = crate::blocks::flatten(&crate::Document::parse("<p>x"), usize::MAX);
    let scores = [0.5];
    let mut names = NameList::default();
    second_pass(&Scored::new(&blocks, &scores), 0, &mut names);
    names.0
}
