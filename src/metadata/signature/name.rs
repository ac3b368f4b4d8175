//! The name that an element of a post shows for its author.

use html5ever::local_name;

use super::line;
use crate::document::{Arena, NodeId, Tag};
use crate::metadata::byline_labels::after_by;
use crate::metadata::byline_words::{NOBODY, has};
use crate::metadata::date_text::{Order, find_all};
use crate::metadata::head::property_value;
use crate::metadata::marks::Marks;
use crate::metadata::names::names_seen;
use crate::metadata::text::{attribute, element_text, following, key, tag};
use crate::metadata::visible::{leads_to_author, leads_to_user};

/// How surely a name is the author's, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// Microdata.
    Declared,
    /// A class that speaks of a user's name.
    Named,
    /// A class that speaks of an author, a link to a user's page.
    Linked,
    /// What stands out above the post's text.
    Unmarked,
    /// A letter that stands for a picture; a name as it is called within a text.
    Letter,
}

/// Names are shorter than this, in bytes.
const LONGEST: usize = 80;

/// The name in an element that says of itself that it holds one.
pub(super) fn marked(arena: &Arena, id: NodeId, marks: Marks, order: Order) -> Option<(Rank, String)> {
    let is_item = attribute(arena, id, &local_name!("itemprop"))
        .is_some_and(|names| names.split_ascii_whitespace().any(|name| matches!(name, "author" | "creator")));
    let by_class = marks.has(Marks::USER_NAME)
        || is_full_name(arena, id)
        || (marks.has(Marks::USER | Marks::AUTHOR) && marks.has(Marks::NAME));
    let by_author = marks.has(Marks::AUTHOR) && !marks.has(Marks::ABOUT_AUTHOR);
    let href = attribute(arena, id, &local_name!("href")).filter(|_| tag(arena, id) == Some(Tag::A));
    let by_link =
        href.is_some_and(|href| leads_to_user(href) || leads_to_author(href) || leads_to_profile(href));
    if !(is_item || by_class || by_author || by_link) {
        return None;
    }
    // Beside the link to the user there may be what rank he has.
    let inner = || inner_link(arena, id).filter(|_| !is_item && !by_link);
    let inner = named_within(arena, id, is_item).filter(|_| is_item || by_author).or_else(inner);
    let text = match inner {
        None if !is_item => element_text(arena, id, LONGEST),
        inner => property_value(arena, inner.unwrap_or(id), LONGEST),
    };
    let rank = match () {
        () if is_item => Rank::Declared,
        () if by_class => Rank::Named,
        () => Rank::Linked,
    };
    let name = match rank {
        Rank::Linked if href.is_some() => linked(&text, href, order),
        // Beside an author's name there may be more: what he is, where he writes.
        Rank::Linked => one_of(&text, order).or_else(|| inner.and_then(|_| as_written(&text, order))),
        _ => as_written(&text, order),
    }?;
    // A letter may stand for a picture, with the name behind it.
    let rank = if name.chars().nth(1).is_none() || name.starts_with('@') { Rank::Letter } else { rank };
    Some((rank, name))
}

/// The name in an element that stands out above a post's text and says nothing of itself. Behind the date a heading is
/// the post's title.
pub(super) fn unmarked(arena: &Arena, id: NodeId, is_dated: bool, order: Order) -> Option<String> {
    let stands_out = match tag(arena, id)? {
        Tag::Cite | Tag::Strong | Tag::B => true,
        Tag::H2 | Tag::H3 | Tag::H4 | Tag::H5 | Tag::H6 => !is_dated,
        _ => false,
    };
    stands_out.then(|| bare(&element_text(arena, id, LONGEST), order)).flatten()
}

/// The name in a line above a post's text that begins as bylines do.
pub(super) fn in_byline(line: &str, order: Order) -> Option<String> {
    after_by(line)?;
    names_seen(line, order).into_iter().next()
}

/// The name that is all of a line but for the time behind it: `Ada Quist May 20, 2024`.
pub(super) fn before_time(line: &str, order: Order) -> Option<String> {
    const MOST_WORDS: usize = 3;
    let ends = line.match_indices(' ').map(|(at, _)| at).take(MOST_WORDS);
    let mut names = ends.filter_map(|end| line.get(..end));
    let name = names.find(|name| line::says_when(line, Some(name), order))?;
    bare(name.trim_end_matches(|c: char| !c.is_alphanumeric() && c != ')'), order)
}

/// A short text that may be a name.
pub(super) fn bare(text: &str, order: Order) -> Option<String> {
    const MOST_WORDS: usize = 3;
    let is_short = text.len() <= LONGEST / 2 && text.split(' ').count() <= MOST_WORDS;
    let says_more = text.ends_with(['.', '?', '!', ':']) || text.starts_with("Re:") || text.starts_with('#');
    // A name of several words has capitals, where the script has.
    let is_name = !text.contains(' ') || !text.starts_with(char::is_lowercase);
    let is_label = line::is_of_labels(text) || after_by(text).is_some() || has(NOBODY, &key(text));
    (is_short && is_name && !says_more && !is_label).then(|| as_written(text, order)).flatten()
}

