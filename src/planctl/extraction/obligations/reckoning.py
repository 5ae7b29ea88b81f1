"""What a phrase takes from those before it in its sentence: its year, its cycle, the day by which a figure is to be reached."""

from __future__ import annotations

import re
from datetime import date
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from planctl.extraction.obligations.bindings import SENTENCE, clause_of, is_alone
from planctl.extraction.obligations.occasions import event_of_minutes
from planctl.extraction.obligations.wording import behind_last
from planctl.model import Cycle, Kind
from planctl.phrases import Phrase, resolve

if TYPE_CHECKING:
    from collections.abc import Iterator

PASSED = re.compile(r"已|曾|截至|截止|早在|以来|自20|了")
"""What tells that a day before the document is a fact, and no limit."""
LIMIT_END = re.compile(r"前$")
LATE = 366
"""So many days before its document a limit may lie whatever follows; a still earlier one is none but with a duty right behind it."""
DUTY = re.compile(
    r",?(?:要|应|须|全面|全部|基本|如期|力争|确保)*(?:完成|办结|建成|竣工|到位|投用|投产|达标|出台|建立|实现)(?![^,;。]{0,16}的)"
    r"|,[^,;。]{2,16}?(?:应当?|要|须)(?:[^,;。]{2})"
)
HEAD_YEAR = re.compile(
    r"(?:^|[,。;:、\n(])(?:力争|确保|争取|计划|预计|其中,?|到)?(?P<year>20[0-9]{2})年(?![0-9度底末初前内中上下起的、和及-])"
)
"""A bare year that says when its clause is: 2024年群众满意率达到90%."""
HEAD = re.compile(r"(?:^|[,。;:、\n(])(?:截至|截止|到|至|在)?$")
BINDING = re.compile(r"力争|确保|争取|要|应|须|将|努力|实现.{0,6}目标")
SHARED_OUT = re.compile(r"[^,;。、]{0,16}?分别")
SAME_TIME = re.compile(r"同比|环比")
NEXT = ("明年", "下一年")
THIS = ("今", "本")
STATED = re.compile(r"[0-9０-９〇○零]{4}")
PRECISE = re.compile(r"月|季度?|半年")
"""A day so named dates the days of the next sentences too; 到2025年 is a horizon, and may end with its sentence."""
SINCE_YEAR = re.compile(r"(?P<year>20[0-9]{2})年1?[0-9]月(?:[0-9]{1,2}日)?起")
WHICH = re.compile(r"[^,。;]{1,8}的")
"""按照2025年建成的目标: which aim, and not when."""
STOP = re.compile(r"[。\n]")
EACH_TIME = re.compile(r"每(?:次|期|场|轮|人|名|个|家|件)$")
MANY = 12
LONGEST_SENTENCE = 400


class Context(NamedTuple):
    """What the document says for all its deadlines."""

    issued: date | None = None
    year: int | None = None
    """The year that a month or 年底 without one stands in."""
    is_year_sure: bool = False
    end: date | None = None
    """The last day of the plan, which 试点期限内 means."""


def anchor_before(text: str, phrases: tuple[Phrase, ...], index: int) -> str | None:
    """Find the event that an earlier length of the sentence counts from: 事件发生后5小时内发布,在24小时内举行发布会."""
    start = sentence_start(text, phrases[index].start)
    named = next((one.after for one in going_back(phrases, index, start) if one.kind is Kind.RELATIVE and one.after), None)
    return named or event_of_minutes(text, start, phrases[index].start)


def year_after(phrase: Phrase, earlier: list[Phrase], context: Context) -> int | None:
    """Give the year that 次年 and 明年 mean: after the last one named, else after the document's own."""
    named = next((one.moment.year for one in earlier if one.moment and one.moment.year), None)
    this = context.issued.year if context.issued and phrase.quote.startswith(NEXT) else named or context.year
    return this + 1 if this else None


