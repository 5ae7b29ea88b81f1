"""What the checks find and what they let pass, beyond the smallest examples of the gallery."""

from __future__ import annotations

import os
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from conftest import PLAN_PATH, TODAY, check, load, run
from planctl import checks
from planctl.checks import CHECKS, WAIVER_CHECKS, severities
from planctl.checks.base import Context
from planctl.checks.reading import READING_EXAMPLES
from planctl.queries import rules_of

if TYPE_CHECKING:
    from pathlib import Path

    from planctl.problems import Problem

HEAD = "planctl: 1\nid: demo\ntitle: 示例县工作方案\n"
DOCUMENT = "document: {issued: 2022-01-01}\nperiod: {start: 2021-01-01, end: 2025-12-31}\n"
UNITS = """\
planctl: 1
units:
  - {name: 县司法局, aliases: [司法局], from: 2019-04-01}
  - {name: 县法制办, to: 2019-03-31, successors: [县司法局]}
  - {name: 县教育局}
  - {name: 甲镇}
  - {name: 乙镇}
groups:
  - {name: 各乡镇, aliases: [乡镇], members: [甲镇, 乙镇]}
  - {name: 各单位, members: [各乡镇, 县教育局]}
  - {name: 县直各单位}
"""
SETTINGS_PATH, UNITS_PATH = "plans/planctl.yaml", "plans/units.yaml"


def a_plan(task: str = "", top: str = DOCUMENT, events: str = "") -> str:
    """Write a plan with one task, of which the title is given already."""
    fields = "".join(f"    {line}\n" for line in task.splitlines())
    return f'{HEAD}{top}tasks:\n  - id: "4"\n    title: 权责清单\n{fields}{events}'


def found(*problems: Problem, text: str) -> list[tuple[str, str]]:
    """Give problems as message keys with what stands at their places."""
    lines = text.split("\n")
    return [(problem.message_key, lines[problem.location.line - 1][problem.location.column - 1 :]) for problem in problems]


def keys(text: str, units: str | None = None, settings: str | None = None, today: date = TODAY, only: tuple[str, ...] = ()) -> list[str]:
    """Check a plan, and give the message keys of what is found."""
    files = {
        PLAN_PATH: text,
        **({UNITS_PATH: units} if units else {}),
        **({SETTINGS_PATH: f"planctl: 1\n{settings}\n"} if settings else {}),
    }
    return [problem.message_key for problem in check(load(files), today, only)]


def of_task(task: str, units: str | None = UNITS, **more: Any) -> list[str]:
    return keys(a_plan(task), units, **more)


def of_deadline(*fields: str, top: str = DOCUMENT, more: str = "", **others: Any) -> list[str]:
    lines = "".join(f"  - {{id: d{number}, {each}}}\n" for number, each in enumerate(fields, 1))
    return keys(a_plan(f"lead: [县司法局]\ndeadlines:\n{lines}{more}", top), **others)


def of_progress(*entries: str, lead: str = "[县司法局]", more: str = "", **others: Any) -> list[str]:
    lines = "".join(f"  - {{{entry}}}\n" for entry in entries)
    return of_task(f"lead: {lead}\n{more}progress:\n{lines}", **others)


# Which checks there are


def test_codes_are_in_order_and_each_stands_once() -> None:
    codes = sorted([*READING_EXAMPLES, *(each.code for each in CHECKS), *WAIVER_CHECKS])
    assert codes == sorted(set(codes)) == list(severities())


def test_a_right_plan_has_nothing_to_report() -> None:
    task = """\
lead: [县司法局]
support: [各乡镇]
basis: stated
deadlines:
  - {id: publish, due: 2022-12-31, quote: 2022年底前}
  - {id: report, every: year, by: 03-01, quote: 每年3月1日前}
progress:
  - {on: 2022-12-20, unit: 司法局, deadline: publish, state: done, evidence: [a.pdf]}
  - {on: 2023-02-20, unit: 甲镇, deadline: report, period: 2023, state: submitted}
extensions:
  - {deadline: publish, from: 2022-12-31, to: 2023-06-30, requested: 2022-12-31, approved: 2022-12-31}
"""
    assert of_task(task) == []


def test_problems_come_by_file_and_line_whatever_finds_them() -> None:
    text = a_plan("basis: wrong\nsupport: [甲, 甲]\ndeadlines:\n  - {id: d, due: 2022-12-31}") + "nots: 甲\n"
    other = a_plan("lead: [甲]\ntags: 甲")
    problems = check(load({"b.yaml": text, "a.yaml": other}))
    places = [(problem.location.path, problem.location.line, problem.code) for problem in problems]
    expected = [("b.yaml", line, code) for line, code in [(7, "P101"), (9, "P021"), (10, "P107"), (12, "P208"), (13, "P011")]]
    assert places == [*expected, ("a.yaml", 2, "P401"), ("a.yaml", 10, "P014")]


@pytest.mark.parametrize(
    ("only", "expected"),
    [
        ((), ["P101", "P107", "P208"]),
        (("P1",), ["P101", "P107"]),
        (("P101",), ["P101"]),
        (("P107", "P2"), ["P107", "P208"]),
        (("P3",), []),
        (("P",), ["P101", "P107", "P208"]),
    ],
)
def test_only_the_codes_that_are_asked_for_are_reported(only: tuple[str, ...], expected: list[str]) -> None:
    assert of_task("support: [县教育局, 县教育局]\ndeadlines: [{id: d, due: 2022-12-31}]", only=only) == expected


def outcome(text: str, **options: Any) -> checks.Outcome:
    workspace = load(text)
    return checks.run(Context(workspace, TODAY, rules_of(workspace.settings)), **options)


def test_codes_are_left_out_by_their_beginnings_and_those_of_reading_too() -> None:
    text = a_plan("suport: []\ndeadlines: [{id: d, due: 2022-12-31}]")
    reported = {skip: [problem.code for problem in outcome(text, skip=skip).problems] for skip in ((), ("P0",), ("P1", "P208"), ("P",))}
    assert reported == {(): ["P101", "P011", "P208"], ("P0",): ["P101", "P208"], ("P1", "P208"): ["P011"], ("P",): []}
    assert [problem.code for problem in outcome(text, only=["P0", "P1"], skip=["P10"]).problems] == ["P011"]


