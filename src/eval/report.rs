//! Scores of many pages, kept page by page so that any group can be summed up and the worst pages named.

use std::{collections::BTreeMap, fmt};

use serde::{Serialize, Serializer, ser::SerializeStruct};

use super::{
    fields::{self, Outcome},
    gold::GoldPage,
    normal::collapse,
    prediction::Prediction,
    reliability::Reliability,
    roles::Roles,
    segments::Segments,
    shingles,
    summary::Summary,
    table,
    words::{self, Prf},
};

/// What was measured on one page. What its gold says nothing of is `None` or empty.
#[derive(Clone, Debug, Serialize)]
pub struct PageScores {
    pub(super) set: String,
    pub(super) id: String,
    #[serde(rename = "type")]
    pub(super) page_type: String,
    pub(super) words: Option<Prf>,
    pub(super) shingles: Option<Prf>,
    #[serde(skip_serializing_if = "Segments::is_empty")]
    pub(super) segments: Segments,
    #[serde(skip_serializing_if = "Roles::is_empty")]
    pub(super) roles: Roles,
    pub(super) exact: Option<bool>,
    pub(super) title: Option<Outcome>,
    pub(super) bare_title: Option<Outcome>,
    pub(super) declared_title: Option<Outcome>,
    pub(super) authors: Option<Outcome>,
    pub(super) byline: Option<Outcome>,
    pub(super) date: Option<Outcome>,
    pub(super) found_language: Option<Outcome>,
    pub(super) site_name: Option<Outcome>,
    pub(super) found_type: Option<Outcome>,
    pub(super) language: String,
    pub(super) confidence: Option<f64>,
    floor: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) error: Option<String>,
}

impl PageScores {
    /// Compares what was predicted for a page of the set `set` with its gold.
    pub fn measure(set: &str, gold: &GoldPage, predicted: &Prediction) -> Self {
        let text = predicted.text();
        let roles = match predicted.blocks() {
            Some(blocks) if !gold.roles().is_empty() => {
                let blocks: Vec<_> = blocks.iter().map(|block| (block.role(), block.text())).collect();
                Roles::of(&blocks, gold.roles())
            }
            _ => Roles::default(),
        };
        Self {
            set: set.to_owned(),
            id: gold.id().to_owned(),
            page_type: gold.page_type().to_owned(),
            words: gold.text().map(|gold| words::score(text, gold)),
            shingles: gold.text().map(|gold| shingles::score(text, gold)),
            segments: Segments::of(text, gold.with(), gold.without()),
            roles,
            exact: gold.text().map(|gold| collapse(text) == collapse(gold)),
            title: fields::title(predicted.found_title(), gold.title()),
            bare_title: fields::bare_title(predicted.found_title(), gold.title()),
            declared_title: fields::title(predicted.found_declared_title(), gold.title()),
            authors: fields::authors(predicted.found_authors(), gold.author()),
            byline: fields::byline(predicted.found_byline().as_deref(), gold.author()),
            date: fields::date(predicted.found_date(), gold.date()),
            found_language: fields::language(predicted.found_language(), gold.language()),
            site_name: fields::site(predicted.found_site(), gold.site()),
            found_type: fields::page_type(predicted.found_page_type(), gold.page_type()),
            language: fields::main_language(predicted.found_language().unwrap_or_default()),
            confidence: predicted.expected_f1(),
            floor: gold.floor(),
            error: predicted.error().map(str::to_owned),
        }
    }

    /// The set the page is of.
    pub fn set(&self) -> &str {
        &self.set
    }

    /// The page's id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The page's type.
    pub fn page_type(&self) -> &str {
        &self.page_type
    }

    /// The words metric.
    pub fn words(&self) -> Option<Prf> {
        self.words
    }

    /// The shingles metric.
    pub fn shingles(&self) -> Option<Prf> {
        self.shingles
    }

    /// The segments metric.
    pub fn segments(&self) -> Segments {
        self.segments
    }

    /// Snippets by role.
    pub fn roles(&self) -> &Roles {
        &self.roles
    }

    /// Whether the text is that of gold, white space aside.
    pub fn exact(&self) -> Option<bool> {
        self.exact
    }

    /// The title.
    pub fn title(&self) -> Option<Outcome> {
        self.title
    }

    /// The title without the site's name.
    pub fn bare_title(&self) -> Option<Outcome> {
        self.bare_title
    }

    /// The title as the page declares it, compared with the same gold.
    pub fn declared_title(&self) -> Option<Outcome> {
        self.declared_title
    }

    /// The byline as it stands on the page, compared with the same gold as the authors.
    pub fn byline(&self) -> Option<Outcome> {
        self.byline
    }

