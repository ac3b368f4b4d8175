//! JSON-LD: which of the things that a page's scripts describe is the page's own subject, and what is said of it.

use std::collections::HashMap;

use serde_json::Value;

use super::repair;
use super::schema::{Object, is_free, rank, text, types};
use super::text::key;

/// Bounds the walk over what scripts hold; a page describes itself in far fewer values.
const MOST_VALUES: usize = 100_000;

/// Keys under which other things are described than the page's subject.
const ELSEWHERE: &[&str] = &[
    "author",
    "creator",
    "publisher",
    "editor",
    "contributor",
    "comment",
    "review",
    "reviews",
    "itemListElement",
    "hasPart",
    "isPartOf",
    "mentions",
    "citation",
    "relatedLink",
    "suggestedAnswer",
    "acceptedAnswer",
    "image",
    "logo",
    "offers",
    "breadcrumb",
    "isRelatedTo",
    "isSimilarTo",
    "potentialAction",
    "aggregateRating",
    "brand",
    "sourceOrganization",
    "copyrightHolder",
    "associatedMedia",
];

/// What JSON-LD says of the page.
#[derive(Clone, Debug, Default)]
pub(super) struct Facts {
    /// `headline` and `name` of the subject.
    pub(super) titles: Vec<String>,
    /// `alternativeHeadline` of the subject.
    pub(super) subtitle: Option<String>,
    /// The authors that are not declared to be organizations, or if all are, these.
    pub(super) authors: Vec<String>,
    /// False if all authors are declared to be organizations.
    pub(super) author_is_person: bool,
    /// The authors that are declared to be organizations.
    pub(super) organisations: Vec<String>,
    pub(super) published: Vec<String>,
    pub(super) modified: Vec<String>,
    /// Names of the publisher and of the `WebSite`.
    pub(super) sites: Vec<String>,
    pub(super) language: Option<String>,
    pub(super) url: Option<String>,
    pub(super) image: Option<String>,
    pub(super) description: Option<String>,
    pub(super) tags: Vec<String>,
    pub(super) sections: Vec<String>,
    pub(super) licence: Option<String>,
    /// `isAccessibleForFree`.
    pub(super) is_free: Option<bool>,
}

impl Facts {
    fn add_language(&mut self, languages: Vec<String>) {
        self.language = self.language.take().or_else(|| languages.into_iter().next());
    }
}

/// Reads the scripts. `titles` and `urls` are what the page otherwise calls itself.
pub(super) fn read<'a>(scripts: impl Iterator<Item = &'a str>, titles: &[String], urls: &[String]) -> Facts {
    let values: Vec<Value> = scripts.flat_map(repair::values).collect();
    let graph = Graph::new(&values);
    let mut facts = Facts::default();
    for subject in graph.subjects(titles, urls) {
        graph.describe(subject, &mut facts);
    }
    if let Some(page) = graph.web_page(urls) {
        graph.add_page(page, &mut facts);
    }
    graph.add_sites(&mut facts);
    add_baidu(&values, &mut facts);
    facts
}

/// Pages made for Baidu's search say when they were written in a vocabulary of its own, without a type.
fn add_baidu(values: &[Value], facts: &mut Facts) {
    let is_its = |object: &&Object| {
        text(object.get("@context")).is_some_and(|context| context.ends_with("/cambrian.jsonld"))
    };
    for page in values.iter().filter_map(Value::as_object).filter(is_its) {
        facts.published.extend(text(page.get("pubDate")));
        facts.modified.extend(text(page.get("upDate")));
    }
}

struct Graph<'a> {
    /// The objects that may be the subject, in the order of the page.
    things: Vec<&'a Object>,
    /// Objects by `@id`: of those with the same, the one that says most.
    by_id: HashMap<&'a str, &'a Object>,
}

