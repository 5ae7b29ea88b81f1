"""The deadlines of a clause: which of its time phrases and figures bind somebody, until when, and whom."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from planctl.extraction.names import is_unit, read_names
from planctl.extraction.records import Doubt, DraftDeadline
from planctl.model import Cycle, Deadline, Kind, Target
from planctl.phrases import read, resolve

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from planctl.extraction.script import Script
    from planctl.phrases import Phrase

MANNER = re.compile(r"^(?:及时|尽快|立即|抓紧|常态化|持续|长效)")
"""How something is to be done, and not when."""
MONEY = re.compile(
    r"补贴|补助|奖励|奖补|贴息|资助|给予|减免|减按|费率|利率|税率|折扣|优惠|罚款|额度|授信|贷款|返还|收取|收费|价格|租金|免收|缴纳|违约金|保证金|扣除|征收"
)
"""In a clause with these a figure is a rate or a price."""
ELIGIBLE = re.compile(r"^[^,;。]{0,24}的(?:企业|单位|个人|项目|地区|人员|团队|机构|高校|[,;])")
ELIGIBLE_BEFORE = re.compile(r"(?:^|[,;。])(?:对|凡|属于|符合|满足|连续|经营|注册|年龄|从事)[^,;。]{0,40}$")
GRANTED = re.compile(r"^[^,;。]{0,6}(?:不得|不再|免|给予|享受|可|有效|不予)")
PAST = re.compile(r"(?:已|曾|自|截至|根据|按照)[^,;。]{0,10}$")
CITED = re.compile(r"^[^,;。]{0,6}(?:印发|发布|公布|通过|召开|修订|施行|以来|起施行|工作要点|计划|预算|报告)")
EACH_TIME = re.compile(r"每(?:次|期|场|轮|人|名|个|家|件)$")
SENTENCE = re.compile(r"[。;\n]")
CLAUSE = re.compile(r"[,。;\n]")
SUBJECT_END = re.compile(r"(?:应当|必须|原则上|要|应|须|需|将|分别|均|都|每|于|在|至少)+$")
VERBS = re.compile(
    r"(?:达到?|力争|逐步|实现|确保|提高|提升|保持|不断|完成|争取|推动|使|基本|控制在?|压缩|降低|降至|达|将|把|在|为|至|到)+$"
)
TERM_INSIDE = re.compile(
    r"(?:试点|规划|方案|实施|行动|计划)(?:工作)?期(?:限|间)?内(?=[,、]|(?:基本|全面|力争|争取|要|完成|实现|建成|出台))"
)
LIMIT_LINE = re.compile(r"(?:时限|时间|期限|进度)(?:要求|安排)?:$")
LONGEST = 40


class Context(NamedTuple):
    """What the document says for all its deadlines."""

    issued: date | None = None
    year: int | None = None
    """The year that a month or 年底 without one stands in."""
    is_year_sure: bool = False
    end: date | None = None
    """The last day of the plan, which 试点期限内 means."""


class Obligations(NamedTuple):
    """The deadlines of a clause, and the hints."""

    deadlines: tuple[DraftDeadline, ...] = ()
    hints: tuple[DraftDeadline, ...] = ()


def read_obligations(script: Script, start: int, end: int, context: Context) -> Obligations:
    """Read the deadlines of a clause."""
    text = script.text[start:end]
    phrases = read(text)
    firm: list[DraftDeadline] = []
    hints: list[DraftDeadline] = []
    for index, phrase in enumerate(phrases):
        if _is_none(text, phrase):
            continue
        made = _deadline(script, text, phrases, index, context)
        if made is None:
            continue
        drafted, is_firm = made
        group = firm if is_firm else hints
        place = script.place(start + phrase.start, start + phrase.end)
        quote = script.printed(start + phrase.start, start + phrase.end)
        doubts = tuple(_doubts(drafted, phrase, place, context))
        group.append(DraftDeadline(drafted._replace(quote=quote), place, doubts))
    firm += _within_term(script, text, start, context)
    firm.sort(key=lambda one: (one.place.line, one.place.start))
    return Obligations(_numbered(firm), _numbered(hints))


def _within_term(script: Script, text: str, start: int, context: Context) -> Iterator[DraftDeadline]:
    """试点期限内 is until the last day of the plan."""
    for found in TERM_INSIDE.finditer(text) if context.end else ():
        place = script.place(start + found.start(), start + found.end())
        quote = script.printed(start + found.start(), start + found.end())
        what = CLAUSE.split(text[found.end() : found.end() + 80].lstrip(","))[0]
        soft = bool(re.match(r"力争|争取|力求|逐步", what))
        yield DraftDeadline(Deadline("", Kind.ONCE, due=context.end, quote=quote, what=what[:LONGEST] or None, soft=soft), place)


def _numbered(drafted: list[DraftDeadline]) -> tuple[DraftDeadline, ...]:
    return tuple(
        one._replace(deadline=one.deadline._replace(id=f"d{number}", position=number - 1)) for number, one in enumerate(drafted, start=1)
    )


def _is_none(text: str, phrase: Phrase) -> bool:
    """Tell whether a phrase binds nobody: a manner, a rate, who is eligible, the date of something else."""
    before, after = _before(text, phrase), text[phrase.end : phrase.end + 40]
    if phrase.kind is Kind.ONGOING:
        return bool(MANNER.match(phrase.quote)) and not _is_alone(text, phrase)
    if phrase.kind is Kind.METRIC or phrase.count is not None:
        clause = _clause(text, phrase)
        if phrase.every:
            return False
        is_condition = phrase.target is None or phrase.target.unit != "%" or "的" in CLAUSE.split(after)[0]
        return bool(MONEY.search(clause) or ELIGIBLE.match(after) or (is_condition and ELIGIBLE_BEFORE.search(before)))
    if phrase.kind is Kind.RELATIVE:
        return bool(GRANTED.match(after))
    if phrase.kind is Kind.ONCE:
        return bool(CITED.match(after) and (phrase.moment is None or not phrase.quote.endswith("前")))
    return False


def _is_alone(text: str, phrase: Phrase) -> bool:
    """Tell whether a phrase is all that a cell or a 完成时限: says."""
    return phrase.end - phrase.start >= len(text.strip("。;\n")) or bool(LIMIT_LINE.search(text, max(phrase.start - 12, 0), phrase.start))


def _before(text: str, phrase: Phrase) -> str:
    return text[max(phrase.start - LONGEST, 0) : phrase.start]


def _clause(text: str, phrase: Phrase) -> str:
    """Give the clause that a phrase stands in."""
    start = max(
        (found.end() for found in CLAUSE.finditer(text, max(phrase.start - 120, 0), phrase.start)), default=max(phrase.start - 120, 0)
    )
    stop = CLAUSE.search(text, phrase.end)
    return text[start : stop.start() if stop else len(text)]


def _deadline(script: Script, text: str, phrases: tuple[Phrase, ...], index: int, context: Context) -> tuple[Deadline, bool] | None:  # noqa: ARG001
    phrase = phrases[index]
    base = Deadline("", phrase.kind, soft=phrase.soft, vague=phrase.vague, implied=phrase.implied, what=what_of(text, phrase))
    base = base._replace(actors=actors_of(text, phrase))
    if phrase.kind is Kind.ONCE:
        return _once(base, phrase, context)
    if phrase.kind is Kind.RELATIVE:
        relative = base._replace(within=phrase.within, after=phrase.after, before=phrase.before or None)
        return relative, phrase.within is not None
    if phrase.kind is Kind.ONGOING:
        return base, _is_alone(text, phrase)
    if phrase.kind is Kind.METRIC:
        target = phrase.target
        cycle = phrase.every or (_cycle_before(text, phrases, index) if phrase.count is not None else None)
        if cycle and phrase.count is not None:
            return _counted(base._replace(kind=Kind.RECURRING), phrase, cycle), True
        due = _due_before(text, phrases, index, context)
        return base._replace(metric=metric_of(text, phrase), target=target, every=phrase.every, due=due), True
    cycle = phrase.every or _cycle_before(text, phrases, index)
    if cycle is None:
        target = Target(phrase.op or "=", phrase.count or 0, phrase.of)
        due = _due_before(text, phrases, index, context)
        return base._replace(kind=Kind.METRIC, metric=metric_of(text, phrase), target=target, due=due), True
    return _counted(base, phrase, cycle), not phrase.implied


def _counted(base: Deadline, phrase: Phrase, cycle: Cycle) -> Deadline:
    """Give a recurring deadline its count."""
    least = phrase.count if phrase.op == ">=" or phrase.at_most else None
    exact = phrase.count if phrase.op == "=" and not phrase.at_most else None
    most = phrase.at_most or (phrase.count if phrase.op == "<=" else None)
    return base._replace(
        every=cycle, by=phrase.by, at_least=least, exactly=exact, at_most=most, of=phrase.of, within=phrase.within, after=phrase.after
    )


def _once(base: Deadline, phrase: Phrase, context: Context) -> tuple[Deadline, bool] | None:
    moment, year = phrase.moment, context.year
    if moment is None and context.issued and phrase.quote.startswith(("明年", "下一年")):
        moment, year = next((one.moment for one in read(phrase.quote.partition("年")[2])), None), context.issued.year + 1
    if moment is None:
        return base, False
    due = resolve(moment, year)
    if due and context.issued and due < context.issued:
        return None
    begin = resolve(phrase.begin, context.year) if phrase.begin else None
    return base._replace(due=due, start=begin, vague=base.vague and due is None), due is not None


def _sentence_start(text: str, at: int) -> int:
    return max((found.end() for found in SENTENCE.finditer(text, max(at - 400, 0), at)), default=max(at - 400, 0))


def _cycle_before(text: str, phrases: tuple[Phrase, ...], index: int) -> Cycle | None:
    """Find the cycle that an earlier phrase of the sentence names: 每年至少举办一期…,举办两期以上…."""
    if EACH_TIME.search(text, max(phrases[index].start - 3, 0), phrases[index].start):
        return None
    start = _sentence_start(text, phrases[index].start)
    earlier = [one.every for one in phrases[:index] if one.start >= start and one.every and one.every.unit != "term" and not one.implied]
    return earlier[0] if earlier else None


def _due_before(text: str, phrases: tuple[Phrase, ...], index: int, context: Context) -> date | None:
    """Find the day by which a figure is to be reached, named before it in its sentence."""
    start = _sentence_start(text, phrases[index].start)
    moments = [one.moment for one in phrases[:index] if one.start >= start and one.kind is Kind.ONCE and one.moment]
    return resolve(moments[-1], context.year) if moments else None


def _doubts(deadline: Deadline, phrase: Phrase, place: object, context: Context) -> Iterator[Doubt]:
    where = place if isinstance(place, tuple) else None
    if phrase.implied:
        yield Doubt("deadline.implied", where, (phrase.quote,))  # type: ignore[arg-type]
    elif phrase.vague:
        yield Doubt("deadline.vague", where, (phrase.quote,))  # type: ignore[arg-type]
    if phrase.moment and phrase.moment.year is None and deadline.due and not context.is_year_sure:
        yield Doubt("deadline.year", where, (phrase.quote, str(deadline.due.year)))  # type: ignore[arg-type]
    if phrase.every and re.search(r"[0-9]{2,3}[日号]前?$", phrase.quote) and phrase.by is None and not phrase.vague:
        yield Doubt("deadline.damaged", where, (phrase.quote,))  # type: ignore[arg-type]


def what_of(text: str, phrase: Phrase) -> str | None:
    """Say what is due: the rest of the clause, or what stands before the phrase in it."""
    stop = CLAUSE.search(text, phrase.end)
    after = text[phrase.end : stop.start() if stop else len(text)].strip(",。;:、()的")
    if len(after) < 2 and stop and text[stop.start()] == ",":
        following = CLAUSE.search(text, stop.end())
        after = text[stop.end() : following.start() if following else len(text)]
    start = max((found.end() for found in CLAUSE.finditer(text, max(phrase.start - LONGEST, 0), phrase.start)), default=phrase.start)
    said = after if len(after) >= 2 else text[start : phrase.start]
    return said[:LONGEST] or None


def actors_of(text: str, phrase: Phrase) -> tuple[str, ...]:
    """Find whose a deadline is: the units that begin its clause."""
    start = max((found.end() for found in CLAUSE.finditer(text, max(phrase.start - LONGEST, 0), phrase.start)), default=None)
    if start is None:
        return ()
    subject = SUBJECT_END.sub("", text[start : phrase.start])
    names = read_names(subject).names if 1 < len(subject) <= LONGEST else ()
    return names if names and all(map(is_unit, names)) else ()


def metric_of(text: str, phrase: Phrase) -> str | None:
    """Name what a figure measures: the words before it in its clause."""
    start = max(
        (found.end() for found in CLAUSE.finditer(text, max(phrase.start - LONGEST, 0), phrase.start)), default=max(phrase.start - 20, 0)
    )
    before = VERBS.sub("", text[start : phrase.start])
    named = re.search(r"[^、和与将把]{2,24}$", before)
    return (named.group() if named else before) or what_of(text, phrase)
