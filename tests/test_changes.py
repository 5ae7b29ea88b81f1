"""Changes: what two states of plans differ in, and what is no difference."""

from __future__ import annotations

import re
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import PLAN_PATH, load
from planctl import model
from planctl.changes import LEVELS, Change, ChangeKind, Level, compare, find_unread
from planctl.changes.pairs import out_of_order
from planctl.changes.tasks import PLAIN
from planctl.model import Task
from planctl.queries import Judge

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planctl.workspace import Workspace

DAY = date(2026, 11, 22)
PLAN = """planctl: 1
id: p
title: 示例县方案
document: {{number: 示政发〔2024〕1号, issuers: [县政府], issued: 2024-01-10}}
period: {{start: 2024-01-01, end: 2026-12-31}}
tasks:
{tasks}
"""
UNITS = """planctl: 1
organisation: 示例县
units:
  - {name: 甲局, aliases: [甲]}
  - {name: 乙局}
  - {name: 丙局}
groups:
  - {name: 各镇, members: [东镇, 西镇]}
"""
UNITS_PATH = "plans/demo/units.yaml"
SETTINGS_PATH = "planctl.yaml"
TASK = '  - {{id: "{id}", title: {title}, lead: [{lead}]{rest}}}'
LONG = """  - id: "1"
    title: 公布清单
    lead: [甲局, 乙局]
    support: [丙局]
    deadlines:
      - {id: d, what: 公布, due: 2024-06-30, quote: 2024年6月底前}
"""
OTHER_STYLE = """  - lead: ["甲局", 乙局]
    id: 1
    support:
      - 丙局
    deadlines:
      - quote: 2024年6月底前
        what: "公布"
        due: 2024-06-30
        id: d
    title: '公布清单'
"""


def task(rest: str = "", *, number: str = "1", title: str = "公布清单", lead: str = "甲局") -> str:
    """Write a task; `rest` are more keys."""
    return TASK.format(id=number, title=title, lead=lead, rest=f", {rest}" if rest else "")


def due(rest: str, **others: str) -> str:
    """Write a task with one deadline."""
    return task(f"deadlines: [{{id: d, {rest}}}]", **others)


def of(tasks: str, units: str = UNITS, settings: str = "planctl: 1\n", **more: str) -> Workspace:
    """Load a plan of these tasks."""
    return load({PLAN_PATH: PLAN.format(tasks=tasks), UNITS_PATH: units, SETTINGS_PATH: settings, **more})


def told(change: Change) -> tuple[str, str, object, object, str]:
    return change.kind.value, change.field, change.old, change.new, change.level.value


def changes(old: Workspace, new: Workspace) -> list[tuple[str, str, object, object, str]]:
    return [told(change) for change in compare(old, new)]


def changed(field: str, old: object, new: object, level: str) -> tuple[str, str, object, object, str]:
    return "changed", field, old, new, level


ONCE = "what: 公布, due: 2024-06-30"
LATE = date(2024, 12, 31)
SOON = date(2024, 6, 30)
EXTENSION = "extensions: [{from: 2024-06-30, to: 2024-12-31, approved: 2024-06-10, by: 县政府}]"
EXTENSION_RECORD = {"from": SOON, "to": LATE, "approved": date(2024, 6, 10), "by": "县政府"}
DONE = {"on": date(2024, 6, 1), "unit": "甲局", "state": "done"}
DONE_TEXT = "progress: [{on: 2024-06-01, unit: 甲局, state: done}]"

