"""Axis: the place of a day between two days, and the months that are named along it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from planctl.charts.drawing import SMALL, line, text
from planctl.dates import add_months

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOM = 34
"""The least room that the name of a month needs."""


class Axis(NamedTuple):
    """An axis of time from one day to another, both included, between two places."""

    first: date
    last: date
    left: float
    right: float

    def place(self, day: date) -> float:
        """Give the place of a day; what lies outside is put at the end."""
        days = max((self.last - self.first).days, 1)
        inside = min(max(day, self.first), self.last)
        return self.left + (self.right - self.left) * (inside - self.first).days / days

    def holds(self, day: date) -> bool:
        """Tell whether a day lies on the axis."""
        return self.first <= day <= self.last

    def months(self) -> Iterator[date]:
        """Go through the first days of the months on the axis, as many as there is room for."""
        count = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
        room = (self.right - self.left) / count
        step = next((step for step in (1, 2, 3, 6, 12, 24, 60, 120) if step * room >= ROOM), 240)
        day = date(self.first.year, self.first.month, 1)
        for _ in range(count):
            if self.holds(day) and (day.month - 1) % min(step, 12) == 0 and (step <= 12 or day.year % (step // 12) == 0):
                yield day
            day = add_months(day, 1)

    def drawn(self, top: float, bottom: float, lang: str) -> str:
        """Draw a line for each month, with its name above; the year stands with the first one of it."""
        parts, year = [], None
        for day in self.months():
            x = self.place(day)
            parts.append(line(x, top, x, bottom))
            parts.append(text(x + 3, top - 3, f"{day:%m}" if lang == "en" else f"{day.month}月", class_="muted", size=SMALL))
            if day.year != year:
                year = day.year
                parts.append(text(x + 3, top - 17, str(year), class_="muted", size=SMALL, font_weight=600))
        return "".join(parts)
