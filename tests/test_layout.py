"""The one layout: of any file in any style, with nothing lost; and what is written by it."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import writing
from planctl.codec import decode
from planctl.editing import Insert, Put, Verbatim
from planctl.errors import FlawedTextError
from planctl.layout import Kind, edit, lay_out, problems_of, write
from planctl.sources import Source
from planctl.yamltree import parse

if TYPE_CHECKING:
    from random import Random

    from planctl.editing import Edit, Value

RANDOM = st.randoms(use_true_random=False)
PATH = "plans/示例县/plan.yaml"
ROOT = Path(__file__).parents[1]
FILES = sorted(path for folder in (ROOT / "plans", ROOT / "tests" / "cases") for path in folder.rglob("*.yaml"))
HEAD = "planctl: 1\nid: x\ntitle: x\n"


def comments(text: str) -> Counter[str]:
    return Counter(re.findall(r"#c\d+[^\r\n]*", text))


LAYOUTS: dict[str, tuple[str, str]] = {
    "keys stand in their order, unknown ones at the end": (
        "zz: 1\ntitle: x\nyy: {b: 1, a: 2}\nid: x\nplanctl: 1\n",
        "planctl: 1\nid: x\ntitle: x\nzz: 1\nyy: {b: 1, a: 2}\n",
    ),
    "what heads a file stays at its head": (
        "\n# yaml-language-server: $schema=x\n# why\n\nid: x\nplanctl: 1\n",
        "# yaml-language-server: $schema=x\n# why\n\nplanctl: 1\nid: x\n",
    ),
    "markers stay": ("%YAML 1.1\n# a\n--- # b\nplanctl: 1\n... # c\n# d\n", "%YAML 1.1\n# a\n--- # b\nplanctl: 1\n... # c\n# d\n"),
    "flow style becomes rows, line breaks become LF": (
        "{planctl: 1, tasks: [{id: 1, lead: [甲, 乙]}]}\r\n",
        'planctl: 1\ntasks:\n  - id: "1"\n    lead: [甲, 乙]\n',
    ),
    "a blank line stands between tasks, and nowhere else": (
        "planctl: 1\n\n\ntasks:\n\n- id: 1\n\n  title: x\n- id: 2\n\n\n\n- id: 3\n\n\nevents: []\n\n",
        'planctl: 1\ntasks:\n  - id: "1"\n    title: x\n\n  - id: "2"\n\n  - id: "3"\nevents: []\n',
    ),
    "comments keep the blank lines beside them": (
        "planctl: 1\n\n\n# a\n\n\n# b\nid: x\n# c\ntasks:\n- id: 1\n# of the first\n\n- id: 2\n  # end\n\n\n# last\n",
        'planctl: 1\n\n# a\n\n# b\nid: x\n# c\ntasks:\n  - id: "1"\n  # of the first\n\n  - id: "2"\n    # end\n\n# last\n',
    ),
    "small records and lists of text stand on one line": (
        "planctl: 1\nperiod:\n    start: '2021-01-01'\ntasks:\n- lead:\n  - 甲\n  - 乙\n  progress:\n  - note: x\n    on: 2022-01-01\n",
        "planctl: 1\nperiod: {start: 2021-01-01}\ntasks:\n  - lead: [甲, 乙]\n    progress:\n      - {on: 2022-01-01, note: x}\n",
    ),
    "but with a comment in them they stand in rows": (
        "planctl: 1\nperiod: {  # a\n  start: 2021-01-01,  # b\n  # c\n  end: 2022-01-01\n  # d\n}  # e\n",
        "planctl: 1\n# e\nperiod:  # a\n  start: 2021-01-01  # b\n  # c\n  end: 2022-01-01\n  # d\n",
    ),
    "a comment after a dash goes above it": (
        "tasks:\n- # a\n  # b\n  id: 1 # c\n  progress:\n  - # d\n    on: 2022-01-01\n",
        'tasks:\n  # a\n  # b\n  - id: "1"  # c\n    progress:\n      # d\n      - {on: 2022-01-01}\n',
    ),
    "two comments do not stand on one line": ("lead: # a\n  x # b\n", "# a\nlead: x  # b\n"),
    "quotes stand where they are needed": (
        "title: 'x'\nnote: 44\ndocument: {issued: \"2022-01-01\", number: 'no'}\ntasks: [{id: P3, deadlines: [{by: 03-01}, {target: '>= 1 %'}]}]\n",
        (
            'title: x\ndocument:\n  number: "no"\n  issued: 2022-01-01\nnote: "44"\ntasks:\n  - id: "P3"\n    deadlines:\n'
            '      - by: "03-01"\n      - target: ">= 1 %"\n'
        ),
    ),
    "texts of several lines are blocks": (
        'planctl: 1\nnote: "a\\nb"\ntasks:\n- note: >\n    a\n    b\n\n    c\n- title: "a\n    b"\n',
        "planctl: 1\nnote: |-\n  a\n  b\ntasks:\n  - note: |\n      a b\n      c\n\n  - title: a b\n",
    ),
    "nothing is written as little as possible": (
        "document: ~\nperiod: {}\nevents: []\ntasks: [null, {lead: [~, '']}]\n",
        'document:\nperiod: {}\ntasks:\n  - null\n\n  - lead: [null, ""]\nevents: []\n',
    ),
    "odd keys": ("? a\n: b\n'no': c\n\"x: y\": d\n'': e\n", 'a: b\nno: c\n"x: y": d\n"": e\n'),
    "a key too long for a line with a colon": (f"? {'x' * 1100}\n: b\n", f"? {'x' * 1100}\n: b\n"),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_layout(name: str) -> None:
    text, expected = LAYOUTS[name]
    assert lay_out(text, PATH) == expected
    assert lay_out(expected, PATH) == expected


@pytest.mark.parametrize(("width", "is_flow"), [(140, True), (141, False)])
def test_a_line_holds_140_characters_of_any_kind(width: int, is_flow: bool) -> None:  # noqa: FBT001 - a column of the table
    name = "年" * (width - len("    lead: [, b]"))
    text = lay_out(f"tasks:\n- lead: [{name}, b]\n  title: x\n", PATH).splitlines()
    assert text[2:] == ([f"    lead: [{name}, b]"] if is_flow else ["    lead:", f"      - {name}", "      - b"])


def test_a_file_is_laid_out_as_what_it_is_by_its_name_or_by_its_keys() -> None:
    units = "groups: []\nunits:\n- {to: 2022-01-01, name: 44}\nplanctl: 1\n"
    expected = 'planctl: 1\nunits:\n  - name: "44"\n    to: 2022-01-01\ngroups: []\n'
    assert [lay_out(units, path) for path in ("a/units.yaml", "")] == [expected, expected]
    rules = "planctl: 1\nlights:\n- light: red\n  when: overdue\nlanguage: 'zh'\nseverity: {P306: 'off'}\n"
    assert [lay_out(rules, path) for path in ("planctl.yaml", "")] == [
        "planctl: 1\nlanguage: zh\nseverity:\n  P306: off\nlights:\n  - {when: overdue, light: red}\n"
    ] * 2


@settings(max_examples=300, deadline=None)
@given(RANDOM)
def test_nothing_of_any_file_is_lost_and_the_second_time_changes_nothing(random: Random) -> None:
    text = writing.written(random, writing.record(random))
    result = lay_out(text, PATH)
    assert writing.plain(result) == writing.plain(text)
    assert decode(Source(PATH, result))[0] == decode(Source(PATH, text))[0]
    assert comments(result) == comments(text)
    assert lay_out(result, PATH) == result
    assert not re.search(r"\r|[ \t]\n|\n\n\n|\n\n\Z|\A\n", re.sub(r"\|-?(?:  #.*)?\n(?: +.*\n|\n)+", "", result))


PIECES = [
    "a",
    "b: ",
    "- ",
    "? ",
    ": ",
    ":\n",
    ", ",
    "[",
    "]",
    "{",
    "}",
    "\n",
    "\n  ",
    " # x\n",
    "'",
    '"',
    "|\n",
    "|+\n",
    ">-\n",
    "---\n",
    "...\n",
    "~",
    "\t",
]


@settings(max_examples=1000, deadline=None)
@given(st.lists(st.sampled_from([*PIECES, "\r\n", "\x85", "\u2028", "😀", "a: 1\n", "key:\n"]), max_size=20).map("".join))
def test_any_text_is_laid_out_or_refused(text: str) -> None:
    tree, flaws = parse(text)
    if flaws:
        with pytest.raises(FlawedTextError):
            lay_out(text, PATH)
        return
    result = lay_out(text, PATH)
    assert (parse(result), lay_out(result, PATH)) == ((tree, []), result)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_shipped_file_says_the_same_after_it(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    result = lay_out(text, path.name)
    assert decode(Source(path.name, result)) == decode(Source(path.name, text))
    assert Counter(re.findall("#.*", result)) == Counter(re.findall("#.*", text))
    assert lay_out(result, path.name) == result


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("planctl: 1\n", []),
        ("a: 1\na: 2\n", [("P003", 2)]),
        ("a: &x 1\nb: *x\n", [("P004", 1), ("P004", 2)]),
        ("a: [\n", [("P002", 2)]),
        ("a: 1\n", [("P010", 1)]),
        ("", [("P010", 1)]),
        ("- planctl\n", [("P010", 1)]),
    ],
)
def test_what_cannot_be_laid_out_is_located(text: str, codes: list[tuple[str, int]]) -> None:
    assert [(problem.code, problem.location.line) for problem in problems_of(Source(PATH, text))] == codes


# Writing


def test_a_new_plan() -> None:
    value: dict[str, Value] = {
        "id": "x",
        "planctl": "1",
        "title": "某方案",
        "tasks": [
            {
                "lead": ["甲局"],
                "title": "44",
                "id": "1",
                "deadlines": [{"due": "2022-12-31", "id": "a"}],
                "progress": [{"on": "2022-01-01"}],
            },
            {"id": "2", "title": "两行\n文字"},
        ],
        "document": {"issued": "2022-01-01", "issuers": ["甲县"]},
    }
    assert write(value, Kind.PLAN) == (
        "planctl: 1\nid: x\ntitle: 某方案\ndocument:\n  issuers: [甲县]\n  issued: 2022-01-01\ntasks:\n"
        '  - id: "1"\n    title: "44"\n    lead: [甲局]\n    deadlines:\n      - id: a\n        due: 2022-12-31\n'
        "    progress:\n      - {on: 2022-01-01}\n\n"
        '  - id: "2"\n    title: |-\n      两行\n      文字\n'
    )


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        (Kind.TASK, {"title": "x", "id": "1", "source": {"clause": "1"}}, '- id: "1"\n  title: x\n  source: {clause: "1"}\n'),
        (Kind.DEADLINE, {"due": "2022-12-31", "id": "a"}, "- id: a\n  due: 2022-12-31\n"),
        (Kind.PROGRESS, {"state": "done", "on": "2022-12-31"}, "- {on: 2022-12-31, state: done}\n"),
        (Kind.EVENT, {"name": "1:30", "on": "2022-12-31", "tasks": ["2"]}, '- {on: 2022-12-31, name: "1:30", tasks: ["2"]}\n'),
        (Kind.UNIT, {"aliases": ["乙"], "name": "甲"}, "- name: 甲\n  aliases: [乙]\n"),
        (Kind.WAIVER, {"until": "2022-12-31", "code": "P101", "reason": "x"}, "- {code: P101, reason: x, until: 2022-12-31}\n"),
    ],
)
def test_a_new_record(kind: Kind, value: dict[str, str], expected: str) -> None:
    assert write(value, kind) == expected


@settings(max_examples=100, deadline=None)
@given(RANDOM)
def test_what_is_written_stands_in_the_layout_and_says_what_was_meant(random: Random) -> None:
    value = writing.record(random)
    text = write(value, Kind.PLAN)
    assert (writing.plain(text), lay_out(text, PATH)) == (value, text)


@settings(max_examples=100, deadline=None)
@given(RANDOM)
def test_an_edit_of_a_file_in_the_layout_leaves_it_there(random: Random) -> None:
    plan = {**writing.record(random), "tasks": [writing.task(random, number) for number in (1, 2)]}
    text = write({key: each for key, each in plan.items() if each}, Kind.PLAN)
    value = writing.entry(random)
    task = writing.task(random, 3)
    edits: list[Edit] = [
        Insert(("tasks", 0, "progress"), None, value),
        Insert(("tasks",), None, Verbatim(write(task, Kind.TASK))),
        Put(("tasks", 1, "basis"), "stated"),
        Put(("period",), {"end": "2022-12-31", "start": "2021-01-01"}),
    ]
    result = edit(text, PATH, edits)
    assert writing.plain(result)["tasks"][2] == task
    assert lay_out(result, PATH) == result