TASKS: dict[str, tuple[str, str, list[tuple[str, str, object, object, str]]]] = {
    # Owners
    "a lead more": (task(lead="甲局"), task(lead="甲局, 乙局"), [changed("lead", ["甲局"], ["甲局", "乙局"], "notable")]),
    "a lead less": (task(lead="甲局, 乙局"), task(lead="甲局"), [changed("lead", ["甲局", "乙局"], ["甲局"], "breaking")]),
    "another lead": (task(lead="甲局"), task(lead="乙局"), [changed("lead", ["甲局"], ["乙局"], "breaking")]),
    "another first lead": (
        task(lead="甲局, 乙局"),
        task(lead="乙局, 甲局"),
        [changed("lead", ["甲局", "乙局"], ["乙局", "甲局"], "notable")],
    ),
    "a lead demoted": (
        task("support: [丙局]", lead="甲局, 乙局"),
        task("support: [丙局, 乙局]", lead="甲局"),
        [changed("lead", ["甲局", "乙局"], ["甲局"], "breaking"), changed("support", ["丙局"], ["丙局", "乙局"], "notable")],
    ),
    "a lead taken in by its group": (task(lead="东镇"), task(lead="各镇"), [changed("lead", ["东镇"], ["各镇"], "notable")]),
    "supports in another order": (
        task("support: [乙局, 丙局]"),
        task("support: [丙局, 乙局]"),
        [changed("support", ["乙局", "丙局"], ["丙局", "乙局"], "notable")],
    ),
    "another basis": (task("basis: stated"), task("basis: assigned"), [changed("basis", "stated", "assigned", "notable")]),
    "a flag": (task(), task("open_list: true"), [changed("open_list", False, True, "notable")]),
    # What a task says
    "another title": (task(title="公布清单"), task(title="公布目录"), [changed("title", "公布清单", "公布目录", "notable")]),
    "a title in other widths": (
        task(title="公布(清单)"),
        task(title="公布（清单）"),
        [changed("title", "公布(清单)", "公布（清单）", "routine")],
    ),
    "another section": (task("section: [一]"), task("section: [二, (一)]"), [("moved", "section", ["一"], ["二", "(一)"], "routine")]),
    "tags and a note": (
        task("tags: [重点]"),
        task("note: 见附件"),
        [changed("tags", ["重点"], [], "routine"), changed("note", None, "见附件", "routine")],
    ),
    "an upper task": (task(), task("upstream: [q/1]"), [changed("upstream", [], ["q/1"], "notable")]),
    "cancelled with a decision": (
        task(),
        task("cancelled: {on: 2024-05-01, by: 县政府, reason: 机构改革}"),
        [changed("cancelled", None, {"on": date(2024, 5, 1), "by": "县政府", "reason": "机构改革"}, "notable")],
    ),
    "cancelled by nobody": (
        task(),
        task("cancelled: {on: 2024-05-01}"),
        [changed("cancelled", None, {"on": date(2024, 5, 1)}, "breaking")],
    ),
    "the clause of the document": (
        task("source: {clause: 一}"),
        task("source: {clause: 二}"),
        [changed("source.clause", "一", "二", "notable")],
    ),
    # Which task is which
    "a new task": (
        task(),
        f"{task()}\n{task(number='2', title='报告')}",
        [("added", "tasks", None, {"id": "2", "title": "报告", "lead": ["甲局"]}, "notable")],
    ),
    "a task dropped": (
        f"{task()}\n{task(number='2', title='报告')}",
        task(),
        [("removed", "tasks", {"id": "2", "title": "报告", "lead": ["甲局"]}, None, "breaking")],
    ),
    "a task put in front renumbers the next": (
        task(number="1", title="公布"),
        f"{task(number='1', title='新任务')}\n{task(number='2', title='公布')}",
        [("added", "tasks", None, {"id": "1", "title": "新任务", "lead": ["甲局"]}, "notable"), changed("id", "1", "2", "notable")],
    ),
    "a task under a new number and title": (
        due("what: 公布清单, due: 2024-06-30", number="1", title="甲"),
        due("what: 公布清单, due: 2024-06-30", number="9", title="乙"),
        [changed("id", "1", "9", "notable"), changed("title", "甲", "乙", "notable")],
    ),
    "tasks in another order": (
        "\n".join(task(number=each, title=each) for each in "123"),
        "\n".join(task(number=each, title=each) for each in "231"),
        [("moved", "order", None, "3", "routine")],
    ),
    "a task split": (
        task("deadlines: [{id: a, what: 起草, due: 2024-03-31}, {id: b, what: 公布, due: 2024-06-30}]"),
        f"{task('deadlines: [{id: a, what: 起草, due: 2024-03-31}]')}\n{due('what: 公布, due: 2024-06-30', number='2', title='公布')}",
        [
            (
                "added",
                "tasks",
                None,
                {
                    "id": "2",
                    "title": "公布",
                    "lead": ["甲局"],
                    "deadlines": [{"id": "d", "kind": "once", "what": "公布", "roll": "none", "due": SOON}],
                },
                "notable",
            )
        ],
    ),
    "two tasks merged": (
        f"{due('what: 起草, due: 2024-03-31')}\n{task('deadlines: [{id: e, what: 公布, due: 2024-06-30}]', number='2', title='公布')}",
        task("deadlines: [{id: d, what: 起草, due: 2024-03-31}, {id: e, what: 公布, due: 2024-06-30}]"),
        [
            ("moved", "deadlines", "p/2/e", "p/1/e", "notable"),
            (
                "removed",
                "tasks",
                {
                    "id": "2",
                    "title": "公布",
                    "lead": ["甲局"],
                    "deadlines": [{"id": "e", "kind": "once", "what": "公布", "roll": "none", "due": SOON}],
                },
                None,
                "notable",
            ),
        ],
    ),
    # Dates
    "a date later": (due(ONCE), due("what: 公布, due: 2024-12-31"), [changed("deadlines.due", SOON, LATE, "breaking")]),
    "a date earlier": (due("what: 公布, due: 2024-12-31"), due(ONCE), [changed("deadlines.due", LATE, SOON, "notable")]),
    "a new deadline": (
        task(),
        due(ONCE),
        [("added", "deadlines", None, {"id": "d", "kind": "once", "what": "公布", "roll": "none", "due": SOON}, "notable")],
    ),
    "a deadline dropped": (
        due(ONCE),
        task(),
        [("removed", "deadlines", {"id": "d", "kind": "once", "what": "公布", "roll": "none", "due": SOON}, None, "breaking")],
    ),
    "a deadline renamed, by its quote": (
        task("deadlines: [{id: a, due: 2024-06-30, quote: 6月底前}]"),
        task("deadlines: [{id: b, due: 2024-12-31, quote: 6月底前}]"),
        [changed("deadlines.id", "a", "b", "notable"), changed("deadlines.due", SOON, LATE, "breaking")],
    ),
    "a deadline renamed, by likeness": (
        task("deadlines: [{id: a, every: year, by: 03-01, at_least: 2, what: 培训}]"),
        task("deadlines: [{id: b, every: year, by: 03-01, at_least: 2, what: 执法培训}]"),
        [changed("deadlines.id", "a", "b", "notable"), changed("deadlines.what", "培训", "执法培训", "notable")],
    ),
    "another kind": (due(ONCE), due("what: 公布, ongoing: true"), [changed("deadlines.kind", "once", "ongoing", "breaking")]),
    "another cycle": (due("every: quarter"), due("every: year"), [changed("deadlines.every", "quarter", "year", "breaking")]),
    "another day of the year": (
        due("every: year, by: 03-01"),
        due("every: year, by: 04-01"),
        [changed("deadlines.by", "03-01", "04-01", "breaking")],
    ),
    "an earlier day of the month": (
        due("every: month, by: 25"),
        due("every: month, by: 15"),
        [changed("deadlines.by", "25", "15", "notable")],
    ),
    "a count lowered": (
        due("every: year, at_least: 2"),
        due("every: year, at_least: 1"),
        [changed("deadlines.at_least", 2, 1, "breaking")],
    ),
    "a count raised": (due("every: year, at_least: 1"), due("every: year, at_least: 2"), [changed("deadlines.at_least", 1, 2, "notable")]),
    "from exactly so many to at least so many": (
        due("every: year, exactly: 2"),
        due("every: year, at_least: 2"),
        [changed("deadlines.at_least", None, 2, "notable"), changed("deadlines.exactly", 2, None, "notable")],
    ),
    "a limit raised": (due("every: year, at_most: 2"), due("every: year, at_most: 3"), [changed("deadlines.at_most", 2, 3, "breaking")]),
    "a target lowered": (
        due('metric: 率, target: ">= 95 %"'),
        due('metric: 率, target: ">= 90 %"'),
        [changed("deadlines.target", ">= 95 %", ">= 90 %", "breaking")],
    ),
    "a ceiling lowered": (
        due('metric: 率, target: "<= 5 %"'),
        due('metric: 率, target: "<= 3 %"'),
        [changed("deadlines.target", "<= 5 %", "<= 3 %", "notable")],
    ),
    "a longer time": (
        due("within: 15 days, after: 公布"),
        due("within: 1 months, after: 公布"),
        [changed("deadlines.within", "15 days", "1 month", "breaking")],
    ),
    "another clock": (
        due("within: 15 days, after: 公布"),
        due("within: 15 days, after: 印发"),
        [changed("deadlines.after", "公布", "印发", "notable")],
    ),
    "a duty that becomes an aim": (due(ONCE), due(f"{ONCE}, soft: true"), [changed("deadlines.soft", False, True, "breaking")]),
    "an aim that becomes a duty": (due(f"{ONCE}, soft: true"), due(ONCE), [changed("deadlines.soft", True, False, "notable")]),
    "a date that becomes vague": (due(ONCE), due(f"{ONCE}, vague: true"), [changed("deadlines.vague", False, True, "breaking")]),
    "a condition": (due(ONCE), due(f"{ONCE}, condition: 有案件的"), [changed("deadlines.condition", None, "有案件的", "breaking")]),
    "somebody else acts": (due(ONCE), due(f"{ONCE}, actors: [乙局]"), [changed("deadlines.actors", [], ["乙局"], "breaking")]),
    "the lead is named as who acts": (due(ONCE), due(f"{ONCE}, actors: [甲局]"), [changed("deadlines.actors", [], ["甲局"], "notable")]),
    "a rest day moves it on": (due(ONCE), due(f"{ONCE}, roll: next"), [changed("deadlines.roll", "none", "next", "breaking")]),
    # What is recorded
    "progress appended": (task(), task(DONE_TEXT), [("added", "progress", None, DONE, "routine")]),
    "progress removed": (task(DONE_TEXT), task(), [("removed", "progress", DONE, None, "breaking")]),
    "progress rewritten": (
        task(DONE_TEXT),
        task("progress: [{on: 2024-06-01, unit: 甲局, state: submitted}]"),
        [changed("progress.state", "done", "submitted", "breaking")],
    ),
    "progress that halts": (
        task(),
        task("progress: [{on: 2024-06-01, state: suspended}]"),
        [("added", "progress", None, {"on": date(2024, 6, 1), "state": "suspended"}, "notable")],
    ),
    "evidence more": (
        task("progress: [{on: 2024-06-01, state: done}]"),
        task("progress: [{on: 2024-06-01, state: done, evidence: [a.pdf]}]"),
        [changed("progress.evidence", [], ["a.pdf"], "routine")],
    ),
    "an extension": (
        due(ONCE),
        task(f"deadlines: [{{id: d, {ONCE}}}], {EXTENSION}"),
        [("added", "extensions", None, EXTENSION_RECORD, "notable")],
    ),
    "an extension removed": (
        task(f"deadlines: [{{id: d, {ONCE}}}], {EXTENSION}"),
        due(ONCE),
        [("removed", "extensions", EXTENSION_RECORD, None, "breaking")],
    ),
    "an extension rewritten": (
        task(f"deadlines: [{{id: d, {ONCE}}}], {EXTENSION}"),
        task(f"deadlines: [{{id: d, {ONCE}}}], {EXTENSION.replace('2024-12-31', '2025-12-31')}"),
        [changed("extensions.to", LATE, date(2025, 12, 31), "breaking")],
    ),
    "a request approved": (
        task(f"deadlines: [{{id: d, {ONCE}}}], extensions: [{{from: 2024-06-30, to: 2024-12-31, requested: 2024-06-01}}]"),
        task(
            f"deadlines: [{{id: d, {ONCE}}}], extensions: [{{from: 2024-06-30, to: 2024-12-31, requested: 2024-06-01, approved: 2024-06-10}}]"
        ),
        [changed("extensions.approved", None, date(2024, 6, 10), "notable")],
    ),
    # Nothing
    "the same": (LONG, LONG, []),
    "keys in another order and style": (
        LONG,
        OTHER_STYLE,
        [],
    ),
    "comments and blank lines": (LONG, LONG.replace("    lead", "\n    # 见会议纪要\n    lead"), []),
    "an alias for a name": (task(lead="甲局"), task(lead="甲"), []),
    "defaults written out": (due(ONCE), due(f"{ONCE}, soft: false, roll: none, actors: []"), []),
    "entries recorded in another order": (
        task("progress: [{on: 2024-06-01, state: accepted}, {on: 2024-07-01, state: done}]"),
        task("progress: [{on: 2024-07-01, state: done}, {on: 2024-06-01, state: accepted}]"),
        [],
    ),
    "deadlines in another order": (
        task("deadlines: [{id: a, due: 2024-06-30}, {id: b, ongoing: true}]"),
        task("deadlines: [{id: b, ongoing: true}, {id: a, due: 2024-06-30}]"),
        [],
    ),
}


