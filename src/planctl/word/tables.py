"""Tables as WordprocessingML, written as text: a cell object a cell would make long tables slow.

The head is repeated on every page and no row is split, unless it alone would fill one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.word.blocks import plain
from planctl.word.markup import escape, properties_xml
from planctl.word.measures import lines_of, room, text_block, twips
from planctl.word.paragraphs import runs
from planctl.word.styles import line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planctl.word.blocks import Spans, Table
    from planctl.word.preset import Preset
    from planctl.word.styles import Style

CELL_MARGIN = 4.0
"""Points at either side of a cell, where there is room for them."""
NARROWEST = 1.5
"""Characters that the narrowest column must hold; else the text of the whole table is smaller."""
SMALLEST = 5.0
"""Points: the smallest text of a table with very many columns."""
SHORT = 8
"""Characters: a column of shorter cells is centred."""
SHORT_HEAD = 5
LONGEST = 60
"""Characters beyond which a longer cell asks for no more width."""
TALLEST_HEAD, TALLEST_ROW = 0.4, 0.9
"""Shares of a page: a taller head is not repeated, a taller row may be split."""
EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")
LIGHTS = {"绿": "light_green", "黄": "light_yellow", "红": "light_red", "蓝": "light_blue", "灰": "light_grey"}


def table_xml(table: Table, preset: Preset, styles: dict[str, Style], *, landscape: bool) -> str:
    """Write a table as wide as the text of the page."""
    return _Grid(table, preset, styles, text_block(preset, landscape=landscape)).xml()


class _Grid:
    """A table on its page: the widths of its columns in points, and the size of its text."""

    def __init__(self, table: Table, preset: Preset, styles: dict[str, Style], block: tuple[float, float]) -> None:
        self.table, self.preset, self.styles = table, preset, styles
        self.width, self.height = block
        needs = _needs(table)
        self.natural = [most for most, _ in needs]
        shares = table.widths or _shares(needs, self.width / preset.table_size)
        self.columns = [self.width * share / sum(shares) for share in shares]
        narrowest = min(self.columns)
        self.margin = min(CELL_MARGIN, narrowest / 8)
        self.size = max(min(preset.table_size, (narrowest - 2 * self.margin) / NARROWEST), min(SMALLEST, preset.table_size))
        self.pitch = preset.table_line * self.size / preset.table_size
        self.alignments = [self.alignment(position) for position in range(len(self.columns))]
        self.fills = {word: str(getattr(preset, field)) for word, field in LIGHTS.items()}
        self.lit = [plain(spans).strip() == preset.light_heading for spans in table.header]
        self.resized = self.size if self.size != preset.table_size else 0

    def xml(self) -> str:
        """Write it all."""
        edges = "".join(f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for edge in EDGES)
        sides = "".join(f'<w:{side} w:w="{twips(self.margin)}" w:type="dxa"/>' for side in ("left", "right"))
        columns = "".join(f'<w:gridCol w:w="{twips(width)}"/>' for width in self.columns)
        head = self.row(self.table.header, "TableHead", head=True)
        rows = "".join(self.row(row, "TableText") for row in self.table.rows)
        return (
            f'<w:tbl><w:tblPr><w:tblW w:w="{twips(self.width)}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{edges}</w:tblBorders>'
            f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{sides}</w:tblCellMar></w:tblPr>'
            f"<w:tblGrid>{columns}</w:tblGrid>{head}{rows}</w:tbl>"
        )

    def row(self, cells: Sequence[Spans], style: str, *, head: bool = False) -> str:
        """Write a row."""
        share = max(self.lines(spans, position) for position, spans in enumerate(cells)) * self.pitch / self.height
        whole = "<w:cantSplit/>" if share <= TALLEST_ROW else ""
        repeated = "<w:tblHeader/>" if head and share <= TALLEST_HEAD else ""
        written = "".join(self.cell(spans, position, style) for position, spans in enumerate(cells))
        return f"<w:tr><w:trPr>{whole}{repeated}</w:trPr>{written}</w:tr>"

    def lines(self, spans: Spans, position: int) -> int:
        """Estimate how many lines a cell fills."""
        return lines_of(plain(spans), (self.columns[position] - 2 * self.margin) / self.size)

    def cell(self, spans: Spans, position: int, style: str) -> str:
        """Write a cell; one that tells a light is shaded, and keeps its word for print in black and white."""
        fill = self.fills.get(plain(spans).strip()[:1]) if self.lit[position] and style == "TableText" else None
        shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{escape(fill)}"/>' if fill else ""
        properties = {"pStyle": f'w:val="{style}"'}
        if self.resized:
            properties["spacing"] = line(self.pitch)
        if style == "TableText" and self.alignments[position] != "left":
            properties["jc"] = f'w:val="{self.alignments[position]}"'
        return (
            f'<w:tc><w:tcPr><w:tcW w:w="{twips(self.columns[position])}" w:type="dxa"/>{shade}<w:vAlign w:val="center"/></w:tcPr>'
            f"<w:p><w:pPr>{properties_xml(properties)}</w:pPr>{runs(self.styles[style], spans, self.resized)}</w:p></w:tc>"
        )

    def alignment(self, position: int) -> str:
        """Align a column as the table says, or by its content: short cells stand in the middle."""
        return self.table.alignments[position] or ("center" if self.natural[position] <= SHORT else "left")


def _needs(table: Table) -> list[tuple[float, float]]:
    """Measure each column, in characters: its longest cell and its head, and the mean of its cells."""
    needs = []
    for position, head in enumerate(table.header):
        rooms = [min(room(plain(row[position])), LONGEST) for row in table.rows] or [0.0]
        needs.append((max(*rooms, _head(room(plain(head))), 2.0), sum(rooms) / len(rooms)))
    return needs


def _head(characters: float) -> float:
    """Say how much room a head needs: a short one stands on one line, a longer one may take two."""
    return characters if characters <= SHORT_HEAD else characters / 2


def _shares(needs: Sequence[tuple[float, float]], available: float) -> list[float]:
    """Share out a width: short columns get what they need, the others the rest by what they hold, and all a part of a line at least."""
    wanted = [most + 1 for most, _ in needs]
    if sum(wanted) <= available:
        return wanted
    least = min(available / len(needs) / 2, 5.0)
    short = [want if want <= SHORT + 1 else 0.0 for want in wanted]
    if sum(short) > available / 2:
        short = [0.0] * len(needs)
    # Twice the content asks for less than twice the width: the rest goes into lines.
    weights = [0.0 if fixed else ((most + 2 * mean) / 3) ** 0.7 for fixed, (most, mean) in zip(short, needs, strict=True)]
    rest = max(available - sum(short), least)
    total = sum(weights) or 1.0
    return [fixed or max(rest * weight / total, least) for fixed, weight in zip(short, weights, strict=True)]
