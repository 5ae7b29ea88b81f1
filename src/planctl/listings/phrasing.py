"""Phrasing: how fields, deadlines and values are named in a sentence about a change."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from planctl.messages import Word, entry, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planctl.changes.records import Change
    from planctl.model import Task

QUOTED = frozenset({"title", "what", "quote", "note", "condition", "restored", "reason", "metric", "after", "before", "clause", "tags"})
"""Fields whose values are sentences or names that could be taken for ours."""
WORDS = {
    "state": "state.",
    "status": "status.",
    "basis": "basis.",
    "every": "cycle.",
    "review": "cycle.",
    "severity": "severity.",
    "roll": "change.roll.",
}
"""Fields whose values have words of their own in the catalogue, and how their keys begin."""
EDGE = "\ufdd0"
"""Marks where a value begins and ends; no text of Unicode has it."""
UNNAMED = "change.matter.id"
"""How a deadline is named that says nothing of its matter."""
CHINESE = re.compile(r"[\u3400-\u9fff〇]")
WESTERN = re.compile(r"[!-~]")


def tell(key: str, lang: str, args: Mapping[str, object]) -> str:
    """Put an entry into words; in Chinese a blank parts what is Latin or a figure from the characters beside it, and nothing else."""
    if lang != "zh":
        return say(key, lang, args)
    marked = {name: f"{EDGE}{_shown(value, lang)}{EDGE}" for name, value in args.items()}
    return re.sub(f"{EDGE}+", _edge, say(key, lang, marked))


def _shown(value: object, lang: str) -> str:
    return say(value, lang) if isinstance(value, Word) else say("list", lang, {"all": value})


def _edge(found: re.Match[str]) -> str:
    before, after = found.string[: found.start()][-1:], found.string[found.end() :][:1]
    parted = (CHINESE.match(before) and WESTERN.match(after)) or (WESTERN.match(before) and CHINESE.match(after))
    return " " if parted else ""


def is_absent(value: object) -> bool:
    """Tell whether a plain value is not there."""
    return value is None or value in ([], {}, "")


def matter_of(task: Task | None, name: str | None, lang: str) -> str:
    """Name a deadline by its matter, with its short name where two would read alike; the only one, of no matter, needs no name."""
    named = _named(task, name)
    return tell(named[0], lang, named[1]) if named else ""


def time_of(task: Task | None, name: str | None, lang: str) -> str:
    """Name a deadline where its date or its rule is meant."""
    named = _named(task, name)
    if named is None:
        return say("change.what.due.alone", lang)
    key, args = named
    return tell("change.what.due.id", lang, args) if key == UNNAMED else say("change.what.due", lang, {"deadline": tell(key, lang, args)})


def _named(task: Task | None, name: str | None) -> tuple[str, dict[str, object]] | None:
    deadlines = task.deadlines if task else ()
    matters = [each.what or each.metric for each in deadlines]
    matter = next((said for each, said in zip(deadlines, matters, strict=True) if each.id == name), None)
    if matter:
        return ("change.matter.alike" if matters.count(matter) > 1 else "change.matter"), {"what": matter, "deadline": name}
    return (UNNAMED, {"deadline": name}) if name and len(deadlines) != 1 else None


def what_text(change: Change, task: Task | None, lang: str) -> str:
    """Name the field, and the deadline or the record that it is of."""
    group, _, key = change.field.rpartition(".")
    label = label_of(change.field, lang)
    details = change.details
    if change.field == "deadlines.due":
        return time_of(task, change.deadline, lang)
    if group == "deadlines":
        # The matter itself is named by what it was and is.
        matter = "" if key in ("what", "metric") else matter_of(task, change.deadline, lang)
        return tell("change.what.deadline", lang, {"deadline": matter, "label": label}) if matter else label
    if group == "progress":
        return say("change.what.progress", lang, {"entry": joined(details.get("on"), details.get("unit")), "label": label})
    if group == "extensions":
        matter = matter_of(task, change.deadline, lang)
        return say("change.what.extension", lang, {"label": label, "deadline": say("brackets", lang, {"text": matter}) if matter else ""})
    if group == "events":
        return say("change.what.event", lang, {"name": details.get("name"), "label": label})
    if change.field == "settings.severity":
        return tell("change.what.code", lang, {"code": details.get("code"), "label": label})
    return label


def joined(*parts: object) -> str:
    """Put what is there of several parts one after the other."""
    return " ".join(str(part) for part in parts if part)


def label_of(field: str, lang: str) -> str:
    """Name a field: those that mean something else under another heading by their whole name, the others by their key."""
    if entry(f"change.field.{field}"):
        return say(f"change.field.{field}", lang)
    return say(f"change.key.{field.rpartition('.')[2]}", lang)


def value_text(field: str, value: object, lang: str) -> str:
    """Write a value as it is said."""
    key = field.rpartition(".")[2]
    if is_absent(value):
        return say("word.absent", lang)
    if isinstance(value, bool):
        return say("change.yes" if value else "change.no", lang)
    if isinstance(value, list):
        return say("list", lang, {"all": [value_text(field, each, lang) for each in value]})
    if isinstance(value, dict):
        return " ".join(value_text("", each, lang) for each in value.values())
    name = WORDS.get(key, "") + str(value)
    if key in WORDS and entry(name):
        return say(name, lang)
    if key == "within" and isinstance(value, str):
        number, _, unit = value.partition(" ")
        return say(f"span.{unit.removesuffix('s')}", lang, {"number": number})
    text = value.isoformat() if isinstance(value, date) else str(value)
    return say("mark.quote", lang, {"quote": text}) if key in QUOTED else text
