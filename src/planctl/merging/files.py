"""Merging whole files: bytes in, bytes out, and proof that the result says what the merge decided and has lost no comment."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from planctl.merging.conflicts import ABSENT, Fork
from planctl.merging.entries import merge_all
from planctl.merging.pieces import Group, UncuttableError, comments, cut, read
from planctl.merging.plain import merge_texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planctl.merging.conflicts import Conflict, Found
    from planctl.merging.entries import Entry
    from planctl.merging.pieces import Span

BOM = "\ufeff"
NOTHING = Group(mapping=True, flow=False, column=0, opening="", closing="", pieces=())
MARKED = re.compile(r"^(<{7,})(?: [^\n]*)?\n.*?^(>{7,})(?: [^\n]*)?\n", re.MULTILINE | re.DOTALL)


class Merged(NamedTuple):
    """A merged file. `unread` names the version that could not be merged by id: then the lines of the text were, as git merges them."""

    data: bytes
    conflicts: tuple[Conflict, ...] = ()
    clean: bool = True
    unread: str | None = None


def merge(base: bytes, ours: bytes, theirs: bytes, size: int = 7) -> Merged:
    """Merge two versions of a file that were made from a third. What cannot be merged by id is merged by lines.

    Args:
        base: what both were made from; empty where both have added the file.
        ours: the version whose text stays wherever it can.
        theirs: the version whose changes are brought in.
        size: how long the markers of a conflict are.
    """
    if theirs in (base, ours):
        return Merged(ours)
    if ours == base:
        return Merged(theirs)
    try:
        return _merge_by_id(base, ours, theirs, size)
    except _UnreadError as error:
        data, clean = merge_texts(base, ours, theirs, size)
        return Merged(data, clean=clean, unread=error.version)


class _UnreadError(Exception):
    """A version, or what came out of the merge, is not what can be merged by id."""

    def __init__(self, version: str) -> None:
        super().__init__(version)
        self.version = version


class _Side(NamedTuple):
    text: str
    span: Span | None
    group: Group


def _merge_by_id(base: bytes, ours: bytes, theirs: bytes, size: int) -> Merged:
    texts = [_decode(name, data) for name, data in (("base", base), ("ours", ours), ("theirs", theirs))]
    crlf = _is_crlf(texts[1])
    if crlf or "\r" not in texts[1]:
        texts = [text.replace("\r\n", "\n") for text in texts]
    sides = [_read(name, text) for name, text in zip(("base", "ours", "theirs"), texts, strict=True)]
    merged = merge_all(*(side.group for side in sides))
    if merged is None:
        raise _UnreadError("result")
    _prove(merged, sides)
    text, conflicts = _marked(merged, size)
    if not _decided(*(text.endswith("\n") for text in texts)) and not merged.conflicts:
        text = _bared(text)
    text = _decided(*(text.startswith(BOM) for text in texts)) * BOM + text
    return Merged((text.replace("\n", "\r\n") if crlf else text).encode(), tuple(conflicts), clean=not conflicts)


def _decode(name: str, data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise _UnreadError(name) from error


def _is_crlf(text: str) -> bool:
    return "\r\n" in text and text.count("\r") == text.count("\n") == text.count("\r\n")


def _read(name: str, text: str) -> _Side:
    """Cut a version into its entries. A base that is itself a merge in conflict is read without what nobody had agreed on."""
    text = text.removeprefix(BOM)
    if text and not text.endswith("\n"):
        text += "\n"
    if name == "base" and not text.strip():
        return _Side(text, None, NOTHING)
    try:
        return _side(text)
    except UncuttableError as error:
        if name == "base" and (agreed := MARKED.sub("", text)) != text:
            return _read(name, agreed)
        raise _UnreadError(name) from error


def _side(text: str) -> _Side:
    span = read(text)
    if not isinstance(span.value, dict):
        raise UncuttableError
    return _Side(text, span, cut(text, span))


def _decided(base: bool, ours: bool, theirs: bool) -> bool:  # noqa: FBT001 - three answers to one question
    return ours if theirs == base else theirs


def _bared(text: str) -> str:
    """Take the last line break away, unless a value ends with it."""
    bare = text.removesuffix("\n")
    return bare if read(bare).value == read(text).value else text


def _prove(merged: Entry, sides: Sequence[_Side]) -> None:
    """See that the result says what was decided, whichever version of a conflict is taken, and has every comment.

    Raises:
        _UnreadError: it does not.
    """
    texts = list(dict.fromkeys(_resolved(merged, mine=mine) for mine in (True, False)))
    try:
        found = [read(text) for text in texts]
    except UncuttableError as error:
        raise _UnreadError("result") from error
    known = [_comments(side.text, side.span) for side in sides]
    there = _comments(texts[0], found[0]) | _comments(texts[-1], found[-1])
    if _solid(found[0].value) != _solid(merged.value) or _required(*known) - there:
        raise _UnreadError("result")


def _comments(text: str, span: Span | None) -> Counter[str]:
    return Counter(comments(text, span)) if span else Counter()


def _required(base: Counter[str], ours: Counter[str], theirs: Counter[str]) -> Counter[str]:
    """Count the comments that a merge must have: all that anybody has, but for those that somebody has removed."""
    counts = ((comment, base[comment], ours[comment], theirs[comment]) for comment in (ours | theirs))
    return Counter({comment: max(mine, yours) if min(mine, yours) >= old else mine + yours - old for comment, old, mine, yours in counts})


def _resolved(merged: Entry, *, mine: bool) -> str:
    return "".join(part if isinstance(part, str) else part.ours if mine else part.theirs for part in merged.body)


def _solid(value: Found) -> Found:
    """Give a value without telling what is empty from what is not there: a list that has lost its last item may be written either way."""
    if isinstance(value, dict):
        return {key: solid for key, each in value.items() if (solid := _solid(each)) not in (None, ABSENT)} or None
    if isinstance(value, list):
        return [solid if (solid := _solid(each)) is not ABSENT else None for each in value] or None
    return value


def _marked(merged: Entry, size: int) -> tuple[str, list[Conflict]]:
    """Write the text with markers around both versions of each conflict, and say at which line they stand."""
    texts: list[str] = []
    conflicts: list[Conflict] = []
    line = 1
    for part in merged.body:
        text = _fork_text(part, size) if isinstance(part, Fork) else part
        if isinstance(part, Fork):
            conflicts += (conflict._replace(line=line) for conflict in part.conflicts)
        texts.append(text)
        line += text.count("\n")
    return "".join(texts), conflicts


def _fork_text(fork: Fork, size: int) -> str:
    return f"{'<' * size} ours\n{fork.ours}{'=' * size}\n{fork.theirs}{'>' * size} theirs\n"