@pytest.mark.parametrize(("old", "new", "expected"), TASKS.values(), ids=TASKS)
def test_what_changes_in_a_task(old: str, new: str, expected: list[tuple[str, str, object, object, str]]) -> None:
    assert changes(of(old), of(new)) == expected


def replaced(text: str, *pairs: tuple[str, str]) -> str:
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return text


PLANS: dict[str, tuple[tuple[str, str], list[tuple[str, str, object, object, str]]]] = {
    "id": (("id: p", "id: q"), [changed("id", "p", "q", "notable")]),
    "title": (("示例县方案", "示例县要点"), [changed("title", "示例县方案", "示例县要点", "notable")]),
    "number": (("1号", "2号"), [changed("document.number", "示政发〔2024〕1号", "示政发〔2024〕2号", "breaking")]),
    "number taken out": (("number: 示政发〔2024〕1号, ", ""), [changed("document.number", "示政发〔2024〕1号", None, "breaking")]),
    "issuers": (("issuers: [县政府]", "issuers: [县委]"), [changed("document.issuers", ["县政府"], ["县委"], "breaking")]),
    "issued": (
        ("issued: 2024-01-10", "issued: 2024-02-10"),
        [changed("document.issued", date(2024, 1, 10), date(2024, 2, 10), "breaking")],
    ),
    "published": (("issued:", "published: 2024-01-20, issued:"), [changed("document.published", None, date(2024, 1, 20), "routine")]),
    "end earlier": (("end: 2026-12-31", "end: 2025-12-31"), [changed("period.end", date(2026, 12, 31), date(2025, 12, 31), "breaking")]),
    "end later": (("end: 2026-12-31", "end: 2027-12-31"), [changed("period.end", date(2026, 12, 31), date(2027, 12, 31), "notable")]),
    "ended": (
        ("tasks:", "ended: {on: 2025-05-01, by: 县政府, reason: 被取代}\ntasks:"),
        [changed("ended", None, {"on": date(2025, 5, 1), "by": "县政府", "reason": "被取代"}, "notable")],
    ),
    "an event": (
        ("tasks:", "events: [{on: 2024-02-01, name: 公布}]\ntasks:"),
        [("added", "events", None, {"on": date(2024, 2, 1), "name": "公布"}, "routine")],
    ),
}


