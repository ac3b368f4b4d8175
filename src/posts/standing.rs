//! What a post is to the others: the question, the answer that was accepted.

use html5ever::{LocalName, local_name};

use super::units;
use crate::document::{Arena, NodeId};
use crate::metadata::split_name;

#[derive(Clone, Copy, Default)]
pub(super) struct Standing {
    pub(super) question: bool,
    pub(super) accepted: bool,
}

impl Standing {
    /// What an element that holds a post says besides.
    pub(super) fn with(self, arena: &Arena, id: NodeId) -> Standing {
        let attribute = |name: &LocalName| arena.attr(id, name).unwrap_or("");
        let property = attribute(&local_name!("itemprop"));
        let mut classes = attribute(&local_name!("class")).split_ascii_whitespace().take(20);
        let names = classes.clone();
        Standing {
            question: self.question
                || units::kind(arena, id) == "Question" && property != "suggestedAnswer"
                || names.into_iter().any(|class| class == "question"),
            accepted: self.accepted || property == "acceptedAnswer" || classes.any(is_accepted),
        }
    }
}

/// `accepted-answer`, `message--solution`, `bestAnswer`, `is-solution`; not `has-accepted-answer`, which a question is.
fn is_accepted(class: &str) -> bool {
    let (mut best, mut answer, mut accepted, mut other) = (false, false, false, false);
    split_name(class, |word| match word {
        "best" => best = true,
        "answer" | "reply" => answer = true,
        "accepted" | "solution" => accepted = true,
        "has" | "no" | "not" | "un" | "question" | "topic" | "thread" | "mark" | "can" => other = true,
        _ => {}
    });
    (accepted || best && answer) && !other
}
