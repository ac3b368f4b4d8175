//! What another extractor makes of a set's pages, as predictions for `evaluate --predictions`.
//!
//! ```text
//! cargo run --release --manifest-path benches/peers/Cargo.toml --bin predict -- rs-trafilatura SET > predictions.jsonl
//! ```

use clap::{Parser, ValueEnum};
use unhusk::eval::{GoldSet, Prediction};

/// Writes one prediction a line.
#[derive(Parser)]
struct Args {
    /// Who is asked.
    #[arg(value_enum)]
    peer: Peer,
    /// A gold set or corpus folder.
    set: String,
}

#[derive(Clone, Copy, ValueEnum)]
enum Peer {
    RsTrafilatura,
    Trafilatura,
    DomSmoothie,
    Legible,
}

fn main() {
    let args = Args::parse();
    let set = GoldSet::open(&args.set).unwrap_or_else(|error| {
        eprintln!("{error}");
        std::process::exit(2)
    });
    std::panic::set_hook(Box::new(|_| {}));
    for entry in set.entries() {
        let Ok(bytes) = entry.read() else { continue };
        let html = String::from_utf8_lossy(&bytes).into_owned();
        let url = entry.page().url().map(str::to_owned);
        let ask = || predict(args.peer, &html, url.as_deref());
        let prediction = match std::panic::catch_unwind(ask) {
            Ok(Some(prediction)) => prediction,
            Ok(None) => Prediction::failed("no answer"),
            Err(_) => Prediction::failed("panic"),
        };
        let line = serde_json::to_string(&prediction.with_id(entry.id()));
        println!("{}", line.unwrap_or_default());
    }
}

fn predict(peer: Peer, html: &str, url: Option<&str>) -> Option<Prediction> {
    Some(match peer {
        Peer::RsTrafilatura => {
            let options = rs_trafilatura::Options { url: url.map(str::to_owned), ..Default::default() };
            let result = rs_trafilatura::extract_with_options(html, &options).ok()?;
            let fields = result.metadata;
            let date = fields.date.map(|date| date.to_rfc3339());
            prediction(result.content_text, fields.title, fields.author, date)
        }
        Peer::Trafilatura => {
            let result = trafilatura::extract(html, &trafilatura::Options::default()).ok()?;
            let fields = result.metadata;
            let date = fields.date.map(|date| date.to_string());
            prediction(result.content_text, Some(fields.title), Some(fields.author), date)
        }
        Peer::DomSmoothie => {
            let mut readability = dom_smoothie::Readability::new(html, url, None).ok()?;
            let article = readability.parse().ok()?;
            let date = article.published_time;
            prediction(article.text_content.to_string(), Some(article.title), article.byline, date)
        }
        Peer::Legible => {
            let article = legible::parse(html, url, None).ok()?;
            let date = article.published_time;
            prediction(article.text_content, Some(article.title), article.byline, date)
        }
    })
}

/// Several authors stand in one string, parted by `;`.
fn prediction(
    text: String,
    title: Option<String>,
    author: Option<String>,
    date: Option<String>,
) -> Prediction {
    let names = author.iter().flat_map(|author| author.split("; "));
    let names: Vec<String> = names.filter(|name| !name.is_empty()).map(str::to_owned).collect();
    let mut prediction = Prediction::new(text).authors(names);
    if let Some(title) = title.filter(|title| !title.is_empty()) {
        prediction = prediction.title(title);
    }
    match date {
        Some(date) => prediction.date(date),
        None => prediction,
    }
}
