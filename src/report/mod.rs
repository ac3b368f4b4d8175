//! The report: one page without script and without anything from elsewhere. The text of the page stands in it
//! block by block, coloured by role; above it a strip shows score, text density and link ratio along the page, and
//! beside it stand the measures and reasons of the block on which the pointer rests.

mod words;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::{Block, Extraction, Kind, Role};

const STYLE: &str = include_str!("report.css");

/// A text density that fills the strip's row; running text has about 10 to 16 words a line.
const FULL_DENSITY: f32 = 20.0;

/// A measure of a block, 0…1.
type Measure = fn(&Block<'_>) -> f32;

/// Names, scales and measures.
const ROWS: [(&str, &str, Measure); 3] = [
    ("score", "0–1", |block| block.score()),
    ("text density", "0–20 words a line", |block| block.text_density() / FULL_DENSITY),
    ("link ratio", "0–1", |block| block.link_ratio()),
];

/// A block of so few characters that is no text of its own, such as a link in a menu, stands beside its neighbours.
const SHORT_CHARS: usize = 48;

/// A contribution, in log-odds, that fills its half of a reason's bar.
const FULL_CONTRIBUTION: f32 = 3.0;

/// Units across the strip. It is stretched to the width of the window.
const STRIP_WIDTH: f32 = 1000.0;
const ROW_HEIGHT: f32 = 40.0;

/// Writes the report on a page from a file of this name.
pub(crate) fn write(extraction: &Extraction, name: &str) -> String {
    let counts = counts(extraction);
    let title = extraction.metadata().title().unwrap_or(name);
    let mut out = String::new();
    let _ = write!(
        out,
        "<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{}</title>\n<style>\n{STYLE}{}</style>\n\
         </head>\n<body>\n",
        escape(title),
        toggles(&counts),
    );
    // The boxes stand before all they switch, where a sibling selector reaches; their labels are the legend.
    for role in counts.keys() {
        let _ = writeln!(
            out,
            "<input type=\"checkbox\" id=\"show-{0}\" aria-label=\"{0}\" checked>",
            role.name()
        );
    }
    let _ = write!(
        out,
        "<header>\n<h1>{}</h1>\n<p>{} · {} · confidence {:.2} · {} blocks</p>\n",
        escape(title),
        escape(name),
        extraction.page_type().name(),
        extraction.confidence(),
        extraction.blocks().len(),
    );
    strip(extraction, &mut out);
    legend(&counts, &mut out);
    out.push_str("</header>\n<p class=\"hint\">Rest the pointer on a block, or click on a bar, for the reasons.</p>\n<main>\n");
    extraction.blocks().for_each(|block| text(&block, &mut out));
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

/// Blocks and words of each role that occurs.
fn counts(extraction: &Extraction) -> BTreeMap<Role, (usize, usize)> {
    let mut counts = BTreeMap::new();
    for block in extraction.blocks() {
        let (blocks, words) = counts.entry(block.role()).or_insert((0, 0));
        *blocks += 1;
        *words += block.words();
    }
    counts
}

/// The rules that hide a role's blocks while its box is not checked.
fn toggles(counts: &BTreeMap<Role, (usize, usize)>) -> String {
    let rule = |role: &Role| {
        let id = format!("#show-{}", role.name());
        let name = role.name();
        format!(
            "{id}:not(:checked) ~ main .{name} {{ display: none }}\n\
             {id}:not(:checked) ~ header rect.{name} {{ opacity: 0.1 }}\n\
             {id}:not(:checked) ~ header label.{name} {{ opacity: 0.4 }}\n\
             {id}:focus-visible ~ header label.{name} {{ outline: 2px solid }}\n"
        )
    };
    counts.keys().map(rule).collect()
}

fn legend(counts: &BTreeMap<Role, (usize, usize)>, out: &mut String) {
    out.push_str("<p class=\"legend\">");
    for (role, (blocks, words)) in counts {
        let _ = write!(
            out,
            "<label class=\"{0}\" for=\"show-{0}\" title=\"{blocks} blocks, {words} words; click to hide or show\">\
             {0} <small>{blocks}</small></label> ",
            role.name()
        );
    }
    out.push_str("</p>\n");
}

/// Three rows of bars, a bar a block, as wide as the root of its words: long blocks show, short ones do not vanish.
/// Over the bars runs a curve of their averages, which shows where along the page the text is.
fn strip(extraction: &Extraction, out: &mut String) {
    let width = |block: &Block<'_>| (block.words().max(1) as f32).sqrt();
    let all: f32 = extraction.blocks().map(|block| width(&block)).sum::<f32>().max(1.0);
    for (name, scale, value) in ROWS {
        let _ = writeln!(
            out,
            "<div class=\"row\"><span>{name}<small>{scale}</small></span><svg viewBox=\"0 0 {STRIP_WIDTH} {ROW_HEIGHT}\" \
             preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{name} along the page\">"
        );
        let mut x = 0.0;
        let mut bars = Vec::with_capacity(extraction.blocks().len());
        for block in extraction.blocks() {
            let width = width(&block) / all * STRIP_WIDTH;
            let height = value(&block).clamp(0.02, 1.0) * ROW_HEIGHT;
            let _ = writeln!(
                out,
                "<a href=\"#b{0}\"><rect class=\"{1}\" x=\"{x:.2}\" y=\"{2:.2}\" width=\"{width:.2}\" \
                 height=\"{height:.2}\"><title>{0} {1}</title></rect></a>",
                block.index(),
                block.role().name(),
                ROW_HEIGHT - height,
            );
            bars.push((x, width, height));
            x += width;
        }
        let _ = writeln!(out, "<polyline points=\"{}\"/></svg></div>", curve(&bars));
    }
}

/// Each bar's height averaged with its neighbours', by their widths.
fn curve(bars: &[(f32, f32, f32)]) -> String {
    const NEIGHBOURS: usize = 3;
    let mut points = String::new();
    for (index, (x, width, _)) in bars.iter().enumerate() {
        let around = bars.iter().take(index + NEIGHBOURS + 1).skip(index.saturating_sub(NEIGHBOURS));
        let (area, length) = around
            .fold((0.0, 0.0), |(area, length), (_, width, height)| (area + width * height, length + width));
        let _ = write!(
            points,
            "{:.1},{:.1} ",
            x + width / 2.0,
            ROW_HEIGHT - area / length.max(f32::MIN_POSITIVE)
        );
    }
    points
}

fn text(block: &Block<'_>, out: &mut String) {
    let tag = match block.kind() {
        Kind::Heading(_) => "h2",
        Kind::Code => "pre",
        Kind::Quote => "blockquote",
        _ => "p",
    };
    let is_text = matches!(block.role(), Role::Title | Role::Byline | Role::Content | Role::Comment);
    let is_short = !is_text && block.text().chars().nth(SHORT_CHARS).is_none();
    let _ = writeln!(
        out,
        "<div id=\"b{}\" class=\"block {} {}{}\" tabindex=\"0\"><span>{:.2}</span>\
         <{tag} dir=\"auto\">{}</{tag}>",
        block.index(),
        block.role().name(),
        block.kind().name(),
        if is_short { " short" } else { "" },
        block.score(),
        escape(block.text()),
    );
    reasons(block, out);
    out.push_str("</div>\n");
}

/// What shows when the pointer rests on a block.
fn reasons(block: &Block<'_>, out: &mut String) {
    let _ = writeln!(
        out,
        "<aside><h3>{}</h3><p>{}, block {}<br>{}{}</p>\
         <table><tr><td>score<td>{:.3}<tr><td>words<td>{}<tr><td>words a line<td>{:.1}\
         <tr><td>characters a tag<td>{:.1}<tr><td>link ratio<td>{:.2}</table><ul>",
        block.role().name(),
        block.kind(),
        block.index(),
        escape(&block.path()),
        block.line().map(|line| format!(", line {line}")).unwrap_or_default(),
        block.score(),
        block.words(),
        block.text_density(),
        block.chars_per_tag(),
        block.link_ratio(),
    );
    for reason in block.reasons() {
        let share = (reason.contribution().abs() / FULL_CONTRIBUTION).min(1.0);
        let side = if reason.contribution() < 0.0 { "against" } else { "for" };
        let (words, value) = words::of(reason);
        let _ = writeln!(
            out,
            "<li class=\"{side}\" style=\"--share: {share:.2}\" title=\"{}\">\
             <span>{} <small>{value}</small></span><b>{:+.2}</b>",
            escape(reason.name()),
            escape(&words),
            reason.contribution(),
        );
    }
    out.push_str("</ul></aside>");
}

/// Safe in text and in quoted attributes.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}
