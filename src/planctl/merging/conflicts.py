"""Conflicts: what both sides have changed, and differently, with its place in the plan and in the text."""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from planctl.merging.identities import LOGS, label_of
from planctl.messages import entry, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planctl.merging.pieces import Value


class Absent(Enum):
    """What stands for a value that is not there."""

    ABSENT = "absent"


ABSENT = Absent.ABSENT
SIDES = ("merge.side.ours", "merge.side.theirs")
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
GROUPS = {
    "document": "merge.document",
    "period": "wording.period",
    "tasks": "sheet.task",
    "deadlines": "sheet.deadline",
    "progress": "sheet.progress",
    "extensions": "sheet.extensions",
    "events": "wording.event",
    "section": "sheet.section",
}
"""How a key is named that holds records, or means something else elsewhere."""
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


def describe(conflict: Conflict, path: str, lang: str, sides: tuple[str, str] = SIDES) -> str:
    """Say what a conflict is about, where it stands, and what the versions say.

    Args:
        conflict: which one.
        path: the file.
        lang: the language.
        sides: the words of the catalogue for ours and theirs.
    """
    subject = _spaced(say("merge.of", lang).join(named(conflict.path, lang)))
    told = {"place": f"{path}:{conflict.line}:", "subject": subject}
    values = (conflict.ours, conflict.theirs)
    us, them = (say(side, lang) for side in sides)
    if isinstance(conflict.base, dict) and all(isinstance(value, (dict, Absent)) for value in values):
        deeds = [_deed(side, conflict.base, value, conflict.path, lang) for side, value in zip((us, them), values, strict=True)]
        return say("merge.deeds", lang, {**told, "ours": deeds[0], "theirs": deeds[1]})
    if conflict.base is ABSENT and all(isinstance(value, dict) for value in values):
        fields = _changed(*values, conflict.path, lang)
        return say("merge.added.records", lang, {**told, "fields": say("list", lang, {"all": fields})})
    said = {name: _stated(side, value, lang) for name, side, value in (("ours", us, conflict.ours), ("theirs", them, conflict.theirs))}
    if conflict.base is ABSENT:
        return say("merge.added", lang, {**told, **said})
    return say("merge.conflict", lang, {**told, **said, "base": _stated(say("merge.before", lang), conflict.base, lang)})


def named(path: Sequence[Step], lang: str) -> Iterator[str]:
    """Name the parts of the way to a place."""
    group = ""
    for step in path:
        noun = NOUNS.get(step.name)
        if step.item is not None:
            yield say(noun, lang, {"name": step.item}) if noun else f"{_label(group, step.name, lang)} {step.item}"
            group = step.name if noun else group
        else:
            yield _label(group, step.name, lang)
            group = step.name


def _label(group: str, key: str, lang: str) -> str:
    """Name a key, by what it means below the key or in the list of `group`."""
    known = [f"change.key.{key}"] if group in LOGS else [GROUPS[key]] if key in GROUPS else []
    known += (f"change.field.{group}.{key}", f"change.field.{key}", f"change.key.{key}")
    found = next((name for name in known if entry(name)), None)
    return say(found, lang) if found else key


def _deed(side: str, base: dict[str, Value], value: Found, path: Sequence[Step], lang: str) -> str:
    """Say what a side did to a record."""
    if not isinstance(value, dict):
        return say("merge.deleted", lang, {"side": side})
    return say("merge.changed", lang, {"side": side, "fields": _spaced(say("list", lang, {"all": _changed(base, value, path, lang)}))})


def _changed(one: Found, other: Found, path: Sequence[Step], lang: str) -> list[str]:
    """Name what two records say otherwise; of lists of records, which of these."""
    if not (isinstance(one, dict) and isinstance(other, dict)):
        return []
    found: list[str] = []
    for key in {**one, **other}:
        old, new = one.get(key), other.get(key)
        if old == new:
            continue
        items = [item for each in (old, new) if isinstance(each, list) for item in each]
        if key in NOUNS and all(isinstance(item, dict) for item in items):
            alone = [item for item in items if not (isinstance(old, list) and item in old and isinstance(new, list) and item in new)]
            found += (say(NOUNS[key], lang, {"name": label_of(key, item)}) for item in alone)
        else:
            found += list(named((*path, Step(key)), lang))[-1:]
    return list(dict.fromkeys(found))


def _stated(side: str, value: Found, lang: str) -> str:
    """Say what a side has at a place."""
    if value is ABSENT:
        return say("merge.gone", lang, {"side": side})
    text = _flat(value, lang)
    text = text if len(text) <= LIMIT else f"{text[: LIMIT - 1]}…"
    # A name would run into the words around it; a date or a number does not.
    plain = text.isascii() and " " not in text
    return say("merge.has" if plain else "merge.says", lang, {"side": side, "value": text})


def _spaced(text: str) -> str:
    """Put a blank between a Chinese word and a Latin one, where there is none."""
    return re.sub("(?<=[\u3400-\u9fff])(?=[0-9A-Za-z])|(?<=[0-9A-Za-z])(?=[\u3400-\u9fff])", " ", text)


def _flat(value: Found, lang: str) -> str:
    if isinstance(value, dict):
        return say("list", lang, {"all": [f"{key}: {_flat(each, lang)}" for key, each in value.items()]})
    if isinstance(value, list):
        return say("list", lang, {"all": [_flat(each, lang) for each in value]}) if value else "[]"
    return " ".join(str(value).split()) if value else "~" if value is None else '""'
