"""The child process that takes a PDF apart with pdfplumber: bytes come in, and a line of JSON for each page goes out.

A PDF is a program of sorts, and one may be made to run for ever; so it is read in a process of its own, with bounds that the system keeps.
"""

from __future__ import annotations

import io
import json
import sys
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pdfplumber.page import Page

MEGABYTES = 2048
SECONDS = 20
"""Of computing, before the first page."""
A_PAGE = 0.5
"""Seconds of computing for each page; most take a twentieth of that."""
MOST_PAGES = 1000
MOST_CHARACTERS = 20_000
"""On one page; a full one has 800."""
FEWEST_EDGES = 4
MOST_EDGES = 5_000
"""Lines on one page; a drawing has more."""
SAME_LINE = 0.5
"""Characters stand in one line if their middles are no further apart than this part of their height."""
BLANK = 0.6
"""A gap as wide as this part of a character is a blank."""
TWICE = 0.3
"""A character printed again so near the same place only makes it bold."""
EDGE = 2.0
"""Points between edges that are one."""
COVER = 0.5
"""A picture that covers so much of a page is a scan of it."""


class Line(NamedTuple):
    """A line of print, in points from the top left."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    is_bold: bool


class Glyph(NamedTuple):
    """A character of print."""

    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    text: str
    font: str


def main() -> None:
    """Read a PDF from the standard input and write its pages to the standard output."""
    seconds = int(sys.argv[1])
    _bound(seconds)
    data = sys.stdin.buffer.read()
    for page in _pages(data):
        if "pages" in page:
            _bound(seconds + int(A_PAGE * page["pages"]))
        sys.stdout.write(json.dumps(page) + "\n")


def _bound(seconds: int) -> None:
    """Set bounds to the memory and the time of this process, where the system knows such; the hard ones stay as they are."""
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    for kind, most in ((resource.RLIMIT_AS, MEGABYTES << 20), (resource.RLIMIT_CPU, seconds)):
        hard = resource.getrlimit(kind)[1]
        resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _pages(data: bytes) -> Iterator[dict[str, Any]]:
    try:
        import pdfplumber  # noqa: PLC0415 - an extra
        from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect  # noqa: PLC0415
    except ImportError:
        yield {"error": "missing"}
        return
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            count = len(pdf.pages)
            yield {"pages": count, "title": str(pdf.metadata.get("Title") or "")}
            for page in pdf.pages[:MOST_PAGES]:
                yield _page(page)
                page.close()
    except MemoryError:
        yield {"error": "slow"}
    except (PDFEncryptionError, PDFPasswordIncorrect):
        yield {"error": "encrypted"}
    except Exception as error:  # noqa: BLE001 - pdfminer raises anything for a damaged file
        inner = error.args[0] if error.args else error
        is_locked = isinstance(inner, (PDFEncryptionError, PDFPasswordIncorrect))
        yield {"error": "encrypted" if is_locked else "damaged", "reason": f"{type(inner).__name__} {inner}"[:200]}


def _page(page: Page) -> dict[str, Any]:
    chars = page.chars[:MOST_CHARACTERS]
    glyphs = [_glyph(char) for char in chars if char["upright"] and char["text"]]
    count = len(glyphs)
    unknown = sum(glyph.text.startswith("(cid:") or glyph.text == "\ufffd" for glyph in glyphs)
    tables: list[dict[str, Any]] = []
    if FEWEST_EDGES <= len(page.edges) <= MOST_EDGES:
        for table in page.find_tables():
            taken, rest = _table(table.cells, glyphs)
            if taken:
                tables.append(taken)
                glyphs = rest
    area = float(page.width * page.height) or 1.0
    scan = any((image["x1"] - image["x0"]) * (image["bottom"] - image["top"]) > COVER * area for image in page.images)
    return {
        "width": float(page.width),
        "height": float(page.height),
        "lines": list(_lines(glyphs)),
        "tables": tables,
        "scan": scan,
        "unknown": unknown,
        "glyphs": count,
    }


def _glyph(char: dict[str, Any]) -> Glyph:
    return Glyph(char["x0"], char["x1"], char["top"], char["bottom"], char["size"], char["text"], str(char["fontname"]))


def _lines(glyphs: Iterable[Glyph]) -> Iterator[Line]:
    """Put characters together to lines, from top to bottom."""
    line: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda each: (each.top + each.bottom, each.x0)):
        if line and not _is_on_line(glyph, line[0]):
            yield from _line(line)
            line = []
        line.append(glyph)
    yield from _line(line)


def _is_on_line(glyph: Glyph, first: Glyph) -> bool:
    height = max(first.bottom - first.top, glyph.bottom - glyph.top)
    return (glyph.top + glyph.bottom - first.top - first.bottom) / 2 <= SAME_LINE * height


def _line(glyphs: list[Glyph]) -> Iterator[Line]:
    """Put a line together: once what is printed twice, and with blanks where there are gaps."""
    line: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda each: each.x0):
        is_twice = any(glyph.text == other.text and abs(glyph.x0 - other.x0) < TWICE * (glyph.x1 - glyph.x0) for other in line[-2:])
        if not is_twice:
            line.append(glyph)
    while line and line[0].text.isspace():
        del line[0]
    while line and line[-1].text.isspace():
        del line[-1]
    if not line:
        return
    text = line[0].text
    for left, right in pairwise(line):
        is_gap = right.x0 - left.x1 > BLANK * min(left.size, right.size) and not (left.text.isspace() or right.text.isspace())
        text += f" {right.text}" if is_gap else right.text
    bold = sum(any(mark in glyph.font.lower() for mark in ("bold", "hei", "黑")) for glyph in line)
    sizes = sorted(glyph.size for glyph in line)
    top, bottom = min(glyph.top for glyph in line), max(glyph.bottom for glyph in line)
    yield Line(text, line[0].x0, line[-1].x1, top, bottom, sizes[len(sizes) // 2], bold * 2 > len(line))


def _table(boxes: list[tuple[float, float, float, float]], glyphs: list[Glyph]) -> tuple[dict[str, Any] | None, list[Glyph]]:
    """Give a table with its cells, and the characters that are in none; what has one column is no table."""
    xs = _edges(x for x0, _, x1, _ in boxes for x in (x0, x1))
    ys = _edges(y for _, top, _, bottom in boxes for y in (top, bottom))
    if len(xs) < 3 or len(ys) < 2 or len(boxes) < 2:
        return None, glyphs
    held: dict[int, list[Glyph]] = {}
    rest: list[Glyph] = []
    rows = sorted(range(len(boxes)), key=lambda index: boxes[index][1])
    for glyph in glyphs:
        x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
        inside = xs[0] <= x <= xs[-1] and ys[0] <= y <= ys[-1]
        box = next((i for i in rows if boxes[i][0] <= x <= boxes[i][2] and boxes[i][1] <= y <= boxes[i][3]), None) if inside else None
        if box is None:
            rest.append(glyph)
        else:
            held.setdefault(box, []).append(glyph)
    cells = []
    for index, (x0, top, x1, bottom) in enumerate(boxes):
        row, column = _nearest(ys, top), _nearest(xs, x0)
        spans = max(_nearest(ys, bottom) - row, 1), max(_nearest(xs, x1) - column, 1)
        cells.append([row + 1, column + 1, *spans, x0, x1, list(_lines(held.get(index, [])))])
    cells.sort(key=lambda cell: cell[:2])
    return {"top": ys[0], "bottom": ys[-1], "xs": xs, "rows": len(ys) - 1, "cells": cells}, rest


def _edges(values: Iterable[float]) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > EDGE:
            found.append(value)
    return found


def _nearest(edges: list[float], value: float) -> int:
    return min(range(len(edges)), key=lambda index: abs(edges[index] - value))


if __name__ == "__main__":
    main()
