//! The decision: scores of two passes, how much of the page is content, roles, and how sure that is.

use super::context::{Scored, second_pass, second_pass_names};
use super::features::{Page, first_pass, first_pass_names};
use super::model::{Explained, Model, sigmoid};
use super::page_type::{self, PageType};
use super::role::Role;
use super::roles;
use crate::blocks::Blocks;
use crate::options::Favour;

/// The verdict on one block.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Verdict {
    pub(crate) role: Role,
    /// Probability that the block is content, 0…1.
    pub(crate) score: f32,
}

/// The verdict on a page.
#[derive(Clone, Debug)]
pub(crate) struct Judgement {
    pub(crate) verdicts: Vec<Verdict>,
    pub(crate) page_type: PageType,
    pub(crate) confidence: f32,
}

/// The two trained passes.
#[derive(Clone, Debug)]
pub(crate) struct Scorer {
    first: Model,
    second: Model,
}

impl Scorer {
    /// The models that are linked in.
    pub(crate) fn new() -> Scorer {
        Scorer {
            first: Model::read(include_bytes!("model/first.bin")),
            second: Model::read(include_bytes!("model/second.bin")),
        }
    }

    /// The probability of each block to be content.
    pub(crate) fn scores(&self, blocks: &Blocks) -> Vec<f32> {
        let mut scores = Vec::with_capacity(blocks.blocks.len());
        self.second_rows(blocks, |picked| scores.push(sigmoid(self.second.log_odds(picked))));
        scores
    }

    /// What each feature adds to each block's score.
    pub(crate) fn explain(&self, blocks: &Blocks) -> Vec<Explained> {
        let mut explained = Vec::with_capacity(blocks.blocks.len());
        self.second_rows(blocks, |picked| explained.push(self.second.contributions(picked)));
        explained
    }

    /// The names of the features that explanations refer to by number.
    pub(crate) fn feature_names() -> Vec<String> {
        let mut names = first_pass_names();
        names.extend(second_pass_names());
        names
    }

    /// Runs the first pass and hands each block's features for the second to `each`.
    fn second_rows(&self, blocks: &Blocks, mut each: impl FnMut(&[f32])) {
        let page = Page::new(blocks);
        let count = blocks.blocks.len();
        let mut rows: Vec<f32> = Vec::new();
        let mut picked = Vec::new();
        let mut first = Vec::with_capacity(count);
        let mut width = 0;
        for index in 0..count {
            first_pass(&page, index, &mut rows);
            if index == 0 {
                width = rows.len();
                rows.reserve(width * count.saturating_sub(1));
            }
            let row = rows.get(index * width..).unwrap_or(&[]);
            self.first.pick(row, &mut picked);
            first.push(sigmoid(self.first.log_odds(&picked)));
        }
        let scored = Scored::new(blocks, &first);
        let mut row = Vec::new();
        for index in 0..count {
            row.clear();
            row.extend_from_slice(rows.get(index * width..(index + 1) * width).unwrap_or(&[]));
            second_pass(&scored, index, &mut row);
            self.second.pick(&row, &mut picked);
            each(&picked);
        }
    }

    /// Scores and decides.
    pub(crate) fn judge(&self, blocks: &Blocks, favour: Favour) -> Judgement {
        let scores = self.scores(blocks);
        let words: Vec<f32> = blocks.blocks.iter().map(|block| block.measured.words).collect();
        let content = choose(&scores, &words, favour);
        let confidence = expected_f1(&scores, &words, &content);
        let roles = roles::assign(blocks, &content);
        let page_type = page_type::guess(blocks, &content);
        let verdicts = roles.into_iter().zip(scores).map(|(role, score)| Verdict { role, score }).collect();
        Judgement { verdicts, page_type, confidence }
    }
}

/// The score from which on a block is taken for content.
fn threshold(favour: Favour) -> f32 {
    match favour {
        Favour::Balance => 0.45,
        Favour::Precision => 0.7,
        Favour::Recall => 0.25,
    }
}

/// Chooses the blocks of the text.
fn choose(scores: &[f32], _words: &[f32], favour: Favour) -> Vec<bool> {
    let threshold = threshold(favour);
    scores.iter().map(|&score| score >= threshold).collect()
}

/// The F1 that is to be expected if the scores are probabilities: 2·E[shared] ÷ (chosen + E[content]).
fn expected_f1(scores: &[f32], words: &[f32], content: &[bool]) -> f32 {
    let mut shared = 0.0;
    let mut chosen = 0.0;
    let mut expected = 0.0;
    for ((&score, &words), &is_content) in scores.iter().zip(words).zip(content) {
        expected += score * words;
        if is_content {
            chosen += words;
            shared += score * words;
        }
    }
    if chosen + expected > 0.0 { 2.0 * shared / (chosen + expected) } else { 0.0 }
}
