"""Edits spliced into texts: only what is meant changes, whatever the style of the file."""

from __future__ import annotations

import copy
import difflib
import re
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import writing
from planctl.editing import Bare, Insert, Put, Quoted, Remove, Rows, Verbatim, apply, apply_to_tree, cuts, take
from planctl.editing.scalars import written
from planctl.editing.wanted import Wanted
from planctl.errors import FlawedTextError, UnwritableTextError
from planctl.yamltree import parse

if TYPE_CHECKING:
    from random import Random

    from planctl.editing import Edit, Keys

RANDOM = st.randoms(use_true_random=False)
PLAN = """\
# the head
planctl: 1  # version
tasks:  # the tasks
  # about the first
  - id: "1"  # number
    title: '第一项'
    lead: [甲局, 乙局]  # two
    progress:
      # - {on: 2022-01-01}
    # the end of the first

  # a heading

  # about the second
  - id: "2"
    title: 第二项
    note: |  # a note
      two
      # lines
    progress:
      - {on: 2022-01-01, state: done}
    source: {clause: "2"}

  # the end of the list
# the end
"""


def changed(text: str, *edits: Edit) -> str:
    """Show the lines that edits take out and put in."""
    lines = difflib.unified_diff(text.splitlines(keepends=True), apply(text, edits).splitlines(keepends=True), n=0)
    return "".join(line for line in lines if line[:3] not in ("---", "+++", "@@ "))


