//! Prices as people and machines write them.

use std::ops::Range;

use super::money::{Money, Place, sign_after, sign_before};

/// What something costs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Price {
    /// A decimal number without grouping, above zero.
    pub(super) amount: String,
    /// An ISO 4217 code.
    pub(super) currency: Option<String>,
}

/// The first number of a text that stands beside the sign of a currency.
pub(super) fn find(text: &str, place: &Place) -> Option<Price> {
    find_from(text, 0, place).map(|(price, _)| price)
}

/// As [`find`], but what a sentence says of money is no price: `they paid $9 for it in May`.
pub(super) fn find_apart(text: &str, place: &Place) -> Option<Price> {
    let found = std::iter::successors(find_from(text, 0, place), |(_, at)| find_from(text, at.end, place));
    found.take(10).find(|(_, at)| !is_amid_sentence(text, at)).map(|(price, _)| price)
}

/// True where words go on from before the number to behind it, in lower case.
fn is_amid_sentence(text: &str, at: &Range<usize>) -> bool {
    fn is_word(word: &&str) -> bool {
        // Not the sign or the code of a currency.
        (word.len() > 3 || word.contains(char::is_lowercase)) && word.contains(char::is_alphabetic)
    }
    let is_small = |word: &str| word.starts_with(char::is_lowercase);
    let (before, after) = (text.get(..at.start).unwrap_or(""), text.get(at.end..).unwrap_or(""));
    let mut before = before.split_whitespace().rev().filter(is_word);
    let mut after = after.split_whitespace().filter(is_word);
    before.next().is_some_and(is_small)
        && before.nth(1).is_some()
        && after.next().is_some_and(is_small)
        && after.next().is_some()
}

/// The price in a text that has no other.
pub(super) fn only(text: &str, place: &Place) -> Option<Price> {
    let (price, at) = find_from(text, 0, place)?;
    let others =
        std::iter::successors(find_from(text, at.end, place), |(_, at)| find_from(text, at.end, place));
    others.take(10).all(|(other, _)| other == price).then_some(price)
}

/// The first price from a byte on, and where its number stands.
fn find_from(text: &str, mut from: usize, place: &Place) -> Option<(Price, Range<usize>)> {
    while let Some((start, end)) = number(text, from) {
        let before = sign_before(text.get(..start)?);
        let after = sign_after(skip_dashes(text.get(end..)?));
        let is_plain = |money: &Money| matches!(money, Money::Code(_));
        // `$12 USD`: the sign that leaves no doubt.
        let sign = before.filter(is_plain).or_else(|| after.filter(is_plain)).or(before).or(after);
        if let (Some(sign), Some(amount)) = (sign, decimal(text.get(start..end)?)) {
            return Some((Price { amount, currency: place.code(sign).map(str::to_owned) }, start..end));
        }
        from = end;
    }
    None
}

/// A price of machine-readable data: mostly a bare number, with its currency beside it.
pub(super) fn declared(amount: &str, currency: Option<&str>, place: &Place) -> Option<Price> {
    let currency = currency.map(str::trim).filter(|code| code.len() == 3);
    let currency = currency.map(str::to_ascii_uppercase);
    let currency = currency.filter(|code| code.bytes().all(|byte| byte.is_ascii_uppercase()));
    if let Some(price) = find(amount, place) {
        return Some(Price { currency: currency.or(price.currency), ..price });
    }
    let (start, end) = number(amount, 0)?;
    // A sentence is no price.
    let is_bare = amount.len() - (end - start) <= 4;
    Some(Price { amount: decimal(amount.get(start..end)?).filter(|_| is_bare)?, currency })
}

/// What is written in place of cents: `12.–`, `199,-`.
fn skip_dashes(text: &str) -> &str {
    text.trim_start_matches(['.', ',', '-', '–', '—'])
}

/// Where the next number is, with what groups and parts its digits.
fn number(text: &str, from: usize) -> Option<(usize, usize)> {
    let rest = text.get(from..)?;
    let start = from + rest.find(|c: char| c.is_ascii_digit())?;
    let mut end = start;
    for (at, c) in text.get(start..)?.char_indices() {
        if c.is_ascii_digit() {
            end = start + at + 1;
            continue;
        }
        let next = text.get(start + at + c.len_utf8()..)?;
        let digits = next.bytes().take_while(u8::is_ascii_digit).count();
        let joins = match c {
            '.' | ',' => digits > 0,
            // As thousands only, lest two numbers become one.
            '\'' | '’' | ' ' | '\u{A0}' | '\u{2009}' | '\u{202F}' => digits == 3,
            _ => false,
        };
        if !joins {
            break;
        }
    }
    Some((start, end))
}

/// A written number as a decimal one. `None` for zero and for what is no number.
///
/// Of `.` and `,` the one that comes last parts the cents, unless it comes twice or three digits follow it.
fn decimal(number: &str) -> Option<String> {
    /// No price has more digits before the cents.
    const MOST_DIGITS: usize = 12;
    let cut = number.rfind(['.', ',']).filter(|&at| {
        let (head, tail) = (number.get(..at).unwrap_or(""), number.get(at + 1..).unwrap_or(""));
        let sign = number.get(at..=at).unwrap_or("");
        let is_group = tail.len() == 3 && head != "0" && !head.contains(if sign == "." { ',' } else { '.' });
        !is_group && !head.contains(sign)
    });
    let (whole, cents) = match cut {
        Some(at) => (number.get(..at)?, number.get(at + 1..)?),
        None => (number, ""),
    };
    let whole: String = whole.chars().filter(char::is_ascii_digit).collect();
    let whole = whole.trim_start_matches('0');
    let is_something = whole.len() <= MOST_DIGITS && cents.len() <= MOST_DIGITS;
    let is_zero = whole.is_empty() && cents.bytes().all(|byte| byte == b'0');
    let whole = if whole.is_empty() { "0" } else { whole };
    // As programs print whole numbers.
    let cents = if cents == "0" { "" } else { cents };
    let point = if cents.is_empty() { "" } else { "." };
    (is_something && !is_zero).then(|| format!("{whole}{point}{cents}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        for (written, expected) in [
            ("12", Some("12")),
            ("12.50", Some("12.50")),
            ("12,5", Some("12.5")),
            ("185.0", Some("185")),
            ("1,299.00", Some("1299.00")),
            ("1.299,00", Some("1299.00")),
            ("1.299", Some("1299")),
            ("1,234,567", Some("1234567")),
            ("12 990", Some("12990")),
            ("1'299.50", Some("1299.50")),
            ("0.999", Some("0.999")),
            ("0.00", None),
            ("000", None),
            ("12345678901234", None),
        ] {
            assert_eq!(decimal(written).as_deref(), expected, "{written}");
        }
    }

    #[test]
    fn a_number_ends_where_it_should() {
        for (text, expected) in
            [("a 12 990 b", "12 990"), ("12 5", "12"), ("3.", "3"), ("4,50,", "4,50"), ("7-8", "7")]
        {
            let (start, end) = number(text, 0).expect(text);
            assert_eq!(text.get(start..end), Some(expected), "{text}");
        }
    }
}
