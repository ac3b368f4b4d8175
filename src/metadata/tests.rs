//! Whole pages, in small: what [`read`] makes of the vocabularies together.

use super::*;

/// A page with what was read of it.
struct Held {
    document: Document,
    url: Option<Url>,
    cache: Cache,
}

impl Held {
    fn new(html: &str, url: &str) -> Held {
        Held { document: Document::parse(html), url: Url::parse(url).ok(), cache: Cache::default() }
    }

    fn read(&self) -> Metadata<'_> {
        Metadata::new(&self.document, self.url.as_ref(), &self.cache)
    }

    /// All fields; asking for them is what takes the time.
    fn json(&self) -> serde_json::Value {
        serde_json::to_value(self.read()).expect("fields are plain values")
    }
}

fn page(head: &str, body: &str) -> String {
    format!("<!doctype html><html lang=en-GB><head>{head}</head><body>{body}</body></html>")
}

fn metadata(head: &str, body: &str) -> Held {
    Held::new(&page(head, body), "https://www.barn.example/birds/owls")
}

#[test]
fn titles() {
    for (head, body, expected, source) in [
        ("<title>Owls at dusk | The Barn</title>", "<h1>Owls at dusk</h1>", "Owls at dusk", Source::Visible),
        ("<title>The Barn - Owls at dusk</title>", "<h1>Owls at dusk</h1>", "Owls at dusk", Source::Visible),
        (
            "<title>Owls - Barn</title><meta property=og:site_name content=Barn>",
            "<h1>Welcome</h1>",
            "Owls",
            Source::Meta,
        ),
        (
            "<title>Owls at dusk - The Barn</title>",
            "<h1 class=site-title><a href=/>The Barn</a></h1><h2>Owls at dusk</h2>",
            "Owls at dusk",
            Source::Visible,
        ),
        (
            "<title>Owls and what they eat in winter</title>",
            "<h1>Owls and what they eat</h1>",
            "Owls and what they eat",
            Source::Visible,
        ),
        ("<meta property=og:title content='Owls &amp;amp; hens'>", "", "Owls & hens", Source::OpenGraph),
        (
            "<script type='application/ld+json'>{\"@type\": \"Article\", \"headline\": \"Owls\",}</script>",
            "",
            "Owls",
            Source::JsonLd,
        ),
        ("", "<nav><h1>Menu</h1></nav><h1>Owls<br>at dusk</h1>", "Owls at dusk", Source::Visible),
    ] {
        let held = metadata(head, body);
        let found = held.read();
        assert_eq!(found.title(), Some(expected), "{head} {body}");
        assert_eq!(found.source(Field::Title), Some(source), "{head} {body}");
    }
}

#[test]
fn titles_of_a_hundred_kilobytes_are_none() {
    let long = "owl ".repeat(25_000);
    let held = metadata(&format!("<title>{long}</title>"), &format!("<h1>{long}</h1>"));
    assert_eq!(held.read().title(), None);
    let held = metadata("<title>Owls at dusk</title>", &format!("<h1>{long}</h1>"));
    assert_eq!(held.read().title(), Some("Owls at dusk"));
}