ENTRY = {"on": Bare("2022-12-12"), "note": "甲, 乙"}
EXAMPLES: dict[str, tuple[tuple[Edit, ...], str]] = {
    "a new key goes to its place in the order": (
        (Put(("tasks", 0, "basis"), Bare("stated"), ("id", "title", "lead", "basis", "progress")),),
        "+    basis: stated\n",
    ),
    "without an order it goes to the end": ((Put(("tasks", 1, "tags"), ["甲", "44"]),), '+    tags: [甲, "44"]\n'),
    "a value keeps its quotes": ((Put(("tasks", 0, "title"), "it's"),), "-    title: '第一项'\n+    title: 'it''s'\n"),
    "a value keeps what trails it": ((Put(("planctl",), Bare("2")),), "-planctl: 1  # version\n+planctl: 2  # version\n"),
    "the same value changes nothing": ((Put(("tasks", 1, "note"), "two\n# lines\n"), Put(("tasks", 0, "lead"), ["甲局", "乙局"])), ""),
    "an empty value becomes a list": (
        (Insert(("tasks", 0, "progress"), None, dict(ENTRY)),),
        '+      - {on: 2022-12-12, note: "甲, 乙"}\n',
    ),
    "an entry is written as its neighbours are": (
        (Insert(("tasks", 1, "progress"), 0, Rows(ENTRY)),),
        '+      - {on: 2022-12-12, note: "甲, 乙"}\n',
    ),
    "a missing list is made, and two go into it": (
        (Insert(("tasks", 1, "events"), None, dict(ENTRY)), Insert(("tasks", 1, "events"), None, {"on": Bare("2023-01-01")})),
        '+    events:\n+      - {on: 2022-12-12, note: "甲, 乙"}\n+      - {on: 2023-01-01}\n',
    ),
    "a list of text changes item by item": (
        (Put(("tasks", 0, "lead"), ["丙局", "乙局", "丁局"]),),
        "-    lead: [甲局, 乙局]  # two\n+    lead: [丙局, 乙局, 丁局]  # two\n",
    ),
    "a text of several lines becomes one line, and keeps the comment of its header": (
        (Put(("tasks", 1, "note"), "one"),),
        "-    note: |  # a note\n-      two\n-      # lines\n+    note: one  # a note\n",
    ),
    "a text of several lines is written as a block": (
        (Put(("tasks", 1, "title"), "a\nb"),),
        "-    title: 第二项\n+    title: |-\n+      a\n+      b\n",
    ),
    "but not where a comment below would become a line of it": (
        (Put(("tasks", 0, "progress"), "a\nb"),),
        '-    progress:\n+    progress: "a\\nb"\n',
    ),
    "a task goes with its comments and one blank line; headings stay": (
        (Remove(("tasks", 0)),),
        (
            "-  # about the first\n-  - id: \"1\"  # number\n-    title: '第一项'\n-    lead: [甲局, 乙局]  # two\n"
            "-    progress:\n-      # - {on: 2022-01-01}\n-    # the end of the first\n-\n"
        ),
    ),
    "the next field takes the place of the first": (
        (Remove(("tasks", 1, "id")),),
        '-  - id: "2"\n-    title: 第二项\n+  - title: 第二项\n',
    ),
    "a list loses its last item": (
        (Remove(("tasks", 1, "progress", 0)),),
        "-    progress:\n-      - {on: 2022-01-01, state: done}\n+    progress: []\n",
    ),
    "a record loses its last field": ((Remove(("tasks", 1, "source", "clause")),), '-    source: {clause: "2"}\n+    source: {}\n'),
    "a record of several fields is set in one go": (
        (Put(("tasks", 1, "source"), {"clause": "2", "digest": "sha256:ab"}),),
        '-    source: {clause: "2"}\n+    source: {clause: "2", digest: "sha256:ab"}\n',
    ),
    "several at once, by the positions before all of them": (
        (Insert(("tasks",), 1, {"id": "1a"}), Remove(("tasks", 1)), Put(("tasks", 0, "id"), "one")),
        (
            '-  - id: "1"  # number\n+  - id: "one"  # number\n'
            '-  # about the second\n-  - id: "2"\n-    title: 第二项\n-    note: |  # a note\n-      two\n-      # lines\n-    progress:\n'
            '-      - {on: 2022-01-01, state: done}\n-    source: {clause: "2"}\n+  - id: 1a\n+\n'
        ),
    ),
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_edit_changes_only_its_lines(name: str) -> None:
    edits, expected = EXAMPLES[name]
    # In any order: there are several ways to tell the same difference.
    assert sorted(changed(PLAN, *edits).splitlines()) == sorted(expected.splitlines())


STYLES = [
    ("a: [1]\n", Insert(("a",), None, Bare("2")), "a: [1, 2]\n"),
    ("a: [1]\n", Insert(("a",), 0, Bare("2")), "a: [2, 1]\n"),
    ("a: []\n", Insert(("a",), None, Bare("2")), "a: [2]\n"),
    ("a:\n", Insert(("a",), None, {"b": Bare("2")}), "a:\n  - {b: 2}\n"),
    ("a: []  # c\n", Insert(("a",), None, {"b": Bare("2")}), "a:  # c\n  - {b: 2}\n"),
    ("a:\n- b: 1\n  c: 2\n", Insert(("a",), None, {"b": Bare("2")}), "a:\n- b: 1\n  c: 2\n- b: 2\n"),
    ("a:\n    -   b: 1\n", Insert(("a",), None, {"b": Bare("2"), "c": Bare("3")}), "a:\n    -   b: 1\n    -   b: 2\n        c: 3\n"),
    ("a: {b: [{c: 1}]}\n", Insert(("a", "b"), None, {"c": Bare("2")}), "a: {b: [{c: 1}, {c: 2}]}\n"),
    ("a: [\n  1,  # one\n  2  # two\n]\n", Insert(("a",), None, Bare("3")), "a: [\n  1,  # one\n  2,  # two\n  3\n]\n"),
    ("a: [\n  1,  # one\n  2,\n]\n", Insert(("a",), None, Bare("3")), "a: [\n  1,  # one\n  2,\n  3,\n]\n"),
    ("a: [\n  1,  # one\n  2\n]\n", Remove(("a", 0)), "a: [\n  2\n]\n"),
    ("a: [\n  1,  # one\n  2\n]\n", Remove(("a", 1)), "a: [\n  1  # one\n]\n"),
    ("a: [1, 2, 3]\n", Remove(("a", 1)), "a: [1, 3]\n"),
    ("a: [1, 2, 3]\n", Remove(("a", 2)), "a: [1, 2]\n"),
    ("a: [1]\n", Remove(("a", 0)), "a: []\n"),
    ("a: [b: 1]\n", Put(("a", 0, "c"), Bare("2")), "a: [{b: 1, c: 2}]\n"),
    ("a: {b: , c}\n", Put(("a", "c"), Bare("2")), "a: {b: , c: 2}\n"),
    ("? a\n: b\n", Put(("a",), "c"), "? a\n: c\n"),
    ("- 1\n- 2\n", Insert((), 1, Bare("3")), "- 1\n- 3\n- 2\n"),
    ("- - 1\n  - 2\n", Remove((0, 0)), "- - 2\n"),
    ("- a: 1\n", Remove((0, "a")), "- {}\n"),
    ("- a: 1\n", Put((0, "b"), Bare("2"), ("b", "a")), "- b: 2\n  a: 1\n"),
    ("a:\r\n  - 1\r\n", Insert(("a",), None, Bare("2")), "a:\r\n  - 1\r\n  - 2\r\n"),
    ("\ufeffa: 1\n", Put(("b",), Bare("2")), "\ufeffa: 1\nb: 2\n"),
    ("a: 1", Put(("b",), Bare("2")), "a: 1\nb: 2"),
    ("a: 1\nb: 2", Remove(("b",)), "a: 1"),
    ("a: |\n  text", Put(("b",), Bare("2")), "a: |-\n  text\nb: 2"),
    ("a: 1\n...\n# c\n", Put(("b",), Bare("2")), "a: 1\nb: 2\n...\n# c\n"),
    ("# only this\n", Put(("a",), Bare("1")), "# only this\na: 1\n"),
    ("a: 1\n", Put(("a",), [{"b": "x\ny"}]), "a:\n  - b: |-\n      x\n      y\n"),
    ("a:\n  b: 1  # c\n", Put(("a",), "x"), "a: x\n"),
]


@pytest.mark.parametrize(("text", "edit", "expected"), STYLES)
def test_a_new_entry_takes_the_style_of_its_neighbours(text: str, edit: Edit, expected: str) -> None:
    assert apply(text, [edit]) == expected


TEXTS = [
    ("甲局", "甲局", "甲局"),
    ("a, b", "a, b", '"a, b"'),
    ("http://a", "http://a", '"http://a"'),
    *((text, text, text) for text in ("year", "2022年底前", "a-b", "【甲】", "😀", "空　格", "a#b", "it's", 'say "so"')),
    *((text, f'"{text}"', f'"{text}"') for text in ("", " a", "a ", "44", "-1", "012", "1e3", "0x1f", "1:30", "3.3.1", "2022-12-31")),
    *((text, f'"{text}"', f'"{text}"') for text in ("no", "Yes", "y", "null", "~", "true", "=", "<<", ".5", ".inf", "1_000", "...")),
    *(
        (text, f'"{text}"', f'"{text}"')
        for text in ("a: b", "a #b", "a:", "# a", "- a", "? a", "@a", "%a", "&a", "*a", "!a", "|", ">= 100 %")
    ),
    ("a\nb", '"a\\nb"', '"a\\nb"'),
    ('"\\', '"\\"\\\\"', '"\\"\\\\"'),
    ("\x85\ufffe", '"\\N\\uFFFE"', '"\\N\\uFFFE"'),
]


@pytest.mark.parametrize(("text", "block", "flow"), TEXTS)
def test_text_is_quoted_where_somebody_could_misread_it(text: str, block: str, flow: str) -> None:
    assert (written(text, flow=False), written(text, flow=True)) == (block, flow)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        *((Bare(text), text) for text in ("2022-12-31", "44", "-1.5", "true", "off", "2022-Q3", "100 %", "30 days")),
        *((Bare(text), f'"{text}"') for text in ("012", "21:40", "03-01", ">= 100 %", "null", "")),
        (Quoted("P3"), '"P3"'),
    ],
)
def test_what_is_no_text_is_quoted_where_it_must_be(value: str, expected: str) -> None:
    assert written(value, flow=False) == expected


