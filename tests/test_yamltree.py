"""YAML text to a tree: one dialect, every value with its place, and nothing that a text can do to us. Both of PyYAML's parsers must agree."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from yaml.loader import BaseLoader

from planctl.yamltree import MAX_DEPTH, NULLS, Flaw, Map, Mark, Seq, locate, parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from planctl.yamltree import Node

    Parse = Callable[[str], tuple[Node, list[Flaw]]]

JUMBLED = st.text(
    st.one_of(st.sampled_from("[]{}:,-?|>&*!%#'\"`@ \t\r\n~<=0aA甲😀\\\x00\x1b\x85\u2028\u202e\ufeff\ufffe\ud800"), st.characters())
)
"""Texts made of what YAML, terminals and decoders find special."""
NAMES = st.text(st.sampled_from("甲乙😀👩\u200d💻aé“”:#, "), min_size=1, max_size=6)
TREES = st.recursive(NAMES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4), max_leaves=12)


@pytest.fixture(params=["libyaml", "python"])
def read(request: pytest.FixtureRequest) -> Parse:
    """Parse with one parser and with the other: PyYAML may be built without libyaml."""
    return parse if request.param == "libyaml" else lambda text: parse(text, BaseLoader)


def plain(node: Node) -> Any:
    """Give a tree as ordinary values."""
    if isinstance(node, Map):
        return {key: plain(value) for key, value in node.items()}
    return [plain(item) for item in node] if isinstance(node, Seq) else node


def places(node: Node, path: tuple[str | int, ...] = ()) -> dict[tuple[str | int, ...], tuple[int, int]]:
    """Give the line and column of everything in a tree, by its path; those of keys under `(…, "key:")`."""
    found: dict[tuple[str | int, ...], tuple[int, int]] = {}
    if isinstance(node, Map):
        for key, value in node.items():
            key_mark, mark = node.key_marks[key], node.value_marks[key]
            found[*path, f"{key}:"] = key_mark.line, key_mark.column
            found |= {(*path, key): (mark.line, mark.column), **places(value, (*path, key))}
    elif isinstance(node, Seq):
        for index, (value, mark) in enumerate(zip(node, node.marks, strict=True)):
            found |= {(*path, index): (mark.line, mark.column), **places(value, (*path, index))}
    return found


def flaws_of(found: tuple[Node, list[Flaw]]) -> list[tuple[str, int, int, dict[str, object]]]:
    return [(flaw.code, *flaw.mark, flaw.args) for flaw in found[1]]


def test_the_tests_know_both_parsers() -> None:
    assert yaml.__with_libyaml__


# What is read


@pytest.mark.parametrize(
    "written",
    [
        "no",
        "yes",
        "on",
        "off",
        "y",
        "n",
        "True",
        "FALSE",
        "012",
        "0o14",
        "0x1F",
        "12:30",
        "12:30:45",
        "1_000",
        "1e3",
        ".inf",
        ".nan",
        "2022-12-31",
        "2022-12-31T10:00:00Z",
        "1.10",
        "1,000",
        "=",
        "-1",
        "+1",
        "3.0",
        "nULL",
        "nil",
        "None",
    ],
)
def test_every_scalar_stays_the_text_that_it_is(read: Parse, written: str) -> None:
    assert read(f"a: {written}\n{written}: b\n") == ({"a": written, written: "b"}, [])


@pytest.mark.parametrize("written", ["", "~", "null", "Null", "NULL", "# 说明", "null # 说明"])
def test_an_empty_value_is_none(read: Parse, written: str) -> None:
    assert read(f"a: {written}\nb:\n  - {written}\n") == ({"a": None, "b": [None]}, [])


@pytest.mark.parametrize("written", ["''", '""', "'null'", '"~"', "'~'", "!!null"])
def test_a_quoted_empty_value_is_text(read: Parse, written: str) -> None:
    tree = plain(read(f"a: {written}\n")[0])
    assert tree == {"a": None if written == "!!null" else written.strip("'\"")}


def test_a_text_may_stand_in_any_style(read: Parse) -> None:
    text = """\
