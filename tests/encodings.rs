//! Pages in the encodings of the web: each declared by the page, by the transport, wrongly, and not at all.
//!
//! `cargo test --test encodings -- --nocapture` prints the table.

use std::collections::BTreeMap;

use encoding_rs::Encoding;
use serde::Deserialize;
use unhusk::Document;

#[derive(Deserialize)]
struct Table {
    text: Vec<Text>,
}

#[derive(Deserialize)]
struct Text {
    language: String,
    encodings: Vec<String>,
    text: String,
}

fn texts() -> Vec<Text> {
    toml::from_str::<Table>(include_str!("encodings.toml")).expect("the table is good").text
}

/// A page whose text begins far behind its first bytes, as behind menus and scripts.
fn page(text: &str, declaration: &str) -> String {
    let menu = "<li><a href=/page>Page</a><script>var page = 1;</script>".repeat(100);
    format!(
        "<!DOCTYPE html><html><head>{declaration}<title>Lock</title></head><body>{menu}<p>{text}</p></html>"
    )
}

/// UTF-16 is none that pages can be sent in by forms, so `encoding_rs` does not write it.
fn encode(text: &str, label: &str) -> Vec<u8> {
    match label {
        "utf-16le" => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        "utf-16be" => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        _ => {
            let encoding = Encoding::for_label(label.as_bytes()).expect("the label is one of the standard's");
            let (bytes, _, lossy) = encoding.encode(text);
            assert!(!lossy, "{label} cannot hold {text}");
            bytes.into_owned()
        }
    }
}

fn holds(bytes: &[u8], charset: Option<&str>, text: &str) -> bool {
    let document = Document::from_bytes(bytes, charset);
    let extraction = unhusk::Extractor::new().extract_document(&document);
    extraction.blocks().any(|block| block.text() == text)
}

#[test]
fn every_way_to_declare_an_encoding() {
    let mut tally: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut wrong: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for Text { language, encodings, text } in &texts() {
        for label in encodings {
            let is_utf16 = label.starts_with("utf-16");
            let meta = format!("<meta charset={label}>");
            let equiv = format!("<meta http-equiv=Content-Type content='text/html; charset={label}'>");
            let xml = format!("<?xml version=\"1.0\" encoding=\"{label}\"?>{}", page(text, ""));
            // What goes wrong most: a page that is not UTF-8 says so, or is sent as if it were, and the other way.
            let other = if label == "utf-8" { "windows-1252" } else { "utf-8" };
            let lie = format!("<meta charset={other}>");
            let marked = format!("\u{FEFF}{}", page(text, ""));
            let mut cases = vec![
                ("transport", page(text, ""), Some(label.as_str())),
                ("wrong meta", page(text, &lie), None),
                ("wrong transport", page(text, ""), Some(other)),
                ("none", page(text, ""), None),
            ];
            if is_utf16 {
                cases.push(("mark", marked, None));
            } else {
                cases.extend([("meta", page(text, &meta), None), ("http-equiv", page(text, &equiv), None)]);
                cases.push(("xml declaration", xml, None));
                cases.push(("transport over meta", page(text, "<meta charset=koi8-r>"), Some(label)));
            }
            for (way, page, charset) in cases {
                let right = holds(&encode(&page, label), charset, text);
                let (rights, all) = tally.entry(way).or_default();
                (*rights, *all) = (*rights + usize::from(right), *all + 1);
                if !right {
                    wrong.entry(way).or_default().push(format!("{language} in {label}"));
                }
            }
        }
    }
    for (way, (rights, all)) in &tally {
        println!(
            "{way:20} {rights} of {all}  {}",
            wrong.get(way).map_or(String::new(), |list| list.join(", "))
        );
    }
    for way in ["transport", "meta", "http-equiv", "xml declaration", "transport over meta", "mark"] {
        assert_eq!(wrong.get(way), None, "declared by {way}");
    }
    for way in ["none", "wrong meta", "wrong transport"] {
        let (rights, all) = tally[way];
        assert!(rights * 100 >= all * 95, "{way}: {rights} of {all}, wrong: {:?}", wrong[way]);
    }
}

#[test]
fn a_mark_goes_before_what_the_transport_says() {
    let text = "Die Schleuse öffnet früh.";
    let bytes = encode(&format!("\u{FEFF}<p>{text}"), "utf-8");
    assert!(holds(&bytes, Some("windows-1251"), text));
}

