//! The title, without the name of the site.

use std::collections::HashSet;

use url::Url;

use super::Source;
use super::text::{fold, key};

/// What a title may be taken from.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) text: String,
    pub(super) source: Source,
}

/// How surely a sign parts a title from a site's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Strength {
    /// `:`, which stands within titles as well.
    Weak,
    /// Dashes and the like.
    Medium,
    /// Signs that hardly ever stand within a title.
    Strong,
}

fn strength(c: char) -> Option<Strength> {
    match c {
        '|' | '｜' | '»' | '«' | '›' | '‹' | '¦' | '❘' => Some(Strength::Strong),
        '-' | '–' | '—' | '·' | '•' | '~' | '>' | '<' | '/' | '_' | '‒' | '―' | '∙' | '*' | '⋆' => {
            Some(Strength::Medium)
        }
        ':' | '：' => Some(Strength::Weak),
        _ => None,
    }
}

#[derive(Clone, Copy, Debug)]
struct Piece {
    start: usize,
    end: usize,
    /// The sign between this piece and the next.
    after: Option<Strength>,
}

/// Cuts a title at signs that stand free, or, for bars and underscores, anywhere.
fn pieces(title: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let chars: Vec<(usize, char)> = title.char_indices().collect();
    let mut at = 0;
    while let Some(&(begin, c)) = chars.get(at) {
        let Some(mut strength) = strength(c) else {
            at += 1;
            continue;
        };
        let mut end = at + 1;
        while chars.get(end).is_some_and(|&(_, next)| next == c) {
            end += 1;
        }
        if c == ':' && end - at == 2 {
            strength = Strength::Strong;
        }
        let space = |index: Option<usize>| {
            index.and_then(|index| chars.get(index)).is_none_or(|&(_, c)| c.is_whitespace())
        };
        let free = space(at.checked_sub(1)) && space(Some(end));
        let half_free = space(Some(end)) && matches!(c, ':' | '|' | '»' | '–' | '—');
        let wide = at.checked_sub(1).and_then(|index| chars.get(index)).is_some_and(|&(_, c)| c > '\u{2E80}')
            || chars.get(end).is_some_and(|&(_, c)| c > '\u{2E80}');
        // Chinese and Japanese sites put it before their sections and their name.
        if c == '_' && wide {
            strength = Strength::Strong;
        }
        // The end of a quotation, not of a part.
        let quoted = || {
            let (_, after) = title.get(..begin)?.rsplit_once(['«', '‹'])?;
            after.chars().next().filter(|c| !c.is_whitespace())
        };
        if matches!(c, '»' | '›') && quoted().is_some() {
            at = end;
            continue;
        }
        if free || half_free || matches!(c, '|' | '｜' | '：') || (wide && matches!(c, '_' | '-' | '—' | '–'))
        {
            pieces.push(Piece { start, end: begin, after: Some(strength) });
            start = chars.get(end).map_or(title.len(), |&(index, _)| index);
        }
        at = end;
    }
    pieces.push(Piece { start, end: title.len(), after: None });
    pieces
}

/// The parts of a title, between the signs at which it may be cut.
pub(super) fn parts(title: &str) -> Vec<&str> {
    pieces(title).iter().filter_map(|piece| title.get(piece.start..piece.end)).collect()
}

/// What stands before and behind each sign at which a title may be cut.
pub(super) fn splits(title: &str) -> impl Iterator<Item = (&str, &str)> {
    let pieces = pieces(title);
    let cuts: Vec<(usize, usize)> =
        pieces.iter().zip(pieces.iter().skip(1)).map(|(a, b)| (a.end, b.start)).collect();
    cuts.into_iter().filter_map(|(end, start)| Some((title.get(..end)?, title.get(start..)?)))
}

/// Shorter names of sites may begin other words.
const LONG_NAME: usize = 6;

