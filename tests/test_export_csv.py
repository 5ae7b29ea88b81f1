"""The register (台账) as CSV: its columns, its rows, and that no cell of it is a formula."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import load, run
from planctl.exchange import register
from planctl.exchange.extent import Extent
from planctl.formats.tabular import FORMULA, render_csv
from planctl.model import Task
from planctl.queries import Judge, Selection

if TYPE_CHECKING:
    from collections.abc import Callable

    from planctl.workspace import Workspace

DEMO = Path(__file__).parent / "cases" / "demo"
DAY = date(2025, 4, 1)
HEAD = "planctl: 1\nid: shili\ntitle: 示例县示例方案\ndocument: {issued: 2024-01-10}\nperiod: {start: 2024-01-01, end: 2025-12-31}\n"
QUARTERLY = HEAD + 'tasks:\n  - id: "1"\n    title: 报告情况\n    lead: [县司法局]\n    deadlines: [{id: report, every: quarter}]\n'


def rows(workspace: Workspace, *, each: bool = False, after: date | None = None, before: date | None = None) -> list[register.Row]:
    return list(register.rows(Extent(Judge(workspace, DAY), Selection(), after, before), "zh", each=each))


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(("name", "options"), [("register", ()), ("each", ("--each", "--after", "2024-12-31"))])
def test_the_register_of_the_demo(name: str, options: tuple[str, ...], lang: str, golden: Callable[[str, str], None]) -> None:
    done = run("export", "--format", "csv", "--as-of", "2025-04-01", *options, cwd=DEMO, env={"PLANCTL_LANG": lang})
    golden(f"export.{name}.{lang}.csv", done.stdout)
    assert (done.returncode, done.stderr) == (0, "")


def test_an_obligation_is_a_row_that_shows_the_newest_missed_and_counts_those_before() -> None:
    (row,) = rows(load(QUARTERLY))
    assert (row.due, row.period, row.status, row.missed) == (date(2025, 3, 31), "2025-Q1", "逾期", 4)


def test_where_nothing_is_missed_it_shows_the_next_and_where_all_is_done_the_last() -> None:
    done = [
        f"      - {{on: {day}, period: {period}, state: done}}\n" for day, period in (("2024-03-01", "2024-Q1"), ("2024-06-01", "2024-Q2"))
    ]
    plan = QUARTERLY.replace("2025-12-31", "2024-06-30") + "    progress:\n" + "".join(done)
    ahead = QUARTERLY.replace("2024-01-10", "2025-04-01")
    assert [(row.due, row.status, row.missed) for text in (ahead, plan) for row in rows(load(text))] == [
        (date(2025, 6, 30), "未到期", 0),
        (date(2024, 6, 30), "办结", 0),
    ]


def test_each_occurrence_is_a_row_if_asked_for() -> None:
    found = rows(load(QUARTERLY), each=True, before=date(2024, 12, 31))
    assert [(row.period, row.due, row.missed) for row in found] == [
        ("2024-Q1", date(2024, 3, 31), 0),
        ("2024-Q2", date(2024, 6, 30), 0),
        ("2024-Q3", date(2024, 9, 30), 0),
        ("2024-Q4", date(2024, 12, 31), 0),
    ]


def test_a_task_without_a_deadline_is_a_row_unless_days_are_asked_for() -> None:
    workspace = load(HEAD + 'tasks:\n  - {id: "1", title: 长期坚持, lead: [县司法局], note: 没有期限。}\n')
    assert [[(row.what, row.due, row.status, row.light, row.note) for row in rows(workspace, before=before)] for before in (None, DAY)] == [
        [("长期坚持", None, "长期", "蓝", "没有期限。")],
        [],
    ]


def test_what_never_has_a_date_shows_what_was_recorded_about_it() -> None:
    plan = HEAD + 'tasks:\n  - id: "1"\n    title: 甲\n    lead: [乙]\n    deadlines: [{id: a, ongoing: true}, {id: b, due: 2025-12-31}]\n'
    recorded = "    progress: [{on: 2025-03-01, unit: 乙, deadline: a, state: in-progress, percent: 30, evidence: [会议纪要]}]\n"
    assert [(row.deadline, row.latest_on, row.latest, row.percent, row.evidence) for row in rows(load(plan + recorded))] == [
        ("a", date(2025, 3, 1), "乙 推进中，完成 30%", 30, "会议纪要"),
        ("b", None, "", None, ""),
    ]


def test_what_a_group_owes_is_done_on_the_day_of_its_last_member() -> None:
    plan = HEAD + 'tasks:\n  - id: "1"\n    title: 甲\n    lead: [各镇]\n    deadlines: [{id: b, due: 2025-06-30}]\n'
    said = [f"{{on: 2025-0{month}-01, unit: {unit}, state: done}}" for month, unit in ((1, "甲镇"), (2, "乙镇"))]
    units = "planctl: 1\norganisation: 示例县\nunits: [{name: 甲镇}, {name: 乙镇}]\ngroups: [{name: 各镇, members: [甲镇, 乙镇]}]\n"
    texts = [f"{plan}    progress: [{', '.join(said[:count])}]\n" for count in (1, 2)]
    found = [rows(load({"plans/demo/plan.yaml": text, "plans/demo/units.yaml": units}))[0] for text in texts]
    assert [(row.status, row.done_on, row.marks) for row in found] == [("未到期", None, "尚缺：乙镇"), ("办结", date(2025, 2, 1), "")]


def test_counts_and_figures_stand_beside_what_is_wanted() -> None:
    plan = (
        HEAD + 'tasks:\n  - id: "1"\n    title: 甲\n    lead: [乙]\n    deadlines:\n'
        "      - {id: study, every: year, at_least: 4, of: 次}\n"
        '      - {id: rate, metric: 应诉率, target: ">= 90 %", due: 2025-12-31}\n'
        "      - {id: publish, due: 2025-12-31}\n"
    )
    recorded = (
        "    progress:\n      - {on: 2025-02-01, deadline: study, period: 2024, count: 1}\n      - {on: 2025-03-01, deadline: study, period: 2024, count: 2}\n"
        "      - {on: 2025-03-01, deadline: rate, value: 85.5}\n"
    )
    assert [[(row.deadline, row.wanted, row.counted, row.value) for row in rows(load(text))] for text in (plan, plan + recorded)] == [
        [("study", "不少于 4 次", 0, None), ("rate", ">= 90 %", None, None), ("publish", "", None, None)],
        [("study", "不少于 4 次", 3, None), ("rate", ">= 90 %", None, 85.5), ("publish", "", None, None)],
    ]


def test_in_a_file_it_begins_with_the_mark_that_excel_looks_for_and_in_a_pipe_not(tmp_path: Path) -> None:
    run("export", "--format", "csv", "--output", tmp_path / "a.csv", cwd=DEMO)
    written, piped = (tmp_path / "a.csv").read_bytes(), run("export", "--format", "csv", cwd=DEMO).stdout
    assert written == b"\xef\xbb\xbf" + piped.encode()


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=20), st.sampled_from(FORMULA))
@settings(max_examples=200, deadline=None)
def test_no_cell_begins_as_a_formula_and_every_row_has_every_column(text: str, sign: str) -> None:
    workspace = load(QUARTERLY)
    task = Task("1", sign + text, lead=(sign + text,), section=(sign + text,), note=sign + text)
    (row,) = rows(workspace.with_plans((workspace.plans[0]._replace(title=sign + text, tasks=(task,)),)))
    headings, cells = read(render_csv(register.table([row], "zh")))
    assert (len(headings), len(cells)) == (len(register.COLUMNS), len(register.COLUMNS))
    assert [cell for cell in cells if cell.startswith(FORMULA)] == []
    assert cells[headings.index("任务")] == f"'{sign}{text}"


def test_days_left_and_days_overdue_are_figures_without_a_sign() -> None:
    found = rows(load(QUARTERLY), each=True, after=date(2024, 12, 31), before=date(2025, 6, 30))
    assert [(row.days_left, row.days_overdue) for row in found] == [(None, 1), (90, None)]
