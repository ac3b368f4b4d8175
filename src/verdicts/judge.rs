//! The decision: scores, how much of the page is content, and roles.

use std::ops::Range;
use std::sync::LazyLock;

use super::confidence::confidence;
#[cfg(feature = "eval")]
use super::features::NameList;
use super::features::{Columns, feature_names, features, whole_page};
use super::model::{Column, Explained, LANES, Model, sigmoid};
use super::page::Page;
use super::page_type::{PageType, type_features};
use super::role::Role;
use super::roles::Seen;
use crate::blocks::{BlockFacts, Blocks, ContainerFacts, Kind};
use crate::document::Tag;
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

/// The features of up to [`LANES`] blocks, as far as a model uses them.
struct Lanes {
    /// One for each feature up to the last that is used: to leave out the few unused ones would cost more.
    columns: Vec<Column>,
    /// The same of a few blocks, before they go to the columns: those are so far apart in memory that one value after
    /// another would drive out of the cache what the next block needs.
    narrow: Vec<[f32; NARROW]>,
    lane: usize,
    next: usize,
    /// Where the features of the page as a whole end; they are the same in all lanes and written once.
    page_end: Option<usize>,
}

/// So many blocks' values of a feature make a line of the cache.
const NARROW: usize = 16;

impl Lanes {
    fn new(model: &Model) -> Lanes {
        let count = model.used().iter().max().map_or(0, |&last| usize::from(last) + 1);
        Lanes {
            columns: vec![[0.0; LANES]; count],
            narrow: vec![[0.0; NARROW]; count],
            lane: 0,
            next: 0,
            page_end: None,
        }
    }

    /// The features that follow are those of the block in that lane.
    fn begin(&mut self, lane: usize) {
        self.lane = lane;
        self.next = 0;
    }

    /// Hands the last few blocks' features to the columns.
    fn spread(&mut self) {
        let part = self.lane / NARROW;
        for (column, narrow) in self.columns.iter_mut().zip(&self.narrow) {
            if let Some(place) = column.as_chunks_mut::<NARROW>().0.get_mut(part) {
                *place = *narrow;
            }
        }
    }
}

/// Has `fill` write the features of so many blocks, and hands those that `model` uses to `each`, [`LANES`] at a time:
/// the columns by the features' numbers, and which blocks they are of.
fn in_lanes(
    model: &Model,
    count: usize,
    fill: impl Fn(usize, &mut Lanes),
    mut each: impl FnMut(&[Column], Range<usize>),
) {
    let mut lanes = Lanes::new(model);
    for start in (0..count).step_by(LANES) {
        let end = count.min(start + LANES);
        for (lane, index) in (start..end).enumerate() {
            lanes.begin(lane);
            fill(index, &mut lanes);
            if lane % NARROW == NARROW - 1 || index + 1 == end {
                lanes.spread();
            }
        }
        each(&lanes.columns, start..end);
    }
}

impl Columns for Lanes {
    fn put(&mut self, _: &'static str, value: f32) {
        let lane = self.lane % NARROW;
        if let Some(place) = self.narrow.get_mut(self.next).and_then(|column| column.get_mut(lane)) {
            *place = value;
        }
        self.next += 1;
    }

    fn put_of(&mut self, _: &'static str, member: &'static str, value: f32) {
        self.put(member, value);
    }

    fn put_all(&mut self, _: &'static str, _: impl Iterator<Item = &'static str>, values: &[f32]) {
        let lane = self.lane % NARROW;
        for (column, value) in self.narrow.get_mut(self.next..).into_iter().flatten().zip(values) {
            if let Some(place) = column.get_mut(lane) {
                *place = *value;
            }
        }
        self.next += values.len();
    }

    fn put_page(&mut self, page: &Page<'_>) {
        let start = self.next;
        self.next = match self.page_end {
            Some(end) => end,
            None => {
                let mut values = Vec::new();
                whole_page(page, &mut values);
                for (number, value) in (start..).zip(&values) {
                    if let Some(column) = self.narrow.get_mut(number) {
                        column.fill(*value);
                    }
                }
                start + values.len()
            }
        };
        self.page_end = Some(self.next);
    }
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

