//! What blocks say of themselves: the phrases, in many languages, by which pages label their furniture.
//!
//! Texts are in lower case; a phrase is the beginning of a short block, or the whole of it, or stands in it. The lists
//! are files, a phrase a line, the languages one after another; a first line says what they are.

mod phrases;

use std::sync::LazyLock;

use self::phrases::Phrases;
use super::role::Role;

/// The phrases of a list.
macro_rules! phrases {
    ($list:literal) => {
        include_str!(concat!("lists/", $list, ".txt")).lines().filter(|line| !line.starts_with('#'))
    };
}

/// A list that is looked up by first letters from its first use on.
macro_rules! lists {
    ($($name:ident = $list:literal;)*) => {
        $(static $name: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(phrases!($list)));)*
    };
}

lists! {
    ADVERTS = "advert";
    BYLINES = "byline";
    OF_CONSENT = "consent";
    OF_LAW = "legal";
    OF_LETTERS = "letters";
    OF_MONTHS = "months";
    OF_SERVICES = "services";
    OF_SHARING = "sharing";
    OF_STEPS = "steps";
    OF_STEP_PHRASES = "step_phrases";
    OF_TERMS = "terms";
}

/// A heading or label that names what follows it.
pub(crate) fn heading_role(text: &str) -> Option<Role> {
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let length = text.chars().count();
    if length > 70 || text.is_empty() {
        return None;
    }
    let fits = |number: &usize| ANNOUNCING.get(*number).is_some_and(|(longest, _)| length <= *longest);
    let found = ANNOUNCEMENTS.at_start(text).filter(|(phrase, _)| is_whole(phrase, text));
    match found.map(|(_, number)| number).filter(fits).min() {
        Some(number) => ANNOUNCING.get(number).map(|(_, role)| *role),
        None => (length <= 40 && ends_with_comments(text)).then_some(Role::Comment),
    }
}

/// True unless the phrase is a short word and the text begins with a longer one: "deel" is not "deelnemers". Longer
/// phrases may be stems, and scripts that set no spaces have no words to end.
fn is_whole(phrase: &str, text: &str) -> bool {
    let is_short = phrase.chars().count() <= 5 && phrase.chars().all(|c| c < '\u{530}');
    let next = text.get(phrase.len()..).and_then(|rest| rest.chars().next());
    !is_short || !next.is_some_and(char::is_alphanumeric)
}

/// What headings that begin with a phrase of a list announce, and how long they may be, in characters: the first that
/// fits counts.
const ANNOUNCING: [(usize, Role); 6] = [
    (70, Role::CommentForm),
    (55, Role::Recommendation),
    (40, Role::Navigation),
    (40, Role::Share),
    (50, Role::Form),
    (40, Role::Comment),
];

/// Their phrases, with their numbers in [`ANNOUNCING`].
static ANNOUNCEMENTS: LazyLock<Phrases> = LazyLock::new(|| {
    let of = |number| move |phrase| (phrase, number);
    let forms = phrases!("comment_form").map(of(0)).chain(phrases!("recommendation").map(of(1)));
    let menus = phrases!("navigation").map(of(2)).chain(phrases!("share").map(of(3)));
    let others = phrases!("form").map(of(4)).chain(phrases!("comment").map(of(5)));
    Phrases::numbered(forms.chain(menus).chain(others))
});

/// "12 comments", "3 Kommentare".
fn ends_with_comments(text: &str) -> bool {
    text.starts_with(|c: char| c.is_numeric())
        && text
            .trim_start_matches(|c: char| c.is_numeric() || c.is_whitespace() || c == '.' || c == ',')
            .split(char::is_whitespace)
            .next()
            .is_some_and(|word| {
                [
                    "comment",
                    "kommentar",
                    "comentario",
                    "comentário",
                    "commentaire",
                    "yorum",
                    "коммент",
                    "komentarz",
                    "response",
                    "thoughts",
                ]
                .iter()
                .any(|stem| word.starts_with(stem))
            })
}

/// True for a label that says "this is advertising" and no more.
pub(crate) fn is_advert_label(text: &str) -> bool {
    let text = text.trim_matches(|c: char| !c.is_alphanumeric());
    ADVERTS.are(text)
        || ["sponsored by ", "ad - ", "advertisement - ", "sponsored · ", "ad · ", "paid content"]
            .iter()
            .any(|start| text.starts_with(start))
}

/// True for a text that such a label begins or ends, set apart by marks: "Sponsored: two rooms for one", "… [PR]".
pub(crate) fn holds_advert_label(text: &str) -> bool {
    let mark = |c: char| !c.is_alphanumeric() && !c.is_whitespace();
    let text = text.trim_matches(|c: char| !c.is_alphanumeric());
    let (first, last) = (text.split(mark).next(), text.rsplit(mark).next());
    let is_label = |part: Option<&str>| part.is_some_and(|part| ADVERTS.are(part.trim()));
    is_label(first) || is_label(last)
}

/// True for the name of a link to the site's terms, its imprint or its statement of privacy.
pub(crate) fn names_terms(text: &str) -> bool {
    text.chars().count() <= 40 && OF_TERMS.begin(text)
}

/// True for text about letters by e-mail and the address that they are to go to.
pub(crate) fn speaks_of_letters(text: &str) -> bool {
    OF_LETTERS.are_in(text)
}

/// True for text about cookies and consent.
pub(crate) fn speaks_of_consent(text: &str) -> bool {
    OF_CONSENT.are_in(text)
}

/// True for copyright and imprint lines.
pub(crate) fn is_legal(text: &str) -> bool {
    OF_LAW.are_in(text)
}

