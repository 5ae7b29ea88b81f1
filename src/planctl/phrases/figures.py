"""Figures to reach: counts (不少于2次, 两期以上, 1至2期) and targets (达到90%以上, 控制在5%以内)."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from planctl.model import Kind, Target
from planctl.phrases.lexicon import (
    ABOUT_LEVEL,
    AMOUNT,
    AT_ONCE,
    BULK,
    CHAINED,
    CHANGED,
    CONCERNING,
    COUNT,
    DONE_SHARE,
    DOUBLED,
    ENSURED,
    ENSURED_OF,
    FRACTION,
    GIVEN_SHARE,
    HEADS,
    NEWLY,
    OLD_VALUE,
    PERCENT,
    PLAIN,
    PLAIN_NAME,
    PRICED,
    SCORE_NAME,
    YEAR_NUMBER,
)
from planctl.phrases.numerals import decimal, number
from planctl.phrases.records import Phrase

if TYPE_CHECKING:
    import re

    from planctl.phrases.folding import Folded

FULL = 100.0
ABOUT = "左右"
REACH = 20
CHAIN = 60
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
    upper: Target | None = None
    changed: bool = False


def read_figure(folded: Folded, at: int, _floor: int) -> Phrase | None:
    """Read a figure that stands without a cycle: that may be named before it (每年…，…两期以上), or there is none."""
    text = folded.text
    whole = len(text) if at == 0 else None
    counted, shared = COUNT.match(text, at), PERCENT.match(text, at)
    found = (
        _count(counted, whole=whole),
        _target(shared, whole=whole),
        _fraction(FRACTION.match(text, at)),
        _doubled(DOUBLED.match(text, at)),
        _amount(AMOUNT.match(text, at), whole=whole),
        _plain(PLAIN.match(text, at)),
    )
    figure = min(filter(None, found), key=_end, default=None)
    if figure is None:
        return None
    kind = Kind.METRIC if figure.target else Kind.RECURRING
    phrase = Phrase("", at, figure.end, kind, count=figure.low, op=figure.op, at_most=figure.at_most, of=figure.of)
    return phrase._replace(target=figure.target, upper=figure.upper, changed=figure.changed)


def figure_within(text: str, start: int, end: int) -> Figure | None:
    """Find the figure that the rest of a clause gives for its cycle: 每年…不少于2次."""
    counts = (_count(found, is_bound=True) for found in COUNT.finditer(text, start, end))
    targets = (_target(found) for found in PERCENT.finditer(text, start, end))
    amounts = (_amount(found, is_bound=True) for found in AMOUNT.finditer(text, start, end))
    return min(filter(None, chain(counts, targets, amounts)), key=_end, default=None)


def _end(figure: Figure) -> int:
    return figure.end


def _word(found: re.Match[str]) -> str | None:
    """Name the operator that stands before the figure."""
    return next((name for name in OPERATORS if found[name]), None)


def _bound(suffix: str | None, word: str | None = None) -> str | None:
    """以上, 以下 and 以内 include the number itself (Civil Code, art. 1259); 左右 says no more than that it is about so much."""
    if suffix == ABOUT:
        return None if word else "="
    return (">=" if suffix.endswith("上") else "<=") if suffix else None


def _count(found: re.Match[str] | None, *, is_bound: bool = False, whole: int | None = None) -> Figure | None:
    if found is None or not _is_count(found, is_bound=is_bound, is_whole=found.end() == whole):
        return None
    word, low, unit = _word(found), number(found["low"]), found["unit"]
    if word == "level":
        return Figure(*found.span(), target=Target("<=", number(found["high"] or found["low"]), unit))
    op = COUNTING.get(word or "") or (">=" if found["high"] else None) or _bound(found["suffix"]) or "="
    if is_bound and BULK.fullmatch(unit) and not found["high"]:
        return Figure(*found.span(), target=Target(">=" if op == "=" else op, number(found["low"]), unit.replace("(次)", "次")))
    if op == "<=" and found["length"] and not is_bound:
        return Figure(*found.span(), target=Target(op, low, unit))
    # Days, people and things without a cycle (不少于30日, 不少于2名) may count or measure: both are given.
    target = None if is_bound or found["event"] or op == "=" else Target(op, low, unit)
    return Figure(*found.span(), low, op, number(found["high"]) if found["high"] else None, unit, target)


def _is_count(found: re.Match[str], *, is_bound: bool, is_whole: bool) -> bool:
    """Tell an obligation from a mere number: 4个清单 and 一个部门 are none, unless they are all that is quoted."""
    word = _word(found)
    if found["unit"] == "年" and YEAR_NUMBER.fullmatch(found["low"]):
        return False  # 提高到2025年的80%
    if word:
        return word in COUNTING or word == "level"
    if found["suffix"] == ABOUT or found["length"] or CONCERNING.search(found.string, max(found.start() - 3, 0), found.start()):
        return False
    if AT_ONCE.match(found.string, found.end()):
        return False
    is_told = is_bound or bool(found["high"])
    is_bulk = is_bound and found["low"].isascii() and BULK.fullmatch(found["unit"])
    return is_whole or bool(found["suffix"] or is_bulk or (found["event"] and is_told))


def _target(found: re.Match[str] | None, *, whole: int | None = None) -> Figure | None:
    if found is None:
        return None
    word, value, start = _word(found), decimal(found["value"] or found["low"]), found.start()
    if found["high"] and OLD_VALUE.search(found.string, max(start - 6, 0), start):
        return None
    op = _bound(found["suffix"], word) or OPERATORS.get(word or "", "=")
    is_level = value == FULL or (word is None and (found.end() == whole or _is_done_share(found) or _is_ensured(found)))
    if op == "=" and is_level:
        op = ">="
    chained = CHAINED.search(found.string, max(start - CHAIN, 0), start) if word is None and op == "=" else None
    if chained:
        op = OPERATORS[_word(chained) or "equal"]
    is_change = word is None and _is_change(found)
    is_about = found["suffix"] == ABOUT and bool(ABOUT_LEVEL.search(found.string, max(start - 5, 0), start))
    if is_change and not found["suffix"]:
        op = ">="
    elif (
        word is None
        and not is_change
        and ((op == "=" and not is_about and not chained) or PRICED.search(found.string, max(start - 2, 0), start))
    ):
        return None
    upper = Target("<=", decimal(found["high"]), "%") if found["high"] else None
    return Figure(*found.span(), target=Target(">=" if upper else op, value, "%"), upper=upper, changed=is_change)


def _is_change(found: re.Match[str]) -> bool:
    """Tell a change from a level: 提高5% says by how much, and not how high."""
    return bool(CHANGED.search(found.string, max(found.start() - 5, 0), found.start()))


def _is_newly(found: re.Match[str]) -> bool:
    return bool(NEWLY.search(found.string, max(found.start() - 10, 0), found.start()))


def _is_done_share(found: re.Match[str]) -> bool:
    """Tell whether the words before a bare share say that so much is to be done: 化解存量50%, 覆盖率95%."""
    start = max(found.start() - REACH, 0)
    return bool(DONE_SHARE.search(found.string, start, found.start()) and not GIVEN_SHARE.search(found.string, start, found.start()))


def _is_ensured(found: re.Match[str]) -> bool:
    """Tell whether a bare share of things is what is to be brought about: 实现95%税费服务事项“网上办”."""
    is_bare = not (found["suffix"] or found["high"])
    start = max(found.start() - 3, 0)
    return bool(is_bare and ENSURED.search(found.string, start, found.start()) and ENSURED_OF.match(found.string, found.end()))


def _fraction(found: re.Match[str] | None) -> Figure | None:
    """三分之一以上 as a share, to two decimals."""
    if found is None:
        return None
    is_change = not _word(found) and _is_change(found)
    op = _bound(found["suffix"]) or OPERATORS.get(_word(found) or "") or (">=" if is_change else None)
    if op is None:
        return None
    part, whole = (1, 2) if found["half"] else (number(found["part"] or found["over"]), number(found["whole"] or found["under"]))
    return Figure(*found.span(), target=Target(op, round(FULL * part / whole, 2), "%"), changed=is_change)


def _doubled(found: re.Match[str] | None) -> Figure | None:
    """翻一番 is twice as much, 翻两番 four times."""
    if found is None:
        return None
    return Figure(*found.span(), target=Target(">=", float(2 ** number(found["times"])), "倍"), changed=True)


def _amount(found: re.Match[str] | None, *, is_bound: bool = False, whole: int | None = None) -> Figure | None:
    """Read a figure that COUNT does not: of any size, with decimals, or in a measure. Without a word for it, it binds nobody."""
    if found is None or not (found["measure"] or found["scale"] or "." in (found["value"] or "")):
        return None
    if found["bare"] is not None and not HEADS.search(found.string, max(found.start() - 12, 0), found.start()):
        return None
    word, unit = _word(found), found["unit"]
    op = _bound(found["suffix"], word) or OPERATORS.get(word or "")
    if (
        op is None
        and unit.startswith(("‰", "/"))
        and (chained := CHAINED.search(found.string, max(found.start() - CHAIN, 0), found.start()))
    ):
        op = OPERATORS[_word(chained) or "equal"]
    is_whole = found.end() == whole and not unit.endswith("元")
    is_change = word is None and unit.endswith("百分点") and _is_change(found)
    if op is None and is_change:
        op = ">="
    if op is None and is_bound and found["value"] and not unit.endswith(("元", "‰", "万", "万人")) and (found["scale"] or found["measure"]):
        op = ">="
    if word == "equal" or CONCERNING.search(found.string, max(found.start() - 3, 0), found.start()):
        return None
    if (op is None and not is_whole) or (found["suffix"] == ABOUT and word is None and not is_change and not _is_newly(found)):
        return None
    value = decimal(found["value"]) if found["value"] else float(number(found["han"]))
    return Figure(*found.span(), target=Target(op or "=", value, (found["scale"] or "") + unit), changed=is_change)


def _plain(found: re.Match[str] | None) -> Figure | None:
    """Read a figure without a unit, or a score, that words bind; a score is bound from below, and below it nothing is asked."""
    if found is None or found["equal"]:
        return None
    word, start = _word(found), max(found.start() - 5, 0)
    op = _bound(found["suffix"], word) or OPERATORS.get(word or "")
    name = SCORE_NAME if found["score"] else PLAIN_NAME
    if op is None or op == "=" or (found["score"] and op != ">="):
        return None
    if not word and not name.search(found.string, start, found.start()):
        return None
    return Figure(*found.span(), target=Target(op, decimal(found["value"]), found["unit"] or None))
