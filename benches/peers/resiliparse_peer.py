"""Times resiliparse for Python: reads "ID<TAB>FILE" lines, writes one JSON line {"seconds", "texts"}.

Its C parser comes with the wheel (`pip install resiliparse`); the crate of that name wants lexbor installed.
"""

import json
import sys
import time

from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.html import HTMLTree

pages = [open(line.rstrip("\n"), "rb").read() for line in sys.stdin]
texts, seconds = [], []
for page in pages:
    start = time.perf_counter()
    tree = HTMLTree.parse_from_bytes(page, "utf-8")
    text = extract_plain_text(tree, main_content=True)
    seconds.append(time.perf_counter() - start)
    texts.append(text)
json.dump({"seconds": seconds, "texts": texts}, sys.stdout)
