"""Pages per core-second through each layer, on the same pages, each on one core.

    python benchmark.py FOLDER ../target/release

The folder holds pages (`.html`); in the other are the program, built with the feature `cli`, and `examples/batch`.
Needs the packages of requirements-test.txt and, to compare, resiliparse.
"""

import argparse
import gzip
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyarrow as pa
import unhusk


def cpu_seconds(work):
    """Processor time of this process and its children while it works."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    before = sum(each.ru_utime + each.ru_stime for each in used)
    work()
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used) - before


def record(number, html):
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + html
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2024-05-01T12:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012}>\r\n"
        f"WARC-Target-URI: https://pages.example/{number}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + http + b"\r\n\r\n")


def layers(folder, built, work):
    """Names and what they run."""
    pages = [path.read_bytes() for path in sorted(Path(folder).rglob("*.html"))]
    texts = [page.decode("utf-8", "replace") for page in pages]
    warc = work / "pages.warc.gz"
    warc.write_bytes(b"".join(record(number, page) for number, page in enumerate(pages)))
    column = pa.array(pages, pa.binary())
    program, library = built / "unhusk", built / "examples" / "batch"
    examples = Path(__file__).parent / "examples"

    def rust():
        # The example does nothing but read, extract and write the text.
        alone = {**os.environ, "RAYON_NUM_THREADS": "1"}
        out = ["--out", work / "predictions.jsonl"]
        subprocess.run([library, folder, *out], check=True, capture_output=True, env=alone)

    def command():
        out = ["--jobs", "1", "--out", work / "pages.parquet"]
        subprocess.run([program, warc, *out], check=True, capture_output=True)

    def batch():
        for start in range(0, len(column), 256):
            unhusk.extract_batch(column.slice(start, 256), threads=1)

    def daft():
        subprocess.run([sys.executable, examples / "daft_warc.py", warc, work / "daft"], check=True)

    def one_by_one():
        for page in pages:
            unhusk.extract(page).text

    def trafilatura():
        from trafilatura import extract

        for page in texts:
            extract(page)

    def resiliparse():
        from resiliparse.extract.html2text import extract_plain_text

        for page in texts:
            extract_plain_text(page, main_content=True)

    return len(pages), {
        "Rust API": rust,
        "unhusk on WARC, to Parquet": command,
        "Python extract_batch": batch,
        "Python extract": one_by_one,
        "Daft, two workers": daft,
        "trafilatura": trafilatura,
        "resiliparse": resiliparse,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("built", type=Path)
    parser.add_argument("--only", nargs="*", help="of the layers, those whose names have one of these words")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        count, all_layers = layers(args.folder, args.built.resolve(), Path(work))
        print(f"{count} pages")
        for name, run in all_layers.items():
            if args.only and not any(word in name for word in args.only):
                continue
            start = time.perf_counter()
            seconds = cpu_seconds(run)
            print(f"{name:30} {count / seconds:8.1f} pages per core-second   {time.perf_counter() - start:6.1f} s")


if __name__ == "__main__":
    main()
