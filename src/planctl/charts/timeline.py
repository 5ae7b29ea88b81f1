"""Timeline: due dates on an axis of time, one lane a deadline, with today and with the dates that were moved."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planctl.charts.axis import Axis
from planctl.charts.drawing import (
    INK,
    MUTED,
    PAPER,
    SMALL,
    Tone,
    chart,
    element,
    label,
    legend,
    line,
    marker,
    nothing,
    text,
    titled,
    width_of,
)
from planctl.messages import say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

WIDTH, LANE, TOP, EDGE, LEFT = 960, 24, 76, 12, 290


class Mark(NamedTuple):
    """A due date and how it stands; `original` is where it was before it was moved."""

    due: date
    tone: Tone
    label: str = ""
    original: date | None = None


class Lane(NamedTuple):
    """A row of due dates."""

    label: str
    marks: tuple[Mark, ...]


def timeline(name: str, title: str, lanes: Sequence[Lane], window: tuple[date, date], today: date, lang: str) -> str:
    """Draw the due dates within a window of time, both of its days included; lanes without any are left out."""
    axis = Axis(*window, LEFT, WIDTH - EDGE)
    shown = [(lane, [mark for mark in lane.marks if axis.holds(mark.due)]) for lane in lanes]
    shown = [(lane, marks) for lane, marks in shown if marks]
    if not shown:
        return nothing(name, title, lang)
    bottom = TOP + LANE * len(shown)
    rows = "".join(_lane(axis, lane.label, marks, TOP + LANE * (number + 0.5), lang) for number, (lane, marks) in enumerate(shown))
    marks = [mark for _, of_lane in shown for mark in of_lane]
    key = _key(name, marks, lang)
    about = {
        "first": window[0],
        "last": window[1],
        "lanes": len(shown),
        "marks": len(marks),
        "overdue": sum(mark.tone is Tone.OVERDUE for mark in marks),
    }
    drawn = key + axis.drawn(TOP, bottom, lang) + rows + _today(axis, today, bottom, lang)
    return chart(name, title, say("page.timeline.desc", lang, about), (WIDTH, bottom + 22), drawn)


def _key(name: str, marks: Sequence[Mark], lang: str) -> str:
    used = {mark.tone for mark in marks}
    drawn, end = legend(name, EDGE, 22, lang, [tone for tone in Tone if tone in used], shapes=True)
    if any(mark.original for mark in marks):
        drawn += _move(end, end + 22, 18) + text(end + 30, 22, say("page.timeline.extended", lang), class_="muted", size=SMALL)
    return drawn


def _lane(axis: Axis, words: str, marks: Sequence[Mark], y: float, lang: str) -> str:
    parts = [line(axis.left, y + LANE / 2, axis.right, y + LANE / 2), label(EDGE, y + 4.5, words, LEFT - EDGE - 12)]
    parts += [_move(axis.place(mark.original), axis.place(mark.due), y) for mark in marks if mark.original]
    parts += [titled(marker(mark.tone, axis.place(mark.due), y), _words(mark, lang)) for mark in marks]
    return "".join(parts)


def _words(mark: Mark, lang: str) -> str:
    said = {**mark._asdict(), "tone": say(f"page.chart.tone.{mark.tone}", lang)}
    return say("page.timeline.mark.extended" if mark.original else "page.timeline.mark", lang, said).strip()


def _move(start: float, end: float, y: float) -> str:
    """Draw how a date was moved: a small ring where it was, and an arrow to where it is."""
    ring = element("circle", cx=float(start), cy=float(y), r=3, class_="ring-muted", fill=PAPER, stroke=MUTED, stroke_width=1.5)
    away = 1 if end >= start else -1
    tip = end - 7 * away
    shaft = line(start + 3 * away, y, tip, y, class_="move", stroke=MUTED, stroke_dasharray="3 2", stroke_width=1.5)
    head = element(
        "path",
        d=f"M{tip - 4 * away:.1f} {y - 3:.1f}L{tip:.1f} {y:.1f}L{tip - 4 * away:.1f} {y + 3:.1f}",
        class_="move",
        fill="none",
        stroke=MUTED,
        stroke_width=1.5,
    )
    return shaft + head + ring


def _today(axis: Axis, today: date, bottom: float, lang: str) -> str:
    if not axis.holds(today):
        return ""
    x, words = axis.place(today), say("page.chart.today", lang, {"day": today})
    start = min(max(x - width_of(words, SMALL) / 2, LEFT), axis.right - width_of(words, SMALL))
    return line(x, TOP, x, bottom + 4, class_="today", stroke=INK, stroke_width=1.5, stroke_dasharray="5 3") + text(
        start, bottom + 16, words, size=SMALL, font_weight=600
    )