def test_what_is_below_the_lowest_severity_is_counted_and_not_shown() -> None:
    text = a_plan("support: [县教育局, 县教育局]\ndeadlines: [{id: d, due: 2022-12-31}]")
    counts = Counter(error=1, warning=1, info=1)
    shown = {level: [problem.code for problem in outcome(text, lowest=level).problems] for level in ("error", "warning", "info")}
    assert shown == {"error": ["P101"], "warning": ["P101", "P107"], "info": ["P101", "P107", "P208"]}
    assert Counter({severity.value: count for severity, count in outcome(text).counts.items()}) == counts


def test_checks_do_not_write(tmp_path: Path) -> None:
    folder = tmp_path / "plans"
    folder.mkdir()
    texts = {
        "plan.yaml": a_plan("lead: [县司发局]\nnote: 甲"),
        "units.yaml": UNITS,
        "broken.yaml": "a: [",
        "planctl.yaml": "planctl: 1\nwaivers: []\n",
    }
    for name, text in texts.items():
        (folder / name).write_bytes(text.replace("\n", "\r\n").encode())
        os.utime(folder / name, (1_600_000_000, 1_600_000_000))

    def state() -> dict[str, tuple[bytes, float]]:
        return {path.name: (path.read_bytes(), path.stat().st_mtime) for path in sorted(folder.iterdir())}

    before = state()
    assert run("validate", "--format", "json", cwd=tmp_path).returncode == 1
    assert (state(), [path.name for path in tmp_path.iterdir()]) == (before, ["plans"])


# Severities and waivers of the settings

LEADLESS = a_plan("")


@pytest.mark.parametrize(("severity", "expected"), [("error", "error"), ("warning", "warning"), ("info", "info")])
def test_the_settings_change_the_severity_of_a_check(severity: str, expected: str) -> None:
    (problem,) = check(load({PLAN_PATH: LEADLESS, SETTINGS_PATH: f"planctl: 1\nseverity: {{P101: {severity}}}\n"}))
    assert (problem.code, problem.severity.value) == ("P101", expected)


def test_a_check_that_is_off_finds_nothing_and_the_others_do() -> None:
    assert keys(a_plan("support: [甲, 甲]"), settings='severity: {P101: "off"}') == ["P107"]


def test_the_checks_of_the_settings_can_be_turned_off_too() -> None:
    line = 'waivers: [{code: P101, task: "9", reason: 甲, until: %s}]'
    assert keys(a_plan("lead: [甲]"), settings=line % "2020-01-01") == ["P405"]
    assert keys(a_plan("lead: [甲]"), settings=line % "2020-01-01" + "\nseverity: {P405: off}") == []
    assert keys(a_plan("lead: [甲]"), settings=line % "2099-01-01" + "\nseverity: {P406: off}") == []


def test_errors_of_reading_keep_their_severity_and_cannot_be_waived() -> None:
    settings = 'severity: {P011: "off"}\nwaivers: [{code: P011, task: "4", reason: 甲, until: 2099-12-31}]'
    assert keys(a_plan("lead: [甲]\nsuport: []"), settings=settings) == ["P011.nearest", "P406.reading", "P406.reading"]


@pytest.mark.parametrize(
    "waiver",
    [
        "code: P101",
        'code: P101, task: "4"',
        "code: P101, task: demo/4",
        "code: P101, plan: demo",
        'code: P101, plan: demo, task: "4"',
    ],
)
def test_a_waiver_waives_its_code_for_its_task(waiver: str) -> None:
    assert keys(LEADLESS, settings=f"waivers: [{{{waiver}, reason: 甲, until: 2099-12-31}}]") == []


@pytest.mark.parametrize(
    ("waiver", "idle"),
    [
        ("code: P102", ["P406"]),
        ('code: P101, task: "5"', ["P406"]),
        ("code: P101, task: other/4", ["P406"]),
        ("code: P101, plan: other", ["P406"]),
        ('code: P101, plan: other, task: "4"', ["P406"]),
        ("code: P1", ["P406.code"]),
        ("code: p101", ["P406.code"]),
    ],
)
def test_a_waiver_of_something_else_waives_nothing_and_says_so(waiver: str, idle: list[str]) -> None:
    assert keys(LEADLESS, settings=f"waivers: [{{{waiver}, reason: 甲, until: 2099-12-31}}]") == ["P101", *idle]


@pytest.mark.parametrize(("until", "expected"), [("2026-11-21", ["P101", "P405"]), ("2026-11-22", []), ("2026-11-23", [])])
def test_a_waiver_holds_on_its_last_day_and_no_longer(until: str, expected: list[str]) -> None:
    assert keys(LEADLESS, settings=f"waivers: [{{code: P101, reason: 甲, until: {until}}}]", today=date(2026, 11, 22)) == expected


def test_an_idle_waiver_is_not_reported_where_only_some_codes_are_checked() -> None:
    settings = "waivers: [{code: P101, reason: 甲, until: 2099-12-31}]"
    assert keys(a_plan("lead: [甲]"), settings=settings, only=("P1",)) == []
    assert keys(LEADLESS, settings=settings, only=("P1",)) == []


def test_an_idle_waiver_is_told_until_it_expires() -> None:
    settings = "waivers: [{code: P101, reason: 甲, until: 2026-11-22}]"
    told = [keys(a_plan("lead: [甲]"), settings=settings, today=date(2026, 11, day)) for day in (22, 23)]
    assert told == [["P406"], ["P405"]]


def test_two_waivers_of_one_finding_are_one_too_many() -> None:
    waiver = "{code: P101, reason: 甲, until: 2099-12-31}"
    assert keys(LEADLESS, settings=f"waivers: [{waiver}, {waiver}]") == ["P406"]


def test_every_named_code_that_there_is_not_is_told_at_its_place() -> None:
    text = 'planctl: 1\nseverity: {P101: info, P999: "off"}\nwaivers:\n  - {code: P101, reason: 甲, until: 2099-12-31}\n  - {code: X1, reason: 甲, until: 2099-12-31}\n'
    problems = check(load({PLAN_PATH: LEADLESS, SETTINGS_PATH: text}))
    assert found(*problems, text=text) == [("P406.code", '"off"}'), ("P406.code", "X1, reason: 甲, until: 2099-12-31}")]


# Owners


