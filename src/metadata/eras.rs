//! Dates whose years have no four digits: of Japanese eras, of the Republic of China, and in Hebrew letters.

use jiff::civil::Date;

use super::calendar::{Calendar, Month};
use super::date_text::{Kind, Token, month_at, short_number, valid};

/// The names of eras with the year before their first.
const ERAS: [(&str, i16); 4] = [("令和", 2018), ("平成", 1988), ("民國", 1911), ("民国", 1911)];

/// `令和6年5月20日`, `令和元年5月1日`, `中華民國113年5月20日`.
pub(super) fn era_first(tokens: &[Token<'_>], word: &str) -> Option<(Date, usize)> {
    let year = |name: &str, before: i16| {
        if word.ends_with(name) {
            let Kind::Number(year, 1..=3) = tokens.get(1)?.kind else { return None };
            return Some((before.checked_add(year)?, 2));
        }
        // The first year of an era has a name.
        word.strip_suffix('元').is_some_and(|era| era.ends_with(name)).then_some((before + 1, 1))
    };
    let (year, at) = ERAS.iter().find_map(|&(name, before)| year(name, before))?;
    let is = |at: usize, unit: char| tokens.get(at).is_some_and(|token| token.kind == Kind::Mark(unit));
    let units = is(at, '年') && is(at + 2, '月') && is(at + 4, '日');
    let (month, day) = (short_number(tokens.get(at + 1))?, short_number(tokens.get(at + 3))?);
    Some((valid(year, month, day).filter(|_| units)?, at + 5))
}

/// `י״ב באייר תשפ״ד`, `ה׳ בניסן ה׳תשפ״ד`.
pub(super) fn hebrew(tokens: &[Token<'_>]) -> Option<(Date, usize)> {
    let (day, day_used) = letters(tokens)?;
    let (month, month_used) = month_at(tokens.get(day_used..)?)?;
    let mut at = day_used + month_used;
    // The letter of the first or second Adar has a mark.
    at += usize::from(matches!(tokens.get(at)?.kind, Kind::Mark('׳' | '\'' | '’')));
    let (mut year, mut used) = letters(tokens.get(at..)?)?;
    // The thousands, which are mostly left out, stand for themselves.
    if year == 5 {
        at += used;
        (year, used) = letters(tokens.get(at..)?)?;
    }
    let is_year = (700..1000).contains(&year) && month.calendar == Calendar::Hebrew && day <= 30;
    let date = Month::date(month, 5000 + year, day).filter(|_| is_year)?;
    Some((valid(date.year(), i16::from(date.month()), i16::from(date.day()))?, at + used))
}

/// A number in Hebrew letters, with the marks that tell it from a word: `י״ב`, `ה׳`.
fn letters(tokens: &[Token<'_>]) -> Option<(i16, usize)> {
    let word = |at: usize| match tokens.get(at)?.kind {
        Kind::Word(word) => Some(word),
        _ => None,
    };
    let Kind::Mark(mark) = tokens.get(1)?.kind else { return None };
    let head = value(word(0)?)?;
    match mark {
        '״' | '"' | '”' => Some((head + value(word(2)?)?, 3)),
        '׳' | '\'' | '’' => Some((head, 2)),
        _ => None,
    }
}

/// The sum of the values of Hebrew letters; a number has few.
fn value(word: &str) -> Option<i16> {
    const LETTERS: [(char, i16); 22] = [
        ('א', 1),
        ('ב', 2),
        ('ג', 3),
        ('ד', 4),
        ('ה', 5),
        ('ו', 6),
        ('ז', 7),
        ('ח', 8),
        ('ט', 9),
        ('י', 10),
        ('כ', 20),
        ('ל', 30),
        ('מ', 40),
        ('נ', 50),
        ('ס', 60),
        ('ע', 70),
        ('פ', 80),
        ('צ', 90),
        ('ק', 100),
        ('ר', 200),
        ('ש', 300),
        ('ת', 400),
    ];
    let of = |c: char| LETTERS.iter().find(|(letter, _)| *letter == c).map(|(_, value)| *value);
    if word.chars().take(5).count() > 4 {
        return None;
    }
    word.chars().map(of).sum()
}
