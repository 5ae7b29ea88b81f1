"""What belongs together: files, and the settings, units and published plans that they need. One rule for disk, index and commit."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Protocol

from planctl import loader, sources

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from planctl.sources import Source
    from planctl.workspace import Workspace

COMMON = (sources.SETTINGS_NAME, sources.UNITS_NAME)
"""Files that hold for what is beside and below them."""


class Files(Protocol):
    """Where files are read from. Their names are those of the working tree."""

    def find(self, places: Sequence[str]) -> list[str]:
        """List the files of plans at some places, in a stable order."""

    def is_folder(self, place: str) -> bool:
        """Tell folders from files."""

    def has(self, path: str) -> bool:
        """Tell whether there is a file of this absolute path, beside one that was found or above it."""

    def choose(self, paths: Iterable[str]) -> list[str]:
        """Choose the files that exist, wherever they are."""

    def read(self, paths: Sequence[str]) -> Iterator[Source]:
        """Read files that were found."""


class Disk:
    """The files of the disk."""

    def find(self, places: Sequence[str]) -> list[str]:
        """List the files of plans at some places, in a stable order."""
        return sources.find_paths(places)

    def is_folder(self, place: str) -> bool:
        """Tell folders from files."""
        return os.path.isdir(place)

    def has(self, path: str) -> bool:
        """Tell whether there is a file of this path."""
        return os.path.isfile(path)

    def choose(self, paths: Iterable[str]) -> list[str]:
        """Choose the files that exist."""
        return [path for path in paths if os.path.exists(path)]

    def read(self, paths: Sequence[str]) -> Iterator[Source]:
        """Read files."""
        return map(sources.read, paths)


DISK: Files = Disk()


def load(files: Files, places: Sequence[str]) -> Workspace:
    """Load files and folders, with the settings, units and published plans that belong to them."""
    paths = files.find(places)
    paths += _companions(files, paths, places)
    texts = {source.path: source for source in files.read(paths)}
    settings = [source for path, source in texts.items() if os.path.basename(path) == sources.SETTINGS_NAME]
    named = dict.fromkeys(path for each in settings for path in loader.find_published(each) if path not in texts)
    # One that is not there is a problem, found on loading.
    others = files.read(files.choose(named)) if named else ()
    return loader.load((*texts.values(), *others))


def _companions(files: Files, paths: Sequence[str], places: Sequence[str]) -> list[str]:
    """Find what files need but were not given: `planctl.yaml` above them, and the nearest `units.yaml` of each."""
    folders = dict.fromkeys(map(os.path.dirname, paths))
    settings = settings_of(files, places)
    units = (_above(files, folder, sources.UNITS_NAME) for folder in folders)
    given = {os.path.abspath(path) for path in paths if os.path.basename(path) in COMMON}
    return list(dict.fromkeys(path for path in (*settings, *units) if path and os.path.abspath(path) not in given))


def settings_of(files: Files, places: Sequence[str]) -> list[str]:
    """Find the `planctl.yaml` in or above each place, if there is one."""
    starts = dict.fromkeys(place if files.is_folder(place) else os.path.dirname(place) for place in places)
    return list(dict.fromkeys(path for start in starts if (path := _above(files, start, sources.SETTINGS_NAME))))


def _above(files: Files, folder: str, name: str) -> str | None:
    return sources.find_above(os.path.join(folder, "_"), name, files.has)
