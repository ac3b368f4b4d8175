//! Finds dates in text, as people and as machines write them.

use std::ops::Range;

use jiff::civil::{Date, Time};
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};

use super::months::month;

/// What `5/6/2024` means on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// The fifth of June, as in most of the world.
    DayFirst,
    /// The sixth of May, as in the United States.
    MonthFirst,
}

impl Order {
    /// By the page's language; pages that give none are mostly English, most of those American.
    pub(super) fn of_language(language: Option<&str>) -> Order {
        let language = language.unwrap_or("en").to_ascii_lowercase().replace('_', "-");
        match language.split_once('-') {
            None if language == "en" => Order::MonthFirst,
            Some(("en", "us" | "ph" | "ca")) => Order::MonthFirst,
            _ => Order::DayFirst,
        }
    }
}

/// A date found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) date: Date,
    /// The bytes it takes.
    pub(super) at: Range<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind<'a> {
    Number(i16, usize),
    Word(&'a str),
    Mark(char),
}

#[derive(Clone, Copy, Debug)]
struct Token<'a> {
    kind: Kind<'a>,
    start: usize,
    end: usize,
}

/// Signs between the numbers of East Asian dates; they are letters otherwise.
fn is_unit(c: char) -> bool {
    matches!(c, '年' | '月' | '日' | '号' | '년' | '월' | '일')
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if c.is_whitespace() {
            continue;
        }
        let belongs: fn(char) -> bool = if c.is_ascii_digit() {
            |c| c.is_ascii_digit()
        } else if c.is_alphabetic() && !is_unit(c) {
            |c| (c.is_alphabetic() || c == '\u{307}') && !is_unit(c)
        } else {
            |_| false
        };
        let mut end = start + c.len_utf8();
        while let Some(&(at, next)) = chars.peek()
            && belongs(next)
        {
            end = at + next.len_utf8();
            chars.next();
        }
        let piece = text.get(start..end).unwrap_or("");
        let kind = if c.is_ascii_digit() {
            match piece.parse() {
                Ok(number) => Kind::Number(number, piece.len()),
                Err(_) => Kind::Mark(c),
            }
        } else if c.is_alphabetic() && !is_unit(c) {
            Kind::Word(piece)
        } else {
            Kind::Mark(c)
        };
        tokens.push(Token { kind, start, end });
    }
    tokens
}

/// All the dates in a text, in order. Impossible ones, those before 1990 and those later than tomorrow are no dates.
pub(super) fn find_all(text: &str, order: Order) -> Vec<Found> {
    let tokens = tokens(text);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = tokens.get(at..).filter(|rest| !rest.is_empty()) {
        let continues_number =
            at.checked_sub(1).and_then(|before| tokens.get(before)).is_some_and(|before| {
                matches!(before.kind, Kind::Mark('/' | '-' | '.'))
                    && rest.first().is_some_and(|first| first.start == before.end)
                    && at.checked_sub(2).and_then(|index| tokens.get(index)).is_some_and(|number| {
                        matches!(number.kind, Kind::Number(..)) && number.end == before.start
                    })
            });
        let date = if continues_number { None } else { date_at(rest, order) };
        match date {
            Some((date, used)) => {
                let start = rest.first().map_or(0, |token| token.start);
                let end = rest.get(used.saturating_sub(1)).map_or(start, |token| token.end);
                found.push(Found { date, at: start..end });
                at += used;
            }
            None => at += 1,
        }
    }
    found
}

/// The first date in a text.
pub(super) fn find(text: &str, order: Order) -> Option<Found> {
    find_all(text, order).into_iter().next()
}

