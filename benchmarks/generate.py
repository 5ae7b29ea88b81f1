"""Generate a repository of plans of any size: `python benchmarks/generate.py DIR TASKS`, 100 tasks a plan, about 490 bytes a task.

Nothing in it is real, and the same call gives the same files.
"""

from __future__ import annotations

import sys
from pathlib import Path

TASKS_A_PLAN = 100
UNITS = [f"示例局{number:02}" for number in range(1, 41)]
DEADLINES = (
    "due: {year}-12-31\n        quote: {year}年底前",
    "every: year\n        by: 03-01\n        quote: 每年3月1日前",
    "every: quarter\n        at_least: 1\n        of: 次\n        quote: 每季度不少于1次",
    "within: 30 days\n        after: 规范性文件公布\n        quote: 自公布之日起30日内",
    'metric: 按期办结率\n        target: ">= 95 %"\n        quote: 不低于95%',
)
PLAN = """planctl: 1
id: demo-{number:04}
title: 示例县法治政府建设实施方案第{number}号(虚构)
document:
  number: 示政发〔2022〕{number}号
  issuers: [示例县人民政府]
  addressees: [各乡镇(街道), 县政府各部门]
  issued: 2022-01-10
period: {{start: 2022-01-01, end: 2026-12-31}}
tasks:
"""
TASK = """  - id: "{task}"
    title: 推进第{task}项示例任务的标准化规范化建设
    section: [二, (一)]
    lead: [{lead}]
    support: [{support}, 各乡镇(街道)]
    basis: stated
    deadlines:
      - id: main
        what: 完成第{task}项示例任务的年度工作并公开结果
        {deadline}
    progress:
      - {{on: 2022-06-01, unit: {lead}, state: accepted, note: 已签收并制定工作方案}}
    source: {{clause: "{task}"}}

"""


def generate(folder: Path, tasks: int) -> None:
    """Write plans with this many tasks in all into a folder, with the units they name."""
    home = folder / "plans" / "示例县"
    home.mkdir(parents=True, exist_ok=True)
    units = "".join(f"  - name: {name}\n" for name in UNITS)
    (home / "units.yaml").write_text(
        f"planctl: 1\norganisation: 示例县\nunits:\n{units}groups:\n  - name: 各乡镇(街道)\n  - name: 县政府各部门\n"
    )
    for number in range(1, -(-tasks // TASKS_A_PLAN) + 1):
        count = min(TASKS_A_PLAN, tasks - (number - 1) * TASKS_A_PLAN)
        body = "".join(_task(number, task) for task in range(1, count + 1))
        (home / f"{number:04}.yaml").write_text(PLAN.format(number=number) + body)


def _task(number: int, task: int) -> str:
    deadline = DEADLINES[task % len(DEADLINES)].format(year=2022 + (number + task) % 5)
    lead, support = UNITS[(number + task) % 40], UNITS[(number + task + 7) % 40]
    return TASK.format(task=task, lead=lead, support=support, deadline=deadline)


if __name__ == "__main__":
    generate(Path(sys.argv[1]), int(sys.argv[2]))
