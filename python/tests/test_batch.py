"""Batches as Arrow."""

import json
import subprocess
import sys
import threading

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import unhusk
from conftest import CORPUS, PAGE

KINDS = [pa.string(), pa.large_string(), pa.string_view(), pa.binary(), pa.large_binary(), pa.binary_view()]


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_every_kind_of_array(kind):
    values = [PAGE, None, ""] if "string" in str(kind) else [PAGE.encode(), None, b""]
    rows = pa.record_batch(unhusk.extract_batch(pa.array(values, kind))).to_pylist()
    page = unhusk.extract(PAGE)
    assert rows[0]["text"] == page.text and rows[0]["authors"] == ["Ines Holt"] and rows[0]["error"] is None
    assert rows[0]["confidence"] == pytest.approx(page.confidence)
    assert rows[1]["text"] is None and rows[1]["error"] == "html is null"
    assert rows[2]["text"] == "" and rows[2]["error"] is None


def test_tables_keep_their_other_columns():
    table = pa.table({"n": [1, 2], "html": [PAGE, PAGE], "url": ["https://coast.example/", "no address"]})
    table = pa.concat_tables([table, table])
    batch = unhusk.extract_batch(table, columns=["markdown", "html", "comments", "reasons"])
    assert len(batch) == batch.num_rows == 4 and batch.column_names[:2] == ["n", "url"]
    rows = pa.table(batch)
    assert rows["n"].to_pylist() == [1, 2, 1, 2]
    assert "(https://coast.example/patience)" in rows["markdown"][0].as_py()
    assert "(/patience)" in rows["markdown"][1].as_py()
    blocks = rows["blocks"][0].as_py()
    assert [block["text"] for block in blocks] == [block.text for block in unhusk.extract(PAGE).blocks]
    assert {"name", "value", "contribution"} == set(blocks[0]["reasons"][0])
    assert rows["html"][0].as_py() == unhusk.extract(PAGE, "https://coast.example/").html


def test_other_names_roles_and_threads():
    table = pa.table({"body": [PAGE] * 5})
    texts = [
        pa.table(unhusk.extract_batch(table, html="body", roles=["legal"], threads=threads))["text"].to_pylist()
        for threads in (None, 1, 3)
    ]
    assert texts[0] == texts[1] == texts[2] and texts[0][0].startswith("© 2024")


def test_one_bad_page_is_an_error_in_its_row():
    rows = pa.table(unhusk.extract_batch(pa.array([PAGE, "<p>short"]), strict=True, max_input_bytes=100))
    assert "the limit is 100" in rows["error"][0].as_py() and rows["error"][1].as_py() is None


def test_responses():
    ok = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE.encode()
    pages = [ok, ok.replace(b"200 OK", b"404 Not Found"), ok.replace(b"text/html", b"image/png"), b"nothing"]
    rows = pa.table(unhusk.extract_batch(pa.array(pages, pa.binary()), http=True)).to_pylist()
    assert rows[0]["text"] == unhusk.extract(PAGE).text
    assert [row["text"] is None for row in rows] == [False, True, True, True]
    assert [row["error"] is None for row in rows] == [True, True, True, False]


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"pages": pa.array([1, 2])}, TypeError),
        ({"pages": [PAGE]}, Exception),
        ({"pages": pa.table({"page": [PAGE]})}, ValueError),
        ({"columns": ["words"]}, ValueError),
        ({"roles": ["hero"]}, ValueError),
        ({"threads": 0}, ValueError),
        ({"favor": "recall"}, TypeError),
    ],
)
def test_wrong_arguments_are_errors(arguments, error):
    with pytest.raises(error):
        unhusk.extract_batch(**{"pages": pa.array([PAGE]), **arguments})


def test_no_pages():
    for pages in (pa.array([], pa.string()), pa.table({"html": pa.chunked_array([], pa.string())})):
        assert len(unhusk.extract_batch(pages)) == 0


def test_other_threads_run_meanwhile():
    """While a batch is worked on, Python's lock is free: a thread counts on."""
    pages = pa.array([path.read_bytes() for path in CORPUS.glob("*/*.html")], pa.binary())
    counted, done = 0, threading.Event()

    def batch():
        unhusk.extract_batch(pages, threads=1)
        done.set()

    thread = threading.Thread(target=batch)
    thread.start()
    while not done.is_set():
        counted += 1
    thread.join()
    assert counted > 1000


def test_forked_processes_work_on_all_cores_too():
    """As in a pool of processes whose parent has extracted something before."""
    script = (
        "import multiprocessing, pyarrow as pa, unhusk\n"
        "pages = pa.array(['<p>The dyke at Ost has held for three hundred years.'] * 8)\n"
        "def rows(_):\n"
        "    return len(unhusk.extract_batch(pages))\n"
        "if __name__ == '__main__':\n"
        "    rows(0)\n"
        "    with multiprocessing.get_context('fork').Pool(2) as pool:\n"
        "        print(pool.map(rows, range(2)))\n"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=120)
    assert ran.stdout == "[8, 8]\n", ran.stderr


def test_rows_are_those_of_the_program(crawl, rows):
    ours = pa.concat_tables([pa.table(unhusk.extract_batch(pages)) for pages in unhusk.read(crawl)])
    theirs = pq.read_table(rows)
    assert ours.column_names == theirs.column_names and ours.num_rows == theirs.num_rows > 80
    assert ours.to_pylist() == theirs.to_pylist()


def test_read_tells_of_what_is_broken(tmp_path, program):
    lines = [{"html": PAGE, "id": "a"}, {"html": None, "id": "b"}]
    path = tmp_path / "x.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in lines) + "\n{")
    rows = pa.concat_tables([pa.table(unhusk.extract_batch(pages)) for pages in unhusk.read(path, rows=1)]).to_pylist()
    assert [row["error"] is None for row in rows] == [True, False, False]
    out = subprocess.run([program, str(path), "--format", "jsonl"], capture_output=True, text=True)
    assert [json.loads(line)["error"] for line in out.stdout.splitlines()] == [row["error"] for row in rows]
    (missing,) = unhusk.read(tmp_path / "none.warc")
    assert "No such file" in pa.table(missing)["error"][0].as_py()
