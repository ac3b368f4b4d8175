//! The normalisations that more than one metric compares texts under.

/// The text with every run of white space made one space and none at the ends.
pub(super) fn collapse(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// The text without any white space, so that where inline elements were glued or parted makes no difference.
pub(super) fn squash(text: &str) -> String {
    text.split_whitespace().collect()
}

/// The text collapsed, lowercased, and with typographic quotes, dashes and ellipses as ASCII has them.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in collapse(text).to_lowercase().chars() {
        match c {
            '\u{2018}'..='\u{201b}' | '\u{2032}' | '\u{2b9}' | '\u{2bc}' | '`' | '\u{b4}' | '\u{ff07}' => {
                out.push('\'')
            }
            '\u{201c}'..='\u{201f}' | '\u{2033}' | '«' | '»' | '\u{ff02}' => out.push('"'),
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => out.push('-'),
            '…' => out.push_str("..."),
            // Soft hyphens, zero-width characters and direction marks are there to be laid out, not read.
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_of_any_kind_collapses() {
        assert_eq!(collapse(" one\u{a0}\n\ttwo \u{3000}three "), "one two three");
        assert_eq!(collapse(" \n "), "");
        assert_eq!(squash(" one\u{a0}\n\ttwo "), "onetwo");
    }

    #[test]
    fn plain_text_has_ascii_punctuation() {
        assert_eq!(plain("The “Owl’s”  Day\u{2014}Off\u{2026}"), "the \"owl's\" day-off...");
        assert_eq!(plain("Zwie\u{ad}back\u{200b}"), "zwieback");
    }
}
