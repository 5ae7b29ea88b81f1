"""Checks of who owns what: leads, supports, and the registry of units."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.checks.base import Context, Finding, in_task, suggestion
from planctl.model import Basis, Group

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from planctl.checks.base import Keys
    from planctl.directory import Directory
    from planctl.model import Plan, Registry, Task, Unit

ROLES = ("lead", "support")


def check_lead(context: Context) -> Iterator[Finding]:
    """Every task has a lead unit, wherever it comes from: who is asked when nobody is named?

    Good:
        - id: "44"
          title: 实行统一的行政执法人员资格管理制度
          lead: [县司法局]
          basis: stated
    Bad:
        - id: "44"
          title: 实行统一的行政执法人员资格管理制度
          support: [县司法局]
    """
    for plan, task in context.tasks():
        if not task.lead and not task.cancelled:
            yield in_task(plan, task, ())


def named_units(task: Task) -> Iterator[tuple[Keys, str]]:
    """Go through the unit names of a task, each with the keys that lead to it."""
    for index, name in enumerate(task.lead):
        yield ("lead", index), name
    for index, name in enumerate(task.support):
        yield ("support", index), name
    for deadline in task.deadlines:
        for key, names in (("actors", deadline.actors), ("recipients", deadline.recipients)):
            for index, name in enumerate(names):
                yield ("deadlines", deadline.position, key, index), name
    for entry in task.progress:
        if entry.unit:
            yield ("progress", entry.position, "unit"), entry.unit


def check_unknown_unit(context: Context) -> Iterator[Finding]:
    """Every unit that a task names is registered in `units.yaml`, by its name or an alias. Without a `units.yaml` nothing is reported.

    Good:
        - id: "44"
          title: 实行统一的行政执法人员资格管理制度
          lead: [县司法局]
    Bad:
        - id: "44"
          title: 实行统一的行政执法人员资格管理制度
          lead: [县司法局, 县司发局]
    """
    for plan in context.workspace.plans:
        directory = context.workspace.directory_of(plan)
        if not directory.registry.path:
            continue
        find, where = directory.find, directory.registry.path
        for task in plan.tasks:
            for keys, name in named_units(task):
                if not find(name):
                    variant, near = suggestion(name, directory.names())
                    yield in_task(plan, task, keys, variant, name=name, where=where, nearest=near)


def _registries(context: Context) -> Iterator[tuple[Directory, Registry]]:
    for directory in context.workspace.directories.values():
        yield directory, directory.registry


def _entries(registry: Registry) -> Iterator[tuple[str, Unit | Group]]:
    yield from (("units", unit) for unit in registry.units)
    yield from (("groups", group) for group in registry.groups)


def check_alias_clash(context: Context) -> Iterator[Finding]:
    """A name or alias in `units.yaml` means one unit only.

    Good:
        units:
          - name: 县司法局
            aliases: [司法局]
    Bad:
        units:
          - name: 县司法局
            aliases: [司法局]
          - name: 市司法局
            aliases: [司法局]
    """
    for _, registry in _registries(context):
        seen: dict[str, tuple[Unit | Group, Keys]] = {}
        for part, entry in _entries(registry):
            spots: list[tuple[str, Keys]] = [(entry.name, (part, entry.position, "name"))]
            spots += [(alias, (part, entry.position, "aliases", n)) for n, alias in enumerate(entry.aliases)]
            for name, keys in spots:
                other, place = seen.setdefault(name, (entry, keys))
                if place != keys:
                    line = context.workspace.locate(registry.path, place).line
                    yield Finding(registry.path, keys, {"name": name, "other": other.name, "line": line})


def check_both_roles(context: Context) -> Iterator[Finding]:
    """A unit either leads a task or supports it.

    Good:
        - id: "8"
          title: 加大商事登记改革力度
          lead: [县市场监管局]
          support: [县司法局]
    Bad:
        - id: "8"
          title: 加大商事登记改革力度
          lead: [县市场监管局, 县司法局]
          support: [司法局]
    """
    for plan, task in context.tasks():
        if not task.support:
            continue
        canonical = context.workspace.directory_of(plan).canonical
        leads = {canonical(name) for name in task.lead}
        for index, name in enumerate(task.support):
            if canonical(name) in leads:
                yield in_task(plan, task, ("support", index), name=name)


def check_listed_twice(context: Context) -> Iterator[Finding]:
    """A unit stands once under `lead:` and once under `support:`, by whichever of its names.

    Good:
        - id: "8"
          title: 加大商事登记改革力度
          lead: [县市场监管局, 县司法局]
    Bad:
        - id: "8"
          title: 加大商事登记改革力度
          lead: [县司法局, 司法局]
    """
    for plan, task in context.tasks():
        canonical = context.workspace.directory_of(plan).canonical
        for role in ROLES:
            names: tuple[str, ...] = getattr(task, role)
            if len(names) < 2:
                continue
            seen: set[str] = set()
            for index, name in enumerate(names):
                if canonical(name) in seen:
                    yield in_task(plan, task, (role, index), name=name, role=role)
                seen.add(canonical(name))


def check_existence(context: Context) -> Iterator[Finding]:
    """A unit is only named for the time in which it exists: by a plan on the day it was issued, by a progress entry on its own day.

    Good:
        - id: "44"
          title: 实行统一的行政执法人员资格管理制度
          lead: [县司法局]
    Bad:
        - id: "44"
          title: 实行统一的行政执法人员资格管理制度
          lead: [县法制办]
    """
    for plan in context.workspace.plans:
        directory = context.workspace.directory_of(plan)
        if not any(entry.start or entry.end for _, entry in _entries(directory.registry)):
            continue
        for task in plan.tasks:
            for keys, name in named_units(task):
                day = task_day(task, keys) or plan.document.issued
                entry = directory.find(name)
                if day and entry:
                    yield from _outside(plan, task, keys, entry, day)


def task_day(task: Task, keys: Keys) -> date | None:
    """Give the day that a name is used on, where it is not that of the document."""
    if keys[0] != "progress":
        return None
    return next(entry.on for entry in task.progress if entry.position == keys[1])


def _outside(plan: Plan, task: Task, keys: Keys, entry: Unit | Group, day: date) -> Iterator[Finding]:
    if entry.start and day < entry.start:
        yield in_task(plan, task, keys, name=entry.name, on=day, start=entry.start)
    if entry.end and day > entry.end:
        variant = "successor" if entry.successors else "ended"
        yield in_task(plan, task, keys, variant, name=entry.name, on=day, end=entry.end, successors=entry.successors)


def check_vague_lead(context: Context) -> Iterator[Finding]:
    """A lead that is only a group of unknown members, or the addressee for want of a name, is somebody's to settle.

    Good:
        - id: "20"
          title: 提高依法处置能力
          lead: [县应急管理局]
          basis: assigned
    Bad:
        - id: "20"
          title: 提高依法处置能力
          lead: [各乡镇(街道)]
          basis: addressee
    """
    for plan, task in context.tasks():
        if task.basis is Basis.ADDRESSEE:
            yield in_task(plan, task, ("lead",), "addressee")
        elif task.lead and _all_unknown(context.workspace.directory_of(plan), task):
            yield in_task(plan, task, ("lead",), names=task.lead)


def _all_unknown(directory: Directory, task: Task) -> bool:
    return all(directory.members(name) == () for name in task.lead)


def check_members(context: Context) -> Iterator[Finding]:
    """The members of a group are registered, and no group contains itself.

    Good:
        units:
          - name: 东溪街道
        groups:
          - name: 各街道
            members: [东溪街道]
    Bad:
        groups:
          - name: 各街道
            members: [东溪街道]
    """
    for directory, registry in _registries(context):
        for group in registry.groups:
            for index, name in enumerate(group.members):
                entry = directory.find(name)
                keys = ("groups", group.position, "members", index)
                if not entry:
                    yield Finding(registry.path, keys, {"group": group.name, "name": name})
                elif isinstance(entry, Group) and _contains(directory, entry, group.name, set()):
                    yield Finding(registry.path, keys, {"group": group.name, "name": name}, variant="loop")


def _contains(directory: Directory, group: Group, wanted: str, seen: set[str]) -> bool:
    if group.name == wanted:
        return True
    if group.name in seen:
        return False
    seen.add(group.name)
    members = (directory.find(name) for name in group.members)
    return any(isinstance(member, Group) and _contains(directory, member, wanted, seen) for member in members)


def check_successors(context: Context) -> Iterator[Finding]:
    """Whoever takes over the duties of a unit is registered too.

    Good:
        units:
          - name: 县法制办
            to: 2019-03-31
            successors: [县司法局]
          - name: 县司法局
    Bad:
        units:
          - name: 县法制办
            to: 2019-03-31
            successors: [县司法局]
    """
    for directory, registry in _registries(context):
        for part, entry in _entries(registry):
            for index, name in enumerate(entry.successors):
                if not directory.find(name):
                    yield Finding(registry.path, (part, entry.position, "successors", index), {"unit": entry.name, "name": name})


def check_basis(context: Context) -> Iterator[Finding]:
    """A repository may demand, by `require_basis:` in `planctl.yaml`, that leads come from certain bases only.

    Good:
        - id: "20"
          title: 提高依法处置能力
          lead: [县应急管理局]
          basis: assigned
    Bad:
        - id: "20"
          title: 提高依法处置能力
          lead: [各乡镇(街道)]
          basis: addressee
    """
    accepted = context.workspace.settings.require_basis
    if not accepted:
        return
    for plan, task in context.tasks():
        if task.basis not in accepted and not task.cancelled:
            found = task.basis.value if task.basis else "?"
            yield in_task(plan, task, ("basis",), found=found, accepted=[basis.value for basis in accepted])
