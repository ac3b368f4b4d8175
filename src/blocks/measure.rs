//! Measures a block's text: words by script, sentences, punctuation, letters.
//!
//! Words are those of UAX #29, weighed by script so that a measure means the same in every language: a Han
//! character is about 0.6 of a word, a Hiragana character 0.4, a character of Thai, Lao, Khmer or Burmese 0.25.

use unicode_segmentation::UnicodeSegmentation;

use super::ascii::{self, AsciiWords};

/// What is measured on a text.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct TextFacts {
    /// Words, weighed by script.
    pub(crate) words: f32,
    /// Of these, words in links.
    pub(crate) link_words: f32,
    /// Words in sentences that end with an end mark, have at least five words and are at most a third links.
    pub(crate) good_words: f32,
    /// Sentences that end with an end mark.
    pub(crate) sentences: u32,
    /// Characters other than white space.
    pub(crate) chars: u32,
    /// Commas and their kin.
    pub(crate) commas: u32,
    /// Decimal digits.
    pub(crate) digits: u32,
    /// Characters that are neither letters, digits nor white space.
    pub(crate) marks: u32,
    /// Upper-case letters.
    pub(crate) uppercase: u32,
    /// Words that begin with an upper-case letter.
    pub(crate) capitalised: u32,
    /// Unweighed words, for shares of words.
    pub(crate) tokens: u32,
    /// Lines of 80 characters that the text fills when wrapped.
    pub(crate) lines: u32,
    /// True when the last character but closing quotes and brackets is an end mark.
    pub(crate) ends_sentence: bool,
    /// True when it ends with a colon.
    pub(crate) ends_with_colon: bool,
    /// Currency signs or codes beside a number.
    pub(crate) prices: u32,
    /// The longest run of characters without white space.
    pub(crate) longest_run: u32,
}

/// What the share of letters that a script's character has of a word is, and whether the script writes without
/// spaces and full stops.
fn script_weight(c: char) -> (f32, bool) {
    match c {
        '\u{3040}'..='\u{309F}' => (0.4, false),
        '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}' => (0.6, false),
        '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' => (0.25, true),
        _ => (1.0, false),
    }
}

/// A mark that ends a sentence wherever it stands: full-width and other scripts' marks.
fn is_absolute_end(c: char) -> bool {
    matches!(
        c,
        '。' | '！'
            | '？'
            | '｡'
            | '．'
            | '।'
            | '॥'
            | '۔'
            | '؟'
            | '։'
            | '።'
            | '…'
            | '‼'
            | '⁇'
            | '⁈'
            | '⁉'
            | '៖'
            | '។'
    )
}

fn is_closing(c: char) -> bool {
    matches!(c, '"' | '\'' | ')' | ']' | '”' | '’' | '»' | '」' | '』' | '）' | '】' | '›' | '“' | '*')
}

fn is_comma(c: char) -> bool {
    matches!(c, ',' | '，' | '、' | '،' | '؛' | ';' | '；' | '､')
}

fn is_currency(c: char) -> bool {
    matches!(c, '$' | '€' | '£' | '¥' | '￥' | '₽' | '₹' | '₺' | '₩' | '₪' | '₫' | '฿' | '₴' | '¢')
}

/// The state of the running sentence.
#[derive(Default)]
pub(super) struct Sentence {
    pub(super) words: f32,
    pub(super) link_words: f32,
}

/// Measures a normalised text (no white space at its ends, single spaces). `is_link` tells of a byte offset
/// whether it lies in a link; it is asked in ascending order.
pub(crate) fn measure(text: &str, is_link: impl FnMut(usize) -> bool) -> TextFacts {
    if text.is_ascii() { ascii::measure(text.as_bytes(), is_link) } else { measure_any(text, is_link) }
}

