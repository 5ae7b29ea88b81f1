"""The automatic numbering of a .docx: which number Word prints before a paragraph."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from planctl.documents.archives import attribute, children, find, local, whole_number

if TYPE_CHECKING:
    from lxml.etree import _Element

LEVELS = 9
DIGITS = "〇一二三四五六七八九"
LEGAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
STEMS = "甲乙丙丁戊己庚辛壬癸"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
ENCLOSED = {"decimalEnclosedCircle": 0x2460, "decimalEnclosedCircleChinese": 0x2460, "decimalEnclosedParen": 0x2474}
ENCLOSED |= {"decimalEnclosedFullstop": 0x2488, "ideographEnclosedCircle": 0x3280, "ideographParenthesized": 0x3220}
COUNTING = frozenset(
    ("chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "taiwaneseCountingThousand", "japaneseCounting", "koreanCounting")
)
DIGITAL = frozenset(("ideographDigital", "taiwaneseDigital", "japaneseDigitalTenThousand", "koreanDigital2"))
WORDLESS = re.compile("[\ue000-\uf8ff\u00b7\u2022\u25a0-\u25ff\u2700-\u27bf\uf000-\uf0ffol§nØüvq]")
"""Bullets, and the letters that symbol fonts draw them with."""
LONGEST = 50
"""A number is at most as long; `%1%1%1…` is none."""


class Level(NamedTuple):
    """How a level of a list is numbered."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    restarts_after: int | None = None
    """The level (from 1) after which it begins anew; 0 never, None after every higher one."""
    is_legal: bool = False
    style: str = ""


class List(NamedTuple):
    """A list that paragraphs refer to."""

    abstract: str
    levels: dict[int, Level]
    starts: dict[int, int]
    """Where this list begins although others of its kind go on."""


class Numbering:
    """Counts as Word does: lists of one kind go on counting, unless one says where it starts."""

    def __init__(self, root: _Element | None, style_lists: dict[str, str]) -> None:
        kinds: dict[str, dict[int, Level]] = {}
        links: dict[str, str] = {}
        self.lists: dict[str, List] = {}
        for element in children(root):
            if local(element) == "abstractNum":
                key = attribute(element, "abstractNumId")
                kinds[key] = _levels(element)
                links[key] = attribute(find(element, "numStyleLink"), "val")
            elif local(element) == "num":
                self.lists[attribute(element, "numId")] = _list(element, kinds)
        for key, found in self.lists.items():
            # A kind may be defined by a style, which refers to a list, whose kind has the levels.
            target = self.lists.get(style_lists.get(links.get(found.abstract, ""), ""))
            if target and not found.levels:
                self.lists[key] = found._replace(abstract=target.abstract, levels=target.levels)
        self._counters: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()

    def level_of_style(self, key: str, style: str) -> int:
        """Give the level of a list that belongs to a style."""
        levels = self.lists[key].levels if key in self.lists else {}
        return next((index for index, level in levels.items() if style and level.style == style), 0)

    def next(self, key: str, index: int) -> str:
        """Count one paragraph of a list at a level, and give the number that stands before it."""
        found = self.lists.get(key)
        if found is None or not 0 <= index < LEVELS:
            return ""
        counters = self._counters.setdefault(found.abstract, [None] * LEVELS)
        level = found.levels.get(index, Level())
        value = counters[index]
        if index in found.starts and (key, index) not in self._begun:
            counters[index] = found.starts[index]
        else:
            counters[index] = level.start if value is None else value + 1
        self._begun.add((key, index))
        for deeper in range(index + 1, LEVELS):
            after = found.levels.get(deeper, Level()).restarts_after
            if after is None or index + 1 <= after:
                counters[deeper] = None
        return _print(found, level, counters)


