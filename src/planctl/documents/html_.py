"""Saved pages: the article, with its tables, its lists as they are numbered, and nothing that a reader does not see."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from planctl.documents.articles import Article, find_article, is_hidden, is_unread
from planctl.documents.composing import Composer, Look
from planctl.documents.decoding import Decoded, decode
from planctl.documents.markup import Element, Text, parse
from planctl.documents.records import BlockKind, Format, NoteKind, Place, Reading, TablePlace
from planctl.errors import EmptyDocumentError, OversizedDocumentError

if TYPE_CHECKING:
    from collections.abc import Iterator

CHARSET = re.compile(rb"charset\s{0,9}=\s{0,9}[\"']?([\w-]{1,20})", re.IGNORECASE)
HEAD = 4096
MOST_CHARACTERS = 10_000_000
"""A page with its markup; scripts and pictures are most of a large one."""
CHARSETS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "utf-8": "utf-8",
    "utf8": "utf-8",
}
"""The encodings of Chinese pages; of one that names another the bytes decide."""
MOST_DAMAGE = 0.001
"""How much of a page may be no text in the encoding that it names."""
PIECE = re.compile(r"[ \t\r\n\f]+|&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});?")
INLINE = frozenset(
    re.findall(
        r"\w+",
        "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark nobr q ruby s samp small span strike strong "
        "sub sup time tt u var wbr input",
    )
)
HEADINGS = {f"h{level}": level for level in range(1, 7)}
SITE = re.compile(r"\s*[_|｜]\s*|\s+[-–—]+\s+|[-–—]+(?=[^-–—]{0,30}(?:政府|网|网站|门户|委员会|局|厅|部)$)")
"""What stands between the title of a page and the name of its site."""
BOLD = re.compile(r"font-weight\s{0,9}:\s{0,9}(bold|[6-9]00)", re.IGNORECASE)
CENTRED = re.compile(r"text-align\s{0,9}:\s{0,9}center", re.IGNORECASE)
ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
WIDEST = 200
"""Columns of a table; and no cell spans more."""
TALLEST = 10_000
LINKS = 3
"""A list of so many short links, and nothing else, is a menu."""
LONGEST_LINK = 40
"""A longer link is a part of the text."""


class Context(NamedTuple):
    """What holds for the text of an element."""

    is_centred: bool = False
    is_bold: bool = False
    is_preformatted: bool = False


def read_html(name: str, data: bytes) -> Reading:
    """Read a page.

    Raises:
        EmptyDocumentError: there is no text in it.
    """
    page, encoding = _decode(name, data)
    if len(page) > MOST_CHARACTERS:
        raise OversizedDocumentError(path=name, what=len(page), limit=MOST_CHARACTERS)
    article = find_article(parse(page), page)
    writer = PageWriter(name, page)
    writer.write_children(article.element, Context())
    writer.composer.end_paragraph()
    if not writer.composer.blocks:
        raise EmptyDocumentError(path=name)
    return _reading(name, encoding, writer.composer, article)


def _reading(name: str, encoding: str, composer: Composer, article: Article) -> Reading:
    if article.furniture:
        composer.recorder.note(NoteKind.FURNITURE, article.furniture)
    metadata = dict(article.metadata)
    page_title = metadata.pop("page title", "")
    metadata.setdefault("title", SITE.split(page_title)[0])
    titles = dict.fromkeys((metadata["title"], page_title))
    return Reading(
        path=name,
        format=Format.HTML,
        encoding=encoding,
        source=composer.recorder.source(),
        blocks=composer.blocks,
        tables=tuple(composer.tables),
        titles=tuple(title for title in titles if title),
        metadata={key: value for key, value in metadata.items() if value},
        notes=tuple(composer.recorder.notes),
    )


def _decode(name: str, data: bytes) -> Decoded:
    """Decode a page as it says itself, if its bytes agree; a few that do not are replaced."""
    found = CHARSET.search(data[:HEAD])
    codec = CHARSETS.get(found[1].decode("ascii").lower()) if found else None
    if codec and not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = data.decode(codec, errors="replace")
        if text.count("\ufffd") <= MOST_DAMAGE * len(text):
            return Decoded(text, codec)
    return decode(name, data)


class PageWriter:
    """Walks through the elements of an article and writes their text down."""

    def __init__(self, name: str, page: str) -> None:
        self.page = page
        self.composer = Composer(name)
        self._lines = [0, *(found.end() for found in re.finditer("\n", page))]
        self._bold = self._plain = 0
        self._marker: str | None = None  # the number of an item of which nothing is written yet
        self._number: str | None = None  # the number of the paragraph that is open

    def write_children(self, element: Element, context: Context) -> None:
        """Write what is in an element."""
        number = _first_number(element)
        for child in element.children:
            if isinstance(child, Text):
                self._write_text(child, context)
            elif child.name == "li" and element.name == "ol":
                number = _number(child.attributes.get("value"), number)
                self._end(context)
                self._marker = _marker(element.attributes.get("type", "1"), number)
                self.write(child, context)
                number += 1
            else:
                self.write(child, context)

    def write(self, element: Element, context: Context) -> None:
        """Write an element."""
        if is_unread(element) or self._is_menu(element):
            return
        if is_hidden(element):
            self._note_hidden(element)
        elif element.name == "br":
            self._end(context)
        elif element.name == "table" and not self._is_layout(element):
            self._write_table(element, context)
        elif element.name in INLINE or ":" in element.name:
            self.write_children(element, _inner_context(element, context))
        else:
            self._write_block(element, context)

    def _write_block(self, element: Element, context: Context) -> None:
        self._end(context)
        inner = _inner_context(element, context)
        self.write_children(element, inner)
        self._end(inner, HEADINGS.get(element.name))

    def _write_text(self, text: Text, context: Context) -> None:
        at = text.start
        for found in PIECE.finditer(self.page, text.start, text.end):
            self._write_piece(self.page[at : found.start()], at, context)
            if found[0][0] == "&":
                self._write_piece(_character(found[0]), found.start(), context)
            elif context.is_preformatted and "\n" in found[0]:
                self._end(context)
            elif not self.composer.is_blank:
                self._write_piece(" ", found.start(), context)
            at = found.end()
        self._write_piece(self.page[at : text.end], at, context)

    def _write_piece(self, piece: str, at: int, context: Context) -> None:
        if not piece:
            return
        line = bisect_right(self._lines, at)
        place = Place(line, at - self._lines[line - 1] + 1)
        if self._marker and piece.strip():
            self.composer.write(self._marker, place)
            self._number, self._marker = self._marker, None
        self.composer.write(piece, place)
        if piece.strip():
            self._bold += len(piece) * context.is_bold
            self._plain += len(piece) * (not context.is_bold)

    def _end(self, context: Context, level: int | None = None) -> None:
        """End the paragraph that is open."""
        is_bold = self._bold > 0 and not self._plain
        kind = BlockKind.HEADING if level else BlockKind.PARAGRAPH
        self.composer.end_paragraph(Look(kind, self._number, level, context.is_centred, is_bold))
        self._number = None
        self._bold = self._plain = 0

    def _write_table(self, table: Element, context: Context) -> None:
        self._end(context)
        for caption in _own(table, "caption"):
            self._write_block(caption, context)
        number = self.composer.begin_table()
        taken: dict[int, int] = {}  # columns that cells of rows above still hold, and for how many rows
        width = row = 0
        for row, element in enumerate(_own(table, "tr"), 1):
            column = 1
            below: dict[int, int] = {column: rows - 1 for column, rows in taken.items() if rows > 1}
            for cell in _own(element, "td", "th"):
                while taken.get(column):
                    column += 1
                if column > WIDEST:
                    break
                rows, columns = _span(cell, "rowspan", TALLEST), _span(cell, "colspan", WIDEST + 1 - column)
                self._write_cell(cell, context, TablePlace(number, row, column, rows, columns))
                below.update(dict.fromkeys(range(column, column + columns), rows - 1))
                column += columns
                width = max(width, column - 1)
            taken = {column: rows for column, rows in below.items() if rows}
        self.composer.end_table(number, row, width)

    def _write_cell(self, cell: Element, context: Context, place: TablePlace) -> None:
        inner = _inner_context(cell, context)
        if cell.name == "th":
            inner = inner._replace(is_bold=True)
        self.composer.begin_cell(place)
        self.write_children(cell, inner)
        self._end(inner)
        self.composer.end_cell()

    def _is_layout(self, table: Element) -> bool:
        """Tell whether a table only puts things in their places: no row of it has two cells with text."""
        rows = (sum(self._has_text(cell) for cell in _own(row, "td", "th")) for row in _own(table, "tr"))
        return all(cells <= 1 for cells in rows)

    def _has_text(self, element: Element) -> bool:
        return any(self.page[text.start : text.end].replace("&nbsp;", "").strip() for text in element.texts())

    def _is_menu(self, element: Element) -> bool:
        """Tell whether a list is nothing but short links."""
        if element.name not in {"ul", "ol", "dl"}:
            return False
        items = [child for child in element.children if isinstance(child, Element)]
        return len(items) >= LINKS and all(self._is_link(item) for item in items)

    def _is_link(self, item: Element) -> bool:
        links = [element for element in item.elements() if element.name == "a"]
        linked = sum(text.end - text.start for link in links for text in link.texts())
        whole = sum(len(self.page[text.start : text.end].strip()) for text in item.texts())
        return bool(links) and whole <= min(linked, LONGEST_LINK)

    def _note_hidden(self, element: Element) -> None:
        text = next((text for text in element.texts() if self.page[text.start : text.end].strip()), None)
        if text:
            line = bisect_right(self._lines, text.start)
            shown = " ".join(self.page[text.start : text.end].split())[:80]
            self.composer.recorder.note(NoteKind.HIDDEN, shown, Place(line, text.start - self._lines[line - 1] + 1))


def _own(element: Element, *names: str) -> Iterator[Element]:
    """Give the rows of a table or the cells of a row, not those of a table in a cell."""
    for child in element.children:
        if isinstance(child, Element):
            if child.name in names:
                yield child
            elif child.name in {"tbody", "thead", "tfoot", "form"}:
                yield from _own(child, *names)


def _inner_context(element: Element, outer: Context) -> Context:
    style = element.attributes.get("style", "")
    is_centred = outer.is_centred
    if "align" in element.attributes or "text-align" in style.lower() or element.name == "center":
        align = element.attributes.get("align", "").lower()
        is_centred = bool(CENTRED.search(style)) or element.name == "center" or ("text-align" not in style.lower() and align == "center")
    is_bold = outer.is_bold or element.name in {"b", "strong"} or bool(BOLD.search(style))
    return Context(is_centred, is_bold, outer.is_preformatted or element.name == "pre")


def _span(cell: Element, name: str, most: int) -> int:
    text = cell.attributes.get(name, "").strip()
    return max(1, min(int(text), most)) if text.isdecimal() and len(text) < 7 else 1


def _character(reference: str) -> str:
    """Give what a reference stands for; one that nothing knows stays as it is."""
    return unescape(reference)


def _first_number(element: Element) -> int:
    return _number(element.attributes.get("start"), 1)


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.strip().isdecimal() and len(text) < 7 else default


def _marker(kind: str, number: int) -> str:
    """Print the number of an item."""
    if kind in {"a", "A"}:
        letter = chr((number - 1) % 26 + ord("a"))
        return f"{letter if kind == 'a' else letter.upper()}."
    if kind in {"i", "I"} and 0 < number < 4000:
        roman = ""
        for value, letters in ROMAN:
            roman += letters * (number // value)
            number %= value
        return f"{roman if kind == 'i' else roman.upper()}."
    return f"{number}."
