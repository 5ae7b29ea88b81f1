"""Lengths: millimetres and points to the units of a .docx, and how much room text takes.

Text is measured in characters: a Chinese one is 1, a letter or digit of a Latin face about 1/2.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planctl.word.preset import Preset

TWIPS_PER_POINT = 20
SCRIPT_SPACE = 0.22
JUNCTION = re.compile(r"(?<=[0-9A-Za-z])(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])(?=[0-9A-Za-z])")
POINTS_PER_MM = 72 / 25.4
EMU_PER_POINT = 12700
# A title may be broken after these, and no closing mark may begin a line; words of Chinese have no other sign.
GOOD_BREAK = re.compile(r"(?<=[的和及与、，》”〉）：])(?![的和及与、，》”〉）：])|(?=关于)|(?=《)|(?<= )")
NO_BREAK = re.compile(r"[0-9A-Za-z.%〔][0-9A-Za-z.%〕年月日号]|[“‘《〈（(〔].|.[、，。；：！？”’》〉）)〕%]")


def twips(points: float) -> int:
    """Convert points."""
    return round(points * TWIPS_PER_POINT)


def points(millimetres: float) -> float:
    """Convert millimetres."""
    return millimetres * POINTS_PER_MM


def margins(preset: Preset, *, landscape: bool) -> tuple[float, float, float, float]:
    """Give the margins in millimetres, clockwise from the top. A landscape page is a portrait one turned: it is bound at its top."""
    upright = (preset.margin_top, preset.margin_right, preset.margin_bottom, preset.margin_left)
    return (upright[3], *upright[:3]) if landscape else upright


def text_block(preset: Preset, *, landscape: bool = False) -> tuple[float, float]:
    """Give the width and the height, in points, of what is printed on a page."""
    top, right, bottom, left = margins(preset, landscape=landscape)
    width, height = (preset.page_height, preset.page_width) if landscape else (preset.page_width, preset.page_height)
    return max(points(width - left - right), 72.0), max(points(height - top - bottom), 72.0)


def room(text: str) -> float:
    """Measure the longest line of a text, in characters."""
    if "\n" in text:
        return max(map(room, text.split("\n")))
    if text.isascii():
        return len(text) / 2
    return sum(_room(character) for character in text)


def set_room(text: str) -> float:
    """Measure a text as it is set: between Chinese and Latin characters programs leave about a quarter of a character."""
    return room(text) + SCRIPT_SPACE * len(JUNCTION.findall(text))


def _room(character: str) -> float:
    if character < "\u0300":
        return 1.0 if character in "—·×÷§°±" else 0.5
    if character in "“”‘’—…":
        return 1.0
    if unicodedata.combining(character):
        return 0.0
    return 1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5


def lines_of(text: str, characters: float) -> int:
    """Estimate the lines that a text fills when so many characters stand on each."""
    return sum(max(1, -int(-room(line) // max(characters, 0.5))) for line in text.split("\n"))


def balanced(text: str, characters: float) -> str:
    """Break a title into lines of about one length, rather after a phrase, never within a number or before a closing mark."""
    count = lines_of(text, characters)
    if "\n" in text or count < 2:
        return text
    target = room(text) / count
    cut = _cut(text, min(target, characters), characters)
    return f"{text[:cut].rstrip()}\n{balanced(text[cut:].lstrip(), characters)}" if 0 < cut < len(text) else text


def _cut(text: str, target: float, most: float) -> int:
    """Choose where to break: near the target, with credit for the end of a phrase."""
    best, least = 0, float("inf")
    used = 0.0
    for position in range(1, len(text)):
        used += _room(text[position - 1])
        if used > most:
            break
        if NO_BREAK.match(text, position - 1):
            continue
        cost = abs(used - target) - (most / 5 if GOOD_BREAK.match(text, position) else 0)
        if cost < least:
            best, least = position, cost
    return best
