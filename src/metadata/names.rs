//! Turns a byline into names of authors.

use super::date_text::{Order, find_all};
use super::text::{fold, key};

/// What stands before a name and is none of it. Longer ones go first.
const BEFORE: &[&str] = &[
    "article written by",
    "this article was written by",
    "originally published by",
    "medically reviewed by",
    "reviewed by",
    "fact checked by",
    "fact-checked by",
    "edited by",
    "written by",
    "posted by",
    "published by",
    "authored by",
    "submitted by",
    "created by",
    "started by",
    "asked by",
    "reported by",
    "contributed by",
    "story by",
    "words by",
    "text by",
    "article by",
    "review by",
    "report by",
    "photos by",
    "compiled by",
    "guest post by",
    "interview by",
    "recipe by",
    "post author",
    "post by",
    "about the author",
    "author",
    "authors",
    "author(s)",
    "written",
    "by",
    "from",
    "geschrieben von",
    "veröffentlicht von",
    "ein artikel von",
    "ein beitrag von",
    "von unserem autor",
    "von",
    "autor",
    "autorin",
    "publié par",
    "écrit par",
    "rédigé par",
    "par",
    "auteur",
    "escrito por",
    "publicado por",
    "redactado por",
    "por",
    "autora",
    "scritto da",
    "pubblicato da",
    "a cura di",
    "di",
    "autore",
    "geschreven door",
    "gepubliceerd door",
    "door",
    "autor tekstu",
    "napisał",
    "napisała",
    "tekst",
    "opublikowane przez",
    "przez",
    "автор",
    "автор статьи",
    "автор:",
    "текст",
    "yazan",
    "yazar",
    "av",
    "af",
    "作者",
    "文",
    "记者",
    "編集",
    "著者",
    "執筆",
    "글",
    "기자",
];

/// Words that part a byline where they follow the name: what comes after is a role, a place or a date.
const AFTER: &[&str] = &[
    "on",
    "published",
    "updated",
    "posted",
    "last",
    "modified",
    "reviewed",
    "medically",
    "fact",
    "edited",
    "writes",
    "created",
    "joined",
    "started",
    "wrote",
    "says",
    "said",
    "read",
    "photo",
    "photos",
    "via",
    "am",
    "le",
    "il",
    "el",
    "em",
    "op",
    "dnia",
    "um",
    "minutes",
    "veröffentlicht",
    "aktualisiert",
    "publié",
    "publicado",
    "pubblicato",
    "gepubliceerd",
];

/// Words that make a piece of a byline a role, a credential or an office, and so no name.
const ROLES: &[&str] = &[
    "editor",
    "writer",
    "reporter",
    "correspondent",
    "journalist",
    "director",
    "manager",
    "ceo",
    "cto",
    "cfo",
    "coo",
    "cmo",
    "founder",
    "cofounder",
    "president",
    "officer",
    "specialist",
    "expert",
    "analyst",
    "consultant",
    "professor",
    "columnist",
    "blogger",
    "strategist",
    "engineer",
    "developer",
    "marketer",
    "producer",
    "contributor",
    "coach",
    "therapist",
    "dietitian",
    "nutritionist",
    "trainer",
    "attorney",
    "senior",
    "chief",
    "head",
    "lead",
    "redakteur",
    "redakteurin",
    "journaliste",
    "rédacteur",
    "redactor",
    "redactora",
    "giornalista",
    "redacteur",
    "content",
    "marketing",
    "seo",
    "associate",
    "assistant",
    "representative",
    "copywriter",
    "phd",
    "ph.d",
    "ph.d.",
    "md",
    "m.d",
    "m.d.",
    "do",
    "rd",
    "rdn",
    "ms",
    "m.s.",
    "msc",
    "ma",
    "m.a.",
    "ba",
    "b.a.",
    "bsc",
    "mba",
    "jd",
    "j.d.",
    "cpa",
    "cfa",
    "cfp",
    "cfp®",
    "cepf®",
    "cfp®,",
    "cscs",
    "cpt",
    "rn",
    "lcsw",
    "lmft",
    "dvm",
    "vmd",
    "dds",
    "dpt",
    "mph",
    "ldn",
    "fand",
    "esq",
    "esq.",
    "jr.",
    "sr.",
    "faan",
    "facp",
    "facc",
    "ccna",
    "pmp",
    "cissp",
    "np",
    "pa-c",
    "psyd",
    "edd",
    "dacvb",
    "foma",
    "dabom",
    "facog",
    "faap",
    "cdces",
    "e-ryt",
    "cnm",
    "bcba",
    "contributing",
    "years",
    "gardener",
    "horticulturist",
    "horticulturalist",
    "researcher",
    "scientist",
];

