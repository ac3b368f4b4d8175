//! Pages from a WARC file (ISO 28500): its responses, and the resources and conversions that are HTML.
//!
//! The crates for WARC end at the first broken record and do not tell where it was, which a crawl of millions of
//! pages cannot afford: here a broken record is told of, and reading goes on at the next.

use std::io::{self, Read as _};

use super::headers::{Headers, content_type, is_html};
use super::http::{self, NoPage, Sent};
use super::stream::{NEXT, Stream, WARC};
use super::{Item, Page, Place, Skipped};

/// HTTP headers come on top of what is read of a page.
const HTTP_HEADERS: u64 = 64 * 1024;

/// The pages of a WARC file.
pub(super) struct Records {
    stream: Stream,
    source: String,
    limit: usize,
    /// The number of the next record.
    row: u64,
    done: bool,
}

/// A record as it stands in the file.
struct Record {
    headers: Headers,
    body: Vec<u8>,
}

impl Records {
    pub(super) fn new(stream: Stream, source: String, limit: usize) -> Records {
        Records { stream, source, limit, row: 0, done: false }
    }

    /// Goes to the beginning of the next record; `false` at the end.
    fn begin(&mut self) -> io::Result<bool> {
        loop {
            while matches!(self.stream.peek(1)?, [b'\r' | b'\n', ..]) {
                io::BufRead::consume(&mut self.stream, 1);
            }
            if !self.stream.peek(1)?.is_empty() {
                return Ok(true);
            }
            if !self.stream.advance()? {
                return Ok(false);
            }
        }
    }

    /// Reads a record; of one that holds no page, only the headers.
    fn read(&mut self) -> Result<Record, String> {
        let broken = |error: io::Error| format!("the record cannot be read: {error}");
        if !self.stream.peek(WARC.len()).map_err(broken)?.starts_with(WARC) {
            return Err("no WARC record begins here".to_owned());
        }
        let headers = Headers::read(&mut self.stream).map_err(broken)?;
        let length: u64 = match headers.get("content-length").map(str::parse) {
            Some(Ok(length)) => length,
            _ => return Err("the record does not say how long it is".to_owned()),
        };
        let is_page = matches!(headers.get("warc-type"), Some("response" | "resource" | "conversion"));
        let wanted = if is_page { length.min(self.limit as u64 + HTTP_HEADERS) } else { 0 };
        let mut body = Vec::new();
        let mut read = (&mut self.stream).take(wanted).read_to_end(&mut body).map_err(broken)? as u64;
        // Too long to go back to its beginning: if there is another record in it, its length is wrong.
        let swallows = || self.stream.flows() && memchr::memmem::find(&body, NEXT).is_some();
        if read == wanted && length > wanted && !swallows() {
            read += self.stream.skip(length - wanted).map_err(broken)?;
        }
        if read < length {
            return Err(format!("the record says that it has {length} bytes, and has {read}"));
        }
        let end = self.stream.peek(4 + WARC.len()).map_err(broken)?;
        let end = end.get(..end.len().min(4 + WARC.len())).unwrap_or_default();
        let after = end.trim_ascii_start();
        if after.is_empty() || after.len() < end.len() && WARC.starts_with(after) || after.starts_with(WARC) {
            Ok(Record { headers, body })
        } else {
            Err(format!("the record says that it has {length} bytes, and has more"))
        }
    }

    fn page(&self, record: Record, place: Place) -> Item {
        let Record { headers, body } = record;
        let id = headers.get("warc-record-id").map(bare);
        let url = headers.get("warc-target-uri").map(bare);
        let (media, charset) = content_type(headers.get("content-type").unwrap_or(""));
        let page = match headers.get("warc-type") {
            Some("response") if media == "application/http" => http::page(&body, self.limit + 1),
            Some("resource" | "conversion") if is_html(&media, &body) => {
                Ok(Ok(Sent { charset: charset.map(str::to_owned), html: body }))
            }
            Some("response" | "resource" | "conversion") => Ok(Err(NoPage::NotHtml)),
            _ => return Item::Skipped(Skipped::OtherRecord, place),
        };
        match page {
            Ok(Ok(Sent { charset, html })) => Item::Page(Page { place, id, url, charset, html }),
            Ok(Err(NoPage::Status)) => Item::Skipped(Skipped::Status, place),
            Ok(Err(NoPage::NotHtml)) => Item::Skipped(Skipped::NotHtml, place),
            Err(message) => Item::Failed { place, id, url, message },
        }
    }
}

/// A value that some writers put in angle brackets, without them.
fn bare(value: &str) -> String {
    value.strip_prefix('<').and_then(|value| value.strip_suffix('>')).unwrap_or(value).to_owned()
}

impl Iterator for Records {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        if self.done {
            return None;
        }
        let begun = self.begin();
        let place = Place { source: self.source.clone(), row: self.row, offset: Some(self.stream.offset()) };
        self.stream.mark();
        self.row += 1;
        let read = match begun {
            Ok(false) => return None,
            Ok(true) => self.read(),
            Err(error) => Err(format!("the record cannot be read: {error}")),
        };
        match read {
            Ok(record) => Some(self.page(record, place)),
            Err(message) => {
                self.done = !self.stream.recover().unwrap_or(false);
                Some(Item::Failed { place, id: None, url: None, message })
            }
        }
    }
}
