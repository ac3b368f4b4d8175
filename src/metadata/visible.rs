//! What readers see around the title: lines of text, and the elements in it that look like bylines or dates.

use std::collections::{HashMap, HashSet};

use foldhash::fast::RandomState;
use html5ever::local_name;

use super::byline_labels::is_signed;
use super::date_words::is_of_change;
use super::marks::Marks;
use super::text::{attribute, breaks_line, fold, following_leaving, split_name, tag};
use crate::document::{Arena, Data, NodeId, Span, Tag, floor_char_boundary};

/// Lines further behind the title than this, in bytes of text, are not kept.
const FAR: usize = 2000;

/// A line of text: what stands between block boundaries or `<br>`s.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) text: String,
    /// Bytes of text before it on the page.
    pub(super) at: usize,
}

/// What an element says of itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Signs {
    pub(super) author: bool,
    /// A link to an author's page, by its `rel` or its address.
    pub(super) author_link: bool,
    /// A user's name, as forums show it, or a link to a user's page.
    pub(super) user: bool,
    pub(super) time: bool,
    pub(super) date: bool,
    pub(super) published: bool,
    pub(super) modified: bool,
}

/// An element that may hold a byline or a date.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    pub(super) node: NodeId,
    pub(super) at: usize,
    pub(super) signs: Signs,
    /// The text before it in its line, or the line before.
    pub(super) before: String,
    /// True in a box beside the page's subject: a sidebar, a footer, a list of other pages.
    pub(super) is_apart: bool,
    /// True of readers' comments and reviews and of other pages, by the box or the element itself.
    pub(super) is_others: bool,
}

/// The visible page around the title, without what stands apart.
#[derive(Clone, Debug, Default)]
pub(super) struct Visible {
    pub(super) lines: Vec<Line>,
    pub(super) spots: Vec<Spot>,
    /// Short lines behind the title that say who wrote; names of authors stand at the end as well.
    pub(super) signatures: Vec<String>,
    /// Short lines behind the title or in the page's foot that speak of a change: one may say when the page was changed.
    pub(super) changed: Vec<String>,
    /// Where the title begins and ends, in bytes of text; `None` on a page that does not show its title.
    pub(super) title: Option<(usize, usize)>,
}

impl Visible {
    pub(super) fn look(arena: &Arena, title: Option<NodeId>) -> Visible {
        let mut walk = Walk {
            arena,
            title,
            around: HashSet::new(),
            known: HashMap::default(),
            apart: None,
            others: None,
            seen: Visible::default(),
            line: String::new(),
            last_line: String::new(),
            line_at: 0,
            at: 0,
        };
        // The title's own ancestors are never apart, whatever they are called.
        let mut up = title;
        while let Some(id) = up {
            walk.around.insert(id);
            up = arena.parent(id);
        }
        walk.run();
        walk.seen
    }

    /// True for a line that begins at this place if it is one of the title.
    pub(super) fn is_in_title(&self, at: usize) -> bool {
        self.title.is_some_and(|(start, end)| at == start || (start..end).contains(&at))
    }

    /// How far from the title a place is, in bytes of text; places before it count threefold.
    pub(super) fn distance(&self, at: usize) -> usize {
        match self.title {
            Some((start, _)) if at < start => (start - at).saturating_mul(3),
            Some((_, end)) => at.saturating_sub(end),
            // Without a title to start from, the head of the page is all navigation.
            None => at / 4,
        }
    }
}

struct Walk<'a> {
    arena: &'a Arena,
    title: Option<NodeId>,
    around: HashSet<NodeId>,
    /// What class names and ids have been found to say, by where they stand.
    known: HashMap<Span, Marks, RandomState>,
    /// The box that stands apart in which the walk is.
    apart: Option<NodeId>,
    /// Such a box with what others wrote.
    others: Option<NodeId>,
    seen: Visible,
    line: String,
    last_line: String,
    line_at: usize,
    at: usize,
}

