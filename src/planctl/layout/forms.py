"""Forms: how the value of each key stands in a file, from the shapes: in which order, in quotes or not, in rows or on one line."""

from __future__ import annotations

import os
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from planctl.editing import Bare, Quoted
from planctl.fields import ListOf, MappingOf, RecordOf, Text, TextOr
from planctl.shapes import PLAN, REGISTRY
from planctl.shapes.deadline import DEADLINE
from planctl.shapes.plan import CLAUSE_REF, EVENT, PROGRESS, TASK
from planctl.sources import SETTINGS_NAME, UNITS_NAME

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from planctl.fields import FieldType

ROWS = frozenset({"calendars", "deadlines", "document", "groups", "notice", "severity", "tasks", "units"})
"""The keys of records that stand with a field a line. All others are small: one line each, where they fit into it."""
LINES = frozenset({"doubts"})
"""The lists of texts that stand with an item a line: each is taken out by itself."""
SPACED = frozenset({"tasks"})
"""The lists with a blank line between items."""
PERIOD = "period"
"""A text that reads like a date or a number (`2022`, `2022-Q3`) and is one."""


TEXTS = frozenset({"type.digest", "type.sha256", "type.fingerprint", "type.json-path"})
"""The types of a certain form that are text all the same."""
FIRST = {"metric": "due", "target": "due"}
"""Keys of a deadline that stand before another: what is measured comes before when."""
LAST = {"evidence": "value"}
"""Keys of progress that stand behind another: the proof comes after what it proves."""


class Kind(StrEnum):
    """What is written: a file, or a record for the list of that name."""

    PLAN = "plan"
    UNITS_FILE = "units.yaml"
    SETTINGS = "planctl.yaml"
    TASK = "tasks"
    DEADLINE = "deadlines"
    PROGRESS = "progress"
    EXTENSION = "extensions"
    CONFIRMATION = "confirmed"
    EVENT = "events"
    UNIT = "units"
    GROUP = "groups"
    WAIVER = "waivers"


PLACES: dict[Kind, tuple[Kind, int]] = {
    Kind.TASK: (Kind.PLAN, 2),
    Kind.DEADLINE: (Kind.TASK, 6),
    Kind.PROGRESS: (Kind.TASK, 6),
    Kind.EXTENSION: (Kind.TASK, 6),
    Kind.CONFIRMATION: (Kind.TASK, 6),
    Kind.EVENT: (Kind.PLAN, 2),
    Kind.UNIT: (Kind.UNITS_FILE, 2),
    Kind.GROUP: (Kind.UNITS_FILE, 2),
    Kind.WAIVER: (Kind.SETTINGS, 2),
}
"""Where a record stands: in which other, and at which column."""


class Form(NamedTuple):
    """How one value stands: a scalar, a record with known fields (or `values` of any key), or a list of `item`."""

    text: type[str] | None = None
    """`str` for text, `Bare` for what is none, `Quoted`; `None` where the quotes in the file decide."""
    fields: dict[str, Form] | None = None
    values: Form | None = None
    item: Form | None = None
    rows: bool = False
    spaced: bool = False

    def of(self, key: str) -> Form:
        """Give the form of the value of a key."""
        return (self.fields or {}).get(key) or self.values or ANY

    @property
    def order(self) -> tuple[str, ...]:
        """The known keys, in their order."""
        return tuple(self.fields or ())


ANY = Form()


def kind_of(path: str, keys: Collection[str] = ()) -> Kind:
    """Tell what a file holds: by its name, as `planctl.codec` does; a text without a name by its keys."""
    if path:
        return {UNITS_NAME: Kind.UNITS_FILE, SETTINGS_NAME: Kind.SETTINGS}.get(os.path.basename(path), Kind.PLAN)
    scores = {kind: len(set(keys) & set(form_of(kind).order)) for kind in (Kind.PLAN, Kind.UNITS_FILE, Kind.SETTINGS)}
    return max(scores, key=lambda kind: scores[kind])


def _rank(record: RecordOf, keys: tuple[str, ...]) -> Callable[[str], float]:
    """Give the rank of each key: the order of the shape, but for a few that read better elsewhere."""
    moved = {DEADLINE: FIRST, PROGRESS: LAST}.get(record, {})
    step = -0.5 if record is DEADLINE else 0.5
    return lambda key: keys.index(moved[key]) + step if key in moved else keys.index(key)


@cache
def form_of(kind: Kind) -> Form:
    """Give the form of a file, or of an item of the list that a kind of record stands in."""
    if kind in PLACES:
        return form_of(PLACES[kind][0]).of(kind.value).item or ANY
    if kind is Kind.SETTINGS:
        from planctl.shapes.settings import SETTINGS  # noqa: PLC0415 - most repositories have no settings

        return _form(SETTINGS, "tasks", SETTINGS)
    return _form(REGISTRY if kind is Kind.UNITS_FILE else PLAN, "tasks", PLAN)


def _form(field: FieldType, key: str, record: FieldType) -> Form:
    if isinstance(field, RecordOf):
        fields = {each.key: _form(each.type, each.key, field) for each in field.fields}
        return Form(fields={name: fields[name] for name in sorted(fields, key=_rank(field, tuple(fields)))}, rows=key in ROWS)
    if isinstance(field, TextOr):
        return _form(field.record, key, record)._replace(text=str)
    if isinstance(field, ListOf):
        return Form(item=_form(field.item, key, record), rows=key in LINES, spaced=key in SPACED)
    if isinstance(field, MappingOf):
        return Form(values=_form(field.value, key, record), rows=True)
    if not isinstance(field, Text) and getattr(field, "name", None) not in TEXTS:
        return Form(text=Bare)
    if key == PERIOD:
        return Form(text=Bare)
    return Form(text=Quoted if (record, key) in ((TASK, "id"), (CLAUSE_REF, "clause"), (EVENT, "tasks")) else str)