@given(st.text(st.characters(exclude_categories=["Cs"])), st.booleans(), st.sampled_from(["", "'", '"']))
def test_any_text_is_read_as_it_was_written_or_refused(text: str, flow: bool, quote: str) -> None:  # noqa: FBT001 - drawn
    try:
        line = written(text, flow=flow, quote=quote)
    except UnwritableTextError:
        assert not text.isprintable()
        return
    frame = "[{}, b]\n" if flow else "- {}\n- b\n"
    assert parse(frame.format(line)) == ([text, "b"], [])


@pytest.mark.parametrize("text", ["\x1b[31m", "\x00", "\u202e", "a\ud800", "\r\n"])
def test_control_characters_are_refused(text: str) -> None:
    with pytest.raises(UnwritableTextError):
        apply("a: 1\n", [Put(("a",), text)])


@pytest.mark.parametrize("text", ["a: [\n", "a: 1\na: 2\n", "a: &b 1\n", "a: !!str 1\n", "a: 1\n---\nb: 2\n"])
def test_a_text_that_is_not_of_our_dialect_is_refused(text: str) -> None:
    with pytest.raises(FlawedTextError):
        apply(text, [Put(("c",), "d")])


@pytest.mark.parametrize(
    "edit",
    [
        Remove(("b",)),
        Remove(("list", 2)),
        Put(("list", -1), "x"),
        Put(("b", "c"), "x"),
        Put(("a", "c"), "x"),
        Insert(("a",), None, "x"),
        Insert(("list",), 3, "x"),
    ],
)
def test_what_is_not_there_cannot_be_edited(edit: Edit) -> None:
    with pytest.raises(LookupError):
        apply("a: 1\nlist: [1, 2]\n", [edit])


