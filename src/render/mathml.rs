//! MathML that has no TeX beside it, as TeX: what the elements tell, in one pass and without recursion.

use std::fmt::Write as _;

use html5ever::local_name;

use crate::blocks::is_ignorable;
use crate::document::{Arena, NodeId};

/// How deep the text of a base or an accent is looked for.
const PEEK: usize = 4;

enum Step {
    Enter(NodeId),
    Write(&'static str),
}

/// The TeX of an element's MathML; of a longer one than `longest` bytes, or of more parts, the beginning.
pub(super) fn to_tex(arena: &Arena, math: NodeId, longest: usize) -> String {
    let mut writer = Writer { arena, steps: Vec::new(), out: String::new() };
    writer.all(math, "");
    // Elements that write nothing must not be walked again for each formula around them.
    for _ in 0..longest {
        let Some(step) = writer.steps.pop() else { break };
        match step {
            Step::Write(text) => writer.push(text),
            Step::Enter(id) => writer.enter(id),
        }
        if writer.out.len() > longest {
            break;
        }
    }
    writer.out
}

struct Writer<'a> {
    arena: &'a Arena,
    /// What is to be done, last first.
    steps: Vec<Step>,
    out: String,
}

impl<'a> Writer<'a> {
    /// Appends TeX; a letter must not become part of the command in front of it.
    fn push(&mut self, tex: &str) {
        if tex.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let letters = self.out.bytes().rev().take_while(u8::is_ascii_alphabetic).count();
            let before = self.out.len().checked_sub(letters + 1).and_then(|at| self.out.as_bytes().get(at));
            if letters > 0 && before == Some(&b'\\') {
                self.out.push(' ');
            }
        }
        self.out.push_str(tex);
    }

    fn do_next<const N: usize>(&mut self, steps: [Step; N]) {
        self.steps.extend(steps.into_iter().rev());
    }

    /// The elements in an element come next.
    fn all(&mut self, id: NodeId, separator: &'static str) {
        let arena = self.arena;
        let mut children = arena.children_reversed(id).filter(|&id| is_element(arena, id)).peekable();
        while let Some(child) = children.next() {
            self.steps.push(Step::Enter(child));
            if children.peek().is_some() && !separator.is_empty() {
                self.steps.push(Step::Write(separator));
            }
        }
    }

    fn around(&mut self, before: &'static str, id: NodeId, separator: &'static str, after: &'static str) {
        self.steps.push(Step::Write(after));
        self.all(id, separator);
        self.steps.push(Step::Write(before));
    }

    fn name(&self, id: NodeId) -> &'a str {
        self.arena
            .get(id)
            .and_then(|node| node.element())
            .map_or("", |element| self.arena.local_name(element))
    }

    fn enter(&mut self, id: NodeId) {
        use Step::{Enter, Write};
        let arena = self.arena;
        let mut children = arena.children(id).filter(|&id| is_element(arena, id));
        let [first, second, third] = [(); 3].map(|()| children.next().unwrap_or(NodeId::NONE));
        match self.name(id) {
            // The parentheses of a binomial are part of it.
            "mo" | "mrow"
                if [self.next(id), self.previous(id)]
                    .into_iter()
                    .flatten()
                    .any(|id| self.is_binomial(id)) => {}
            "mi" | "mo" | "mn" if !self.variant(id).is_empty() => {
                self.push(self.variant(id));
                self.push("{");
                self.text(id).trim().chars().for_each(|c| self.character(c));
                self.push("}");
            }
            "mi" | "mo" => self.symbol(id),
            "mn" => self.escaped(id),
            "mtext" | "ms" => {
                self.push("\\text{");
                self.escaped(id);
                self.push("}");
            }
            "mfrac" if self.is_binomial(id) => {
                self.do_next([Write("\\binom{"), Enter(first), Write("}{"), Enter(second), Write("}")])
            }
            "mfrac" if self.has_no_line(id) => {
                self.do_next([Write("{"), Enter(first), Write(" \\atop "), Enter(second), Write("}")])
            }
            "mfrac" => self.do_next([Write("\\frac{"), Enter(first), Write("}{"), Enter(second), Write("}")]),
            "msqrt" => self.around("\\sqrt{", id, "", "}"),
            "mroot" => self.do_next([Write("\\sqrt["), Enter(second), Write("]{"), Enter(first), Write("}")]),
            "msup" => self.scripts(first, None, Some(second)),
            "msub" => self.scripts(first, Some(second), None),
            "msubsup" | "munderover" => self.scripts(first, Some(second), Some(third)),
            "munder" if takes_limits(self.peek(first)) => self.scripts(first, Some(second), None),
            "mover" if takes_limits(self.peek(first)) => self.scripts(first, None, Some(second)),
            "munder" => {
                self.do_next([Write("\\underset{"), Enter(second), Write("}{"), Enter(first), Write("}")])
            }
            "mover" => match accent(self.peek(second)) {
                Some(accent) => self.do_next([Write(accent), Write("{"), Enter(first), Write("}")]),
                None => {
                    self.do_next([Write("\\overset{"), Enter(second), Write("}{"), Enter(first), Write("}")])
                }
            },
            "mtable" => self.around("\\begin{matrix} ", id, " \\\\ ", " \\end{matrix}"),
            "mtr" | "mlabeledtr" => self.all(id, " & "),
            "mfenced" => self.around("(", id, ", ", ")"),
            "mspace" => self.push(" "),
            "mphantom" | "none" | "annotation" | "annotation-xml" => {}
            _ => self.all(id, ""),
        }
    }

    fn scripts(&mut self, base: NodeId, below: Option<NodeId>, above: Option<NodeId>) {
        use Step::{Enter, Write};
        for (mark, script) in [("^{", above), ("_{", below)] {
            if let Some(script) = script {
                self.do_next([Write(mark), Enter(script), Write("}")]);
            }
        }
        if matches!(self.name(base), "mi" | "mn" | "mo" | "") {
            self.do_next([Enter(base)]);
        } else {
            self.do_next([Write("{"), Enter(base), Write("}")]);
        }
    }

    /// True for a fraction without a line between parentheses.
    fn is_binomial(&self, id: NodeId) -> bool {
        let is = |id: Option<NodeId>, sign: &str| id.is_some_and(|id| self.sign(id) == sign);
        self.name(id) == "mfrac"
            && self.has_no_line(id)
            && is(self.previous(id), "(")
            && is(self.next(id), ")")
    }

    /// The operator that is all of an element.
    fn sign(&self, id: NodeId) -> &'a str {
        let only = |&id: &NodeId| {
            let mut children = self.arena.children(id).filter(|&id| is_element(self.arena, id));
            children.next().filter(|_| self.name(id) == "mrow" && children.next().is_none())
        };
        let inner = std::iter::successors(Some(id), only).take(PEEK).last();
        inner.filter(|&id| self.name(id) == "mo").map_or("", |id| self.peek(id))
    }

    fn has_no_line(&self, fraction: NodeId) -> bool {
        let width = self.arena.attr(fraction, &local_name!("linethickness")).unwrap_or("");
        width.starts_with('0') && !width.bytes().any(|byte| matches!(byte, b'1'..=b'9'))
    }

    fn next(&self, id: NodeId) -> Option<NodeId> {
        let next = |id: NodeId| self.arena.next_sibling(id);
        std::iter::successors(next(id), |&id| next(id)).take(2).find(|&id| is_element(self.arena, id))
    }

    fn previous(&self, id: NodeId) -> Option<NodeId> {
        let previous = |id: NodeId| self.arena.get(id).and_then(|node| node.previous.some());
        std::iter::successors(previous(id), |&id| previous(id)).take(2).find(|&id| is_element(self.arena, id))
    }

    /// The command for the letters that a name or number is set in; empty for those that it would have anyway.
    fn variant(&self, id: NodeId) -> &'static str {
        let variant = self.arena.attr(id, &local_name!("mathvariant")).unwrap_or("");
        let text = self.peek(id);
        let is_plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        match variant {
            "bold" if is_plain => "\\mathbf",
            "bold" | "bold-italic" if text.chars().all(char::is_alphanumeric) => "\\boldsymbol",
            "double-struck" if is_plain => "\\mathbb",
            "script" if is_plain => "\\mathcal",
            "fraktur" if is_plain => "\\mathfrak",
            "sans-serif" if is_plain => "\\mathsf",
            "monospace" if is_plain => "\\mathtt",
            "normal" if is_plain && text.len() == 1 && self.name(id) == "mi" => "\\mathrm",
            _ => "",
        }
    }

    /// The text of the first element in an element.
    fn peek(&self, id: NodeId) -> &'a str {
        let first = |id: &NodeId| self.arena.children(*id).next();
        let mut inner = std::iter::successors(Some(id), first).take(PEEK);
        inner.find_map(|id| self.arena.text(id)).unwrap_or("").trim()
    }

    fn text(&self, id: NodeId) -> String {
        let texts = self.arena.children(id).filter_map(|child| self.arena.text(child));
        texts.flat_map(str::chars).filter(|&c| !is_ignorable(c)).collect()
    }

    /// A name or an operator.
    fn symbol(&mut self, id: NodeId) {
        let text = self.text(id);
        let text = text.trim();
        let is_word = text.len() > 1 && text.bytes().all(|byte| byte.is_ascii_alphabetic());
        if is_word && FUNCTIONS.contains(&text) {
            let _ = write!(self.out, "\\{text}");
        } else if is_word {
            let _ = write!(self.out, "\\mathrm{{{text}}}");
        } else {
            text.chars().for_each(|c| self.character(c));
        }
    }

    fn escaped(&mut self, id: NodeId) {
        let text = self.text(id);
        let text = if self.name(id) == "mn" { text.trim() } else { &text };
        text.chars().for_each(|c| self.character(c));
    }

    fn character(&mut self, c: char) {
        match c {
            '{' | '}' | '%' | '&' | '#' | '$' | '_' => {
                self.out.push('\\');
                self.out.push(c);
            }
            '\\' => self.push("\\backslash"),
            '^' => self.push("\\wedge"),
            '~' => self.push("\\sim"),
            // Signs that say what is applied to what and show nothing.
            '\u{2061}'..='\u{2064}' | '\u{200B}' => {}
            _ if c.is_whitespace() => self.out.push(' '),
            _ => match SYMBOLS.iter().find(|(symbol, _)| *symbol == c) {
                Some((_, tex)) => self.push(tex),
                None => self.push(c.encode_utf8(&mut [0; 4])),
            },
        }
    }
}

