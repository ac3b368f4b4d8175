"""An extractor for datatrove's pipelines.

    python datatrove_extractor.py crawl/ pages/

Datatrove runs extractors in a process of their own under a timeout of a second, because some hang. This one takes time
in proportion to the page, so that it runs where it is, on batches.
"""

import itertools
import sys
from pathlib import Path

import pyarrow as pa
import unhusk
from datatrove.data import Document
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.extractors.base import BaseExtractor
from datatrove.pipeline.writers import JsonlWriter
from datatrove.utils.typeshelper import StatHints

WORKERS = 2


class Unhusk(BaseExtractor):
    """Puts each document's text in the place of its HTML. Takes the options of `unhusk.extract`."""

    name = "unhusk"

    def __init__(self, batch_size=64, **options):
        super().__init__()
        self.batch_size = batch_size
        self.options = options

    def extract(self, text):
        return unhusk.extract(text, **self.options).text

    def run(self, data, rank=0, world_size=1):
        while documents := list(itertools.islice(data, self.batch_size)):
            pages = {
                "html": pa.array([document.text for document in documents], pa.large_string()),
                "url": [document.metadata.get("url") for document in documents],
            }
            with self.track_time(unit="batch"):
                batch = unhusk.extract_batch(pa.table(pages), threads=1, **self.options)
                rows = pa.record_batch(batch).select(["text", "error"]).to_pylist()
            for document, row in zip(documents, rows):
                self.stat_update(StatHints.total)
                if row["text"]:
                    document.text = row["text"]
                    self.stat_update(StatHints.forwarded)
                    self.update_doc_stats(document)
                    yield document
                else:
                    self.stat_update("extract_error" if row["error"] else StatHints.dropped)


def read(source):
    """A step that reads WARC files; datatrove's own reader does as well."""

    def step(data, rank, world_size):
        for path in sorted(Path(source).glob("*.warc*"))[rank::world_size]:
            for pages in unhusk.read(path):
                for page in pa.record_batch(pages).to_pylist():
                    if page["error"] is None:
                        html = page["html"].decode(errors="replace")
                        yield Document(text=html, id=page["id"], metadata={"url": page["url"]})

    return step


def main(source, target):
    steps = [read(source), Unhusk(), JsonlWriter(target, compression=None)]
    LocalPipelineExecutor(steps, tasks=WORKERS, workers=WORKERS, logging_dir=f"{target}/logs").run()


if __name__ == "__main__":
    main(*sys.argv[1:])
