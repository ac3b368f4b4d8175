//! Reads dates of machine-readable values, with time and offset, as ISO 8601.

use jiff::Timestamp;
use jiff::civil::Time;
use jiff::tz::Offset;

use super::date_text::{Order, find, valid};

/// Reads the date of a machine-readable value, with time and offset where it has them, as ISO 8601.
///
/// Besides ISO 8601: `20240520`, RFC 2822, what the `Date`s of JavaScript and Java print, Unix time, and all that [`find`]
/// finds.
pub(super) fn machine(value: &str, order: Order) -> Option<String> {
    let value = value.trim();
    if let Some(found) = compact(value) {
        return Some(found);
    }
    let Some(found) = find(value, order) else { return of_java(value, order) };
    let rest = value.get(found.at.end..).unwrap_or("");
    Some(format!("{}{}", found.date, time(rest).unwrap_or_default()))
}

/// `Mon May 20 10:15:30 CEST 2024`, as Java prints it, and C: the year stands at the end. The names of time zones are
/// ambiguous.
fn of_java(value: &str, order: Order) -> Option<String> {
    let mut words = value.split_ascii_whitespace();
    let (_, month, day, clock) = (words.next()?, words.next()?, words.next()?, words.next()?);
    let (zone, year) = match (words.next()?, words.next()) {
        (zone, Some(year)) => (zone, year),
        (year, None) => ("", year),
    };
    if !clock.contains(':') || words.next().is_some() {
        return None;
    }
    let date = find(&format!("{month} {day} {year}"), order)?.date;
    Some(format!("{date}{}", time(&format!("{clock} {zone}")).unwrap_or_default()))
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
            ("Mon May 20 10:15:30 PDT 2024", "2024-05-20T10:15:30"),
            ("Mon May 20 10:15:30 UTC 2024", "2024-05-20T10:15:30Z"),
            ("Mon May 20 10:15:30 2024", "2024-05-20T10:15:30"),
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
        assert_eq!(machine("Mon May 32 10:15:30 PDT 2024", Order::MonthFirst), None);
        assert_eq!(machine("Owls of May 20 then 2024", Order::MonthFirst), None);
    }
}
