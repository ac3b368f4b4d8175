"""WARC files to Parquet by Daft: its reader, our function on its batches, its writer.

    python daft_warc.py 'crawl/*.warc.gz' pages/

Each batch goes to one of two worker processes as Arrow and comes back as Arrow. To use a cluster, call
`daft.set_runner_ray()` first; the rest stays.
"""

import sys

import daft
import pyarrow as pa
import unhusk

WORKERS = 2

# What `extract_batch` gives, as one struct.
EMPTY = pa.record_batch(unhusk.extract_batch(pa.array([], pa.binary())))
ROW = daft.DataType.from_arrow_type(pa.struct(EMPTY.schema))


@daft.cls(max_concurrency=WORKERS, use_process=True)
class Extract:
    @daft.method.batch(return_dtype=ROW, batch_size=64)
    def __call__(self, response, url):
        pages = pa.table({"html": response.to_arrow(), "url": url.to_arrow()})
        rows = pa.record_batch(unhusk.extract_batch(pages, http=True, threads=1))
        return rows.drop_columns(["url"]).to_struct_array()


def main(source, target):
    records = daft.read_warc(source).where(daft.col("WARC-Type") == "response")
    rows = records.select(
        daft.col("WARC-Record-ID").cast(daft.DataType.string()).alias("id"),
        daft.col("WARC-Target-URI").alias("url"),
        Extract()(daft.col("warc_content"), daft.col("WARC-Target-URI")).alias("row"),
    )
    columns = [daft.col("row").get(name).alias(name) for name in EMPTY.schema.names]
    rows = rows.select("id", "url", *columns)
    # A response that is no page has neither.
    rows = rows.where(daft.col("text").not_null() | daft.col("error").not_null())
    rows.write_parquet(target)


if __name__ == "__main__":
    main(*sys.argv[1:])