#[test]
fn authors() {
    const H1: &str = "<h1>Owls at dusk</h1>";
    for (head, body, expected, source) in [
        ("<meta name=author content='Ada Quist'>", "", &["Ada Quist"] as &[&str], Source::Meta),
        (
            "<meta name=citation_author content='Quist, Ada'><meta name=citation_author content='Ek, Bo'>",
            "",
            &["Ada Quist", "Bo Ek"],
            Source::Citation,
        ),
        ("<meta name=DC.creator content='Quist, Ada'>", "", &["Ada Quist"], Source::DublinCore),
        ("<meta property='dc:creator x:y' content='Ada Quist'>", "", &["Ada Quist"], Source::DublinCore),
        (
            "",
            "<div itemprop=author itemscope>By <a itemprop=name href=/ada>Ada Quist</a>, keeper</div>",
            &["Ada Quist"],
            Source::Microdata,
        ),
        ("", "<p>by <a rel=author href=/a>Ada Quist</a></p>", &["Ada Quist"], Source::Visible),
        ("", "<p>by <a href=/author/ada-quist/>Ada Quist</a></p>", &["Ada Quist"], Source::Visible),
        (
            "",
            "<p class=byline>By Ada Quist and Bo Ek | 20 May 2024</p>",
            &["Ada Quist", "Bo Ek"],
            Source::Visible,
        ),
        ("", "<p>Par Ada Quist et Bo Ek, le 20 mai 2024</p>", &["Ada Quist", "Bo Ek"], Source::Visible),
        ("", "<p>Published 20 May 2024 by Ada Quist</p>", &["Ada Quist"], Source::Visible),
        (
            "<meta name=author content='The Barn'><meta property=og:site_name content='The Barn'>",
            "<p class=author>Ada Quist</p>",
            &["Ada Quist"],
            Source::Visible,
        ),
    ] {
        let held = metadata(head, &format!("{H1}{body}"));
        let found = held.read();
        assert_eq!(found.authors(), expected, "{head} {body}");
        assert_eq!(found.source(Field::Authors), Some(source), "{head} {body}");
    }
    for body in [
        "<p>By the old barn an owl sat.</p>",
        "<div class=comments><p class=author>Cyd Holm</p><p class=author>Bo Ek</p></div>",
        "<p class=author>admin</p>",
    ] {
        assert!(metadata("", &format!("{H1}{body}")).read().authors().is_empty(), "{body}");
    }
}

#[test]
fn dates() {
    const H1: &str = "<h1>Owls at dusk</h1>";
    for (head, body, published, modified) in [
        (
            "<meta property=article:published_time content=2024-05-20T10:15:30+02:00>",
            "",
            Some("2024-05-20T10:15:30+02:00"),
            None,
        ),
        ("<meta property=article:modified_time content=2024-05-21>", "", None, Some("2024-05-21")),
        ("", "<p>20 May 2024</p>", Some("2024-05-20"), None),
        ("", "<p>Updated 21 May 2024</p>", None, Some("2024-05-21")),
        ("", "<p>Posted 20 May 2024, updated 21 May 2024</p>", Some("2024-05-20"), Some("2024-05-21")),
        (
            "",
            "<p>Aktualisiert: 21.05.2024</p><p>Veröffentlicht: 20.05.2024</p>",
            Some("2024-05-20"),
            Some("2024-05-21"),
        ),
        ("", "<time class=updated datetime=2024-05-21>x</time>", None, Some("2024-05-21")),
        ("", "<time datetime=2024-05-20T08:00Z>Monday</time>", Some("2024-05-20T08:00:00Z"), None),
        ("", "<span>Last updated</span> <time datetime=2024-05-21></time>", None, Some("2024-05-21")),
        ("", "<p>5/6/2024</p>", Some("2024-06-05"), None),
        ("<meta name=date content=1969-12-31><meta name=pubdate content=2150-01-01>", "", None, None),
    ] {
        let held = metadata(head, &format!("{H1}{body}"));
        let found = held.read();
        assert_eq!(found.published(), published, "{head} {body}");
        assert_eq!(found.modified(), modified, "{head} {body}");
    }
}

#[test]
fn a_date_in_the_address() {
    for (url, expected) in [
        ("https://barn.example/2024/05/20/owls", Some("2024-05-20")),
        ("https://barn.example/news/2024-05-20-owls.html", Some("2024-05-20")),
        ("https://barn.example/a/20240520/owls", Some("2024-05-20")),
        ("https://barn.example/20240520-owls.html", Some("2024-05-20")),
        ("https://barn.example/owls-20240520.html", Some("2024-05-20")),
        ("https://barn.example/2024-05/20/c_112.htm", Some("2024-05-20")),
        ("https://barn.example/202405/20/WS66.html", Some("2024-05-20")),
        ("https://barn.example/2024/0520/c1001-1.html", Some("2024-05-20")),
        ("https://barn.example/202405/t20240520_123.html", Some("2024-05-20")),
        ("https://barn.example/2024/13/40/owls", None),
        ("https://barn.example/20241340-owls.html", None),
        ("https://barn.example/owls-120240520.html", None),
        ("https://barn.example/2024/1340/owls", None),
        ("https://barn.example/202405/7/owls", None),
    ] {
        let held = Held::new("<h1>Owls</h1>", url);
        let found = held.read();
        assert_eq!(found.published(), expected, "{url}");
        assert_eq!(found.source(Field::Published), expected.map(|_| Source::Url), "{url}");
    }
}

