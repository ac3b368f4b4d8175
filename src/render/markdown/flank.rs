//! Whether a delimiter of emphasis would be read as one, by what stands on either side of it.

/// What a character is to a delimiter beside it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Space,
    Mark,
    Word,
    /// Punctuation to some readers of Markdown and not to others.
    Unsure,
}

pub(super) fn side(c: char) -> Side {
    match c {
        _ if c.is_whitespace() => Side::Space,
        _ if c.is_alphanumeric() => Side::Word,
        _ if c.is_ascii_punctuation() => Side::Mark,
        '«' | '»' | '¿' | '¡' | '§' | '¶' | '\u{2010}'..='\u{2027}' | '\u{3001}'..='\u{3003}' => {
            Side::Mark
        }
        '\u{3008}'..='\u{3011}' | '\u{FF01}'..='\u{FF0F}' => Side::Mark,
        _ => Side::Unsure,
    }
}

/// CommonMark's rule for a left-flanking delimiter; read backwards it is the one for a right-flanking.
pub(super) fn opens(outside: Side, inside: Side) -> bool {
    match inside {
        Side::Space => false,
        Side::Word => true,
        Side::Mark | Side::Unsure => matches!(outside, Side::Space | Side::Mark),
    }
}
