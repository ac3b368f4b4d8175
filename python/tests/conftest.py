"""A page, and WARC files made from the corpus."""

import gzip
import json
import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "corpus"
EXAMPLES = ROOT / "python" / "examples"

PAGE = """<!DOCTYPE html><html lang="en-GB"><head><title>The dyke at Ost | Coast Weekly</title>
<meta name="author" content="Ines Holt"><meta property="og:site_name" content="Coast Weekly">
<meta property="article:published_time" content="2024-05-01T08:00:00Z"></head><body>
<nav><a href="/">Home</a> <a href="/sea">Sea</a></nav>
<article><h1>The dyke at Ost</h1><p>The dyke at Ost has held for three hundred years, through eleven storm floods, and
the village walks its length each spring, looking for the holes that moles and rabbits dig in it.</p>
<p>It is made of clay, straw and <a href="/patience">patience</a>, and of nothing that would have to be bought.</p>
</article><footer>© 2024 Coast Weekly. All rights reserved.</footer></body></html>"""


def record(number, url, html):
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + html
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2024-05-01T12:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012}>\r\n"
        f"WARC-Target-URI: {url}\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + http + b"\r\n\r\n")


@pytest.fixture(scope="session")
def crawl(tmp_path_factory):
    """A folder of four WARC files with the pages of the corpus, and other records among them."""
    folder = tmp_path_factory.mktemp("crawl")
    pages = sorted(CORPUS.glob("*/*.html"))
    for part in range(4):
        with open(folder / f"{part}.warc.gz", "wb") as out:
            info = b"WARC/1.0\r\nWARC-Type: warcinfo\r\nWARC-Date: 2024-05-01T12:00:00Z\r\n"
            info += b"WARC-Record-ID: <urn:uuid:10000000-0000-4000-8000-00000000000%d>\r\n" % part
            out.write(gzip.compress(info + b"Content-Length: 0\r\n\r\n\r\n\r\n"))
            for number in range(part, len(pages), 4):
                gold = json.loads(pages[number].with_suffix(".json").read_text())
                url = gold.get("url") or f"https://corpus.example/{number}"
                out.write(record(number, url, pages[number].read_bytes()))
    return folder


@pytest.fixture(scope="session")
def program():
    """The program `unhusk`, built before."""
    return os.environ["UNHUSK"]


@pytest.fixture(scope="session")
def rows(crawl, program, tmp_path_factory):
    """What the program makes of the WARC files: rows by record id."""
    out = tmp_path_factory.mktemp("rows") / "rows.parquet"
    subprocess.run([program, str(crawl), "--out", str(out)], check=True)
    return out
