"""The journal of what was recorded in this working tree: a folder beside the plans, which ignores itself, so that git never has it.

A line an entry. It serves `undo` alone; what the plans say does not depend on it.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from typing import Any, NamedTuple

from planctl import storage
from planctl.errors import CannotWriteError
from planctl.recording.entries import Entry, Kind, Named, Recording

FOLDER, NAME = ".planctl-journal", "entries.jsonl"
LIMIT = 1_000_000
"""Bytes from which on the oldest half goes."""


class Splice(NamedTuple):
    """A piece of a text that took the place of another."""

    start: int
    old: str
    new: str


class Line(NamedTuple):
    """One entry: what was recorded, and the file before and after."""

    recording: Recording
    before: str
    """The sha256 of the file."""
    after: str
    splice: Splice
    id: str
    """What tells it from any other."""


def splice_of(before: str, after: str) -> Splice:
    """Say where two texts differ."""
    start = _common(before, after)
    end = _common(before[start:][::-1], after[start:][::-1])
    return Splice(start, before[start : len(before) - end], after[start : len(after) - end])


def _common(one: str, other: str) -> int:
    """Count the characters that two texts begin with alike."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def append(folder: str, line: Line) -> None:
    """Add an entry to the journal beside a folder of plans.

    Raises:
        CannotWriteError, LockedError: the operating system or another process is against it.
    """
    path = os.path.join(_place(folder), NAME)
    try:
        with storage.locked(path):
            with open(path, "ab") as file:
                # What a crash left half written ends here, so that it takes no line with it.
                lead = b"" if file.tell() == 0 or _ends_whole(path) else b"\n"
                file.write(lead + _written(line, folder))
                size = file.tell()
            if size > LIMIT:
                data = storage.read_whole(path)
                storage.save(path, data[data.index(b"\n", len(data) // 2) + 1 :])
    except OSError as error:
        raise CannotWriteError(path=path, reason=error.strerror) from error


def keep(folder: str, path: str, data: bytes) -> str:
    """Keep what a file held before somebody edited it, beside the journal, and give the place.

    Raises:
        CannotWriteError: the operating system is against it.
    """
    place = _place(folder)
    kept = os.path.join(place, f"{os.path.basename(path)}.before")
    storage.save(kept, data)
    return os.path.normpath(kept)


def _place(folder: str) -> str:
    """Give the folder of the journal; it is made where it is not there.

    Raises:
        CannotWriteError: the operating system is against it.
    """
    place = os.path.join(folder, FOLDER)
    try:
        os.makedirs(place, exist_ok=True)
    except OSError as error:
        raise CannotWriteError(path=place, reason=error.strerror) from error
    if not os.path.exists(os.path.join(place, ".gitignore")):
        storage.save(os.path.join(place, ".gitignore"), b"*\n")
    return place


def _ends_whole(path: str) -> bool:
    with open(path, "rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read() == b"\n"


def last(folder: str) -> Line | None:
    """Give the last entry of the journal beside a folder of plans, if there is any."""
    path = os.path.join(folder, FOLDER, NAME)
    if not os.path.exists(path):
        return None
    for text in reversed(storage.read_whole(path).splitlines()):
        line = _read(text, folder)
        if line:
            return line
    return None


def drop(folder: str, line: Line) -> None:
    """Take an entry out of the journal.

    Raises:
        CannotWriteError, LockedError: the operating system or another process is against it.
    """

    def without(data: bytes) -> bytes:
        kept = [text for text in data.splitlines(keepends=True) if (found := _read(text, folder)) and found.id != line.id]
        return b"".join(kept)

    storage.update(os.path.join(folder, FOLDER, NAME), without)


def _written(line: Line, folder: str) -> bytes:
    values = line._asdict() | {
        "splice": line.splice._asdict(),
        "recording": line.recording._asdict()
        | {
            "path": os.path.relpath(line.recording.path, folder),
            "entries": [entry._asdict() | {"at": [_step(step) for step in entry.at]} for entry in line.recording.entries],
        },
    }
    return json.dumps(values, ensure_ascii=True).encode() + b"\n"


def _step(step: str | Named) -> str | dict[str, str]:
    return step if isinstance(step, str) else step._asdict()


def _read(text: bytes, folder: str) -> Line | None:
    """Read a line; one that a crash has cut off is none."""
    with suppress(ValueError, KeyError, TypeError):
        values = json.loads(text)
        found: dict[str, Any] = values["recording"]
        entries = tuple(_entry(each) for each in found["entries"])
        path = os.path.normpath(os.path.join(folder, found["path"]))
        recording = Recording(Kind(found["kind"]), path, entries, found["plan"], found["task"], found.get("forms", 0))
        return Line(recording, values["before"], values["after"], Splice(**values["splice"]), values["id"])
    return None


def _entry(values: dict[str, Any]) -> Entry:
    at = tuple(step if isinstance(step, str) else Named(**step) for step in values["at"])
    return Entry(**{**values, "at": at})
