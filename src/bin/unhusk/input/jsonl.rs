//! Pages from a file with a JSON object a line: `{"html": "...", "url": "...", "id": "..."}`, of which `html` is
//! needed.

use std::io::{self, BufRead as _, Read as _};

use serde::Deserialize;

use super::stream::Stream;
use super::{Item, Page, Place};

/// A line may be longer than a page by what escapes add, and by other keys.
const ESCAPES: u64 = 6;
const OTHER_KEYS: u64 = 1 << 20;

/// The pages of a file.
pub(super) struct Lines {
    stream: Stream,
    source: String,
    limit: usize,
    row: u64,
    offset: u64,
    done: bool,
}

#[derive(Deserialize)]
#[serde(expecting = "an object")]
struct Line {
    html: Option<String>,
    url: Option<String>,
    id: Option<serde_json::Value>,
}

impl Lines {
    pub(super) fn new(stream: Stream, source: String, limit: usize) -> Lines {
        Lines { stream: stream.join(), source, limit, row: 0, offset: 0, done: false }
    }

    /// Reads a line, and passes over the rest of one that is too long.
    fn line(&mut self, line: &mut Vec<u8>) -> io::Result<Result<(), String>> {
        let longest = (self.limit as u64).saturating_mul(ESCAPES).saturating_add(OTHER_KEYS);
        (&mut self.stream).take(longest).read_until(b'\n', line)?;
        self.offset += line.len() as u64;
        if (line.len() as u64) < longest || line.ends_with(b"\n") {
            return Ok(Ok(()));
        }
        loop {
            let ahead = self.stream.fill_buf()?;
            let end = memchr::memchr(b'\n', ahead);
            let count = end.map_or(ahead.len(), |end| end + 1);
            self.stream.consume(count);
            self.offset += count as u64;
            if end.is_some() || count == 0 {
                return Ok(Err(format!("the line is longer than {longest} bytes")));
            }
        }
    }
}

/// Why a line holds no page, with the byte in it; the line's number says the place.
fn no_page(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let (what, _) = message.rsplit_once(" at line ").unwrap_or((&message, ""));
    format!("the line is no page: {what} (byte {} of it)", error.column())
}

impl Iterator for Lines {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        while !self.done {
            let place = Place { source: self.source.clone(), row: self.row, offset: Some(self.offset) };
            self.row += 1;
            let failed = |id, url, message| Some(Item::Failed { place: place.clone(), id, url, message });
            let mut line = Vec::new();
            match self.line(&mut line) {
                Ok(Ok(())) if line.is_empty() => self.done = true,
                Ok(Ok(())) if line.trim_ascii().is_empty() => {}
                Ok(Err(message)) => return failed(None, None, message),
                Err(error) => {
                    // What comes after cannot be told from the middle of a line.
                    self.done = true;
                    return failed(None, None, format!("the rest of the file cannot be read: {error}"));
                }
                Ok(Ok(())) => {
                    let parsed: Line = match serde_json::from_slice(&line) {
                        Ok(parsed) => parsed,
                        Err(error) => return failed(None, None, no_page(&error)),
                    };
                    let id = parsed.id.map(|id| match id {
                        serde_json::Value::String(id) => id,
                        other => other.to_string(),
                    });
                    return match parsed.html {
                        None => failed(id, parsed.url, "html is null or missing".to_owned()),
                        // What JSON holds is decoded already.
                        Some(html) => Some(Item::Page(Page {
                            place,
                            id,
                            url: parsed.url,
                            charset: Some("utf-8".to_owned()),
                            html: html.into_bytes(),
                        })),
                    };
                }
            }
        }
        None
    }
}
