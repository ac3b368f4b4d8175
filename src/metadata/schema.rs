//! What schema.org calls things, and how its values are written.

use serde_json::{Map, Value};

use super::text::plain;

pub(super) type Object = Map<String, Value>;

/// A string, or the first of a list of strings.
pub(super) fn text(value: Option<&Value>) -> Option<String> {
    let text = match value? {
        Value::String(text) => plain(text),
        Value::Number(number) => number.to_string(),
        Value::Array(items) => items.iter().find_map(Value::as_str).map(plain)?,
        Value::Object(object) => object.get("@value").and_then(Value::as_str).map(plain)?,
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// Whether a thing, or else a part of it, is declared to be free to read.
pub(super) fn is_free(thing: &Object) -> Option<bool> {
    /// Of an article only what stands before the wall and behind it.
    const PARTS: usize = 10;
    let parts: &[Value] = match thing.get("hasPart") {
        Some(Value::Array(parts)) => parts,
        Some(part) => std::slice::from_ref(part),
        None => &[],
    };
    // A part that is free says nothing of the others.
    let has_wall = |part: &Value| truth(part.get("isAccessibleForFree")) == Some(false);
    let of_parts = || parts.iter().take(PARTS).any(has_wall).then_some(false);
    truth(thing.get("isAccessibleForFree")).or_else(of_parts)
}

/// A boolean, also as a string: `false`, `False`, `http://schema.org/False`.
fn truth(value: Option<&Value>) -> Option<bool> {
    match value? {
        Value::Bool(truth) => Some(*truth),
        Value::String(text) => {
            let word = text.trim().rsplit([':', '/']).next().unwrap_or_default();
            let truth = word.eq_ignore_ascii_case("true").then_some(true);
            truth.or_else(|| word.eq_ignore_ascii_case("false").then_some(false))
        }
        _ => None,
    }
}

/// The names of an object's types without the vocabulary's prefix.
pub(super) fn types(object: &Object) -> impl Iterator<Item = &str> {
    let types: &[Value] = match object.get("@type") {
        Some(Value::Array(types)) => types,
        Some(one) => std::slice::from_ref(one),
        None => &[],
    };
    types.iter().filter_map(Value::as_str).map(|name| name.rsplit([':', '/']).next().unwrap_or(name))
}

/// How likely a thing of that type is what a page is about; 0 for what never is.
pub(super) fn rank(kind: &str) -> u8 {
    const FIRST: [&str; 7] = [
        "DiscussionForumPosting",
        "Question",
        "Recipe",
        "HowTo",
        "ReportageNewsArticle",
        "Report",
        "ClaimReview",
    ];
    const OTHERS: [&str; 25] = [
        "Product",
        "ProductGroup",
        "Course",
        "LearningResource",
        "Event",
        "Book",
        "Chapter",
        "Thesis",
        "APIReference",
        "Movie",
        "SoftwareApplication",
        "VideoGame",
        "VideoObject",
        "ImageGallery",
        "PodcastEpisode",
        "RadioEpisode",
        "TVEpisode",
        "Episode",
        "Review",
        "CreativeWork",
        "Dataset",
        "Service",
        "JobPosting",
        "MedicalWebPage",
        "MusicRecording",
    ];
    // Some write types in lower case.
    let is = |name: &&str| name.eq_ignore_ascii_case(kind);
    let ends_with = |end: &str| {
        kind.len()
            .checked_sub(end.len())
            .and_then(|at| kind.get(at..))
            .is_some_and(|rest| rest.eq_ignore_ascii_case(end))
    };
    if FIRST.iter().any(is) || ends_with("Article") || ends_with("Posting") {
        4
    } else if OTHERS.iter().any(is) {
        2
    } else {
        0
    }
}