plain: 甲 乙
single: '甲: ''乙'''
double: "甲\\t乙\\u4e19"
folded: >-
  甲
  乙
literal: |
  甲
    乙
wrapped: 甲
  乙
flow: {一: [甲, '乙', {二: 丙}], 三: []}
"""
    assert plain(read(text)[0]) == {
        "plain": "甲 乙",
        "single": "甲: '乙'",
        "double": "甲\t乙丙",
        "folded": "甲 乙",
        "literal": "甲\n  乙\n",
        "wrapped": "甲 乙",
        "flow": {"一": ["甲", "乙", {"二": "丙"}], "三": []},
    }


@pytest.mark.parametrize("text", ["", "\n\n", "# 说明\n", "---\n", "---\n...\n", "~", "\ufeff"])
def test_a_text_without_content_is_none_and_no_flaw(read: Parse, text: str) -> None:
    assert read(text) == (None, [])


@pytest.mark.parametrize("text", ["~: 1\n", "null: 1\n", "? \n: 1\n"])
def test_an_empty_key_is_empty_text(read: Parse, text: str) -> None:
    assert read(text) == ({"": "1"}, [])


def test_a_document_may_be_marked_as_one(read: Parse) -> None:
    assert read("%YAML 1.1\n---\na: 1\n...\n") == ({"a": "1"}, [])


# Where it stands


def test_every_place_counts_characters_after_chinese_and_emoji(read: Parse) -> None:
    text = """\
甲乙: 丙  # 行一
😀👨\u200d👩: "😀"
列:
  - 一: {甲: 乙, 😀: [丙, 丁]}
  -   二