def test_a_cancelled_task_needs_neither_lead_nor_basis() -> None:
    assert of_task("cancelled: {on: 2024-01-01}", settings="require_basis: [stated]") == []


def test_a_task_led_by_a_group_has_a_lead() -> None:
    assert of_task("lead: [各乡镇]") == []


def test_every_place_that_names_a_unit_is_looked_up() -> None:
    text = a_plan(
        "lead: [县司法局, 一]\nsupport: [二]\ndeadlines: [{id: d, due: 2022-12-31, quote: 2022年底前, actors: [三], recipients: [四]}]\n"
        "progress: [{on: 2022-02-01, unit: 五}]"
    )
    problems = check(load({PLAN_PATH: text, UNITS_PATH: UNITS}), only=["P102"])
    assert [problem.args["name"] for problem in problems] == ["一", "二", "三", "四", "五"]
    assert [place[:1] for _, place in found(*problems, text=text)] == ["一", "二", "三", "四", "五"]
    assert {problem.args["where"] for problem in problems} == {UNITS_PATH}


def test_names_aliases_and_groups_are_known() -> None:
    assert of_task("lead: [县司法局]\nsupport: [各乡镇, 县直各单位, 县教育局]") == []
    assert of_task("lead: [司法局]\nsupport: [乡镇]") == []


def test_a_name_is_known_as_it_is_written_and_not_otherwise() -> None:
    assert of_task('lead: ["县司法局 "]') == ["P102.nearest"]


def test_without_units_every_name_stands_for_itself() -> None:
    assert of_task("lead: [某某公司]\nsupport: [某某集团]", units=None) == []


def test_an_empty_list_of_units_knows_nobody() -> None:
    assert of_task("lead: [县司法局]", units="planctl: 1\n") == ["P102"]


def test_the_nearest_units_above_a_plan_are_its_own() -> None:
    files = {
        "plans/units.yaml": "planctl: 1\nunits: [{name: 甲局}]\n",
        "plans/a/units.yaml": "planctl: 1\nunits: [{name: 乙局}]\n",
        "plans/a/b/plan.yaml": a_plan("lead: [乙局, 甲局]"),
        "plans/c/plan.yaml": a_plan("lead: [乙局, 甲局]").replace("id: demo", "id: other"),
    }
    problems = check(load(files), only=["P102"])
    assert [(problem.plan, problem.args["name"], problem.args["where"]) for problem in problems] == [
        ("demo", "甲局", "plans/a/units.yaml"),
        ("other", "乙局", "plans/units.yaml"),
    ]


@pytest.mark.parametrize(
    ("entries", "names"),
    [
        ("units: [{name: 甲}, {name: 甲}]", ["甲"]),
        ("units: [{name: 甲, aliases: [甲]}]", ["甲"]),
        ("units: [{name: 甲, aliases: [乙, 乙]}]", ["乙"]),
        ("units: [{name: 甲, aliases: [乙]}, {name: 乙}]", ["乙"]),
        ("units: [{name: 甲}]\ngroups: [{name: 甲}]", ["甲"]),
        ("units: [{name: 甲}]\ngroups: [{name: 丙, aliases: [甲]}]", ["甲"]),
        ("units: [{name: 甲, aliases: [丁]}, {name: 乙, aliases: [丁]}, {name: 丙, aliases: [丁]}]", ["丁", "丁"]),
        ("units: [{name: 甲, aliases: [乙]}]\ngroups: [{name: 丙, aliases: [丁], members: [甲]}]", []),
    ],
)
def test_a_name_means_one_unit_only(entries: str, names: list[str]) -> None:
    problems = check(load({UNITS_PATH: f"planctl: 1\n{entries}\n"}))
    assert [(problem.code, problem.args["name"]) for problem in problems] == [("P103", name) for name in names]


def test_a_clash_names_both_places() -> None:
    text = "planctl: 1\nunits:\n  - {name: 甲, aliases: [局]}\n  - {name: 乙}\n  - {name: 丙, aliases: [局]}\n"
    (problem,) = check(load({UNITS_PATH: text}))
    assert (problem.location.line, dict(problem.args)) == (5, {"name": "局", "other": "甲", "line": 3})


def test_the_same_name_in_two_organisations_is_no_clash() -> None:
    assert check(load({f"plans/{folder}/units.yaml": "planctl: 1\nunits: [{name: 司法局}]\n" for folder in "ab"})) == ()


@pytest.mark.parametrize(
    ("task", "expected"),
    [
        ("lead: [县司法局]\nsupport: [司法局]", ["P104"]),
        ("lead: [司法局]\nsupport: [县教育局, 县司法局]", ["P104"]),
        ("lead: [甲镇]\nsupport: [各乡镇]", []),
        ("lead: [各乡镇]\nsupport: [乡镇]", ["P104"]),
        ("lead: [县司法局, 司法局]", ["P107"]),
        ("lead: [县司法局]\nsupport: [县教育局, 甲镇, 县教育局, 县教育局]", ["P107", "P107"]),
        ("lead: [县司法局, 县教育局]\nsupport: [甲镇, 乙镇]", []),
    ],
)
def test_a_unit_has_one_role_and_stands_in_it_once_by_whichever_name(task: str, expected: list[str]) -> None:
    assert of_task(task) == expected


@pytest.mark.parametrize(
    ("issued", "unit", "expected"),
    [
        ("2019-03-31", "县法制办", []),
        ("2019-04-01", "县法制办", ["P105.successor"]),
        ("2019-04-01", "县司法局", []),
        ("2019-03-31", "司法局", ["P105"]),
        ("2010-01-01", "县教育局", []),
    ],
)
def test_a_unit_is_named_by_a_document_within_its_dates_both_included(issued: str, unit: str, expected: list[str]) -> None:
    assert keys(a_plan(f"lead: [{unit}]", f"document: {{issued: {issued}}}\n"), UNITS) == expected


def test_progress_is_held_to_its_own_day_and_not_to_that_of_the_document() -> None:
    lead = "lead: [县法制办, 县司法局]\n"
    top = "document: {issued: 2019-01-01}\n"
    entries = (
        "progress:\n  - {on: 2019-03-31, unit: 县法制办}\n  - {on: 2019-04-01, unit: 县法制办}\n  - {on: 2019-05-01, unit: 县司法局}\n"
    )
    text = a_plan(lead + entries, top)
    problems = check(load({PLAN_PATH: text, UNITS_PATH: UNITS}))
    assert [(problem.message_key, problem.location.line, problem.args["on"]) for problem in problems] == [
        ("P105", 8, date(2019, 1, 1)),
        ("P105.successor", 11, date(2019, 4, 1)),
    ]


