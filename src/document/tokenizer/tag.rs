//! Start and end tags.

use std::borrow::Cow;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Tag as TagToken, TagKind, Token, TokenSinkResult};
use html5ever::{Attribute, LocalName, QualName, ns};
use memchr::{memchr, memchr2};

use super::super::attributes;
use super::super::filter::is_formatting;
use super::{Tokenizer, char_ref, raw_text};

/// So many attributes of a tag are read, since each is compared with those before it. Pages have a few dozen at most.
const MAX_ATTRIBUTES: usize = 1024;

/// A tag's attributes and how it ends.
struct Rest {
    attrs: Vec<Attribute>,
    self_closing: bool,
    end: usize,
}

/// Which attributes of a tag become part of its token.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    None,
    Read,
    All,
}

impl Tokenizer<'_> {
    /// At the `<` of a start tag. One that the page breaks off is no tag.
    pub(super) fn start_tag(&mut self) {
        let parsed = self.tag(self.at + 1, TagKind::StartTag);
        let Some((tag, end)) = parsed else {
            self.at = self.text.len();
            return;
        };
        let name = tag.name.clone();
        let is_read = raw_text::is_read(&tag);
        let result = self.emit(Token::TagToken(tag));
        self.at = end;
        match result {
            TokenSinkResult::RawData(kind) => self.raw_text(kind, &name, is_read),
            TokenSinkResult::Plaintext => self.plaintext(),
            TokenSinkResult::Script(_) | TokenSinkResult::EncodingIndicator(_) => self.skip_byte_order_mark(),
            TokenSinkResult::Continue => {}
        }
    }

    /// At the `<` of an end tag.
    pub(super) fn end_tag(&mut self) {
        let parsed = self.tag(self.at + 2, TagKind::EndTag);
        let Some((tag, end)) = parsed else {
            self.at = self.text.len();
            return;
        };
        let result = self.emit(Token::TagToken(tag));
        self.at = end;
        if matches!(result, TokenSinkResult::Script(_)) {
            self.skip_byte_order_mark();
        }
    }

    /// Reads a tag whose name begins at `from`. Gives it and where it ends, or `None` if the page ends in it.
    fn tag(&mut self, from: usize, kind: TagKind) -> Option<(TagToken, usize)> {
        let length = self.bytes_from(from).iter().position(|&byte| ends_tag_name(byte))?;
        let name = self.name(from, from + length);
        let wanted = match kind {
            TagKind::EndTag => Wanted::None,
            // The tree builder compares all attributes of these: more than three alike are not opened again.
            TagKind::StartTag if is_formatting(&name) => Wanted::All,
            TagKind::StartTag => Wanted::Read,
        };
        let rest = self.attributes(from + length, wanted)?;
        let tag = TagToken {
            kind,
            name,
            self_closing: rest.self_closing,
            attrs: rest.attrs,
            had_duplicate_attributes: false,
        };
        Some((tag, rest.end))
    }

    fn name(&mut self, from: usize, to: usize) -> LocalName {
        let text = self.text;
        let name = text.get(from..to).unwrap_or("");
        let place = hash(name) % self.names.len().max(1);
        let Some(known) = self.names.get_mut(place) else {
            return LocalName::from(&*lower(name));
        };
        if known.0 != name {
            *known = (name, LocalName::from(&*lower(name)));
        }
        known.1.clone()
    }

    /// The name of an attribute that anything reads.
    fn wanted(&mut self, from: usize, to: usize) -> Option<LocalName> {
        let text = self.text;
        let name = text.get(from..to).unwrap_or("");
        let place = hash(name) % self.attributes.len().max(1);
        let Some(known) = self.attributes.get_mut(place) else {
            return attributes::wanted(&lower(name));
        };
        if known.0 != name {
            *known = (name, attributes::wanted(&lower(name)));
        }
        known.1.clone()
    }

    /// Reads attributes up to the `>`, from behind the tag's name.
    fn attributes(&mut self, from: usize, wanted: Wanted) -> Option<Rest> {
        let mut rest = Rest { attrs: Vec::new(), self_closing: false, end: from };
        loop {
            match self.byte(rest.end)? {
                byte if is_space(byte) => rest.end += 1,
                b'>' => {
                    rest.end += 1;
                    return Some(rest);
                }
                b'/' => {
                    rest.end += 1;
                    if self.byte(rest.end)? == b'>' {
                        rest.self_closing = true;
                    }
                }
                _ => rest.end = self.attribute(rest.end, wanted, &mut rest.attrs)?,
            }
        }
    }

    /// Reads one attribute and gives where it ends.
    fn attribute(&mut self, from: usize, wanted: Wanted, attrs: &mut Vec<Attribute>) -> Option<usize> {
        // An equals sign is part of a name that begins with it.
        let length = self.bytes_from(from + 1).iter().position(|&byte| ends_attribute_name(byte))?;
        let name_end = from + 1 + length;
        let mut at = name_end;
        while is_space(self.byte(at)?) {
            at += 1;
        }
        let (value, end) = if self.byte(at)? == b'=' { self.value(at + 1)? } else { ((at, at), at) };
        if wanted != Wanted::None {
            let local = match wanted {
                Wanted::All => Some(self.name(from, name_end)),
                _ => self.wanted(from, name_end),
            };
            if let Some(local) = local
                && attrs.len() < MAX_ATTRIBUTES
                && !attrs.iter().any(|attr| attr.name.local == local)
            {
                let value = self.attribute_value(value.0, value.1);
                attrs.push(Attribute { name: QualName::new(None, ns!(), local), value });
            }
        }
        Some(end)
    }

    /// Where the value behind an equals sign stands, and where what follows it begins.
    fn value(&self, from: usize) -> Option<((usize, usize), usize)> {
        let mut at = from;
        while is_space(self.byte(at)?) {
            at += 1;
        }
        match self.byte(at)? {
            quote @ (b'"' | b'\'') => {
                let end = at + 1 + memchr(quote, self.bytes_from(at + 1))?;
                Some(((at + 1, end), end + 1))
            }
            _ => {
                let length = self.bytes_from(at).iter().position(|&byte| is_space(byte) || byte == b'>')?;
                Some(((at, at + length), at + length))
            }
        }
    }

    fn attribute_value(&mut self, from: usize, to: usize) -> StrTendril {
        let text = self.text;
        let raw = text.get(from..to).unwrap_or("");
        let Some(first) = memchr2(b'&', 0, raw.as_bytes()) else { return self.tendril(from, to) };
        let mut value = String::with_capacity(raw.len());
        let mut copied = 0;
        let mut stop = first;
        loop {
            let after = raw.as_bytes().get(stop + 1..).unwrap_or(&[]);
            let mut next = stop + 1;
            if raw.as_bytes().get(stop) == Some(&0) {
                value.push_str(raw.get(copied..stop).unwrap_or(""));
                value.push('\u{FFFD}');
                copied = next;
            } else if let Some(found) = char_ref::read(after, true) {
                value.push_str(raw.get(copied..stop).unwrap_or(""));
                value.extend(found.chars());
                next += found.length;
                copied = next;
            }
            match memchr2(b'&', 0, raw.as_bytes().get(next..).unwrap_or(&[])) {
                Some(ahead) => stop = next + ahead,
                None => break,
            }
        }
        value.push_str(raw.get(copied..).unwrap_or(""));
        StrTendril::from(value)
    }
}

fn hash(name: &str) -> usize {
    name.bytes().fold(name.len(), |hash, byte| hash.wrapping_mul(31) ^ usize::from(byte))
}

/// ASCII letters small, and no NUL.
fn lower(name: &str) -> Cow<'_, str> {
    if !name.bytes().any(|byte| byte.is_ascii_uppercase() || byte == 0) {
        return Cow::Borrowed(name);
    }
    Cow::Owned(name.to_ascii_lowercase().replace('\0', "\u{FFFD}"))
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\t' | b'\x0C')
}

fn ends_tag_name(byte: u8) -> bool {
    is_space(byte) || matches!(byte, b'/' | b'>')
}

fn ends_attribute_name(byte: u8) -> bool {
    is_space(byte) || matches!(byte, b'/' | b'>' | b'=')
}
