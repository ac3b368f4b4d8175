"""One page."""

import doctest
import threading

import pytest
import unhusk
from conftest import CORPUS, PAGE


def test_documentation():
    assert doctest.testmod(unhusk).attempted >= 5
    readme = CORPUS.parent / "python" / "README.md"
    ran = doctest.testfile(str(readme), module_relative=False)
    assert ran.attempted >= 10 and ran.failed == 0


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


@pytest.mark.parametrize(
    "options",
    [{"include_title": True}, {"favour": "recall"}, {"include_links": False}, {"include_tables": False}],
)
def test_options_are_those_of_the_library(options):
    assert unhusk.extract(PAGE, **options).text


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


def test_threads_share_an_extraction():
    page = unhusk.extract(PAGE)
    found = []
    threads = [threading.Thread(target=lambda: found.append(page.blocks[0].reasons[0].name)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4 and len(set(found)) == 1