/// A user may call himself as he likes, in few words: what is marked as his name is it as it is written.
fn as_written(text: &str, order: Order) -> Option<String> {
    const MOST_WORDS: usize = 6;
    const LONGEST: usize = 60;
    const FIELDS: &str =
        "username nickname login email emailprotected benutzername pseudo usuario utente gebruikersnaam";
    const SAYS: &str = "\
        says said wrote writes commented replied answered asked posted schrieb schreibt sagt meint dit écrit dice \
        dijo escribió scrive ha disse diz pisze skrev skriver säger schreef zegt schrijft пишет говорит";
    let text =
        text.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ':' | ',' | '|' | '·' | '•' | '»'));
    // What a form asks for, and what stands for an address that is hidden from machines.
    if has(FIELDS, &key(text)) {
        return None;
    }
    let text = match text.rsplit_once(' ') {
        Some((name, last)) if has(SAYS, last) => name,
        _ => text,
    };
    let ends_sentence = text.contains(' ')
        && text.ends_with('.')
        && text.rsplit(' ').next().is_none_or(|last| last.len() > 4);
    // `von` begins names as well, `by` and labels of several words do not.
    let label = after_by(text).map_or("", |rest| text.get(..text.len() - rest.len()).unwrap_or(""));
    let has_label = label.trim().contains([' ', ':', '：']) || label.trim().eq_ignore_ascii_case("by");
    let is_name = !has_label
        && text.len() <= LONGEST
        && text.split(' ').count() <= MOST_WORDS
        && text.contains(char::is_alphanumeric)
        && !ends_sentence
        && find_all(text, order).is_empty();
    if is_name { Some(text.to_owned()) } else { one_of(text, order) }
}

/// The name in the text of a link to a user's page. Links of one kind lead there by other words: `Profile`, `Posts`.
fn linked(text: &str, href: Option<&str>, order: Order) -> Option<String> {
    let word = key(text);
    let last = href.and_then(|href| href.trim_end_matches('/').rsplit('/').next()).unwrap_or("");
    let is_nobody =
        (has(NOBODY, &word) || text.split(' ').all(line::is_label)) && !key(last).ends_with(&word);
    if is_nobody { None } else { as_written(text, order) }
}

/// The first of the names in a text that may hold more; a text of one word is a name in any case.
fn one_of(text: &str, order: Order) -> Option<String> {
    let is_word = !text.is_empty()
        && !text.contains(' ')
        && after_by(text).is_none()
        && find_all(text, order).is_empty();
    let name = || names_seen(text, order).into_iter().next().or_else(|| is_word.then(|| text.to_owned()));
    (text.len() <= LONGEST).then(name).flatten()
}

/// The element within that is called a name, as far as one looks.
fn named_within(arena: &Arena, id: NodeId, is_item: bool) -> Option<NodeId> {
    const FAR: usize = 40;
    let within =
        std::iter::successors(following(arena, id, id, true), |&next| following(arena, next, id, true));
    let is_name = |&id: &NodeId| {
        let is_property = || attribute(arena, id, &local_name!("itemprop")) == Some("name");
        let by_class =
            || is_full_name(arena, id) || Marks::read(arena, id).has(Marks::NAME | Marks::USER_NAME);
        if is_item { is_property() } else { by_class() }
    };
    within.take(FAR).find(is_name)
}

/// True for what the hCard format calls a name.
fn is_full_name(arena: &Arena, id: NodeId) -> bool {
    attribute(arena, id, &local_name!("class"))
        .is_some_and(|classes| classes.split_ascii_whitespace().any(|class| class == "fn"))
}

/// The first link with words in an element, as far as one looks.
fn inner_link(arena: &Arena, id: NodeId) -> Option<NodeId> {
    const FAR: usize = 20;
    let first = following(arena, id, id, true);
    let within = std::iter::successors(first, |&next| following(arena, next, id, true)).take(FAR);
    let mut links = within.filter(|&id| tag(arena, id) == Some(Tag::A));
    links.find(|&id| element_text(arena, id, 80).chars().filter(|c| c.is_alphanumeric()).nth(1).is_some())
}

/// True for an address of a user's profile as forums write it: `/users/17/ada`, `user?id=ada`, `member.php?u=17`,
/// `?action=profile;u=17`, `/profile/ada`.
fn leads_to_profile(href: &str) -> bool {
    const SCRIPTS: [&str; 5] = ["user", "member.php", "profile.php", "memberlist.php", "userinfo.php"];
    const MODES: [&str; 5] =
        ["action=profile", "mod=space", "mode=viewprofile", "action=viewprofile", "do=profile"];
    const KEYS: [&str; 4] = ["id=", "u=", "uid=", "user="];
    let (path, query) = href.split_once('?').unwrap_or((href, ""));
    let mut pairs = query.split(['&', ';']);
    let mut parts = path.trim_end_matches('/').rsplit('/');
    let last = parts.next().unwrap_or("");
    let before = parts.next().unwrap_or("");
    let is_script = SCRIPTS.contains(&last) || pairs.clone().any(|pair| MODES.contains(&pair));
    let names_one = pairs.any(|pair| KEYS.iter().any(|key| pair.starts_with(key)));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    // `/users/17/ada`
    let mut is_numbered =
        || is_number(before) && matches!(parts.next(), Some("user" | "users" | "u" | "member" | "members"));
    // `/user-17.html`, `/space-uid-17.html`
    let is_page = || {
        let number = last
            .strip_suffix(".html")
            .and_then(|name| name.strip_prefix("user-").or(name.strip_prefix("space-uid-")));
        number.is_some_and(is_number)
    };
    (is_script && names_one)
        || matches!(before, "profile" | "profiles") && !last.is_empty()
        || is_page()
        || is_numbered()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_texts_that_may_be_names() {
        for name in ["An Nguyen", "Min Park", "Mo Salim", "Bo von Ek", "ada", "17"] {
            assert_eq!(bare(name, Order::DayFirst).as_deref(), Some(name));
        }
        for text in
            ["Min", "Von Ada", "Ada wrote", "Last Visit", "Am Montag", "3 days ago", "楼主 ada", "Owls."]
        {
            assert_eq!(bare(text, Order::DayFirst), None, "{text}");
        }
    }
}
