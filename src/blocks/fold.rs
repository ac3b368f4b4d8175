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
    let mut previous = 0;
    text.bytes().all(|byte| {
        let before = std::mem::replace(&mut previous, byte);
        byte.is_ascii_graphic() || (byte == b' ' && before != b' ')
    })
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
    let mut hash = 0xCBF2_9CE4_8422_2325_u64;
    for c in text.chars() {
        let lower = match c {
            'a'..='z' => c,
            'A'..='Z' => c.to_ascii_lowercase(),
            _ if c.is_whitespace() || c.is_numeric() => continue,
            _ => c.to_lowercase().next().unwrap_or(c),
        };
        hash = (hash.rotate_left(5) ^ u64::from(lower)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
    hash
}
