//! Where a node stands, as people and other programs write it.

use std::collections::HashMap;
use std::fmt::Write as _;

use foldhash::fast::RandomState;

use super::Document;
use super::arena::Arena;
use super::node::NodeId;

impl Document {
    /// A node's place as `/html/body/div[2]/p[3]`. A number stands where siblings share the name; `…` stands for
    /// the outer part of a path of more than 64 steps.
    pub(crate) fn path_of(&self, id: NodeId) -> String {
        let numbers = self.numbers.get_or_init(|| numbers(&self.arena));
        let (mut steps, mut is_whole) = (Vec::with_capacity(MAX_PATH_STEPS), true);
        let mut next = Some(id);
        while let Some((id, node)) = next.and_then(|id| Some((id, self.arena.get(id)?))) {
            let Some(element) = node.element() else { break };
            if steps.len() == MAX_PATH_STEPS {
                is_whole = false;
                break;
            }
            steps.push((self.arena.local_name(element), numbers.get(id.index()).copied().unwrap_or(0)));
            next = node.parent.some();
        }
        let mut path = String::with_capacity(steps.len() * 8);
        if !is_whole {
            path.push('…');
        }
        for (name, number) in steps.into_iter().rev() {
            path.push('/');
            push_shown(name, &mut path);
            if number > 0 {
                // Writing to a string does not fail.
                let _ = write!(path, "[{number}]");
            }
        }
        path
    }
}

/// Adds an element's name as paths have it: any character may stand in a name, and it may be as long as the page.
fn push_shown(name: &str, path: &mut String) {
    const LONGEST: usize = 40;
    if name.len() <= LONGEST && name.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        path.push_str(name);
    } else {
        let shown = |c: char| if c.is_alphanumeric() || "-_.:".contains(c) { c } else { '_' };
        path.extend(name.chars().take(LONGEST).map(shown));
    }
}

/// So many steps of a path are written.
const MAX_PATH_STEPS: usize = 64;

fn numbers(arena: &Arena) -> Vec<u32> {
    let mut numbers = vec![0; arena.len()];
    for parent in (0..arena.len()).map(NodeId::from_index) {
        let mut seen: HashMap<&str, (NodeId, u32), RandomState> = HashMap::default();
        for child in arena.children(parent) {
            let Some(element) = arena.get(child).and_then(|node| node.element()) else { continue };
            let (first, count) = seen.entry(arena.local_name(element)).or_insert((child, 0));
            *count += 1;
            // The first gets its number when there is a second.
            for (id, number) in [(*first, 1), (child, *count)].into_iter().skip(usize::from(*count < 2) * 2) {
                if let Some(slot) = numbers.get_mut(id.index()) {
                    *slot = number;
                }
            }
        }
    }
    numbers
}
