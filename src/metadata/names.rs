//! Turns a byline into names of authors.

use super::byline_labels::{after_by, behind_date, is_beside, is_by_another};
use super::byline_words::{AFTER, FAMILY_NAMES, FOLLOW, GENERATIONS, NOBODY, PARTICLES, ROLES, has};
use super::date_text::{Order, find_all};
use super::date_words::is_of_change;
use super::firms::{self, is_firm};
use super::months::month;
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
        if is_by_another(piece) || is_beside(piece) {
            continue;
        }
        for part in split_list(&name_part(&fold(piece), order)) {
            // A role is followed by more of the role: the firm, the place. Nor are there names behind what follows them.
            if is_by_another(&part)
                || is_beside(&part)
                || !names.is_empty()
                    && (is_role(&part) && !part.split(' ').all(is_credential) || is_behind(&part))
            {
                break;
            }
            // `Ada Quist, Osterby`
            if !names.last().is_some_and(|name| name.contains(' ') && is_place(&part)) {
                add(&mut names, &part);
            }
        }
    }
    names
}

/// True for what may be the place where one wrote: a single word with a capital. Nobody signs with one beside full names.
fn is_place(part: &str) -> bool {
    part.starts_with(char::is_uppercase) && part.contains(char::is_lowercase) && !part.contains(' ')
}

/// True for what follows the names of a byline and looks like one: `Published`, a firm's initials.
fn is_behind(part: &str) -> bool {
    const LONGEST: usize = 5;
    let first = part.split(' ').next().unwrap_or("").to_lowercase();
    let is_initials =
        (2..=LONGEST).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_uppercase());
    is_initials || is_of_change(&first) || (has(AFTER, &first) && !has(FAMILY_NAMES, &first))
}

