"""What an import found, in words: the summary that goes to standard error and onto the page of review."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from planctl.documents.records import NoteKind
from planctl.drafting.doubts import place_text
from planctl.messages import Word, entry, say
from planctl.model import Basis, Kind
from planctl.publishing import encode
from planctl.shapes import REGISTRY
from planctl.shapes.published import PUBLISHED_PLAN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from planctl.documents.records import Reading
    from planctl.drafting.doubts import Doubtful
    from planctl.drafting.plans import Drafted
    from planctl.drafting.registries import Strange
    from planctl.model import Plan, Registry

LOST = (NoteKind.FURNITURE, NoteKind.HIDDEN, NoteKind.DELETED, NoteKind.RUNNING, NoteKind.CONTROL, NoteKind.SHEET, NoteKind.PICTURE)
"""What reading left out; the other notes are about what is there."""
SHOWN = 60
"""Characters of a piece that was left out."""


def summary(drafted: Drafted, lang: str, *, doubts: bool = True) -> Iterator[str]:
    """Say what was found, a line for each thing."""
    reading, plan = drafted.intake.reading, drafted.plan
    form = f"{reading.format.value}, {reading.encoding}" if reading.encoding else reading.format.value
    yield say("draft.read", lang, {"path": reading.path, "form": form, "title": plan.title})
    yield say("draft.tasks", lang, {"count": len(plan.tasks), "figures": _figures(_bases(plan), lang)})
    kinds = Counter(f"draft.kind.{deadline.kind}" for task in plan.tasks for deadline in task.deadlines)
    ordered = {key: kinds[key] for kind in Kind if kinds[key := f"draft.kind.{kind}"]}
    yield say("draft.deadlines", lang, {"count": kinds.total(), "figures": _figures(ordered, lang)})
    repairs = Counter({f"repair.{each.kind}": 0 for each in reading.repairs})
    for each in reading.repairs:
        repairs[f"repair.{each.kind}"] += len(each.places)
    if repairs:
        yield say("draft.repairs", lang, {"count": repairs.total(), "figures": _figures(repairs, lang)})
    left = Counter(f"note.{note.kind}" for note in reading.notes if note.kind in LOST)
    if left:
        yield say("draft.left-out", lang, {"count": left.total(), "figures": _figures(left, lang)})
    if any(note.kind is NoteKind.TRADITIONAL for note in reading.notes) and "repair.simplified" not in repairs:
        yield say("draft.traditional", lang)
    if doubts:
        yield doubts_line(drafted.doubts, lang)


def doubts_line(doubts: Iterable[Doubtful], lang: str) -> str:
    """Count doubts by their kind."""
    kinds = Counter(_kind_key(doubt.kind) for doubt in doubts)
    return say("draft.doubts", lang, {"count": kinds.total(), "figures": _figures(kinds, lang)}) if kinds else say("draft.no-doubts", lang)


def _kind_key(kind: str) -> str:
    key = f"doubt.kind.{kind}"
    return key if entry(key) else "doubt.kind.other"


def _bases(plan: Plan) -> dict[str, int]:
    counts = Counter(task.basis if task.lead else None for task in plan.tasks)
    return {f"draft.basis.{basis}": counts[basis] for basis in Basis if counts[basis]} | {"draft.basis.none": counts[None]}


def _figures(counts: Mapping[str, int], lang: str) -> str:
    figures = [say("draft.figure", lang, {"word": Word(key), "count": count}) for key, count in counts.items() if count]
    return say("brackets", lang, {"text": say("list", lang, {"all": figures})}) if figures else ""


def repairs(reading: Reading, lang: str) -> list[str]:
    """List what was repaired: from what to what, how often and where first."""
    return [
        say(
            "draft.repair",
            lang,
            {
                "kind": Word(f"repair.{each.kind}"),
                "old": _visible(each.old, lang),
                "new": _visible(each.new, lang),
                "count": len(each.places),
                "place": place_text(each.places[0], reading.format, lang),
            },
        )
        for each in reading.repairs
    ]


def _visible(text: str, lang: str) -> str:
    if not text:
        return say("word.absent", lang)
    return text if text.strip() else say("draft.line-break" if "\n" in text else "draft.blank", lang)


def left_out(reading: Reading, lang: str) -> list[str]:
    """List what reading left out and what else it has to say."""
    listed = []
    for note in reading.notes:
        if note.kind is NoteKind.ORPHAN:
            continue  # doubts of the tasks or of the plan
        text = note.text if len(note.text) <= SHOWN else f"{note.text[: SHOWN - 1]}…"
        place = say("brackets", lang, {"text": place_text(note.place, reading.format, lang)}) if note.place else ""
        listed.append(say("draft.note", lang, {"kind": Word(f"note.{note.kind}"), "text": text, "place": place}))
    return listed


def strangers(found: Sequence[Strange], path: str, lang: str, *, written: bool) -> Iterator[str]:
    """List the names that a list of units does not know, each with the nearest one that it does, and how to have them written."""
    if not found:
        return
    yield say("draft.strangers", lang, {"count": len(found), "path": path})
    for each in found:
        tasks = say("draft.in-tasks", lang, {"tasks": each.tasks[:5]}) if each.tasks else ""
        near = say("draft.near", lang, {"nearest": each.nearest}) if each.nearest else ""
        yield say("draft.stranger", lang, {"name": each.name, "tasks": tasks, "nearest": near})
    if not written:
        yield say("draft.strangers.next", lang)


def record(drafted: Drafted, registry: Registry | None, lang: str) -> dict[str, Any]:
    """Give the whole draft as one record of JSON: the keys of a plan are those of its file."""
    return {
        "plan": encode(PUBLISHED_PLAN, drafted.plan),
        "units": {key: value for key, value in encode(REGISTRY, registry).items() if key != "planctl"} if registry else None,
        "doubts": [doubt._asdict() for doubt in drafted.doubts],
        "repairs": repairs(drafted.intake.reading, lang),
        "left_out": left_out(drafted.intake.reading, lang),
    }
