"""Whether what a task says still stands in its clause: the digest, the title, the quotes and the units."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from planctl.digests import digest
from planctl.model import Basis
from planctl.phrases.numerals import han
from planctl.verification.differences import difference
from planctl.verification.prints import fold
from planctl.verification.records import Finding, Kind, Tally

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planctl.model import Deadline, Task
    from planctl.verification.clauses import Clause, Paper
    from planctl.verification.homes import Home
    from planctl.verification.names import Names
    from planctl.verification.prints import Stretch

SHOWN = 60
"""Characters of a passage that is shown."""
NUMBER = re.compile(r"[0-9０-９]{1,3}|[一二三四五六七八九十]{1,3}")
FARTHEST = 12
"""Characters of a clause within which its number stands."""
HIGHEST = 99
"""The numbers that a clause may have had."""
SHORTEST = 3
"""Characters that words must have to look for the passage nearest to them."""


class Mention(NamedTuple):
    """A name in a task."""

    name: str
    keys: tuple[str | int, ...]
    field: str
    deadline: str | None = None


class Inspector:
    """Compares tasks with a document.

    Args:
        paper: the document.
        names: how units are named.
        former: the texts of clauses in an earlier document, by their digests.
    """

    def __init__(self, paper: Paper, names: Names, former: dict[str, str]) -> None:
        self.paper = paper
        self.names = names
        self.former = former
        self._named: dict[str, bool] = {}
        self.quotes = Tally(0, 0)
        self.units = Tally(0, 0)
        self.clauses = Tally(0, 0)

    def inspect(self, task: Task, home: Home | None) -> Iterator[Finding]:
        """Find what does not hold of a task, and count what does."""
        if home is None and task.cancelled:
            return
        keys = ("tasks", task.position)
        self.clauses = _counted(self.clauses, holds=bool(home and home.is_proven))
        if home is None:
            yield self._homeless(task)
        else:
            yield from self._digest(task, home)
            yield from self._title(task, home)
        for deadline in task.deadlines:
            if deadline.quote:
                found = list(self._quote(task, deadline, home))
                self.quotes = _counted(self.quotes, holds=not found)
                yield from found
        for mention in _mentions(task, keys):
            found = list(self._unit(task, mention, home))
            self.units = _counted(self.units, holds=all(finding.is_hint for finding in found))
            yield from found

    # The clause

    def _homeless(self, task: Task) -> Finding:
        near = self.paper.print.nearest(task.title) if len(task.title) >= SHORTEST else None
        finding = Finding(Kind.TASK_WITHOUT_CLAUSE, ("tasks", task.position, "id"), task.id, field="id", words=task.title)
        return self._compared(finding, near, None)

    def _digest(self, task: Task, home: Home) -> Iterator[Finding]:
        kept, clause = task.source.digest if task.source else None, home.clause
        if home.is_proven or clause is None:
            return
        finding = Finding(Kind.DIGEST_ABSENT, ("tasks", task.position), task.id, field="digest", digest=self.paper.digest(clause))
        if kept:
            now = self.paper.source_text(clause.own_spans)
            renumbered = _renumbered(now, kept)
            before = renumbered or self.former.get(kept)
            changed = difference(before, now) if before is not None else ()
            keys = ("tasks", task.position, "source", "clause" if renumbered and task.source and task.source.clause else "digest")
            finding = finding._replace(kind=Kind.DIGEST_DIFFERS, keys=keys, words=kept, difference=changed)
            finding = finding._replace(field="clause") if renumbered else finding
        yield self._shown(finding, clause.own)

    def _title(self, task: Task, home: Home) -> Iterator[Finding]:
        is_shared = home.clause is not None and self.paper.shares(home.clause, task.title)
        if is_shared or fold(task.title) in self.paper.print.cut(home.stretch):
            return
        near = self.paper.print.nearest(task.title, home.stretch) if len(task.title) >= SHORTEST else None
        finding = Finding(Kind.TITLE_MISSING, ("tasks", task.position, "title"), task.id, field="title", words=task.title)
        yield self._compared(finding, near, home)

    # Quotes

    def _quote(self, task: Task, deadline: Deadline, home: Home | None) -> Iterator[Finding]:
        quote = deadline.quote or ""
        is_shared = home is not None and home.clause is not None and self.paper.shares(home.clause, quote)
        if is_shared or self.paper.print.find(quote, home.stretch if home else None):
            return
        keys = ("tasks", task.position, "deadlines", deadline.position, "quote")
        finding = Finding(Kind.QUOTE_MISSING, keys, task.id, deadline.id, "quote", quote)
        if place := self.paper.print.find(quote):
            yield self._shown(finding._replace(kind=Kind.QUOTE_ELSEWHERE), place)
        else:
            yield self._compared(finding, self._nearest(quote, home), home)

    def _nearest(self, words: str, home: Home | None) -> Stretch | None:
        """Find the passage nearest to some words: in the clause, else anywhere."""
        if len(words) < SHORTEST:
            return None
        within = self.paper.print.nearest(words, home.stretch) if home else None
        return within or self.paper.print.nearest(words)

    # Units

    def _unit(self, task: Task, mention: Mention, home: Home | None) -> Iterator[Finding]:
        name, sheet = mention.name, self.paper.print
        if home and (self.names.stand(name, sheet.cut(home.stretch)) or self._is_understood(name, home.clause)):
            return
        finding = Finding(Kind.UNIT_MISSING, mention.keys, task.id, mention.deadline, mention.field, name)
        if not self._is_named(name):
            near = self._nearest(name, home)
            yield self._compared(finding, near and self.paper.print.as_name(near), home)
        elif home and not (task.basis is Basis.ADDRESSEE and mention.field in ("lead", "support")):
            yield self._shown(finding._replace(kind=Kind.UNIT_ELSEWHERE), home.stretch)

    def _is_named(self, name: str) -> bool:
        """Tell whether the document names a unit anywhere."""
        if name not in self._named:
            self._named[name] = self.names.stand(name, self.paper.print.text)
        return self._named[name]

    def _is_understood(self, name: str, clause: Clause | None) -> bool:
        """Tell whether the clause was understood to name a unit: in the heading of its section, or in a cell of several rows."""
        canonical = self.names.directory.canonical
        drafted = (*clause.drafted.lead, *clause.drafted.support) if clause else ()
        return fold(canonical(name)) in {fold(canonical(each)) for each in drafted}

    # Places

    def _shown(self, finding: Finding, stretch: Stretch | None) -> Finding:
        """Say where a passage stands, in which clause, and how it begins."""
        if stretch is None:
            return finding
        sheet, clause = self.paper.print, self.paper.clause_at(stretch.start)
        number = clause.number if clause else None
        return finding._replace(found=sheet.printed(stretch, SHOWN), place=sheet.place(stretch.start), clause=number)

    def _compared(self, finding: Finding, near: Stretch | None, home: Home | None) -> Finding:
        """Show the nearest passage and how it differs; where there is none, where to look."""
        if near is None:
            return self._shown(finding, home.stretch)._replace(found="") if home else finding
        return self._shown(finding, near)._replace(difference=difference(finding.words, self.paper.print.printed(near)))


def _renumbered(text: str, kept: str) -> str | None:
    """Give the text that a digest is of, where only the number of its clause was another."""
    found = NUMBER.search(text, 0, FARTHEST)
    numbers = range(1, HIGHEST + 1) if found else ()
    texts = (text[: found.start()] + form + text[found.end() :] for number in numbers for form in (str(number), han(number)) if found)
    return next((each for each in texts if digest(each) == kept), None)


def _counted(tally: Tally, *, holds: bool) -> Tally:
    return Tally(tally.proven + holds, tally.total + 1)


def _mentions(task: Task, keys: tuple[str | int, ...]) -> Iterator[Mention]:
    """Go through the names of a task; a lead that somebody assigned is not to be looked for."""
    if task.basis is not Basis.ASSIGNED:
        yield from (Mention(name, (*keys, "lead", number), "lead") for number, name in enumerate(task.lead))
    yield from (Mention(name, (*keys, "support", number), "support") for number, name in enumerate(task.support))
    for deadline in task.deadlines:
        here = (*keys, "deadlines", deadline.position)
        for field, names in (("actors", deadline.actors), ("recipients", deadline.recipients)):
            yield from (Mention(name, (*here, field, number), field, deadline.id) for number, name in enumerate(names))
