//! Formulas: which elements are one, and its TeX source, which pages carry in half a dozen ways.
//!
//! A page shows a formula as MathML, or as what MathJax or KaTeX made of it, or as an image, and often as two of
//! these. Whatever the way, one element holds all of it, or follows it directly; the TeX is taken from the best source
//! in it: an annotation, a script, an alternative text, else the MathML itself.

use html5ever::local_name;
use memchr::{memchr2, memmem};

use super::mathml;
use crate::blocks::is_ignorable;
use crate::document::{Arena, Element, NodeId, Tag};

/// Longer formulas are no formulas.
const LONGEST: usize = 16 << 10;

/// The same for what stands amid text, where a delimiter may have no other.
const LONGEST_IN_TEXT: usize = 2000;

/// How deep the MathML may stand in the element that a library made around it.
const WRAPPERS: usize = 6;

/// A formula as TeX.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Formula {
    /// On one line, without delimiters, not empty.
    pub(super) tex: String,
    /// It stands on a line of its own.
    pub(super) display: bool,
}

impl Formula {
    /// The TeX between dollar signs.
    pub(super) fn delimited(&self) -> String {
        let sign = if self.display { "$$" } else { "$" };
        format!("{sign}{}{sign}", self.tex)
    }

    /// True where a reader of Markdown finds both ends of that: no dollar sign inside, and each brace with its other.
    pub(super) fn can_be_delimited(&self) -> bool {
        let mut escaped = false;
        let has_sign = self.tex.bytes().any(|byte| {
            let is_sign = byte == b'$' && !escaped;
            escaped = byte == b'\\' && !escaped;
            is_sign
        });
        !has_sign && is_balanced(&self.tex)
    }
}

/// The formula that an element is, and the script that says the same, if another element holds it.
pub(super) fn of(arena: &Arena, id: NodeId, element: &Element) -> Option<(Formula, NodeId)> {
    match element.tag {
        Tag::Math => Some((of_math(arena, id)?, NodeId::NONE)),
        Tag::Script => Some((of_script(arena, id)?, NodeId::NONE)),
        Tag::Img => Some((of_image(arena, id)?, NodeId::NONE)),
        Tag::Other if arena.local_name(element) == "math-renderer" => {
            Some((of_renderer(arena, id)?, NodeId::NONE))
        }
        Tag::Span | Tag::Div | Tag::Other => of_wrapper(arena, id, element),
        _ => None,
    }
}

/// What a library wrapped around a formula, told by its name or by its first class.
fn of_wrapper(arena: &Arena, id: NodeId, element: &Element) -> Option<(Formula, NodeId)> {
    let class = arena.attr(id, &local_name!("class")).unwrap_or("");
    let first = class.trim_start().split(|c: char| c.is_ascii_whitespace()).next().unwrap_or("");
    let display = match first {
        "katex-display" | "MathJax_Display" | "MathJax_SVG_Display" => true,
        "katex" | "MathJax" | "MathJax_SVG" | "MathJax_CHTML" | "MathJax_Preview" | "mjx-chtml"
        | "mwe-math-element" => class.contains("MJXc-display"),
        _ if element.tag == Tag::Other && arena.local_name(element) == "mjx-container" => false,
        _ => return None,
    };
    let display = display || arena.attr(id, &local_name!("display")) == Some("true");
    if first.starts_with("MathJax") || first == "mjx-chtml" {
        let next = |id: NodeId| arena.next_sibling(id);
        let mut after = std::iter::successors(next(id), |&id| next(id)).take(4);
        if let Some((formula, script)) = after.find_map(|id| Some((of_script(arena, id)?, id))) {
            return Some((formula, script));
        }
    }
    let mut formula = of_math(arena, inner_math(arena, id)?)?;
    formula.display |= display;
    Some((formula, NodeId::NONE))
}

/// The MathML that stands first or last in all the elements between.
fn inner_math(arena: &Arena, id: NodeId) -> Option<NodeId> {
    let element = |id: &NodeId| arena.tag_of(*id).is_some();
    let first = |id: NodeId| arena.children(id).take(4).find(element);
    let last = |id: NodeId| arena.children_reversed(id).take(4).find(element);
    let is_math = |id: &NodeId| arena.tag_of(*id) == Some(Tag::Math);
    std::iter::successors(first(id), |&id| first(id))
        .take(WRAPPERS)
        .find(is_math)
        .or_else(|| std::iter::successors(last(id), |&id| last(id)).take(WRAPPERS).find(is_math))
}

fn of_math(arena: &Arena, math: NodeId) -> Option<Formula> {
    let display = arena.attr(math, &local_name!("display")) == Some("block");
    let tex = match annotation(arena, math) {
        Some(annotation) => text_of(arena, annotation)?,
        None => mathml::to_tex(arena, math, LONGEST),
    };
    formula(&tex, display)
}

