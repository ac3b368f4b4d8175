//! The tree as text, for comparison with other parsers' trees.

use std::fmt::Write as _;

use super::arena::Arena;
use super::node::{Data, NodeId};

/// One line a node, indented by depth; template contents stand below their element, behind a line `content`.
pub(super) fn dump(arena: &Arena) -> String {
    let mut out = String::new();
    // An explicit stack: pages nest deeper than threads have stack.
    let mut stack = vec![(NodeId::ROOT, 0_usize)];
    while let Some((id, depth)) = stack.pop() {
        let Some(node) = arena.get(id) else { continue };
        let indent = "  ".repeat(depth.min(64));
        match &node.data {
            Data::Document => {
                let _ = writeln!(out, "{indent}content");
            }
            Data::Doctype => {
                let _ = writeln!(out, "{indent}doctype");
            }
            Data::Comment(span) => {
                let _ = writeln!(out, "{indent}comment {:?}", arena.str(*span));
            }
            Data::Instruction => {
                let _ = writeln!(out, "{indent}instruction");
            }
            Data::Text(span) => {
                let _ = writeln!(out, "{indent}text {:?}", arena.str(*span));
            }
            Data::Element(element) => {
                let _ =
                    write!(out, "{indent}<{:?} {}", &*arena.namespace(element), arena.local_name(element));
                for attr in arena.attrs_of(id) {
                    let _ = write!(out, " {}={:?}", attr.local, arena.str(attr.value));
                }
                let _ = writeln!(out, ">");
                if let Some(template) = arena.template_of(id) {
                    stack.push((template, depth + 1));
                }
            }
        }
        stack.extend(arena.children_reversed(id).map(|child| (child, depth + 1)));
    }
    out
}