/// What stands where a name should and names nobody.
const NOBODY: &[&str] = &[
    "admin",
    "administrator",
    "author",
    "authors",
    "unknown",
    "guest",
    "null",
    "undefined",
    "none",
    "na",
    "user",
    "webmaster",
    "default",
    "root",
    "superadmin",
    "byline",
    "test",
    "name",
    "writer",
    "readmore",
    "share",
    "follow",
    "home",
    "contact",
    "profile",
    "website",
    "comments",
    "nocomments",
    "about",
    "login",
    "view",
    "more",
    "menu",
    "theauthor",
    "abouttheauthor",
    "viewallposts",
    "contributors",
    "siteadmin",
    "wpadmin",
    "blogadmin",
    "false",
    "true",
    "by",
    "email",
    "print",
    "seebio",
    "bio",
    "posts",
    "viewprofile",
    "fullbio",
    "followus",
    "editor",
];

/// The names in a byline, in its order and each once. A text that is no byline gives none.
pub(super) fn names(byline: &str, order: Order) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    if byline.len() > 1000 {
        return names;
    }
    // Long dashes part a byline only where they stand alone; double names have them, too.
    let byline = byline.replace(" – ", "|").replace(" — ", "|").replace(" - ", "|");
    for piece in byline.split(['|', '•', '·', '\n', '\t', '⋅', '●', '◦']) {
        for part in split_list(&name_part(&fold(piece), order)) {
            add(&mut names, &part);
        }
    }
    names
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

/// `Quist, Ada` as libraries write it becomes `Ada Quist`.
pub(super) fn uninvert(name: &str) -> String {
    match name.split_once(',') {
        Some((family, given))
            if !given.contains(',')
                && words(family) <= 3
                && (1..=3).contains(&words(given))
                && !is_role(given)
                && !name.contains([';', '&'])
                && !given.contains(" and ") =>
        {
            format!("{} {}", given.trim(), family.trim())
        }
        _ => name.to_owned(),
    }
}

/// True if a line says of itself that a name follows, as in `By Ada Quist`; the rest is what follows.
pub(super) fn after_by(line: &str) -> Option<&str> {
    let lower = line.to_lowercase();
    // Lower case of the same length keeps the positions; where it does not, the line is in no language of ours.
    if lower.len() != line.len() {
        return None;
    }
    let prefix = BEFORE
        .iter()
        .filter(|prefix| lower.strip_prefix(**prefix).is_some_and(ends_word))
        .max_by_key(|prefix| prefix.len())?;
    line.get(prefix.len()..).map(|rest| rest.trim_start_matches([':', '：', ' ', '\u{A0}', '/']))
}

fn ends_word(rest: &str) -> bool {
    rest.starts_with([' ', ':', '：', '\u{A0}', '/']) || rest.is_empty()
}

/// What of one piece of a byline may be names: without the words before, and what follows the names.
fn name_part(piece: &str, order: Order) -> String {
    let mut text = piece.split(['<', '(', '[', '（']).next().unwrap_or(piece).trim();
    if let Some(found) = find_all(piece, order).first() {
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
    for word in text.split(' ') {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        let ends = !kept.is_empty()
            && (AFTER.contains(&bare.as_str())
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

fn only_noise(text: &str) -> bool {
    text.split_whitespace().all(|word| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        AFTER.contains(&bare.as_str())
            || bare.chars().count() < 3
            || WEEKDAYS.iter().any(|day| bare.starts_with(day))
    })
}

const WEEKDAYS: &[&str] = &["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

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
    text.split_whitespace().any(|word| {
        let word = word.trim_matches(['(', ')', ',']).to_lowercase();
        ROLES.contains(&word.as_str())
    })
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
    let name = parts.join(" ");
    let name =
        name.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | '®' | '’' | '\'' | '!' | '_'));
    let name = name.trim_start_matches(['.', '\'', '’']);
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let counts = name.split(' ').next().is_some_and(|word| word.bytes().all(|byte| byte.is_ascii_digit()));
    let is_address = name.contains("://")
        || name.contains('@')
        || text.starts_with('@')
        || name.starts_with("www.")
        || name.contains(".com/");
    let many = words(name) > 6 || name.chars().count() > 60;
    let sentence = words(name) > 3 && !name.chars().any(char::is_uppercase) && name.is_ascii();
    let nobody = NOBODY.contains(&key(name).as_str());
    let role_only =
        is_role(name) && (words(name) > 3 || words(name) == 1 || name.to_lowercase().split(' ').all(is_role));
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
            ("Ada Quist, MD, Senior Editor", &["Ada Quist"]),
            ("Ada Quist PhD", &["Ada Quist"]),
            ("Ada Quist, Ada Quist; ada quist", &["Ada Quist"]),
            ("Ada Quist <ada@barn.example>", &["Ada Quist"]),
            ("https://barn.example/ada", &[]),
            ("@adaquist", &[]),
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
        assert_eq!(uninvert("Ada Quist, MD"), "Ada Quist, MD");
        assert_eq!(uninvert("Ada Quist, Bo Ek, Cyd Holm"), "Ada Quist, Bo Ek, Cyd Holm");
    }
}
