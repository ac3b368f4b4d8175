//! Mail addresses that a proxy has hidden from harvesters, and that a script shows to all who see the page.
//!
//! Cloudflare puts two words in place of an address and keeps it beside them: hexadecimal bytes, the first of which all
//! others have been combined with by exclusive or.

use html5ever::LocalName;

use crate::blocks::is_ignorable;
use crate::document::{Arena, NodeId, Tag};

/// Where links lead behind which an address is hidden.
const PAGE: &str = "/cdn-cgi/l/email-protection";

/// Longer addresses are none.
const LONGEST: usize = 320;

/// Finds hidden addresses.
pub(super) struct Hidden {
    name: LocalName,
}

impl Hidden {
    pub(super) fn new() -> Hidden {
        Hidden { name: LocalName::from("data-cfemail") }
    }

    /// The address that an element hides.
    pub(super) fn of(&self, arena: &Arena, id: NodeId) -> Option<String> {
        let element = arena.get(id)?.element().filter(|element| matches!(element.tag, Tag::A | Tag::Span));
        element.and_then(|_| arena.attr(id, &self.name)).and_then(decode)
    }

    /// The address that is to stand in place of a text, which is all of an element that hides it.
    pub(super) fn behind(&self, arena: &Arena, text: NodeId) -> Option<String> {
        let node = arena.get(text)?;
        let is_alone = node.previous.some().is_none() && node.next.some().is_none();
        self.of(arena, node.parent).filter(|_| is_alone)
    }
}

/// The address to which a link leads that hides it.
pub(super) fn target(href: &str) -> Option<String> {
    let (page, hidden) = href.split_once('#')?;
    page.ends_with(PAGE).then(|| decode(hidden)).flatten()
}

fn decode(hidden: &str) -> Option<String> {
    let digits = hidden.trim().as_bytes();
    if digits.len() > 2 * LONGEST || digits.len() % 2 == 1 {
        return None;
    }
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let mut bytes = digits.chunks_exact(2).map(|pair| match pair {
        [high, low] => u8::try_from(digit(*high)? * 16 + digit(*low)?).ok(),
        _ => None,
    });
    let key = bytes.next()??;
    let shown = bytes.map(|byte| byte.map(|byte| byte ^ key)).collect::<Option<Vec<u8>>>()?;
    let address = String::from_utf8(shown).ok()?;
    let is_odd = |c: char| c.is_whitespace() || c.is_control() || is_ignorable(c);
    (address.contains('@') && !address.contains(is_odd)).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_hidden_is_shown() {
        let hidden = "2a4b4e4b6a484b5844044f524b475a464f";
        assert_eq!(decode(hidden).as_deref(), Some("ada@barn.example"));
        assert_eq!(
            target(&format!("/cdn-cgi/l/email-protection#{hidden}")).as_deref(),
            Some("ada@barn.example")
        );
        for broken in ["", "2", "2a", "2a4", "zz4b", "2a44450a4b4e4e584f5959", "2a4b0a486a49", "é4"] {
            assert_eq!(decode(broken), None, "{broken}");
        }
    }
}
