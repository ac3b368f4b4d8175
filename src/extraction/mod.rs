//! What an extraction gives: the verdict on every block, and the text in four forms, each made when asked for.

mod block;
mod json;

use std::sync::OnceLock;
use std::time::Duration;

use crate::blocks::Blocks;
use crate::document::{Document, Limit, Truncation};
use crate::items::{self, Item, Look};
use crate::metadata::{Cache, Metadata};
use crate::options::Options;
use crate::posts::{self, Of, Post};
use crate::reasons::Reason;
use crate::render::{self, Selection, Style};
use crate::report;
use crate::verdicts::{Judgement, PageType, Role, Scorer};

pub use self::block::Block;

/// What was found on a page.
#[derive(Clone, Debug)]
pub struct Extraction {
    document: Document,
    blocks: Blocks,
    judgement: Judgement,
    options: Options,
    truncated: Vec<Truncation>,
    metadata: Cache,
    roles: OnceLock<Vec<Role>>,
    reasons: OnceLock<Vec<Vec<Reason>>>,
}

impl Extraction {
    pub(crate) fn new(
        document: Document,
        blocks: Blocks,
        judgement: Judgement,
        options: &Options,
        cut: Option<Truncation>,
    ) -> Extraction {
        let mut truncated: Vec<Truncation> = cut.into_iter().chain(document.truncated().to_vec()).collect();
        if blocks.left_out > 0 {
            let have = blocks.blocks.len();
            let (allowed, actual) = (have as u64, (have + blocks.left_out) as u64);
            truncated.push(Truncation::new(Limit::Blocks, allowed, actual, None));
        }
        let mut extraction = Extraction {
            document,
            blocks,
            judgement,
            options: options.clone(),
            truncated,
            metadata: Cache::default(),
            roles: OnceLock::new(),
            reasons: OnceLock::new(),
        };
        let allowed = extraction.options.max_output_bytes;
        // Not to find the roles for nothing: all blocks together are rarely as long.
        let all = extraction.blocks.text.len();
        let bytes = if all > allowed { extraction.bytes_of(&extraction.wanted()) } else { all };
        if bytes > allowed {
            let cut = Truncation::new(Limit::OutputBytes, allowed as u64, bytes as u64, None);
            extraction.truncated.push(cut);
        }
        extraction
    }

    /// What the author wrote, as plain text: blocks parted by an empty line. Formulas come out as TeX between dollar
    /// signs. Empty for a page without content.
    pub fn text(&self) -> String {
        self.text_of(&self.included())
    }

    /// What the author wrote, as Markdown: CommonMark with GitHub's tables, strikethrough, task lists, footnotes and
    /// formulas (`$x$`).
    pub fn markdown(&self) -> String {
        self.markdown_of(&self.included())
    }

    /// What the author wrote, as minimal HTML: no script, no event handler, no style, links to http, https and
    /// mailto only.
    pub fn html(&self) -> String {
        self.html_of(&self.included())
    }

    /// Everything as one JSON object. `schema` is its version, now 2: it grows when a key changes or goes, not when
    /// one is added.
    ///
    /// | key | what it holds |
    /// |---|---|
    /// | `page_type`, `confidence` | [`Extraction::page_type`], [`Extraction::confidence`] |
    /// | `metadata` | a key for each method of [`Metadata`] but `date`, `null` or empty where nothing is known; `sources` maps a field to where it was found |
    /// | `text`, `markdown` | [`Extraction::text`], [`Extraction::markdown`] |
    /// | `comments`, `posts` | lists of `author`, `date` (or `null`), `depth`, `text` and, where true, `question` and `accepted` |
    /// | `items` | [`Extraction::items`]: a list of `title`, `url`, `price`, `currency`, `image` (or `null`) and `source` |
    /// | `reading_seconds` | [`Extraction::reading_time`] |
    /// | `blocks` | each with `role`, `kind`, `level` (of headings), `score`, `text`, `words`, `text_density`, `link_ratio`, `path`, `line` |
    /// | `truncated` | the limits that were met, if any |
    /// | `flattened` | elements that stood too deep and became siblings |
    pub fn json(&self) -> String {
        json::write(self)
    }