    /// Whether the language is that of gold.
    pub fn found_language(&self) -> Option<Outcome> {
        self.found_language
    }

    /// The site's name.
    pub fn site_name(&self) -> Option<Outcome> {
        self.site_name
    }

    /// The set of authors.
    pub fn authors(&self) -> Option<Outcome> {
        self.authors
    }

    /// The date.
    pub fn date(&self) -> Option<Outcome> {
        self.date
    }

    /// Whether the type of the page is that of gold.
    pub fn found_type(&self) -> Option<Outcome> {
        self.found_type
    }

    /// The language that was found, without script and region; empty if none was.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// The words F1 that the extractor expected of its text.
    pub fn confidence(&self) -> Option<f64> {
        self.confidence
    }

    /// Whether the words F1 is below the floor that gold sets for it.
    pub fn is_below_floor(&self) -> bool {
        matches!((self.words, self.floor), (Some(words), Some(floor)) if words.f1 < floor)
    }
}

/// One line: the words metric, the set, id and type, and the error if there is one.
impl fmt::Display for PageScores {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.words {
            Some(Prf { precision, recall, f1 }) => write!(f, "F1 {f1:.4}  P {precision:.4}  R {recall:.4}")?,
            None => f.write_str("no gold text")?,
        }
        write!(f, "  {}/{}", self.set, self.id)?;
        if !self.page_type.is_empty() {
            write!(f, "  {}", self.page_type)?;
        }
        match &self.error {
            Some(error) => write!(f, "  {error}"),
            None => Ok(()),
        }
    }
}

/// The scores of all pages of one or more sets.
///
/// As text it is an aligned table with a row for all pages and, if there are several, for each set; `{:#}` adds a
/// row for each type of page. Columns and rows that nothing was measured for are left out. As JSON it has the
/// summaries under `overall`, `by_set` and `by_type` and each page under `pages`.
///
/// ```
/// use unhusk::eval::{GoldPage, Prediction, Scores};
///
/// let gold: GoldPage = serde_json::from_str(r#"{"id": "1", "text": "Low tide at noon."}"#)?;
/// let mut scores = Scores::default();
/// scores.add("harbour", &gold, &Prediction::new("Low tide at noon. Share"));
/// assert_eq!(scores.overall().words().map(|words| words.mean.precision), Some(0.8));
/// println!("{scores}");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Scores {
    pages: Vec<PageScores>,
}

impl Scores {
    /// Measures a page and keeps its scores.
    pub fn add(&mut self, set: &str, gold: &GoldPage, predicted: &Prediction) {
        self.push(PageScores::measure(set, gold, predicted));
    }

    /// Keeps the scores of a page, for callers that measure pages in parallel.
    pub fn push(&mut self, page: PageScores) {
        self.pages.push(page);
    }

    /// The scores of each page, in the order in which they were added.
    pub fn pages(&self) -> &[PageScores] {
        &self.pages
    }

    /// All pages summed up.
    pub fn overall(&self) -> Summary {
        Summary::of(self.pages.iter())
    }

    /// The pages summed up by set.
    pub fn by_set(&self) -> BTreeMap<&str, Summary> {
        self.by(PageScores::set)
    }

    /// The pages summed up by type. Pages without a type are in none.
    pub fn by_type(&self) -> BTreeMap<&str, Summary> {
        let mut by_type = self.by(PageScores::page_type);
        by_type.remove("");
        by_type
    }

    /// The pages summed up by the language that was found, from the most frequent on. Pages without one are under
    /// an empty name.
    pub fn by_language(&self) -> Vec<(&str, Summary)> {
        let mut languages: Vec<_> = self.by(PageScores::language).into_iter().collect();
        languages.sort_by_key(|(_, summary)| std::cmp::Reverse(summary.pages()));
        languages
    }

    /// The table with a row for each language.
    pub fn language_table(&self) -> String {
        let languages = self.by_language();
        let name = |language: &str| if language.is_empty() { "unknown" } else { language }.to_owned();
        let rows: Vec<_> = languages.iter().map(|(language, summary)| (name(language), summary)).collect();
        Table(&rows).to_string()
    }

    /// What the extractor's expectations are worth, in about so many groups of pages.
    pub fn reliability(&self, groups: usize) -> Reliability {
        Reliability::of(self.pages.iter().filter_map(|page| Some((page.confidence?, page.words?.f1))), groups)
    }