def year_of(text: str, phrases: tuple[Phrase, ...], index: int, context: Context) -> int | None:
    """Give the year of a day that names none: the last one stated before it, else the document's own."""
    moment, own = phrases[index].moment, context.year
    if moment is None or moment.year or phrases[index].quote.startswith(THIS):
        return own
    stated = _stated_before(text, phrases, index, context)
    if stated is None:
        return own
    day, otherwise = resolve(moment, stated.year), resolve(moment, own)
    is_early = bool(day and context.issued and day < context.issued)
    is_early_otherwise = stated.year != own and bool(otherwise and context.issued and otherwise < context.issued)
    is_here = not STOP.search(text, stated.at, phrases[index].start)
    if is_early and is_here and stated.is_ahead and context.issued and stated.year == context.issued.year:
        return stated.year + 1  # 2023年12月底前自查,1月底前报送
    if is_early or not (is_here or stated.is_precise or is_early_otherwise):
        return own
    return stated.year


class Stated(NamedTuple):
    """A year that words state."""

    year: int
    at: int
    is_precise: bool = False
    is_ahead: bool = False
    """Whether its day lies behind that of the document."""


def _stated_before(text: str, phrases: tuple[Phrase, ...], index: int, context: Context) -> Stated | None:
    """Find the last year stated before a phrase; one of a fact or of a whole period is none."""
    start = sentence_start(text, phrases[index].start)
    heads = (found for pattern in (HEAD_YEAR, SINCE_YEAR) for found in pattern.finditer(text, max(start - 1, 0), phrases[index].start))
    bare = max(heads, key=_start, default=None)
    for at in range(index - 1, max(index - 1 - MANY, -1), -1):
        one = phrases[at]
        if bare and bare.start() >= one.end:
            break
        if one.kind is not Kind.ONCE:
            continue
        if one.later and (year := year_after(one, list(going_back(phrases, at, sentence_start(text, one.start))), context)):
            return Stated(year, one.start, is_precise=True, is_ahead=True)
        if one.quote.startswith(THIS) and context.year and not (one.moment and one.moment.year):
            return Stated(context.year, one.start)
        day = resolve(one.moment) if one.moment and STATED.search(one.quote) else None
        is_period = one.begin is not None and "月" not in one.quote
        if day is None or is_period or (one.quote.endswith("年") and WHICH.match(text, one.end)):
            continue
        is_ahead = not context.issued or day >= context.issued
        if is_ahead or still_binds(text, one, day, context):
            return Stated(day.year, one.start, bool(PRECISE.search(one.quote)), is_ahead=is_ahead)
    is_past = bare and context.issued and int(bare["year"]) < context.issued.year
    return Stated(int(bare["year"]), bare.start("year")) if bare and not is_past else None


def still_binds(text: str, phrase: Phrase, due: date, context: Context) -> bool:
    """Tell whether a day before the document's own is a limit nevertheless: documents are late. A fact says so: 已, 截至."""
    if not context.issued or ((context.issued - due).days > LATE and not (DUTY.match(text, phrase.end) or is_alone(text, phrase))):
        return False
    is_limit = bool(LIMIT_END.search(phrase.quote)) or is_alone(text, phrase)
    return is_limit and not PASSED.search(clause_of(text, phrase)) and not phrase.quote.startswith("截")


def sentence_start(text: str, at: int) -> int:
    """Find where the sentence of a place begins."""
    first = max(at - LONGEST_SENTENCE, 0)
    return behind_last(SENTENCE, text, first, at) or first


def going_back(phrases: tuple[Phrase, ...], index: int, start: int) -> Iterator[Phrase]:
    """Go back through the phrases before one, as far as a place of the text."""
    return takewhile(lambda one: one.start >= start, (phrases[at] for at in range(index - 1, -1, -1)))


def cycle_before(text: str, phrases: tuple[Phrase, ...], index: int) -> Cycle | None:
    """Find the cycle that an earlier phrase of the sentence names: 每年至少举办一期…,举办两期以上…."""
    if EACH_TIME.search(text, max(phrases[index].start - 3, 0), phrases[index].start):
        return None
    start = sentence_start(text, phrases[index].start)
    earlier = [one.every for one in going_back(phrases, index, start) if one.every and one.every.unit != "term" and not one.implied]
    return earlier[-1] if earlier else None


