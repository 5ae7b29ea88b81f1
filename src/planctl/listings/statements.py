"""Changes in words: what a colleague would say of each."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from planctl.changes.records import ChangeKind
from planctl.listings.explanations import bracketed, entry_text, extension_args, rule_text
from planctl.messages import Word, entry, say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from planctl.changes.records import Change, Place
    from planctl.model import Deadline, Plan, Task
    from planctl.workspace import Workspace

QUOTED = frozenset({"title", "what", "quote", "note", "condition", "restored", "reason", "metric", "after", "before"})
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
WAIVER = {
    ChangeKind.ADDED: "change.waiver.added",
    ChangeKind.REMOVED: "change.waiver.removed",
    ChangeKind.CHANGED: "change.waiver.changed",
}


class Found(NamedTuple):
    """The records at a place: the plan, the task, and what stands in a list of either."""

    plan: Plan | None = None
    task: Task | None = None
    record: Any = None


class Sides:
    """Both states, and what stands where in them."""

    def __init__(self, old: Workspace, new: Workspace) -> None:
        self.old, self.new = old, new
        self.plans = {plan.id: plan for plan in new.plans}
        """The plans of the new state, by id."""
        self._plans = {id(workspace): {plan.path: plan for plan in workspace.plans} for workspace in (old, new)}

    def before(self, change: Change) -> Found:
        """Find what a change is about in the old state."""
        return self._at(self.old, change.before)

    def after(self, change: Change) -> Found:
        """Find what a change is about in the new state."""
        return self._at(self.new, change.after)

    def _at(self, workspace: Workspace, place: Place | None) -> Found:
        plan = self._plans[id(workspace)].get(place.path) if place else None
        if plan is None or place is None:
            return Found()
        keys = place.keys
        task = _numbered(plan.tasks, keys[1]) if keys[:1] == ("tasks",) and len(keys) > 1 else None
        owner, rest = (task, keys[2:]) if task else (plan, keys)
        records = getattr(owner, str(rest[0]), None) if len(rest) > 1 and isinstance(rest[1], int) else None
        return Found(plan, task, _numbered(records, rest[1]) if records else None)


def _numbered(records: Any, position: object) -> Any:  # noqa: ANN401 - any record that stands in a list
    return next((record for record in records if record.position == position), None)


def statement(change: Change, sides: Sides, lang: str) -> str:
    """Say what changed, without saying of what."""
    special = SPECIAL.get(change.field)
    return special(change, sides, lang) if special else _replaced(change, lang)


def _replaced(change: Change, lang: str) -> str:
    """Say that a value is another, or was written or taken out, and what follows from it."""
    what = what_text(change, lang)
    old, new = change.old, change.new
    tail = "".join(_tails(change, lang))
    if change.kind in (ChangeKind.ADDED, ChangeKind.REMOVED) or is_absent(old) or is_absent(new):
        key, value = ("change.set", new) if is_absent(old) else ("change.unset", old)
        return say(key, lang, {"what": what, "value": value_text(change.field, value, lang)}) + tail
    if isinstance(old, list) and isinstance(new, list):
        came, went = [each for each in new if each not in old], [each for each in old if each not in new]
        if bool(came) != bool(went):
            key = "change.joined" if came else "change.left"
            return say(key, lang, {"what": what, "names": value_text(change.field, came or went, lang)}) + tail
    args = {"what": what, "old": value_text(change.field, old, lang), "new": value_text(change.field, new, lang)}
    return say("change.replaced", lang, args) + tail


def is_absent(value: object) -> bool:
    """Tell whether a plain value is not there."""
    return value is None or value in ([], {}, "")


def what_text(change: Change, lang: str) -> str:
    """Name the field, and the deadline or the record that it is of."""
    group = change.field.rpartition(".")[0]
    label = label_of(change.field, lang)
    details = change.details
    if change.field == "deadlines.due":
        return say("change.what.due", lang, {"deadline": change.deadline})
    if group == "deadlines":
        return say("change.what.deadline", lang, {"deadline": change.deadline, "label": label})
    if group == "progress":
        entry_of = " ".join(str(part) for part in (details.get("on"), details.get("unit")) if part)
        return say("change.what.progress", lang, {"entry": entry_of, "label": label})
    if group == "extensions":
        return say("change.what.extension", lang, {"label": label, "deadline": bracketed(change.deadline, lang)})
    if group == "events":
        return say("change.what.event", lang, {"name": details.get("name"), "label": label})
    if change.field == "settings.severity":
        return say("change.what.code", lang, {"code": details.get("code"), "label": label})
    return label


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


def _tails(change: Change, lang: str) -> list[str]:
    """Say what follows from a change: by how many days, whether it is approved, who takes over."""
    details = change.details
    found = [_days(details.get("days"), lang)]
    if details.get("extension") is not None:
        found.append(say("change.approved" if details["extension"] else "change.not-approved", lang))
    demoted, succeeded = details.get("demoted"), details.get("succeeded")
    if demoted:
        found.append(say("change.demoted", lang, {"names": demoted}))
    if isinstance(succeeded, dict):
        found += [say("change.succeeded", lang, {"old": old, "new": new}) for old, new in succeeded.items()]
    if details.get("first") and isinstance(change.new, list) and change.new:
        found.append(say("change.first", lang, {"unit": change.new[0]}))
    if details.get("successors"):
        found.append(say("change.taken-over", lang, {"names": details["successors"]}))
    return found


def _days(days: object, lang: str) -> str:
    if not isinstance(days, int) or not days:
        return ""
    return say("change.later" if days > 0 else "change.earlier", lang, {"days": abs(days)})


# Changes of whole records, and others that are not said like a value


def _plan(change: Change, sides: Sides, lang: str) -> str:
    found = (sides.before(change) if change.kind is ChangeKind.REMOVED else sides.after(change)).plan
    key = "change.plan.removed" if change.kind is ChangeKind.REMOVED else "change.plan.added"
    return say(key, lang, {"tasks": len(found.tasks) if found else 0})


def _task(change: Change, sides: Sides, lang: str) -> str:
    details = change.details
    if change.kind is ChangeKind.REMOVED:
        return say("change.task.merged", lang, {"tasks": details["into"]}) if details.get("into") else say("change.task.removed", lang)
    task = sides.after(change).task
    tail = say("change.task.split", lang, {"tasks": details["from"]}) if details.get("from") else ""
    return say("change.task.added", lang, {"lead": task.lead if task and task.lead else Word("word.absent")}) + tail


def _deadline(change: Change, sides: Sides, lang: str) -> str:
    if change.kind is ChangeKind.MOVED:
        return say("change.deadline.moved", lang, {"deadline": change.deadline, "old": change.old})
    removed = change.kind is ChangeKind.REMOVED
    record: Deadline = (sides.before(change) if removed else sides.after(change)).record
    what = say("change.deadline.what", lang, {"what": record.what}) if record.what else ""
    args = {"deadline": change.deadline, "what": what, "rule": rule_text(record, lang)}
    return say("change.deadline.removed" if removed else "change.deadline.added", lang, args)


def _kind(change: Change, sides: Sides, lang: str) -> str:
    old, new = sides.before(change).record, sides.after(change).record
    return say("change.deadline.kind", lang, {"deadline": change.deadline, "old": rule_text(old, lang), "new": rule_text(new, lang)})


def _progress(change: Change, sides: Sides, lang: str) -> str:
    removed = change.kind is ChangeKind.REMOVED
    record = (sides.before(change) if removed else sides.after(change)).record
    args = {"on": record.on, "unit": record.unit or "—", "what": entry_text(record, lang)}
    of = bracketed(" ".join(part for part in (record.deadline, record.period) if part), lang)
    return say("change.progress.removed" if removed else "change.progress.added", lang, {**args, "of": of})


def _extension(change: Change, sides: Sides, lang: str) -> str:
    removed = change.kind is ChangeKind.REMOVED
    record = (sides.before(change) if removed else sides.after(change)).record
    key = "sheet.extension" if record.approved else "sheet.request"
    key_of_head = "change.extension.removed" if removed else "change.extension.added"
    days = _days((record.new - record.old).days, lang)
    of = bracketed(" ".join(part for part in (record.deadline, record.period) if part), lang)
    return say(key_of_head, lang, {"of": of, "what": say(key, lang, extension_args(record, lang)), "days": days})


def _event(change: Change, sides: Sides, lang: str) -> str:
    removed = change.kind is ChangeKind.REMOVED
    record = (sides.before(change) if removed else sides.after(change)).record
    args = {"on": record.on, "name": record.name, "ref": bracketed(record.ref, lang)}
    return say("change.event.removed" if removed else "change.event.added", lang, args)


def _unit(change: Change, sides: Sides, lang: str) -> str:
    del sides
    if change.kind is ChangeKind.ADDED:
        return say("change.unit.added", lang)
    into = change.details.get("into")
    return say("change.unit.merged", lang, {"names": into}) if into else say("change.unit.removed", lang)


def _status(change: Change, sides: Sides, lang: str) -> str:
    del sides
    several = change.details.get("occurrences")
    args = {"old": Word(f"status.{change.old}"), "new": Word(f"status.{change.new}")}
    if not isinstance(several, list):
        return say("change.status", lang, args)
    if len(several) == 1:
        return say("change.status.of", lang, {**args, "occurrence": several[0]})
    return say("change.status.several", lang, {**args, "occurrence": several[0], "count": len(several)})


def _moved(change: Change, sides: Sides, lang: str) -> str:
    del sides
    if change.field == "section":
        old, new = (" ".join(map(str, value)) if isinstance(value, list) else "" for value in (change.old, change.new))
        args: Mapping[str, object] = {"old": old or Word("word.absent"), "new": new or Word("word.absent")}
        return say("change.section", lang, args)
    if change.field == "plan":
        return say("change.from-plan", lang, {"old": change.old})
    args = {"old": change.old or Word("change.front"), "new": change.new or Word("change.front")}
    return say("change.order", lang, args)


def _setting(change: Change, sides: Sides, lang: str) -> str:
    """Say only that a setting is another whose value is long; a waiver is named."""
    del sides
    if change.field != "settings.waivers":
        return say("change.setting", lang, {"what": label_of(change.field, lang)})
    said = change.new if isinstance(change.new, dict) else change.old
    waiver = said if isinstance(said, dict) else {}
    names = [str(waiver[key]) for key in ("code", "plan", "task") if waiver.get(key)]
    args = {"names": " ".join(names), "reason": waiver.get("reason"), "until": waiver.get("until")}
    return say(WAIVER[change.kind], lang, args)


SPECIAL: dict[str, Callable[[Change, Sides, str], str]] = {
    "plans": _plan,
    "tasks": _task,
    "deadlines": _deadline,
    "deadlines.kind": _kind,
    "progress": _progress,
    "extensions": _extension,
    "events": _event,
    "units": _unit,
    "groups": _unit,
    "status": _status,
    "deadlines.status": _status,
    "section": _moved,
    "order": _moved,
    "plan": _moved,
    "settings.waivers": _setting,
    "settings.calendars": _setting,
    "settings.lights": _setting,
    "settings.notice": _setting,
    "settings.document": _setting,
}
"""How changes are said that are not of one value."""
