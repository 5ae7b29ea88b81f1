"""Checks of identity and reference: ids that are taken twice, and names of things that are not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.checks.base import Context, Finding, in_task, suggestion

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planctl.checks.base import Keys


def check_plan_ids(context: Context) -> Iterator[Finding]:
    """The id of a plan is unique in the repository, the published plans of others included.

    Good:
        id: demo-2022
    Bad:
        id: taken
    """
    first: dict[str, str] = {}
    for plan in (*context.workspace.published_plans(), *context.workspace.plans):
        path = first.setdefault(plan.id, plan.path)
        if path != plan.path:
            yield Finding(plan.path, ("id",), {"name": plan.id, "other": context.workspace.locate(path, ("id",))}, plan.id)


def check_task_ids(context: Context) -> Iterator[Finding]:
    """The id of a task is unique in its plan.

    Good:
        - id: "1"
          title: 优化政府职能配置
          lead: [县委编办]
        - id: "2"
          title: 加强基层建设
          lead: [县委编办]
    Bad:
        - id: "1"
          title: 优化政府职能配置
          lead: [县委编办]
        - id: "1"
          title: 加强基层建设
          lead: [县委编办]
    """
    for plan in context.workspace.plans:
        first: dict[str, int] = {}
        for task in plan.tasks:
            index = first.setdefault(task.id, task.position)
            if index != task.position:
                other = context.workspace.locate(plan.path, ("tasks", index, "id"))
                yield in_task(plan, task, ("id",), name=task.id, other=other)


def check_deadline_ids(context: Context) -> Iterator[Finding]:
    """The id of a deadline is unique in its task: progress and extensions name it.

    Good:
        - id: "94"
          title: 落实年度报告制度
          lead: [县委依法治县办]
          deadlines:
            - {id: report, every: year, by: 03-01, quote: 每年3月1日前}
            - {id: publish, every: year, by: 04-01, quote: 每年4月1日前}
    Bad:
        - id: "94"
          title: 落实年度报告制度
          lead: [县委依法治县办]
          deadlines:
            - {id: report, every: year, by: 03-01, quote: 每年3月1日前}
            - {id: report, every: year, by: 04-01, quote: 每年4月1日前}
    """
    for plan, task in context.tasks():
        if len(task.deadlines) < 2:
            continue
        first: dict[str, int] = {}
        for deadline in task.deadlines:
            index = first.setdefault(deadline.id, deadline.position)
            if index != deadline.position:
                other = context.workspace.locate(plan.path, ("tasks", task.position, "deadlines", index, "id"))
                yield in_task(plan, task, ("deadlines", deadline.position, "id"), name=deadline.id, other=other)


def check_references(context: Context) -> Iterator[Finding]:
    """A task named by `upstream:` or by an event is there.

    Good:
        tasks:
          - id: "20"
            title: 规范性文件备案
            lead: [县司法局]
            upstream: [demo/20]
            deadlines:
              - {id: file, within: 30 days, after: 规范性文件公布, quote: 自公布之日起30日内}
        events:
          - {on: 2022-09-01, name: 规范性文件公布, tasks: ["20"]}
    Bad:
        tasks:
          - id: "20"
            title: 规范性文件备案
            lead: [县司法局]
            upstream: [demo/21]
    """
    known = {f"{plan.id}/{task.id}" for plan, task in context.tasks()}
    above = {f"{plan.id}/{task.id}" for plan in context.workspace.published_plans() for task in plan.tasks}
    for plan, task in context.tasks():
        for index, name in enumerate(task.upstream):
            if name not in known and name not in above:
                variant, near = suggestion(name, [*known, *above])
                yield in_task(plan, task, ("upstream", index), variant, name=name, nearest=near)
    for plan in context.workspace.plans:
        for event in plan.events:
            for index, name in enumerate(event.tasks):
                if f"{plan.id}/{name}" not in known:
                    keys: Keys = ("events", event.position, "tasks", index)
                    yield Finding(plan.path, keys, {"event": event.name, "name": name}, plan.id, None, "event")
