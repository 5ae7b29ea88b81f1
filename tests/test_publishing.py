"""The published form: whole, the same for the same plans, and read back as what it was; what others send is never trusted."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import check, load
from planctl import loader, publishing, sources
from planctl.errors import UnsoundPlansError
from planctl.model import Deadline, Kind, Plan, Progress, Target, Task
from planctl.settings import Settings
from planctl.sources import Source
from planctl.workspace import Workspace
from planctl.yamltree import UNSAFE
from test_codec import FULL_PLAN, FULL_UNITS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planctl.problems import Problem

ROOT = Path(__file__).parents[1]
CASES = Path(__file__).parent / "cases"
PLAN = 'planctl: 1\nid: demo\ntitle: 示例县工作方案\ntasks:\n  - id: "4"\n    title: 权责清单\n    lead: [县司法局]\n'
PUBLISHED = "upstream/示例省.json"


def publish(workspace: Workspace, *, progress: bool = True) -> str:
    return publishing.write(workspace, workspace.plans, progress=progress)


def read_back(text: str) -> tuple[Plan, ...]:
    """Read a published text that has nothing wrong."""
    found, problems = publishing.read(Source(PUBLISHED, text))
    assert (found is None, problems) == (False, [])
    return tuple(workspace_free(found.plans)) if found else ()


def workspace_free(plans: Iterable[Plan]) -> Iterable[Plan]:
    """Give plans without the paths of their files."""
    return (plan._replace(path="") for plan in plans)


def told(text: str) -> list[tuple[str, str]]:
    """Give what is wrong with a text of others, and where."""
    _, problems = publishing.read(Source(PUBLISHED, text))
    return [place_of(problem) for problem in problems]


def place_of(problem: Problem) -> tuple[str, str]:
    return problem.message_key, f"{problem.location.line}:{problem.location.column}"


def a_publication(plan: str, units: str = "") -> str:
    return (
        '{"planctl": 1, "export": 1, "organisations": [\n'
        f'{{"organisation": "示例省", {units}"plans": [\n'
        f'{{"id": "sheng", "title": "示例省方案", "tasks": [\n{plan}]}}]}}]}}\n'
    )


# Whole


def test_everything_that_a_plan_can_say_comes_back() -> None:
    workspace = load({"plans/示例县/plan.yaml": FULL_PLAN, "plans/示例县/units.yaml": FULL_UNITS})
    assert read_back(publish(workspace)) == tuple(workspace_free(workspace.plans))


def test_the_units_and_groups_of_an_organisation_come_back_with_its_plans() -> None:
    workspace = load({"plans/示例县/plan.yaml": FULL_PLAN, "plans/示例县/units.yaml": FULL_UNITS})
    found, _ = publishing.read(Source(PUBLISHED, publish(workspace)))
    [directory] = workspace.directories.values()
    assert found is not None
    assert [registry._replace(path=directory.registry.path) for registry in found.registries] == [directory.registry]


@pytest.mark.parametrize("folder", [ROOT / "plans", CASES / "demo", CASES / "province", CASES / "county"], ids=lambda path: path.name)
def test_the_plans_at_hand_come_back(folder: Path) -> None:
    workspace = loader.load(sources.read(path) for path in sources.find_paths([str(folder)]) if not path.endswith("planctl.yaml"))
    assert read_back(publish(workspace)) == tuple(workspace_free(workspace.plans))


def test_a_record_of_nothing_is_a_record() -> None:
    workspace = load(PLAN + "    progress:\n      - {on: 2024-01-01, count: 0, percent: 0, value: 0}\n")
    [entry] = read_back(publish(workspace))[0].tasks[0].progress
    assert (entry.counted, entry.percent, entry.value) == (0, 0.0, 0.0)


WORDS = st.text(st.one_of(st.characters(), st.sampled_from("\t\n\x85 \\\"'/{}[]#:,&*!?-%@😀\u3000\xa0\ufffe")), min_size=1).filter(
    lambda text: bool(text.strip()) and not re.search(f"{UNSAFE}|[\ud800-\udfff]", text)
)
"""What the text of a plan can be."""
FIGURES = st.decimals(-(10**14), 10**14, places=10).map(float)
TARGETS = st.builds(Target, st.sampled_from([">=", "<=", "=", ">", "<"]), FIGURES, st.sampled_from([None, "%", "件", "km", "A级", "％"]))


@given(WORDS, WORDS, FIGURES, TARGETS)
def test_words_and_figures_come_back_as_they_were(title: str, name: str, value: float, target: Target) -> None:
    task = Task(
        id=name,
        title=title,
        deadlines=(Deadline("d", Kind.METRIC, metric=name, target=target),),
        progress=(Progress(date(2024, 1, 1), value=value),),
    )
    workspace = Workspace([Plan("", "demo", title, tasks=(task,))], [], Settings())
    assert read_back(publish(workspace)) == workspace.plans


def test_a_figure_is_written_without_an_exponent() -> None:
    task = Task("1", "甲", progress=(Progress(date(2024, 1, 1), value=0.0000001),))
    assert '"value": "0.0000001"' in publish(Workspace([Plan("", "demo", "甲", tasks=(task,))], [], Settings()))


# The same


def test_the_text_depends_on_the_plans_alone(tmp_path: Path) -> None:
    texts = {"plans/示例县/plan.yaml": FULL_PLAN, "plans/示例县/units.yaml": FULL_UNITS}
    moved = {str(tmp_path / path): f"# 说明\n{text}" for path, text in texts.items()}
    assert publish(load(texts)) == publish(load(moved))


def test_plans_of_one_organisation_stand_together_and_others_by_their_folder() -> None:
    plans = {f"plans/{folder}/{name}.yaml": PLAN.replace("demo", name) for folder, name in (("甲县", "a"), ("乙县", "b"), ("甲县", "c"))}
    units = {"plans/甲县/units.yaml": "planctl: 1\norganisation: 甲县人民政府\n"}
    organisations = json.loads(publish(load(plans | units)))["organisations"]
    assert [(each["organisation"], [plan["id"] for plan in each["plans"]]) for each in organisations] == [
        ("甲县人民政府", ["a", "c"]),
        ("乙县", ["b"]),
    ]


def test_only_the_plans_that_are_asked_for_are_published() -> None:
    workspace = load({"a.yaml": PLAN, "b.yaml": PLAN.replace("demo", "other")})
    assert [plan.id for plan in read_back(publishing.write(workspace, workspace.plans[1:]))] == ["other"]


def test_without_progress_there_are_no_records_and_no_notes_and_what_binds_is_the_same() -> None:
    workspace = load({"plans/示例县/plan.yaml": FULL_PLAN, "plans/示例县/units.yaml": FULL_UNITS})
    [plan] = workspace.plans
    [task] = plan.tasks
    deadlines = tuple(each._replace(note=None) for each in task.deadlines)
    bare = task._replace(progress=(), confirmed=(), note=None, doubts=(), deadlines=deadlines)
    [found] = read_back(publish(workspace, progress=False))
    assert found == plan._replace(path="", note=None, doubts=(), events=(), tasks=(bare,))
    assert found.tasks[0].extensions == task.extensions


def test_half_a_plan_is_not_published() -> None:
    with pytest.raises(UnsoundPlansError):
        publish(load(PLAN + "    suport: [甲]\n"))


# What others send


def test_a_published_plan_is_none_of_ours_and_its_units_are_its_own() -> None:
    text = a_publication('{"id": "1", "title": "甲", "lead": ["省厅"]}', '"units": [{"name": "省司法厅", "aliases": ["省厅"]}], ')
    workspace = load({"planctl.yaml": f"planctl: 1\nupstream: [{PUBLISHED}]\n", PUBLISHED: text, "plans/units.yaml": "planctl: 1\n"})
    [plan] = workspace.published_plans()
    assert (workspace.plans, workspace.problems, list(workspace.directories)) == ((), (), ["plans"])
    assert (workspace.directory_of(plan).canonical("省厅"), workspace.organisation_of(plan)) == ("省司法厅", "示例省")


def test_what_stands_in_a_published_plan_is_located_in_its_file() -> None:
    workspace = load({PUBLISHED: a_publication('{"id": "1", "title": "甲"},\n{"id": "2", "title": "乙"}')})
    [plan] = workspace.published_plans()
    assert plan.path == f"{PUBLISHED}#/organisations/0/plans/0"
    assert workspace.locate(plan.path, ("tasks", 1, "title")) == (PUBLISHED, 5, 22)


def test_a_plan_behind_a_broken_one_is_still_found_in_its_place() -> None:
    broken = '{"planctl": 1, "export": 1, "organisations": [{"organisation": "甲", "plans": [\n{"id": "a"},\n{"id": "b", "title": "乙", "tasks": []}]}]}'
    workspace = load({PUBLISHED: broken})
    [plan] = workspace.published_plans()
    assert [place_of(problem) for problem in workspace.problems] == [("P013", "2:1"), ("P013", "2:1")]
    assert workspace.locate(plan.path, ("id",)) == (PUBLISHED, 3, 8)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [("P010.empty", "1:1")]),
        ("[]", [("P014", "1:1")]),
        ('{"planctl": 1, "organisations": []}', [("P013", "1:1")]),
        ('{"planctl": 1, "export": 2, "organisations": []}', [("P015", "1:26")]),
        ('{"planctl": 1, "export": 1, "organisations": [], "extra": 1}', [("P011.nearest", "1:50")]),
        ('{"planctl": 1, "export": 1, "export": 1, "organisations": []}', [("P003", "1:29")]),
        ('{"planctl": 1, "export": 1, "organisations": []', [("P002", "1:48")]),
        ('{"planctl": 1, "export": 1, "organisations": []} {}', [("P002", "1:50")]),
        ('{"planctl": 1, "export": 1, "organisations": [{"plans": []}]}', [("P013", "1:47")]),
        ('{"planctl": 1, "export": 1, "organisations": ' + "[" * 40 + "]" * 40 + "}", [("P007", "1:77")]),
        (a_publication('{"id": "1", "title": "\\ud83d"}'), [("P002", "4:25")]),
        (a_publication('{"id": "1", "title": "甲\\u202e"}'), [("P009", "4:22")]),
        (a_publication('{"id": "1", "title": "甲\\u0000"}'), [("P009", "4:22")]),
        (a_publication('{"id": "1", "title": "甲", "deadlines": [{"id": "d", "due": "2024-02-30"}]}'), [("P016", "4:60")]),
        (a_publication('{"id": "1", "title": "' + "甲" * 20_001 + '"}'), [("P020", "4:22")]),
        ('{"planctl": &a 1, "export": *a, "organisations": []}', [("P004", "1:13"), ("P004", "1:29"), ("P013", "1:19")]),
    ],
)
def test_what_is_wrong_with_a_published_text_is_told_in_its_place(text: str, expected: list[tuple[str, str]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("escaped", "expected"),
    [
        (r"\ud83d\ude00", "😀"),
        (r"\uD83D\uDE00\uD83D\uDE00", "😀😀"),
        (r"\\ud83d", r"\ud83d"),
        (r"\\\ud83d\ude00", "\\😀"),
        (r"\/", "/"),
        (r"\u7532", "甲"),
    ],
)
def test_the_escapes_of_other_writers_of_json_are_read(escaped: str, expected: str) -> None:
    text = a_publication(f'{{"id": "1", "title": "{escaped}"}}')
    found, problems = publishing.read(sources.decode(PUBLISHED, text.encode()))
    assert ([plan.tasks[0].title for plan in found.plans] if found else None, problems) == ([expected], [])


def test_a_text_that_was_laid_out_otherwise_says_the_same() -> None:
    text = publish(load({"plans/示例县/plan.yaml": FULL_PLAN, "plans/示例县/units.yaml": FULL_UNITS}))
    for other in (json.dumps(json.loads(text)), json.dumps(json.loads(text), indent="\t", sort_keys=True)):
        found, problems = publishing.read(sources.decode(PUBLISHED, other.encode()))
        assert (tuple(workspace_free(found.plans)) if found else (), problems) == (read_back(text), [])


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=5)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["planctl", "export", "organisations", "plans", "tasks", "id", "title", "units", "deadlines"]), inner
        ),
    ),
)


@given(JSON)
def test_nothing_that_is_json_makes_the_reader_fail(value: object) -> None:
    found, problems = publishing.read(sources.decode(PUBLISHED, json.dumps(value).encode()))
    assert found is not None or problems != []


# In the settings


@pytest.mark.parametrize("path", ["/etc/plans.json", "https://example.org/a.json", "c:/a.json", "a.yaml", ".json"])
def test_a_published_file_is_named_by_a_relative_path_and_never_fetched(path: str) -> None:
    assert [problem.code for problem in load({"planctl.yaml": f"planctl: 1\nupstream: ['{path}']\n"}).problems] == ["P015"]


@pytest.mark.parametrize(
    ("settings", "named", "published"),
    [
        ("planctl.yaml", "省.json", "省.json"),
        ("plans/planctl.yaml", "../up/省.json", "up/省.json"),
        ("a/planctl.yaml", "./b/省.json", "a/b/省.json"),
    ],
)
def test_a_published_file_is_looked_for_beside_the_settings(settings: str, named: str, published: str) -> None:
    source = Source(settings, f"planctl: 1\nupstream: [{named}]\n")
    assert loader.find_published(source) == [published]
    assert load({settings: source.text, published: a_publication('{"id": "1", "title": "甲"}')}).problems == ()


def test_a_published_file_that_is_not_there_is_told_where_it_is_named() -> None:
    workspace = load({"planctl.yaml": f"planctl: 1\nupstream:\n  - {PUBLISHED}\n  - 市.json\n", PUBLISHED: a_publication("")})
    assert [(str(problem.location), problem.code, problem.args) for problem in check(workspace)] == [
        ("planctl.yaml:4:5", "P026", {"path": "市.json"})
    ]


def test_a_plan_of_ours_does_not_take_the_id_of_a_published_one() -> None:
    files = {
        "planctl.yaml": f"planctl: 1\nupstream: [{PUBLISHED}]\n",
        PUBLISHED: a_publication(""),
        "plan.yaml": PLAN.replace("demo", "sheng"),
    }
    assert [(str(problem.location), problem.code, str(problem.args["other"])) for problem in check(load(files))] == [
        ("plan.yaml:2:5", "P401", f"{PUBLISHED}:3:8")
    ]
