//! The tree is html5ever's tree, and reading a page fast does not change the text in it.
//!
//! Three ways to a tree are compared: html5ever's own `RcDom`, this crate's arena with everything kept, and the
//! arena as extraction has it, for which scripts and styles are skipped before the tokenizer sees them. Pages are
//! the corpus, hand-written traps, and the gold sets in the folder that the environment variable `UNHUSK_SETS`
//! names, if any.

use std::collections::HashMap;
use std::path::PathBuf;
use std::{env, fs};

use rayon::prelude::*;
use unhusk::eval::GoldSet;
use unhusk::{Document, Extractor};

mod compare;
mod html5lib;

use compare::{compare_fast, compare_reference, reference};

/// Pages on which parsers go astray, or on which a scan for an end tag would.
const TRAPS: &[(&str, &str)] = &[
    ("empty", ""),
    ("text alone", "a < b & c"),
    ("script in a comment in a script", "<script><!-- <script> </script> --> x</script><p>a"),
    ("escaped script not closed", "<script><!-- <script> </script><p>a"),
    ("escaped script that only opens", "<script><!-- x </script><p>a"),
    ("end of comment before script", "<script><!-- x --> <script> </script><p>a"),
    ("end tag in a string", "<script>var s = '</script>'; more</script><p>a"),
    ("split end tag in a string", "<script>var s = '<\\/script>' + '</scr' + 'ipt>';</script><p>a"),
    ("end tag of a longer name", "<script>'</scripts>' </script-x> </script ><p>a"),
    ("end tag in capitals", "<STYLE>p{}</StYlE\n><p>a<SCRIPT>x</SCRIPT/><p>b"),
    ("end tag with attributes", "<script>x</script foo='>'>b</script><p>a"),
    ("end tag cut off after its name", "<p>a<script>x</script"),
    ("end tag cut off in its name", "<p>a<style>x</sty"),
    ("end tag cut off after white space", "<p>a<script>x</script "),
    ("script to the end", "<p>a<script>x <b>y</b>"),
    ("script self-closed", "<script/>x</script><p>a"),
    ("style in a script", "<script><style></script><p>a</style>"),
    ("script in a style", "<style><script></style><p>a</script>"),
    ("comment around a script", "<!-- <script> --><p>a</p><!-- </script> --><p>b"),
    ("comment that never ends", "<p>a<!-- <p>b</p>"),
    ("comment with bang and dashes", "<!--->a<!-->b<!--x--!>c<!-- -- >d-->e"),
    ("script in an attribute", "<p title='<script>'>a</p><p title=\"</script>\">b"),
    ("json-ld", "<script type=' Application/LD+JSON '>{\"a\": \"</p>\"}</script><p>a"),
    ("script of a formula", "<p>a<script type='math/tex; mode=display'>x &lt; <b>y</b></script>b"),
    ("iframe", "<iframe><p>x</p></iframe><p>a<iframe src=x />b</iframe>c"),
    ("noembed and noframes", "<noembed><p>x</noembed>a<noframes><p>y</noframes>b"),
    ("noscript in the head", "<head><noscript><link rel=x><style>p{}</style></noscript><title>t</title><p>a"),
    ("noscript in the body", "<p>a<noscript><p>b</p><img src=x></noscript>c"),
    ("noscript with an open iframe", "<div><noscript><iframe/></noscript><p>a</div>"),
    ("noscript with an end tag of its parent", "<div><noscript></div><b>x</noscript>a</div>b"),
    ("cdata in svg", "<svg><title><![CDATA[<p>x</p>]]></title><desc>a</desc></svg>b<![CDATA[c]]>d"),
    ("script in svg", "<svg><script>a < b <g/> </script><style> .x > y </style><path/></svg>c"),
    ("self-closed script in svg", "<svg><script/><text>a</text></svg>b"),
    ("html in svg", "<svg><foreignObject><p>a<script>x</p></script></foreignObject><p>b</svg>c"),
    (
        "math",
        "<math><mi>a</mi><annotation-xml encoding='text/html'><p>b</p></annotation-xml><mtext><p>c</math>d",
    ),
    ("textarea", "<textarea>\n<p>a</p><script></textarea>b</script>c"),
    ("title", "<title><script>a</title><p>b</script>c"),
    ("xmp", "<p>a<xmp><p>b</p><script></xmp>c</script>"),
    ("listing and pre", "<pre>\n\na</pre><listing>\nb</listing>"),
    ("plaintext", "<p>a<plaintext><p>b</plaintext><script>c</script>"),
    ("frameset", "<frameset><frame src=x><noframes><p>a</noframes></frameset><p>b"),
    ("frameset after text", "a<frameset><frame></frameset>b"),
    ("nested tables", "<table><tr><td>a<table><tr><td>b</table>c<td>d</table>e"),
    ("table without rows", "<table>a<td>b<tr>c<tbody>d</table>"),
    ("foster parenting", "<table><b>a<tr>b<td>c</td>d</b><script>x</script><div>e</table>f"),
    ("foster parenting of text around", "x<table> <tr> y</tr><caption>z</caption></table>"),
    ("table in a paragraph", "<p>a<table><tr><td>b</table>c"),
    ("misnested formatting", "<b>a<i>b</b>c</i><p>d<b>e<p>f</b>g"),
    ("adoption agency", "<a>a<div>b<a>c</a>d</div>e</a><b><p>f</b>g</p>"),
    ("open formatting over blocks", "<font><p>a<p>b<p>c</font>d<nobr>e<nobr>f"),
    (
        "template",
        "<template><p>a<script>x</script><tr><td>b</template>c<table><template><tr></template><td>d",
    ),
    ("template in a template", "<template>a<template>b</template>c</template>d"),
    ("template not closed", "<p>a<template><div>b"),
    ("declarative shadow root", "<div><template shadowrootmode=open><p>a<slot></slot></template>b</div>"),
    ("select", "<select><option>a<option>b<optgroup><option>c<p>d<script>x</script></select>e"),
    ("select with an input", "<select><option>a<input>b</select>c<select><select>d"),
    ("buttons and forms", "<form>a<form>b</form>c<button>d<button>e</form>f"),
    ("headings in headings", "<h1>a<h2>b</h1>c</h2>d"),
    ("lists", "<ul><li>a<li>b<ul><li>c</ul><dl><dt>d<dd>e<dt>f</ul>g"),
    (
        "second html and body",
        "<html lang=en><body class=a><html lang=de id=x><body class=b id=y>a</body></html>b",
    ),
    ("after the end", "<p>a</body><p>b</html><!-- c --><p>d"),
    ("doctype", "<!DOCTYPE html PUBLIC 'x'><p>a<!DOCTYPE html>b"),
    ("processing instruction", "<?xml version='1.0'?><p>a<?php echo '<p>b</p>' ?>c"),
    ("entities", "&lt;p&gt;&amp;amp;&nbsp;&#x41;&#0;&notit;&not&copy=<p title='&copy=1&copy;'>a"),
    ("zero bytes and returns", "<p>a\0b\r\nc\rd<script>\r\0</script>\r\n<p>e<svg>\0</svg>"),
    ("ruby", "<ruby>a<rb>b<rt>c<rtc>d<rp>e</ruby>f"),
    ("unknown elements", "<x-y>a<z:w q:r=1>b</x-y>c</z:w>d"),
    ("image and isindex", "<image src=x>a<isindex prompt=b>c"),
    ("attributes", "<p class=a CLASS=b onclick=c data-x id='i'>a</p/ title=x><p/>b"),
    ("tag cut off", "<p>a<p title='b"),
];