#[test]
fn addresses_are_made_absolute() {
    let held = metadata(
        "<base href=/deep/><link rel=canonical href=owls><link rel=next href=../birds/owls/2>
         <link rel=license href=https://creativecommons.example/by/4.0/><meta property=og:image content=//img.example/o.jpg>",
        "",
    );
    let found = held.read();
    assert_eq!(found.canonical_url(), Some("https://www.barn.example/deep/owls"));
    assert_eq!(found.next_page(), Some("https://www.barn.example/birds/owls/2"));
    assert_eq!(found.licence(), Some("https://creativecommons.example/by/4.0/"));
    assert_eq!(found.image(), Some("https://img.example/o.jpg"));
    assert_eq!(metadata("<meta property=og:image content='javascript:x'>", "").read().image(), None);
}

#[test]
fn the_rest() {
    let held = metadata(
        "<meta property=og:site_name content='The Barn'><meta name=description content=' On  owls '>
         <meta name=keywords content='owl, hen , Owl'>",
        "",
    );
    let found = held.read();
    assert_eq!(found.site_name(), Some("The Barn"));
    assert_eq!(found.language(), Some("en-GB"));
    assert_eq!(found.description(), Some("On owls"));
    assert_eq!(found.tags(), ["owl", "hen"]);
    assert_eq!(found.source(Field::Tags), Some(Source::Meta));
    assert_eq!(found.source(Field::Licence), None);
}

#[test]
fn json_has_all_keys_and_the_sources() {
    let json = metadata("<title>Owls</title>", "").json();
    assert_eq!(json.get("title").and_then(|title| title.as_str()), Some("Owls"));
    assert!(json.get("licence").is_some_and(|licence| licence.is_null()));
    assert_eq!(json.pointer("/sources/title").and_then(|source| source.as_str()), Some("meta"));
}

#[test]
fn an_empty_page_says_nothing() {
    let json = Held::new("", "").json();
    let is_nothing = |value: &serde_json::Value| {
        value.is_null()
            || value.as_array().is_some_and(Vec::is_empty)
            || value.as_object().is_some_and(serde_json::Map::is_empty)
    };
    assert!(
        json.as_object().is_some_and(|fields| fields.len() == 20 && fields.values().all(is_nothing)),
        "{json}"
    );
}

/// Much of one thing must not take more than its share of time: these pages take minutes where it does.
#[test]
fn pages_of_one_thing() {
    for (piece, count) in [
        ("<h1>Owls - hens | geese</h1>", 20_000),
        ("<meta name=author content='Ada Quist, Bo Ek'>", 20_000),
        ("<meta property=og:title content='a - b - c | d'>", 20_000),
        ("<div class='author date comment'>", 20_000),
        ("<a rel='author next tag' href=/author/x>Ada Quist</a>", 20_000),
        ("<span itemprop='author name datePublished'>x ", 20_000),
        ("<time datetime=2024-05-20>20 May 2024</time>", 20_000),
        ("2024-05-20 - ", 50_000),
        ("<script type=application/ld+json>{\"@type\":\"Article\",\"author\":[\"x\"]}</script>", 10_000),
    ] {
        Held::new(&piece.repeat(count), "https://barn.example/").json();
    }
    let long = format!("<title>{0}</title><h1>{0}</h1><p class=author>{0}", "a - b | ".repeat(50_000));
    Held::new(&long, "https://barn.example/").json();
    let deep = format!("<script type=application/ld+json>{}</script>", "{\"a\":[".repeat(100_000));
    Held::new(&deep, "https://barn.example/").json();
}

