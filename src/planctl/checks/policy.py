"""The change policy: what a change may not do to a plan without a record of who decided it. Only `validate --against` asks.

A date of the document moves by an extension, a task ends by a cancellation, a mistake in the records is put right by a further entry:
what was promised and what was recorded stays to be read. Who has a reason to do otherwise waives the one finding, by its fingerprint.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from planctl.checks.base import Context, Finding
from planctl.messages import Word
from planctl.model import Basis
from planctl.statuses import Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planctl.changes.records import Change
    from planctl.checks.base import Keys
    from planctl.model import Plan

ADDED, REMOVED, CHANGED, BREAKING = "added", "removed", "changed", "breaking"
"""Kinds and the gravest level of changes, by their values: what tells changes is only loaded where one is judged."""
DATES = ("deadlines.due", "deadlines.by", "deadlines.within")
LOOSE = (
    *("deadlines.every", "deadlines.from", "deadlines.at_least", "deadlines.exactly", "deadlines.at_most", "deadlines.target"),
    *("deadlines.kind", "deadlines.soft", "deadlines.vague", "deadlines.condition", "deadlines.review", "deadlines.roll", "period.end"),
)
"""Fields whose breaking changes make a duty easier to meet."""
RECORDS = ("progress", "extensions", "events")
SAID = ("old", "new", "field", "plan", "task", "deadline", "fingerprint")
"""What messages may say of every change."""
OWNERS = ("lead", "deadlines.actors", "groups.members")


def check_moved(context: Context) -> Iterator[Finding]:
    """A date that the document sets moves by an extension, which says who approved it; the original stays to be read.

    Before:
        - id: "44"
          title: 建立执法监督制度
          lead: [县司法局]
          deadlines:
            - {id: build, due: 2024-12-31, quote: 2024年底前}
    Good:
        - id: "44"
          title: 建立执法监督制度
          lead: [县司法局]
          deadlines:
            - {id: build, due: 2024-12-31, quote: 2024年底前}
          extensions:
            - {from: 2024-12-31, to: 2025-06-30, requested: 2024-12-02, approved: 2024-12-12, by: 县政府}
    Bad:
        - id: "44"
          title: 建立执法监督制度
          lead: [县司法局]
          deadlines:
            - {id: build, due: 2025-06-30, quote: 2024年底前}
    """
    for change in _of(context, *DATES):
        # What has no date yet is given one, and a window before an event only says when to begin.
        shorter = change.field == "deadlines.within" and change.level != BREAKING
        if change.kind != CHANGED or not change.old or shorter:
            continue
        days = change.details.get("days")
        variant = "every" if change.field == "deadlines.by" else None if not isinstance(days, int) else "later" if days > 0 else "earlier"
        yield _finding(context, change, variant, days=abs(days) if isinstance(days, int) else None)


def check_approved(context: Context) -> Iterator[Finding]:
    """An extension is recorded once it is approved, with the day and by whom; where requests are recorded too, this code is a warning.

    A request that stands beside its approval is in order.

    Before:
        - {id: "44", title: 建立执法监督制度, lead: [县司法局], deadlines: [{id: build, due: 2024-12-31, quote: 2024年底前}]}
    Good:
        - id: "44"
          title: 建立执法监督制度
          lead: [县司法局]
          deadlines: [{id: build, due: 2024-12-31, quote: 2024年底前}]
          extensions:
            - {from: 2024-12-31, to: 2025-06-30, requested: 2024-12-02, approved: 2024-12-12, by: 县政府}
    Bad:
        - id: "44"
          title: 建立执法监督制度
          lead: [县司法局]
          deadlines: [{id: build, due: 2024-12-31, quote: 2024年底前}]
          extensions:
            - {from: 2024-12-31, to: 2025-06-30, requested: 2024-12-02}
    """
    for change, extension in _new_extensions(context):
        if not (extension.get("approved") and extension.get("by")) and not _is_answered(context, change, extension):
            yield _finding(context, change, None, new=extension.get("to"), old=extension.get("from"))


def check_in_time(context: Context) -> Iterator[Finding]:
    """An extension shows that it was requested before the date that it moves: it says when, or was approved by then.

    Before:
        - {id: "44", title: 建立执法监督制度, lead: [县司法局], deadlines: [{id: build, due: 2024-12-31, quote: 2024年底前}]}
    Good:
        - id: "44"
          title: 建立执法监督制度
          lead: [县司法局]
          deadlines: [{id: build, due: 2024-12-31, quote: 2024年底前}]
          extensions:
            - {from: 2024-12-31, to: 2025-06-30, requested: 2024-12-20, approved: 2025-01-08, by: 县政府}
    Bad:
        - id: "44"
          title: 建立执法监督制度
          lead: [县司法局]
          deadlines: [{id: build, due: 2024-12-31, quote: 2024年底前}]
          extensions:
            - {from: 2024-12-31, to: 2025-06-30, approved: 2025-01-08, by: 县政府}
    """
    for change, extension in _new_extensions(context):
        approved, old = extension.get("approved"), extension.get("from")
        if not extension.get("requested") and isinstance(approved, date) and isinstance(old, date) and approved > old:
            yield _finding(context, change, None, approved=approved, old=old, new=extension.get("to"))


def check_dropped(context: Context) -> Iterator[Finding]:
    """A task leaves a plan by `cancelled:`, a plan by `ended:`, and a deadline with its task: what was owed stays to be read.

    Before:
        - {id: "44", title: 建立执法监督制度, lead: [县司法局]}
        - {id: "45", title: 公布执法事项目录, lead: [县司法局]}
    Good:
        - {id: "44", title: 建立执法监督制度, lead: [县司法局]}
        - id: "45"
          title: 公布执法事项目录
          lead: [县司法局]
          cancelled: {on: 2024-05-20, by: 县政府, reason: 并入权责清单}
    Bad:
        - {id: "44", title: 建立执法监督制度, lead: [县司法局]}
    """
    for change in _of(context, "tasks", "plans", "deadlines"):
        merged = change.details.get("into") and change.level != BREAKING
        if change.kind == REMOVED and not merged:
            old = change.old if isinstance(change.old, dict) else {}
            name = old.get("title") or old.get("what") or old.get("quote") or ""
            yield _finding(context, change, None if change.field == "tasks" else change.field.removesuffix("s"), name=name)


def check_owners(context: Context) -> Iterator[Finding]:
    """A lead stays a lead; whoever takes over a duty is a successor in `units.yaml`, or the change says why it is another.

    Before:
        - {id: "44", title: 建立执法监督制度, lead: [县司法局, 县政府办]}
    Good:
        - {id: "44", title: 建立执法监督制度, lead: [县司法局, 县政府办, 县教育局]}
    Bad:
        - {id: "44", title: 建立执法监督制度, lead: [县政府办], support: [县司法局]}
    """
    for change in _of(context, *OWNERS):
        old, new = _names(change.old) or _leads(context, change), _names(change.new)
        gone = [name for name in old if name not in new]
        if change.level == BREAKING and gone and not _is_assigned(context, change, gone):
            yield _finding(context, change, None if change.field == "lead" else change.field.rpartition(".")[2], gone=gone)
        elif change.field == "lead" and change.kind == CHANGED and old and new and old[0] != new[0] and not gone:
            yield _finding(context, change, "first", gone=old[:1], first=new[0])


def check_loosened(context: Context) -> Iterator[Finding]:
    """A duty does not become easier to meet: no lower count or target, no longer cycle, no aim in place of a duty.

    Before:
        - id: "44"
          title: 组织执法培训
          lead: [县司法局]
          deadlines:
            - {id: train, every: year, at_least: 2, of: 次, quote: 每年不少于2次}
    Good:
        - id: "44"
          title: 组织执法培训
          lead: [县司法局]
          deadlines:
            - {id: train, every: year, at_least: 3, of: 次, quote: 每年不少于3次}
    Bad:
        - id: "44"
          title: 组织执法培训
          lead: [县司法局]
          deadlines:
            - {id: train, every: year, at_least: 1, of: 次, quote: 每年不少于1次}
    """
    for change in _of(context, *LOOSE):
        if change.level == BREAKING:
            yield _finding(context, change, None if change.task else "plan", what=Word(f"change.field.{change.field}"))


def check_turned_back(context: Context) -> Iterator[Finding]:
    """What was done stays done, unless a further entry says that it was returned (退办).

    Before:
        - id: "44"
          title: 组织执法培训
          lead: [县司法局]
          deadlines: [{id: train, every: year, at_least: 2, of: 次, quote: 每年组织若干次}]
          progress:
            - {on: 2022-06-20, unit: 县司法局, period: 2022, count: 2}
    Good:
        - id: "44"
          title: 组织执法培训
          lead: [县司法局]
          deadlines: [{id: train, every: year, at_least: 2, of: 次, quote: 每年组织若干次}]
          progress:
            - {on: 2022-06-20, unit: 县司法局, period: 2022, count: 2}
            - {on: 2022-07-01, unit: 县司法局, period: 2022, state: returned, note: 缺少考核}
    Bad:
        - id: "44"
          title: 组织执法培训
          lead: [县司法局]
          deadlines: [{id: train, every: year, at_least: 3, of: 次, quote: 每年组织若干次}]
          progress:
            - {on: 2022-06-20, unit: 县司法局, period: 2022, count: 2}
    """
    for change in _of(context, "status", "deadlines.status"):
        if change.level == BREAKING and change.old == Status.DONE.value:
            yield _finding(context, change, None, new=Word(f"status.{change.new}"))


def check_history(context: Context) -> Iterator[Finding]:
    """What was recorded is not rewritten or removed: a further entry puts it right.

    Before:
        - id: "44"
          title: 组织执法培训
          lead: [县司法局]
          deadlines: [{id: train, every: year, at_least: 2, of: 次, quote: 每年不少于2次}]
          progress:
            - {on: 2024-06-20, unit: 县司法局, period: 2024, count: 1}
    Good:
        - id: "44"
          title: 组织执法培训
          lead: [县司法局]
          deadlines: [{id: train, every: year, at_least: 2, of: 次, quote: 每年不少于2次}]
          progress:
            - {on: 2024-06-20, unit: 县司法局, period: 2024, count: 1}
            - {on: 2024-09-20, unit: 县司法局, period: 2024, count: 1}
    Bad:
        - id: "44"
          title: 组织执法培训
          lead: [县司法局]
          deadlines: [{id: train, every: year, at_least: 2, of: 次, quote: 每年不少于2次}]
          progress:
            - {on: 2024-06-20, unit: 县司法局, period: 2024, count: 2}
    """
    for change in context.changes:
        kind = change.field.partition(".")[0]
        if kind in RECORDS and change.level == BREAKING:
            entry = change.old if isinstance(change.old, dict) else {}
            day = change.details.get("on") or entry.get("on") or entry.get("from")
            gone = change.kind == REMOVED
            variant = ("lost" if gone else "plan") if change.task is None else "removed" if gone else None
            yield _finding(context, change, variant, what=Word(f"word.{kind}"), on=day)


def check_identity(context: Context) -> Iterator[Finding]:
    """A plan goes on being made from the same document: its number, issuers and date stay, and so does its id.

    Before:
        document: {number: 示政发〔2024〕3号, issued: 2024-03-15}
        tasks: []
    Good:
        document: {number: 示政发〔2024〕3号, issued: 2024-03-15, published: 2024-03-20}
        tasks: []
    Bad:
        document: {number: 示政发〔2024〕5号, issued: 2024-03-15}
        tasks: []
    """
    for change in context.changes:
        renamed = change.field == "id" and change.task is None and change.plan is not None
        if renamed or (change.field.startswith("document.") and change.level == BREAKING):
            yield _finding(context, change, None)


def check_unread(context: Context) -> Iterator[Finding]:
    """What a change does can be told: the files could be read before it.

    Good:
        tasks: [{id: "44", title: 建立执法监督制度, lead: [县司法局]}]
    Bad:
        (a plan whose text before the change cannot be read)
    """
    if not context.unread:
        return
    from planctl.changes.unread import tail  # noqa: PLC0415 - see BREAKING

    for problem in context.unread:
        path = next((path for path in context.workspace.paths if tail(path) == tail(problem.location.path)), problem.location.path)
        said = {"path": problem.location.path, "was": problem.code, "place": problem.location.line}
        yield Finding(path, (), said, problem.plan, problem.task)


def _of(context: Context, *fields: str) -> Iterator[Change]:
    return (change for change in context.changes if change.field in fields)


def _new_extensions(context: Context) -> Iterator[tuple[Change, dict[str, Any]]]:
    for change in _of(context, "extensions"):
        if change.kind == ADDED and isinstance(change.new, dict):
            yield change, change.new


def _is_answered(context: Context, change: Change, request: dict[str, Any]) -> bool:
    """Tell whether another extension of the same date approves what was requested."""
    found = (each for plan, task in context.tasks() if (plan.id, task.id) == (change.plan, change.task) for each in task.extensions)
    asked = request.get("deadline"), request.get("period"), request.get("from")
    return not request.get("approved") and any(
        (each.deadline, each.period, each.old) == asked and each.approved is not None and each.by is not None for each in found
    )


def _is_assigned(context: Context, change: Change, gone: list[Any]) -> bool:
    """Tell whether a lead was named where the document names none, or nobody in particular: who stood in for it is still in the plan."""
    for plan, task in context.tasks():
        if change.field != "lead" or (plan.id, task.id) != (change.plan, change.task) or task.basis is not Basis.ASSIGNED:
            continue
        bases = [each.old for each in _of(context, "basis") if (each.plan, each.task) == (change.plan, change.task)]
        directory = context.workspace.directory_of(plan)
        stood_in = bases == [Basis.ADDRESSEE.value] or all(directory.members(name) == () for name in gone)
        return stood_in and set(gone) <= {*task.support, *plan.document.addressees}
    return False


def _leads(context: Context, change: Change) -> list[Any]:
    """List who owes a deadline that names nobody: the leads of its task."""
    of_task = (task for plan, task in context.tasks() if (plan.id, task.id) == (change.plan, change.task))
    return [name for task in of_task for name in task.lead] if change.field == "deadlines.actors" else []


def _names(value: object) -> list[Any]:
    return list(value) if isinstance(value, (list, tuple)) else []


def _finding(context: Context, change: Change, variant: str | None, **args: object) -> Finding:
    path, keys = _place(context, change)
    said: dict[str, object] = {name: _said(getattr(change, name)) for name in SAID}
    return Finding(path, keys, said | args, change.plan, change.task, variant)


def _said(value: object) -> object:
    if value is None or isinstance(value, bool):
        return Word({None: "word.absent", True: "change.yes", False: "change.no"}[value])
    return Word("word.absent") if value in ("", []) else value


def _place(context: Context, change: Change) -> tuple[str, Keys]:
    """Say where a change is to be shown: in the new state, for what is gone where it would stand, and in the old one with its plan."""
    if change.after:
        return change.after.path, change.after.keys
    plan = next((plan for plan in context.workspace.plans if plan.id == change.plan), None)
    if plan:
        return plan.path, _task_keys(plan, change.task)
    return (change.before.path if change.before else ""), ()


def _task_keys(plan: Plan, task: str | None) -> Keys:
    # Nothing stands where a task was; the plan's own line is about no other task.
    return next((("tasks", each.position) for each in plan.tasks if each.id == task), ("title",))