/// Texts of blocks from both trees.
fn compare_blocks(html: &str) -> Result<(), String> {
    let extractor = Extractor::new();
    let parsed = extractor.extract_document(&Document::parse(html));
    let copied = extractor.extract_document(&Document::from_rcdom(&reference(html)));
    for (ours, theirs) in parsed.blocks().zip(copied.blocks()) {
        if (ours.text(), ours.role(), ours.score()) != (theirs.text(), theirs.role(), theirs.score()) {
            return Err(format!(
                "block {} is {} {:?}, from RcDom {} {:?}",
                ours.index(),
                ours.role(),
                ours.text(),
                theirs.role(),
                theirs.text()
            ));
        }
    }
    let (ours, theirs) = (parsed.blocks().len(), copied.blocks().len());
    if ours == theirs { Ok(()) } else { Err(format!("{ours} blocks, {theirs} from RcDom")) }
}

/// Runs a check on many pages and fails with all that failed.
fn check(pages: &[(String, String)], check: fn(&str) -> Result<(), String>) {
    let failed: Vec<String> = pages
        .par_iter()
        .filter_map(|(name, html)| check(html).err().map(|error| format!("{name}: {error}")))
        .collect();
    assert!(failed.is_empty(), "{} of {} pages:\n{}", failed.len(), pages.len(), failed.join("\n"));
}

fn traps() -> Vec<(String, String)> {
    let whole = TRAPS.iter().map(|(name, html)| ((*name).to_owned(), (*html).to_owned()));
    // In a page, a trap must not swallow what follows more in one parse than in the other.
    let in_page = TRAPS.iter().map(|(name, html)| {
        (
            format!("{name}, in a page"),
            format!("<title>t</title><body><div class=x>y{html}</div><p>z</p><script>w</script>v"),
        )
    });
    whole.chain(in_page).collect()
}

fn pages_of(set: &GoldSet) -> Vec<(String, String)> {
    let page = |entry: &unhusk::eval::GoldEntry| {
        let bytes = entry.read().unwrap_or_else(|error| panic!("{error}"));
        (format!("{}/{}", set.name(), entry.id()), String::from_utf8_lossy(&bytes).into_owned())
    };
    set.entries().iter().map(page).collect()
}

