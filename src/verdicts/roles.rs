//! Evidence for roles, by rules over the facts and the decision about content.
//!
//! It comes from the block's own words, from the class names and elements around it, nearer ones weighing more, and
//! from the label that stands over the list it is in. A small model weighs it against the block's features.

use super::cues;
use super::features::{Columns, features};
use super::page::Page;
use super::role::Role;
use crate::blocks::{BlockFacts, Blocks, ContainerFacts, Group, Groups, Kind, Within};

const COUNT: usize = Role::ALL.len();

/// Evidence for each role.
#[derive(Clone, Copy, Default)]
struct Evidence([f32; COUNT]);

impl Evidence {
    fn add(&mut self, role: Role, weight: f32) {
        if let Some(sum) = self.0.get_mut(role as usize) {
            *sum += weight;
        }
    }
}

/// What the role model sees of a page: the features of its blocks, the evidence, and where the text is.
pub(super) struct Seen<'a> {
    page: Page<'a>,
    scores: &'a [f32],
    evidence: Vec<[f32; COUNT]>,
    /// The first and last block of the text.
    extent: (usize, usize),
    /// How far each block is from the text.
    beside: Vec<(usize, usize)>,
}

impl<'a> Seen<'a> {
    /// Gathers the evidence of the blocks that are `wanted`. `content[i]` says whether block `i` belongs to the text.
    pub(super) fn new(
        blocks: &'a Blocks,
        scores: &'a [f32],
        content: &[bool],
        wanted: impl Fn(usize) -> bool,
    ) -> Seen<'a> {
        let (extent, beside) = (extent(content), beside(content));
        let evidence = evidence(blocks, content, extent, &beside, wanted);
        Seen { page: Page::new(blocks), scores, evidence, extent, beside }
    }

    /// Writes the features of a block.
    pub(super) fn features(&self, index: usize, out: &mut impl Columns) {
        let blocks = self.page.blocks;
        features(&self.page, index, out);
        let (Some(block), Some(evidence)) = (blocks.blocks.get(index), self.evidence.get(index)) else {
            return;
        };
        for (role, &weight) in Role::ALL.into_iter().zip(evidence) {
            out.put_of("evidence", role.name(), weight);
        }
        out.put("score", self.scores.get(index).copied().unwrap_or(0.0));
        let distance = |from: usize| match from {
            usize::MAX => 500.0,
            from => (index as f32 - from as f32).clamp(-500.0, 500.0),
        };
        out.put("from_first_content", distance(self.extent.0));
        out.put("from_last_content", distance(self.extent.1));
        let (before, after) = self.beside.get(index).copied().unwrap_or((FAR, FAR));
        out.put("from_content_before", before as f32);
        out.put("to_content_after", after as f32);
        for (name, count) in ["own", "around", "box"].into_iter().zip(fields(blocks, block)) {
            out.put_of("fields", name, count as f32);
        }
    }
}

/// A label over a list: what it says, how far it reaches.
#[derive(Clone, Copy)]
struct Label {
    role: Role,
    /// The container in which its list stands.
    scope: u32,
    /// The heading's level, 7 for a label that is none.
    level: u8,
}

/// The evidence for every role of the blocks that are `wanted`, by rules. `content[i]` says whether block `i` belongs to
/// the text; the others where the text is.
fn evidence(
    blocks: &Blocks,
    content: &[bool],
    (first, last): (usize, usize),
    beside: &[(usize, usize)],
    wanted: impl Fn(usize) -> bool,
) -> Vec<[f32; COUNT]> {
    let lowered: Vec<String> =
        blocks.blocks.iter().map(|block| blocks.text_of(block).to_lowercase()).collect();
    let labels = labels(blocks, content, &lowered);
    let adverts = advert_scopes(blocks, &lowered);
    let mut all = Vec::with_capacity(blocks.blocks.len());
    for (index, block) in blocks.blocks.iter().enumerate() {
        let text = lowered.get(index).map_or("", String::as_str);
        let mut evidence = Evidence::default();
        if !wanted(index) {
            all.push(evidence.0);
            continue;
        }
        own_words(block, text, &mut evidence);
        surroundings(blocks, block, &mut evidence);
        if let Some(Some(label)) = labels.get(index) {
            evidence.add(*label, 1.1);
        }
        if adverts.get(index) == Some(&true) {
            evidence.add(Role::Advert, 1.1);
        }
        let nearest = beside.get(index).map_or(usize::MAX, |(before, after)| *before.min(after));
        byline(blocks, (index, nearest), block, text, first, &mut evidence);
        placement(blocks, index, block, (first, last), &mut evidence);
        all.push(evidence.0);
    }
    all
}

