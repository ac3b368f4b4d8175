//! The tokenizer of the HTML standard over a page that is wholly in memory, for html5ever's tree builder.
//!
//! html5ever's own tokenizer takes input in pieces, so that it walks character by character with its state between
//! any two, and builds every attribute before the tree can say that it wants none. A page that is all there can be
//! read in strides: text to the next `<` or `&`, a quoted value to its quote, a script to its end tag, each a
//! `memchr`. Attributes that no stage reads are stepped over, text is shared with the page's buffer, and what
//! stands in scripts and styles never becomes a token. In everything that the tree can show, the tokens are
//! html5ever's; `tests/tree` compares the trees.

mod char_ref;
mod raw_text;
mod tag;

pub(crate) use raw_text::is_json_ld;

use std::borrow::Cow;

use super::filter::Filter;
use super::parse::floor_char_boundary;
use super::sink::Handle;
use html5ever::LocalName;
use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    Doctype, Token, TokenSink, TokenSinkResult, Tokenizer as PiecewiseTokenizer, TokenizerOpts,
};
use memchr::{memchr, memchr_iter, memchr3, memmem};

/// Feeds a page's tokens to the tree builder behind a filter, the end of the page included.
pub(super) fn run(source: &str, sink: &Filter) {
    let html = with_unix_line_ends(source);
    let names = (html.len() / (BYTES_OF_NAMES / NAMES)).clamp(1, NAMES);
    let mut tokenizer = Tokenizer {
        sink,
        window: StrTendril::new(),
        window_at: 0,
        text: &html,
        at: 0,
        line: 1,
        counted: 0,
        names: vec![("", LocalName::default()); names],
        attributes: vec![("", None); names],
    };
    tokenizer.skip_byte_order_mark();
    tokenizer.data();
    // The end of the page asks nothing of the tokenizer.
    let _ = tokenizer.emit(Token::EOFToken);
    sink.end();
    if let Some(truncation) = sink.stopped.get()
        && let Some(at) = truncation.at()
    {
        sink.stopped.set(Some(truncation.with_place(place_in_source(source, at))));
    }
}

/// Where in a page a place is that was found with `\n` for every `\r\n`.
fn place_in_source(source: &str, at: usize) -> usize {
    let mut place = at;
    for pair in memmem::find_iter(source.as_bytes(), b"\r\n") {
        if pair >= place {
            break;
        }
        place += 1;
    }
    place
}

/// The standard reads `\r\n` and a lone `\r` as `\n`.
fn with_unix_line_ends(html: &str) -> Cow<'_, str> {
    if memchr(b'\r', html.as_bytes()).is_none() {
        return Cow::Borrowed(html);
    }
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((line, after)) = rest.split_once('\r') {
        text.push_str(line);
        text.push('\n');
        rest = after.strip_prefix('\n').unwrap_or(after);
    }
    text.push_str(rest);
    Cow::Owned(text)
}

/// Bytes of a window. What tokens need of the page is copied by so much at a time, so that scripts never are, and what
/// no token holds any longer is freed.
const WINDOW: usize = 16 << 10;

/// So many names of elements, and of attributes, are remembered; pages have about fifty.
const NAMES: usize = 256;

/// As many of a text this long; of shorter ones, such as that of a `noscript`, fewer.
const BYTES_OF_NAMES: usize = 4096;

