//! Evaluates the boosted trees that `training/train.py` writes.
//!
//! A model file is little-endian: `UHM1`, the number of features used, of trees, and of nodes; the used features'
//! numbers (16 bits each); for each tree the index of its first node (32 bits); for each node a feature (16 bits,
//! into the used ones; all ones for a leaf), the distance from the node to its right child (16 bits; the left child
//! is the next node) and a threshold or a leaf's value (32-bit float). A value not above the threshold goes left.

/// Trees with their nodes in one array.
#[derive(Clone, Debug)]
pub(crate) struct Model {
    /// The feature numbers that nodes refer to.
    used: Vec<u16>,
    roots: Vec<u32>,
    nodes: Vec<Node>,
}

#[derive(Clone, Copy, Debug)]
struct Node {
    feature: u16,
    right: u16,
    value: f32,
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

const LEAF: u16 = u16::MAX;

impl Model {
    /// Reads a model file; an unreadable one gives no trees, which the tests would show.
    pub(crate) fn read(bytes: &[u8]) -> Model {
        Model::try_read(bytes).unwrap_or(Model { used: Vec::new(), roots: Vec::new(), nodes: Vec::new() })
    }

    /// Reads several models, each behind its length in bytes (32 bits).
    pub(crate) fn read_many(bytes: &[u8]) -> Vec<Model> {
        let mut rest = bytes;
        let mut models = Vec::new();
        while let Some(length) = take(&mut rest) {
            let Some((model, more)) = rest.split_at_checked(u32::from_le_bytes(length) as usize) else {
                break;
            };
            models.push(Model::read(model));
            rest = more;
        }
        models
    }

    fn try_read(bytes: &[u8]) -> Option<Model> {
        let mut rest = bytes.strip_prefix(b"UHM1")?;
        let mut counts = [0_usize; 3];
        for count in &mut counts {
            *count = u32::from_le_bytes(take(&mut rest)?) as usize;
        }
        let [used, trees, nodes] = counts;
        let used = (0..used).map(|_| take(&mut rest).map(u16::from_le_bytes)).collect::<Option<_>>()?;
        let roots = (0..trees).map(|_| take(&mut rest).map(u32::from_le_bytes)).collect::<Option<_>>()?;
        let nodes = (0..nodes)
            .map(|_| {
                let feature = u16::from_le_bytes(take(&mut rest)?);
                let right = u16::from_le_bytes(take(&mut rest)?);
                Some(Node { feature, right, value: f32::from_le_bytes(take(&mut rest)?) })
            })
            .collect::<Option<_>>()?;
        Some(Model { used, roots, nodes })
    }

    /// Picks the features that the model uses, in its own order.
    pub(crate) fn pick(&self, features: &[f32], into: &mut Vec<f32>) {
        into.clear();
        into.extend(self.used.iter().map(|&feature| features.get(feature as usize).copied().unwrap_or(0.0)));
    }

    /// The sum of the trees' leaves, in log odds, for picked features.
    pub(crate) fn log_odds(&self, picked: &[f32]) -> f32 {
        self.roots.iter().map(|&root| self.leaf(root as usize, picked)).sum()
    }

    fn leaf(&self, root: usize, picked: &[f32]) -> f32 {
        let mut at = root;
        // Each step goes forward, so that the walk ends.
        while let Some(node) = self.nodes.get(at) {
            if node.feature == LEAF {
                return node.value;
            }
            let value = picked.get(node.feature as usize).copied().unwrap_or(0.0);
            at += if value <= node.value { 1 } else { usize::from(node.right.max(1)) };
        }
        0.0
    }

    /// How much each feature (by its number in the full list) moves the score, and the score without any: the
    /// differences of the expected value along each tree's path (Saabas 2014). They add up to [`Model::log_odds`].
    pub(crate) fn contributions(&self, picked: &[f32]) -> Explained {
        let means = self.means();
        let mut sums = vec![0.0_f32; self.used.len()];
        let mut bias = 0.0;
        for &root in &self.roots {
            let mut at = root as usize;
            let mut mean = means.get(at).copied().unwrap_or(0.0);
            bias += mean;
            while let Some(node) = self.nodes.get(at).filter(|node| node.feature != LEAF) {
                let value = picked.get(node.feature as usize).copied().unwrap_or(0.0);
                at += if value <= node.value { 1 } else { usize::from(node.right.max(1)) };
                let next = means.get(at).copied().unwrap_or(0.0);
                if let Some(sum) = sums.get_mut(node.feature as usize) {
                    *sum += next - mean;
                }
                mean = next;
            }
        }
        let contributions = self
            .used
            .iter()
            .zip(picked.iter().zip(sums))
            .map(|(&number, (&value, contribution))| Contribution {
                number: number.into(),
                value,
                contribution,
            })
            .collect();
        Explained { base: bias, contributions }
    }

    /// For each node the plain mean of its children's means. Children stand behind their parents.
    fn means(&self) -> Vec<f32> {
        let mut means = vec![0.0_f32; self.nodes.len()];
        for (at, node) in self.nodes.iter().enumerate().rev() {
            let mean = if node.feature == LEAF {
                node.value
            } else {
                let child = |step: usize| means.get(at + step).copied().unwrap_or(0.0);
                (child(1) + child(usize::from(node.right))) / 2.0
            };
            if let Some(slot) = means.get_mut(at) {
                *slot = mean;
            }
        }
        means
    }
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
