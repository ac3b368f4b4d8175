//! Reasons in words that a person understands. A feature's name is a family and a measure, `ancestor2.link_ratio`, or
//! a measure alone; each has its words here, and what has none is told by its name.

use crate::Reason;

/// What stands before the dot.
const FAMILIES: [(&str, &str); 35] = [
    ("ancestor0", "its container"),
    ("ancestor1", "1 container up"),
    ("ancestor2", "2 containers up"),
    ("ancestor3", "3 containers up"),
    ("ancestor4", "4 containers up"),
    ("ancestor5", "5 containers up"),
    ("ancestor6", "6 containers up"),
    ("before1", "the block before"),
    ("before2", "2 blocks before"),
    ("before3", "3 blocks before"),
    ("before4", "4 blocks before"),
    ("after1", "the block after"),
    ("after2", "2 blocks after"),
    ("after3", "3 blocks after"),
    ("after4", "4 blocks after"),
    ("before8", "8 blocks before"),
    ("after8", "8 blocks after"),
    ("window3", "3 blocks around"),
    ("window8", "8 blocks around"),
    ("window20", "20 blocks around"),
    ("page", "page"),
    ("path", "blocks of its path"),
    ("largest_row", "largest row of like elements"),
    ("largest_row_of_sentences", "largest row with sentences"),
    ("own", "elements like its own"),
    ("item", "its list item"),
    ("row", "the row of its list item"),
    ("outer", "the outer list item"),
    ("copies", "repeated part"),
    ("main", "main part"),
    ("column", "main column"),
    ("heading", "heading above"),
    ("heading_announces", "heading above announces"),
    ("section", "its section"),
    ("within", "within"),
];

/// What stands behind it, or alone.
const MEASURES: [(&str, &str); 25] = [
    ("link_ratio", "share of words in links"),
    ("main_link_ratio", "share of the main part's words in links"),
    ("text_density", "words a line"),
    ("chars_per_tag", "characters a tag"),
    ("good_words", "words in sentences"),
    ("good_ratio", "share of words in sentences"),
    ("good", "words in sentences"),
    ("good_before", "share of the page's sentences before it"),
    ("words_before", "share of the page's words before it"),
    ("page_share", "share of the page's words"),
    ("good_share", "share of the page's sentences"),
    ("column_share", "share of sentences in the main column"),
    ("main_share", "share of words in the main part"),
    ("words_per_block", "words a block"),
    ("images_per_block", "images a block"),
    ("alike", "elements like it"),
    ("alike_good", "words in sentences"),
    ("alike_links", "links"),
    ("alike_words", "words"),
    ("common", "levels up to what holds both"),
    ("from_headline", "blocks behind the headline"),
    ("names", "class and id words, as learned"),
    ("repeated", "times its text came before"),
    ("title_match", "likeness to the page's title"),
    ("others", "all others"),
];

/// What every block starts from is told by this name.
const BASE: &str = "what every block starts from";

/// A class word that stands nowhere around a block is so many levels up.
const NOWHERE: f32 = 12.0;

/// What a reason is of, and its value; none where it has no value.
pub(super) fn of(reason: &Reason) -> (String, String) {
    let name = reason.name();
    let value = number(reason.value());
    match name.split_once('.') {
        Some(("class", group)) => {
            let levels = match reason.value() {
                0.0 => "here".to_owned(),
                NOWHERE => "none".to_owned(),
                _ => format!("{value} up"),
            };
            (format!("class words: {}", group.to_lowercase()), levels)
        }
        Some((family, measure)) => {
            let what = format!("{}: {}", told(&FAMILIES, family), told(&MEASURES, measure));
            (what, if matches!(family, "within" | "heading_announces") { yes(&value) } else { value })
        }
        None if name == "base" => (BASE.to_owned(), String::new()),
        None if name == "others" => (told(&MEASURES, name), String::new()),
        None => {
            let is_flag = ["is_", "has_", "ends_", "starts_", "split_"].iter().any(|it| name.starts_with(it));
            (told(&MEASURES, name), if is_flag { yes(&value) } else { value })
        }
    }
}

fn told(words: &[(&str, &str)], name: &str) -> String {
    let found = words.iter().find(|(known, _)| *known == name);
    found.map_or_else(|| name.replace('_', " ").to_lowercase(), |(_, words)| (*words).to_owned())
}

fn yes(value: &str) -> String {
    match value {
        "0" => "no".to_owned(),
        "1" => "yes".to_owned(),
        other => other.to_owned(),
    }
}

fn number(value: f32) -> String {
    let value = format!("{value:.2}");
    value.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_words() {
        for (name, value, words, shown) in [
            ("ancestor2.link_ratio", 0.25, "2 containers up: share of words in links", "0.25"),
            ("class.Share", 3.0, "class words: share", "3 up"),
            ("class.Share", 0.0, "class words: share", "here"),
            ("class.Legal", 12.0, "class words: legal", "none"),
            ("within.HIDDEN", 1.0, "within: hidden", "yes"),
            ("is_cell", 0.0, "is cell", "no"),
            ("commas", 10.0, "commas", "10"),
            ("base", 0.0, "what every block starts from", ""),
        ] {
            assert_eq!(of(&Reason::new(name, value, 0.0)), (words.to_owned(), shown.to_owned()));
        }
    }

    #[test]
    fn every_feature_is_told_without_its_code() {
        for name in crate::verdicts::Scorer::feature_names() {
            let (words, _) = of(&Reason::new(&name, 0.0, 0.0));
            assert!(!words.is_empty() && !words.contains(['_', '.']), "{name}: {words}");
        }
    }
}
