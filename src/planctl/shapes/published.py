"""The shape of what another repository has published: organisations, each with its units, groups and plans.

The keys of units, groups and plans are those of their YAML files. A published plan and registry are named after the file and their place in
it, as a JSON pointer: `upstream/省.json#/organisations/0/plans/2`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from planctl import model
from planctl.fields import VERSION, Field, ListOf, RecordOf
from planctl.shapes.plan import PLAN
from planctl.shapes.registry import REGISTRY
from planctl.sources import POINTER

if TYPE_CHECKING:
    from planctl.fields import Reader
    from planctl.yamltree import Map

FORMAT = 1
"""The version of this form. A reader refuses every other one."""
ORGANISATIONS, PLANS = "organisations", "plans"


class Numbered(NamedTuple):
    """A record with its position in the list that it stands in."""

    value: Any
    position: int = 0


class PlanShape(RecordOf):
    """A plan within a larger file; while it is decoded, problems name it."""

    def decode(self, reader: Reader, node: Any, mark: Any, position: int = 0) -> object:
        """Decode a plan, and have the reader name it meanwhile."""
        plan = node.get("id") if isinstance(node, dict) else None
        reader.plan = plan if isinstance(plan, str) else None
        try:
            return super().decode(reader, node, mark, position)
        finally:
            reader.plan = None


def _plan(*, position: int = 0, **values: Any) -> Numbered:
    return Numbered(model.Plan(path="", **values), position)


def _organisation(*, plans: tuple[Numbered, ...], position: int = 0, **values: Any) -> Numbered:
    return Numbered((model.Registry(path="", **values), plans), position)


def finish_published(reader: Reader, _: Map, values: dict[str, Any]) -> bool:
    """Name every plan and registry after the file and its place in it."""
    plans, registries = [], []
    for organisation in values.pop(ORGANISATIONS, ()):
        registry, its_plans = organisation.value
        place = f"{reader.path}{POINTER}{ORGANISATIONS}/{organisation.position}/"
        registries.append(registry._replace(path=place))
        plans += [each.value._replace(path=f"{place}{PLANS}/{each.position}") for each in its_plans]
    values.clear()
    values.update(path=reader.path, plans=tuple(plans), registries=tuple(registries))
    return True


def _without_version(shape: RecordOf) -> tuple[Field, ...]:
    """The version stands at the head of the file, once for all."""
    return tuple(field for field in shape.fields if field.key != "planctl")


PUBLISHED_PLAN = PlanShape(_plan, _without_version(PLAN))
ORGANISATION = RecordOf(
    _organisation,
    (
        *(field._replace(required=field.key == "organisation") for field in _without_version(REGISTRY)),
        Field(PLANS, ListOf(PUBLISHED_PLAN), "方案", "The plans", required=True),
    ),
)
PUBLISHED = RecordOf(
    model.Publication,
    (
        Field("planctl", VERSION, "文件格式版本", "The version of the words of the files", required=True),
        Field("export", VERSION, "发布格式版本", "The version of this form", required=True),
        Field(ORGANISATIONS, ListOf(ORGANISATION), "各地方或机关", "The organisations", required=True),
    ),
    finish_published,
)
