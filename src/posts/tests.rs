use super::*;
use crate::Document;
use crate::blocks::flatten;
use crate::metadata::Cache;

#[derive(serde::Deserialize)]
struct Cases {
    case: Vec<Case>,
}

/// A thread, and its posts when the blocks are chosen that end as sentences do.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    #[serde(rename = "why")]
    _why: String,
    input: String,
    posts: Vec<Expected>,
}

#[derive(Debug, Default, PartialEq, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Expected {
    author: Option<String>,
    date: Option<String>,
    depth: usize,
    question: bool,
    accepted: bool,
    text: String,
}

#[test]
fn threads_of_common_software() {
    let cases: Cases = toml::from_str(include_str!("cases.toml")).expect("the cases are TOML");
    let mut failures = String::new();
    for case in &cases.case {
        let found = choose(&case.input, |text| text.ends_with(['.', '?']) || text.contains("? "));
        let found: Vec<Expected> = found
            .into_iter()
            .map(|post| Expected {
                author: post.author,
                date: post.date,
                depth: post.depth,
                question: post.question,
                accepted: post.accepted,
                text: post.text,
            })
            .collect();
        if found != case.posts {
            failures += &format!("{}\n--- expected\n{:#?}\n--- got\n{found:#?}\n", case.name, case.posts);
        }
    }
    assert!(cases.case.len() >= 10 && failures.is_empty(), "{failures}");
}

/// Author, date, depth and text of each post, when all blocks but those with `by` are chosen.
fn read(html: &str) -> Vec<(Option<String>, Option<String>, usize, String)> {
    all(html).into_iter().map(|post| (post.author, post.date, post.depth, post.text)).collect()
}

fn all(html: &str) -> Vec<Post> {
    choose(html, |text| !text.starts_with("by "))
}

fn choose(html: &str, is_chosen: impl Fn(&str) -> bool) -> Vec<Post> {
    choose_of(Of::Thread, html, is_chosen)
}

fn choose_of(of: Of, html: &str, is_chosen: impl Fn(&str) -> bool) -> Vec<Post> {
    let document = Document::parse(html);
    let blocks = flatten(&document, usize::MAX);
    let chosen: Vec<bool> = blocks.blocks.iter().map(|block| is_chosen(blocks.text_of(block))).collect();
    posts(of, document.arena(), &blocks, &chosen, Metadata::new(&document, None, &Cache::default()))
}

fn post(
    author: &str,
    date: &str,
    depth: usize,
    text: &str,
) -> (Option<String>, Option<String>, usize, String) {
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    (some(author), some(date), depth, text.to_owned())
}

#[test]
fn comments_within_comments() {
    let html = "<ol><li id=comment-1><div>by <span class=author>Ada Quist</span> <time datetime=2024-05-20T08:00Z></time></div>
        <p>Owls.</p><p>Many.</p>
        <ol><li id=comment-2><div>by <span class=author>Bo Ek</span> <time datetime=2024-05-21></time></div><p>No.</p></li></ol></li>
        <li id=comment-3><div>by <span class=author>Cyd Holm</span></div><p>Yes.</p></li></ol>";
    assert_eq!(
        read(html),
        [
            post("Ada Quist", "2024-05-20T08:00:00Z", 0, "Owls.\n\nMany."),
            post("Bo Ek", "2024-05-21", 1, "No."),
            post("Cyd Holm", "", 0, "Yes."),
        ]
    );
}

#[test]
fn wrappers_around_one_post_are_no_posts() {
    let html = "<div class=post id=post-1><div>by <a href=/users/ada>ada</a></div><div class=message><p>Owls.</p></div></div>
        <div class=post id=post-2><div>by <a href=/users/bo>bo_1</a></div><div class=message><p>No.</p></div></div>";
    assert_eq!(read(html), [post("ada", "", 0, "Owls."), post("bo_1", "", 0, "No.")]);
}

#[test]
fn depth_that_the_markup_declares() {
    let html = "<div class='comment depth-1'><p>a</p></div><div class='comment depth-3'><p>b</p></div>
        <div class=comment data-depth=1><p>c</p></div>";
    let depths: Vec<usize> = all(html).iter().map(Post::depth).collect();
    assert_eq!(depths, [0, 2, 1]);
}