/// The same for text in any script.
fn measure_any(text: &str, mut is_link: impl FnMut(usize) -> bool) -> TextFacts {
    let mut facts = TextFacts::default();
    let mut sentence = Sentence::default();
    let mut unspaced = 0.0_f32;
    let mut total_before_marks = 0;
    characters(text, &mut facts);
    let mut ends = SentenceEnds::new(text);
    let mut next_end = ends.next();
    let mut word = |start: usize, first: char, facts: &mut TextFacts, sentence: &mut Sentence| {
        let (weight, without_spaces) = script_weight(first);
        facts.words += weight;
        facts.tokens += 1;
        sentence.words += weight;
        if without_spaces {
            unspaced += weight;
        }
        if is_link(start) {
            facts.link_words += weight;
            sentence.link_words += weight;
        }
        if first.is_uppercase() {
            facts.capitalised += 1;
        }
    };
    let mut close_until = |offset: usize, facts: &mut TextFacts, sentence: &mut Sentence| {
        while next_end.is_some_and(|end| end < offset) {
            finish(sentence, facts);
            next_end = ends.next();
            total_before_marks += 1;
        }
    };
    words(text, |start, first| {
        close_until(start, &mut facts, &mut sentence);
        word(start, first, &mut facts, &mut sentence);
    });
    close_until(usize::MAX, &mut facts, &mut sentence);
    facts.sentences = total_before_marks;
    // Thai and its kin have no full stops: a long run of it with few links is a sentence.
    if unspaced > 12.0 && facts.link_words * 3.0 <= facts.words {
        facts.good_words = facts.good_words.max(unspaced);
    }
    facts
}

pub(super) fn finish(sentence: &mut Sentence, facts: &mut TextFacts) {
    if sentence.words >= 5.0 && sentence.link_words * 3.0 <= sentence.words {
        facts.good_words += sentence.words;
    }
    *sentence = Sentence::default();
}

/// What is counted character by character.
fn characters(text: &str, facts: &mut TextFacts) {
    let mut run = 0;
    let mut column = 0_u32;
    let mut word_length = 0_u32;
    let mut last = None;
    let mut previous = ' ';
    let mut before_previous = ' ';
    for c in text.chars() {
        if c.is_whitespace() {
            run = 0;
            if column > 0 && column + word_length > 80 {
                facts.lines += 1;
                column = 0;
            }
            column += word_length + 1;
            word_length = 0;
        } else {
            facts.chars += 1;
            run += 1;
            word_length += 1;
            facts.longest_run = facts.longest_run.max(run);
            // Scripts without spaces wrap anywhere, and their characters are two columns wide.
            if script_weight(c).0 < 1.0 {
                column += 2 * word_length;
                word_length = 0;
                if column > 80 {
                    facts.lines += 1;
                    column = 0;
                }
            }
            if c.is_ascii_digit() || c.is_numeric() {
                facts.digits += 1;
                if is_currency(previous) || (previous == ' ' && is_currency(before_previous)) {
                    facts.prices += 1;
                }
            } else if c.is_alphabetic() {
                if c.is_uppercase() {
                    facts.uppercase += 1;
                }
            } else {
                facts.marks += 1;
                if is_comma(c) {
                    facts.commas += 1;
                }
                if is_currency(c)
                    && (previous.is_numeric() || (previous.is_whitespace() && before_previous.is_numeric()))
                {
                    facts.prices += 1;
                }
            }
            if !is_closing(c) {
                last = Some(c);
            }
        }
        before_previous = previous;
        previous = c;
    }
    facts.lines += 1;
    facts.ends_sentence = last.is_some_and(|c| matches!(c, '.' | '!' | '?') || is_absolute_end(c));
    facts.ends_with_colon = last.is_some_and(|c| matches!(c, ':' | '：'));
}

/// The byte offsets of the marks that end sentences.
struct SentenceEnds<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> SentenceEnds<'a> {
    fn new(text: &'a str) -> SentenceEnds<'a> {
        SentenceEnds { text, at: 0 }
    }
}

impl Iterator for SentenceEnds<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let may_end = |byte: &u8| matches!(byte, b'.' | b'!' | b'?') || !byte.is_ascii();
        loop {
            let rest = self.text.get(self.at..)?;
            let at = self.at + rest.as_bytes().iter().position(may_end)?;
            let mut chars = self.text.get(at..)?.chars();
            let c = chars.next()?;
            self.at = at + c.len_utf8();
            if is_absolute_end(c) {
                return Some(at);
            }
            if c.is_ascii() {
                let at_end =
                    chars.next().is_none_or(|next| next.is_whitespace() || is_closing(next) || next == '[');
                // The dots of an ellipsis, or one that stands alone, end nothing.
                let previous = at.checked_sub(1).and_then(|at| self.text.as_bytes().get(at));
                let is_stray = c == '.' && matches!(previous, None | Some(b'.' | b' '));
                if at_end && !is_stray {
                    return Some(at);
                }
            }
        }
    }
}

