"""What a document is made of, as plain values: the blocks that the dialect of Markdown can say."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias


class Span(NamedTuple):
    """Some text in one dress; a line break is a newline in it."""

    text: str
    bold: bool = False
    italic: bool = False


Spans: TypeAlias = tuple[Span, ...]


class Heading(NamedTuple):
    """A heading; level 1 is the title of the document."""

    level: int
    spans: Spans


class Prose(NamedTuple):
    """A paragraph: of the text, of a list (with its marker, and how deep), of a quotation."""

    spans: Spans
    marker: str = ""
    depth: int = 0
    quoted: bool = False


class Table(NamedTuple):
    """A table; every row has as many cells as the header. An alignment is left, right, center or nothing."""

    header: tuple[Spans, ...]
    rows: tuple[tuple[Spans, ...], ...]
    alignments: tuple[str, ...]
    widths: tuple[float, ...] = ()
    """Shares of the columns; empty lets the content decide."""


class Picture(NamedTuple):
    """A picture by its name, with its caption."""

    name: str
    caption: str


class PageBreak(NamedTuple):
    """What follows begins a page."""


class Landscape(NamedTuple):
    """What follows is on landscape pages, or no longer."""

    on: bool


class Attachment(NamedTuple):
    """An attachment begins: 附件 with its number, and its title."""

    number: str
    title: Spans


class Rule(NamedTuple):
    """A line across."""


Block: TypeAlias = Heading | Prose | Table | Picture | PageBreak | Landscape | Attachment | Rule


def plain(spans: Spans) -> str:
    """Give the bare text."""
    return "".join(span.text for span in spans)