def test_without_a_date_of_the_document_nobody_is_out_of_time() -> None:
    assert keys(a_plan("lead: [县法制办]", ""), UNITS) == []


@pytest.mark.parametrize(
    ("task", "expected"),
    [
        ("lead: [县直各单位]", ["P106"]),
        ("lead: [县直各单位, 县教育局]", []),
        ("lead: [各单位]", []),
        ("lead: [县教育局]\nbasis: addressee", ["P106.addressee"]),
        ("lead: [县直各单位]\nbasis: addressee", ["P106.addressee"]),
        ("lead: [县直各单位]\nbasis: assigned", ["P106"]),
        ("cancelled: {on: 2024-01-01}", []),
    ],
)
def test_a_lead_is_vague_where_nobody_can_be_asked(task: str, expected: list[str]) -> None:
    assert of_task(task) == expected


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        ("[{name: 甲, members: [乙]}, {name: 乙, members: [丙]}, {name: 丙, members: [甲]}]", ["P108.loop"] * 3),
        ("[{name: 甲, members: [甲]}]", ["P108.loop"]),
        ("[{name: 外, members: [甲]}, {name: 甲, members: [乙]}, {name: 乙, members: [甲]}]", ["P108.loop"] * 2),
        ("[{name: 甲, members: [乙, 丙]}, {name: 乙, members: [丁]}, {name: 丙, members: [丁]}, {name: 丁}]", []),
        ("[{name: 甲, aliases: [子], members: [子]}]", ["P108.loop"]),
        ("[{name: 甲, members: [没有, 司法局]}]", ["P108"]),
    ],
)
def test_the_members_of_groups_are_registered_and_no_group_contains_itself(groups: str, expected: list[str]) -> None:
    assert [
        problem.message_key
        for problem in check(load({UNITS_PATH: f"planctl: 1\nunits: [{{name: 县局, aliases: [司法局]}}]\ngroups: {groups}\n"}))
    ] == expected


def test_the_successors_of_groups_and_units_are_registered_by_any_name() -> None:
    text = (
        "planctl: 1\nunits: [{name: 甲, aliases: [子], successors: [乙, 无]}, {name: 乙}]\ngroups: [{name: 丙, successors: [子, 没有]}]\n"
    )
    problems = check(load({UNITS_PATH: text}))
    assert [(problem.code, problem.args["unit"], problem.args["name"]) for problem in problems] == [
        ("P109", "甲", "无"),
        ("P109", "丙", "没有"),
    ]


@pytest.mark.parametrize(
    ("task", "expected"),
    [
        ("basis: stated", []),
        ("basis: assigned", []),
        ("basis: embedded", ["P110"]),
        ("basis: addressee", ["P106.addressee", "P110"]),
        ("", ["P110"]),
    ],
)
def test_a_basis_is_demanded_where_the_settings_demand_one(task: str, expected: list[str]) -> None:
    text = a_plan(f"lead: [甲]\n{task}")
    assert sorted(keys(text, settings="require_basis: [stated, assigned]")) == expected
    assert "P110" not in keys(text)


# Time and quantity


@pytest.mark.parametrize(
    ("due", "top", "expected"),
    [
        ("2025-12-31", DOCUMENT, []),
        ("2026-01-01", DOCUMENT, ["P201"]),
        ("2022-01-01", DOCUMENT, []),
        ("2021-12-31", DOCUMENT, ["P202"]),
        ("2020-12-31", DOCUMENT, ["P201", "P202"]),
        ("2099-12-31", "period: {start: 2021-01-01}\n", []),
        ("2021-01-01", "period: {start: 2021-01-01}\n", []),
        ("2020-12-31", "period: {start: 2021-01-01}\n", ["P201"]),
        ("2099-12-31", "period: {end: 2025-12-31}\n", ["P201"]),
        ("1999-12-31", "period: {end: 2025-12-31}\n", []),
        ("1999-12-31", "", []),
    ],
)
def test_a_due_date_lies_in_the_plan_and_not_before_the_document(due: str, top: str, expected: list[str]) -> None:
    assert sorted(of_deadline(f"due: {due}, quote: 届时", top=top)) == expected