    fn by<'a>(&'a self, key: fn(&'a PageScores) -> &'a str) -> BTreeMap<&'a str, Summary> {
        let mut groups: BTreeMap<&str, Vec<&PageScores>> = BTreeMap::new();
        for page in &self.pages {
            groups.entry(key(page)).or_default().push(page);
        }
        groups.into_iter().map(|(key, pages)| (key, Summary::of(pages.into_iter()))).collect()
    }

    /// The pages with the lowest words F1, worst first; of equal ones, the first by set and id.
    pub fn worst(&self, most: usize) -> Vec<&PageScores> {
        let mut pages: Vec<(f64, &PageScores)> =
            self.pages.iter().filter_map(|page| Some((page.words?.f1, page))).collect();
        pages.sort_by(|(a, x), (b, y)| a.total_cmp(b).then_with(|| (&x.set, &x.id).cmp(&(&y.set, &y.id))));
        pages.into_iter().take(most).map(|(_, page)| page).collect()
    }
}

/// Groups of pages as they are written.
struct Table<'a>(&'a [(String, &'a Summary)]);

impl fmt::Display for Table<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        table::write(f, self.0)
    }
}

impl fmt::Display for Scores {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let overall = self.overall();
        let sets = self.by_set();
        let mut rows = vec![("all".to_owned(), &overall)];
        if sets.len() > 1 {
            rows.extend(sets.iter().map(|(set, summary)| ((*set).to_owned(), summary)));
        }
        let types = if f.alternate() { self.by_type() } else { BTreeMap::new() };
        rows.extend(types.iter().map(|(page_type, summary)| (format!("type {page_type}"), summary)));
        table::write(f, &rows)?;
        if overall.roles().is_empty() { Ok(()) } else { table::write_roles(f, overall.roles()) }
    }
}

impl Serialize for Scores {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut form = serializer.serialize_struct("Scores", 4)?;
        form.serialize_field("overall", &self.overall())?;
        form.serialize_field("by_set", &self.by_set())?;
        form.serialize_field("by_type", &self.by_type())?;
        form.serialize_field("pages", &self.pages)?;
        form.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gold(json: &str) -> GoldPage {
        serde_json::from_str(json).unwrap()
    }

