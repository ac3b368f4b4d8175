//! Prints a stream as HTML that is safe by construction: a fixed set of elements, each with fixed attributes, and
//! everything from the page escaped.

use std::borrow::Cow;

use crate::blocks::is_ignorable;

use super::event::{Cell, Event, Shape, Stream};
use super::math::Formula;

/// Writes the HTML, a line to each block.
pub(super) fn write(stream: &Stream) -> String {
    let paragraphs = paragraphs(stream);
    let mut writer = Writer { out: String::new(), ends: Vec::new() };
    let mut parents = Vec::new();
    for (index, event) in stream.events.iter().enumerate() {
        match event {
            Event::Open(shape) => {
                let parent = parents.last().copied();
                // What comes after other blocks without a tag would not be told from what comes after it.
                let is_first = parent.is_some_and(|parent| parent + 1 == index);
                let alone = is_first && parent.and_then(|parent| paragraphs.get(parent)) == Some(&1);
                let is_bare = is_bare(*shape, parent.and_then(|parent| stream.shape(parent)), alone);
                writer.open(stream, *shape, is_bare);
                parents.push(index);
            }
            Event::Close(_) => {
                writer.close();
                parents.pop();
            }
            Event::Text(text) => writer.escape(text),
            Event::Break => writer.out.push_str("<br>"),
            Event::Image { alt, source } => writer.image(alt, source),
            Event::Media { label, source } => writer.media(label, source),
            Event::Formula(formula) => writer.formula(formula),
        }
    }
    writer.out.truncate(writer.out.trim_end().len());
    writer.out
}

/// For each event that opens something, how many paragraphs stand in it directly.
fn paragraphs(stream: &Stream) -> Vec<u32> {
    let mut counts = vec![0; stream.events.len()];
    let mut open = Vec::new();
    for (index, event) in stream.events.iter().enumerate() {
        match event {
            Event::Open(shape) => {
                if let Shape::Paragraph | Shape::Media = shape
                    && let Some(count) = open.last().and_then(|&parent: &usize| counts.get_mut(parent))
                {
                    *count += 1;
                }
                open.push(index);
            }
            Event::Close(_) => {
                open.pop();
            }
            _ => {}
        }
    }
    counts
}

/// True for a paragraph that needs no `p` of its own.
fn is_bare(shape: Shape, parent: Option<Shape>, alone: bool) -> bool {
    match (shape, parent) {
        (Shape::Media, Some(Shape::Figure)) => true,
        (
            Shape::Paragraph | Shape::Media,
            Some(
                Shape::Item(_)
                | Shape::Cell(_)
                | Shape::Caption
                | Shape::Figcaption
                | Shape::Term
                | Shape::Definition
                | Shape::Summary,
            ),
        ) => alone,
        _ => false,
    }
}

struct Writer {
    out: String,
    /// What ends each open shape.
    ends: Vec<&'static str>,
}

