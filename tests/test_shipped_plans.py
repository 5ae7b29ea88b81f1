"""The plans that are shipped: they say what their documents say, and the demonstration shows every case."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

import seeds
from planctl import checks
from planctl.checks.base import Context
from planctl.digests import digest, normalise
from planctl.loader import load
from planctl.model import Basis, Cycle, DayOf, Deadline, Kind, Progress, Span, State, Target
from planctl.queries import Judge, rules_of
from planctl.sources import find_paths, read
from planctl.statuses import Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planctl.model import Plan, Task

PLANS = Path(__file__).resolve().parents[1] / "plans"
WORKSPACE = load(read(path) for path in find_paths([str(PLANS)]))
PLAN = {plan.id: plan for plan in WORKSPACE.plans}
TODAY = date(2026, 11, 22)
YEAR, TERM = Cycle(1, "year"), Cycle(1, "term")
NINGYUAN, JIANGNAN, HUNAN, QIANJIANG, SHANDONG = REAL = (
    "ningyuan-2021-2025",
    "jiangnan-2015",
    "hunan-jgsw-2022-2025",
    "qianjiang-2022",
    "shandong-jgsw-2023",
)
DEMONSTRATION = "shili-2024-2026"

YEAR_END = date(2026, 12, 31)
DEFAULTS = Deadline("", Kind.ONCE)._asdict()

each_plan = pytest.mark.parametrize("plan_id", REAL)


class Facts(NamedTuple):
    """What a person counted in a document."""

    tasks: tuple[str, ...]
    units: int
    deadlines: dict[Kind, int]


def numbers(last: int) -> tuple[str, ...]:
    return tuple(str(number) for number in range(1, last + 1))


def kinds(*, once: int = 0, recurring: int = 0, relative: int = 0, metric: int = 0, ongoing: int = 0) -> dict[Kind, int]:
    return {Kind.ONCE: once, Kind.RECURRING: recurring, Kind.RELATIVE: relative, Kind.METRIC: metric, Kind.ONGOING: ongoing}


ITEMS_OF_JIANGNAN = (4, 3, 6, 5, 3, 4, 3, 4, 4)
FACTS = {
    NINGYUAN: Facts(numbers(100), 70, kinds(once=6, recurring=18, relative=4, metric=3, ongoing=4)),
    JIANGNAN: Facts(
        tuple(f"{section}.{item}" for section, items in enumerate(ITEMS_OF_JIANGNAN, 1) for item in range(1, items + 1)),
        27,
        kinds(recurring=12, relative=6, metric=5, ongoing=4),
    ),
    HUNAN: Facts(numbers(38) + tuple(f"P{number}" for number in range(3, 24)), 6, kinds(recurring=9, relative=2, ongoing=4)),
    QIANJIANG: Facts(numbers(35), 20, kinds(recurring=11, relative=3, metric=3, ongoing=2)),
    SHANDONG: Facts(
        ("3.1", "3.2", "3.3", *(f"3.3.{bullet}" for bullet in numbers(9)), "3.4", "4.1", "4.2", "4.3", "5.1", "5.2", "5.3"),
        7,
        kinds(once=12, metric=1, ongoing=3),
    ),
}
EXPECTED_WARNINGS: dict[str, list[tuple[str, str | None]]] = {plan_id: [] for plan_id in (*REAL, DEMONSTRATION)}


def task(plan_id: str, task_id: str) -> Task:
    return next(task for task in PLAN[plan_id].tasks if task.id == task_id)


def bare(deadline: Deadline) -> Deadline:
    """Leave out of a deadline what only explains it."""
    return deadline._replace(position=0, what=None, quote=None, note=None)


def deadlines(plan_id: str, task_id: str) -> list[Deadline]:
    return [bare(deadline) for deadline in task(plan_id, task_id).deadlines]


def named(task: Task) -> Iterator[str]:
    yield from (*task.lead, *task.support)
    for deadline in task.deadlines:
        yield from (*deadline.actors, *deadline.recipients)


def problems(plan: Plan, level: str) -> list[tuple[str, str | None]]:
    found = checks.run(Context(WORKSPACE, TODAY, rules_of(WORKSPACE.settings))).problems
    folder = plan.path.rpartition("/")[0]
    return [(problem.code, problem.task) for problem in found if problem.severity == level and problem.location.path.startswith(folder)]


# What the files say by themselves


@each_plan
def test_the_plan_holds_what_was_counted_in_its_document(plan_id: str) -> None:
    tasks = PLAN[plan_id].tasks
    found = Facts(
        tuple(task.id for task in tasks),
        len({name for task in tasks for name in named(task)}),
        kinds() | Counter(deadline.kind for task in tasks for deadline in task.deadlines),
    )
    assert found == FACTS[plan_id]


@each_plan
def test_every_task_has_a_lead_and_says_where_the_lead_comes_from(plan_id: str) -> None:
    assert [task.id for task in PLAN[plan_id].tasks if not task.lead or task.basis in (None, Basis.ASSIGNED)] == []


@each_plan
def test_where_the_document_names_nobody_its_addressees_lead(plan_id: str) -> None:
    plan = PLAN[plan_id]
    unnamed = [task for task in plan.tasks if task.basis is Basis.ADDRESSEE]
    assert [task.id for task in unnamed if task.lead != plan.document.addressees or task.support] == []


@each_plan
def test_every_name_is_registered_under_its_own_name(plan_id: str) -> None:
    plan = PLAN[plan_id]
    directory = WORKSPACE.directory_of(plan)
    names = [*plan.document.addressees, *(name for task in plan.tasks for name in named(task))]
    assert [name for name in names if (entry := directory.find(name)) is None or entry.name != name] == []


@pytest.mark.parametrize("plan_id", EXPECTED_WARNINGS)
def test_the_checks_find_no_error_and_only_the_expected_warnings(plan_id: str) -> None:
    plan = PLAN[plan_id]
    assert (problems(plan, "error"), problems(plan, "warning")) == ([], EXPECTED_WARNINGS[plan_id])


@each_plan
def test_every_deadline_says_what_is_to_be_done_and_quotes_its_source(plan_id: str) -> None:
    assert [task.id for task in PLAN[plan_id].tasks for deadline in task.deadlines if not (deadline.what and deadline.quote)] == []


@pytest.mark.parametrize(
    ("plan_id", "mixed"),
    [(NINGYUAN, {Basis.STATED: 100}), (JIANGNAN, {Basis.STATED: 36}), (HUNAN, {Basis.ADDRESSEE: 57, Basis.EMBEDDED: 2})],
)
def test_a_document_states_its_leads_or_names_next_to_nobody(plan_id: str, mixed: dict[Basis, int]) -> None:
    assert Counter(task.basis for task in PLAN[plan_id].tasks) == mixed


# 宁远


def test_ningyuan_39_has_eighteen_leads_and_shares_by_duty() -> None:
    found = task(NINGYUAN, "39")
    assert (len(found.lead), found.lead[-1], found.support, found.shared_by_duty) == (18, "县政府有关部门", (), True)


def test_ningyuan_52_counts_in_hours_and_its_second_anchor_is_inherited() -> None:
    grave = "涉及特别重大、重大突发事件的舆情"
    assert (deadlines(NINGYUAN, "52"), task(NINGYUAN, "52").open_list) == (
        [
            Deadline("release", Kind.RELATIVE, within=Span(5, "hour"), after="突发事件发生", condition=grave),
            Deadline("press-conference", Kind.RELATIVE, within=Span(24, "hour"), after="突发事件发生", condition=grave),
        ],
        True,
    )


def test_ningyuan_61_has_a_soft_metric() -> None:
    assert deadlines(NINGYUAN, "61") == [
        Deadline("settlement-rate", Kind.METRIC, metric="实质化解行政争议率", target=Target(">=", 70, "%"), soft=True)
    ]


def test_ningyuan_63_has_a_metric_with_a_condition() -> None:
    assert deadlines(NINGYUAN, "63") == [
        Deadline(
            "appearance-rate",
            Kind.METRIC,
            actors=("被诉行政机关",),
            metric="被诉行政机关负责人出庭应诉率",
            target=Target(">=", 100, "%"),
            condition="涉及重大公共利益、社会高度关注或可能引发群体性事件等行政案件",
        )
    ]


def test_ningyuan_94_restores_its_damaged_dates_and_binds_two_reports_by_one_phrase() -> None:
    units = ("县直各单位", "各乡镇(街道)")
    first = {"kind": Kind.RECURRING, "every": YEAR, "by": DayOf(3, 1), "restored": "每年3月1日前"}
    published = {"kind": Kind.RECURRING, "every": YEAR, "by": DayOf(4, 1), "restored": "每年4月1日前"}
    assert deadlines(NINGYUAN, "94") == [
        Deadline("county-report", actors=("县政府",), recipients=("县委", "县人大常委会", "市委", "市政府"), **first),  # type: ignore[arg-type]
        Deadline("unit-reports", actors=units, recipients=("县政府",), **first),  # type: ignore[arg-type]
        Deadline("publish", actors=("县政府", *units), **published),  # type: ignore[arg-type]
    ]


def test_ningyuan_96_counts_are_owed_by_others_than_the_leads_and_one_is_of_each_term() -> None:
    assert deadlines(NINGYUAN, "96") == [
        Deadline("executive-study", Kind.RECURRING, actors=("县政府",), every=YEAR, at_least=2, of="次"),
        Deadline("department-training", Kind.RECURRING, actors=("县政府各部门",), every=YEAR, at_least=4, of="期"),
        Deadline("township-lectures", Kind.RECURRING, actors=("乡镇人民政府(街道办事处)领导班子",), every=YEAR, at_least=2, of="期"),
        Deadline("term-training", Kind.RECURRING, actors=("承担行政执法职能的部门负责人",), every=TERM, at_least=1, of="次"),
    ]


def test_ningyuan_group_of_other_departments_excludes_the_leads() -> None:
    groups = WORKSPACE.directory_of(PLAN[NINGYUAN]).registry.groups
    assert [group.name for group in groups if group.except_leads] == ["县政府其他有关部门"]


@pytest.mark.parametrize(
    ("task_id", "count"),
    [
        ("51", Deadline("drill", Kind.RECURRING, every=Cycle(2, "year"), at_least=1, of="次")),
        ("90", Deadline("report", Kind.RECURRING, recipients=("县委全面依法治县委员会",), every=YEAR, at_least=5, of="个部门")),
        ("99", Deadline("training", Kind.RECURRING, every=YEAR, exactly=1, of="次")),
        ("99", Deadline("rotation", Kind.RECURRING, every=Cycle(5, "year"), exactly=1, of="次", soft=True)),
        ("99", Deadline("hours", Kind.RECURRING, every=YEAR, at_least=60, of="学时")),
    ],
)
def test_ningyuan_counts_have_their_units(task_id: str, count: Deadline) -> None:
    assert count in deadlines(NINGYUAN, task_id)


@pytest.mark.parametrize(
    ("task_id", "due"),
    [("4", "2022-12-31"), ("14", "2023-12-31"), ("44", "2022-12-31"), ("60", "2022-12-31"), ("72", "2024-12-31"), ("91", "2023-12-31")],
)
def test_ningyuan_dates(task_id: str, due: str) -> None:
    assert [deadline.due for deadline in deadlines(NINGYUAN, task_id)] == [date.fromisoformat(due)]


# 江南


def test_jiangnan_1_1_has_six_duties_of_different_units_one_between_two_events() -> None:
    assert deadlines(JIANGNAN, "1.1") == [
        Deadline("executive-study", Kind.RECURRING, actors=("城区政府",), every=Cycle(1, "quarter"), at_least=1, of="次"),
        Deadline("lectures", Kind.RECURRING, every=YEAR, at_least=2, of="次"),
        Deadline("unit-training", Kind.RECURRING, actors=("各镇人民政府", "各街道办事处", "政府各部门"), every=YEAR, at_least=4, of="次"),
        Deadline("leaders-study", Kind.RECURRING, actors=("班子成员",), every=YEAR, at_least=4, of="次"),
        Deadline("enforcement-training", Kind.RECURRING, actors=("各部门的行政执法人员",), every=YEAR, at_least=10, of="天"),
        Deadline(
            "new-law-training",
            Kind.RELATIVE,
            actors=("负责实施的城区部门",),
            after="新法律法规规章公布",
            before="新法律法规规章施行",
        ),
    ]


def test_jiangnan_2_3_counts_back_from_the_end_of_validity() -> None:
    assert deadlines(JIANGNAN, "2.3")[-1] == Deadline(
        "evaluation", Kind.RELATIVE, actors=("制定机关",), within=Span(6, "month"), before="规范性文件有效期届满"
    )


def test_jiangnan_3_5_lists_no_deadline_for_what_only_follows_from_a_meeting() -> None:
    assert [deadline.id for deadline in deadlines(JIANGNAN, "3.5")] == ["report", "review-meeting"]


def test_jiangnan_3_6_counts_a_range() -> None:
    assert deadlines(JIANGNAN, "3.6") == [Deadline("joint-meeting", Kind.RECURRING, every=YEAR, at_least=1, at_most=2, of="期")]


def test_jiangnan_6_4_has_a_threshold_that_triggers_a_duty() -> None:
    assert deadlines(JIANGNAN, "6.4") == [
        Deadline("legal-team", Kind.ONGOING, actors=("法律顾问管理办公室",), condition="城区政府的各类诉讼案件，涉及财产达到50万元以上")
    ]


def test_jiangnan_7_1_follows_its_bracket_against_its_body_and_says_so() -> None:
    found = task(JIANGNAN, "7.1")
    assert (found.lead, found.support, "人社局" in (found.note or "")) == (
        ("城区编办",),
        ("城区法制办", "城区司法局", "城区各部门"),
        True,
    )


# 湖南, 潜江, 山东


def test_hunan_restores_the_date_of_its_yearly_report() -> None:
    assert deadlines(HUNAN, "P20") == [
        Deadline("report", Kind.RECURRING, recipients=("省委", "省政府"), every=YEAR, by=DayOf(3, 1), restored="每年3月1日前"),
        Deadline("publish", Kind.RECURRING, every=YEAR, vague=True),
    ]


def test_hunan_names_its_party_group_in_two_paragraphs_only() -> None:
    embedded = {task.id: task.lead for task in PLAN[HUNAN].tasks if task.basis is Basis.EMBEDDED}
    assert embedded == {"P9": ("局党组",), "P19": ("局党组", "各部门主要负责人")}


def test_qianjiang_7_files_with_a_unit_that_only_receives() -> None:
    found = task(QIANJIANG, "7")
    assert (found.lead, deadlines(QIANJIANG, "7")) == (
        ("市政府各部门", "区镇街道"),
        [
            Deadline("filing", Kind.RELATIVE, recipients=("市司法局",), within=Span(30, "day"), after="规范性文件公布"),
            Deadline("catalogue", Kind.RECURRING, recipients=("市司法局",), every=YEAR, vague=True),
        ],
    )


def test_qianjiang_22_recurs_every_day() -> None:
    assert deadlines(QIANJIANG, "22") == [Deadline("patrol", Kind.RECURRING, every=Cycle(1, "day"))]


def test_shandong_phases_end_on_the_last_day_of_their_month() -> None:
    phases = {phase: {deadline.due for deadline in deadlines(SHANDONG, phase)} for phase in ("4.1", "4.2", "4.3")}
    assert (tuple(PLAN[SHANDONG].period), phases) == (
        (date(2022, 12, 1), date(2024, 12, 31)),
        {"4.1": {date(2023, 3, 31)}, "4.2": {date(2023, 12, 31)}, "4.3": {date(2024, 12, 31)}},
    )


def test_shandong_aims_at_one_standard_within_the_trial() -> None:
    assert deadlines(SHANDONG, "3.2")[1] == Deadline(
        "national-standards",
        Kind.METRIC,
        metric="立项出台的国家标准或行业标准数",
        target=Target(">=", 1, "个"),
        due=date(2024, 12, 31),
        soft=True,
    )


# The demonstration


def demonstrated() -> list[Deadline]:
    return [deadline for task in PLAN[DEMONSTRATION].tasks for deadline in task.deadlines]


def test_the_demonstration_shows_every_status_of_an_occurrence() -> None:
    plan, judge = PLAN[DEMONSTRATION], Judge(WORKSPACE, TODAY)
    known = next(each for each in judge.workspace.plans if each.id == plan.id)
    found = {each.status for task in known.tasks for each in judge.occurrences(plan, task, YEAR_END)}
    assert found == set(Status) - {Status.STANDING}


def test_the_demonstration_shows_every_kind_and_every_flag_of_a_deadline() -> None:
    used = {name for deadline in demonstrated() for name, value in deadline._asdict().items() if value != DEFAULTS.get(name)}
    assert ({deadline.kind for deadline in demonstrated()}, used) == (set(Kind), set(Deadline._fields))


def test_the_demonstration_shows_every_state_and_every_field_of_progress() -> None:
    entries = [entry for task in PLAN[DEMONSTRATION].tasks for entry in task.progress]
    used = {name for entry in entries for name, value in entry._asdict().items() if value not in (None, ())}
    assert ({entry.state for entry in entries} - {None}, used) == (set(State), set(Progress._fields))


def test_the_demonstration_has_a_chain_of_extensions_and_one_that_was_only_requested() -> None:
    chains = {task.id: [(each.old, each.new, bool(each.approved)) for each in task.extensions] for task in PLAN[DEMONSTRATION].tasks}
    assert {task_id: chain for task_id, chain in chains.items() if chain} == {
        "1": [(date(2024, 12, 31), date(2025, 3, 31), True), (date(2025, 3, 31), date(2025, 6, 30), True)],
        "10": [(date(2025, 12, 31), date(2026, 12, 31), False)],
    }


def test_the_demonstration_moves_a_statutory_period_past_the_holidays() -> None:
    judge, filing = Judge(WORKSPACE, TODAY), task(DEMONSTRATION, "2")
    found = judge.occurrences(PLAN[DEMONSTRATION], filing, YEAR_END)
    assert [each.occurrence.due for each in found if each.occurrence.deadline.id == "filing"] == [date(2024, 10, 8), date(2026, 11, 30)]


def test_the_demonstration_says_that_it_is_invented() -> None:
    files = sorted((PLANS / "示例县").glob("*.yaml"))
    assert ["虚构" in path.read_text(encoding="utf-8").splitlines()[1] for path in files] == [True, True]


# What the documents say


INFERRED_ACTORS = {
    ("jiangnan-2015", "1.1", "城区政府"),  # 政府常务会学法
    ("jiangnan-2015", "7.3", "各镇人民政府"),  # 各镇、街道
    ("jiangnan-2015", "7.3", "各街道办事处"),
}
"""Actors that the clause names by other words than their own."""
OWN_TITLES = {f"3.3.{bullet}" for bullet in numbers(9)}
"""山东: items that begin with a dash and have no heading; the plan words their titles."""


def stands(plan: Plan, name: str, text: str) -> bool:
    """Tell whether a text names a unit: by its name, by an alias, or by a short form after a distributed prefix.

    An alias that ends the full name is such a short form: 城区司法局 stands as 司法局 where its prefix 城区 stands before it in the same
    list, that is with nothing but names and 、 between (城区法制办、司法局). Without the prefix, the short form could be another unit's.
    """
    entry = WORKSPACE.directory_of(plan).find(name)
    full = normalise(name)
    for alias in map(normalise, entry.aliases if entry else ()):
        prefix = full.removesuffix(alias)
        if prefix == full and alias in text:
            return True
        if prefix != full and re.search(rf"{prefix}[^,;:。()]*、{alias}", text):
            return True
    return full in text


def without_marks(text: str) -> str:
    """Leave out the marks that documents lose or vary in their own titles: dashes and brackets."""
    return re.sub("[-—()〔〕]", "", text)


def clauses(plan_id: str) -> Iterator[tuple[Task, str]]:
    texts = seeds.clauses(plan_id)
    for found in PLAN[plan_id].tasks:
        yield found, seeds.readable(texts[found.id])


def bracket(text: str) -> tuple[list[str], list[str]]:
    """Read leads and supports out of the bracket that ends a clause of 宁远 or 江南; the brackets themselves are often lost."""
    if words := re.search(r"(?:牵头|责任)单位:(.+?)(?:[;,]参加单位:(.+))?$", text):
        lead, support = (re.sub("(?:等部门)?按职责分工负责", "", part or "") for part in words.groups())
    else:
        inside = text[text.rindex("(") + 1 : -1]
        lead, _, support = re.sub("各司其责|负责|落实|配合", "", inside).partition("牵头")
    return names_in(lead), names_in(support)


def names_in(words: str) -> list[str]:
    names = [name for name in re.split("[、,及]", words) if name]
    return [name.removesuffix(")") if name.count(")") > name.count("(") else name for name in names]


@seeds.needed
@each_plan
def test_the_document_has_the_clauses_of_the_plan(plan_id: str) -> None:
    assert tuple(seeds.clauses(plan_id)) == FACTS[plan_id].tasks


@seeds.needed
@each_plan
def test_every_title_is_the_heading_of_its_clause(plan_id: str) -> None:
    strange = {task.id for task, text in clauses(plan_id) if normalise(task.title) not in text}
    assert strange == (OWN_TITLES if plan_id == SHANDONG else set())


@seeds.needed
@each_plan
def test_every_quote_stands_in_its_clause(plan_id: str) -> None:
    quotes = [(task.id, deadline.quote or "", text) for task, text in clauses(plan_id) for deadline in task.deadlines]
    assert [(task_id, quote) for task_id, quote, text in quotes if not normalise(quote) or normalise(quote) not in text] == []


@seeds.needed
@each_plan
def test_every_unit_that_a_clause_names_stands_in_it(plan_id: str) -> None:
    plan = PLAN[plan_id]
    named_there = [(task, text) for task, text in clauses(plan_id) if task.basis is not Basis.ADDRESSEE]
    units = [(task.id, name, text) for task, text in named_there for name in (*task.lead, *task.support)]
    assert [(task_id, name) for task_id, name, text in units if not stands(plan, name, text)] == []


@seeds.needed
@each_plan
def test_every_actor_and_recipient_stands_in_its_clause(plan_id: str) -> None:
    plan = PLAN[plan_id]
    duties = [(task.id, deadline, text) for task, text in clauses(plan_id) for deadline in task.deadlines]
    absent = {
        (plan_id, task_id, name)
        for task_id, deadline, text in duties
        for name in (*deadline.actors, *deadline.recipients)
        if not stands(plan, name, text)
    }
    assert absent == {inferred for inferred in INFERRED_ACTORS if inferred[0] == plan_id}


@seeds.needed
@pytest.mark.parametrize("plan_id", [NINGYUAN, JIANGNAN])
def test_leads_and_supports_are_those_of_the_bracket_in_its_order(plan_id: str) -> None:
    canonical = WORKSPACE.directory_of(PLAN[plan_id]).canonical
    stated = {task.id: [[canonical(name) for name in names] for names in bracket(text)] for task, text in clauses(plan_id)}
    assert {task.id: [list(task.lead), list(task.support)] for task in PLAN[plan_id].tasks} == stated


@seeds.needed
@each_plan
def test_shared_duty_and_open_lists_are_what_the_clause_says(plan_id: str) -> None:
    said = {task.id: ("按职责分工负责" in text or "各司其责" in text, "等部门按" in text) for task, text in clauses(plan_id)}
    assert {task.id: (task.shared_by_duty, task.open_list) for task in PLAN[plan_id].tasks} == said


@seeds.needed
@each_plan
def test_the_document_itself_is_named_as_it_names_itself(plan_id: str) -> None:
    plan, text = PLAN[plan_id], seeds.readable(seeds.document(plan_id))
    words = [plan.title, plan.document.number or "", plan.document.index_number or ""]
    names = (*plan.document.issuers, *plan.document.addressees)
    strange = [word for word in words if without_marks(normalise(word)) not in without_marks(text)]
    assert strange + [name for name in names if not stands(plan, name, text)] == []


@seeds.needed
@each_plan
def test_every_digest_is_that_of_its_clause(plan_id: str) -> None:
    kept = {task.id: task.source and (task.source.clause, task.source.digest) for task in PLAN[plan_id].tasks}
    assert kept == {task_id: (task_id, digest(text)) for task_id, text in seeds.clauses(plan_id).items()}
