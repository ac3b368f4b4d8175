//! The metric for metadata: is the title, the set of authors, the date the one that gold has?
//!
//! Pages of which gold gives no such field are passed over, since gold that is silent may only be incomplete.
//! What is compared, and after what normalisation:
//!
//! - Every text: white space collapsed, lowercased, typographic quotes, dashes and ellipses as in ASCII, and
//!   soft hyphens and zero-width characters dropped.
//! - Title: the whole text. Beside it, [`bare_title`] compares without the site's name, which some gold keeps: a
//!   shorter part at either end, cut off at a sign that stands free (`|`, a dash, `:`, `/`, a dot), may be missing
//!   on either side.
//!   A title that is declared with the site's name is compared by the whole text as well.
//! - Authors: the set of names, each list split at `,`, `;`, `&` and the word `and`. Names that hold a comma are
//!   split in gold and prediction alike, so a set is still equal only if all of it is.
//! - Byline: the whole text, for gold that has the line as it stands on the page.
//! - Language: the primary subtag, `de` of `de-AT`.
//! - Site: the whole text.
//! - Date: year, month and day as written at the start of the text, as `2024-05-01`, `2024/5/1` or `20240501`;
//!   what follows, such as a time, is passed over and no time zone is applied. If gold has only year and month,
//!   the day is not compared. Gold gives the date that the page shows, of publication or of the last change, so
//!   what is compared with it is [`Metadata::date`](crate::Metadata::date).

use std::collections::BTreeSet;

use serde::Serialize;

use super::{normal::plain, words::share};

/// How a field came out on one page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Outcome {
    /// As in gold.
    Right,
    /// Another than in gold.
    Wrong,
    /// Nothing was predicted.
    Missing,
}

impl Outcome {
    fn of<T: PartialEq>(predicted: Option<T>, gold: &T) -> Self {
        match predicted {
            None => Self::Missing,
            Some(predicted) if predicted == *gold => Self::Right,
            Some(_) => Self::Wrong,
        }
    }
}

/// Compares titles. `None` if gold has none.
pub fn title(predicted: Option<&str>, gold: Option<&str>) -> Option<Outcome> {
    whole(predicted, gold)
}

/// Compares whole texts. `None` if gold has none.
fn whole(predicted: Option<&str>, gold: Option<&str>) -> Option<Outcome> {
    let text = |text: Option<&str>| text.map(plain).filter(|text| !text.is_empty());
    Some(Outcome::of(text(predicted), &text(gold)?))
}

/// Compares languages by their primary subtag: `de` and `de-AT` are the same. `None` if gold has none.
pub fn language(predicted: Option<&str>, gold: Option<&str>) -> Option<Outcome> {
    whole(predicted.map(main_language).as_deref(), gold.map(main_language).as_deref())
}

/// `de` of `de-AT`.
pub(super) fn main_language(tag: &str) -> String {
    tag.split(['-', '_']).next().unwrap_or_default().to_lowercase()
}

/// Compares names of sites. `None` if gold has none.
pub fn site(predicted: Option<&str>, gold: Option<&str>) -> Option<Outcome> {
    whole(predicted, gold)
}

/// Compares titles without the name of the site. `None` if gold has none.
///
/// ```
/// use unhusk::eval::{Outcome, fields};
///
/// let outcome = fields::bare_title(Some("Owls at dusk"), Some("Owls at dusk | The Barn"));
/// assert_eq!(outcome, Some(Outcome::Right));
/// ```
pub fn bare_title(predicted: Option<&str>, gold: Option<&str>) -> Option<Outcome> {
    let outcome = title(predicted, gold)?;
    if outcome != Outcome::Wrong {
        return Some(outcome);
    }
    let [predicted, gold] = [predicted, gold].map(|title| plain(title.unwrap_or_default()));
    let gold = bare(&gold);
    let same = bare(&predicted).iter().any(|part| gold.contains(part));
    Some(if same { Outcome::Right } else { Outcome::Wrong })
}

/// A title, and what is left of it without its first or its last part, if that is the longer piece.
fn bare(title: &str) -> Vec<&str> {
    let cuts = title.char_indices().filter(|&(at, c)| {
        let before = title.get(..at).is_some_and(|before| before.ends_with(' '));
        let after = title.get(at + c.len_utf8()..).is_some_and(|after| after.starts_with(' '));
        c == '|' || (after && (before || c == ':') && matches!(c, '-' | ':' | '/' | '·' | '•'))
    });
    let cuts: Vec<(usize, char)> = cuts.collect();
    let mut kept = vec![title];
    for (at, sign) in cuts.first().into_iter().chain(cuts.last()) {
        let (before, after) = title.split_at_checked(*at).unwrap_or((title, ""));
        let after = after.get(sign.len_utf8()..).unwrap_or("");
        let longer = if before.len() >= after.len() { before } else { after };
        kept.push(longer.trim());
    }
    kept
}

