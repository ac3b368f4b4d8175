//! The metric for roles: each snippet that gold lists under a role must stand in a block of that role.
//!
//! White space is ignored altogether, since two walkers may part or glue inline elements differently. A snippet
//! counts once however often it stands on the page, and blocks that gold does not mention count for nothing.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{normal::squash, words::share};

/// How many things of a kind were right: snippets of a role, or pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Tally {
    /// Those that were right.
    pub right: usize,
    /// All that were looked at.
    pub total: usize,
}

impl Tally {
    /// Right by total, 0 if there were none.
    pub fn share(&self) -> f64 {
        share(self.right, self.total)
    }
}

/// Tallies by role, over one page or many.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Roles {
    tallies: BTreeMap<String, Tally>,
}

impl Roles {
    /// Looks for each snippet of `gold` in the blocks, given as role and text.
    ///
    /// ```
    /// use std::collections::BTreeMap;
    /// use unhusk::eval::Roles;
    ///
    /// let gold = BTreeMap::from([("legal".to_owned(), vec!["All rights reserved".to_owned()])]);
    /// let roles = Roles::of(&[("content", "Dear reader"), ("legal", "© 2024 All rights reserved.")], &gold);
    /// assert_eq!(roles.get("legal").right, 1);
    /// ```
    pub fn of<R: AsRef<str>, T: AsRef<str>>(blocks: &[(R, T)], gold: &BTreeMap<String, Vec<String>>) -> Self {
        let texts: Vec<(&str, String)> =
            blocks.iter().map(|(role, text)| (role.as_ref(), squash(text.as_ref()))).collect();
        let stands = |role: &str, snippet: &str| {
            texts.iter().any(|(of_block, text)| *of_block == role && text.contains(snippet))
        };
        let mut roles = Self::default();
        for (role, snippets) in gold {
            for snippet in
                snippets.iter().map(|snippet| squash(snippet)).filter(|snippet| !snippet.is_empty())
            {
                let tally = roles.tallies.entry(role.clone()).or_default();
                tally.total += 1;
                tally.right += usize::from(stands(role, &snippet));
            }
        }
        roles
    }

    /// Adds the tallies of another page.
    pub fn add(&mut self, other: &Self) {
        for (role, tally) in other.iter() {
            let mine = self.tallies.entry(role.to_owned()).or_default();
            mine.right += tally.right;
            mine.total += tally.total;
        }
    }

    /// The tally of one role.
    pub fn get(&self, role: &str) -> Tally {
        self.tallies.get(role).copied().unwrap_or_default()
    }

    /// All roles that were looked for, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Tally)> {
        self.tallies.iter().map(|(role, tally)| (role.as_str(), *tally))
    }

    /// The tallies of all roles together.
    pub fn overall(&self) -> Tally {
        self.tallies.values().fold(Tally::default(), |sum, tally| Tally {
            right: sum.right + tally.right,
            total: sum.total + tally.total,
        })
    }

    /// Whether no snippet was looked for.
    pub fn is_empty(&self) -> bool {
        self.tallies.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gold() -> BTreeMap<String, Vec<String>> {
        serde_json::from_str(
            r#"{"navigation": ["Home", "Boats for hire"], "legal": ["© Quay"], "byline": [" "]}"#,
        )
        .unwrap()
    }

    #[test]
    fn a_snippet_must_stand_in_a_block_of_its_role() {
        let blocks = [("navigation", "Ho\nme"), ("content", "Boats for hire"), ("legal", "©Quay Ltd")];
        let roles = Roles::of(&blocks, &gold());
        assert_eq!(roles.get("navigation"), Tally { right: 1, total: 2 });
        assert_eq!(roles.get("legal"), Tally { right: 1, total: 1 });
        assert_eq!(roles.iter().count(), 2, "a blank snippet is none");
        assert_eq!(roles.overall(), Tally { right: 2, total: 3 });
    }

    #[test]
    fn tallies_add_up_over_pages() {
        let mut all = Roles::default();
        assert!(all.is_empty());
        all.add(&Roles::of(&[("legal", "© Quay")], &gold()));
        all.add(&Roles::of::<&str, &str>(&[], &gold()));
        assert_eq!(all.get("legal"), Tally { right: 1, total: 2 });
        assert!((all.overall().share() - 1.0 / 6.0).abs() < 1e-9);
    }
}
