//! What must hold for any input. The fuzz targets call these functions, and so does the test that replays what they
//! have found.

use encoding_rs::Encoding;
use pulldown_cmark::{Event, Options, Parser};
use unhusk::eval::{GoldPage, PageScores, Prediction};
use unhusk::{Document, Extraction, Extractor};

use crate::compare::{compare_fast, compare_reference};

/// What a target does with an input.
pub(crate) type Check = fn(&[u8]);

/// The name of each target, and its function.
pub(crate) const TARGETS: [(&str, Check); 7] = [
    ("page", page),
    ("text", text),
    ("tree", tree),
    ("markdown", markdown),
    ("gold", gold),
    ("decode", decode),
    ("metadata", metadata),
];

/// A page from bytes: every form of it is made, and every form is safe.
pub(crate) fn page(bytes: &[u8]) {
    // The first byte chooses how the page is read.
    let (first, bytes) = bytes.split_first().unwrap_or((&0, &[]));
    let charset = [None, None, None, Some("utf-8"), Some("gb18030"), Some("iso-2022-jp"), Some("utf-16le")];
    let charset = charset[usize::from(first % 8).min(6)];
    let mut builder = Extractor::builder().include_title(first & 8 != 0).include_comments(first & 16 != 0);
    if first & 32 != 0 {
        builder = builder.url("https://coast.example/a/b?c#d");
    }
    if first & 64 != 0 {
        builder =
            builder.max_nodes(40).max_blocks(3).max_output_bytes(100).max_attribute_bytes(8).max_depth(0);
    }
    let extractor = builder.build().expect("the options are good");
    let extraction = extractor.extract_bytes(bytes, charset).expect("no limit is an error");
    safe(&extraction);
    for block in extraction.blocks() {
        let _ = (block.path(), block.line(), block.reasons());
    }
}

/// A page from text: it has the same forms as from bytes that say they are UTF-8.
pub(crate) fn text(bytes: &[u8]) {
    let html = String::from_utf8_lossy(bytes);
    let extraction = unhusk::extract(&html);
    safe(&extraction);
    let marked = [&[0xEF, 0xBB, 0xBF], html.as_bytes()].concat();
    let from_bytes = Extractor::new().extract_bytes(&marked, None).expect("no limit is an error");
    assert_eq!(extraction.json(), from_bytes.json());
}

/// A page from text: what a reader of Markdown sees in its Markdown is its text.
pub(crate) fn markdown(bytes: &[u8]) {
    let html = String::from_utf8_lossy(bytes);
    let extractor = Extractor::builder().include_images(false).build().expect("the options are good");
    let extraction = extractor.extract(&html).expect("no limit is an error");
    let markdown = extraction.markdown();
    let (mut shown, mut notes) = (String::new(), false);
    // Without footnotes, `[^1]: word` would be where a link leads.
    for event in Parser::new_ext(&markdown, Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES) {
        match event {
            Event::Text(text) | Event::Code(text) => shown.push_str(&text),
            Event::FootnoteReference(_) => notes = true,
            _ => {}
        }
    }
    // Signs and numbers may be those of lists and tables. Two letters are raised and lowered in text.
    let level = |letter: char| match letter {
        'ⁿ' | 'ₙ' => 'n',
        'ⁱ' | 'ᵢ' => 'i',
        other => other,
    };
    let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).map(level).collect::<String>();
    let (shown, text) = (letters(&shown), letters(&extraction.text()));
    let lower = html.to_ascii_lowercase();
    let players = ["<audio", "<video", "<iframe", "<object", "<embed"];
    let has_players = players.iter().any(|player| lower.contains(player));
    match (has_players, notes) {
        (false, false) => assert_eq!(shown, text, "{markdown}"),
        // Players are links in Markdown and nothing in text.
        (true, false) => assert!(is_within(&text, &shown), "{markdown}"),
        // What a reference says is the label in Markdown.
        (false, true) => assert!(is_within(&shown, &text), "{markdown}"),
        (true, true) => {}
    }
}

/// True if the letters of `part` stand in `whole` in this order.
fn is_within(part: &str, whole: &str) -> bool {
    let mut rest = whole.chars();
    part.chars().all(|letter| rest.any(|other| other == letter))
}

/// A page from text: the trees are html5ever's.
pub(crate) fn tree(bytes: &[u8]) {
    let html = String::from_utf8_lossy(bytes);
    // Longer pages may go beyond the bounds within which the trees are the same, and the dump shows no depth beyond 64.
    let deep = " ".repeat(2 * 64);
    if html.len() > 3000 || Document::parse(&html).dump().lines().any(|line| line.starts_with(&deep)) {
        return;
    }
    compare_reference(&html).expect("the tree is html5ever's");
    compare_fast(&html).expect("the fast parse has the same tree");
}

