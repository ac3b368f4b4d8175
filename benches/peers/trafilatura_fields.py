"""Writes what trafilatura for Python makes of a set's pages as predictions, for `evaluate --predictions`.

    pip install trafilatura
    python3 benches/peers/trafilatura_fields.py SET > predictions.jsonl

Fields come from its `extract_metadata`, asked for by page, since `extract` gives none for a page without text.
"""

import json
import pathlib
import sys

import trafilatura

folder = pathlib.Path(sys.argv[1])
for line in (folder / "gold.jsonl").open(encoding="utf-8"):
    gold = json.loads(line)
    page = (folder / "html" / f"{gold['id']}.html").read_bytes()
    prediction = {"id": gold["id"], "text": "", "title": None, "authors": [], "date": None}
    try:
        fields = trafilatura.extract_metadata(page, default_url=gold.get("url"))
        prediction["text"] = trafilatura.extract(page, url=gold.get("url")) or ""
    except Exception as error:  # A page it cannot read counts as one without an answer.
        prediction["error"] = str(error)
    else:
        if fields is not None:
            authors = (fields.author or "").split("; ")
            prediction["authors"] = [name for name in authors if name]
            prediction["title"], prediction["date"] = fields.title, fields.date
    print(json.dumps(prediction, ensure_ascii=False))
