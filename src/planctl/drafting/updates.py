"""A document that was imported before: what it says now, spliced into its plan, so that everything that a person decided stays.

A task whose clause is unchanged is not touched. Nothing is taken out: what the document no longer has gets a doubt.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from planctl import layout
from planctl.changes.identity import pair_deadlines
from planctl.changes.pairs import Pairs, unpaired
from planctl.digests import digest, normalise
from planctl.drafting.files import value_of
from planctl.editing import Insert, Put, Remove, Verbatim
from planctl.editing.scalars import written
from planctl.messages import say
from planctl.model import Basis, Document
from planctl.phrases.numerals import han
from planctl.publishing import encode
from planctl.shapes.deadline import DEADLINE
from planctl.shapes.plan import DOCUMENT, PERIOD, TASK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planctl.directory import Directory
    from planctl.drafting.plans import Drafted
    from planctl.editing import Edit, Keys, Value
    from planctl.model import Deadline, Plan, Task

ALIKE = 0.5
"""The part of their words that two titles or clauses share, from which one is the other."""
AKIN = 0.4
"""The same for two deadlines of which everything else has been paired."""
NUMERAL = re.compile("[0-9]+|[一二三四五六七八九十]+")
NUMBERED = re.compile(r"[0-9.]+")
OF_DOCUMENT = ("number", "index", "issued", "published", "effective")
"""What the document says of itself alone; whom it names, people may have written otherwise."""
OF_DUTY = ("lead", "support", "basis", "shared_by_duty", "open_list")
OF_A_PERSON = frozenset(
    {"id", "what", "note", "restored", "roll", "recipients", "condition", "actors", "metric", "quote", "soft", "implied", "vague"}
)
"""Of a deadline that the document still has: what a person may have worded or decided."""


class Proposal(NamedTuple):
    """A plan with a new draft merged into it: the text, and the tasks on each side that the other does not have."""

    text: str
    added: tuple[str, ...]
    gone: tuple[str, ...]
    changed: tuple[str, ...]


class Update:
    """Merges a draft into a plan."""

    def __init__(self, plan: Plan, drafted: Drafted, directory: Directory, lang: str) -> None:
        self.plan = plan
        self.draft = draft = drafted.plan
        self.clauses = {each.id: drafted.intake.clause(each) for each in drafted.intake.draft.tasks}
        self.directory = directory
        self.lang = lang
        self.pairs = pair_tasks(plan, draft)

    def propose(self, text: str) -> Proposal:
        """Splice what is new into the text of the plan."""
        changed = tuple(old.id for old, new in self.pairs.both if _digest(old) != _digest(new))
        edits = [*self._of_plan(), *self._of_tasks(), *self._of_new(), *self._of_gone()]
        added, gone = (tuple(task.id for task in side) for side in (self.pairs.new, self.pairs.old))
        return Proposal(layout.edit(text, self.plan.path, edits), added, gone, changed)

    @property
    def fresh(self) -> Plan:
        """What of the draft the plan did not have so: its changed and new tasks."""
        changed = (new for old, new in self.pairs.both if _digest(old) != _digest(new))
        return self.draft._replace(document=Document(), tasks=(*changed, *self.pairs.new))

    def _of_plan(self) -> Iterator[Edit]:
        old, new = value_of(DOCUMENT, self.plan.document), value_of(DOCUMENT, self.draft.document)
        wanted = {key: value for key, value in new.items() if value != old.get(key) and (key in OF_DOCUMENT or key not in old)}
        if wanted and not old:
            yield Put(("document",), dict(wanted))
        else:
            yield from (Put(("document", key), value) for key, value in wanted.items())
        if self.plan.period == (None, None) and self.draft.period != (None, None):
            yield Put(("period",), value_of(PERIOD, self.draft.period))

    def _of_tasks(self) -> Iterator[Edit]:
        for old, new in self.pairs.both:
            if _digest(old) != _digest(new):
                yield from self._of_task(old, new)

    def _of_task(self, old: Task, new: Task) -> Iterator[Edit]:
        keys: Keys = ("tasks", old.position)
        if _digest(old) is None:
            yield Put((*keys, "source"), _source(old, new))
            return
        if self._is_renumbered(old, new):
            yield Put((*keys, "source"), _source(old, new))
            yield from _doubts(keys, old.doubts, [say("doubt.clause.renumbered", self.lang, {"first": new.id})])
            return
        before, after = value_of(TASK, old), value_of(TASK, new)
        if normalise(old.title) != normalise(new.title):
            yield Put((*keys, "title"), after["title"])
        if old.basis is not Basis.ASSIGNED and new.basis is Basis.STATED:
            yield from _puts(keys, before, self._duty(old, after), OF_DUTY)
        said = [*new.doubts]
        for edit in self._of_deadlines(keys, old, new):
            if isinstance(edit, str):
                said.append(edit)
            else:
                yield edit
        yield Put((*keys, "source"), _source(old, new))
        said.insert(0, say("doubt.clause.changed", self.lang))
        yield from _doubts(keys, old.doubts, said)

    def _is_renumbered(self, old: Task, new: Task) -> bool:
        """Tell whether a clause has another number and is otherwise the same."""
        clause = self.clauses[new.id]
        number = old.id.rpartition(".")[2]
        forms = [number, han(int(number))] if number.isdecimal() and len(number) < 3 else []
        return any(digest(NUMERAL.sub(form, clause, count=1)) == _digest(old) for form in forms)

    def _duty(self, old: Task, after: dict[str, Value]) -> dict[str, Value]:
        """Keep the names by which a plan calls the same units."""
        canonical = self.directory.canonical
        result = dict(after)
        for role, names in (("lead", old.lead), ("support", old.support)):
            known = {canonical(name): name for name in names}
            value = after.get(role)
            if isinstance(value, list):
                result[role] = [known.get(canonical(str(name)), name) for name in value]
        return result

    def _of_deadlines(self, keys: Keys, old: Task, new: Task) -> Iterator[Edit | str]:
        pairs = match_deadlines(old, new)
        for before, after in pairs.both:
            here: Keys = (*keys, "deadlines", before.position)
            one, other = value_of(DEADLINE, before), value_of(DEADLINE, after)
            wanted = {key: value for key, value in other.items() if key not in OF_A_PERSON and value != one.get(key)}
            gone = [key for key in one if key not in OF_A_PERSON and key not in other]
            if wanted or gone:
                yield from (Put((*here, key), value) for key, value in wanted.items())
                yield from (Remove((*here, key)) for key in gone)
                if after.quote and after.quote != before.quote:
                    yield Put((*here, "quote"), after.quote)
        taken = {each.id for each in old.deadlines}
        for after in pairs.new:
            name = _free(after.id, taken)
            yield Insert((*keys, "deadlines"), None, value_of(DEADLINE, after._replace(id=name)))
        for before in pairs.old:
            yield say("doubt.deadline.gone", self.lang, {"first": before.id, "second": before.quote or before.what or ""})

    def _of_new(self) -> Iterator[Edit]:
        """Insert new tasks where the document has them: before the next one that the plan has."""
        places = {id(new): old.position for old, new in self.pairs.both}
        fresh = {id(task) for task in self.pairs.new}
        taken = {task.id for task in self.plan.tasks}
        following: int | None = None
        edits: list[Edit] = []
        for task in reversed(self.draft.tasks):
            if id(task) in fresh:
                name = _free(task.id, taken)
                doubts = (say("doubt.clause.new", self.lang), *task.doubts)
                value = value_of(TASK, task._replace(id=name, doubts=doubts))
                edits.append(Insert(("tasks",), following, Verbatim(layout.write(value, layout.Kind.TASK))))
            else:
                following = places[id(task)]
        yield from reversed(edits)

    def _of_gone(self) -> Iterator[Edit]:
        for task in self.pairs.old:
            if not task.cancelled:
                yield from _doubts(("tasks", task.position), task.doubts, [say("doubt.clause.gone", self.lang)])


def pair_tasks(plan: Plan, draft: Plan) -> Pairs[Task]:
    """Find the tasks of a plan in a draft: by the clause, by number and title, by title, by number where the words are alike."""
    return (
        unpaired(plan.tasks, draft.tasks)
        .by(_digest, once=True)
        .by(lambda task: (task.id, normalise(task.title)))
        .by(lambda task: normalise(task.title), once=True)
        .by(lambda task: task.id, lambda old, new: _likeness(old, new) >= ALIKE)
        .by(lambda task: task.source and task.source.clause, lambda old, new: _likeness(old, new) >= ALIKE)
    )


def match_deadlines(old: Task, new: Task) -> Pairs[Deadline]:
    """Find the deadlines of a task in a draft, by what they say and never by their ids, which a person has chosen."""
    drafts = {each.id: each for each in new.deadlines}
    fresh = new._replace(deadlines=tuple(each._replace(id=f"\0{each.id}") for each in new.deadlines))
    pairs = pair_deadlines(old, fresh)
    both = tuple((before, drafts[after.id[1:]]) for before, after in pairs.both)
    left = Pairs(both, pairs.old, tuple(drafts[after.id[1:]] for after in pairs.new))
    return left.by(lambda each: (each.kind, _rule(each))).by(lambda each: each.kind, _are_akin, once=True)


def _rule(deadline: Deadline) -> str:
    said = encode(DEADLINE, deadline)
    return repr(sorted((key, repr(value)) for key, value in said.items() if key not in OF_A_PERSON))


def _are_akin(old: Deadline, new: Deadline) -> bool:
    """Tell whether the only two of a kind that are left over may be one, with another date: by what they say, or what is to be done."""
    quotes = _shared(*(normalise(each.quote or "") for each in (old, new)))
    whats = [normalise(each.what or each.metric or "") for each in (old, new)]
    return quotes >= AKIN or _shared(*whats) >= AKIN or (all(whats) and (whats[0] in whats[1] or whats[1] in whats[0]))


def _digest(task: Task) -> str | None:
    return task.source.digest if task.source else None


def _source(old: Task, new: Task) -> dict[str, Value]:
    """Say where a task stands now; what a person has called the clause in a way of his own stays."""
    said = old.source.clause if old.source else None
    keeps = said is not None and not NUMBERED.fullmatch(said)
    return {"clause": said if keeps and said else new.id, "digest": _digest(new) or ""}


def _likeness(old: Task, new: Task) -> float:
    return _shared(normalise(old.title), normalise(new.title))


def _shared(one: str, other: str) -> float:
    """Tell which part of the pairs of characters of two texts they share."""
    first, second = ({text[at : at + 2] for at in range(max(len(text) - 1, 1))} for text in (one, other))
    return 2 * len(first & second) / (len(first) + len(second))


def _puts(keys: Keys, before: dict[str, Value], after: dict[str, Value], names: tuple[str, ...]) -> Iterator[Edit]:
    for name in names:
        if name in after and after[name] != before.get(name):
            yield Put((*keys, name), after[name])
        elif name in before and name not in after:
            yield Remove((*keys, name))


def _doubts(keys: Keys, old: tuple[str, ...], new: list[str]) -> Iterator[Edit]:
    added = [text for text in dict.fromkeys(new) if text not in old]
    if added and not old:
        # A line each, as the one layout has them.
        yield Put((*keys, "doubts"), Verbatim("doubts:\n" + "".join(f"  - {written(text, flow=False)}\n" for text in added)))
    else:
        yield from (Insert((*keys, "doubts"), None, text) for text in added)


def _free(name: str, taken: set[str]) -> str:
    wanted = name
    number = 1
    while wanted in taken:
        number += 1
        wanted = f"{name}-{number}"
    taken.add(wanted)
    return wanted
