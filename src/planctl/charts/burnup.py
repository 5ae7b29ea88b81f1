"""Burn-up: how much was owed in all and how much of it was done, over time."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planctl.charts.axis import Axis
from planctl.charts.drawing import COLOURS, INK, MUTED, SMALL, Tone, chart, element, line, nothing, text
from planctl.messages import say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 720, 330, 48, 590, 44, 310
ROW = 16
"""The room that a name needs."""
STEPS = 4
"""About so many lines across."""


class Point(NamedTuple):
    """How much was owed in all on a day, and how much of it was done."""

    day: date
    total: int
    done: int
    scope: int | None = None
    """How much there is to do in all, due or not, where that is to be drawn too."""


def burnup(name: str, title: str, points: Sequence[Point], lang: str) -> str:
    """Draw two lines over time; what lies between them is still to be done. A third, above, is all that there is to do."""
    if len(points) < 2 or not any(point.total for point in points):
        return nothing(name, title, lang)
    first, last = points[0], points[-1]
    most = max(max(point.total, point.scope or 0) for point in points)
    step = _step(most)
    top = step * -(-most // step)
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
    scope = [f"{axis.place(point.day):.1f} {height(point.scope):.1f}" for point in points if point.scope is not None]
    above = element("path", d=f"M{'L'.join(scope)}", class_="scope", fill="none", stroke=MUTED, stroke_width=1.5) if scope else ""
    return (
        above
        + element("path", d=ground, class_="tone-done", fill=COLOURS[Tone.DONE], fill_opacity="0.15")
        + element("path", d=f"M{'L'.join(total)}", class_="today", fill="none", stroke=INK, stroke_width=2, stroke_dasharray="6 3")
        + element("path", d=f"M{'L'.join(done)}", class_="frame-done", fill="none", stroke=COLOURS[Tone.DONE], stroke_width=3)
    )


def _ends(last: Point, height: Callable[[float], float], lang: str) -> str:
    """Name the lines where they end, never one over the other."""
    scope = [] if last.scope is None else [(height(last.scope) + 4, say("page.burnup.scope", lang, {"count": last.scope}))]
    total = (height(last.total) + 4, say("page.burnup.total", lang, {"count": last.total}))
    done = (height(last.done) + 4, say("page.burnup.done", lang, {"count": last.done}))
    names = [*scope, total, done]
    places = _apart([place for place, _ in names])
    weights = [*(None for _ in names[1:]), 600]
    drawn = zip(places, names, weights, strict=True)
    return "".join(text(RIGHT + 8, place, name, font_weight=weight) for place, (_, name), weight in drawn)


def _apart(places: list[float]) -> list[float]:
    """Move names down until each has room below the one before; where that leaves the picture, up from the last."""
    down = [places[0]]
    for place in places[1:]:
        down.append(max(place, down[-1] + ROW))
    if down[-1] < HEIGHT - 4:
        return down
    up = [places[-1]]
    for place in reversed(places[:-1]):
        up.append(min(place, up[-1] - ROW))
    return up[::-1]
