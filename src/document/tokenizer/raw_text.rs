//! Elements whose content is no markup: scripts, styles, titles, text areas.

use html5ever::tokenizer::Tag as TagToken;
use html5ever::tokenizer::states::RawKind;
use html5ever::{LocalName, local_name};
use memchr::{memchr, memchr2, memmem};

use super::Tokenizer;

/// True for the type of a script that is JSON-LD, with parameters or without.
pub(crate) fn is_json_ld(kind: &str) -> bool {
    let bare = kind.split(';').next().unwrap_or(kind);
    bare.trim().eq_ignore_ascii_case("application/ld+json")
}

/// True if a later stage reads what stands in the element: of scripts, JSON-LD and formulas.
pub(super) fn is_read(tag: &TagToken) -> bool {
    match tag.name {
        local_name!("style") | local_name!("iframe") | local_name!("noembed") | local_name!("noframes") => {
            false
        }
        local_name!("script") => tag.attrs.iter().any(|attr| {
            attr.name.local == local_name!("type")
                && (is_json_ld(&attr.value) || attr.value.trim().starts_with("math/tex"))
        }),
        _ => true,
    }
}

impl Tokenizer<'_> {
    /// Behind the start tag of such an element: takes its content and its end tag.
    pub(super) fn raw_text(&mut self, kind: RawKind, name: &LocalName, is_read: bool) {
        let rest = self.bytes_from(self.at);
        let length = match kind {
            RawKind::ScriptData => script_length(rest),
            _ => end_tags(rest, name.as_bytes()).next(),
        };
        let end = length.map_or(self.text.len(), |length| self.at + length);
        if is_read {
            self.raw_characters(end, matches!(kind, RawKind::Rcdata));
        }
        self.at = end;
        if length.is_some() {
            self.end_tag();
        }
    }

    /// All that follows is text.
    pub(super) fn plaintext(&mut self) {
        self.raw_characters(self.text.len(), false);
    }

    fn raw_characters(&mut self, end: usize, references: bool) {
        let and = if references { b'&' } else { 0 };
        let mut scan = self.at;
        while let Some(ahead) = memchr2(0, and, self.text.as_bytes().get(scan..end).unwrap_or(&[])) {
            let stop = scan + ahead;
            let from = self.at;
            if self.byte(stop) == Some(0) {
                self.emit_text(from, stop);
                self.at = stop + 1;
                self.emit_chars(std::iter::once('\u{FFFD}'));
                scan = self.at;
                continue;
            }
            scan = self.reference(stop, end);
        }
        self.emit_text(self.at, end);
        self.at = end;
    }
}

/// Where the end tags of that name stand.
fn end_tags<'a>(text: &'a [u8], name: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
    memmem::find_iter(text, b"</").filter(move |&at| is_tag(text.get(at + 2..).unwrap_or(&[]), name))
}

/// True for a tag's name and what may follow one.
fn is_tag(rest: &[u8], name: &[u8]) -> bool {
    rest.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name))
        && matches!(rest.get(name.len()), Some(b'\t' | b'\n' | b'\x0C' | b' ' | b'/' | b'>'))
}

/// Where a script is between its start tag and its end tag.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Plain,
    /// In a `<!-- … -->`: old pages hid their scripts so.
    Hidden,
    /// In a `<script … </script>` in that, which is text.
    Nested,
}

/// How much of a script stands before its end tag; `None` if it has none.
fn script_length(text: &[u8]) -> Option<usize> {
    let mut state = Script::Plain;
    let mut dashes = 0;
    let mut at = 0;
    loop {
        let rest = text.get(at..)?;
        let ahead = match state {
            Script::Plain => memchr(b'<', rest)?,
            // A `>` counts right behind two dashes.
            _ if dashes > 0 => 0,
            _ => memchr2(b'-', b'<', rest)?,
        };
        at += ahead;
        let rest = text.get(at + 1..)?;
        let byte = text.get(at)?;
        let closes = *byte == b'<' && rest.strip_prefix(b"/").is_some_and(|rest| is_tag(rest, b"script"));
        at += 1;
        if *byte == b'-' {
            dashes += 1;
            continue;
        }
        let ends_hiding = *byte == b'>' && dashes >= 2;
        dashes = 0;
        state = match state {
            Script::Plain if closes => return Some(at - 1),
            Script::Plain if rest.starts_with(b"!--") => {
                at += 3;
                // These two dashes may close as well.
                dashes = 2;
                Script::Hidden
            }
            _ if ends_hiding => Script::Plain,
            Script::Hidden if closes => return Some(at - 1),
            Script::Hidden if *byte == b'<' && is_tag(rest, b"script") => Script::Nested,
            Script::Nested if closes => Script::Hidden,
            same => same,
        };
    }
}