@pytest.mark.parametrize(("pair", "expected"), PLANS.values(), ids=PLANS)
def test_what_changes_in_a_plan(pair: tuple[str, str], expected: list[tuple[str, str, object, object, str]]) -> None:
    text = PLAN.format(tasks=LONG)
    files = {UNITS_PATH: UNITS}
    assert changes(load({**files, PLAN_PATH: text}), load({**files, PLAN_PATH: replaced(text, pair)})) == expected


def test_an_event_rewritten_or_removed() -> None:
    text = PLAN.format(tasks=LONG) + "events: [{on: 2024-02-01, name: 公布, ref: 1号}]\n"
    assert changes(load(text), load(replaced(text, ("2024-02-01", "2024-03-01")))) == [
        changed("events.on", date(2024, 2, 1), date(2024, 3, 1), "breaking")
    ]
    assert changes(load(text), load(PLAN.format(tasks=LONG))) == [
        ("removed", "events", {"on": date(2024, 2, 1), "name": "公布", "ref": "1号"}, None, "breaking")
    ]


SHARED: dict[str, tuple[str, tuple[str, str], list[tuple[str, str, object, object, str]]]] = {
    "a unit renamed": (
        UNITS,
        ("{name: 甲局, aliases: [甲]}", "{name: 甲委, aliases: [甲, 甲局]}"),
        [changed("units.name", "甲局", "甲委", "notable")],
    ),
    "a unit ended": (UNITS, ("{name: 乙局}", "{name: 乙局, to: 2024-05-31, successors: [丙局]}"), [changed("units.to", None, date(2024, 5, 31), "notable"), changed("units.successors", [], ["丙局"], "notable")]),
    "a unit merged": (UNITS, ("  - {name: 乙局}\n  - {name: 丙局}", "  - {name: 丙局, aliases: [乙局]}"), [changed("units.aliases", [], ["乙局"], "routine"), ("removed", "units", {"name": "乙局"}, None, "notable")]),
    "a new unit": (UNITS, ("  - {name: 丙局}", "  - {name: 丙局}\n  - {name: 丁局}"), [("added", "units", None, {"name": "丁局"}, "routine")]),
    "a member less": (UNITS, ("[东镇, 西镇]", "[东镇]"), [changed("groups.members", ["东镇", "西镇"], ["东镇"], "breaking")]),
    "a member more": (UNITS, ("[东镇, 西镇]", "[东镇, 西镇, 南镇]"), [changed("groups.members", ["东镇", "西镇"], ["东镇", "西镇", "南镇"], "notable")]),
    "a calendar": ("planctl: 1\n", ("planctl: 1\n", "planctl: 1\ncalendars: [{year: 2027, holidays: [2027-01-01]}]\n"), [("added", "settings.calendars", None, {"year": 2027, "holidays": [[date(2027, 1, 1), date(2027, 1, 1)]]}, "notable")]),
    "a severity": ("planctl: 1\n", ("planctl: 1\n", "planctl: 1\nseverity: {P306: off}\n"), [changed("settings.severity", None, "off", "notable")]),
    "a waiver": (
        "planctl: 1\n",
        ("planctl: 1\n", "planctl: 1\nwaivers: [{code: P306, task: p/1, reason: 试点, until: 2027-01-01}]\n"),
        [("added", "settings.waivers", None, {"code": "P306", "reason": "试点", "until": date(2027, 1, 1), "task": "p/1"}, "notable")],
    ),
    "a setting": ("planctl: 1\n", ("planctl: 1\n", "planctl: 1\ndue_soon: 15\n"), [changed("settings.due_soon", 30, 15, "routine")]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "pair", "expected"), SHARED.values(), ids=SHARED)
