"""One page."""

import ast
import doctest
import json
import threading
from pathlib import Path

import pytest
import unhusk
from conftest import CORPUS, PAGE


def test_documentation():
    assert doctest.testmod(unhusk).attempted >= 5
    readme = CORPUS.parent / "python" / "README.md"
    ran = doctest.testfile(str(readme), module_relative=False)
    assert ran.attempted >= 10 and ran.failed == 0


def test_stubs_declare_what_there_is():
    stubs = ast.parse(Path(unhusk.__file__).with_name("__init__.pyi").read_text())
    public = lambda names: {name for name in names if not name.startswith("_")}
    classes = {node.name: node for node in stubs.body if isinstance(node, ast.ClassDef)}
    functions = {node.name for node in stubs.body if isinstance(node, ast.FunctionDef)}
    assert public(classes) | functions | {"ROLES"} == public(unhusk.__all__)
    for name in public(classes) - {"Error"}:
        members = {node.name for node in classes[name].body if isinstance(node, ast.FunctionDef)}
        assert public(members) == public(vars(getattr(unhusk, name))), name


def test_a_page_has_the_fields_of_the_library():
    page = unhusk.extract(PAGE, url="https://coast.example/dyke")
    assert page.text.startswith("The dyke at Ost has held")
    assert "[patience](https://coast.example/patience)" in page.markdown
    assert "<p>" in page.html and "<script" not in page.html
    assert '"schema"' in page.json
    assert page.page_type == "article" and 0 < page.confidence <= 1
    assert not page.is_empty and page.truncated == [] and page.comments == []
    metadata = page.metadata
    assert (metadata.title, metadata.authors, metadata.language) == ("The dyke at Ost", ["Ines Holt"], "en-GB")
    assert (metadata.declared_title, metadata.byline) == ("The dyke at Ost | Coast Weekly", "Ines Holt")
    assert metadata.source("declared_title") == metadata.source("byline") == "meta"
    assert metadata.published.startswith("2024-05-01") and metadata.site_name == "Coast Weekly"
    assert (metadata.modified, metadata.image, metadata.licence, metadata.next_page) == (None,) * 4
    assert (metadata.subtitle, metadata.is_free, metadata.previous_page) == (None,) * 3
    assert metadata.organisations == metadata.sections == [] and metadata.date == metadata.published


def test_blocks_keep_their_page():
    blocks = unhusk.extract(PAGE).blocks
    assert [block.index for block in blocks] == list(range(len(blocks)))
    assert {block.role for block in blocks} <= set(unhusk.ROLES)
    heading = next(block for block in blocks if block.role == "title")
    assert (heading.kind, heading.heading_level, heading.text) == ("heading", 1, "The dyke at Ost")
    assert heading.path.startswith("/html/body") and heading.words == 4
    assert "link_ratio" in {reason.name for reason in heading.reasons}
    assert all(0 <= block.score <= 1 and 0 <= block.link_ratio <= 1 for block in blocks)
    assert "report" not in dir(heading) and "<rect" in unhusk.extract(PAGE).report("dyke")


def test_text_and_bytes_give_the_same():
    for path in sorted(CORPUS.glob("*/*.html"))[:20]:
        raw = path.read_bytes()
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            continue
        assert unhusk.extract(text).text == unhusk.extract(raw, charset="utf-8").text, path


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"url": "coast"}, unhusk.Error),
        ({"html": PAGE.encode(), "charset": "klingon"}, unhusk.Error),
        ({"max_input_bytes": 10, "strict": True}, unhusk.Error),
        ({"favour": "luck"}, ValueError),
        ({"favor": "recall"}, TypeError),
        ({"html": 7}, TypeError),
        ({"html": None}, TypeError),
    ],
)
def test_wrong_arguments_are_errors(arguments, error):
    with pytest.raises(error):
        unhusk.extract(**{"html": PAGE, **arguments})


