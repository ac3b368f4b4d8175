//! Words, and the metric that counts them: precision and recall of the multiset of a page's words, as published
//! with WCXB.
//!
//! A word is what Python's `\w+` matches: a run of letters, numbers and underscores. Marks are not part of it,
//! so that `हिन्दी` is three words; that is odd, but it is how the published figures came about. On a page
//! written in Chinese, Japanese or Korean such a run would be a whole clause and one wrong character would cost
//! all of it, so there each Han, Kana or Hangul character is a word of its own.

use std::collections::HashMap;

use serde::Serialize;

use super::marks::is_mark;

/// How a text is cut into words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Script {
    /// By what stands between words.
    Spaced,
    /// As `Spaced`, but each Han, Kana or Hangul character is a word of its own.
    Cjk,
}

impl Script {
    /// The script a page with this gold text is measured by: `Cjk` if at least a fifth of its letters and numbers
    /// are Han, Kana or Hangul.
    ///
    /// A fifth, since a Chinese article about software has more Latin letters than Han, while an English one that
    /// quotes a name stays far below.
    pub fn of(gold: &str) -> Self {
        let (mut all, mut cjk) = (0_usize, 0_usize);
        for c in gold.chars().filter(|&c| is_word_char(c)) {
            all += 1;
            cjk += usize::from(is_cjk(c));
        }
        if cjk > 0 && cjk * 5 >= all { Self::Cjk } else { Self::Spaced }
    }
}

/// The words of a text, in order and in the case they have there.
///
/// ```
/// use unhusk::eval::{Script, Words};
///
/// let words: Vec<_> = Words::new("It's 5 o'clock.", Script::Spaced).collect();
/// assert_eq!(words, ["It", "s", "5", "o", "clock"]);
/// let words: Vec<_> = Words::new("第3版 beta", Script::Cjk).collect();
/// assert_eq!(words, ["第", "3", "版", "beta"]);
/// ```
#[derive(Clone, Debug)]
pub struct Words<'a> {
    rest: &'a str,
    script: Script,
}

impl<'a> Words<'a> {
    /// The words of `text`.
    pub fn new(text: &'a str, script: Script) -> Self {
        Self { rest: text, script }
    }
}

impl<'a> Iterator for Words<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let by_char = |c| self.script == Script::Cjk && is_cjk(c);
        let rest = self.rest.trim_start_matches(|c| !is_word_char(c));
        let first = rest.chars().next()?;
        let end = if by_char(first) {
            first.len_utf8()
        } else {
            rest.find(|c| !is_word_char(c) || by_char(c)).unwrap_or(rest.len())
        };
        let (word, rest) = rest.split_at_checked(end)?;
        self.rest = rest;
        Some(word)
    }
}

/// What Python's `\w` matches.
fn is_word_char(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphanumeric() || c == '_' } else { c.is_alphanumeric() && !is_mark(c) }
}

/// Whether the character is Han, Kana or Hangul.
fn is_cjk(c: char) -> bool {
    matches!(
        u32::from(c),
        0x1100..=0x11ff         // Hangul Jamo
        | 0x3005..=0x3007       // iteration mark, closing mark, zero
        | 0x3021..=0x3029       // Hangzhou numerals
        | 0x3031..=0x3035       // Kana repeat marks
        | 0x3038..=0x303c
        | 0x3041..=0x318e       // Hiragana, Katakana, Bopomofo, Hangul compatibility Jamo
        | 0x31a0..=0x31bf
        | 0x31f0..=0x31ff
        | 0x3400..=0x4dbf       // Han
        | 0x4e00..=0x9fff
        | 0xa960..=0xa97f       // Hangul
        | 0xac00..=0xd7ff
        | 0xf900..=0xfaff       // Han, compatibility
        | 0xff66..=0xffdc       // half-width Kana and Hangul
        | 0x1aff0..=0x1b16f     // Kana, extended
        | 0x20000..=0x3ffff     // Han, planes 2 and 3
    )
}

/// Precision, recall and F1, each from 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Prf {
    /// The share of what was predicted that is right.
    pub precision: f64,
    /// The share of what is right that was predicted.
    pub recall: f64,
    /// The harmonic mean of the two, 0 if both are.
    pub f1: f64,
}

impl Prf {
    /// From a precision and a recall.
    pub fn new(precision: f64, recall: f64) -> Self {
        let sum = precision + recall;
        let f1 = if sum > 0.0 { 2.0 * precision * recall / sum } else { 0.0 };
        Self { precision, recall, f1 }
    }

    /// From counts. Nothing predicted where there is nothing is all right; where only one of the two is nothing,
    /// all is wrong.
    pub fn from_counts(shared: usize, predicted: usize, gold: usize) -> Self {
        match (predicted, gold) {
            (0, 0) => Self::new(1.0, 1.0),
            (0, _) | (_, 0) => Self::default(),
            _ => Self::new(share(shared, predicted), share(shared, gold)),
        }
    }
}

