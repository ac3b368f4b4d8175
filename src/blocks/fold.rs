//! What of a page's characters gets into a block's text: white space becomes single spaces, and what shows nothing
//! is dropped.

/// Adds a text as readers see it: its words with single spaces between, without what is
/// [ignorable](is_ignorable).
pub(super) fn fold(text: &str, into: &mut String) {
    if is_folded(text) {
        into.push_str(text.trim_matches(' '));
        return;
    }
    let words = text.split(is_space).filter(|word| !word.is_empty());
    for (index, word) in words.enumerate() {
        if index > 0 {
            into.push(' ');
        }
        if word.bytes().all(|byte| byte.is_ascii_graphic()) {
            into.push_str(word);
        } else {
            into.extend(word.chars().filter(|&c| !is_ignorable(c)));
        }
    }
}

/// True for text that is in ASCII and has no white space but single spaces.
pub(crate) fn is_folded(text: &str) -> bool {
    let bytes = text.as_bytes();
    // Each with the one in front of it, many at a time and without a branch: compilers make vector instructions of it.
    let is_plain = |bytes: &[u8], before: &[u8]| {
        bytes.iter().zip(before).fold(true, |plain, (&byte, &before)| {
            plain & ((byte.wrapping_sub(0x21) < 0x5E) | ((byte == b' ') & (before != b' ')))
        })
    };
    let Some((first, rest)) = bytes.split_first() else { return true };
    matches!(first, 0x20..=0x7E)
        && rest.chunks(64).zip(bytes.chunks(64)).all(|(bytes, before)| is_plain(bytes, before))
}

/// HTML's white space, and the spaces that pages use for layout.
pub(crate) fn is_space(c: char) -> bool {
    c.is_whitespace() || c == '\u{200B}' || c == '\u{FEFF}'
}

/// Characters that show nothing and say nothing: controls, soft hyphens, word joiners and the invisible operators of
/// formulas, anchors of annotations, private use and invisible letters (U+E0000 and following); and marks that
/// reverse the direction of what follows, which would let a page show other text than it holds.
///
/// Joiners and direction marks (U+200C to U+200F, U+061C) are not among them: scripts are written with these.
pub(crate) fn is_ignorable(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{AD}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{E000}'..='\u{F8FF}'
                | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

/// Equal for texts that differ in case, digits and white space only.
pub(super) fn text_hash(text: &str) -> u64 {
    let mut hash = Hash { hash: 0xCBF2_9CE4_8422_2325, letters: 0, count: 0 };
    if text.is_ascii() {
        for byte in text.bytes() {
            if !byte.is_ascii_digit() && !matches!(byte, b' ' | b'\t'..=b'\r') {
                hash.letter(byte.to_ascii_lowercase());
            }
        }
        return hash.finish();
    }
    for c in text.chars() {
        let lower = match c {
            'a'..='z' => c,
            'A'..='Z' => c.to_ascii_lowercase(),
            _ if c.is_whitespace() || c.is_numeric() => continue,
            _ => c.to_lowercase().next().unwrap_or(c),
        };
        match u8::try_from(lower) {
            Ok(byte) => hash.letter(byte),
            Err(_) => {
                hash.mix(u64::from(lower));
            }
        }
    }
    hash.finish()
}

/// A running hash, of eight letters at a time where they are short.
struct Hash {
    hash: u64,
    letters: u64,
    count: u32,
}

impl Hash {
    fn letter(&mut self, letter: u8) {
        self.letters = (self.letters << 8) | u64::from(letter);
        self.count += 1;
        if self.count == 8 {
            self.mix_letters();
        }
    }

    fn mix_letters(&mut self) {
        self.hash = (self.hash.rotate_left(5) ^ self.letters).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        (self.letters, self.count) = (0, 0);
    }

    fn mix(&mut self, value: u64) {
        self.mix_letters();
        self.hash = (self.hash.rotate_left(5) ^ value).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }

    fn finish(mut self) -> u64 {
        self.mix_letters();
        self.hash
    }
}
