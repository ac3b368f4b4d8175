//! How far an extractor's own expectation of its F1 is to be believed.

use std::fmt;

use serde::Serialize;

/// Pages that an extractor expected about the same of.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Expectation {
    /// How many pages.
    pub pages: usize,
    /// The mean of what was expected, 0…1.
    pub expected: f64,
    /// The mean words F1, 0…1.
    pub measured: f64,
}

/// Expected F1 beside measured F1, from the most doubtful pages to the surest, in groups of equal size.
///
/// As text it is an aligned table (a reliability table, after DeGroot and Fienberg 1983).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reliability(Vec<Expectation>);

impl Reliability {
    /// Groups pairs of expected and measured F1.
    pub(super) fn of(pages: impl Iterator<Item = (f64, f64)>, groups: usize) -> Self {
        let mut pages: Vec<(f64, f64)> = pages.collect();
        pages.sort_by(|(a, _), (b, _)| a.total_cmp(b));
        let size = pages.len().div_ceil(groups.max(1)).max(1);
        let groups = pages.chunks(size).map(|group| {
            let mean =
                |part: fn(&(f64, f64)) -> f64| group.iter().map(part).sum::<f64>() / group.len() as f64;
            Expectation { pages: group.len(), expected: mean(|page| page.0), measured: mean(|page| page.1) }
        });
        Self(groups.collect())
    }

    /// The groups, from the most doubtful on. None if nothing was expected of any page.
    pub fn groups(&self) -> &[Expectation] {
        &self.0
    }
}

impl fmt::Display for Reliability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "pages  expected  measured")?;
        for group in &self.0 {
            writeln!(f, "{:5}  {:8.3}  {:8.3}", group.pages, group.expected, group.measured)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_grouped_by_what_was_expected() {
        let pages = [(0.9, 1.0), (0.2, 0.4), (0.4, 0.2), (0.8, 0.8), (1.0, 0.9)];
        let reliability = Reliability::of(pages.into_iter(), 2);
        let groups: Vec<_> = reliability.groups().iter().map(|group| group.pages).collect();
        assert_eq!(groups, [3, 2]);
        let [doubtful, sure] = reliability.groups() else { panic!() };
        assert!((doubtful.expected - 1.4 / 3.0).abs() < 1e-9 && (doubtful.measured - 1.4 / 3.0).abs() < 1e-9);
        assert!((sure.expected - 0.95).abs() < 1e-9 && (sure.measured - 0.95).abs() < 1e-9);
        assert_eq!(reliability.to_string().lines().nth(2), Some("    2     0.950     0.950"));
        assert!(Reliability::of(std::iter::empty(), 10).groups().is_empty());
    }
}
