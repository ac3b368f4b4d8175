//! The metric of trafilatura's evaluation: short strings of a page that must be in the extracted text, and others
//! that must not.
//!
//! It says nothing of the rest of the page, but such gold is quick to write, and it counts what readers notice.

use serde::Serialize;

use super::{
    normal::collapse,
    words::{Prf, share},
};

/// How many strings were found or kept out, over one page or many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Segments {
    found: usize,
    missed: usize,
    leaked: usize,
    kept_out: usize,
}

impl Segments {
    /// Looks for the strings in the text. White space is normalised in both, and empty strings are passed over.
    ///
    /// ```
    /// use unhusk::eval::Segments;
    ///
    /// let page = Segments::of("Tides turn\n twice a day.", &["turn twice"], &["Subscribe"]);
    /// assert_eq!((page.found(), page.kept_out()), (1, 1));
    /// ```
    pub fn of<S: AsRef<str>>(text: &str, with: &[S], without: &[S]) -> Self {
        let text = collapse(text);
        let contained = |strings: &[S]| {
            let wanted =
                strings.iter().map(|string| collapse(string.as_ref())).filter(|string| !string.is_empty());
            wanted.fold(
                (0, 0),
                |(yes, no), string| {
                    if text.contains(&string) { (yes + 1, no) } else { (yes, no + 1) }
                },
            )
        };
        let (found, missed) = contained(with);
        let (leaked, kept_out) = contained(without);
        Self { found, missed, leaked, kept_out }
    }

    /// Adds the counts of another page.
    pub fn add(&mut self, other: &Self) {
        self.found += other.found;
        self.missed += other.missed;
        self.leaked += other.leaked;
        self.kept_out += other.kept_out;
    }

    /// Strings that must be in the text and are (true positives).
    pub fn found(&self) -> usize {
        self.found
    }

    /// Strings that must be in the text and are not (false negatives).
    pub fn missed(&self) -> usize {
        self.missed
    }

    /// Strings that must not be in the text and are (false positives).
    pub fn leaked(&self) -> usize {
        self.leaked
    }

    /// Strings that must not be in the text and are not (true negatives).
    pub fn kept_out(&self) -> usize {
        self.kept_out
    }

    /// Whether the page says anything by this metric.
    pub fn is_empty(&self) -> bool {
        self.total() == 0
    }

    fn total(&self) -> usize {
        self.found + self.missed + self.leaked + self.kept_out
    }

    /// Precision, recall and F1 over all counts.
    pub fn prf(&self) -> Prf {
        Prf::new(share(self.found, self.found + self.leaked), share(self.found, self.found + self.missed))
    }

    /// The share of all strings that were rightly found or rightly kept out.
    pub fn accuracy(&self) -> f64 {
        share(self.found + self.kept_out, self.total())
    }
}

impl Serialize for Segments {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Form {
            found: usize,
            missed: usize,
            leaked: usize,
            kept_out: usize,
            #[serde(flatten)]
            prf: Prf,
            accuracy: f64,
        }
        let Self { found, missed, leaked, kept_out } = *self;
        let form = Form { found, missed, leaked, kept_out, prf: self.prf(), accuracy: self.accuracy() };
        form.serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "The ferry leaves at\u{a0}nine.\n\nBring a coat.  Share this";

    #[test]
    fn counts_each_of_the_four() {
        let with = ["ferry leaves at nine", "Bring a  coat.", "umbrella"];
        let without = ["Share this", "Log in", "Cookies", ""];
        let page = Segments::of(TEXT, &with, &without);
        assert_eq!(page, Segments { found: 2, missed: 1, leaked: 1, kept_out: 2 });
        let prf = page.prf();
        assert!((prf.precision - 2.0 / 3.0).abs() < 1e-9 && (prf.recall - 2.0 / 3.0).abs() < 1e-9);
        assert!((page.accuracy() - 4.0 / 6.0).abs() < 1e-9);
    }

    #[test]
    fn an_empty_text_misses_all_and_leaks_nothing() {
        let page = Segments::of("", &["a", "b"], &["c"]);
        assert_eq!(page, Segments { found: 0, missed: 2, leaked: 0, kept_out: 1 });
        assert_eq!(page.prf(), Prf::default());
    }

    #[test]
    fn counts_add_up_over_pages() {
        let mut all = Segments::default();
        assert!(all.is_empty());
        all.add(&Segments::of("a b", &["a"], &["b"]));
        all.add(&Segments::of("a b", &["c"], &["d"]));
        assert_eq!(all, Segments { found: 1, missed: 1, leaked: 1, kept_out: 1 });
        assert_eq!(serde_json::to_value(all).unwrap()["accuracy"], 0.5);
    }
}