struct Tokenizer<'a> {
    sink: &'a Filter,
    text: &'a str,
    /// A piece of the page that tokens can share, and where it begins.
    window: StrTendril,
    window_at: usize,
    at: usize,
    line: u64,
    /// Line ends before this are counted.
    counted: usize,
    /// Names met last as the page writes them, each at its hash: looking one up in html5ever's table takes longer
    /// than comparing.
    names: Vec<(&'a str, LocalName)>,
    /// The same of attributes; `None` for those that nothing reads.
    attributes: Vec<(&'a str, Option<LocalName>)>,
}

impl Tokenizer<'_> {
    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    fn bytes_from(&self, at: usize) -> &[u8] {
        self.text.as_bytes().get(at..).unwrap_or(&[])
    }

    fn slice(&self, from: usize, to: usize) -> &str {
        self.text.get(from..to).unwrap_or("")
    }

    /// A part of the page as tokens hold it.
    fn tendril(&mut self, from: usize, to: usize) -> StrTendril {
        let length = to.saturating_sub(from);
        // Tendrils keep the shortest in themselves; long ones are no worse off on their own.
        if length <= 8 || length > WINDOW / 4 {
            return StrTendril::from_slice(self.slice(from, to));
        }
        let window_end = self.window_at + self.window.len();
        if from < self.window_at || to > window_end {
            let ahead = self.text.get(from..).unwrap_or("");
            self.window = StrTendril::from_slice(floor_char_boundary(ahead, WINDOW));
            self.window_at = from;
        }
        // Neither number is beyond the window.
        let (start, length) = ((from - self.window_at) as u32, length as u32);
        self.window
            .try_subtendril(start, length)
            .unwrap_or_else(|_| StrTendril::from_slice(self.slice(from, to)))
    }

    fn emit(&mut self, token: Token) -> TokenSinkResult<Handle> {
        let new = self.text.as_bytes().get(self.counted..self.at).unwrap_or(&[]);
        self.line += line_ends(new);
        self.counted = self.counted.max(self.at);
        self.sink.builder.sink.at.set(self.at);
        self.sink.process_token(token, self.line)
    }

    /// Text and comments ask nothing of the tokenizer.
    fn emit_plain(&mut self, token: Token) {
        let _ = self.emit(token);
    }

    fn emit_text(&mut self, from: usize, to: usize) {
        if from < to {
            let text = self.tendril(from, to);
            self.emit_plain(Token::CharacterTokens(text));
        }
    }

    fn emit_chars(&mut self, chars: impl Iterator<Item = char>) {
        self.emit_plain(Token::CharacterTokens(chars.collect()));
    }

    /// html5ever drops a byte order mark wherever its input begins or goes on after a pause.
    fn skip_byte_order_mark(&mut self) {
        if self.bytes_from(self.at).starts_with("\u{FEFF}".as_bytes()) {
            self.at += 3;
        }
    }

    fn data(&mut self) {
        let mut scan = self.at;
        while let Some(ahead) = memchr3(b'<', b'&', 0, self.bytes_from(scan)) {
            let stop = scan + ahead;
            let from = self.at;
            match self.byte(stop) {
                Some(b'<') => {
                    self.emit_text(from, stop);
                    self.at = stop;
                    self.tag_open();
                    scan = self.at;
                    if self.sink.stopped.get().is_some() {
                        return;
                    }
                }
                Some(b'&') => {
                    scan = self.reference(stop, self.text.len());
                }
                _ => {
                    self.emit_text(from, stop);
                    self.at = stop + 1;
                    self.emit_plain(Token::NullCharacterToken);
                    scan = self.at;
                }
            }
        }
        self.emit_text(self.at, self.text.len());
        self.at = self.text.len();
    }

    /// At an `&` in text that ends at `end`: takes the text in front and the reference, if it is one. Gives where to
    /// go on.
    fn reference(&mut self, stop: usize, end: usize) -> usize {
        let rest = self.text.as_bytes().get(stop + 1..end).unwrap_or(&[]);
        let Some(found) = char_ref::read(rest, false) else { return stop + 1 };
        self.emit_text(self.at, stop);
        self.at = stop + 1 + found.length;
        self.emit_chars(found.chars());
        self.at
    }

    /// At a `<` in text.
    fn tag_open(&mut self) {
        match (self.byte(self.at + 1), self.byte(self.at + 2)) {
            (Some(b'a'..=b'z' | b'A'..=b'Z'), _) => self.start_tag(),
            (Some(b'/'), Some(b'a'..=b'z' | b'A'..=b'Z')) => self.end_tag(),
            (Some(b'/'), Some(b'>')) => self.at += 3,
            (Some(b'/'), Some(_)) => self.bogus_comment(self.at + 2),
            (Some(b'/'), None) => self.take_text(2),
            (Some(b'!'), _) => self.declaration(),
            (Some(b'?'), _) => self.bogus_comment(self.at + 1),
            _ => self.take_text(1),
        }
    }

    fn take_text(&mut self, length: usize) {
        let from = self.at;
        self.at += length;
        self.emit_text(from, from + length);
    }

    /// No stage reads comments, but they part text nodes.
    fn emit_comment(&mut self, end: usize) {
        self.at = end;
        self.emit_plain(Token::CommentToken(StrTendril::new()));
    }

    fn bogus_comment(&mut self, from: usize) {
        let end = memchr(b'>', self.bytes_from(from)).map_or(self.text.len(), |ahead| from + ahead + 1);
        self.emit_comment(end);
    }

    /// At a `<!`.
    fn declaration(&mut self) {
        let from = self.at + 2;
        let rest = self.bytes_from(from);
        if rest.starts_with(b"--") {
            let end = from + 2 + comment_length(self.bytes_from(from + 2));
            self.emit_comment(end);
        } else if rest.get(..7).is_some_and(|word| word.eq_ignore_ascii_case(b"doctype")) {
            self.doctype();
        } else if rest.starts_with(b"[CDATA[")
            && self.sink.adjusted_current_node_present_but_not_in_html_namespace()
        {
            self.cdata(from + 7);
        } else {
            self.bogus_comment(from);
        }
    }

    /// A page has one, which ends at the first `>` whatever stands in it: html5ever reads it.
    fn doctype(&mut self) {
        let end = memchr(b'>', self.bytes_from(self.at)).map_or(self.text.len(), |ahead| self.at + ahead + 1);
        let input = BufferQueue::default();
        input.push_back(self.tendril(self.at, end));
        let tokenizer = PiecewiseTokenizer::new(DoctypeSink::default(), TokenizerOpts::default());
        let _ = tokenizer.feed(&input);
        tokenizer.end();
        self.at = end;
        if let Some(doctype) = tokenizer.sink.0.take() {
            self.emit_plain(Token::DoctypeToken(doctype));
        }
    }

    fn cdata(&mut self, from: usize) {
        let length = memmem::find(self.bytes_from(from), b"]]>");
        let end = length.map_or(self.text.len(), |length| from + length);
        self.at = from;
        while let Some(ahead) = memchr(0, self.text.as_bytes().get(self.at..end).unwrap_or(&[])) {
            self.take_text(ahead);
            self.at += 1;
            self.emit_plain(Token::NullCharacterToken);
        }
        self.take_text(end - self.at);
        self.at = if length.is_some() { end + 3 } else { end };
    }
}

