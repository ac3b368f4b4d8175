//! Evaluates the boosted trees that `training/train.py` writes.
//!
//! The trees are oblivious (Kohavi 1994; the kind that CatBoost grows): all nodes of a level ask the same question,
//! so that a leaf's number is the row of answers. Sixty-four blocks are asked each question at once, which compilers
//! turn into vector instructions; walking one block down three hundred ordinary trees takes ten times as long. What
//! all sixty-four answer alike, as neighbours in a page often do, is not asked block by block.
//!
//! A model file is little-endian: `UHM2`, the number of outputs, of features used and of trees (32 bits each), the
//! unit of the leaves (32-bit float), each output's bias (32-bit float), the used features' numbers (16 bits each);
//! then for each tree its depth (8 bits), for each level a feature (16 bits, into the used ones) and a threshold
//! (32-bit float), and for each of 2^depth leaves its value for each output (16 bits, signed, in units). A value
//! above the threshold of level `n` sets bit `n` of the leaf's number.

/// So many blocks are scored at a time: their features then stay in the cache.
pub(crate) const LANES: usize = 64;

/// One feature of so many blocks.
pub(crate) type Column = [f32; LANES];

/// The leaves of a tree of the usual depth: looking one up then needs no check of its bounds.
const USUAL_LEAVES: usize = 64;

/// Outputs of models with more than one are added so many at a time.
const GROUP: usize = 16;

/// The levels of the deepest tree that is read.
const DEEPEST: usize = 8;

/// Trees with their splits in one array and their leaves in another.
#[derive(Clone, Debug, Default)]
pub(crate) struct Model {
    /// The feature numbers that splits refer to.
    used: Vec<u16>,
    trees: Vec<Tree>,
    splits: Vec<Split>,
    /// In units, so that sums are exact whatever their order. Each leaf has `width` values.
    leaves: Vec<i16>,
    /// The number of outputs; if there are several, with zeros up to whole groups.
    width: usize,
    unit: f32,
    /// One for each output.
    biases: Vec<f32>,
}

#[derive(Clone, Copy, Debug)]
struct Tree {
    splits: (u32, u32),
    leaves: (u32, u32),
}

#[derive(Clone, Copy, Debug)]
struct Split {
    feature: u16,
    threshold: f32,
}

/// A score taken apart: the base and the contributions add up to its log odds.
#[derive(Clone, Debug)]
pub(crate) struct Explained {
    pub(crate) base: f32,
    pub(crate) contributions: Vec<Contribution>,
}

/// What one feature adds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Contribution {
    /// The feature's number in the list of names.
    pub(crate) number: usize,
    pub(crate) value: f32,
    pub(crate) contribution: f32,
}

impl Model {
    /// Reads a model file; an unreadable one gives no trees, which the tests would show.
    pub(crate) fn read(bytes: &[u8]) -> Model {
        Model::try_read(bytes).unwrap_or_default()
    }

    fn try_read(bytes: &[u8]) -> Option<Model> {
        let mut rest = bytes.strip_prefix(b"UHM2")?;
        let mut counts = [0; 3];
        for count in &mut counts {
            *count = u32::from_le_bytes(take(&mut rest)?);
        }
        let [outputs, used, trees] = counts;
        let mut model = Model { unit: f32::from_le_bytes(take(&mut rest)?), ..Model::default() };
        for _ in 0..outputs {
            model.biases.push(f32::from_le_bytes(take(&mut rest)?));
        }
        let outputs = outputs as usize;
        model.width = if outputs > 1 { outputs.next_multiple_of(GROUP) } else { outputs };
        for _ in 0..used {
            model.used.push(u16::from_le_bytes(take(&mut rest)?));
        }
        for _ in 0..trees {
            let [depth] = take(&mut rest)?;
            if usize::from(depth) > DEEPEST {
                return None;
            }
            let (first_split, first_leaf) = (model.splits.len() as u32, model.leaves.len() as u32);
            for _ in 0..depth {
                let feature = u16::from_le_bytes(take(&mut rest)?);
                model.splits.push(Split { feature, threshold: f32::from_le_bytes(take(&mut rest)?) });
            }
            for _ in 0..1 << depth {
                for _ in 0..outputs {
                    model.leaves.push(i16::from_le_bytes(take(&mut rest)?));
                }
                model.leaves.resize(model.leaves.len() + model.width - outputs, 0);
            }
            let (splits, leaves) = (model.splits.len() as u32, model.leaves.len() as u32);
            model.trees.push(Tree { splits: (first_split, splits), leaves: (first_leaf, leaves) });
        }
        Some(model)
    }