class Reached(NamedTuple):
    """By when a figure is to be reached, or that it was."""

    due: date | None = None
    is_past: bool = False


def when_reached(text: str, phrases: tuple[Phrase, ...], index: int, context: Context) -> Reached:
    """Find the day by which a figure is to be reached, named before it in its sentence; a day before the document's makes it a fact."""
    phrase, start = phrases[index], sentence_start(text, phrases[index].start)
    back = enumerate(going_back(phrases, index, start), 1)
    dated = next((index - step for step, one in back if one.kind is Kind.ONCE and one.moment), None)
    bare = max(HEAD_YEAR.finditer(text, max(start - 1, 0), phrase.start), key=_start, default=None)
    if bare and (dated is None or bare.start() > phrases[dated].start):
        year = int(bare["year"])
        is_since = text.startswith("以来", bare.end())
        is_early = bool(context.issued and (year < context.issued.year or is_since))
        is_past = is_early and not BINDING.search(text, bare.end(), phrase.start)
        return Reached(None if is_early else date(year, 12, 31), is_past)
    if dated is None:
        return Reached()
    at = _shared_out(text, phrases, dated, index)
    named = phrases[at]
    due = resolve(named.moment, year_of(text, phrases, at, context)) if named.moment else None
    is_early = bool(due and context.issued and due < context.issued and not still_binds(text, named, due, context))
    is_head = HEAD.search(text, max(named.start - 3, 0), named.start)
    return Reached(due, bool(is_early and is_head and not BINDING.search(text, named.end, phrase.start)))


def _start(found: re.Match[str]) -> int:
    return found.start()


def _shared_out(text: str, phrases: tuple[Phrase, ...], dated: int, index: int) -> int:
    """Find whose figure it is: 2023年、2024年分别完成20%、30% gives each year its own."""
    first = dated
    while (
        first
        and dated - first < MANY
        and phrases[first - 1].kind is Kind.ONCE
        and text[phrases[first - 1].end : phrases[first].start] in {"、", "和", "及"}
    ):
        first -= 1
    if first < dated and SHARED_OUT.match(text, phrases[dated].end):
        return min(first + index - dated - 1, dated)
    return dated


def is_told(text: str, phrase: Phrase) -> bool:
    """Tell whether a change is only told: 已下降10%, 同比增长8%."""
    clause = clause_of(text, phrase)
    is_fact = (PASSED.search(clause) or SAME_TIME.search(clause)) and not BINDING.search(clause)
    return bool(is_fact) and not phrase.quote.endswith(("上", "下"))


def name_start(phrases: tuple[Phrase, ...], index: int) -> int:
    """Find where the name of a figure may begin: behind the day or the figure that stands before it in its clause."""
    if index and phrases[index - 1].kind in {Kind.ONCE, Kind.METRIC} and phrases[index].start - phrases[index - 1].end > 1:
        return phrases[index - 1].end
    return 0


def name_end(phrases: tuple[Phrase, ...], index: int) -> int:
    """Find where the name of a figure ends: before the day that stands between them: 覆盖率到2025年达到90%."""
    before = phrases[index - 1] if index else None
    is_between = before and before.kind is Kind.ONCE and phrases[index].start - before.end <= 1
    return before.start if before and is_between else phrases[index].start


def first_figure(phrases: tuple[Phrase, ...], index: int) -> int:
    """Find the figure that names those right behind it: 完成20%、30%、50%."""
    for first in range(index, max(index - MANY, 0), -1):
        if phrases[first - 1].kind is not Kind.METRIC or phrases[first].start - phrases[first - 1].end != 1:
            return first
    return max(index - MANY, 0)


def count_together(phrases: tuple[Phrase, ...], first: int) -> int:
    """Count the figures that stand one behind the other: 分别达到90%、95%."""
    last = first
    while last + 1 < len(phrases) and phrases[last + 1].kind is Kind.METRIC and phrases[last + 1].start - phrases[last].end == 1:
        last += 1
    return last - first + 1
