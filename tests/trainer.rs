//! The crate's own evaluation of the trees gives the scores that the trainer's library gave.
//!
//! `tests/trainer_scores.tsv` is written by `training/train.py` together with the model: for each corpus page the
//! number of its blocks, and the mean and the mean square of their scores.

use unhusk::Extractor;
use unhusk::eval::GoldSet;

/// Leaves are rounded to 16 bits.
const TOLERANCE: f64 = 0.002;

#[test]
fn scores_are_the_trainers() {
    let set = GoldSet::open(concat!(env!("CARGO_MANIFEST_DIR"), "/corpus")).unwrap();
    let mut checked = 0;
    for line in include_str!("trainer_scores.tsv").lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        let [id, blocks, mean, square] = fields[..] else { panic!("{line:?} has not four fields") };
        let entry = set.entries().iter().find(|entry| entry.id() == id);
        let entry = entry.unwrap_or_else(|| panic!("{id} is not in the corpus; train again"));
        let extraction = Extractor::new().extract_bytes(&entry.read().unwrap(), None).unwrap();
        let scores: Vec<f64> = extraction.blocks().map(|block| f64::from(block.score())).collect();
        assert_eq!(scores.len(), blocks.parse::<usize>().unwrap(), "{id} has other blocks; train again");
        let count = scores.len().max(1) as f64;
        let ours = [scores.iter().sum::<f64>() / count, scores.iter().map(|x| x * x).sum::<f64>() / count];
        for (ours, theirs) in ours.iter().zip([mean, square]) {
            let theirs: f64 = theirs.parse().unwrap();
            assert!((ours - theirs).abs() < TOLERANCE, "{id}: {ours}, the trainer has {theirs}");
        }
        checked += 1;
    }
    assert_eq!(checked, set.entries().len(), "pages without scores; train again");
}
