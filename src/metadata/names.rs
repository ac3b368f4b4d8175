//! Turns a byline into names of authors.

use super::byline_words::{
    AFTER, BEFORE_NAMES, BEFORE_OTHERS, FAMILY_NAMES, GENERATIONS, NOBODY, PARTICLES, ROLES, has,
};
use super::date_text::{Order, find_all};
use super::text::{fold, key};

/// The names in a byline, in its order and each once. A text that is no byline gives none.
pub(super) fn names(byline: &str, order: Order) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    if byline.len() > 1000 {
        return names;
    }
    // Long dashes part a byline only where they stand alone; double names have them, too.
    let byline = byline.replace(" – ", "|").replace(" — ", "|").replace(" - ", "|");
    for piece in byline.split(['|', '•', '·', '»', '\n', '\t', '⋅', '●', '◦']) {
        if is_by_another(piece) {
            continue;
        }
        for part in split_list(&name_part(&fold(piece), order)) {
            // A role is followed by more of the role: the firm, the place.
            if !names.is_empty() && is_role(&part) && !part.split(' ').all(is_credential) {
                break;
            }
            add(&mut names, &part);
        }
    }
    names
}

/// The names in a byline as readers see it, where roles follow names with nothing between: `Ada Quist Editor`.
pub(super) fn names_seen(byline: &str, order: Order) -> Vec<String> {
    let mut seen = Vec::new();
    for name in names(byline, order) {
        let mut parts: Vec<&str> = name.split(' ').collect();
        while parts.len() > 2 && parts.last().is_some_and(|last| is_role(last)) {
            parts.pop();
        }
        add(&mut seen, &parts.join(" "));
    }
    seen
}

/// Adds a name unless it is none, or there already.
pub(super) fn add(names: &mut Vec<String>, name: &str) {
    const MOST_NAMES: usize = 100;
    if let Some(name) = one_name(name)
        && names.len() < MOST_NAMES
        && !names.iter().any(|have| key(have) == key(&name))
    {
        names.push(name);
    }
}

/// A time of day, or the part of a date that holds it: `3:55am`, `T03:00:01Z`.
fn is_time(word: &str) -> bool {
    word.split_once(':').is_some_and(|(hour, rest)| {
        hour.ends_with(|c: char| c.is_ascii_digit()) && rest.starts_with(|c: char| c.is_ascii_digit())
    })
}

/// `Quist, Ada` as libraries write it becomes `Ada Quist`, and `Quist, Ada; Ek, Bo` becomes `Ada Quist; Bo Ek`.
pub(super) fn uninvert(names: &str) -> String {
    names.split(';').map(uninvert_one).collect::<Vec<_>>().join("; ")
}

fn uninvert_one(name: &str) -> String {
    match name.split_once(',') {
        Some((family, given))
            if !given.contains(',')
                && words(family) <= 3
                && (1..=3).contains(&words(given))
                && !is_role(given)
                && !name.contains('&')
                && !given.contains(" and ") =>
        {
            format!("{} {}", given.trim(), family.trim())
        }
        _ => name.to_owned(),
    }
}

/// True if a line speaks of one who reviewed, edited or took the photos.
pub(super) fn is_by_another(line: &str) -> bool {
    let line = line.trim();
    if line.is_ascii() {
        let line = after_label(line, "medically ").unwrap_or(line);
        let first = line.bytes().next().unwrap_or(b' ').to_ascii_lowercase();
        return BEFORE_OTHERS.beginning(first).iter().any(|label| after_label(line, label).is_some());
    }
    let lower = line.to_lowercase();
    let lower = lower.strip_prefix("medically ").unwrap_or(&lower);
    BEFORE_OTHERS.all().any(|label| lower.starts_with(label))
}

/// True if what stands before a name says that its bearer reviewed, edited or took the photos.
pub(super) fn ends_by_another(before: &str) -> bool {
    let lower = before.trim_end_matches([' ', ':', '\u{A0}']).to_lowercase();
    BEFORE_OTHERS.all().any(|label| lower.ends_with(label))
}

