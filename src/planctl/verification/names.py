"""How a text names a unit: by its name, by an alias, or by a short form behind a prefix that the first of a list has for all.

In 城区法制办、司法局 both are of 城区: so 城区司法局 stands there. 司法局 alone could be another's, unless it is an alias.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.verification.prints import BREAK, fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planctl.directory import Directory
    from planctl.model import Group, Unit

STOPS = frozenset(f",;:.。()[]<>{BREAK}")
"""What ends a list of names."""
LONGEST_LIST = 400
MOST = 2_000
"""Places of a short form that are looked at."""
BEFORE = frozenset("、由和与及同或向对经从请报按据在")
"""What may stand before a short form, besides the beginning of a list."""


class Names:
    """Looks for the units of a directory in texts that are folded."""

    def __init__(self, directory: Directory) -> None:
        self.directory = directory

    def stand(self, name: str, text: str) -> bool:
        """Tell whether a text names a unit or group; a group stands also where all its members do."""
        if any(_is_there(name, each, text) for each in self.of(name)):
            return True
        members = self.directory.members(name)
        return bool(members) and all(any(_is_there(one, each, text) for each in self.of(one)) for one in members or ())

    def of(self, name: str) -> Iterator[str]:
        """Give the names of a unit, and those of the units that it comes from."""
        yield name
        entry = self.directory.find(name)
        if entry is None:
            return
        yield from (each for each in (entry.name, *entry.aliases) if each != name)
        known: list[Unit | Group] = [*self.directory.registry.units, *self.directory.registry.groups]
        for other in known:
            if entry.name in other.successors:
                yield from (other.name, *other.aliases)


def _is_there(full: str, name: str, text: str) -> bool:
    full, name = fold(full), fold(name)
    if not name:
        return False
    if name == full or not full.endswith(name):
        return name in text or any(_in_list(name[:cut], name[cut:], text) for cut in range(1, len(name) - 1))
    return _in_list(full.removesuffix(name), name, text) or _begins_a_name(name, text)


def _occurrences(name: str, text: str) -> Iterator[int]:
    at = -1
    for _ in range(MOST):
        at = text.find(name, at + 1)
        if at < 0:
            return
        yield at


def _in_list(prefix: str, rest: str, text: str) -> bool:
    """Tell whether a short form stands in a list, an earlier name of which begins with the prefix."""
    return any(_has_prefix(prefix, text, at) for at in _occurrences(rest, text) if at and text[at - 1] == "、")


def _has_prefix(prefix: str, text: str, at: int) -> bool:
    start = at
    while start > max(at - LONGEST_LIST, 0) and text[start - 1] not in STOPS:
        start -= 1
    return any(prefix in name and not name.endswith(prefix) for name in text[start : at - 1].split("、"))


def _begins_a_name(name: str, text: str) -> bool:
    """Tell whether a short form stands by itself, and not as the end of another unit's name."""
    return any(at == 0 or text[at - 1] in STOPS or text[at - 1] in BEFORE for at in _occurrences(name, text))
