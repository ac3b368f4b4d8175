//! From bytes to text, in the order that the WHATWG encoding and HTML standards give.
//!
//! A byte order mark wins, then what the caller knows from the transport, then what the page says of itself in its
//! first kilobyte, then UTF-8 if the bytes are UTF-8, then detection.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, X_USER_DEFINED};

/// How far into the page the declaration may stand: the standard asks for 1,024 bytes at least. Pages that put
/// comments first are common, so that we look further.
const PRESCAN_BYTES: usize = 4096;

/// How much of the page the detector is shown: the part around the first bytes beyond ASCII.
const DETECTION_BYTES: usize = 64 * 1024;

/// Text decoded from bytes, with the name of the encoding it was decoded from.
pub(crate) fn decode<'a>(bytes: &'a [u8], charset: Option<&str>) -> (Cow<'a, str>, &'static str) {
    let encoding = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None => charset
            .and_then(|label| Encoding::for_label(label.trim().as_bytes()))
            .or_else(|| declared(bytes))
            .map(|encoding| if is_plausible(encoding, bytes) { encoding } else { detect(bytes) })
            .unwrap_or_else(|| detect(bytes)),
    };
    let (text, used, _) = encoding.decode(bytes);
    (text, used.name())
}

/// A declared encoding is believed unless the bytes refute it: valid UTF-8 with characters beyond ASCII is UTF-8
/// whatever it says of itself, and text full of decoding errors is not in the encoding it names.
fn is_plausible(encoding: &'static Encoding, bytes: &[u8]) -> bool {
    let sample = sample(bytes);
    if encoding == UTF_8 {
        let broken = String::from_utf8_lossy(sample).chars().filter(|&c| c == '\u{fffd}').count();
        return broken * 50 <= sample.iter().filter(|byte| !byte.is_ascii()).count().max(50);
    }
    if encoding == UTF_16LE || encoding == UTF_16BE {
        return true;
    }
    !has_long_utf8(sample)
}

/// True when the text beyond ASCII is well-formed UTF-8, with enough of it that chance is no explanation.
fn has_long_utf8(sample: &[u8]) -> bool {
    let mut rest = sample;
    // The sample may begin in the middle of a character.
    while let Some((first, more)) = rest.split_first() {
        if (0x80..0xC0).contains(first) && sample.len() - rest.len() < 3 {
            rest = more;
        } else {
            break;
        }
    }
    let valid = match std::str::from_utf8(rest) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() => {
            rest.get(..error.valid_up_to()).and_then(|ok| std::str::from_utf8(ok).ok()).unwrap_or("")
        }
        Err(_) => return false,
    };
    valid.chars().filter(|c| !c.is_ascii()).take(8).count() >= 4
}

/// The encoding that the page's first bytes declare, by the rules for a page's own declaration: UTF-16 there means
/// UTF-8 (the declaration could be read as ASCII), and `x-user-defined` means windows-1252.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    // Two zero bytes in turn with `<`, `?` or white space: UTF-16 without a mark.
    match bytes {
        [b'<' | b'\n' | b'\r' | b' ', 0, second, 0, ..] if *second != 0 => return Some(UTF_16LE),
        [0, b'<' | b'\n' | b'\r' | b' ', 0, second, ..] if *second != 0 => return Some(UTF_16BE),
        _ => {}
    }
    let head = bytes.get(..bytes.len().min(PRESCAN_BYTES)).unwrap_or(bytes);
    let label = label_in(&head.to_ascii_lowercase())?;
    let encoding = Encoding::for_label(&label)?;
    Some(if encoding == UTF_16LE || encoding == UTF_16BE {
        UTF_8
    } else if encoding == X_USER_DEFINED {
        WINDOWS_1252
    } else {
        encoding
    })
}

/// The value of the first `charset=` in a `meta` tag, or of `encoding=` in an XML declaration.
fn label_in(head: &[u8]) -> Option<Vec<u8>> {
    if head.starts_with(b"<?xml") {
        let end = memchr::memmem::find(head, b"?>").unwrap_or(head.len());
        if let Some(label) = head.get(..end).and_then(|xml| value_after(xml, b"encoding")) {
            return Some(label);
        }
    }
    let mut at = 0;
    while let Some(rest) = head.get(at..) {
        let found = memchr::memchr(b'<', rest)?;
        at += found + 1;
        let tag = head.get(at..)?;
        if tag.starts_with(b"!--") {
            at += memchr::memmem::find(tag, b"-->")?;
        } else if tag.starts_with(b"meta") {
            let end = memchr::memchr(b'>', tag).unwrap_or(tag.len());
            if let Some(label) = tag.get(..end).and_then(|meta| value_after(meta, b"charset")) {
                return Some(label);
            }
            at += end;
        }
    }
    None
}

/// The value behind `name =`, quoted or not.
fn value_after(text: &[u8], name: &[u8]) -> Option<Vec<u8>> {
    for start in memchr::memmem::find_iter(text, name) {
        let rest = text.get(start + name.len()..)?.trim_ascii_start();
        let Some(rest) = rest.strip_prefix(b"=") else { continue };
        let rest = rest.trim_ascii_start();
        let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
        let end = rest
            .iter()
            .position(|byte| matches!(byte, b'"' | b'\'' | b';' | b'>') || byte.is_ascii_whitespace())
            .unwrap_or(rest.len());
        return rest.get(..end).map(<[u8]>::to_vec);
    }
    None
}

/// Guesses from the bytes.
fn detect(bytes: &[u8]) -> &'static Encoding {
    let sample = sample(bytes);
    if sample.is_empty() || has_long_utf8(sample) || std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(sample, true);
    detector.guess(None, Utf8Detection::Allow)
}

/// The part of the page that begins a little before the first byte beyond ASCII (or the first escape, which
/// ISO-2022-JP is made of): a long head in ASCII says nothing about the encoding.
fn sample(bytes: &[u8]) -> &[u8] {
    let first = bytes.iter().position(|&byte| !byte.is_ascii() || byte == 0x1B).unwrap_or(bytes.len());
    let start = first.saturating_sub(64);
    let end = bytes.len().min(first.saturating_add(DETECTION_BYTES));
    if first == bytes.len() { &[] } else { bytes.get(start..end).unwrap_or(bytes) }
}
