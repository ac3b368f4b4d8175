//! Finds dates in text, as people and as machines write them.

use std::ops::Range;

use jiff::civil::Date;
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};

use super::calendar::{Calendar, Month};
use super::eras;
use super::months::month;

/// What `5/6/2024` means on the page, and which years it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// The fifth of June, as in most of the world.
    DayFirst,
    /// The sixth of May, as in the United States.
    MonthFirst,
    /// As `DayFirst`; `listopada` is October, where Poles say so of November.
    Croatian,
    /// As `DayFirst`; years about 1400 are of the Persian calendar.
    Persian,
    /// As `DayFirst`; years about 2570 are Buddhist.
    Thai,
}

impl Order {
    /// By the page's language; pages that give none are mostly English, most of those American.
    pub(super) fn of_language(language: Option<&str>) -> Order {
        let language = language.unwrap_or("en").to_ascii_lowercase().replace('_', "-");
        match language.split_once('-') {
            None if language == "en" => Order::MonthFirst,
            Some(("en", "us" | "ph" | "ca")) => Order::MonthFirst,
            _ => match language.split('-').next() {
                Some("hr") => Order::Croatian,
                Some("fa" | "ps" | "prs") => Order::Persian,
                Some("th") => Order::Thai,
                _ => Order::DayFirst,
            },
        }
    }

    /// A date all in numbers.
    fn date(self, year: i16, month: i16, day: i16) -> Option<Date> {
        let calendar = match self {
            Order::Persian if (1300..1500).contains(&year) => Calendar::Persian,
            Order::Thai => Calendar::Buddhist,
            _ => return valid(year, month, day),
        };
        possible(Month::new(calendar, u8::try_from(month).ok()?).date(year, day)?)
    }