def test_what_changes_in_units_and_settings(text: str, pair: tuple[str, str], expected: list[tuple[str, str, object, object, str]]) -> None:
    name = "units" if text is UNITS else "settings"
    assert changes(of(LONG), of(LONG, **{name: replaced(text, pair)})) == expected
    assert {change.plan for change in compare(of(LONG), of(LONG, **{name: replaced(text, pair)}))} == {None}


def test_a_lead_renamed_or_succeeded_is_not_lost() -> None:
    renamed = UNITS.replace("{name: 甲局, aliases: [甲]}", "{name: 甲委, aliases: [甲, 甲局]}")
    assert [told(change) for change in compare(of(task()), of(task(lead="甲委"), renamed)) if change.plan] == []
    assert [told(change) for change in compare(of(task(lead="甲委"), renamed), of(task(lead="甲局")))] == [
        changed("units.name", "甲委", "甲局", "notable")
    ]
    ended = UNITS.replace("{name: 甲局, aliases: [甲]}", "{name: 甲局, successors: [乙局]}")
    [change] = [change for change in compare(of(task()), of(task(lead="乙局"), ended)) if change.plan]
    assert told(change) == changed("lead", ["甲局"], ["乙局"], "notable")
    assert change.details == {"succeeded": {"甲局": "乙局"}, "first": True}


