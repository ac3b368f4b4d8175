//! What holds for every page, whole, cut or mangled: no panic, the same answer twice, no text that the page does
//! not have, none of it twice, and the same text in every form.

use std::fmt::Debug;

use rayon::prelude::*;
use unhusk::eval::{GoldEntry, GoldSet};
use unhusk::{Block, Document, Extraction, Extractor, Role};

#[path = "tree/compare.rs"]
#[allow(dead_code, reason = "each test uses a part")]
mod compare;

use compare::unquote;

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
    // With links, the HTML has the labels of films, which are no text of the page.
    let text_only = Extractor::builder().include_links(false).build().map_err(|error| error.to_string())?;
    let everything = Extractor::builder()
        .include_links(false)
        .include_title(true)
        .include_comments(true)
        .build()
        .map_err(|error| error.to_string())?;
    // Buttons, labels and line numbers beside code are no text. In a broken page anything may stand beside it.
    let holds = |tag: &[u8]| page.windows(tag.len()).any(|part| part.eq_ignore_ascii_case(tag));
    let beside_code = if holds(b"<pre") && holds(b"<button") { 40 } else { 0 };
    // Links with which a wiki's sections are edited are left out; in a broken page one of their brackets may stay, or their address be text.
    let is_wiki = holds(b"mw-editsection");
    let left_out = if is_wiki { 160 } else { beside_code };
    // Text puts the marks around quotations that browsers put around `q`.
    let has_quotations = holds(b"<q");
    let bare = |text: String| {
        let is_sign = |c: char| is_wiki && matches!(c, '[' | ']') || has_quotations && c == '"';
        text.replace(is_sign, "")
    };
    let roles = [&[Role::Content][..], &[Role::Content, Role::Title, Role::Comment]];
    for (extractor, roles) in [text_only, everything].into_iter().zip(roles) {
        let extraction = extractor.extract_bytes(page, None).map_err(|error| error.to_string())?;
        let text = bare(extraction.text());
        stand_in_page(&extraction)?;
        // A title that is all the text is left.
        let is_all = |block: &Block<'_>| block.role() == Role::Title && !text.is_empty();
        let is_title = extraction.blocks().all(|block| block.role() != Role::Content);
        let is_chosen = |block: &Block<'_>| roles.contains(&block.role()) || is_title && is_all(block);
        let chosen = extraction.blocks().filter(is_chosen);
        let blocks = squash(&bare(chosen.map(|block| block.text()).collect::<String>()));
        is_all_of("blocks", &text, &blocks, left_out)?;
        let shown = bare(visible(&Document::parse(&extraction.html())));
        is_all_of("paragraphs of the HTML", &text, &shown, 0)?;
    }
    let [first, second] =
        [(), ()].map(|()| Extractor::new().extract_bytes(page, None).map(|one| all_forms(&one)));
    equal("second answer", second, first)
}

fn all_forms(extraction: &Extraction) -> [String; 4] {
    [extraction.text(), extraction.markdown(), extraction.html(), extraction.json()]
}

fn equal<T: PartialEq + Debug>(what: &str, is: T, should: T) -> Result<(), String> {
    if is == should { Ok(()) } else { Err(format!("{what} is\n{is:?}\nnot\n{should:?}")) }
}

/// Each block of the page stands in it behind the block before. So every word comes from the page, in its order, and
/// none comes twice.
fn stand_in_page(extraction: &Extraction) -> Result<(), String> {
    let page = visible(extraction.document());
    let mut rest = page.as_str();
    for block in extraction.blocks() {
        let text = squash(block.text());
        let found = rest.find(&text).ok_or_else(|| {
            let fault =
                if page.contains(&text) { "stands before, or comes twice" } else { "is not in the page" };
            format!("{text:?} {fault}")
        })?;
        rest = rest.get(found + text.len()..).unwrap_or_default();
    }
    Ok(())
}

/// The text is all of another one, but for white space, bullets, what parts the cells of a table, and at most so many
/// letters between two lines.
fn is_all_of(name: &str, text: &str, squashed: &str, left_out: usize) -> Result<(), String> {
    let mut rest = squashed;
    for line in text.lines() {
        let skipped =
            || rest.char_indices().take(left_out + 1).find_map(|(at, _)| line_start(&rest[at..], line));
        rest = line_start(rest, line).or_else(skipped).ok_or_else(|| {
            let there: String = rest.chars().take(60).collect();
            format!("the text has {line:?} where the {name} have {there:?}")
        })?;
    }
    if rest.trim_matches(|c| c == '|' || leads_back(c)).chars().count() <= left_out {
        Ok(())
    } else {
        Err(format!("behind the text the {name} have {rest:?}"))
    }
}

/// What follows a line of the text, if the line stands at the start: as it is, or without what we add to it.
fn line_start<'a>(rest: &'a str, line: &str) -> Option<&'a str> {
    let whole = squash(line);
    let start = |rest: &'a str| {
        rest.strip_prefix(whole.as_str()).or_else(|| line.split('|').try_fold(rest, cell_start))
    };
    start(rest).or_else(|| {
        // Links back from a note, a sign and perhaps some letters, are left out, and links of headings to themselves.
        let letters = rest.strip_prefix(leads_back)?;
        letters.char_indices().take(16).find_map(|(at, _)| start(&letters[at..]))
    })
}