    /// A date with the name of its month.
    fn named(self, year: i16, month: Month, day: i16) -> Option<Date> {
        possible(month.date(year, day)?)
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
pub(super) enum Kind<'a> {
    /// A number and how many digits it is written with.
    Number(i16, usize),
    Word(&'a str),
    Mark(char),
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Token<'a> {
    pub(super) kind: Kind<'a>,
    start: usize,
    end: usize,
}

/// Signs between the numbers of East Asian dates; they are letters otherwise.
fn is_unit(c: char) -> bool {
    matches!(c, '年' | '月' | '日' | '号' | '년' | '월' | '일')
}

/// The value of a digit of the scripts that dates are written in.
fn digit(c: char) -> Option<i16> {
    if c.is_ascii() {
        return c.to_digit(10).and_then(|digit| i16::try_from(digit).ok());
    }
    // Arabic, Persian, Devanagari, Bengali, Thai, full width.
    const ZEROS: [u32; 6] = [0x660, 0x6F0, 0x966, 0x9E6, 0xE50, 0xFF10];
    let digits = ZEROS.iter().filter_map(|zero| u32::from(c).checked_sub(*zero));
    digits.filter(|digit| *digit < 10).find_map(|digit| i16::try_from(digit).ok())
}

/// True for what words are made of: letters, and signs on them that are no letters.
fn is_of_word(c: char) -> bool {
    let is_sign = matches!(
        c,
        '\u{300}'..='\u{36F}' | '\u{64B}'..='\u{652}' | '\u{93C}' | '\u{94D}' | '\u{9BC}' | '\u{9CD}' | '\u{BCD}'
            | '\u{E47}'..='\u{E4E}'
    );
    (c.is_alphabetic() || is_sign) && !is_unit(c)
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if c.is_whitespace() {
            continue;
        }
        let (is_number, is_word) = (digit(c).is_some(), is_of_word(c));
        let belongs = |c: char| if is_number { digit(c).is_some() } else { is_word && is_of_word(c) };
        let mut end = start + c.len_utf8();
        while let Some(&(at, next)) = chars.peek()
            && belongs(next)
        {
            end = at + next.len_utf8();
            chars.next();
        }
        let piece = text.get(start..end).unwrap_or("");
        let kind = if is_number {
            let add = |sum: i16, c: char| sum.checked_mul(10)?.checked_add(digit(c)?);
            let number = piece.chars().try_fold(0, add);
            number.map_or(Kind::Mark(c), |number| Kind::Number(number, piece.chars().count()))
        } else if is_word {
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
    if !may_hold_year(text) {
        return Vec::new();
    }
    let tokens = tokens(text);
    // Digits of Persian and its neighbours.
    let is_persian = text.chars().any(|c| ('\u{6F0}'..='\u{6F9}').contains(&c));
    let order = if is_persian { Order::Persian } else { order };
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

/// False for a text that has no number of four digits, nor one of two with a full stop behind it (`20.05.24`), and is all
/// in scripts that write years so.
fn may_hold_year(text: &str) -> bool {
    let mut digits = 0;
    for byte in text.bytes() {
        match byte {
            b'0'..=b'9' => digits += 1,
            // Hebrew and Arabic, the scripts from U+0800 on but for the signs in U+2000 to U+2FFF.
            0xD6..=0xE1 | 0xE3.. => return true,
            _ if digits == 4 => return true,
            b'.' if digits == 2 => return true,
            _ => digits = 0,
        }
    }
    digits == 4
}

/// The first date in a text.
pub(super) fn find(text: &str, order: Order) -> Option<Found> {
    find_all(text, order).into_iter().next()
}

fn date_at(tokens: &[Token<'_>], order: Order) -> Option<(Date, usize)> {
    match tokens.first()?.kind {
        Kind::Number(year, 4) => year_first(tokens, year, order),
        Kind::Number(day, 1 | 2) => number_first(tokens, day, order),
        Kind::Word(word) => month_first(tokens, order)
            .or_else(|| eras::era_first(tokens, word))
            .or_else(|| eras::hebrew(tokens)),
        _ => None,
    }
}

/// The date if it may be one of a page.
fn possible(date: Date) -> Option<Date> {
    (date.year() >= 1990 && date <= tomorrow()).then_some(date)
}

pub(super) fn valid(year: i16, month: i16, day: i16) -> Option<Date> {
    possible(Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?)
}

/// The last day that it may be anywhere on Earth; what is later has not been published.
fn tomorrow() -> Date {
    let day = SignedDuration::from_hours(24);
    let then = Timestamp::now().saturating_add(day).unwrap_or(Timestamp::MAX);
    Offset::UTC.to_datetime(then).date()
}

pub(super) fn short_number(token: Option<&Token<'_>>) -> Option<i16> {
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

/// The month that the tokens begin with, and how many they are: a name of one word or two, a Thai abbreviation
/// (`พ.ค.`), a number behind the Vietnamese word for month.
pub(super) fn month_at(tokens: &[Token<'_>]) -> Option<(Month, usize)> {
    let Kind::Word(word) = tokens.first()?.kind else { return None };
    // Names in two words and abbreviations of two letters are of these scripts alone.
    let has_long =
        word.chars().next().is_some_and(|c| matches!(c, '\u{590}'..='\u{6FF}' | '\u{E00}'..='\u{E7F}'));
    let kind = |at: usize| tokens.get(at).map(|token| token.kind).filter(|_| has_long);
    if word.eq_ignore_ascii_case("tháng") {
        let number = u8::try_from(short_number(tokens.get(1))?).ok()?;
        return Some((Month::new(Calendar::Gregorian, number), 2));
    }
    let longer = match (kind(1), kind(2)) {
        (Some(Kind::Word(next)), _) => month(&format!("{word}_{next}")).map(|month| (month, 2)),
        (Some(Kind::Mark('.')), Some(Kind::Word(next))) => {
            month(&format!("{word}.{next}")).map(|month| (month, 3))
        }
        _ => None,
    };
    longer.or_else(|| Some((month(word)?, 1)))
}

/// `2024-05-20`, `2024/5/20`, `2024. 5. 20.`, `2024年5月20日`, `2024년 5월 20일`, `2024 May 20`, `2024. május 20.`,
/// `2024 m. gegužės 20 d.`, `2024. gada 20. maijs`.
fn year_first(tokens: &[Token<'_>], year: i16, order: Order) -> Option<(Date, usize)> {
    let mut at = 1 + fillers(tokens.get(1..)?, &["m", "gada"], &['-', ',', '/', '.']);
    if let Some((month, used)) = month_at(tokens.get(at..)?) {
        at += used;
        at += fillers(tokens.get(at..)?, &[], &['-', '/', '.']).min(1);
        return Some((order.named(year, month, short_number(tokens.get(at))?)?, at + 1));
    }
    let is_latvian = matches!(tokens.get(at - 1)?.kind, Kind::Word(_));
    if is_latvian && let Some(day) = short_number(tokens.get(at)) {
        at += 1 + fillers(tokens.get(at + 1..)?, &[], &['.']);
        let (month, used) = month_at(tokens.get(at..)?)?;
        return Some((order.named(year, month, day)?, at + used));
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
    let date = order.date(year, short_number(tokens.get(2))?, short_number(tokens.get(4))?)?;
    let unit = matches!(tokens.get(5).map(|token| token.kind), Some(Kind::Mark('日' | '号' | '일')));
    Some((date, 5 + usize::from(unit)))
}

/// `20.05.2024`, `20/5/2024`, `5/20/2024`, `20 May 2024`, `20. Mai 2024`, `20 de mayo de 2024`, `1er juin 2024`,
/// `20 tháng 5 năm 2024`, `20 أيار/مايو 2024`.
fn number_first(tokens: &[Token<'_>], first: i16, order: Order) -> Option<(Date, usize)> {
    if let (Some(Kind::Mark(mark @ ('.' | '/' | '-'))), Some(second)) =
        (tokens.get(1).map(|token| token.kind), short_number(tokens.get(2)))
    {
        if tokens.get(3)?.kind != Kind::Mark(mark) {
            return None;
        }
        let year = year(tokens.get(4)).or_else(|| short_year(tokens))?;
        let month_leads = mark != '.' && order == Order::MonthFirst;
        let (as_led, other) = if month_leads {
            (order.date(year, first, second), order.date(year, second, first))
        } else {
            (order.date(year, second, first), order.date(year, first, second))
        };
        return Some((as_led.or(other)?, 5));
    }
    const AFTER_DAY: [&str; 18] = [
        "st", "nd", "rd", "th", "er", "de", "di", "of", "o", "º", "ª", "den", "e", "do", "года", "da", "d",
        "من",
    ];
    let mut at = 1 + fillers(tokens.get(1..)?, &AFTER_DAY, &['.', '-', 'º', 'ª', '°', ',', '/', '\'', '’']);
    let (month, used) = month_at(tokens.get(at..)?)?;
    let is_october = order == Order::Croatian && month.number == 11 && is_listopada(tokens.get(at)?);
    let month = if is_october { Month { number: 10, ..month } } else { month };
    at += used;
    // The same month by its other name.
    if matches!(tokens.get(at).map(|token| token.kind), Some(Kind::Mark('/')))
        && let Some((_, used)) = tokens.get(at + 1..).and_then(month_at).filter(|(other, _)| *other == month)
    {
        at += 1 + used;
    }
    at += fillers(tokens.get(at..)?, &["de", "del", "of", "do", "năm"], &['.', ',', '-', '/', '\'']);
    Some((order.named(year(tokens.get(at))?, month, first)?, at + 1))
}

/// The year of `20.05.24`, if nothing tells that it is another number.
fn short_year(tokens: &[Token<'_>]) -> Option<i16> {
    let [first, mark, second, _, last, rest @ ..] = tokens else { return None };
    let (Kind::Number(_, 2), Kind::Mark('.'), Kind::Number(_, 2), Kind::Number(year, 2)) =
        (first.kind, mark.kind, second.kind, last.kind)
    else {
        return None;
    };
    // One token without spaces, and no part of a longer number.
    let is_one = first.end == mark.start && mark.end == second.start && second.end + 1 == last.start;
    let mut rest = rest.iter().map(|token| (token.kind, token.start));
    let goes_on = match rest.next() {
        Some((Kind::Mark('.' | ',' | ':' | '-' | '/'), at)) if at == last.end => {
            matches!(rest.next(), Some((Kind::Number(..), next)) if next == at + 1)
        }
        Some((Kind::Word(_), at)) => at == last.end,
        _ => false,
    };
    (is_one && !goes_on).then_some(if year < 90 { 2000 + year } else { 1900 + year })
}

fn is_listopada(token: &Token<'_>) -> bool {
    matches!(token.kind, Kind::Word(word) if word.eq_ignore_ascii_case("listopada"))
}

/// `May 20, 2024`, `May 20th 2024`, `Mayıs 20, 2024`.
fn month_first(tokens: &[Token<'_>], order: Order) -> Option<(Date, usize)> {
    let (month, used) = month_at(tokens)?;
    let mut at = used + fillers(tokens.get(used..)?, &["the"], &['.', '-', '/']);
    let day = short_number(tokens.get(at))?;
    at += 1;
    at += fillers(tokens.get(at..)?, &["st", "nd", "rd", "th", "of"], &['.', ',', '-', '/']);
    Some((order.named(year(tokens.get(at))?, month, day)?, at + 1))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn first(text: &str, order: Order) -> Option<String> {
        find(text, order).map(|found| found.date.to_string())
    }

    #[derive(serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Cases {
        case: Vec<Case>,
    }

    #[derive(serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Case {
        language: String,
        text: String,
        /// Missing where there is none.
        date: Option<String>,
    }

    /// `dates.toml`: how the pages of each language and calendar write.
    #[test]
    fn dates_as_people_write_them() {
        let cases: Cases = toml::from_str(include_str!("dates.toml")).expect("the table is in order");
        let read = |case: &Case| first(&case.text, Order::of_language(Some(&case.language)));
        let wrong = cases.case.iter().filter(|case| read(case) != case.date);
        let wrong: Vec<String> = wrong.map(|case| format!("{} is not {:?}", case.text, read(case))).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
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
}
