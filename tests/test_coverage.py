"""The matrix of upper tasks: who took up which, who ought to have, what comes from nowhere; and confirmations in the files."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import load
from planctl import loader, sources
from planctl.coverage.confirmations import confirm, is_recorded
from planctl.coverage.links import links
from planctl.coverage.matrix import Uptake, survey, upper_plans
from planctl.coverage.pairs import alike
from planctl.errors import ChangedMeanwhileError

if TYPE_CHECKING:
    from pathlib import Path

    from planctl.coverage.matrix import Matrix
    from planctl.workspace import Workspace

DAY = date(2024, 6, 30)
HEAD = "planctl: 1\nid: {}\ntitle: 某方案\ntasks:\n"


def a_plan(plan: str, tasks: dict[str, str]) -> str:
    """Write a plan by its tasks and what they say besides."""
    return HEAD.format(plan) + "".join(f'  - {{id: "{task}", title: 任务{task}, lead: [甲]{more}}}\n' for task, more in tasks.items())


def to(*names: str) -> str:
    return f", upstream: [{', '.join(names)}]"


def look(workspace: Workspace, *plans: str) -> Matrix:
    """Lay out everything, for all plans below or the given ones."""
    chosen = [plan for plan in workspace.plans if plan.id in plans]
    return survey(workspace, upper_plans(workspace), DAY, chosen)


def told(matrix: Matrix) -> dict[str, tuple[str, dict[str, list[str]]]]:
    """Give for each upper task how far it was taken up, and by which tasks of which organisation."""
    return {
        f"{row.plan.id}/{row.task.id}": (
            row.uptake.value,
            {name: [f"{link.plan.id}/{link.task.id}" for link in found] for name, found in row.takers.items()},
        )
        for row in matrix.rows
    }


PROVINCE = {"省/p.yaml": a_plan("p", {"1": "", "2": "", "3": ", cancelled: {on: 2024-01-01}"})}


def test_a_task_is_taken_up_when_every_organisation_that_follows_the_plan_has_it() -> None:
    below = {"甲县/a.yaml": a_plan("a", {"1": to("p/1"), "2": to("p/2")}), "乙县/b.yaml": a_plan("b", {"7": to("p/1"), "8": ""})}
    matrix = look(load(PROVINCE | below))
    assert told(matrix) == {
        "p/1": ("taken", {"甲县": ["a/1"], "乙县": ["b/7"]}),
        "p/2": ("partly", {"甲县": ["a/2"], "乙县": []}),
        "p/3": ("cancelled", {"甲县": [], "乙县": []}),
    }
    assert [row.missing for row in matrix.rows] == [(), ("乙县",), ()]
    assert [(orphan.organisation, orphan.plan.id, orphan.task.id) for orphan in matrix.orphans] == [("乙县", "b", "8")]


def test_two_plans_of_one_organisation_take_up_together() -> None:
    below = {"甲县/a.yaml": a_plan("a", {"1": to("p/1")}), "甲县/b.yaml": a_plan("b", {"1": to("p/2", "p/1")})}
    assert told(look(load(PROVINCE | below)))["p/1"] == ("taken", {"甲县": ["a/1", "b/1"]})
    assert told(look(load(PROVINCE | below)))["p/2"] == ("taken", {"甲县": ["b/1"]})


def test_a_plan_without_links_owes_nothing_unless_it_is_asked_about() -> None:
    below = {"甲县/a.yaml": a_plan("a", {"1": to("p/1")}), "乙县/b.yaml": a_plan("b", {"1": ""})}
    workspace = load(PROVINCE | below)
    assert told(look(workspace))["p/1"] == ("taken", {"甲县": ["a/1"]})
    assert told(look(workspace, "b"))["p/1"] == ("missing", {"乙县": []})
    assert told(look(workspace, "a", "b"))["p/1"] == ("partly", {"甲县": ["a/1"], "乙县": []})


def test_of_three_levels_each_answers_to_the_one_that_it_names() -> None:
    city = {"市/c.yaml": a_plan("c", {"1": to("p/1"), "2": to("p/2")})}
    county = {"县/x.yaml": a_plan("x", {"1": to("c/1")})}
    assert told(look(load(PROVINCE | city | county))) == {
        "p/1": ("taken", {"市": ["c/1"]}),
        "p/2": ("taken", {"市": ["c/2"]}),
        "p/3": ("cancelled", {"市": []}),
        "c/1": ("taken", {"县": ["x/1"]}),
        "c/2": ("missing", {"县": []}),
    }


def test_a_published_plan_is_an_upper_plan_though_nobody_names_it() -> None:
    published = '{"planctl": 1, "export": 1, "organisations": [{"organisation": "省", "plans": [{"id": "q", "title": "甲", "tasks": [{"id": "1", "title": "乙"}]}]}]}'
    workspace = load({"planctl.yaml": "planctl: 1\nupstream: [q.json]\n", "q.json": published, "甲县/a.yaml": a_plan("a", {"1": ""})})
    assert told(look(workspace)) == {"q/1": ("missing", {})}
    assert look(workspace).orphans == ()


def test_a_task_that_names_one_of_its_own_plan_makes_no_upper_plan() -> None:
    assert upper_plans(load({"甲县/a.yaml": a_plan("a", {"1": "", "2": to("a/1")})})) == []


def test_an_upper_plan_that_two_name_in_either_direction_is_one() -> None:
    workspace = load({"甲/a.yaml": a_plan("a", {"1": to("b/1")}), "乙/b.yaml": a_plan("b", {"1": to("a/1", "b/1")})})
    assert [plan.id for plan in upper_plans(workspace)] == ["a", "b"]
    assert told(look(workspace)) == {"a/1": ("taken", {"乙": ["b/1"]}), "b/1": ("taken", {"甲": ["a/1"]})}


@pytest.mark.parametrize(("day", "expected"), [(date(2023, 12, 31), Uptake.MISSING), (date(2024, 1, 1), Uptake.CANCELLED)])
def test_what_is_cancelled_later_is_still_missing(day: date, expected: Uptake) -> None:
    workspace = load(PROVINCE | {"甲县/a.yaml": a_plan("a", {"1": to("p/1")})})
    assert survey(workspace, upper_plans(workspace), day).rows[2].uptake is expected


def test_a_task_or_a_plan_that_was_given_up_takes_up_nothing() -> None:
    cancelled = {"甲县/a.yaml": a_plan("a", {"1": f"{to('p/1')}, cancelled: {{on: 2024-01-01}}", "2": to("p/2")})}
    ended = {"甲县/a.yaml": a_plan("a", {"1": to("p/1")}).replace("tasks:", "ended: {on: 2024-01-01}\ntasks:")}
    assert told(look(load(PROVINCE | cancelled)))["p/1"] == ("missing", {"甲县": []})
    assert told(look(load(PROVINCE | ended)))["p/1"] == ("missing", {})


def test_a_confirmation_of_a_later_day_does_not_count_yet() -> None:
    entry = f'confirmed: [{{upstream: p/1, on: 2024-07-01, fingerprint: "sha256:{"0" * 64}"}}]'
    workspace = load(PROVINCE | {"甲县/a.yaml": a_plan("a", {"1": f"{to('p/1')}, {entry}"})})
    stale = [survey(workspace, upper_plans(workspace), day).rows[0].is_stale for day in (DAY, date(2024, 7, 1))]
    assert stale == [False, True]


# How alike two texts are


@given(st.text(min_size=2))
def test_a_text_is_like_itself_and_nothing_is_more_alike(text: str) -> None:
    assert alike(text, text) in (0.0, 1.0)


@given(st.text(), st.text())
def test_likeness_goes_both_ways_and_from_0_to_1(one: str, other: str) -> None:
    assert alike(one, other) == alike(other, one)
    assert 0 <= alike(one, other) <= 1


# Confirmations in files

LOWER = """\
# 说明
planctl: 1
id: a
title: 某方案
tasks:
  - id: "1"
    title: 任务   # 保留
    lead: [甲]
    upstream: [p/1, p/2]
    deadlines:
      - {id: d, due: 2024-12-31}
  - {id: "2", title: 乙, lead: [甲], upstream: [p/1]}
