//! The choice: from the scores of a page's blocks to what comes out as its text.

use super::page_type::PageType;
use crate::options::Favour;

/// What β is multiplied by on a page that is one of the types with these probabilities: of one type its own factor, in
/// between the geometric mean.
///
/// The items of a list are alike: where one is doubtful, all are, and a choice that counts them as independent leaves
/// too many out. Cross-validated by domain, types included, this gains 0.02 of F1 on the listings of wcxb-dev and 0.005
/// on its services (training/README.md).
pub(super) fn more_recall(types: impl Iterator<Item = (PageType, f32)>) -> f32 {
    let factor = |page_type| match page_type {
        PageType::Listing => 1.5_f32,
        PageType::Collection | PageType::Service => 1.2,
        _ => 1.0,
    };
    types.map(|(page_type, probability)| probability * factor(page_type).ln()).sum::<f32>().exp()
}

/// How much recall weighs against precision (the β of Fβ), and the score from which on a block is taken in any case.
fn curve(favour: Favour) -> (f32, f32) {
    match favour {
        // A little under 1: errors of a page's blocks come together, which the expected value does not know. On
        // wcxb-dev it costs 0.001 of F1, on the articles of magic-html it gains 0.006.
        Favour::Balance => (0.9, 0.65),
        Favour::Precision => (0.5, 0.75),
        Favour::Recall => (2.0, 0.3),
    }
}

/// Chooses the blocks of the text: of all prefixes of the blocks by falling score, the one whose Fβ is to be
/// expected highest if the scores are probabilities (Fβ = (1+β²)·shared ÷ (chosen + β²·content)).
///
/// One threshold for all pages would be wrong for most: where everything is doubtful, the best text takes doubtful
/// blocks, and where all is clear it does not.
pub(super) fn choose(scores: &[f32], words: &[f32], favour: Favour, more_recall: f32) -> Vec<bool> {
    let (beta, certain) = curve(favour);
    let beta = beta * more_recall;
    let expected: f32 = scores.iter().zip(words).map(|(score, words)| score * words).sum();
    let mut order: Vec<(f32, f32)> = scores.iter().copied().zip(words.iter().copied()).collect();
    order.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut best = (0.0, certain);
    let (mut shared, mut chosen) = (0.0, 0.0);
    for (score, words) in order {
        shared += score * words;
        chosen += words;
        let value = shared / (chosen + beta * beta * expected);
        if value > best.0 {
            best = (value, score);
        }
    }
    let threshold = best.1.min(certain).max(LEAST);
    scores.iter().map(|&score| score >= threshold).collect()
}

/// No block below this is content, save the marks of a table: a page of which nothing is confident gives an empty text.
pub(super) const LEAST: f32 = 0.08;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_prefix_of_best_expected_value_is_chosen() {
        let words = [100.0, 50.0, 50.0, 10.0];
        assert_eq!(choose(&[0.99, 0.9, 0.05, 0.0], &words, Favour::Balance, 1.0), [true, true, false, false]);
        // Where all is doubtful, the best text takes doubtful blocks.
        assert_eq!(choose(&[0.3, 0.28, 0.26, 0.02], &words, Favour::Balance, 1.0), [true, true, true, false]);
        assert_eq!(choose(&[0.05, 0.04, 0.0, 0.0], &words, Favour::Balance, 1.0), [false; 4]);
        assert!(choose(&[], &[], Favour::Balance, 1.0).is_empty());
    }

    #[test]
    fn of_a_list_more_is_taken() {
        let of = |types: &[(PageType, f32)]| more_recall(types.iter().copied());
        assert_eq!(of(&[(PageType::Article, 1.0)]), 1.0);
        let (half, whole) =
            (of(&[(PageType::Article, 0.5), (PageType::Listing, 0.5)]), of(&[(PageType::Listing, 1.0)]));
        assert!(1.0 < half && half < whole, "{half} {whole}");
        let scores = [0.95, 0.8, 0.6, 0.45, 0.3, 0.15, 0.01];
        let taken =
            |more| choose(&scores, &[20.0; 7], Favour::Balance, more).into_iter().filter(|is| *is).count();
        assert!(taken(1.0) < taken(1.5));
    }

    #[test]
    fn precision_takes_no_more_than_recall() {
        let scores = [0.95, 0.8, 0.6, 0.45, 0.3, 0.15, 0.01];
        let taken = |favour| choose(&scores, &[20.0; 7], favour, 1.0).into_iter().filter(|is| *is).count();
        let taken = [Favour::Precision, Favour::Balance, Favour::Recall].map(taken);
        assert!(taken.is_sorted() && taken[0] < taken[2], "{taken:?}");
    }
}
