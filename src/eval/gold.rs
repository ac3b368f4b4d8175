//! Gold: what a person found on a page.
//!
//! Sets come from many hands, so keys may be missing, null or unknown.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};

/// What a person found on one page.
///
/// It is read with serde. Keys that are missing or null are as if empty, and unknown keys are passed over.
///
/// ```
/// use unhusk::eval::GoldPage;
///
/// let json = r#"{"id": "7", "type": "article", "author": null, "with": ["low tide"], "reviewed": true}"#;
/// let page: GoldPage = serde_json::from_str(json)?;
/// assert_eq!((page.page_type(), page.author(), page.with().len()), ("article", None, 1));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct GoldPage {
    #[serde(deserialize_with = "or_default")]
    id: String,
    url: Option<String>,
    #[serde(rename = "type", deserialize_with = "or_default")]
    page_type: String,
    #[serde(deserialize_with = "not_blank")]
    title: Option<String>,
    #[serde(deserialize_with = "not_blank")]
    author: Option<String>,
    #[serde(deserialize_with = "not_blank")]
    date: Option<String>,
    #[serde(deserialize_with = "not_blank")]
    language: Option<String>,
    #[serde(deserialize_with = "not_blank")]
    site: Option<String>,
    text: Option<String>,
    expected_html: Option<String>,
    #[serde(deserialize_with = "or_default")]
    with: Vec<String>,
    #[serde(deserialize_with = "or_default")]
    without: Vec<String>,
    #[serde(deserialize_with = "or_default")]
    roles: BTreeMap<String, Vec<String>>,
    floor: Option<f64>,
}

/// Null as the default.
fn or_default<'de, T: Default + Deserialize<'de>, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    Ok(Option::deserialize(from)?.unwrap_or_default())
}

/// A text or a list of texts, which is joined; null and what is blank as `None`.
fn not_blank<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum OneOrMore {
        One(String),
        More(Vec<String>),
    }
    let text = Option::deserialize(from)?.map(|value| match value {
        OneOrMore::One(text) => text,
        OneOrMore::More(texts) => texts.join("; "),
    });
    Ok(text.filter(|text| !text.trim().is_empty()))
}

impl GoldPage {
    /// The id: the name of the page's file, and in a corpus its group before it, as `blog/recipe`.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The page under another id.
    pub(super) fn with_id(self, id: String) -> Self {
        Self { id, ..self }
    }

    /// The address the page was saved from.
    pub fn url(&self) -> Option<&str> {
        self.url.as_deref()
    }

    /// The type of page, such as `article` or `forum`; empty if not given.
    pub fn page_type(&self) -> &str {
        &self.page_type
    }

    /// The title.
    pub fn title(&self) -> Option<&str> {
        self.title.as_deref()
    }

    /// The author; if gold has a list of them, parted by `; `.
    pub fn author(&self) -> Option<&str> {
        self.author.as_deref()
    }

    /// The date, mostly as `YYYY-MM-DD`.
    pub fn date(&self) -> Option<&str> {
        self.date.as_deref()
    }

    /// The language that the text is written in, as a primary subtag of BCP 47.
    pub fn language(&self) -> Option<&str> {
        self.language.as_deref()
    }

    /// The site's name, where the page shows or declares it.
    pub fn site(&self) -> Option<&str> {
        self.site.as_deref()
    }

    /// The main text. An empty text says that there is none to find, `None` that the set does not tell.
    pub fn text(&self) -> Option<&str> {
        self.text.as_deref()
    }

    /// Sets the main text, for sets which have [`expected_html`](Self::expected_html) in its place: this module
    /// knows no HTML, so the caller takes the text from it.
    pub fn set_text(&mut self, text: impl Into<String>) {
        self.text = Some(text.into());
    }

    /// The main content as HTML.
    pub fn expected_html(&self) -> Option<&str> {
        self.expected_html.as_deref()
    }

    /// Strings that the extracted text must hold.
    pub fn with(&self) -> &[String] {
        &self.with
    }

    /// Strings that the extracted text must not hold.
    pub fn without(&self) -> &[String] {
        &self.without
    }

    /// For each role, snippets that must stand in a block of that role.
    pub fn roles(&self) -> &BTreeMap<String, Vec<String>> {
        &self.roles
    }

    /// The words F1 below which the page's test fails.
    pub fn floor(&self) -> Option<f64> {
        self.floor
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_can_be_set() {
        let mut page: GoldPage = serde_json::from_str(r#"{"id": "1", "expected_html": "<p>Tide"}"#).unwrap();
        assert_eq!((page.expected_html(), page.text()), (Some("<p>Tide"), None));
        page.set_text("Tide");
        assert_eq!(page.text(), Some("Tide"));
    }
}
