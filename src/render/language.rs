//! The programming language of preformatted text, as highlighters note it in classes.
//!
//! Most put a prefix in front of its name. Others have the bare name among their classes, where a name counts only if
//! it can be nothing else.

use html5ever::{LocalName, local_name};

use crate::document::{Arena, NodeId, Tag};

/// How many elements around the `pre` may carry the note.
const ANCESTORS: usize = 3;

/// The same in a table, which has the numbers of the lines in another cell.
const ANCESTORS_IN_TABLE: usize = 6;

/// Longer class attributes are not searched: an ancestor's would be searched again for each `pre` in it.
const LONGEST_CLASS: usize = 512;

/// The language of a `pre`, empty where the page does not tell it.
pub(super) fn of(arena: &Arena, pre: NodeId) -> &str {
    let code = arena.children(pre).take(4).find(|&id| arena.tag_of(id) == Some(Tag::Code));
    let own = [code, Some(pre)].into_iter().flatten();
    if let Some(language) = own.into_iter().find_map(|id| noted(arena, id, false)) {
        return language;
    }
    let in_cell = arena.parent(pre).is_some_and(|id| arena.tag_of(id) == Some(Tag::Td));
    let reach = if in_cell { ANCESTORS_IN_TABLE } else { ANCESTORS };
    arena.ancestors(pre).take(reach).find_map(|id| noted(arena, id, true)).unwrap_or("")
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
        let attrs = ["data-lang", "data-language", "data-enlighter-language", "data-code-block-lang"];
        let attrs = attrs.map(LocalName::from);
        attrs.iter().filter_map(|name| arena.attr(id, name)).find(|language| is_language(language))
    });
    let name = name.or_else(|| bare_name(class, only_highlighters));
    // Meant for human languages, of which some have such names.
    let name = name
        .or_else(|| arena.attr(id, &local_name!("lang")).filter(|name| name.len() > 2 && is_certain(name)));
    // What highlighters call code that they are to leave alone.
    let is_none =
        |name: &str| matches!(name, "none" | "undefined" | "auto" | "default" | "nohighlight" | "plain");
    name.map(|name| if is_none(name) { "" } else { name })
}

/// The language among the names of a class: behind a prefix, or as the name after that of a highlighter.
fn class_name(class: &str) -> Option<&str> {
    let prefixes = [
        "language-",
        "language:",
        "lang-",
        "lang:",
        "highlight-source-",
        "highlight-text-",
        "mw-highlight-lang-",
        "brush:",
        "highlight-",
    ];
    let mut names = names(class);
    let mut after = None;
    while let Some(name) = names.next() {
        let rest = prefixes.iter().find_map(|prefix| name.strip_prefix(prefix));
        match rest {
            Some("") => return names.next(),
            Some(rest) => return Some(rest),
            None => {}
        }
        let next = || names.clone().next();
        if matches!(name, "sourceCode" | "hljs" | "syntaxhighlighter") && after.is_none() {
            after = next();
        }
        // Emacs says `src src-python`.
        if name == "src"
            && let Some(language) = next().and_then(|next| next.strip_prefix("src-"))
        {
            return Some(language);
        }
        if name == "highlight" && after.is_none() {
            after = next().filter(|next| is_certain(next) || SHORT.contains(next));
        }
    }
    after
}

/// A name among those of a class, or the end of one, that can be nothing but a language's; of the code itself also its
/// only class.
fn bare_name(class: &str, around: bool) -> Option<&str> {
    let ends = names(class).filter_map(|name| name.rsplit(['-', ':']).next());
    let certain = names(class).chain(ends).find(|name| is_certain(name));
    certain.or_else(|| Some(class.trim()).filter(|class| !around && SHORT.contains(class)))
}

fn names(class: &str) -> impl Iterator<Item = &str> + Clone {
    /// So many names of a class are looked at.
    const MOST: usize = 24;
    class.split(|c: char| c.is_ascii_whitespace() || c == ';').filter(|name| !name.is_empty()).take(MOST)
}

fn is_certain(name: &str) -> bool {
    CERTAIN.binary_search(&name).is_ok()
}

/// A name that can stand in any of the output forms as it is.
fn is_language(name: &str) -> bool {
    (1..=40).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-#._".contains(&byte))
}

/// Languages whose names mean nothing else in a class of code, sorted.
const CERTAIN: &[&str] = &[
    "actionscript",
    "apacheconf",
    "applescript",
    "autohotkey",
    "bash",
    "clojure",
    "cmake",
    "coffeescript",
    "cpp",
    "csharp",
    "css",
    "cuda",
    "cython",
    "delphi",
    "dockerfile",
    "elixir",
    "erlang",
    "fortran",
    "fsharp",
    "glsl",
    "golang",
    "graphql",
    "groovy",
    "haskell",
    "hlsl",
    "html",
    "html5",
    "java",
    "javascript",
    "json",
    "jsx",
    "kotlin",
    "latex",
    "lua",
    "makefile",
    "matlab",
    "mysql",
    "nginx",
    "objc",
    "objective-c",
    "objectivec",
    "ocaml",
    "perl",
    "php",
    "plpgsql",
    "plsql",
    "postgresql",
    "powershell",
    "protobuf",
    "python",
    "python2",
    "python3",
    "ruby",
    "rust",
    "sass",
    "scala",
    "scss",
    "solidity",
    "sparql",
    "sql",
    "svelte",
    "tcl",
    "terraform",
    "toml",
    "tsql",
    "tsx",
    "typescript",
    "vbnet",
    "verilog",
    "vhdl",
    "vue",
    "xml",
    "xslt",
    "yaml",
    "zsh",
];

/// Languages of short or common names, which are believed behind a highlighter's name and alone.
const SHORT: &[&str] = &[
    "asm", "bat", "c", "c++", "cs", "d", "dart", "diff", "go", "ini", "js", "julia", "lisp", "make", "pl",
    "ps1", "py", "r", "rb", "rs", "scheme", "sh", "shell", "swift", "ts", "vb", "vim", "yml",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_can_be_found() {
        assert!(CERTAIN.is_sorted());
    }
}
