//! How blocks agree with the page's title: what finds the headline.

use memchr::memmem;

use super::{BlockFacts, Blocks};

/// How far a text and the page's title agree. The order is that of the feature of this name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(crate) enum TitleMatch {
    /// Not at all.
    #[default]
    None,
    /// The text is somewhere in the title.
    Inside,
    /// It is a part of the title between signs, but not the first: often the site's name.
    LaterPart,
    /// The title is somewhere in the text, or the text is most of the title.
    Most,
    /// The text is the title up to a sign.
    FirstPart,
    /// It is the title.
    Whole,
}

/// Compares every block with the title.
pub(super) fn title_matches(blocks: &Blocks, title: &str) -> Vec<TitleMatch> {
    let title = Title::new(title);
    let squashed = &title.squashed;
    let (pairs, in_text) = (Pairs::new(squashed), memmem::Finder::new(squashed));
    let rare = rarest(squashed);
    let mut text = Vec::new();
    let matches = |block: &BlockFacts| {
        let full = blocks.text_of(block);
        if full.len() > 400 || full.len() < 4 || squashed.is_empty() {
            return TitleMatch::None;
        }
        // Most texts are neither a part of the title nor have it as a part: the one would begin with letters that stand
        // in the title, the other would hold its rarest letter. A text in ASCII becomes no longer.
        let is_shorter = || full.len() < squashed.len() && full.is_ascii();
        let holds = || rare.is_none_or(|rare| holds_letter(full.as_bytes(), rare)) && !is_shorter();
        if !pairs.begin(full) && !holds() {
            return TitleMatch::None;
        }
        squash(full, &mut text);
        title.compare(&text, &in_text)
    };
    blocks.blocks.iter().map(matches).collect()
}

/// The page's title, ready to be compared with.
struct Title {
    squashed: Vec<u8>,
    /// Where in that its parts begin and end.
    cuts: Vec<usize>,
}

impl Title {
    fn new(title: &str) -> Title {
        // Each block is looked for in the title: one of a megabyte must not be searched a hundred thousand times.
        let title = title.char_indices().nth(1000).and_then(|(end, _)| title.get(..end)).unwrap_or(title);
        let (mut squashed, mut part, mut cuts) = (Vec::new(), Vec::new(), vec![0]);
        let mut end = 0;
        for (at, _) in title.char_indices().filter(|&(at, sign)| parts_title(title, at, sign)) {
            squash(title.get(end..at).unwrap_or(""), &mut part);
            squashed.append(&mut part);
            cuts.push(squashed.len());
            end = at;
        }
        squash(title.get(end..).unwrap_or(""), &mut part);
        squashed.append(&mut part);
        cuts.push(squashed.len());
        Title { squashed, cuts }
    }

    /// How a squashed text agrees with it. `within` finds this title in a text.
    fn compare(&self, text: &[u8], within: &memmem::Finder<'_>) -> TitleMatch {
        let (length, whole) = (text.len(), self.squashed.len());
        let at = if length < 4 || length > whole { None } else { memmem::find(&self.squashed, text) };
        let Some(at) = at else {
            let holds = length > 8 && length >= whole && within.find(text).is_some();
            return if holds { TitleMatch::Most } else { TitleMatch::None };
        };
        let is_part = |at: usize| self.cuts.contains(&at) && self.cuts.contains(&(at + length));
        if length == whole {
            TitleMatch::Whole
        } else if at == 0 && is_part(0) {
            TitleMatch::FirstPart
        } else if is_part(at) || self.squashed.ends_with(text) && is_part(whole - length) {
            TitleMatch::LaterPart
        } else if length * 2 >= whole {
            TitleMatch::Most
        } else {
            TitleMatch::Inside
        }
    }
}

/// True for a sign that parts a title: it stands free, or is a colon after which there is space.
fn parts_title(title: &str, at: usize, sign: char) -> bool {
    let before = || title.get(..at).is_some_and(|before| before.ends_with(char::is_whitespace));
    let after =
        || title.get(at + sign.len_utf8()..).is_some_and(|after| after.starts_with(char::is_whitespace));
    match sign {
        '|' | '：' | '｜' | '／' => true,
        ':' => after(),
        '-' | '–' | '—' | '·' | '•' | '»' | '«' | '/' | '>' | '~' | '_' => before() && after(),
        _ => false,
    }
}

