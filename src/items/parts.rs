//! Rows whose members are parts of items: the picture and the text of a card, its name and its price, are alike in all
//! cards as well, and there are more of them.

use std::collections::{HashMap, HashSet};

use super::Page;
use super::naming::{inner_link, link_around, target};
use super::rows::Row;
use crate::blocks::Blocks;
use crate::document::NodeId;

/// The row of the items whose parts the members of a row are, if they are such: another row around it, each of whose
/// members holds several of them and leads to one place.
pub(super) fn wholes<'a>(page: &Page<'_>, row: &[u32], rows: &[(f32, &'a Row)]) -> Option<&'a [u32]> {
    /// Boxes between an item and its parts.
    const FAR: usize = 6;
    let blocks = page.look.blocks;
    let targets: Vec<Option<&str>> =
        row.iter().map(|&index| leads_to(page, blocks.container(index)?.node)).collect();
    let different: HashSet<&str> = targets.iter().copied().flatten().collect();
    // How many of the members stand in the members of each other row, and in how many.
    let mut holders: HashMap<usize, (usize, HashSet<u32>)> = HashMap::new();
    let mut places: HashMap<u32, Vec<usize>> = HashMap::new();
    for (place, (_, row)) in rows.iter().enumerate() {
        row.members.iter().for_each(|&index| places.entry(index).or_default().push(place));
    }
    for &index in row {
        let mut up = blocks.container(index).map(|member| member.parent);
        for _ in 0..FAR {
            let Some((index, container)) = up.and_then(|up| Some((up, blocks.container(up)?))) else { break };
            for &place in places.get(&index).map_or(&[][..], Vec::as_slice) {
                let (parts, wholes) = holders.entry(place).or_default();
                *parts += 1;
                wholes.insert(index);
            }
            up = Some(container.parent);
        }
    }
    let is_whole = |parts: usize, wholes: usize| {
        5 * parts >= 4 * row.len() && 2 * parts >= 3 * wholes && different.len() <= wholes + wholes / 4
    };
    let whole = holders.into_iter().filter(|(_, (parts, wholes))| is_whole(*parts, wholes.len()));
    // The outermost boxes hold all, and the innermost not all: those with the most members are the items.
    let most = whole.max_by_key(|(place, (_, wholes))| (wholes.len(), usize::MAX - place))?.0;
    rows.get(most).map(|(_, row)| row.members.as_slice())
}

/// True for siblings of two kinds by turns, such as a table's rows with the titles and those with what else there is to
/// say. Stripes that only look different show the same.
pub(super) fn take_turns(blocks: &Blocks, row: &[u32]) -> bool {
    let mut kinds: HashMap<u64, (usize, [u32; 4])> = HashMap::new();
    for member in row.iter().filter_map(|&index| blocks.container(index)) {
        let sums = &member.sums;
        let (count, shown) = kinds.entry(member.path).or_default();
        *count += 1;
        let shows = [sums.links, sums.images.min(1), sums.headings.min(1), sums.prices.min(1)];
        shown.iter_mut().zip(shows).for_each(|(sum, shows)| *sum += shows);
    }
    let mut kinds: Vec<(usize, [u32; 4])> =
        kinds.into_values().filter(|(count, _)| 5 * count >= 2 * row.len()).collect();
    let (Some((first, of_first)), Some((second, of_second))) = (kinds.pop(), kinds.pop()) else {
        return false;
    };
    let differs = |(a, b): (u32, u32)| (a as f32 / first as f32 - b as f32 / second as f32).abs() >= 0.8;
    of_first.into_iter().zip(of_second).any(differs)
}

/// What the first link in an element leads to, or that around it.
fn leads_to<'a>(page: &Page<'a>, id: NodeId) -> Option<&'a str> {
    let arena = page.look.arena;
    target(arena, inner_link(arena, id).or_else(|| link_around(arena, id))?)
}
