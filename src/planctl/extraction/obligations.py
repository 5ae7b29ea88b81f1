"""The deadlines of a clause: which of its time phrases and figures bind somebody, until when, and whom."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from planctl.extraction.names import is_unit, read_names
from planctl.extraction.occasions import find_occasions
from planctl.extraction.records import Doubt, DraftDeadline
from planctl.model import Cycle, Deadline, Kind, Target
from planctl.phrases import read, resolve

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from planctl.extraction.script import Place, Script
    from planctl.phrases import Phrase

MANNER = re.compile(r"^(?:及时|尽快|立即|抓紧|常态化?|持续|长效|立[行知查]|即[知查]|边[查学])")
"""How something is to be done, and not when."""
MONEY = re.compile(
    r"补贴|补助|奖励|奖补|贴息|资助|给予|减免|减按|费率|利率|税率|折扣|优惠|罚款|额度|授信|贷款|返还|收取|收费|价格|租金|免收|缴纳|违约金|保证金|扣除|征收"
)
"""In a clause with these a figure is a rate or a price."""
LEVEL = re.compile(
    r"(?:占比|比重|增速|增幅|涨幅|降幅|余额|(?<!小)规模|总量|总额|资金|投入|投资|营业?收入?|产值|增加值|销售额|面积|覆盖面|满意度|担保费率|(?<![利税费折价收])率)"
    r"(?:[^,;。]{0,12}?(?:实现|力争|年?[底末内]|以|均|要|应)?)$"
)
"""What is measured although its clause speaks of money: 贷款余额占比达到65%以上."""
LEVEL_ANYWHERE = re.compile(r"(?:占比|比重|增速|余额|规模|专项资金|财政投入|新增.{0,8}贷款|投放.{0,8}贷款|贷款(?:投放|总量|增长))")
GRANT = re.compile(r"补贴(?!性)|补助|奖励|奖补|贴息|资助|给予|减免|减按|费率|利率|税率|折扣|优惠|罚款|返还|免收|违约金|保证金|扣除|最高")
FUNDS = re.compile(
    r"资金|投资|投入|规模|余额|总量|总额|产值|产业|营收|收入|销售|交易额|成交额|增加值|贷款|安排|筹集|筹措|募集|融资|签约|引进|利用外资|外资|进出口|零售额|发放|化解|盘活|新增|节约|压减"
)
"""Without one of these an amount of money is what something costs."""
PRICED = ("元", "倍", "成", "个百分点", "股", "股份")
LENGTHS = "年|月|日|天|小时|周"
REACHES = ("达", "不", "至少", "提", "增", "新增")
GRANTED_AFTER = re.compile(r"[^,;。]{0,16},?[^,;。]{0,6}(?:给予|享受|可享|补贴(?!性)|奖励|补助|奖补|减免)")
"""A number of people or places is a condition where something is given for it: 吸纳就业5人以上的给予奖励."""
SIZES = ("元", "平方米", "亩", "公里", "吨", "千瓦")
WHICH = re.compile(r"的?[^,。;、]{0,8}?(?:企业|项目|客户|合同|采购|个人|主体|机组|锅炉)")
"""亿元以上项目 says which, not how much."""
ELIGIBLE = re.compile(r"^[^,;。]{0,24}的(?:企业|单位|个人|项目|地区|人员|团队|机构|高校|[,;])")
ELIGIBLE_BEFORE = re.compile(r"(?:^|[,;。])(?:对|凡|属于|符合|满足|连续|经营|注册|年龄|从事)[^,;。]{0,40}$")
DESCRIBES = re.compile(r"的(?:政策|优惠|税率|规定|做法|奖励|补助|补贴|资金支持)")
GRANTED = re.compile(r"^[^,;。]{0,6}(?:不得|不再|免|给予|享受|可|有效|不予)")
PASSED = re.compile(r"已|曾|截至|截止|早在|以来|自20|了")
"""What tells that a day before the document is a fact, and no limit."""
LIMIT_END = re.compile(r"前$")
LATE = 366
"""So many days before its document a limit may lie."""
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
LIMIT_LINE = re.compile(r"(?:时限|时间|期限|进度)(?:要求|安排)?:(?:[^。;:\n]{1,12}[,、])?$")
LONGEST = 40
FAR = 120


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
    text = script.text[start:end].rstrip("\n")
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
        days = phrase.days or (phrase.by,)
        group += [DraftDeadline(drafted._replace(quote=quote, by=day), place, doubts) for day in days]
    for occasion, is_firm in _occasions(script, text, start, phrases):
        (firm if is_firm else hints).append(occasion)
    firm += _within_term(script, text, start, context)
    for group in (firm, hints):
        group.sort(key=lambda one: (one.place.line, one.place.start))
    return Obligations(_numbered(firm), _numbered(hints))


def _occasions(script: Script, text: str, start: int, phrases: tuple[Phrase, ...]) -> Iterator[tuple[DraftDeadline, bool]]:
    """Find limits that are only events, and staff to be found; a phrase of the grammar comes first."""
    known = [phrase for phrase in phrases if phrase.kind is not Kind.ONGOING]
    ends = [phrase.end for phrase in known]
    for found in find_occasions(text):
        at = bisect_right(ends, found.start)
        if at == len(known) or known[at].start >= found.end:
            place = script.place(start + found.start, start + found.end)
            quote = script.printed(start + found.start, start + found.end)
            yield DraftDeadline(found.deadline._replace(quote=quote), place), found.binds


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
        if phrase.every:
            return False
        is_condition = phrase.target is None or phrase.target.unit != "%" or "的" in CLAUSE.split(after)[0]
        if DESCRIBES.match(after):
            return True
        return bool(_is_price(text, phrase) or ELIGIBLE.match(after) or (is_condition and ELIGIBLE_BEFORE.search(before)))
    if phrase.kind is Kind.RELATIVE:
        return bool(GRANTED.match(after))
    if phrase.kind is Kind.ONCE:
        return bool(CITED.match(after) and (phrase.moment is None or not phrase.quote.endswith("前")))
    return False


def _is_price(text: str, phrase: Phrase) -> bool:
    """Tell whether a figure is a rate or a price, or says which ones are meant (亿元以上项目), and not what is to be reached."""
    clause, unit = _clause(text, phrase), (phrase.target.unit if phrase.target else phrase.of) or ""
    is_quantity = bool(phrase.target) and unit != "%"
    if is_quantity and phrase.quote.endswith(("上", "下")) and text.startswith("的", phrase.end) and not phrase.quote.startswith(REACHES):
        return True
    if unit.endswith("元") and not (FUNDS if phrase.target and phrase.target.op in {">=", ">", "="} else LEVEL).search(
        CLAUSE.split(text[max(phrase.start - LONGEST, 0) : phrase.start])[-1] + phrase.quote
    ):
        return True
    if is_quantity and not unit.endswith(PRICED) and not re.search(LENGTHS, unit):
        return bool(GRANTED_AFTER.match(text, phrase.end))
    if phrase.target and (phrase.target.unit or "").endswith(SIZES) and WHICH.match(text, phrase.end):
        return True
    if not MONEY.search(clause):
        return False
    before = CLAUSE.split(text[max(phrase.start - LONGEST, 0) : phrase.start])[-1]
    return bool(GRANT.search(clause)) or not (LEVEL.search(before) or LEVEL_ANYWHERE.search(clause))


def _is_alone(text: str, phrase: Phrase) -> bool:
    """Tell whether a phrase is all that a cell or a 完成时限: says, or what a bracket of units ends with."""
    if phrase.end - phrase.start >= len(text.strip("。;\n")) or LIMIT_LINE.search(text, max(phrase.start - 24, 0), phrase.start):
        return True
    return text[phrase.start - 1 : phrase.start] in {",", ";"} and text[phrase.end : phrase.end + 1] in {")", "]"}


def _before(text: str, phrase: Phrase) -> str:
    return text[max(phrase.start - LONGEST, 0) : phrase.start]


def _clause(text: str, phrase: Phrase) -> str:
    """Give the clause that a phrase stands in."""
    first = max(phrase.start - FAR, 0)
    start = max((found.end() for found in CLAUSE.finditer(text, first, phrase.start)), default=first)
    return text[start : _clause_end(text, phrase.end)]


def _clause_end(text: str, at: int) -> int:
    """Find the end of a clause, no further than a long one goes."""
    reach = min(at + FAR, len(text))
    stop = CLAUSE.search(text, at, reach)
    return stop.start() if stop else reach


def _deadline(script: Script, text: str, phrases: tuple[Phrase, ...], index: int, context: Context) -> tuple[Deadline, bool] | None:  # noqa: ARG001
    phrase = phrases[index]
    base = Deadline("", phrase.kind, soft=phrase.soft, vague=phrase.vague, implied=phrase.implied, what=what_of(text, phrase))
    base = base._replace(actors=actors_of(text, phrase))
    if phrase.kind is Kind.ONCE:
        return _once(base, text, phrase, context)
    if phrase.kind is Kind.RELATIVE:
        after = phrase.after or (None if phrase.before is not None else _anchor_before(text, phrases, index))
        relative = base._replace(within=phrase.within, after=after, before=phrase.before or None)
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


def _anchor_before(text: str, phrases: tuple[Phrase, ...], index: int) -> str | None:
    """Find the event that an earlier length of the sentence counts from: 事件发生后5小时内发布,在24小时内举行发布会."""
    start = _sentence_start(text, phrases[index].start)
    return next((one.after for one in _earlier(phrases, index, start) if one.kind is Kind.RELATIVE and one.after), None)


def _once(base: Deadline, text: str, phrase: Phrase, context: Context) -> tuple[Deadline, bool] | None:
    moment, year = phrase.moment, context.year
    if moment is None and context.issued and phrase.quote.startswith(("明年", "下一年")):
        moment, year = next((one.moment for one in read(phrase.quote.partition("年")[2])), None), context.issued.year + 1
    if moment is None:
        return base, False
    due = resolve(moment, year)
    if due and context.issued and due < context.issued and not _still_binds(text, phrase, due, context):
        return None
    begin = resolve(phrase.begin, context.year) if phrase.begin else None
    return base._replace(due=due, start=begin, vague=base.vague and due is None), due is not None


def _still_binds(text: str, phrase: Phrase, due: date, context: Context) -> bool:
    """Tell whether a day before the document's own is a limit nevertheless: documents are late. A fact says so: 已, 截至."""
    if not context.issued or (context.issued - due).days > LATE:
        return False
    is_limit = bool(LIMIT_END.search(phrase.quote)) or _is_alone(text, phrase)
    return is_limit and not PASSED.search(_clause(text, phrase)) and not phrase.quote.startswith("截")


