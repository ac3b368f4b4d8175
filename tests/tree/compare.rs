//! Compares three trees of a page: html5ever's own, this crate's with everything kept, and that which extraction has.

use std::fmt::Write as _;

use html5ever::parse_document;
use html5ever::tendril::TendrilSink as _;
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use unhusk::Document;

/// html5ever's own tree, in the form of [`Document::dump`].
fn reference_dump(html: &str) -> String {
    let dom = reference(html);
    let mut out = String::new();
    let mut stack: Vec<(Handle, usize)> = vec![(dom.document.clone(), 0)];
    while let Some((node, depth)) = stack.pop() {
        out.push_str(&"  ".repeat(depth.min(64)));
        match &node.data {
            NodeData::Document => out.push_str("content"),
            NodeData::Doctype { .. } => out.push_str("doctype"),
            NodeData::Comment { contents } => write!(out, "comment {:?}", &**contents).unwrap(),
            NodeData::ProcessingInstruction { .. } => out.push_str("instruction"),
            NodeData::Text { contents } => write!(out, "text {:?}", &**contents.borrow()).unwrap(),
            NodeData::Element { name, attrs, template_contents, .. } => {
                write!(out, "<{:?} {}", &*name.ns, name.local).unwrap();
                for attr in attrs.borrow().iter() {
                    write!(out, " {}={:?}", attr.name.local, &*attr.value).unwrap();
                }
                out.push('>');
                stack.extend(template_contents.borrow().iter().map(|contents| (contents.clone(), depth + 1)));
            }
        }
        out.push('\n');
        stack.extend(node.children.borrow().iter().rev().map(|child| (child.clone(), depth + 1)));
    }
    out
}

pub(crate) fn reference(html: &str) -> RcDom {
    parse_document(RcDom::default(), Default::default()).one(html)
}

/// A line of a dump.
#[derive(Debug, PartialEq)]
pub(crate) struct Line<'a> {
    pub(crate) depth: usize,
    /// `text`, `comment` and so on; an element's namespace and name.
    pub(crate) what: &'a str,
    /// Name and value of each attribute, as written; the text of text nodes under an empty name.
    pub(crate) values: Vec<(&'a str, &'a str)>,
}

impl<'a> Line<'a> {
    pub(crate) fn read(line: &'a str) -> Line<'a> {
        let text = line.trim_start_matches(' ');
        let depth = (line.len() - text.len()) / 2;
        let Some(element) = text.strip_prefix('<') else {
            let (what, value) = text.split_once(' ').unwrap_or((text, ""));
            return Line { depth, what, values: vec![("", value)] };
        };
        let namespace = quoted_len(element);
        let name_len = element[namespace + 1..].find([' ', '>']).expect("an element's line ends with >");
        let (what, mut rest) = element.split_at(namespace + 1 + name_len);
        let mut values = Vec::new();
        while rest != ">" {
            // A name may begin with `=`, as that of `<p ="a">` does.
            let first = rest.chars().nth(1).map_or(0, char::len_utf8);
            let equals = 1 + first + rest[1 + first..].find("=\"").expect("an attribute has a value");
            let end = equals + 1 + quoted_len(&rest[equals + 1..]);
            values.push((&rest[1..equals], &rest[equals + 1..end]));
            rest = &rest[end..];
        }
        Line { depth, what, values }
    }

    fn name(&self) -> &'a str {
        self.what.rsplit(' ').next().unwrap_or_default()
    }

    pub(crate) fn get(&self, name: &str) -> Option<&'a str> {
        self.values.iter().find(|(have, _)| *have == name).map(|(_, value)| *value)
    }
}

/// The length of the quoted string at the start, quotes included.
fn quoted_len(text: &str) -> usize {
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// The lines that both parses must have in common: without what stands in elements whose content the fast one skips or
/// parses anew, and without comments' texts.
fn common(dump: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut left_out = usize::MAX;
    for mut line in dump.lines().map(Line::read) {
        if line.depth > left_out {
            continue;
        }
        let skipped = ["script", "style", "iframe", "noembed", "noframes", "noscript"].contains(&line.name());
        let is_html = line.what.contains("1999/xhtml");
        let is_read = line.name() == "script"
            && line.get("type").map(unquote).is_some_and(|kind| {
                let kind = kind.trim();
                kind.eq_ignore_ascii_case("application/ld+json") || kind.starts_with("math/tex")
            });
        left_out = if skipped && is_html && !is_read { line.depth } else { usize::MAX };
        if line.what == "comment" {
            line.values.clear();
        }
        lines.push(line);
    }
    lines
}

/// Says where the fast parse's tree is another.
pub(crate) fn compare_fast(html: &str) -> Result<(), String> {
    let (fast, full) = (Document::parse(html).dump(), Document::parse_everything(html).dump());
    let (fast, full) = (common(&fast), common(&full));
    for (number, (fast, full)) in fast.iter().zip(&full).enumerate() {
        // The fast parse keeps some attributes only, in their order, and always those that say what a box is.
        let mut all = full.values.iter();
        let kept = fast.values.iter().all(|value| all.any(|other| other == value));
        // A script or an image in the address itself may be longer than an attribute may be.
        let too_long = |value: &str| value.starts_with("\"data:") && value.len() > 64 * 1024;
        let named = ["class", "id", "href", "src"]
            .iter()
            .all(|name| fast.get(name) == full.get(name).filter(|value| !too_long(value)));
        if (fast.depth, fast.what) != (full.depth, full.what) || !kept || !named {
            return Err(format!("node {number} is {fast:?}, not {full:?}"));
        }
    }
    if fast.len() == full.len() { Ok(()) } else { Err(format!("{} nodes, not {}", fast.len(), full.len())) }
}

/// Says where the arena is another tree than html5ever's own.
pub(crate) fn compare_reference(html: &str) -> Result<(), String> {
    let (ours, reference) = (Document::parse_everything(html).dump(), reference_dump(html));
    if ours == reference {
        return Ok(());
    }
    let differs = ours.lines().zip(reference.lines()).enumerate().find(|(_, (ours, theirs))| ours != theirs);
    Err(match differs {
        Some((number, (ours, theirs))) => format!("node {number} is\n  {ours}\nnot\n  {theirs}"),
        None => format!("{} nodes, not {}", ours.lines().count(), reference.lines().count()),
    })
}

/// Undoes `{:?}`.
pub(crate) fn unquote(quoted: &str) -> String {
    let mut text = String::with_capacity(quoted.len());
    let inside = quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(quoted);
    let mut chars = inside.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            text.push(c);
            continue;
        }
        match chars.next() {
            Some('n') => text.push('\n'),
            Some('r') => text.push('\r'),
            Some('t') => text.push('\t'),
            Some('0') => text.push('\0'),
            Some('u') => {
                let code: String = chars.by_ref().skip(1).take_while(|&c| c != '}').collect();
                text.extend(u32::from_str_radix(&code, 16).ok().and_then(char::from_u32));
            }
            Some(c) => text.push(c),
            None => {}
        }
    }
    text
}