fn leads_back(c: char) -> bool {
    // Read in another encoding, an arrow begins with the last of them.
    matches!(c, '^' | '¶' | '#' | '\u{FE0E}' | 'â')
}

/// The same for what stands between two `|`, of ours or of the page.
fn cell_start<'a>(rest: &'a str, cell: &str) -> Option<&'a str> {
    let rest = rest.trim_start_matches('|');
    let mut cell = cell.trim_start();
    loop {
        if let Some(after) = rest.strip_prefix(squash(cell).as_str()) {
            return Some(after);
        }
        cell = without_bullet(cell)?;
    }
}

/// What follows a bullet of ours: `- ` or `12. `, or the box of a task behind one. An item that begins with a list has several.
fn without_bullet(line: &str) -> Option<&str> {
    if let Some(task) = line.strip_prefix("[x] ").or_else(|| line.strip_prefix("[ ] ")) {
        return Some(task);
    }
    let after_digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = if after_digits.len() < line.len() { after_digits.strip_prefix('.') } else { None };
    let after = line.strip_prefix('-').or(number)?;
    (after.is_empty() || after.starts_with(' ')).then(|| after.trim_start())
}

/// Without white space, what shows nothing, and the arrows that lead back from notes; raised and lowered characters as
/// they are on the line.
fn squash(text: &str) -> String {
    let is_arrow = |c: char| matches!(c, '↑' | '↩');
    let shows = |c: &char| !(c.is_whitespace() || c.is_control() || is_invisible(*c) || is_arrow(*c));
    text.chars().filter(shows).map(flat).collect()
}

fn flat(c: char) -> char {
    let of = |lifted: &str| lifted.chars().position(|other| other == c);
    let place = of("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ").or(of("₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₙᵢ")).or((c == '−' || c == '–').then_some(11));
    place.and_then(|place| "0123456789+-=()ni".chars().nth(place)).unwrap_or(c)
}

fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{200B}' | '\u{FEFF}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            | '\u{E000}'..='\u{F8FF}' | '\u{FFF9}'..='\u{FFFB}')
}

/// Elements whose text no reader sees as text of the page.
const UNSEEN: [&str; 16] = [
    "script", "style", "template", "head", "title", "iframe", "noembed", "noframes", "object", "canvas",
    "audio", "video", "svg", "datalist", "textarea", "progress",
];

/// The texts of a document in order, squashed.
fn visible(document: &Document) -> String {
    let dump = document.dump();
    let mut text = String::new();
    let mut unseen = usize::MAX;
    for line in dump.lines() {
        let node = line.trim_start_matches(' ');
        let depth = line.len() - node.len();
        if depth > unseen {
            continue;
        }
        unseen = usize::MAX;
        if let Some(quoted) = node.strip_prefix("text ") {
            text.push_str(&squash(&unquote(quoted)));
        } else if let Some(element) = node.strip_prefix('<') {
            let name = element.split([' ', '>']).nth(1).unwrap_or_default();
            let is_shadow = name == "template" && element.contains(" shadowrootmode=");
            if UNSEEN.contains(&name) && !is_shadow {
                unseen = depth;
            }
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
        let fifths = (1..5).map(|fifth| page.len() * fifth / 5);
        let anywhere: Vec<usize> = (0..3).map(|_| random.below(page.len())).collect();
        fifths.chain(anywhere).map(|end| page[..end].to_vec()).collect()
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
    // Whether the answer must be empty; what may pass for text may come out.
    let cases: [(&str, bool, Vec<u8>); 14] = [
        ("nothing", true, Vec::new()),
        ("white space", true, b" \n\t \r\n ".to_vec()),
        ("one byte", false, vec![0xFF]),
        ("zeros", true, vec![0; 4096]),
        ("junk", false, junk(4096)),
        ("much junk", false, junk(200_000)),
        ("a byte order mark alone", true, vec![0xEF, 0xBB, 0xBF]),
        ("utf-16 cut in a character", false, vec![0xFF, 0xFE, b'<', 0, b'p', 0, b'>', 0, b'a']),
        (
            "a pdf",
            false,
            b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n".to_vec(),
        ),
        ("a png", false, b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\x01\0\0\0\x01\0\x08\x06".to_vec()),
        ("a tag cut off", true, b"<!DOCTYPE html><html><body><div class=\"".to_vec()),
        (
            "only script",
            true,
            b"<script>document.write('<p>Loading</p>')</script><style>p{}</style>".to_vec(),
        ),
        ("a frameset", true, b"<frameset cols=2><frame src=a.html><frame src=b.html></frameset>".to_vec()),
        (
            "a head alone",
            true,
            b"<title>Tides</title><meta name=description content='Tides of today'>".to_vec(),
        ),
    ];
    for (name, is_empty, page) in cases {
        check(&page).unwrap_or_else(|error| panic!("{name}: {error}"));
        let extraction =
            Extractor::new().extract_bytes(&page, None).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(!is_empty || extraction.text().is_empty(), "{name}: {}", extraction.text());
    }
}
