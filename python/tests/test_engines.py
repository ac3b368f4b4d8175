"""The programs of examples/, run with two workers; what they write equals what the program writes."""

import importlib.util
import inspect
import json
import os
import subprocess
import sys
import types
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import unhusk
from conftest import EXAMPLES, PAGE


def run(example, *args, **env):
    ran = subprocess.run(
        [sys.executable, EXAMPLES / example, *map(str, args)],
        env={**os.environ, "DAFT_PROGRESS_BAR": "0", "RAY_DATA_DISABLE_PROGRESS_BARS": "1", **env},
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


def by_id(path, columns=None):
    """Rows by record id, in plain Python."""
    table = pq.read_table(path, columns=columns)
    return sorted(table.to_pylist(), key=lambda row: row["id"])


def test_daft(crawl, rows, tmp_path):
    pytest.importorskip("daft")
    run("daft_warc.py", f"{crawl}/*.warc.gz", tmp_path / "out")
    theirs = by_id(tmp_path / "out")
    # Daft gives record ids without "urn:uuid:", and knows no places.
    for row in theirs:
        row["id"] = f"urn:uuid:{row['id']}"
    assert len(theirs) > 80
    assert theirs == by_id(rows, columns=list(theirs[0]))


def test_ray(crawl, rows, tmp_path):
    pytest.importorskip("ray")
    run("ray_warc.py", crawl, tmp_path / "out")
    assert by_id(tmp_path / "out") == by_id(rows)


def run_with_a_death(module, tables, argument, crawl, tmp_path, **env):
    """Runs an example of which the first worker that comes to the third file dies when it has read a part of it.

    `tables` are those of paths in what its function gets, and `argument` is one of them as the function takes it.
    """
    script = tmp_path / "dying.py"
    script.write_text(
        "import os, pathlib, sys\n"
        f"import {module}\n"
        "def dying(given):\n"
        f"    for files in {tables}:\n"
        f"        for rows in {module}.extract({argument}):\n"
        "            yield rows\n"
        f"            mark = pathlib.Path({str(tmp_path / 'died')!r})\n"
        "            if '2.warc.gz' in str(files['path'].to_pylist()) and not mark.exists():\n"
        "                mark.touch()\n"
        "                os._exit(1)\n"
        f"{module}.main(sys.argv[1], sys.argv[2], extract=dying)\n"
    )
    run(script, crawl, tmp_path / "out", PYTHONPATH=str(EXAMPLES), **env)
    assert (tmp_path / "died").exists()


def test_ray_loses_nothing_with_a_worker(crawl, rows, tmp_path):
    pytest.importorskip("ray")
    run_with_a_death("ray_warc", "[given]", "files", crawl, tmp_path)
    assert by_id(tmp_path / "out") == by_id(rows)


def test_spark_loses_nothing_with_a_worker(crawl, rows, tmp_path):
    pytest.importorskip("pyspark")
    run_with_a_death("spark_warc", "given", "[files]", crawl, tmp_path, PYSPARK_PYTHON=sys.executable)
    assert by_id(tmp_path / "out") == by_id(rows)


def test_datatrove(crawl, tmp_path):
    pytest.importorskip("datatrove")
    run("datatrove_extractor.py", crawl, tmp_path / "out")
    lines = [json.loads(line) for path in (tmp_path / "out").glob("*.jsonl") for line in path.open()]
    wanted = {}
    for pages in unhusk.read(crawl):
        for page in pa.record_batch(pages).to_pylist():
            wanted[page["id"]] = unhusk.extract(page["html"].decode(errors="replace"), page["url"]).text
    assert {line["id"]: line["text"] for line in lines} == {key: text for key, text in wanted.items() if text}


def test_nemo_curator(monkeypatch):
    """The package wants PyTorch and more when it is imported; its base class alone wants nothing."""
    found = importlib.util.find_spec("nemo_curator")
    if found is None:
        pytest.skip("nemo-curator is not installed")
    root = Path(found.origin).parent
    monkeypatch.syspath_prepend(EXAMPLES)
    for name in ("", ".stages", ".stages.text", ".stages.text.download", ".stages.text.download.html_extractors"):
        package = types.ModuleType(f"nemo_curator{name}")
        package.__path__ = [str(root.joinpath(*name.split(".")))]
        monkeypatch.setitem(sys.modules, package.__name__, package)
    from nemo_curator_extractor import HTMLExtractorAlgorithm, Unhusk

    assert inspect.getfile(HTMLExtractorAlgorithm) == str(root / "stages/text/download/html_extractors/base.py")
    theirs = inspect.signature(HTMLExtractorAlgorithm.extract_text).parameters
    assert list(inspect.signature(Unhusk.extract_text).parameters) == list(theirs)
    algorithm = Unhusk(include_title=True)
    assert isinstance(algorithm, HTMLExtractorAlgorithm)
    paragraphs = algorithm.extract_text(PAGE, frozenset(), "ENGLISH")
    assert len(paragraphs) == 3 and "\n\n".join(paragraphs) == unhusk.extract(PAGE, include_title=True).text
    assert algorithm.extract_text("<p></p>", frozenset(), "ENGLISH") is None
