"""Decoding: the located tree of a file to a record, with every problem of the file."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from planctl import yamltree
from planctl.fields import Reader
from planctl.model import Plan, Publication, Registry
from planctl.problems import Location, Problem, Severity
from planctl.settings import Settings
from planctl.shapes import PLAN, REGISTRY
from planctl.sources import PUBLISHED_SUFFIX, SETTINGS_NAME, UNITS_NAME
from planctl.yamltree import START, Map

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planctl.fields import RecordOf
    from planctl.sources import Source
    from planctl.yamltree import Flaw, Node

Record = Plan | Registry | Settings | Publication


def decode(source: Source) -> tuple[Record | None, list[Problem]]:
    """Decode one file. What it holds is told by its name (`units.yaml`, `planctl.yaml`, `….json`), or else by its `planctl:` key."""
    if source.trouble:
        code, args, variant, line, column = source.trouble
        return None, [Problem(Location(source.path, line, column), code, Severity.ERROR, args, variant=variant)]
    return decode_tree(source.path, *yamltree.parse(source.text))


def decode_tree(path: str, tree: Node, flaws: Sequence[Flaw] = ()) -> tuple[Record | None, list[Problem]]:
    """Decode what `planctl.yamltree.parse` has made of a file, or a part of it."""
    reader = Reader(path)
    for flaw in flaws:
        reader.report(flaw.code, flaw.mark, flaw.variant, **flaw.args)
    if tree is None:
        if not flaws:
            reader.report("P010", START, "empty")
        return None, reader.problems
    return _decode_tree(reader, path, tree), reader.problems


def _shape_of(name: str) -> RecordOf:
    if name == SETTINGS_NAME:
        from planctl.shapes.settings import SETTINGS  # noqa: PLC0415 - most repositories have no settings

        return SETTINGS
    if name.endswith(PUBLISHED_SUFFIX):
        from planctl.shapes.published import PUBLISHED  # noqa: PLC0415 - nor plans of others

        return PUBLISHED
    return REGISTRY if name == UNITS_NAME else PLAN


def _decode_tree(reader: Reader, path: str, tree: Node) -> Record | None:
    name = os.path.basename(path)
    shape = _shape_of(name)
    if shape is PLAN and not (isinstance(tree, Map) and ("planctl" in tree or {"id", "tasks"} <= tree.keys())):
        reader.report("P010", START)
        return None
    if shape is PLAN and isinstance(tree, Map):
        plan = tree.get("id")
        reader.plan = plan if isinstance(plan, str) else None
    record: Record | None = shape.decode(reader, tree, START)
    return record