/// What follows a label at the start of a line in ASCII, in any case.
fn after_label<'a>(line: &'a str, label: &str) -> Option<&'a str> {
    let (start, rest) = line.split_at_checked(label.len())?;
    start.eq_ignore_ascii_case(label).then_some(rest)
}

/// True if a line says of itself that a name follows, as in `By Ada Quist`; the rest is what follows.
pub(super) fn after_by(line: &str) -> Option<&str> {
    let first = line.bytes().next()?.to_ascii_lowercase();
    if first.is_ascii() && BEFORE_NAMES.beginning(first).is_empty() {
        return None;
    }
    let longest = |labels: &[&'static str], fits: &dyn Fn(&str) -> bool| {
        labels.iter().copied().filter(|label| fits(label)).max_by_key(|label| label.len())
    };
    let prefix = if line.is_ascii() {
        longest(BEFORE_NAMES.beginning(first), &|label| after_label(line, label).is_some_and(ends_word))
    } else {
        let lower = line.to_lowercase();
        // Lower case of the same length keeps the positions; where it does not, the line is in no language of ours.
        if lower.len() != line.len() {
            return None;
        }
        let first = lower.bytes().next().unwrap_or(first);
        longest(BEFORE_NAMES.beginning(first), &|label| lower.strip_prefix(label).is_some_and(ends_word))
    };
    // Where elements stand without a space between them: `ByAda Quist`.
    let glued = || {
        line.strip_prefix("By")
            .or(line.strip_prefix("by"))
            .filter(|rest| rest.starts_with(char::is_uppercase))
    };
    match prefix {
        Some(prefix) => {
            line.get(prefix.len()..).map(|rest| rest.trim_start_matches([':', '：', ' ', '\u{A0}', '/']))
        }
        None => glued(),
    }
}

fn ends_word(rest: &str) -> bool {
    rest.starts_with([' ', ':', '：', '\u{A0}', '/']) || rest.is_empty()
}

/// What of one piece of a byline may be names: without the words before, and what follows the names.
fn name_part(piece: &str, order: Order) -> String {
    let piece = &without_brackets(piece);
    let mut text = piece.trim();
    let date = find_all(piece, order).into_iter().next();
    let has_date = date.is_some();
    if let Some(found) = date {
        // A date at the start is followed by the names, one later follows them.
        let before = piece.get(..found.at.start).unwrap_or("").trim();
        let after = piece.get(found.at.end..).unwrap_or("").trim();
        text = if before.chars().any(char::is_alphabetic) && !only_noise(before) { before } else { after };
    }
    let mut stripped = false;
    while let Some(rest) = after_by(text) {
        stripped = true;
        text = rest;
    }
    if !stripped && let Some(at) = text.to_ascii_lowercase().rfind(" by ") {
        text = text.get(at + 4..).unwrap_or(text);
    }
    let mut kept: Vec<&str> = Vec::new();
    let mut words = text.split(' ').peekable();
    while let Some(word) = words.next() {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        let is_family = !has_date
            && words.peek().is_none_or(|next| next.starts_with(char::is_uppercase))
            && word.starts_with(char::is_uppercase)
            && has(FAMILY_NAMES, &bare);
        let ends = !kept.is_empty()
            && ((has(AFTER, &bare) && !is_family)
                || word.starts_with(|c: char| c.is_ascii_digit())
                || word == "-"
                || word == "/");
        if ends || (kept.len() > 1 && word == "in") {
            break;
        }
        kept.push(word);
    }
    kept.join(" ")
}

/// Nicknames, addresses and the like stand in brackets within names and behind them.
fn without_brackets(text: &str) -> String {
    let mut depth = 0_usize;
    let outside = text.chars().filter(|c| {
        let opens = matches!(c, '<' | '(' | '[' | '（');
        let closes = matches!(c, '>' | ')' | ']' | '）');
        depth = if opens { depth + 1 } else { depth };
        let keep = depth == 0;
        depth = if closes { depth.saturating_sub(1) } else { depth };
        keep
    });
    fold(&outside.collect::<String>())
}

fn only_noise(text: &str) -> bool {
    text.split_whitespace().all(|word| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        has(AFTER, &bare)
            || bare.chars().count() < 3
            || bare.get(..3).is_some_and(|day| has("mon tue wed thu fri sat sun", day))
    })
}

