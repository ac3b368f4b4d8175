//! What holds for every page, whole, cut or mangled: no panic, the same answer twice, no text that the page does
//! not have, none of it twice, and the same text in every form.

use std::fmt::Debug;

use rayon::prelude::*;
use unhusk::eval::{GoldEntry, GoldSet};
use unhusk::{Document, Extraction, Extractor};

/// A small generator (Marsaglia 2003, xorshift with 64 bits): the same pages are mangled alike everywhere.
struct Random(u64);

impl Random {
    fn new(seed: usize) -> Random {
        Random(0x9E37_79B9_7F4A_7C15 ^ (seed as u64).wrapping_mul(0x2545_F491_4F6C_DD1D))
    }

    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) as usize % bound.max(1)
    }
}

fn corpus() -> Vec<(String, Vec<u8>)> {
    let set = GoldSet::open(concat!(env!("CARGO_MANIFEST_DIR"), "/corpus"))
        .unwrap_or_else(|error| panic!("{error}"));
    let page =
        |entry: &GoldEntry| (entry.id().to_owned(), entry.read().unwrap_or_else(|error| panic!("{error}")));
    set.entries().iter().map(page).collect()
}

/// Checks every property on the pages after `mangle`, and fails with all that failed.
fn check_corpus(mangle: impl Fn(&[u8], &mut Random) -> Vec<Vec<u8>> + Sync) {
    let failed: Vec<String> = corpus()
        .par_iter()
        .enumerate()
        .flat_map_iter(|(seed, (name, bytes))| {
            let pages = mangle(bytes, &mut Random::new(seed));
            let check = |(number, page): (usize, Vec<u8>)| {
                check(&page).err().map(|error| format!("{name}, page {number}: {error}"))
            };
            pages.into_iter().enumerate().filter_map(check).collect::<Vec<_>>()
        })
        .collect();
    assert!(failed.is_empty(), "{} pages:\n{}", failed.len(), failed.join("\n"));
}

fn check(page: &[u8]) -> Result<(), String> {
    let everything = Extractor::builder()
        .include_title(true)
        .include_comments(true)
        .build()
        .map_err(|error| error.to_string())?;
    let mut answers = Vec::new();
    for extractor in [Extractor::new(), everything] {
        let extraction = extractor.extract_bytes(page, None).map_err(|error| error.to_string())?;
        stands_in_page(&extraction)?;
        is_the_text_of_its_html(&extraction)?;
        answers.push((extractor, all_forms(&extraction)));
    }
    for (extractor, before) in answers {
        let again = extractor.extract_bytes(page, None).map_err(|error| error.to_string())?;
        equal("second answer", all_forms(&again), before)?;
    }
    Ok(())
}

fn all_forms(extraction: &Extraction) -> [String; 4] {
    [extraction.text(), extraction.markdown(), extraction.html(), extraction.json()]
}

fn equal<T: PartialEq + Debug>(what: &str, is: T, should: T) -> Result<(), String> {
    if is == should { Ok(()) } else { Err(format!("{what} is\n{is:?}\nnot\n{should:?}")) }
}

/// Each piece of the text stands in the page behind the piece before it. So every word comes from the page, in its
/// order, and none comes twice.
fn stands_in_page(extraction: &Extraction) -> Result<(), String> {
    let page = visible(extraction.document());
    let mut rest = page.as_str();
    for line in extraction.text().lines() {
        for piece in squash(without_bullet(line)).split('|').filter(|piece| !piece.is_empty()) {
            let found = rest.find(piece).ok_or_else(|| {
                let again =
                    if page.contains(piece) { "stands before, or comes twice" } else { "is not in the page" };
                format!("{piece:?} {again}")
            })?;
            rest = &rest[found + piece.len()..];
        }
    }
    Ok(())
}

