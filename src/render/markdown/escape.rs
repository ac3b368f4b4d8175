//! Backslashes, where Markdown would read a character of the text as its own, and only there.

/// Where the text stands that is to be escaped.
#[derive(Clone, Copy)]
pub(super) struct Around {
    /// What comes after the text: `\n` for the end of a line, else a character of text or markup.
    pub(super) next: char,
    /// Emphasis comes in between, which may turn out to write nothing.
    pub(super) unsure: bool,
    pub(super) in_link: bool,
    pub(super) in_cell: bool,
    pub(super) in_heading: bool,
    pub(super) dollars: Dollars,
    /// The text may be the first of a line, where blocks begin.
    pub(super) lines: bool,
}

/// Whether dollar signs in the text might be read as the beginning or end of a formula.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Dollars {
    /// There are too few of them.
    Harmless,
    /// Those that may end a formula have to be escaped; without an end none begins.
    Ends,
    /// All: there are formulas, or dollar signs that cannot be escaped.
    All,
}

/// Appends text so that it reads back as it is.
pub(super) fn push(out: &mut String, text: &str, around: Around) {
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_punctuation()) {
        let (plain, from) = rest.split_at_checked(at).unwrap_or((rest, ""));
        out.push_str(plain);
        let mut chars = from.chars();
        let Some(c) = chars.next() else { return };
        rest = chars.as_str();
        let next = rest.chars().next().unwrap_or(around.next);
        if needs_escape(out, c, next, rest, around) {
            out.push('\\');
        }
        out.push(c);
    }
    out.push_str(rest);
}

fn needs_escape(out: &str, c: char, next: char, after: &str, around: Around) -> bool {
    let line = around.lines && (out.is_empty() || out.ends_with('\n'));
    let previous = out.chars().next_back().unwrap_or('\n');
    let unsure = after.is_empty() && around.unsure;
    let parted = next.is_whitespace();
    match c {
        '`' => true,
        // At the end of a line a backslash may follow.
        '*' => line || unsure || !(previous == ' ' && next == ' '),
        '_' => unsure || !(previous.is_alphanumeric() && next.is_alphanumeric()),
        '\\' => unsure || next.is_ascii_punctuation() || next == '\n',
        '[' => around.in_link || line || next == '^',
        '$' => match around.dollars {
            Dollars::Harmless => false,
            Dollars::Ends => unsure || !previous.is_whitespace() || matches!(next, '$' | '`'),
            Dollars::All => true,
        },
        ']' => around.in_link || matches!(next, '(' | '['),
        '!' => next == '[',
        '<' => unsure || next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?'),
        '&' => is_entity(after) || (around.unsure && after.len() < 32 && is_alphanumeric(after)),
        '~' => unsure || !previous.is_whitespace() || next == '~',
        '|' => around.in_cell || line,
        // In a heading only those at its end would go.
        '#' => {
            line || (around.in_heading
                && matches!(previous, ' ' | '#' | '\n')
                && (unsure || !next.is_alphanumeric()))
        }
        '>' => line,
        '=' => line && !out.is_empty(),
        ':' => line && (next == '-' || unsure),
        '+' => line && parted,
        '-' => line && (parted || matches!(next, '-' | '|')),
        '.' | ')' => parted && around.lines && ends_with_line_of_digits(out),
        _ => false,
    }
}

/// True where a line has begun with digits and nothing else.
fn ends_with_line_of_digits(out: &str) -> bool {
    let digits = out.bytes().rev().take(10).take_while(u8::is_ascii_digit).count();
    let before = out.len().checked_sub(digits + 1).and_then(|at| out.as_bytes().get(at));
    (1..10).contains(&digits) && matches!(before, None | Some(b'\n'))
}

/// True where an ampersand and what follows would be read as one character.
pub(super) fn is_entity(after: &str) -> bool {
    let name = after.strip_prefix('#').unwrap_or(after);
    let length = name.bytes().take(33).take_while(u8::is_ascii_alphanumeric).count();
    (1..33).contains(&length) && name.as_bytes().get(length) == Some(&b';')
}

fn is_alphanumeric(text: &str) -> bool {
    text.trim_start_matches('#').bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// The lengths of the runs of backticks in a text.
pub(super) fn backtick_runs(text: &str) -> impl Iterator<Item = usize> {
    text.split(|c| c != '`').map(str::len).filter(|&length| length > 0)
}

/// Code between backticks.
pub(super) fn push_code(out: &mut String, code: &str, in_cell: bool) {
    let mut runs: Vec<usize> = backtick_runs(code).collect();
    runs.sort_unstable();
    let mut fence = 1;
    for run in runs {
        fence += usize::from(run == fence);
    }
    let pad = code.starts_with('`') || code.ends_with('`');
    out.extend(std::iter::repeat_n('`', fence));
    if pad {
        out.push(' ');
    }
    if in_cell {
        out.push_str(&code.replace('|', "\\|"));
    } else {
        out.push_str(code);
    }
    if pad {
        out.push(' ');
    }
    out.extend(std::iter::repeat_n('`', fence));
}

/// The target of a link or image.
pub(super) fn push_target(out: &mut String, target: &str) {
    let keeps_parentheses = are_balanced(target);
    let mut chars = target.chars();
    while let Some(c) = chars.next() {
        match c {
            '(' | ')' if keeps_parentheses => out.push(c),
            '(' => out.push_str("%28"),
            ')' => out.push_str("%29"),
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            '\\' => out.push_str("%5C"),
            '`' => out.push_str("%60"),
            '|' => out.push_str("%7C"),
            // Not to be read as the end of a formula.
            '$' => out.push_str("%24"),
            '&' if is_entity(chars.as_str()) => out.push_str("\\&"),
            _ if c.is_whitespace() => out.push_str("%20"),
            _ if c.is_control() => {}
            _ => out.push(c),
        }
    }
}

fn are_balanced(target: &str) -> bool {
    let mut depth = 0_u32;
    for byte in target.bytes() {
        match byte {
            b'(' => depth += 1,
            b')' if depth == 0 => return false,
            b')' => depth -= 1,
            _ => {}
        }
        if depth > 8 {
            return false;
        }
    }
    depth == 0
}
