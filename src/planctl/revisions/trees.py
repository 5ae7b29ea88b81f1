"""The files of a commit or of the index, named as the working tree names them: two processes of git, however many files.

Symbolic links are followed, as on the disk, as long as they stay within the revision. What is not in the revision is told as a problem.
"""

from __future__ import annotations

import os
import posixpath
from typing import TYPE_CHECKING

from planctl import git, sources
from planctl.errors import NoPlansInRevisionError, NoPlansStagedError
from planctl.git.errors import MissingObjectError
from planctl.revisions.belongings import COMMON
from planctl.sources import Source, Trouble

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from planctl.git import Blob, Repository

MAX_LINKS = 8
"""Links one after the other; more lead in a circle."""
PLAN_KEY = b"planctl:"


class Tree:
    """The files of one revision. Satisfies `planctl.revisions.belongings.Files`.

    Args:
        repository: where it is.
        revision: the id of a commit; `None` is the index.
        name: how errors name it.
    """

    def __init__(self, repository: Repository, revision: str | None, name: str) -> None:
        self._repository = repository
        self._revision = revision
        self._name = name
        self._blobs: dict[str, Blob] = {}
        self._troubles: dict[str, Trouble] = {}
        self._common: set[str] = set()
        self._walked: list[str] = []

    def find(self, places: Sequence[str]) -> list[str]:
        """List the files of plans at some places, in a stable order.

        Raises:
            NoPlansInRevisionError: there is none at one of the places.
        """
        self._walked = [self._inside(place) for place in places]
        above = {path: place for place, inside in zip(places, self._walked, strict=True) for path in _above(inside)}
        listed = self._list([*self._walked, *above])
        found: dict[str, None] = {}
        for place, inside in zip(places, self._walked, strict=True):
            names = sorted(self._walk(place, inside, listed))
            if not names and self._revision is None:
                raise NoPlansStagedError(revision=self._name, folder=place)
            if not names:
                raise NoPlansInRevisionError(revision=self._name, folder=place, elsewhere=self._search())
            found.update(dict.fromkeys(names))
        self._keep_common(above, listed)
        return list(found)

    def is_folder(self, place: str) -> bool:
        """Tell folders from files."""
        return os.path.normpath(place) not in self._blobs

    def has(self, path: str) -> bool:
        """Tell whether there is a `units.yaml` or `planctl.yaml` of this absolute path."""
        return path in self._common

    def choose(self, paths: Iterable[str]) -> list[str]:
        """Choose the files that exist, wherever they are in the revision."""
        inside = {self._inside(path): path for path in paths}
        return [name for blob in self._list(list(inside)) for name in self._walk(inside.get(blob.path, blob.path), blob.path, [blob])]

    def read(self, paths: Sequence[str]) -> Iterator[Source]:
        """Read files that were found."""
        return (source for source, _ in self.read_whole(paths))

    def read_whole(self, paths: Sequence[str]) -> Iterator[tuple[Source, bytes]]:
        """Read files that were found, and give their bytes too; of one in trouble there are none."""
        texts = git.read_blobs(self._repository, [self._blobs[path].oid for path in paths if path not in self._troubles])
        for path in paths:
            trouble = self._troubles.get(path)
            data = b"" if trouble else self._next(path, texts)
            yield (Source(path, "", trouble) if trouble else sources.decode(path, data)), data

    def _next(self, path: str, texts: Iterator[tuple[str, bytes]]) -> bytes:
        try:
            return next(texts)[1]
        except MissingObjectError as error:
            raise MissingObjectError(path=path, words=f"{error.args_of_message['path']} {error.args_of_message['words']}") from error

    def _inside(self, place: str) -> str:
        """Say where in the repository a place is; the folder itself may be reached through a link."""
        path = os.path.relpath(os.path.realpath(place), self._repository.root).replace(os.sep, "/")
        return "" if path == "." else path

    def _list(self, paths: Sequence[str]) -> list[Blob]:
        within = [path for path in paths if not _is_outside(path)]
        return git.list_blobs(self._repository, self._revision, within) if within else []

    def _walk(self, base: str, inside: str, listed: Iterable[Blob], links: int = 0) -> Iterator[str]:
        """Go through what is at a path of the repository as `planctl.sources.find_paths` does on the disk, and name it by `base`."""
        followed = []
        for blob in listed:
            rest = _below(blob.path, inside)
            if rest is None or rest.startswith(".") or "/." in rest:
                continue
            name = os.path.normpath(os.path.join(base, rest))
            if blob.mode == git.LINK:
                followed.append((name, blob))
            elif blob.mode == git.SUBMODULE:
                yield self._refuse(name, Trouble("P025", {}, "submodule"))
            elif not rest or rest.endswith(sources.SUFFIXES):
                self._blobs[name] = blob
                yield name
        if followed:
            yield from self._follow(followed, links + 1)

    def _follow(self, followed: Sequence[tuple[str, Blob]], links: int) -> Iterator[str]:
        """Go where links lead. A link that has the name of no file of ours counts only if it leads to a folder not gone through anyway."""
        texts = git.read_blobs(self._repository, [blob.oid for _, blob in followed])
        targets = [_target(blob.path, os.fsdecode(text)) for (_, blob), (_, text) in zip(followed, texts, strict=True)]
        listed = self._list(targets)
        for (name, _), target in zip(followed, targets, strict=True):
            there = [blob for blob in listed if _below(blob.path, target) is not None]
            is_file = any(blob.path == target for blob in there)
            if _is_outside(target) or links > MAX_LINKS or (not there and name.endswith(sources.SUFFIXES)):
                yield self._refuse(name, Trouble("P025", {"target": target}, "link"))
            elif name.endswith(sources.SUFFIXES) if is_file else not self._is_walked(target):
                yield from self._walk(name, target, there, links)

    def _is_walked(self, folder: str) -> bool:
        return any(_below(folder, inside) is not None or _below(inside, folder) is not None for inside in self._walked)

    def _refuse(self, name: str, trouble: Trouble) -> str:
        self._troubles[name] = trouble
        return name

    def _keep_common(self, above: dict[str, str], listed: Iterable[Blob]) -> None:
        """Note which files hold for others, and name those above the places as the disk's are named."""
        for blob in listed:
            place = above.get(blob.path)
            if place is not None:
                path = os.path.normpath(os.path.join(os.path.abspath(place), os.path.relpath(blob.path or ".", self._inside(place) or ".")))
                list(self._walk(path if os.path.isabs(place) else os.path.relpath(path), blob.path, [blob]))
        self._common = {os.path.abspath(name) for name in (*self._blobs, *self._troubles) if os.path.basename(name) in COMMON}

    def _search(self) -> str | None:
        """Find the folder of the revision that holds the plans, wherever it is; `.` where they lie in several at its top."""
        blobs = [blob for blob in self._list([""]) if blob.path.endswith(sources.SUFFIXES) and not f"/{blob.path}".count("/.")]
        texts = git.read_blobs(self._repository, [blob.oid for blob in blobs])
        plans = [
            posixpath.dirname(blob.path)
            for blob, (_, text) in zip(blobs, texts, strict=True)
            if PLAN_KEY in text and posixpath.basename(blob.path) not in COMMON
        ]
        return (posixpath.commonpath(plans) or ".") if plans else None


def _above(inside: str) -> list[str]:
    """List where the settings and units of a place may be above it."""
    folders = [inside[:position] for position, character in enumerate(inside) if character == "/"]
    return [posixpath.join(folder, name) for folder in ("", *folders) for name in COMMON] if inside else []


def _below(path: str, folder: str) -> str | None:
    """Give the rest of a path below a folder; `""` for the path itself, `None` for what is elsewhere."""
    if path == folder:
        return ""
    if not folder:
        return path
    return path[len(folder) + 1 :] if path.startswith(f"{folder}/") else None


def _target(path: str, text: str) -> str:
    """Say where in the repository a link leads."""
    found = posixpath.normpath(posixpath.join(posixpath.dirname(path), text))
    return "" if found == "." else found


def _is_outside(path: str) -> bool:
    return path.startswith(("../", "/")) or path == ".."