def test_an_open_end_is_shown_as_one() -> None:
    (problem,) = check(load(a_plan("lead: [甲]\ndeadlines: [{id: d, due: 2020-12-31, quote: 届时}]", "period: {start: 2021-01-01}\n")))
    assert (problem.args["start"], problem.args["end"]) == (date(2021, 1, 1), "…")
    (problem,) = check(load(a_plan("lead: [甲]\ndeadlines: [{id: d, due: 2026-12-31, quote: 届时}]", "period: {end: 2025-12-31}\n")))
    assert (problem.args["start"], problem.args["end"]) == ("…", date(2025, 12, 31))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        # Dates
        ("due: 2022-12-31, quote: 2022年底前", []),
        ("due: 2022-12-30, quote: 2022年底前", ["P203"]),
        ("due: 2024-12-31, quote: 年底前", []),
        ("due: 2024-11-30, quote: 年底前", ["P203"]),
        ("due: 2024-02-29, quote: 2月底前", []),
        ("due: 2023-02-28, quote: 2月底前", []),
        ("due: 2022-06-30, quote: 尽快", []),
        ("due: 2022-06-30, quote: '2022年6月底前初步建成,2023年底前全面建成'", []),
        ("due: 2023-12-31, quote: '2022年6月底前初步建成,2023年底前全面建成'", []),
        ("due: 2024-12-31, quote: '2022年6月底前初步建成,2023年底前全面建成'", ["P203"]),
        ("due: 2022-12-31, quote: 每年3月1日前", []),
        # A damaged source
        ("every: year, by: 03-01, quote: 每年31日前, restored: 每年3月1日前", []),
        ("every: year, by: 03-01, quote: 每年3月1日前, restored: 每年3月31日前", ["P203"]),
        ("due: 2022-12-31, restored: 2022年底前", []),
        # Cycles and spans
        ("every: year, by: 03-01, quote: 每年3月1日前", []),
        ("every: year, by: 03-02, quote: 每年3月1日前", ["P203"]),
        ("every: 2 years, by: 03-01, quote: 每年3月1日前", ["P203"]),
        ("every: quarter, quote: 每季度", []),
        ("every: month, quote: 每季度", ["P203"]),
        ("every: year, quote: 定期", []),
        ("within: 30 days, after: 公布, quote: 自公布之日起30日内", []),
        ("within: 20 days, after: 公布, quote: 自公布之日起30日内", ["P203"]),
        ("within: 30 working-days, after: 公布, quote: 自公布之日起30日内", ["P203"]),
        ("within: 20 working-days, after: 受理, quote: 20个工作日内", []),
        # Counts
        ("every: year, at_least: 2, of: 次, quote: 每年不少于2次", []),
        ("every: year, at_least: 2, of: 期, quote: 每年举办两期以上", []),
        ("every: year, exactly: 2, of: 次, quote: 每年不少于2次", ["P204"]),
        ("every: year, at_least: 3, of: 次, quote: 每年不少于2次", ["P204"]),
        ("every: year, at_least: 1, at_most: 2, of: 期, quote: 每年举办1至2期", []),
        ("every: year, at_least: 1, of: 期, quote: 每年举办1至2期", ["P204"]),
        ("every: year, at_least: 4, of: 次, quote: 每年", []),
        ("every: year, quote: 每年不少于2次", []),
        ("every: year, at_least: 2, of: 次", []),
        ("every: year, exactly: 2, of: 次, quote: 每年2次", []),
        ("every: year, at_least: 2, of: 次, quote: 每年2次", ["P204"]),
        # Targets
        ('metric: 率, target: ">= 70 %", quote: 不低于70%', []),
        ('metric: 率, target: "> 70 %", quote: 不低于70%', ["P205"]),
        ('metric: 率, target: ">= 69.9 %", quote: 不低于70%', ["P205"]),
        ('metric: 率, target: ">= 100 %", quote: 应诉率达100%', []),
        ('metric: 率, target: ">= 90 %", quote: 不断提高', []),
        ("metric: 率, quote: 不低于70%", []),
        ('metric: 率, target: ">= 70 %"', []),
        ('metric: 数, target: "= 2 次", quote: 每年2次', []),
        ('metric: 数, target: ">= 2 次", quote: 每年2次', []),
        ('metric: 数, target: "<= 2 次", quote: 每年2次', ["P205"]),
        ('metric: 数, target: ">= 3 次", quote: 每年2次', ["P205"]),
        ('metric: 率, target: ">= 90 %", quote: 应诉率达100%', ["P205"]),
        ('metric: 率, target: "<= 100 %", quote: 应诉率达100%', ["P205"]),
        ('metric: 数, target: ">= 5 件", quote: 不少于5件', []),
    ],
)
def test_a_deadline_says_what_its_quote_says_and_what_that_leaves_open_is_free(fields: str, expected: list[str]) -> None:
    assert of_deadline(fields, only=("P203", "P204", "P205")) == expected


def test_a_contradiction_stands_at_the_field_that_is_wrong_and_shows_both_sides() -> None:
    text = a_plan("lead: [甲]\ndeadlines:\n  - {id: d, every: 2 years, by: 03-02, quote: 每年3月1日前}")
    problems = check(load(text))
    assert found(*problems, text=text) == [("P203", "2 years, by: 03-02, quote: 每年3月1日前}"), ("P203", "03-02, quote: 每年3月1日前}")]
    assert [(problem.args["written"], problem.args["said"]) for problem in problems] == [("2 years", "year"), ("03-02", "03-01")]


@pytest.mark.parametrize(("start", "expected"), [("2022-12-31", []), ("2023-01-01", ["P206"]), ("2022-01-01", [])])
def test_a_deadline_may_start_on_the_day_that_it_is_due(start: str, expected: list[str]) -> None:
    assert of_deadline(f"from: {start}, due: 2022-12-31, quote: 2022年底前") == expected


def test_a_vague_deadline_is_told_even_where_it_has_no_quote() -> None:
    assert sorted(of_deadline("every: year, vague: true")) == ["P207", "P208"]
    assert of_deadline("every: year, vague: false, quote: 每年") == []


@pytest.mark.parametrize(
    ("fields", "top", "expected"),
    [
        ("every: year, by: 03-01", "period: {start: 2022-01-01, end: 2022-03-01}\n", []),
        ("every: year, by: 03-01", "period: {start: 2022-03-02, end: 2023-02-28}\n", ["P209"]),
        ("every: year, by: 03-01", "period: {start: 2022-03-02, end: 2030-02-28}\n", []),
        ("every: year, by: 03-01", "period: {start: 2022-03-02}\n", []),
        ("every: year, by: 03-01", "document: {effective: 2022-01-01}\n", []),
        ("every: year, by: 03-01", "", ["P209.start"]),
        ("every: year, by: 03-01, from: 2022-01-01", "", []),
        ("every: year, vague: true", "", []),
        ("every: term, before: 换届", "period: {start: 2022-01-01, end: 2022-02-01}\n", []),
        ("ongoing: true, review: year", "", []),
        ('metric: 率, target: ">= 9 %", every: year, by: 03-01', "period: {start: 2022-03-02, end: 2023-02-28}\n", []),
    ],
)
def test_a_recurring_deadline_falls_due_at_least_once(fields: str, top: str, expected: list[str]) -> None:
    assert of_deadline(f"{fields}, quote: 届时", top=top, only=("P209",)) == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("at_least: 2, at_most: 2", []),
        ("at_least: 3, at_most: 2", ["P210"]),
        ("at_least: 0, at_most: 0", []),
        ("exactly: 2", []),
        ("exactly: 2, at_least: 2", ["P210.exactly"]),
        ("exactly: 0, at_most: 2", ["P210.exactly"]),
        ("exactly: 2, at_least: 3, at_most: 2", ["P210", "P210.exactly"]),
    ],
)
def test_counts_can_be_met_together(fields: str, expected: list[str]) -> None:
    assert sorted(of_deadline(f"every: year, {fields}, of: 次, quote: 每年若干次")) == expected


# Records


