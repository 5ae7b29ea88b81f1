"""Lights: which colour an obligation has, and why."""

from __future__ import annotations

from datetime import date

import pytest

from conftest import load
from planctl.lights import Light, light, light_of_task
from planctl.messages import say
from planctl.queries import Judge
from planctl.settings import Colour, Condition

PLAN = """\
planctl: 1
id: demo
title: 示例县方案
document: {{issued: 2026-01-01}}
period: {{start: 2026-01-01, end: 2026-12-31}}
tasks:
  - id: "1"
    title: 办一件事
    lead: [县司法局]
    deadlines: [{deadline}]
    progress: [{progress}]
{more}
"""
END = "{id: d, due: 2026-12-31}"
"""A deadline at the end of a year of 365 days: on 2 July half of the time has passed."""


def judge(day: str, deadline: str = END, progress: str = "", more: str = "", settings: str = "") -> Judge:
    files = {"plans/demo/plan.yaml": PLAN.format(deadline=deadline, progress=progress, more=more)}
    if settings:
        files["planctl.yaml"] = f"planctl: 1\n{settings}"
    workspace = load(files)
    assert workspace.problems == ()
    return Judge(workspace, date.fromisoformat(day))


def only_light(of: Judge) -> Light:
    """Give the light of what the first task owes first."""
    plan = of.workspace.plans[0]
    return light(of.near(plan, plan.tasks[0])[0], of.day, of.workspace.settings.lights)


def task_light(of: Judge) -> Light:
    plan = of.workspace.plans[0]
    task = plan.tasks[0]
    return light_of_task(task, of.status(plan, task), of.near(plan, task), of.day, of.workspace.settings.lights)


def told(found: Light, lang: str = "zh") -> str:
    return f"{say(f'light.{found.colour}', lang)} {say(f'light.why.{found.condition}', lang, {'rule': found.rule, **found.figures})}"


@pytest.mark.parametrize(
    ("day", "deadline", "progress", "expected"),
    [
        ("2026-07-02", END, "{on: 2026-05-01, state: suspended}", "灰 已中止（规则2）"),
        ("2027-01-10", END, "", "红 逾期 10 天（规则3）"),
        ("2026-07-02", END, "{on: 2026-05-01, state: done}", "绿 已办结（规则4）"),
        ("2027-01-10", END, "{on: 2027-01-05, state: done}", "绿 已办结（规则4）"),
        ("2026-07-02", END, "{on: 2026-07-01, percent: 20}", "红 落后序时进度 30 个百分点，达到 30 个以上（规则5）"),
        ("2026-12-16", END, "{on: 2026-12-01, percent: 95}", "黄 还剩 15 天，在 15 天以内（规则6）"),
        ("2026-12-15", END, "{on: 2026-12-01, percent: 95}", "绿 正常推进（规则12）"),
        ("2026-07-02", END, "{on: 2026-07-01, percent: 40}", "黄 落后序时进度 10 个百分点，达到 10 个以上（规则7）"),
        ("2026-07-02", END, "{on: 2026-07-01, percent: 41}", "绿 正常推进（规则12）"),
        ("2026-07-02", "{id: d, within: 10 days, after: 开会}", "", "灰 尚未起算（规则8）"),
        ("2026-02-01", END, "", "灰 尚未开展（规则9）"),
        ("2026-07-02", END, "{on: 2026-04-01, state: in-progress}", "绿 正常推进（规则12）"),
        ("2026-07-03", END, "{on: 2026-04-01, state: in-progress}", "黄 93 天没有进展记录，超过 92 天（规则10）"),
    ],
)
def test_each_rule_gives_its_light_and_says_why(day: str, deadline: str, progress: str, expected: str) -> None:
    assert told(only_light(judge(day, deadline, progress))) == expected


def test_a_cancelled_task_is_grey_even_when_it_is_overdue() -> None:
    of = judge("2027-02-01", more="    cancelled: {on: 2026-05-01, by: 县政府, reason: 并入他项}")
    assert told(only_light(of)) == "灰 已撤销（规则1）"


def test_a_task_without_deadlines_stands() -> None:
    assert told(task_light(judge("2026-02-01", deadline=""))) == "蓝 长期坚持（规则11）"
    assert (
        told(task_light(judge("2026-10-01", deadline="", progress="{on: 2026-02-01, note: 坚持}")))
        == "黄 242 天没有进展记录，超过 92 天（规则10）"
    )


def test_the_reason_in_english() -> None:
    assert told(only_light(judge("2027-01-10")), "en") == "red 10 days overdue (rule 3)"


def test_overdue_comes_before_behind_and_done_before_silent() -> None:
    assert only_light(judge("2027-01-10", progress="{on: 2026-02-01, percent: 1}")).condition is Condition.OVERDUE
    assert only_light(judge("2026-11-30", progress="{on: 2026-02-01, state: done}")).condition is Condition.DONE


# Behind the time that has passed

TEN = "{id: d, every: year, at_least: 10, of: 期}"