/// Compares bylines as they stand on the page, the whole of them. `None` if gold has none.
///
/// ```
/// use unhusk::eval::{Outcome, fields};
///
/// let outcome = fields::byline(Some("By Ada Quist,  20 May"), Some("By Ada Quist, 20 May"));
/// assert_eq!(outcome, Some(Outcome::Right));
/// ```
pub fn byline(predicted: Option<&str>, gold: Option<&str>) -> Option<Outcome> {
    whole(predicted, gold)
}

/// Compares types of pages. `None` if gold has none or calls the page `mixed`, or nothing was predicted: most
/// extractors don't say.
pub fn page_type(predicted: Option<&str>, gold: &str) -> Option<Outcome> {
    let predicted = predicted.filter(|_| !matches!(gold, "" | "mixed"))?;
    Some(Outcome::of(Some(predicted), &gold))
}

/// Compares authors. `None` if gold has none.
///
/// ```
/// use unhusk::eval::{Outcome, fields};
///
/// let outcome = fields::authors(&["Bo Ek", "Ada Quist"], Some("Ada Quist and Bo Ek"));
/// assert_eq!(outcome, Some(Outcome::Right));
/// ```
pub fn authors<S: AsRef<str>>(predicted: &[S], gold: Option<&str>) -> Option<Outcome> {
    let set = |set: BTreeSet<String>| Some(set).filter(|set| !set.is_empty());
    let gold = set(names(gold?).collect())?;
    Some(Outcome::of(set(predicted.iter().flat_map(|text| names(text.as_ref())).collect()), &gold))
}

/// The names in a list of authors, normalised.
fn names(list: &str) -> impl Iterator<Item = String> {
    let mut names = vec![String::new()];
    for part in plain(list).split_inclusive([',', ';', '&', ' ']) {
        let word = part.trim_end_matches([',', ';', '&', ' ']);
        if let Some(name) = names.last_mut().filter(|_| word != "and" && !word.is_empty()) {
            if !name.is_empty() {
                name.push(' ');
            }
            name.push_str(word);
        }
        if word == "and" || part.ends_with([',', ';', '&']) {
            names.push(String::new());
        }
    }
    names.into_iter().filter(|name| !name.is_empty())
}

/// Compares dates by day. `None` if gold has none, or none that can be read.
pub fn date(predicted: Option<&str>, gold: Option<&str>) -> Option<Outcome> {
    let gold = Day::read(gold?)?;
    let predicted = predicted.filter(|date| !date.trim().is_empty());
    let Some(predicted) = predicted else { return Some(Outcome::Missing) };
    let same = Day::read(predicted).is_some_and(|predicted| {
        let day = if gold.day.is_some() { predicted.day } else { None };
        Day { day, ..predicted } == gold
    });
    Some(if same { Outcome::Right } else { Outcome::Wrong })
}

/// A day, or a month if the day is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Day {
    year: u32,
    month: u32,
    day: Option<u32>,
}

impl Day {
    fn read(text: &str) -> Option<Self> {
        let mut rest = text.trim();
        let year = digits(&mut rest, 4)?;
        let parted = part(&mut rest);
        // Without a separator only the full eight digits are a date: `202405` may be anything.
        let width = if parted { 1 } else { 2 };
        let month = digits(&mut rest, width)?;
        let day = if part(&mut rest) || !parted { digits(&mut rest, width) } else { None };
        let valid = (1..=12).contains(&month)
            && day.is_none_or(|day| (1..=31).contains(&day))
            && (parted || day.is_some());
        valid.then_some(Self { year, month, day })
    }
}

/// Takes a separator off, if there is one.
fn part(rest: &mut &str) -> bool {
    let after = rest.strip_prefix(['-', '/', '.']);
    *rest = after.unwrap_or(rest);
    after.is_some()
}

/// Takes a number off: of so many digits, or of one or two if `least` is 1.
fn digits(rest: &mut &str, least: usize) -> Option<u32> {
    let most = least.max(2);
    let width = rest.bytes().take(most).take_while(u8::is_ascii_digit).count();
    let (number, after) = rest.split_at_checked(width).filter(|_| width >= least)?;
    *rest = after;
    number.parse().ok()
}

/// How a field came out over many pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FieldTally {
    /// Pages where it was as in gold.
    pub right: usize,
    /// Pages where it was another.
    pub wrong: usize,
    /// Pages where nothing was predicted.
    pub missing: usize,
}

impl FieldTally {
    /// Adds the outcome of one page.
    pub fn add(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Right => self.right += 1,
            Outcome::Wrong => self.wrong += 1,
            Outcome::Missing => self.missing += 1,
        }
    }

    /// Pages whose gold has the field.
    pub fn total(&self) -> usize {
        self.right + self.wrong + self.missing
    }

    /// Right by total, 0 if there are none.
    pub fn share(&self) -> f64 {
        share(self.right, self.total())
    }
}

#[cfg(test)]
mod tests {
    use super::Outcome::{Missing, Right, Wrong};
    use super::*;

