import os
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any, Literal, Protocol, TypedDict, Unpack

_Favour = Literal["balance", "precision", "recall"]
_Column = Literal["markdown", "html", "comments", "blocks", "reasons"]

__version__: str
ROLES: list[str]
"""Every role, in the order of the vocabulary."""

class Error(ValueError):
    """What can go wrong: a wrong option, or in strict mode a page over a limit."""

class _Options(TypedDict, total=False):
    favour: _Favour
    """What to favour where it is unclear whether a block belongs to the text. "balance" if not given."""
    include_title: bool
    """Begin with the headline. False if not given."""
    include_comments: bool
    """Include readers' comments. False if not given."""
    include_links: bool
    """Markdown and HTML keep links. True if not given."""
    include_images: bool
    """Markdown and HTML keep images. True if not given."""
    include_tables: bool
    """Data tables come out. True if not given."""
    max_input_bytes: int
    """The most bytes of a page that are read. 64 MiB if not given."""
    max_nodes: int
    """The most nodes of a page's tree: elements, texts, comments. 4,000,000 if not given."""
    max_depth: int
    """The deepest that elements are nested, 16…512; deeper ones become siblings. 512 if not given."""
    max_attribute_bytes: int
    """The most bytes of an attribute's value; an attribute with a longer one is left out. 64 KiB if not given."""
    max_steps: int
    """The most work that building the tree may take. 4,000,000,000 if not given."""
    max_blocks: int
    """The most blocks of a page. 1,000,000 if not given."""
    max_output_bytes: int
    """The most bytes of text that come out. 64 MiB if not given."""
    strict: bool
    """A page beyond a limit is an error instead of being cut. False if not given."""

class _HasArray(Protocol):
    def __arrow_c_array__(self, requested_schema: object | None = None) -> tuple[object, object]: ...

class _HasStream(Protocol):
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...

def extract(
    html: str | bytes,
    url: str | None = None,
    *,
    charset: str | None = None,
    **options: Unpack[_Options],
) -> Extraction:
    """Extracts what the author of a page wrote.

    `url` is the page's own address, against which links are resolved. `charset` is what the transport said of bytes,
    if anything. Raises `Error` for an address or a charset that is none, and in strict mode for a page that is too
    long; a page as such is never an error.
    """

def extract_batch(
    pages: _HasArray | _HasStream,
    *,
    html: str = "html",
    url: str = "url",
    charset: str = "charset",
    http: bool = False,
    columns: Sequence[_Column] = (),
    roles: Sequence[str] = (),
    threads: int | None = None,
    **options: Unpack[_Options],
) -> RecordBatch:
    """Extracts many pages, without Python's lock.

    `pages` is an Arrow array of texts or bytes, or a record batch or table with such a column, from any library with
    the Arrow PyCapsule interface. `html`, `url` and `charset` name the columns; only the first is needed. With
    `http`, the pages are HTTP responses as WARC files hold them: headers and encodings are undone, and a response that
    is no page (another status than 2xx, or not HTML) gives a row of nulls.

    The result has the input's other columns, then one for each field: text, title, declared_title, subtitle, authors,
    byline, organisations, published, modified, site_name, language, canonical_url, image, description, tags, sections,
    licence, is_free, next_page, previous_page, page_type, confidence, truncated, error, and those asked for by `columns`. With `roles`, the text is that of the blocks with these roles.

    A page that cannot be extracted, a null, and a row with an `error` have the reason in `error` and nulls elsewhere.
    `threads` is how many pages are extracted at a time; `None` takes all cores. Workers of an engine want 1.
    """

def is_probably_readable(html: str | bytes, *, charset: str | None = None) -> bool:
    """Whether a page probably holds an article: one look at its paragraphs, without extracting it.

    The measure of Mozilla Readability's `isProbablyReaderable`.
    """

def join(pages: Sequence[Extraction]) -> Joined:
    """Puts the pages of one article together, in the order of their links to the next page.

    Pages that no link leads to come in the order given. What each page repeats of the first page's head and of the
    last page's tail comes out once.
    """

def read(path: str | os.PathLike[str], *, rows: int = 256, max_bytes: int = 67108864) -> Pages:
    """Reads a WARC file, JSON lines or a saved page, or every such file of a folder, each also packed by gzip.

    Gives batches of at most `rows` pages with the columns source, row, offset, id, url, charset, html and error, which
    `extract_batch` takes. A broken record is a row with an `error`; what holds no page is passed over.
    """

class Pages(Iterator[RecordBatch]):
    """Batches of pages."""

    def __iter__(self) -> Pages: ...
    def __next__(self) -> RecordBatch: ...

class RecordBatch:
    """Columns of the same length, for any library with the Arrow PyCapsule interface.

    `pyarrow.record_batch(batch)` and `polars.from_arrow(batch)` take it without a copy.
    """

    @property
    def num_rows(self) -> int: ...
    @property
    def column_names(self) -> list[str]: ...
    def __len__(self) -> int: ...
    def __arrow_c_array__(self, requested_schema: object | None = None) -> tuple[Any, Any]: ...
    def __arrow_c_schema__(self) -> Any: ...

