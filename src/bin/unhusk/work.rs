//! From an item of the input to what is written of it. This runs on several threads at a time.

use std::panic::{AssertUnwindSafe, catch_unwind};

use encoding_rs::Encoding;
use serde::Serialize;
use unhusk::{Extraction, Extractor, ExtractorBuilder, PageType};

use crate::args::{Args, Extra, Format};
use crate::explain;
use crate::input::{Item, Page, Place, Skipped};
use crate::record::{self, Columns, Record};

/// What is written of each page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Text,
    Markdown,
    Html,
    Json,
    Explained,
    Report,
    /// Rows, each a line of JSON.
    Lines,
    /// Rows.
    Rows,
}

/// A row with where it comes from.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Row {
    #[serde(flatten)]
    pub(crate) place: Place,
    pub(crate) id: Option<String>,
    pub(crate) url: Option<String>,
    #[serde(flatten)]
    pub(crate) record: Record,
}

/// What is to be written.
#[derive(Debug)]
pub(crate) enum Product {
    Text(String),
    Row(Box<Row>),
}

/// Why nothing is written of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Passed {
    Input(Skipped),
    /// It is of a type that was not asked for.
    OtherType,
}

/// What came of an item.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) place: Place,
    pub(crate) error: Option<String>,
    pub(crate) passed: Option<Passed>,
    pub(crate) product: Option<Product>,
}

/// What is to be done with every page.
pub(crate) struct Work {
    builder: ExtractorBuilder,
    without_url: Extractor,
    url: Option<String>,
    charset: Option<String>,
    pub(crate) form: Form,
    pub(crate) columns: Columns,
    types: Vec<PageType>,
    colours: bool,
}

impl Work {
    /// An error if an option is wrong. `colours` are for a terminal.
    pub(crate) fn new(args: &Args, format: Format, colours: bool) -> Result<Work, String> {
        let builder = Extractor::builder()
            .favour(args.favour.into())
            .include_title(args.title)
            .include_comments(args.comments)
            .include_links(!args.no_links)
            .include_images(!args.no_images)
            .include_tables(!args.no_tables)
            .max_input_bytes(args.max_bytes)
            .strict(args.strict);
        let builder = limited(builder, args);
        if let Some(url) = &args.url {
            builder.clone().url(url).build().map_err(|error| error.to_string())?;
        }
        if let Some(label) = args.charset.as_deref().filter(|label| !is_charset(label)) {
            return Err(format!("no encoding is called {label:?}"));
        }
        let form = match format {
            _ if args.report.is_some() => Form::Report,
            Format::Jsonl => Form::Lines,
            Format::Parquet => Form::Rows,
            _ if args.explain => Form::Explained,
            Format::Text => Form::Text,
            Format::Markdown => Form::Markdown,
            Format::Html => Form::Html,
            Format::Json => Form::Json,
        };
        if !args.with.is_empty() && !matches!(form, Form::Lines | Form::Rows) {
            return Err("--with is for JSON lines and Parquet".to_owned());
        }
        if !args.role.is_empty() && !matches!(form, Form::Text | Form::Lines | Form::Rows) {
            return Err("--role gives text: it is for the formats text, jsonl and parquet".to_owned());
        }
        Ok(Work {
            without_url: builder.clone().build().map_err(|error| error.to_string())?,
            builder,
            url: args.url.clone(),
            charset: args.charset.clone(),
            form,
            columns: Columns {
                markdown: args.with.contains(&Extra::Markdown),
                html: args.with.contains(&Extra::Html),
                comments: args.with.contains(&Extra::Comments),
                blocks: args.with.contains(&Extra::Blocks) || args.explain,
                reasons: args.explain,
                roles: args.role.clone(),
            },
            types: args.types.iter().map(|of| of.page_type()).collect(),
            colours,
        })
    }

