"""Which deadline of a task answers which of its upper task.

Nobody says so in the files: it is told from what they ask for. Where that leaves a doubt, nothing is paired and nothing is said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planctl.digests import normalise
from planctl.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planctl.model import Deadline

ALIKE = 0.4
"""How alike the words of two deadlines must be, from 0 to 1, where several could be meant."""
RELATED = 0.2
"""How alike they must be where each task has only one that could be meant."""
SAME_NAME = 0.3
"""What the same `id:` adds: keepers of two plans choose the same short name for the same thing, but also by chance."""
FAMILIES: dict[Kind, str] = {
    Kind.ONCE: "dated",
    Kind.RECURRING: "recurring",
    Kind.ONGOING: "recurring",
    Kind.RELATIVE: "relative",
    Kind.METRIC: "metric",
}


class Pair(NamedTuple):
    """A deadline of an upper task and the one that answers it."""

    upper: Deadline
    lower: Deadline


def pairs(uppers: Sequence[Deadline], lowers: Sequence[Deadline]) -> Iterator[Pair]:
    """Pair the deadlines of two tasks, the most alike first; each is paired once."""
    for family in dict.fromkeys(FAMILIES.values()):
        above = [each for each in uppers if FAMILIES[each.kind] == family and not each.vague]
        below = [each for each in lowers if FAMILIES[each.kind] == family and not each.vague]
        wanted = RELATED if len(above) == len(below) == 1 else ALIKE
        scored = [(_likeness(one, other), -i, -j) for i, one in enumerate(above) for j, other in enumerate(below)]
        taken: tuple[set[int], set[int]] = (set(), set())
        for score, i, j in sorted(scored, reverse=True):
            if score >= wanted and -i not in taken[0] and -j not in taken[1]:
                taken[0].add(-i)
                taken[1].add(-j)
                yield Pair(above[-i], below[-j])


def _likeness(one: Deadline, other: Deadline) -> float:
    """Tell how likely two deadlines are about one thing.

    Where one does not say what it is about, their quotes count half: many duties fall due 年底前.
    """
    named = SAME_NAME if one.id == other.id else 0.0
    if one.kind is Kind.METRIC and other.kind is Kind.METRIC:
        return named + alike(one.metric or "", other.metric or "")
    if not (one.what and other.what):
        return named + max(RELATED, alike(one.wording or "", other.wording or "") / 2)
    return named + alike(one.what, other.what)


def alike(one: str, other: str) -> float:
    """Tell how alike two texts are: the share of the pairs of neighbouring characters that they have in common, of the shorter one's."""
    first, second = _neighbours(one), _neighbours(other)
    if not (first and second):
        return float(normalise(one) == normalise(other) != "")
    return len(first & second) / min(len(first), len(second))


def _neighbours(text: str) -> set[str]:
    text = normalise(text)
    return {text[i : i + 2] for i in range(len(text) - 1)}
