//! The date in a page's address.

use url::Url;

use super::date_machine::machine;
use super::date_text::{Order, find_all, valid};

/// The date in an address: `/2024/05/20/`, `/2024-05-20-`, `/20240520-owls.html`, and as Chinese papers divide it:
/// `/2024-05/20/`, `/202405/20/`, `/2024/0520/`.
pub(super) fn in_address(url: &Url) -> Option<String> {
    let path = url.path();
    let spaced = path.replace('_', "-");
    let with_year_first = find_all(&spaced, Order::DayFirst).into_iter().find(|found| {
        // `/05-20-2024` is as often the name of a file.
        let is_digit = |byte: u8| byte.is_ascii_digit();
        spaced.get(found.at.clone()).is_some_and(|date| date.bytes().take(4).all(is_digit))
    });
    let date = with_year_first.map(|found| found.date.to_string());
    date.or_else(|| path.split('/').find_map(in_name)).or_else(|| in_folders(path))
}

/// Eight digits alone, or at the start or the end of a name: `20240520`, `20240520-owls.html`, `owls-20240520.html`,
/// `t20240520_17.html`.
fn in_name(name: &str) -> Option<String> {
    let name = name.split('.').next().unwrap_or(name);
    let mut words = name.split(['-', '_']);
    let (first, last) = (words.next()?, words.next_back());
    let first = first.strip_prefix('t').unwrap_or(first);
    let mut ends = std::iter::once(first).chain(last);
    ends.find(|word| word.len() == 8 && is_number(word)).and_then(|word| machine(word, Order::DayFirst))
}

/// A date of which one of the folders is a part, and that behind it the other.
fn in_folders(path: &str) -> Option<String> {
    let folders: Vec<&str> = path.split('/').take(20).collect();
    folders.windows(2).find_map(|pair| {
        let [first, second] = pair else { return None };
        let digits = format!("{}{second}", first.replacen('-', "", 1));
        let is_split = match first.len() {
            // `2024-05` and `20`
            7 => first.get(4..5) == Some("-") && second.len() == 2,
            // `202405` and `20`
            6 => second.len() == 2,
            // `2024` and `0520`
            4 => second.len() == 4,
            _ => false,
        };
        let number = |from: usize, to: usize| digits.get(from..to)?.parse::<i16>().ok();
        (is_split && digits.len() == 8 && is_number(&digits))
            .then(|| valid(number(0, 4)?, number(4, 6)?, number(6, 8)?))
            .flatten()
            .map(|date| date.to_string())
    })
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}
