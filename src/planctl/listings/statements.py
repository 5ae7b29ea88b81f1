"""Changes in words: what a colleague would say of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from planctl.changes.records import ChangeKind
from planctl.listings.explanations import bracketed, entry_text, rule_text
from planctl.listings.phrasing import is_absent, joined, label_of, matter_of, tell, time_of, value_text, what_text
from planctl.messages import Word, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from planctl.changes.records import Change, Place
    from planctl.model import Deadline, Extension, Plan, Task
    from planctl.workspace import Workspace

OWNERS = frozenset({"lead", "support", "deadlines.actors"})
NAMED = frozenset({"deadlines.actors", "deadlines.recipients"})
"""Lists that mean the leads, or nobody in particular, where they are empty."""
VERBS = {"cancelled": "change.verb.cancelled", "ended": "change.verb.ended"}
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

    def task_of(self, change: Change) -> Task | None:
        """Find the task that a change is about, as it is now, or as it was where it is gone."""
        return self.after(change).task or self.before(change).task

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
    """Say what changed and what follows from it, without saying of what."""
    return bare_statement(change, sides, lang) + ("" if change.field in SPECIAL else "".join(_tails(change, lang)))


def bare_statement(change: Change, sides: Sides, lang: str) -> str:
    """Say what changed, and nothing of what follows from it: by how many days, whether it is approved, who takes over."""
    special = SPECIAL.get(change.field)
    return special(change, sides, lang) if special else _replaced(change, sides.task_of(change), lang)


def _replaced(change: Change, task: Task | None, lang: str) -> str:
    """Say that a value is another, or was written or taken out."""
    what = what_text(change, task, lang)
    old, new = change.old, change.new
    if isinstance(old, bool) and not change.field.startswith("settings."):
        return _flag(change, task, lang)
    if isinstance(old, list | None) and isinstance(new, list | None):
        return _listed(change, what, lang)
    if change.kind in (ChangeKind.ADDED, ChangeKind.REMOVED) or is_absent(old) or is_absent(new):
        key, value = ("change.set", new) if is_absent(old) else ("change.unset", old)
        return tell(key, lang, {"what": what, "value": value_text(change.field, value, lang)})
    return _replacement("change.replaced", change, what, lang)


def _replacement(key: str, change: Change, what: str, lang: str) -> str:
    old, new = (value_text(change.field, value, lang) for value in (change.old, change.new))
    return tell(key, lang, {"what": what, "old": old, "new": new})


def _listed(change: Change, what: str, lang: str) -> str:
    """Say what came into a list or left it; where one name took the place of one, or the order is another, both lists."""
    old, new = ([*value] if isinstance(value, list) else [] for value in (change.old, change.new))
    came, went = [each for each in new if each not in old], [each for each in old if each not in new]
    if bool(came) == bool(went):
        single = len(old) == len(new) == 1 and change.field in OWNERS
        return _replacement("change.transferred" if single else "change.replaced", change, what, lang)
    key = "change.joined" if came else "change.left"
    if came and not old and change.field in NAMED:
        key = "change.named"
    return tell(key, lang, {"what": what, "names": value_text(change.field, came or went, lang)})


def _flag(change: Change, task: Task | None, lang: str) -> str:
    """Say that a mark came or went; “力争” takes a duty for an aim."""
    time = say("change.flag.of", lang, {"of": time_of(task, change.deadline, lang)}) if change.field.startswith("deadlines.") else ""
    if change.field == "deadlines.soft":
        return say("change.softened" if change.new else "change.hardened", lang, {"of": time})
    args = {"of": time, "what": label_of(change.field, lang)}
    return say("change.flag.on" if change.new else "change.flag.off", lang, args)


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
    if details.get("first") and isinstance(change.new, list) and len(change.new) > 1:
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
        return tell("change.task.merged", lang, {"tasks": details["into"]}) if details.get("into") else say("change.task.removed", lang)
    task = sides.after(change).task
    tail = tell("change.task.split", lang, {"tasks": details["from"]}) if details.get("from") else ""
    return say("change.task.added", lang, {"lead": task.lead if task and task.lead else Word("word.absent")}) + tail


def _deadline(change: Change, sides: Sides, lang: str) -> str:
    if change.kind is ChangeKind.MOVED:
        return tell("change.deadline.moved", lang, {"old": change.old})
    removed = change.kind is ChangeKind.REMOVED
    record: Deadline = (sides.before(change) if removed else sides.after(change)).record
    what = say("change.deadline.what", lang, {"what": record.what}) if record.what else ""
    return say("change.deadline.removed" if removed else "change.deadline.added", lang, {"what": what, "rule": rule_text(record, lang)})


def _kind(change: Change, sides: Sides, lang: str) -> str:
    old, new = sides.before(change).record, sides.after(change).record
    of = time_of(sides.task_of(change), change.deadline, lang)
    return say("change.deadline.kind", lang, {"of": of, "old": rule_text(old, lang), "new": rule_text(new, lang)})


def _progress(change: Change, sides: Sides, lang: str) -> str:
    removed = change.kind is ChangeKind.REMOVED
    found = sides.before(change) if removed else sides.after(change)
    said = joined(found.record.on, found.record.unit, entry_text(found.record, found.task, lang))
    late = change.details.get("late")
    key = "change.progress.removed" if removed else "change.progress.late" if late else "change.progress.added"
    return tell(key, lang, {"of": _of(found, lang), "entry": said, "late": late})


def _of(found: Found, lang: str) -> str:
    """Say which deadline, and which of its periods, a record is of."""
    matter = matter_of(found.task, found.record.deadline, lang) if found.record.deadline else ""
    return bracketed(joined(matter, found.record.period), lang)


def _extension(change: Change, sides: Sides, lang: str) -> str:
    removed = change.kind is ChangeKind.REMOVED
    found = sides.before(change) if removed else sides.after(change)
    key = "change.extension.removed" if removed else "change.extension.added"
    comma = ", " if lang == "en" else "，"
    return tell(key, lang, {"of": _of(found, lang), "what": comma.join(_extension_parts(found.record, lang))})


def _extension_parts(record: Extension, lang: str) -> Iterator[str]:
    """Say what is known of an extension: the dates, who asked and who approved it when, and why."""
    days = _days((record.new - record.old).days, lang)
    yield tell("change.extension.dates", lang, {"old": record.old, "new": record.new, "days": days})
    if record.requested:
        yield tell("change.extension.requested", lang, {"on": record.requested})
    if record.approved:
        key = "change.extension.approved" if record.by else "change.extension.approved.by-nobody"
        yield tell(key, lang, {"on": record.approved, "by": record.by, "number": bracketed(record.number, lang)})
    else:
        yield say("change.extension.open", lang)
    yield say("change.extension.reason", lang, {"reason": record.reason}) if record.reason else say("change.extension.no-reason", lang)


def _decision(change: Change, sides: Sides, lang: str) -> str:
    """Say who cancelled a task or ended a plan, and why."""
    if not (isinstance(change.new, dict) and is_absent(change.old)):
        return _replaced(change, sides.task_of(change), lang)
    decision = change.new
    args = {"what": Word(VERBS[change.field]), **{name: decision.get(name) for name in ("on", "by", "reason")}}
    return tell("change.decided" if decision.get("by") and decision.get("reason") else "change.undecided", lang, args)


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
    several, late = change.details.get("occurrences"), change.details.get("late")
    args: dict[str, object] = {"old": Word(f"status.{change.old}"), "new": Word(f"status.{change.new}")}
    tail = tell("change.status.late", lang, late) if isinstance(late, dict) else ""
    if not isinstance(several, list):
        return say("change.status", lang, args) + tail
    args |= {"occurrence": several[0], "count": len(several)}
    return tell("change.status.of" if len(several) == 1 else "change.status.several", lang, args) + tail


def _moved(change: Change, sides: Sides, lang: str) -> str:
    del sides
    if change.field == "section":
        old, new = (" ".join(map(str, value)) if isinstance(value, list) else "" for value in (change.old, change.new))
        args: Mapping[str, object] = {"old": old or Word("word.absent"), "new": new or Word("word.absent")}
        return tell("change.section", lang, args)
    if change.field == "plan":
        return tell("change.from-plan", lang, {"old": change.old})
    args = {"old": change.old or Word("change.front"), "new": change.new or Word("change.front")}
    return tell("change.order", lang, args)


def _setting(change: Change, sides: Sides, lang: str) -> str:
    """Say only that a setting is another whose value is long; a waiver is named."""
    del sides
    if change.field != "settings.waivers":
        return say("change.setting", lang, {"what": label_of(change.field, lang)})
    said = change.new if isinstance(change.new, dict) else change.old
    waiver = said if isinstance(said, dict) else {}
    names = [str(waiver[key]) for key in ("code", "plan", "task") if waiver.get(key)]
    args = {"names": " ".join(names), "reason": waiver.get("reason"), "until": waiver.get("until")}
    return tell(WAIVER[change.kind], lang, args)


SPECIAL: dict[str, Callable[[Change, Sides, str], str]] = {
    "plans": _plan,
    "tasks": _task,
    "deadlines": _deadline,
    "deadlines.kind": _kind,
    "progress": _progress,
    "extensions": _extension,
    "events": _event,
    "cancelled": _decision,
    "ended": _decision,
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
