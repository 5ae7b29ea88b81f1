"""Repairs within a paragraph, each only where it is certain: every function finds the pieces to replace."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from planctl.documents.records import RepairKind

if TYPE_CHECKING:
    from collections.abc import Iterator


class Edit(NamedTuple):
    """A piece to replace."""

    start: int
    end: int
    new: str
    kind: RepairKind


HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
MARKS = "\u3001-\u3003\u3008-\u3011\u3014-\u301f\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f\u2018-\u201d\u2026\u2014"
"""Chinese punctuation."""
BLANKS = " \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
COMPATIBLE = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\ufe5d\ufe5e\ufe50-\ufe57\u3038-\u303a]")
"""Radicals and doubles that PDFs and old encodings print instead of the characters."""
RADICALS = dict(
    zip(
        "\u2ea0\u2eaa\u2ebc\u2ec4\u2ec5\u2ec6\u2ec9\u2ecb\u2ecd\u2ed3\u2ed4\u2ed8\u2ed9\u2eda\u2edb\u2edc\u2edd\u2ee2\u2ee5\u2ee6\u2ee8\u2eea\u2eec\u2eee\u2ef0\u2ef3",
        "民疋肉西见角贝车辶长门青韦页风飞食马鱼鸟麦黾齐齿龙龟",
        strict=True,
    )
)
"""The simplified radicals, which Unicode does not fold."""
ZERO = re.compile("(?<=[一二三四五六七八九〇])[○◯Ｏ０](?=[一二三四五六七八九〇○年])")
WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ％＋]+|(?<=[0-9０-９])．")
NARROW = re.compile(f"(?<![,;:?!])[,;:?!]+(?=[{HAN}{MARKS}])|(?<=[{HAN}{MARKS}])[,;:?!]+(?![/\\\\])")
FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}
BRACKETS = re.compile("[()（）]")
BESIDE = re.compile(f"[{HAN}{MARKS}]")
LETTERS = "a-z\u00df-\u01dc\u0251\u0261\u0300-\u030c\uff41-\uff5a"
READING = re.compile(f"(?<=[{HAN}])[(（]([{LETTERS} \u3000]{{1,12}})[)）]")
HALF_OPEN = re.compile(f"(?<=[{HAN}])[(（]([{LETTERS}]{{1,8}})(?=[{HAN}{MARKS}{BLANKS}]|$)(?![)）])")
HALF_CLOSED = re.compile(f"(?<=[{HAN}])([{LETTERS}]{{1,8}})[)）]")
"""Readings that have lost one of their brackets."""
ALIKE_LETTERS = str.maketrans("\u0251\u0261", "ag")
"""The letters of printed readings that Unicode does not fold."""
TONES = frozenset("\u0300\u0301\u0304\u030c")
SYLLABLE = re.compile("(zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?[aeiouüê]{1,3}(ng?|r)?|n|ng|m|hm|hng")
FEWEST_READINGS = 5
"""In so many places a document prints readings; fewer may be words."""
LOST_BLANKS = re.compile(r"[?\ufffd\s]{2,}(?=\S)|[?\ufffd]+$")
GAP = re.compile(f"[{BLANKS}]+")
UNIT_END = "局委办部厅院会府处科室站心队校行社司团所县区镇乡市省员长席记任股组"
COUNTED = "年月日号个项次件条万亿名人级家天周季岁元章节款"
SPACED = re.compile(f"(?<![{HAN}])[{HAN}](?:[{BLANKS}][{HAN}]){{2,}}(?![{HAN}])")
"""A word that is spaced out: 主 要 内 容."""
RUNNING = 30
"""Running text is at least as long, and has punctuation."""


def shapes(text: str) -> Iterator[Edit]:
    """Find characters that only look like the ones that they stand for."""
    for found in COMPATIBLE.finditer(text):
        new = RADICALS.get(found[0]) or unicodedata.normalize("NFKC", found[0])
        new = {"\ufe5d": "〔", "\ufe5e": "〕"}.get(found[0], new)
        if new != found[0]:
            yield Edit(found.start(), found.end(), FULL.get(new, new), RepairKind.SHAPE)
    for found in ZERO.finditer(text):
        yield Edit(found.start(), found.end(), "〇", RepairKind.SHAPE)


def widths(text: str) -> Iterator[Edit]:
    """Find full-width letters and digits, and half-width punctuation in Chinese text."""
    for found in WIDE.finditer(text):
        yield Edit(found.start(), found.end(), unicodedata.normalize("NFKC", found[0]), RepairKind.WIDTH)
    for found in NARROW.finditer(text):
        yield Edit(found.start(), found.end(), "".join(FULL[mark] for mark in found[0]), RepairKind.WIDTH)
    for index in _narrow_brackets(text):
        yield Edit(index, index + 1, FULL[text[index]], RepairKind.WIDTH)


def _narrow_brackets(text: str) -> Iterator[int]:
    """Find the half-width brackets that stand in Chinese text; if one of a pair does, both do."""
    open_brackets: list[int] = []
    chinese: set[int] = set()
    for found in BRACKETS.finditer(text):
        index = found.start()
        is_beside = text[index] in "（）" or bool(BESIDE.search(text[max(index - 1, 0) : index] + text[index + 1 : index + 2]))
        chinese.update([index] if is_beside else [])
        if text[index] in "(（":
            open_brackets.append(index)
        elif open_brackets:
            opening = open_brackets.pop()
            if {index, opening} & chinese:
                chinese.update((index, opening))
    return (index for index in sorted(chinese) if text[index] in "()")


def readings(text: str) -> Iterator[Edit]:
    """Find readings in brackets behind the character that they are of; one with a tone may have lost a bracket."""
    found = [edit for match in READING.finditer(text) if _is_syllable(match[1]) for edit in [_reading(match)]]
    taken = {edit.start for edit in found}
    halves = [match for match in HALF_OPEN.finditer(text) if match.start() not in taken]
    halves += [match for match in HALF_CLOSED.finditer(text) if _closes_nothing(text, match.end() - 1)]
    found += (_reading(match) for match in halves if _has_tone(match[1]) and _is_syllable(match[1]))
    return iter(sorted(found))


def _reading(match: re.Match[str]) -> Edit:
    return Edit(match.start(), match.end(), "", RepairKind.READING)


def _spelled(letters: str) -> str:
    """Give letters of one width, without blanks, each tone a character of its own."""
    return "".join(unicodedata.normalize("NFKD", letters).translate(ALIKE_LETTERS).split())


def _is_syllable(letters: str) -> bool:
    return bool(SYLLABLE.fullmatch("".join(each for each in _spelled(letters) if not unicodedata.combining(each))))


def _has_tone(letters: str) -> bool:
    return not TONES.isdisjoint(_spelled(letters))


def _closes_nothing(text: str, index: int) -> bool:
    """Tell whether no bracket is open where one closes."""
    opened = max(text.rfind("(", 0, index), text.rfind("（", 0, index))
    closed = max(text.rfind(")", 0, index), text.rfind("）", 0, index))
    return opened <= closed


def lost_blanks(text: str) -> Iterator[Edit]:
    """Find question marks where blanks were, at the beginning and as the whole of a paragraph."""
    if found := LOST_BLANKS.match(text):
        yield Edit(0, found.end(), "", RepairKind.BLANK)


def spaces(text: str) -> Iterator[Edit]:
    """Find blanks inside Chinese text that divide nothing."""
    spaced = [found.span() for found in SPACED.finditer(text)]
    place = 0
    is_running = len(text) >= RUNNING and ("，" in text or "。" in text)
    for found in GAP.finditer(text):
        start, end = found.span()
        while place < len(spaced) and spaced[place][1] <= start:
            place += 1
        is_spaced = place < len(spaced) and spaced[place][0] < start
        if start > 0 and end < len(text) and (is_spaced or _divides_nothing(text, start, end, is_running=is_running)):
            yield Edit(start, end, "", RepairKind.SPACE)


def _divides_nothing(text: str, start: int, end: int, *, is_running: bool) -> bool:
    before, after = text[start - 1], text[end]
    is_before_han, is_after_han = bool(re.match(f"[{HAN}]", before)), bool(re.match(f"[{HAN}]", after))
    if re.match(f"[{MARKS}]", before + after) or re.match(f"[{MARKS}]", after):
        return True
    if before.isdigit() and after in COUNTED:
        return True
    if is_before_han and after.isdigit():
        return is_running or before in "第至共约年月"
    if is_before_han and is_after_han:
        return (end - start == 1 and is_running and before not in UNIT_END) or len(text) == end - start + 2
    return is_running and before.isdigit() and is_after_han and bool(re.search(f"[{HAN}{MARKS}]", text[:start]))
