//! The text of a post, without the lines above and below it that say who wrote it and when.

use crate::metadata::{Metadata, key};

/// So many lines above a post's text, and below it, may repeat its subject, author, number and dates.
const MOST_LINES: usize = 4;

/// The lines that are the post's own.
pub(super) fn own<'a, 'b>(
    lines: &'b [&'a str],
    author: Option<&str>,
    metadata: Metadata<'_>,
) -> &'b [&'a str] {
    let most = |lines: &[&str]| MOST_LINES.min(lines.len().saturating_sub(1));
    let title = metadata.title().map(key).unwrap_or_default();
    let is_signed = |line: &str| metadata.is_signature(line, author);
    let is_subject = |line: &str| {
        let answered = answered(line);
        answered.is_some() || key(line) == title
    };
    let is_same = |line: &str| answered(line).is_some_and(|subject| key(subject) == title);
    // A subject is above the signature; one that answers the page's title says nothing new in any case.
    let head = lines.iter().take(most(lines));
    let head = head.take_while(|line| is_signed(line) || is_subject(line) || metadata.is_idle(line));
    let last = head.enumerate().filter(|(_, line)| is_signed(line) || is_same(line)).last();
    let lines = lines.get(last.map_or(0, |(at, _)| at + 1)..).unwrap_or(&[]);
    let foot = lines.iter().rev().take(most(lines)).take_while(|line| metadata.is_note(line, author)).count();
    lines.get(..lines.len() - foot).unwrap_or(&[])
}

/// What a subject answers: `Re: Owls`, and so in other languages.
fn answered(line: &str) -> Option<&str> {
    const ANSWERS: [&str; 9] = ["re", "aw", "sv", "vs", "odp", "antw", "rif", "ynt", "回复"];
    let (answer, subject) = line.split_once([':', '：'])?;
    ANSWERS.contains(&answer.trim().to_lowercase().as_str()).then_some(subject.trim())
}