impl Walk<'_> {
    fn run(&mut self) {
        let mut next = Some(NodeId::ROOT);
        let mut left = Vec::new();
        while let Some(id) = next {
            let enter = self.enter(id);
            left.clear();
            next = following_leaving(self.arena, id, NodeId::ROOT, enter, |id| left.push(id));
            for &id in &left {
                if tag(self.arena, id).is_some_and(breaks_line) {
                    self.end_line();
                }
                if Some(id) == self.apart {
                    self.apart = None;
                }
                if Some(id) == self.others {
                    self.others = None;
                }
                if Some(id) == self.title {
                    let start = self.seen.title.map_or(self.at, |(start, _)| start);
                    self.seen.title = Some((start, self.at));
                }
            }
        }
        self.end_line();
    }

    /// Takes a node in; false if what is in it is not to be seen.
    fn enter(&mut self, id: NodeId) -> bool {
        match self.arena.get(id).map(|node| &node.data) {
            Some(Data::Text(span)) => {
                let text = self.arena.str(*span);
                if self.line.is_empty() {
                    self.line_at = self.at;
                }
                self.line.push_str(text);
                if self.apart.is_none() {
                    self.at += text.trim().len();
                }
                true
            }
            Some(Data::Element(element)) => {
                if element.tag.is_never_text() || element.tag == Tag::Noscript {
                    return false;
                }
                if breaks_line(element.tag) {
                    self.end_line();
                }
                if Some(id) == self.title {
                    self.seen.title = Some((self.at, self.at));
                }
                let words = Marks::read_known(self.arena, id, &mut self.known);
                let may_be_apart = self.apart.is_none() || self.others.is_none();
                if may_be_apart && self.is_apart(id, element.tag, words) && !self.around.contains(&id) {
                    self.apart.get_or_insert(id);
                    if is_others(self.arena, id, words) {
                        self.others.get_or_insert(id);
                    }
                }
                self.spot(id, element.tag, words);
                true
            }
            Some(Data::Document) => true,
            _ => false,
        }
    }

    fn is_apart(&self, id: NodeId, tag: Tag, words: Marks) -> bool {
        match tag {
            Tag::Nav | Tag::Dialog | Tag::Select => return true,
            Tag::Aside | Tag::Footer => {
                // The small print of the article itself: an `aside` beside its title.
                let parent = self.arena.get(id).map_or(NodeId::NONE, |node| node.parent);
                if self.around.contains(&parent)
                    && matches!(super::text::tag(self.arena, parent), Some(Tag::Article | Tag::Header))
                {
                    return false;
                }
                return !words.has(Marks::AUTHOR | Marks::POST);
            }
            Tag::Body | Tag::Html | Tag::Main | Tag::Article | Tag::Time | Tag::A | Tag::Span => {
                return false;
            }
            _ => {}
        }
        is_reply(self.arena, id) || (words.words <= 12 && words.has(Marks::APART))
    }

    fn spot(&mut self, id: NodeId, tag: Tag, words: Marks) {
        const MOST_SPOTS: usize = 5000;
        if tag != Tag::Time && self.arena.attrs_of(id).is_empty() {
            return;
        }
        let rel = attribute(self.arena, id, &local_name!("rel"));
        let href = || attribute(self.arena, id, &local_name!("href"));
        let is_name = words.has(Marks::NAME);
        let signs = Signs {
            author: words.words <= 20
                && words.has(Marks::AUTHOR)
                && (!words.has(Marks::ABOUT_AUTHOR) || is_name),
            author_link: rel.is_some_and(|rel| rel.split_ascii_whitespace().any(|rel| rel == "author"))
                || (tag == Tag::A && href().is_some_and(leads_to_author)),
            user: words.words <= 12 && (words.has(Marks::USER_NAME) || (words.has(Marks::USER) && is_name))
                || (tag == Tag::A && href().is_some_and(leads_to_user)),
            time: tag == Tag::Time,
            date: words.has(Marks::DATE),
            published: words.has(Marks::PUBLISHED),
            modified: words.has(Marks::MODIFIED),
        };
        let may_hold =
            !matches!(tag, Tag::Body | Tag::Html | Tag::Main | Tag::Article | Tag::Section | Tag::Input);
        if may_hold
            && (signs.author || signs.author_link || signs.user || signs.time || signs.date || signs.modified)
            && self.seen.spots.len() < MOST_SPOTS
        {
            let mut before = fold(tail(&self.line, 60));
            if before.is_empty() && self.last_line.len() < 100 {
                before = fold(&self.last_line);
                before.truncate(if before.len() < 40 { before.len() } else { 0 });
            }
            self.seen.spots.push(Spot {
                node: id,
                at: self.at,
                signs,
                before,
                is_apart: self.apart.is_some(),
                is_others: self.others.is_some() || words.has(Marks::OTHERS),
            });
        }
    }

    fn end_line(&mut self) {
        // Bylines and datelines are short; what is longer is no line of them, and of far lines nobody asks.
        const LONGEST: usize = 1000;
        if is_blank(&self.line) {
            self.line.clear();
            return;
        }
        let is_far = self.line_at > self.seen.title.map_or(4 * FAR, |(_, end)| end + FAR);
        if self.line.len() <= LONGEST && self.apart.is_none() && !is_far {
            let text = fold(&self.line);
            if !text.is_empty() {
                self.seen.lines.push(Line { text, at: self.line_at });
            }
        }
        let is_behind = self.seen.title.is_none_or(|(_, end)| self.line_at >= end);
        if is_behind && self.apart.is_none() {
            self.signature();
        }
        if self.others.is_none() && (is_behind || self.apart.is_some()) {
            self.change();
        }
        let is_title = self.seen.is_in_title(self.line_at);
        std::mem::swap(&mut self.line, &mut self.last_line);
        self.line.clear();
        // What a title says is no label: `The parts were updated`.
        if is_title {
            self.last_line.clear();
        }
    }

    /// Keeps the line if it begins as one that says who wrote.
    fn signature(&mut self) {
        const MOST: usize = 20;
        const LONGEST: usize = 100;
        if self.line.len() <= LONGEST
            && self.seen.signatures.len() < MOST
            && is_signed(self.line.trim_start())
        {
            self.seen.signatures.push(fold(&self.line));
        }
    }

    /// Keeps the line if it may say when the page was changed; its label may be the line before.
    fn change(&mut self) {
        const MOST: usize = 50;
        const LONGEST: usize = 160;
        const LONGEST_LABEL: usize = 60;
        if self.line.len() > LONGEST || !has_number(&self.line) || self.seen.changed.len() >= MOST {
            return;
        }
        if is_of_change(&self.line) {
            self.seen.changed.push(fold(&self.line));
        } else if self.last_line.len() <= LONGEST_LABEL
            && is_of_change(&self.last_line)
            && !has_number(&self.last_line)
        {
            self.seen.changed.push(fold(&format!("{} {}", self.last_line, self.line)));
        }
    }
}

