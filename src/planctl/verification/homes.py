"""Which clause each task of a plan is: proven by its digest, else by its title, its number with its words, or its place between others."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

from planctl.verification.prints import Stretch, fold
from planctl.verification.stretches import find_stretches

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from planctl.model import Plan, Task
    from planctl.verification.clauses import Clause, Paper

T = TypeVar("T")
ALIKE = 0.5
"""The part of the pairs of characters of a title that stands in the clause that has its number."""


class Home(NamedTuple):
    """Where a task stands in the document: the stretch to look for its words in, and the clause, if it is one that was found."""

    stretch: Stretch
    clause: Clause | None
    is_proven: bool


class Homes(NamedTuple):
    """The homes of tasks, by their positions, and the clauses that are nobody's."""

    of: dict[int, Home]
    left: tuple[Clause, ...]


def find_homes(paper: Paper, plan: Plan) -> Homes:
    """Find the clause of each task."""
    stretches = find_stretches(paper, (digest for task in plan.tasks if (digest := _digest(task))))
    proven = {task.position: _proven(paper, stretches[digest]) for task in plan.tasks if (digest := _digest(task)) in stretches}
    taken = [home.stretch if home.clause is None else home.clause.own for home in proven.values()]
    own = [stretches[digest] for task in plan.tasks if (digest := _digest(task)) in stretches]
    free = [clause for clause in paper.clauses if not any(each.start <= clause.own.start < each.end for each in (*taken, *own))]
    pairing = _Pairing(paper, plan.tasks, free, proven)
    return Homes(proven | pairing.pair(), tuple(pairing.free))


def _digest(task: Task) -> str:
    return (task.source and task.source.digest) or ""


def _proven(paper: Paper, stretch: Stretch) -> Home:
    clause = next((each for each in paper.clauses if each.own.start == stretch.start), None)
    end = max(stretch.end, clause.whole.end) if clause else stretch.end
    return Home(Stretch(stretch.start, end), clause, is_proven=True)


class _Pairing:
    """Pairs the tasks that have no home with the clauses that are nobody's."""

    def __init__(self, paper: Paper, tasks: Sequence[Task], free: list[Clause], proven: dict[int, Home]) -> None:
        self.paper = paper
        self.tasks = tasks
        self.free = free
        self.proven = proven
        self.found: dict[int, Home] = {}

    def pair(self) -> dict[int, Home]:
        """Pair by one likeness after the other."""
        self._by(lambda task: fold(task.title), lambda clause: fold(clause.drafted.title.text))
        self._by(_reference, lambda clause: clause.drafted.id, self._is_alike)
        self._by(lambda task: task.id, lambda clause: clause.drafted.id, self._is_alike)
        self._by_words()
        self._by_place()
        return self.found

    def _open(self) -> list[Task]:
        return [task for task in self.tasks if task.position not in self.proven and task.position not in self.found]

    def _take(self, task: Task, clause: Clause) -> None:
        self.found[task.position] = Home(clause.whole, clause, is_proven=False)
        self.free.remove(clause)

    def _by(self, key: Callable[[Task], str], other: Callable[[Clause], str], agrees: Callable[[Task, Clause], bool] | None = None) -> None:
        """Pair what has the same key, where it stands once on either side."""
        clauses = _single(self.free, other)
        for name, task in _single(self._open(), key).items():
            clause = clauses.get(name)
            if name and clause and (agrees is None or agrees(task, clause)):
                self._take(task, clause)

    def _is_alike(self, task: Task, clause: Clause) -> bool:
        """Tell whether much of a title, or a quote, stands in a clause."""
        text, title = self.paper.print.cut(clause.whole), fold(task.title)
        pairs = {title[at : at + 2] for at in range(len(title) - 1)}
        quotes = [fold(each.quote) for each in task.deadlines if each.quote]
        return sum(pair in text for pair in pairs) >= ALIKE * max(len(pairs), 1) or any(quote in text for quote in quotes)

    def _by_words(self) -> None:
        """Pair a task with the one clause that has all of its title."""
        for task in self._open():
            title = fold(task.title)
            holding = [clause for clause in self.free if title in self.paper.print.cut(clause.whole)]
            if len(holding) == 1:
                self._take(task, holding[0])

    def _by_place(self) -> None:
        """Pair the one task between two with the one clause between theirs."""
        for task, before, after in list(self._gaps()):
            between = [clause for clause in self.free if before <= clause.own.start < after]
            if len(between) == 1:
                self._take(task, between[0])

    def _gaps(self) -> Iterator[tuple[Task, int, int]]:
        homes = self.proven | self.found
        last = len(self.tasks) - 1
        for place, task in enumerate(self.tasks):
            if task.position in homes:
                continue
            before = homes.get(self.tasks[place - 1].position) if place else None
            after = homes.get(self.tasks[place + 1].position) if place < last else None
            if (before or not place) and (after or place == last) and (before or after):
                start = before.stretch.start + 1 if before else 0
                yield task, start, after.stretch.start if after else self.paper.print.whole.end


def _reference(task: Task) -> str:
    return (task.source and task.source.clause) or ""


def _single(items: Iterable[T], key: Callable[[T], str]) -> dict[str, T]:
    """Give by its key each item whose key no other has."""
    found: dict[str, list[T]] = {}
    for item in items:
        found.setdefault(key(item), []).append(item)
    return {name: several[0] for name, several in found.items() if len(several) == 1}