/// True for text about sharing, following, printing and keeping.
pub(crate) fn speaks_of_sharing(text: &str) -> bool {
    OF_SHARING.are_in(text)
}

/// How many sharing services and actions a text names.
pub(crate) fn share_names(text: &str) -> usize {
    OF_SERVICES.count_words(text) as usize
}

/// True for a text that is just a page number or a step to the next or previous page.
pub(crate) fn is_pagination(text: &str) -> bool {
    let mut tokens = 0;
    let mut numbers = 0;
    let mut steps = 0;
    // 4,99 is a price and 31.750 an amount.
    let is_amount =
        |window: &[u8]| matches!(window, [a, b'.' | b',', b] if a.is_ascii_digit() && b.is_ascii_digit());
    if text.contains(['€', '$', '£', '¥', '%']) || text.as_bytes().windows(3).any(is_amount) {
        return false;
    }
    for token in text.split(|c: char| !c.is_alphanumeric()).filter(|token| !token.is_empty()) {
        tokens += 1;
        numbers += usize::from(token.chars().all(char::is_numeric) && token.chars().count() <= 4);
        steps += usize::from(OF_STEPS.are(token));
        if tokens > 12 && tokens > numbers + steps {
            return false;
        }
    }
    let step_phrase = OF_STEP_PHRASES.begin(text) && tokens <= 12;
    step_phrase
        || (tokens > 0
            && tokens == numbers + steps
            && (steps > 0 || numbers > 1 || text.contains(['【', '[', '«', '»', '›', '‹'])))
}

/// True for a label of a button or link that steps through a series of articles.
pub(crate) fn is_step_label(text: &str) -> bool {
    text.chars().count() < 120 && OF_STEP_PHRASES.begin(text)
}

/// True when a text begins as bylines do.
pub(crate) fn is_byline_start(text: &str) -> bool {
    BYLINES.at_start(text).any(|(phrase, _)| is_whole(phrase, text))
}

/// True when a word of the text names a month or it holds a date in numbers.
pub(crate) fn holds_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    let numeric = bytes.windows(8).any(|window| {
        let digits = window.iter().filter(|byte| byte.is_ascii_digit()).count();
        let separators = window.iter().filter(|byte| matches!(byte, b'.' | b'-' | b'/' | b':')).count();
        digits >= 5 && separators >= 2
    });
    numeric
        || (text.contains('年') && text.contains('月'))
        || (text.contains('년') && text.contains('월'))
        || text
            .split(|c: char| !c.is_alphabetic())
            .any(|word| OF_MONTHS.begin(word) && word.chars().count() <= 11)
            && bytes.iter().any(u8::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_name_what_follows() {
        assert_eq!(heading_role("related stories"), Some(Role::Recommendation));
        assert_eq!(heading_role("12 comments"), Some(Role::Comment));
        assert_eq!(heading_role("leave a reply"), Some(Role::CommentForm));
        assert_eq!(heading_role("deel dit artikel"), Some(Role::Share));
        assert_eq!(heading_role("deelnemers aan de markt"), None);
        assert_eq!(heading_role("the mill by the river"), None);
    }

    #[test]
    fn lists_are_in_lower_case_and_hold_nothing_twice() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/verdicts/cues/lists");
        let mut files = 0;
        for file in std::fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            let text = std::fs::read_to_string(&path).unwrap();
            let mut seen = std::collections::HashSet::new();
            assert!(text.starts_with("# "), "{} does not say what it is", path.display());
            for line in text.lines().skip(1) {
                let is_plain = !line.is_empty() && line == line.trim() && line == line.to_lowercase();
                assert!(is_plain && seen.insert(line), "{}: {line:?}", path.display());
            }
            files += 1;
        }
        assert_eq!(files, 17);
    }

    #[test]
    fn page_numbers() {
        for text in ["【1】【2】", "1 2 3 next", "« 1 2 »", "下一页", "page 2 of 9", "older posts"] {
            assert!(is_pagination(text), "{text}");
        }
        for text in ["1984", "the next day", "", "3 goats", "€19.99", "4,99", "31.750", "10 20 %"] {
            assert!(!is_pagination(text), "{text}");
        }
    }

    #[test]
    fn advert_labels() {
        for text in ["advertisement", "– werbung –", "[pr]", "sponsored by a brewer"] {
            assert!(is_advert_label(text), "{text}");
        }
        for text in ["sponsored: two rooms for one", "seven habits of knees［広告］", "tires · реклама"]
        {
            assert!(holds_advert_label(text) && !is_advert_label(text), "{text}");
        }
        for text in ["an ad that failed", "werbung im wandel", ""] {
            assert!(!holds_advert_label(text), "{text}");
        }
    }

    #[test]
    fn names_of_terms_begin_a_short_text() {
        for text in ["privacy policy", "impressum", "利用規約", "політика конфіденційності"]
        {
            assert!(names_terms(text), "{text}");
        }
        for text in
            ["careers", "the terms we use", "terms of the loan that the town took in 1903, and what it cost"]
        {
            assert!(!names_terms(text), "{text}");
        }
    }

    #[test]
    fn sharing_services_are_whole_words() {
        assert_eq!(share_names("email|print|comments"), 3);
        assert_eq!(share_names("the printer mailed"), 0);
    }

    #[test]
    fn dates() {
        assert!(holds_date("12 march 2024"));
        assert!(holds_date("2024-05-20 10:14"));
        assert!(holds_date("2009年5月12日"));
        assert!(!holds_date("nothing of the kind"));
    }
}
