//! An HTTP response as crawlers keep it: status, headers, and a body from which transfer and content encodings are
//! undone.

use std::borrow::Cow;
use std::io::{self, BufRead as _, Read};

use super::headers::{Headers, content_type, is_html};

/// A page as a server sent it.
pub(crate) struct Sent {
    /// The charset in the content type.
    pub(crate) charset: Option<String>,
    pub(crate) html: Vec<u8>,
}

/// Why a response is no page, though nothing is wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoPage {
    /// A redirect or an error.
    Status,
    /// Its content type is not HTML's.
    NotHtml,
}

/// Reads the page in a response, of which at most so many bytes are decoded.
pub(crate) fn page(bytes: &[u8], limit: usize) -> Result<Result<Sent, NoPage>, String> {
    let response = Response::read(bytes, limit)?;
    if !(200..300).contains(&response.status) {
        return Ok(Err(NoPage::Status));
    }
    let (media, charset) = content_type(response.headers.get("content-type").unwrap_or(""));
    let sent = Sent { charset: charset.map(str::to_owned), html: response.body };
    Ok(if is_html(&media, &sent.html) { Ok(sent) } else { Err(NoPage::NotHtml) })
}

/// A response whose body is as the server meant it.
struct Response {
    status: u16,
    headers: Headers,
    body: Vec<u8>,
}

impl Response {
    fn read(bytes: &[u8], limit: usize) -> Result<Response, String> {
        let mut rest = bytes;
        let headers = Headers::read(&mut rest).map_err(|error| format!("the HTTP response: {error}"))?;
        let mut words = headers.first_line().split_ascii_whitespace();
        let is_http = words.next().is_some_and(|version| version.starts_with("HTTP/"));
        let status = words.next().and_then(|status| status.parse().ok());
        let Some(status) = status.filter(|_| is_http) else {
            return Err(format!("{:?} is no HTTP status line", headers.first_line()));
        };
        // Crawlers that undo an encoding often leave its header, so that the body decides.
        let mut body = Cow::Borrowed(rest);
        if headers
            .get("transfer-encoding")
            .is_some_and(|value| value.to_ascii_lowercase().contains("chunked"))
            && let Some(joined) = unchunk(&body)
        {
            body = Cow::Owned(joined);
        }
        let codings = headers.get("content-encoding").unwrap_or("").to_ascii_lowercase();
        for coding in codings.rsplit(',').map(str::trim) {
            if let Some(decoded) = decode(coding, &body, limit)? {
                body = Cow::Owned(decoded);
            }
        }
        Ok(Response { status, body: body.into_owned(), headers })
    }
}

/// Joins a body of chunks; `None` if it is none.
fn unchunk(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut joined = Vec::with_capacity(body.len());
    loop {
        let mut line = Vec::new();
        body.read_until(b'\n', &mut line).ok()?;
        let line = std::str::from_utf8(&line).ok()?;
        let size = usize::from_str_radix(line.split(';').next()?.trim(), 16).ok()?;
        if size == 0 {
            return Some(joined);
        }
        // A body that the crawler cut ends within a chunk.
        let (chunk, rest) = body.split_at_checked(size).unwrap_or((body, &[]));
        joined.extend_from_slice(chunk);
        if rest.is_empty() {
            return Some(joined);
        }
        body = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n"))?;
    }
}

/// Undoes a content encoding; `None` where there is nothing to undo.
fn decode(coding: &str, body: &[u8], limit: usize) -> Result<Option<Vec<u8>>, String> {
    let decoded = match coding {
        "gzip" | "x-gzip" if body.starts_with(&[0x1f, 0x8b]) => {
            read_some(flate2::bufread::MultiGzDecoder::new(body), limit)
        }
        // The standard means zlib by it; some servers send bare deflate.
        "deflate" if body.first().is_some_and(|byte| byte & 0x0f == 8) => {
            read_some(flate2::bufread::ZlibDecoder::new(body), limit)
        }
        "deflate" if !is_text(body) => read_some(flate2::bufread::DeflateDecoder::new(body), limit),
        "br" if !is_text(body) => read_some(brotli::Decompressor::new(body, 4096), limit),
        "gzip" | "x-gzip" | "deflate" | "br" | "identity" | "" => return Ok(None),
        _ if is_text(body) => return Ok(None),
        _ => return Err(format!("the content encoding {coding:?} is not known")),
    };
    decoded.map(Some).map_err(|error| format!("the content encoding {coding}: {error}"))
}

/// Whether a body is a page already.
fn is_text(body: &[u8]) -> bool {
    body.trim_ascii_start().starts_with(b"<")
}

/// What can be decoded counts: crawlers cut long bodies. Nothing at all is an error.
fn read_some(mut decoder: impl Read, limit: usize) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    match decoder.by_ref().take(limit as u64).read_to_end(&mut body) {
        Err(error) if body.is_empty() => Err(error),
        _ => Ok(body),
    }
}