/// The members of `A, B and C`.
fn split_list(text: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for listed in text.split([',', ';', '、', '，', '；']) {
        let mut part: Vec<&str> = Vec::new();
        let mut rest: Vec<&str> = listed.split_whitespace().rev().collect();
        while let Some(word) = rest.pop() {
            let lower = word.to_lowercase();
            let joins = match lower.as_str() {
                "and" | "&" | "und" | "+" | "with" | "mit" => true,
                // Within a name these may be part of it; between names of two words and more they are not.
                "y" | "e" | "et" | "en" | "i" | "и" | "ve" | "og" => part.len() >= 2 && rest.len() >= 2,
                _ => false,
            };
            if joins {
                parts.push(std::mem::take(&mut part).join(" "));
            } else {
                part.push(word);
            }
        }
        parts.push(part.join(" "));
    }
    parts
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

fn is_role(text: &str) -> bool {
    text.to_lowercase().split([' ', '(', ')', ',', '-', '/']).any(|word| has(ROLES, word))
}

/// The name in a member of the list, if it is one.
fn one_name(text: &str) -> Option<String> {
    let mut text = fold(text);
    while let Some(rest) = after_by(&text) {
        text = rest.to_owned();
    }
    // A credential behind the name goes, the name stays.
    let mut parts: Vec<&str> = text.split(' ').collect();
    while parts.len() > 2 && parts.last().is_some_and(|last| is_credential(last)) {
        parts.pop();
    }
    // A picture's text and the name beside it.
    let half = parts.len() / 2;
    if half > 1 && parts.get(..half) == parts.get(half..) {
        parts.truncate(half);
    }
    let name = parts.join(" ");
    let name =
        name.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | '®' | '’' | '\'' | '!' | '_'));
    let name = name.trim_start_matches(['.', '\'', '’']);
    // The end of a sentence, not of an abbreviation.
    let last = name.rsplit(' ').next().unwrap_or(name);
    let ends = last.chars().filter(|c| c.is_alphabetic()).count() > 3 && last.matches('.').count() == 1;
    let name = if ends { name.trim_end_matches('.') } else { name };
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let is_count = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit() || byte == b':');
    let counts = name.split(' ').next().is_some_and(is_count) || name.split(' ').any(is_time);
    let is_address = name.contains("://")
        || name.contains('@')
        || text.starts_with('@')
        || name.starts_with("www.")
        || name.contains(".com/")
        || (!name.contains(' ') && name.matches('.').count() > 1 && !name.contains(char::is_uppercase));
    let many = words(name) > 6 || name.chars().count() > 60;
    let small = |word: &&str| word.starts_with(|c: char| c.is_ascii_lowercase()) && !has(PARTICLES, word);
    let sentence =
        words(name) > 3 && name.is_ascii() && 2 * name.split(' ').filter(small).count() > words(name);
    // In scripts with capitals a name of several words ends with one.
    let last = name.rsplit(' ').next().and_then(|word| word.chars().next());
    let sentence = sentence || (words(name) > 1 && last.is_some_and(|c| !c.is_ascii() && c.is_lowercase()));
    let lower = name.to_lowercase();
    let nobody = has(NOBODY, &key(name));
    // `The writer` and `this editor` are a role of nobody; `Ada B. Quist Jr.` has none.
    let role_only = (words(name) == 1 && is_role(name))
        || lower.split(' ').any(|word| is_role(word) && !has(GENERATIONS, word))
            && (words(name) > 3
                || lower.split(' ').all(is_role)
                || lower.starts_with("the ")
                || lower.starts_with("this "));
    if letters < 2 || counts || is_address || many || sentence || nobody || role_only {
        return None;
    }
    Some(name.to_owned())
}

