//! Measures text that is all ASCII, as most is: the same facts as of any text, in one pass over its bytes.

use memchr::memchr;

use super::measure::{Sentence, TextFacts, finish};

/// The facts of a text in ASCII.
pub(super) fn measure(text: &[u8], mut is_link: impl FnMut(usize) -> bool) -> TextFacts {
    let mut facts = TextFacts::default();
    count(text, &mut facts);
    prices(text, &mut facts);
    let mut sentence = Sentence::default();
    let mut lines = Lines::default();
    let mut words = AsciiWords::new(text);
    let mut from = 0;
    loop {
        let word = words.next();
        // What stands between the words: spaces, and marks that may end a sentence.
        let to = word.map_or(text.len(), |(start, _)| start);
        for (at, &byte) in text.get(from..to).unwrap_or(&[]).iter().enumerate() {
            if is_space(byte) {
                lines.space(from + at, &mut facts);
            } else if matches!(byte, b'.' | b'!' | b'?') && ends_sentence(text, from + at, byte) {
                finish(&mut sentence, &mut facts);
                facts.sentences += 1;
            }
        }
        let Some((start, first)) = word else { break };
        from = words.at;
        facts.words += 1.0;
        facts.tokens += 1;
        sentence.words += 1.0;
        if is_link(start) {
            facts.link_words += 1.0;
            sentence.link_words += 1.0;
        }
        facts.capitalised += u32::from(first.is_ascii_uppercase());
    }
    lines.end(text.len(), &mut facts);
    let is_last = |byte: &&u8| !is_space(**byte) && !matches!(byte, b'"' | b'\'' | b')' | b']' | b'*');
    let last = text.iter().rev().find(is_last);
    facts.ends_sentence = matches!(last, Some(b'.' | b'!' | b'?'));
    facts.ends_with_colon = last == Some(&b':');
    facts
}

/// What is counted byte by byte, each in a loop of its own: compilers turn these into vector instructions.
fn count(text: &[u8], facts: &mut TextFacts) {
    let mut letters = 0;
    // So many that no count of them overflows a byte.
    for part in text.chunks(128) {
        facts.digits += number(part, |byte| byte.is_ascii_digit());
        facts.uppercase += number(part, |byte| byte.is_ascii_uppercase());
        facts.commas += number(part, |byte| matches!(byte, b',' | b';'));
        facts.chars += number(part, |byte| !is_space(byte));
        letters += number(part, |byte| byte.is_ascii_alphabetic());
    }
    facts.marks = facts.chars - facts.digits - letters;
}

fn number(part: &[u8], test: impl Fn(u8) -> bool) -> u32 {
    part.iter().fold(0_u8, |sum, &byte| sum.wrapping_add(u8::from(test(byte)))).into()
}

/// As Unicode has it for these characters.
fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t'..=b'\r')
}

/// Dollar signs beside numbers, or one space from them.
fn prices(text: &[u8], facts: &mut TextFacts) {
    if memchr(b'$', text).is_none() {
        return;
    }
    let byte =
        |at: usize, back: usize| at.checked_sub(back).and_then(|at| text.get(at)).copied().unwrap_or(b' ');
    for (at, &this) in text.iter().enumerate() {
        let (previous, before) = (byte(at, 1), byte(at, 2));
        let is_price = match this {
            b'0'..=b'9' => previous == b'$' || (previous == b' ' && before == b'$'),
            b'$' => previous.is_ascii_digit() || (is_space(previous) && before.is_ascii_digit()),
            _ => false,
        };
        facts.prices += u32::from(is_price);
    }
}

/// True for a mark that ends a sentence: behind it stands a space, a closing sign or nothing, and it is no dot of an
/// ellipsis or alone.
fn ends_sentence(text: &[u8], at: usize, mark: u8) -> bool {
    let next = text.get(at + 1);
    let at_end =
        next.is_none_or(|&next| is_space(next) || matches!(next, b'"' | b'\'' | b')' | b']' | b'*' | b'['));
    let previous = at.checked_sub(1).and_then(|at| text.get(at));
    at_end && !(mark == b'.' && matches!(previous, None | Some(b'.' | b' ')))
}

/// Wraps the text into lines of 80 characters.
#[derive(Default)]
struct Lines {
    column: u32,
    /// Where the run of characters without white space begins.
    start: usize,
}

impl Lines {
    fn space(&mut self, at: usize, facts: &mut TextFacts) {
        let length = (at - self.start) as u32;
        self.start = at + 1;
        if self.column > 0 && self.column + length > 80 {
            facts.lines += 1;
            self.column = 0;
        }
        self.column += length + 1;
        facts.longest_run = facts.longest_run.max(length);
    }

    fn end(self, at: usize, facts: &mut TextFacts) {
        facts.longest_run = facts.longest_run.max((at - self.start) as u32);
        facts.lines += 1;
    }
}

/// The words of UAX #29 in ASCII text: runs of letters, digits and `_`, with `.`, `:` and `'` inside letters and
/// `.`, `,`, `;` and `'` inside digits.
pub(super) struct AsciiWords<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> AsciiWords<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> AsciiWords<'a> {
        AsciiWords { bytes, at: 0 }
    }

    fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(b' ')
    }
}

impl Iterator for AsciiWords<'_> {
    type Item = (usize, char);

    fn next(&mut self) -> Option<(usize, char)> {
        loop {
            let rest = self.bytes.get(self.at..)?;
            self.at += rest.iter().position(|&byte| is_of_word(byte))?;
            let start = self.at;
            let mut alphanumeric = false;
            loop {
                let rest = self.bytes.get(self.at..).unwrap_or(&[]);
                let length = rest.iter().position(|&byte| !is_of_word(byte)).unwrap_or(rest.len());
                let run = rest.get(..length).unwrap_or(rest);
                alphanumeric |= run.iter().any(|&byte| byte != b'_');
                self.at += length;
                let byte = self.byte(self.at);
                // Most words end here.
                if byte == b' ' {
                    break;
                }
                let (before, after) = (self.byte(self.at.wrapping_sub(1)), self.byte(self.at + 1));
                let joins = match byte {
                    b'.' | b'\'' => {
                        (before.is_ascii_alphabetic() && after.is_ascii_alphabetic())
                            || (before.is_ascii_digit() && after.is_ascii_digit())
                    }
                    b':' => before.is_ascii_alphabetic() && after.is_ascii_alphabetic(),
                    b',' | b';' => before.is_ascii_digit() && after.is_ascii_digit(),
                    _ => false,
                };
                if !joins {
                    break;
                }
                self.at += 1;
            }
            if alphanumeric {
                return Some((start, self.byte(start) as char));
            }
        }
    }
}

/// True for letters, digits and `_`.
fn is_of_word(byte: u8) -> bool {
    OF_WORD.get(usize::from(byte)).is_some_and(|&is| is)
}

/// [`is_of_word`] of each byte.
static OF_WORD: [bool; 256] = {
    let mut table = [false; 256];
    let mut rest: &mut [bool] = &mut table;
    let mut byte = 0_u8;
    while let Some((place, after)) = rest.split_first_mut() {
        *place = byte.is_ascii_alphanumeric() || byte == b'_';
        rest = after;
        byte = byte.wrapping_add(1);
    }
    table
};