/// The names in a byline as readers see it, where roles and buttons follow names with nothing between: `Ada Quist Editor`,
/// `Ada Quist Follow`.
pub(super) fn names_seen(byline: &str, order: Order) -> Vec<String> {
    let mut seen = Vec::new();
    for name in names(byline, order) {
        let mut parts: Vec<&str> = name.split(' ').collect();
        let is_button = |last: &&str| has(FOLLOW, &last.to_lowercase());
        while parts.len() > 1 && parts.last().is_some_and(is_button)
            || parts.len() > 2 && parts.last().is_some_and(|last| is_role(last))
        {
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

/// A time of day, or the part of a date that holds it: `3:55am`, `(9:30`, `T03:00:01Z`.
pub(super) fn is_time(word: &str) -> bool {
    word.split_once(':').is_some_and(|(hour, rest)| {
        hour.ends_with(|c: char| c.is_ascii_digit()) && rest.starts_with(|c: char| c.is_ascii_digit())
    })
}

/// `Quist, Ada` as libraries write it becomes `Ada Quist`, and `Quist, Ada; Ek, Bo` becomes `Ada Quist; Bo Ek`. Where
/// `is_single`, there are no two persons beside a comma.
pub(super) fn uninvert(names: &str, is_single: bool) -> String {
    names.split(';').map(|name| uninvert_one(name, is_single)).collect::<Vec<_>>().join("; ")
}

fn uninvert_one(name: &str, is_single: bool) -> String {
    match name.split_once(',') {
        Some((family, given))
            if !given.contains(',')
                && words(family) <= 3
                && (1..=3).contains(&words(given))
                && (is_single || words(family) == 1 || words(given) == 1)
                && !is_role(given)
                && !is_firm(name)
                && !name.contains('&')
                && !given.contains(" and ") =>
        {
            format!("{} {}", given.trim(), family.trim())
        }
        _ => name.to_owned(),
    }
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
        let is_before = || before.chars().any(char::is_alphabetic) && !only_noise(before);
        text = behind_date(after).unwrap_or(if is_before() { before } else { after });
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
        // What is left of a date without a year, or without a day: `May 20`, `October 2008`.
        let is_month = words.peek().is_some_and(|next| next.starts_with(|c: char| c.is_ascii_digit()))
            && word.starts_with(char::is_uppercase)
            && month(&bare).is_some();
        let ends = !kept.is_empty()
            && ((has(AFTER, &bare) && !is_family)
                || word.starts_with(|c: char| c.is_ascii_digit())
                || word == "-"
                || word == "/");
        let goes_on = match word {
            "in" | "under" | "is" | "ist" => true,
            // `By Ada Quist for The Barn`: where it was printed. An office is for something.
            "for" => stripped && !is_firm(&kept.join(" ")),
            _ => false,
        };
        let has_name = kept.len() > 1 || stripped && !kept.is_empty();
        if ends || is_month || (has_name && goes_on) {
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
        let words: Vec<&str> = listed.split_whitespace().collect();
        let mut part = String::new();
        if parts.last().is_some_and(|name| firms::goes_on(name, listed)) {
            part = format!("{},", parts.pop().unwrap_or_default());
        }
        for (at, word) in words.iter().enumerate() {
            let behind = words.get(at + 1..).unwrap_or_default();
            let joins = match word.to_lowercase().as_str() {
                "and" | "&" | "und" | "+" | "with" | "mit" => true,
                // Within a name these may be part of it; between names of two words and more they are not.
                "y" | "e" | "et" | "en" | "i" | "и" | "ve" | "og" => {
                    self::words(&part) >= 2 && behind.len() >= 2
                }
                _ => false,
            };
            if joins && !firms::is_within(&part, word, behind) {
                parts.push(std::mem::take(&mut part));
            } else {
                part = if part.is_empty() { (*word).to_owned() } else { format!("{part} {word}") };
            }
        }
        parts.push(part);
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
    let is_longer =
        |most_words: usize, most_chars: usize| words(name) > most_words || name.chars().count() > most_chars;
    let many = is_longer(6, 60) && (is_longer(10, 100) || !is_firm(name));
    let small = |word: &&str| word.starts_with(|c: char| c.is_ascii_lowercase()) && !has(PARTICLES, word);
    let sentence =
        words(name) > 3 && name.is_ascii() && 2 * name.split(' ').filter(small).count() > words(name);
    // In scripts with capitals a name of several words ends with one.
    let last = name.rsplit(' ').next().and_then(|word| word.chars().next());
    let sentence = sentence || (words(name) > 2 && text.ends_with(['!', '?']));
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
            ("Veröffentlicht am 20. Mai 2024 von Ada Quist", &["Ada Quist"]),
            ("Publié le 20 mai 2024 à 13:30 par Ada Quist", &["Ada Quist"]),
            ("Geplaatst op 20-05-2024 door Ada Quist", &["Ada Quist"]),
            ("Words by Ada Quist, photography by Bo Ek", &["Ada Quist"]),
            ("Text by Ada Quist and photos by Bo Ek", &["Ada Quist"]),
            ("Text: Ada Quist", &["Ada Quist"]),
            ("Fotos: Bo Ek", &[]),
            ("Ada Quist | Foto: Bo Ek", &["Ada Quist"]),
            ("Autor/in: Ada Quist", &["Ada Quist"]),
            ("Autor:innen: Ada Quist und Bo Ek", &["Ada Quist", "Bo Ek"]),
            ("Autor*innen Ada Quist", &["Ada Quist"]),
            ("Verfasst von Ada Quist", &["Ada Quist"]),
            ("By Ada Quist for The Barn On Sunday", &["Ada Quist"]),
            ("Ada Quist, October 2008", &["Ada Quist"]),
            ("April May", &["April May"]),
            ("Jun 2", &[]),
            ("The New is Old", &["The New"]),
            ("Posted by Adaquist under Owls", &["Adaquist"]),
            ("Von Ada Quist, Osterby, und Bo Ek, Berlin", &["Ada Quist", "Bo Ek"]),
            ("Adaquist, Bo", &["Adaquist", "Bo"]),
            ("Posted by Ada Quist under Owls | Tags: Barn, Night", &["Ada Quist"]),
            ("What do owls eat?", &[]),
            ("Ada Quist | Published May 20", &["Ada Quist"]),
            ("Oleh Ada Quist - 20 Mei 2024, diperbarui 21 Mei 2024", &["Ada Quist"]),
            ("Ada Quist, Lesezeit: 5 Min.", &["Ada Quist"]),
            ("Ada Quist | Temps de lecture : 5 min", &["Ada Quist"]),
            ("Ada Quist is a writer and editor covering barns and owls", &["Ada Quist"]),
            ("Hens & Hay", &["Hens & Hay"]),
            ("Ada Quist & Bo Ek", &["Ada Quist", "Bo Ek"]),
            ("Ada Quist, Bo Ek, and Cyd Holm", &["Ada Quist", "Bo Ek", "Cyd Holm"]),
            ("Ada Quist, BBC", &["Ada Quist"]),
            ("Barn, Inc.", &["Barn, Inc."]),
            ("Ada Quist, AB", &["Ada Quist"]),
            ("Barn GmbH & Co. KG", &["Barn GmbH & Co. KG"]),
            ("Copyright Barn GmbH & Co. KG - all rights reserved", &[]),
            ("Bayerische Anstalt für Wald und Forst - BAW", &["Bayerische Anstalt für Wald und Forst"]),
            ("Amt für Eulen, Scheunen und Teiche", &["Amt für Eulen, Scheunen und Teiche"]),
            ("Center for Barn Evaluation and Research", &["Center for Barn Evaluation and Research"]),
            ("World Owl Organization, Geneva", &["World Owl Organization, Geneva"]),
            ("Ada Quist and Bo Ek, University of Ost", &["Ada Quist", "Bo Ek", "University of Ost"]),
            ("admin", &[]),
            ("May 20, 2024", &[]),
            ("", &[]),
        ] {
            assert_eq!(names(byline, Order::DayFirst), expected, "{byline}");
        }
    }

    #[test]
    fn bylines_as_readers_see_them() {
        for (byline, expected) in [
            ("Ada Quist Editor", &["Ada Quist"] as &[&str]),
            ("Ada Quist Follow", &["Ada Quist"]),
            ("Ada Quist Folgen", &["Ada Quist"]),
            ("李明 关注", &["李明"]),
        ] {
            assert_eq!(names_seen(byline, Order::DayFirst), expected, "{byline}");
        }
    }

    #[test]
    fn family_names_first() {
        for (names, is_single, expected) in [
            ("Quist, Ada", false, "Ada Quist"),
            ("Quist, Ada; Ek, Bo", false, "Ada Quist; Bo Ek"),
            ("Ada Quist, MD", false, "Ada Quist, MD"),
            ("Ada Quist, Bo Ek, Cyd Holm", false, "Ada Quist, Bo Ek, Cyd Holm"),
            ("Ada Quist, Bo Ek", false, "Ada Quist, Bo Ek"),
            ("Quist Ek, Ada Bo", true, "Ada Bo Quist Ek"),
            ("Barn GmbH, Owl GmbH", false, "Barn GmbH, Owl GmbH"),
            ("Barn Media, Inc.", false, "Barn Media, Inc."),
            ("Barn Organization, Geneva", true, "Barn Organization, Geneva"),
        ] {
            assert_eq!(uninvert(names, is_single).trim(), expected, "{names}");
        }
    }
}
