//! The figures for a group of pages: the mean, sum or median of what was measured on each.

use serde::Serialize;

use super::{
    fields::{FieldTally, Outcome},
    report::PageScores,
    roles::{Roles, Tally},
    segments::Segments,
    words::Prf,
};

/// Precision, recall and F1 over pages.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct PrfMean {
    /// Pages that were measured.
    pub pages: usize,
    /// The three figures. For words each is a mean over the pages; for shingles the F1 is that of the mean
    /// precision and mean recall, as each was published.
    #[serde(flatten)]
    pub mean: Prf,
    /// The median of the pages' F1s.
    pub median_f1: f64,
}

/// What the F1 over pages is.
#[derive(Clone, Copy)]
enum F1 {
    Mean,
    OfMeans,
}

impl PrfMean {
    fn of(scores: impl Iterator<Item = Prf>, f1: F1) -> Option<Self> {
        let scores: Vec<Prf> = scores.collect();
        let mean = |part: fn(&Prf) -> f64| scores.iter().map(part).sum::<f64>() / scores.len() as f64;
        let median_f1 = median(scores.iter().map(|score| score.f1).collect())?;
        let mut mean_prf = Prf::new(mean(|score| score.precision), mean(|score| score.recall));
        if let F1::Mean = f1 {
            mean_prf.f1 = mean(|score| score.f1);
        }
        Some(Self { pages: scores.len(), mean: mean_prf, median_f1 })
    }
}

/// The middle value, or the mean of the two in the middle.
fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    let upper = values.get(middle).copied()?;
    let lower =
        if values.len().is_multiple_of(2) { values.get(middle.checked_sub(1)?).copied()? } else { upper };
    Some((lower + upper) / 2.0)
}

/// The figures for a group of pages. What none of them was measured by is `None` or empty.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Summary {
    pages: usize,
    failed: usize,
    words: Option<PrfMean>,
    shingles: Option<PrfMean>,
    segments: Option<Segments>,
    exact: Option<Tally>,
    titles: Option<FieldTally>,
    bare_titles: Option<FieldTally>,
    declared_titles: Option<FieldTally>,
    authors: Option<FieldTally>,
    bylines: Option<FieldTally>,
    dates: Option<FieldTally>,
    languages: Option<FieldTally>,
    sites: Option<FieldTally>,
    types: Option<FieldTally>,
    roles: Roles,
}

impl Summary {
    /// Sums the pages up.
    pub(super) fn of<'a>(pages: impl Iterator<Item = &'a PageScores>) -> Self {
        let pages: Vec<&PageScores> = pages.collect();
        let mut segments = Segments::default();
        let mut roles = Roles::default();
        let mut exact = Tally::default();
        for page in &pages {
            segments.add(&page.segments);
            roles.add(&page.roles);
            if let Some(same) = page.exact {
                exact.total += 1;
                exact.right += usize::from(same);
            }
        }
        let tally = |outcome: fn(&PageScores) -> Option<Outcome>| {
            let mut tally = FieldTally::default();
            pages.iter().filter_map(|page| outcome(page)).for_each(|outcome| tally.add(outcome));
            (tally.total() > 0).then_some(tally)
        };
        Self {
            pages: pages.len(),
            failed: pages.iter().filter(|page| page.error.is_some()).count(),
            words: PrfMean::of(pages.iter().filter_map(|page| page.words), F1::Mean),
            shingles: PrfMean::of(pages.iter().filter_map(|page| page.shingles), F1::OfMeans),
            segments: (!segments.is_empty()).then_some(segments),
            exact: (exact.total > 0).then_some(exact),
            titles: tally(|page| page.title),
            bare_titles: tally(|page| page.bare_title),
            declared_titles: tally(|page| page.declared_title),
            authors: tally(|page| page.authors),
            bylines: tally(|page| page.byline),
            dates: tally(|page| page.date),
            languages: tally(|page| page.found_language),
            sites: tally(|page| page.site_name),
            types: tally(|page| page.found_type),
            roles,
        }
    }

    /// How many pages there are.
    pub fn pages(&self) -> usize {
        self.pages
    }

    /// On how many of them the extractor failed.
    pub fn failed(&self) -> usize {
        self.failed
    }

    /// The words metric.
    pub fn words(&self) -> Option<PrfMean> {
        self.words
    }

    /// The shingles metric.
    pub fn shingles(&self) -> Option<PrfMean> {
        self.shingles
    }

    /// The segments metric.
    pub fn segments(&self) -> Option<Segments> {
        self.segments
    }

    /// On how many pages the text is that of gold, white space aside.
    pub fn exact(&self) -> Option<Tally> {
        self.exact
    }

    /// Titles.
    pub fn titles(&self) -> Option<FieldTally> {
        self.titles
    }

    /// Titles without the site's name, which some gold keeps.
    pub fn bare_titles(&self) -> Option<FieldTally> {
        self.bare_titles
    }

    /// Titles as the page declares them.
    pub fn declared_titles(&self) -> Option<FieldTally> {
        self.declared_titles
    }

    /// Bylines as they stand on the page.
    pub fn bylines(&self) -> Option<FieldTally> {
        self.bylines
    }

    /// Languages.
    pub fn languages(&self) -> Option<FieldTally> {
        self.languages
    }

    /// Names of sites.
    pub fn sites(&self) -> Option<FieldTally> {
        self.sites
    }

    /// Sets of authors.
    pub fn authors(&self) -> Option<FieldTally> {
        self.authors
    }

    /// Dates.
    pub fn dates(&self) -> Option<FieldTally> {
        self.dates
    }

    /// Types of pages.
    pub fn types(&self) -> Option<FieldTally> {
        self.types
    }

    /// Snippets by role.
    pub fn roles(&self) -> &Roles {
        &self.roles
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_of_an_even_count_is_between_two() {
        assert_eq!(median(vec![0.4, 1.0, 0.6, 0.0]), Some(0.5));
        assert_eq!(median(vec![0.4, 1.0, 0.0]), Some(0.4));
        assert_eq!(median(vec![]), None);
    }

    #[test]
    fn the_f1_is_the_mean_or_that_of_the_means() {
        let scores = [Prf::new(1.0, 1.0), Prf::new(0.5, 0.1)];
        let mean = PrfMean::of(scores.into_iter(), F1::Mean).unwrap();
        let of_means = PrfMean::of(scores.into_iter(), F1::OfMeans).unwrap();
        // (1 + 1/6) / 2, and 2 * 0.75 * 0.55 / 1.3.
        assert!((mean.mean.f1 - 0.583_333).abs() < 1e-6 && (of_means.mean.f1 - 0.634_615).abs() < 1e-6);
        assert_eq!((mean.pages, mean.mean.precision), (2, 0.75));
    }
}
