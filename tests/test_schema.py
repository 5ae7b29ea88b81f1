"""The published JSON Schema and the loader are one table: what one accepts, the other accepts."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from conftest import load
from planctl.codec import decode
from planctl.formats import json_
from planctl.publishing import write
from planctl.schema import SHAPES, FileKind, schema_of
from planctl.sources import Source
from planctl.yamltree import parse
from test_codec import EMPTY_PLAN, FULL_PLAN, FULL_SETTINGS, FULL_UNITS, keys_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planctl.problems import Problem

COMMITTED = Path(__file__).resolve().parents[1] / "docs" / "schema"
NAMES = {FileKind.PLAN: "plan.yaml", FileKind.UNITS: "units.yaml", FileKind.SETTINGS: "planctl.yaml", FileKind.EXPORT: "plans.json"}
WORKSPACE = load({"plans/示例县/plan.yaml": FULL_PLAN, "plans/示例县/units.yaml": FULL_UNITS})
FULL_EXPORT = write(WORKSPACE, WORKSPACE.plans)
VALIDATORS = {kind: Draft7Validator(schema_of(kind)) for kind in FileKind}
STRUCTURE = frozenset(f"P0{number}" for number in range(10, 25))

# What the loader refuses and a schema cannot say. Everything else they must agree on.
UNSAYABLE_CODES = {
    "P016": "a day that the calendar does not have: 2022-02-30",
    "P018": "keys that belong to another kind of deadline",
    "P022": "a day that does not fit its cycle: by: 15 in a year",
    "P023": "a range that ends before it starts",
    "P024": "a length of time without its event, or an event without a length",
}
UNSAYABLE_VALUES = {
    "a number beyond its range": {"0 years", "101 years", "2 terms", "0 days", "10001 days"},
    "a day that no month has, or a range of days in the wrong order": {"02-30", "4-31", "2027-02-30", "2027-02-12/2027-02-06"},
    "a number that other YAML readers understand too": {"0x1F", "1e3", "5.0", "+5", "1.0", "01", "-0", "1.12345678901"},
}
UNSAYABLE = frozenset().union(*UNSAYABLE_VALUES.values())


class CoreLoader(yaml.SafeLoader):
    """What editors read: YAML 1.2 with its core schema, where `no` is text and a date is text."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - as in the parent


CORE: tuple[tuple[str, str, str], ...] = (
    ("bool", "true|false", "tf"),
    ("null", "~|null|Null|NULL|", "~nN\0"),
    ("int", "[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", "-+0123456789"),
    ("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.inf|\.nan", "-+0123456789."),
)
for tag, pattern, first in CORE:
    CoreLoader.add_implicit_resolver(
        f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), ["" if one == "\0" else one for one in first]
    )


def integer(_: CoreLoader, node: Any) -> int:
    """Read 010 as 10, which YAML 1.1 reads as 8."""
    return int(node.value, 16 if "x" in node.value else 8 if "o" in node.value else 10)


CoreLoader.add_constructor("tag:yaml.org,2002:int", integer)


# The schemas themselves


@pytest.mark.parametrize("kind", FileKind)
def test_a_schema_is_valid_draft_07(kind: FileKind) -> None:
    schema = schema_of(kind)
    Draft7Validator.check_schema(schema)
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"


@pytest.mark.parametrize("kind", FileKind)
def test_the_committed_schema_is_the_one_of_the_code(kind: FileKind) -> None:
    committed = (COMMITTED / f"{kind.value}.schema.json").read_text(encoding="utf-8")
    assert committed == json_.render_one(schema_of(kind)), "make schema writes it anew"


def described(schema: dict[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    """Go through the properties of a schema with their descriptions."""
    for key, inner in schema.get("properties", {}).items():
        yield f"{path}/{key}", inner.get("description", "")
        yield from described(inner, f"{path}/{key}")
    for word in ("items", "additionalProperties"):
        if isinstance(schema.get(word), dict):
            yield from described(schema[word], path)


@pytest.mark.parametrize("kind", FileKind)
def test_every_key_is_described_in_chinese_and_in_english(kind: FileKind) -> None:
    found = dict(described(schema_of(kind)))
    wrong = {path: text for path, text in found.items() if not re.fullmatch(r".*[\u4e00-\u9fff].*\n(?=.*[A-Za-z]{3}).+", text)}
    assert wrong == {}
    leaves = {path for path in found if not any(other.startswith(f"{path}/") for other in found)}
    assert leaves == keys_of(SHAPES[kind])


# The agreement


def as_an_editor(kind: FileKind, text: str) -> list[str]:
    """Give what the schema finds wrong with a text."""
    return [error.message for error in VALIDATORS[kind].iter_errors(yaml.load(text, CoreLoader))]  # noqa: S506 - a SafeLoader


def as_planctl(kind: FileKind, text: str) -> list[Problem]:
    """Give what the loader finds wrong with a text."""
    return decode(Source(NAMES[kind], text))[1]


def is_unsayable(problem: Problem) -> bool:
    """Tell whether a schema cannot say what the loader says here."""
    return problem.code in UNSAYABLE_CODES or (problem.code == "P015" and problem.args["found"] in UNSAYABLE)


def disagreement(kind: FileKind, text: str) -> str | None:
    """Say how the schema and the loader disagree about a text."""
    refused, problems = as_an_editor(kind, text), as_planctl(kind, text)
    if not {problem.code for problem in problems} <= STRUCTURE:
        return f"more than structure is wrong: {problems}"
    if refused and not problems:
        return f"only the schema refuses it: {refused}"
    if not refused and (kept := [problem for problem in problems if not is_unsayable(problem)]):
        return f"only the loader refuses it: {kept}"
    return None


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (FileKind.PLAN, FULL_PLAN),
        (FileKind.PLAN, EMPTY_PLAN),
        (FileKind.UNITS, FULL_UNITS),
        (FileKind.SETTINGS, FULL_SETTINGS),
        (FileKind.EXPORT, FULL_EXPORT),
    ],
)
def test_both_accept_what_is_right(kind: FileKind, text: str) -> None:
    assert (as_an_editor(kind, text), as_planctl(kind, text)) == ([], [])


