//! The posts of a page whose markup calls none so: siblings that look alike, of which each says who wrote it or when.

use std::collections::HashMap;
use std::ops::Range;

use super::{ANCESTORS, Group};
use crate::blocks::{BlockFacts, Blocks};
use crate::document::NodeId;

/// So few siblings are no row.
const LEAST: usize = 3;

/// Of so many rows at most, those with most text, and of so many members each, it is asked who wrote them.
const MOST_ROWS: usize = 6;
const MOST_MEMBERS: usize = 10;

#[derive(Default)]
struct Row {
    /// The containers of its members, and which of the chosen blocks stand in each.
    members: Vec<(u32, Range<usize>)>,
    words: f32,
}

/// The members of the row that holds most of the text, each with its blocks; `is_signed` tells of a member whether it
/// says who wrote it.
pub(super) fn groups<'a>(
    blocks: &Blocks,
    chosen: &[&'a BlockFacts],
    is_signed: impl Fn(&Group<'a>) -> bool,
) -> Vec<Group<'a>> {
    let mut rows: HashMap<(u32, u8), Row> = HashMap::new();
    for (number, block) in chosen.iter().enumerate() {
        let mut at = block.container;
        for container in blocks.ancestors(at).take(ANCESTORS) {
            let row = rows.entry((container.parent, container.tag as u8)).or_default();
            match row.members.last_mut().filter(|(member, _)| *member == at) {
                Some((_, range)) => range.end = number + 1,
                None => row.members.push((at, number..number + 1)),
            }
            row.words += block.measured.words;
            at = container.parent;
        }
    }
    let all: f32 = chosen.iter().map(|block| block.measured.words).sum();
    let mut rows: Vec<Row> = rows.into_values().collect();
    rows.retain(|row| row.members.len() >= LEAST && row.words * 2.0 >= all);
    let weight = |row: &Row| row.members.len() as f32 * row.words;
    let first = |row: &Row| row.members.first().map(|(member, _)| *member);
    rows.sort_by(|a, b| weight(b).total_cmp(&weight(a)).then_with(|| first(a).cmp(&first(b))));
    let group = |(member, range): &(u32, Range<usize>)| {
        let unit = blocks.container(*member).map_or(NodeId::NONE, |container| container.node);
        Group { unit, head: None, blocks: chosen.get(range.clone()).unwrap_or(&[]).to_vec() }
    };
    let is_row = |row: &Row| {
        let asked = row.members.len().min(MOST_MEMBERS);
        row.members.iter().take(asked).filter(|member| is_signed(&group(member))).count() * 3 >= asked * 2
    };
    let row = rows.iter().take(MOST_ROWS).find(|row| is_row(row));
    row.map_or(Vec::new(), |row| row.members.iter().map(group).collect())
}
