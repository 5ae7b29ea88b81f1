"""Drawing: the elements of an SVG, its colours and patterns, and the room that text takes.

Every element has presentation attributes, so that a chart renders anywhere, and a class, by which the style sheet of a page may colour it
anew (dark mode). What a colour says is said by a pattern or a shape too, and by words.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING
from unicodedata import combining, east_asian_width
from xml.sax.saxutils import escape

from planctl.messages import say

if TYPE_CHECKING:
    from collections.abc import Sequence

FONTS = "'Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei','PingFang SC',sans-serif"
SIZE = 13
SMALL = 11
INK, MUTED, LINE, PAPER = "#1d2329", "#59636e", "#d5dae0", "#ffffff"
NARROW = 0.58
"""The width of a Latin letter or a digit, in ems; a Chinese character has one em."""
UNSAYABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML cannot say."""


class Tone(StrEnum):
    """What a colour means: how something stands."""

    DONE = "done"
    OVERDUE = "overdue"
    DUE = "due"
    UPCOMING = "upcoming"
    OTHER = "other"


COLOURS = {Tone.DONE: "#1f7a4d", Tone.OVERDUE: "#b3261e", Tone.DUE: "#945600", Tone.UPCOMING: "#2f6299", Tone.OTHER: "#68727d"}
TEXTURES = {
    Tone.OVERDUE: ("M-2 2L2 -2M0 8L8 0M6 10L10 6", 2.0),
    Tone.DUE: ("M2 0V8M6 0V8", 1.2),
    Tone.UPCOMING: ("M0 2H8M0 6H8", 1.2),
    Tone.OTHER: ("M2 2H3M6 6H7", 1.4),
}
"""The lines, and their width, that tell tones apart without colour; what is done is plain."""
PALE = {Tone.OTHER: "0.3"}
"""What asks for nothing stands back."""


def element(name: str, content: str = "", /, **attributes: object) -> str:
    """Write an element. Attributes that are `None` are left out; `class_` is `class`, `stroke_width` is `stroke-width`."""
    said = "".join(f' {_attribute(key)}="{_value(value)}"' for key, value in attributes.items() if value is not None)
    return f"<{name}{said}>{content}</{name}>" if content else f"<{name}{said}/>"


def _attribute(key: str) -> str:
    return key if key in ("viewBox", "patternUnits") else key.rstrip("_").replace("_", "-")


def _value(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.1f}".removesuffix(".0")
    return quoted(str(value))


def quoted(text: str) -> str:
    """Write text so that it cannot be taken for markup, in an element or in an attribute."""
    return escape(UNSAYABLE.sub("", text), {'"': "&quot;", "'": "&#39;"})


def text(x: float, y: float, words: str, /, *, class_: str = "ink", size: int = SIZE, **attributes: object) -> str:
    """Write text whose base line begins at a point."""
    fill = MUTED if class_ == "muted" else INK
    return element("text", quoted(words), x=float(x), y=float(y), class_=class_, fill=fill, font_size=size, **attributes)


def titled(content: str, title: str) -> str:
    """Give an element a title, which a pointer shows."""
    return element("g", element("title", quoted(title)) + content)


def width_of(words: str, size: int = SIZE) -> float:
    """Estimate the room that text takes."""
    return sum(size if east_asian_width(letter) in "WFA" else size * NARROW for letter in words if not combining(letter))


def shortened(words: str, room: float, size: int = SIZE) -> str:
    """Cut text so that it fits, with an ellipsis where something is missing."""
    words = " ".join(words.split())
    if width_of(words, size) <= room:
        return words
    while words and width_of(words, size) + size > room:
        words = words[:-1]
    return f"{words}…"


def label(x: float, y: float, words: str, room: float, /, *, anchor: str = "start") -> str:
    """Write text that is cut where it does not fit; a pointer shows the whole."""
    cut = shortened(words, room)
    written = text(x, y, cut, text_anchor=anchor)
    return written if cut == words else titled(written, words)


def box(name: str, tone: Tone, /, **attributes: object) -> str:
    """Draw a rectangle in a tone with its pattern."""
    if tone not in TEXTURES:
        return element("rect", class_=f"tone-{tone}", fill=COLOURS[tone], **attributes)
    edge = {"class_": f"frame-{tone}", "stroke": COLOURS[tone]} if tone in PALE else {}
    return element("rect", fill=f"url(#{name}-{tone})", **edge, **attributes)


