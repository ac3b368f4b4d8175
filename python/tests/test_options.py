"""Every option does something, for one page and for a batch: the test fails if an option is taken and passed over."""

from pathlib import Path

import pyarrow as pa
import pytest
import unhusk
from conftest import CORPUS, PAGE

DEEP = "<p>A dyke of many parts.</p>" + "<blockquote>" * 40 + "<p>The innermost of them holds.</p>" + "</blockquote>" * 40
TABLE = "<h2>Floods</h2><table>" + "".join(f"<tr><td>{year}<td>{year - 1500} cm" for year in range(1700, 1707)) + "</table>"
IMAGE = '<img src="https://coast.example/dyke.jpg" alt="The dyke in May">'
RICH = PAGE.replace("</article>", f"{TABLE}{IMAGE}</article>")


def corpus(name):
    return (CORPUS / name).read_text()


# Of these pages it must make a difference on one.
UNCLEAR = [path.read_bytes() for kind in ("forum", "shop") for path in sorted(CORPUS.glob(f"{kind}/*.html"))]

# An option, a value, and a page, or several, on which it makes a difference.
EFFECTS = {
    "favour": [("precision", UNCLEAR), ("recall", UNCLEAR)],
    "include_title": [(True, PAGE)],
    "include_comments": [(True, corpus("blog/recipe.html"))],
    "include_links": [(False, PAGE)],
    "include_images": [(False, RICH)],
    "include_tables": [(False, RICH)],
    "max_input_bytes": [(700, PAGE)],
    "max_nodes": [(20, PAGE)],
    "max_depth": [(16, DEEP)],
    "max_attribute_bytes": [(5, PAGE)],
    "max_steps": [(40, PAGE)],
    "max_blocks": [(3, PAGE)],
    "max_output_bytes": [(250, PAGE)],
    "strict": [(True, PAGE)],
}
# What an option needs beside it.
WITH = {"strict": {"max_nodes": 20}}
OF_A_PAGE = ["text", "markdown", "html", "truncated"]


def by_extract(page, **options):
    try:
        found = unhusk.extract(page, **options)
    except unhusk.Error as error:
        return {"error": str(error)}
    return {name: getattr(found, name) for name in OF_A_PAGE} | {"error": None}


def by_extract_batch(page, **options):
    batch = unhusk.extract_batch(pa.array([page]), columns=["markdown", "html"], **options)
    (row,) = pa.record_batch(batch).to_pylist()
    return {"error": row["error"]} if row["error"] else {name: row[name] for name in [*OF_A_PAGE, "error"]}


@pytest.mark.parametrize(("name", "value", "page"), [(name, *case) for name, cases in EFFECTS.items() for case in cases])
def test_every_option_does_something(name, value, page):
    beside = WITH.get(name, {})
    for page in page if isinstance(page, list) else [page]:
        without, found = by_extract(page, **beside), by_extract(page, **{name: value}, **beside)
        if found != without:
            break
    assert found != without
    if name.startswith("max_") and name != "max_depth":
        assert found["truncated"] and not without["truncated"]
    assert by_extract_batch(page, **beside) == without
    assert by_extract_batch(page, **{name: value}, **beside) == found


def declared():
    """The options that the stubs declare."""
    lines = Path(unhusk.__file__).with_name("__init__.pyi").read_text().splitlines()
    start = lines.index("class _Options(TypedDict, total=False):")
    options = []
    for line in lines[start + 1 :]:
        if line and not line.startswith(" "):
            break
        if line.startswith("    ") and not line.startswith('    """') and ":" in line:
            options.append(line.split(":")[0].strip())
    return options


def test_no_option_is_left_out():
    readme = (CORPUS.parent / "python" / "README.md").read_text()
    assert declared() == list(EFFECTS)
    assert [name for name in EFFECTS if f"| `{name}` |" not in readme] == []
