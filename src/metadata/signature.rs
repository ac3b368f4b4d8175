//! Who wrote one post of a thread, and when: by its own markup.

use html5ever::{LocalName, local_name};

use super::byline_words::has;
use super::date_machine::machine;
use super::date_text::{Order, find, find_all};
use super::head::property_value;
use super::marks::Marks;
use super::names::names_seen;
use super::text::{attribute, element_text, following, tag};
use super::visible::{leads_to_author, leads_to_user};
use crate::document::{Arena, Data, NodeId, Tag};

/// The name and the date that stand in an element; what `is_other` names is passed over with all that is in it.
pub(super) fn read(
    arena: &Arena,
    root: NodeId,
    is_other: impl Fn(NodeId) -> bool,
    order: Order,
) -> (Option<String>, Option<String>) {
    let (mut author, mut date) = (None, None);
    // A letter may stand for a picture, with the name behind it.
    let mut letter = None;
    let mut at = Some(root);
    while let Some(id) = at.filter(|_| author.is_none() || date.is_none()) {
        let enter = id == root || !is_other(id);
        if enter && matches!(arena.get(id).map(|node| &node.data), Some(Data::Element(_))) {
            let marks = Marks::read(arena, id);
            author = author.or_else(|| {
                let name = name_of(arena, id, marks, order)?;
                let is_name = name.chars().nth(1).is_some() || !name.is_ascii();
                if is_name {
                    return Some(name);
                }
                letter.get_or_insert(name);
                None
            });
            date = date.or_else(|| date_of(arena, id, marks, order));
        }
        at = following(arena, id, root, enter);
    }
    (author.or(letter), date)
}

/// True for a line that holds the author or a date, and besides only what stands between these: `#2 · May 20, 2024`.
pub(super) fn is_all(line: &str, author: Option<&str>, order: Order) -> bool {
    const LONGEST: usize = 200;
    const BETWEEN: &str =
        "by on at am pm posted said wrote replied replies reply mon tue wed thu fri sat sun";
    if line.len() > LONGEST {
        return false;
    }
    let mut rest = author.map_or(line.to_owned(), |author| line.replacen(author, " ", 1));
    let mut says = rest.len() < line.len();
    for found in find_all(&rest, order).into_iter().rev() {
        rest.replace_range(found.at, " ");
        says = true;
    }
    let mut words = rest.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    says && words.all(|word| has(BETWEEN, &word.to_lowercase()))
}

fn name_of(arena: &Arena, id: NodeId, marks: Marks, order: Order) -> Option<String> {
    /// Names are shorter than this, in bytes.
    const LONGEST: usize = 80;
    let is_item = attribute(arena, id, &local_name!("itemprop"))
        .is_some_and(|names| names.split_ascii_whitespace().any(|name| matches!(name, "author" | "creator")));
    let by_class = marks.has(Marks::USER_NAME)
        || (marks.has(Marks::USER | Marks::AUTHOR) && marks.has(Marks::NAME))
        || (marks.has(Marks::AUTHOR) && !marks.has(Marks::ABOUT_AUTHOR));
    let href = || attribute(arena, id, &local_name!("href"));
    let by_link = tag(arena, id) == Some(Tag::A)
        && href().is_some_and(|href| leads_to_user(href) || leads_to_author(href) || leads_to_profile(href));
    if !(is_item || by_class || by_link) {
        return None;
    }
    let named = || {
        let mut within =
            std::iter::successors(following(arena, id, id, true), |&next| following(arena, next, id, true));
        within.find(|&id| attribute(arena, id, &local_name!("itemprop")) == Some("name"))
    };
    let text = match is_item.then(named).flatten() {
        Some(name) => property_value(arena, name, LONGEST),
        None if is_item => property_value(arena, id, LONGEST),
        // Beside the link to the user there may be what rank he has.
        None => element_text(arena, inner_link(arena, id).filter(|_| !by_link).unwrap_or(id), LONGEST),
    };
    if text.len() > LONGEST {
        return None;
    }
    let is_word = !text.is_empty() && !text.contains(' ') && find(&text, order).is_none();
    // A user may call himself as he likes, if only in one word.
    names_seen(&text, order).into_iter().next().or_else(|| is_word.then_some(text))
}

