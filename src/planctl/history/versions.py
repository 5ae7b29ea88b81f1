"""Versions: the texts that a file had over time. Each is decoded once, and of two that are much alike only what differs.

A plan of a hundred tasks has as many versions as it has commits, and nearly all of each is in the one before. A text is therefore cut
before each task; the pieces are decoded by themselves, and every distinct piece once. This gives what decoding the whole gives: a piece
that is complete leaves the parser where it found it. Where a piece is not, or has any flaw, the whole text is decoded.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, NamedTuple

from planctl.codec import decode
from planctl.model import Plan
from planctl.sources import SETTINGS_NAME, UNITS_NAME, Source
from planctl.sources import decode as decode_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planctl.codec import Record
    from planctl.model import Task
    from planctl.problems import Problem

TASKS = re.compile(r"\ntasks:[ \t]*(?:#[^\r\n]*)?\r?(?=\n)")
ITEM = re.compile(r"\n *- ")
END = re.compile(r"\n[^ #\-\r\n]")
"""What comes after the list of tasks: another key. These begin with a character, for which the search is fastest."""
ALONE = "planctl: 1\nid: alone\ntitle: alone\ntasks:"
"""What makes a plan of the text of one task."""
HARMLESS = frozenset({"P011"})
"""Errors that leave out nothing known: keys of another version of planctl."""


class Version(NamedTuple):
    """What a text says, and what is wrong with it."""

    record: Record | None
    problems: tuple[Problem, ...] = ()

    def is_sound(self, task: str) -> bool:
        """Tell whether what is said of a task can be relied on."""
        return self.record is not None and not any(found.task == task and found.code not in HARMLESS for found in self.problems)


class _Pieces(NamedTuple):
    head: str
    """The text without its tasks."""
    tasks: tuple[str, ...]


class Versions:
    """Decodes versions of files, and remembers the pieces that they share."""

    def __init__(self) -> None:
        self._heads: dict[tuple[str, str], Plan | None] = {}
        self._tasks: dict[str, Task | None] = {}

    def read(self, path: str, data: bytes) -> Version:
        """Decode one version of a file."""
        source = decode_bytes(path, data)
        plan = None if os.path.basename(path) in (UNITS_NAME, SETTINGS_NAME) or source.trouble else self._assemble(source)
        if plan:
            return Version(plan)
        record, problems = decode(source)
        return Version(record, tuple(problems))

    def _assemble(self, source: Source) -> Plan | None:
        """Put a plan together from its pieces, if every one of them is without a flaw."""
        pieces = _cut(source.text)
        head = self._head(source.path, pieces.head) if pieces else None
        if pieces is None or head is None:
            return None
        tasks = list(self._numbered(pieces.tasks))
        return head._replace(tasks=tuple(tasks)) if len(tasks) == len(pieces.tasks) else None

    def _head(self, path: str, text: str) -> Plan | None:
        if (path, text) not in self._heads:
            record, problems = decode(Source(path, text))
            self._heads[path, text] = record if isinstance(record, Plan) and not problems and not record.tasks else None
        return self._heads[path, text]

    def _numbered(self, texts: tuple[str, ...]) -> Iterator[Task]:
        for position, text in enumerate(texts):
            task = self._task(text)
            if task is None:
                return
            yield task if task.position == position else task._replace(position=position)

    def _task(self, text: str) -> Task | None:
        if text not in self._tasks:
            record, problems = decode(Source("alone", ALONE + text))
            tasks = record.tasks if isinstance(record, Plan) and not problems else ()
            self._tasks[text] = tasks[0] if len(tasks) == 1 else None
        return self._tasks[text]


def _cut(text: str) -> _Pieces | None:
    """Cut a text before each of its tasks, if they are a list in block style."""
    starts = list(TASKS.finditer(text))
    first = ITEM.search(text, starts[0].end()) if len(starts) == 1 else None
    if first is None:
        return None
    ending = END.search(text, starts[0].end())
    end = ending.start() + 1 if ending else len(text)
    if end < first.end():
        return None
    dash = first[0]
    *pieces, last = text[first.end() : end].split(dash)
    head = "".join((text[: starts[0].start()], "\ntasks: []", text[starts[0].end() : first.start()], "\n", text[end:]))
    return _Pieces(head, (*(f"{dash}{piece}\n" for piece in pieces), dash + last))
