"""A .docx as text that people can review: for `git diff`, through textconv in .gitattributes.

Deleted text stands in [-…-], inserted text in {+…+}, a field as {PAGE}.
Only what is looked at is unpacked, and never more than a real document has.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from typing import TYPE_CHECKING

from planctl.word.errors import NoDocxError, NotDocxError
from planctl.word.markup import UNSAFE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from docx.oxml.xmlchemy import BaseOxmlElement

MAX_BYTES = 64 * 1024 * 1024
"""Bytes of all parts that are read, unpacked; a table of 2,000 rows takes 7 million."""
MAX_MARKUP = 5_000_000
"""Tags and attributes of a part: each takes a hundred bytes of memory, and five in the file."""
MAX_ENTRIES = 4096
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
DOCUMENT_KIND = "/officeDocument"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
DESCRIPTION = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
TWIPS_PER_MM = 1440 / 25.4


def textconv(data: bytes) -> str:
    """Write a document down: the set-up of each section before its text, a paragraph as `style | text`, a row of a table as `| a | b |`.

    Raises:
        NotDocxError: it is no .docx, is broken, or is made to fill the memory.
        NoDocxError: python-docx is not installed.
    """
    try:
        from docx.oxml.parser import parse_xml  # noqa: PLC0415 - an extra, and only documents need it
    except ImportError as error:
        raise NoDocxError from error
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if len(package.infolist()) > MAX_ENTRIES:
                raise NotDocxError
            return "".join(f"{line}\n" for line in _Reader(package, parse_xml).lines())
    except (
        zipfile.BadZipFile,
        zlib.error,
        KeyError,
        ValueError,
        SyntaxError,
        EOFError,
        NotImplementedError,
        RuntimeError,
        OSError,
    ) as error:
        # SyntaxError is what lxml's errors are; RuntimeError a password, or a nesting that nobody wrote.
        raise NotDocxError from error


class _Reader:
    """Reads one package."""

    def __init__(self, package: zipfile.ZipFile, parse: Callable[[bytes], BaseOxmlElement]) -> None:
        self.package, self.parse = package, parse
        self.budget = MAX_BYTES
        self.path = next((target for kind, target in self.relations("").values() if kind.endswith(DOCUMENT_KIND)), "")
        self.targets = {key: target for key, (_, target) in self.relations(self.path).items()}
        self.names = dict(self.styles())

    def part(self, name: str) -> BaseOxmlElement:
        """Parse a part, of a size that it may have. A document type is refused: entities can blow up."""
        if self.package.getinfo(name).compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise NotDocxError
        with self.package.open(name) as file:
            data = file.read(self.budget + 1)
        self.budget -= len(data)
        if self.budget < 0 or data.count(b"<") + data.count(b"=") > MAX_MARKUP or b"<!DOCTYPE" in data[:4096].upper():
            raise NotDocxError
        return self.parse(data)

    def relations(self, source: str) -> dict[str, tuple[str, str]]:
        """Read what a part refers to, by key: the kind and the path."""
        folder, name = posixpath.split(source)
        path = posixpath.join(folder, "_rels", f"{name}.rels")
        if path not in self.package.NameToInfo:
            return {}
        return {
            item.get("Id", ""): (item.get("Type", ""), posixpath.normpath(posixpath.join("/", folder, item.get("Target", ""))).lstrip("/"))
            for item in self.part(path).iter(RELATION)
            if item.get("TargetMode") != "External"
        }

    def styles(self) -> Iterator[tuple[str, str]]:
        """Read the names of the styles by their ids."""
        for kind, target in self.relations(self.path).values():
            if kind.endswith("/styles") and target in self.package.NameToInfo:
                for style in self.part(target).iter(f"{W}style"):
                    name = style.find(f"{W}name")
                    yield style.get(f"{W}styleId", ""), "" if name is None else name.get(f"{W}val", "")

    def lines(self) -> Iterator[str]:
        """Write the body, each section after its set-up."""
        body = self.part(self.path).find(f"{W}body")
        if body is None:
            raise NotDocxError
        waiting: list[str] = []
        for child in body:
            waiting += self.block(child)
            section = child if child.tag == f"{W}sectPr" else child.find(f"{W}pPr/{W}sectPr")
            if section is not None:
                yield from self.section(section)
                yield from waiting
                waiting = []
        yield from waiting

    def section(self, section: BaseOxmlElement) -> Iterator[str]:
        """Write the set-up of a section, with its own headers and footers."""
        size, edges, grid = (section.find(f"{W}{name}") for name in ("pgSz", "pgMar", "docGrid"))
        parts = []
        if size is not None:
            parts.append(f"{_mm(size, 'w')}×{_mm(size, 'h')} mm {size.get(f'{W}orient', 'portrait')}")
        if edges is not None:
            sides = " ".join(f"{side[0].upper()}{_mm(edges, side)}" for side in ("top", "bottom", "left", "right"))
            parts.append(f"margins {sides} mm, header {_mm(edges, 'header')} mm, footer {_mm(edges, 'footer')} mm")
        if grid is not None:
            parts.append(f"grid {grid.get(f'{W}type', 'default')} {grid.get(f'{W}linePitch', '?')}")
        yield f"[section: {', '.join(parts)}]"
        for kind in ("header", "footer"):
            for reference in section.findall(f"{W}{kind}Reference"):
                target = self.targets.get(reference.get(f"{R}id", ""), "")
                if target in self.package.NameToInfo:
                    for child in self.part(target):
                        yield from (f"[{kind} {reference.get(f'{W}type', 'default')}] {line}" for line in self.block(child))

    def block(self, element: BaseOxmlElement) -> Iterator[str]:
        """Write a paragraph or a table; a wrapper of blocks, such as a content control, as what it holds."""
        if element.tag == f"{W}p":
            yield f"{self.style(element)} | {_text(element)}".rstrip()
        elif element.tag == f"{W}tbl":
            for row in _own(element, "tr", "tbl"):
                yield f"| {' | '.join(_cell(cell) for cell in _own(row, 'tc', 'tr'))} |"
        elif element.tag != f"{W}sectPr":
            for child in element:
                yield from self.block(child)

    def style(self, paragraph: BaseOxmlElement) -> str:
        """Name the style of a paragraph."""
        found = paragraph.find(f"{W}pPr/{W}pStyle")
        key = "" if found is None else found.get(f"{W}val", "")
        return _clean(self.names.get(key, key)) or "Normal"


def _mm(element: BaseOxmlElement, name: str) -> str:
    """Write a length in millimetres; what is no number is given as it is."""
    value = element.get(f"{W}{name}", "?")
    return f"{int(value) / TWIPS_PER_MM:.1f}".removesuffix(".0") if value.lstrip("-").isdecimal() else value


def _own(parent: BaseOxmlElement, name: str, kind: str) -> Iterator[BaseOxmlElement]:
    """Give the rows of a table or the cells of a row, without those of a table in a cell."""
    return (element for element in parent.iter(f"{W}{name}") if next(element.iterancestors(f"{W}{kind}")) is parent)


def _cell(cell: BaseOxmlElement) -> str:
    return "<br>".join(_text(paragraph) for paragraph in cell.iter(f"{W}p")).replace("|", "\\|")


def _text(paragraph: BaseOxmlElement) -> str:
    return _clean("".join(_pieces(paragraph)))


def _pieces(paragraph: BaseOxmlElement) -> Iterator[str]:
    """Give the text of a paragraph; of a field its instruction, not the result that it had when it was last computed."""
    depth: list[bool] = []  # of the fields that are open: has the result begun?
    for element in paragraph.iter():
        tag = element.tag
        if tag == f"{W}fldChar":
            kind = element.get(f"{W}fldCharType")
            if kind == "begin":
                depth.append(False)
            elif depth and kind == "separate":
                depth[-1] = True
            elif depth and kind == "end":
                depth.pop()
        elif tag == f"{W}instrText":
            yield f"{{{(element.text or '').strip()}}}"
        elif not any(depth):
            yield from _piece(element)


def _piece(element: BaseOxmlElement) -> Iterator[str]:
    tag = element.tag
    if tag == f"{W}t" and not any(True for _ in element.iterancestors(FALLBACK)):
        inserted = any(True for _ in element.iterancestors(f"{W}ins"))
        yield f"{{+{element.text or ''}+}}" if inserted else element.text or ""
    elif tag == f"{W}delText":
        yield f"[-{element.text or ''}-]"
    elif tag in {f"{W}br", f"{W}cr"}:
        yield "<br>"
    elif tag == f"{W}tab" and element.getparent().tag == f"{W}r":
        yield "\t"
    elif tag == DESCRIPTION:
        yield f"[picture {element.get('name', '')}: {element.get('descr', '')}]"


def _clean(text: str) -> str:
    """Take out what would move the cursor of a terminal or turn the text around."""
    return UNSAFE.sub("", text.replace("\n", " "))
