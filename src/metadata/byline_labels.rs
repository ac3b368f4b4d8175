//! What a line says of the names in it: that they wrote, or did something else.

use super::byline_words::{
    AFTER, BEFORE_NAMES, BEFORE_OTHERS, BEFORE_SIGNATURE, BEHIND_DATE, BESIDE_NAMES, Labels, PARTICLES,
    WITH_TIME, has,
};

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

/// True for a piece of a byline that says something else than who wrote.
pub(super) fn is_beside(piece: &str) -> bool {
    longest(piece.trim(), &BESIDE_NAMES).is_some()
}

/// True if what stands before a name says that its bearer reviewed, edited or took the photos.
pub(super) fn ends_by_another(before: &str) -> bool {
    let lower = before.trim_end_matches([' ', ':', '\u{A0}']).to_lowercase();
    BEFORE_OTHERS.all().any(|label| lower.ends_with(label.trim_end_matches(':')))
}

/// What follows a label at the start of a line in ASCII, in any case.
fn after_label<'a>(line: &'a str, label: &str) -> Option<&'a str> {
    let (start, rest) = line.split_at_checked(label.len())?;
    start.eq_ignore_ascii_case(label).then_some(rest)
}

/// True if a line says of itself that a name follows, as in `By Ada Quist`; the rest is what follows.
pub(super) fn after_by(line: &str) -> Option<&str> {
    // Where elements stand without a space between them: `ByAda Quist`.
    let glued = || {
        line.strip_prefix("By")
            .or(line.strip_prefix("by"))
            .filter(|rest| rest.starts_with(char::is_uppercase))
    };
    match longest(line, &BEFORE_NAMES) {
        Some(label) => {
            line.get(label.len()..).map(|rest| rest.trim_start_matches([':', '：', ' ', '\u{A0}', '/']))
        }
        None => glued(),
    }
}

/// True for a line that says who wrote, and says so at its start: `Written by Ada Quist`.
pub(super) fn is_signed(line: &str) -> bool {
    longest(line, &BEFORE_SIGNATURE).is_some()
}

/// The longest of the labels that a line begins with.
fn longest(line: &str, labels: &Labels) -> Option<&'static str> {
    let first = line.bytes().next()?.to_ascii_lowercase();
    if first.is_ascii() && labels.beginning(first).is_empty() {
        return None;
    }
    let longest = |first: u8, fits: &dyn Fn(&str) -> bool| {
        labels.beginning(first).iter().copied().filter(|label| fits(label)).max_by_key(|label| label.len())
    };
    let ends = |label: &str, rest: &str| label.ends_with([':', '：']) || ends_word(rest);
    if line.is_ascii() {
        return longest(first, &|label| after_label(line, label).is_some_and(|rest| ends(label, rest)));
    }
    let lower = line.to_lowercase();
    // Lower case of the same length keeps the positions; where it does not, the line is in no language of ours.
    if lower.len() != line.len() {
        return None;
    }
    let first = lower.bytes().next()?;
    longest(first, &|label| lower.strip_prefix(label).is_some_and(|rest| ends(label, rest)))
}

fn ends_word(rest: &str) -> bool {
    rest.starts_with([' ', ':', '：', '\u{A0}', '/']) || rest.is_empty()
}

/// What follows `by` right behind a date, or behind the time of day that follows the date: `, 13:30 Uhr von Ada Quist`.
pub(super) fn behind_date(after: &str) -> Option<&str> {
    const MOST_WORDS: usize = 6;
    let mut rest = after.trim_start();
    for _ in 0..MOST_WORDS {
        let (word, behind) = rest.split_once(' ')?;
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        rest = behind.trim_start();
        if has(BEHIND_DATE, &bare) {
            let is_name = |c: char| c.is_uppercase() || (c.is_alphabetic() && !c.is_lowercase());
            return (rest.starts_with(is_name) && is_of_names(rest)).then_some(rest);
        }
        let is_time =
            bare.is_empty() || bare.starts_with(|c: char| c.is_ascii_digit()) || has(WITH_TIME, &bare);
        if !is_time {
            return None;
        }
    }
    None
}

