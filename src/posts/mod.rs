//! Posts: what several people wrote on one page, told apart, each with its author, its date and its place.
//!
//! A post is what stands in one element that calls itself one, by its id, its class or microdata. An element around
//! others counts as the post that they answer only if it has text of its own.

use std::collections::HashMap;

use html5ever::{LocalName, local_name};
use serde::Serialize;

use crate::blocks::Blocks;
use crate::document::{Arena, NodeId};
use crate::metadata::Metadata;

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

/// So many lines above a post's text may repeat its author, number and date.
const MOST_HEAD: usize = 3;

/// The chosen blocks as posts, in document order. Blocks that stand in no post of their own go with the one before.
pub(crate) fn posts(arena: &Arena, blocks: &Blocks, chosen: &[bool], metadata: Metadata<'_>) -> Vec<Post> {
    let mut texts: Vec<(NodeId, Vec<&str>)> = Vec::new();
    let mut places: HashMap<NodeId, usize> = HashMap::new();
    for (block, _) in blocks.blocks.iter().zip(chosen).filter(|(_, chosen)| **chosen) {
        let unit = above(arena, block.first_text).find(|&id| is_unit(arena, id)).unwrap_or(NodeId::NONE);
        let place = match places.get(&unit) {
            Some(&place) => place,
            None if unit == NodeId::NONE && !texts.is_empty() => texts.len() - 1,
            None => {
                places.insert(unit, texts.len());
                texts.push((unit, Vec::new()));
                texts.len() - 1
            }
        };
        if let Some((_, text)) = texts.get_mut(place) {
            text.push(blocks.text_of(block));
        }
    }
    let roots = roots(arena, &texts, &places);
    let is_root: HashMap<NodeId, ()> = roots.iter().map(|&root| (root, ())).collect();
    let mut posts = Vec::new();
    for ((unit, text), &root) in texts.into_iter().zip(&roots) {
        let around = above(arena, root).next();
        let outer = above(arena, root).filter(|id| places.contains_key(id)).count();
        let (author, date) = match unit.some() {
            Some(_) => metadata.signature(root, |id| is_root.contains_key(&id)),
            None => (None, None),
        };
        let marks = above(arena, unit)
            .take_while(|&id| Some(id) != around)
            .chain([unit])
            .fold(Standing::default(), |so_far, id| so_far.with(arena, id));
        // Lines above the text that say what the post's author and date say.
        let author_name = author.as_deref();
        let said = text.iter().take(MOST_HEAD.min(text.len().saturating_sub(1)));
        let said = said.take_while(|line| metadata.is_signature(line, author_name)).count();
        posts.push(Post {
            author,
            date,
            depth: declared_depth(arena, unit, root).unwrap_or(outer),
            question: marks.question,
            accepted: marks.accepted,
            text: text.get(said..).unwrap_or(&[]).join("\n\n"),
        });
    }
    posts
}

/// For each post the outermost element that holds it and no other: names and dates may stand around the text.
fn roots(arena: &Arena, texts: &[(NodeId, Vec<&str>)], places: &HashMap<NodeId, usize>) -> Vec<NodeId> {
    let mut within: HashMap<NodeId, u32> = HashMap::new();
    for (unit, _) in texts {
        for id in above(arena, *unit) {
            *within.entry(id).or_insert(0) += 1;
        }
    }
    let root = |unit: NodeId| {
        let alone = |id: &NodeId| within.get(id) == Some(&1) && !places.contains_key(id);
        above(arena, unit).take_while(alone).filter(|&id| is_unit(arena, id)).last().unwrap_or(unit)
    };
    texts.iter().map(|(unit, _)| root(*unit)).collect()
}

/// The elements around a node, the innermost first.
fn above(arena: &Arena, id: NodeId) -> impl Iterator<Item = NodeId> {
    let parent = |id: NodeId| arena.get(id).and_then(|node| node.parent.some());
    std::iter::successors(parent(id), move |&id| parent(id)).take(ANCESTORS)
}

/// True for an element that holds one post.
fn is_unit(arena: &Arena, id: NodeId) -> bool {
    let attribute = |name: &LocalName| arena.attr(id, name).unwrap_or("");
    let kind = attribute(&local_name!("itemtype"));
    let kind = kind.rsplit('/').next().unwrap_or(kind);
    if matches!(kind, "Comment" | "UserComments" | "Answer" | "Question" | "DiscussionForumPosting") {
        return true;
    }
    // The text of a post, whatever its class says.
    if attribute(&local_name!("itemprop")) == "text" {
        return false;
    }
    let name = attribute(&local_name!("id"));
    let stem = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_numbered = stem.len() < name.len()
        && matches!(
            stem.trim_end_matches(['-', '_']).trim_start_matches("div-"),
            "comment"
                | "post"
                | "p"
                | "msg"
                | "message"
                | "answer"
                | "reply"
                | "question"
                | "edit"
                | "entry"
                | "c"
                | "elComment"
        );
    let is_called = |class: &str| {
        matches!(
            class.to_ascii_lowercase().as_str(),
            "comment"
                | "comment-item"
                | "post"
                | "message"
                | "reply"
                | "answer"
                | "question"
                | "postbit"
                | "postcontainer"
                | "forum-post"
                | "timeline-comment"
                | "comment-thread"
                | "comtr"
        )
    };
    is_numbered || attribute(&local_name!("class")).split_ascii_whitespace().take(20).any(is_called)
}