/// True for a box of comments, reviews or other pages.
fn is_others(arena: &Arena, id: NodeId, words: Marks) -> bool {
    is_reply(arena, id) || words.has(Marks::OTHERS)
}

fn is_reply(arena: &Arena, id: NodeId) -> bool {
    let property = attribute(arena, id, &local_name!("itemprop"));
    property.is_some_and(|name| matches!(name, "comment" | "review"))
}

/// True for a text of nothing but white space.
fn is_blank(text: &str) -> bool {
    text.trim_ascii_start().trim_start().is_empty()
}

fn has_number(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit()) || (!text.is_ascii() && text.contains(char::is_numeric))
}

/// The last characters of a text.
fn tail(text: &str, count: usize) -> &str {
    text.char_indices().rev().nth(count).and_then(|(at, _)| text.get(at..)).unwrap_or(text)
}

const AUTHORS: &[&str] = &[
    "author",
    "authors",
    "contributor",
    "contributors",
    "writer",
    "writers",
    "journalist",
    "journalists",
    "auteur",
    "auteurs",
    "autor",
    "autora",
    "autorin",
    "autoren",
    "autores",
    "autore",
    "reporter",
    "reporters",
    "byline",
    "columnist",
    "columnists",
];

/// True for an address of an author's page, such as `/author/ada-quist` or `/?author=3`.
pub(super) fn leads_to_author(href: &str) -> bool {
    // The last part is the author; a list of all authors has none.
    parts_before_last(href).take(2).any(|part| AUTHORS.contains(&part)) || is_numbered(href)
}

/// `/?author=3`
fn is_numbered(href: &str) -> bool {
    let number = href.split_once("/?author=").map_or("", |(_, number)| number);
    !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// True for an address of a user's page in the same site, such as `/u/ada` or `/members/ada.17/`.
pub(super) fn leads_to_user(href: &str) -> bool {
    const USERS: &[&str] = &["user", "users", "u", "member", "members"];
    parts_before_last(href).take(1).any(|part| USERS.contains(&part))
}

/// The parts of an address's path but the last, from its end.
fn parts_before_last(href: &str) -> impl Iterator<Item = &str> {
    let end = memchr::memchr2(b'?', b'#', href.as_bytes()).unwrap_or(href.len());
    let mut path = href.get(..end).unwrap_or(href);
    while let Some(shorter) = path.strip_suffix('/') {
        path = shorter;
    }
    let mut rest = before_last_slash(path);
    std::iter::from_fn(move || {
        let part = rest?;
        rest = before_last_slash(part);
        part.get(rest.map_or(0, |before| before.len() + 1)..)
    })
}

fn before_last_slash(path: &str) -> Option<&str> {
    memchr::memrchr(b'/', path.as_bytes()).and_then(|at| path.get(..at))
}

/// The words of an element's class and id.
pub(crate) fn class_words(arena: &Arena, id: NodeId) -> Vec<String> {
    let names = [&local_name!("class"), &local_name!("id")];
    let mut words = Vec::new();
    for name in names.iter().filter_map(|name| attribute(arena, id, name)) {
        split_name(name, |word| words.push(word.to_owned()));
    }
    words
}

/// True for an element with one of these among the first words of its class or id.
pub(super) fn has_word(arena: &Arena, id: NodeId, words: &[&str]) -> bool {
    /// So many bytes of class names are looked at: those that say what an element is stand first.
    const FAR: usize = 250;
    let names = [&local_name!("class"), &local_name!("id")];
    let mut has = false;
    for name in names.iter().filter_map(|name| attribute(arena, id, name)) {
        split_name(floor_char_boundary(name, FAR), |word| has |= words.contains(&word));
    }
    has
}

/// True inside of what never holds the title: navigation, footers, dialogs.
pub(super) fn is_aside(arena: &Arena, id: NodeId) -> bool {
    const ASIDE: &[&str] = &["modal", "popup", "cookie", "consent", "onetrust", "footer", "newsletter"];
    let mut up = Some(id);
    while let Some(id) = up {
        let by_tag = matches!(tag(arena, id), Some(Tag::Nav | Tag::Aside | Tag::Footer | Tag::Dialog));
        let is_box = matches!(tag(arena, id), Some(Tag::Div | Tag::Section | Tag::Form));
        if by_tag
            || is_box && class_words(arena, id).iter().take(12).any(|word| ASIDE.contains(&word.as_str()))
        {
            return true;
        }
        up = arena.parent(id);
    }
    false
}
