//! Whole pages, in small: what [`read`] makes of the vocabularies together.

use super::*;

fn page(head: &str, body: &str) -> String {
    format!("<!doctype html><html lang=en-GB><head>{head}</head><body>{body}</body></html>")
}

fn metadata(head: &str, body: &str) -> Metadata {
    let url = Url::parse("https://www.barn.example/birds/owls").ok();
    read(&Document::parse(&page(head, body)), url.as_ref())
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
            Source::Meta,
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
        let found = metadata(head, body);
        assert_eq!(found.title(), Some(expected), "{head} {body}");
        assert_eq!(found.source(Field::Title), Some(source), "{head} {body}");
    }
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
        let found = metadata(head, &format!("{H1}{body}"));
        assert_eq!(found.authors(), expected, "{head} {body}");
        assert_eq!(found.source(Field::Authors), Some(source), "{head} {body}");
    }
    for body in [
        "<p>By the old barn an owl sat.</p>",
        "<div class=comments><p class=author>Cyd Holm</p><p class=author>Bo Ek</p></div>",
        "<p class=author>admin</p>",
    ] {
        assert!(metadata("", &format!("{H1}{body}")).authors().is_empty(), "{body}");
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
        let found = metadata(head, &format!("{H1}{body}"));
        assert_eq!(found.published(), published, "{head} {body}");
        assert_eq!(found.modified(), modified, "{head} {body}");
    }
}

#[test]
fn a_date_in_the_address() {
    let document = Document::parse("<h1>Owls</h1>");
    for (url, expected) in [
        ("https://barn.example/2024/05/20/owls", Some("2024-05-20")),
        ("https://barn.example/news/2024-05-20-owls.html", Some("2024-05-20")),
        ("https://barn.example/a/20240520/owls", Some("2024-05-20")),
        ("https://barn.example/2024/13/40/owls", None),
    ] {
        let found = read(&document, Url::parse(url).ok().as_ref());
        assert_eq!(found.published(), expected, "{url}");
        assert_eq!(found.source(Field::Published), expected.map(|_| Source::Url), "{url}");
    }
}

#[test]
fn addresses_are_made_absolute() {
    let found = metadata(
        "<base href=/deep/><link rel=canonical href=owls><link rel=next href=../birds/owls/2>
         <link rel=license href=https://creativecommons.example/by/4.0/><meta property=og:image content=//img.example/o.jpg>",
        "",
    );
    assert_eq!(found.canonical_url(), Some("https://www.barn.example/deep/owls"));
    assert_eq!(found.next_page(), Some("https://www.barn.example/birds/owls/2"));
    assert_eq!(found.licence(), Some("https://creativecommons.example/by/4.0/"));
    assert_eq!(found.image(), Some("https://img.example/o.jpg"));
    assert_eq!(metadata("<meta property=og:image content='javascript:x'>", "").image(), None);
}

#[test]
fn the_rest() {
    let found = metadata(
        "<meta property=og:site_name content='The Barn'><meta name=description content=' On  owls '>
         <meta name=keywords content='owl, hen , Owl'>",
        "",
    );
    assert_eq!(found.site_name(), Some("The Barn"));
    assert_eq!(found.language(), Some("en-GB"));
    assert_eq!(found.description(), Some("On owls"));
    assert_eq!(found.tags(), ["owl", "hen"]);
    assert_eq!(found.source(Field::Tags), Some(Source::Meta));
    assert_eq!(found.source(Field::Licence), None);
}

#[test]
fn json_has_all_keys_and_the_sources() {
    let json = serde_json::to_value(metadata("<title>Owls</title>", "")).unwrap_or_default();
    assert_eq!(json.get("title").and_then(|title| title.as_str()), Some("Owls"));
    assert!(json.get("licence").is_some_and(|licence| licence.is_null()));
    assert_eq!(json.pointer("/sources/title").and_then(|source| source.as_str()), Some("meta"));
}

#[test]
fn an_empty_page_says_nothing() {
    assert_eq!(read(&Document::parse(""), None), Metadata::default());
}

/// Much of one thing must not take more than its share of time: these pages take minutes where it does.
#[test]
fn pages_of_one_thing() {
    let url = Url::parse("https://barn.example/").ok();
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
        let document = Document::parse(&piece.repeat(count));
        read(&document, url.as_ref());
    }
    let long = format!("<title>{0}</title><h1>{0}</h1><p class=author>{0}", "a - b | ".repeat(50_000));
    read(&Document::parse(&long), url.as_ref());
    let deep = format!("<script type=application/ld+json>{}</script>", "{\"a\":[".repeat(100_000));
    read(&Document::parse(&deep), url.as_ref());
}
