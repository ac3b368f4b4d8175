//! Header lines as WARC and HTTP have them: `Name: value`, up to an empty line. Lines that are none are passed over,
//! as crawls hold what servers sent.

use std::io::{self, BufRead, Read as _};

/// Longer headers are an error.
const LONGEST: u64 = 64 * 1024;

/// A first line and the header lines below it.
pub(super) struct Headers {
    text: String,
}

impl Headers {
    /// Reads up to the empty line. An error without one within 64 KiB.
    pub(super) fn read(from: &mut impl BufRead) -> io::Result<Headers> {
        let mut bytes = Vec::new();
        let mut from = from.take(LONGEST);
        loop {
            let before = bytes.len();
            from.read_until(b'\n', &mut bytes)?;
            match bytes.get(before..) {
                Some(b"\n" | b"\r\n") => break,
                Some([.., b'\n']) => {}
                _ => return Err(io::Error::new(io::ErrorKind::InvalidData, "its headers do not end")),
            }
        }
        Ok(Headers { text: String::from_utf8_lossy(&bytes).into_owned() })
    }

    pub(super) fn first_line(&self) -> &str {
        self.text.lines().next().unwrap_or("").trim_end()
    }

    /// The value of the first header of this name, if it is not empty.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let mut lines = self.text.lines().skip(1).filter_map(|line| line.split_once(':'));
        let (_, value) = lines.find(|(key, _)| key.trim().eq_ignore_ascii_case(name))?;
        Some(value.trim()).filter(|value| !value.is_empty())
    }
}

/// A content type's media type in lower case, and its charset.
pub(super) fn content_type(value: &str) -> (String, Option<&str>) {
    let mut parts = value.split(';');
    let media = parts.next().unwrap_or("").trim().to_ascii_lowercase();
    let charset = parts
        .filter_map(|part| part.split_once('='))
        .find(|(key, _)| key.trim().eq_ignore_ascii_case("charset"))
        .map(|(_, value)| value.trim().trim_matches(['"', '\'']))
        .filter(|value| !value.is_empty());
    (media, charset)
}

/// Whether a media type is one of HTML's. What has none is looked at.
pub(super) fn is_html(media: &str, body: &[u8]) -> bool {
    match media {
        "text/html" | "application/xhtml+xml" => true,
        "" | "application/octet-stream" | "unknown/unknown" => looks_like_html(body),
        _ => false,
    }
}

fn looks_like_html(body: &[u8]) -> bool {
    let start = body.get(..body.len().min(1024)).unwrap_or_default().to_ascii_lowercase();
    [b"<!doctype html".as_slice(), b"<html", b"<head", b"<body"]
        .iter()
        .any(|tag| memchr::memmem::find(&start, tag).is_some())
}