@pytest.mark.parametrize("path", sorted((COMMITTED.parents[1] / "plans").rglob("*.yaml")), ids=lambda path: str(path.name))
def test_both_accept_the_shipped_plans(path: Path) -> None:
    kind = FileKind.UNITS if path.name == "units.yaml" else FileKind.PLAN
    text = path.read_text(encoding="utf-8")
    assert (as_an_editor(kind, text), as_planctl(kind, text)) == ([], [])


DEADLINE = EMPTY_PLAN.replace("[]", "[{id: 1, title: 甲, deadlines: [{id: d, FIELDS}]}]")


@pytest.mark.parametrize("value", sorted(UNSAYABLE))
def test_what_a_schema_cannot_say_is_refused_by_the_loader_alone(value: str) -> None:
    fields = ("every: {}", "within: {}", "every: year, by: {}", "every: year, at_least: {}")
    texts = {FileKind.PLAN: [DEADLINE.replace("FIELDS", field.format(value)) for field in fields]}
    texts[FileKind.PLAN].append(EMPTY_PLAN.replace("[]", f"[{{id: 1, title: 甲, progress: [{{on: 2022-01-01, value: {value}}}]}}]"))
    texts[FileKind.SETTINGS] = [f"planctl: 1\ncalendars: [{{year: 2027, holidays: [{value}]}}]\n"]
    alone = [text for kind, several in texts.items() for text in several if as_planctl(kind, text) and not as_an_editor(kind, text)]
    assert alone


@pytest.mark.parametrize(
    "fields",
    [
        *(
            "due: 2022-02-30",
            "due: 2022-12-31, by: 12-31",
            "every: year, by: 15",
            "due: ~",
            "ongoing: false",
            'ongoing: "false"',
            "ongoing: yes",
        ),
        *(
            "ongoing: true",
            'ongoing: "true"',
            "ongoing: True",
            "every: year, by: 00-15",
            "every: year, by: 3",
            "every: month, by: 0",
            "quote: 年底前",
        ),
        *(
            "due: ~, every: year",
            "within: ~, after: 甲",
            "within: ~",
            "metric: ''",
            "metric: ' '",
            "metric: 98",
            "metric: no",
            "metric: false",
        ),
        *(
            "every: year, at_least: 1234567890",
            'every: year, at_least: "1234567890"',
            "every: year, at_least: 2.5",
            "every: year, at_least: true",
        ),
        *(
            "metric: 率, target: 90",
            'metric: 数, target: ">= 1,000 件"',
            'metric: 数, target: ">= 1000 件"',
            'metric: 数, target: ">= 1234567890123456"',
        ),
        *(
            "every: year, by: ０3-01",
            "every: ２ years",
            "due: 2022-12-３1",
            'due: "2022-12-31"',
            "due: 20221231",
            "due: 2022-12-31, actors: 甲",
        ),
    ],
)
def test_both_say_the_same_of_a_deadline(fields: str) -> None:
    assert disagreement(FileKind.PLAN, DEADLINE.replace("FIELDS", fields)) is None


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        *(
            (kind, text)
            for kind in FileKind
            for text in ("", "[]", "甲", "1", "{}", "planctl: 1", "planctl: 2", 'planctl: "1"', "planctl: true", "planctl: [1]")
        ),
        *(
            (FileKind.SETTINGS, f"planctl: 1\nseverity: {value}")
            for value in ("{P306: off}", "{P306: false}", "{P306: ~}", "{1: off}", "[off]", "{}", "~")
        ),
        *(
            (FileKind.PLAN, EMPTY_PLAN + line)
            for line in ("note: ''", "note: 1.5", "note: []", f"note: {'甲' * 20_000}", f"note: {'甲' * 20_001}", "1: 2", "~: 2")
        ),
        *(
            (FileKind.PLAN, EMPTY_PLAN.replace("[]", f"[{task}]"))
            for task in ("~", "{}", "{id: 1, title: 2}", "{id: ~, title: 甲}", "{id: [1], title: 甲}")
        ),
        *(
            (FileKind.PLAN, EMPTY_PLAN.replace("[]", f"[{{id: 1, title: 甲, progress: [{{on: 2022-01-01, percent: {value}}}]}}]"))
            for value in (
                "0",
                "100",
                "100.0",
                "100.1",
                "101",
                "-1",
                "050",
                '"100%"',
                '"101%"',
                '"100.5 %"',
                "99.9 %",
                "1234",
                "true",
                "~",
                "[1]",
                "''",
            )
        ),
        *(
            (FileKind.PLAN, EMPTY_PLAN.replace("[]", f"[{{id: 1, title: 甲, progress: [{{on: 2022-01-01, value: {value}}}]}}]"))
            for value in (
                "0",
                "-1.5",
                "999999999999999",
                "1000000000000000",
                '"1000000000000000"',
                "高",
                "true",
                '"-1.5"',
                "1_000",
                "1,000",
            )
        ),
    ],
)
def test_both_say_the_same_of_a_file(kind: FileKind, text: str) -> None:
    assert disagreement(kind, text) is None


