"""Checks of when and how much: due dates, and whether they say what their quotes say."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from planctl.checks.base import Context, Finding, in_task
from planctl.model import Kind
from planctl.occurrences import occurrences_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from planctl.model import Cycle, Deadline, Plan, Task
    from planctl.phrases import Moment, Phrase

LONGEST_DAYS = {"year": 366, "half-year": 184, "quarter": 92, "month": 31, "week": 7, "day": 1}
Claim = tuple[str, object, object]
"""A field, what is written in it, and what the quote says."""


@lru_cache(maxsize=4096)
def phrases_in(quote: str) -> tuple[Phrase, ...]:
    """Read the phrases of a quote. Official documents repeat a few hundred wordings."""
    from planctl.phrases import read  # noqa: PLC0415 - the grammar is only needed where deadlines are checked against their quotes

    return read(quote)


def deadlines(context: Context) -> Iterator[tuple[Plan, Task, Deadline]]:
    """Go through all deadlines."""
    for plan, task in context.tasks():
        for deadline in task.deadlines:
            yield plan, task, deadline


def check_in_period(context: Context) -> Iterator[Finding]:
    """A due date lies in the period of its plan.

    Good:
        - id: "4"
          title: 权责清单
          lead: [县司法局]
          deadlines:
            - {id: publish, due: 2022-12-31, quote: 2022年底前}
    Bad:
        - id: "4"
          title: 权责清单
          lead: [县司法局]
          deadlines:
            - {id: publish, due: 2032-12-31, quote: 2032年底前}
    """
    for plan, task, deadline in deadlines(context):
        start, end = plan.period
        if deadline.due and ((start and deadline.due < start) or (end and deadline.due > end)):
            keys = ("deadlines", deadline.position, "due")
            yield in_task(plan, task, keys, deadline=deadline.id, due=deadline.due, start=start or "…", end=end or "…")


def check_after_document(context: Context) -> Iterator[Finding]:
    """Nothing falls due before the document that asks for it was issued.

    Good:
        - id: "4"
          title: 权责清单
          lead: [县司法局]
          deadlines:
            - {id: publish, due: 2022-12-31, quote: 2022年底前}
    Bad:
        - id: "4"
          title: 权责清单
          lead: [县司法局]
          deadlines:
            - {id: publish, due: 2021-12-31, quote: 2021年底前}
    """
    for plan, task, deadline in deadlines(context):
        issued = plan.document.issued
        if issued and deadline.due and deadline.due < issued:
            yield in_task(plan, task, ("deadlines", deadline.position, "due"), deadline=deadline.id, due=deadline.due, issued=issued)


def check_date_quote(context: Context) -> Iterator[Finding]:
    """A date, a cycle or a span says what the quote beside it says. What the quote leaves open contradicts nothing.

    Good:
        - id: "4"
          title: 权责清单
          lead: [县司法局]
          deadlines:
            - {id: publish, due: 2022-12-31, quote: 2022年底前}
    Bad:
        - id: "4"
          title: 权责清单
          lead: [县司法局]
          deadlines:
            - {id: publish, due: 2023-12-31, quote: 2022年底前}
    """
    for plan, task, deadline in deadlines(context):
        if not deadline.wording or not (deadline.due or deadline.every or deadline.by or deadline.within):
            continue
        for claim in _date_claims(deadline, phrases_in(deadline.wording)):
            yield _contradiction(plan, task, deadline, claim)


def _contradiction(plan: Plan, task: Task, deadline: Deadline, claim: Claim) -> Finding:
    key, written, said = claim
    keys = ("deadlines", deadline.position, key)
    return in_task(plan, task, keys, deadline=deadline.id, written=str(written), said=str(said), quote=deadline.wording)


def _date_claims(deadline: Deadline, phrases: tuple[Phrase, ...]) -> Iterator[Claim]:
    """Compare field by field. Of several phrases that speak of a field one that agrees is enough."""
    if deadline.due:
        said = [phrase.moment for phrase in phrases if phrase.moment]
        if said and not any(_same_day(deadline.due, moment) for moment in said):
            yield "due", deadline.due, _day_text(said[-1])
    for key in ("every", "by", "within"):
        written = getattr(deadline, key)
        claims = [claim for phrase in phrases if (claim := getattr(phrase, key))] if written else []
        if claims and written not in claims:
            yield key, written, claims[-1]


def _same_day(due: date, moment: Moment) -> bool:
    from planctl.phrases import resolve  # noqa: PLC0415 - see phrases_in

    # 年底前 names no year: any will do.
    return resolve(moment, due.year) == due


def _day_text(moment: Moment) -> str:
    year, month, day, _ = moment
    return "-".join(f"{part:02}" if part else "…" for part in (year, month, day))


def check_count_quote(context: Context) -> Iterator[Finding]:
    """A count says what the quote beside it says: 两期以上 is at least two.

    Good:
        - id: "96"
          title: 会前学法
          lead: [县司法局]
          deadlines:
            - {id: study, every: year, at_least: 2, of: 次, quote: 每年不少于2次}
    Bad:
        - id: "96"
          title: 会前学法
          lead: [县司法局]
          deadlines:
            - {id: study, every: year, at_least: 4, of: 次, quote: 每年不少于2次}
    """
    for plan, task, deadline in deadlines(context):
        written = {"at_least": deadline.at_least, "exactly": deadline.exactly, "at_most": deadline.at_most}
        if not deadline.wording or not any(written.values()):
            continue
        counted = [phrase for phrase in phrases_in(deadline.wording) if phrase.count is not None]
        claims = [_count_claim(phrase) for phrase in counted]
        found = {key: value for key, value in written.items() if value is not None}
        if claims and found not in claims:
            key = next(iter(found))
            yield _contradiction(plan, task, deadline, (key, _count_text(found), _count_text(claims[-1])))


def _count_claim(phrase: Phrase) -> dict[str, int]:
    key = {">=": "at_least", "<=": "at_most"}.get(phrase.op or "=", "exactly")
    claim = {key: phrase.count, "at_most": phrase.at_most} if phrase.at_most is not None else {key: phrase.count}
    return {key: value for key, value in claim.items() if value is not None}


def _count_text(claim: dict[str, int]) -> str:
    return ", ".join(f"{key}: {value}" for key, value in claim.items())


def check_target_quote(context: Context) -> Iterator[Finding]:
    """A target says what the quote beside it says.

    Good:
        - id: "61"
          title: 行政复议
          lead: [县司法局]
          deadlines:
            - {id: rate, metric: 实质化解率, target: ">= 70 %", quote: 不低于70%}
    Bad:
        - id: "61"
          title: 行政复议
          lead: [县司法局]
          deadlines:
            - {id: rate, metric: 实质化解率, target: ">= 60 %", quote: 不低于70%}
    """
    for plan, task, deadline in deadlines(context):
        if not deadline.target or not deadline.wording:
            continue
        phrases = phrases_in(deadline.wording)
        claims = [(phrase.target.op, phrase.target.value) for phrase in phrases if phrase.target]
        claims += [(phrase.op or "=", float(phrase.count)) for phrase in phrases if phrase.count is not None]
        written = deadline.target.op, deadline.target.value
        # A bare figure asks for at least that much: 负责人出庭应诉率达100%.
        if claims and written not in claims and (written[0] != ">=" or ("=", written[1]) not in claims):
            op, value = claims[-1]
            yield _contradiction(plan, task, deadline, ("target", deadline.target, f"{op} {value:.12g}"))


def check_start(context: Context) -> Iterator[Finding]:
    """A deadline does not start after it is due.

    Good:
        - id: "4.1"
          title: 制定方案阶段
          lead: [县司法局]
          deadlines:
            - {id: plan, from: 2022-07-01, due: 2022-12-31, quote: 2022年底前}
    Bad:
        - id: "4.1"
          title: 制定方案阶段
          lead: [县司法局]
          deadlines:
            - {id: plan, from: 2023-07-01, due: 2022-12-31, quote: 2022年底前}
    """
    for plan, task, deadline in deadlines(context):
        if deadline.start and deadline.due and deadline.start > deadline.due:
            keys = ("deadlines", deadline.position, "from")
            yield in_task(plan, task, keys, deadline=deadline.id, start=deadline.start, due=deadline.due)


def check_vague(context: Context) -> Iterator[Finding]:
    """A deadline without a date holds nobody to anything; the words are kept until somebody settles one.

    Good:
        - id: "9"
          title: 报送决策目录
          lead: [县司法局]
          deadlines:
            - {id: list, every: year, by: 01-31, quote: 每年1月31日前}
    Bad:
        - id: "9"
          title: 报送决策目录
          lead: [县司法局]
          deadlines:
            - {id: list, every: year, vague: true, quote: 每年年初}
    """
    for plan, task, deadline in deadlines(context):
        if deadline.vague:
            keys = ("deadlines", deadline.position)
            yield in_task(plan, task, keys, deadline=deadline.id, quote=deadline.wording or "?")


def check_quoted(context: Context) -> Iterator[Finding]:
    """A deadline quotes the words that it comes from, so that a reviewer sees why it is there.

    Good:
        - id: "4"
          title: 权责清单
          lead: [县司法局]
          deadlines:
            - {id: publish, due: 2022-12-31, quote: 2022年底前}
    Bad:
        - id: "4"
          title: 权责清单
          lead: [县司法局]
          deadlines:
            - {id: publish, due: 2022-12-31}
    """
    for plan, task, deadline in deadlines(context):
        if not deadline.wording:
            yield in_task(plan, task, ("deadlines", deadline.position), deadline=deadline.id)


def check_reachable(context: Context) -> Iterator[Finding]:
    """A recurring deadline falls due at least once before the plan ends.

    Good:
        - id: "94"
          title: 年度报告
          lead: [县司法局]
          deadlines:
            - {id: report, every: year, by: 03-01, quote: 每年3月1日前}
    Bad:
        - id: "94"
          title: 年度报告
          lead: [县司法局]
          deadlines:
            - {id: report, from: 2025-06-01, every: year, by: 03-01, quote: 每年3月1日前}
    """
    for plan, task, deadline in deadlines(context):
        if deadline.kind is not Kind.RECURRING or deadline.vague:
            continue
        start, end = deadline.start or plan.start, plan.period.end
        keys = ("deadlines", deadline.position)
        if start is None:
            yield in_task(plan, task, keys, "start", deadline=deadline.id)
        elif end and not _has_room(deadline.every, start, end) and not any(occurrences_in(plan, task, deadline, end, context.rules)):
            rule = " ".join(f"{key}: {value}" for key, value in (("every", deadline.every), ("by", deadline.by)) if value)
            yield in_task(plan, task, keys, deadline=deadline.id, rule=rule)


def _has_room(cycle: Cycle | None, start: date, end: date) -> bool:
    """Tell whether a whole period surely lies between two days; a term of office has no length to speak of."""
    return cycle is None or cycle.unit == "term" or (end - start).days > 2 * LONGEST_DAYS[cycle.unit] * cycle.number


def check_counts(context: Context) -> Iterator[Finding]:
    """The counts of a deadline can be met together.

    Good:
        - id: "3.6"
          title: 联席会议
          lead: [县司法局]
          deadlines:
            - {id: meeting, every: year, at_least: 1, at_most: 2, of: 期, quote: 每年举办1至2期}
    Bad:
        - id: "3.6"
          title: 联席会议
          lead: [县司法局]
          deadlines:
            - {id: meeting, every: year, at_least: 3, at_most: 2, of: 期, quote: 每年举办若干期}
    """
    for plan, task, deadline in deadlines(context):
        low, high = deadline.at_least, deadline.at_most
        keys = ("deadlines", deadline.position)
        if deadline.exactly is not None and not (low is None and high is None):
            yield in_task(plan, task, (*keys, "exactly"), "exactly", deadline=deadline.id)
        if low is not None and high is not None and low > high:
            yield in_task(plan, task, (*keys, "at_least"), deadline=deadline.id, low=low, high=high)