    /// Two sets: one with texts, one with strings and roles.
    fn scores() -> Scores {
        let mut scores = Scores::default();
        let article =
            gold(r#"{"id": "1", "type": "article", "text": "a b c d", "title": "T", "date": "2024-05-01"}"#);
        scores.add("texts", &article, &Prediction::new("a  b\nc d").title("t"));
        let forum = gold(r#"{"id": "2", "type": "forum", "text": "a b c d", "floor": 0.9, "author": "Ada"}"#);
        scores.add("texts", &forum, &Prediction::new("a b x y").authors(["Bo"]));
        let strings = gold(
            r#"{"id": "3", "with": ["a", "z"], "without": ["b"], "roles": {"legal": ["©"], "share": ["Pin", "Post"]}}"#,
        );
        let blocks =
            Prediction::new("a").block("legal", "© Ada").block("share", "Pin it").block("other", "Post");
        scores.add("strings", &strings, &blocks);
        scores.add(
            "texts",
            &gold(r#"{"id": "4", "type": "forum", "text": "a"}"#),
            &Prediction::failed("too deep"),
        );
        scores
    }

    #[test]
    fn pages_are_summed_up_by_set_and_type() {
        let scores = scores();
        let all = scores.overall();
        assert_eq!((all.pages(), all.failed()), (4, 1));
        let words = all.words().unwrap();
        assert_eq!((words.pages, words.mean, words.median_f1), (3, Prf::new(0.5, 0.5), 0.5));
        assert_eq!(all.shingles().unwrap().mean, Prf::new(1.0 / 3.0, 1.0 / 3.0));
        assert_eq!(all.exact().map(|exact| (exact.right, exact.total)), Some((1, 3)));
        assert_eq!(all.titles().map(|tally| tally.right), Some(1));
        assert_eq!(all.authors().map(|tally| tally.wrong), Some(1));
        assert_eq!(all.dates().map(|tally| tally.missing), Some(1));
        let sets = scores.by_set();
        assert_eq!(sets.keys().copied().collect::<Vec<_>>(), ["strings", "texts"]);
        assert!(sets["strings"].words().is_none() && sets["texts"].segments().is_none());
        assert_eq!(scores.by_type().keys().copied().collect::<Vec<_>>(), ["article", "forum"]);
    }

    #[test]
    fn the_worst_pages_come_first() {
        let scores = scores();
        let worst: Vec<_> = scores.worst(2).iter().map(|page| page.to_string()).collect();
        assert_eq!(worst[0], "F1 0.0000  P 0.0000  R 0.0000  texts/4  forum  too deep");
        assert_eq!(worst[1], "F1 0.5000  P 0.5000  R 0.5000  texts/2  forum");
        assert!(scores.worst(2)[1].is_below_floor() && !scores.worst(1)[0].is_below_floor());
        assert_eq!(scores.worst(9).len(), 3, "a page without text has no rank");
    }

    #[test]
    #[rustfmt::skip]
    fn the_table_is_aligned_and_has_only_what_applies() {
        let scores = scores();
        assert!(scores.to_string().contains("failed"));
        let (strings, texts): (Vec<_>, Vec<_>) =
            scores.pages.into_iter().filter(|page| page.error.is_none()).partition(|page| page.set == "strings");
        let expected = [
            "             segments                         right",
            "     pages        P       R      F1     acc   roles",
            "all      1   1.0000  0.5000  0.6667  0.6667   0.667",
            "",
            "       right  of  share",
            "legal      1   1  1.000",
            "share      1   2  0.500",
        ];
        assert_eq!(Scores { pages: strings }.to_string().lines().collect::<Vec<_>>(), expected);
        let expected = [
            "                      words                            shingles                 right",
            "              pages        P       R      F1  median        P       R      F1   exact  titles  declared  authors  bylines  dates",
            "all               2   0.7500  0.7500  0.7500  0.7500   0.5000  0.5000  0.5000   0.500   1.000     1.000    0.000    0.000  0.000",
            "type article      1   1.0000  1.0000  1.0000  1.0000   1.0000  1.0000  1.0000   1.000   1.000     1.000        -        -  0.000",
            "type forum        1   0.5000  0.5000  0.5000  0.5000   0.0000  0.0000  0.0000   0.000       -         -    0.000    0.000      -",
        ];
        assert_eq!(format!("{:#}", Scores { pages: texts }).lines().collect::<Vec<_>>(), expected);
    }

    #[test]
    fn types_and_languages_are_counted() {
        let mut scores = Scores::default();
        for (page_type, language) in
            [("forum", "de-AT"), ("article", "de"), ("article", "fr"), ("article", "")]
        {
            let page = gold(r#"{"id": "1", "type": "article", "text": "a"}"#);
            let predicted = Prediction::new("a").page_type(page_type).confidence(0.5);
            scores.add(
                "set",
                &page,
                &if language.is_empty() { predicted } else { predicted.language(language) },
            );
        }
        let mixed = gold(r#"{"id": "2", "type": "mixed", "with": ["a"]}"#);
        scores.add("set", &mixed, &Prediction::new("a").page_type("forum").language("fr"));
        let types = scores.overall().types().unwrap();
        assert_eq!((types.right, types.wrong), (3, 1));
        let languages: Vec<_> = scores.by_language().iter().map(|(name, of)| (*name, of.pages())).collect();
        assert_eq!(languages, [("de", 2), ("fr", 2), ("", 1)]);
        assert!(scores.language_table().contains("unknown"));
        assert_eq!(scores.reliability(12).groups().len(), 4);
    }

    #[test]
    fn fields_are_compared_by_what_gold_has() {
        let mut scores = Scores::default();
        let page = gold(
            r#"{"id": "1", "title": "Owls | Barn", "author": "By Ada", "language": "de", "site": "The Barn"}"#,
        );
        let predicted = Prediction::new("").title("Owls").declared_title("Owls |  Barn");
        let predicted = predicted.authors(["Ada"]).byline("by Ada").language("de-AT").site("the barn");
        scores.add("set", &page, &predicted);
        scores.add("set", &page, &Prediction::new("").title("Owls | Barn").authors(["By", "Ada"]));
        let all = scores.overall();
        let shares =
            [all.titles(), all.declared_titles(), all.authors(), all.bylines(), all.languages(), all.sites()];
        let counts = shares.map(|tally| tally.map(|tally| (tally.right, tally.missing)));
        // What an extractor does not tell apart is compared in the form that it has.
        assert_eq!(counts, [(1, 0), (2, 0), (0, 0), (1, 0), (1, 1), (1, 1)].map(Some));
        assert_eq!(scores.pages()[0].found_language(), Some(Outcome::Right));
        assert_eq!(scores.pages()[0].site_name(), Some(Outcome::Right));
        let table = scores.to_string();
        assert!(
            ["declared", "bylines", "languages", "sites"].iter().all(|head| table.contains(head)),
            "{table}"
        );
    }

    #[test]
    fn json_has_summaries_and_pages() {
        let json = serde_json::to_value(scores()).unwrap();
        assert_eq!(json["overall"]["words"]["f1"], 0.5);
        assert_eq!(json["by_set"]["strings"]["segments"]["found"], 1);
        assert_eq!(json["by_type"]["forum"]["pages"], 2);
        assert_eq!(json["overall"]["roles"]["share"]["right"], 1);
        assert_eq!(json["pages"][0]["title"], "right");
        assert_eq!(json["pages"][3]["error"], "too deep");
    }
}
