//! Character references: `&amp;`, `&#x2014;`, and what passes for them.

use html5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};

/// What a reference stands for.
pub(super) struct CharRef {
    first: char,
    second: Option<char>,
    /// Its bytes behind the `&`.
    pub(super) length: usize,
}

impl CharRef {
    pub(super) fn chars(&self) -> impl Iterator<Item = char> {
        std::iter::once(self.first).chain(self.second)
    }
}

/// Reads the reference whose `&` stands in front of `rest`; `None` where there is none.
pub(super) fn read(rest: &[u8], in_attribute: bool) -> Option<CharRef> {
    match rest.first()? {
        b'#' => numeric(rest),
        byte if byte.is_ascii_alphanumeric() => named(rest, in_attribute),
        _ => None,
    }
}

fn numeric(rest: &[u8]) -> Option<CharRef> {
    let (base, start) = if matches!(rest.get(1), Some(b'x' | b'X')) { (16, 2) } else { (10, 1) };
    let mut number = 0_u32;
    let mut end = start;
    while let Some(digit) = rest.get(end).and_then(|&byte| char::from(byte).to_digit(base)) {
        number = number.saturating_mul(base).saturating_add(digit);
        end += 1;
    }
    if end == start {
        return None;
    }
    let length = end + usize::from(rest.get(end) == Some(&b';'));
    let replaced =
        number.checked_sub(0x80).and_then(|at| C1_REPLACEMENTS.get(at as usize).copied().flatten());
    let first = match number {
        0 => '\u{FFFD}',
        _ => replaced.or_else(|| char::from_u32(number)).unwrap_or('\u{FFFD}'),
    };
    Some(CharRef { first, second: None, length })
}

fn named(rest: &[u8], in_attribute: bool) -> Option<CharRef> {
    let mut found = None;
    // html5ever's table holds the beginnings of names as well, with zeros.
    for end in 1..=rest.len() {
        let name = rest.get(..end).and_then(|name| std::str::from_utf8(name).ok());
        match name.and_then(|name| NAMED_ENTITIES.get(name)) {
            Some((0, _)) => {}
            Some(&(first, second)) => found = Some((first, second, end)),
            None => break,
        }
    }
    let (first, second, length) = found?;
    let has_semicolon = rest.get(length - 1) == Some(&b';');
    let next = rest.get(length);
    // `?a=1&copy=2` in an address is no copyright sign.
    if in_attribute
        && !has_semicolon
        && next.is_some_and(|&next| next == b'=' || next.is_ascii_alphanumeric())
    {
        return None;
    }
    let second = if second == 0 { None } else { char::from_u32(second) };
    Some(CharRef { first: char::from_u32(first)?, second, length })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn is(text: &str, in_attribute: bool, expected: Option<(&str, usize)>) {
        let found = read(text.as_bytes(), in_attribute);
        let found = found.map(|found| (found.chars().collect::<String>(), found.length));
        assert_eq!(found, expected.map(|(chars, length)| (chars.to_owned(), length)), "{text}");
    }

    #[test]
    fn names_are_read_as_far_as_they_go() {
        is("amp; b", false, Some(("&", 4)));
        is("notit;", false, Some(("¬", 3)));
        is("notin;", false, Some(("∉", 6)));
        is("ngE;", false, Some(("≧\u{338}", 4)));
        is("foo;", false, None);
        is(" ", false, None);
        is("é", false, None);
        is("", false, None);
    }

    #[test]
    fn a_query_is_no_reference() {
        is("copy=2", true, None);
        is("copy2", true, None);
        is("copy;=2", true, Some(("©", 5)));
        is("copy", true, Some(("©", 4)));
        is("copy=2", false, Some(("©", 4)));
    }

    #[test]
    fn numbers_are_characters() {
        is("#65;", false, Some(("A", 4)));
        is("#x41", false, Some(("A", 4)));
        is("#150;", false, Some(("–", 5)));
        is("#0;", false, Some(("\u{FFFD}", 3)));
        is("#xD800;", false, Some(("\u{FFFD}", 7)));
        is("#99999999999;", false, Some(("\u{FFFD}", 13)));
        is("#;", false, None);
        is("#x;", false, None);
    }
}