空:
"""
    assert places(read(text)[0]) == {
        ("甲乙:",): (0, 0),
        ("甲乙",): (0, 4),
        ("😀👨\u200d👩:",): (1, 0),
        ("😀👨\u200d👩",): (1, 6),
        ("列:",): (2, 0),
        ("列",): (3, 2),
        ("列", 0): (3, 4),
        ("列", 0, "一:"): (3, 4),
        ("列", 0, "一"): (3, 7),
        ("列", 0, "一", "甲:"): (3, 8),
        ("列", 0, "一", "甲"): (3, 11),
        ("列", 0, "一", "😀:"): (3, 14),
        ("列", 0, "一", "😀"): (3, 17),
        ("列", 0, "一", "😀", 0): (3, 18),
        ("列", 0, "一", "😀", 1): (3, 21),
        ("列", 1): (4, 6),
        ("空:",): (5, 0),
        ("空",): (5, 2),
    }


def test_windows_line_ends_change_neither_values_nor_places(read: Parse) -> None:
    text = "甲: 乙\n列:\n  - |\n    丙\n    丁\n  - {戊: 己}\n"
    tree, flaws = read(text)
    other, other_flaws = read(text.replace("\n", "\r\n"))
    assert (plain(other), places(other), other_flaws) == (plain(tree), places(tree), flaws)


def write(tree: Any, place: Mark, marks: list[Mark]) -> tuple[str, Mark]:
    """Write a tree, each item on a line of its own behind some indentation, and note where its keys and values begin."""
    if isinstance(tree, str):
        marks.append(place)
        text = json.dumps(tree, ensure_ascii=False)
        return text, Mark(place.line, place.column + len(text))
    marks.append(place)
    is_map = isinstance(tree, dict)
    text, place = "{" if is_map else "[", Mark(place.line, place.column + 1)
    for number, item in enumerate(tree.items() if is_map else tree):
        text, place = f"{text}\n{' ' * (number + 1)}", Mark(place.line + 1, number + 1)
        if is_map:
            key, place = write(item[0], place, marks)
            text, place = f"{text}{key}: ", Mark(place.line, place.column + 2)
        value, place = write(item[1] if is_map else item, place, marks)
        text, place = f"{text}{value},", Mark(place.line, place.column + 1)
    return text + ("}" if is_map else "]"), Mark(place.line, place.column + 1)


def in_reading_order(node: Node, mark: Mark) -> list[tuple[int, int]]:
    found = [(mark.line, mark.column)]
    if isinstance(node, Map):
        for key, value in node.items():
            found += [(node.key_marks[key].line, node.key_marks[key].column), *in_reading_order(value, node.value_marks[key])]
    elif isinstance(node, Seq):
        for value, place in zip(node, node.marks, strict=True):
            found += in_reading_order(value, place)
    return found


@given(TREES)
def test_whatever_is_written_is_read_at_its_place(tree: Any) -> None:
    marks: list[Mark] = []
    text, _ = write(tree, Mark(0, 0), marks)
    for parser in (parse, lambda text: parse(text, BaseLoader)):
        node, flaws = parser(text)
        assert (plain(node), in_reading_order(node, Mark(0, 0)), flaws) == (tree, marks, [])


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ((), (1, 0)),
        (("a",), (2, 2)),
        (("a", 1), (3, 4)),
        (("a", 1, "b"), (3, 7)),
        (("a", 1, "missing"), (3, 4)),
        (("a", 2), (2, 2)),
        (("a", 9, "b"), (2, 2)),
        (("a", -1), (2, 2)),
        (("a", "b"), (2, 2)),
        (("missing", 0), (1, 0)),
        (("a", 0, "deeper"), (2, 4)),
    ],
)
def test_a_place_is_found_by_keys_or_the_nearest_above(read: Parse, path: tuple[str | int, ...], place: tuple[int, int]) -> None:
    mark = locate(read("# 说明\na:\n  - x\n  - b: y\n")[0], path)
    assert (mark.line, mark.column) == place


def test_nothing_is_found_at_its_start() -> None:
    assert locate(None, ("a", 0)) == Mark(0, 0)


# What is refused


@pytest.mark.parametrize(
    ("text", "tree", "flaws"),
    [
        ("甲: 1\n甲: 2\n甲: 3\n", {"甲": "1"}, [("P003", 1, 0, {"key": "甲", "first": 1}), ("P003", 2, 0, {"key": "甲", "first": 1})]),
        ("- {甲: 1, 乙: 2, 甲: 3}\n", [{"甲": "1", "乙": "2"}], [("P003", 0, 15, {"key": "甲", "first": 1})]),
        ("甲: {乙: 1}\n丙: {乙: 2}\n", {"甲": {"乙": "1"}, "丙": {"乙": "2"}}, []),
        ("甲: 1\n'甲': 2\n", {"甲": "1"}, [("P003", 1, 0, {"key": "甲", "first": 1})]),
        ("甲: &x 1\n", {"甲": "1"}, [("P004", 0, 3, {"name": "x"})]),
        ("甲: &x [1]\n乙: *x\n", {"甲": ["1"], "乙": None}, [("P004", 0, 3, {"name": "x"}), ("P004", 1, 3, {"name": "x"})]),
        ("&x 甲: 1\n", {"甲": "1"}, [("P004", 0, 0, {"name": "x"})]),
        ("*x\n", None, [("P004", 0, 0, {"name": "x"})]),
        ("甲: !!set {1}\n", {"甲": {"1": None}}, [("P005", 0, 3, {"tag": "tag:yaml.org,2002:set"})]),
        (
            "甲: !!python/object/apply:os.system [x]\n",
            {"甲": ["x"]},
            [("P005", 0, 3, {"tag": "tag:yaml.org,2002:python/object/apply:os.system"})],
        ),
        ("- !unit x\n", ["x"], [("P005", 0, 2, {"tag": "!unit"})]),
        ("- &a !b x\n", ["x"], [("P004", 0, 2, {"name": "a"}), ("P005", 0, 2, {"tag": "!b"})]),
        ("a: 1\n---\nb: 2\n", {"a": "1"}, [("P006", 1, 0, {})]),
        ("? [甲]\n: 乙\n丙: 丁\n", {"丙": "丁"}, [("P012", 0, 2, {})]),
        ("{甲: 1}: 2\n", {}, [("P012", 0, 0, {})]),
        ("? {甲: [&x 乙]}\n: *x\n", {}, [("P012", 0, 2, {}), ("P004", 0, 7, {"name": "x"}), ("P004", 1, 2, {"name": "x"})]),
        ("*x : 1\n", {}, [("P012", 0, 0, {}), ("P004", 0, 0, {"name": "x"})]),
        ('甲: "\\e[31m红"\n乙: 1\n', {"甲": "\ufffd[31m红", "乙": "1"}, [("P009", 0, 3, {"character": "U+001B"})]),
        ("甲: 乙\u202e丙\n", {"甲": "乙\ufffd丙"}, [("P009", 0, 3, {"character": "U+202E"})]),
        ("甲\u200f: 乙\n", {"甲\ufffd": "乙"}, [("P009", 0, 0, {"character": "U+200F"})]),
        ("甲: |\n  乙\n  \ufeff丙\n", {"甲": "乙\n\ufffd丙\n"}, [("P009", 0, 3, {"character": "U+FEFF"})]),
        ("甲: '乙\u3000丙\xa0😀\t丁\u200d'\n", {"甲": "乙\u3000丙\xa0😀\t丁\u200d"}, []),
    ],
)
def test_what_is_not_of_our_dialect_is_told_and_the_rest_is_read(read: Parse, text: str, tree: Any, flaws: list[Any]) -> None:
    found = read(text)
    assert (plain(found[0]), flaws_of(found)) == (tree, flaws)


def test_a_merge_key_is_a_key_like_any_other_and_merges_nothing(read: Parse) -> None:
    assert read("a: 1\n<<: {a: 2, b: 3}\n") == ({"a": "1", "<<": {"a": "2", "b": "3"}}, [])


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x7f", "\x80", "\x9f", "\ufffe", "\uffff"])
@pytest.mark.parametrize(
    ("before", "line", "column"),
    [("", 0, 0), ("a: ", 0, 3), ("甲乙😀: ", 0, 5), ("甲: 乙\n\n😀é: 丁", 2, 5), ("甲: 乙\r\n# 丙", 1, 3), ("甲: '\n\n 乙", 2, 2)],
)
def test_a_character_that_yaml_forbids_is_told_at_its_own_place(read: Parse, character: str, before: str, line: int, column: int) -> None:
    found = read(f"{before}{character}戊\n")
    assert (found[0], flaws_of(found)) == (None, [("P009", line, column, {"character": f"U+{ord(character):04X}"})])


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("甲: 乙: 丙\n", 0, 4),
        ("甲: 乙\n- 丙\n", 1, 0),
        ("甲:\n  - 乙\n 丙: 丁\n", 2, 1),
        ("- 甲\n\t- 乙\n", 1, 0),
        ("甲: @乙\n", 0, 3),
        ("甲: '乙\n丙: 丁\n", 2, 0),
        ("甲: [乙, 丙\n丁: 戊\n", 1, 1),
        ("}\n", 0, 0),
        ("甲: %乙\n", 0, 3),
        ("--- 甲\n...\n乙\n", 2, 0),
    ],
)
def test_broken_syntax_is_told_where_it_breaks(read: Parse, text: str, line: int, column: int) -> None:
    tree, (flaw,) = read(text)
    assert (tree, flaw.code, flaw.mark, list(flaw.args)) == (None, "P002", Mark(line, column), ["reason"])


@pytest.mark.parametrize("text", ["甲: [乙", "{", "- '甲", '甲: "乙', "甲: 乙\n丙: {丁: 😀,"])
def test_a_text_that_stops_in_the_middle_breaks_at_its_own_end(text: str) -> None:
    """The C parser would put it on a line that the file does not have."""
    lines = text.split("\n")
    assert [flaw.mark for flaw in parse(text)[1]] == [Mark(len(lines) - 1, len(lines[-1]))]


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ("{a: ", "}")])
def test_nesting_ends_where_no_plan_would_go(read: Parse, opening: str, closing: str) -> None:
    deepest = opening * MAX_DEPTH + closing * MAX_DEPTH
    deeper = opening + deepest + closing
    assert read(deepest)[1] == []
    assert read(deeper) == (None, [Flaw("P007", Mark(0, len(opening) * MAX_DEPTH), {"limit": MAX_DEPTH})])


def test_nesting_by_indentation_ends_there_too(read: Parse) -> None:
    text = "".join("  " * depth + "甲:\n" for depth in range(MAX_DEPTH + 9))
    assert flaws_of(read(text)) == [("P007", MAX_DEPTH, 2 * MAX_DEPTH, {"limit": MAX_DEPTH})]


def test_nesting_within_a_key_ends_there_too(read: Parse) -> None:
    assert [flaw.code for flaw in read("? " * 5000)[1]][-1] == "P007"


@pytest.mark.parametrize("piece", ["[", "{", "- ", "[]", "? ", "a: ", "'''", "[[],", "&a [", "!", "|", "\n", ",", "]", "*"])
def test_ten_megabytes_of_brackets_end(piece: str) -> None:
    tree, flaws = parse(piece * (10_000_000 // len(piece)))
    assert tree is None
    assert len(flaws) <= 2 * MAX_DEPTH + 2


def test_an_alias_bomb_is_as_small_as_it_looks(read: Parse) -> None:
    layers = [f"{name}: &{name} [{', '.join([f'*{inner}'] * 9)}]\n" for name, inner in zip("bcdefghij", "abcdefghi", strict=True)]
    tree, flaws = read("a: &a [lol]\n" + "".join(layers))
    assert plain(tree) == {"a": ["lol"], **{name: [None] * 9 for name in "bcdefghij"}}
    assert {flaw.code for flaw in flaws} == {"P004"}


def is_within(mark: Mark, text: str) -> bool:
    """Tell whether an editor could go there; YAML 1.1 has more line breaks than most editors."""
    breaks = text.count("\n") + text.count("\r") + sum(text.count(other) for other in "\x85\u2028\u2029")
    return 0 <= mark.line <= breaks and 0 <= mark.column <= len(text)


def is_empty(text: str) -> bool:
    node = yaml.compose(text, BaseLoader)
    return node is None or node.value in NULLS


@given(JUMBLED)
def test_any_text_gives_a_tree_or_says_why_not(text: str) -> None:
    for parser in (parse, lambda text: parse(text, BaseLoader)):
        tree, flaws = parser(text)
        assert tree is None or isinstance(tree, (str, Map, Seq))
        assert all(is_within(flaw.mark, text) for flaw in flaws)
        assert {flaw.code for flaw in flaws} <= {"P002", "P003", "P004", "P005", "P006", "P007", "P009", "P012"}
        assert tree is not None or flaws or is_empty(text)


def texts_in(node: Node) -> Iterator[str]:
    if isinstance(node, Map):
        yield from node
    for inner in node.values() if isinstance(node, Map) else node if isinstance(node, Seq) else ():
        yield from texts_in(inner)
    if isinstance(node, str):
        yield node


@given(JUMBLED)
def test_no_unsafe_character_gets_into_a_tree(text: str) -> None:
    texts = "".join(texts_in(parse(text)[0]))
    assert not set(texts) & set("\x1b\x00\u202e\u2028\ufeff\ufffe")


@given(JUMBLED)
def test_reading_is_the_same_every_time(text: str) -> None:
    assert parse(text) == parse(text)
