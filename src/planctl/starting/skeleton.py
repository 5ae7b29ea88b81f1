"""The files of a new repository of plans: an invented example, settings, templates, editors and continuous integration."""

from __future__ import annotations

import os
from importlib.resources import files
from typing import TYPE_CHECKING

from planctl.formats import json_
from planctl.schema import FileKind, schema_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

README = {"README.zh.md": "zh", "README.en.md": "en"}
"""The README of each language; the repository gets one of them."""
LANGUAGE = "LANGUAGE"
"""What stands in the files for the language of the repository."""
KINDS = (FileKind.PLAN, FileKind.UNITS, FileKind.SETTINGS)

OF_ROOT = (".github/", ".gitlab-ci.yml", ".pre-commit-config.yaml")
"""What is read at the root of a repository only."""


def is_of_root(path: str) -> bool:
    """Tell whether a file means nothing below the root of a repository."""
    return path.startswith(OF_ROOT)


def contents(lang: str) -> dict[str, str]:
    """Give the files of a new repository by their paths, in a stable order."""
    found = dict(_files(files("planctl.starting").joinpath("files"), ""))
    readme = next(found[name] for name, of in README.items() if of == lang)
    written = {path: text.replace(LANGUAGE, lang) for path, text in found.items() if path not in README} | {"README.md": readme}
    written |= {f"schema/{kind.value}.schema.json": json_.render_one(schema_of(kind)) for kind in KINDS}
    return dict(sorted(written.items()))


def _files(folder: Traversable, prefix: str) -> Iterator[tuple[str, str]]:
    for each in folder.iterdir():
        if each.is_dir():
            yield from _files(each, f"{prefix}{each.name}/")
        else:
            yield prefix + each.name, each.read_text(encoding="utf-8")


def split(folder: str, wanted: dict[str, str]) -> tuple[dict[str, str], list[str]]:
    """Tell the files that are to be written into a folder from those that are there already, which stay as they are."""
    kept = [path for path in wanted if os.path.lexists(os.path.join(folder, path))]
    return {path: text for path, text in wanted.items() if path not in kept}, kept