/// A title without the site's name at either end.
///
/// `sites` are keys of the site's names, `others` keys of texts that may be the title without the site.
pub(super) fn without_site(title: &str, sites: &[String], others: &[String]) -> String {
    let pieces = pieces(title);
    // A title of so many pieces is a list of key words; no end of it is a name.
    if pieces.len() > 12 {
        return title.to_owned();
    }
    let text = |from: usize, to: usize| {
        let start = pieces.get(from).map_or(0, |piece| piece.start);
        let end = to.checked_sub(1).and_then(|last| pieces.get(last)).map_or(0, |piece| piece.end);
        title.get(start..end).unwrap_or("").trim()
    };
    let (mut first, mut last) = (0, pieces.len());
    let is_site = |piece: &str| {
        let piece = key(piece);
        piece.is_empty() || is_site(&piece, sites)
    };
    // Another candidate that is the title but for some pieces at the ends decides it.
    let mut agreed: Option<(usize, usize)> = None;
    for from in 0..pieces.len().min(4) {
        for to in (from + 1..=pieces.len()).rev().take(5) {
            let part = key(text(from, to));
            if (from, to) != (0, pieces.len())
                && !part.is_empty()
                && !sites.contains(&part)
                && others.contains(&part)
                && agreed.is_none_or(|(have_from, have_to)| to - from > have_to - have_from)
            {
                agreed = Some((from, to));
            }
        }
    }
    if let Some((from, to)) = agreed {
        return text(from, to).to_owned();
    }
    // The site's name may itself be several pieces, or its last may say more of the site than the name.
    let begins_as_site = |piece: &str| {
        let piece = key(piece);
        sites.iter().any(|site| site.len() >= LONG_NAME && piece.starts_with(site.as_str()))
    };
    if last - first > 1 && begins_as_site(text(last - 1, last)) {
        last -= 1;
    }
    while let Some(cut) = (first + 1..last).find(|&cut| is_site(text(cut, last))) {
        last = cut;
    }
    while let Some(cut) = (first + 1..last).rev().find(|&cut| is_site(text(first, cut))) {
        first = cut;
    }
    // Behind a bar, what is short and shorter than the rest is a name even if nothing else tells it.
    while last - first > 1 {
        let before = last.checked_sub(2).and_then(|index| pieces.get(index)).and_then(|piece| piece.after);
        let (head, tail) = (text(first, last - 1), text(last - 1, last));
        let is_short = words(tail) <= 3 && words(head) >= 3;
        if before == Some(Strength::Strong) || (before == Some(Strength::Medium) && is_short) {
            last -= 1;
        } else {
            break;
        }
    }
    text(first, last).to_owned()
}

/// True for a site's name in full, or with what names of sites add: `.com`, `The`, `Inc`.
pub(super) fn same_name(piece: &str, site: &str) -> bool {
    if piece == site {
        return true;
    }
    let bare = |name: &str| -> String {
        let name = name.strip_prefix("www").unwrap_or(name);
        let name = name.strip_prefix("the").filter(|rest| rest.len() > 2).unwrap_or(name);
        let ends = [
            "com",
            "org",
            "net",
            "inc",
            "llc",
            "ltd",
            "blog",
            "official",
            "online",
            "de",
            "couk",
            "onlineshop",
            "뉴스",
            "ニュース",
            "forums",
            "forum",
            "community",
            "news",
            "magazine",
            "docs",
            "documentation",
            "wiki",
            "store",
            "shop",
            "support",
            "journal",
            "usa",
        ];
        let end = ends.iter().find_map(|end| name.strip_suffix(end).filter(|rest| rest.len() > 3));
        end.unwrap_or(name).to_owned()
    };
    let (bare_piece, bare_site) = (bare(piece), bare(site));
    // What looks like an end may belong to the name.
    !bare_piece.is_empty() && (bare_piece == bare_site || bare_piece == site)
}

/// Words; where they stand without spaces, two characters make one.
fn words(text: &str) -> usize {
    let wide = text.chars().filter(|c| *c > '\u{2E80}').count();
    text.split_whitespace().count() + wide / 2
}

/// A heading that may be the title.
#[derive(Clone, Debug)]
pub(super) struct Heading {
    pub(super) text: String,
    /// True for a site's banner: a logo, a link to the front page.
    pub(super) is_banner: bool,
}

/// What the page's address says of its title.
#[derive(Clone, Debug, Default)]
pub(super) struct Address {
    /// The words of the path, in lower case.
    words: HashSet<String>,
    /// True for the front page of a site.
    is_front: bool,
}

impl Address {
    pub(super) fn of(url: Option<&Url>) -> Address {
        let Some(url) = url else { return Address::default() };
        let path = percent_encoding::percent_decode_str(url.path()).decode_utf8_lossy();
        let is_front = path.trim_matches('/').is_empty() && url.query().is_none();
        Address { words: word_set(&path), is_front }
    }
}