fn corpus() -> Vec<(String, String)> {
    let set = GoldSet::open(concat!(env!("CARGO_MANIFEST_DIR"), "/corpus"));
    pages_of(&set.unwrap_or_else(|error| panic!("{error}")))
}

/// The gold sets in the folder that the environment names; none if it names none.
fn sets() -> Vec<GoldSet> {
    let Some(folder) = env::var_os("UNHUSK_SETS").map(PathBuf::from) else { return Vec::new() };
    let list = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let paths =
        list.map(|entry| entry.unwrap_or_else(|error| panic!("{}: {error}", folder.display())).path());
    let sets: Vec<GoldSet> = paths.filter_map(|path| GoldSet::open(path).ok()).collect();
    assert!(!sets.is_empty(), "{} holds no gold set", folder.display());
    sets
}

#[test]
fn corpus_pages_parse_as_html5ever_has_them() {
    check(&corpus(), compare_reference);
}

#[test]
fn corpus_pages_read_fast_have_the_same_text() {
    check(&corpus(), compare_fast);
}

#[test]
fn traps_parse_as_html5ever_has_them() {
    check(&traps(), compare_reference);
}

#[test]
fn traps_read_fast_have_the_same_text() {
    check(&traps(), compare_fast);
}

/// What pages of random pieces are made of: ends and beginnings of everything the tokenizer knows.
const PIECES: &[&str] = &[
    "<",
    ">",
    "</",
    "/>",
    "/",
    "!",
    "-",
    "--",
    "<!",
    "<!--",
    "-->",
    "--!>",
    "<!-->",
    "<!doctype html>",
    "<!DOCTYPE x PUBLIC 'a>",
    "<?",
    "<![CDATA[",
    "]]>",
    "&",
    "&amp",
    "&amp;",
    "&notit;",
    "&#x",
    "&#65",
    ";",
    "#",
    "=",
    "\"",
    "'",
    " ",
    "\n",
    "\r\n",
    "\r",
    "\t",
    "\0",
    "\u{FEFF}",
    "a",
    "B",
    "é",
    "文",
    "<p",
    "<p>",
    "</p>",
    "<DIV ",
    "</div>",
    "class=",
    "CLASS='x'",
    "href=\"a&copy=b\"",
    "id=x/",
    " hidden ",
    "data-x=y",
    "title=\"<p>\"",
    "<a ",
    "<a href=/b>",
    "<b class=1>",
    "<b data-x=1>",
    "<b>",
    "</b>",
    "<script>",
    "<script ",
    "</script>",
    "</script ",
    "<style>",
    "</style>",
    "<title>",
    "</title>",
    "<textarea>\n",
    "</textarea>",
    "<noscript>",
    "</noscript>",
    "<svg>",
    "</svg>",
    "<math>",
    "<mi>",
    "<font color=red>",
    "<font size=1>",
    "<table>",
    "<tr>",
    "<td>",
    "</table>",
    "<iframe>",
    "</iframe>",
    "<plaintext>",
    "<pre>\n",
    "<select>",
    "<option>",
    "<template>",
    "</template>",
    "<br/>",
    "<xmp>",
    "</xmp>",
    "<frameset>",
    "type='application/ld+json'",
    "<html lang=en>",
    "<body class=y>",
    "<meta charset=utf-8>",
    "xlink:href=z",
];

/// Pages of up to 40 pieces, the same in every run.
fn random_pages(count: usize) -> Vec<(String, String)> {
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let mut next = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below as u64) as usize
    };
    (0..count)
        .map(|number| {
            let html: String = (0..=next(40)).map(|_| PIECES[next(PIECES.len())]).collect();
            (format!("random page {number}: {html:?}"), html)
        })
        .collect()
}

#[test]
fn random_pages_read_fast_have_the_same_text() {
    check(&random_pages(60_000), compare_fast);
}

#[test]
fn pages_of_gold_sets_parse_alike_in_all_three_ways() {
    for set in sets() {
        check(&pages_of(&set), |html| compare_reference(html).and_then(|()| compare_fast(html)));
    }
}

#[test]
fn corpus_pages_from_rcdom_give_the_same_blocks() {
    check(&corpus(), compare_blocks);
}

#[test]
fn traps_from_rcdom_give_the_same_blocks() {
    check(&traps(), compare_blocks);
}

#[test]
fn a_tree_once_parsed_keeps_what_the_fast_parse_needs() {
    let page = "<script type=application/ld+json>{\"a\": 1}</script><script>x</script><noscript><p>b</p></noscript><script type='math/tex'>y</script>";
    let document = Document::parse(page);
    let dump = document.dump();
    let lines: HashMap<&str, usize> = dump.lines().map(str::trim_start).map(|line| (line, 1)).collect();
    assert!(lines.contains_key("text \"{\\\"a\\\": 1}\""), "{dump}");
    assert!(!lines.contains_key("text \"x\""), "{dump}");
    assert!(lines.contains_key("text \"b\""), "{dump}");
    assert!(lines.contains_key("text \"y\""), "{dump}");
}
