//! The date that an element of a post shows or holds.

use html5ever::local_name;

use super::line::ends_with_other_date;
use crate::document::{Arena, NodeId, Tag};
use crate::metadata::date_machine::machine;
use crate::metadata::date_text::{Order, find};
use crate::metadata::head::property_value;
use crate::metadata::marks::Marks;
use crate::metadata::text::{attribute, element_text, fold, tag};

/// How surely a date is the post's, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Dated {
    /// Microdata.
    Declared,
    /// An attribute for machines.
    Exact,
    /// The text of an element for dates.
    Shown,
    /// A line that holds nothing else.
    Alone,
}

/// Texts of elements for dates are no longer than this, in bytes.
const LONGEST: usize = 80;

pub(super) fn of_element(arena: &Arena, id: NodeId, marks: Marks, order: Order) -> Option<(Dated, String)> {
    let title = || attribute(arena, id, &local_name!("title"));
    let is_item = attribute(arena, id, &local_name!("itemprop"))
        .is_some_and(|name| matches!(name, "datePublished" | "dateCreated" | "uploadDate"));
    if is_item && let Some(date) = machine(&property_value(arena, id, 100), order) {
        return Some((Dated::Declared, date));
    }
    let exact = attribute(arena, id, &local_name!("datetime"))
        .or_else(|| title().filter(|title| is_time(title)))
        .and_then(|date| machine(date, order));
    if let Some(date) = exact {
        return Some((Dated::Exact, date));
    }
    // What stands around a `time` is told better by it.
    let is_around = arena.children(id).any(|child| tag(arena, child) == Some(Tag::Time));
    let is_date =
        (marks.has(Marks::DATE | Marks::PUBLISHED) && !is_around) || tag(arena, id) == Some(Tag::Time);
    if let Some(date) = title().filter(|_| is_date).and_then(|date| machine(date, order)) {
        return Some((Dated::Exact, date));
    }
    // `by Ada » Tue May 21, 2024 9:30 am`: the line of the author's name may have the date.
    let may_have = is_date || (marks.has(Marks::AUTHOR) && !is_around);
    let text = may_have.then(|| shown(arena, id))?;
    let found = find(&text, order)?;
    if ends_with_other_date(text.get(..found.at.start)?) {
        return None;
    }
    Some((Dated::Shown, machine(&text, order)?))
}

/// The text of an element; of one with more in it than a date, what stands in the element itself.
fn shown(arena: &Arena, id: NodeId) -> String {
    let text = element_text(arena, id, LONGEST);
    if text.len() <= LONGEST {
        return text;
    }
    let own = arena.children(id).take(8).filter_map(|child| arena.text(child)).map(str::trim);
    let own = own.filter(|text| !text.is_empty()).take(2).map(fold);
    own.filter(|text| text.len() <= LONGEST).collect::<Vec<_>>().join(" ")
}

/// True for `2024-05-20T08:00` and `2024-05-20 08:00`, which stand in titles for machines.
fn is_time(text: &str) -> bool {
    let is_like = |(at, byte): (usize, &u8)| match at {
        4 | 7 => *byte == b'-',
        10 => matches!(byte, b'T' | b' '),
        13 => *byte == b':',
        _ => byte.is_ascii_digit(),
    };
    text.len() >= 16 && text.as_bytes().iter().take(16).enumerate().all(is_like)
}
