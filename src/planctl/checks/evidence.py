"""Checks of what proves an entry: the files that were recorded with a digest are there, and are what they were."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from planctl.checks.base import Context, Finding, in_task
from planctl.checks.records import entries

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planctl.checks.base import Keys
    from planctl.model import Evidence, Plan, Progress, Task
    from planctl.workspace import Workspace


def check_there(context: Context) -> Iterator[Finding]:
    """A file that was recorded with its digest is there. Addresses are not fetched.

    Good:
        - id: "44"
          title: 完成执法证件换发
          lead: [县司法局]
          progress:
            - {on: 2022-12-20, state: done, evidence: ["https://example.org/44.html", 见县档案馆]}
    Bad:
        - id: "44"
          title: 完成执法证件换发
          lead: [县司法局]
          progress:
            - on: 2022-12-20
              state: done
              evidence:
                - {path: evidence/no-such-file.pdf, sha256: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08}
    """
    for plan, task, keys, item, found in _compared(context):
        if found is None:
            yield in_task(plan, task, keys, evidence=item.path)


def check_same(context: Context) -> Iterator[Finding]:
    """A file that was recorded with its digest is still the same.

    Good:
        - id: "44"
          title: 完成执法证件换发
          lead: [县司法局]
          progress:
            - {on: 2022-12-20, state: done, evidence: [evidence/44.pdf]}
    Bad:
        - id: "44"
          title: 完成执法证件换发
          lead: [县司法局]
          progress:
            - on: 2022-12-20
              state: done
              evidence:
                - {path: README.md, sha256: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08}
    """
    for plan, task, keys, item, found in _compared(context):
        if found is not None and found != item.sha256:
            yield in_task(plan, task, keys, evidence=item.path, found=found[:12], recorded=(item.sha256 or "")[:12])


def _compared(context: Context) -> Iterator[tuple[Plan, Task, Keys, Evidence, str | None]]:
    """Go through the files with a digest, each with the digest that it has now."""
    if context.digest_of is None:
        return
    for plan, task, entry in entries(context):
        for index, item in _files(entry):
            path = os.path.join(os.path.dirname(plan.path), item.path)
            yield plan, task, ("progress", entry.position, "evidence", index), item, context.digest_of(path)


def files_of(workspace: Workspace) -> Iterator[str]:
    """List the files that were recorded with a digest."""
    for plan in workspace.plans:
        folder = os.path.dirname(plan.path)
        for task in plan.tasks:
            yield from (os.path.join(folder, item.path) for entry in task.progress for _, item in _files(entry))


def _files(entry: Progress) -> Iterator[tuple[int, Evidence]]:
    return ((index, item) for index, item in enumerate(entry.evidence) if item.sha256)