/// The title: a heading that agrees with what the page declares, or else the heading or the declared title that the
/// address agrees with, or else a heading that shares words with a declared title, or else the first declared one.
/// What readers see at the top goes before what is written for search engines.
///
/// Returns the heading's index where one was chosen.
pub(super) fn choose(
    candidates: &[Candidate],
    headings: &[Heading],
    sites: &[String],
    address: &Address,
) -> Option<(String, Source, Option<usize>)> {
    let keys: Vec<String> = headings.iter().map(|heading| key(&heading.text)).collect();
    let mut sites = sites.to_vec();
    sites.extend(left_over(candidates));
    sites.extend(
        headings.iter().zip(&keys).filter(|(heading, _)| heading.is_banner).map(|(_, name)| name.clone()),
    );
    // A front page is about the site, and its title begins with the site's name.
    if let Some(first) = candidates.first().filter(|_| address.is_front) {
        let same = keys.iter().position(|name| *name == key(&first.text));
        return Some((without_tail(&first.text, &sites).to_owned(), first.source, same));
    }
    // Some pages have no title but the site's name.
    let all_site = candidates.iter().all(|candidate| is_site(&key(&candidate.text), &sites));
    let is_title = |name: &str| !name.is_empty() && (all_site || !is_site(name, &sites));

    let others: Vec<String> = candidates
        .iter()
        .map(|candidate| key(&candidate.text))
        .chain(keys.clone())
        .filter(|name| is_title(name))
        .collect();
    let declared: Vec<(String, Source)> = candidates
        .iter()
        .map(|candidate| (without_site(&candidate.text, &sites, &others), candidate.source))
        .filter(|(text, _)| is_title(&key(text)))
        .collect();

    let visible =
        |index: usize| headings.get(index).map(|heading| (trim(&heading.text), Source::Visible, Some(index)));
    // Of several headings that agree, the one that more titles name, or else the address.
    let mut agreed: Option<((usize, f32), usize)> = None;
    for (index, name) in keys.iter().enumerate().filter(|(_, name)| is_title(name)) {
        let votes = declared.iter().filter(|(text, _)| key(text) == *name).count();
        let text = headings.get(index).map_or("", |heading| heading.text.as_str());
        let rank = (votes, share(&word_set(text), &address.words));
        if votes > 0 && agreed.is_none_or(|(best, _)| rank > best) {
            agreed = Some((rank, index));
        }
    }
    if let Some((_, index)) = agreed {
        // Before its title a heading may have a label, which JSON-LD does not have.
        let name = keys.get(index).map_or("", String::as_str);
        let bare = declared.iter().find(|(text, source)| {
            let bare = key(text);
            let is_most = name.len() > bare.len() && bare.len() * 2 > name.len();
            *source == Source::JsonLd && is_most && name.ends_with(&bare)
        });
        let unlabelled = |(text, source): &(String, Source)| Some((trim(text), *source, Some(index)));
        return bare.and_then(unlabelled).or_else(|| visible(index));
    }
    let Some((first, source)) = declared.first() else {
        let heading = keys.iter().position(|name| is_title(name)).and_then(visible);
        let any = || candidates.first().map(|first| (trim(&first.text), first.source, None));
        return heading.or_else(any).or_else(|| visible(0));
    };
    let first = (trim(first), *source, None);
    // A heading in other words than the title is a slogan or belongs to a part of the page.
    let likeness = |heading: &Heading| {
        let words = word_set(&heading.text);
        declared.iter().map(|(text, _)| share(&word_set(text), &words)).fold(0.0, f32::max)
    };
    let mut closest: Option<(f32, usize)> = None;
    for (index, (heading, _)) in
        headings.iter().zip(&keys).enumerate().filter(|(_, (_, name))| is_title(name))
    {
        let likeness = likeness(heading);
        if closest.is_none_or(|(most, _)| likeness > most) {
            closest = Some((likeness, index));
        }
    }
    let Some((likeness, index)) = closest else { return Some(first) };
    let heading = visible(index)?;
    let in_address = |text: &str| share(&word_set(text), &address.words);
    let (as_heading, as_declared) = (in_address(&heading.0), in_address(&first.0));
    let is_heading = if likeness < ALIKE { as_heading > as_declared } else { as_heading >= as_declared };
    Some(if is_heading { heading } else { first })
}