    /// The numbers of the features that the model uses, in its own order.
    pub(crate) fn used(&self) -> &[u16] {
        &self.used
    }

    /// Adds up the trees' leaves, in log odds, for blocks whose features are in the first `lanes` lanes of the columns,
    /// by their numbers: one column for each output, of which only these lanes mean anything.
    pub(crate) fn log_odds(&self, columns: &[Column], lanes: usize) -> Vec<Column> {
        let used = self.used.iter().filter_map(|&number| columns.get(usize::from(number)));
        let columns: Vec<Ranged<'_>> = used.map(|column| (column, extremes(column, lanes))).collect();
        // What trees add whose questions all lanes answer alike, and what the others add to each lane: its values for
        // one output after another, so that leaves are added as they lie.
        let (mut same, mut sums) = (vec![0_i32; self.width], vec![0_i32; self.width * LANES]);
        let mut questions = [Question { bit: 0, column: &NO_COLUMN, threshold: 0.0 }; DEEPEST];
        for tree in &self.trees {
            let leaves = self.leaves_of(tree);
            let (bits, count) = self.ask(tree, &columns, &mut questions);
            match (self.width, questions.get(..count).unwrap_or(&[])) {
                (_, []) => {
                    let leaf = leaves.iter().skip(bits as usize * self.width);
                    same.iter_mut().zip(leaf).for_each(|(sum, leaf)| *sum += i32::from(*leaf));
                }
                (1, [one]) => add_one(&mut same, &mut sums, |more| leaf(leaves, bits | more), *one),
                (1, [a, b]) => add_two(&mut same, &mut sums, |more| leaf(leaves, bits | more), *a, *b),
                (1, open) => add_each(&mut sums, leaves, &rows(bits, open)),
                (_, open) => add_groups(&mut sums, leaves, &rows(bits, open), self.width / GROUP),
            }
        }
        let odds = |(output, (bias, same)): (usize, (&f32, &i32))| {
            let mut column = [*bias; LANES];
            let sums = sums.iter().skip(output).step_by(self.width.max(1));
            for (place, sum) in column.iter_mut().zip(sums) {
                *place += (sum + same) as f32 * self.unit;
            }
            column
        };
        self.biases.iter().zip(&same).enumerate().map(odds).collect()
    }

    /// Asks a tree's questions of columns with their extremes: gives the bits of those to which all lanes say yes, and
    /// writes down those that they answer differently and how many these are.
    fn ask<'a>(
        &self,
        tree: &Tree,
        columns: &[Ranged<'a>],
        questions: &mut [Question<'a>; DEEPEST],
    ) -> (u32, usize) {
        let (mut bits, mut count) = (0, 0);
        for (level, split) in self.splits_of(tree).iter().enumerate() {
            let Some((column, (least, most))) = columns.get(usize::from(split.feature)) else { continue };
            let bit = 1_u32 << level;
            if *least > split.threshold {
                bits |= bit;
            } else if *most > split.threshold
                && let Some(place) = questions.get_mut(count)
            {
                *place = Question { bit, column, threshold: split.threshold };
                count += 1;
            }
        }
        (bits, count)
    }

    fn splits_of(&self, tree: &Tree) -> &[Split] {
        self.splits.get(tree.splits.0 as usize..tree.splits.1 as usize).unwrap_or(&[])
    }

    fn leaves_of(&self, tree: &Tree) -> &[i16] {
        self.leaves.get(tree.leaves.0 as usize..tree.leaves.1 as usize).unwrap_or(&[])
    }

    /// How much each used feature moves the first output for the block in a lane, and what it is without any: the
    /// differences of the mean leaf from level to level (Saabas 2014). They add up to [`Model::log_odds`].
    pub(crate) fn contributions(&self, columns: &[Column], lane: usize) -> Explained {
        let value_of = |feature: usize| {
            let column = self.used.get(feature).and_then(|&number| columns.get(usize::from(number)));
            column.and_then(|column| column.get(lane)).copied().unwrap_or(0.0)
        };
        let mut sums = vec![0.0_f32; self.used.len()];
        let mut base = self.biases.first().copied().unwrap_or(0.0);
        let outputs = self.width.max(1);
        for tree in &self.trees {
            let leaves = self.leaves_of(tree);
            let mut known = 0;
            let mut mean = self.mean(leaves, outputs, 0);
            base += mean;
            for (level, split) in self.splits_of(tree).iter().enumerate() {
                let feature = usize::from(split.feature);
                known |= usize::from(value_of(feature) > split.threshold) << level;
                let next = self.mean(leaves, outputs << (level + 1), known * outputs);
                if let Some(sum) = sums.get_mut(feature) {
                    *sum += next - mean;
                }
                mean = next;
            }
        }
        let contributions = self.used.iter().enumerate().zip(sums).map(|((at, &number), contribution)| {
            Contribution { number: number.into(), value: value_of(at), contribution }
        });
        Explained { base, contributions: contributions.collect() }
    }

    /// The mean of every `step`-th leaf from `first` on.
    fn mean(&self, leaves: &[i16], step: usize, first: usize) -> f32 {
        let (mut sum, mut count) = (0_i32, 0);
        for &leaf in leaves.iter().skip(first).step_by(step) {
            sum += i32::from(leaf);
            count += 1;
        }
        if count > 0 { sum as f32 * self.unit / count as f32 } else { 0.0 }
    }
}

/// A column with its least and its greatest value.
type Ranged<'a> = (&'a Column, (f32, f32));