"""


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Write an upper plan and one below."""
    (tmp_path / "p.yaml").write_text(PROVINCE["省/p.yaml"], encoding="utf-8")
    (tmp_path / "a.yaml").write_text(LOWER, encoding="utf-8")
    return tmp_path


def loaded(folder: Path) -> Workspace:
    return loader.load(sources.read(path) for path in sources.find_paths([str(folder)]))


def test_a_confirmation_is_added_to_the_file_and_all_else_stays(repository: Path) -> None:
    path = repository / "a.yaml"
    [first, *_] = links(loaded(repository))
    confirm(str(path), [first], DAY, "县司法局")
    entry = f'{{upstream: p/1, on: 2024-06-30, by: 县司法局, fingerprint: "{first.fingerprint}"}}'
    added = f"    confirmed:\n      - {entry}\n"
    assert path.read_text(encoding="utf-8") == LOWER.replace("[p/1, p/2]\n", f"[p/1, p/2]\n{added}")


def test_all_links_of_several_tasks_are_confirmed_and_read_back(repository: Path) -> None:
    found = list(links(loaded(repository)))
    confirm(str(repository / "a.yaml"), found, DAY, "县司法局")
    again = list(links(loaded(repository)))
    assert [(link.task.id, link.reference, is_recorded(link, DAY, "县司法局"), link.is_stale) for link in again] == [
        ("1", "p/1", True, False),
        ("1", "p/2", True, False),
        ("2", "p/1", True, False),
    ]
    assert not any(is_recorded(link, DAY, "县财政局") for link in again)


def test_confirming_again_keeps_what_was_confirmed_before(repository: Path) -> None:
    path = repository / "a.yaml"
    for day in (DAY, date(2024, 8, 1)):
        confirm(str(path), list(links(loaded(repository)))[:1], day, "县司法局")
    [plan] = [plan for plan in loaded(repository).plans if plan.id == "a"]
    assert [(entry.on, entry.upstream) for entry in plan.tasks[0].confirmed] == [(DAY, "p/1"), (date(2024, 8, 1), "p/1")]


def test_a_task_that_has_moved_meanwhile_is_found_and_one_that_has_gone_is_told(repository: Path) -> None:
    path = repository / "a.yaml"
    found = list(links(loaded(repository)))[2:]
    path.write_text(LOWER.replace("tasks:\n", 'tasks:\n  - {id: "0", title: 新, lead: [甲]}\n'), encoding="utf-8")
    confirm(str(path), found, DAY, "县司法局")
    assert [link.task.id for link in links(loaded(repository)) if link.confirmation] == ["2"]
    path.write_text(LOWER.replace('"2"', '"3"'), encoding="utf-8")
    with pytest.raises(ChangedMeanwhileError):
        confirm(str(path), found, DAY, "县司法局")
    assert path.read_text(encoding="utf-8") == LOWER.replace('"2"', '"3"')
