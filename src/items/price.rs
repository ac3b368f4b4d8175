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

impl Price {
    /// The amount, to compare with others.
    pub(super) fn value(&self) -> f64 {
        self.amount.parse().unwrap_or(f64::MAX)
    }
}

/// The first number of a text that stands beside the sign of a currency.
pub(super) fn find(text: &str, place: &Place) -> Option<Price> {
    all(text, place).next().map(|(price, _)| price)
}

/// The prices of a text, each with the place of its number.
pub(super) fn all<'a>(text: &'a str, place: &'a Place) -> impl Iterator<Item = (Price, Range<usize>)> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let (price, at) = find_from(text, from, place)?;
        from = at.end;
        Some((price, at))
    })
}

/// True where words go on from before the number to behind it, in lower case: `they paid $9 for it in May`.
pub(super) fn is_amid_sentence(text: &str, at: &Range<usize>) -> bool {
    /// Of so many words about the number.
    const SENTENCE: usize = 5;
    /// Words before a price that is one.
    const FROM: [&str; 10] = ["from", "ab", "dès", "desde", "da", "von", "vanaf", "från", "fra", "od"];
    fn is_word(word: &&str) -> bool {
        // Not the sign or the code of a currency.
        (word.len() > 3 || word.contains(char::is_lowercase)) && word.contains(char::is_alphabetic)
    }
    let is_small = |word: &str| word.starts_with(char::is_lowercase);
    let (before, after) = (text.get(..at.start).unwrap_or(""), text.get(at.end..).unwrap_or(""));
    let before: Vec<&str> = before.split_whitespace().rev().filter(is_word).take(SENTENCE).collect();
    let after: Vec<&str> = after.split_whitespace().filter(is_word).take(SENTENCE).collect();
    before.first().is_some_and(|word| is_small(word) && !FROM.contains(word))
        && after.first().is_some_and(|word| is_small(word))
        && before.len().min(after.len()) > 1
        && before.len() + after.len() >= SENTENCE
}

/// The first price from a byte on, and where its number stands.
fn find_from(text: &str, mut from: usize, place: &Place) -> Option<(Price, Range<usize>)> {
    let known = |sign: Option<Money>| sign.filter(|sign| place.knows(*sign));
    while let Some((start, end)) = number(text, from) {
        let before = known(sign_before(text.get(..start)?).map(|(sign, _)| sign));
        let after = known(sign_of(text.get(end..)?));
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

/// The sign behind a number, unless it is that of the next one: `Lamp 2 $19`.
fn sign_of(behind: &str) -> Option<Money> {
    let is_apart = behind.starts_with(char::is_whitespace);
    let (sign, rest) = sign_after(skip_dashes(behind))?;
    (!is_apart || !rest.starts_with(|c: char| c.is_ascii_digit())).then_some(sign)
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
pub(super) fn skip_dashes(text: &str) -> &str {
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
