"""Conflicts: what both sides have changed, and differently, with its place in the plan and in the text."""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from planctl.messages import say

if TYPE_CHECKING:
    from planctl.merging.pieces import Value


class Absent(Enum):
    """What stands for a value that is not there."""

    ABSENT = "absent"


ABSENT = Absent.ABSENT
LIMIT = 60
"""Characters of a value that are shown."""
NOUNS = {
    "tasks": "merge.task",
    "deadlines": "merge.deadline",
    "progress": "merge.progress",
    "extensions": "merge.extension",
    "events": "merge.event",
    "units": "merge.unit",
    "groups": "merge.group",
    "waivers": "merge.waiver",
}
"""How an item of a list is named to people."""
Found: TypeAlias = "Value | Absent"


class Step(NamedTuple):
    """A part of the way to a place in a plan: a key, or an item of the list of that key."""

    name: str
    item: str | None = None


class Conflict(NamedTuple):
    """What the three versions say at one place."""

    path: tuple[Step, ...]
    base: Found
    ours: Found
    theirs: Found
    line: int = 0
    """The line of its markers in the merged file, counted from 1."""


class Fork(NamedTuple):
    """A stretch of text in two versions, each whole lines or nothing."""

    ours: str
    theirs: str
    conflicts: tuple[Conflict, ...]

    def after(self, prefix: str) -> Fork:
        """Give the fork with something before either version that is there."""
        return self._replace(ours=prefix + self.ours if self.ours else "", theirs=prefix + self.theirs if self.theirs else "")


def describe(conflict: Conflict, path: str, lang: str) -> str:
    """Say what a conflict is about, where it stands, and what the versions say."""
    values = {name: _shown(value, lang) for name, value in (("ours", conflict.ours), ("theirs", conflict.theirs), ("base", conflict.base))}
    # Chinese puts no blank between two of its own words, but one before a Latin one.
    subject = re.sub("的(?=[!-~])", "的 ", say("merge.of", lang).join(_named(step, lang) for step in conflict.path))
    key = "merge.added" if conflict.base is ABSENT else "merge.conflict"
    return say(key, lang, {"place": f"{path}:{conflict.line}:", "subject": subject, **values})


def _named(step: Step, lang: str) -> str:
    if step.item is None:
        return step.name
    noun = NOUNS.get(step.name)
    return say(noun, lang, {"name": step.item}) if noun else f"{step.name} {step.item}"


def _shown(value: Found, lang: str) -> str:
    if value is ABSENT:
        return say("merge.absent", lang)
    text = _flat(value)
    return text if len(text) <= LIMIT else f"{text[: LIMIT - 1]}…"


def _flat(value: Value) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flat(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flat, value)) + "]"
    return " ".join(value.split()) if value else "~" if value is None else '""'
