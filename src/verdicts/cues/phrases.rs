//! Finding out whether a text begins with, or holds, one of many phrases, by their first letters: a text is read once,
//! however long the list.

use std::collections::HashMap;

use foldhash::fast::RandomState;

/// Phrases, each with a number that says where it comes from.
pub(super) struct Phrases {
    /// For each ASCII character whether a phrase begins with it.
    ascii: u128,
    by_first: HashMap<char, Vec<(&'static str, usize)>, RandomState>,
}

impl Phrases {
    /// Phrases of one list, numbered in its order.
    pub(super) fn new(phrases: impl IntoIterator<Item = &'static str>) -> Phrases {
        Phrases::numbered(phrases.into_iter().zip(0..))
    }

    pub(super) fn numbered(phrases: impl Iterator<Item = (&'static str, usize)>) -> Phrases {
        let mut this = Phrases { ascii: 0, by_first: HashMap::default() };
        for (phrase, number) in phrases {
            let Some(first) = phrase.chars().next() else { continue };
            if first.is_ascii() {
                this.ascii |= 1 << u32::from(first);
            }
            this.by_first.entry(first).or_default().push((phrase, number));
        }
        this
    }

    /// The phrases with which the text begins.
    pub(super) fn at_start(&self, text: &str) -> impl Iterator<Item = (&'static str, usize)> {
        let first = text.chars().next();
        let first = first.filter(|&c| !c.is_ascii() || self.ascii & 1 << u32::from(c) != 0);
        let phrases = first.and_then(|first| self.by_first.get(&first)).map_or(&[][..], Vec::as_slice);
        phrases.iter().copied().filter(move |(phrase, _)| text.starts_with(phrase))
    }

    /// True if the text begins with one.
    pub(super) fn begin(&self, text: &str) -> bool {
        self.at_start(text).next().is_some()
    }

    /// True if the text holds one.
    pub(super) fn are_in(&self, text: &str) -> bool {
        text.char_indices().any(|(at, _)| text.get(at..).is_some_and(|rest| self.begin(rest)))
    }

    /// True if the text is one.
    pub(super) fn are(&self, text: &str) -> bool {
        self.at_start(text).any(|(phrase, _)| phrase.len() == text.len())
    }

    /// How many of the phrases, of which there are 128 at most, stand in the text as words of their own.
    pub(super) fn count_words(&self, text: &str) -> u32 {
        let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        let (mut found, mut before) = (0_u128, None);
        for (at, c) in text.char_indices() {
            if !is_letter(before.replace(c)) {
                let rest = text.get(at..).unwrap_or("");
                for (phrase, number) in self.at_start(rest) {
                    if !is_letter(rest.get(phrase.len()..).and_then(|rest| rest.chars().next())) {
                        found |= 1 << (number % 128);
                    }
                }
            }
        }
        found.count_ones()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_found_where_they_stand() {
        let phrases = Phrases::new(["tea", "teapot", "чай", "-"]);
        assert!(
            phrases.begin("teapots")
                && phrases.begin("чайник")
                && !phrases.begin("a tea")
                && !phrases.begin("")
        );
        assert!(phrases.are_in("a cup of tea") && phrases.are_in("пью чай") && !phrases.are_in("coffee"));
        assert!(phrases.are("teapot") && phrases.are("-") && !phrases.are("teapots"));
        let numbers: Vec<usize> = phrases.at_start("teapot").map(|(_, number)| number).collect();
        assert_eq!(numbers, [0, 1]);
    }

    #[test]
    fn words_of_their_own_count_once_each() {
        let phrases = Phrases::new(["tea", "tea pot", "чай"]);
        assert_eq!(phrases.count_words("tea, tea pot; tea!"), 2);
        assert_eq!(phrases.count_words("teas steam чай"), 1);
        assert_eq!(phrases.count_words(""), 0);
    }
}
