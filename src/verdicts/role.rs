//! The one vocabulary of roles.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// What a block is to a reader of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Role {
    /// The headline.
    Title,
    /// Author, date and source of the text.
    Byline,
    /// What the author wrote.
    Content,
    /// A reader's comment under something else. On a forum page posts are content.
    Comment,
    /// Menus, link columns, those of footers too, tables of contents, tags.
    Navigation,
    /// The path of sections that leads to the page.
    Breadcrumb,
    /// Page numbers, next and previous.
    Pagination,
    /// Related, most read, "we recommend".
    Recommendation,
    /// Share, print and follow widgets.
    Share,
    /// The form for leaving a comment.
    CommentForm,
    /// Any other form: search, login, newsletter, filters.
    Form,
    /// Advertising.
    Advert,
    /// Cookie and consent banners.
    Consent,
    /// Copyright lines, the imprint, links to the terms and to the statement of privacy.
    Legal,
    /// Anything else that is not content.
    Other,
}

impl Role {
    /// Every role, in the order of the vocabulary.
    pub const ALL: [Role; 15] = [
        Role::Title,
        Role::Byline,
        Role::Content,
        Role::Comment,
        Role::Navigation,
        Role::Breadcrumb,
        Role::Pagination,
        Role::Recommendation,
        Role::Share,
        Role::CommentForm,
        Role::Form,
        Role::Advert,
        Role::Consent,
        Role::Legal,
        Role::Other,
    ];

    /// The role's name in snake case, as in JSON and in gold files.
    pub fn name(self) -> &'static str {
        match self {
            Role::Title => "title",
            Role::Byline => "byline",
            Role::Content => "content",
            Role::Comment => "comment",
            Role::Navigation => "navigation",
            Role::Breadcrumb => "breadcrumb",
            Role::Pagination => "pagination",
            Role::Recommendation => "recommendation",
            Role::Share => "share",
            Role::CommentForm => "comment_form",
            Role::Form => "form",
            Role::Advert => "advert",
            Role::Consent => "consent",
            Role::Legal => "legal",
            Role::Other => "other",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Role {
    type Err = UnknownRole;

    fn from_str(name: &str) -> Result<Role, UnknownRole> {
        Role::ALL.into_iter().find(|role| role.name() == name).ok_or_else(|| UnknownRole(name.to_owned()))
    }
}

/// A name that is no role's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no role is called {0:?}")]
pub struct UnknownRole(String);