/// Gives `take` where each word of UAX #29 begins, and its first character.
fn words(text: &str, mut take: impl FnMut(usize, char)) {
    // Where text that is not ASCII begins, with the space in front: a mark at its beginning combines with that.
    let mut mixed = None;
    let mut at = 0;
    // No word goes over a space, and whole texts without a quotation mark or an accent are rare.
    for piece in text.split(' ') {
        if piece.is_ascii() {
            if let Some(from) = mixed.take() {
                all_words(text, from, at - 1, &mut take);
            }
            AsciiWords::new(piece.as_bytes()).for_each(|(start, first)| take(at + start, first));
        } else {
            mixed.get_or_insert(at.saturating_sub(1));
        }
        at += piece.len() + 1;
    }
    if let Some(from) = mixed {
        all_words(text, from, text.len(), &mut take);
    }
}

fn all_words(text: &str, from: usize, to: usize, take: &mut impl FnMut(usize, char)) {
    for (start, word) in text.get(from..to).unwrap_or("").unicode_word_indices() {
        take(from + start, word.chars().next().unwrap_or(' '));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> TextFacts {
        measure(text, |_| false)
    }

    #[test]
    fn ascii_words_are_the_words_of_uax_29() {
        for text in [
            "It's 3.14, or 1,000; see a.b:c and x_y __ e.g. U.S.A. 5'6 it's' 'tis a,b 1:2 -- end.",
            "",
            "...",
            "foo_bar1.2a",
        ] {
            let ours: Vec<usize> = AsciiWords::new(text.as_bytes()).map(|(at, _)| at).collect();
            let theirs: Vec<usize> = text.unicode_word_indices().map(|(at, _)| at).collect();
            assert_eq!(ours, theirs, "{text}");
        }
    }

    #[test]
    fn words_between_others_are_those_of_uax_29() {
        for text in [
            "She said “it’s 3.14”, and — as ever — left: l’été, naïve x.",
            "été",
            " é a é  b ",
            "a \u{93E}b c",
            "\u{93E}b \u{301}x \u{200D}y",
            "的 word 字a b字 ก ไทย ok",
            "line\none é\ttwo\nthree é\nfour",
        ] {
            let mut ours = Vec::new();
            words(text, |at, first| ours.push((at, first)));
            let theirs: Vec<(usize, char)> =
                text.unicode_word_indices().map(|(at, word)| (at, word.chars().next().unwrap())).collect();
            assert_eq!(ours, theirs, "{text}");
        }
    }

    #[test]
    fn ascii_is_measured_as_any_text() {
        for text in [
            "",
            "a",
            "Pay $5 or $ 7, not 8 $ nor 9$; (see \"x\").",
            "1 $ 2",
            "$",
            "ends: ",
            "A  b\nC\td*'",
            &"word ".repeat(60),
            &"x".repeat(200),
            "It's 3.14, or 1,000; see a.b:c and x_y __ e.g. U.S.A. 5'6 it's' 'tis a,b 1:2 -- end.",
            "The mill stood by the river. Nobody had used it for years! Was it so? (Yes.) \"No.\" And so on . . .",
            "Read more about the mill. [1] It stood, as ever, by the very river.",
            "One\x0btwo\x0cthree\r\nfour\x1cfive\x7fsix",
            "...",
            "End.",
        ] {
            for (from, to) in [(0, 0), (3, 20), (0, usize::MAX)] {
                let is_link = |at| (from..to).contains(&at);
                assert_eq!(measure(text, is_link), measure_any(text, is_link), "{text}");
            }
        }
    }

    #[test]
    fn sentences_count_in_every_script() {
        let english = plain("The mill stood by the river. Nobody had used it for years!");
        assert_eq!((english.sentences, english.good_words), (2, 12.0));
        let chinese = plain("磨坊立在河边的小路旁。已经多年没有人使用它了！");
        assert_eq!(chinese.sentences, 2);
        assert!(chinese.good_words > 8.0 && chinese.good_words < 16.0, "{}", chinese.good_words);
        assert_eq!(plain("And so on . . . until the end...").sentences, 0);
        assert!(plain("Was it so?”").ends_sentence);
    }

    #[test]
    fn links_and_prices() {
        let facts = measure("buy now for $5 or 7 €", |at| at < 7);
        assert_eq!(facts.link_words, 2.0);
        assert_eq!(facts.prices, 2);
    }
}
