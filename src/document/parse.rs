//! Drives tokenizer and tree builder over a page, and over what its `noscript` elements hold.

use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts, TreeSink};
use html5ever::{QualName, TokenizerResult, local_name, ns};

use super::arena::Arena;
use super::filter::{FREE_STEPS, Filter};
use super::limits::{Limit, ParseLimits, Truncation};
use super::node::{Data, NodeId};
use super::sink::{Handle, Keep, Sink};
use super::tokenizer;

/// The longest page that is read. Places in the text are 32 bits wide, and the standard has the parser copy some.
const MAX_BYTES: usize = 1 << 30;

/// What came of a parse.
pub(crate) struct Parsed {
    pub(crate) arena: Arena,
    /// How many elements stood deeper than the cap and became siblings.
    pub(crate) flattened: usize,
    /// The limit at which reading ended.
    pub(crate) stopped: Option<Truncation>,
    /// Bytes of the longest attribute that was left out.
    pub(crate) long_attribute: usize,
    /// The `noscript` elements, whose text is yet to be parsed.
    noscripts: Vec<NodeId>,
    steps: u64,
    /// How many more are free.
    free_steps: u64,
}

impl Parsed {
    pub(super) fn new(arena: Arena, noscripts: Vec<NodeId>, long_attribute: usize) -> Parsed {
        Parsed {
            arena,
            flattened: 0,
            stopped: None,
            long_attribute,
            noscripts,
            steps: 0,
            free_steps: FREE_STEPS,
        }
    }
}

/// Parses a page.
pub(crate) fn parse(html: &str, keep: Keep, limits: ParseLimits) -> Parsed {
    let read = floor_char_boundary(html, MAX_BYTES);
    let sink =
        Sink::new(Arena::with_capacity(read.len()), NodeId::ROOT, keep, limits.attribute_bytes, read.len());
    let builder =
        TreeBuilder::new(sink, TreeBuilderOpts { drop_doctype: false, ..TreeBuilderOpts::default() });
    let mut parsed = run(builder, read, keep, limits, FREE_STEPS);
    if read.len() < html.len() && parsed.stopped.is_none() {
        let (allowed, actual) = (MAX_BYTES as u64, html.len() as u64);
        parsed.stopped = Some(Truncation::new(Limit::InputBytes, allowed, actual, Some(read.len())));
    }
    if keep == Keep::Needed {
        parsed = parse_noscripts(parsed, limits);
    }
    parsed.arena.shrink();
    parsed
}

/// As much of a text as fits into `bytes`.
pub(crate) fn floor_char_boundary(text: &str, bytes: usize) -> &str {
    let mut end = text.len().min(bytes);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or(text)
}

/// Parses the contents of all `noscript` elements.
pub(super) fn parse_noscripts(mut parsed: Parsed, limits: ParseLimits) -> Parsed {
    for noscript in std::mem::take(&mut parsed.noscripts) {
        if parsed.stopped.is_some() {
            break;
        }
        parsed = parse_noscript(parsed, noscript, limits);
    }
    parsed
}

/// Parses the raw text of a `noscript` as what it would be without scripting, and puts it in its place.
///
/// The page itself is parsed with scripting on, as browsers do, so that an unclosed element in a `noscript` cannot
/// swallow what follows it.
fn parse_noscript(mut before: Parsed, noscript: NodeId, limits: ParseLimits) -> Parsed {
    let arena = &mut before.arena;
    let child = arena.get(noscript).map_or(NodeId::NONE, |node| node.first_child);
    let raw = match arena.get(child).map(|node| &node.data) {
        Some(Data::Text(span)) => arena.str(*span).to_owned(),
        _ => return before,
    };
    if !raw.contains('<') {
        return before;
    }
    while let Some(child) = arena.first_child(noscript) {
        arena.detach(child);
    }
    let root = arena.push(Data::Document, arena.get(noscript).map_or(0, |node| node.line));
    let sink = Sink::new(before.arena, root, Keep::Needed, limits.attribute_bytes, 0);
    let context = html5ever::tree_builder::create_element(
        &sink,
        QualName::new(None, ns!(html), local_name!("div")),
        Vec::new(),
    );
    let options = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let builder = TreeBuilder::new_for_fragment(sink, context, None, options);
    let limits = ParseLimits { steps: limits.steps.saturating_sub(before.steps), ..limits };
    let mut parsed = run(builder, &raw, Keep::Needed, limits, before.free_steps);
    let html = parsed.arena.get(root).map_or(NodeId::NONE, |node| node.first_child);
    parsed.arena.move_children(html, noscript);
    // Where in the `noscript` reading ended says nothing about the page.
    parsed.stopped = parsed.stopped.map(Truncation::without_place);
    parsed.flattened += before.flattened;
    parsed.long_attribute = parsed.long_attribute.max(before.long_attribute);
    parsed.steps += before.steps;
    parsed
}

fn run(
    builder: TreeBuilder<Handle, Sink>,
    html: &str,
    keep: Keep,
    limits: ParseLimits,
    free_steps: u64,
) -> Parsed {
    let filter = Filter::new(builder, limits, free_steps);
    let filter = match keep {
        Keep::Needed => {
            tokenizer::run(html, &filter);
            filter
        }
        Keep::Everything => by_html5ever(filter, html),
    };
    let (stopped, flattened, tokens) = (filter.stopped.get(), filter.flattened(), filter.tokens());
    let free_steps = filter.steps_left();
    let sink = filter.builder.sink.finish();
    let steps = sink.steps.get() + tokens;
    let (noscripts, long_attribute) = (sink.noscripts.into_inner(), sink.long_attribute.get());
    Parsed {
        flattened,
        stopped,
        steps,
        free_steps,
        ..Parsed::new(sink.arena.into_inner(), noscripts, long_attribute)
    }
}

/// Reads a page with html5ever's own tokenizer.
fn by_html5ever(filter: Filter, html: &str) -> Filter {
    let input = BufferQueue::default();
    // This tokenizer does not tell where it is; the page counts as read.
    filter.builder.sink.at.set(html.len());
    let tokenizer = Tokenizer::new(filter, TokenizerOpts::default());
    input.push_back(StrTendril::from(html));
    // It pauses at each script and each charset declaration; neither means anything here.
    while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
    tokenizer.end();
    tokenizer.sink
}