class Extraction:
    """What was found on a page."""

    @property
    def text(self) -> str:
        """What the author wrote: blocks parted by an empty line. Empty for a page without content."""
    @property
    def markdown(self) -> str:
        """The same as Markdown."""
    @property
    def html(self) -> str:
        """The same as minimal HTML without script and style."""
    @property
    def json(self) -> str:
        """Everything as one JSON object."""
    def report(self, name: str = "") -> str:
        """A page of HTML to look at: the text coloured by role, with scores, measures and reasons."""
    @property
    def metadata(self) -> Metadata: ...
    @property
    def blocks(self) -> list[Block]:
        """Every block of the page in document order, content or not."""
    @property
    def comments(self) -> list[str]:
        """The texts of readers' comments."""
    @property
    def comment_posts(self) -> list[Post]:
        """Readers' comments, each with its author, date and depth where the markup tells them."""
    @property
    def posts(self) -> list[Post]:
        """The posts of a thread, or the question and the answers; empty for pages of another type than forum."""
    @property
    def items(self) -> list[Item]:
        """What a shop's or an index's page offers or lists; of a product's page, that product."""
    @property
    def reading_time(self) -> timedelta:
        """How long it takes to read the text, at 238 words a minute."""
    @property
    def confidence(self) -> float:
        """The words F1 to be expected, 0…1."""
    @property
    def page_type(self) -> str:
        """article, forum, product, collection, listing, documentation or service."""
    @property
    def is_empty(self) -> bool: ...
    @property
    def truncated(self) -> list[str]:
        """The limits that the page went beyond."""

class Metadata:
    """What a page says of itself."""

    @property
    def title(self) -> str | None:
        """Without the site's name."""
    @property
    def declared_title(self) -> str | None:
        """As the page declares it, uncut: with the site's name where it has that there."""
    @property
    def authors(self) -> list[str]:
        """Names alone, without "By", roles and dates."""
    @property
    def byline(self) -> str | None:
        """What `authors` was read from, as it stands on the page."""
    @property
    def published(self) -> str | None:
        """ISO 8601."""
    @property
    def modified(self) -> str | None:
        """ISO 8601."""
    @property
    def site_name(self) -> str | None: ...
    @property
    def language(self) -> str | None: ...
    @property
    def canonical_url(self) -> str | None: ...
    @property
    def image(self) -> str | None: ...
    @property
    def description(self) -> str | None: ...
    @property
    def tags(self) -> list[str]: ...
    @property
    def licence(self) -> str | None: ...
    @property
    def next_page(self) -> str | None: ...
    @property
    def previous_page(self) -> str | None: ...
    @property
    def subtitle(self) -> str | None: ...
    @property
    def organisations(self) -> list[str]: ...
    @property
    def date(self) -> str | None:
        """When it was published or, if that is not known, changed."""
    @property
    def sections(self) -> list[str]: ...
    @property
    def is_free(self) -> bool | None: ...
    def source(self, field: str) -> str | None:
        """Where a field's value was found: json_ld, open_graph, meta, visible and so on; None without a value.

        `field` is the name of a field above other than `date`.
        """

class Post:
    """A post of a thread, an answer, or a reader's comment."""

    @property
    def author(self) -> str | None: ...
    @property
    def date(self) -> str | None:
        """ISO 8601."""
    @property
    def depth(self) -> int:
        """How many posts it stands under: 0 for one that answers none, or none that the markup tells."""
    @property
    def is_question(self) -> bool:
        """True for the question of a page of answers."""
    @property
    def is_accepted(self) -> bool:
        """True for the answer that was accepted."""
    @property
    def text(self) -> str: ...

class Item:
    """A product of a shop, or an entry of an index."""

    @property
    def title(self) -> str: ...
    @property
    def url(self) -> str | None: ...
    @property
    def price(self) -> str | None:
        """A decimal number without grouping: "1299.00"."""
    @property
    def currency(self) -> str | None:
        """ISO 4217."""
    @property
    def image(self) -> str | None: ...
    @property
    def source(self) -> str:
        """Where it was found: json_ld, microdata, open_graph or visible."""

class Joined:
    """Pages of one article in their order, without what each of them repeats."""

    @property
    def text(self) -> str: ...
    @property
    def markdown(self) -> str: ...
    @property
    def html(self) -> str: ...
    @property
    def pages(self) -> list[Extraction]:
        """The pages, first to last."""

class Block:
    """A block of the page with the verdict on it."""

    @property
    def index(self) -> int: ...
    @property
    def role(self) -> str:
        """One of `ROLES`."""
    @property
    def kind(self) -> str:
        """heading, paragraph, list_item, quote, code, table_cell, caption, term, definition or figure."""
    @property
    def heading_level(self) -> int | None: ...
    @property
    def score(self) -> float:
        """The probability that it is content, 0…1."""
    @property
    def text(self) -> str: ...
    @property
    def words(self) -> int: ...
    @property
    def text_density(self) -> float:
        """Words per line of 80 characters."""
    @property
    def chars_per_tag(self) -> float: ...
    @property
    def link_ratio(self) -> float:
        """Words in links ÷ words, 0…1."""
    @property
    def path(self) -> str: ...
    @property
    def line(self) -> int | None: ...
    @property
    def reasons(self) -> list[Reason]:
        """What moved its score most, strongest first."""

class Reason:
    """One thing that moved a block's score."""

    @property
    def name(self) -> str: ...
    @property
    def value(self) -> float: ...
    @property
    def contribution(self) -> float: ...
