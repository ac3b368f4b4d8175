//! The one deliberate door for a dependency's type: programs that already hold an `RcDom` need not parse again.

use html5ever::tree_builder::ElementFlags;
use html5ever::tree_builder::TreeSink;
use markup5ever_rcdom::{Handle as RcHandle, NodeData, RcDom};

use super::arena::Arena;
use super::limits::{Limit, ParseLimits, Truncation};
use super::node::{Data, NodeId};
use super::parse::{Parsed, parse_noscripts};
use super::sink::{Handle, Keep, Sink};

/// Copies the tree into an arena, keeping what [`Keep::Needed`] keeps. As in a page that is parsed, what stands in
/// elements deeper than the cap goes behind them, and what comes after so many nodes stays out.
pub(super) fn copy(dom: &RcDom, limits: ParseLimits) -> Parsed {
    let sink = Sink::new(Arena::with_capacity(0), NodeId::ROOT, Keep::Needed, limits.attribute_bytes, 0);
    let root = sink.get_document();
    let (mut flattened, mut stopped) = (0, None);
    // An explicit stack of (node, parent): foreign trees may be of any depth.
    let mut stack: Vec<(RcHandle, Handle)> = Vec::new();
    push_children(&mut stack, &dom.document, &root);
    while let Some((node, parent)) = stack.pop() {
        let nodes = sink.arena.borrow().len();
        if nodes > limits.nodes {
            stopped = Some(Truncation::new(Limit::Nodes, limits.nodes as u64, nodes as u64, None));
            break;
        }
        if let Some(copy) = copy_node(&sink, &node, &parent, &mut stack) {
            let is_deep = is_too_deep(&sink, &copy, limits.depth);
            flattened += usize::from(is_deep);
            push_children(&mut stack, &node, if is_deep { &parent } else { &copy });
        }
    }
    let mut parsed = Parsed::new(sink.arena.into_inner(), sink.noscripts.take(), sink.long_attribute.get());
    (parsed.flattened, parsed.stopped) = (flattened, stopped);
    let mut parsed = parse_noscripts(parsed, limits);
    parsed.arena.shrink();
    parsed
}

fn push_children(stack: &mut Vec<(RcHandle, Handle)>, node: &RcHandle, copy: &Handle) {
    let children = node.children.borrow();
    stack.extend(children.iter().rev().map(|child| (child.clone(), copy.clone())));
}

/// True for an element beyond the cap. One that is void holds nothing and counts for nothing.
fn is_too_deep(sink: &Sink, copy: &Handle, cap: u16) -> bool {
    let arena = sink.arena.borrow();
    let node = arena.get(copy.id).filter(|node| node.depth > cap);
    node.and_then(|node| node.element()).is_some_and(|element| !element.tag.is_void())
}

/// Copies a node; gives the copy of an element, whose children are yet to come. Those of a template go on the stack.
fn copy_node(
    sink: &Sink,
    node: &RcHandle,
    parent: &Handle,
    stack: &mut Vec<(RcHandle, Handle)>,
) -> Option<Handle> {
    match &node.data {
        NodeData::Document => {}
        NodeData::Doctype { .. } => {
            let mut arena = sink.arena.borrow_mut();
            let id = arena.push(Data::Doctype, 0);
            arena.append(parent.id, id);
        }
        NodeData::Comment { contents } => {
            let copy = sink.create_comment(contents.clone());
            sink.arena.borrow_mut().append(parent.id, copy.id);
        }
        NodeData::ProcessingInstruction { .. } => {
            let mut arena = sink.arena.borrow_mut();
            let id = arena.push(Data::Instruction, 0);
            arena.append(parent.id, id);
        }
        NodeData::Text { contents } => sink.arena.borrow_mut().append_text(parent.id, &contents.borrow(), 0),
        NodeData::Element { name, attrs, template_contents, .. } => {
            let mut flags = ElementFlags::default();
            let contents = template_contents.borrow();
            flags.template = contents.is_some();
            let copy = sink.create_element(name.clone(), attrs.borrow().clone(), flags);
            sink.arena.borrow_mut().append(parent.id, copy.id);
            if let Some(contents) = contents.as_ref() {
                push_children(stack, contents, &sink.get_template_contents(&copy));
            }
            return Some(copy);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use html5ever::tendril::TendrilSink as _;

    use super::*;

    #[test]
    fn a_tree_of_too_many_nodes_ends_where_a_page_would() {
        let html = "<p>Owls sleep.</p><p>Owls hunt.</p><p>Owls nest.</p>";
        let dom = html5ever::parse_document(RcDom::default(), html5ever::ParseOpts::default()).one(html);
        let copied = |nodes| copy(&dom, ParseLimits { nodes, ..ParseLimits::default() });
        let whole = copied(10);
        assert!(whole.stopped.is_none());
        let cut = copied(7);
        let limit = cut.stopped.map(|stopped| (stopped.limit(), stopped.allowed(), stopped.actual()));
        assert_eq!((cut.arena.len(), limit), (8, Some((Limit::Nodes, 7, 8))));
    }
}