/// The text is that of the HTML but for white space, bullets and what parts the cells of a table.
fn is_the_text_of_its_html(extraction: &Extraction) -> Result<(), String> {
    let html = extraction.html();
    let of_html = visible(&Document::parse(&html));
    let mut rest = of_html.as_str();
    for line in extraction.text().lines() {
        rest = line_start(rest, line).ok_or_else(|| {
            let there: String = rest.chars().take(60).collect();
            format!("the text has {line:?} where the HTML has {there:?}")
        })?;
    }
    if rest.is_empty() { Ok(()) } else { Err(format!("the HTML goes on with {rest:?}")) }
}

/// What follows a line of text in the squashed text of the HTML, if the line stands there.
fn line_start<'a>(rest: &'a str, line: &str) -> Option<&'a str> {
    let whole = squash(line);
    let bare = squash(without_bullet(line));
    let cells = bare.replace('|', "");
    // Bullets first may be text of the page, then marks of ours.
    [whole, bare]
        .iter()
        .find_map(|line| rest.strip_prefix(line.as_str()))
        .or_else(|| strip_cells(rest, &cells))
}

/// As `strip_prefix`, passing over `|` in the HTML's own text.
fn strip_cells<'a>(rest: &'a str, cells: &str) -> Option<&'a str> {
    let mut rest = rest;
    for c in cells.chars() {
        rest = rest.trim_start_matches('|').strip_prefix(c)?;
    }
    Some(rest)
}

/// A line without a bullet of ours: `- ` or `12. `, after indentation.
fn without_bullet(line: &str) -> &str {
    let mut rest = line.trim_start();
    // An item that begins with a list has several.
    loop {
        let after_digits = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let number = if after_digits.len() < rest.len() { after_digits.strip_prefix('.') } else { None };
        match rest.strip_prefix('-').or(number) {
            Some(after) if after.is_empty() || after.starts_with(' ') => rest = after.trim_start(),
            _ => return rest,
        }
    }
}

/// Without white space and what shows nothing.
fn squash(text: &str) -> String {
    let shows = |c: &char| !(c.is_whitespace() || c.is_control() || is_invisible(*c));
    text.chars().filter(shows).collect()
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}' | '\u{FEFF}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{E000}'..='\u{F8FF}')
}

/// The texts of a document in order, squashed, without what stands in scripts.
fn visible(document: &Document) -> String {
    let dump = document.dump();
    let mut text = String::new();
    let mut in_script = false;
    for line in dump.lines().map(|line| line.trim_start_matches(' ')) {
        match line.strip_prefix("text ") {
            Some(quoted) if !in_script => text.push_str(&squash(&unquote(quoted))),
            _ => {}
        }
        in_script = line.starts_with("<\"http://www.w3.org/1999/xhtml\" script");
    }
    text
}

/// Undoes `{:?}`.
fn unquote(quoted: &str) -> String {
    let mut text = String::with_capacity(quoted.len());
    let inside = quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(quoted);
    let mut chars = inside.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            text.push(c);
            continue;
        }
        match chars.next() {
            Some('n') => text.push('\n'),
            Some('r') => text.push('\r'),
            Some('t') => text.push('\t'),
            Some('0') => text.push('\0'),
            Some('u') => {
                let code: String = chars.by_ref().skip(1).take_while(|&c| c != '}').collect();
                text.extend(u32::from_str_radix(&code, 16).ok().and_then(char::from_u32));
            }
            Some(c) => text.push(c),
            None => {}
        }
    }
    text
}

/// The page in pieces: tags, and what stands between them.
fn pieces(html: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        let end = rest[start..].find('>').map_or(rest.len(), |end| start + end + 1);
        pieces.push(&rest[..start]);
        pieces.push(&rest[start..end]);
        rest = &rest[end..];
    }
    pieces.push(rest);
    pieces
}

#[test]
fn whole_pages() {
    check_corpus(|page, _| vec![page.to_vec()]);
}

