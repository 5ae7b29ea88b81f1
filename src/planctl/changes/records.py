"""A change: what differs between two states of a workspace, as a value with both places, a level and a fingerprint.

The values in it are plain (texts, numbers, truth values, dates, lists, mappings), so that every format can write them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import time
from enum import Enum, StrEnum
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from planctl.model import Cycle, DayOf, Evidence, Period, Span, Target

Keys: TypeAlias = "tuple[str | int, ...]"
NOTHING: Mapping[str, object] = MappingProxyType({})
WRITTEN = (Cycle, Span, DayOf, Target, time)
"""Values that a file holds as one text."""
KEYS = {"old": "from", "new": "to", "start": "from", "end": "to", "counted": "count", "index_number": "index"}
"""Attributes of records whose key in the file is another; those of a period are not."""
LEFT_OUT = frozenset({"position", "path"})
"""Attributes that say where a record stands and not what it says."""


class Level(StrEnum):
    """How much a change matters to who reviews it."""

    BREAKING = "breaking"
    NOTABLE = "notable"
    ROUTINE = "routine"


RANK = {Level.BREAKING: 0, Level.NOTABLE: 1, Level.ROUTINE: 2}
"""Breaking changes come first."""


class ChangeKind(StrEnum):
    """What has become of a thing."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


class Place(NamedTuple):
    """Where a thing stands; `workspace.locate(path, keys)` gives the line and the column."""

    path: str
    keys: Keys = ()


class Change(NamedTuple):
    """One difference between two states of a workspace.

    `plan`, `task` and `deadline` are ids of the new state, or of the old one for what is no longer there. `field` is the key in the
    file, with the keys above it from the record that the change is about: `lead`, `deadlines.due`, `document.number`, `units.name`.
    """

    kind: ChangeKind
    field: str
    plan: str | None
    task: str | None
    deadline: str | None
    old: object
    new: object
    level: Level
    before: Place | None = None
    after: Place | None = None
    details: Mapping[str, object] = NOTHING
    """What else there is to say: by how many days a date moved, which entry is meant, from which tasks one was made."""

    @property
    def fingerprint(self) -> str:
        """What names this change: it stays the same when lines shift, files move or the layout or a level is another."""
        said = [self.kind, self.field, self.plan, self.task, self.deadline, self.old, self.new, dict(self.details)]
        text = json.dumps(said, ensure_ascii=False, sort_keys=True, default=str)
        return hashlib.sha256(text.encode(errors="backslashreplace")).hexdigest()[:12]


def plain(value: object) -> object:
    """Make a value of the model plain: records become mappings with the keys of the file, without what is absent and where they stand."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Evidence):
        return f"{value.path} sha256:{value.sha256[:12]}" if value.sha256 else value.path
    if isinstance(value, WRITTEN):
        return str(value) if not isinstance(value, time) else value.strftime("%H:%M")
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if hasattr(value, "_asdict"):
        return _mapping(value)
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, (list, tuple)) else value


def _mapping(record: object) -> dict[str, object]:
    values: dict[str, object] = record._asdict()  # type: ignore[attr-defined]  # only named tuples come here
    keys = {} if isinstance(record, Period) else KEYS
    return {
        keys.get(name, name): plain(value)
        for name, value in values.items()
        if name not in LEFT_OUT and value is not None and value is not False and value != ()
    }
