//! What an extractor made of a page, in the form in which it is compared and written to a predictions file.

use serde::{Deserialize, Serialize};

/// One page as an extractor saw it.
///
/// It reads and writes as one line of a predictions file. Keys that are missing or null leave their part empty,
/// and unknown keys are passed over.
///
/// ```
/// use unhusk::eval::Prediction;
///
/// let prediction = Prediction::new("Rain fell on the harbour.")
///     .title("Weather")
///     .authors(["Ines Holt"])
///     .date("2024-05-01")
///     .block("navigation", "Home Sports");
/// assert_eq!(prediction.text(), "Rain fell on the harbour.");
/// ```
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct Prediction {
    id: Option<String>,
    text: Option<String>,
    title: Option<String>,
    authors: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    declared_title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    byline: Option<String>,
    date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    page_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    site: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    confidence: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    blocks: Option<Vec<PredictedBlock>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

impl Prediction {
    /// A prediction of the main text alone.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: Some(text.into()), ..Self::default() }
    }

    /// A prediction for a page of which the extractor made nothing. It counts as an empty text.
    pub fn failed(error: impl Into<String>) -> Self {
        Self { error: Some(error.into()), ..Self::default() }
    }

    /// Names the page it is of.
    pub fn with_id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// Sets the title.
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
    }

    /// Sets the authors.
    pub fn authors<S: Into<String>>(mut self, authors: impl IntoIterator<Item = S>) -> Self {
        self.authors = Some(authors.into_iter().map(Into::into).collect());
        self
    }

    /// Sets the title as the page declares it, with the site's name. Without it, the title stands for it.
    pub fn declared_title(mut self, title: impl Into<String>) -> Self {
        self.declared_title = Some(title.into());
        self
    }

    /// Sets the byline as it stands on the page. Without it, the list of the authors stands for it.
    pub fn byline(mut self, byline: impl Into<String>) -> Self {
        self.byline = Some(byline.into());
        self
    }

    /// Sets the date, in any form that starts with `YYYY-MM-DD`.
    pub fn date(mut self, date: impl Into<String>) -> Self {
        self.date = Some(date.into());
        self
    }

    /// Sets the type of the page, by its name in gold files.
    pub fn page_type(mut self, page_type: impl Into<String>) -> Self {
        self.page_type = Some(page_type.into());
        self
    }

    /// Sets the language, as a BCP 47 tag.
    pub fn language(mut self, language: impl Into<String>) -> Self {
        self.language = Some(language.into());
        self
    }

    /// Sets the site's name.
    pub fn site(mut self, site: impl Into<String>) -> Self {
        self.site = Some(site.into());
        self
    }

    /// Sets the words F1 that the extractor expects of its text, 0…1.
    pub fn confidence(mut self, confidence: f64) -> Self {
        self.confidence = Some(confidence);
        self
    }

    /// Appends a block. A prediction without blocks is not measured by roles.
    pub fn block(self, role: impl Into<String>, text: impl Into<String>) -> Self {
        self.push_block(PredictedBlock { role: role.into(), score: None, text: text.into() })
    }

    /// Appends a block with the score it got.
    pub fn scored_block(self, role: impl Into<String>, score: f64, text: impl Into<String>) -> Self {
        self.push_block(PredictedBlock { role: role.into(), score: Some(score), text: text.into() })
    }

    fn push_block(mut self, block: PredictedBlock) -> Self {
        self.blocks.get_or_insert_default().push(block);
        self
    }

    /// The id of the page, if it was named.
    pub fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// The main text, empty if there is none.
    pub fn text(&self) -> &str {
        self.text.as_deref().unwrap_or_default()
    }

    /// The title, if any was found.
    pub fn found_title(&self) -> Option<&str> {
        self.title.as_deref()
    }

    /// The authors that were found.
    pub fn found_authors(&self) -> &[String] {
        self.authors.as_deref().unwrap_or_default()
    }

    /// The title as the page declares it, or else the title.
    pub fn found_declared_title(&self) -> Option<&str> {
        self.declared_title.as_deref().or(self.found_title())
    }

    /// The byline as it stands on the page, or else the authors, parted by commas.
    pub fn found_byline(&self) -> Option<String> {
        let names = || Some(self.found_authors().join(", ")).filter(|names| !names.is_empty());
        self.byline.clone().or_else(names)
    }

    /// The date, if any was found.
    pub fn found_date(&self) -> Option<&str> {
        self.date.as_deref()
    }

    /// The type of the page, if one was given.
    pub fn found_page_type(&self) -> Option<&str> {
        self.page_type.as_deref()
    }

    /// The language, if any was found.
    pub fn found_language(&self) -> Option<&str> {
        self.language.as_deref()
    }

    /// The site's name, if any was found.
    pub fn found_site(&self) -> Option<&str> {
        self.site.as_deref()
    }

    /// The words F1 that the extractor expects, if it said so.
    pub fn expected_f1(&self) -> Option<f64> {
        self.confidence
    }

    /// The blocks, or `None` if the prediction tells nothing of blocks.
    pub fn blocks(&self) -> Option<&[PredictedBlock]> {
        self.blocks.as_deref()
    }

    /// Why the extractor failed, if it did.
    pub fn error(&self) -> Option<&str> {
        self.error.as_deref()
    }
}

/// A block of a [`Prediction`]: its role, and its text.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct PredictedBlock {
    role: String,
    score: Option<f64>,
    text: String,
}

impl PredictedBlock {
    /// The role, in snake_case.
    pub fn role(&self) -> &str {
        &self.role
    }

    /// How sure the extractor was that it is content, if it said.
    pub fn score(&self) -> Option<f64> {
        self.score
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_a_predictions_file_reads_and_writes() {
        let line =
            r#"{"id":"a","text":null,"authors":["B"],"blocks":[{"role":"legal","text":"c","x":1}],"new":0}"#;
        let read: Prediction = serde_json::from_str(line).unwrap();
        assert_eq!((read.id(), read.text(), read.found_authors().len()), (Some("a"), "", 1));
        assert_eq!(read.blocks().map(|blocks| blocks[0].role()), Some("legal"));
        let written = serde_json::to_string(&Prediction::new("t").with_id("b")).unwrap();
        assert_eq!(written, r#"{"id":"b","text":"t","title":null,"authors":null,"date":null}"#);
    }
}
