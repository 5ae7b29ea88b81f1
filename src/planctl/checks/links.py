"""Checks of links to upper plans: whether a task asks for less than the one above it, and whether anybody looked since that one changed.

The examples stand beside an upper plan, `province`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.checks.base import Context, Finding, in_task, suggestion

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planctl.coverage.comparison import Weakness
    from planctl.coverage.links import Link
    from planctl.model import Decision

VARIANTS = ("longer", "limit", "soft")
"""Aspects of which something is said in words of its own."""


def _links(context: Context) -> Iterator[Link]:
    """Go through the links of all plans. Where nothing is linked, what compares plans is not even loaded."""
    if any(task.upstream for _, task in context.tasks()):
        from planctl.coverage.links import links  # noqa: PLC0415 - see above

        yield from links(context.workspace)


def check_later(context: Context) -> Iterator[Finding]:
    """What is due is not due later than the upper plan wants it.

    Good:
        - id: "1"
          title: 公布权责清单
          lead: [县司法局]
          upstream: [province/1]
          deadlines:
            - {id: publish, what: 公布权责清单, due: 2023-12-31, quote: 2023年底前}
    Bad:
        - id: "1"
          title: 公布权责清单
          lead: [县司法局]
          upstream: [province/1]
          deadlines:
            - {id: publish, what: 公布权责清单, due: 2024-12-31, quote: 2024年底前}
    """
    for link, weak in _weaknesses(context, "later", "longer"):
        yield _weaker(context, link, weak)


def check_fewer(context: Context) -> Iterator[Finding]:
    """What is to be done several times a year is not done less often than the upper plan wants it; 每半年1次 is 每年2次.

    Good:
        - id: "2"
          title: 县政府常务会议学法
          lead: [县司法局]
          upstream: [province/2]
          deadlines:
            - {id: study, what: 常务会议学法, every: half-year, at_least: 1, of: 次, quote: 每半年不少于1次}
    Bad:
        - id: "2"
          title: 县政府常务会议学法
          lead: [县司法局]
          upstream: [province/2]
          deadlines:
            - {id: study, what: 常务会议学法, every: year, at_least: 1, of: 次, quote: 每年不少于1次}
    """
    for link, weak in _weaknesses(context, "fewer", "limit"):
        yield _weaker(context, link, weak)


def check_looser(context: Context) -> Iterator[Finding]:
    """A figure to reach is not lower than in the upper plan, and no aim where that has a duty.

    Good:
        - id: "3"
          title: 行政复议
          lead: [县司法局]
          upstream: [province/3]
          deadlines:
            - {id: rate, metric: 实质化解率, target: ">= 75 %", every: year, quote: 每年不低于75%}
    Bad:
        - id: "3"
          title: 行政复议
          lead: [县司法局]
          upstream: [province/3]
          deadlines:
            - {id: rate, metric: 实质化解率, target: ">= 60 %", every: year, quote: 每年不低于60%}
    """
    for link, weak in _weaknesses(context, "looser", "soft"):
        yield _weaker(context, link, weak)


def _weaknesses(context: Context, *aspects: str) -> Iterator[tuple[Link, Weakness]]:
    """Go through what the links ask less of, in the given aspects, where both ends are in force."""
    for link in _links(context):
        if not (_lapsed(context, link) or _given_up(context, link)):
            from planctl.coverage.comparison import weaknesses  # noqa: PLC0415 - see _links

            yield from ((link, weak) for weak in weaknesses(link, context.rules) if weak.aspect in aspects)


def _weaker(context: Context, link: Link, weak: Weakness) -> Finding:
    place = context.workspace.locate(link.upper_plan.path, ("tasks", link.upper.position, "deadlines", weak.upper.position))
    keys = ("deadlines", weak.lower.position, weak.key)
    variant = weak.aspect.value if weak.aspect in VARIANTS else None
    args = {"deadline": weak.lower.id, "above": weak.above, "below": weak.below, "upper": link.reference, "place": place}
    return in_task(link.plan, link.task, keys, variant, **args)


def _lapsed(context: Context, link: Link) -> Decision | None:
    """Give the decision by which the upper task binds no longer."""
    decisions = (link.upper.cancelled, link.upper_plan.ended)
    return next((decision for decision in decisions if decision and decision.on <= context.today), None)


def _given_up(context: Context, link: Link) -> bool:
    """Tell whether the task itself goes on no longer."""
    return any(decision and decision.on <= context.today for decision in (link.task.cancelled, link.plan.ended))


def check_undated(context: Context) -> Iterator[Finding]:
    """A task whose upper task falls due some day falls due itself, or another of its plan with the same link does.

    Good:
        - id: "1"
          title: 公布权责清单
          lead: [县司法局]
          upstream: [province/1]
          deadlines:
            - {id: publish, what: 公布权责清单, due: 2023-12-31, quote: 2023年底前}
    Bad:
        - id: "1"
          title: 公布权责清单
          lead: [县司法局]
          upstream: [province/1]
    """
    undated, dated = [], set()
    for link in _links(context):
        from planctl.coverage.comparison import has_date  # noqa: PLC0415 - see _links

        if has_date(link.task):
            dated.add((link.plan.path, link.reference))
        elif has_date(link.upper) and not (_lapsed(context, link) or _given_up(context, link)):
            undated.append(link)
    for link in undated:
        if (link.plan.path, link.reference) not in dated:
            place = context.workspace.locate(link.upper_plan.path, ("tasks", link.upper.position))
            yield in_task(link.plan, link.task, ("upstream", link.position), upper=link.reference, place=place)


def check_stale(context: Context) -> Iterator[Finding]:
    """A link is looked at again when the upper task has changed; only a new confirmation says that somebody has.

    Good:
        - id: "1"
          title: 公布权责清单
          lead: [县司法局]
          upstream: [province/1]
          deadlines:
            - {id: publish, what: 公布权责清单, due: 2023-12-31, quote: 2023年底前}
    Bad:
        - id: "1"
          title: 公布权责清单
          lead: [县司法局]
          upstream: [province/1]
          confirmed:
            - upstream: province/1
              on: 2022-03-01
              fingerprint: "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
          deadlines:
            - {id: publish, what: 公布权责清单, due: 2023-12-31, quote: 2023年底前}
    """
    for link in _links(context):
        if link.confirmation and link.is_stale and not _given_up(context, link):
            place = context.workspace.locate(link.upper_plan.path, ("tasks", link.upper.position))
            args = {"upper": link.reference, "on": link.confirmation.on, "place": place, "link": f"{link.plan.id}/{link.task.id}"}
            yield in_task(link.plan, link.task, ("confirmed", link.confirmation.position), **args)


def check_confirmed(context: Context) -> Iterator[Finding]:
    """What was confirmed is a link that the task has.

    Good:
        - id: "4"
          title: 完善制度
          lead: [县司法局]
    Bad:
        - id: "4"
          title: 完善制度
          lead: [县司法局]
          confirmed:
            - upstream: province/4
              on: 2022-03-01
              fingerprint: "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
    """
    for plan, task in context.tasks():
        for entry in task.confirmed:
            if entry.upstream not in task.upstream:
                variant, near = suggestion(entry.upstream, list(task.upstream))
                keys = ("confirmed", entry.position, "upstream")
                yield in_task(plan, task, keys, variant, name=entry.upstream, nearest=near)


def check_lapsed(context: Context) -> Iterator[Finding]:
    """A task goes on although its upper task was cancelled or the upper plan has ended: somebody should decide that.

    Good:
        - id: "5"
          title: 试点工作
          lead: [县司法局]
          upstream: [province/5]
          cancelled: {on: 2023-06-30, by: 县政府, reason: 上级已撤销}
    Bad:
        - id: "5"
          title: 试点工作
          lead: [县司法局]
          upstream: [province/5]
    """
    for link in _links(context):
        decision = _lapsed(context, link)
        if decision and not _given_up(context, link):
            yield in_task(link.plan, link.task, ("upstream", link.position), upper=link.reference, on=decision.on)