@pytest.mark.parametrize(
    "edits",
    [(Put(("a",), "x"), Put(("a",), "y")), (Remove(("a",)), Put(("a", "b"), "x")), (Put(("a", "b"), "x"), Remove(("a",))), (Put((), {}),)],
)
def test_two_edits_of_one_place_are_refused(edits: tuple[Edit, ...]) -> None:
    with pytest.raises(ValueError, match=r"Put|Remove"):
        apply("a: {b: 1}\n", edits)


# Entries of other files


def test_an_entry_comes_with_its_comments() -> None:
    source = (
        "x:\n    # about it\n\n    # close\n    -   id: 1  # number\n        note: |\n          a\n            b\n        # end\n    - 2\n"
    )
    assert take(source, ("x", 0)) == Verbatim("# close\n-   id: 1  # number\n    note: |\n      a\n        b\n    # end\n")
    assert take("a: {b: 1, c: [2]}\n", ("a", "c")) == Verbatim("c: [2]")
    assert take("a: [{b: 1}]\n", ("a", 0)) == Verbatim("- {b: 1}")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a:\n- id: 0\n", "a:\n- id: 0\n# close\n- id: 1  # number\n  note: |\n    x\n"),
        ("a:\r\n    - id: 0", "a:\r\n    - id: 0\r\n    # close\r\n    - id: 1  # number\r\n      note: |-\r\n        x"),
        ("a: []\n", "a:\n  # close\n  - id: 1  # number\n    note: |\n      x\n"),
        ("a: [{id: 0}]\n", 'a: [{id: 0},\n     # close\n     # number\n     {id: 1, note: "x\\n"}]\n'),
    ],
)
def test_an_entry_of_another_file_is_indented_as_it_has_to_be(text: str, expected: str) -> None:
    taken = take("x:\n  # close\n  - id: 1  # number\n    note: |\n      x\n", ("x", 0))
    if text.endswith("\n"):
        assert apply(text, [Insert(("a",), None, taken)]) == expected
    else:
        with_break = taken.text.replace("|", "|-")
        assert apply(text, [Insert(("a",), None, Verbatim(with_break))]) == expected


@settings(max_examples=80, deadline=None)
@given(RANDOM)
def test_any_entry_can_be_taken_into_any_file(random: Random) -> None:
    source, target = (writing.written(random, writing.record(random)) for _ in range(2))
    keys, value = random.choice([found for found in paths(writing.plain(source)) if found[0]])
    tree = writing.plain(target)
    kind = list if isinstance(keys[-1], int) else dict
    places = [path for path, each in paths(tree) if isinstance(each, kind)]
    if not places:
        return
    place, taken = random.choice(places), take(source, keys)
    edit = Insert(place, None, taken) if kind is list else Put((*place, keys[-1]), taken)
    assert writing.plain(apply(target, [edit])) == expected_of(tree, [edit._replace(value=value)])


# Any edit of any file


def paths(tree: Any, keys: Keys = ()) -> list[tuple[Keys, Any]]:
    """List every place of a tree with its value."""
    children = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    return [(keys, tree), *(found for key, child in children for found in paths(child, (*keys, key)))]