/// The TeX beside the MathML, which stands last in its `semantics`.
fn annotation(arena: &Arena, math: NodeId) -> Option<NodeId> {
    let named = |id: NodeId, name: &str| {
        arena.get(id).and_then(|node| node.element()).is_some_and(|element| arena.local_name(element) == name)
    };
    let semantics = arena.children(math).take(4).find(|&id| named(id, "semantics"))?;
    arena.children_reversed(semantics).take(8).find(|&id| {
        named(id, "annotation")
            && matches!(
                arena.attr(id, &local_name!("encoding")),
                Some("application/x-tex" | "application/x-latex" | "TeX" | "LaTeX" | "tex" | "latex")
            )
    })
}

/// `<script type="math/tex; mode=display">`, in which pages of MathJax 2 hold the source.
fn of_script(arena: &Arena, id: NodeId) -> Option<Formula> {
    if arena.tag_of(id) != Some(Tag::Script) {
        return None;
    }
    let mode = arena.attr(id, &local_name!("type"))?.trim().strip_prefix("math/tex")?;
    formula(&text_of(arena, id)?, mode.contains("mode=display"))
}

/// GitHub's element for TeX that its script is to set.
fn of_renderer(arena: &Arena, id: NodeId) -> Option<Formula> {
    let tex = text_of(arena, id)?;
    formula(&tex, false).filter(|_| tex.trim_start().starts_with('$'))
}

/// An image that a wiki or a blog made of TeX, or had made, which its alternative text holds or its address.
fn of_image(arena: &Arena, id: NodeId) -> Option<Formula> {
    let class = arena.attr(id, &local_name!("class")).unwrap_or("");
    let is_made = |name: &str| {
        name.starts_with("mwe-math-fallback-image")
            || matches!(name, "tex" | "latex" | "mathtex" | "math-tex" | "math")
    };
    let alt = arena.attr(id, &local_name!("alt"));
    if let Some(name) = class.split_ascii_whitespace().take(8).find(|name| is_made(name)) {
        // The last of these names may mean a subject.
        let is_tex = |alt: &&str| name != "math" || alt.contains(['\\', '^', '_', '=', '{']);
        return formula(alt.filter(is_tex)?, name.ends_with("-display"));
    }
    let source = arena.attr(id, &local_name!("src"))?;
    let (service, tex) = source.split_once('?')?;
    if service.ends_with("/equation") && tex.starts_with("tex=") {
        let (_, tex) = url::form_urlencoded::parse(tex.as_bytes()).next()?;
        return formula(&tex, false);
    }
    // One says it in the title instead.
    let is_service = ["//latex.codecogs.com/", "/latex.php", "/mathtex.cgi", "/mimetex.cgi"]
        .iter()
        .any(|known| service.contains(known));
    let said = alt.filter(|alt| !alt.trim().is_empty()).or_else(|| arena.attr(id, &local_name!("title")));
    formula(said.filter(|_| is_service)?, false)
}

/// The text that stands directly in an element; `None` where it is too long.
fn text_of(arena: &Arena, id: NodeId) -> Option<String> {
    let mut text = String::new();
    for child in arena.children(id) {
        text.push_str(arena.text(child).unwrap_or(""));
        if text.len() > LONGEST {
            return None;
        }
    }
    Some(text)
}

/// TeX on one line: without comments, delimiters, and what MediaWiki puts around.
fn formula(tex: &str, display: bool) -> Option<Formula> {
    if tex.len() > LONGEST {
        return None;
    }
    let tex = tex.trim().trim_start_matches("<![CDATA[").trim_end_matches("]]>");
    let lines = tex.lines().map(without_comment).flat_map(str::split_whitespace);
    let mut tex = lines.collect::<Vec<_>>().join(" ");
    tex.retain(|c| !is_ignorable(c));
    let mut display = display;
    let mut bare = tex.as_str();
    for (open, close, own_line) in
        [("$$", "$$", true), ("\\[", "\\]", true), ("\\(", "\\)", false), ("$", "$", false)]
    {
        if let Some(inner) = bare.strip_prefix(open).and_then(|rest| rest.strip_suffix(close)) {
            display |= own_line;
            bare = inner.trim();
            break;
        }
    }
    for style in ["{\\displaystyle ", "{\\textstyle "] {
        let inner = bare.strip_prefix(style).and_then(|rest| rest.strip_suffix('}'));
        bare = inner.filter(|inner| is_balanced(inner)).map_or(bare, str::trim);
    }
    // A backslash at the end would act on what comes after the formula.
    let backslashes = bare.bytes().rev().take_while(|&byte| byte == b'\\').count();
    let bare = bare.get(..bare.len() - backslashes % 2).unwrap_or(bare).trim_end();
    (!bare.is_empty()).then(|| Formula { tex: bare.to_owned(), display })
}

fn without_comment(line: &str) -> &str {
    let mut escaped = false;
    let end = line.char_indices().find(|&(_, c)| {
        let begins = c == '%' && !escaped;
        escaped = c == '\\' && !escaped;
        begins
    });
    end.and_then(|(end, _)| line.get(..end)).unwrap_or(line)
}

