"""Pairs: which record of one state is which of the other, found by one likeness after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

T = TypeVar("T")


class Pairs(NamedTuple, Generic[T]):
    """The records found on both sides, and those left over on each."""

    both: tuple[tuple[T, T], ...]
    old: tuple[T, ...]
    new: tuple[T, ...]

    def by(self, key: Callable[[T], Hashable | None], agrees: Callable[[T, T], bool] | None = None, *, once: bool = False) -> Pairs[T]:
        """Pair what is left over and has the same key.

        Args:
            key: tells the key of a record; `None` for one that has none.
            agrees: a last look at two records of one key.
            once: only keys that stand once on either side; otherwise those of one key are paired in their order.
        """
        if not (self.old and self.new):
            return self
        olds, news = _grouped(self.old, key), _grouped(self.new, key)
        found = []
        for name, several in olds.items():
            others = news.get(name, [])
            if once and (len(several) > 1 or len(others) > 1):
                continue
            found += [pair for pair in zip(several, others, strict=False) if agrees is None or agrees(*pair)]
        return self._with(found)

    def nearest(self, likeness: Callable[[T, T], float], least: float) -> Pairs[T]:
        """Pair what is left over and most alike, down to a least likeness."""
        if not (self.old and self.new):
            return self
        scored = [(likeness(old, new), -here, -there) for here, old in enumerate(self.old) for there, new in enumerate(self.new)]
        taken: dict[int, int] = {}
        for score, here, there in sorted(scored, reverse=True):
            if score >= least and -here not in taken and -there not in taken.values():
                taken[-here] = -there
        return self._with([(self.old[here], self.new[there]) for here, there in taken.items()])

    def _with(self, found: list[tuple[T, T]]) -> Pairs[T]:
        olds, news = {id(old) for old, _ in found}, {id(new) for _, new in found}
        left = tuple(record for record in self.old if id(record) not in olds)
        return Pairs((*self.both, *found), left, tuple(record for record in self.new if id(record) not in news))


def unpaired(old: Iterable[T], new: Iterable[T]) -> Pairs[T]:
    """Begin with nothing paired."""
    return Pairs((), tuple(old), tuple(new))


def _grouped(records: Iterable[T], key: Callable[[T], Hashable | None]) -> dict[Hashable, list[T]]:
    found: dict[Hashable, list[T]] = {}
    for record in records:
        name = key(record)
        if name is not None:
            found.setdefault(name, []).append(record)
    return found


def out_of_order(numbers: list[int]) -> set[int]:
    """Find which of several different numbers have to move so that the others ascend: all but a longest ascending run."""
    from bisect import bisect_left  # noqa: PLC0415 - most lists are in order

    tails: list[int] = []
    lengths = []
    for number in numbers:
        place = bisect_left(tails, number)
        tails[place : place + 1] = [number]
        lengths.append(place + 1)
    kept: list[int] = []
    for number, length in zip(reversed(numbers), reversed(lengths), strict=True):
        if length == len(tails) - len(kept) and (not kept or number < kept[-1]):
            kept.append(number)
    return set(numbers) - set(kept)
