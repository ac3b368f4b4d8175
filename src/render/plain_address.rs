//! Addresses that are in their normal form as they stand. Most are, and parsing them all would take a fifth of the time
//! of Markdown.
//!
//! What is said here of an address is what the crate `url` makes of it; where that is not plain to see, nothing is.

use url::{Position, Url};

/// Resolves an address that needs no more than to be put behind a part of the page's, and perhaps not even that.
pub(super) fn resolve(address: &str, base: Option<&Url>) -> Option<String> {
    let front = match (address.as_bytes(), base) {
        ([b'/' | b'#', ..], None) => "",
        ([b'/', b'/', ..], _) => return None,
        ([b'/' | b'#', ..], Some(base)) if !matches!(base.scheme(), "http" | "https") => return None,
        ([b'/', ..], Some(base)) => &base[..Position::BeforePath],
        ([b'#', ..], Some(base)) => &base[..Position::AfterQuery],
        _ => {
            let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"))?;
            let (host, path) = rest.split_at_checked(rest.find('/')?)?;
            return (is_plain_host(host) && is_plain(path)).then(|| address.to_owned());
        }
    };
    is_plain(address).then(|| [front, address].concat())
}

/// True for a host of lower-case ASCII that is no number and no Punycode.
fn is_plain_host(host: &str) -> bool {
    let is_plain = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-');
    let mut labels = host.split('.');
    let ends_in_word =
        host.rsplit('.').next().is_some_and(|last| last.starts_with(|c: char| c.is_ascii_lowercase()));
    ends_in_word
        && labels.all(|label| !label.is_empty() && !label.contains("--") && label.bytes().all(is_plain))
}

/// True for a path, query and fragment of characters that stand for themselves in each of them, without segments of
/// dots.
fn is_plain(path: &str) -> bool {
    let mut last = [0, 0];
    path.bytes().all(|byte| {
        let goes = match byte {
            b'.' => last[1] != b'/',
            b'e' | b'E' => last != *b"%2",
            b'-' | b'_' | b'~' | b'!' | b'$' | b'(' | b')' | b'*' | b'+' | b',' | b';' | b':' | b'@'
            | b'&' | b'=' | b'/' | b'?' | b'#' | b'%' => true,
            _ => byte.is_ascii_alphanumeric(),
        };
        last = [last[1], byte];
        goes
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PIECES: [&str; 26] = [
        "https://",
        "http://",
        "HTTP:",
        "a.example",
        "1.2",
        "0x1",
        "xn--",
        "/",
        "//",
        ".",
        "..",
        "%2e",
        "%2E",
        "%",
        "?",
        "#",
        "'",
        "\\",
        ":",
        "@",
        "-",
        "é",
        "A",
        " ",
        "$(",
        "|",
    ];

    #[test]
    fn what_is_plain_is_what_parsing_gives() {
        let bases = [
            None,
            Url::parse("https://u:p@example.org:81/a/b.html?c=d#e").ok(),
            Url::parse("http://example.org").ok(),
            Url::parse("file:///a/b").ok(),
        ];
        let mut addresses = vec![String::new()];
        let mut first = 0;
        for _ in 0..4 {
            let longer: Vec<String> = addresses[first..]
                .iter()
                .flat_map(|address| PIECES.iter().map(move |piece| [address, *piece].concat()))
                .collect();
            first = addresses.len();
            addresses.extend(longer);
        }
        let mut plain = 0;
        for address in &addresses {
            for base in &bases {
                let Some(resolved) = resolve(address, base.as_ref()) else { continue };
                plain += 1;
                let parsed = match base {
                    Some(base) => base.join(address),
                    None => Url::parse(address),
                };
                match parsed {
                    Ok(url) => assert_eq!(resolved, url.as_str(), "{address:?} on {base:?}"),
                    Err(error) => {
                        assert_eq!(error, url::ParseError::RelativeUrlWithoutBase, "{address:?} on {base:?}");
                        assert_eq!(&resolved, address);
                    }
                }
            }
        }
        assert!(plain > 10_000, "{plain}");
    }

    #[test]
    fn usual_addresses_are_plain() {
        let base = Url::parse("https://example.org/a/b.html?c=d").ok();
        for (address, resolved) in [
            (
                "https://www.example.com/2024/a_b-c.html?x=1&y=%20#z",
                "https://www.example.com/2024/a_b-c.html?x=1&y=%20#z",
            ),
            ("/wiki/Dyke_(sea)", "https://example.org/wiki/Dyke_(sea)"),
            ("#notes", "https://example.org/a/b.html?c=d#notes"),
        ] {
            assert_eq!(resolve(address, base.as_ref()).as_deref(), Some(resolved));
        }
    }
}