def _sentence_start(text: str, at: int) -> int:
    return max((found.end() for found in SENTENCE.finditer(text, max(at - 400, 0), at)), default=max(at - 400, 0))


def _earlier(phrases: tuple[Phrase, ...], index: int, start: int) -> Iterator[Phrase]:
    """Go back through the phrases before one, as far as a place of the text."""
    return takewhile(lambda one: one.start >= start, (phrases[at] for at in range(index - 1, -1, -1)))


def _cycle_before(text: str, phrases: tuple[Phrase, ...], index: int) -> Cycle | None:
    """Find the cycle that an earlier phrase of the sentence names: 每年至少举办一期…,举办两期以上…."""
    if EACH_TIME.search(text, max(phrases[index].start - 3, 0), phrases[index].start):
        return None
    start = _sentence_start(text, phrases[index].start)
    earlier = [one.every for one in _earlier(phrases, index, start) if one.every and one.every.unit != "term" and not one.implied]
    return earlier[-1] if earlier else None


def _due_before(text: str, phrases: tuple[Phrase, ...], index: int, context: Context) -> date | None:
    """Find the day by which a figure is to be reached, named before it in its sentence."""
    start = _sentence_start(text, phrases[index].start)
    moment = next((one.moment for one in _earlier(phrases, index, start) if one.kind is Kind.ONCE and one.moment), None)
    return resolve(moment, context.year) if moment else None


def _doubts(deadline: Deadline, phrase: Phrase, where: Place, context: Context) -> Iterator[Doubt]:
    if phrase.implied:
        yield Doubt("deadline.implied", where, (phrase.quote,))
    elif phrase.vague:
        yield Doubt("deadline.vague", where, (phrase.quote,))
    if phrase.moment and phrase.moment.year is None and deadline.due and not context.is_year_sure:
        yield Doubt("deadline.year", where, (phrase.quote, str(deadline.due.year)))
    if deadline.due and deadline.kind is Kind.ONCE and context.issued and deadline.due < context.issued:
        yield Doubt("deadline.past", where, (phrase.quote, str(context.issued)))
    if phrase.every and re.search(r"[0-9]{2,3}[日号]前?$", phrase.quote) and phrase.by is None and not phrase.vague:
        yield Doubt("deadline.damaged", where, (phrase.quote,))


def what_of(text: str, phrase: Phrase) -> str | None:
    """Say what is due: the rest of the clause, or what stands before the phrase in it."""
    stop = _clause_end(text, phrase.end)
    after = text[phrase.end : stop].strip(",。;:、()的")
    if len(after) < 2 and text.startswith(",", stop):
        after = text[stop + 1 : _clause_end(text, stop + 1)]
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
