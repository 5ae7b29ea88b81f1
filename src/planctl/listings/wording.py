"""A plan in words, a fact a line and a blank line before each task: what `git diff` compares.

Whatever a comparison of plans could tell stands in some line, so that no change goes by in silence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl import yamltree
from planctl.changes.records import KEYS, plain
from planctl.codec import decode
from planctl.listings.explanations import bracketed, entry_text
from planctl.listings.phrasing import label_of
from planctl.listings.tasks import facts
from planctl.messages import message_of, say
from planctl.model import Kind, Plan, Roll, Task

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from planctl.model import Deadline, Progress
    from planctl.problems import Problem
    from planctl.sources import Source

DIGITS = len("sha256:") + 12
"""How much of a digest is shown: enough to see that it changed."""
UNSAID = {Kind.RECURRING: ("start", "after", "before"), Kind.RELATIVE: ()}
"""What the rule of a deadline leaves out, by kind; of the others its start."""
LABELS = {"by": "wording.by", "fingerprint": "wording.fingerprint", "sha256": "wording.sha256"}
"""What is called otherwise here than in a statement."""
Block = tuple[str | int, ...]
"""A part of a file: a key of the plan, or a task by its position."""


def textconv(source: Source, lang: str) -> str:
    """Put a plan into words; of a part that cannot be read completely, its text too. What is no plan stays as it is."""
    plan, problems = decode(source)
    if not isinstance(plan, Plan):
        return source.text
    return "".join(f"{line}\n" for line in in_words(plan, lang, _unread(source.text, problems, lang)))


def in_words(plan: Plan, lang: str, unread: Mapping[Block, list[str]] | None = None) -> Iterator[str]:
    """Put a plan into words.

    Args:
        plan: the plan.
        lang: in which language.
        unread: lines that tell what could not be read of a part, and its text.
    """
    left = dict(unread or {})
    yield say("wording.plan", lang, {"id": plan.id, "title": plan.title})
    for heading, text in _head(plan, lang):
        if text:
            yield _fact(heading, text)
    for event in plan.events:
        yield _fact(say("wording.event", lang), f"{event.on} {event.name}{_rest(event, ('at', 'ref', 'tasks', 'recorded'), lang)}")
    for key in [key for key in left if key[0] != "tasks"]:
        yield from left.pop(key)
    for task in plan.tasks:
        yield ""
        yield say("wording.task", lang, {"id": task.id, "title": task.title})
        yield from _task(task, lang)
        yield from left.pop(("tasks", task.position), ())
    for lines in left.values():
        yield ""
        yield from lines


def _head(plan: Plan, lang: str) -> Iterator[tuple[str, str]]:
    for key in (f"document.{name}" for name in plan.document._fields):
        yield say(f"wording.{key}", lang), _value(getattr(plan.document, key.partition(".")[2]), lang)
    for key, day in plan.period._asdict().items():
        yield label_of(f"period.{key}", lang), _value(day, lang)
    if plan.ended:
        yield say("wording.ended", lang), f"{plan.ended.on}{_rest(plan.ended, ('by', 'reason'), lang)}"
    yield say("wording.note", lang), plan.note or ""
    for doubt in plan.doubts:
        yield label_of("doubts", lang), doubt


def _task(task: Task, lang: str) -> Iterator[str]:
    for heading, text in _facts(task, lang):
        # The heading stands on every line, so that a line tells what it is about when it is shown alone.
        yield from (_fact(heading, line) for line in text.splitlines())


def _facts(task: Task, lang: str) -> Iterator[tuple[str, str]]:
    yield say("sheet.section", lang), " ".join(task.section)
    for key, text in facts(task._replace(deadlines=(), progress=(), extensions=(), cancelled=None), (), str, lang):
        yield say(f"sheet.{key}", lang), text
    if task.cancelled:
        yield say("sheet.cancelled", lang), f"{task.cancelled.on}{_rest(task.cancelled, ('by', 'reason'), lang)}"
    yield label_of("tags", lang), _value(task.tags, lang)
    for each in task.confirmed:
        yield label_of("confirmed", lang), f"{each.upstream} {each.on}{_rest(each, ('by', 'fingerprint'), lang)}"
    for deadline in task.deadlines:
        yield from ((say("sheet.deadline", lang), text) for text in _deadline(deadline, lang))
    for entry in task.progress:
        yield say("sheet.progress", lang), _entry(entry, task, lang)
    for extension in task.extensions:
        rest = ("deadline", "period", "requested", "approved", "by", "number", "reason")
        yield say("sheet.extensions", lang), f"{extension.old} → {extension.new}{_rest(extension, rest, lang)}"
    for doubt in task.doubts:
        yield label_of("doubts", lang), doubt
    if task.source:
        yield label_of("source.clause", lang), task.source.clause or ""
        yield say("wording.digest", lang), (task.source.digest or "")[:DIGITS]


def _deadline(deadline: Deadline, lang: str) -> Iterator[str]:
    alone = Task("", "", deadlines=(deadline,))
    yield from (text for _, text in facts(alone, (), str, lang) if text)
    unsaid = [key for key in UNSAID.get(deadline.kind, ("start",)) if getattr(deadline, key)]
    if deadline.of and deadline.exactly is None and deadline.at_least is None and deadline.at_most is None:
        unsaid.append("of")
    for key in unsaid:
        yield f"{label_of(f'deadlines.{KEYS.get(key, key)}', lang)} {getattr(deadline, key)}"
    if deadline.roll is not Roll.NONE:
        yield f"{label_of('deadlines.roll', lang)} {say(f'change.roll.{deadline.roll.value}', lang)}"


def _entry(entry: Progress, task: Task, lang: str) -> str:
    digests = [each.sha256[:12] for each in entry.evidence if each.sha256]
    of = [("deadline", entry.deadline), ("period", entry.period), ("sha256", say("list", lang, {"all": digests}) if digests else None)]
    return f"{entry.on} {entry.unit or '—'} {entry_text(entry, task, lang)}{_labelled(of, lang)}"


def _rest(record: object, names: Iterable[str], lang: str) -> str:
    """Give what else a record says, in brackets."""
    return _labelled([(name, getattr(record, name)) for name in names], lang)


def _labelled(values: Iterable[tuple[str, object]], lang: str) -> str:
    said = [f"{_label(name, lang)} {_value(value, lang)}" for name, value in values if value not in (None, ())]
    return bracketed(say("wording.and", lang).join(said), lang)


def _label(name: str, lang: str) -> str:
    return say(LABELS[name], lang) if name in LABELS else label_of(name, lang)


def _value(value: object, lang: str) -> str:
    said = plain(value)
    return say("list", lang, {"all": said if isinstance(said, list) else [said]}) if said else ""


def _fact(heading: str, text: str) -> str:
    return f"  {heading}  {text}"


def _unread(text: str, problems: Iterable[Problem], lang: str) -> dict[Block, list[str]]:
    """Tell of each part that could not be read completely why, and how it stands in the file."""
    found: dict[Block, list[str]] = {}
    if not problems:
        return found
    lines, starts = text.splitlines(), _starts(text)
    places = sorted(starts)
    for problem in sorted(problems, key=lambda each: each.location):
        start = max((line for line in places if line < problem.location.line), default=places[0])
        told = found.setdefault(starts[start], [])
        told.append(_fact(say("wording.unread", lang), message_of(problem, lang)))
    for start, end in zip(places, [*places[1:], len(lines)], strict=True):
        if starts[start] in found:
            found[starts[start]] += (_fact("│", line) for line in lines[start:end] if line.strip())
    return found


def _starts(text: str) -> dict[int, Block]:
    """Find the line, counted from 0, at which each key of a plan and each task begins."""
    tree, _ = yamltree.parse(text)
    if not isinstance(tree, yamltree.Map):
        return {0: ("",)}
    starts: dict[int, Block] = {mark.line: (key,) for key, mark in tree.key_marks.items()}
    tasks = tree.get("tasks")
    if isinstance(tasks, yamltree.Seq):
        starts |= {mark.line: ("tasks", position) for position, mark in enumerate(tasks.marks)}
    return starts