/// A line of gold and behind it a text, which is scored against it.
pub(crate) fn gold(bytes: &[u8]) {
    let (line, text) = bytes.split_at(bytes.iter().position(|&byte| byte == b'\n').unwrap_or(bytes.len()));
    let Ok(page) = serde_json::from_slice::<GoldPage>(line) else { return };
    let text = String::from_utf8_lossy(text);
    let lines: Vec<&str> = text.lines().collect();
    let line = |number: usize| lines.get(number).copied().unwrap_or("");
    let prediction = Prediction::new(text.as_ref()).title(line(1)).authors([line(2)]).date(line(3));
    let prediction = prediction.block(line(4), line(5));
    let scores = PageScores::measure("set", &page, &prediction);
    for score in [scores.words(), scores.shingles()].into_iter().flatten() {
        let shares = [score.precision, score.recall, score.f1];
        assert!(shares.iter().all(|share| (0.0..=1.0).contains(share)), "{score:?}");
    }
}

/// Bytes and what the transport said of them: the page is the one that the bytes are in the encoding it names.
pub(crate) fn decode(bytes: &[u8]) {
    const CHARSETS: [&str; 7] =
        ["utf-8", "gb18030", "iso-2022-jp", "utf-16le", "big5", "x-user-defined", "no-such-charset"];
    let (first, bytes) = bytes.split_first().unwrap_or((&0, &[]));
    let charset = CHARSETS.get(usize::from(*first)).copied();
    let document = Document::from_bytes(bytes, charset);
    let name = document.encoding().expect("bytes have an encoding");
    let encoding = Encoding::for_label(name.as_bytes()).expect("its name is a label");
    let text = encoding.decode_with_bom_removal(bytes).0;
    assert_eq!(document.dump(), Document::parse(&text).dump(), "{name}");
    assert_eq!(document.source_bytes(), bytes.len());
    // A byte order mark goes before everything.
    if let Some((marked, _)) = Encoding::for_bom(bytes) {
        assert_eq!(encoding, marked);
    }
}

/// Lines that become the parts of a page that metadata and items are read from: what comes out is an answer of its
/// kind, or none.
pub(crate) fn metadata(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let mut lines = text.splitn(6, '\n');
    let mut line = || lines.next().unwrap_or("").replace('<', "&lt;").replace('"', "&quot;");
    let (date, author, address, price, title) = (line(), line(), line(), line(), line());
    let json = lines.next().unwrap_or("").replace("</", "<\\/");
    let html = format!(
        "<title>{title}</title><link rel=canonical href=\"{address}\"><meta name=author content=\"{author}\">\
         <script type=\"application/ld+json\">{json}</script><h1>{title}</h1><p class=byline>{author}, \
         <time datetime=\"{date}\">{date}</time><ul><li itemscope itemtype=\"https://schema.org/Product\">\
         <a itemprop=url href=\"{address}\"><span itemprop=name>{title}</span></a> <b itemprop=price>{price}</b></ul>"
    );
    let extraction = unhusk::extract(&html);
    let metadata = extraction.metadata();
    let dates = [metadata.published(), metadata.modified(), metadata.date()];
    for date in dates.into_iter().flatten() {
        is_a_day(date);
    }
    for address in [metadata.canonical_url(), metadata.image(), metadata.next_page()].into_iter().flatten() {
        assert!(address.starts_with("http://") || address.starts_with("https://"), "{address}");
    }
    let names = metadata.authors().iter().chain(metadata.organisations()).map(String::as_str);
    let uncut = metadata.declared_title().into_iter().chain(metadata.byline());
    for text in names.chain(metadata.title()).chain(metadata.description()).chain(uncut) {
        shows_what_it_holds(text);
        assert!(!text.trim().is_empty(), "{text:?}");
    }
    for item in extraction.items() {
        shows_what_it_holds(item.title());
        item.url().into_iter().for_each(runs_nothing);
        let price = item.price().unwrap_or("0");
        assert!(price.parse::<f64>().is_ok_and(|price| price >= 0.0 && price.is_finite()), "{price}");
        let currency = item.currency().unwrap_or("EUR");
        assert!(currency.len() == 3 && currency.bytes().all(|b| b.is_ascii_uppercase()), "{currency}");
    }
}