impl<'a> Graph<'a> {
    fn new(values: &'a [Value]) -> Graph<'a> {
        let mut graph = Graph { things: Vec::new(), by_id: HashMap::new() };
        let mut stack: Vec<(&Value, bool)> = values.iter().rev().map(|value| (value, true)).collect();
        let mut seen = 0;
        while let Some((value, may_be_subject)) = stack.pop() {
            seen += 1;
            if seen > MOST_VALUES {
                break;
            }
            match value {
                Value::Array(items) => stack.extend(items.iter().rev().map(|item| (item, may_be_subject))),
                Value::Object(object) => {
                    if may_be_subject && object.contains_key("@type") {
                        graph.things.push(object);
                    }
                    graph.index(object);
                    // The questions of a list of such are parts of a page about something else.
                    let may_be_subject = may_be_subject && !types(object).any(|kind| kind == "FAQPage");
                    let children =
                        object.iter().rev().filter(|(_, child)| child.is_array() || child.is_object());
                    stack.extend(
                        children.map(|(name, child)| {
                            (child, may_be_subject && !ELSEWHERE.contains(&name.as_str()))
                        }),
                    );
                }
                _ => {}
            }
        }
        graph
    }

    fn index(&mut self, object: &'a Object) {
        if let Some(id) = object.get("@id").and_then(Value::as_str) {
            let have = self.by_id.entry(id).or_insert(object);
            if object.len() > have.len() {
                *have = object;
            }
        }
    }

    /// The object itself, or what its `@id` refers to.
    fn resolve(&self, object: &'a Object) -> &'a Object {
        let id = object.get("@id").and_then(Value::as_str);
        match id.and_then(|id| self.by_id.get(id)) {
            Some(full) if full.len() > object.len() => full,
            _ => object,
        }
    }

    /// What the page is about: an article or the like. A page with several that none of its titles names is a
    /// list, and none of them speaks for it. Of two that a title or the address names the second adds what the first
    /// lacks: a theme and a plug-in describe the same.
    fn subjects(&self, titles: &[String], urls: &[String]) -> Vec<&'a Object> {
        /// A title's or an address's name is worth so much.
        const NAMED: u8 = 10;
        const MOST: usize = 2;
        let mut best = 0;
        let mut found: Vec<&'a Object> = Vec::new();
        for &thing in &self.things {
            let rank = types(thing).map(rank).max().unwrap_or(0);
            if rank == 0 {
                continue;
            }
            let names_match =
                ["headline", "name"].iter().filter_map(|name| text(thing.get(*name))).any(|name| {
                    let name = key(&name);
                    !name.is_empty() && titles.contains(&name)
                });
            let url_matches = self.urls(thing).iter().any(|url| urls.iter().any(|have| same_url(have, url)));
            let score = rank + 2 * NAMED * u8::from(names_match) + NAMED * u8::from(url_matches);
            if score > best {
                best = score;
                found.clear();
            }
            if score == best {
                found.push(thing);
            }
        }
        if best < NAMED && found.len() > MOST {
            return Vec::new();
        }
        found.truncate(if best < NAMED { 1 } else { MOST });
        found
    }

    fn urls(&self, thing: &'a Object) -> Vec<String> {
        let mut urls: Vec<String> = ["url", "@id"].iter().filter_map(|name| text(thing.get(*name))).collect();
        match thing.get("mainEntityOfPage") {
            Some(Value::Object(page)) => {
                urls.extend(["@id", "url"].iter().filter_map(|name| text(page.get(*name))))
            }
            other => urls.extend(text(other)),
        }
        urls
    }

    fn web_page(&self, urls: &[String]) -> Option<&'a Object> {
        let mut pages = self.things.iter().filter(|thing| types(thing).any(|kind| kind.ends_with("Page")));
        let first = pages.clone().next();
        pages
            .find(|page| self.urls(page).iter().any(|url| urls.iter().any(|have| same_url(have, url))))
            .or(first)
            .copied()
    }