    /// The likeliest type of the page; an article if nothing is on it.
    fn page_type(&self, page: &Page<'_>, content: &[bool]) -> PageType {
        let mut found = PageType::Article;
        if content.is_empty() {
            return found;
        }
        in_lanes(
            &self.types,
            1,
            |_, lanes| type_features(page, content, lanes),
            |columns, _| {
                let odds = self.types.log_odds(columns, 1);
                let odds = odds.iter().map(|column| column.first().copied().unwrap_or(f32::NEG_INFINITY));
                let best = odds.zip(PageType::ALL).max_by(|(a, _), (b, _)| a.total_cmp(b));
                found = best.map_or(found, |(_, page_type)| page_type);
            },
        );
        found
    }

    /// Scores and decides.
    pub(crate) fn judge(&self, blocks: &Blocks, favour: Favour) -> Judgement {
        let page = Page::new(blocks);
        let scores = self.scores(&page);
        let words: Vec<f32> = blocks.blocks.iter().map(|block| block.measured.words).collect();
        let chosen_for = |favour| {
            let mut content = choose(&scores, &words, favour);
            keep_code_whole(blocks, &scores, &mut content);
            content
        };
        let content = chosen_for(favour);
        let confidence = confidence(&page, &scores, &words, &content);
        // What a page is does not hang on what is asked of it.
        let usual = match favour {
            Favour::Balance => None,
            _ => Some(chosen_for(Favour::Balance)),
        };
        let page_type = self.page_type(&page, usual.as_deref().unwrap_or(&content));
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

    /// The type model's features of a page, with their names.
    #[cfg(feature = "eval")]
    pub(crate) fn type_features(&self, blocks: &Blocks) -> (Vec<String>, Vec<f32>) {
        let content = self.judge(blocks, Favour::Balance).content;
        let (page, mut names, mut values) = (Page::new(blocks), NameList::default(), Vec::new());
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

    /// The features of the role model, block after block, and which blocks are content.
    #[cfg(feature = "eval")]
    pub(crate) fn role_features(&self, blocks: &Blocks) -> (Vec<bool>, Vec<f32>) {
        let judgement = self.judge(blocks, Favour::Balance);
        let seen = Seen::new(blocks, &judgement.scores, &judgement.content, |_| true);
        let mut rows = Vec::new();
        for index in 0..blocks.blocks.len() {
            seen.features(index, &mut rows);
        }
        (judgement.content, rows)
    }
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

/// Takes all blocks of a `pre` or none, by what holds for most of its characters: a listing of which single lines are
/// left out is worth nothing. A doubtful one between two blocks of the text belongs to it: the text speaks of it.
fn keep_code_whole(blocks: &Blocks, scores: &[f32], content: &mut [bool]) {
    /// Under this code is seldom gold: on wcxb-dev whole pages have none, and taking all of theirs costs 0.001 of F1.
    const DOUBTFUL: f32 = 0.3;
    // A `pre` that nobody closed holds the rest of the page, and that is no listing.
    let is_code =
        |one: &&ContainerFacts| one.tag == Tag::Pre && one.sums.headings == 0 && one.sums.paragraphs == 0;
    let mut decided = 0;
    for pre in blocks.containers.iter().filter(is_code) {
        let range = pre.first_block as usize..pre.end_block as usize;
        // One inside another went with it.
        if range.start < decided {
            continue;
        }
        decided = range.end;
        let is_chosen = |index: usize| content.get(index) == Some(&true);
        let amid = range.start.checked_sub(1).is_some_and(is_chosen) && is_chosen(range.end);
        let (Some(scores), Some(blocks), Some(content)) =
            (scores.get(range.clone()), blocks.blocks.get(range.clone()), content.get_mut(range))
        else {
            continue;
        };
        let (mut chosen, mut all, mut score) = (0, 0, 0.0);
        for ((block, is_chosen), its) in blocks.iter().zip(&*content).zip(scores) {
            all += block.text.len();
            chosen += if *is_chosen { block.text.len() } else { 0 };
            score += its * block.text.len() as f32;
        }
        let is_taken = chosen * 2 > all || amid && score >= DOUBTFUL * all as f32;
        // One that is surely something else, such as a button, does not become text.
        for (place, score) in content.iter_mut().zip(scores) {
            *place = is_taken && *score >= LEAST;
        }
    }
}

/// No block below this is content: a page of which nothing is confident gives an empty text.
const LEAST: f32 = 0.08;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blocks::by_hand::Hand;
    use crate::blocks::{Group, Groups};
    use crate::document::Tag;

    #[test]
    fn the_prefix_of_best_expected_value_is_chosen() {
        let words = [100.0, 50.0, 50.0, 10.0];
        assert_eq!(choose(&[0.99, 0.9, 0.05, 0.0], &words, Favour::Balance), [true, true, false, false]);
        // Where all is doubtful, the best text takes doubtful blocks.
        assert_eq!(choose(&[0.3, 0.28, 0.26, 0.02], &words, Favour::Balance), [true, true, true, false]);
        assert_eq!(choose(&[0.05, 0.04, 0.0, 0.0], &words, Favour::Balance), [false; 4]);
        assert!(choose(&[], &[], Favour::Balance).is_empty());
    }

    #[test]
    fn precision_takes_no_more_than_recall() {
        let scores = [0.95, 0.8, 0.6, 0.45, 0.3, 0.15, 0.01];
        let taken = |favour| choose(&scores, &[20.0; 7], favour).into_iter().filter(|is| *is).count();
        let taken = [Favour::Precision, Favour::Balance, Favour::Recall].map(taken);
        assert!(taken.is_sorted() && taken[0] < taken[2], "{taken:?}");
    }

    #[test]
    fn code_is_taken_whole_or_not_at_all() {
        let mut hand = Hand::new();
        let pre = hand.container(0, Tag::Pre, Groups::default());
        for text in ["for (i = 0; i < n; i++) {", "total += weight[i] * value[i];", "}"] {
            let line = hand.container(pre, Tag::Div, Groups::default());
            hand.block(line, Kind::Code, text, false);
        }
        let outside = hand.container(0, Tag::Div, Groups::default());
        hand.block(outside, Kind::Paragraph, "Copied", false);
        let blocks = hand.finish();
        let taken = |chosen: [bool; 4], scores: [f32; 4]| {
            let mut content = chosen;
            keep_code_whole(&blocks, &scores, &mut content);
            content
        };
        assert_eq!(taken([true, true, false, false], [0.8, 0.8, 0.2, 0.2]), [true, true, true, false]);
        assert_eq!(taken([false, false, true, true], [0.1, 0.1, 0.8, 0.9]), [false, false, false, true]);
        assert_eq!(taken([false, false, false, true], [0.2, 0.1, 0.1, 0.9]), [false, false, false, true]);
        // What is surely none of it stays out.
        assert_eq!(taken([true, true, false, false], [0.8, 0.8, 0.01, 0.2]), [true, true, false, false]);
    }

    #[test]
    fn code_between_two_blocks_of_the_text_is_taken() {
        let mut hand = Hand::new();
        hand.block(0, Kind::Paragraph, "Set the depth of the well:", false);
        let pre = hand.container(0, Tag::Pre, Groups::default());
        hand.block(pre, Kind::Code, "depth = 40", false);
        hand.block(0, Kind::Paragraph, "The bucket then stops above the mud.", false);
        let blocks = hand.finish();
        for (chosen, score, taken) in [
            ([true, false, true], 0.4, true),
            ([true, false, false], 0.4, false),
            ([true, false, true], 0.2, false),
        ] {
            let mut content = chosen;
            keep_code_whole(&blocks, &[0.9, score, 0.9], &mut content);
            assert_eq!(content[1], taken, "{chosen:?} {score}");
        }
    }

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
