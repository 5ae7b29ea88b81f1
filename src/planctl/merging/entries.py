"""Merging the entries of three texts: whoever alone has changed something has it; what both have changed differently is a conflict.

Texts are taken as they stand: ours wherever it can be, theirs where it says something new. Nothing is written anew
but a comma, a bracket, or a comment that loses its line and goes above it.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from planctl.merging.conflicts import ABSENT, Conflict, Fork, Step
from planctl.merging.identities import EXTENSIONS, Habit, date_of, habit_of, identify, is_by_date, label_of, recognise, rivals
from planctl.merging.orders import merge_lines, merge_order, weave
from planctl.merging.pieces import COMMENT, Cut, Group, Leaf, Piece, exploded, placed, shift

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from planctl.merging.conflicts import Found
    from planctl.merging.identities import Identity
    from planctl.merging.pieces import Value

    Path = tuple[Step, ...]
    Key = str | Identity


DOUBTS = "doubts"
"""What a person takes out line by line, or as a whole, when it is settled."""


class Entry(NamedTuple):
    """A merged entry: the lines above it, its text, and what it says; in a conflict what ours says, which may be nothing."""

    lead: str
    body: tuple[str | Fork, ...]
    value: Found

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """All conflicts within."""
        return tuple(conflict for part in self.body if isinstance(part, Fork) for conflict in part.conflicts)


class Trio(NamedTuple):
    """One entry, or one collection, in the three versions."""

    base: Piece | None
    ours: Piece | None
    theirs: Piece | None


def merge_groups(path: Path, base: Group, ours: Group, theirs: Group) -> dict[Key, Entry] | None:
    """Merge the entries of a collection, in their order. `None`: the order itself is in conflict.

    The result stands in the column of ours.
    """
    groups = (base, ours, theirs)
    sides = [[piece if group.flow else placed(piece, ours.column) for piece in group.pieces] for group in groups]
    name = path[-1].name if path else ""
    habit = habit_of(name, (piece.value for side in sides for piece in side))
    keys = _keys(name, habit, sides, mapping=ours.mapping)
    found = [dict(zip(side_keys, side, strict=True)) for side_keys, side in zip(keys, sides, strict=True)]
    merged: dict[Key, Entry] = {}
    for key in dict.fromkeys((*keys[1], *keys[2])):
        trio = Trio(*(side.get(key) for side in found))
        entry = _merge_entry(_deeper(path, name, trio), trio)
        if entry:
            merged[key] = entry
    order = _order(habit, keys, merged, mapping=ours.mapping)
    if order is None or set(order) != merged.keys() or len(order) != len(merged):
        return None
    if habit is Habit.LOG and all(is_by_date(piece.value for piece in side) for side in sides):
        order.sort(key=lambda key: _date(merged[key], found, key))
    return {key: merged[key] for key in order}


def _date(entry: Entry, found: Sequence[dict[Key, Piece]], key: Key) -> str:
    value = entry.value if entry.value is not ABSENT else found[2][key].value
    return date_of(value) or ""


def _keys(name: str, habit: Habit, sides: Sequence[Sequence[Piece]], *, mapping: bool) -> list[list[Key]]:
    if mapping:
        return [[piece.key or "" for piece in side] for side in sides]
    values = [[piece.value for piece in side] for side in sides]
    base, *others = (identify(name, habit, side) for side in values)
    if habit is Habit.LOG:
        others = [recognise(values[0], side, base, found) for side, found in zip(values[1:], others, strict=True)]
    if name == EXTENSIONS:
        others = rivals(values[1:], base, others)
    return [list(side) for side in (base, *others)]


def _order(habit: Habit, keys: Sequence[Sequence[Key]], kept: dict[Key, Entry], *, mapping: bool) -> list[Key] | None:
    base, ours, theirs = keys
    if mapping or habit in {Habit.RECORDS, Habit.LOG, Habit.SET}:
        return weave(base, ours, theirs, kept)
    if habit is Habit.WHOLE and len({tuple(base), tuple(ours), tuple(theirs)}) == 3:
        return None
    return merge_order(base, ours, theirs)


def _deeper(path: Path, name: str, trio: Trio) -> Path:
    piece = next(piece for piece in trio[1:] if piece)
    if piece.key is not None:
        return (*path, Step(piece.key))
    known = trio.base or piece
    return (*path[:-1], Step(name, label_of(name, known.value)))


def _merge_entry(path: Path, trio: Trio) -> Entry | None:
    base, ours, theirs = trio
    if ours and theirs:
        return _merge_pieces(path, base, ours, theirs)
    kept = ours or theirs
    if kept is None:
        return None
    if base is None:
        return _whole(kept)
    gone = _is_same(base, kept) or (base.value == kept.value and not _notes(kept) - _notes(base))
    if gone:
        return None
    if path[-1] == Step(DOUBTS) and not _notes(kept) - _notes(base):
        return _unseen(path, trio, kept)
    return _conflict(path, trio)


def _unseen(path: Path, trio: Trio, kept: Piece) -> Entry | None:
    """Keep of doubts that one side has settled and taken out as a whole those that it had not seen."""
    node, seen = kept.cut.node, trio.base.value if trio.base else None
    if not (isinstance(node, Group) and isinstance(seen, list)):
        return _conflict(path, trio)
    left: dict[Key, Entry] = {(str(piece.value), at): _whole(piece) for at, piece in enumerate(node.pieces) if piece.value not in seen}
    if not left:
        return None
    if node.flow or len(left) == len(node.pieces):
        return _whole(kept) if len(left) == len(node.pieces) else _conflict(path, trio)
    return _compose(Entry(kept.lead, (), _value_of(node, left)), kept.cut.head, left, node, node.closing)


def _whole(piece: Piece) -> Entry:
    return Entry(piece.lead, (piece.body,), piece.value)


def _is_same(one: Piece, other: Piece) -> bool:
    return one.body == other.body and one.lead == other.lead


def _notes(piece: Piece | None) -> Counter[str]:
    """Count the comments of an entry."""
    if piece is None:
        return Counter()
    return Counter((*(comment.rstrip() for comment in COMMENT.findall(piece.lead)), *piece.cut.comments))


def _merge_pieces(path: Path, base: Piece | None, ours: Piece, theirs: Piece) -> Entry:
    """Merge an entry that both sides have."""
    if _is_same(ours, theirs) or (base and _is_same(base, theirs)):
        return _whole(ours)
    if base and _is_same(base, ours):
        return _whole(theirs)
    trio = Trio(base, ours, theirs)
    if base is None and ours.value != theirs.value and not _may_grow(path[-1], ours.value, theirs.value):
        return _conflict(path, trio)
    return _merge_blocks(path, base, ours, theirs) or _merge_values(path, base, ours, theirs)


def _may_grow(step: Step, ours: Value, theirs: Value) -> bool:
    """Tell whether what both have begun can be put together: lists of entries can, and records that differ in nothing but such lists."""
    if isinstance(ours, list) and isinstance(theirs, list):
        return step.item is None and habit_of(step.name, (*ours, *theirs)) not in {Habit.ORDER, Habit.WHOLE}
    if step.item is None or not (isinstance(ours, dict) and isinstance(theirs, dict)):
        return False
    differing = [key for key in {**ours, **theirs} if ours.get(key) != theirs.get(key)]
    return all(_may_grow(Step(key), ours.get(key, []), theirs.get(key, [])) for key in differing)


def _merge_blocks(path: Path, base: Piece | None, ours: Piece, theirs: Piece) -> Entry | None:
    """Merge the lines of two collections of the same kind, at least one of them a block. `None`: they are not."""
    blocks = _as_blocks(ours, theirs)
    if blocks is None:
        return None
    mine, yours = blocks
    old = (base and _blocked(base, mine)) or _empty(mine)
    entries = merge_groups(path, old, mine, yours)
    if entries is None:
        return _conflict(path, Trio(base, ours, theirs))
    first, second = (ours, theirs) if _is_block(ours) else (theirs, ours)
    if base and first.cut.head == base.cut.head and _is_block(second):
        first, second = second, first
    closing = merge_lines(*(shift(group.closing, mine.column - group.column) for group in (old, mine, yours)))
    lost = _beside(second) - _beside(base) - Counter(_trailing(first.cut.head))
    lead = _lead(base, ours, theirs) + _above(lost, ours.column)
    found = _compose(Entry(lead, (), _value_of(mine, entries)), first.cut.head, entries, mine, closing)
    return found or _conflict(path, Trio(base, ours, theirs), tuple(each for entry in entries.values() for each in entry.conflicts))


def _as_blocks(ours: Piece, theirs: Piece) -> tuple[Group, Group] | None:
    """Give both collections as blocks, of which one may have been in brackets or empty."""
    mine, yours = ours.cut.node, theirs.cut.node
    if isinstance(mine, Group) and not mine.flow:
        other = _blocked(theirs, mine)
        return other and (mine, other)
    if isinstance(yours, Group) and not yours.flow:
        other = _blocked(ours, yours._replace(column=yours.column + theirs.moved))
        return other and (other, yours)
    return None


def _blocked(piece: Piece, like: Group) -> Group | None:
    """Give a collection as a block of the same kind as another one, if it is of that kind."""
    node = piece.cut.node
    if piece.value is None:
        return _empty(like)
    if not isinstance(node, Group) or node.mapping != like.mapping:
        return None
    return exploded(node, like.column) if node.flow else node


def _empty(group: Group) -> Group:
    return group._replace(pieces=(), closing="")


def _is_block(piece: Piece) -> bool:
    node = piece.cut.node
    return isinstance(node, Group) and not node.flow


def _trailing(text: str) -> list[str]:
    return [comment.rstrip() for comment in COMMENT.findall(text)]


def _beside(piece: Piece | None) -> Counter[str]:
    """Count the comments that stand in the line of a key, or in brackets, and would be lost with it."""
    if piece is None:
        return Counter()
    node = piece.cut.node
    if isinstance(node, Group) and not node.flow:
        return Counter(_trailing(piece.cut.head))
    return Counter(piece.cut.comments)


def _lead(base: Piece | None, ours: Piece, theirs: Piece) -> str:
    return merge_lines(base.lead if base else "", ours.lead, theirs.lead)


def _above(lost: Counter[str], column: int) -> str:
    """Write comments that lose their line as lines of their own."""
    return "".join(f"{' ' * column}{comment}\n" for comment in lost.elements())


def _compose(entry: Entry, head: str, entries: dict[Key, Entry], group: Group, closing: str) -> Entry | None:
    """Put a block together. `None`: a conflict about its first entry cannot be shown, because the dash of the block would go with it."""
    if not entries:
        comment = "".join(f"  {each}" for each in _trailing(head))
        bare = COMMENT.sub("", head).rstrip()
        return entry._replace(body=(f"{bare} {'{}' if group.mapping else '[]'}{comment}\n{closing}",))
    if "\n" in head:
        return entry._replace(body=(head, *_stack(entries.values(), group.column), closing))
    inline, *others = entries.values()
    first, *more = inline.body
    if isinstance(first, Fork) and not (first.ours and first.theirs):
        return None
    start = first.after(head) if isinstance(first, Fork) else head + first
    return Entry(entry.lead + inline.lead, (start, *more, *_stack(others, group.column), closing), entry.value)


def _stack(entries: Iterable[Entry], column: int) -> Iterator[str | Fork]:
    """Put entries one below the other."""
    indentation = " " * column
    for entry in entries:
        first, *others = entry.body
        yield entry.lead
        yield first.after(indentation) if isinstance(first, Fork) else indentation + first
        yield from others


def merge_all(base: Group, ours: Group, theirs: Group) -> Entry | None:
    """Merge the entries of whole files. `None`: their order is in conflict."""
    entries = merge_groups((), base, ours, theirs)
    if not entries:
        return None
    closing = merge_lines(base.closing, ours.closing, theirs.closing)
    return Entry("", (*_stack(entries.values(), ours.column), closing), _value_of(ours, entries))


def _value_of(group: Group, entries: dict[Key, Entry]) -> Value:
    """Tell what a merged collection says."""
    if group.mapping:
        return {str(key): entry.value for key, entry in entries.items() if entry.value is not ABSENT}
    return [entry.value for entry in entries.values() if entry.value is not ABSENT]


def _merge_values(path: Path, base: Piece | None, ours: Piece, theirs: Piece) -> Entry:
    """Merge an entry by its value as a whole, or what is in its brackets."""
    if ours.value == theirs.value or (base and base.value == theirs.value):
        return _taken(base, ours, theirs)
    if base and base.value == ours.value:
        return _taken(base, theirs, ours)
    found = _merge_brackets(path, base, ours, theirs)
    if isinstance(found, Piece):
        return _taken(base, found, theirs)
    return _conflict(path, Trio(base, ours, theirs), found)


def _taken(base: Piece | None, chosen: Piece, other: Piece) -> Entry:
    """Take the text of one side, and the comments of both."""
    old, mine, yours = (_after(piece) for piece in (base, chosen, other))
    beside = yours.beside if old.beside == mine.beside and old.broken == mine.broken == yours.broken else mine.beside
    rest = beside + merge_lines(old.below, mine.below, yours.below)
    there = Counter(chosen.cut.comments) - Counter(_trailing(chosen.cut.rest)) + Counter(_trailing(rest))
    lost = Counter(other.cut.comments) - Counter(base.cut.comments if base else ()) - there
    body = chosen.body.removesuffix(chosen.cut.rest) + rest
    return Entry(_lead(base, chosen, other) + _above(lost, chosen.column), (body,), chosen.value)


class _After(NamedTuple):
    """What follows a value in its line, and the comments below; a text in lines (`|`) has the end of its line in itself."""

    beside: str
    below: str
    broken: bool


def _after(piece: Piece | None) -> _After:
    if piece is None:
        return _After("\n", "", broken=True)
    rest = piece.cut.rest
    if not rest.startswith((" ", "\t", "\r", "\n")) or piece.body.removesuffix(rest).endswith("\n"):
        return _After("", rest, broken=False)
    line, newline, below = rest.partition("\n")
    return _After(line + newline, below, broken=True)


def _merge_brackets(path: Path, base: Piece | None, ours: Piece, theirs: Piece) -> Piece | tuple[Conflict, ...]:
    """Merge what is in brackets on both sides, or give the conflicts that make it impossible."""
    mine, yours, old = ours.cut.node, theirs.cut.node, base.cut.node if base else None
    if not (isinstance(mine, Group) and isinstance(yours, Group) and mine.mapping == yours.mapping and mine.flow and yours.flow):
        return ()
    if _has_comments(ours) or _has_comments(theirs):
        return ()
    if not isinstance(old, Group) or old.mapping != mine.mapping:
        old = mine._replace(pieces=())
    elif not old.flow:
        old = _bracketed(old)
    entries = merge_groups(path, old, mine, yours)
    if entries is None:
        return ()
    conflicts = tuple(each for entry in entries.values() for each in entry.conflicts)
    return conflicts or _bracket_piece(ours, mine, entries)


def _has_comments(piece: Piece) -> bool:
    inside = piece.body.removesuffix(piece.cut.rest)
    return any(comment in inside for comment in piece.cut.comments)


def _bracketed(group: Group) -> Group:
    """Give the base of a collection in brackets where it was a block: only what its entries said counts."""
    pieces = [Piece("", piece.body, piece.key, 0, piece.value, lambda: Cut("", Leaf(""), "", ())) for piece in group.pieces]
    return group._replace(flow=True, pieces=tuple(pieces))


def _bracket_piece(ours: Piece, mine: Group, entries: dict[Key, Entry]) -> Piece:
    """Write a merged collection in the brackets of ours, with its separators where they still stand between two entries."""
    after = {piece.body: piece.after for piece in mine.pieces[:-1]}
    texts = ["".join(str(part) for part in entry.body) for entry in entries.values()]
    inner = "".join(text + (after.get(text) or ", ") for text in texts[:-1])
    last = mine.pieces[-1].after if mine.pieces and texts else ""
    node = f"{mine.opening}{inner}{texts[-1] if texts else ''}{last}{mine.closing}"
    value = _value_of(mine, entries)
    cut = ours.cut
    return Piece(ours.lead, f"{cut.head}{node}{cut.rest}", ours.key, ours.column, value, lambda: cut)


def _conflict(path: Path, trio: Trio, within: tuple[Conflict, ...] = ()) -> Entry:
    """Keep both versions of an entry, and say what they differ about."""
    base, ours, theirs = trio
    before, mine, yours = (ABSENT if piece is None else piece.value for piece in trio)
    known = [piece for piece in (ours, theirs) if piece]
    lead = _lead(base, known[0], known[-1]) if len(known) == 2 else known[0].lead
    fork = Fork(ours.body if ours else "", theirs.body if theirs else "", within or (Conflict(path, before, mine, yours),))
    return Entry(lead, (fork,), mine)
