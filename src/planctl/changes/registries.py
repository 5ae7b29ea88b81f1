"""Changes of units and groups: renamed, merged, ended, with other members."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from planctl.changes.frames import Frame
from planctl.changes.pairs import unpaired
from planctl.changes.records import KEYS, Place
from planctl.changes.unread import tail
from planctl.model import Group, Registry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from planctl.changes.names import Names
    from planctl.changes.records import Change
    from planctl.directory import Directory
    from planctl.model import Unit
    from planctl.workspace import Workspace

NONE = Registry("")


def compare_registries(old: Workspace, new: Workspace, used: Iterable[Names], skipped: frozenset[str]) -> Iterator[Change]:
    """Compare the registries of both states: those that the same plan uses, then those of one organisation, then of one folder."""
    olds, news = (_registries(workspace, skipped) for workspace in (old, new))
    homes: dict[str, str] = {}
    for names in used:
        homes.setdefault(names.old.registry.path, names.new.registry.path)
    pairs = unpaired(olds, news).by(lambda each: homes.get(each.path, each.path), once=True)
    pairs = pairs.by(lambda each: each.organisation, once=True).by(lambda each: os.path.basename(os.path.dirname(each.path)), once=True)
    for registry in news:
        before = next((before for before, after in pairs.both if after is registry), NONE)
        yield from _compare(before, registry)
    for registry in pairs.old:
        yield from _compare(registry, NONE)


def _registries(workspace: Workspace, skipped: frozenset[str]) -> list[Registry]:
    found: list[Directory] = list(workspace.directories.values())
    return [directory.registry for directory in found if tail(directory.registry.path) not in skipped]


def _compare(old: Registry, new: Registry) -> Iterator[Change]:
    if old[1:] == new[1:]:
        return
    frame = Frame(Place(old.path) if old.path else None, Place(new.path) if new.path else None)
    if old.path and new.path and old.organisation != new.organisation:
        yield frame.changed("organisation", old.organisation, new.organisation)
    organisation = new.organisation or old.organisation
    yield from _compare_entries(frame, "units", old.units, new.units, organisation)
    yield from _compare_entries(frame, "groups", old.groups, new.groups, organisation)


def _compare_entries(
    frame: Frame, kind: str, old: Iterable[Unit | Group], new: Iterable[Unit | Group], organisation: str | None
) -> Iterator[Change]:
    """Compare units or groups. One that goes and is an alias of one that came was renamed; of one that stays, it was merged into it."""
    pairs = unpaired(old, new).by(lambda each: each.name)
    renamed = [
        (before, after) for before in pairs.old for after in pairs.new if before.name in after.aliases or after.name in before.aliases
    ]
    known = {id(each) for pair in renamed for each in pair}
    for before, after in (*pairs.both, *renamed):
        here = frame.within((kind, before.position), (kind, after.position))._replace(prefix=f"{kind}.")
        yield from _compare_entry(here, before, after, organisation)
    for each in pairs.new:
        if id(each) not in known:
            yield frame.within(None, (kind, each.position)).added(kind, each, rule="units", details={"organisation": organisation})
    for each in pairs.old:
        if id(each) not in known:
            into = [*(after.name for _, after in pairs.both if each.name in after.aliases), *each.successors]
            here = frame.within((kind, each.position), None)
            yield here.removed(kind, each, rule="units", details={"organisation": organisation, "into": into or None})


def _compare_entry(frame: Frame, old: Unit | Group, new: Unit | Group, organisation: str | None) -> Iterator[Change]:
    for name, before, after in zip(old._fields, old, new, strict=True):
        key = KEYS.get(name, name)
        if name == "position" or before == after:
            continue
        if name == "aliases" and old.name != new.name and {old.name, *old.aliases} ^ {new.name, *new.aliases} <= {old.name, new.name}:
            continue  # it keeps its old name as an alias: that is what renaming is
        rule = f"groups.{key}" if name in ("members", "except_leads") else f"units.{key}"
        said = {"unit": new.name, "organisation": organisation, "successors": new.successors if name == "end" and new.successors else None}
        yield frame.changed(key, before, after, rule=rule, details=said)
