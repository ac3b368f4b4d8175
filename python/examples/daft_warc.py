"""WARC files to Parquet by Daft: its reader, our function on its batches, its writer.

    python daft_warc.py 'crawl/*.warc.gz' pages/

The function runs in Daft's own threads, one batch on each core at a time: it works without Python's lock, so that no
worker process is needed and nothing is copied to and from one. To use a cluster, call `daft.set_runner_ray()` first;
the rest stays.
"""

import sys

import daft
import pyarrow as pa
import unhusk

# What `extract_batch` gives, as one struct.
EMPTY = pa.record_batch(unhusk.extract_batch(pa.array([], pa.binary())))
ROW = daft.DataType.from_arrow_type(pa.struct(EMPTY.schema))


@daft.func.batch(return_dtype=ROW, unnest=True, use_process=False, batch_size=64)
def extract(response: daft.Series, url: daft.Series):
    pages = pa.table({"html": response.to_arrow(), "url": url.to_arrow()})
    rows = pa.record_batch(unhusk.extract_batch(pages, http=True, threads=1))
    return rows.drop_columns(["url"]).to_struct_array()


def main(source, target):
    records = daft.read_warc(source).where(daft.col("WARC-Type") == "response")
    rows = records.select(
        daft.col("WARC-Record-ID").cast(daft.DataType.string()).alias("id"),
        daft.col("WARC-Target-URI").alias("url"),
        extract(daft.col("warc_content"), daft.col("WARC-Target-URI")),
    )
    # A response that is no page has neither.
    rows = rows.where(daft.col("text").not_null() | daft.col("error").not_null())
    rows.write_parquet(target)


if __name__ == "__main__":
    main(*sys.argv[1:])