def test_a_merger_that_loses_an_owner_is_breaking() -> None:
    tasks = f"{due('what: 起草, due: 2024-03-31')}\n{task('deadlines: [{id: e, what: 公布, due: 2024-06-30}]', number='2', lead='乙局')}"
    merged = task("deadlines: [{id: d, what: 起草, due: 2024-03-31}, {id: e, what: 公布, due: 2024-06-30}]")
    found = {change.kind: (change.level, change.details) for change in compare(of(tasks), of(merged))}
    assert found == {ChangeKind.MOVED: (Level.NOTABLE, {}), ChangeKind.REMOVED: (Level.BREAKING, {"into": ["p/1"]})}


def test_a_split_names_the_task_that_it_came_from() -> None:
    old, new, _ = TASKS["a task split"]
    assert [(change.task, change.details) for change in compare(of(old), of(new))] == [("2", {"from": ["p/1"]})]


def test_what_was_recorded_goes_with_a_deadline_that_moves() -> None:
    both = "deadlines: [{id: a, what: 起草, due: 2024-03-31}, {id: b, what: 公布, due: 2024-06-30}]"
    entry = "{on: 2024-06-01, deadline: b, state: done}"
    old = f"{task(f'{both}, progress: [{entry}]')}\n{task('deadlines: [{id: z, ongoing: true, what: 长期}]', number='2', title='二')}"
    kept = task("deadlines: [{id: a, what: 起草, due: 2024-03-31}]")
    moved = "deadlines: [{id: z, ongoing: true, what: 长期}, {id: y, what: 公布, due: 2024-06-30}]"
    arrived = f"progress: [{entry.replace('deadline: b', 'deadline: y')}]"
    assert changes(of(old), of(f"{kept}\n{task(f'{moved}, {arrived}', number='2', title='二')}")) == [
        ("moved", "deadlines", "p/1/b", "p/2/y", "notable")
    ]
    assert changes(of(old), of(f"{kept}\n{task(moved, number='2', title='二')}")) == [
        ("moved", "deadlines", "p/1/b", "p/2/y", "notable"),
        ("removed", "progress", {"on": date(2024, 6, 1), "deadline": "y", "state": "done"}, None, "breaking"),
    ]


def test_records_follow_the_new_id_of_their_deadline() -> None:
    old = task("deadlines: [{id: a, due: 2024-06-30, quote: 6月底前}], progress: [{on: 2024-06-01, deadline: a, state: done}]")
    assert changes(of(old), of(old.replace("id: a", "id: b").replace("deadline: a", "deadline: b"))) == [
        changed("deadlines.id", "a", "b", "notable")
    ]


def test_references_follow_the_new_number_of_a_task() -> None:
    tasks = f"{task(title='甲')}\n{task('upstream: [p/1]', number='2', title='乙')}"
    text = PLAN.format(tasks=tasks) + 'events: [{on: 2024-02-01, name: 公布, tasks: ["1"]}]\n'
    new = replaced(text, ('id: "1"', 'id: "9"'), ("p/1", "p/9"), ('tasks: ["1"]', 'tasks: ["9"]'))
    assert changes(load(text), load(new)) == [changed("id", "1", "9", "notable")]


def test_a_task_in_another_plan() -> None:
    home, other = "plans/demo/plan.yaml", "plans/demo/other.yaml"
    second = "planctl: 1\nid: q\ntitle: 另一方案\ntasks:\n"
    one, two = task(), task("support: [乙局]", number="2", title="报告")
    old = load({home: PLAN.format(tasks=f"{one}\n{two}"), other: f"{second}{task(number='5', title='五')}\n"})
    new = load({home: PLAN.format(tasks=one), other: f"{second}{task(number='5', title='五')}\n{two}\n"})
    assert [(change.plan, change.task, *told(change)) for change in compare(old, new)] == [("q", "2", "moved", "plan", "p", "q", "notable")]


def test_plans_that_come_and_go() -> None:
    one, two = load({"plans/a/x.yaml": PLAN.format(tasks=task())}), load({})
    summary = {"id": "p", "title": "示例县方案", "number": "示政发〔2024〕1号", "tasks": 1}
    assert changes(two, one) == [("added", "plans", None, summary, "notable")]
    assert changes(one, two) == [("removed", "plans", summary, None, "breaking")]


@pytest.mark.parametrize("path", ["plans/demo/renamed.yaml", "plans/demo/2024/plan.yaml"])
def test_a_moved_file_is_no_change(path: str) -> None:
    text = PLAN.format(tasks=LONG)
    assert changes(load({PLAN_PATH: text, UNITS_PATH: UNITS}), load({path: text, UNITS_PATH: UNITS})) == []


