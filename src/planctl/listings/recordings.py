"""What was recorded, in one sentence, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.listings.due import missing_text
from planctl.listings.explanations import bracketed, counted_in, counted_text
from planctl.messages import say
from planctl.recording.entries import Kind, Named
from planctl.statuses import OPEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from planctl.editing import Value
    from planctl.recording.effects import Effect, Unmoved
    from planctl.recording.entries import Recording
    from planctl.recording.filling import Gap
    from planctl.workspace import Workspace

SHOWN = 4
"""How many occurrences a sentence names."""


def place(recording: Recording) -> str:
    """Name what a recording belongs to."""
    return "/".join(part for part in (recording.plan, recording.task) if part) or recording.path


def what(recording: Recording, workspace: Workspace, lang: str) -> str:
    """Say what was recorded; the workspace knows what is counted."""
    value = {key: _text(each) for key, each in recording.value.items()}
    if recording.forms:
        return say("record.forms", lang, {"count": len(recording.entries), "forms": recording.forms})
    if recording.kind is Kind.PROGRESS:
        args = {"on": value["on"], "unit": value.get("unit", "—"), "what": _progress(recording.value, _counted(recording, workspace), lang)}
        return " ".join(say("record.progress", lang, args).split())
    if recording.kind is Kind.EXTENSION:
        return _extension(value, lang)
    if recording.kind is Kind.RENAMING:
        return _renaming(recording, lang)
    absent = {"ref": "", "by": "—", "reason": "—", "lead": "—"}
    args = absent | value | {"ref": bracketed(value.get("ref"), lang)}
    return say(f"record.{recording.kind.value}", lang, args)


def _text(value: Value) -> str:
    if isinstance(value, list):
        return "、".join(map(_text, value))
    return _text(value["path"]) if isinstance(value, dict) else str(value)


def _of(value: Mapping[str, str], lang: str) -> str:
    if "deadline" in value and "period" in value:
        return say("record.of", lang, {"deadline": value["deadline"], "period": value["period"]})
    return value.get("deadline") or value.get("period") or ""


def _counted(recording: Recording, workspace: Workspace) -> str | None:
    found = workspace.find_tasks(place(recording))
    deadline = recording.value.get("deadline")
    return counted_in(found[0][1], str(deadline) if deadline else None) if found else None


def _progress(value: Mapping[str, Value], of: str | None, lang: str) -> str:
    texts = {key: _text(each) for key, each in value.items()}
    state = say(f"state.{texts['state']}", lang) if "state" in texts else ""
    parts = [f"{_of(texts, lang)} {state}".strip()]
    parts += [counted_text(texts["count"], of, lang)] if "count" in texts else []
    figures = {"value": texts.get("value"), "percent": (texts.get("percent") or "").rstrip("% ") or None}
    parts += [say(f"entry.{key}", lang, {key: figure}) for key, figure in figures.items() if figure]
    parts += [texts[key] for key in ("note",) if key in texts]
    parts += [say("entry.evidence", lang, {"evidence": texts["evidence"]})] if "evidence" in texts else []
    return joined([part for part in parts if part], "record.listed", lang)


def joined(parts: Sequence[str], key: str, lang: str) -> str:
    """Put parts of a sentence together."""
    text = parts[0] if parts else ""
    for part in parts[1:]:
        text = say(key, lang, {"first": text, "second": part})
    return text


def _extension(value: Mapping[str, str], lang: str) -> str:
    of = _of(value, lang)
    args = {**value, "of": f"{of} " if of else "", "by": bracketed(" ".join(value[key] for key in ("by", "number") if key in value), lang)}
    if "approved" in value:
        return say("record.extensions", lang, {**args, "on": value["approved"]})
    return say("record.requested", lang, {**args, "on": value["requested"]})


def _renaming(recording: Recording, lang: str) -> str:
    values = {str(entry.at[-1]): entry.value for entry in recording.entries if not entry.item}
    old = next(step.value for entry in recording.entries for step in entry.at if isinstance(step, Named) and entry.at[-1] == "to")
    successors = values["successors"]
    new = successors[-1] if isinstance(successors, list) else ""
    return say("record.units", lang, {"old": old, "last": values["to"], "new": new})


def sentence(
    recording: Recording, workspace: Workspace, effects: Iterable[Effect], lang: str, *, dry_run: bool = False, none: str | None = None
) -> str:
    """Say what was recorded, and what it changed; or why nothing has changed."""
    args = {"place": place(recording), "what": what(recording, workspace, lang)}
    done = say("record.would" if dry_run else "record.done", lang, args)
    if recording.kind in (Kind.RENAMING, Kind.TASK):
        return done
    found = list(effects)
    parts = [effect_text(each, lang) for each in found[:SHOWN]] or [none or say("effect.none", lang)]
    parts += [say("effect.more", lang, {"count": len(found) - SHOWN})] if len(found) > SHOWN else []
    return say("record.came", lang, {"sentence": done, "effects": joined(parts, "record.joined", lang)})


def unmoved_text(found: Unmoved, lang: str) -> str:
    """Say why an entry has changed nothing."""
    args = {"name": found.occurrence, "status": say(f"status.{found.status.value}", lang)}
    if found.by and found.by.state:
        return say("effect.later", lang, {**args, "on": found.by.on, "state": say(f"state.{found.by.state.value}", lang)})
    return say("effect.still" if found.status in OPEN else "effect.already", lang, args)


def effect_text(effect: Effect, lang: str) -> str:
    """Say what became of an occurrence or a task."""
    args = {
        "name": effect.occurrence or effect.task,
        "old": say(f"status.{effect.old.value}", lang) if effect.old else "",
        "new": say(f"status.{effect.new.value}", lang) if effect.new else "",
        "before": effect.due_before,
        "due": effect.due,
    }
    if effect.new is None:
        return say("effect.gone", lang, args)
    if effect.old is None:
        return say("effect.new" if effect.due else "effect.open", lang, args)
    if effect.due_before != effect.due and effect.due_before:
        return say("effect.due", lang, args)
    if effect.missing and effect.old is effect.new:
        return say("effect.missing", lang, {**args, "missing": missing_text(effect.missing, lang)})
    return say("effect.status" if effect.occurrence else "effect.task", lang, args)


def gap_text(gap: Gap, lang: str) -> str:
    """Name an option that is missing, with what it can be."""
    return say("record.gap", lang, {"option": gap.option, "known": gap.known}) if gap.known else gap.option


def told(value: Mapping[str, Value], keys: Sequence[str], lang: str) -> str:
    """Say what was filled in, as options."""
    return say("record.told", lang, {"options": [f"--{key} {_text(value[key])}" for key in keys]})
