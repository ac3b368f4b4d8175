//! Whether a page puts the day or the month first in dates all in numbers, by those of its dates that leave no doubt:
//! a board in German may be set up as in America, and one in English as in Britain.

use super::date_text::{Order, valid};

/// The dates of a page that can be read in one order only.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Votes {
    day_first: u32,
    month_first: u32,
}

impl Votes {
    /// Counts the dates of a text: `5/20/2024`, `20-5-2024`.
    pub(super) fn look(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let mut end = 0;
        for at in memchr::memchr2_iter(b'/', b'-', bytes) {
            // The second sign of a date, and what stands in an address or an article's number.
            if at < end {
                continue;
            }
            let Some((first, second, year, length)) = numbers(bytes, at) else { continue };
            end = at + length;
            let is_day = |day: i16, month: i16| valid(year, month, day).is_some();
            match (is_day(first, second), is_day(second, first)) {
                (true, false) => self.day_first += 1,
                (false, true) => self.month_first += 1,
                _ => {}
            }
        }
    }

    /// The order of a page whose language has the other; where its dates disagree, the language decides.
    pub(super) fn decide(self, order: Order) -> Order {
        match (order, self.day_first, self.month_first) {
            (Order::MonthFirst, 1.., 0) => Order::DayFirst,
            (Order::DayFirst, 0, 1..) => Order::MonthFirst,
            _ => order,
        }
    }
}

/// The numbers of a date whose first sign is at `at`, and the bytes from there to its end.
fn numbers(bytes: &[u8], at: usize) -> Option<(i16, i16, i16, usize)> {
    let (before, rest) = bytes.split_at_checked(at)?;
    let (&sign, rest) = rest.split_first()?;
    let digits = before.iter().rev().take(3).take_while(|byte| byte.is_ascii_digit()).count();
    let (before, first) = before.split_at_checked(before.len() - digits)?;
    let goes_on = |byte: Option<&u8>| {
        byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'.' | b'_'))
    };
    let digits = rest.iter().take(3).take_while(|byte| byte.is_ascii_digit()).count();
    let (second, rest) = rest.split_at_checked(digits)?;
    let (year, rest) = rest.strip_prefix(&[sign])?.split_at_checked(4)?;
    // A full stop may end the sentence.
    let ends = !goes_on(rest.first().filter(|byte| **byte != b'.'));
    if goes_on(before.last()) || !ends {
        return None;
    }
    let number = |digits: &[u8], most: usize| {
        let fits = (1..=most).contains(&digits.len()) && digits.iter().all(u8::is_ascii_digit);
        fits.then(|| digits.iter().fold(0, |sum, digit| sum * 10 + i16::from(digit - b'0')))
    };
    let length = 1 + second.len() + 1 + year.len();
    Some((number(first, 2)?, number(second, 2)?, number(year, 4)?, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_that_leave_no_doubt_decide() {
        use Order::{Croatian, DayFirst, MonthFirst};
        for (text, order, expected) in [
            ("04/20/2021", DayFirst, MonthFirst),
            ("20/04/2021", MonthFirst, DayFirst),
            ("20-4-2021, 3-4-2021.", MonthFirst, DayFirst),
            ("(4/20/2021)", DayFirst, MonthFirst),
            ("03/04/2021", DayFirst, DayFirst),
            ("04/20/2021 and 20/04/2021", DayFirst, DayFirst),
            ("04/20/2021 and 20/04/2021", MonthFirst, MonthFirst),
            // No dates: too early, no such day, parts of numbers and of addresses.
            ("04/20/1921", DayFirst, DayFirst),
            ("02/30/2021", DayFirst, DayFirst),
            ("104/20/2021", DayFirst, DayFirst),
            ("1/04/20/2021", DayFirst, DayFirst),
            ("/04/20/2021", DayFirst, DayFirst),
            ("04/20/20213", DayFirst, DayFirst),
            ("04/20-2021", DayFirst, DayFirst),
            ("04/20/", DayFirst, DayFirst),
            ("04/20/2021", Croatian, Croatian),
        ] {
            let mut votes = Votes::default();
            votes.look(text);
            assert_eq!(votes.decide(order), expected, "{text}");
        }
    }
}
