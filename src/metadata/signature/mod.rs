//! Who wrote one post of a thread, and when: by its own markup.

mod date;
mod line;
mod name;

use html5ever::local_name;

use self::date::Dated;
pub(super) use self::line::{is_all, is_idle, is_note};
use self::name::Rank;
use super::date_text::Order;
use super::marks::Marks;
use super::text::{attribute, breaks_line, fold, following_leaving, split_name, tag};
use crate::document::{Arena, Data, NodeId, Tag, floor_char_boundary};

/// An element that holds one post, for those who look for its signature.
pub(crate) struct PostBounds<'a> {
    pub(crate) root: NodeId,
    /// Where the text begins that is the post's and no line above it.
    pub(crate) text: NodeId,
    /// True for an element that holds another post; it is passed over with all that is in it.
    pub(crate) is_other: &'a dyn Fn(NodeId) -> bool,
    /// True for an element that holds the post: its class speaks of the post, not of a name.
    pub(crate) is_whole: &'a dyn Fn(NodeId) -> bool,
}

/// The name and the date that stand in an element.
pub(super) fn read(arena: &Arena, post: &PostBounds<'_>, order: Order) -> (Option<String>, Option<String>) {
    let root = post.root;
    let mut walk = Walk {
        arena,
        order,
        author: None,
        date: None,
        bold: None,
        in_text: false,
        line: String::new(),
        before: String::new(),
    };
    // The element that speaks of a change, or quotes another, in which the walk is.
    let mut passed: Option<NodeId> = None;
    let mut at = Some(root);
    while let Some(id) = at.filter(|_| !walk.is_done()) {
        walk.in_text |= id == post.text;
        let mut enter = id == root || !(post.is_other)(id);
        match arena.get(id).map(|node| &node.data) {
            Some(Data::Text(span)) if passed.is_none() => walk.add(arena.str(*span)),
            Some(Data::Element(element)) if enter => {
                enter = !element.tag.is_never_text();
                if breaks_line(element.tag) {
                    walk.end_line();
                }
                let marks = Marks::read(arena, id);
                let is_whole = (post.is_whole)(id);
                if passed.is_none() && !is_whole && is_aside(arena, id, marks) {
                    passed = Some(id);
                }
                if passed.is_none() {
                    walk.element(id, if is_whole { Marks::default() } else { marks });
                }
            }
            _ => {}
        }
        at = following_leaving(arena, id, root, enter, |left| {
            if passed == Some(left) {
                passed = None;
            }
            if tag(arena, left).is_some_and(breaks_line) {
                walk.end_line();
            }
        });
    }
    walk.end_line();
    // What stands out in a post without a date may as well be its title.
    let bold = walk.bold.filter(|_| walk.date.is_some());
    (walk.author.or(bold).map(|(_, name)| name), walk.date.map(|(_, date)| date))
}

/// Lines of more bytes than this say more than who and when.
const LONGEST: usize = 200;

/// A line of more bytes is no label of the next.
const LONGEST_LABEL: usize = 60;

struct Walk<'a> {
    arena: &'a Arena,
    order: Order,
    author: Option<(Rank, String)>,
    date: Option<(Dated, String)>,
    /// The first name that stands out above the text.
    bold: Option<(Rank, String)>,
    /// True behind the beginning of the text.
    in_text: bool,
    /// What stands in the line so far, and in the one before if that is short.
    line: String,
    before: String,
}

impl Walk<'_> {
    fn is_done(&self) -> bool {
        matches!((&self.author, &self.date), (Some((Rank::Declared, _)), Some((Dated::Declared, _))))
    }

    fn element(&mut self, id: NodeId, marks: Marks) {
        let best = self.author.as_ref().map(|(rank, _)| *rank);
        if best != Some(Rank::Declared) {
            let name = name::marked(self.arena, id, marks, self.order);
            // A name that is called within the text is another's.
            let is_called = |name: &str| self.in_text && name.starts_with('@');
            if let Some((rank, name)) =
                name.filter(|(rank, name)| best.is_none_or(|best| *rank < best) && !is_called(name))
            {
                self.author = Some((rank, name));
            }
        }
        if best.is_none() && self.bold.is_none() && !self.in_text {
            let name = name::unmarked(self.arena, id, self.date.is_some(), self.order);
            self.bold = name.map(|name| (Rank::Unmarked, name));
        }
        if let Some(found) = date::of_element(self.arena, id, marks, self.order)
            && !line::ends_with_other_date(self.before())
        {
            self.take_date(found);
        }
    }

    /// What stands before the place of the walk: in its line, or else the line before.
    fn before(&self) -> &str {
        if self.line.trim().is_empty() { &self.before } else { &self.line }
    }

    /// A surer date goes before one that is less so; one that tells the same day better, before both.
    fn take_date(&mut self, (dated, date): (Dated, String)) {
        let is_better = self.date.as_ref().is_none_or(|(have, old)| {
            let is_same_day = || date.get(..10) == old.get(..10);
            dated < *have && (dated == Dated::Declared || *have == Dated::Alone || is_same_day())
        });
        if is_better {
            self.date = Some((dated, date));
        }
    }

    fn add(&mut self, text: &str) {
        if self.line.len() <= LONGEST {
            self.line.push_str(floor_char_boundary(text, LONGEST));
        }
    }

    fn end_line(&mut self) {
        let line = fold(&self.line);
        self.line.clear();
        if line.is_empty() {
            return;
        }
        if !self.in_text && line.len() <= LONGEST && !line::ends_with_other_date(&self.before) {
            self.read_line(&line);
        }
        // What is longer is no label of what follows.
        self.before = if line.len() <= LONGEST_LABEL { line } else { String::new() };
    }

    /// A line above the text, in which nothing may be marked.
    fn read_line(&mut self, line: &str) {
        let says_when = line::says_when(line, None, self.order);
        if self.author.is_none() && !says_when {
            let name = name::in_byline(line, self.order).or_else(|| name::before_time(line, self.order));
            self.author = name.map(|name| (Rank::Unmarked, name));
        }
        if self.author.is_none() && self.bold.is_none() && says_when {
            self.bold = name::bare(&self.before, self.order).map(|name| (Rank::Unmarked, name));
        }
        let author = self.author.as_ref().or(self.bold.as_ref()).map(|(_, name)| name.as_str());
        if self.date.is_none()
            && let Some(date) = line::date_in(line, author, self.order)
        {
            self.take_date((Dated::Alone, date));
        }
    }
}

/// True for an element that tells of a change of the post, or repeats another post.
fn is_aside(arena: &Arena, id: NodeId, marks: Marks) -> bool {
    // `bbcode_quote`, `last-edit`; not `reddit`.
    let ends = |class: &str| {
        let mut is_one = false;
        split_name(floor_char_boundary(class, LONGEST), |word| {
            is_one = matches!(
                word,
                "edit" | "edited" | "lastedit" | "lastedited" | "quote" | "blockquote" | "bbquote"
            );
        });
        is_one
    };
    let is_changed = attribute(arena, id, &local_name!("itemprop")) == Some("dateModified")
        || marks.has(Marks::MODIFIED) && !marks.has(Marks::PUBLISHED);
    let classes = attribute(arena, id, &local_name!("class")).unwrap_or("");
    tag(arena, id) == Some(Tag::Blockquote)
        || is_changed
        || classes.split_ascii_whitespace().take(20).any(ends)
}
