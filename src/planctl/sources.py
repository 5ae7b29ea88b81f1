"""Sources: the text of files, found on a disk and decoded. Everything after this stage works on text and never on paths."""

from __future__ import annotations

import codecs
import os
import re
from typing import TYPE_CHECKING, NamedTuple

from planctl.errors import NoPlansFolderError, NotFoundError, UnreadableError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

SETTINGS_NAME = "planctl.yaml"
UNITS_NAME = "units.yaml"
SUFFIXES = (".yaml", ".yml")
PUBLISHED_SUFFIX = ".json"
"""What another repository has published."""
LFS_POINTER = b"version https://git-lfs.github.com/spec/"
"""How the text begins that git-lfs keeps in the place of a file."""
POINTER = "#/"
"""What parts the name of a published file from a place in it: `省.json#/organisations/0/plans/2`."""
MAX_BYTES = 128 * 1024 * 1024
"""A larger file is refused: nobody reviews it, and it would fill the memory. 100,000 tasks are 49 MB."""


class Source(NamedTuple):
    """A file as text. `path` is how messages name it; `trouble` says why there is no text."""

    path: str
    text: str
    trouble: Trouble | None = None


class Trouble(NamedTuple):
    """Why a file could not be read as text: a problem code with its line and arguments."""

    code: str
    args: dict[str, object]
    variant: str | None = None
    line: int = 1
    column: int = 1


SURROGATES = r"(?<!\\)((?:\\\\)*)\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})"
BOMS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)


def decode(path: str, data: bytes) -> Source:
    """Decode a file as UTF-8, with or without a byte order mark; any other encoding is named, not guessed at."""
    if len(data) > MAX_BYTES:
        return Source(path, "", Trouble("P008", {"limit": MAX_BYTES >> 20}))
    if data.startswith(LFS_POINTER):
        return Source(path, "", Trouble("P025", {}, "lfs"))
    try:
        # A byte order mark is only a character to a YAML parser, and would stick to the first key.
        text = data.decode().removeprefix("\ufeff")
        return Source(path, join_surrogates(text) if path.endswith(PUBLISHED_SUFFIX) else text)
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode(errors="replace")) + 1
        guess = _guess_encoding(data)
        return Source(path, "", Trouble("P001", {"encoding": guess}, None if guess else "unknown", line, column))


def join_surrogates(text: str) -> str:
    """Make one escape of the two that JSON may use for a rare character: YAML knows no halves. A lone half stays, to be refused."""
    return re.sub(SURROGATES, _joined, text) if "\\u" in text else text


def _joined(found: re.Match[str]) -> str:
    high, low = int(found[2], 16), int(found[3], 16)
    return f"{found[1]}\\U{0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00):08x}"


def _guess_encoding(data: bytes) -> str | None:
    for mark, name in BOMS:
        if data.startswith(mark):
            return name
    # GB18030 accepts almost anything, so what it gives must also look like text.
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return None
    return "GB18030" if all(character.isprintable() or character.isspace() for character in text) else None


def find_plans_folder(start: str, name: str = "plans") -> str:
    """Find the folder of plans in `start` or the nearest folder above it, as git looks for its root.

    Raises:
        NoPlansFolderError: neither holds one.
    """
    folder = os.path.abspath(start)
    while True:
        candidate = os.path.join(folder, name)
        if os.path.isdir(candidate):
            return os.path.relpath(candidate, start)
        parent = os.path.dirname(folder)
        if parent == folder:
            raise NoPlansFolderError(start=os.path.abspath(start))
        folder = parent


def find_paths(places: Sequence[str]) -> list[str]:
    """List the YAML files below the given folders, and the given files themselves, in a stable order.

    Hidden files and folders are left out. A folder that links to one above it is walked once.
    A repository within is listed itself, so that reading it says why nothing in it is read.

    Raises:
        NotFoundError: one of the places does not exist.
    """
    found: dict[str, None] = {}
    for place in places:
        if os.path.isdir(place):
            found.update(dict.fromkeys(sorted(_walk(place, set()))))
        elif os.path.exists(place):
            found[os.path.normpath(place)] = None
        else:
            raise NotFoundError(path=place)
    return list(found)


def _walk(folder: str, seen: set[tuple[int, int]]) -> Iterator[str]:
    try:
        identity = os.stat(folder)
        entries = list(os.scandir(folder))
    except OSError as error:
        raise UnreadableError(path=folder, reason=error.strerror) from error
    if (identity.st_dev, identity.st_ino) in seen:
        return
    seen.add((identity.st_dev, identity.st_ino))
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if _is_repository(entry):
            yield os.path.normpath(entry.path)
        elif _is_folder(entry):
            yield from _walk(entry.path, seen)
        elif entry.name.endswith(SUFFIXES):
            yield os.path.normpath(entry.path)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads to itself
        return False


def _is_repository(entry: os.DirEntry[str]) -> bool:
    """Tell whether a folder is another repository, as a submodule is: no revision of ours has its files."""
    return entry.is_dir(follow_symlinks=False) and os.path.lexists(os.path.join(entry.path, ".git"))


def find_above(path: str, name: str, exists: Callable[[str], bool] = os.path.isfile) -> str | None:
    """Find the nearest file of this name beside `path` or in a folder above it; `exists` looks elsewhere than on the disk."""
    folder = os.path.dirname(os.path.abspath(path))
    while True:
        candidate = os.path.join(folder, name)
        if exists(candidate):
            return os.path.relpath(candidate) if not os.path.isabs(path) else candidate
        parent = os.path.dirname(folder)
        if parent == folder:
            return None
        folder = parent


def read_bytes(path: str) -> bytes:
    """Read a file that is no text.

    Raises:
        NotFoundError: it does not exist.
        UnreadableError: the operating system refuses.
    """
    try:
        with open(path, "rb") as file:
            return file.read(MAX_BYTES)
    except FileNotFoundError as error:
        raise NotFoundError(path=path) from error
    except OSError as error:
        raise UnreadableError(path=path, reason=error.strerror) from error


def read(path: str) -> Source:
    """Read one file. One that the operating system does not give is in trouble by itself, and keeps no other from being read."""
    try:
        with open(path, "rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        if os.path.lexists(os.path.join(path, ".git")):
            return Source(path, "", Trouble("P025", {}, "submodule"))
        return Source(path, "", Trouble("P025", {"reason": error.strerror or type(error).__name__}))
    return decode(path, data)
