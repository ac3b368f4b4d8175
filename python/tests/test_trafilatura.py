"""The drop-in takes what trafilatura takes and gives what it gives."""

import inspect
import json

import pytest
import trafilatura
from conftest import PAGE
from unhusk.compat.trafilatura import bare_extraction, extract


@pytest.mark.parametrize("name", ["extract", "bare_extraction"])
def test_parameters_have_the_names_order_and_defaults_of_trafilatura(name):
    ours = inspect.signature(globals()[name]).parameters
    theirs = inspect.signature(getattr(trafilatura, name)).parameters
    assert list(ours) == [parameter for parameter in theirs if parameter in ours]
    assert {key: value.default for key, value in ours.items()} == {key: theirs[key].default for key in ours}


@pytest.mark.parametrize("options", [{}, {"favor_precision": True}, {"include_comments": False}, {"fast": True}])
def test_a_plain_page_gives_the_same_text(options):
    assert extract(PAGE, **options).split() == trafilatura.extract(PAGE, **options).split()


def test_json_has_the_same_keys():
    for options in ({}, {"with_metadata": True}):
        ours = json.loads(extract(PAGE, output_format="json", url="https://coast.example/a", **options))
        theirs = json.loads(
            trafilatura.extract(PAGE, output_format="json", url="https://coast.example/a", **options)
        )
        common = {"title", "author", "date", "hostname", "source", "source-hostname"} & set(theirs)
        assert {key: ours[key] for key in common} == {key: theirs[key] for key in common}
        assert ours["text"].split() == theirs["text"].split()


def test_formats():
    assert "[patience](/patience)" in extract(PAGE, output_format="markdown", include_links=True)
    assert "patience](" not in extract(PAGE, output_format="markdown")
    assert "<p>" in extract(PAGE, output_format="html")
    assert extract(PAGE, with_metadata=True).startswith("---\ntitle: The dyke at Ost\nauthor: Ines Holt\n")
    with pytest.raises(ValueError, match="txt, markdown, html, json"):
        extract(PAGE, output_format="xml")
    with pytest.raises(TypeError):
        extract(PAGE, prune_xpath="//p")


def test_what_is_none_there_is_none_here():
    assert extract("<html><body></body></html>") is None and trafilatura.extract("<html><body></body></html>") is None
    assert extract(PAGE, target_language="fr") is None
    assert extract(PAGE, target_language="en") is not None
    assert extract(PAGE, only_with_metadata=True) is None
    assert extract(PAGE, url="https://coast.example/a", only_with_metadata=True) is not None


def test_bare_extraction():
    document = bare_extraction(PAGE, url="https://coast.example/a", with_metadata=True)
    assert (document.title, document.author, document.date) == ("The dyke at Ost", "Ines Holt", "2024-05-01")
    assert document.hostname == "coast.example" and document.as_dict()["text"] == document.text
    assert bare_extraction(PAGE, as_dict=True)["title"] is None
