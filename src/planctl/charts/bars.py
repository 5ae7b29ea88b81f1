"""Bars: how far rows of anything have come (units, sections), stacked by how their tasks stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planctl.charts.drawing import COLOURS, PALE, SIZE, SMALL, Tone, box, chart, element, figures, label, legend, nothing, text, width_of
from planctl.messages import say

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH, ROW, TOP, EDGE = 720, 26, 36, 12
LONGEST_LABEL = 230
DESCRIBED = 12
"""Rows whose figures the description says; a table beside the chart says all."""


class Bar(NamedTuple):
    """One row with its counts."""

    label: str
    done: int = 0
    overdue: int = 0
    due: int = 0
    upcoming: int = 0
    other: int = 0

    @property
    def total(self) -> int:
        """All of them together."""
        return sum(self[1:])

    @property
    def counts(self) -> list[tuple[Tone, int]]:
        """The counts in the order in which they are drawn."""
        return [(tone, getattr(self, tone)) for tone in Tone]


def bars(name: str, title: str, rows: Sequence[Bar], lang: str) -> str:
    """Draw stacked bars to one scale, with their counts."""
    longest = max((row.total for row in rows), default=0)
    if not longest:
        return nothing(name, title, lang)
    left = EDGE + min(max(width_of(row.label) for row in rows), LONGEST_LABEL) + 10
    scale = (WIDTH - EDGE - width_of(str(longest)) - 10 - left) / longest
    key, end = legend(name, left, 20, lang, list(Tone))
    about = (
        text(end - 14 + SMALL / 2, 20, say("page.chart.tone.other.about", lang), class_="muted", size=SMALL)
        if any(row.other for row in rows)
        else ""
    )
    drawn = "".join(_row(name, row, TOP + ROW * number, left, scale) for number, row in enumerate(rows))
    described = [_described(row, lang) for row in rows[:DESCRIBED]]
    if len(rows) > DESCRIBED:
        described.append("…")
    words = say("page.bars.desc", lang, {"rows": say("page.chart.between", lang).join(described)})
    return chart(name, title, words, (WIDTH, TOP + ROW * len(rows) + 8), key + about + drawn)


def _described(row: Bar, lang: str) -> str:
    return say("page.bars.row", lang, {"label": row.label, "total": row.total, "figures": figures(row.counts, lang)})


def _row(name: str, row: Bar, top: float, left: float, scale: float) -> str:
    middle = top + ROW / 2
    parts = [label(left - 10, middle + 4.5, row.label, LONGEST_LABEL, anchor="end")]
    x = left
    for tone, count in row.counts:
        if count:
            parts.append(_segment(name, tone, count, (x, top + 4, count * scale)))
            x += count * scale
    parts.append(text(x + 7, middle + 4.5, str(row.total), font_weight=600))
    return "".join(parts)


def _segment(name: str, tone: Tone, count: int, place: tuple[float, float, float]) -> str:
    """Draw a part of a bar; its count stands on plain ground, where there is room for it."""
    x, top, width = place
    drawn = box(name, tone, x=float(x), y=float(top), width=max(width - 1, 1.0), height=ROW - 8)
    room = width_of(str(count), SMALL) + 6
    if width < room + 4:
        return drawn
    middle = x + (width - 1) / 2
    if tone in PALE:
        return drawn + text(middle, top + SIZE, str(count), size=SMALL, text_anchor="middle")
    plate = {"class_": f"tone-{tone}", "fill": COLOURS[tone]}
    ground = element("rect", x=middle - room / 2, y=float(top), width=room, height=ROW - 8, **plate)
    figure = element("text", str(count), x=middle, y=top + SIZE, class_="on-tone", fill="#ffffff", font_size=SMALL, text_anchor="middle")
    return drawn + ground + figure