@pytest.mark.parametrize(("held", "expected"), [(0, "red"), (2, "red"), (3, "yellow"), (4, "yellow"), (5, "green"), (9, "green")])
def test_counts_are_compared_with_the_time_that_has_passed(held: int, expected: str) -> None:
    """On 2 July half of the year is over: of ten, five should be done."""
    of = judge("2026-07-02", TEN, f"{{on: 2026-07-01, deadline: d, count: {held}}}" if held else "")
    assert only_light(of).colour == expected


def test_a_percentage_that_was_recorded_counts_before_the_count() -> None:
    assert only_light(judge("2026-07-02", TEN, "{on: 2026-07-01, deadline: d, count: 1, percent: 60}")).colour is Colour.GREEN


def test_a_deadline_without_figures_is_not_behind() -> None:
    assert only_light(judge("2026-11-30", progress="{on: 2026-11-01, state: in-progress}")).condition is Condition.ALWAYS


# Late

DONE_LATE = "lights: [{when: done-late, light: yellow}, {when: done, light: green}]"


@pytest.mark.parametrize(
    ("deadline", "progress", "expected"),
    [
        (END, "{on: 2026-12-31, state: done}", "绿 已办结（规则2）"),
        (END, "{on: 2027-01-03, state: done}", "黄 逾期 3 天后办结（规则1）"),
        (END, "{on: 2026-12-20, state: done}, {on: 2027-01-15, state: closed}", "绿 已办结（规则2）"),
        (END, "{on: 2027-01-15, state: closed}", "黄 逾期 15 天后办结（规则1）"),
        (
            END,
            "{on: 2026-12-20, state: done}, {on: 2027-01-04, state: returned}, {on: 2027-01-09, state: done}",
            "黄 逾期 9 天后办结（规则1）",
        ),
        (TEN, "{on: 2026-12-20, deadline: d, count: 10}", "绿 已办结（规则2）"),
        (
            TEN,
            "{on: 2026-12-20, deadline: d, count: 9}, {on: 2027-01-05, deadline: d, period: 2026, count: 1}",
            "黄 逾期 5 天后办结（规则1）",
        ),
        ("{id: d, metric: 率, target: '>= 90 %', due: 2026-12-31}", "{on: 2027-01-15, value: 95}", "绿 已办结（规则2）"),
    ],
)
def test_late_is_what_was_done_late_not_what_was_checked_or_measured_late(deadline: str, progress: str, expected: str) -> None:
    assert told(only_light(judge("2027-02-01", deadline, progress, settings=DONE_LATE))) == expected


# Rules of a repository


def test_the_rules_of_a_repository_replace_the_built_in_ones() -> None:
    own = "lights: [{when: due-soon, light: blue, days: 40}, {when: behind, light: yellow, points: 80}, {when: always, light: grey}]"
    assert told(only_light(judge("2026-11-22", settings=own))) == "蓝 还剩 39 天，在 40 天以内（规则1）"
    assert (
        told(only_light(judge("2026-11-20", progress="{on: 2026-11-01, percent: 1}", settings=own)))
        == "黄 落后序时进度 88 个百分点，达到 80 个以上（规则2）"
    )
    assert told(only_light(judge("2026-07-02", progress="{on: 2026-07-01, percent: 1}", settings=own))) == "灰 正常推进（规则3）"


def test_the_first_rule_that_holds_counts() -> None:
    own = "lights: [{when: always, light: blue}, {when: overdue, light: red}]"
    assert told(only_light(judge("2027-01-10", settings=own))) == "蓝 正常推进（规则1）"


@pytest.mark.parametrize("own", ["lights: [{when: overdue, light: red}]", "lights: [{when: silent, light: red, days: 90}]"])
def test_where_no_rule_holds_the_light_is_green_and_has_a_reason(own: str) -> None:
    assert told(only_light(judge("2026-02-01", settings=own))) == "绿 正常推进（规则2）"


def test_a_rule_without_its_figure_takes_it_for_zero() -> None:
    own = "lights: [{when: silent, light: yellow}, {when: due-soon, light: red}]"
    assert (
        told(only_light(judge("2026-02-02", progress="{on: 2026-02-01, note: 动}", settings=own)))
        == "黄 1 天没有进展记录，超过 0 天（规则1）"
    )


# Tasks


def test_a_task_has_the_most_pressing_light_of_what_it_owes() -> None:
    several = "{id: late, due: 2026-03-31}, {id: soon, due: 2026-07-10}, {id: far, due: 2027-12-31}"
    done = ", ".join(f"{{on: 2026-07-01, deadline: {name}, state: done}}" for name in ("late", "soon"))
    assert [
        told(task_light(judge("2026-07-02", several, progress)))
        for progress in (
            "",
            "{on: 2026-07-01, deadline: late, state: done}",
            done,
            f"{done}, {{on: 2026-07-01, deadline: far, state: done}}",
        )
    ] == ["红 逾期 93 天（规则3）", "黄 还剩 8 天，在 15 天以内（规则6）", "灰 尚未开展（规则9）", "绿 已办结（规则4）"]
