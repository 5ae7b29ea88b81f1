"""The pipeline: sources to a workspace. Never raises for bad data; every problem of every file is in the result."""

from __future__ import annotations

import gc
import os
from typing import TYPE_CHECKING, TypeAlias

from planctl.codec import decode
from planctl.model import Plan, Publication, Registry
from planctl.problems import Problem, Severity
from planctl.settings import Settings
from planctl.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planctl.codec import Record
    from planctl.sources import Source


MANY = 3_000_000
"""Characters of text from which on a second process is worth its start: about 8,000 tasks."""
MAX_PROCESSES = 4

Decoded: TypeAlias = "tuple[Record | None, list[Problem]]"


def load(sources: Iterable[Source], processes: int | None = None) -> Workspace:
    """Load texts into a workspace. Their order is kept.

    Args:
        sources: the files.
        processes: how many processes share the decoding; by default one, or for much text as many as there are processors, up to four.
    """
    kept = {source.path: source for source in sources}
    return assemble(kept, _decode_all(list(kept.values()), processes))


def _decode_all(sources: list[Source], processes: int | None) -> list[Decoded]:
    size = sum(len(source.text) for source in sources)
    if processes is None:
        processes = min(os.cpu_count() or 1, MAX_PROCESSES) if size > MANY else 1
    if processes < 2:
        return [decode(source) for source in sources]
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - only much text needs it

    first, *others = _shares(sources, size / processes)
    with ProcessPoolExecutor(len(others)) as pool:
        running = [pool.submit(_decode_share, share) for share in others]
        return [decode(source) for source in first] + [decoded for share in running for decoded in share.result()]


def _decode_share(sources: list[Source]) -> list[Decoded]:
    gc.disable()
    return [decode(source) for source in sources]


def _shares(sources: list[Source], size: float) -> list[list[Source]]:
    """Cut a list of sources into runs of about the same size."""
    shares: list[list[Source]] = [[]]
    room = size
    for source in sources:
        if room <= 0:
            shares.append([])
            room += size
        shares[-1].append(source)
        room -= len(source.text)
    return shares


def assemble(sources: dict[str, Source], decoded: list[Decoded]) -> Workspace:
    """Put decoded files together."""
    records = [record for record, _ in decoded]
    settings = next((record for record in records if isinstance(record, Settings)), Settings())
    workspace = Workspace(
        [record for record in records if isinstance(record, Plan)],
        [record for record in records if isinstance(record, Registry)],
        settings,
        [problem for _, problems in decoded for problem in problems],
        sources,
        [record for record in records if isinstance(record, Publication)],
    )
    for index, path in enumerate(settings.upstream_paths()):
        if path not in sources:
            location = workspace.locate(settings.path, ("upstream", index))
            workspace.problems += (Problem(location, "P026", Severity.ERROR, {"path": path}),)
    return workspace


def find_published(source: Source) -> list[str]:
    """List the published plans that a settings file names, by their paths."""
    if "upstream" not in source.text:
        return []
    settings, _ = decode(source)
    return settings.upstream_paths() if isinstance(settings, Settings) else []