/// `part / whole`, 0 if the whole is.
pub(super) fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// How many of each thing there are.
pub(super) fn count<T: std::hash::Hash + Eq>(things: impl IntoIterator<Item = T>) -> HashMap<T, usize> {
    let mut counts = HashMap::new();
    for thing in things {
        *counts.entry(thing).or_insert(0) += 1;
    }
    counts
}

/// Precision, recall and F1 of one multiset against another.
pub(super) fn compare<T: std::hash::Hash + Eq>(
    predicted: &HashMap<T, usize>,
    gold: &HashMap<T, usize>,
) -> Prf {
    let shared = predicted.iter().map(|(thing, &n)| n.min(gold.get(thing).copied().unwrap_or(0))).sum();
    Prf::from_counts(shared, predicted.values().sum(), gold.values().sum())
}

/// The words metric for one page. For a set, take the mean of each of the three over the pages.
///
/// The gold text decides the [`Script`] of both.
///
/// ```
/// let score = unhusk::eval::words::score("Home The cat sat", "The cat sat down");
/// assert_eq!((score.precision, score.recall), (0.75, 0.75));
/// ```
pub fn score(predicted: &str, gold: &str) -> Prf {
    let script = Script::of(gold);
    let (predicted, gold) = (predicted.to_lowercase(), gold.to_lowercase());
    compare(&count(Words::new(&predicted, script)), &count(Words::new(&gold, script)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The figures were computed with Python's `re` and `collections.Counter`.
    fn assert_prf(actual: Prf, precision: f64, recall: f64, f1: f64) {
        let close = |a: f64, b: f64| (a - b).abs() < 5e-5;
        assert!(
            close(actual.precision, precision) && close(actual.recall, recall) && close(actual.f1, f1),
            "{actual:?}"
        );
    }

    fn words(text: &str, script: Script) -> Vec<&str> {
        Words::new(text, script).collect()
    }

    #[test]
    fn words_are_runs_of_letters_numbers_and_underscores() {
        assert_eq!(words("  don't _x1-y², naïve…", Script::Spaced), ["don", "t", "_x1", "y²", "naïve"]);
        assert_eq!(words("—", Script::Spaced), [""; 0]);
        assert_eq!(words("", Script::Cjk), [""; 0]);
    }

    #[test]
    fn marks_part_words_as_in_python() {
        assert_eq!(words("चली है ⓐ", Script::Spaced), ["चल", "ह"]);
        // Decomposed, the accent stands apart from its letter.
        assert_eq!(words("nai\u{308}ve", Script::Spaced), ["nai", "ve"]);
    }

    #[test]
    fn cjk_characters_are_words_of_their_own() {
        assert_eq!(words("我们喝A4茶", Script::Cjk), ["我", "们", "喝", "A4", "茶"]);
        assert_eq!(words("コーヒー、네 잔", Script::Cjk), ["コ", "ー", "ヒ", "ー", "네", "잔"]);
        assert_eq!(words("我们喝A4茶", Script::Spaced), ["我们喝A4茶"]);
    }

    #[test]
    fn the_gold_text_decides_on_the_script() {
        assert_eq!(Script::of("We met Mr 李 in the harbour"), Script::Spaced);
        assert_eq!(Script::of("用 cargo build 编译"), Script::Cjk);
        assert_eq!(Script::of(""), Script::Spaced);
        assert_eq!(Script::of("…"), Script::Spaced);
    }

    #[test]
    fn english() {
        let predicted =
            "Menu Log in The gulls circled the old pier. The pier, they said, was closed! © 2024 snake_case";
        let gold = "The gulls circled the old pier, and the PIER they said was closed; naïve snake_case.";
        assert_prf(score(predicted, gold), 0.7647, 0.8667, 0.8125);
    }

    #[test]
    fn chinese() {
        let gold = "我们在海边等了三个小时的船，喝了A4茶。";
        assert_prf(score("首页 我们在海边等船，等了三个小时。", gold), 0.8, 0.7059, 0.75);
    }

    #[test]
    fn hindi() {
        assert_prf(score("नाव चली है", "नाव चली गई है"), 1.0, 0.8, 0.8889);
    }

    #[test]
    fn lower_case_is_that_of_the_whole_text() {
        // A final sigma, and a dotted capital I that becomes two characters.
        assert_prf(score("İstanbul'da ΟΔΟΣ ½ x² 5½", "istanbul da οδος ½ x² 5½ Ⅷ ⓐ"), 0.7143, 0.7143, 0.7143);
    }

    #[test]
    fn nothing_is_right_only_where_nothing_is() {
        assert_prf(score("", "…"), 1.0, 1.0, 1.0);
        assert_prf(score("a", ""), 0.0, 0.0, 0.0);
        assert_prf(score(" ", "a"), 0.0, 0.0, 0.0);
        assert_prf(score("a", "b"), 0.0, 0.0, 0.0);
    }
}
