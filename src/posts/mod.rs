//! Posts: what several people wrote on one page, told apart, each with its author, its date and its place.
//!
//! A post is what stands in one element that calls itself one, by its id, its class or microdata, or in one of a row of
//! siblings that each say who wrote them. An element around others counts as the post that they answer only if it has
//! text of its own.

mod depth;
mod row;
mod said;
mod standing;
mod units;

use std::collections::{HashMap, HashSet};

use serde::Serialize;

use self::standing::Standing;
use crate::blocks::{BlockFacts, Blocks};
use crate::document::{Arena, NodeId, Tag};
use crate::metadata::{Metadata, PostBounds, tag};

/// A post of a thread, an answer, or a reader's comment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Post {
    author: Option<String>,
    date: Option<String>,
    depth: usize,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    question: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    accepted: bool,
    text: String,
}

impl Post {
    /// The name its author goes by, where the markup tells it.
    pub fn author(&self) -> Option<&str> {
        self.author.as_deref()
    }

    /// When it was written, in the form of [`Metadata::published`].
    pub fn date(&self) -> Option<&str> {
        self.date.as_deref()
    }

    /// How many posts it stands under: 0 for one that answers none, or none that the markup tells.
    pub fn depth(&self) -> usize {
        self.depth
    }

    /// True for the question of a page of answers.
    pub fn is_question(&self) -> bool {
        self.question
    }

    /// True for the answer that was accepted.
    pub fn is_accepted(&self) -> bool {
        self.accepted
    }

    /// Its text: blocks parted by an empty line.
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// The most elements around a block that are searched for the post it belongs to.
const ANCESTORS: usize = 64;

/// Of what posts are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Of {
    /// A thread: the post that it begins with may stand apart from the others.
    Thread,
    /// The comments under something else.
    Comments,
}

/// So many words beside a post's text may tell of who wrote it.
const BESIDE: f32 = 100.0;

/// The chosen blocks of one post.
struct Group<'a> {
    /// The element that holds them; [`NodeId::NONE`] for those outside of any post.
    unit: NodeId,
    /// Another one, before it, that says who wrote it.
    head: Option<NodeId>,
    blocks: Vec<&'a BlockFacts>,
}

impl Group<'_> {
    fn words(&self) -> f32 {
        self.blocks.iter().map(|block| block.measured.words).sum()
    }
}

/// The chosen blocks as posts, in document order. Where posts are told, what stands outside of them is none.
pub(crate) fn posts(
    of: Of,
    arena: &Arena,
    blocks: &Blocks,
    chosen: &[bool],
    metadata: Metadata<'_>,
) -> Vec<Post> {
    let page = Page { arena, blocks, metadata };
    let chosen: Vec<&BlockFacts> =
        blocks.blocks.iter().zip(chosen).filter(|(_, chosen)| **chosen).map(|(block, _)| block).collect();
    let groups = page.groups(of, &chosen);
    let places: HashMap<NodeId, usize> =
        groups.iter().enumerate().map(|(place, group)| (group.unit, place)).collect();
    let roots = page.roots(&groups, &places);
    let read = |(group, &(root, wider)): (&Group<'_>, &(NodeId, NodeId))| {
        let mut signature = page.signature(group, root, &places);
        if signature.0.is_none() && wider != root {
            let (author, date) = page.signature(group, wider, &places);
            signature = (author, signature.1.or(date));
        }
        let (author, date) = signature;
        let around = above(arena, root).next();
        let standing = above(arena, group.unit)
            .take_while(|&id| Some(id) != around)
            .chain([group.unit])
            .fold(Standing::default(), |so_far, id| so_far.with(arena, id));
        let lines: Vec<&str> = group.blocks.iter().map(|block| blocks.text_of(block)).collect();
        let text = said::own(&lines, author.as_deref(), metadata).join("\n\n");
        Post {
            author,
            date,
            depth: depth::depth(arena, group.unit, root, &places),
            question: standing.question,
            accepted: standing.accepted,
            text,
        }
    };
    groups.iter().zip(&roots).map(read).collect()
}

/// The page whose posts are read.
struct Page<'a> {
    arena: &'a Arena,
    blocks: &'a Blocks,
    metadata: Metadata<'a>,
}

