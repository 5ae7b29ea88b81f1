"""The official documents that the shipped plans were made from, where they are at hand, cut into the clauses of the plans' tasks.

They stand in `../shared/seeds` beside the repository, or in the folder that PLANCTL_SEEDS names. The repository has none of their prose.
A clause is its text as the document prints it, with its number. In all five documents a clause is one line, and a row of the table of 湖南
is two, the number and the text.
"""

from __future__ import annotations

import os
import re
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import opencc
import pytest

from planctl.digests import normalise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FOLDER = Path(os.environ.get("PLANCTL_SEEDS") or Path(__file__).resolve().parents[2] / "shared" / "seeds")
NUMERALS = "一二三四五六七八九"
PINYIN = re.compile(r"\([a-z\u00e0-\u024f]+\)")
"""潜江 prints a reading in brackets behind many characters: 機(jī)構(gòu)."""
FIRST_PARAGRAPH, LAST_PARAGRAPH = 3, 23
"""湖南: the paragraphs below the table are (三) to (二十三); half of the numbers are damaged, so their place counts."""
LONGEST_HEADING = 40


def _numbered(lines: list[str]) -> Iterator[tuple[str, str]]:
    """1. … 2. … through the whole document: 宁远, 潜江."""
    for line in lines:
        if item := re.match(r"(\d+)\.", line):
            yield item[1], line


def _numbered_in_sections(lines: list[str]) -> Iterator[tuple[str, str]]:
    """(一) with 1、 2、 3、 below it: 江南."""
    section = 0
    for line in lines:
        if heading := re.match(rf"\(([{NUMERALS}])\)", line):
            section = NUMERALS.index(heading[1]) + 1
        elif item := re.match(r"(\d)、", line):
            yield f"{section}.{item[1]}", line


def _rows_and_paragraphs(lines: list[str]) -> Iterator[tuple[str, str]]:
    """A table of numbers and texts, then paragraphs between short headings: 湖南."""
    first_heading = next(index for index, line in enumerate(lines) if line.startswith("二、"))
    for number, text in pairwise(lines[:first_heading]):
        if number.isdecimal():
            yield number, f"{number}\n{text}"
    paragraphs = [line for line in lines[first_heading:] if len(line) > LONGEST_HEADING]
    for place, paragraph in zip(range(FIRST_PARAGRAPH, LAST_PARAGRAPH + 1), paragraphs, strict=False):
        yield f"P{place}", paragraph


def _chapters(lines: list[str]) -> Iterator[tuple[str, str]]:
    """三、 with (一) below it and —— below that; chapters before 三 set no tasks: 山东."""
    chapter = item = bullet = 0
    for line in lines:
        if heading := re.match(rf"([{NUMERALS}])、", line):
            chapter, item = NUMERALS.index(heading[1]) + 1, 0
        elif chapter < 3:
            continue
        elif number := re.match(rf"\(([{NUMERALS}])\)", line):
            item, bullet = NUMERALS.index(number[1]) + 1, 0
            yield f"{chapter}.{item}", line
        elif line.startswith("——"):
            bullet += 1
            yield f"{chapter}.{item}.{bullet}", line


DOCUMENTS: dict[str, tuple[str, Callable[[list[str]], Iterator[tuple[str, str]]]]] = {
    "ningyuan-2021-2025": ("004_*.txt", _numbered),
    "jiangnan-2015": ("003_*.txt", _numbered_in_sections),
    "hunan-jgsw-2022-2025": ("000_*.txt", _rows_and_paragraphs),
    "qianjiang-2022": ("001_*.txt", _numbered),
    "shandong-jgsw-2023": ("002_*.txt", _chapters),
}
ABSENT = [name for name, _ in DOCUMENTS.values() if not any(FOLDER.glob(name))]
needed = pytest.mark.skipif(bool(ABSENT), reason=f"the official documents are not in {FOLDER}; PLANCTL_SEEDS names another folder")


@cache
def document(plan_id: str) -> str:
    """Give the text of the document that a plan was made from."""
    (path,) = FOLDER.glob(DOCUMENTS[plan_id][0])
    return path.read_text(encoding="utf-8")


@cache
def clauses(plan_id: str) -> dict[str, str]:
    """Cut the document of a plan into the clauses of its tasks, by task id."""
    split = DOCUMENTS[plan_id][1]
    return dict(split([line.strip() for line in document(plan_id).splitlines() if line.strip()]))


@cache
def _simplifier() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


@cache
def readable(text: str) -> str:
    """Fold width and white space, take out readings in brackets, and simplify the characters: so a plan's own words are found in it."""
    return str(_simplifier().convert(PINYIN.sub("", normalise(text))))
