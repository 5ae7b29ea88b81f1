"""Remarks: changes in words and with their lines, ready to be written in any format."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from planctl.changes.records import Change


class Spot(NamedTuple):
    """A line of a file; without a number it is the file that is meant."""

    path: str | None = None
    line: int | None = None


class Gap(NamedTuple):
    """What could not be read in one state, so that nothing can be said of how it changed."""

    text: str
    """Where, in which state, and why."""
    spot: Spot
    """Where it stands; without a line where that is one of the old state."""
    plan: str | None = None
    task: str | None = None
    is_old: bool = False
    """It is in the old state."""


class Remark(NamedTuple):
    """A change as people read it."""

    change: Change
    heading: str
    """The organisation and the plan; changes of one heading stand together."""
    subject: str
    """What it is of: the task with its title, the plan, a unit, the settings."""
    text: str
    """What changed, with what follows from it."""
    new: Spot = Spot()
    """Where it stands in the new state; for what is gone, the file that it was in."""
    old: Spot = Spot()
