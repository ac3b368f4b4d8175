//! Where raw text ends that no stage reads.
//!
//! Half of a page's bytes are scripts and styles. The tokenizer would walk them character by character.

use html5ever::local_name;
use html5ever::tokenizer::Tag as TagToken;
use html5ever::tokenizer::states::RawKind;
use memchr::memmem;

/// True for an element whose content is raw text that no stage reads. JSON-LD is read.
pub(super) fn is_skippable(tag: &TagToken) -> bool {
    match tag.name {
        local_name!("style") | local_name!("iframe") | local_name!("noembed") | local_name!("noframes") => {
            true
        }
        local_name!("script") => !tag.attrs.iter().any(|attr| {
            attr.name.local == local_name!("type")
                && attr.value.trim().eq_ignore_ascii_case("application/ld+json")
        }),
        _ => false,
    }
}

/// How many bytes stand before the end tag `</name`, or `None` where only the tokenizer can tell.
///
/// A script with `<!--` in it may hold a `</script>` that does not end it; that, and a page that ends in the
/// middle, is left to the tokenizer.
pub(super) fn content_length(input: &[u8], name: &[u8], kind: RawKind) -> Option<usize> {
    let mut from = 0;
    let end = loop {
        let at = from + memmem::find(input.get(from..)?, b"</")?;
        let after = input.get(at + 2..)?;
        let is_end = after.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name))
            && matches!(after.get(name.len()), Some(b'\t' | b'\n' | b'\r' | b'\x0c' | b' ' | b'/' | b'>'));
        if is_end {
            break at;
        }
        from = at + 2;
    };
    let is_script = matches!(kind, RawKind::ScriptData);
    if is_script && memmem::find(input.get(..end)?, b"<!--").is_some() { None } else { Some(end) }
}

/// Counts `\n`, `\r\n` and lone `\r`, each as one line end.
pub(super) fn count_lines(bytes: &[u8]) -> u64 {
    let feeds = memchr::memchr_iter(b'\n', bytes).count();
    let lone_returns = memchr::memchr_iter(b'\r', bytes)
        .filter(|&at| bytes.get(at + 1).is_none_or(|&next| next != b'\n'))
        .count();
    (feeds + lone_returns) as u64
}