#[test]
fn a_question_and_the_answer_that_was_accepted() {
    let html = "<div itemscope itemtype=https://schema.org/Question><p>Why?</p>
        <div itemprop=acceptedAnswer itemscope itemtype=https://schema.org/Answer>
        <span itemprop=author itemscope><span itemprop=name>Ada Quist</span></span><p>So.</p></div>
        <div itemprop=suggestedAnswer itemscope itemtype=https://schema.org/Answer><p>Or so.</p></div></div>";
    let found = all(html);
    let marks: Vec<(bool, bool)> =
        found.iter().map(|post| (post.is_question(), post.is_accepted())).collect();
    assert_eq!(marks, [(true, false), (false, true), (false, false)]);
    assert_eq!(found.get(1).and_then(Post::author), Some("Ada Quist"));
}

#[test]
fn lines_that_say_who_and_when_are_no_text() {
    let html = "<div id=post_1 class=crawler-post><div><span itemprop=author itemscope><span itemprop=name>ada</span></span>
        <time datetime=2024-05-20T08:00Z>May 20, 2024, 8:00am</time> <span>#1</span></div>
        <div class=post itemprop=text><p>ada was here on May 20, 2024, and saw owls.</p><p>2024</p></div></div>
        <div id=post_2 class=crawler-post><p class=author>by <a href=/members/bo.2/>bo</a> » Tue May 21, 2024 9:30 am</p>
        <div class=post itemprop=text><p>bo</p></div></div>";
    assert_eq!(
        choose(html, |_| true)
            .into_iter()
            .map(|post| (post.author, post.date, post.depth, post.text))
            .collect::<Vec<_>>(),
        [
            post("ada", "2024-05-20T08:00:00Z", 0, "ada was here on May 20, 2024, and saw owls.\n\n2024"),
            post("bo", "2024-05-21T09:30:00", 0, "bo"),
        ]
    );
}

#[test]
fn text_outside_of_any_post_is_one() {
    assert_eq!(read("<p>a<p>b"), [post("", "", 0, "a\n\nb")]);
    assert!(read("").is_empty());
}

#[test]
fn many_and_deep_posts() {
    // Beyond the depth that documents are cut to, what is deeper stands side by side.
    assert!(all(&"<div class=comment><p>x".repeat(3000)).len() > 400);
    assert_eq!(all(&"<div class=comment><p>x</div>".repeat(3000)).len(), 3000);
}

#[test]
fn what_stands_outside_of_the_posts_is_none() {
    let posts = "<ol><li id=comment-1 class=comment><b class=fn>Ada</b><p>Owls.</p></li>
        <li id=comment-2 class=comment><b class=fn>Bo</b><p>No.</p></li></ol>";
    let page = |above: &str| format!("<main><section>{above}</section>{posts}<p>Cookies.</p></main>");
    let texts = |of: Of, above: &str| {
        let found = choose_of(of, &page(above), |text| text.len() > 3 || text == "No.");
        found.into_iter().map(|post| (post.author.unwrap_or_default(), post.text)).collect::<Vec<_>>()
    };
    let both = [("Ada".to_owned(), "Owls.".to_owned()), ("Bo".to_owned(), "No.".to_owned())];
    for of in [Of::Thread, Of::Comments] {
        assert_eq!(texts(of, "<h2>2 comments</h2>"), both);
    }
    // The post that a thread begins with may stand apart; it says who wrote it.
    let signed = "<header>by <a href=/members/eve>eve</a></header><div><p>Do owls sleep?</p></div>";
    assert_eq!(texts(Of::Comments, signed), both);
    let thread = texts(Of::Thread, signed);
    assert_eq!(thread.first().map(|(name, text)| (&**name, &**text)), Some(("eve", "Do owls sleep?")));
    assert_eq!(thread.get(1..), Some(both.as_slice()));
}

