"""Checks of drafts: what a program has read out of a document, and nobody has looked at yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.checks.base import Context, Finding, in_task

if TYPE_CHECKING:
    from collections.abc import Iterator


def check_doubts(context: Context) -> Iterator[Finding]:
    """What a draft is in doubt about was looked at by a person, who has then taken the line out.

    Good:
        - id: "4"
          title: 全面实行权责清单制度
          lead: [县司法局]
    Bad:
        - id: "4"
          title: 全面实行权责清单制度
          lead: [县司法局]
          doubts:
            - 牵头单位：文件没有写明，暂以主送机关代替（原文第 34 行）
    """
    for plan in context.workspace.plans:
        for index, doubt in enumerate(plan.doubts):
            yield Finding(plan.path, ("doubts", index), {"doubt": doubt}, plan.id, variant="plan")
        for task in plan.tasks:
            for index, doubt in enumerate(task.doubts):
                yield in_task(plan, task, ("doubts", index), doubt=doubt)
