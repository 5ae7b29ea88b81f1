"""Writing a recording into its file, and taking the last one back, while no other process of planctl can write there."""

from __future__ import annotations

import os
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from planctl import codec, layout, sources, storage, yamltree
from planctl.editing import Put, Remove, take
from planctl.editing.values import comments_in
from planctl.errors import NotEditableError, PlanctlError
from planctl.problems import Severity
from planctl.recording import journal
from planctl.recording.entries import Named
from planctl.recording.errors import ChangedSinceError
from planctl.recording.preparing import Prepared, prepare

if TYPE_CHECKING:
    from datetime import date

    from planctl.editing import Edit, Keys, Value
    from planctl.recording.entries import Entry, Recording
    from planctl.recording.journal import Line
    from planctl.workspace import Workspace
    from planctl.yamltree import Node


class Wish(NamedTuple):
    """How a recording is wanted."""

    folder: str
    """The folder of plans; the journal stands beside them."""
    today: date
    dry_run: bool = False
    remark: str | None = None
    """The reason to record what is refused otherwise, as a sentence for the note."""
    refusing: frozenset[str] = frozenset()
    """Codes of warnings that refuse it too."""


class Written(NamedTuple):
    """What became of a recording."""

    prepared: Prepared
    before: bytes
    refused: bool
    trouble: PlanctlError | None = None
    """Why the journal does not have it: it stands in its file, and cannot be undone by command."""


def record(workspace: Workspace, recording: Recording, wish: Wish) -> Written:
    """Write a recording into its file, unless it would make the file wrong. The file is read again first, and found by names.

    Raises:
        As `planctl.storage.update` and `planctl.recording.preparing.prepare`.
    """
    path = recording.path
    if wish.dry_run:
        return _prepared(workspace, recording, storage.read_whole(path), wish)
    with storage.locked(path):
        return write(workspace, recording, wish)


def write(workspace: Workspace, recording: Recording, wish: Wish) -> Written:
    """Write a recording as `record` does, into a file that the caller holds."""
    path = recording.path
    data = storage.read_whole(path)
    found = _prepared(workspace, recording, data, wish)
    if found.refused:
        return found
    storage.save(path, found.prepared.data, data)
    try:
        journal.append(wish.folder, _line(found.prepared.recording, data, found.prepared.data))
    except PlanctlError as error:
        return found._replace(trouble=error)
    return found


def _prepared(workspace: Workspace, recording: Recording, data: bytes, wish: Wish) -> Written:
    found = prepare(workspace, recording, data, wish.today)
    refused = any(each.severity is Severity.ERROR or each.code in wish.refusing for each in found.problems)
    if refused and wish.remark and not found.unreadable:
        return Written(prepare(workspace, recording.with_remark(wish.remark), data, wish.today), data, refused=False)
    return Written(found, data, refused=refused)


def _line(recording: Recording, before: bytes, after: bytes) -> Line:
    return journal.Line(recording, _digest(before), _digest(after), journal.splice_of(before.decode(), after.decode()), os.urandom(8).hex())


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()


class Undone(NamedTuple):
    """What was taken back."""

    recording: Recording
    before: bytes
    after: bytes


def undo(folder: str, *, dry_run: bool = False) -> Undone | None:
    """Take back the last recording of this working tree; nothing where there is none.

    Raises:
        ChangedSinceError: the entry is no longer what was recorded.
        As `planctl.storage.update`.
    """
    while line := journal.last(folder):
        path = line.recording.path
        if dry_run:
            data = storage.read_whole(path)
            return Undone(line.recording, data, _restored(line, data))
        with storage.locked(path):
            if journal.last(folder) != line:
                continue  # another process was faster
            data = storage.read_whole(path)
            restored = _restored(line, data)
            storage.save(path, restored, data)
            journal.drop(folder, line)
            return Undone(line.recording, data, restored)
    return None


def _restored(line: Line, data: bytes) -> bytes:
    """Give the file without an entry: as it was if nothing else has changed, else with all that has changed elsewhere."""
    if _digest(data) == line.after:
        text, (start, old, new) = data.decode(), line.splice
        before = (text[:start] + old + text[start + len(new) :]).encode()
        if _digest(before) == line.before:
            return before
    source = sources.decode(line.recording.path, data)
    tree, flaws = yamltree.parse(source.text)
    if flaws or source.trouble:
        raise ChangedSinceError(path=line.recording.path)
    edits = [_removal(tree, entry, source.text, line) for entry in line.recording.entries]
    restored = layout.edit(data.decode(), line.recording.path, edits).encode()
    if codec.decode(sources.decode(line.recording.path, restored))[0] is None:
        raise NotEditableError
    return restored


def _removal(tree: Node, entry: Entry, text: str, line: Line) -> Edit:
    """Find an entry where it was put, and say how it goes.

    Raises:
        ChangedSinceError: it is not there as it was recorded, or somebody has written a comment to it.
    """
    keys, found = _find(tree, entry.at)
    if not entry.item:
        if keys is None or found != entry.value:
            raise ChangedSinceError(path=line.recording.path)
        return Remove(keys) if entry.was is None else Put(keys, entry.was)
    items = found if isinstance(found, list) else []
    places = [index for index, item in enumerate(items) if item == entry.value]
    if keys is None or not places:
        raise ChangedSinceError(path=line.recording.path, now=_edited(items, entry.value))
    if comments_in(take(text, (*keys, places[-1]))):
        raise ChangedSinceError(path=line.recording.path)
    # The list goes with its only item where it came with it.
    return Remove(keys) if len(items) == 1 and entry.was is None and entry.at != ("tasks",) else Remove((*keys, places[-1]))


def _edited(items: list[Node], value: Value) -> list[str]:
    """Say what is another in the item that is most like an entry, if one is like it at all: `key: old → new`."""
    if not isinstance(value, dict):
        return []
    old = {key: _flat(each) for key, each in value.items()}
    found: list[str] = []
    for item in items:
        now = {key: _flat(each) for key, each in item.items()} if isinstance(item, dict) else {}
        changed = [key for key in {**old, **now} if old.get(key) != now.get(key)]
        if 2 * len(changed) <= len(old) and (not found or len(changed) < len(found)):
            found = [f"{key}: {old.get(key, '—')} → {now.get(key, '—')}" for key in changed]
    return found


def _flat(value: Node | Value) -> str:
    if isinstance(value, list):
        return "、".join(map(_flat, value))
    return str(value.get("path", "")) if isinstance(value, dict) else str(value)


def give_up(folder: str, *, dry_run: bool = False) -> Recording | None:
    """Take the last entry off the journal, if there is one, and leave its file, so that the one before can be taken back.

    Raises:
        CannotWriteError, LockedError: the operating system or another process is against it.
    """
    line = journal.last(folder)
    if line and not dry_run:
        journal.drop(folder, line)
    return line.recording if line else None


def _find(tree: Node, at: tuple[str | Named, ...]) -> tuple[Keys | None, Node]:
    """Follow names through a tree."""
    keys: list[str | int] = []
    found = tree
    for step in at:
        if isinstance(step, Named) and isinstance(found, list):
            place = next((n for n, item in enumerate(found) if isinstance(item, dict) and item.get(step.key) == step.value), None)
            if place is None:
                return None, None
            keys.append(place)
            found = found[place]
        elif isinstance(step, str) and isinstance(found, dict):
            keys.append(step)
            found = found.get(step)
        else:
            return None, None
    return tuple(keys), found
