"""`planctl due` as a stranger uses it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from conftest import run

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[1]
DEMO = Path(__file__).parent / "cases" / "demo"
DAY = ("--as-of", "2025-12-01")
KEYS = [
    "plan", "task", "title", "deadline", "occurrence", "kind", "what", "quote", "due", "due_at", "original_due", "days_left", "status",
    "provisional", "soft", "lead", "support", "actors",
    "missing",
]  # fmt: skip


def due(*args: str, cwd: Path = DEMO) -> list[dict[str, Any]]:
    done = run("due", "--format", "json", *args, cwd=cwd)
    assert (done.returncode, done.stderr) == (0, "")
    answer: list[dict[str, Any]] = json.loads(done.stdout)
    return answer


def occurrences(*args: str) -> list[str]:
    return [f"{each['plan']}/{each['occurrence']}" for each in due(*DAY, *args)]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("form", ["table", "json", "csv", "md"])
def test_each_format_in_each_language(form: str, lang: str, golden: Callable[[str, str], None]) -> None:
    done = run("due", "--before", "2026-12-31", *DAY, "--format", form, cwd=DEMO, env={"PLANCTL_LANG": lang})
    golden(f"due.{lang}.{form}", done.stdout)
    assert done.returncode == 0


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_explain_says_why_each_is_there(lang: str, golden: Callable[[str, str], None]) -> None:
    done = run("due", "--before", "2026-12-31", "--explain", *DAY, cwd=DEMO, env={"PLANCTL_LANG": lang})
    golden(f"due.explain.{lang}.txt", done.stdout)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_table_says_on_standard_error_what_it_counted() -> None:
    zh, en = (run("due", *DAY, cwd=DEMO, env={"PLANCTL_LANG": lang}).stderr for lang in ("zh", "en"))
    assert zh == "列出 4 行，共 11 期，其中逾期 10 期（截至 2025-12-01；按库内记录推算，没有记录不等于没有办）。\n"
    assert en == "Rows: 4, occurrences: 11, overdue: 10 (as of 2025-12-01, by what is recorded here; no record does not mean not done).\n"


def test_json_has_the_keys_of_the_contract_in_every_record() -> None:
    assert {tuple(each) for each in due("--all", "--before", "2030-12-31")} == {tuple(KEYS)}


def test_json_record_of_an_extended_deadline() -> None:
    [found] = due("--after", "2026-01-01", "--before", "2026-12-31", *DAY)
    assert found == {
        "plan": "demo-2024",
        "task": "3",
        "title": "标题里的[red]方括号[/]、|竖线|、*星号*和<b>标签</b>",
        "deadline": "rate",
        "occurrence": "3/rate",
        "kind": "metric",
        "what": "提高达标率",
        "quote": "不低于90%",
        "due": "2026-03-31",
        "due_at": None,
        "original_due": "2025-12-31",
        "days_left": 120,
        "status": "upcoming",
        "provisional": False,
        "soft": False,
        "lead": ["县教育局"],
        "support": ["县财政局"],
        "actors": [],
        "missing": [],
    }


def test_before_includes_its_day_and_after_leaves_its_day_out() -> None:
    assert occurrences("--before", "2025-06-30", "--after", "2025-06-29") == ["demo-2024/2/lectures@2025-Q2", "demo-2025/1/clean-up"]
    assert occurrences("--before", "2025-06-29", "--after", "2025-03-31") == []
    assert occurrences("--before", "2025-06-30", "--after", "2025-06-30") == []


def test_after_alone_reaches_thirty_days_beyond_its_day() -> None:
    """And where that day is past, thirty days beyond the day of the question: what is to come has not been asked away."""
    assert occurrences("--after", "2026-03-01") == ["demo-2024/3/rate"]
    assert occurrences("--after", "2026-02-28") == []
    assert occurrences("--after", "2025-09-29") == ["demo-2024/2/lectures@2025-Q3", "demo-2024/2/lectures@2025-Q4"]


@pytest.mark.parametrize(
    ("args", "same"),
    [
        (("--before", "today"), ("--before", "2025-12-01")),
        (("--before", "+30d"), ("--before", "2025-12-31")),
        (("--before", "-6m"), ("--before", "2025-06-01")),
        (("--after", "-1m", "--before", "+4m"), ("--after", "2025-11-01", "--before", "2026-04-01")),
    ],
)
def test_days_are_counted_from_the_day_of_the_question(args: tuple[str, ...], same: tuple[str, ...]) -> None:
    assert occurrences(*args) == occurrences(*same) != []


def test_within_counts_from_the_day_of_the_question() -> None:
    assert occurrences("--within", "30d") == ["demo-2024/2/lectures@2025-Q4"]
    assert occurrences("--within", "29d") == []
    assert occurrences("--within", "4m") == ["demo-2024/2/lectures@2025-Q4", "demo-2024/3/rate"]


def test_the_next_thirty_days_and_all_that_is_overdue_by_default() -> None:
    assert occurrences() == occurrences("--before", "2025-12-31")


def test_overdue_lists_only_what_is_overdue() -> None:
    assert {each["status"] for each in due("--overdue", *DAY)} == {"overdue"}
    assert occurrences("--overdue") == [name for name in occurrences() if name != "demo-2024/2/lectures@2025-Q4"]


def test_done_and_cancelled_ones_are_listed_when_all_are_asked_for() -> None:
    more = set(occurrences("--all", "--before", "2025-12-31")) - set(occurrences("--before", "2025-12-31"))
    assert more == {"demo-2024/1/publish", "demo-2024/2/report@2024", "demo-2025/5/platform"}


def test_what_waits_for_an_event_is_listed_when_it_is_asked_for() -> None:
    args = ("--as-of", "2024-08-01", "--before", "2024-08-31", "--plan", "demo-2024")
    assert [each["occurrence"] for each in due(*args) if each["status"] == "awaiting-event"] == []
    [waiting] = [each for each in due(*args, "--awaiting") if each["status"] == "awaiting-event"]
    assert (waiting["deadline"], waiting["due"], waiting["days_left"]) == ("filing", None, None)


def test_as_of_leaves_out_what_was_recorded_later() -> None:
    early = {each["occurrence"]: each["status"] for each in due("--as-of", "2024-06-19", "--before", "2024-06-30", "--all")}
    later = {each["occurrence"]: each["status"] for each in due("--as-of", "2024-06-20", "--before", "2024-06-30", "--all")}
    assert (early["1/publish"], later["1/publish"]) == ("due", "done")


def test_a_row_stands_for_a_deadline_unless_each_is_asked_for() -> None:
    """The newest that is overdue, with the number of those before it and of the others."""
    rows, each = (run("due", *DAY, *more, cwd=DEMO).stdout.splitlines()[1:] for more in ((), ("--each",)))
    assert (len(rows), len(each)) == (4, len(occurrences()))
    assert rows[-1].startswith("2025-09-30  逾期 62 天 ")
    assert "2025-Q3 “力争每季度不少于1期” 力争 此前还有 6 期逾期 另有 1 期" in rows[-1]


def test_a_row_stands_for_the_next_occurrence_where_none_is_overdue() -> None:
    [row] = run("due", "--as-of", "2024-03-01", "--before", "2024-12-31", "--task", "demo-2024/2", cwd=DEMO).stdout.splitlines()[1:]
    assert row.startswith("2024-03-31  剩 30 天 ")
    assert "2024-Q1 “力争每季度不少于1期” 力争 另有 3 期" in row


def test_csv_has_a_row_for_every_occurrence_as_json_has_a_record() -> None:
    assert run("due", *DAY, "--format", "csv", cwd=DEMO).stdout.count("\r\n") == 1 + len(occurrences())


@pytest.mark.parametrize(
    ("args", "tasks"),
    [
        (("--plan", "demo-2025"), {"demo-2025/1"}),
        (("--plan", "demo-2025", "--plan", "demo-2024"), {"demo-2024/2", "demo-2024/3", "demo-2025/1"}),
        (("--unit", "司法局"), {"demo-2025/1"}),
        (("--unit", "县政府"), {"demo-2024/2"}),
        (("--unit", "县政府", "--role", "lead"), set()),
        (("--unit", "甲镇"), {"demo-2024/2"}),
        (("--unit", "县教育局", "--role", "lead"), {"demo-2024/3"}),
        (("--unit", "县教育局", "--role", "support"), set()),
        (("--unit", "县财政局", "--role", "support"), {"demo-2024/3"}),
        (("--task", "demo-2024/3"), {"demo-2024/3"}),
        (("--task", "demo-2024/3", "--task", "demo-2025/1"), {"demo-2024/3", "demo-2025/1"}),
        (("--task", "1", "--plan", "demo-2025"), {"demo-2025/1"}),
        (("--task", "demo-2024/3", "--unit", "县司法局"), set()),
    ],
)
def test_selections(args: tuple[str, ...], tasks: set[str]) -> None:
    assert {f"{each['plan']}/{each['task']}" for each in due(*DAY, *args)} == tasks


def test_fail_ends_with_1_only_where_something_was_found() -> None:
    codes = [run("due", *DAY, *more, "--fail", cwd=DEMO).returncode for more in ((), ("--before", "2023-12-31"))]
    assert (codes, run("due", *DAY, cwd=DEMO).returncode) == ([1, 0], 0)


def test_nothing_due_is_an_empty_array_and_a_table_without_rows() -> None:
    assert due("--before", "2023-12-31") == []
    assert run("due", "--before", "2023-12-31", cwd=DEMO).stdout.split() == ["到期日", "状态", "任务", "事项", "依据", "责任单位"]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--plan", "demo-2052"), "没有名为“demo-2052”的方案。\n是不是“demo-2025”？\n"),
        (("--task", "1"), "有好几个方案都有任务 1。\n写明是哪一个：demo-2024/1、demo-2025/1\n"),
        (("--task", "无此任务"), "没有名为“无此任务”的任务。\n用 planctl tasks 查看全部。\n"),
        (("--unit", "县司发局"), "没有名为“县司发局”的单位。\n是不是“县司法局”？\n"),
        (("--before", "2024-02-30"), "没有“2024-02-30”这一天。\n核对 --before 的月份和日子。\n"),
        (
            ("--before", "明天"),
            "看不懂日期“明天”。\n--before 可写 2022-12-31、2022年12月31日、today、+30d、2022Q4、2022-H1、2022-12 或 2022。\n",
        ),
    ],
)
def test_what_is_not_understood_ends_with_2_and_a_way_out(args: tuple[str, ...], said: str) -> None:
    done = run("due", *args, cwd=DEMO)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", said)


# The shipped plans: what a supervisor of that county would ask.


def shipped(*args: str) -> list[tuple[str, str, str]]:
    found = due("--plan", "ningyuan-2021-2025", *args, cwd=ROOT)
    return [(each["task"], each["deadline"], each["due"]) for each in found]


def test_ningyuan_by_the_end_of_2022() -> None:
    assert shipped("--before", "2022-12-31") == [
        (task, deadline, "2022-12-31")
        for task, deadline in [
            ("4", "publish"),
            ("25", "catalogue"),
            ("44", "certificates"),
            ("51", "plan"),
            ("60", "system"),
            ("88", "hearing"),
            ("90", "report"),
            ("93", "report"),
            ("96", "executive-study"),
            ("96", "department-training"),
            ("96", "township-lectures"),
            ("97", "study"),
            ("99", "training"),
            ("99", "hours"),
        ]
    ]


def test_ningyuan_one_day_earlier_has_nothing_due_at_the_end_of_the_year() -> None:
    assert shipped("--before", "2022-12-30") == []


def test_ningyuan_in_2023_adds_the_pilot_the_model_county_and_the_three_reports() -> None:
    found = shipped("--before", "2023-12-31")
    assert set(shipped("--before", "2022-12-31")) <= set(found)
    assert {
        ("14", "reform", "2023-12-31"),
        ("91", "model-county", "2023-12-31"),
        ("94", "county-report", "2023-03-01"),
        ("94", "unit-reports", "2023-03-01"),
        ("94", "publish", "2023-04-01"),
    } <= set(found)
    assert {task for task, _, when in found if when == "2022-12-31"}.isdisjoint({"14", "72", "91", "94"})
    assert "72" not in {task for task, _, _ in found}
