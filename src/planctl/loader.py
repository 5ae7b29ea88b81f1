"""The pipeline: sources to a workspace. Never raises for bad data; every problem of every file is in the result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.codec import decode
from planctl.model import Plan, Registry
from planctl.settings import Settings
from planctl.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planctl.codec import Record
    from planctl.problems import Problem
    from planctl.sources import Source


def load(sources: Iterable[Source]) -> Workspace:
    """Load texts into a workspace. Their order is kept."""
    kept = {source.path: source for source in sources}
    return assemble(kept, [decode(source) for source in kept.values()])


def assemble(sources: dict[str, Source], decoded: list[tuple[Record | None, list[Problem]]]) -> Workspace:
    """Put decoded files together."""
    records = [record for record, _ in decoded]
    settings = next((record for record in records if isinstance(record, Settings)), Settings())
    return Workspace(
        [record for record in records if isinstance(record, Plan)],
        [record for record in records if isinstance(record, Registry)],
        settings,
        [problem for _, problems in decoded for problem in problems],
        sources,
    )