/// Lower case, letters and digits only.
fn squash(text: &str, squashed: &mut Vec<u8>) {
    squashed.clear();
    if text.is_ascii() {
        squashed.extend(text.bytes().map(|byte| byte.to_ascii_lowercase()).filter(u8::is_ascii_alphanumeric));
    } else {
        let mut buffer = [0; 4];
        for c in text.chars().filter(|c| c.is_alphanumeric()) {
            if c.is_ascii() {
                squashed.push(c.to_ascii_lowercase() as u8);
                continue;
            }
            for lower in c.to_lowercase() {
                squashed.extend_from_slice(lower.encode_utf8(&mut buffer).as_bytes());
            }
        }
    }
}

/// The pairs of letters that a squashed text is made of: no block that begins with another is a part of it.
struct Pairs([u64; 16]);

impl Pairs {
    fn new(squashed: &[u8]) -> Pairs {
        let mut pairs = Pairs([0; 16]);
        for pair in squashed.windows(2) {
            let (word, bit) = Pairs::place(pair);
            if let Some(word) = pairs.0.get_mut(word) {
                *word |= bit;
            }
        }
        pairs
    }

    /// A place that other pairs may share.
    fn place(pair: &[u8]) -> (usize, u64) {
        let hash = pair.iter().fold(0, |hash, &byte| hash * 37 + usize::from(byte));
        (hash / 64 % 16, 1 << (hash % 64))
    }

    /// False where the first two letters of a text are not among the pairs.
    fn begin(&self, text: &str) -> bool {
        let mut letters = text.chars().filter(|c| c.is_alphanumeric());
        let (Some(first), Some(second)) = (letters.next(), letters.next()) else { return true };
        let (Ok(first), Ok(second)) = (u8::try_from(first), u8::try_from(second)) else { return true };
        if !(first.is_ascii() && second.is_ascii()) {
            return true;
        }
        let (word, bit) = Pairs::place(&[first.to_ascii_lowercase(), second.to_ascii_lowercase()]);
        self.0.get(word).is_some_and(|word| word & bit != 0)
    }
}

/// The letter or digit of a squashed text that is rarest in most languages' texts. `i` and `k` are none: other letters
/// become these in lower case.
fn rarest(squashed: &[u8]) -> Option<u8> {
    const RARE_FIRST: &[u8] = b"qxzj7698543012wyvfgbphmuldcnotsrae";
    RARE_FIRST.iter().copied().find(|letter| squashed.contains(letter))
}

/// True for a text that has the letter in either case.
fn holds_letter(text: &[u8], letter: u8) -> bool {
    memchr::memchr2(letter, letter.to_ascii_uppercase(), text).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compared(title: &str, text: &str) -> TitleMatch {
        let title = Title::new(title);
        let mut squashed = Vec::new();
        squash(text, &mut squashed);
        title.compare(&squashed, &memmem::Finder::new(&title.squashed))
    }

    #[test]
    fn a_title_has_parts_between_signs() {
        use TitleMatch::{FirstPart, Inside, LaterPart, Most, None, Whole};
        let title = "What do owls eat? - Owls: A Guide";
        for (text, expected) in [
            ("What do owls eat?", FirstPart),
            ("what do OWLS eat", FirstPart),
            ("Owls: A Guide", LaterPart),
            ("A Guide", LaterPart),
            ("What do owls eat? – Owls: A Guide", Whole),
            ("owls", Inside),
            ("do owls eat? - Owls: A Guide", Most),
            ("New: What do owls eat? - Owls: A Guide (2nd edition)", Most),
            ("Do owls sleep?", None),
        ] {
            assert_eq!(compared(title, text), expected, "{text}");
        }
        // A hyphen within a word parts nothing.
        assert_eq!(compared("Barn-owl boxes", "barn"), Inside);
        assert_eq!(compared("フクロウの食べ物｜納屋新聞", "フクロウの食べ物"), FirstPart);
    }
}