#[test]
fn an_article_around_its_one_comment_is_none() {
    let words = "Owls sleep by day and hunt by night. ".repeat(30);
    let html = format!(
        "<article class=post id=post-1><a rel=author class=author>Eve Ek</a><time datetime=2024-01-01></time><p>{words}</p>
        <div class=comment id=comment-1><b class=fn>Ada</b><p>Fine.</p></div></article>"
    );
    let found = choose_of(Of::Comments, &html, |text| text == "Fine.");
    let found: Vec<_> = found.iter().map(|post| (post.author(), post.date(), post.text())).collect();
    assert_eq!(found, [(Some("Ada"), None, "Fine.")]);
}

#[test]
fn lines_above_and_below_the_text() {
    let post = |above: &str, text: &str, below: &str| {
        format!("<div class=message id=post-1><a class=username>ada</a>{above}<div>{text}</div>{below}</div>")
    };
    let text = |above: &str, text: &str, below: &str| {
        let html =
            format!("<h1>Owls by day</h1>{}<div id=post-2 class=message>b</div>", post(above, text, below));
        let found = choose(&html, |text| text != "Owls by day");
        found.first().map_or(String::new(), |post| post.text.clone())
    };
    for (above, below) in [
        ("<h3>Re: Owls by day</h3><p>Post by ada » Wed Dec 20, 2023 10:00 am</p>", ""),
        ("<h3>Re: Other owls</h3><p>Wed Dec 20, 2023 10:00 am</p>", ""),
        ("<p>ada (Ada Quist) November 1, 2023, 7:33pm 1</p>", ""),
        (
            "<p>#1</p><p>2023-12-20, 09:14 PM (This post was last modified: 2024-01-05, 03:27 AM by bo.)</p>",
            "",
        ),
        (
            "<p>1 year ago</p>",
            "<p>Last edited by bo on Thu Jan 4, 2024 10:00 am, edited 2 times in total.</p>",
        ),
        ("<p>1楼</p><p>发表于 2023-12-20 23:20:45</p>", "<p>Edited January 4, 2024 by bo</p>"),
        ("<p>vor 3 Tagen</p>", "<p>Commented Dec 20, 2023 at 22:51</p>"),
        ("", "<p>il y a 2 ans</p>"),
    ] {
        assert_eq!(text(above, "They sleep.", below), "They sleep.", "{above} {below}");
    }
    // A subject alone says something, as do a name that signs a text and what was added to it.
    assert_eq!(text("<h3>Re: Other owls</h3>", "They sleep.", ""), "Re: Other owls\n\nThey sleep.");
    assert_eq!(text("", "They sleep.", "<p>ada</p>"), "They sleep.\n\nada");
    let added = "I updated the barn on May 20, 2024 and it holds.";
    assert_eq!(text("", "They sleep.", &format!("<p>{added}</p>")), format!("They sleep.\n\n{added}"));
    assert_eq!(text("", "They sleep.", "<p>Edit: not all.</p>"), "They sleep.\n\nEdit: not all.");
}

#[test]
fn what_is_told_from_a_post_by_its_class() {
    for (class, author) in
        [("bbcode-quote", Some("bo")), ("lastEdit", Some("bo")), ("share-reddit", Some("ada"))]
    {
        let html = format!(
            "<div class=post><p class={class}><a class=username>ada</a></p><a class=username>bo</a><p>So.</p></div>"
        );
        assert_eq!(all(&html).first().and_then(Post::author), author, "{class}");
    }
}

#[test]
fn a_class_without_a_number_is_no_number() {
    let html = "<div class='comment post-'><p>Owls.</p><div class='comment post-'><p>No.</p></div></div>";
    assert_eq!(read(html), [post("", "", 0, "Owls."), post("", "", 1, "No.")]);
}

#[test]
fn marks_of_accepted_answers() {
    for (class, accepted) in [
        ("message--solution", true),
        ("accepted-answer", true),
        ("bestAnswer", true),
        ("cAnswer--best", true),
        ("lia-accepted-solution", true),
        ("dwqa-best-answer", true),
        ("is-solution", true),
        ("has-accepted-answer", false),
        ("mark-as-solution", false),
        ("best", false),
        ("answer", false),
    ] {
        let html = format!("<div class=post><p>Why?</p></div><div class='post {class}'><p>So.</p></div>");
        let found: Vec<bool> = all(&html).iter().map(Post::is_accepted).collect();
        assert_eq!(found, [false, accepted], "{class}");
    }
}
