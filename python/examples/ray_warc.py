"""WARC files to Parquet by Ray Data, a file for each task.

    python ray_warc.py crawl/ pages/

A task whose worker dies is done again on another, so that nothing is lost and nothing comes twice.
"""

import sys
from pathlib import Path

import pyarrow as pa
import ray
import unhusk

WORKERS = 2


def extract(files):
    """A table of paths to tables of rows."""
    for path in files["path"].to_pylist():
        for pages in unhusk.read(path):
            yield pa.table(unhusk.extract_batch(pages, threads=1))


def main(source, target, extract=extract):
    ray.init(num_cpus=WORKERS, include_dashboard=False, log_to_driver=False)
    files = [{"path": str(path)} for path in sorted(Path(source).resolve().glob("*.warc*"))]
    # One block for each file makes one task for each.
    paths = ray.data.from_items(files, override_num_blocks=len(files))
    rows = paths.map_batches(extract, batch_format="pyarrow", batch_size=1, concurrency=WORKERS)
    rows.write_parquet(target)
    ray.shutdown()


if __name__ == "__main__":
    main(*sys.argv[1:])