def test_odd_pages_are_pages():
    assert unhusk.extract("").text == "" and unhusk.extract(b"").is_empty
    assert unhusk.extract("half a pair \ud83d of surrogates").blocks[0].text == "half a pair \ufffd\ufffd\ufffd of surrogates"
    assert unhusk.extract(PAGE, max_input_bytes=300).truncated == ["bytes of input"]
    assert unhusk.extract(PAGE, max_nodes=9).truncated == ["nodes"]


def corpus(name):
    return (CORPUS / name).read_bytes()


def as_json(page):
    return json.loads(page.json)


def test_posts_are_those_of_the_library():
    keys = ["author", "date", "depth", "text"]
    for name, of in (("forum/qa-exchange.html", "posts"), ("blog/recipe.html", "comment_posts")):
        page = unhusk.extract(corpus(name))
        posts, theirs = getattr(page, of), as_json(page)[{"comment_posts": "comments"}.get(of, of)]
        assert len(posts) > 1
        assert [[getattr(post, key) for key in keys] for post in posts] == [[post[key] for key in keys] for post in theirs]
        assert [post.is_question for post in posts] == [post.get("question", False) for post in theirs]
        assert [post.is_accepted for post in posts] == [post.get("accepted", False) for post in theirs]
    assert any(post.is_question for post in unhusk.extract(corpus("forum/qa-exchange.html")).posts)
    assert unhusk.extract(PAGE).posts == unhusk.extract(PAGE).comment_posts == []


def test_items_are_those_of_the_library():
    page = unhusk.extract(corpus("shop/collection-tees.html"), "https://tees.example/")
    keys = ["title", "url", "price", "currency", "image", "source"]
    assert len(page.items) > 2 and page.items[0].price
    assert [{key: getattr(item, key) for key in keys} for item in page.items] == as_json(page)["items"]
    assert unhusk.extract(PAGE).items == []


def test_pages_are_joined():
    def page(number, rest):
        html = f"<title>Dykes</title><h1>Dykes</h1><article>{rest}</article>"
        return unhusk.extract(html, f"https://coast.example/dykes/{number}")

    first = page(1, "<p>The dyke at Ost has held for three hundred years, through eleven floods.</p><a rel=next href=2>Next</a>")
    second = page(2, "<p>It is made of clay, straw and patience, and the village walks its length.</p>")
    joined = unhusk.join([second, first])
    assert joined.pages == [first, second]
    assert joined.text == f"{first.text}\n\n{second.text}" and first.text and second.text
    assert joined.markdown == f"{first.markdown}\n\n{second.markdown}" and joined.html == f"{first.html}\n{second.html}"
    assert unhusk.join([]).text == "" and unhusk.join([first]).pages == [first]
    assert unhusk.join((first, first)).pages == [first, first]
    with pytest.raises(TypeError):
        unhusk.join([PAGE])


def test_a_look_tells_whether_a_page_is_readable():
    article = corpus("blog/recipe.html")
    assert unhusk.is_probably_readable(article) and unhusk.is_probably_readable(article.decode())
    assert unhusk.is_probably_readable("<p>" + "The dyke at Ost has held. " * 30)
    assert not unhusk.is_probably_readable("<nav><a href=/>Home</a></nav><p>Hello") and not unhusk.is_probably_readable(b"")


def test_sources_and_reading_time():
    page = unhusk.extract(PAGE)
    sources = as_json(page)["metadata"]["sources"]
    assert sources and all(page.metadata.source(field) == source for field, source in sources.items())
    assert page.metadata.source("subtitle") is None
    with pytest.raises(ValueError, match='no field "heading"'):
        page.metadata.source("heading")
    assert 5 < page.reading_time.total_seconds() < 60


def test_threads_share_an_extraction():
    page = unhusk.extract(PAGE)
    found = []
    threads = [threading.Thread(target=lambda: found.append(page.blocks[0].reasons[0].name)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4 and len(set(found)) == 1