/// Is a lane's value above the threshold? If so, its leaf has the bit.
#[derive(Clone, Copy)]
struct Question<'a> {
    bit: u32,
    column: &'a Column,
    threshold: f32,
}

/// Stands where there is no question.
static NO_COLUMN: Column = [0.0; LANES];

/// The number of the leaf that each lane comes to, which has the bits of `same` in any case.
fn rows(same: u32, questions: &[Question<'_>]) -> [u32; LANES] {
    // As wide as the features, so that comparing and setting a bit need no packing.
    let mut rows = [same; LANES];
    // By value: a loop that has to look something up for each lane is not turned into vector instructions.
    for &Question { bit, column, threshold } in questions {
        for (row, value) in rows.iter_mut().zip(column) {
            *row |= if *value > threshold { bit } else { 0 };
        }
    }
    rows
}

/// A leaf of a model with one output.
fn leaf(leaves: &[i16], row: u32) -> i32 {
    leaves.get(row as usize).copied().unwrap_or(0).into()
}

/// Adds to each lane the leaf that it comes to, of a model with one output and where it hangs on one question: no leaf
/// has to be looked up.
fn add_one(same: &mut [i32], sums: &mut [i32], leaf: impl Fn(u32) -> i32, asked: Question<'_>) {
    let (no, yes) = (leaf(0), leaf(asked.bit));
    same.iter_mut().for_each(|sum| *sum += no);
    let more = yes - no;
    for (sum, value) in sums.iter_mut().zip(asked.column) {
        *sum += if *value > asked.threshold { more } else { 0 };
    }
}

/// The same for two questions.
fn add_two(same: &mut [i32], sums: &mut [i32], leaf: impl Fn(u32) -> i32, a: Question<'_>, b: Question<'_>) {
    let [none, first, second, both] = [0, a.bit, b.bit, a.bit | b.bit].map(leaf);
    same.iter_mut().for_each(|sum| *sum += none);
    let both = both - first - second + none;
    let (first, second) = (first - none, second - none);
    for ((sum, in_a), in_b) in sums.iter_mut().zip(a.column).zip(b.column) {
        let (in_a, in_b) = (*in_a > a.threshold, *in_b > b.threshold);
        *sum += if in_a { first } else { 0 };
        *sum += if in_b { second } else { 0 };
        *sum += if in_a & in_b { both } else { 0 };
    }
}

/// Adds to each lane the leaf that it comes to, of a model with one output.
fn add_each(sums: &mut [i32], leaves: &[i16], rows: &[u32; LANES]) {
    if let Ok(leaves) = <&[i16; USUAL_LEAVES]>::try_from(leaves) {
        for (sum, row) in sums.iter_mut().zip(rows) {
            *sum += i32::from(leaves.get(*row as usize % USUAL_LEAVES).copied().unwrap_or(0));
        }
    } else {
        for (sum, row) in sums.iter_mut().zip(rows) {
            *sum += i32::from(leaves.get(*row as usize).copied().unwrap_or(0));
        }
    }
}

/// Adds to each lane the leaf that it comes to, of as many groups of values.
fn add_groups(sums: &mut [i32], leaves: &[i16], rows: &[u32; LANES], groups: usize) {
    let (leaves, sums) = (leaves.as_chunks::<GROUP>().0, sums.as_chunks_mut::<GROUP>().0);
    for (sums, row) in sums.chunks_exact_mut(groups.max(1)).zip(rows) {
        for (sums, leaves) in sums.iter_mut().zip(leaves.iter().skip(*row as usize * groups)) {
            for (sum, leaf) in sums.iter_mut().zip(leaves) {
                *sum += i32::from(*leaf);
            }
        }
    }
}

/// The least and the greatest of a column's first lanes. Features are numbers: none of them is NaN.
fn extremes(column: &Column, lanes: usize) -> (f32, f32) {
    // Eight at a time, for the sake of vector instructions.
    let (mut least, mut most) = ([f32::INFINITY; 8], [f32::NEG_INFINITY; 8]);
    let (parts, rest) = column.get(..lanes).unwrap_or(column).as_chunks::<8>();
    for part in parts {
        widen(&mut least, &mut most, part);
    }
    if let Some(&first) = rest.first() {
        let mut part = [first; 8];
        part.iter_mut().zip(rest).for_each(|(place, value)| *place = *value);
        widen(&mut least, &mut most, &part);
    }
    (least.into_iter().fold(f32::INFINITY, smaller), most.into_iter().fold(f32::NEG_INFINITY, larger))
}

fn widen(least: &mut [f32; 8], most: &mut [f32; 8], part: &[f32; 8]) {
    least.iter_mut().zip(part).for_each(|(least, value)| *least = smaller(*least, *value));
    most.iter_mut().zip(part).for_each(|(most, value)| *most = larger(*most, *value));
}

/// As one instruction has it, which `f32::min` with its care for NaN is not.
fn smaller(a: f32, b: f32) -> f32 {
    if a < b { a } else { b }
}

fn larger(a: f32, b: f32) -> f32 {
    if a > b { a } else { b }
}

fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (head, tail) = rest.split_first_chunk()?;
    *rest = tail;
    Some(*head)
}

