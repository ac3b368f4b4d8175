//! The tree-construction cases of html5lib-tests, which browsers and parsers share.
//!
//! `tests/tree/html5lib/` holds them as the html5lib 1.1 source package (MIT) has them. They are older than some of
//! the standard's rules, and html5ever has deviations of its own: `known_differences.txt` names each case whose tree
//! is not the expected one, with the reason. In every case the tree is html5ever's own.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;

use unhusk::Document;

use super::compare::{Line, compare_fast, compare_reference, unquote};

/// A case: its input, and the tree expected of it where it is one for whole pages with scripting on.
struct Case {
    name: String,
    html: String,
    tree: Option<String>,
}

fn cases() -> Vec<Case> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/tree/html5lib");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let mut cases = Vec::new();
    for path in paths.iter().filter(|path| path.extension().is_some_and(|kind| kind == "dat")) {
        let file = fs::read_to_string(path).unwrap();
        let stem = path.file_stem().unwrap().to_string_lossy();
        let bodies = file.strip_prefix("#data\n").unwrap().split("\n\n#data\n");
        cases.extend(bodies.enumerate().map(|(number, body)| read(format!("{stem} {}", number + 1), body)));
    }
    cases
}

fn read(name: String, body: &str) -> Case {
    let (html, rest) = body.split_once("#errors\n").unwrap();
    let html = html.strip_suffix('\n').unwrap_or(html).to_owned();
    let (head, tree) = rest.split_once("#document\n").unwrap();
    let is_other = head.contains("#document-fragment") || head.contains("#script-off");
    Case { name, html, tree: (!is_other).then(|| tree.trim_end_matches('\n').to_owned()) }
}

/// An expected tree without what the dump does not tell: the names of doctypes, the namespaces of attributes.
fn expected(tree: &str) -> String {
    let mut out = String::new();
    for line in tree.split("\n| ") {
        let line = line.strip_prefix("| ").unwrap_or(line);
        let text = line.trim_start_matches(' ');
        let indent = &line[..line.len() - text.len()];
        if text.starts_with("<!DOCTYPE") {
            writeln!(out, "{indent}<!DOCTYPE>").unwrap();
            continue;
        }
        let is_attribute = !text.starts_with(['<', '"']) && text.contains('=');
        let prefix =
            ["xlink ", "xml ", "xmlns "].iter().find(|prefix| is_attribute && text.starts_with(**prefix));
        writeln!(out, "{indent}{}", &text[prefix.map_or(0, |prefix| prefix.len())..]).unwrap();
    }
    out
}

/// A dump in the form of the cases.
fn ours(dump: &str) -> String {
    let mut out = String::new();
    // The first line is the document.
    for line in dump.lines().skip(1).map(Line::read) {
        let indent = "  ".repeat(line.depth - 1);
        let text = line.get("").map(unquote).unwrap_or_default();
        match line.what {
            "text" => writeln!(out, "{indent}\"{text}\"").unwrap(),
            "comment" => writeln!(out, "{indent}<!-- {text} -->").unwrap(),
            "doctype" => writeln!(out, "{indent}<!DOCTYPE>").unwrap(),
            "content" => writeln!(out, "{indent}content").unwrap(),
            element => {
                let (namespace, name) = element.split_once(' ').unwrap();
                let prefix = match namespace.trim_matches('"').rsplit('/').next().unwrap() {
                    "svg" => "svg ",
                    "MathML" => "math ",
                    _ => "",
                };
                writeln!(out, "{indent}<{prefix}{name}>").unwrap();
                let mut values: Vec<_> =
                    line.values.iter().map(|(name, value)| (*name, unquote(value))).collect();
                values.sort();
                for (name, value) in values {
                    writeln!(out, "{indent}  {name}=\"{value}\"").unwrap();
                }
            }
        }
    }
    out
}

#[test]
fn trees_are_those_that_the_cases_expect() {
    let known = include_str!("html5lib/known_differences.txt").lines();
    let known: BTreeSet<&str> = known
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| Some(line.split_once(':')?.0))
        .collect();
    let (mut tried, mut differ, mut failed) = (0, BTreeSet::new(), Vec::new());
    let cases = cases();
    for case in &cases {
        let Some(tree) = &case.tree else { continue };
        tried += 1;
        let (expected, ours) = (expected(tree), ours(&Document::parse_everything(&case.html).dump()));
        if ours != expected {
            differ.insert(case.name.as_str());
            if !known.contains(case.name.as_str()) {
                failed.push(format!("{}\n{}\nis\n{ours}not\n{expected}", case.name, case.html));
            }
        }
    }
    assert!(tried > 1000, "{tried} cases");
    assert!(failed.is_empty(), "{} of {tried}:\n{}", failed.len(), failed.join("\n"));
    assert_eq!(known, differ, "known to differ, and does");
}

/// All inputs, also those for fragments, as pages.
#[test]
fn trees_of_the_cases_are_html5evers_in_both_parses() {
    let check = |html: &str| compare_reference(html).and_then(|()| compare_fast(html));
    let failed: Vec<String> = cases()
        .iter()
        .filter_map(|case| check(&case.html).err().map(|error| format!("{}: {error}", case.name)))
        .collect();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}
