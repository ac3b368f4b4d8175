//! The verdict: scores, content, type and roles of a page, by the trained models.

use std::ops::Range;
use std::sync::LazyLock;

use super::choice::{choose, more_recall};
use super::confidence::confidence;
#[cfg(feature = "eval")]
use super::features::NameList;
use super::features::{feature_names, features};
use super::lanes::{Lanes, in_lanes};
use super::model::{Column, Explained, LANES, Model, sigmoid};
use super::page::Page;
use super::page_type::{PageType, type_features};
use super::role::Role;
use super::roles::Seen;
use super::whole::{keep_code_whole, keep_rows_whole};
use crate::blocks::{BlockFacts, Blocks, Kind};
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

/// The trained models.
#[derive(Clone, Debug)]
pub(crate) struct Scorer {
    /// Whether a block is content.
    content: Model,
    /// What else it is: an output for each role, in the order of the vocabulary.
    roles: Model,
    /// What type of page it is: an output for each type.
    types: Model,
}

impl Scorer {
    /// The models that are linked in, read once.
    pub(crate) fn get() -> &'static Scorer {
        static SCORER: LazyLock<Scorer> = LazyLock::new(Scorer::new);
        &SCORER
    }

    fn new() -> Scorer {
        Scorer {
            content: Model::read(include_bytes!("model/content.bin")),
            roles: Model::read(include_bytes!("model/roles.bin")),
            types: Model::read(include_bytes!("model/types.bin")),
        }
    }

    /// The probability of each block to be content.
    fn scores(&self, page: &Page<'_>) -> Vec<f32> {
        let count = page.blocks.blocks.len();
        let mut scores = Vec::with_capacity(count + LANES);
        self.content_columns(page, |columns, indices| {
            if let Some(odds) = self.content.log_odds(columns, indices.len()).first() {
                scores.extend(odds.map(sigmoid));
            }
        });
        scores.truncate(count);
        scores
    }

    /// What each feature adds to each block's score.
    pub(crate) fn explain(&self, blocks: &Blocks) -> Vec<Explained> {
        let mut explained = Vec::with_capacity(blocks.blocks.len());
        self.content_columns(&Page::new(blocks), |columns, indices| {
            explained.extend((0..indices.len()).map(|lane| self.content.contributions(columns, lane)));
        });
        explained
    }

    /// The names of the features that explanations refer to by number.
    pub(crate) fn feature_names() -> Vec<String> {
        feature_names()
    }

    /// Hands the features of the blocks to `each`, as [`in_lanes`] does.
    fn content_columns(&self, page: &Page<'_>, each: impl FnMut(&[Column], Range<usize>)) {
        in_lanes(&self.content, page.blocks.blocks.len(), |index, lanes| features(page, index, lanes), each);
    }

    /// How likely each type of page is; an article if nothing is on it.
    fn types(&self, page: &Page<'_>, content: &[bool]) -> [f32; PageType::ALL.len()] {
        let mut types = [0.0; PageType::ALL.len()];
        if content.is_empty() {
            types[0] = 1.0;
            return types;
        }
        in_lanes(
            &self.types,
            1,
            |_, lanes| type_features(page, content, lanes),
            |columns, _| {
                let odds = self.types.log_odds(columns, 1);
                for (place, column) in types.iter_mut().zip(odds.iter()) {
                    *place = column.first().copied().unwrap_or(f32::NEG_INFINITY);
                }
            },
        );
        softmax(types)
    }

    /// Scores and decides.
    pub(crate) fn judge(&self, blocks: &Blocks, favour: Favour) -> Judgement {
        let page = Page::new(blocks);
        self.decide(&page, self.scores(&page), favour)
    }

    /// Decides by the scores of the page's blocks.
    fn decide(&self, page: &Page<'_>, scores: Vec<f32>, favour: Favour) -> Judgement {
        // What a page is hangs neither on what is asked of it nor on what is taken of one of its type.
        let words = words(page);
        let types = self.types(page, &content(page, &scores, &words, Favour::Balance, 1.0));
        let types = PageType::ALL.into_iter().zip(types);
        let likeliest = types.clone().max_by(|a, b| a.1.total_cmp(&b.1));
        let page_type = likeliest.map_or(PageType::Article, |(page_type, _)| page_type);
        let content = content(page, &scores, &words, favour, more_recall(types));
        let confidence = confidence(page, &scores, &words, &content);
        Judgement { scores, content, page_type, confidence }
    }

    /// Gives every block its role.
    pub(crate) fn roles(&self, blocks: &Blocks, judgement: &Judgement) -> Vec<Role> {
        let content = &judgement.content;
        // Of what is content nothing else is asked.
        let is_open = |index: usize| content.get(index) == Some(&false);
        let open: Vec<usize> = (0..content.len()).filter(|&index| is_open(index)).collect();
        let seen = Seen::new(blocks, &judgement.scores, content, is_open);
        let mut roles = vec![Role::Content; content.len()];
        let fill = |at: usize, lanes: &mut Lanes| {
            if let Some(&index) = open.get(at) {
                seen.features(index, lanes);
            }
        };
        in_lanes(&self.roles, open.len(), fill, |columns, places| {
            let odds = self.roles.log_odds(columns, places.len());
            for (lane, index) in open.get(places).into_iter().flatten().enumerate() {
                if let (Some(role), Some(block)) = (roles.get_mut(*index), blocks.blocks.get(*index)) {
                    *role = likeliest(&odds, lane, block);
                }
            }
        });
        if let Some(role) = blocks.title().and_then(|title| roles.get_mut(title)) {
            *role = Role::Title;
        }
        roles
    }

    /// The type model's features of a page whose blocks have these scores, with their names.
    #[cfg(feature = "eval")]
    pub(crate) fn type_features(blocks: &Blocks, scores: &[f32]) -> (Vec<String>, Vec<f32>) {
        let (page, mut names, mut values) = (Page::new(blocks), NameList::default(), Vec::new());
        let content = content(&page, scores, &words(&page), Favour::Balance, 1.0);
        type_features(&page, &content, &mut names);
        type_features(&page, &content, &mut values);
        (names.0, values)
    }

    /// The names of the role model's features.
    #[cfg(feature = "eval")]
    pub(crate) fn role_feature_names() -> Vec<String> {
        let blocks = crate::blocks::flatten(&crate::Document::parse("<p>x"), usize::MAX);
        let mut names = NameList::default();
        Seen::new(&blocks, &[0.5], &[false], |_| true).features(0, &mut names);
        names.0
    }

    /// The features of the role model, block after block, on a page whose blocks have these scores.
    #[cfg(feature = "eval")]
    pub(crate) fn role_features(&self, blocks: &Blocks, scores: &[f32]) -> Vec<f32> {
        let judgement = self.decide(&Page::new(blocks), scores.to_vec(), Favour::Balance);
        let seen = Seen::new(blocks, &judgement.scores, &judgement.content, |_| true);
        let mut rows = Vec::new();
        for index in 0..blocks.blocks.len() {
            seen.features(index, &mut rows);
        }
        rows
    }
}