/// Counts line ends: most tokens are shorter than what a search by vectors takes to begin.
fn line_ends(bytes: &[u8]) -> u64 {
    if bytes.len() > 128 {
        return memchr_iter(b'\n', bytes).count() as u64;
    }
    // No count of so few overflows a byte.
    bytes.iter().fold(0_u8, |count, byte| count.wrapping_add(u8::from(*byte == b'\n'))).into()
}

/// How long a comment is from behind its `<!--` to behind its end.
fn comment_length(rest: &[u8]) -> usize {
    if rest.starts_with(b">") {
        return 1;
    }
    if rest.starts_with(b"->") {
        return 2;
    }
    for at in memmem::find_iter(rest, b"--") {
        // `find_iter` does not overlap: in a longer row of dashes the last two count.
        let mut end = at + 2;
        while rest.get(end) == Some(&b'-') {
            end += 1;
        }
        match (rest.get(end), rest.get(end + 1)) {
            (Some(b'>'), _) => return end + 1,
            (Some(b'!'), Some(b'>')) => return end + 2,
            _ => {}
        }
    }
    rest.len()
}

#[derive(Default)]
struct DoctypeSink(std::cell::Cell<Option<Doctype>>);

impl TokenSink for DoctypeSink {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        if let Token::DoctypeToken(doctype) = token {
            self.0.set(Some(doctype));
        }
        TokenSinkResult::Continue
    }
}
