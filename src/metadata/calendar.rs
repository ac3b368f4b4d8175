//! Calendars in which pages write dates, and how a day of theirs is called elsewhere.

use icu_calendar::cal::{Hebrew, Hijri, Iso, Persian};
use icu_calendar::types;
use icu_calendar::{AsCalendar, Date as Day};
use jiff::civil::Date;

/// How a page counts years and months.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Calendar {
    Gregorian,
    /// The Gregorian calendar with Buddhist years, as in Thailand.
    Buddhist,
    /// The Solar Hijri calendar of Iran and Afghanistan.
    Persian,
    /// Umm al-Qura, the civil Islamic calendar of Saudi Arabia. Where months are begun by sight of the moon, a date
    /// may be off by a day.
    Hijri,
    /// Months are numbered from Tishri; that of a leap year is Adar I.
    Hebrew,
}

/// A month of a calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Month {
    pub(super) calendar: Calendar,
    /// From 1.
    pub(super) number: u8,
    /// True for the first Adar of a year that has two.
    pub(super) is_leap: bool,
}

impl Month {
    pub(super) fn new(calendar: Calendar, number: u8) -> Month {
        Month { calendar, number, is_leap: false }
    }

    /// A day of this month. `None` for a day or a month that the calendar does not have.
    pub(super) fn date(self, year: i16, day: i16) -> Option<Date> {
        match self.calendar {
            Calendar::Gregorian => {
                Date::new(year, i8::try_from(self.number).ok()?, i8::try_from(day).ok()?).ok()
            }
            // Pages of Thailand use either count, which are far enough apart.
            Calendar::Buddhist => {
                let year = if year > 2400 { year - 543 } else { year };
                Month { calendar: Calendar::Gregorian, ..self }.date(year, day)
            }
            Calendar::Persian => self.converted(Persian, year, day),
            Calendar::Hijri => self.converted(Hijri::new_umm_al_qura(), year, day),
            Calendar::Hebrew => self.converted(Hebrew, year, day),
        }
    }

    fn converted<A: AsCalendar>(self, calendar: A, year: i16, day: i16) -> Option<Date> {
        let month =
            if self.is_leap { types::Month::leap(self.number) } else { types::Month::new(self.number) };
        let day = Day::try_new(i32::from(year).into(), month, u8::try_from(day).ok()?, calendar).ok()?;
        let day = day.to_calendar(Iso);
        let year = i16::try_from(day.year().extended_year()).ok()?;
        Date::new(year, i8::try_from(day.month().ordinal).ok()?, i8::try_from(day.day_of_month().0).ok()?)
            .ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Days that almanacs of the countries give for the same day.
    #[test]
    fn one_day_in_several_calendars() {
        for (calendar, year, month, day) in [
            (Calendar::Gregorian, 2024, 5, 20),
            (Calendar::Buddhist, 2567, 5, 20),
            (Calendar::Buddhist, 2024, 5, 20),
            (Calendar::Persian, 1403, 2, 31),
            (Calendar::Hijri, 1445, 11, 12),
            (Calendar::Hebrew, 5784, 8, 12),
        ] {
            let date = Month::new(calendar, month).date(year, day);
            assert_eq!(date.map(|date| date.to_string()).as_deref(), Some("2024-05-20"), "{calendar:?}");
        }
    }

    #[test]
    fn days_that_are_not() {
        assert_eq!(Month::new(Calendar::Persian, 7).date(1403, 31), None);
        assert_eq!(Month::new(Calendar::Hijri, 13).date(1445, 1), None);
        assert_eq!(Month { calendar: Calendar::Hebrew, number: 5, is_leap: true }.date(5785, 1), None);
        assert_eq!(Month::new(Calendar::Gregorian, 2).date(2024, 31), None);
    }
}