/// Probabilities of what has these log odds.
fn softmax<const N: usize>(odds: [f32; N]) -> [f32; N] {
    let highest = odds.into_iter().fold(f32::NEG_INFINITY, f32::max);
    let powers = odds.map(|odds| (odds - highest).exp());
    let sum: f32 = powers.iter().sum();
    powers.map(|power| power / sum)
}

/// The words of each block.
fn words(page: &Page<'_>) -> Vec<f32> {
    page.blocks.blocks.iter().map(|block| block.measured.words).collect()
}

/// Which blocks are the page's text.
fn content(page: &Page<'_>, scores: &[f32], words: &[f32], favour: Favour, more_recall: f32) -> Vec<bool> {
    let mut content = choose(scores, words, favour, more_recall);
    keep_code_whole(page.blocks, scores, &mut content);
    keep_rows_whole(page.blocks, scores, &mut content);
    content
}

/// The most probable role of a block that is neither headline nor content.
fn likeliest(odds: &[Column], lane: usize, block: &BlockFacts) -> Role {
    /// More words than this are no author, date and source.
    const LONGEST_BYLINE: f32 = 60.0;
    let may_be = |role: Role| match role {
        Role::Title | Role::Content => false,
        Role::Byline => block.kind != Kind::Code && block.measured.words <= LONGEST_BYLINE,
        Role::Advert | Role::Recommendation | Role::Share => block.kind != Kind::Code,
        _ => true,
    };
    let roles = odds.iter().zip(Role::ALL).filter(|(_, role)| may_be(*role));
    let mut best = (f32::NEG_INFINITY, Role::Other);
    for (column, role) in roles {
        let odds = column.get(lane).copied().unwrap_or(f32::NEG_INFINITY);
        if odds > best.0 {
            best = (odds, role);
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blocks::by_hand::Hand;
    use crate::blocks::{Group, Groups};
    use crate::document::Tag;

    #[test]
    fn blocks_by_hand_get_scores_and_roles() {
        let mut hand = Hand::new();
        let menu = hand.container(0, Tag::Nav, Groups(1 << Group::Nav as u64));
        for text in ["Home", "Sea", "Land"] {
            let item = hand.container(menu, Tag::Li, Groups::default());
            hand.block(item, Kind::ListItem, text, true);
        }
        let article = hand.container(0, Tag::Article, Groups(1 << Group::Article as u64));
        for _ in 0..3 {
            let text = "The dyke at Ost has held for three hundred years, through eleven storm floods. \
                It is made of clay, straw and patience, and each spring the village walks its length.";
            let paragraph = hand.container(article, Tag::P, Groups::default());
            hand.block(paragraph, Kind::Paragraph, text, false);
        }
        let blocks = hand.finish();
        let judgement = Scorer::get().judge(&blocks, Favour::Balance);
        assert_eq!(judgement.content, [false, false, false, true, true, true]);
        let roles = Scorer::get().roles(&blocks, &judgement);
        assert_eq!(roles[..3], [Role::Navigation; 3]);
        assert_eq!(roles[3..], [Role::Content; 3]);
    }
}