def test_a_renamed_plan_in_a_moved_file_is_still_the_plan() -> None:
    text = PLAN.format(tasks=LONG)
    new = load({"plans/demo/else.yaml": text.replace("id: p", "id: q")})
    assert changes(load(text), new) == [changed("id", "p", "q", "notable")]


# What else there is to say


def details(old: str, new: str) -> list[Mapping[str, object]]:
    return [change.details for change in compare(of(old), of(new))]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (due(ONCE), due("what: 公布, due: 2024-12-31"), {"days": 184, "extension": False}),
        (due("what: 公布, due: 2024-12-31"), due(ONCE), {"days": -184}),
        (due("every: year, by: 03-01"), due("every: year, by: 04-01"), {"days": 31}),
        (due(ONCE), task(f"deadlines: [{{id: d, {ONCE}}}], {EXTENSION}"), {"approved": True, "days": 184, "due": {"old": SOON, "new": LATE}}),
        (due(ONCE), task(f"deadlines: [{{id: d, {ONCE}}}], {EXTENSION.replace('approved', 'requested')}"), {"approved": False, "days": 0}),
    ],
)  # fmt: skip
def test_by_how_many_days_a_date_moves(old: str, new: str, expected: dict[str, object]) -> None:
    assert details(old, new) == [expected]


def test_another_kind_says_both_rules() -> None:
    assert details(due(ONCE), due("what: 公布, every: year, by: 03-01")) == [
        {"old_rule": {"due": SOON}, "new_rule": {"every": "year", "by": "03-01"}}
    ]


def test_a_change_knows_both_places() -> None:
    old, new = of(LONG), of(f"{task(number='0', title='新')}\n{LONG.replace('06-30', '07-31')}")
    [change] = [change for change in compare(old, new) if change.field == "deadlines.due"]
    assert change.before is not None
    assert change.after is not None
    places = old.locate(*change.before), new.locate(*change.after)
    assert [str(place) for place in places] == [f"{PLAN_PATH}:12:32", f"{PLAN_PATH}:13:32"]


# Statuses


def statuses(old: str, new: str) -> list[tuple[str, object, object, str]]:
    found = compare(of(old), of(new), partial(Judge, day=DAY))
    return [(change.field, change.old, change.new, change.level.value) for change in found if change.field.endswith("status")]


def test_statuses_follow_from_what_else_changed() -> None:
    done = task(f"deadlines: [{{id: d, {ONCE}}}], {DONE_TEXT}")
    returned = done.replace("]}}", "]}}").replace("state: done}]", "state: done}, {on: 2024-06-20, state: returned}]")
    assert statuses(due(ONCE), done) == [("status", "overdue", "done", "routine")]
    assert statuses(done, due(ONCE)) == [("status", "done", "overdue", "breaking")]
    assert statuses(done, returned) == [("status", "done", "overdue", "notable")]


def test_occurrences_are_told_together_where_they_go_another_way_than_the_task() -> None:
    quarterly = "deadlines: [{id: q, every: quarter, at_least: 2}, {id: d, due: 2024-06-30}]"
    entries = ", ".join(
        f"{{on: 2024-{month}-01, deadline: q, period: 2024-Q{number}, count: 2}}" for number, month in ((1, "03"), (2, "06"))
    )
    old = task(f"{quarterly}, progress: [{entries}]")
    found = compare(of(old), of(old.replace("at_least: 2", "at_least: 3")), partial(Judge, day=DAY))
    [change] = [change for change in found if change.field == "deadlines.status"]
    assert (change.old, change.new, change.level, change.details) == (
        "done",
        "overdue",
        Level.BREAKING,
        {"occurrences": ["1/q@2024-Q1", "1/q@2024-Q2"]},
    )


def test_without_a_judge_there_are_no_statuses() -> None:
    assert [change.field for change in compare(of(due(ONCE)), of(task(f"deadlines: [{{id: d, {ONCE}}}], {DONE_TEXT}")))] == ["progress"]


# What cannot be read


def test_what_cannot_be_read_on_one_side_is_left_out_and_the_rest_is_compared() -> None:
    other = "plans/demo/other.yaml"
    text = PLAN.format(tasks=f"{task()}\n{task(number='2', title='报告')}")
    second = "planctl: 1\nid: q\ntitle: 另一方案\ntasks:\n"
    old = load({PLAN_PATH: text, other: f"{second}{task()}\n"})
    new = load({PLAN_PATH: text.replace("公布清单, lead", "公布清单, laed").replace("报告", "通报"), other: f"{second}  - [\n"})
    assert changes(old, new) == [changed("title", "报告", "通报", "notable")]
    unread = find_unread(old, new)
    left_out = [*unread.tasks, *unread.files]
    assert ([problem.code for problem in unread.problems], left_out) == (["P011", "P002"], [("p", "1"), "demo/other.yaml"])