/// A title without the site's name at its end.
fn without_tail<'a>(title: &'a str, sites: &[String]) -> &'a str {
    let pieces = pieces(title);
    let cut = match pieces.as_slice() {
        [.., before, last] if is_site(&key(title.get(last.start..).unwrap_or("")), sites) => before.end,
        _ => title.len(),
    };
    title.get(..cut).unwrap_or(title).trim()
}

/// True for the key of one of the site's names.
pub(super) fn is_site(name: &str, sites: &[String]) -> bool {
    sites.iter().any(|site| same_name(name, site))
}

/// What one declared title has at its end over another is the site's name.
fn left_over(candidates: &[Candidate]) -> Vec<String> {
    let mut found = Vec::new();
    for long in candidates {
        let pieces = pieces(&long.text);
        let Some(last) = pieces.last().filter(|_| pieces.len() > 1) else { continue };
        let end = pieces.get(pieces.len() - 2).map_or(0, |piece| piece.end);
        let head = key(long.text.get(..end).unwrap_or(""));
        if candidates.iter().any(|short| key(&short.text) == head) {
            found.push(key(long.text.get(last.start..).unwrap_or("")));
        }
    }
    found
}

/// From this share of common words on, a heading and a declared title are two versions of one title.
const ALIKE: f32 = 0.3;

/// The words of three letters and more, or single characters of Chinese and the like, in lower case.
fn word_set(text: &str) -> HashSet<String> {
    let lower = text.to_lowercase();
    let long = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 2);
    let wide = lower.chars().filter(|c| *c > '\u{2E80}' && c.is_alphanumeric()).map(String::from);
    long.map(str::to_owned).chain(wide).collect()
}

/// The words that two texts share by all that they have: 0…1.
fn share(a: &HashSet<String>, b: &HashSet<String>) -> f32 {
    let all = a.union(b).count();
    if all == 0 { 0.0 } else { a.intersection(b).count() as f32 / all as f32 }
}

/// Anchors' signs at the end of a heading are no part of it.
pub(super) fn trim(title: &str) -> String {
    fold(title.trim_end_matches(['¶', '#', '§', ' ', '🔗']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strip(title: &str, sites: &[&str], others: &[&str]) -> String {
        let keys = |texts: &[&str]| texts.iter().map(|text| key(text)).collect::<Vec<_>>();
        without_site(title, &keys(sites), &keys(others))
    }

    #[test]
    fn the_site_at_either_end() {
        let barn = &["The Barn"];
        for title in [
            "Owls at dusk | The Barn",
            "Owls at dusk - The Barn",
            "Owls at dusk – Barn.com",
            "Owls at dusk :: The Barn",
            "Owls at dusk » The Barn",
            "The Barn — Owls at dusk",
            "The Barn: Owls at dusk",
            "Owls at dusk|The Barn",
            "Owls at dusk | Birds | The Barn",
        ] {
            assert_eq!(strip(title, barn, &["Owls at dusk"]), "Owls at dusk", "{title}");
        }
        assert_eq!(strip("Owls at dusk | The Barn", &[], &[]), "Owls at dusk");
        assert_eq!(strip("夜鹰的歌_谷仓网", &["谷仓网"], &[]), "夜鹰的歌");
    }

    #[test]
    fn signs_within_a_title_stay() {
        for title in
            ["Owls - a field guide", "Owls: a field guide", "Half-timbered barns", "A/B tests", "Owls"]
        {
            assert_eq!(strip(title, &["The Barn"], &[]), title);
        }
    }

    #[test]
    fn a_heading_that_agrees_wins() {
        let candidates = [Candidate { text: "OWLS at dusk - Barn".to_owned(), source: Source::OpenGraph }];
        let heading = |text: &str| Heading { text: text.to_owned(), is_banner: false };
        let headings = [heading("The Barn"), heading("Owls at dusk ¶")];
        let chosen = choose(&candidates, &headings, &[key("The Barn")], &Address::default());
        assert_eq!(chosen, Some(("Owls at dusk".to_owned(), Source::Visible, Some(1))));
    }
}