#[test]
fn the_address_decides_between_a_heading_and_another_title() {
    let title = |url: &str, head: &str, body: &str| {
        let held = Held::new(&page(head, body), url);
        held.read().title().unwrap_or_default().to_owned()
    };
    let (head, body) = ("<title>Owls of the north at night</title>", "<h1>Owls we saw at night</h1>");
    assert_eq!(title("https://barn.example/owls-we-saw", head, body), "Owls we saw at night");
    assert_eq!(title("https://barn.example/owls-north", head, body), "Owls of the north at night");
    let front = "<title>The Barn: owls all day | The Barn</title>";
    assert_eq!(title("https://barn.example/", front, "<h1>Welcome</h1>"), "The Barn: owls all day");
}

#[test]
fn those_who_did_not_write() {
    const H1: &str = "<h1>Owls at dusk</h1>";
    for body in [
        "<p>By <a href=/author/ada>Ada Quist</a></p><p>Reviewed by <a href=/author/bo>Bo Ek</a></p>",
        "<p>Fact-checked by Bo Ek</p><p>By Ada Quist</p>",
        "<p class=byline>By Ada Quist. Edited by Bo Ek</p>",
        "<script type=application/ld+json>{\"@type\":\"Article\",\"author\":[{\"@type\":\"Person\",\"name\":\"Ada Quist\"},
         {\"@type\":\"Organization\",\"name\":\"The Barn\"}]}</script>",
        "<a href=/members/ada.17/>Ada Quist</a> said <div itemscope itemtype=https://schema.org/Comment>
         <a itemprop=author href=/members/bo.3/>Bo Ek</a></div>",
        "<p>An owl sat by the barn. It looked about.</p><p>Written by Ada Quist</p>",
    ] {
        assert_eq!(metadata("", &format!("{H1}{body}")).read().authors(), ["Ada Quist"], "{body}");
    }
}

#[test]
fn dates_that_are_none() {
    for date in
        ["0000-00-00", "2024-02-31", "31 February 2024", "2099-01-01", "99999999", "4102444800", "1899-12-30"]
    {
        let held =
            metadata(&format!("<meta property=article:published_time content='{date}'>"), "<h1>Owls</h1>");
        assert_eq!(held.read().published(), None, "{date}");
    }
}

#[test]
fn the_date_is_that_of_the_last_change_where_there_is_no_other() {
    let held = metadata("<meta property=article:modified_time content=2024-05-21>", "");
    assert_eq!((held.read().published(), held.read().date()), (None, Some("2024-05-21")));
}

#[test]
fn a_thread_began_when_its_first_post_was_written() {
    let post = |day: u32| {
        format!("<div><time datetime=2024-05-{day}>then</time><p>{}</p></div>", "An owl. ".repeat(300))
    };
    let thread: String = (10..15).map(post).collect();
    let held = metadata("", &format!("<h1>Owls</h1><p>{}</p>{thread}", "A barn. ".repeat(300)));
    assert_eq!(held.read().published(), Some("2024-05-10"));
}

#[test]
fn lines_are_read_at_any_distance_from_the_title() {
    for sentences in [0, 10, 14, 18, 30, 300] {
        let read = |line: &str| {
            let text = "They come at dusk, and there they stay until the morning. ".repeat(sentences);
            metadata("", &format!("<h1>Owls</h1><p>{text}</p>{line}"))
        };
        for (line, modified) in [
            ("<p>Last updated: 20 May 2024</p>", "2024-05-20"),
            (
                "<p>Last updated <time datetime=2024-05-20T06:16:41Z>a year ago</time></p>",
                "2024-05-20T06:16:41Z",
            ),
        ] {
            let held = read(line);
            let found = held.read();
            assert_eq!((found.published(), found.modified()), (None, Some(modified)), "{sentences} {line}");
        }
        for line in ["Written by Ada Quist", "Autorin: Ada Quist", "Автор: Ada Quist"] {
            assert_eq!(read(&format!("<p>{line}</p>")).read().authors(), ["Ada Quist"], "{sentences} {line}");
        }
        // What is no full name may be anything.
        if sentences > 30 {
            assert!(read("<p>Text: Download</p>").read().authors().is_empty());
        }
    }
    let table = "<tr><td>1234567890</td><td>1234567890</td></tr>".repeat(400);
    let foot = "<footer>This page was last modified on 20 May 2024, at 19:23.</footer>";
    let held = metadata("", &format!("<h1>Owls</h1><table>{table}</table>{foot}"));
    assert_eq!(held.read().modified(), Some("2024-05-20"));
}

#[test]
fn what_json_ld_alone_says() {
    let held = metadata(
        "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":\"Owls\",
         \"alternativeHeadline\":\"A night in the barn\",\"articleSection\":[\"Birds\",\"Night\"],
         \"isAccessibleForFree\":\"False\",\"author\":{\"@type\":\"Organization\",\"name\":\"Barn Agency\"}}</script>
         <link rel=prev href=/birds/owls/1>",
        "<h1>Owls</h1>",
    );
    let found = held.read();
    assert_eq!(found.subtitle(), Some("A night in the barn"));
    assert_eq!(found.sections(), ["Birds", "Night"]);
    assert_eq!(found.is_free(), Some(false));
    assert_eq!(found.organisations(), ["Barn Agency"]);
    assert_eq!(found.authors(), ["Barn Agency"]);
    assert_eq!(found.previous_page(), Some("https://www.barn.example/birds/owls/1"));
    assert_eq!(found.source(Field::IsFree), Some(Source::JsonLd));
}

#[test]
fn a_subtitle_under_the_title() {
    let held = metadata("", "<h1>Owls</h1><p class=article__standfirst>A night in the barn</p>");
    assert_eq!(held.read().subtitle(), Some("A night in the barn"));
    assert_eq!(held.read().source(Field::Subtitle), Some(Source::Visible));
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    case: Vec<Case>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    why: String,
    /// Empty for a page whose address is not known.
    url: Option<String>,
    /// The attributes of `<html>`.
    root: Option<String>,
    #[serde(default)]
    head: String,
    #[serde(default)]
    body: String,
    /// What JSON has for these fields, and where it was found.
    #[serde(default)]
    fields: BTreeMap<String, serde_json::Value>,
    #[serde(default)]
    sources: BTreeMap<String, String>,
    #[serde(default)]
    absent: Vec<String>,
}

/// `cases.toml`.
#[test]
fn fields_of_pages() {
    let cases: Cases = toml::from_str(include_str!("cases.toml")).expect("the table is in order");
    let mut wrong = Vec::new();
    for case in cases.case {
        let url = case.url.as_deref().unwrap_or("https://www.barn.example/birds/owls");
        let mut html = page(&case.head, &case.body);
        if let Some(root) = &case.root {
            html = html.replacen("lang=en-GB", root, 1);
        }
        let json = Held::new(&html, url).json();
        let mut check = |is_right: bool, field: &str| {
            if !is_right {
                wrong.push(format!("{}: {field} is not {:?}", case.why, json.get(field)));
            }
        };
        for (field, expected) in &case.fields {
            check(json.get(field) == Some(expected), field);
        }
        for (field, expected) in &case.sources {
            let found = json.pointer(&format!("/sources/{field}")).and_then(serde_json::Value::as_str);
            check(found == Some(expected.as_str()), field);
        }
        for field in &case.absent {
            check(json.get(field).is_some_and(serde_json::Value::is_null), field);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_far_too_long_is_left_out() {
    let long = "owl ".repeat(25_000);
    let head = format!(
        "<title>{long}</title><meta property=og:title content='{long}'><meta name=author content='{long}'>"
    );
    let held = metadata(&head, "<h1>Owls at dusk</h1>");
    assert_eq!(held.read().title(), Some("Owls at dusk"));
    assert!(held.read().authors().is_empty());
    assert_eq!((held.read().declared_title(), held.read().byline()), (None, None));
    let letter = |n: u8| char::from(b'a' + n);
    let name = |n: u8| format!("<meta name=author content='Ada Qu{}{}ist'>", letter(n / 26), letter(n % 26));
    let many: String = (0..90).map(name).collect();
    let held = metadata(&many, "<h1>Owls</h1>");
    assert_eq!((held.read().authors().len(), held.read().byline()), (90, None));
    let script = format!("<script type=application/ld+json>[{}0]</script>", "\"owl\",".repeat(5_000_000));
    assert_eq!(metadata(&script, "<h1>Owls at dusk</h1>").read().title(), Some("Owls at dusk"));
}
