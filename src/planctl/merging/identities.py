"""Which items of two lists are the same one: tasks by id, units by name, entries of a log by what they say."""

from __future__ import annotations

import json
from collections import Counter
from enum import Enum, auto
from typing import TYPE_CHECKING, TypeAlias

from planctl.merging.orders import pairs

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planctl.merging.pieces import Value

Identity: TypeAlias = tuple[str, int]
"""What tells an item of a list from the others, and which one it is of those that have the same."""


class Habit(Enum):
    """How a list is merged."""

    RECORDS = auto()
    """Records with an id; their order is only how they are read."""
    LOG = auto()
    """Entries that are appended: those of both sides stay, by date where the list is by date."""
    SET = auto()
    """Names whose order says nothing."""
    ORDER = auto()
    """Names whose order counts: the first lead reports for all."""
    WHOLE = auto()
    """Names that make sense together only."""


KEYS: dict[str, tuple[str, ...]] = {
    "tasks": ("id",),
    "deadlines": ("id",),
    "units": ("name",),
    "groups": ("name",),
    "waivers": ("code", "plan", "task"),
    "calendars": ("year",),
}
EXTENSIONS = "extensions"
LOGS = frozenset({"progress", EXTENSIONS, "events"})
DATES = ("on", "requested", "approved")
SETS = frozenset(
    {"support", "tags", "aliases", "upstream", "recipients", "evidence", "tasks", "successors", "members"}
    | {"doubts", "require_basis", "holidays", "workdays"}
)
WHOLE = frozenset({"section"})


def habit_of(name: str, items: Iterable[Value]) -> Habit:
    """Tell how the list of this name is merged, from what it holds."""
    if name in LOGS:
        return Habit.LOG
    if name in WHOLE:
        return Habit.WHOLE
    if name in KEYS and all(isinstance(item, dict) for item in items):
        return Habit.RECORDS
    return Habit.SET if name in SETS else Habit.ORDER


def identify(name: str, habit: Habit, items: Sequence[Value]) -> list[Identity]:
    """Give each item of a list its identity."""
    seen: Counter[str] = Counter()
    found = []
    for item in items:
        text = _name_of(item, KEYS[name]) if habit is Habit.RECORDS else _content(item)
        found.append((text, seen[text]))
        seen[text] += 1
    return found


def _content(item: Value) -> str:
    return item if isinstance(item, str) else json.dumps(item, ensure_ascii=False, sort_keys=True)


def _name_of(item: Value, keys: tuple[str, ...]) -> str:
    values = [item.get(key) for key in keys] if isinstance(item, dict) else []
    return json.dumps(values, ensure_ascii=False) if any(values) else _content(item)


def recognise(base: Sequence[Value], side: Sequence[Value], of_base: Sequence[Identity], of_side: list[Identity]) -> list[Identity]:
    """Give corrected entries of a log the identity of what they were: one that stands in the place of another and says half the same."""
    old, new = ([f"{text}\n{number}" for text, number in identities] for identities in (of_base, of_side))
    if set(old) <= set(new):
        return of_side
    found = list(of_side)
    for gone, come in pairs(old, new):
        for place in gone:
            match = next((other for other in come if _is_alike(base[place], side[other])), None)
            if match is not None and of_base[place] not in of_side:
                found[match] = of_base[place]
                come.remove(match)
    return found


def rivals(values: Sequence[Sequence[Value]], base: Sequence[Identity], sides: Sequence[list[Identity]]) -> list[list[Identity]]:
    """Give two approvals of both sides one identity where each moves the same date: only one of them can hold."""
    (mine, yours), (ours, theirs) = values, sides
    found = list(theirs)
    for one, identity in zip(mine, ours, strict=True):
        for place, other in enumerate(yours):
            new = identity not in base and identity not in theirs and theirs[place] not in base and theirs[place] not in ours
            if new and _is_rival(one, other) and identity not in found:
                found[place] = identity
    return [list(ours), found]


def _is_rival(one: Value, other: Value) -> bool:
    """Tell whether two extensions move the same date; a deadline that is not named is the only one."""
    if not (isinstance(one, dict) and isinstance(other, dict) and one.get("approved") and other.get("approved")):
        return False
    same = (
        one.get(key) == other.get(key) or (key != "from" and not (one.get(key) and other.get(key)))
        for key in ("deadline", "period", "from")
    )
    return all(same)


def _is_alike(one: Value, other: Value) -> bool:
    if not (isinstance(one, dict) and isinstance(other, dict)):
        return False
    return 2 * sum(key in other and other[key] == value for key, value in one.items()) >= max(len(one), len(other))


def date_of(item: Value) -> str | None:
    """Give the date by which an entry of a log is in order."""
    if not isinstance(item, dict):
        return None
    return next((value for key in DATES if isinstance(value := item.get(key), str)), None)


def is_by_date(items: Iterable[Value]) -> bool:
    """Tell whether a log is in the order of its dates."""
    dates = [date_of(item) for item in items]
    known = [date for date in dates if date is not None]
    return len(known) == len(dates) and known == sorted(known)


def label_of(name: str, item: Value) -> str:
    """Name an item for people."""
    if not isinstance(item, dict):
        return str(item)
    keys = ("id", "name", "code", "year", *DATES)
    said = [value for key in keys if isinstance(value := item.get(key), str)][:1]
    if name == "waivers" and isinstance(item.get("task"), str):
        said.append(str(item["task"]))
    return " ".join(said)
