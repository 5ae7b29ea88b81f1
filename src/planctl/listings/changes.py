"""The list of changes: which are shown, and each as a record and in words."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from planctl.changes.records import RANK, Change, Level
from planctl.changes.remarks import Gap, Remark, Spot
from planctl.changes.unread import find_unread
from planctl.listings.statements import Sides, statement
from planctl.messages import message_of, say
from planctl.queries import Role, named_in, names_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from planctl.changes.records import Place
    from planctl.model import Plan, Task
    from planctl.workspace import Workspace


UNREAD = "unread"
"""What stands for the kind of change where there is none to tell, because a state could not be read."""
KEYS = ("plan", "task", "deadline", "change", "field", "old", "new", "level", "days", "message", "details", "fingerprint")


class Shown(NamedTuple):
    """Which changes are shown; with no field set, all of them."""

    plans: tuple[str, ...] = ()
    unit: str | None = None
    lowest: Level = Level.ROUTINE


def select(changes: Iterable[Change], sides: Sides, shown: Shown) -> list[Change]:
    """Choose the changes that are asked for."""
    return [
        change
        for change in changes
        if RANK[change.level] <= RANK[shown.lowest]
        and (not shown.plans or not {change.plan, change.old if change.field in ("id", "plan") else None}.isdisjoint(shown.plans))
        and (shown.unit is None or _concerns(change, sides, shown.unit))
    ]


def _concerns(change: Change, sides: Sides, unit: str) -> bool:
    """Tell whether a unit has a part in what changed, before or after; of a plan, whether it has one in any task."""
    for found, workspace in ((sides.before(change), sides.old), (sides.after(change), sides.new)):
        if found.plan and _has_part(workspace, found.plan, [found.task] if found.task else found.plan.tasks, unit):
            return True
    if change.plan:
        return False
    said = {change.details.get("unit"), *(value.get("name") for value in (change.old, change.new) if isinstance(value, dict))}
    directories = (directory for workspace in (sides.old, sides.new) for directory in workspace.directories.values())
    return any(not names_of(directory, unit).isdisjoint(str(name) for name in said if name) for directory in directories)


def _has_part(workspace: Workspace, plan: Plan, tasks: Sequence[Task], unit: str) -> bool:
    directory = workspace.directory_of(plan)
    names = names_of(directory, unit)
    return any(directory.canonical(name) in names for task in tasks for name in named_in(task, Role.ANY))


def count(changes: Iterable[Change]) -> dict[str, int]:
    """Count changes by their level."""
    counts = Counter(change.level for change in changes)
    return {level.value: counts[level] for level in Level}


def remarks(changes: Iterable[Change], sides: Sides, lang: str, *, placed: bool = False) -> Iterator[Remark]:
    """Put changes into words; with their lines if wanted, for which their files are parsed again."""
    for change in changes:
        new = _spot(sides.new, change.after) if placed else Spot()
        old = _spot(sides.old, change.before) if placed else Spot()
        if placed and new.path is None and change.plan:
            new = Spot(next((plan.path for plan in sides.new.plans if plan.id == change.plan), None))
        yield Remark(change, _heading(change, sides, lang), _subject(change, sides, lang), statement(change, sides, lang), new, old)


def gaps(sides: Sides, names: tuple[str, str], lang: str) -> Iterator[Gap]:
    """Put into words what could not be read in either state.

    Args:
        sides: both states.
        names: what they are called.
        lang: the language.
    """
    for is_old, (workspace, side) in zip((True, False), zip((sides.old, sides.new), names, strict=True), strict=True):
        for problem in find_unread(workspace).problems:
            place = problem.location
            args = {"place": place, "side": side, "code": problem.code, "what": message_of(problem, lang)}
            spot = Spot(place.path, None if is_old else place.line)
            yield Gap(say("change.unread", lang, args), spot, problem.plan, problem.task, is_old)


def _spot(workspace: Workspace, place: Place | None) -> Spot:
    return Spot(*workspace.locate(place.path, place.keys)[:2]) if place else Spot()


def _heading(change: Change, sides: Sides, lang: str) -> str:
    """Name the organisation and the plan that a change is in, as they are called now: what is gone stands under the same heading."""
    now = sides.after(change).plan or sides.plans.get(change.plan or "")
    for plan, workspace in ((now, sides.new), (sides.before(change).plan, sides.old)):
        if plan:
            args = {"organisation": workspace.organisation_of(plan), "title": plan.title, "plan": plan.id}
            return say("change.heading", lang, args).strip()
    return say("change.heading.shared", lang, {"organisation": change.details.get("organisation") or ""}).strip()


def _subject(change: Change, sides: Sides, lang: str) -> str:
    if change.task:
        task = sides.task_of(change)
        return say("change.of.task", lang, {"task": change.task, "title": task.title if task else ""}).strip()
    if change.plan:
        return say("change.of.plan", lang)
    if change.field.startswith("settings."):
        return say("change.of.settings", lang)
    named = next((value["name"] for value in (change.new, change.old) if isinstance(value, dict) and "name" in value), None)
    unit = change.details.get("unit") or named
    if unit is None:
        return say("change.of.units", lang)
    return say("change.of.group" if change.field.startswith("groups") else "change.of.unit", lang, {"unit": unit})


def record(remark: Remark) -> dict[str, Any]:
    """Give a change as the record of `planctl diff --format json`."""
    change = remark.change
    return {
        "plan": change.plan,
        "task": change.task,
        "deadline": change.deadline,
        "change": change.kind.value,
        "field": change.field,
        "old": _said(change.old),
        "new": _said(change.new),
        "level": change.level.value,
        "days": change.details.get("days"),
        "message": remark.text,
        "details": _said({key: value for key, value in change.details.items() if key != "days"}),
        "fingerprint": change.fingerprint,
        "file": remark.new.path,
        "line": remark.new.line,
        "old_file": remark.old.path,
        "old_line": remark.old.line,
    }


def gap_record(gap: Gap) -> dict[str, Any]:
    """Give what could not be read as a record of the same keys, whose change is `unread`."""
    new, old = (Spot(), gap.spot) if gap.is_old else (gap.spot, Spot())
    said: dict[str, Any] = {"plan": gap.plan, "task": gap.task, "change": UNREAD, "message": gap.text, "details": {}}
    places = {"file": new.path, "line": new.line, "old_file": old.path, "old_line": old.line}
    return {**dict.fromkeys(KEYS), **said, **places}


def _said(value: object) -> object:
    """Write dates as text, wherever they stand."""
    if isinstance(value, dict):
        return {key: _said(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_said(each) for each in value]
    return value.isoformat() if hasattr(value, "isoformat") else value
