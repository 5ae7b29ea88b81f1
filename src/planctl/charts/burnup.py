"""Burn-up: how much was owed in all and how much of it was done, over time."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planctl.charts.axis import Axis
from planctl.charts.drawing import COLOURS, INK, SMALL, Tone, chart, element, line, nothing, text
from planctl.messages import say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 720, 330, 48, 590, 44, 310
STEPS = 4
"""About so many lines across."""


class Point(NamedTuple):
    """How much was owed in all on a day, and how much of it was done."""

    day: date
    total: int
    done: int


def burnup(name: str, title: str, points: Sequence[Point], lang: str) -> str:
    """Draw two lines over time; what lies between them is still to be done."""
    if len(points) < 2 or not any(point.total for point in points):
        return nothing(name, title, lang)
    first, last = points[0], points[-1]
    step = _step(max(point.total for point in points))
    top = step * -(-max(point.total for point in points) // step)
    axis = Axis(first.day, last.day, LEFT, RIGHT)

    def height(value: float) -> float:
        return BOTTOM - (BOTTOM - TOP) * value / top

    levels = range(0, top + 1, step)
    grid = "".join(line(LEFT, height(level), RIGHT, height(level)) for level in levels)
    scale = "".join(text(LEFT - 7, height(level) + 4, str(level), class_="muted", size=SMALL, text_anchor="end") for level in levels)
    drawn = axis.drawn(TOP - 6, BOTTOM, lang) + grid + scale + _lines(points, axis, height) + _ends(last, height, lang)
    about = {f"{key}_{end}": getattr(point, key) for end, point in (("first", first), ("last", last)) for key in ("total", "done")}
    words = say("page.burnup.desc", lang, {"first": first.day, "last": last.day, **about})
    return chart(name, title, words, (WIDTH, HEIGHT), drawn)


def _step(most: int) -> int:
    """Give a round step by which the lines across rise."""
    power = 1
    while True:
        for step in (1, 2, 5):
            if step * power * STEPS >= most:
                return step * power
        power *= 10


def _lines(points: Sequence[Point], axis: Axis, height: Callable[[float], float]) -> str:
    total = [f"{axis.place(point.day):.1f} {height(point.total):.1f}" for point in points]
    done = [f"{axis.place(point.day):.1f} {height(point.done):.1f}" for point in points]
    ground = f"M{LEFT} {BOTTOM}L{'L'.join(done)}L{RIGHT} {BOTTOM}Z"
    return (
        element("path", d=ground, class_="tone-done", fill=COLOURS[Tone.DONE], fill_opacity="0.15")
        + element("path", d=f"M{'L'.join(total)}", class_="today", fill="none", stroke=INK, stroke_width=2, stroke_dasharray="6 3")
        + element("path", d=f"M{'L'.join(done)}", class_="frame-done", fill="none", stroke=COLOURS[Tone.DONE], stroke_width=3)
    )


def _ends(last: Point, height: Callable[[float], float], lang: str) -> str:
    """Name the lines where they end, never one over the other."""
    above, below = height(last.total) + 4, height(last.done) + 4
    if below - above < 16:
        above, below = (above, above + 16) if above + 16 < HEIGHT - 4 else (below - 16, below)
    total = say("page.burnup.total", lang, {"count": last.total})
    done = say("page.burnup.done", lang, {"count": last.done})
    return text(RIGHT + 8, above, total) + text(RIGHT + 8, below, done, font_weight=600)