#[test]
fn utf_8_with_a_few_broken_bytes_stays_utf_8() {
    for Text { language, text, .. } in &texts() {
        for declaration in ["", "<meta charset=utf-8>"] {
            let mut bytes = page(&format!("{text}</p><p>{text} x{text}"), declaration).into_bytes();
            let last = bytes.iter().rposition(|&byte| byte == b'x').unwrap();
            bytes[last] = 0xFF;
            assert!(holds(&bytes, None, text), "{language}");
        }
    }
}

#[test]
fn a_page_cut_in_a_character_keeps_its_encoding() {
    for Text { language, encodings, text } in &texts() {
        for label in encodings.iter().filter(|label| *label != "iso-2022-jp") {
            let mut bytes = encode(&page(&format!("{text}</p><p>{text}"), ""), label);
            let end = encode("</p></html>", label).len();
            bytes.truncate(bytes.len() - end - 1);
            assert!(holds(&bytes, Some(label), text), "{language} in {label}");
        }
    }
}

/// A description that speaks of charsets declares none, nor does a declaration in a comment.
#[test]
fn what_only_looks_like_a_declaration_is_none() {
    let text = "Die Schleuse öffnet früh, gleich welche Höhe der Fluß hat. Über die Brücke führt ein Weg.";
    for decoy in [
        "<meta name=description content='all about charset=koi8-r and more'>",
        "<!-- <meta charset=koi8-r> -->",
        "<meta charset=no-such-thing>",
        "<metal charset=koi8-r>",
    ] {
        assert!(holds(&encode(&page(text, decoy), "windows-1252"), None, text), "{decoy}");
        assert!(holds(&encode(&page(text, decoy), "utf-8"), None, text), "{decoy}");
    }
}

/// As in browsers: a label that names no encoding is passed over, and `meta` goes before the XML declaration.
#[test]
fn the_declaration_that_counts() {
    let texts = texts();
    let russian = texts.iter().find(|text| text.language == "Russian").unwrap();
    let long = "<p>Page</p>".repeat(20);
    for head in [
        "<meta charset=no-such-thing><meta charset=koi8-r>",
        "<?xml version='1.0' encoding='windows-1251'?><meta charset=koi8-r>",
        "<?xml version='1.0' encoding='koi8-r'?><meta charset=no-such-thing>",
    ] {
        let page = encode(&format!("{head}{long}<p>{}", russian.text), "koi8-r");
        assert_eq!(Document::from_bytes(&page, None).encoding(), Some("KOI8-R"), "{head}");
    }
    // Cyrillic bytes are Latin letters in another encoding, so that it is the declaration that decided.
    let page = encode(&format!("<meta charset=x><meta charset=iso-8859-2><p>{}", russian.text), "koi8-r");
    assert_eq!(Document::from_bytes(&page, None).encoding(), Some("ISO-8859-2"));
}

/// The standard's two special cases: UTF-16 in a declaration that reads as ASCII is UTF-8, and `x-user-defined` in one
/// is windows-1252; from the transport it is what it says.
#[test]
fn labels_that_cannot_be_meant() {
    let page = |label: &str| format!("<meta charset={label}><p>Fluß und Höhe, früh und spät.").into_bytes();
    assert_eq!(Document::from_bytes(&page("utf-16"), None).encoding(), Some("UTF-8"));
    let bytes = encode("<meta charset=x-user-defined><p>Fluß und Höhe, früh.", "windows-1252");
    assert_eq!(Document::from_bytes(&bytes, None).encoding(), Some("windows-1252"));
    assert_eq!(Document::from_bytes(&bytes, Some("x-user-defined")).encoding(), Some("x-user-defined"));
    assert_eq!(Document::from_bytes(b"<p>plain", Some("utf-16le")).encoding(), Some("UTF-8"));
}

/// One sign beyond ASCII in the head must not decide for the text behind a long part in ASCII.
#[test]
fn detection_looks_where_the_text_is() {
    let russian = &texts()[9];
    assert_eq!(russian.language, "Russian");
    for label in ["windows-1251", "koi8-r"] {
        let head = encode("<title>\u{A0}</title>", label);
        let filler = "<li><a href=/page>Page</a>".repeat(8000).into_bytes();
        let page = [head, filler, encode(&format!("<p>{}</p>", russian.text), label)].concat();
        assert!(holds(&page, None, &russian.text), "{label}");
    }
}
