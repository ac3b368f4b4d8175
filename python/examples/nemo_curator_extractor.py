"""An algorithm for NeMo Curator's stages that read Common Crawl.

    CommonCrawlDownloadExtractStage(..., html_extraction=Unhusk())

It takes the options of `unhusk.extract`. Paragraphs are not chosen by their stop words, as blocks have been chosen
already; languages without spaces then need no way of their own.
"""

import unhusk
from nemo_curator.stages.text.download.html_extractors.base import HTMLExtractorAlgorithm


class Unhusk(HTMLExtractorAlgorithm):
    def __init__(self, **options):
        self.options = options

    def extract_text(self, html: str, stop_words: frozenset[str], language: str) -> list[str] | None:
        """The paragraphs of the page's text, which the stage joins by empty lines; None without text."""
        text = unhusk.extract(html, **self.options).text
        return text.split("\n\n") if text else None
