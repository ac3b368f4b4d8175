//! Every block of a page as a table for the terminal.

use std::fmt::Write as _;

use unhusk::{Extraction, Role};

/// So many characters of a block's text are shown in the table.
const TEXT_CHARS: usize = 48;

/// Two lines a block: the verdict with the measures, and below it the reasons.
pub(crate) fn table(extraction: &Extraction, colours: bool) -> String {
    let mut out = String::new();
    let count = extraction.blocks().len();
    let content = extraction.blocks().filter(|block| block.role() == Role::Content).count();
    let _ = writeln!(
        out,
        "{}, confidence {:.2}, {content} of {count} blocks are content\n",
        extraction.page_type().name(),
        extraction.confidence()
    );
    let _ = writeln!(
        out,
        "{:>4}  {:<14}  {:<10}  {:>5}  {:>7}  {:>4}  {:>5}  text",
        "no", "role", "kind", "score", "density", "link", "words"
    );
    for block in extraction.blocks() {
        let (on, off) = if colours { (colour(block.role()), "\x1b[0m") } else { ("", "") };
        let _ = writeln!(
            out,
            "{:>4}  {on}{:<14}{off}  {:<10}  {:>5.2}  {:>7.1}  {:>4.2}  {:>5}  {on}{}{off}",
            block.index(),
            block.role().name(),
            block.kind(),
            block.score(),
            block.text_density(),
            block.link_ratio(),
            block.words(),
            beginning(block.text()),
        );
        let reasons: Vec<String> = block.reasons().iter().map(ToString::to_string).collect();
        let _ = writeln!(out, "      {}", reasons.join("  "));
    }
    out
}

fn beginning(text: &str) -> String {
    let mut chars = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c });
    let mut start: String = chars.by_ref().take(TEXT_CHARS).collect();
    if chars.next().is_some() {
        start.push('…');
    }
    start
}

/// The terminal's own colours, so that they suit light and dark ones.
fn colour(role: Role) -> &'static str {
    match role {
        Role::Content => "\x1b[32m",
        Role::Title | Role::Byline => "\x1b[36m",
        Role::Comment => "\x1b[35m",
        Role::Navigation | Role::Breadcrumb | Role::Pagination => "\x1b[34m",
        Role::Recommendation | Role::Advert => "\x1b[33m",
        _ => "\x1b[90m",
    }
}
