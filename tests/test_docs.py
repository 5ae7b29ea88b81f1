"""The documents: what they show is what planctl prints, and they leave nothing out."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import NamedTuple

import pytest

from conftest import run
from planctl.checks import severities
from planctl.cli.app import NAMES

ROOT = Path(__file__).parents[1]
READMES = {"README.md": "en", "README.zh.md": "zh"}
FENCE = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ANY_LINES = "…"
"""A line that stands for any number of lines, none included."""

each_readme = pytest.mark.parametrize("name", READMES)


class Example(NamedTuple):
    """A command in a document, and what it is said to print."""

    command: str
    expected: str


def read(name: str) -> str:
    path = ROOT / name
    return path.read_text(encoding="utf-8") if path.exists() else ""


def examples(name: str) -> list[Example]:
    """Find the console blocks whose first line calls planctl; each further `$ planctl` line in one begins another example."""
    blocks = [block for block in FENCE.findall(read(name)) if block.startswith("$ planctl")]
    pieces = [piece for block in blocks for piece in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]]
    return [Example(*piece.split("\n", 1)) for piece in pieces]


def matches(expected: str, printed: str) -> bool:
    """Compare by lines; spaces at the end of a line are not seen in a document."""
    lines = [line.rstrip() for line in expected.rstrip("\n").split("\n")]
    parts = [r"(?:.*\n)*" if line == ANY_LINES else re.escape(line) + r"\n" for line in lines]
    return re.fullmatch("".join(parts), "".join(f"{line.rstrip()}\n" for line in printed.rstrip("\n").split("\n"))) is not None


@each_readme
def test_a_readme_shows_commands_with_what_they_print(name: str) -> None:
    assert examples(name) != []


@each_readme
def test_the_examples_of_a_readme_are_what_planctl_prints(name: str) -> None:
    wrong = []
    for command, expected in examples(name):
        words = shlex.split(command, comments=True)
        done = run(*words[1:], cwd=ROOT, env={"PLANCTL_LANG": READMES[name]})
        if words[0] != "planctl" or not matches(expected, done.stdout):
            wrong.append((command, done.stdout, done.stderr))
    assert wrong == []


@pytest.mark.parametrize(
    ("expected", "printed", "same"),
    [
        ("a\nb\n", "a\nb\n", True),
        ("a\n…\nc\n", "a\nb\nb\nc\n", True),
        ("a\n…\nc\n", "a\nc\n", True),
        ("…\n", "a\nb\n", True),
        ("a\n…\n", "b\n", False),
        ("a\n", "a\nb\n", False),
        ("a.c\n", "abc\n", False),
        ("a b\n", "a  b\n", False),
    ],
)
def test_how_an_example_is_compared(expected: str, printed: str, same: bool) -> None:  # noqa: FBT001 - a column of the table
    assert matches(expected, printed) is same


@each_readme
def test_a_readme_names_every_command(name: str) -> None:
    text = read(name)
    assert [command for command in NAMES if f"planctl {command}" not in text and f"`{command}`" not in text] == []


@each_readme
def test_a_readme_names_every_family_of_codes(name: str) -> None:
    text = read(name)
    families = sorted({code[:2] for code in severities()})
    assert [family for family in families if not re.search(rf"\b{family}(xx|\d\d)", text)] == []


@each_readme
def test_the_links_of_a_readme_lead_to_files(name: str) -> None:
    targets = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", read(name))
    assert [target for target in targets if not (ROOT / target).exists()] == []


# docs/cli.md


def options_of(*command: str) -> list[str]:
    return re.findall(r"^  (--[a-z-]+)", run(*command, "--help").stdout, re.MULTILINE)


@pytest.mark.parametrize("command", NAMES)
def test_the_reference_of_commands_lists_every_command_and_option(command: str) -> None:
    """In a section of its own, whose heading names it."""
    text = read("docs/cli.md")
    sections = re.split(r"^(?=#+ )", text, flags=re.MULTILINE)
    section = next((part for part in sections if re.match(rf"#+ .*\b{command}\b", part)), "")
    missing = [option for option in options_of(command) if option not in section and option not in COMMON]
    assert (section == "", missing) == (False, [])
    assert [option for option in options_of(command) if option not in text] == []


COMMON = {"--plan", "--unit", "--role", "--as-of", "--format", "--output", "--help"}
"""Options that mean the same everywhere may be told once."""


def test_the_reference_of_commands_lists_the_options_of_planctl_itself() -> None:
    assert [option for option in options_of() if option not in read("docs/cli.md")] == []