fn date_at(tokens: &[Token<'_>], order: Order) -> Option<(Date, usize)> {
    match tokens.first()?.kind {
        Kind::Number(year, 4) => year_first(tokens, year),
        Kind::Number(day, 1 | 2) => number_first(tokens, day, order),
        Kind::Word(word) => month_first(tokens, month(word)?),
        _ => None,
    }
}

fn valid(year: i16, month: i16, day: i16) -> Option<Date> {
    if year < 1990 {
        return None;
    }
    let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    (date <= tomorrow()).then_some(date)
}

/// The last day that it may be anywhere on Earth; what is later has not been published.
fn tomorrow() -> Date {
    let day = SignedDuration::from_hours(24);
    let then = Timestamp::now().saturating_add(day).unwrap_or(Timestamp::MAX);
    Offset::UTC.to_datetime(then).date()
}

fn short_number(token: Option<&Token<'_>>) -> Option<i16> {
    match token?.kind {
        Kind::Number(number, 1 | 2) => Some(number),
        _ => None,
    }
}

fn year(token: Option<&Token<'_>>) -> Option<i16> {
    match token?.kind {
        Kind::Number(number, 4) => Some(number),
        _ => None,
    }
}

/// `2024-05-20`, `2024/5/20`, `2024. 5. 20.`, `2024年5月20日`, `2024년 5월 20일`, `2024 May 20`.
fn year_first(tokens: &[Token<'_>], year: i16) -> Option<(Date, usize)> {
    let named =
        tokens.iter().skip(1).take_while(|token| matches!(token.kind, Kind::Mark('-' | ',' | '/'))).count();
    if let Some(Kind::Word(word)) = tokens.get(1 + named).map(|token| token.kind)
        && named <= 1
        && let Some(month) = month(word)
    {
        let mut at = 2 + named;
        at += usize::from(matches!(tokens.get(at).map(|token| token.kind), Some(Kind::Mark('-' | '/'))));
        return Some((valid(year, i16::from(month), short_number(tokens.get(at))?)?, at + 1));
    }
    let Kind::Mark(first) = tokens.get(1)?.kind else { return None };
    let Kind::Mark(second) = tokens.get(3)?.kind else { return None };
    let fits = matches!(
        (first, second),
        ('-' | '‐' | '–', '-' | '‐' | '–') | ('/', '/') | ('.', '.') | ('年', '月') | ('년', '월')
    );
    if !fits {
        return None;
    }
    let date = valid(year, short_number(tokens.get(2))?, short_number(tokens.get(4))?)?;
    let unit = matches!(tokens.get(5).map(|token| token.kind), Some(Kind::Mark('日' | '号' | '일')));
    Some((date, 5 + usize::from(unit)))
}

/// `20.05.2024`, `20/5/2024`, `5/20/2024`, `20 May 2024`, `20. Mai 2024`, `20 de mayo de 2024`, `1er juin 2024`.
fn number_first(tokens: &[Token<'_>], first: i16, order: Order) -> Option<(Date, usize)> {
    if let (Some(Kind::Mark(mark @ ('.' | '/' | '-'))), Some(second)) =
        (tokens.get(1).map(|token| token.kind), short_number(tokens.get(2)))
    {
        if tokens.get(3)?.kind != Kind::Mark(mark) {
            return None;
        }
        let year = year(tokens.get(4))?;
        let month_leads = mark != '.' && order == Order::MonthFirst;
        let (as_led, other) = if month_leads {
            (valid(year, first, second), valid(year, second, first))
        } else {
            (valid(year, second, first), valid(year, first, second))
        };
        return Some((as_led.or(other)?, 5));
    }
    const AFTER_DAY: [&str; 16] =
        ["st", "nd", "rd", "th", "er", "de", "di", "of", "o", "º", "ª", "den", "e", "do", "года", "da"];
    let mut at = 1 + fillers(tokens.get(1..)?, &AFTER_DAY, &['.', '-', 'º', 'ª', '°', ',', '/']);
    let Kind::Word(word) = tokens.get(at)?.kind else { return None };
    let month = month(word)?;
    at += 1;
    at += fillers(tokens.get(at..)?, &["de", "del", "of", "do"], &['.', ',', '-', '/', '\'']);
    Some((valid(year(tokens.get(at))?, i16::from(month), first)?, at + 1))
}

/// `May 20, 2024`, `May 20th 2024`, `Mayıs 20, 2024`.
fn month_first(tokens: &[Token<'_>], month: i8) -> Option<(Date, usize)> {
    let mut at = 1 + fillers(tokens.get(1..)?, &["the"], &['.', '-', '/']);
    let day = short_number(tokens.get(at))?;
    at += 1;
    at += fillers(tokens.get(at..)?, &["st", "nd", "rd", "th", "of"], &['.', ',', '-', '/']);
    Some((valid(year(tokens.get(at))?, i16::from(month), day)?, at + 1))
}

/// How many tokens, two at most, only join the parts of a date.
fn fillers(tokens: &[Token<'_>], words: &[&str], marks: &[char]) -> usize {
    let joins = |token: &&Token<'_>| match token.kind {
        Kind::Word(word) => words.iter().any(|filler| filler.eq_ignore_ascii_case(word)),
        Kind::Mark(mark) => marks.contains(&mark),
        Kind::Number(..) => false,
    };
    tokens.iter().take(2).take_while(joins).count()
}

/// Reads the date of a machine-readable value, with time and offset where it has them, as ISO 8601.
///
/// Besides ISO 8601: `20240520`, RFC 2822, what JavaScript's `Date` prints, Unix time, and all that [`find`] finds.
pub(super) fn machine(value: &str, order: Order) -> Option<String> {
    let value = value.trim();
    if let Some(found) = compact(value) {
        return Some(found);
    }
    let found = find(value, order)?;
    let rest = value.get(found.at.end..).unwrap_or("");
    Some(format!("{}{}", found.date, time(rest).unwrap_or_default()))
}

/// Eight digits, perhaps with a time; ten or thirteen digits of Unix time.
fn compact(value: &str) -> Option<String> {
    let digits = value.bytes().take_while(u8::is_ascii_digit).count();
    let number: i64 = value.get(..digits)?.parse().ok()?;
    match (digits, value.len() - digits) {
        (10, 0) => unix(number),
        (13, 0) => unix(number / 1000),
        (8, _) => {
            let part = |from: usize, to: usize| value.get(from..to)?.parse::<i16>().ok();
            let date = valid(part(0, 4)?, part(4, 6)?, part(6, 8)?)?;
            Some(date.to_string())
        }
        _ => None,
    }
}

fn unix(seconds: i64) -> Option<String> {
    let then = Timestamp::from_second(seconds).ok()?;
    let date = Offset::UTC.to_datetime(then).date();
    valid(date.year(), i16::from(date.month()), i16::from(date.day())).map(|_| then.to_string())
}

/// The time of day at the start of `rest`, as `THH:MM:SS` with the offset if one is given.
fn time(rest: &str) -> Option<String> {
    let rest =
        rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, 'T' | 't' | ',' | '-' | '@'));
    let rest = rest.strip_prefix("at ").unwrap_or(rest);
    let (hour, rest) = leading_number(rest)?;
    let (minute, rest) = leading_number(rest.strip_prefix(':')?)?;
    let (second, mut rest) = rest.strip_prefix(':').and_then(leading_number).unwrap_or((0, rest));
    if let Some(fraction) = rest.strip_prefix(['.', ',']) {
        rest = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
    }
    let rest = rest.trim_start();
    let (half, after) = match rest.get(..2).map(str::to_ascii_lowercase).as_deref() {
        Some("am") => (Some(0), rest.get(2..).unwrap_or("")),
        Some("pm") => (Some(12), rest.get(2..).unwrap_or("")),
        _ => (None, rest),
    };
    let hour = half.map_or(hour, |half| hour % 12 + half);
    let time = Time::new(hour, minute, second.min(59), 0).ok()?;
    Some(format!("T{time}{}", offset(after.trim_start()).unwrap_or_default()))
}

fn leading_number(text: &str) -> Option<(i8, &str)> {
    let digits = text.bytes().take(2).take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at_checked(digits)?;
    Some((number.parse().ok()?, rest))
}

/// `Z`, `GMT`, `+02:00`, `-0500`, `GMT+0200`, `+02`.
fn offset(text: &str) -> Option<String> {
    let named = ["GMT", "UTC", "Z", "z"].iter().find_map(|name| text.strip_prefix(name));
    let rest = named.unwrap_or(text);
    let Some(sign) = rest.chars().next().filter(|sign| matches!(sign, '+' | '-')) else {
        return named.map(|_| "Z".to_owned());
    };
    let (hours, rest) = leading_number(rest.get(1..)?)?;
    let (minutes, _) = leading_number(rest.strip_prefix(':').unwrap_or(rest)).unwrap_or((0, rest));
    (hours <= 15 && minutes < 60).then(|| format!("{sign}{hours:02}:{minutes:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(text: &str, order: Order) -> Option<String> {
        find(text, order).map(|found| found.date.to_string())
    }

    #[test]
    fn dates_as_people_write_them() {
        let may = Some("2024-05-20".to_owned());
        for text in [
            "May 20, 2024",
            "Posted on Monday, May 20th, 2024 at noon",
            "20 May 2024",
            "20-May-2024",
            "Montag, 20. Mai 2024",
            "20.05.2024",
            "20.5.2024",
            "le 20 mai 2024",
            "20 de mayo de 2024",
            "20 de maio de 2024",
            "20 maggio 2024",
            "20 mei 2024",
            "20 maja 2024 r.",
            "20 мая 2024 г.",
            "20 Mayıs 2024",
            "2024年5月20日",
            "2024年05月20日 10:00",
            "2024년 5월 20일",
            "2024. 5. 20.",
            "2024-05-20",
            "2024/5/20",
            "20 травня 2024",
        ] {
            assert_eq!(first(text, Order::MonthFirst), may, "{text}");
        }
        assert_eq!(first("1er juin 2023", Order::DayFirst).as_deref(), Some("2023-06-01"));
        assert_eq!(first("2º de março de 2021", Order::DayFirst).as_deref(), Some("2021-03-02"));
        assert_eq!(first("3rd of December 2019", Order::DayFirst).as_deref(), Some("2019-12-03"));
    }

    #[test]
    fn the_order_of_day_and_month() {
        assert_eq!(first("5/6/2024", Order::MonthFirst).as_deref(), Some("2024-05-06"));
        assert_eq!(first("5/6/2024", Order::DayFirst).as_deref(), Some("2024-06-05"));
        assert_eq!(first("5/20/2024", Order::DayFirst).as_deref(), Some("2024-05-20"));
        assert_eq!(first("5.6.2024", Order::MonthFirst).as_deref(), Some("2024-06-05"));
        assert_eq!(Order::of_language(Some("en-GB")), Order::DayFirst);
        assert_eq!(Order::of_language(Some("en_US")), Order::MonthFirst);
        assert_eq!(Order::of_language(Some("pt")), Order::DayFirst);
        assert_eq!(Order::of_language(None), Order::MonthFirst);
    }

    #[test]
    fn what_is_no_date() {
        for text in [
            "31 February 2024",
            "2024-13-01",
            "20 May 1989",
            "2101-01-01",
            "May 2024",
            "10.2.2024.1.1.2024",
            "555-12-2024",
            "99999999999999999999",
            "",
            "년월일",
        ] {
            let allowed = text == "10.2.2024.1.1.2024";
            assert_eq!(first(text, Order::DayFirst).is_some(), allowed, "{text}");
        }
    }

    #[test]
    fn machines_write_times_and_offsets() {
        for (value, expected) in [
            ("2024-05-20", "2024-05-20"),
            ("2024-05-20T10:15:30Z", "2024-05-20T10:15:30Z"),
            ("2024-05-20T10:15:30.123+02:00", "2024-05-20T10:15:30+02:00"),
            ("2024-05-20 10:15", "2024-05-20T10:15:00"),
            ("2024-05-20T10:15-0500", "2024-05-20T10:15:00-05:00"),
            ("Mon, 20 May 2024 10:15:30 GMT", "2024-05-20T10:15:30Z"),
            ("Mon May 20 2024 10:15:30 GMT+0200 (CEST)", "2024-05-20T10:15:30+02:00"),
            ("5/20/2024 3:05:00 PM", "2024-05-20T15:05:00"),
            ("5/20/2024 12:05 am", "2024-05-20T00:05:00"),
            ("20240520", "2024-05-20"),
            ("1716200130", "2024-05-20T10:15:30Z"),
            ("1716200130000", "2024-05-20T10:15:30Z"),
            ("2024-05-20T99:99", "2024-05-20"),
        ] {
            assert_eq!(machine(value, Order::MonthFirst).as_deref(), Some(expected), "{value}");
        }
        assert_eq!(machine("0001-01-01T00:00:00", Order::MonthFirst), None);
        assert_eq!(machine("2024", Order::MonthFirst), None);
    }
}
