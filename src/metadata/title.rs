//! The title, without the name of the site.

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

/// A title without the site's name at either end.
///
/// `sites` are keys of the site's names, `others` keys of texts that may be the title without the site.
pub(super) fn without_site(title: &str, sites: &[String], others: &[String]) -> String {
    let pieces = pieces(title);
    let text = |from: usize, to: usize| {
        let start = pieces.get(from).map_or(0, |piece| piece.start);
        let end = to.checked_sub(1).and_then(|last| pieces.get(last)).map_or(0, |piece| piece.end);
        title.get(start..end).unwrap_or("").trim()
    };
    let (mut first, mut last) = (0, pieces.len());
    let is_site = |piece: &str| {
        let piece = key(piece);
        piece.is_empty() || sites.iter().any(|site| same_name(&piece, site))
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
    // The site's name may itself be several pieces.
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
        let is_short = words(tail) <= 4 && tail.chars().count() < head.chars().count();
        if before == Some(Strength::Strong) && is_short {
            last -= 1;
        } else {
            break;
        }
    }
    text(first, last).to_owned()
}

/// True for a site's name in full, or with what names of sites add: `.com`, `The`, `Inc`.
fn same_name(piece: &str, site: &str) -> bool {
    if piece == site {
        return true;
    }
    let bare = |name: &str| -> String {
        let name = name.strip_prefix("www").unwrap_or(name);
        let name = name.strip_prefix("the").filter(|rest| rest.len() > 2).unwrap_or(name);
        let ends = ["com", "org", "net", "inc", "llc", "ltd", "blog", "official", "online", "de", "couk"];
        let end = ends.iter().find_map(|end| name.strip_suffix(end).filter(|rest| rest.len() > 3));
        end.unwrap_or(name).to_owned()
    };
    let (piece, site) = (bare(piece), bare(site));
    !piece.is_empty() && piece == site
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// The title: a heading that agrees with what the page declares, or else the first declared title.
///
/// Returns the heading's index where one was chosen or agrees.
pub(super) fn choose(
    candidates: &[Candidate],
    headings: &[String],
    sites: &[String],
) -> Option<(String, Source, Option<usize>)> {
    let heading_keys: Vec<String> = headings.iter().map(|heading| key(heading)).collect();
    let mut others = heading_keys.clone();
    others.extend(candidates.iter().map(|candidate| key(&candidate.text)));
    let stripped: Vec<(String, Source)> = candidates
        .iter()
        .map(|candidate| (without_site(&candidate.text, sites, &others), candidate.source))
        .filter(|(text, _)| !text.is_empty())
        .collect();
    let is_site = |name: &str| sites.iter().any(|site| same_name(name, site));
    for (index, (heading, name)) in headings.iter().zip(&heading_keys).enumerate() {
        let agrees = stripped.iter().any(|(text, _)| key(text) == *name);
        if agrees
            && !name.is_empty()
            && (!is_site(name) || stripped.iter().all(|(text, _)| is_site(&key(text))))
        {
            return Some((trim(heading), Source::Visible, Some(index)));
        }
    }
    let best = stripped.iter().find(|(text, _)| !is_site(&key(text))).or(stripped.first());
    if let Some((text, source)) = best {
        return Some((trim(text), *source, None));
    }
    let index = heading_keys.iter().position(|name| !name.is_empty())?;
    Some((trim(headings.get(index)?), Source::Visible, Some(index)))
}

/// Anchors' signs at the end of a heading are no part of it.
fn trim(title: &str) -> String {
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
        let headings = ["The Barn".to_owned(), "Owls at dusk ¶".to_owned()];
        let chosen = choose(&candidates, &headings, &[key("The Barn")]);
        assert_eq!(chosen, Some(("Owls at dusk".to_owned(), Source::Visible, Some(1))));
    }
}
