//! What is timed: each takes a page and gives the text it found.

use html5ever::tendril::{StrTendril, TendrilSink as _};
use html5ever::TokenizerResult;
use html5ever::tokenizer::{
    BufferQueue, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use unhusk::{Document, Extractor};

/// A page as all contestants get it.
pub struct Page {
    pub html: String,
    pub url: Option<String>,
    pub gold: String,
}

pub struct Contestant {
    pub name: &'static str,
    /// A floor only parses, and has no quality.
    pub floor: bool,
    pub run: fn(&Page) -> String,
}

/// The floor that all times are divided by stands first.
pub const ALL: &[Contestant] = &[
    Contestant { name: "arena parse of everything", floor: true, run: arena },
    Contestant { name: "html5ever tokenizer alone", floor: true, run: tokenizer },
    Contestant { name: "RcDom", floor: true, run: rcdom },
    Contestant { name: "arena parse of what is needed", floor: true, run: needed },
    Contestant { name: "unhusk, text and metadata", floor: false, run: unhusk_all },
    Contestant { name: "unhusk, text", floor: false, run: unhusk_text },
    Contestant { name: "readable-readability", floor: false, run: readable_readability },
    Contestant { name: "dom_smoothie", floor: false, run: dom_smoothie },
    Contestant { name: "legible", floor: false, run: legible },
    Contestant { name: "trafilatura (Rust)", floor: false, run: trafilatura },
    Contestant { name: "rs-trafilatura", floor: false, run: rs_trafilatura },
];

fn arena(page: &Page) -> String {
    std::hint::black_box(Document::parse_everything(&page.html).node_count());
    String::new()
}

fn needed(page: &Page) -> String {
    std::hint::black_box(Document::parse(&page.html).node_count());
    String::new()
}

struct Nothing;

impl TokenSink for Nothing {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        std::hint::black_box(token);
        TokenSinkResult::Continue
    }
}

fn tokenizer(page: &Page) -> String {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(page.html.as_str()));
    let tokenizer = Tokenizer::new(Nothing, TokenizerOpts::default());
    while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
    tokenizer.end();
    String::new()
}

fn rcdom(page: &Page) -> String {
    let dom = html5ever::parse_document(markup5ever_rcdom::RcDom::default(), Default::default())
        .one(StrTendril::from(page.html.as_str()));
    std::hint::black_box(dom.document.children.borrow().len());
    String::new()
}

fn extractor(page: &Page) -> Extractor {
    let with_url = page.url.as_ref().and_then(|url| Extractor::builder().url(url).build().ok());
    with_url.unwrap_or_default()
}

fn unhusk_all(page: &Page) -> String {
    let Ok(extraction) = extractor(page).extract(&page.html) else { return String::new() };
    std::hint::black_box(serde_json::to_string(&extraction.metadata()).ok());
    extraction.text()
}

fn unhusk_text(page: &Page) -> String {
    extractor(page).extract(&page.html).map(|extraction| extraction.text()).unwrap_or_default()
}

fn readable_readability(page: &Page) -> String {
    let (node, metadata) = readable_readability::Readability::new().parse(&page.html);
    std::hint::black_box(metadata.article_title);
    node.text_contents()
}

fn dom_smoothie(page: &Page) -> String {
    let article = dom_smoothie::Readability::new(page.html.as_str(), page.url.as_deref(), None)
        .and_then(|mut readability| readability.parse());
    article.map(|article| article.text_content.to_string()).unwrap_or_default()
}

fn legible(page: &Page) -> String {
    legible::parse(&page.html, page.url.as_deref(), None)
        .map(|article| article.text_content)
        .unwrap_or_default()
}

fn trafilatura(page: &Page) -> String {
    trafilatura::extract(&page.html, &trafilatura::Options::default())
        .map(|result| result.content_text)
        .unwrap_or_default()
}

fn rs_trafilatura(page: &Page) -> String {
    let options = rs_trafilatura::Options { url: page.url.clone(), ..Default::default() };
    rs_trafilatura::extract_with_options(&page.html, &options)
        .map(|result| result.content_text)
        .unwrap_or_default()
}