fn is_element(arena: &Arena, id: NodeId) -> bool {
    arena.get(id).is_some_and(|node| node.element().is_some())
}

/// True for what TeX sets limits under and over.
fn takes_limits(base: &str) -> bool {
    matches!(
        base,
        "∑" | "∏"
            | "∫"
            | "∬"
            | "∮"
            | "⋃"
            | "⋂"
            | "⋁"
            | "⋀"
            | "lim"
            | "max"
            | "min"
            | "sup"
            | "inf"
            | "limsup"
            | "liminf"
    )
}

fn accent(mark: &str) -> Option<&'static str> {
    Some(match mark {
        "¯" | "‾" | "_" | "\u{304}" | "―" => "\\overline",
        "^" | "ˆ" | "\u{302}" => "\\hat",
        "~" | "˜" | "\u{303}" => "\\tilde",
        "→" | "⃗" => "\\vec",
        "˙" | "." | "\u{307}" => "\\dot",
        "¨" | "\u{308}" => "\\ddot",
        "⏞" => "\\overbrace",
        _ => return None,
    })
}

/// Names that TeX sets upright.
const FUNCTIONS: &[&str] = &[
    "arccos", "arcsin", "arctan", "arg", "cos", "cosh", "cot", "deg", "det", "dim", "exp", "gcd", "inf",
    "ker", "lim", "liminf", "limsup", "ln", "log", "max", "min", "sin", "sinh", "sup", "tan", "tanh", "Pr",
];