def some_value(random: Random) -> Any:
    makers = (
        *(writing.text_value,) * 5,
        *(writing.entry,) * 2,
        lambda random: [writing.text_value(random) for _ in range(random.randrange(3))],
        lambda random: [writing.entry(random) for _ in range(random.randrange(3))],
        lambda random: writing.task(random, 9),
        lambda _: None,
    )
    return random.choice(makers)(random)


ORDER = ("planctl", "id", "on", "title", "new", "lead", "note", "other", "tasks", "progress", "source")


def some_edit(random: Random, tree: Any) -> Edit:
    keys, value = random.choice(paths(tree))
    if isinstance(value, dict) and (not keys or random.random() < 0.5):
        return Put((*keys, random.choice(("new", "other", "note"))), some_value(random), random.choice(((), ORDER)))
    if isinstance(value, list) and random.random() < 0.7:
        return Insert(keys, random.choice((None, random.randrange(len(value) + 1))), some_value(random))
    return Remove(keys) if random.random() < 0.4 else Put(keys, some_value(random))


def expected_of(tree: Any, edits: list[Any], depth: int = 0) -> Any:
    """Say what edits make of a tree, without a thought of text."""
    here = [edit for edit in edits if len(edit.keys) == depth]
    below = {
        key: [edit for edit in edits if len(edit.keys) > depth and edit.keys[depth] == key]
        for key in dict.fromkeys(edit.keys[depth] for edit in edits if len(edit.keys) > depth)
    }
    puts = [edit for edit in here if isinstance(edit, Put)]
    if puts:
        return puts[0].value
    inserts = [edit for edit in here if isinstance(edit, Insert)]
    gone = {key for key, mine in below.items() if any(isinstance(edit, Remove) and len(edit.keys) == depth + 1 for edit in mine)}
    if inserts or isinstance(tree, list):
        items = tree or []
        made = []
        for index in range(len(items) + 1):
            made += [edit.value for edit in inserts if (len(items) if edit.position is None else edit.position) == index]
            if index < len(items) and index not in gone:
                made.append(expected_of(items[index], below.get(index, []), depth + 1))
        return made
    if not below:
        return tree
    kept = {key: expected_of(each, below.get(key, []), depth + 1) for key, each in tree.items() if key not in gone}
    return kept | {key: expected_of(None, mine, depth + 1) for key, mine in below.items() if key not in tree}


def comments(text: str) -> Counter[str]:
    return Counter(re.findall(r"#c\d+", text))


@settings(max_examples=200, deadline=None)
@given(RANDOM)
def test_any_edit_of_any_file_does_what_it_says_and_nothing_else(random: Random) -> None:
    text = random.choice(("", "", "", "\ufeff")) + writing.written(random, writing.record(random))
    tree = writing.plain(text)
    edits = [some_edit(random, tree) for _ in range(random.choice((1, 1, 2, 4)))]
    try:
        result = apply(text, edits)
    except ValueError:
        assert len(edits) > 1
        return
    assert writing.plain(result) == expected_of(copy.deepcopy(tree), edits)
    assert (result.endswith("\n"), "\r\n" in result, result[:1] == "\ufeff") == (text.endswith("\n"), "\r\n" in text, text[:1] == "\ufeff")
    assert not re.search(r"(?<!\r)\n", result) or "\r\n" not in text
    assert comments(result) <= comments(text)
    if all(isinstance(edit, Insert) for edit in edits):
        assert comments(result) == comments(text)


# Long lists


def long_record(random: Random) -> dict[str, Any]:
    """Make a plan whose lists are long."""
    tasks = [writing.task(random, number) for number in range(random.randrange(12))]
    for each in tasks:
        if random.random() < 0.6:
            each["progress"] = [writing.entry(random) for _ in range(random.randrange(12))]
    return {**writing.record(random), "tasks": tasks, "events": [writing.entry(random) for _ in range(random.randrange(12))]}