def marker(tone: Tone, x: float, y: float, size: float = 5) -> str:
    """Draw the shape of a tone about a point: a disc, a diamond, a triangle, a ring or a square."""
    colour = COLOURS[tone]
    if tone is Tone.DONE:
        return element("circle", cx=float(x), cy=float(y), r=size * 0.9, class_="tone-done", fill=colour)
    if tone is Tone.UPCOMING:
        ring = {"fill": PAPER, "stroke": colour, "stroke_width": 2}
        return element("circle", cx=float(x), cy=float(y), r=size * 0.8, class_="ring-upcoming", **ring)
    corners = {
        Tone.OVERDUE: ((0, -1.2), (1.2, 0), (0, 1.2), (-1.2, 0)),
        Tone.DUE: ((0, -1.1), (1.1, 0.9), (-1.1, 0.9)),
        Tone.OTHER: ((-0.8, -0.8), (0.8, -0.8), (0.8, 0.8), (-0.8, 0.8)),
    }[tone]
    path = "L".join(f"{x + size * across:.1f} {y + size * down:.1f}" for across, down in corners)
    return element("path", d=f"M{path}Z", class_=f"tone-{tone}", fill=colour)


def line(x1: float, y1: float, x2: float, y2: float, /, *, class_: str = "rule", stroke: str = LINE, **attributes: object) -> str:
    """Draw a line."""
    return element("line", x1=float(x1), y1=float(y1), x2=float(x2), y2=float(y2), class_=class_, stroke=stroke, **attributes)


def legend(name: str, x: float, y: float, lang: str, tones: Sequence[Tone], *, shapes: bool = False) -> tuple[str, float]:
    """Say what the tones mean, in a line; give the place where the line ends."""
    parts = []
    for tone in tones:
        words = say(f"page.chart.tone.{tone}", lang)
        sign = marker(tone, x + 6, y - 4) if shapes else box(name, tone, x=float(x), y=float(y - 10), width=14, height=11)
        parts.append(sign + text(x + 19, y, words, class_="muted", size=SMALL))
        x += 19 + width_of(words, SMALL) + 14
    return "".join(parts), x


def figures(counts: Sequence[tuple[Tone, int]], lang: str) -> str:
    """Put counts into words, without those that are nothing."""
    said = [
        say("page.chart.figure", lang, {"word": say(f"page.chart.tone.{tone}", lang), "count": count}) for tone, count in counts if count
    ]
    return say("list", lang, {"all": said})


def chart(name: str, title: str, about: str, size: tuple[float, float], body: str) -> str:
    """Make a whole SVG: its names for those who do not see it, the patterns, a ground, and the drawing.

    Args:
        name: tells this chart from others in a page, of letters, digits and hyphens.
        title: what it is called.
        about: what it shows, in words.
        size: width and height.
        body: the elements.
    """
    width, height = size
    names = element("title", quoted(title), id=f"{name}-title") + element("desc", quoted(about), id=f"{name}-desc")
    patterns = "".join(_pattern(name, tone) for tone in TEXTURES if f"url(#{name}-{tone})" in body)
    ground = element("rect", class_="ground", width=float(width), height=float(height), fill=PAPER)
    return element(
        "svg",
        names + (element("defs", patterns) if patterns else "") + ground + body,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width:.0f} {height:.0f}",
        role="img",
        aria_labelledby=f"{name}-title",
        aria_describedby=f"{name}-desc",
        class_="chart",
        font_family=FONTS,
    )


def _pattern(name: str, tone: Tone) -> str:
    path, width = TEXTURES[tone]
    ground = element("rect", width=8, height=8, class_=f"tone-{tone}", fill=COLOURS[tone], fill_opacity=PALE.get(tone))
    lines = element("path", d=path, class_="gap", stroke=PAPER, stroke_width=width, stroke_opacity=0.55, fill="none")
    return element("pattern", ground + lines, id=f"{name}-{tone}", width=8, height=8, patternUnits="userSpaceOnUse")


def nothing(name: str, title: str, lang: str) -> str:
    """Draw that there is nothing to draw."""
    words = say("page.chart.nothing", lang)
    return chart(name, title, words, (720, 48), text(12, 30, words, class_="muted"))
