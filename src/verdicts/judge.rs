//! The decision: scores of two passes, how much of the page is content, roles, and how sure that is.

use std::sync::LazyLock;

use super::context::{Scored, second_pass, second_pass_names};
use super::features::{Page, first_pass, first_pass_names};
use super::model::{Explained, Model, sigmoid};
use super::page_type::{self, PageType};
use super::role::Role;
use super::roles;
use crate::blocks::Blocks;
use crate::options::Favour;

/// The verdict on a page.
#[derive(Clone, Debug)]
pub(crate) struct Judgement {
    /// For each block the probability that it is content, 0…1.
    pub(crate) scores: Vec<f32>,
    /// For each block whether it was chosen for the text.
    pub(crate) content: Vec<bool>,
    pub(crate) page_type: PageType,
    pub(crate) confidence: f32,
}

/// The two trained passes.
#[derive(Clone, Debug)]
pub(crate) struct Scorer {
    first: Model,
    second: Model,
    /// One for each role, in the order of the vocabulary.
    roles: Vec<Model>,
}

impl Scorer {
    /// The models that are linked in, read once.
    pub(crate) fn get() -> &'static Scorer {
        static SCORER: LazyLock<Scorer> = LazyLock::new(Scorer::new);
        &SCORER
    }

    fn new() -> Scorer {
        Scorer {
            first: Model::read(include_bytes!("model/first.bin")),
            second: Model::read(include_bytes!("model/second.bin")),
            roles: Model::read_many(include_bytes!("model/roles.bin")),
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
        let page_type = page_type::guess(blocks, &content);
        Judgement { scores, content, page_type, confidence }
    }

    /// Gives every block its role.
    pub(crate) fn roles(&self, blocks: &Blocks, judgement: &Judgement) -> Vec<Role> {
        let (scores, content) = (&judgement.scores, &judgement.content);
        let headline = blocks.page.headline as usize;
        let mut picked = Vec::new();
        let mut roles = Vec::with_capacity(content.len());
        role_rows(blocks, scores, content, |index, row| {
            let is_content = content.get(index).copied().unwrap_or(false);
            roles.push(if index == headline {
                Role::Title
            } else if is_content {
                Role::Content
            } else {
                self.best_role(row, &mut picked)
            });
        });
        roles
    }

    /// The most probable role of a block that is not content.
    fn best_role(&self, row: &[f32], picked: &mut Vec<f32>) -> Role {
        let mut best = (f32::NEG_INFINITY, Role::Other);
        for (model, role) in self.roles.iter().zip(Role::ALL) {
            if matches!(role, Role::Title | Role::Content) {
                continue;
            }
            model.pick(row, picked);
            let odds = model.log_odds(picked);
            if odds > best.0 {
                best = (odds, role);
            }
        }
        best.1
    }

    /// The features of the role model, block after block.
    #[cfg(feature = "eval")]
    pub(crate) fn role_features(&self, blocks: &Blocks) -> (Vec<bool>, Vec<f32>) {
        let scores = self.scores(blocks);
        let words: Vec<f32> = blocks.blocks.iter().map(|block| block.measured.words).collect();
        let content = choose(&scores, &words, Favour::Balance);
        let mut rows = Vec::new();
        role_rows(blocks, &scores, &content, |_, row| rows.extend_from_slice(row));
        (content, rows)
    }
}

/// Hands each block's features for the role model to `each`.
fn role_rows(blocks: &Blocks, scores: &[f32], content: &[bool], mut each: impl FnMut(usize, &[f32])) {
    let page = Page::new(blocks);
    let (first, last) = roles::extent(content);
    let mut row = Vec::new();
    for (index, (evidence, &score)) in roles::evidence(blocks, content).iter().zip(scores).enumerate() {
        row.clear();
        first_pass(&page, index, &mut row);
        roles::role_features(evidence, score, (index, first, last), &mut row);
        each(index, &row);
    }
}

/// How much recall weighs against precision (the β of Fβ), and the score from which on a block is taken in any case.
fn curve(favour: Favour) -> (f32, f32) {
    match favour {
        Favour::Balance => (1.0, 0.5),
        Favour::Precision => (0.5, 0.75),
        Favour::Recall => (2.0, 0.3),
    }
}

/// Chooses the blocks of the text: of all prefixes of the blocks by falling score, the one whose Fβ is to be
/// expected highest if the scores are probabilities (Fβ = (1+β²)·shared ÷ (chosen + β²·content)).
///
/// One threshold for all pages would be wrong for most: where everything is doubtful, the best text takes doubtful
/// blocks, and where all is clear it does not.
fn choose(scores: &[f32], words: &[f32], favour: Favour) -> Vec<bool> {
    let (beta, certain) = curve(favour);
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

/// No block below this is content: a page of which nothing is confident gives an empty text.
const LEAST: f32 = 0.08;

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