/// True where each brace has its other, those behind a backslash apart.
pub(super) fn is_balanced(tex: &str) -> bool {
    let (mut depth, mut escaped) = (0_i32, false);
    for byte in tex.bytes() {
        match byte {
            _ if escaped => {}
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth < 0 {
            return false;
        }
        escaped = byte == b'\\' && !escaped;
    }
    depth == 0
}

/// The first formula that text holds as the source of a page's script that sets them: what stands in front of it, the
/// formula, and what stands behind.
///
/// Of several beginnings in front of one end the last counts, so that each end is tried once. Single dollar signs are
/// delimiters only where [`sets_dollars`] says so.
pub(super) fn in_text(text: &str, sets_dollars: bool) -> Option<(&str, Formula, &str)> {
    // Up to where each end has been looked for in vain.
    let mut searched = [0; 3];
    let mut from = 0;
    loop {
        let at = from + memchr2(b'\\', b'$', text.as_bytes().get(from..)?)?;
        from = at + 1;
        if sets_dollars && let Some((formula, end)) = between_dollars(text, at) {
            return Some((text.get(..at)?, formula, text.get(end..)?));
        }
        for ((open, close), searched) in DELIMITERS.into_iter().zip(&mut searched) {
            if !text.get(at..)?.starts_with(open) {
                continue;
            }
            let begin = at + open.len();
            let end = (begin + LONGEST_IN_TEXT).min(text.len());
            let start = begin.max(*searched).min(end);
            let window = text.as_bytes().get(start..end)?;
            let Some(length) = memmem::find(window, close.as_bytes()) else {
                // The end of the window may cut the delimiter.
                *searched = end.saturating_sub(1);
                continue;
            };
            let end = start + length;
            let inner = text.get(begin..end)?;
            let last = inner.rfind(open).filter(|_| open != close).map_or(at, |last| begin + last);
            let tex = text.get(last + open.len()..end)?;
            // Dollar signs alone are prices, or letters left out.
            let is_formula = (open != "$$" || tex.contains(['\\', '^', '_', '=', '{']))
                // A percent sign begins a comment: rare in pages' formulas, where it would be left out, and frequent
                // in what is none.
                && tex.lines().all(|line| without_comment(line).len() == line.len());
            let found = formula(tex, open != "\\(").filter(|found| is_formula && found.can_be_delimited());
            if let Some(found) = found {
                return Some((text.get(..last)?, found, text.get(end + close.len()..)?));
            }
            from = if open == close { end } else { end + close.len() };
        }
    }
}

/// What MathJax looks for in text unless told otherwise.
const DELIMITERS: [(&str, &str); 3] = [("\\(", "\\)"), ("\\[", "\\]"), ("$$", "$$")];

/// The formula that a single dollar sign begins, and where what is behind it begins. The sign that ends it is the next
/// one, so that each is tried once.
fn between_dollars(text: &str, at: usize) -> Option<(Formula, usize)> {
    let before = text.get(..at)?.chars().next_back();
    let inside =
        text.get(at..)?.strip_prefix('$').filter(|_| before.is_none_or(|c| c != '\\' && c != '$'))?;
    let window = inside.as_bytes().get(..LONGEST_IN_TEXT.min(inside.len()))?;
    let mut length = memchr::memchr(b'$', window)?;
    while window.get(..length)?.ends_with(b"\\") {
        length += 1 + memchr::memchr(b'$', window.get(length + 1..)?)?;
    }
    let (tex, rest) = (inside.get(..length)?, inside.get(length + 1..)?);
    let is_tight = !tex.starts_with(char::is_whitespace) && !tex.ends_with(char::is_whitespace);
    // Else it may be two prices, or two names of variables.
    let is_formula = !rest.starts_with(|c: char| c.is_alphanumeric() || c == '$')
        && (tex.contains(['\\', '^', '{'])
            || (tex.contains(['_', '=']) && !tex.contains('/'))
            || (!tex.contains(char::is_whitespace)
                && tex.split(|c: char| !c.is_alphabetic()).all(|word| word.len() < 3)));
    let is_whole =
        is_tight && is_formula && tex.lines().all(|line| without_comment(line).len() == line.len());
    let found = formula(tex, false).filter(|found| is_whole && found.can_be_delimited())?;
    Some((found, text.len() - rest.len()))
}

/// True for a page with a script that sets formulas, if commands of TeX stand between two dollar signs of its text. The
/// script has to be told to heed these; where it was not, nobody writes so.
pub(super) fn sets_dollars(arena: &Arena, text: &str) -> bool {
    let mut signs = memchr::memchr_iter(b'$', text.as_bytes());
    let mut start = signs.next();
    let has_any = signs.any(|end| {
        let between = start.replace(end).and_then(|start| text.get(start..end));
        between.is_some_and(|tex| tex.len() <= LONGEST_IN_TEXT && tex.contains('\\'))
    });
    has_any
        && (0..arena.len()).map(NodeId::from_index).any(|id| {
            let source =
                arena.attr(id, &local_name!("src")).filter(|_| arena.tag_of(id) == Some(Tag::Script));
            source.is_some_and(|source| {
                let source = source.to_ascii_lowercase();
                source.contains("mathjax") || source.contains("katex")
            })
        })
}