/// From log odds to a probability.
pub(crate) fn sigmoid(log_odds: f32) -> f32 {
    1.0 / (1.0 + (-log_odds).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two features (numbers 3 and 1), one tree of both and one of the second, in units of a half, bias 0.25.
    fn file() -> Vec<u8> {
        let mut file = b"UHM2".to_vec();
        for count in [1_u32, 2, 2] {
            file.extend(count.to_le_bytes());
        }
        file.extend(0.5_f32.to_le_bytes());
        file.extend(0.25_f32.to_le_bytes());
        file.extend([3_u16, 1].map(u16::to_le_bytes).concat());
        let split =
            |feature: u16, threshold: f32| [&feature.to_le_bytes()[..], &threshold.to_le_bytes()].concat();
        file.push(2);
        file.extend(split(0, 10.0));
        file.extend(split(1, 0.5));
        file.extend([2_i16, 4, -6, 8].map(i16::to_le_bytes).concat());
        file.push(1);
        file.extend(split(1, 2.0));
        file.extend([0_i16, 100].map(i16::to_le_bytes).concat());
        file
    }

    fn columns(values: &[[f32; 2]]) -> Vec<Column> {
        let mut columns = vec![[0.0; LANES]; 4];
        for (lane, value) in values.iter().enumerate() {
            columns[3][lane] = value[0];
            columns[1][lane] = value[1];
        }
        columns
    }

    #[test]
    fn a_leaf_is_the_row_of_answers() {
        let model = Model::read(&file());
        assert_eq!(model.used(), [3, 1]);
        // A value on the threshold is not above it.
        let columns = columns(&[[10.0, 0.5], [11.0, 0.5], [0.0, 0.6], [11.0, 3.0]]);
        let odds = model.log_odds(&columns, 4);
        assert_eq!(odds[0][..4], [1.25, 2.25, -2.75, 54.25]);
        // Lanes that are not asked for change nothing, however many there are.
        for lanes in 1..=4 {
            assert_eq!(model.log_odds(&columns, lanes)[0][..lanes], odds[0][..lanes]);
        }
    }

    #[test]
    fn contributions_add_up() {
        let model = Model::read(&file());
        let columns = columns(&[[11.0, 3.0], [0.0, 0.6]]);
        for lane in 0..2 {
            let explained = model.contributions(&columns, lane);
            let sum: f32 = explained.contributions.iter().map(|one| one.contribution).sum();
            assert_eq!(explained.base + sum, model.log_odds(&columns, 2)[0][lane]);
            assert_eq!(explained.contributions[0].number, 3);
        }
    }

    #[test]
    fn a_broken_file_is_no_model() {
        let file = file();
        for end in 0..file.len() {
            assert!(Model::try_read(&file[..end]).is_none(), "{end}");
        }
    }
}