@pytest.mark.parametrize(
    ("task", "unit", "expected"),
    [
        ("lead: [县司法局]", "县司法局", []),
        ("lead: [县司法局]", "司法局", []),
        ("lead: [司法局]", "县司法局", []),
        ("lead: [县司法局]", "县教育局", ["P301"]),
        ("lead: [县司法局]\nsupport: [县教育局]", "县教育局", []),
        ("lead: [县司法局]\nopen_list: true", "县教育局", []),
        ("lead: [县司法局]\nopen_list: false", "县教育局", ["P301"]),
        ("lead: [县司法局]\nshared_by_duty: true", "县教育局", ["P301"]),
        ("lead: [各乡镇]", "甲镇", []),
        ("lead: [各乡镇]", "县教育局", ["P301"]),
        ("lead: [各单位]", "甲镇", []),
        ("lead: [县司法局]\nsupport: [乡镇]", "乙镇", []),
        ("lead: [县直各单位]", "县教育局", ["P106"]),
        ("lead: [县司法局]\nsupport: [县直各单位]", "甲镇", []),
        ("lead: [各乡镇]", "各乡镇", []),
        ("lead: [县司法局]\ndeadlines: [{id: d, due: 2022-12-31, quote: 2022年底前, actors: [县教育局]}]", "县教育局", []),
        ("lead: [县司法局]\ndeadlines: [{id: d, due: 2022-12-31, quote: 2022年底前, actors: [各乡镇]}]", "甲镇", []),
        ("lead: [县司法局]\ndeadlines: [{id: d, due: 2022-12-31, quote: 2022年底前, recipients: [县教育局]}]", "县教育局", ["P301"]),
    ],
)
def test_progress_comes_from_whoever_has_a_role(task: str, unit: str, expected: list[str]) -> None:
    assert of_task(f"{task}\nprogress: [{{on: 2022-06-01, unit: {unit}}}]") == expected


@pytest.mark.parametrize(
    ("on", "unit", "expected"),
    [("2019-04-01", "县司法局", []), ("2019-04-01", "县教育局", ["P301"]), ("2019-03-31", "县司法局", ["P105", "P301"])],
)
def test_the_successor_of_a_unit_that_has_ended_reports_in_its_place(on: str, unit: str, expected: list[str]) -> None:
    text = a_plan(f"lead: [县法制办]\nprogress: [{{on: {on}, unit: {unit}}}]", "document: {issued: 2019-01-01}\n")
    assert keys(text, UNITS) == expected


def test_progress_of_nobody_in_particular_is_no_matter_of_roles() -> None:
    assert of_progress("on: 2022-06-01, note: 推进中") == []


@pytest.mark.parametrize(("on", "expected"), [("2026-11-22", []), ("2026-11-23", ["P302"]), ("2022-01-01", []), ("2021-12-31", ["P303"])])
def test_what_is_recorded_lies_between_the_document_and_today(on: str, expected: list[str]) -> None:
    assert of_progress(f"on: {on}, note: 甲") == expected


def test_a_plan_without_a_day_on_which_it_starts_has_nothing_before_it() -> None:
    assert keys(a_plan("lead: [甲]\nprogress: [{on: 1999-01-01, note: 甲}]", "")) == []


FILE = "id: file, within: 30 days, after: 公布, quote: 公布之日起30日内"


@pytest.mark.parametrize(("on", "expected"), [("2026-11-22", []), ("2026-11-23", ["P302.event"]), ("2001-01-01", [])])
def test_an_event_has_happened_by_today(on: str, expected: list[str]) -> None:
    events = f"events: [{{on: {on}, name: 公布}}]\n"
    assert keys(a_plan(f"lead: [甲]\ndeadlines: [{{{FILE}}}]", events=events)) == expected


def test_an_event_known_beforehand_may_lie_ahead_once_it_was_recorded() -> None:
    text = a_plan(f"lead: [甲]\ndeadlines: [{{{FILE}}}]", events="events: [{on: 2099-01-01, name: 公布, recorded: RECORDED}]\n")
    assert keys(text.replace("RECORDED", "2026-11-22")) == []
    late = text.replace("RECORDED", "2026-11-23")
    (problem,) = check(load(late))
    assert (found(problem, text=late), problem.args["on"]) == ([("P302.event", "2026-11-23}]")], date(2026, 11, 23))


ONE = "deadlines: [{id: publish, due: 2022-12-31, quote: 2022年底前}]\n"
TWO = "deadlines: [{id: publish, due: 2022-12-31, quote: 2022年底前}, {id: revise, due: 2023-12-31, quote: 2023年底前}]\n"
SHOWN = "evidence: [a.pdf]"


@pytest.mark.parametrize(
    ("deadlines", "entry", "expected"),
    [
        ("", f"state: done, {SHOWN}", []),
        (ONE, f"state: done, {SHOWN}", []),
        (ONE, f"deadline: publish, state: done, {SHOWN}", []),
        (ONE, "deadline: publsh", ["P304.nearest"]),
        ("", "deadline: publish", ["P304"]),
        (TWO, f"state: done, {SHOWN}", ["P304.missing"]),
        (TWO, "count: 1", ["P304.missing"]),
        (TWO, "count: 0", ["P304.missing"]),
        (TWO, "value: 98.5", ["P304.missing"]),
        (TWO, "value: 0", ["P304.missing"]),
        (TWO, "state: accepted", []),
        (TWO, "percent: 50", []),
        (TWO, f"state: closed, {SHOWN}", []),
        (TWO, f"deadline: revise, state: done, {SHOWN}", []),
    ],
)
def test_an_entry_names_a_deadline_of_its_task_where_it_must(deadlines: str, entry: str, expected: list[str]) -> None:
    assert of_progress(f"on: 2022-06-01, {entry}", more=deadlines) == expected


STUDY = "deadlines: [{id: study, every: year, at_least: 2, of: 次, quote: 每年不少于2次}]\n"