impl Page<'_> {
    /// The blocks of each post, by what the markup calls one, or else by what looks alike.
    fn groups<'a>(&self, of: Of, chosen: &[&'a BlockFacts]) -> Vec<Group<'a>> {
        let mut groups: Vec<Group<'a>> = Vec::new();
        let mut places: HashMap<NodeId, usize> = HashMap::new();
        for block in chosen {
            let unit = units::of(self.arena, block.first_text).unwrap_or(NodeId::NONE);
            let place = *places.entry(unit).or_insert(groups.len());
            if place == groups.len() {
                groups.push(Group { unit, head: units::head(self.arena, unit), blocks: Vec::new() });
            }
            if let Some(group) = groups.get_mut(place) {
                group.blocks.push(block);
            }
        }
        let (outside, mut units): (Vec<_>, Vec<_>) =
            groups.into_iter().partition(|group| group.unit == NodeId::NONE);
        // Head lines that stand around the text, or beside it.
        let is_head = |group: &Group<'_>| {
            group.blocks.iter().all(|block| self.metadata.is_signature(self.blocks.text_of(block), None))
        };
        if units.iter().any(|group| !is_head(group)) {
            units.retain(|group| !is_head(group));
        }
        let Some(outside) = outside.into_iter().next() else { return units };
        let words: f32 = units.iter().map(Group::words).sum();
        if units.len() < 2 || outside.words() > words {
            let row = row::groups(self.blocks, chosen, |group| {
                let (author, date) = self.signature(group, group.unit, &HashMap::new());
                author.is_some() || date.is_some()
            });
            if !row.is_empty() {
                return row;
            }
        }
        if units.is_empty() {
            return vec![outside];
        }
        if of == Of::Thread
            && let Some(first) = self.first_post(outside, &units)
        {
            units.insert(0, first);
        }
        units
    }

    /// What stands above the first post and says itself who wrote it, with the element that holds it.
    fn first_post<'a>(&self, outside: Group<'a>, units: &[Group<'_>]) -> Option<Group<'a>> {
        /// So many elements above a post may say who wrote it.
        const MOST_HEADS: usize = 3;
        let around: HashSet<NodeId> = units.iter().flat_map(|group| above(self.arena, group.unit)).collect();
        let begin = units.first()?.blocks.first()?.text.start;
        let blocks: Vec<&BlockFacts> =
            outside.blocks.into_iter().filter(|block| block.text.start < begin).collect();
        let longest = blocks.iter().max_by(|a, b| a.measured.words.total_cmp(&b.measured.words))?;
        let unit = above(self.arena, longest.first_text).take_while(|id| !around.contains(id)).last()?;
        let parent = above(self.arena, unit).next();
        let before = |id: NodeId| units::elements_before(self.arena, id).take(MOST_HEADS);
        let heads = before(unit).chain(parent.into_iter().flat_map(before)).map(Some);
        [None].into_iter().chain(heads).find_map(|head| {
            let group = Group { unit, head, blocks: blocks.clone() };
            let (author, date) = self.signature(&group, unit, &HashMap::new());
            // What stands around may have a date of its own.
            (author.is_some() || head.is_none() && date.is_some()).then_some(group)
        })
    }

    /// Who wrote a post, and when. Names and dates may stand around the text, or in an element before.
    /// The elements at `places` hold posts themselves, and are parts of no other.
    fn signature(
        &self,
        group: &Group<'_>,
        root: NodeId,
        places: &HashMap<NodeId, usize>,
    ) -> (Option<String>, Option<String>) {
        if group.unit == NodeId::NONE {
            return (None, None);
        }
        let arena = self.arena;
        let whole: HashSet<NodeId> =
            above(arena, group.unit).take_while(|&id| id != root).chain([group.unit, root]).collect();
        let number = units::number(arena, group.unit);
        let is_comment = units::is_comment(arena, group.unit);
        let is_part = |id: NodeId| {
            number.is_some()
                && units::number(arena, id) == number
                && !places.contains_key(&id)
                && (!is_comment || units::is_comment(arena, id))
        };
        let read = |root: NodeId| {
            self.metadata.signature(&PostBounds {
                root,
                text: self.text_of(group).map_or(root, |block| block.first_text),
                is_other: &|id| units::is_unit(arena, id) && !whole.contains(&id) && !is_part(id),
                is_whole: &|id| {
                    tag(arena, id) != Some(Tag::Dt) && (whole.contains(&id) || units::is_unit(arena, id))
                },
            })
        };
        let (author, date) = read(root);
        match group.head.filter(|_| author.is_none() || date.is_none()).map(read) {
            Some((author_above, date_above)) => (author.or(author_above), date.or(date_above)),
            None => (author, date),
        }
    }

    /// The block that the text of a post begins with: what is above says who wrote it.
    fn text_of<'a>(&self, group: &Group<'a>) -> Option<&'a BlockFacts> {
        /// A line of fewer bytes than this may be a name.
        const SHORT: usize = 40;
        /// One of so many tells more than a date.
        const LONG: usize = 100;
        let is_text = |block: &&&BlockFacts| {
            let text = self.blocks.text_of(block);
            text.len() >= SHORT && (text.len() >= LONG || !self.metadata.has_date(text))
        };
        group.blocks.iter().find(is_text).or(group.blocks.last()).copied()
    }

    /// For each post the outermost element that calls itself one and holds it and no other, and the outermost of any
    /// kind: names and dates may stand around the text.
    fn roots(&self, groups: &[Group<'_>], places: &HashMap<NodeId, usize>) -> Vec<(NodeId, NodeId)> {
        let arena = self.arena;
        let mut within: HashMap<NodeId, u32> = HashMap::new();
        for group in groups {
            for id in above(arena, group.unit) {
                *within.entry(id).or_insert(0) += 1;
            }
        }
        let containers = self.blocks.containers.iter();
        let words: HashMap<NodeId, f32> =
            containers.map(|container| (container.node, container.sums.words)).collect();
        let roots = |group: &Group<'_>| {
            let is_comment = units::is_comment(arena, group.unit);
            let most = 2.0 * group.words() + BESIDE;
            // An article around its one comment holds more than that.
            let is_small = |id: &NodeId| words.get(id).is_none_or(|words| *words <= most);
            let alone = |id: &NodeId| within.get(id) == Some(&1) && !places.contains_key(id);
            let around = || above(arena, group.unit).take_while(alone).take_while(is_small);
            let is_same = |id: &NodeId| !is_comment || units::is_comment(arena, *id);
            let root = around().filter(|&id| units::is_unit(arena, id)).take_while(is_same).last();
            let root = root.unwrap_or(group.unit);
            let wider = if groups.len() > 1 { around().last() } else { None };
            (root, wider.unwrap_or(root))
        };
        groups.iter().map(roots).collect()
    }
}

/// The elements around a node, the innermost first, as far as one looks.
fn above(arena: &Arena, id: NodeId) -> impl Iterator<Item = NodeId> {
    arena.ancestors(id).take(ANCESTORS)
}

#[cfg(test)]
mod tests;
