"""The list of units: who owns what, directly and through groups."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from planctl.messages import say
from planctl.model import Group
from planctl.tables import Column, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from planctl.directory import Directory
    from planctl.model import Plan, Unit
    from planctl.workspace import Workspace


class Holding(NamedTuple):
    """What a unit or group owns: tasks as `<plan>/<task>`, by role, and through which groups."""

    unit: str
    kind: str
    organisation: str
    aliases: tuple[str, ...]
    lead: tuple[str, ...]
    support: tuple[str, ...]
    via: dict[str, tuple[str, ...]]
    actor: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    start: str | None = None
    end: str | None = None
    successors: tuple[str, ...] = ()
    tasks: Mapping[str, str] = MappingProxyType({})
    """The titles of all the tasks named."""


class _Owned(NamedTuple):
    lead: dict[str, list[str]]
    support: dict[str, list[str]]
    actor: dict[str, list[str]]


def holdings(workspace: Workspace, plans: Sequence[Plan]) -> Iterator[Holding]:
    """List what every unit and group owns in the given plans, by organisation and in the order of its registry; unknown names come last."""
    by_directory: dict[int, tuple[Directory, list[Plan]]] = {}
    for plan in plans:
        directory = workspace.directory_of(plan)
        by_directory.setdefault(id(directory), (directory, []))[1].append(plan)
    for directory, its_plans in by_directory.values():
        yield from _of_organisation(workspace, directory, its_plans)


def _of_organisation(workspace: Workspace, directory: Directory, plans: Sequence[Plan]) -> Iterator[Holding]:
    owned, titles = _owned(directory, plans)
    registered: list[Unit | Group] = [*directory.registry.units, *directory.registry.groups]
    names = dict.fromkeys([*(entry.name for entry in registered), *owned.lead, *owned.support, *owned.actor])
    for name in names:
        entry = directory.find(name)
        groups = directory.groups_of(name)
        via = {group.name: tuple(dict.fromkeys(task for part in owned for task in part.get(group.name, ()))) for group in groups}
        held = [tuple(part.get(name, ())) for part in owned]
        tasks = (*held[0], *held[1], *held[2], *(task for found in via.values() for task in found))
        yield Holding(
            name,
            "group" if isinstance(entry, Group) else "unit",
            workspace.organisation_of(plans[0]),
            entry.aliases if entry else (),
            held[0],
            held[1],
            {group: found for group, found in via.items() if found},
            held[2],
            directory.members(name) or (),
            entry.start.isoformat() if entry and entry.start else None,
            entry.end.isoformat() if entry and entry.end else None,
            entry.successors if entry else (),
            {task: titles[task] for task in tasks},
        )


def _owned(directory: Directory, plans: Sequence[Plan]) -> tuple[_Owned, dict[str, str]]:
    owned, titles = _Owned({}, {}, {}), {}
    for plan in plans:
        for task in plan.tasks:
            reference = f"{plan.id}/{task.id}"
            titles[reference] = task.title
            actors = (name for deadline in task.deadlines for name in deadline.actors)
            for part, names in ((owned.lead, task.lead), (owned.support, task.support), (owned.actor, actors)):
                for name in dict.fromkeys(map(directory.canonical, names)):
                    part.setdefault(name, []).append(reference)
    return owned, titles


def record(holding: Holding) -> dict[str, Any]:
    """Give a unit as the record of `planctl units --format json`."""
    listed = {**holding._asdict(), "via": {group: list(tasks) for group, tasks in holding.via.items()}}
    del listed["tasks"]
    listed["from"], listed["to"] = listed.pop("start"), listed.pop("end")
    return {key: list(value) if isinstance(value, tuple) else value for key, value in listed.items()}


def table(found: Iterable[Holding], lang: str) -> Table:
    """Count what each unit owns."""
    headings = ("unit", "kind", "lead", "support", "actor", "via", "organisation")
    columns = tuple(Column(say(f"column.{key}", lang), right=key in ("lead", "support", "actor", "via")) for key in headings)
    return Table(columns, tuple(_row(holding, lang) for holding in found))


def _row(holding: Holding, lang: str) -> tuple[str, ...]:
    via = len({task for tasks in holding.via.values() for task in tasks})
    counts = (len(holding.lead), len(holding.support), len(holding.actor), via)
    figures = (str(count) if count else "" for count in counts)
    return (holding.unit, say(f"kind.{holding.kind}", lang), *figures, holding.organisation)


def detail(holding: Holding, lang: str) -> Table:
    """List the tasks of one unit: what comes directly, and what comes through a group."""
    columns = (Column(say("column.role", lang), wraps=False), Column(say("column.task", lang)), Column(say("column.title", lang)))
    rows: list[tuple[str, str, str]] = []
    for role, tasks in (("lead", holding.lead), ("support", holding.support), ("actor", holding.actor)):
        rows += [(say(f"role.{role}", lang), task, holding.tasks[task]) for task in tasks]
    for group, tasks in holding.via.items():
        rows += [(say("role.via", lang, {"group": group}), task, holding.tasks[task]) for task in tasks]
    return Table(columns, tuple(rows), title=heading(holding, lang))


def heading(holding: Holding, lang: str) -> str:
    """Name a unit with its organisation, its other names, the dates of its existence and its members."""
    parts = [holding.organisation] if holding.organisation else []
    if holding.aliases:
        parts.append(say("unit.aliases", lang, {"all": holding.aliases}))
    if holding.start or holding.end:
        parts.append(say("unit.exists", lang, {"start": holding.start or "…", "end": holding.end or "…"}))
    if holding.successors:
        parts.append(say("unit.successors", lang, {"all": holding.successors}))
    if holding.kind == "group":
        parts.append(say("unit.members", lang, {"all": holding.members}) if holding.members else say("unit.members-unknown", lang))
    return f"{holding.unit} ({'; '.join(parts)})" if lang == "en" else f"{holding.unit}（{'；'.join(parts)}）"