/// True for a text of which the first part holds names, places and times, and is no rest of a sentence: not
/// `Minister Ek eröffnet`.
fn is_of_names(text: &str) -> bool {
    const BETWEEN: &str = "and und et en och og ja und with mit in under for i и ve";
    let part = text.split([',', ';', '|', '·', '•', '(', '[', '–', '—', '/', ':']).next().unwrap_or("");
    let bare = |word: &'_ str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let mut names = part.split_whitespace().map(bare).take_while(|word| !has(AFTER, &word.to_lowercase()));
    names.all(|word| {
        let is_small = word.starts_with(char::is_lowercase);
        !is_small || [BETWEEN, PARTICLES, WITH_TIME].iter().any(|words| has(words, &word))
    })
}

/// What a label amid a line names: `2024-05-20 来源：晚报 记者：李明`, `20.05.2024 Автор: Ада Квист`, `김민수 기자`.
pub(super) fn labelled(line: &str) -> Option<&str> {
    const EAST_ASIAN: [&str; 6] = ["作者：", "作者:", "记者：", "记者:", "記者：", "기자:"];
    const OTHERS: [&str; 11] = [
        "Author:",
        "Autor:",
        "Autorin:",
        "Auteur:",
        "Auteur :",
        "Autora:",
        "Autore:",
        "Автор:",
        "Yazan:",
        "Yazar:",
        "Redaktion:",
    ];
    let behind =
        |labels: &[&str]| labels.iter().find_map(|label| line.split_once(label)).map(|(_, after)| after);
    let first_word = || behind(&EAST_ASIAN)?.split_whitespace().next();
    // The next label ends the name.
    let up_to_label = || {
        let after = behind(&OTHERS)?.trim_start();
        let Some(colon) = after.find(':') else { return Some(after) };
        after.get(..colon)?.rsplit_once(' ').map(|(name, _)| name)
    };
    first_word().or_else(up_to_label).or_else(|| before_reporter(line))
}

/// The name before the word with which Korean papers end it.
fn before_reporter(line: &str) -> Option<&str> {
    const REPORTER: &str = " 기자";
    let is_hangul = |c: char| ('가'..='힣').contains(&c);
    // `기자회견` is what papers report on.
    let mut words = line.match_indices(REPORTER);
    let (at, _) = words
        .find(|(at, word)| !line.get(at + word.len()..).is_some_and(|rest| rest.starts_with(is_hangul)))?;
    let before = line.get(..at)?;
    let name = before.rsplit([' ', '=', ']', ')']).next()?;
    let is_name = (2..=5).contains(&name.chars().count()) && name.chars().all(is_hangul);
    is_name.then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_behind_dates() {
        for (after, rest) in [
            (", 13:30 Uhr von Ada Quist", Some("Ada Quist")),
            (" von Ada van Quist und Bo Ek, Osterby", Some("Ada van Quist und Bo Ek, Osterby")),
            (" by Ada Quist in Owls", Some("Ada Quist in Owls")),
            (" by Ada Quist at 10:30 | reads", Some("Ada Quist at 10:30 | reads")),
            (" von Minister Ek eröffnet.", None),
            (" par Ada Quist et vendu ensuite", None),
            (" by hand", None),
        ] {
            assert_eq!(behind_date(after), rest, "{after}");
        }
    }

    #[test]
    fn labels_amid_lines() {
        for (line, name) in [
            ("2024-05-20 来源：晚报 记者：李明", Some("李明")),
            ("20.05.2024 Автор: Ада Квист", Some("Ада Квист")),
            ("[헛간=부엉이] 김민수 기자", Some("김민수")),
            ("부엉이 기자회견 이수정 기자 2024.05.20", Some("이수정")),
            ("부엉이 기자회견", None),
        ] {
            assert_eq!(labelled(line), name, "{line}");
        }
    }
}
