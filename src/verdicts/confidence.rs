//! How good the text of a page is likely to be: the F1 that is to be expected of the choice, with doubt for pages unlike
//! those that were measured, put right by what was measured.

use super::page::Page;

/// The words F1 that is to be expected of the chosen blocks, 0…1.
pub(super) fn confidence(page: &Page<'_>, scores: &[f32], words: &[f32], content: &[bool]) -> f32 {
    calibrated(doubted(expected_f1(scores, words, content), evidence(words, &on_paths(page))))
}

/// The F1 that is to be expected if the scores are probabilities: 2·E[shared] ÷ (chosen + E[content]).
fn expected_f1(scores: &[f32], words: &[f32], content: &[bool]) -> f32 {
    let (mut shared, mut chosen, mut expected) = (0.0, 0.0, 0.0);
    for ((&score, &words), &is_chosen) in scores.iter().zip(words).zip(content) {
        expected += score * words;
        if is_chosen {
            chosen += words;
            shared += score * words;
        }
    }
    if chosen + expected > 0.0 { 2.0 * shared / (chosen + expected) } else { 0.0 }
}

/// For each block the words of all blocks on its path of tags and classes.
fn on_paths(page: &Page<'_>) -> Vec<f32> {
    let blocks = page.blocks.blocks.iter();
    blocks.map(|block| page.path_of(block.container).words).collect()
}

/// So many parts of equal size the words would fall into that are as unequal as these: the inverse of Simpson's index
/// (Simpson 1949). For each block its words, and those of the part that it belongs to. 1 for a page of one part, 0 for
/// one without words.
fn effective(blocks: impl Iterator<Item = (f32, f32)>) -> f32 {
    let (sum, squares) =
        blocks.fold((0.0, 0.0), |(sum, squares), (words, part)| (sum + words, squares + words * part));
    if squares > 0.0 { sum * sum / squares } else { 0.0 }
}

/// How many independent verdicts the page's text rests on: the effective number of its blocks. Where they are all of
/// one kind, as in one long table, an error in one is an error in all; each path more than one is worth fifty blocks,
/// which leaves all usual pages as they are.
fn evidence(words: &[f32], on_paths: &[f32]) -> f32 {
    const BLOCKS_OF_A_PATH: f32 = 50.0;
    let words = || words.iter().copied();
    let paths = effective(words().zip(on_paths.iter().copied()));
    effective(words().zip(words())).min(1.0 + BLOCKS_OF_A_PATH * (paths - 1.0).max(0.0))
}

/// The expected value with so much evidence for it, and half a block for knowing nothing.
///
/// Cross-validated by domain over all training sets, 2026-11-28, that takes the mean squared error of the confidence
/// from 0.0247 to 0.0242. Pages with nearly all their words on one path had 0.90 where 0.98 was expected.
fn doubted(expected: f32, evidence: f32) -> f32 {
    const DOUBT: f32 = 0.5;
    const UNKNOWN: f32 = 0.5;
    if evidence > 0.0 { (evidence * expected + DOUBT * UNKNOWN) / (evidence + DOUBT) } else { 0.0 }
}

/// What was expected, with doubt, and the mean F1 that was measured there, by `training/train_types.py`, cross-validated by
/// domain over all its sets, 2026-11-29: scores are a little too sure where most blocks are doubtful, as errors come
/// together.
const RELIABILITY: [(f32, f32); 11] = [
    (0.0, 0.0),
    (0.2, 0.3),
    (0.505, 0.58),
    (0.742, 0.69),
    (0.83, 0.83),
    (0.888, 0.9),
    (0.926, 0.92),
    (0.95, 0.957),
    (0.967, 0.971),
    (0.983, 0.985),
    (1.0, 1.0),
];

/// The F1 that pages of that value have, between the measured points in proportion.
fn calibrated(expected: f32) -> f32 {
    let mut below = (0.0, 0.0);
    for point in RELIABILITY {
        if expected <= point.0 {
            let share = if point.0 > below.0 { (expected - below.0) / (point.0 - below.0) } else { 0.0 };
            return below.1 + share * (point.1 - below.1);
        }
        below = point;
    }
    below.1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_expected_f1_is_that_of_the_choice() {
        assert_eq!(expected_f1(&[1.0, 0.0], &[30.0, 70.0], &[true, false]), 1.0);
        assert_eq!(expected_f1(&[0.5, 0.5], &[10.0, 10.0], &[true, true]), 2.0 / 3.0);
        assert_eq!(expected_f1(&[], &[], &[]), 0.0);
    }

    #[test]
    fn evidence_is_in_blocks_of_several_kinds() {
        let ten = [20.0; 10];
        assert_eq!(evidence(&ten, &[100.0; 10]), 10.0);
        assert_eq!(evidence(&ten, &[200.0; 10]), 1.0);
        assert_eq!(evidence(&[200.0], &[200.0]), 1.0);
        assert_eq!(evidence(&[], &[]), 0.0);
    }

    #[test]
    fn little_evidence_means_doubt() {
        let doubted = [1.0, 2.0, 30.0].map(|evidence| doubted(1.0, evidence));
        assert!(doubted.is_sorted() && doubted[0] < 0.85 && doubted[2] > 0.99, "{doubted:?}");
        assert_eq!(super::doubted(1.0, 0.0), 0.0);
    }

    #[test]
    fn calibration_is_between_the_points() {
        assert_eq!([0.0, 1.0, 0.742].map(calibrated), [0.0, 1.0, 0.69]);
        assert!((calibrated(0.786) - 0.76).abs() < 1e-6);
        assert!(RELIABILITY.is_sorted_by(|a, b| a.0 < b.0 && a.1 < b.1));
    }
}