/// For each block how far the nearest block of the text is in front of it and behind it, [`FAR`] at most.
fn beside(content: &[bool]) -> Vec<(usize, usize)> {
    let mut all = vec![(FAR, FAR); content.len()];
    let mut distance = FAR;
    for (place, &is) in all.iter_mut().zip(content) {
        distance = if is { 0 } else { FAR.min(distance + 1) };
        place.0 = distance;
    }
    distance = FAR;
    for (place, &is) in all.iter_mut().zip(content).rev() {
        distance = if is { 0 } else { FAR.min(distance + 1) };
        place.1 = distance;
    }
    all
}

/// So many blocks away, or more, or no text.
const FAR: usize = 30;

/// How many fields to fill in there are in a block's container, in the one around it, and in the smallest that holds
/// more than the block.
fn fields(blocks: &Blocks, block: &BlockFacts) -> [u32; 3] {
    let inputs = |container: Option<&ContainerFacts>| container.map_or(0, |container| container.sums.inputs);
    let own = blocks.container(block.container);
    let around = own.and_then(|own| blocks.container(own.parent));
    [inputs(own), inputs(around), inputs(blocks.container(scope_of(blocks, block)))]
}

/// The first and last block of the text.
fn extent(content: &[bool]) -> (usize, usize) {
    let first = content.iter().position(|&is| is).unwrap_or(usize::MAX);
    let last = content.iter().rposition(|&is| is).unwrap_or(0);
    (first, last)
}

/// What a block says of itself.
fn own_words(block: &BlockFacts, text: &str, evidence: &mut Evidence) {
    let words = block.measured.words;
    if cues::is_advert_label(text) {
        evidence.add(Role::Advert, 2.0);
    } else if words < 40.0 && cues::holds_advert_label(text) {
        evidence.add(Role::Advert, 1.2);
    }
    if words < 50.0 && cues::speaks_of_letters(text) {
        evidence.add(Role::Form, 0.7);
    }
    if cues::names_terms(text) {
        evidence.add(Role::Legal, 0.9);
    }
    if words < 80.0 && cues::is_legal(text) {
        evidence.add(Role::Legal, 1.5);
    }
    if cues::is_pagination(text) {
        evidence.add(Role::Pagination, 1.6);
    } else if cues::is_step_label(text) {
        evidence.add(Role::Pagination, 1.0);
    }
    if cues::speaks_of_consent(text) {
        evidence.add(Role::Consent, if words > 5.0 { 1.4 } else { 0.5 });
    }
    if words <= 9.0 && cues::speaks_of_sharing(text) {
        evidence.add(Role::Share, 0.8);
    }
    let names = cues::share_names(text);
    if names >= 2 && words <= 6.0 + 3.0 * names as f32 {
        evidence.add(Role::Share, 1.3);
    } else if names == 1 && words <= 3.0 {
        evidence.add(Role::Share, 0.6);
    }
    if let Some(role) = cues::heading_role(text) {
        evidence.add(role, if role == Role::Share || role == Role::CommentForm { 1.3 } else { 0.9 });
    }
    let arrows = text.chars().filter(|c| matches!(c, '>' | '»' | '›' | '→')).count();
    if arrows >= 1 && words <= 30.0 && block.links >= 1 && block.measured.sentences == 0 {
        evidence.add(Role::Breadcrumb, if arrows as f32 >= block.links as f32 * 0.5 { 1.0 } else { 0.4 });
    }
}

