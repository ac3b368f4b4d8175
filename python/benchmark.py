"""Pages per core-second through each layer, on the same pages: python benchmark.py FOLDER RELEASE [--pages N]

FOLDER has pages (`html/*.html` or `*.html`), RELEASE is the folder with the built program `unhusk` and
`examples/batch`. Layers whose packages are missing are left out. Each layer runs in a process of its own, in turn,
round after round; what counts is its least processor time, less that of the same process with one short page, which is
what it takes to start. A layer that takes longer than a minute is measured once.
"""

import argparse
import itertools
import os
import pathlib
import resource
import subprocess
import sys
import tempfile

ROUNDS = 3
# As engines hand them over, and not all at once: a gigabyte that is touched for the first time costs more than its copy.
BATCH = 64
LONG_SECONDS = 60
# What is measured is the wheel, not the sources beside this file.
sys.path.pop(0)


def pages(folder):
    return (path.read_bytes() for path in sorted(pathlib.Path(folder).glob("*.html")))


def by_extract(folder):
    import unhusk

    for page in pages(folder):
        row = unhusk.extract(page)
        row.text, row.metadata.title, row.metadata.authors, row.metadata.published


def by_extract_batch(folder):
    import pyarrow
    import unhusk

    rest = pages(folder)
    while batch := list(itertools.islice(rest, BATCH)):
        unhusk.extract_batch(pyarrow.array(batch, pyarrow.large_binary()), threads=1)


def by_daft(folder):
    os.environ["DAFT_PROGRESS_BAR"] = "0"
    sys.path.insert(0, str(pathlib.Path(__file__).parent / "examples"))
    import daft_warc

    with tempfile.TemporaryDirectory() as out:
        daft_warc.main(str(pathlib.Path(folder) / "pages.warc"), out)


def by_trafilatura(folder):
    import trafilatura

    for page in pages(folder):
        trafilatura.bare_extraction(page, with_metadata=True)


def by_resiliparse(folder):
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding

    for page in pages(folder):
        extract_plain_text(bytes_to_str(page, detect_encoding(page)), main_content=True)


PYTHON = {
    "Python, extract": by_extract,
    "Python, extract_batch": by_extract_batch,
    "Daft": by_daft,
    "trafilatura (Python)": by_trafilatura,
    "resiliparse (Python)": by_resiliparse,
}


def write_warc(folder):
    with open(folder / "pages.warc", "wb") as out:
        for number, page in enumerate(pages(folder)):
            http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
            out.write(
                b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2024-05-01T12:00:00Z\r\n"
                b"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-%012d>\r\nWARC-Target-URI: https://page.example/%d\r\n"
                b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%b\r\n\r\n"
                % (number, number, len(http), http)
            )


def layers(release):
    """For each layer, the command that takes a folder of pages."""
    batch, program = release / "examples" / "batch", release / "unhusk"
    yield "Rust API", lambda folder: [batch, folder, "--out", folder / "out.jsonl"]
    yield "program on WARC", lambda folder: [program, folder / "pages.warc", "--jobs", "1", "--format", "jsonl"]
    for name in PYTHON:
        yield name, lambda folder, name=name: [sys.executable, __file__, folder, release, "--layer", name]


def processor_time(command):
    """Of a process and its children, in seconds; `None` if it fails."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, env=os.environ | {"RAYON_NUM_THREADS": "1"}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        print(*command, done.stderr.decode().strip().splitlines()[-1:], file=sys.stderr)
        return None
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("release", type=pathlib.Path)
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--layer", choices=PYTHON)
    arguments = parser.parse_args()
    if arguments.layer:
        return PYTHON[arguments.layer](arguments.folder)
    release = arguments.release.resolve()
    found = sorted([*arguments.folder.glob("html/*.html"), *arguments.folder.glob("*.html")])[: arguments.pages]
    with tempfile.TemporaryDirectory() as full, tempfile.TemporaryDirectory() as one:
        full, one = pathlib.Path(full), pathlib.Path(one)
        for number, page in enumerate(found):
            (full / f"{number:06}.html").write_bytes(page.read_bytes())
        (one / "0.html").write_bytes(b"<p>A page.")
        write_warc(full), write_warc(one)
        times = {}
        for _ in range(ROUNDS):
            for name, command in layers(release):
                if max(times.get((name, full), [0])) > LONG_SECONDS:
                    continue
                for folder in full, one:
                    time = processor_time(command(folder))
                    if time is not None:
                        times.setdefault((name, folder), []).append(time)
        print(f"{len(found)} pages, {sum(page.stat().st_size for page in found) / 1e6:.1f} MB\n")
        print("| layer | pages per core-second | of the Rust API |\n|---|--:|--:|")
        least = {name: min(times[name, full]) - min(times[name, one]) for name, _ in layers(release) if (name, full) in times and (name, one) in times}
        for name, time in least.items():
            print(f"| {name} | {len(found) / time:.0f} | {least['Rust API'] / time:.2f} |")


if __name__ == "__main__":
    main()