/// A date of ISO 8601 that there is: `2024-02-29`, or one with a time and an offset.
fn is_a_day(date: &str) {
    let number = |range| date.get(range).and_then(|digits: &str| digits.parse::<u32>().ok());
    let (Some(year), Some(month), Some(day)) = (number(0..4), number(5..7), number(8..10)) else {
        panic!("{date} is no date");
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = [31, if leap { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let last = days.get(month.wrapping_sub(1) as usize).copied().expect("there is such a month");
    assert!((1..=last).contains(&day), "{date}");
    assert!(date.len() == 10 || date.as_bytes().get(10) == Some(&b'T'), "{date}");
}

/// Panics if a form of the extraction holds what could harm a reader.
pub(crate) fn safe(extraction: &Extraction) {
    for text in [extraction.text(), extraction.markdown(), extraction.html()] {
        shows_what_it_holds(&text);
    }
    html_is_harmless(&extraction.html());
    markdown_has_no_html(&extraction.markdown());
    let json: serde_json::Value = serde_json::from_str(&extraction.json()).expect("JSON is JSON");
    let mut values = vec![&json];
    while let Some(value) = values.pop() {
        match value {
            serde_json::Value::String(text) => shows_what_it_holds(text),
            serde_json::Value::Array(list) => values.extend(list),
            serde_json::Value::Object(fields) => values.extend(fields.values()),
            _ => {}
        }
    }
}

/// No control characters, and none that turn the direction of others or that no one can see.
fn shows_what_it_holds(text: &str) {
    let hides = |c: char| {
        (c.is_control() && c != '\n' && c != '\t')
            || matches!(c,
                '\u{AD}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{E000}'..='\u{F8FF}'
                    | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
    };
    if let Some(found) = text.chars().find(|&c| hides(c)) {
        panic!("{found:?} in {text:?}");
    }
}

/// The elements that the HTML may hold, each with its attributes.
const ELEMENTS: [(&str, &[&str]); 40] = [
    ("html", &[]),
    ("head", &[]),
    ("body", &[]),
    ("p", &[]),
    ("h1", &[]),
    ("h2", &[]),
    ("h3", &[]),
    ("h4", &[]),
    ("h5", &[]),
    ("h6", &[]),
    ("ul", &[]),
    ("ol", &["start"]),
    ("li", &["id", "value"]),
    ("input", &["type", "checked", "disabled"]),
    ("dl", &[]),
    ("dt", &[]),
    ("dd", &[]),
    ("blockquote", &[]),
    ("pre", &[]),
    ("code", &["class"]),
    ("table", &[]),
    ("caption", &[]),
    ("tbody", &[]),
    ("tr", &[]),
    ("th", &["colspan", "rowspan"]),
    ("td", &["colspan", "rowspan"]),
    ("figure", &[]),
    ("figcaption", &[]),
    ("a", &["href"]),
    ("img", &["src", "alt"]),
    ("em", &[]),
    ("strong", &[]),
    ("del", &[]),
    ("q", &[]),
    ("span", &["class"]),
    ("sub", &[]),
    ("sup", &[]),
    ("br", &[]),
    ("details", &["open"]),
    ("summary", &[]),
];

/// Parsed as browsers do, the HTML has the elements and attributes of the list only, and no address that runs.
fn html_is_harmless(html: &str) {
    let dump = Document::parse_everything(html).dump();
    for line in dump.lines().map(str::trim_start) {
        let Some(element) = line.strip_prefix("<\"http://www.w3.org/1999/xhtml\" ") else {
            assert!(line == "content" || line.starts_with("text "), "{line} in {html}");
            continue;
        };
        let (name, attributes) = element.split_once([' ', '>']).expect("an element's line ends with >");
        let Some((_, allowed)) = ELEMENTS.iter().find(|(allowed, _)| *allowed == name) else {
            panic!("<{name}> in {html}");
        };
        let mut rest = attributes.trim_end_matches('>');
        while let Some((name, value)) = rest.trim_start().split_once("=\"") {
            assert!(allowed.contains(&name), "{name} in {html}");
            let end = value.char_indices().scan(false, |escaped, (at, c)| {
                let is_end = c == '"' && !*escaped;
                *escaped = c == '\\' && !*escaped;
                Some((at, is_end))
            });
            let end = end.filter(|(_, is_end)| *is_end).map(|(at, _)| at).next().expect("the value ends");
            if matches!(name, "href" | "src") {
                runs_nothing(&value[..end]);
            }
            rest = &value[end + 1..];
        }
    }
}

/// The address has no scheme but those that only lead somewhere.
fn runs_nothing(address: &str) {
    // Browsers drop these before they look at the scheme.
    let seen: String = address.chars().filter(|c| !c.is_control()).collect();
    let seen = seen.trim_start().to_ascii_lowercase();
    let scheme = seen.split(['/', '?', '#']).next().unwrap_or("").split_once(':').map(|(scheme, _)| scheme);
    // Anything else in front of a colon is no scheme: the address is relative.
    let is_scheme = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    };
    let scheme = scheme.filter(|scheme| is_scheme(scheme));
    assert!(matches!(scheme, None | Some("http" | "https" | "mailto")), "{address}");
}

/// What stands in the Markdown as text is text to a reader of Markdown too.
fn markdown_has_no_html(markdown: &str) {
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        if let Event::Html(html) | Event::InlineHtml(html) = event {
            // A line break in a cell has no other form, nor has what is raised or lowered.
            let is_ours = matches!(html.trim(), "<br>" | "<sub>" | "</sub>" | "<sup>" | "</sup>");
            assert!(is_ours || html.starts_with("<!-- -->"), "{html} in {markdown}");
        }
    }
}