/// What the elements and class names around it say, nearer ones weighing more.
fn surroundings(blocks: &Blocks, block: &BlockFacts, evidence: &mut Evidence) {
    let page_words = blocks.page.sums.words.max(1.0);
    let link_ratio = super::features::link_ratio(block);
    let mut weight = 1.0;
    let mut own = Some(block.groups);
    for (level, container) in blocks.ancestors(block.container).take(9).enumerate() {
        let share = container.sums.words / page_words;
        // What holds most of the page says nothing of a single block.
        if level > 0 && share > 0.6 {
            break;
        }
        let groups = own.take().unwrap_or(container.groups);
        by_groups(groups, container, link_ratio, weight, evidence);
        weight *= 0.8;
    }
    let within = block.within;
    if within.has(Within::NAV) {
        evidence.add(Role::Navigation, 0.8);
    }
    if within.has(Within::FOOTER) {
        evidence.add(if link_ratio > 0.5 { Role::Navigation } else { Role::Legal }, 0.7);
    }
    if within.has(Within::HEADER) && link_ratio > 0.5 {
        evidence.add(Role::Navigation, 0.4);
    }
    if within.has(Within::FORM) || within.has(Within::SELECT) {
        evidence.add(Role::Form, 0.7);
    }
    if within.has(Within::DIALOG) {
        evidence.add(Role::Form, 0.2);
    }
}

fn by_groups(
    groups: Groups,
    container: &ContainerFacts,
    link_ratio: f32,
    weight: f32,
    evidence: &mut Evidence,
) {
    let mut add = |role: Role, strength: f32| evidence.add(role, strength * weight);
    let in_form = container.within.has(Within::FORM) || groups.has(Group::Form);
    if groups.has(Group::Consent) {
        add(Role::Consent, 1.2);
    }
    if groups.has(Group::Breadcrumb) {
        add(Role::Breadcrumb, 1.6);
    }
    if groups.has(Group::Pagination) {
        add(Role::Pagination, 1.3);
    }
    if groups.has(Group::Share) {
        add(Role::Share, if container.sums.words < 80.0 { 1.0 } else { 0.3 });
    }
    if groups.has(Group::Comment) {
        if in_form || container.sums.inputs > 0 && container.sums.words < 80.0 {
            add(Role::CommentForm, 1.4);
        } else {
            add(Role::Comment, 0.9);
        }
    }
    if groups.any(&[Group::Related, Group::Popular]) {
        add(Role::Recommendation, 1.0);
    }
    if groups.has(Group::Advert) {
        add(Role::Advert, 1.0);
    }
    if groups.any(&[Group::Search, Group::Login, Group::Newsletter, Group::Filter]) {
        add(Role::Form, 0.8);
    }
    if groups.has(Group::Form) {
        add(Role::Form, 0.5);
    }
    if groups.has(Group::Nav) {
        add(Role::Navigation, 0.8);
    }
    if groups.any(&[Group::Tags, Group::Contents]) {
        add(Role::Navigation, if link_ratio > 0.3 { 0.6 } else { 0.2 });
    }
    if groups.has(Group::Legal) {
        add(Role::Legal, if link_ratio > 0.7 { 0.2 } else { 0.7 });
    }
    if groups.has(Group::Footer) {
        add(if link_ratio > 0.5 { Role::Navigation } else { Role::Legal }, 0.5);
    }
    if groups.has(Group::Byline) {
        add(Role::Byline, 0.5);
    }
    if groups.has(Group::Review) {
        add(Role::Comment, 0.5);
    }
}

/// Author and date lines are short, and stand near the headline or the text's beginning, or beside a post.
fn byline(
    blocks: &Blocks,
    (index, nearest): (usize, usize),
    block: &BlockFacts,
    text: &str,
    first: usize,
    evidence: &mut Evidence,
) {
    if block.measured.words > 30.0 {
        return;
    }
    let headline = blocks.page.headline as usize;
    let near = |other: usize| other < blocks.blocks.len() && index.abs_diff(other) <= 8;
    let weight = match near(headline) || near(first) {
        true => 1.0,
        false if nearest <= 4 => 0.6,
        false => return,
    };
    if block.within.has(Within::NAV) {
        return;
    }
    let groups = block.groups;
    let mut add = |strength: f32| evidence.add(Role::Byline, strength * weight);
    if groups.any(&[Group::Byline, Group::Date, Group::User]) || block.times > 0 {
        add(1.0);
    }
    if groups.has(Group::Meta) {
        add(0.3);
    }
    if cues::is_byline_start(text) {
        add(0.9);
    }
    if cues::holds_date(text) && block.measured.words <= 20.0 {
        add(0.8);
    }
}