    #[test]
    fn titles_compare_after_normalisation() {
        assert_eq!(title(Some("the owl\u{2019}s\n day"), Some("The Owl's Day ")), Some(Right));
        assert_eq!(title(Some("The Owl's Day | Gazette"), Some("The Owl's Day")), Some(Wrong));
        assert_eq!(title(Some(" "), Some("The Owl's Day")), Some(Missing));
        assert_eq!(title(None, Some("The Owl's Day")), Some(Missing));
        assert_eq!(title(Some("The Owl's Day"), None), None);
        assert_eq!(title(Some("The Owl's Day"), Some("")), None);
    }

    #[test]
    fn titles_compare_without_the_site() {
        for (predicted, gold, outcome) in [
            ("Owls at dusk", "Owls at dusk | The Barn", Right),
            ("Owls at dusk - Barn", "Owls at Dusk", Right),
            ("The Barn: Owls at dusk", "Owls at dusk · Barn", Right),
            ("Owls at dusk", "Owls at dusk - Birds - The Barn", Wrong),
            ("The Barn", "Owls at dusk | The Barn", Wrong),
            ("Owls", "Half-timbered owls", Wrong),
            ("", "Owls", Missing),
        ] {
            assert_eq!(bare_title(Some(predicted), Some(gold)), Some(outcome), "{predicted} {gold}");
        }
        assert_eq!(bare_title(Some("Owls"), None), None);
    }

    #[test]
    fn bylines_languages_and_sites_compare_whole() {
        assert_eq!(byline(Some("by Ada  Quist"), Some("By Ada Quist")), Some(Right));
        assert_eq!(byline(Some("Ada Quist"), Some("By Ada Quist")), Some(Wrong));
        assert_eq!(byline(None, Some("By Ada Quist")), Some(Missing));
        assert_eq!(language(Some("pt_BR"), Some("pt")), Some(Right));
        assert_eq!(language(Some("pt"), Some("es")), Some(Wrong));
        assert_eq!(language(Some("pt"), None), None);
        assert_eq!(site(Some("THE BARN"), Some("The Barn")), Some(Right));
        assert_eq!(site(Some("Barn"), Some("The Barn")), Some(Wrong));
    }

    #[test]
    fn authors_compare_as_sets() {
        let gold = Some("Ada Quist, Bo Ek, and Cyd Andersson");
        assert_eq!(authors(&["cyd andersson", "Bo  Ek", "Ada Quist"], gold), Some(Right));
        assert_eq!(authors(&["Bo Ek & Cyd Andersson; Ada Quist"], gold), Some(Right));
        assert_eq!(authors(&["Bo Ek", "Ada Quist"], gold), Some(Wrong));
        assert_eq!(authors::<&str>(&[], gold), Some(Missing));
        assert_eq!(authors(&[" ,"], gold), Some(Missing));
        assert_eq!(authors(&["Bo Ek"], None), None);
        assert_eq!(authors(&["Bo Ek"], Some(" & ")), None);
    }

    #[test]
    fn and_parts_names_only_as_a_word() {
        assert_eq!(names("Sandy Andrews AND Mo Brand").collect::<Vec<_>>(), ["sandy andrews", "mo brand"]);
        assert_eq!(names("R&B ,Ok").collect::<Vec<_>>(), ["r", "b", "ok"]);
    }

    #[test]
    fn dates_compare_by_day() {
        let gold = Some("2024-05-01T23:30:00-04:00");
        for same in ["2024-05-01", "2024/5/1", "20240501", " 2024-05-01 08:00"] {
            assert_eq!(date(Some(same), gold), Some(Right), "{same}");
        }
        for other in ["2024-05-02", "2024-05", "1 May 2024", "2024-5-11"] {
            assert_eq!(date(Some(other), gold), Some(Wrong), "{other}");
        }
        assert_eq!(date(None, gold), Some(Missing));
        assert_eq!(date(Some("2024-05-01"), None), None);
    }

    #[test]
    fn gold_that_knows_only_the_month_compares_by_month() {
        assert_eq!(date(Some("2015-11-30"), Some("2015-11")), Some(Right));
        assert_eq!(date(Some("2015-11"), Some("2015-11")), Some(Right));
        assert_eq!(date(Some("2015-12-01"), Some("2015-11")), Some(Wrong));
    }

    #[test]
    fn gold_that_is_no_date_is_passed_over() {
        for none in ["last week", "2024", "2024-13-01", "202405", ""] {
            assert_eq!(date(Some("2024-05-01"), Some(none)), None, "{none}");
        }
    }

    #[test]
    fn tallies_count_outcomes() {
        let mut tally = FieldTally::default();
        [Right, Wrong, Right, Missing].into_iter().for_each(|outcome| tally.add(outcome));
        assert_eq!((tally.right, tally.wrong, tally.missing, tally.total()), (2, 1, 1, 4));
        assert!((tally.share() - 0.5).abs() < 1e-9);
    }
}