/// The depth that an element itself declares, as blogs and forums do: `depth-2` counts from 1, `data-depth="1"` from 0.
/// Others show it by boxes of class `indented`, or by an empty image of 40 pixels a step in a cell of class `ind`.
fn declared_depth(arena: &Arena, unit: NodeId, root: NodeId) -> Option<usize> {
    let number = arena.attr(unit, &LocalName::from("data-depth")).and_then(|depth| depth.trim().parse().ok());
    let by_class = || {
        let around = [Some(unit), arena.get(unit).and_then(|node| node.parent.some())];
        around.into_iter().flatten().find_map(|id| {
            let mut classes = arena.attr(id, &local_name!("class"))?.split_ascii_whitespace();
            let number: usize = classes.find_map(|class| class.strip_prefix("depth-"))?.parse().ok()?;
            number.checked_sub(1)
        })
    };
    let by_image = || {
        let first = |&id: &NodeId| {
            arena.children(id).find(|&id| arena.get(id).is_some_and(|node| node.element().is_some()))
        };
        let mut inner = std::iter::successors(Some(root), first).take(8);
        let cell = inner.find(|&id| arena.attr(id, &local_name!("class")) == Some("ind"))?;
        let width: usize = arena.attr(first(&cell)?, &local_name!("width"))?.parse().ok()?;
        Some(width / 40)
    };
    let by_boxes = || {
        let is_step = |&id: &NodeId| arena.attr(id, &local_name!("class")) == Some("indented");
        Some(above(arena, root).filter(is_step).count()).filter(|&steps| steps > 0)
    };
    number.or_else(by_class).or_else(by_image).or_else(by_boxes).filter(|&depth| depth < 1000)
}

/// What a post is to the others.
#[derive(Clone, Copy, Default)]
struct Standing {
    question: bool,
    accepted: bool,
}

