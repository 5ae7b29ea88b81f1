"""Figures to reach: counts (不少于2次, 两期以上, 1至2期) and targets (达到90%以上, 控制在5%以内)."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from planctl.model import Kind, Target
from planctl.phrases.lexicon import CHANGED, CONCERNING, COUNT, PERCENT
from planctl.phrases.numerals import decimal, number
from planctl.phrases.records import Phrase

if TYPE_CHECKING:
    import re

    from planctl.phrases.folding import Folded

FULL = 100.0
OPERATORS = {"at_least": ">=", "at_most": "<=", "level": "<=", "reach": ">=", "more": ">", "less": "<", "equal": "="}
COUNTING = {"at_least": ">=", "at_most": "<=", "reach": ">="}


class Figure(NamedTuple):
    """A count or a target, and where it stands."""

    start: int
    end: int
    low: int | None = None
    op: str | None = None
    at_most: int | None = None
    of: str | None = None
    target: Target | None = None


def read_figure(folded: Folded, at: int, _floor: int) -> Phrase | None:
    """Read a figure that stands without a cycle: that may be named before it (每年…，…两期以上), or there is none."""
    text = folded.text
    whole = len(text) if at == 0 else None
    found = (_count(COUNT.match(text, at), whole=whole), _target(PERCENT.match(text, at)))
    figure = min(filter(None, found), key=_end, default=None)
    if figure is None:
        return None
    kind = Kind.METRIC if figure.target else Kind.RECURRING
    phrase = Phrase("", at, figure.end, kind, count=figure.low, op=figure.op, at_most=figure.at_most, of=figure.of)
    return phrase._replace(target=figure.target)


def figure_within(text: str, start: int, end: int) -> Figure | None:
    """Find the figure that the rest of a clause gives for its cycle: 每年…不少于2次."""
    counts = (_count(found, is_bound=True) for found in COUNT.finditer(text, start, end))
    targets = (_target(found) for found in PERCENT.finditer(text, start, end))
    return min(filter(None, chain(counts, targets)), key=_end, default=None)


def _end(figure: Figure) -> int:
    return figure.end


def _word(found: re.Match[str]) -> str | None:
    """Name the operator that stands before the figure."""
    return next((name for name in OPERATORS if found[name]), None)


def _bound(suffix: str | None) -> str | None:
    """以上, 以下 and 以内 include the number itself (Civil Code, art. 1259)."""
    return (">=" if suffix.endswith("上") else "<=") if suffix else None


def _count(found: re.Match[str] | None, *, is_bound: bool = False, whole: int | None = None) -> Figure | None:
    if found is None or not _is_count(found, is_bound=is_bound, is_whole=found.end() == whole):
        return None
    word, low, unit = _word(found), number(found["low"]), found["unit"]
    if word == "level":
        return Figure(*found.span(), target=Target("<=", number(found["high"] or found["low"]), unit))
    op = COUNTING.get(word or "") or (">=" if found["high"] else None) or _bound(found["suffix"]) or "="
    # Days, people and things without a cycle (不少于30日, 不少于2名) may count or measure: both are given.
    target = None if is_bound or found["event"] or op == "=" else Target(op, low, unit)
    return Figure(*found.span(), low, op, number(found["high"]) if found["high"] else None, unit, target)


def _is_count(found: re.Match[str], *, is_bound: bool, is_whole: bool) -> bool:
    """Tell an obligation from a mere number: 4个清单 and 一个部门 are none, unless they are all that is quoted."""
    word = _word(found)
    if word:
        return word in COUNTING or (word == "level" and bool(found["length"] or found["suffix"]))
    if found["length"] or CONCERNING.search(found.string, max(found.start() - 3, 0), found.start()):
        return False
    is_told = is_bound or bool(found["high"])
    return is_whole or bool(found["suffix"] or (found["event"] and is_told))


def _target(found: re.Match[str] | None) -> Figure | None:
    if found is None:
        return None
    word, value = _word(found), decimal(found["value"].removesuffix("%"))
    if word is None and CHANGED.search(found.string, max(found.start() - 3, 0), found.start()):
        return None  # 提高5% is a change, not a level
    op = _bound(found["suffix"]) or OPERATORS.get(word or "", "=")
    if op == "=" and value == FULL:
        op = ">="
    if word is None and op == "=":
        return None
    return Figure(*found.span(), target=Target(op, value, "%"))