    /// Does it.
    pub(crate) fn of(&self, item: Item) -> Outcome {
        match item {
            Item::Page(page) => self.of_page(page),
            Item::Failed { place, id, url, message } => self.failed(place, id, url, message),
            Item::Skipped(why, place) => {
                Outcome { place, error: None, passed: Some(Passed::Input(why)), product: None }
            }
        }
    }

    fn of_page(&self, page: Page) -> Outcome {
        let Page { place, id, url, charset, html } = page;
        let url = url.or_else(|| self.url.clone());
        let charset = charset.filter(|label| is_charset(label)).or_else(|| self.charset.clone());
        // A page is never an error of the program, not even one that breaks it: the others must come out.
        let product = guard(|| {
            // Addresses come from many hands, and only links depend on them.
            let with_url = url.as_ref().and_then(|url| self.builder.clone().url(url).build().ok());
            let extractor = with_url.as_ref().unwrap_or(&self.without_url);
            let extraction =
                extractor.extract_bytes(&html, charset.as_deref()).map_err(|error| error.to_string())?;
            if !self.types.is_empty() && !self.types.contains(&extraction.page_type()) {
                return Ok(None);
            }
            Ok(Some(self.product(&extraction, &place, &id, &url)))
        });
        match product {
            Ok(Some(product)) => Outcome { place, error: None, passed: None, product: Some(product) },
            Ok(None) => Outcome { place, error: None, passed: Some(Passed::OtherType), product: None },
            Err(message) => self.failed(place, id, url, message),
        }
    }

    fn product(
        &self,
        extraction: &Extraction,
        place: &Place,
        id: &Option<String>,
        url: &Option<String>,
    ) -> Product {
        Product::Text(match self.form {
            Form::Text => record::text(extraction, &self.columns.roles),
            Form::Markdown => extraction.markdown(),
            Form::Html => extraction.html(),
            Form::Json => extraction.json(),
            Form::Explained => explain::table(extraction, self.colours),
            Form::Report => extraction.report(&place.source),
            Form::Lines | Form::Rows => {
                let record = Record::new(extraction, &self.columns);
                return self.row(Row { place: place.clone(), id: id.clone(), url: url.clone(), record });
            }
        })
    }

    /// Lines are made here, on the many threads, and not where they are written.
    fn row(&self, row: Row) -> Product {
        match self.form {
            Form::Lines => Product::Text(serde_json::to_string(&row).unwrap_or_default()),
            _ => Product::Row(Box::new(row)),
        }
    }

    fn failed(&self, place: Place, id: Option<String>, url: Option<String>, message: String) -> Outcome {
        let is_row = matches!(self.form, Form::Lines | Form::Rows);
        let product = is_row.then(|| {
            self.row(Row { place: place.clone(), id, url, record: Record::failed(message.clone()) })
        });
        Outcome { place, error: Some(message), passed: None, product }
    }
}

/// Sets the limits that are given.
fn limited(mut builder: ExtractorBuilder, args: &Args) -> ExtractorBuilder {
    builder = args.max_nodes.into_iter().fold(builder, ExtractorBuilder::max_nodes);
    builder = args.max_depth.into_iter().fold(builder, ExtractorBuilder::max_depth);
    builder = args.max_attribute_bytes.into_iter().fold(builder, ExtractorBuilder::max_attribute_bytes);
    builder = args.max_steps.into_iter().fold(builder, ExtractorBuilder::max_steps);
    builder = args.max_blocks.into_iter().fold(builder, ExtractorBuilder::max_blocks);
    args.max_output_bytes.into_iter().fold(builder, ExtractorBuilder::max_output_bytes)
}

fn is_charset(label: &str) -> bool {
    Encoding::for_label(label.trim().as_bytes()).is_some()
}

fn guard<T>(work: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err("the extractor panicked".to_owned()))
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_panic_is_an_error_of_the_page() {
        std::panic::set_hook(Box::new(|_| {}));
        let caught = super::guard(|| -> Result<(), String> { panic!("on purpose") });
        drop(std::panic::take_hook());
        assert_eq!(caught, Err("the extractor panicked".to_owned()));
    }
}