@settings(max_examples=200, deadline=None)
@given(RANDOM)
def test_what_a_long_list_has_elsewhere_is_left_as_it_is(random: Random) -> None:
    text = random.choice(("", "", "", "\ufeff")) + writing.written(random, long_record(random))
    tree = writing.plain(text)
    edits = [some_edit(random, tree) for _ in range(random.choice((1, 1, 2, 4)))]
    try:
        result, said = apply_to_tree(text, parse(text.removeprefix("\ufeff"))[0], edits, near=1)
    except ValueError:
        assert len(edits) > 1
        return
    assert writing.plain(result) == writing.bare(said) == expected_of(copy.deepcopy(tree), edits)
    assert comments(result) <= comments(text)
    if all(isinstance(edit, Insert) for edit in edits):
        assert comments(result) == comments(text)


LONG = """\
tasks:
  - id: "1"
    progress:
      # the first
      - {on: 2022-01-01}
      - on: 2022-01-02
        evidence: [a]  # the first of its kind
      - {on: 2022-01-03}
      # the fourth
      - {on: 2022-01-04}
      - {on: 2022-01-05, evidence: [b]}
      - {on: 2022-01-06}
      - {on: 2022-01-07}
  - id: "2"
"""


@pytest.mark.parametrize(
    ("edit", "looked_at"),
    [
        (Insert(("tasks", 0, "progress"), None, {}), ["01", "02", "07"]),
        (Insert(("tasks", 0, "progress"), 4, {}), ["01", "02", "04", "05", "07"]),
        (Put(("tasks", 0, "progress", 5, "note"), "x"), ["01", "02", "05", "06", "07"]),
        (Put(("tasks", 1, "note"), "x"), ["01", "02", "07"]),
        (Remove(("tasks", 0)), ["01", "02", "03", "04", "05", "06", "07"]),
        (Put(("tasks", 0, "progress"), []), ["01", "02", "03", "04", "05", "06", "07"]),
    ],
)
def test_of_a_long_list_the_ends_the_neighbours_and_the_first_examples_are_looked_at(edit: Edit, looked_at: list[str]) -> None:
    wanted = Wanted()
    wanted.add(edit)
    cut = cuts.find(LONG, parse(LONG)[0], wanted, near=1)
    text = cuts.text_without(LONG, list(cut.all_runs()))
    assert re.findall("2022-01-([0-9]{2})", text) == looked_at


@settings(max_examples=100, deadline=None)
@given(RANDOM)
def test_an_edit_touches_no_line_outside_its_entry(random: Random) -> None:
    """The other lines stand as they did, in their order: those above the entry, its comments included, and those from the next entry on."""
    text = writing.written(random, writing.record(random))
    tree = writing.plain(text)
    edit = some_edit(random, tree)
    task = edit.keys[1] if len(edit.keys) > 2 and edit.keys[0] == "tasks" else None
    if not isinstance(task, int):
        return
    lines, result = text.splitlines(keepends=True), apply(text, [edit]).splitlines(keepends=True)
    marks = getattr(parse(text)[0]["tasks"], "marks")  # type: ignore[index,call-overload]  # noqa: B009 - a tree of ours
    first = marks[task].line
    above = max([index for index in range(first) if lines[index].strip()[:1] not in ("", "#", "-")], default=0)
    assert result[: above - 1] == lines[: above - 1]
    if task + 1 < len(marks) and marks[task + 1].line > marks[task].line:
        rest = lines[marks[task + 1].line :]
        assert result[-len(rest) :] == rest


@settings(max_examples=80, deadline=None)
@given(RANDOM)
def test_what_is_said_already_changes_nothing(random: Random) -> None:
    text = writing.written(random, writing.record(random))
    keys, value = random.choice([found for found in paths(writing.plain(text)) if found[0]])
    assert apply(text, [Put(keys, value)]) == text


def test_a_hash_within_a_text_is_no_comment() -> None:
    assert apply('a: [x, "# y"]\n', [Remove(("a", 1))]) == "a: [x]\n"
    assert apply('a: [x, {b: "# y"}]\n', [Remove(("a", 1))]) == "a: [x]\n"


@settings(max_examples=80, deadline=None)
@given(RANDOM)
def test_what_is_added_at_an_end_and_taken_away_again_leaves_no_trace(random: Random) -> None:
    text = writing.written(random, writing.record(random))
    keys, value = random.choice([found for found in paths(writing.plain(text)) if isinstance(found[1], list) and found[1]] or [((), None)])
    if not isinstance(value, list):
        return
    longer = apply(text, [Insert(keys, None, some_value(random))])
    assert apply(longer, [Remove((*keys, len(value)))]) == text
