"""A plan in words, as `git diff` compares it: no change of what a plan says goes by in silence."""

from __future__ import annotations

from datetime import date, time, timedelta
from enum import Enum
from typing import TYPE_CHECKING, Any

import pytest

from conftest import run
from planctl.listings.wording import in_words
from planctl.model import (
    Basis,
    ClauseRef,
    Confirmation,
    Cycle,
    DayOf,
    Deadline,
    Decision,
    Document,
    Event,
    Evidence,
    Extension,
    Kind,
    Period,
    Plan,
    Progress,
    Roll,
    Span,
    State,
    Target,
    Task,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DAY = date(2022, 3, 1)
DECISION = Decision(DAY, "县政府", "任务合并")
LEAVES = (Cycle, Span, DayOf, Target, time, date, Enum, str, bool, int, float)
NOT_SAID = {"path", "position", "kind"}
"""Where a record stands, and what follows from its other fields."""


def deadline(kind: Kind, **fields: Any) -> Deadline:
    """Make a deadline that has all that a deadline of any kind may have, and the fields of its kind."""
    return Deadline(
        kind.value,
        kind,
        what="事项",
        quote="原话",
        restored="读法",
        actors=("县司法局",),
        recipients=("县政府",),
        soft=True,
        vague=True,
        implied=True,
        condition="条件",
        note="说明",
        roll=Roll.NEXT,
        **fields,
    )


DEADLINES = (
    deadline(Kind.ONCE, due=DAY, start=DAY),
    deadline(
        Kind.RECURRING, every=Cycle(1, "year"), by=DayOf(3, 1), at_least=2, at_most=4, of="次", start=DAY, after="开始", before="结束"
    ),
    deadline(Kind.RECURRING, every=Cycle(1, "month"), exactly=2),
    deadline(Kind.RECURRING, every=Cycle(1, "month"), of="篇"),
    deadline(Kind.RELATIVE, within=Span(30, "day"), after="公布"),
    deadline(Kind.RELATIVE, within=Span(30, "day"), before="届满"),
    deadline(Kind.RELATIVE, after="公布", before="届满"),
    deadline(Kind.METRIC, metric="比例", target=Target(">=", 90, "%"), every=Cycle(1, "year"), by=DayOf(12, 31), start=DAY),
    deadline(Kind.METRIC, metric="比例", target=Target(">=", 90, "%"), due=DAY),
    deadline(Kind.ONGOING, review=Cycle(1, "year"), start=DAY),
)
TASK = Task(
    "1",
    "事项",
    section=("一", "(二)"),
    lead=("县司法局",),
    support=("县财政局",),
    basis=Basis.STATED,
    shared_by_duty=True,
    open_list=True,
    upstream=("省/1",),
    tags=("改革",),
    note="说明",
    cancelled=DECISION,
    deadlines=DEADLINES,
    progress=(
        Progress(
            DAY,
            unit="县司法局",
            deadline="once",
            period="2022",
            state=State.SUBMITTED,
            note="已报送",
            evidence=(Evidence("报告.pdf", "0" * 64),),
            percent=50,
            counted=1,
            value=3,
        ),
    ),
    extensions=(Extension(DAY, DAY + timedelta(30), 0, "once", "2022", DAY, DAY, "县政府", "示政发〔2022〕1号", "疫情"),),
    source=ClauseRef("第三条", "sha256:" + "0" * 64),
    confirmed=(Confirmation("省/1", DAY, "sha256:" + "0" * 64, by="张三"),),
    doubts=("单位名称",),
)
PLAN = Plan(
    "a.yaml",
    "demo",
    "方案",
    document=Document("示政发〔2022〕1号", ("县政府",), ("各乡镇",), DAY, DAY, DAY, "0001"),
    period=Period(DAY, DAY),
    ended=DECISION,
    note="说明",
    tasks=(TASK,),
    events=(Event(DAY, "公布", 0, time(9), DAY, "公报", ("1",)),),
    doubts=("发文日期",),
)


def other(value: Any) -> Any:
    """Give another value of the same kind."""
    if isinstance(value, Enum):
        members = list(type(value))
        return members[(members.index(value) + 1) % len(members)]
    if isinstance(value, (Cycle, Span, Target, DayOf)):
        key = {Target: "value", DayOf: "day"}.get(type(value), "number")
        return value._replace(**{key: getattr(value, key) + 1})
    if isinstance(value, bool):
        return not value
    if isinstance(value, str):
        return f"{value[:8]}别{value[8:]}"
    return value.replace(hour=10) if isinstance(value, time) else value + (timedelta(1) if isinstance(value, date) else 1)


def variants(value: Any, name: str) -> Iterator[tuple[str, Any]]:
    """Give a value with one thing in it changed, for each thing that there is, and the name of that."""
    if value is None:
        return
    if isinstance(value, LEAVES):
        yield name, other(value)
    elif hasattr(value, "_fields"):
        for key in value._fields:
            if key not in NOT_SAID:
                yield from ((at, value._replace(**{key: changed})) for at, changed in variants(getattr(value, key), f"{name}.{key}"))
    else:
        for position, item in enumerate(value):
            for at, changed in variants(item, f"{name}.{position}" if len(value) > 1 else name):
                yield at, (*value[:position], changed, *value[position + 1 :])
        yield f"{name}: one less", value[1:]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_change_of_a_plan_changes_a_line(lang: str) -> None:
    before = list(in_words(PLAN, lang))
    assert [name for name, changed in variants(PLAN, "plan") if list(in_words(changed, lang)) == before] == []


def test_the_plan_of_this_test_has_every_field_of_the_model() -> None:
    records = (
        PLAN,
        PLAN.document,
        PLAN.period,
        PLAN.ended,
        *PLAN.events,
        TASK,
        TASK.source,
        *TASK.confirmed,
        *TASK.progress,
        *TASK.extensions,
    )
    assert [(type(record), key) for record in records for key in record._fields if key not in NOT_SAID and not getattr(record, key)] == []  # type: ignore[union-attr]
    assert {key for key in Deadline._fields if not any(getattr(each, key) for each in DEADLINES)} == {"position"}


TYPO = """\
planctl: 1
id: demo
title: 方案
perod: {start: 2022-01-01}
tasks:
  - id: "1"
    title: 甲
    lead: [县司法局]
    basis: stte
  - id: "2"
    title: 乙
    lead: [县财政局]
  - title: 丙
"""


def test_what_cannot_be_read_is_told_where_it_stands_and_the_rest_is_in_words(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(TYPO, encoding="utf-8")
    assert run("textconv", tmp_path / "a.yaml", cwd=tmp_path).stdout.splitlines() == [
        "方案 demo 方案",
        "  读不懂  不认识的键 perod。",
        "  │  perod: {start: 2022-01-01}",
        "",
        "任务 1 甲",
        "  牵头单位  县司法局",
        "  读不懂  stte 不在可选值之内。",
        '  │    - id: "1"',
        "  │      title: 甲",
        "  │      lead: [县司法局]",
        "  │      basis: stte",
        "",
        "任务 2 乙",
        "  牵头单位  县财政局",
        "",
        "  读不懂  缺少 id。",
        "  │    - title: 丙",
    ]


def test_the_words_are_those_of_the_repository(tmp_path: Path) -> None:
    (tmp_path / "planctl.yaml").write_text("planctl: 1\nlanguage: en\n", encoding="utf-8")
    (tmp_path / "a.yaml").write_text("planctl: 1\nid: demo\ntitle: A\ntasks: []\n", encoding="utf-8")
    assert run("textconv", "a.yaml", cwd=tmp_path, env={"PLANCTL_LANG": None}).stdout == "Plan demo A\n"