Tree = Any
PLAIN = re.compile(r"[\w.]+(?:[-/ ][\w.%]+)*")
SNIPPETS = st.one_of(
    st.sampled_from(
        [
            "~",
            "''",
            "' '",
            "true",
            "false",
            "yes",
            "off",
            "null",
            "0",
            "1",
            "5",
            "31",
            "32",
            "100",
            "101",
            "1000000000",
            "-1",
            "2.5",
            "甲",
            "x",
        ]
    ),
    st.sampled_from(
        [
            '"1"',
            '"5"',
            '"true"',
            '"null"',
            "year",
            "2 years",
            "week",
            "term",
            "30 days",
            "03-01",
            "15",
            "2022-12-31",
            "2022-02-30",
            "2200-01-01",
        ]
    ),
    st.sampled_from(
        [
            "2022-1-1",
            "2027-01-01/2027-01-03",
            "09:30",
            "24:00",
            "'>= 5 %'",
            "'>= x'",
            "80 %",
            "stated",
            "done",
            "next",
            "red",
            "overdue",
            "zh",
        ]
    ),
    st.sampled_from(sorted(UNSAYABLE)),
)
CONTAINERS = st.sampled_from([[], {}, ["甲"], ["~"], [[]], {"id": "a"}, {"on": "2022-01-01"}, {"name": "甲"}, [{"code": "P101"}]])
OTHER_KEYS = [
    "甲",
    "1",
    "tytle",
    *sorted({part for shape in SHAPES.values() for path in keys_of(shape) for part in path.split("/") if part}),
]


def as_snippets(text: str) -> Tree:
    """Give a text as a tree that can be changed, its scalars as they are to be written."""

    def convert(node: Any) -> Tree:
        if isinstance(node, dict):
            return {key: convert(value) for key, value in node.items()}
        if isinstance(node, list):
            return [convert(value) for value in node]
        return node if PLAIN.fullmatch(node) else json.dumps(node, ensure_ascii=False)

    return convert(parse(text)[0])


def written(tree: Tree) -> str:
    if isinstance(tree, dict):
        return "{" + ", ".join(f"{key}: {written(value)}" for key, value in tree.items()) + "}"
    return "[" + ", ".join(map(written, tree)) + "]" if isinstance(tree, list) else str(tree)


def spots(tree: Tree) -> Iterator[tuple[Any, Any]]:
    """Go through everything in a tree, as what holds it and its key or index there."""
    for key in list(tree) if isinstance(tree, dict) else range(len(tree)) if isinstance(tree, list) else ():
        yield tree, key
        yield from spots(tree[key])


@st.composite
def damaged(draw: st.DrawFn) -> tuple[FileKind, str]:
    """Draw a right file with one to three things changed."""
    full = {FileKind.PLAN: FULL_PLAN, FileKind.UNITS: FULL_UNITS, FileKind.SETTINGS: FULL_SETTINGS, FileKind.EXPORT: FULL_EXPORT}
    kind = draw(st.sampled_from(FileKind))
    tree = as_snippets(full[kind])
    for _ in range(draw(st.integers(1, 3))):
        if not (places := list(spots(tree))):
            break
        holder, key = draw(st.sampled_from(places))
        change = draw(st.sampled_from(["replace", "fill", "remove", "wrap", "rename", "add"]))
        if change in ("replace", "fill"):
            holder[key] = deepcopy(draw(SNIPPETS if change == "replace" else CONTAINERS))
        elif change == "wrap":
            holder[key] = [holder[key]]
        elif change == "remove" or isinstance(holder, list):
            del holder[key]
        else:
            value = holder.pop(key) if change == "rename" else draw(SNIPPETS)
            holder.setdefault(draw(st.sampled_from(OTHER_KEYS)), value)
    return kind, written(tree)


@settings(max_examples=400)
@given(damaged())
@example((FileKind.PLAN, EMPTY_PLAN))
def test_the_schema_and_the_loader_agree(damage: tuple[FileKind, str]) -> None:
    assert disagreement(*damage) is None
