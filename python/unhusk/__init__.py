"""What the author of a web page wrote, and what every other block of the page is.

>>> import unhusk
>>> page = '''<title>The dyke at Ost</title><nav><a href="/">Home</a> <a href="/sea">Sea</a></nav>
... <article><h1>The dyke at Ost</h1><p>The dyke at Ost has held for three hundred years, through eleven storm
... floods. It is made of clay, straw and patience, and each spring the village walks its length.</p></article>'''
>>> extraction = unhusk.extract(page, "https://coast.example/dyke")
>>> extraction.text[:24]
'The dyke at Ost has held'
>>> extraction.metadata.title
'The dyke at Ost'
>>> [block.role for block in extraction.blocks]
['navigation', 'title', 'content']
"""

from ._unhusk import (
    ROLES,
    Block,
    Error,
    Extraction,
    Item,
    Joined,
    Metadata,
    Pages,
    Post,
    Reason,
    RecordBatch,
    __version__,
    extract,
    extract_batch,
    is_probably_readable,
    join,
    read,
)

__all__ = [
    "ROLES",
    "Block",
    "Error",
    "Extraction",
    "Item",
    "Joined",
    "Metadata",
    "Pages",
    "Post",
    "Reason",
    "RecordBatch",
    "__version__",
    "extract",
    "extract_batch",
    "is_probably_readable",
    "join",
    "read",
]
