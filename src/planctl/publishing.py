"""The published form: plans with their units as one JSON text that other repositories can link to, and back.

Both ways go by the tables of `planctl.shapes`: a key that a plan can have is a key that can be published. The text depends on nothing but
the plans, so that publishing twice gives the same bytes.
"""

from __future__ import annotations

import json
import re
from datetime import date, time
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING

from planctl import codec
from planctl.errors import UnsoundPlansError
from planctl.fields import ListOf, RecordOf, TextOr
from planctl.model import Deadline, Kind, Publication, Registry, Target
from planctl.problems import Severity
from planctl.shapes.published import FORMAT, ORGANISATION, ORGANISATIONS, PLANS, PUBLISHED_PLAN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planctl.fields import FieldType
    from planctl.model import Plan
    from planctl.problems import Problem
    from planctl.sources import Source
    from planctl.workspace import Workspace

UNFIT = "[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]"
"""Characters that stand in JSON as they are, but not in YAML, as which it is read again."""
TOUCHES_FIGURE = re.compile("[0-9A-Za-z:_.,，\\s]")
"""A unit that begins so needs a space between the figure and itself."""


def write(workspace: Workspace, plans: Sequence[Plan], *, progress: bool = True) -> str:
    """Write plans of a workspace in their published form.

    Args:
        workspace: where they are from.
        plans: the ones to publish.
        progress: whether what was recorded about them is published too.

    Raises:
        UnsoundPlansError: some file could not be read completely; half a plan is not published.
    """
    errors = sum(problem.severity is Severity.ERROR for problem in workspace.problems)
    if errors:
        raise UnsoundPlansError(count=errors)
    kept = plans if progress else [without_progress(plan) for plan in plans]
    value = {"planctl": FORMAT, "export": FORMAT, ORGANISATIONS: list(_organisations(workspace, kept))}
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return re.sub(UNFIT, lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"


def read(source: Source) -> tuple[Publication | None, list[Problem]]:
    """Read a published text, with every problem of it in its place."""
    record, problems = codec.decode(source)
    return record if isinstance(record, Publication) else None, problems


def without_progress(plan: Plan) -> Plan:
    """Take out of a plan what was recorded, noted and doubted about it. Extensions and cancellations stay: they change what binds."""
    tasks = (
        task._replace(
            progress=(), confirmed=(), note=None, doubts=(), deadlines=tuple(deadline._replace(note=None) for deadline in task.deadlines)
        )
        for task in plan.tasks
    )
    return plan._replace(tasks=tuple(tasks), events=(), note=None, doubts=())


def _organisations(workspace: Workspace, plans: Sequence[Plan]) -> Iterator[dict[str, object]]:
    """Group plans by the directory of their units; where there is none, the folder stands for it, or else the title."""
    grouped: dict[tuple[Registry, str], list[Plan]] = {}
    for plan in plans:
        key = (workspace.directory_of(plan).registry, workspace.organisation_of(plan))
        grouped.setdefault(key, []).append(plan)
    for (registry, name), its_plans in grouped.items():
        known = encode(ORGANISATION, registry._replace(organisation=name or its_plans[0].title))
        yield {**known, PLANS: [encode(PUBLISHED_PLAN, plan) for plan in its_plans]}


def encode(shape: RecordOf, record: tuple[object, ...]) -> dict[str, object]:
    """Write a record with the keys of its shape; what is as it is where nothing is said is left out."""
    values: dict[str, object] = {}
    defaults = getattr(record, "_field_defaults", {})
    for field in shape.fields:
        name = field.name or field.key
        value = getattr(record, name, None)
        if field.key == "ongoing" and isinstance(record, Deadline):
            value = record.kind is Kind.ONGOING
        if field.key != PLANS and (field.required or not _is_unsaid(value, defaults.get(name))):
            values[field.key] = _encoded(field.type, value)
    return values


def _is_unsaid(value: object, default: object) -> bool:
    # 0 is said: it is neither False nor None.
    return value is None or value is False or value is default or (isinstance(value, tuple) and value == (default or ()))


def _encoded(kind: FieldType, value: object) -> object:
    if isinstance(kind, ListOf) and isinstance(value, tuple):
        return [_encoded(kind.item, item) for item in value]
    if isinstance(kind, TextOr) and isinstance(value, tuple):
        said = encode(kind.record, value)
        return said if len(said) > 1 else said[kind.first.key]
    return encode(kind, value) if isinstance(kind, RecordOf) and isinstance(value, tuple) else _plain(value)


def _plain(value: object) -> object:
    """Write a single value: a figure and a switch as such, all else as the text that the YAML has."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat("minutes")
    if isinstance(value, Target):
        space = " " if value.unit and TOUCHES_FIGURE.match(value.unit) else ""
        return f"{value.op} {_fixed(value.value)}{space}{value.unit or ''}"
    if isinstance(value, float):
        return _figure(value)
    return value if isinstance(value, (bool, int)) else str(value)


def _figure(value: float) -> object:
    if value.is_integer():
        return int(value)
    return _fixed(value) if "e" in repr(value) else value


def _fixed(value: float) -> str:
    """Write a figure without an exponent, which a plan does not know."""
    return f"{Decimal(repr(value)):f}".removesuffix(".0")