    fn describe(&self, thing: &'a Object, facts: &mut Facts) {
        facts.titles.extend(["headline", "name"].iter().filter_map(|name| text(thing.get(*name))));
        for name in ["author", "creator"] {
            if facts.authors.is_empty() {
                self.add_authors(thing.get(name), facts);
            }
        }
        facts.subtitle = facts.subtitle.take().or_else(|| text(thing.get("alternativeHeadline")));
        facts.is_free = facts.is_free.or_else(|| is_free(thing));
        match thing.get("articleSection").filter(|_| facts.sections.is_empty()) {
            Some(Value::Array(all)) => facts.sections.extend(all.iter().filter_map(|one| text(Some(one)))),
            one => facts.sections.extend(text(one)),
        }
        facts.published.extend(
            ["datePublished", "dateCreated", "uploadDate"].iter().filter_map(|name| text(thing.get(*name))),
        );
        facts.modified.extend(text(thing.get("dateModified")));
        facts.sites.extend(self.names(thing.get("publisher")));
        facts.add_language(self.names(thing.get("inLanguage")));
        let url = || self.urls(thing).into_iter().find(|url| url.starts_with("http"));
        facts.url = facts.url.take().or_else(|| text(thing.get("url"))).or_else(url);
        let image = || self.address(thing.get("image")).or_else(|| self.address(thing.get("thumbnailUrl")));
        facts.image = facts.image.take().or_else(image);
        facts.description = facts.description.take().or_else(|| text(thing.get("description")));
        facts.licence = facts.licence.take().or_else(|| self.licence(thing));
        match thing.get("keywords").filter(|_| facts.tags.is_empty()) {
            Some(Value::Array(tags)) => facts.tags.extend(tags.iter().filter_map(|tag| text(Some(tag)))),
            other => facts.tags.extend(text(other)),
        }
    }

    fn add_page(&self, page: &'a Object, facts: &mut Facts) {
        facts.titles.extend(["headline", "name"].iter().filter_map(|name| text(page.get(*name))));
        if facts.authors.is_empty() {
            self.add_authors(page.get("author"), facts);
        }
        facts.is_free = facts.is_free.or_else(|| is_free(page));
        facts.published.extend(text(page.get("datePublished")));
        facts.modified.extend(text(page.get("dateModified")));
        facts.sites.extend(self.names(page.get("publisher")));
        facts.add_language(self.names(page.get("inLanguage")));
        facts.image = facts.image.take().or_else(|| self.address(page.get("primaryImageOfPage")));
        facts.description = facts.description.take().or_else(|| text(page.get("description")));
        facts.licence = facts.licence.take().or_else(|| self.licence(page));
    }

    fn add_sites(&self, facts: &mut Facts) {
        let sites = || self.things.iter().filter(|thing| types(thing).any(|kind| kind == "WebSite"));
        facts.add_language(sites().flat_map(|site| self.names(site.get("inLanguage"))).collect());
        facts.sites.extend(
            sites()
                .flat_map(|site| text(site.get("name")).into_iter().chain(text(site.get("alternateName")))),
        );
        let owners =
            self.things.iter().filter(|thing| types(thing).any(|kind| kind.ends_with("Organization")));
        facts.sites.extend(owners.filter_map(|owner| text(owner.get("name"))));
    }

    /// Persons go before firms: a paper signs what its people write.
    fn add_authors(&self, value: Option<&'a Value>, facts: &mut Facts) {
        let items: &[Value] = match value {
            Some(Value::Array(items)) => items,
            Some(one) => std::slice::from_ref(one),
            None => &[],
        };
        let is_firm = |item: &&Value| match item {
            Value::Object(object) => types(self.resolve(object)).any(|kind| kind.ends_with("Organization")),
            _ => false,
        };
        let (firms, persons): (Vec<&Value>, Vec<&Value>) = items.iter().take(200).partition(is_firm);
        let names = |of: Vec<&'a Value>| of.into_iter().flat_map(|one| self.names(Some(one))).collect();
        facts.organisations = names(firms);
        facts.authors = names(persons);
        facts.author_is_person = !facts.authors.is_empty();
        if facts.authors.is_empty() {
            facts.authors = facts.organisations.clone();
        }
    }

