"""`from unhusk.compat.trafilatura import extract` in place of `from trafilatura import extract`.

The parameters that people use have the same names, defaults and meaning. A parameter or output format that has no
counterpart here is an error and not passed over, except for `fast` and `no_fallback`: there is no slower way.
"""

import json
from dataclasses import asdict, dataclass
from urllib.parse import urlsplit

import unhusk

__all__ = ["Document", "bare_extraction", "extract"]

_FORMATS = ("txt", "markdown", "html", "json", "python")


@dataclass
class Document:
    """What `bare_extraction` gives."""

    title: str | None = None
    author: str | None = None
    url: str | None = None
    hostname: str | None = None
    description: str | None = None
    sitename: str | None = None
    date: str | None = None
    tags: list[str] | None = None
    license: str | None = None
    id: str | None = None
    language: str | None = None
    image: str | None = None
    pagetype: str | None = None
    text: str | None = None
    comments: str | None = None

    def as_dict(self):
        """The fields as a dictionary."""
        return asdict(self)


def bare_extraction(
    filecontent,
    url=None,
    fast=False,
    no_fallback=False,
    favor_precision=False,
    favor_recall=False,
    include_comments=True,
    output_format="python",
    target_language=None,
    include_tables=True,
    include_images=False,
    include_formatting=None,
    include_links=False,
    with_metadata=False,
    only_with_metadata=False,
    as_dict=False,
):
    """The text of a page with its comments and, `with_metadata`, what the page says of itself; None without text."""
    if output_format not in _FORMATS:
        raise ValueError(f"the output format is one of {', '.join(_FORMATS)}, not {output_format!r}")
    favour = "precision" if favor_precision else "recall" if favor_recall else "balance"
    options = {
        "favour": favour,
        "include_tables": include_tables,
        "include_images": include_images,
        "include_links": include_links,
        # Trafilatura leaves the headline in the text.
        "include_title": True,
    }
    try:
        extraction = unhusk.extract(filecontent, url, **options)
    except unhusk.Error:
        # Trafilatura takes any address.
        extraction = unhusk.extract(filecontent, **options)
    metadata = extraction.metadata
    if extraction.is_empty:
        return None
    language = (metadata.language or "").split("-")[0].lower()
    if target_language and language and language != target_language:
        return None
    if only_with_metadata and not (metadata.title and metadata.published and (url or metadata.canonical_url)):
        return None
    if output_format == "markdown" or include_formatting and output_format == "txt":
        text = extraction.markdown
    elif output_format == "html":
        text = extraction.html
    else:
        text = extraction.text.replace("\n\n", "\n")
    document = Document(text=text)
    if include_comments:
        document.comments = "\n".join(extraction.comments)
    if with_metadata or only_with_metadata:
        document.title = metadata.title
        document.author = "; ".join(metadata.authors) or None
        document.url = metadata.canonical_url or url
        document.hostname = urlsplit(document.url).hostname if document.url else None
        document.description = metadata.description
        document.sitename = metadata.site_name
        document.date = metadata.published[:10] if metadata.published else None
        document.tags = metadata.tags
        document.license = metadata.licence
        document.language = language or None
        document.image = metadata.image
        document.pagetype = extraction.page_type
    return document.as_dict() if as_dict else document


def extract(
    filecontent,
    url=None,
    record_id=None,
    fast=False,
    no_fallback=False,
    favor_precision=False,
    favor_recall=False,
    include_comments=True,
    output_format="txt",
    target_language=None,
    include_tables=True,
    include_images=False,
    include_formatting=None,
    include_links=False,
    with_metadata=False,
    only_with_metadata=False,
):
    """The text of a page as "txt", "markdown", "html" or "json"; None for a page without text."""
    document = bare_extraction(
        filecontent,
        url,
        favor_precision=favor_precision,
        favor_recall=favor_recall,
        include_comments=include_comments,
        output_format=output_format,
        target_language=target_language,
        include_tables=include_tables,
        include_images=include_images,
        include_formatting=include_formatting,
        include_links=include_links,
        with_metadata=with_metadata,
        only_with_metadata=only_with_metadata,
    )
    if document is None:
        return None
    document.id = record_id
    if output_format == "json":
        return _json(document, with_metadata or only_with_metadata)
    text = document.text
    if document.comments and output_format != "html":
        text = f"{text.rstrip()}\n{document.comments}"
    if with_metadata and output_format in ("txt", "markdown"):
        text = _header(document) + text
    return text


def _json(document, with_metadata):
    if not with_metadata:
        return json.dumps({"text": document.text, "comments": document.comments}, ensure_ascii=False)
    names = {"url": "source", "sitename": "source-hostname", "description": "excerpt"}
    fields = {names.get(name, name): value for name, value in document.as_dict().items()}
    fields["tags"] = ",".join(document.tags)
    return json.dumps(fields, ensure_ascii=False)


def _header(document):
    lines = []
    for name in ("title", "author", "url", "hostname", "description", "sitename", "date", "tags", "license", "id"):
        value = getattr(document, name)
        if value:
            value = "; ".join(value) if isinstance(value, list) else " ".join(value.split())
            lines.append(f"{name}: {value}")
    return "\n".join(["---", *lines, "---", ""])