/// What is left is told by its links and its place.
fn placement(
    blocks: &Blocks,
    index: usize,
    block: &BlockFacts,
    (first, last): (usize, usize),
    evidence: &mut Evidence,
) {
    let link_ratio = super::features::link_ratio(block);
    let words_per_link = block.measured.link_words / block.links.max(1) as f32;
    let item = blocks.container(block.item);
    if link_ratio > 0.5 {
        let row_words = item.map_or(0.0, |item| item.alike_words);
        let long = words_per_link >= 4.5 || row_words >= 6.0;
        let furniture = block.within.has(Within::NAV) || block.within.has(Within::HEADER);
        if long && !furniture {
            evidence.add(Role::Recommendation, 0.6);
        } else {
            evidence.add(Role::Navigation, 0.5);
        }
        if index > last && long && !furniture {
            evidence.add(Role::Recommendation, 0.2);
        }
    }
    if block.within.has(Within::BUTTON) && link_ratio < 0.5 {
        evidence.add(Role::Other, 0.45);
    }
    if index < first && link_ratio > 0.5 && words_per_link < 4.0 {
        evidence.add(Role::Navigation, 0.2);
    }
    if matches!(block.kind, Kind::Heading(_)) && link_ratio < 0.5 && block.measured.words < 8.0 {
        // A heading goes with what follows it.
        let next = blocks.blocks.get(index + 1);
        if next.is_some_and(|next| super::features::link_ratio(next) > 0.5) {
            evidence.add(Role::Navigation, 0.35);
        }
    }
}

/// For each block, the role that the label over its list names.
fn labels(blocks: &Blocks, content: &[bool], lowered: &[String]) -> Vec<Option<Role>> {
    let mut result = vec![None; blocks.blocks.len()];
    let mut open: Option<Label> = None;
    for (index, block) in blocks.blocks.iter().enumerate() {
        let is_content = content.get(index).copied().unwrap_or(false);
        if let Some(label) = open {
            let inside = blocks.container(label.scope).is_some_and(|scope| (index as u32) < scope.end_block);
            let level = if let Kind::Heading(level) = block.kind { level } else { 8 };
            if !inside || is_content || (level <= label.level && level < 7) {
                open = None;
            }
        }
        if is_content {
            continue;
        }
        let text = lowered.get(index).map_or("", String::as_str);
        let is_label = block.measured.words <= 8.0
            && (matches!(block.kind, Kind::Heading(_))
                || super::features::link_ratio(block) < 0.5
                || block.groups.has(Group::Title));
        let named = if is_label && !is_in_link_list(blocks, block) { cues::heading_role(text) } else { None };
        if let Some(role) = named.filter(|role| {
            matches!(role, Role::Recommendation | Role::Comment | Role::CommentForm | Role::Form)
        }) {
            let level = if let Kind::Heading(level) = block.kind { level } else { 7 };
            open = Some(Label { role, scope: scope_of(blocks, block), level });
            continue;
        }
        if let (Some(slot), Some(label)) = (result.get_mut(index), open) {
            *slot = Some(label.role);
        }
    }
    result
}

/// For each block, whether a label in the box around it says that it is advertising.
fn advert_scopes(blocks: &Blocks, lowered: &[String]) -> Vec<bool> {
    // How many boxes begin, less those that end, at each block.
    let mut changes = vec![0_i32; lowered.len() + 1];
    let most = blocks.page.sums.words * 0.2;
    for (block, text) in blocks.blocks.iter().zip(lowered) {
        if block.measured.words > 6.0 || !cues::is_advert_label(text) {
            continue;
        }
        let scope = blocks.container(scope_of(blocks, block));
        if let Some(scope) = scope.filter(|scope| scope.sums.words <= most.max(40.0)) {
            for (place, change) in [(scope.first_block, 1), (scope.end_block, -1)] {
                if let Some(count) = changes.get_mut(place as usize) {
                    *count += change;
                }
            }
        }
    }
    let mut open = 0;
    let is_within = |change| {
        open += change;
        open > 0
    };
    changes.into_iter().map(is_within).collect()
}

/// True for a block that is one of many links alike: such a block labels nothing.
fn is_in_link_list(blocks: &Blocks, block: &BlockFacts) -> bool {
    block.measured.link_words > block.measured.words * 0.5
        && blocks.container(block.item).is_some_and(|item| item.sums.blocks <= 1)
}

/// The smallest container around a label that holds more than the label's own few words.
fn scope_of(blocks: &Blocks, label: &BlockFacts) -> u32 {
    let mut index = label.container;
    while let Some(container) = blocks.container(index) {
        if container.sums.words > label.measured.words * 2.0 + 4.0 || container.parent == u32::MAX {
            return index;
        }
        index = container.parent;
    }
    index
}