@pytest.mark.parametrize(
    ("deadlines", "entry", "expected"),
    [
        (STUDY, "period: 2022, count: 1", []),
        (STUDY, "period: 2023, count: 1", []),
        (STUDY, "period: 2025, count: 1", []),
        (STUDY, "period: 2021, count: 1", ["P305"]),
        (STUDY, "period: 2026, count: 1", ["P305"]),
        (STUDY, "period: 2022-Q3, count: 1", ["P305"]),
        (STUDY, "period: 2022-Q3", ["P305"]),
        (STUDY, "count: 1", ["P305.missing"]),
        (STUDY, f"state: done, {SHOWN}", ["P305.missing"]),
        (STUDY, f"state: closed, {SHOWN}", ["P305.missing"]),
        (STUDY, "value: 98.5", ["P305.missing"]),
        (STUDY, "state: submitted", []),
        (STUDY, "note: 已部署", []),
        (STUDY.replace("year", "quarter").replace("每年", "每季度"), "period: 2022-Q3, count: 1", []),
        (STUDY.replace("year", "half-year").replace("每年", "每半年"), "period: 2022-H2, count: 1", []),
        (STUDY.replace("year", "month").replace("每年", "每月"), "period: 2022-09, count: 1", []),
        (STUDY.replace("year", "month").replace("每年", "每月"), "period: 2022-13, count: 1", ["P305"]),
        ("deadlines: [{id: study, every: term, quote: 每届任期}]\n", "count: 1", []),
        ("deadlines: [{id: stand, ongoing: true, review: year, quote: 长期坚持}]\n", f"period: 2022, state: done, {SHOWN}", []),
        ("deadlines: [{id: stand, ongoing: true, review: year, quote: 长期坚持}]\n", f"period: 2022-H1, state: done, {SHOWN}", ["P305"]),
        ("deadlines: [{id: stand, ongoing: true, quote: 长期坚持}]\n", f"state: done, {SHOWN}", []),
        (ONE, "period: 2022", []),
    ],
)
def test_an_entry_of_what_recurs_names_a_period_that_there_is(deadlines: str, entry: str, expected: list[str]) -> None:
    assert of_progress(f"on: 2022-09-30, {entry}", more=deadlines) == expected


def test_where_nothing_says_when_a_deadline_starts_every_period_is_taken() -> None:
    assert keys(a_plan(f"lead: [甲]\n{STUDY}progress: [{{on: 2022-09-30, period: 1999, count: 1}}]", "")) == ["P209.start"]


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ("state: done", ["P306"]),
        ("state: closed", ["P306"]),
        ("state: done, evidence: []", ["P306"]),
        ("state: submitted", []),
        (f"state: done, {SHOWN}", []),
    ],
)
def test_what_is_done_is_shown(entry: str, expected: list[str]) -> None:
    assert of_progress(f"on: 2022-06-01, {entry}") == expected


def of_extensions(*extensions: str, deadlines: str = ONE) -> list[str]:
    lines = "".join(f"  - {{{extension}}}\n" for extension in extensions)
    return sorted(of_task(f"lead: [县司法局]\n{deadlines}extensions:\n{lines}"))


FIRST = "from: 2022-12-31, to: 2023-06-30, requested: 2022-12-01, approved: 2022-12-10"


@pytest.mark.parametrize(
    ("extensions", "expected"),
    [
        ([FIRST], []),
        (["from: 2022-12-31, to: 2023-06-30"], []),
        (["from: 2022-12-31, to: 2023-06-30, requested: 2022-12-01"], []),
        (["from: 2022-12-31, to: 2023-06-30, approved: 2022-12-10"], []),
        ([FIRST.replace("requested: 2022-12-01, approved: 2022-12-10", "requested: 2022-12-31, approved: 2023-01-10")], []),
        ([FIRST.replace("requested: 2022-12-01, approved: 2022-12-10", "requested: 2023-01-01, approved: 2023-01-10")], ["P307"]),
        ([FIRST.replace("approved: 2022-12-10", "approved: 2022-12-01")], []),
        ([FIRST.replace("approved: 2022-12-10", "approved: 2022-11-30")], ["P308.approval"]),
        ([FIRST.replace("to: 2023-06-30", "to: 2022-12-31")], ["P308.backwards"]),
        ([FIRST.replace("to: 2023-06-30", "to: 2022-11-30")], ["P308.backwards"]),
        ([FIRST.replace("from: 2022-12-31", "from: 2022-12-30")], ["P308"]),
        ([FIRST, "from: 2023-06-30, to: 2023-09-30, requested: 2023-06-01, approved: 2023-06-10"], []),
        ([FIRST, "from: 2022-12-31, to: 2023-09-30, requested: 2022-12-11, approved: 2022-12-12"], ["P308"]),
        ([f"deadline: publsh, {FIRST}"], ["P304.nearest"]),
    ],
)
def test_extensions_form_a_chain_and_are_asked_for_in_time(extensions: list[str], expected: list[str]) -> None:
    assert of_extensions(*extensions) == expected


def test_an_extension_says_which_of_several_deadlines_it_moves() -> None:
    assert of_extensions(FIRST, deadlines=TWO) == ["P304.missing"]
    assert of_extensions(f"deadline: publish, {FIRST}", deadlines=TWO) == []
    assert of_extensions(f"deadline: revise, {FIRST.replace('2023-06-30', '2024-06-30')}", deadlines=TWO) == ["P308"]


def test_an_extension_of_what_recurs_moves_the_date_of_its_period() -> None:
    report = "deadlines: [{id: report, every: year, by: 03-01, quote: 每年3月1日前}]\n"
    moved = "from: 2023-03-01, to: 2023-04-01, requested: 2023-02-01, approved: 2023-02-10"
    assert of_extensions(f"period: 2023, {moved}", deadlines=report) == []
    assert of_extensions(moved, deadlines=report) == []
    assert of_extensions(moved.replace("2023-03-01", "2023-03-02"), deadlines=report) == ["P308"]


@pytest.mark.parametrize(
    ("extension", "deadlines"),
    [
        (f"deadline: revise, {FIRST}", TWO),
        (f"period: 2024, {FIRST}", "deadlines: [{id: report, every: year, by: 03-01, quote: 每年3月1日前}]\n"),
    ],
)
def test_an_extension_that_ends_before_the_due_date_is_none(extension: str, deadlines: str) -> None:
    assert of_extensions(extension, deadlines=deadlines) == ["P308"]


