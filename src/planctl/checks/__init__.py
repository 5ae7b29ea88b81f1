"""Checks: what makes a plan wrong or doubtful beyond its form. One function a check, all of them in one tuple."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from planctl.checks import clocks, drafts, evidence, identity, links, owners, policy, records, repeats, timing, waivers
from planctl.checks.base import Check, Coded, Context
from planctl.checks.reading import READING_EXAMPLES
from planctl.problems import RANK, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO

CHECKS: tuple[Check, ...] = (
    Check("P101", ERROR, owners.check_lead),
    Check("P102", ERROR, owners.check_unknown_unit),
    Check("P103", ERROR, owners.check_alias_clash),
    Check("P104", WARNING, owners.check_both_roles),
    Check("P105", ERROR, owners.check_existence),
    Check("P106", INFO, owners.check_vague_lead),
    Check("P107", WARNING, owners.check_listed_twice),
    Check("P108", ERROR, owners.check_members),
    Check("P109", ERROR, owners.check_successors),
    Check("P110", ERROR, owners.check_basis),
    Check("P201", ERROR, timing.check_in_period),
    Check("P202", ERROR, timing.check_after_document),
    Check("P203", ERROR, timing.check_date_quote),
    Check("P204", ERROR, timing.check_count_quote),
    Check("P205", ERROR, timing.check_target_quote),
    Check("P206", ERROR, timing.check_start),
    Check("P207", INFO, timing.check_vague),
    Check("P208", INFO, timing.check_quoted),
    Check("P209", WARNING, timing.check_reachable),
    Check("P210", ERROR, timing.check_counts),
    Check("P301", ERROR, records.check_role),
    Check("P302", ERROR, records.check_future),
    Check("P303", ERROR, records.check_before_document),
    Check("P304", ERROR, records.check_deadline_named),
    Check("P305", ERROR, records.check_period),
    Check("P306", WARNING, records.check_evidence),
    Check("P307", ERROR, records.check_late_request),
    Check("P308", ERROR, records.check_extension_order),
    Check("P309", WARNING, records.check_events),
    Check("P310", WARNING, records.check_upper_limit),
    Check("P311", ERROR, evidence.check_there),
    Check("P312", ERROR, evidence.check_same),
    Check("P313", ERROR, clocks.check_after_event),
    Check("P314", WARNING, repeats.check_entries),
    Check("P315", WARNING, repeats.check_events),
    Check("P401", ERROR, identity.check_plan_ids),
    Check("P402", ERROR, identity.check_task_ids),
    Check("P403", ERROR, identity.check_deadline_ids),
    Check("P404", ERROR, identity.check_references),
    Check("P501", ERROR, policy.check_moved),
    Check("P502", ERROR, policy.check_approved),
    Check("P503", WARNING, policy.check_in_time),
    Check("P504", ERROR, policy.check_dropped),
    Check("P505", ERROR, policy.check_owners),
    Check("P506", ERROR, policy.check_loosened),
    Check("P507", ERROR, policy.check_turned_back),
    Check("P508", ERROR, policy.check_history),
    Check("P509", ERROR, policy.check_identity),
    Check("P510", ERROR, policy.check_unread),
    Check("P601", ERROR, links.check_later),
    Check("P602", ERROR, links.check_fewer),
    Check("P603", ERROR, links.check_looser),
    Check("P604", WARNING, links.check_stale),
    Check("P605", WARNING, links.check_confirmed),
    Check("P606", INFO, links.check_lapsed),
    Check("P607", WARNING, links.check_undated),
    Check("P701", WARNING, drafts.check_doubts),
)
WAIVER_CHECKS = {"P405": (WARNING, waivers.check_expired), "P406": (WARNING, waivers.check_idle)}
"""These look at the settings, after all other findings are known."""


def severities() -> dict[str, Severity]:
    """List every code with the severity that it has by itself."""
    listed = dict.fromkeys(READING_EXAMPLES, ERROR)
    listed |= {check.code: check.severity for check in CHECKS}
    listed |= {code: severity for code, (severity, _) in WAIVER_CHECKS.items()}
    return dict(sorted(listed.items()))


class Outcome(NamedTuple):
    """What the checks found: the problems that were asked for, and how many there are of each severity, shown or not."""

    problems: tuple[Problem, ...]
    counts: Mapping[Severity, int]


def run(
    context: Context,
    only: Collection[str] = (),
    skip: Collection[str] = (),
    lowest: Severity = Severity.INFO,
    *,
    whole: bool = True,
) -> Outcome:
    """Run the checks, and give all problems: those of loading and those found, by file, line and severity.

    Args:
        context: the workspace, the day and the rules.
        only: codes to report, or beginnings of codes (`P1`); empty for all.
        skip: codes not to report, or beginnings.
        lowest: the least severity to report; below it problems are counted and not located.
        whole: whether all plans are there; of a part nobody can tell which waivers are idle.
    """
    settings = context.workspace.settings
    unlocated = [*_all_findings(context, only, skip)]
    kept, used = waivers.apply(settings, unlocated, context.today)
    if whole and not only and not skip:
        kept += _waiver_findings(context, used)
    counts = Counter(each.severity for each in kept)
    shown = (_located(context, each) for each in kept if RANK[each.severity] <= RANK[lowest])
    return Outcome(tuple(_sorted(context, shown)), counts)


def _all_findings(context: Context, only: Collection[str], skip: Collection[str]) -> Iterator[Coded]:
    for problem in context.workspace.problems:
        if _is_chosen(problem.code, only, skip):
            yield Coded(problem.code, problem.severity, problem)
    for check in CHECKS:
        severity = context.workspace.settings.severity.get(check.code, check.severity)
        if severity is not Severity.OFF and _is_chosen(check.code, only, skip):
            for finding in check.run(context):
                yield Coded(check.code, severity, finding)


def _is_chosen(code: str, only: Collection[str], skip: Collection[str]) -> bool:
    return (not only or code.startswith(tuple(only))) and not (skip and code.startswith(tuple(skip)))


def _waiver_findings(context: Context, used: set[int]) -> Iterator[Coded]:
    settings = context.workspace.settings
    expired = waivers.check_expired(settings, context.today)
    idle = waivers.check_idle(settings, context.today, severities(), used)
    for code, findings in (("P405", expired), ("P406", idle)):
        severity = settings.severity.get(code, WAIVER_CHECKS[code][0])
        if severity is not Severity.OFF:
            yield from (Coded(code, severity, finding) for finding in findings)


def _located(context: Context, coded: Coded) -> Problem:
    found = coded.found
    if isinstance(found, Problem):
        return found
    location = context.workspace.locate(found.path, found.keys)
    return Problem(location, coded.code, coded.severity, found.args, found.plan, found.task, found.variant)


def _sorted(context: Context, problems: Iterable[Problem]) -> list[Problem]:
    order = {path: position for position, path in enumerate(context.workspace.paths)}
    return sorted(
        problems,
        key=lambda problem: (
            order.get(problem.location.path, len(order)),
            problem.location.line,
            problem.location.column,
            RANK[problem.severity],
            problem.code,
        ),
    )