    /// The names of persons or things: strings, objects with a `name`, references, or lists of these.
    fn names(&self, value: Option<&'a Value>) -> Vec<String> {
        let mut names = Vec::new();
        let mut stack: Vec<&Value> = value.into_iter().collect();
        for _ in 0..200 {
            match stack.pop() {
                Some(Value::Array(items)) => stack.extend(items.iter().rev()),
                Some(Value::Object(object)) => {
                    let object = self.resolve(object);
                    match object.get("name").or_else(|| object.get("@value")) {
                        Some(name @ (Value::String(_) | Value::Array(_))) => stack.push(name),
                        _ => {
                            let parts = ["givenName", "familyName"].map(|part| text(object.get(part)));
                            let parts: Vec<String> = parts.into_iter().flatten().collect();
                            if !parts.is_empty() {
                                names.push(parts.join(" "));
                            }
                        }
                    }
                }
                Some(other) => names.extend(text(Some(other))),
                None => break,
            }
        }
        names
    }

    /// The address of a licence, or else its name.
    fn licence(&self, thing: &'a Object) -> Option<String> {
        let value = thing.get("license");
        self.address(value).or_else(|| self.names(value).into_iter().next())
    }

    /// The address of an image or a licence.
    fn address(&self, value: Option<&'a Value>) -> Option<String> {
        match value? {
            Value::Array(items) => items.iter().find_map(|item| match item {
                Value::Object(object) => self.object_address(object),
                other => text(Some(other)),
            }),
            Value::Object(object) => self.object_address(object),
            other => text(Some(other)),
        }
    }

    fn object_address(&self, object: &'a Object) -> Option<String> {
        let object = self.resolve(object);
        ["url", "contentUrl", "@id"].iter().find_map(|name| text(object.get(*name)))
    }
}

/// True if two addresses differ in scheme, `www.`, fragment and closing slash only.
fn same_url(a: &str, b: &str) -> bool {
    fn bare(url: &str) -> &str {
        let url = url.split('#').next().unwrap_or(url);
        let url = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")).unwrap_or(url);
        url.strip_prefix("www.").unwrap_or(url).trim_end_matches('/')
    }
    !bare(a).is_empty() && bare(a) == bare(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(script: &str) -> Facts {
        read(std::iter::once(script), &[key("Owls at dusk")], &["https://a.example/owls".to_owned()])
    }

    #[test]
    fn references_within_a_graph() {
        let found = facts(
            r##"{"@graph": [
                {"@type": "WebSite", "name": "The Barn", "@id": "#site"},
                {"@type": "Person", "@id": "#p", "name": "Ada Quist"},
                {"@type": "WebPage", "datePublished": "2024-05-20", "name": "Owls at dusk - The Barn"},
                {"@type": ["Article"], "author": [{"@id": "#p"}, {"name": ["Bo Ek"]}], "headline": "Owls at dusk",
                 "publisher": {"@id": "#site"}, "image": [{"@type": "ImageObject", "url": "/owl.jpg"}]}
            ]}"##,
        );
        assert_eq!(found.authors, ["Ada Quist", "Bo Ek"]);
        assert_eq!(found.published, ["2024-05-20"]);
        assert_eq!(found.sites.first().map(String::as_str), Some("The Barn"));
        assert_eq!(found.image.as_deref(), Some("/owl.jpg"));
    }

    #[test]
    fn the_article_that_the_page_is_about() {
        let found = facts(
            r#"[{"@type": "NewsArticle", "headline": "Hens", "author": "X"},
                {"@type": "NewsArticle", "headline": "Owls at dusk", "author": "Ada Quist"},
                {"@type": "NewsArticle", "headline": "Geese", "author": "Y"}]"#,
        );
        assert_eq!(found.authors, ["Ada Quist"]);
    }

    #[test]
    fn a_list_of_articles_speaks_for_none() {
        let item = r#"{"@type": "Article", "headline": "H", "author": "X"}"#;
        assert!(facts(&format!("[{item},{item},{item}]")).authors.is_empty());
    }

    #[test]
    fn comments_and_reviews_are_other_things() {
        let found = facts(
            r#"{"@type": "Product", "name": "Lamp", "review": {"@type": "Review", "author": {"name": "Z"},
                "datePublished": "2020-01-01"}}"#,
        );
        assert!(found.authors.is_empty() && found.published.is_empty());
        assert_eq!(found.titles, ["Lamp"]);
    }
}
