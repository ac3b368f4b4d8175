//! The programming language of preformatted text, as highlighters note it in classes.

use html5ever::{LocalName, local_name};

use crate::document::{Arena, NodeId, Tag};

/// How many elements around the `pre` may carry the note.
const ANCESTORS: usize = 3;

/// Longer class attributes are not searched: an ancestor's would be searched again for each `pre` in it.
const LONGEST_CLASS: usize = 512;

/// The language of a `pre`, empty where the page does not tell it.
pub(super) fn of(arena: &Arena, pre: NodeId) -> &str {
    let code = arena.children(pre).take(4).find(|&id| {
        arena.get(id).and_then(|node| node.element()).is_some_and(|element| element.tag == Tag::Code)
    });
    let own = [code, Some(pre)].into_iter().flatten();
    if let Some(language) = own.into_iter().find_map(|id| noted(arena, id, false)) {
        return language;
    }
    let parent = |id: NodeId| arena.get(id).and_then(|node| node.parent.some());
    let mut around = std::iter::successors(parent(pre), |&id| parent(id)).take(ANCESTORS);
    around.find_map(|id| noted(arena, id, true)).unwrap_or("")
}

/// What an element's attributes say. A box around the code is believed only if it says that it highlights: others
/// may speak of human languages.
fn noted(arena: &Arena, id: NodeId, only_highlighters: bool) -> Option<&str> {
    let class =
        arena.attr(id, &local_name!("class")).filter(|class| class.len() <= LONGEST_CLASS).unwrap_or("");
    if only_highlighters && !class.contains("highlight") && !class.contains("sourceCode") {
        return None;
    }
    let name = class_name(class).filter(|name| is_language(name));
    let name = name.or_else(|| {
        let attrs = ["data-lang", "data-language"].map(LocalName::from);
        attrs.iter().filter_map(|name| arena.attr(id, name)).find(|language| is_language(language))
    });
    // What highlighters call code that they are to leave alone.
    let is_none =
        |name: &str| matches!(name, "none" | "undefined" | "auto" | "default" | "nohighlight" | "plain");
    name.map(|name| if is_none(name) { "" } else { name })
}

/// The language among the names of a class: behind a prefix, or as the name after that of a highlighter.
fn class_name(class: &str) -> Option<&str> {
    let prefixes = ["language-", "lang-", "highlight-source-", "highlight-text-", "brush:", "highlight-"];
    let mut names =
        class.split(|c: char| c.is_ascii_whitespace() || c == ';').filter(|name| !name.is_empty());
    let mut after = None;
    while let Some(name) = names.next() {
        let rest = prefixes.iter().find_map(|prefix| name.strip_prefix(prefix));
        match rest {
            Some("") => return names.next(),
            Some(rest) => return Some(rest),
            None => {}
        }
        if matches!(name, "sourceCode" | "hljs" | "syntaxhighlighter") && after.is_none() {
            after = names.clone().next();
        }
    }
    after
}

/// A name that can stand in any of the output forms as it is.
fn is_language(name: &str) -> bool {
    (1..=40).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-#._".contains(&byte))
}