impl Standing {
    fn with(self, arena: &Arena, id: NodeId) -> Standing {
        let attribute = |name: &LocalName| arena.attr(id, name).unwrap_or("");
        let property = attribute(&local_name!("itemprop"));
        let kind = attribute(&local_name!("itemtype"));
        let mut classes = attribute(&local_name!("class")).split_ascii_whitespace().take(20);
        let names = classes.clone();
        let is_accepted = |class: &str| {
            matches!(
                class,
                "accepted" | "accepted-answer" | "is-solution" | "best-answer" | "js-accepted-answer"
            )
        };
        Standing {
            question: self.question
                || kind.ends_with("/Question") && is_unit(arena, id) && property != "suggestedAnswer"
                || names.into_iter().any(|class| class == "question"),
            accepted: self.accepted || property == "acceptedAnswer" || classes.any(is_accepted),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Document;
    use crate::blocks::flatten;
    use crate::metadata::Cache;

    #[derive(serde::Deserialize)]
    struct Cases {
        case: Vec<Case>,
    }

    /// A thread, and its posts when the blocks are chosen that end as sentences do.
    #[derive(serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Case {
        name: String,
        #[serde(rename = "why")]
        _why: String,
        input: String,
        posts: Vec<Expected>,
    }

    #[derive(Debug, Default, PartialEq, serde::Deserialize)]
    #[serde(default, deny_unknown_fields)]
    struct Expected {
        author: Option<String>,
        date: Option<String>,
        depth: usize,
        question: bool,
        accepted: bool,
        text: String,
    }

    #[test]
    fn threads_of_common_software() {
        let cases: Cases = toml::from_str(include_str!("cases.toml")).expect("the cases are TOML");
        let mut failures = String::new();
        for case in &cases.case {
            let found = choose(&case.input, |text| text.ends_with(['.', '?']) || text.contains("? "));
            let found: Vec<Expected> = found
                .into_iter()
                .map(|post| Expected {
                    author: post.author,
                    date: post.date,
                    depth: post.depth,
                    question: post.question,
                    accepted: post.accepted,
                    text: post.text,
                })
                .collect();
            if found != case.posts {
                failures += &format!("{}\n--- expected\n{:#?}\n--- got\n{found:#?}\n", case.name, case.posts);
            }
        }
        assert!(cases.case.len() >= 10 && failures.is_empty(), "{failures}");
    }

    /// Author, date, depth and text of each post, when all blocks but those with `by` are chosen.
    fn read(html: &str) -> Vec<(Option<String>, Option<String>, usize, String)> {
        all(html).into_iter().map(|post| (post.author, post.date, post.depth, post.text)).collect()
    }

    fn all(html: &str) -> Vec<Post> {
        choose(html, |text| !text.starts_with("by "))
    }

    fn choose(html: &str, is_chosen: impl Fn(&str) -> bool) -> Vec<Post> {
        let document = Document::parse(html);
        let blocks = flatten(&document, usize::MAX);
        let chosen: Vec<bool> = blocks.blocks.iter().map(|block| is_chosen(blocks.text_of(block))).collect();
        posts(document.arena(), &blocks, &chosen, Metadata::new(&document, None, &Cache::default()))
    }

    fn post(
        author: &str,
        date: &str,
        depth: usize,
        text: &str,
    ) -> (Option<String>, Option<String>, usize, String) {
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        (some(author), some(date), depth, text.to_owned())
    }

    #[test]
    fn comments_within_comments() {
        let html = "<ol><li id=comment-1><div>by <span class=author>Ada Quist</span> <time datetime=2024-05-20T08:00Z></time></div>
            <p>Owls.</p><p>Many.</p>
            <ol><li id=comment-2><div>by <span class=author>Bo Ek</span> <time datetime=2024-05-21></time></div><p>No.</p></li></ol></li>
            <li id=comment-3><div>by <span class=author>Cyd Holm</span></div><p>Yes.</p></li></ol>";
        assert_eq!(
            read(html),
            [
                post("Ada Quist", "2024-05-20T08:00:00Z", 0, "Owls.\n\nMany."),
                post("Bo Ek", "2024-05-21", 1, "No."),
                post("Cyd Holm", "", 0, "Yes."),
            ]
        );
    }

    #[test]
    fn wrappers_around_one_post_are_no_posts() {
        let html = "<div class=post id=post-1><div>by <a href=/users/ada>ada</a></div><div class=message><p>Owls.</p></div></div>
            <div class=post id=post-2><div>by <a href=/users/bo>bo_1</a></div><div class=message><p>No.</p></div></div>";
        assert_eq!(read(html), [post("ada", "", 0, "Owls."), post("bo_1", "", 0, "No.")]);
    }

    #[test]
    fn depth_that_the_markup_declares() {
        let html = "<div class='comment depth-1'><p>a</p></div><div class='comment depth-3'><p>b</p></div>
            <div class=comment data-depth=1><p>c</p></div>";
        let depths: Vec<usize> = all(html).iter().map(Post::depth).collect();
        assert_eq!(depths, [0, 2, 1]);
    }

    #[test]
    fn a_question_and_the_answer_that_was_accepted() {
        let html = "<div itemscope itemtype=https://schema.org/Question><p>Why?</p>
            <div itemprop=acceptedAnswer itemscope itemtype=https://schema.org/Answer>
            <span itemprop=author itemscope><span itemprop=name>Ada Quist</span></span><p>So.</p></div>
            <div itemprop=suggestedAnswer itemscope itemtype=https://schema.org/Answer><p>Or so.</p></div></div>";
        let found = all(html);
        let marks: Vec<(bool, bool)> =
            found.iter().map(|post| (post.is_question(), post.is_accepted())).collect();
        assert_eq!(marks, [(true, false), (false, true), (false, false)]);
        assert_eq!(found.get(1).and_then(Post::author), Some("Ada Quist"));
    }

    #[test]
    fn lines_that_say_who_and_when_are_no_text() {
        let html = "<div id=post_1 class=crawler-post><div><span itemprop=author itemscope><span itemprop=name>ada</span></span>
            <time datetime=2024-05-20T08:00Z>May 20, 2024, 8:00am</time> <span>#1</span></div>
            <div class=post itemprop=text><p>ada was here on May 20, 2024, and saw owls.</p><p>2024</p></div></div>
            <div id=post_2 class=crawler-post><p class=author>by <a href=/members/bo.2/>bo</a> » Tue May 21, 2024 9:30 am</p>
            <div class=post itemprop=text><p>bo</p></div></div>";
        assert_eq!(
            choose(html, |_| true)
                .into_iter()
                .map(|post| (post.author, post.date, post.depth, post.text))
                .collect::<Vec<_>>(),
            [
                post("ada", "2024-05-20T08:00:00Z", 0, "ada was here on May 20, 2024, and saw owls.\n\n2024"),
                post("bo", "2024-05-21T09:30:00", 0, "bo"),
            ]
        );
    }

    #[test]
    fn text_outside_of_any_post_is_one() {
        assert_eq!(read("<p>a<p>b"), [post("", "", 0, "a\n\nb")]);
        assert!(read("").is_empty());
    }

    #[test]
    fn many_and_deep_posts() {
        // Beyond the depth that documents are cut to, what is deeper stands side by side.
        assert!(all(&"<div class=comment><p>x".repeat(3000)).len() > 400);
        assert_eq!(all(&"<div class=comment><p>x</div>".repeat(3000)).len(), 3000);
    }
}
