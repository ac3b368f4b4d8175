"""Pages per core-second through each layer, and through trafilatura and resiliparse, as a table in Markdown.

    python benches/layers.py FOLDER target/release [--pages 500] [--rounds 3]

The folder holds pages (`.html`), of which every n-th is taken; in the other are the program, built with the feature
`cli`, and `examples/batch`. Needs the packages of python/requirements-test.txt and resiliparse.

Everything runs on one core, to which this process binds itself and all that it starts. Each round runs all layers one
after another on the same pages, and the best round of each counts. It is processor time that is counted, with that of
all processes a layer starts; what starting and stopping take, measured on files without pages, is taken off and shown
apart. Every layer of ours gives text and all metadata; that they give the same text is checked.
"""

import argparse
import ctypes
import gzip
import importlib.metadata
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import unhusk

# Of prctl(2): orphans become children of this process, so that their time counts as well.
PR_SET_CHILD_SUBREAPER = 36

# A program of its own reads the same pages so many times, so that its start weighs little.
COPIES = 3

EXAMPLES = Path(__file__).parents[1] / "python" / "examples"


def cpu_seconds(work):
    """Processor time of this process and all processes under it while it works."""

    def used():
        each = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        return sum(one.ru_utime + one.ru_stime for one in each)

    before = used()
    work()
    # What a layer left behind counts once it has ended.
    while True:
        try:
            os.wait()
        except ChildProcessError:
            return used() - before


def record(number, html):
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + html
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2024-05-01T12:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012}>\r\n"
        f"WARC-Target-URI: https://pages.example/{number}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


class Inputs:
    """The same pages for programs: files, and plain and packed WARC, each several times."""

    def __init__(self, root, pages):
        self.root = root
        records = [record(number, page) for number, page in enumerate(pages)]
        self.html = self.copies("html", {f"{number:05}.html": page for number, page in enumerate(pages)})
        self.warc = self.copies("warc", {"pages.warc": b"".join(records)})
        self.gz = self.copies("gz", {"pages.warc.gz": b"".join(map(gzip.compress, records))})

    def copies(self, name, files):
        folder = self.root / name
        for copy in range(COPIES):
            (folder / str(copy)).mkdir(parents=True)
            for file, content in files.items():
                path = folder / str(copy) / file
                if copy:
                    path.hardlink_to(folder / "0" / file)
                else:
                    path.write_bytes(content)
        return folder


def programs(built):
    """Layers that are programs of their own: names and what they run on inputs, into an output."""
    batch, program = built / "examples" / "batch", built / "unhusk"

    def run(*command):
        env = {**os.environ, "DAFT_PROGRESS_BAR": "0"}
        ran = subprocess.run(list(map(str, command)), capture_output=True, text=True, env=env)
        if ran.returncode:
            sys.exit(f"{command}: {ran.stderr}")

    return {
        "Rust API, files": lambda inputs, out: run(batch, inputs.html, "--out", out),
        "`unhusk`, `.warc` to Parquet": lambda inputs, out: run(program, inputs.warc, "-j1", "-f", "parquet", "-o", out),
        "`unhusk`, `.warc.gz` to Parquet": lambda inputs, out: run(program, inputs.gz, "-j1", "-f", "parquet", "-o", out),
        "Daft, `.warc.gz` to Parquet": lambda inputs, out: run(
            sys.executable, EXAMPLES / "daft_warc.py", f"{inputs.gz}/*/*", out
        ),
    }


def calls(pages):
    """Layers that are calls in this process, and the others': names and what they do with all pages."""
    from resiliparse.extract.html2text import extract_plain_text
    from trafilatura import bare_extraction, extract

    column = pa.array(pages, pa.large_binary())
    texts = [page.decode("utf-8", "replace") for page in pages]

    def batch():
        for start in range(0, len(column), 256):
            unhusk.extract_batch(column.slice(start, 256), threads=1)

    def one_by_one():
        for page in pages:
            extraction = unhusk.extract(page)
            extraction.text, extraction.metadata.title, extraction.metadata.published

    def text_alone():
        for page in pages:
            unhusk.extract(page).text

    return {
        "Python `extract_batch`": batch,
        "Python `extract`": one_by_one,
        "Python `extract`, text alone": text_alone,
        "trafilatura, text alone": lambda: [extract(text) for text in texts],
        "trafilatura, text and metadata": lambda: [bare_extraction(text, with_metadata=True) for text in texts],
        "resiliparse, text alone": lambda: [extract_plain_text(text, main_content=True) for text in texts],
    }


def check(root, pages):
    """The programs' texts are those of `extract`."""
    wanted = sorted(unhusk.extract(page).text for page in pages for _ in range(COPIES))
    for out in root.glob("*.out"):
        if not out.is_dir():
            continue
        given = sorted(pa.chunked_array(pq.read_table(out, columns=["text"])["text"]).to_pylist())
        if given != wanted:
            sys.exit(f"{out.name}: its {len(given)} texts are not the {len(wanted)} that were to be expected")


def measure(pages, rounds, built, root):
    """The best of the rounds for each layer: seconds for a page, and for starting."""
    inputs, empty = Inputs(root / "pages", pages), Inputs(root / "empty", [b""])
    best = {}
    for turn in range(rounds):
        for number, (name, run) in enumerate(programs(built).items()):
            seconds = []
            for which in (empty, inputs):
                out = root / f"{number}.out"
                shutil.rmtree(out, ignore_errors=True)
                # The program takes a folder for one if it exists.
                out.mkdir() if name.startswith("`") else None
                seconds.append(cpu_seconds(lambda: run(which, out)))
            best.setdefault(name, []).append(seconds)
        for name, call in calls(pages).items():
            best.setdefault(name, []).append([0, cpu_seconds(call)])
        if not turn:
            check(root, pages)
        print(f"round {turn + 1} of {rounds} is done", file=sys.stderr)
    rates = {}
    for name, turns in best.items():
        start = min(start for start, _ in turns)
        count = len(pages) * (COPIES if start else 1)
        rates[name] = (min(whole for _, whole in turns) - start) / count, start
    return rates


def versions():
    names = ["daft", "pyarrow", "trafilatura", "resiliparse"]
    return ", ".join(f"{name} {importlib.metadata.version(name)}" for name in names)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("built", type=Path)
    parser.add_argument("--pages", type=int, default=500, help="at most so many [500]")
    parser.add_argument("--rounds", type=int, default=3, help="so many times everything [3]")
    args = parser.parse_args()
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})

    paths = sorted(args.folder.rglob("*.html"))
    pages = [path.read_bytes() for path in paths[:: -(-len(paths) // args.pages)]]
    with tempfile.TemporaryDirectory() as root:
        rates = measure(pages, args.rounds, args.built.resolve(), Path(root))
    whole = next(iter(rates.values()))[0]
    megabytes = sum(map(len, pages)) / 1e6
    print(f"{len(pages)} pages ({megabytes:.0f} MB) of `{args.folder.name}`, best of {args.rounds} rounds; ")
    print(f"Python {platform.python_version()}, {versions()}.\n")
    print("| layer | pages per core-second | loss | ms a page | start, s |\n|---|--:|--:|--:|--:|")
    for name, (seconds, start) in rates.items():
        loss = f"{1 - whole / seconds:.0%}" if "resili" not in name and "trafil" not in name else "–"
        print(f"| {name} | {1 / seconds:.0f} | {loss} | {seconds * 1e3:.2f} | {start:.1f} |")


if __name__ == "__main__":
    main()