@pytest.mark.parametrize(
    ("fields", "event", "expected"),
    [
        ("within: 30 days, after: 公布, quote: 甲", "公布", []),
        ("within: 6 months, before: 有效期届满, quote: 甲", "有效期届满", []),
        ("after: 任期开始, before: 任期届满, quote: 甲", "任期届满", []),
        ("every: term, quote: 甲", "任期开始", []),
        ("every: term, quote: 甲", "任期届满", []),
        ("every: year, quote: 甲", "任期届满", ["P309"]),
        ("due: 2022-12-31, quote: 甲", "公布", ["P309"]),
        ("within: 30 days, after: 文件公布, quote: 甲", "文件颁布", ["P309.nearest"]),
    ],
)
def test_an_event_is_awaited_by_some_deadline(fields: str, event: str, expected: list[str]) -> None:
    text = a_plan(f"lead: [甲]\ndeadlines: [{{id: d, {fields}}}]", events=f"events: [{{on: 2022-06-01, name: {event}}}]\n")
    assert keys(text, only=("P309",)) == expected


MEETING = "deadlines: [{id: meeting, every: year, at_least: 1, at_most: 2, of: 期, quote: 每年1至2期}]\n"


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        (["on: 2022-03-01, period: 2022, count: 2"], []),
        (["on: 2022-03-01, period: 2022, count: 3"], ["P310"]),
        (["on: 2022-03-01, period: 2022, count: 1", "on: 2022-06-01, period: 2022, count: 2"], ["P310"]),
        (["on: 2022-03-01, period: 2022, count: 2", "on: 2023-06-01, period: 2023, count: 2"], []),
        (["on: 2023-06-01, period: 2023, count: 3", "on: 2022-03-01, period: 2022, count: 3"], ["P310", "P310"]),
    ],
)
def test_an_upper_limit_holds_in_each_period(entries: list[str], expected: list[str]) -> None:
    assert of_progress(*entries, more=MEETING) == expected


@pytest.mark.parametrize(
    ("lead", "entries", "expected"),
    [
        ("[各乡镇]", [("甲镇", 2), ("乙镇", 2)], []),
        ("[各乡镇]", [("甲镇", 2), ("乙镇", 3)], ["P310"]),
        ("[各乡镇]", [("甲镇", 1), ("乙镇", 2), ("甲镇", 2)], ["P310"]),
        ("[县司法局]", [("县司法局", 1), ("司法局", 2)], ["P310"]),
        ("[县司法局]\nsupport: [甲镇, 乙镇]", [("甲镇", 2), ("乙镇", 2)], ["P310"]),
    ],
)
def test_an_upper_limit_of_a_group_is_each_members(lead: str, entries: list[tuple[str, int]], expected: list[str]) -> None:
    assert (
        of_progress(*(f"on: 2022-03-01, unit: {unit}, period: 2022, count: {count}" for unit, count in entries), lead=lead, more=MEETING)
        == expected
    )


def test_where_others_than_the_lead_owe_it_the_upper_limit_is_theirs() -> None:
    entries = [f"on: 2022-03-01, unit: {unit}, period: 2022, count: 2" for unit in ("甲镇", "乙镇")]
    assert of_progress(*entries, more=MEETING.replace("quote:", "actors: [各乡镇], quote:")) == []
    assert of_progress(*entries, lead="[各乡镇]", more=MEETING.replace("quote:", "actors: [甲镇, 乙镇], quote:")) == ["P310"]


def test_where_there_is_no_upper_limit_none_is_exceeded() -> None:
    assert of_progress("on: 2022-03-01, period: 2022, count: 30", more=STUDY) == []


# Identity


def test_two_plans_with_one_id_name_each_other() -> None:
    problems = check(load({"b.yaml": f"{HEAD}tasks: []\n", "a.yaml": f"# 说明\n{HEAD}tasks: []\n", "c.yaml": f"{HEAD}tasks: []\n"}))
    assert [(str(problem.location), problem.code, str(problem.args["other"])) for problem in problems] == [
        ("a.yaml:3:5", "P401", "b.yaml:2:5"),
        ("c.yaml:2:5", "P401", "b.yaml:2:5"),
    ]


def test_two_tasks_with_one_id_name_each_other_and_two_plans_may_share_it() -> None:
    text = f"{HEAD}tasks:\n" + "".join(f"  - {{id: {name}, title: 甲, lead: [乙]}}\n" for name in ("1", "2", '"1"', "01"))
    problems = check(load({"a.yaml": text, "b.yaml": a_plan("lead: [甲]").replace("demo", "other").replace('"4"', '"1"')}))
    assert [(str(problem.location), problem.code, str(problem.args["other"])) for problem in problems] == [
        ("a.yaml:7:10", "P402", "a.yaml:5:10")
    ]


def test_two_deadlines_with_one_id_name_each_other_and_two_tasks_may_share_it() -> None:
    deadline = "{id: d, due: 2022-12-31, quote: 2022年底前}"
    task = f"title: 甲, lead: [乙], deadlines: [{deadline}"
    text = f"{HEAD}tasks:\n  - {{id: 1, {task}]}}\n  - {{id: 2, {task},\n      {deadline}]}}\n"
    (problem,) = check(load(text))
    assert (problem.location.line, problem.code, problem.task, problem.args["name"]) == (7, "P403", "2", "d")
    assert str(problem.args["other"]).startswith(f"{PLAN_PATH}:6:")


@pytest.mark.parametrize(
    ("upstream", "expected"),
    [
        ("[upper/4]", []),
        ("[demo/4]", []),
        ("[upper/5]", ["P404.nearest"]),
        ('["4"]', ["P404"]),
        ("[upper]", ["P404.nearest"]),
        ("[upper/4, nowhere]", ["P404"]),
    ],
)
def test_a_task_above_is_there(upstream: str, expected: list[str]) -> None:
    files = {"a.yaml": a_plan(f"lead: [甲]\nupstream: {upstream}"), "b.yaml": a_plan("lead: [甲]").replace("demo", "upper")}
    assert [problem.message_key for problem in check(load(files))] == expected


def test_the_tasks_of_an_event_are_those_of_its_own_plan() -> None:
    events = 'events: [{on: 2022-06-01, name: 公布, tasks: ["4", "9", demo/4]}]\n'
    text = a_plan(f"lead: [甲]\ndeadlines: [{{{FILE}}}]", events=events)
    problems = check(load({PLAN_PATH: text, "b.yaml": a_plan("lead: [甲]").replace("demo", "other").replace('"4"', '"9"')}))
    assert found(*problems, text=text) == [("P404.event", '"9", demo/4]}]'), ("P404.event", "demo/4]}]")]
