//! Where a tag has more attributes than are read, and where it ends.
//!
//! html5ever compares each attribute of a tag with all before it, so that a tag with a million of them takes hours.
//! The rest of such a tag is kept from it.

/// So many attributes of a tag are read. Pages have a few dozen at most.
const MAX_ATTRIBUTES: usize = 1024;

/// A piece of a tag that is not to be read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Cut {
    /// Where an attribute begins, behind those that are read.
    pub(super) start: usize,
    /// Where the tag's `>` stands, or the text's end.
    pub(super) end: usize,
}

/// What to leave out of the tag at the start of `text`, of which the tokenizer has read `read` bytes; `None` for
/// what is no tag and for a tag of which all is read.
pub(super) fn cut(text: &[u8], read: usize) -> Option<Cut> {
    let mut scan = Scan { text, at: usize::from(text.starts_with(b"</")) + 1 };
    if text.first() != Some(&b'<') || !scan.peek()?.is_ascii_alphabetic() {
        return None;
    }
    scan.until(|byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>'));
    let mut start = None;
    for number in 0.. {
        scan.until(|byte| !byte.is_ascii_whitespace() && byte != b'/');
        let Some(first) = scan.peek().filter(|&byte| byte != b'>') else { break };
        if start.is_none() && number >= MAX_ATTRIBUTES && scan.at >= read {
            start = Some(scan.at);
        }
        // A name may begin with `=`.
        scan.at += usize::from(first == b'=');
        scan.until(|byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>' | b'='));
        scan.value();
    }
    start.map(|start| Cut { start, end: scan.at })
}

struct Scan<'a> {
    text: &'a [u8],
    at: usize,
}

impl Scan<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    /// Goes on to the first byte for which `stop` holds, or to the end.
    fn until(&mut self, stop: impl Fn(u8) -> bool) {
        let rest = self.text.get(self.at..).unwrap_or(&[]);
        self.at += rest.iter().position(|&byte| stop(byte)).unwrap_or(rest.len());
    }

    /// Goes over `= value`, if one stands here.
    fn value(&mut self) {
        self.until(|byte| !byte.is_ascii_whitespace());
        if self.peek() != Some(b'=') {
            return;
        }
        self.at += 1;
        self.until(|byte| !byte.is_ascii_whitespace());
        match self.peek() {
            Some(quote @ (b'"' | b'\'')) => {
                self.at += 1;
                self.until(|byte| byte == quote);
                self.at = self.text.len().min(self.at + 1);
            }
            _ => self.until(|byte| byte.is_ascii_whitespace() || byte == b'>'),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A tag with `n` attributes of the form, and then the rest.
    fn tag(n: usize, form: &str, rest: &str) -> String {
        let attributes: String = (0..n).map(|number| form.replace('#', &number.to_string())).collect();
        format!("<p {attributes}{rest}")
    }

    #[test]
    fn ends_at_the_right_sign() {
        for form in
            ["a# ", "a#=x ", "a#='>' ", "a# = \">\"", "a#=\n'<>'", "/a#/", "=a#=> ' ", "<# ", "\"a#\" "]
        {
            let text = tag(2000, form, "> after >");
            // `=>` has no value: the tag ends there.
            let end = if form.contains("=>") { None } else { Some(text.len() - "> after >".len()) };
            assert_eq!(cut(text.as_bytes(), 0).map(|cut| cut.end), end, "{form}");
        }
    }

    #[test]
    fn leaves_alone_what_is_short_or_no_tag() {
        let short = tag(1000, "a# ", ">");
        let many = tag(2000, "a# ", ">");
        for text in ["", "<", "</", "<!-- a -->", "a", "<1 a", &short, &many.replacen('<', "", 1)] {
            assert_eq!(cut(text.as_bytes(), 0), None);
        }
        assert!(cut(many.as_bytes(), 0).is_some());
        assert!(cut(format!("</{}", &many[1..]).as_bytes(), 0).is_some());
    }

    #[test]
    fn begins_behind_what_is_read() {
        let text = tag(5000, "a# ", ">");
        for read in [0, 10_000, 20_001, 20_002] {
            let start = cut(text.as_bytes(), read).expect("there is a cut").start;
            assert!(start >= read && text[start..].starts_with('a'), "{read} {start}");
        }
        assert_eq!(cut(text.as_bytes(), text.len()), None);
    }

    #[test]
    fn without_end_goes_to_the_end() {
        let text = tag(5000, "a#='x' ", "b='");
        assert_eq!(cut(text.as_bytes(), 0).map(|cut| cut.end), Some(text.len()));
    }
}
