"""Deadlines of a draft made fit for a plan: only keys that belong to their kind, and none that the plan could not be read with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from planctl.digests import normalise
from planctl.model import Kind
from planctl.shapes.deadline import FIELDS_OF_KIND, MONTHLY_UNITS, TIMED_FIELDS

if TYPE_CHECKING:
    from planctl.model import Deadline

NAMES = {"from": "start"}
"""Attributes whose key in the file is another."""


class Fitted(NamedTuple):
    """A deadline that a plan can hold, and the keys of what it cannot."""

    deadline: Deadline
    lost: tuple[str, ...] = ()


def fit(deadline: Deadline) -> Fitted | None:
    """Fit a deadline for a plan; nothing where too little is left of it to be one."""
    extra = {NAMES.get(key, key): key for key in TIMED_FIELDS - FIELDS_OF_KIND[deadline.kind] - {"ongoing"}}
    if deadline.kind is Kind.METRIC and deadline.every:
        extra["due"] = "due"
    if deadline.by and not _fits(deadline):
        extra["by"] = "by"
    lost = {name: key for name, key in extra.items() if getattr(deadline, name) is not None}
    nothing: dict[str, Any] = dict.fromkeys(lost)
    fitted = _worded(deadline._replace(**nothing))
    return Fitted(fitted, tuple(sorted(lost.values()))) if _is_whole(fitted) else None


def _worded(deadline: Deadline) -> Deadline:
    """Leave out what is said twice: a duty that is only the name of its figure, or of who owes it."""
    said = {normalise(each) for each in (deadline.metric or "", *deadline.actors)}
    return deadline._replace(what=None) if deadline.what and normalise(deadline.what) in said else deadline


def _fits(deadline: Deadline) -> bool:
    """Tell whether the day of a cycle fits its length."""
    unit = deadline.every.unit if deadline.every else None
    if unit == "year":
        return deadline.by is not None and deadline.by.month is not None
    return unit in MONTHLY_UNITS and deadline.by is not None and deadline.by.month is None


def _is_whole(deadline: Deadline) -> bool:
    if deadline.kind is Kind.RELATIVE:
        has_length, after, before = deadline.within is not None, bool(deadline.after), bool(deadline.before)
        return (has_length and after != before) or (not has_length and before)
    own = {Kind.ONCE: deadline.due, Kind.RECURRING: deadline.every, Kind.METRIC: deadline.metric, Kind.ONGOING: True}
    return bool(own[deadline.kind])
