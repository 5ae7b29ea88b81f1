"""Plans and lists of units as files: the records of the model in the one layout."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl import layout, publishing
from planctl.shapes import REGISTRY
from planctl.shapes.published import PUBLISHED_PLAN

if TYPE_CHECKING:
    from planctl.editing import Value
    from planctl.fields import RecordOf
    from planctl.model import Plan, Registry

VERSION = "1"


def plan_text(plan: Plan) -> str:
    """Write a plan."""
    return layout.write({"planctl": VERSION, **value_of(PUBLISHED_PLAN, plan)}, layout.Kind.PLAN)


def units_text(registry: Registry) -> str:
    """Write a list of units."""
    return layout.write({**value_of(REGISTRY, registry), "planctl": VERSION}, layout.Kind.UNITS_FILE)


def value_of(shape: RecordOf, record: tuple[object, ...]) -> dict[str, Value]:
    """Give a record by the keys of its shape, every scalar as the text that the file has."""
    return {key: _written(value) for key, value in publishing.encode(shape, record).items()}


def _written(value: object) -> Value:
    if isinstance(value, dict):
        return {key: _written(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_written(each) for each in value]
    return str(value).lower() if isinstance(value, bool) else str(value)
