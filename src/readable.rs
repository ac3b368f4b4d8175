//! A cheap answer to whether a page is worth extracting.

use crate::Document;
use crate::document::{Data, NodeId, Tag};

/// A paragraph counts from so many characters on.
const SHORTEST: usize = 140;

/// The sum from which a page is readable.
const ENOUGH: f32 = 20.0;

impl Document {
    /// True if the page probably holds an article: one look at its paragraphs, without cutting it into blocks or
    /// scoring them.
    ///
    /// Each paragraph outside of navigation, sidebars and footers counts by the square root of its characters beyond
    /// 140, and 20 is enough: the measure of Mozilla Readability's `isProbablyReaderable`. A character of a script
    /// without spaces counts twice.
    ///
    /// ```
    /// let story = format!("<p>{}</p>", "The dyke at Ost has held for three hundred years. ".repeat(12));
    /// assert!(unhusk::Document::parse(&story).is_probably_readable());
    /// assert!(!unhusk::Document::parse("<nav><a href=/>Home</a></nav><p>Hello</p>").is_probably_readable());
    /// ```
    pub fn is_probably_readable(&self) -> bool {
        let arena = self.arena();
        let mut sum = 0.0;
        // The length of the paragraph at hand; the one that ends is the innermost.
        let mut open: Vec<usize> = Vec::new();
        let mut steps = vec![Step::Enter(NodeId::ROOT)];
        while let Some(step) = steps.pop() {
            let Step::Enter(id) = step else {
                let length = open.pop().unwrap_or(0);
                sum += (length.saturating_sub(SHORTEST) as f32).sqrt();
                if sum >= ENOUGH {
                    return true;
                }
                continue;
            };
            match arena.get(id).map(|node| &node.data) {
                Some(Data::Text(span)) => {
                    if let Some(length) = open.last_mut() {
                        *length += width(arena.str(*span).trim());
                    }
                }
                Some(Data::Element(element)) => match element.tag {
                    Tag::Nav | Tag::Aside | Tag::Footer | Tag::Form | Tag::Noscript => {}
                    tag if tag.is_never_text() => {}
                    tag => {
                        if tag.is_block() {
                            open.push(0);
                            steps.push(Step::End);
                        }
                        steps.extend(arena.children_reversed(id).map(Step::Enter));
                    }
                },
                Some(_) => steps.extend(arena.children_reversed(id).map(Step::Enter)),
                None => {}
            }
        }
        false
    }
}

enum Step {
    Enter(NodeId),
    End,
}

fn width(text: &str) -> usize {
    text.chars().map(|c| if c > '\u{2E80}' { 2 } else { 1 }).sum()
}