def _print(found: List, level: Level, counters: list[int | None]) -> str:
    if level.form == "none" or (level.form == "bullet" and WORDLESS.fullmatch(level.text)):
        return "" if level.form == "bullet" else re.sub(r"%\d", "", level.text)

    def number(match: re.Match[str]) -> str:
        index = int(match[1]) - 1
        part = found.levels.get(index, Level())
        value = counters[index]
        return form_number(part.start if value is None else value, "decimal" if level.is_legal else part.form)

    return re.sub(r"%([1-9])", number, level.text)[:LONGEST]


def form_number(value: int, form: str) -> str:
    """Write a number as a format of Word's does."""
    if form in COUNTING:
        return _counted(value)
    if form in DIGITAL:
        return "".join(DIGITS[int(digit)] for digit in str(abs(value)))
    if form == "chineseLegalSimplified":
        return _counted(value).translate(str.maketrans(DIGITS + "十百千万零", LEGAL_DIGITS + "拾佰仟万零"))
    if form in {"ideographTraditional", "ideographZodiac"}:
        signs = STEMS if form == "ideographTraditional" else BRANCHES
        return signs[value - 1] if 1 <= value <= len(signs) else str(value)
    if form in ENCLOSED:
        return chr(ENCLOSED[form] + value - 1) if 1 <= value <= (10 if form.startswith("ideograph") else 20) else str(value)
    if form.endswith(("Roman", "Letter")):
        letters = _roman(value) if form.endswith("Roman") else chr((value - 1) % 26 + ord("a")) * ((value - 1) // 26 % 9 + 1)
        return letters.upper() if form.startswith("upper") else letters
    if form.startswith("decimalFullWidth"):
        return str(value).translate({ord("0") + digit: 0xFF10 + digit for digit in range(10)})
    return f"{value:02}" if form == "decimalZero" else str(value)


def _counted(value: int) -> str:
    """Count in Chinese: 九, 十, 十一, 二十, 一百零一."""
    if not 0 < value < 10_000:
        return str(value)
    text = ""
    for place, digit in zip("千百十", f"{value // 10:03}", strict=True):
        if digit != "0":
            text += DIGITS[int(digit)] + place
        elif text and not text.endswith("零"):
            text += "零"
    text = text.rstrip("零") if value % 10 == 0 else text + DIGITS[value % 10]
    return text.removeprefix("一") if text.startswith("一十") else text


def _roman(value: int) -> str:
    text = ""
    if 0 < value < 4000:
        for worth, letters in ROMAN:
            text += letters * (value // worth)
            value %= worth
    return text or str(value)


def _levels(parent: _Element) -> dict[int, Level]:
    return {whole_number(attribute(level, "ilvl"), 0): _level(level) for level in parent if local(level) == "lvl"}


def _level(element: _Element) -> Level:
    restart = attribute(find(element, "lvlRestart"), "val")
    form = find(element, "numFmt")
    legal = find(element, "isLgl")
    return Level(
        start=whole_number(attribute(find(element, "start"), "val"), 0 if find(element, "start") is None else 1),
        form=attribute(form, "val", "decimal"),
        text=attribute(find(element, "lvlText"), "val"),
        restarts_after=whole_number(restart, 0) if restart else None,
        is_legal=legal is not None and attribute(legal, "val", "1") not in {"0", "false", "off"},
        style=attribute(find(element, "pStyle"), "val"),
    )


def _list(element: _Element, kinds: dict[str, dict[int, Level]]) -> List:
    abstract = attribute(find(element, "abstractNumId"), "val")
    levels = dict(kinds.get(abstract, {}))
    starts: dict[int, int] = {}
    for override in element:
        if local(override) != "lvlOverride":
            continue
        index = whole_number(attribute(override, "ilvl"), 0)
        if (level := find(override, "lvl")) is not None:
            levels[index] = _level(level)
        if (start := find(override, "startOverride")) is not None:
            starts[index] = whole_number(attribute(start, "val"), 1)
    return List(abstract, levels, starts)