/// The first link with words in an element, as far as one looks.
fn inner_link(arena: &Arena, id: NodeId) -> Option<NodeId> {
    const FAR: usize = 20;
    let first = following(arena, id, id, true);
    let within = std::iter::successors(first, |&next| following(arena, next, id, true)).take(FAR);
    let mut links = within.filter(|&id| tag(arena, id) == Some(Tag::A));
    links.find(|&id| element_text(arena, id, 80).chars().filter(|c| c.is_alphanumeric()).nth(1).is_some())
}

fn date_of(arena: &Arena, id: NodeId, marks: Marks, order: Order) -> Option<String> {
    let exact = attribute(arena, id, &local_name!("datetime"))
        .or_else(|| attribute(arena, id, &LocalName::from("title")).filter(|title| is_time(title)))
        .and_then(|date| machine(date, order));
    let is_item = attribute(arena, id, &local_name!("itemprop"))
        .is_some_and(|name| matches!(name, "datePublished" | "dateCreated" | "dateModified"));
    let item = || is_item.then(|| property_value(arena, id, 100)).and_then(|date| machine(&date, order));
    let seen = || {
        // What stands around a `time` is told better by it.
        let is_around = arena.children(id).any(|child| tag(arena, child) == Some(Tag::Time));
        let is_date =
            (marks.has(Marks::DATE | Marks::PUBLISHED) && !is_around) || tag(arena, id) == Some(Tag::Time);
        let title = attribute(arena, id, &LocalName::from("title"));
        let title = title.filter(|_| is_date).and_then(|date| machine(date, order));
        title.or_else(|| {
            // `by Ada » Tue May 21, 2024 9:30 am`: the line of the author's name may have the date.
            let may_have = is_date || (marks.has(Marks::AUTHOR) && !is_around);
            let text = may_have.then(|| element_text(arena, id, 80)).filter(|text| text.len() <= 80)?;
            machine(&text, order)
        })
    };
    exact.or_else(item).or_else(seen)
}

/// True for an address of a user's profile as forums write it: `/users/17/ada`, `user?id=ada`, `member.php?u=17`.
fn leads_to_profile(href: &str) -> bool {
    let (path, query) = href.split_once('?').unwrap_or((href, ""));
    let mut parts = path.trim_end_matches('/').rsplit('/');
    let last = parts.next().unwrap_or("");
    let is_script = matches!(last, "user" | "member.php" | "profile.php" | "memberlist.php");
    let names_one =
        query.split('&').any(|pair| ["id=", "u=", "uid="].iter().any(|key| pair.starts_with(key)));
    // `/profile/17-ada`
    let is_profile = {
        let digits = last.trim_start_matches(|c: char| c.is_ascii_digit());
        digits.len() < last.len()
            && digits.starts_with('-')
            && matches!(parts.clone().next(), Some("profile" | "user" | "member" | "members"))
    };
    let mut is_numbered = || {
        let number = parts.next().unwrap_or("");
        !number.is_empty()
            && number.bytes().all(|byte| byte.is_ascii_digit())
            && matches!(parts.next(), Some("user" | "users" | "u" | "member" | "members"))
    };
    (is_script && names_one) || is_profile || is_numbered()
}

/// True for `2024-05-20T08:00` and `2024-05-20 08:00`, which stand in titles for machines.
fn is_time(text: &str) -> bool {
    let is_like = |(at, byte): (usize, &u8)| match at {
        4 | 7 => *byte == b'-',
        10 => matches!(byte, b'T' | b' '),
        13 => *byte == b':',
        _ => byte.is_ascii_digit(),
    };
    text.len() >= 16 && text.as_bytes().iter().take(16).enumerate().all(is_like)
}
