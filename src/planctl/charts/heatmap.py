"""Heat map: how many fall due for each unit in each month, and how many of them were missed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planctl.charts.drawing import COLOURS, SMALL, Tone, chart, element, label, line, nothing, text, titled, width_of
from planctl.messages import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

CELL, ROW, TOP, EDGE = 40, 32, 76, 12
LONGEST_LABEL = 190
STEPS = (0.14, 0.26, 0.38)
"""How dark a cell is with one, with a few, with many; light enough for the figure in it."""
FEW, MANY = 2, 4


class Cell(NamedTuple):
    """How many fall due, and how many of them were missed."""

    due: int
    missed: int = 0


def heatmap(name: str, title: str, months: Sequence[str], rows: Mapping[str, Sequence[Cell]], lang: str) -> str:
    """Draw a row a unit and a column a month (2026-11); every row has a cell a month."""
    if not any(cell.due for cells in rows.values() for cell in cells):
        return nothing(name, title, lang)
    left = EDGE + min(max(map(width_of, rows)), LONGEST_LABEL) + 10
    size = (max(left + CELL * len(months) + EDGE, 480), TOP + ROW * len(rows) + 10)
    drawn = [_key(lang, left), _heads(months, left, lang)]
    for number, (unit, cells) in enumerate(rows.items()):
        top = TOP + ROW * number
        drawn.append(label(left - 10, top + ROW / 2 + 4.5, unit, LONGEST_LABEL, anchor="end"))
        drawn.append(line(left, top + ROW, left + CELL * len(months), top + ROW))
        for column, (month, cell) in enumerate(zip(months, cells, strict=True)):
            if cell.due:
                words = say("page.heatmap.cell", lang, {"unit": unit, "month": month, **cell._asdict()})
                drawn.append(titled(_cell(left + CELL * column, top, cell, lang), words))
    every = [cell for cells in rows.values() for cell in cells]
    about = {"first": months[0], "last": months[-1], "due": sum(cell.due for cell in every), "missed": sum(cell.missed for cell in every)}
    return chart(name, title, say("page.heatmap.desc", lang, about), size, "".join(drawn))


def _heads(months: Sequence[str], left: float, lang: str) -> str:
    parts, year = [], ""
    for column, month in enumerate(months):
        middle = left + CELL * (column + 0.5)
        words = say("page.heatmap.month", lang, {"month": month[5:].lstrip("0")})
        parts.append(text(middle, TOP - 8, words, class_="muted", size=SMALL, text_anchor="middle"))
        if month[:4] != year:
            year = month[:4]
            parts.append(text(left + CELL * column + 4, TOP - 24, year, class_="muted", size=SMALL, font_weight=600))
    return "".join(parts)


def _key(lang: str, left: float) -> str:
    drawn = []
    x = min(left, 60)
    for words, cell in ((say("page.heatmap.key", lang), Cell(1)), (say("page.heatmap.key.missed", lang), Cell(1, 1))):
        drawn.append(_ground(x, 11, cell, width=22, height=14) + text(x + 28, 22, words, class_="muted", size=SMALL))
        x += 28 + width_of(words, SMALL) + 20
    return "".join(drawn)


def _ground(x: float, y: float, cell: Cell, *, width: float, height: float) -> str:
    tone = Tone.OVERDUE if cell.missed else Tone.UPCOMING
    depth = STEPS[0] if cell.due < FEW else STEPS[1] if cell.due < MANY else STEPS[2]
    place = {"x": x + 1.5, "y": y + 1.5, "width": width - 3, "height": height - 3, "rx": 2}
    ground = element("rect", class_=f"tone-{tone}", fill=COLOURS[tone], fill_opacity=f"{depth}", **place)
    if not cell.missed:
        return ground
    return ground + element("rect", class_="frame-overdue", fill="none", stroke=COLOURS[Tone.OVERDUE], stroke_width=2, **place)


def _cell(x: float, y: float, cell: Cell, lang: str) -> str:
    ground = _ground(x, y, cell, width=CELL, height=ROW)
    middle = x + CELL / 2
    if not cell.missed:
        return ground + text(middle, y + ROW / 2 + 4.5, str(cell.due), text_anchor="middle")
    late = text(middle, y + ROW - 6, say("page.heatmap.missed", lang, {"count": cell.missed}), size=9, text_anchor="middle")
    return ground + text(middle, y + 15, str(cell.due), size=12, font_weight=700, text_anchor="middle") + late
