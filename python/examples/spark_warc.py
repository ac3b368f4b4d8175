"""WARC files to Parquet by Spark, a file for each task.

    python spark_warc.py crawl/ pages/

A task whose worker dies is done again, so that nothing is lost and nothing comes twice.
"""

import sys
from pathlib import Path

import pyarrow as pa
import unhusk
from pyspark.sql import SparkSession
from pyspark.sql.pandas.types import from_arrow_schema

WORKERS = 2
# A cluster tries a task four times by itself; on one machine it must be asked to.
TRIES = 4


def extract(batches):
    """Batches of paths to batches of rows, in Spark's Python workers."""
    for files in batches:
        for path in files["path"].to_pylist():
            for pages in unhusk.read(path):
                yield pa.record_batch(unhusk.extract_batch(pages, threads=1))


def main(source, target, extract=extract):
    master = f"local[{WORKERS}, {TRIES}]"
    spark = SparkSession.builder.master(master).config("spark.ui.enabled", False).getOrCreate()
    files = [(str(path),) for path in sorted(Path(source).resolve().glob("*.warc*"))]
    paths = spark.createDataFrame(files, ["path"]).repartition(len(files))
    # The columns are the same for any input, an empty one too.
    nothing = pa.record_batch({name: pa.array([], kind) for name, kind in PAGES.items()})
    schema = pa.record_batch(unhusk.extract_batch(nothing)).schema
    paths.mapInArrow(extract, from_arrow_schema(schema)).write.mode("overwrite").parquet(target)
    spark.stop()


PAGES = {
    "source": pa.string(),
    "row": pa.int64(),
    "offset": pa.int64(),
    "id": pa.string(),
    "url": pa.string(),
    "charset": pa.string(),
    "html": pa.binary(),
}

if __name__ == "__main__":
    main(*sys.argv[1:])