def test_units_and_settings_that_cannot_be_read_are_not_taken_for_removed() -> None:
    assert changes(of(LONG), of(LONG, units="units: [", settings="severity: [")) == []


# Fingerprints


def test_a_fingerprint_does_not_depend_on_where_a_thing_stands() -> None:
    first = [change.fingerprint for change in compare(of(LONG), of(LONG.replace("06-30", "07-31")))]
    files = {UNITS_PATH: UNITS, "plans/demo/sub/x.yaml": "\n# 一\n" + PLAN.format(tasks=f"\n\n{LONG.replace('06-30', '07-31')}")}
    second = [change.fingerprint for change in compare(of(LONG), load(files))]
    assert first == second
    assert re.fullmatch("[0-9a-f]{12}", first[0])


VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(0, 3), st.sampled_from(["", "甲", "0", "True"]), st.lists(st.sampled_from("甲乙"), max_size=2)
)
CHANGES = st.builds(
    Change,
    st.sampled_from(ChangeKind),
    st.sampled_from(["lead", "deadlines.due"]),
    st.sampled_from([None, "p", "q"]),
    st.sampled_from([None, "1", "2"]),
    st.sampled_from([None, "1", "d"]),
    VALUES,
    VALUES,
    st.just(Level.NOTABLE),
    before=st.none(),
    after=st.none(),
    details=st.dictionaries(st.sampled_from(["days", "from"]), st.integers(-1, 1), max_size=2),
)


def shown(change: Change) -> str:
    return repr(change._replace(details=dict(sorted(change.details.items()))))


@given(CHANGES, CHANGES)
def test_two_changes_have_one_fingerprint_only_if_they_are_one(one: Change, other: Change) -> None:
    assert (one.fingerprint == other.fingerprint) == (shown(one) == shown(other))


def test_two_equal_entries_are_two_changes() -> None:
    entry = "{on: 2024-06-01, state: accepted}"
    found = list(compare(of(task()), of(task(f"progress: [{entry}, {entry}]"))))
    assert [change.details for change in found] == [{}, {"number": 2}]
    assert len({change.fingerprint for change in found}) == 2


# Laws


@pytest.mark.parametrize("name", TASKS)
def test_nothing_changes_from_a_state_to_itself(name: str) -> None:
    for text in TASKS[name][:2]:
        assert changes(of(text), of(text)) == []


@pytest.mark.parametrize("name", TASKS)
def test_what_changes_one_way_changes_back_the_other(name: str) -> None:
    old, new, expected = TASKS[name]
    assert (changes(of(new), of(old)) == []) == (expected == [])


@given(st.permutations(range(7)))
def test_what_has_to_move_is_no_more_than_needed(numbers: list[int]) -> None:
    moved = out_of_order(numbers)
    kept = [number for number in numbers if number not in moved]
    longest = [1] * len(numbers)
    for here, number in enumerate(numbers):
        longest[here] = 1 + max((longest[there] for there in range(here) if numbers[there] < number), default=0)
    assert (kept == sorted(kept), len(kept)) == (True, max(longest))


def test_every_field_of_a_task_is_compared() -> None:
    elsewhere = {"id", "position", "section", "lead", "support", "deadlines", "progress", "extensions", "source"}
    assert set(Task._fields) == {*PLAIN, *elsewhere}


def test_every_field_of_a_plan_is_compared() -> None:
    whole = {"path", "id", "title", "document", "period", "ended", "note", "doubts", "tasks", "events"}
    assert set(model.Plan._fields) == whole


def test_every_field_of_a_deadline_has_a_level() -> None:
    keys = {"start": "from"}
    assert {f"deadlines.{keys.get(name, name)}" for name in model.Deadline._fields if name != "position"} - LEVELS.keys() == set()


def test_every_field_of_the_settings_has_a_level() -> None:
    fields: Any = of(LONG).settings._fields
    assert {f"settings.{name}" for name in fields if name != "path"} - LEVELS.keys() == set()


def test_the_reference_of_commands_has_every_field_in_its_table_of_levels() -> None:
    """The special cases of a field are told in its row."""
    text = (Path(__file__).parents[1] / "docs" / "cli.md").read_text(encoding="utf-8")
    special = {
        "tasks.split",
        "tasks.merged",
        "status.returned",
        "status.late",
        "status.begun",
        "deadlines.moved",
        "deadlines.from.recurring",
        "progress.halted",
    }
    special |= {"progress.evidence.added", "extensions.request", "extensions.completed", "events.completed"}
    rows = set(re.findall(r"`([\w.]+)`", "".join(re.findall(r"^\| `[^|]+\|", text, re.MULTILINE))))
    assert LEVELS.keys() - special - rows == set()
