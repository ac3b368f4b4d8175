//! The day on which a page was published where it was: of an instant in UTC, the day that the page shows.
//!
//! A paper in Vienna that declares `2019-10-18T22:04:00Z` shows 19 October, and its readers call it that day's.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;

use super::Source;
use super::page::Found;

/// Time zones are at most so far behind UTC and before it, in hours.
const BEHIND: i32 = 12;
const BEFORE: i32 = 14;

/// What the page shows of the declared instant in UTC, where that is another day than in UTC, and there is a time zone in
/// which both are true.
///
/// A day alone may be that of something else, such as of a change. It is believed if the page's address has it, or if
/// the declared time is a whole hour: then it is a day that was turned into an instant. A day with a time of day is
/// believed if that is off by quarters of an hour; it comes out with the offset.
pub(super) fn shown(declared: &str, shown: impl Iterator<Item = (String, Source)>) -> Found {
    if !declared.ends_with('Z') && !declared.ends_with("+00:00") {
        return None;
    }
    let instant: Timestamp = declared.parse().ok()?;
    let utc = Offset::UTC.to_datetime(instant);
    let days = utc.date().yesterday().ok()?..=utc.date().tomorrow().ok()?;
    for (date, source) in shown {
        let Some(day) = date.get(..10).and_then(|day| day.parse::<Date>().ok()) else { continue };
        if !days.contains(&day) {
            continue;
        }
        if day == utc.date() {
            return None;
        }
        if date.parse().ok() == Some(instant) {
            return Some((date, source));
        }
        if let Ok(local) = date.parse::<DateTime>()
            && date.len() > 10
        {
            let Some(offset) = offset(utc, local) else { continue };
            return Some((format!("{}{}", local, written(offset)), source));
        }
        let is_day = utc.minute() == 0 && utc.second() == 0;
        if falls_on(utc, day) && (is_day || source == Source::Url) {
            return Some((day.to_string(), source));
        }
    }
    None
}

/// True if an instant is on that day, before or after, in some time zone.
fn falls_on(utc: DateTime, day: Date) -> bool {
    let hour = i32::from(utc.hour());
    if day > utc.date() { hour >= 24 - BEFORE } else { hour < BEHIND }
}

/// How far a local time is before UTC, in minutes, if a time zone may be.
fn offset(utc: DateTime, local: DateTime) -> Option<i32> {
    const STEP: i32 = 15;
    let minutes = |time: Time| 60 * i32::from(time.hour()) + i32::from(time.minute());
    let day = if local.date() > utc.date() { 24 * 60 } else { -24 * 60 };
    let offset = day + minutes(local.time()) - minutes(utc.time());
    (offset % STEP == 0 && (-60 * BEHIND..=60 * BEFORE).contains(&offset)).then_some(offset)
}

/// `+02:00`
fn written(offset: i32) -> String {
    let sign = if offset < 0 { '-' } else { '+' };
    format!("{sign}{:02}:{:02}", offset.abs() / 60, offset.abs() % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_that_a_time_zone_puts_apart() {
        for (declared, seen, expected) in [
            ("2019-10-18T22:00:00Z", &["2019-10-19"] as &[&str], Some("2019-10-19")),
            ("2019-10-18T22:04:00+00:00", &["2019-10-19T00:04:00"], Some("2019-10-19T00:04:00+02:00")),
            ("2019-10-18T22:04:31Z", &["2019-10-19T03:49:00"], Some("2019-10-19T03:49:00+05:45")),
            ("2020-02-25T02:25:54Z", &["2020-02-24T21:25:54-05:00"], Some("2020-02-24T21:25:54-05:00")),
            ("2020-02-25T02:25:54Z", &["2020-02-24T22:55:00"], Some("2020-02-24T22:55:00-03:30")),
            ("2019-12-31T23:00:00Z", &["2020-01-01"], Some("2020-01-01")),
            // Another date, and then the one.
            ("2019-10-18T22:00:00Z", &["2018-01-01", "2019-10-19"], Some("2019-10-19")),
            ("2019-10-18T22:00:00Z", &["2019-10", "2019-10-19"], Some("2019-10-19")),
            (
                "2020-02-25T02:25:54Z",
                &["2020-02-24T08:00:00", "2020-02-24T21:25:00"],
                Some("2020-02-24T21:25:00-05:00"),
            ),
            // It may be another's.
            ("2019-10-18T22:04:00Z", &["2019-10-19"], None),
            ("2020-02-25T02:25:54Z", &["2020-02-24T08:00:00"], None),
            ("2020-02-25T02:25:54Z", &["2020-02-24T08:00:00-05:00"], None),
            // It is that day in UTC as well.
            ("2019-10-18T22:00:00Z", &["2019-10-18", "2019-10-19"], None),
            // In no time zone.
            ("2019-10-18T09:00:00Z", &["2019-10-19"], None),
            ("2019-10-18T12:00:00Z", &["2019-10-17"], None),
            ("2019-10-18T22:00:00Z", &["2019-10-20"], None),
            ("2019-10-18T22:04:00Z", &["2019-10-19T13:04:00"], None),
            // What has an offset of its own says which day it is.
            ("2019-10-18T22:00:00+02:00", &["2019-10-19"], None),
            ("2019-10-18", &["2019-10-19"], None),
            ("2019-10-18T22:00:00Z", &[], None),
        ] {
            let found = shown(declared, seen.iter().map(|date| ((*date).to_owned(), Source::Visible)));
            assert_eq!(found.as_ref().map(|(date, _)| date.as_str()), expected, "{declared} {seen:?}");
        }
    }

    #[test]
    fn addresses_are_believed_by_the_day() {
        let of_url =
            |day: &str| shown("2020-02-25T02:25:54Z", std::iter::once((day.to_owned(), Source::Url)));
        assert_eq!(of_url("2020-02-24"), Some(("2020-02-24".to_owned(), Source::Url)));
        assert_eq!(of_url("2020-02-26"), None);
    }
}