fn is_credential(word: &str) -> bool {
    let upper = word.chars().filter(|c| c.is_alphabetic()).count() <= 5
        && word.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    (upper || word.to_lowercase().starts_with("ph.d") || word == "PhD") && is_role(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines() {
        for (byline, expected) in [
            ("By Ada Quist", &["Ada Quist"] as &[&str]),
            ("By Ada Quist | May 20, 2024 | 5 min read", &["Ada Quist"]),
            ("Written by: Ada Quist, Bo Ek and Cyd Holm", &["Ada Quist", "Bo Ek", "Cyd Holm"]),
            ("Von Ada Quist und Bo Ek, 20.05.2024", &["Ada Quist", "Bo Ek"]),
            ("Par Ada Quist et Bo Ek", &["Ada Quist", "Bo Ek"]),
            ("Por Ada Quist y Bo Ek", &["Ada Quist", "Bo Ek"]),
            ("José Ortega y Gasset", &["José Ortega y Gasset"]),
            ("Di Ada Quist", &["Ada Quist"]),
            ("Door Ada Quist", &["Ada Quist"]),
            ("Автор: Ада Квист", &["Ада Квист"]),
            ("作者：李明", &["李明"]),
            ("李明、王芳", &["李明", "王芳"]),
            ("Posted on May 20, 2024 by Ada Quist", &["Ada Quist"]),
            ("May 20, 2024 by Ada Quist", &["Ada Quist"]),
            ("Ada Quist Ada Quist", &["Ada Quist"]),
            ("Duran Duran", &["Duran Duran"]),
            ("View all posts by Ada Quist", &["Ada Quist"]),
            ("Zeige alle Beiträge von Ada Quist", &["Ada Quist"]),
            ("Eingestellt von Ada Quist um 20:05", &["Ada Quist"]),
            ("No Author", &[]),
            ("Ada Quist, Special for the Barn", &["Ada Quist"]),
            ("Ada Quist 2013-07-18T03:00:01Z", &["Ada Quist"]),
            ("By Ada Quist, Barn Press, 3:55am", &["Ada Quist", "Barn Press"]),
            ("See more from Ada Quist", &["Ada Quist"]),
            ("By Ada McQuist Sun", &["Ada McQuist Sun"]),
            ("By Ada Quist Sun, 20 May 2024", &["Ada Quist"]),
            ("By Ada Quist Tuesday, July 20, 2010", &["Ada Quist"]),
            ("Prensa El Granero", &["Prensa El Granero"]),
            ("View Author Page", &[]),
            ("9:39AM BST", &[]),
            ("Edward Said", &["Edward Said"]),
            ("DONALD G. McQUIST Jr.", &["DONALD G. McQUIST Jr."]),
            ("Discuz! Team and Comsenz UI Team", &[]),
            ("注册", &[]),
            ("责任编辑：李明", &[]),
            ("The writer has", &[]),
            ("this editor", &[]),
            ("Email to Author", &[]),
            ("Contributors to Barn projects", &["Contributors to Barn projects"]),
            ("Owl awakes hooting about barn doors", &[]),
            ("University of the West of Ost", &["University of the West of Ost"]),
            ("Ada Quist, MD, Senior Editor", &["Ada Quist"]),
            ("Ada Quist PhD", &["Ada Quist"]),
            ("Ada Quist, Ada Quist; ada quist", &["Ada Quist"]),
            ("Ada Quist <ada@barn.example>", &["Ada Quist"]),
            ("Ada (Owl) Quist (keeper", &["Ada Quist"]),
            ("https://barn.example/ada", &[]),
            ("@adaquist", &[]),
            ("Medically reviewed by Ada Quist", &[]),
            ("By Ada Quist | Edited by Bo Ek", &["Ada Quist"]),
            ("admin", &[]),
            ("May 20, 2024", &[]),
            ("", &[]),
        ] {
            assert_eq!(names(byline, Order::DayFirst), expected, "{byline}");
        }
    }

    #[test]
    fn family_names_first() {
        assert_eq!(uninvert("Quist, Ada"), "Ada Quist");
        assert_eq!(uninvert("Quist, Ada; Ek, Bo").trim(), "Ada Quist; Bo Ek");
        assert_eq!(uninvert("Ada Quist, MD"), "Ada Quist, MD");
        assert_eq!(uninvert("Ada Quist, Bo Ek, Cyd Holm"), "Ada Quist, Bo Ek, Cyd Holm");
    }
}
