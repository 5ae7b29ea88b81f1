"""Recording into any plan in any style: only the entry comes in, the file loads, and it says what it said before and the entry."""

from __future__ import annotations

import difflib
import re
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

import writing
from conftest import load
from planctl import codec, sources
from planctl.model import Decision, Event, Evidence, Extension, Plan, Progress, Registry, State, Task, Unit
from planctl.recording.entries import Kind, in_plan, in_task, renaming
from planctl.recording.preparing import prepare
from planctl.recording.writing import Wish, record, undo

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from planctl.recording.entries import Recording

RANDOM = st.randoms(use_true_random=False)
PATH = "plans/demo/plan.yaml"
TODAY = date(2026, 1, 1)
NOTES = ("已办", "a: b", "# 井", "44", "no", "两行\n文字", "it's", '"引"', "2022-12-31", "- x", "{x}", "😀", "x" * 150)


def loaded(text: str) -> Plan | None:
    record_, _ = codec.decode(sources.decode(PATH, text.encode()))
    return record_ if isinstance(record_, Plan) else None


def wanted(random: Random, plan: Plan) -> tuple[Recording, Plan]:
    """Choose something to record, and say what the plan is with it."""
    note = random.choice(NOTES)
    makers = [an_event, an_end, a_task] + [some_progress, an_extension, a_cancellation] * bool(plan.tasks)
    return random.choice(makers)(random, plan, note)


def with_task(plan: Plan, task: Task) -> Plan:
    return plan._replace(tasks=tuple(task if each.position == task.position else each for each in plan.tasks))


def chosen(random: Random, plan: Plan) -> Task:
    """Choose a task; of several of one id it is the first that is found."""
    name = random.choice(plan.tasks).id
    return next(task for task in plan.tasks if task.id == name)


def after_last(items: Sequence[Any]) -> int:
    """Give the position of one more."""
    return max((int(item.position) + 1 for item in items), default=0)


def some_progress(random: Random, plan: Plan, note: str) -> tuple[Recording, Plan]:
    task = chosen(random, plan)
    value: dict[str, Any] = {"on": "2022-06-01", "note": note, "state": "done"}
    proofs: tuple[Evidence, ...] = ()
    if random.random() < 0.4:
        value["evidence"] = ["https://example.org/a", {"path": "a.pdf", "sha256": "0" * 63 + "a"}]
        proofs = (Evidence("https://example.org/a"), Evidence("a.pdf", "0" * 63 + "a"))
    entry = Progress(date(2022, 6, 1), after_last(task.progress), note=note, state=State.DONE, evidence=proofs)
    return in_task(Kind.PROGRESS, plan, task.id, value), with_task(plan, task._replace(progress=(*task.progress, entry)))


def an_extension(random: Random, plan: Plan, note: str) -> tuple[Recording, Plan]:
    task = chosen(random, plan)
    value: dict[str, Any] = {"from": "2022-12-31", "to": "2023-06-30", "requested": "2022-12-01", "reason": note}
    entry = Extension(date(2022, 12, 31), date(2023, 6, 30), after_last(task.extensions), requested=date(2022, 12, 1), reason=note)
    return in_task(Kind.EXTENSION, plan, task.id, value), with_task(plan, task._replace(extensions=(*task.extensions, entry)))


def a_cancellation(random: Random, plan: Plan, note: str) -> tuple[Recording, Plan]:
    task = chosen(random, plan)
    value: dict[str, Any] = {"on": "2022-10-01", "by": "甲局", "reason": note}
    decision = Decision(date(2022, 10, 1), "甲局", note)
    return in_task(Kind.CANCELLATION, plan, task.id, value), with_task(plan, task._replace(cancelled=decision))


def an_end(_: Random, plan: Plan, note: str) -> tuple[Recording, Plan]:
    value: dict[str, Any] = {"on": "2022-10-01", "by": "甲局", "reason": note}
    return in_plan(Kind.END, plan, value), plan._replace(ended=Decision(date(2022, 10, 1), "甲局", note))


def an_event(_: Random, plan: Plan, note: str) -> tuple[Recording, Plan]:
    value: dict[str, Any] = {"on": "2022-09-01", "name": "公布", "ref": note, "tasks": ["44"]}
    event = Event(date(2022, 9, 1), "公布", after_last(plan.events), ref=note, tasks=("44",))
    return in_plan(Kind.EVENT, plan, value), plan._replace(events=(*plan.events, event))


def a_task(random: Random, plan: Plan, note: str) -> tuple[Recording, Plan]:
    after = chosen(random, plan) if plan.tasks and random.random() < 0.7 else None
    value: dict[str, Any] = {"id": "9-1", "title": note, "lead": ["甲局"]}
    place = after.position + 1 if after else after_last(plan.tasks)
    moved = tuple(each._replace(position=each.position + (each.position >= place)) for each in plan.tasks)
    tasks = sorted((*moved, Task("9-1", note, place, lead=("甲局",))), key=lambda task: task.position)
    return in_plan(Kind.TASK, plan, value, after.id if after else None), plan._replace(tasks=tuple(tasks))