/// Characters for which TeX has a name. Others stand for themselves.
const SYMBOLS: &[(char, &str)] = &[
    ('−', "-"),
    ('×', "\\times"),
    ('⋅', "\\cdot"),
    ('·', "\\cdot"),
    ('÷', "\\div"),
    ('±', "\\pm"),
    ('∓', "\\mp"),
    ('≤', "\\le"),
    ('≥', "\\ge"),
    ('≠', "\\ne"),
    ('≈', "\\approx"),
    ('≡', "\\equiv"),
    ('∼', "\\sim"),
    ('∝', "\\propto"),
    ('∞', "\\infty"),
    ('∂', "\\partial"),
    ('∇', "\\nabla"),
    ('∑', "\\sum"),
    ('∏', "\\prod"),
    ('∫', "\\int"),
    ('√', "\\surd"),
    ('∈', "\\in"),
    ('∉', "\\notin"),
    ('⊂', "\\subset"),
    ('⊆', "\\subseteq"),
    ('∪', "\\cup"),
    ('∩', "\\cap"),
    ('∅', "\\emptyset"),
    ('∀', "\\forall"),
    ('∃', "\\exists"),
    ('¬', "\\neg"),
    ('∧', "\\wedge"),
    ('∨', "\\vee"),
    ('→', "\\to"),
    ('←', "\\leftarrow"),
    ('⇒', "\\Rightarrow"),
    ('⇔', "\\Leftrightarrow"),
    ('↦', "\\mapsto"),
    ('…', "\\dots"),
    ('⋯', "\\cdots"),
    ('⟨', "\\langle"),
    ('⟩', "\\rangle"),
    ('‖', "\\|"),
    ('′', "'"),
    ('α', "\\alpha"),
    ('β', "\\beta"),
    ('γ', "\\gamma"),
    ('δ', "\\delta"),
    ('ε', "\\varepsilon"),
    ('ϵ', "\\epsilon"),
    ('ζ', "\\zeta"),
    ('η', "\\eta"),
    ('θ', "\\theta"),
    ('ι', "\\iota"),
    ('κ', "\\kappa"),
    ('λ', "\\lambda"),
    ('μ', "\\mu"),
    ('ν', "\\nu"),
    ('ξ', "\\xi"),
    ('π', "\\pi"),
    ('ρ', "\\rho"),
    ('σ', "\\sigma"),
    ('τ', "\\tau"),
    ('φ', "\\varphi"),
    ('ϕ', "\\phi"),
    ('χ', "\\chi"),
    ('ψ', "\\psi"),
    ('ω', "\\omega"),
    ('Γ', "\\Gamma"),
    ('Δ', "\\Delta"),
    ('Θ', "\\Theta"),
    ('Λ', "\\Lambda"),
    ('Ξ', "\\Xi"),
    ('Π', "\\Pi"),
    ('Σ', "\\Sigma"),
    ('Φ', "\\Phi"),
    ('Ψ', "\\Psi"),
    ('Ω', "\\Omega"),
    ('ℝ', "\\mathbb{R}"),
    ('ℕ', "\\mathbb{N}"),
    ('ℤ', "\\mathbb{Z}"),
    ('ℚ', "\\mathbb{Q}"),
    ('ℂ', "\\mathbb{C}"),
];
