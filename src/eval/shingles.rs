//! The metric of ScrapingHub's article-extraction-benchmark: multisets of four words in a row, which see when
//! paragraphs are shuffled or words lost inside a sentence.
//!
//! Precision and recall are averaged over the pages and the F1 is that of the averages, not the average of F1s.
//! As published, case counts, a text of fewer than four words is one shingle of all it has, and so an empty text
//! is one empty shingle. Words are those of [`words`](super::words), so that on a page in Chinese, Japanese or
//! Korean a shingle is four characters; the published set has no such page.

use super::words::{Prf, Script, Words, compare, count};

/// Words in a shingle.
const WIDTH: usize = 4;

/// Precision, recall and F1 of one page's shingles. For a set, average the first two and take the F1 of the
/// averages with [`Prf::new`].
///
/// ```
/// let score = unhusk::eval::shingles::score("one two three four five six", "one two three four five");
/// assert_eq!((score.precision, score.recall), (2.0 / 3.0, 1.0));
/// ```
pub fn score(predicted: &str, gold: &str) -> Prf {
    let script = Script::of(gold);
    let predicted: Vec<_> = Words::new(predicted, script).collect();
    let gold: Vec<_> = Words::new(gold, script).collect();
    compare(&count(shingles(&predicted)), &count(shingles(&gold)))
}

/// Each run of four words, or the one run of all words if there are fewer.
fn shingles<'a, 'w>(words: &'a [&'w str]) -> impl Iterator<Item = &'a [&'w str]> {
    let short = (words.len() < WIDTH).then_some(words);
    words.windows(WIDTH).chain(short)
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

    #[test]
    fn english() {
        let predicted =
            "Menu Log in The gulls circled the old pier. The pier, they said, was closed! © 2024 snake_case";
        let gold = "The gulls circled the old pier, and the PIER they said was closed; naïve snake_case.";
        assert_prf(score(predicted, gold), 0.2857, 0.3333, 0.3077);
    }

    #[test]
    fn chinese() {
        let gold = "我们在海边等了三个小时的船，喝了A4茶。";
        assert_prf(score("首页 我们在海边等船，等了三个小时。", gold), 0.5, 0.4286, 0.4615);
    }

    #[test]
    fn repeated_shingles_count_as_often_as_they_stand() {
        // Five shingles of the one word against two.
        assert_prf(score("a a a a a a a a", "a a a a a"), 0.4, 1.0, 0.5714);
    }

    #[test]
    fn a_short_text_is_one_shingle() {
        assert_prf(score("a b c", "a b c"), 1.0, 1.0, 1.0);
        assert_prf(score("a b c", "a b c d"), 0.0, 0.0, 0.0);
        assert_prf(score("a b", "A b"), 0.0, 0.0, 0.0);
    }

    #[test]
    fn an_empty_text_is_an_empty_shingle() {
        assert_prf(score("", " "), 1.0, 1.0, 1.0);
        assert_prf(score("", "a"), 0.0, 0.0, 0.0);
        assert_prf(score("a", ""), 0.0, 0.0, 0.0);
    }
}