impl Writer {
    fn open(&mut self, stream: &Stream, shape: Shape, is_bare: bool) {
        let (start, end) = match shape {
            _ if is_bare => ("", ""),
            Shape::List { start: None } => ("<ul>\n", "</ul>\n"),
            Shape::List { start: Some(_) } => ("<ol", "</ol>\n"),
            Shape::Item(_) => ("<li", "</li>\n"),
            Shape::Quote => ("<blockquote>\n", "</blockquote>\n"),
            Shape::Table => ("<table>\n", "</table>\n"),
            Shape::Caption => ("<caption>", "</caption>\n"),
            Shape::Row => ("<tr>\n", "</tr>\n"),
            Shape::Cell(Cell { header: true, .. }) => ("<th", "</th>\n"),
            Shape::Cell(_) => ("<td", "</td>\n"),
            Shape::Figure => ("<figure>\n", "</figure>\n"),
            Shape::Figcaption => ("<figcaption>", "</figcaption>\n"),
            Shape::Definitions => ("<dl>\n", "</dl>\n"),
            Shape::Term => ("<dt>", "</dt>\n"),
            Shape::Definition => ("<dd>", "</dd>\n"),
            Shape::Details { open: false } => ("<details>\n", "</details>\n"),
            Shape::Details { open: true } => ("<details open>\n", "</details>\n"),
            Shape::Summary => ("<summary>", "</summary>\n"),
            Shape::Paragraph | Shape::Media => ("<p>", "</p>\n"),
            Shape::Heading(level) => heading(level),
            Shape::Pre { .. } => ("<pre><code", "</code></pre>\n"),
            Shape::Link(_) | Shape::Reference(_) => ("<a", "</a>"),
            Shape::Plain => ("", ""),
            Shape::Emphasis => ("<em>", "</em>"),
            Shape::Strong => ("<strong>", "</strong>"),
            Shape::Struck => ("<del>", "</del>"),
            Shape::Quoted => ("<q>", "</q>"),
            Shape::Code => ("<code>", "</code>"),
            Shape::Sub => ("<sub>", "</sub>"),
            Shape::Sup => ("<sup>", "</sup>"),
        };
        if end.ends_with('\n') && !self.out.is_empty() && !self.out.ends_with(['\n', '>']) {
            self.out.push('\n');
        }
        self.out.push_str(start);
        self.ends.push(end);
        match shape {
            _ if is_bare => {}
            Shape::List { start: Some(start) } => {
                if start != 1 {
                    self.attribute("start", &start.to_string());
                }
                self.out.push_str(">\n");
            }
            Shape::Cell(cell) => {
                for (name, span) in [("colspan", cell.columns), ("rowspan", cell.rows)] {
                    if span > 1 {
                        self.attribute(name, &span.to_string());
                    }
                }
                self.out.push('>');
            }
            Shape::Pre { language } => {
                if !language.is_empty() {
                    self.attribute("class", &format!("language-{language}"));
                }
                self.out.push('>');
            }
            Shape::Item(item) => {
                if let Some(note) = item.note {
                    self.attribute("id", &format!("note-{}", stream.note(note)));
                }
                if let Some(number) = item.number {
                    self.attribute("value", &number.to_string());
                }
                self.out.push_str(match item.checked {
                    Some(true) => "><input type=\"checkbox\" checked disabled> ",
                    Some(false) => "><input type=\"checkbox\" disabled> ",
                    None => ">",
                });
            }
            Shape::Link(index) => {
                self.attribute("href", stream.link(index));
                self.out.push('>');
            }
            Shape::Reference(note) => {
                self.attribute("href", &format!("#note-{}", stream.note(note)));
                self.out.push('>');
            }
            _ => {}
        }
    }

    fn close(&mut self) {
        self.out.push_str(self.ends.pop().unwrap_or(""));
    }

    fn image(&mut self, alt: &str, source: &str) {
        self.out.push_str("<img");
        self.attribute("src", source);
        self.attribute("alt", &one_line(alt));
        self.out.push('>');
    }

    fn media(&mut self, label: &str, source: &str) {
        self.out.push_str("<a");
        self.attribute("href", source);
        self.out.push('>');
        self.escape(&one_line(label));
        self.out.push_str("</a>");
    }

    /// TeX in the delimiters, and the element in the classes, that MathJax, KaTeX and Pandoc know.
    fn formula(&mut self, formula: &Formula) {
        let (kind, open, close) =
            if formula.display { ("display", "\\[", "\\]") } else { ("inline", "\\(", "\\)") };
        self.out.push_str("<span");
        self.attribute("class", &format!("math {kind}"));
        self.out.push('>');
        self.out.push_str(open);
        self.escape(&formula.tex);
        self.out.push_str(close);
        self.out.push_str("</span>");
    }

    fn attribute(&mut self, name: &str, value: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        self.escape(value);
        self.out.push('"');
    }

    fn escape(&mut self, text: &str) {
        let mut rest = text;
        while let Some(at) = rest.find(['&', '<', '>', '"']) {
            let (plain, special) = rest.split_at_checked(at).unwrap_or((rest, ""));
            self.out.push_str(plain);
            let mut chars = special.chars();
            self.out.push_str(match chars.next() {
                Some('&') => "&amp;",
                Some('<') => "&lt;",
                Some('>') => "&gt;",
                _ => "&quot;",
            });
            rest = chars.as_str();
        }
        self.out.push_str(rest);
    }
}

fn heading(level: u8) -> (&'static str, &'static str) {
    match level {
        1 => ("<h1>", "</h1>\n"),
        2 => ("<h2>", "</h2>\n"),
        3 => ("<h3>", "</h3>\n"),
        4 => ("<h4>", "</h4>\n"),
        5 => ("<h5>", "</h5>\n"),
        _ => ("<h6>", "</h6>\n"),
    }
}

/// Text with its white space folded, without what the blocks' text is without.
pub(super) fn one_line(text: &str) -> Cow<'_, str> {
    if text.contains(|c: char| (c.is_whitespace() && c != ' ') || is_ignorable(c)) {
        let words = text.split_whitespace().map(|word| word.replace(is_ignorable, ""));
        Cow::Owned(words.collect::<Vec<_>>().join(" "))
    } else {
        Cow::Borrowed(text.trim())
    }
}
