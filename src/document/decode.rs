//! From bytes to text, in the order that the WHATWG encoding and HTML standards give.
//!
//! A byte order mark wins, then what the caller knows from the transport, then what the page says of itself in its
//! first kilobytes, then UTF-8 if the bytes are UTF-8, then detection.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, X_USER_DEFINED};

/// How far into the page the declaration may stand: the standard asks for 1,024 bytes at least. Pages that put
/// comments first are common, so that we look further.
const PRESCAN_BYTES: usize = 4096;

/// How much of the page the detector is shown.
const DETECTION_BYTES: usize = 64 * 1024;

/// How much of the text before and behind a byte beyond ASCII the detector is shown.
const CONTEXT_BYTES: usize = 256;

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

/// A declared encoding is believed unless the bytes refute it: text in UTF-8 is UTF-8 whatever it says of itself, and
/// text that is not cannot be. So many pages are declared wrongly in one of these two ways.
fn is_plausible(encoding: &'static Encoding, bytes: &[u8]) -> bool {
    if encoding == UTF_16LE || encoding == UTF_16BE {
        return !looks_like_ascii(bytes);
    }
    if utf16_without_mark(bytes).is_some() {
        return false;
    }
    // What detection would find as well, and most pages are.
    if encoding == UTF_8 && std::str::from_utf8(bytes).is_ok() {
        return true;
    }
    let sample = sample(bytes);
    let is_utf8 = is_utf8(&sample);
    if encoding == UTF_8 {
        is_utf8 || sample.iter().all(u8::is_ascii) && !sample.contains(&0x1B)
    } else {
        !is_utf8
    }
}

/// True for text that is UTF-8 but for a few broken bytes, with enough beyond ASCII that chance is no explanation.
fn is_utf8(sample: &[u8]) -> bool {
    let (mut good, mut bad) = (0, 0);
    let mut at = 0;
    for chunk in sample.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        at += chunk.valid().len() + chunk.invalid().len();
        // A sample may end in the middle of a character.
        bad += usize::from(!chunk.invalid().is_empty() && at < sample.len());
    }
    good >= 2 && bad * 20 <= good
}

/// UTF-16 has a zero byte in each letter of the markup.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(1024)).unwrap_or(bytes);
    let pairs = head.len() / 2;
    let zeros = |parity: usize| head.iter().skip(parity).step_by(2).filter(|&&byte| byte == 0).count();
    match (zeros(0), zeros(1)) {
        (0, low) if low * 5 > pairs * 2 => Some(UTF_16LE),
        (high, 0) if high * 5 > pairs * 2 => Some(UTF_16BE),
        _ => None,
    }
}

fn looks_like_ascii(bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(64)).unwrap_or(bytes);
    head.iter().all(|&byte| byte.is_ascii() && byte != 0)
}

/// The encoding that the page's first bytes declare, by the rules for a page's own declaration: UTF-16 there means
/// UTF-8 (the declaration could be read as ASCII), and `x-user-defined` means windows-1252.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(PRESCAN_BYTES)).unwrap_or(bytes);
    let head = head.to_ascii_lowercase();
    let encoding = in_meta(&head).or_else(|| in_xml_declaration(&head))?;
    Some(if encoding == UTF_16LE || encoding == UTF_16BE {
        UTF_8
    } else if encoding == X_USER_DEFINED {
        WINDOWS_1252
    } else {
        encoding
    })
}

/// The `encoding=` of an XML declaration.
fn in_xml_declaration(head: &[u8]) -> Option<&'static Encoding> {
    let rest = head.strip_prefix(b"<?xml")?;
    let end = memchr::memmem::find(rest, b"?>").unwrap_or(rest.len());
    Encoding::for_label(&value_after(rest.get(..end)?, b"encoding")?)
}

/// The first `charset=` in a `meta` tag that names an encoding.
fn in_meta(head: &[u8]) -> Option<&'static Encoding> {
    let mut at = 0;
    while let Some(rest) = head.get(at..) {
        let found = memchr::memchr(b'<', rest)?;
        at += found + 1;
        let tag = head.get(at..)?;
        if tag.starts_with(b"!--") {
            at += memchr::memmem::find(tag, b"-->")?;
        } else if tag
            .strip_prefix(b"meta")
            .is_some_and(|rest| !rest.first().is_some_and(u8::is_ascii_alphanumeric))
        {
            let end = memchr::memchr(b'>', tag).unwrap_or(tag.len());
            let meta = tag.get(..end).unwrap_or(tag);
            // A description may speak of charsets.
            let is_content = memchr::memmem::find(meta, b"content").is_some_and(|content| {
                memchr::memmem::find(meta, b"http-equiv").is_none()
                    && memchr::memmem::find(meta, b"charset").is_some_and(|charset| content < charset)
            });
            let label = value_after(meta, b"charset").filter(|_| !is_content);
            if let Some(encoding) = label.and_then(|label| Encoding::for_label(&label)) {
                return Some(encoding);
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
    if let Some(encoding) = utf16_without_mark(bytes) {
        return encoding;
    }
    let sample = sample(bytes);
    if sample.is_empty() || is_utf8(&sample) || std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(&sample, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// What the bytes say about the encoding: the text around those beyond ASCII (or around escapes, which ISO-2022-JP is
/// made of). Long stretches of ASCII, as in markup and scripts, say nothing and are left out.
fn sample(bytes: &[u8]) -> Vec<u8> {
    let tells = |byte: &u8| !byte.is_ascii() || *byte == 0x1B;
    let mut sample = Vec::new();
    let mut at = 0;
    while sample.len() < DETECTION_BYTES
        && let Some(found) = bytes.get(at..).and_then(|rest| rest.iter().position(tells))
    {
        let start = at.max((at + found).saturating_sub(CONTEXT_BYTES));
        let end = bytes.len().min(at + found + CONTEXT_BYTES);
        sample.extend_from_slice(bytes.get(start..end).unwrap_or(&[]));
        at = end;
    }
    sample
}