def unplaced(plan: Plan) -> Any:
    """Give what a plan says; items that could not be read leave gaps in the positions, which a new one closes up to."""
    tasks = [
        task._replace(
            position=0,
            progress=tuple(each._replace(position=0) for each in task.progress),
            extensions=tuple(each._replace(position=0) for each in task.extensions),
        )
        for task in plan.tasks
    ]
    return plan._replace(tasks=tuple(tasks), events=tuple(each._replace(position=0) for each in plan.events))


def gone(text: str, after: str) -> list[str]:
    """List the lines that are no longer as they were: an empty value that got one, a list in one line, the header of a last text."""
    lines = difflib.ndiff(text.splitlines(), after.splitlines())
    return [line for line in lines if line.startswith("- ") and line.strip() != "-"]


@settings(max_examples=400, deadline=None)
@given(RANDOM)
def test_an_entry_comes_into_any_plan_and_nothing_else_changes(random: Random) -> None:
    text = writing.written(random, writing.record(random))
    plan = loaded(text)
    if plan is None:
        return
    recording, expected = wanted(random, plan)

    after = prepare(load(text), recording, text.encode(), TODAY).data.decode()

    found = loaded(after)
    assert found is not None
    assert unplaced(found) == unplaced(expected)
    assert re.findall("#c[0-9]+", after) == re.findall("#c[0-9]+", text)
    assert len(gone(text, after)) <= 2, (gone(text, after), after)


@settings(max_examples=60, deadline=None)
@given(RANDOM)
def test_entries_are_taken_back_to_the_byte_whatever_the_style(random: Random) -> None:
    text = writing.written(random, writing.record(random))
    if loaded(text) is not None:
        with TemporaryDirectory() as folder:
            record_and_undo(random, text, Path(folder))


def record_and_undo(random: Random, text: str, folder: Path) -> None:
    path = folder / "plan.yaml"
    path.write_bytes(text.encode())
    states = [text.encode()]
    wish = Wish(str(folder), TODAY, remark="甲")
    for _ in range(3):
        plan = loaded(path.read_bytes().decode())
        assert plan is not None
        recording, _ = wanted(random, plan)
        written = record(load(text), recording._replace(path=str(path)), wish)
        assert not written.prepared.unreadable
        states.append(path.read_bytes())

    while len(states) > 1:
        assert path.read_bytes() == states.pop()
        assert undo(str(folder)) is not None
    assert (path.read_bytes(), undo(str(folder))) == (text.encode(), None)


def units(random: Random) -> dict[str, Any]:
    """Make a list of units out of nothing."""
    names = ["甲局", "乙局", "丙 局", "44"]
    listed: list[dict[str, Any]] = []
    for name in names:
        unit: dict[str, Any] = {"name": name}
        if random.random() < 0.4:
            unit["aliases"] = [
                f"{name}的别名",
                *(["新局"] if random.random() < 0.2 and not any("新局" in u.get("aliases", []) for u in listed) else []),
            ]
        if random.random() < 0.3:
            unit["note"] = writing.text_value(random)
        listed.append(dict(random.sample(list(unit.items()), len(unit))))
    groups = [{"name": "各局", "members": random.sample(names, random.randrange(1, 4))}, {"name": "各镇"}]
    return {"planctl": "1", "units": listed, **({"groups": groups} if random.random() < 0.7 else {})}


@settings(max_examples=150, deadline=None)
@given(RANDOM)
def test_a_unit_gets_its_successor_in_any_list_of_units(random: Random) -> None:
    path = "plans/demo/units.yaml"
    text = writing.written(random, units(random))
    registry, flaws = codec.decode(sources.decode(path, text.encode()))
    if not isinstance(registry, Registry) or flaws or len(registry.units) < 4:
        return
    old = random.choice(registry.units)
    recording = renaming(registry, old.name, "新局", date(2023, 7, 1), date(2023, 6, 30))

    after = prepare(load({path: text}), recording, text.encode(), TODAY).data.decode()

    found, problems = codec.decode(sources.decode(path, after.encode()))
    assert isinstance(found, Registry)
    assert problems == []
    expected = []
    for unit in registry.units:
        if unit.name == old.name:
            kept = tuple(name for name in unit.aliases if name != "新局")
            expected += [unit._replace(end=date(2023, 6, 30), successors=("新局",), aliases=kept), Unit("新局", start=date(2023, 7, 1))]
        else:
            expected.append(unit)
    assert [unit._replace(position=0) for unit in found.units] == [unit._replace(position=0) for unit in expected]
    members = [
        tuple(each for name in group.members for each in ((name, "新局") if name == old.name else (name,))) for group in registry.groups
    ]
    assert [group.members for group in found.groups] == members
    # The new name goes from the aliases of the old unit, with the comments that belong to it there.
    comments, left = re.findall("#c[0-9]+", text), re.findall("#c[0-9]+", after)
    assert left == [each for each in comments if each in left]
    assert left == comments or "新局" in old.aliases