    /// A page to look at: the whole text block by block, coloured by role, with the reasons of each block when the
    /// pointer rests on it, and score, text density and link ratio drawn along the page. `name` stands in its head.
    ///
    /// It is HTML without script and with nothing from elsewhere.
    pub fn report(&self, name: &str) -> String {
        report::write(self, name)
    }

    /// Title, authors, dates and so on.
    pub fn metadata(&self) -> Metadata<'_> {
        let metadata = Metadata::new(&self.document, self.options.url.as_ref(), &self.metadata);
        #[cfg(feature = "detect-language")]
        let metadata = metadata.with_text(&self.blocks, &self.judgement.content);
        metadata
    }

    /// Every block of the page in document order, content or not.
    pub fn blocks(&self) -> impl ExactSizeIterator<Item = Block<'_>> {
        (0..self.blocks.blocks.len()).map(|index| Block { extraction: self, index })
    }

    /// The block of this number, from 0 in document order.
    pub fn block(&self, index: usize) -> Option<Block<'_>> {
        (index < self.blocks.blocks.len()).then_some(Block { extraction: self, index })
    }

    /// The texts of readers' comments, block by block, in document order.
    pub fn comments(&self) -> Vec<&str> {
        self.blocks().filter(|block| block.role() == Role::Comment).map(|block| block.text()).collect()
    }

    /// Readers' comments, each with its author, date and depth where the markup tells them.
    pub fn comment_posts(&self) -> Vec<Post> {
        let chosen: Vec<bool> = self.roles().iter().map(|role| *role == Role::Comment).collect();
        self.posts_of(Of::Comments, &chosen)
    }

    /// The posts of a thread, or the question and the answers of a page of such; none on pages of another type.
    pub fn posts(&self) -> Vec<Post> {
        if self.page_type() != PageType::Forum {
            return Vec::new();
        }
        let is_text = |role: &Role| matches!(role, Role::Content | Role::Comment);
        let chosen: Vec<bool> = self.roles().iter().map(is_text).collect();
        self.posts_of(Of::Thread, &chosen)
    }

    /// What a shop's or an index's page offers or lists; of a product's page, that product. Empty on pages of other
    /// types.
    pub fn items(&self) -> Vec<Item> {
        items::items(Look {
            arena: self.document.arena(),
            blocks: &self.blocks,
            scores: &self.judgement.scores,
            page_type: self.page_type(),
            metadata: self.metadata(),
        })
    }

    fn posts_of(&self, of: Of, chosen: &[bool]) -> Vec<Post> {
        posts::posts(of, self.document.arena(), &self.blocks, chosen, self.metadata())
    }

    /// How long it takes to read the text, at 238 words a minute (the mean of adults reading English silently in
    /// Brysbaert 2019), by the weighed words of [`Block::words`]. Zero for an empty text.
    pub fn reading_time(&self) -> Duration {
        let included = self.included();
        let blocks = self.blocks.blocks.iter().zip(&included).filter(|(_, included)| **included);
        let words: f32 = blocks.map(|(block, _)| block.measured.words).sum();
        Duration::from_secs_f32((words / 238.0 * 60.0).max(0.0))
    }

    /// The words F1 that is to be expected of this page's text, 0…1; 0 for an empty one.
    ///
    /// Measured on pages of sites that the models had not seen, pages of a confidence have that F1 on average. It is
    /// low where many blocks were doubtful, and never above 0.8 or so where the page is one long block, or all of one
    /// kind, as few pages are that the models were made from.
    pub fn confidence(&self) -> f32 {
        self.judgement.confidence
    }

    /// What kind of page it is.
    pub fn page_type(&self) -> PageType {
        self.judgement.page_type
    }

    /// True when nothing on the page was found to be content.
    pub fn is_empty(&self) -> bool {
        !self.included().contains(&true)
    }

    /// The limits that the page went beyond, and how far it was read; empty for a page that came through whole.
    pub fn truncated(&self) -> &[Truncation] {
        &self.truncated
    }

    /// The document that this was extracted from.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// The roles of all blocks, given when first asked for: the text needs none but the headline's.
    fn roles(&self) -> &[Role] {
        self.roles.get_or_init(|| Scorer::get().roles(&self.blocks, &self.judgement))
    }

    /// The URL that the page was extracted with.
    pub(crate) fn url(&self) -> Option<&str> {
        self.options.url.as_ref().map(url::Url::as_str)
    }

    /// The text of some blocks.
    pub(crate) fn text_of(&self, chosen: &[bool]) -> String {
        render::text(&self.selection(chosen), &self.style())
    }

    pub(crate) fn markdown_of(&self, chosen: &[bool]) -> String {
        render::markdown(&self.selection(chosen), &self.style())
    }

    pub(crate) fn html_of(&self, chosen: &[bool]) -> String {
        render::html(&self.selection(chosen), &self.style())
    }

    /// The blocks whose text comes out.
    pub(crate) fn included(&self) -> Vec<bool> {
        let mut included = self.wanted();
        if self.truncated.iter().any(|cut| cut.limit() == Limit::OutputBytes) {
            let mut bytes = 0;
            for (block, included) in self.blocks.blocks.iter().zip(&mut included) {
                bytes += if *included { block.text.len() } else { 0 };
                *included &= bytes <= self.options.max_output_bytes;
            }
        }
        included
    }

    fn bytes_of(&self, chosen: &[bool]) -> usize {
        let blocks = self.blocks.blocks.iter().zip(chosen);
        blocks.filter(|(_, chosen)| **chosen).map(|(block, _)| block.text.len()).sum()
    }

    /// The blocks that the options ask for.
    fn wanted(&self) -> Vec<bool> {
        let mut included = self.judgement.content.clone();
        let chosen = included.iter().filter(|is| **is).count();
        if let Some(title) = self.blocks.title().and_then(|title| included.get_mut(title)) {
            // One that is all the text is left, or nothing would be.
            *title = self.options.title || *title && chosen == 1;
        }
        if self.options.comments {
            for (block, role) in included.iter_mut().zip(self.roles()) {
                *block |= *role == Role::Comment;
            }
        }
        included
    }

    fn selection<'a>(&'a self, chosen: &'a [bool]) -> Selection<'a> {
        Selection { document: &self.document, blocks: &self.blocks, chosen }
    }

    fn style(&self) -> Style<'_> {
        Style {
            links: self.options.links,
            images: self.options.images,
            tables: self.options.tables,
            base: self.options.url.as_ref(),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::extract;

    /// Paragraphs that differ, so that none counts as a repeated part.
    fn page(sentence: impl Fn(u32) -> String) -> String {
        let paragraphs = (100..120).map(|number| format!("<p>{}</p>", sentence(number).repeat(4)));
        format!("<h1>Owls</h1><article>{}</article>", paragraphs.collect::<String>())
    }

    #[test]
    fn reading_takes_as_long_as_the_text_has_words() {
        // 20 paragraphs of 4 sentences of 14 words are 1,120 words, which at 238 a minute take 282 seconds.
        let english =
            page(|number| format!("The owl of barn number {number} sleeps by day and hunts mice by night. "));
        let extraction = extract(&english);
        let words: usize = extraction.text().split_whitespace().count();
        assert_eq!((words, extraction.reading_time().as_secs()), (1120, 282));
        // Without spaces the words count by script: not one a paragraph.
        let chinese = page(|number| format!("第{number}号谷仓里的猫头鹰白天睡觉，夜里出来捉老鼠。"));
        let seconds = extract(&chinese).reading_time().as_secs();
        assert!((120..600).contains(&seconds), "{seconds}");
        assert_eq!(extract("<title>Owls</title>").reading_time().as_secs(), 0);
    }
}