#[test]
fn pages_cut_off() {
    check_corpus(|page, random| {
        let tenths = (1..10).map(|tenth| page.len() * tenth / 10);
        let anywhere: Vec<usize> = (0..3).map(|_| random.below(page.len())).collect();
        tenths.chain(anywhere).map(|end| page[..end].to_vec()).collect()
    });
}

#[test]
fn pages_without_their_beginning() {
    check_corpus(|page, random| (0..4).map(|_| page[random.below(page.len())..].to_vec()).collect());
}

#[test]
fn pages_with_random_bytes() {
    check_corpus(|page, random| {
        let mut spoilt = Vec::new();
        for share in [1000, 50, 5] {
            let mut page = page.to_vec();
            for _ in 0..page.len() / share {
                let at = random.below(page.len());
                page[at] = random.below(256) as u8;
            }
            spoilt.push(page);
        }
        spoilt
    });
}

#[test]
fn pages_with_tags_shuffled() {
    check_corpus(|page, random| {
        let html = String::from_utf8_lossy(page);
        let mut pieces = pieces(&html);
        // Tags stand at the odd places.
        for last in (1..pieces.len() / 2).rev() {
            pieces.swap(2 * last + 1, 2 * random.below(last + 1) + 1);
        }
        vec![pieces.concat().into_bytes()]
    });
}

#[test]
fn pages_with_tags_lost_and_doubled() {
    check_corpus(|page, random| {
        let html = String::from_utf8_lossy(page);
        let pieces = pieces(&html);
        let mut mangle = |odds: usize, times: usize| {
            let repeat = |(index, piece): (usize, &&str)| {
                let hit = index % 2 == 1 && random.below(odds) == 0;
                piece.repeat(if hit { times } else { 1 })
            };
            pieces.iter().enumerate().map(repeat).collect::<String>().into_bytes()
        };
        vec![mangle(20, 0), mangle(3, 0), mangle(20, 2), mangle(3, 3)]
    });
}

#[test]
fn two_pages_in_one() {
    let pages = corpus();
    let mut previous = pages.last().map(|(_, page)| page.as_slice()).unwrap_or_default();
    let mut failed = Vec::new();
    for (name, page) in &pages {
        let both = [&previous[..previous.len() / 2], page.as_slice()].concat();
        failed.extend(check(&both).err().map(|error| format!("{name}: {error}")));
        previous = page;
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn what_is_no_page_gives_little_and_no_error() {
    let mut random = Random::new(7);
    let mut junk = |length| (0..length).map(|_| random.below(256) as u8).collect::<Vec<u8>>();
    let cases: [(&str, Vec<u8>); 14] = [
        ("nothing", Vec::new()),
        ("white space", b" \n\t \r\n ".to_vec()),
        ("one byte", vec![0xFF]),
        ("zeros", vec![0; 4096]),
        ("junk", junk(4096)),
        ("much junk", junk(200_000)),
        ("a byte order mark alone", vec![0xEF, 0xBB, 0xBF]),
        ("utf-16 cut in a character", vec![0xFF, 0xFE, b'<', 0, b'p', 0, b'>', 0, b'a']),
        ("a pdf", b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n".to_vec()),
        ("a png", b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\x01\0\0\0\x01\0\x08\x06".to_vec()),
        ("a tag cut off", b"<!DOCTYPE html><html><body><div class=\"".to_vec()),
        ("only script", b"<script>document.write('<p>Loading</p>')</script><style>p{}</style>".to_vec()),
        ("a frameset", b"<frameset cols=2><frame src=a.html><frame src=b.html></frameset>".to_vec()),
        ("a head alone", b"<title>Tides</title><meta name=description content='Tides of today'>".to_vec()),
    ];
    for (name, page) in cases {
        check(&page).unwrap_or_else(|error| panic!("{name}: {error}"));
        let extraction =
            Extractor::new().extract_bytes(&page, None).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(extraction.is_empty() == extraction.text().is_empty(), "{name}");
        if !matches!(name, "junk" | "much junk" | "a pdf") {
            assert_eq!(extraction.text(), "", "{name}");
        }
    }
}
