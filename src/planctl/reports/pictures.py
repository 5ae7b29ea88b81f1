"""The charts that a report may ask for by name, drawn from its facts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from planctl.charts.bars import Bar, bars
from planctl.charts.pictures import to_png
from planctl.messages import say
from planctl.reports.facts import LANG

if TYPE_CHECKING:
    from collections.abc import Mapping

WIDTH = 1600
"""Pixels across the text width of 156 mm: about 260 to the inch."""
PICTURE = re.compile(r"^!\[[^\]\n]*\]\((units|sections)\)\n\n?", re.MULTILINE)
LABELS = {"units": "unit", "sections": "section"}


def pictures(markdown: str, facts: Mapping[str, Any]) -> dict[str, bytes]:
    """Draw the charts that a text asks for, as PNG."""
    return {name: to_png(draw(name, facts), WIDTH) for name in dict.fromkeys(PICTURE.findall(markdown))}


def draw(name: str, facts: Mapping[str, Any]) -> str:
    """Draw a chart of the facts as SVG."""
    rows = [
        Bar(
            str(row[LABELS[name]]),
            row["done"],
            row["overdue"],
            upcoming=row["due"] - row["done"] - row["overdue"] - row["halted"],
            other=row["halted"],
        )
        for row in facts[name]
        if row["due"]
    ]
    return bars(name, say(f"report.chart.{name}", LANG), rows, LANG)


def without_pictures(markdown: str) -> str:
    """Leave the charts out of a text that is to be read as it is."""
    return PICTURE.sub("", markdown)
