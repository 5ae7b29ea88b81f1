"""One smallest file for each thing that can be wrong, with what is said of it; and the examples that `planctl rules` shows.

A file of the gallery is named after the code and its variant (`P102-nearest.yaml` is `P102.nearest`) and has nothing else wrong.
`# file: NAME` begins another file within it.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from conftest import check
from planctl import loader, sources
from planctl.catalog import Rule, rules
from planctl.checks import severities
from planctl.formats import findings
from planctl.messages import entries
from planctl.sources import MAX_BYTES, Source, decode

if TYPE_CHECKING:
    from collections.abc import Callable

    from planctl.problems import Problem

GALLERY = Path(__file__).parent / "gallery"
HEAD = "planctl: 1\nid: demo\ntitle: 示例县工作方案\ntasks: []\n"
GENERATED = {
    "P001": [decode("plan.yaml", HEAD.encode("gb18030"))],
    "P001-unknown": [decode("plan.yaml", HEAD.encode() + b"\xff\xff")],
    "P008": [decode("plan.yaml", b" " * (MAX_BYTES + 1))],
    "P020": [Source("plan.yaml", f"{HEAD}note: {'甲' * 20_001}\n")],
    "P025": [sources.read("no-such-file.yaml")],
}
"""What has no place in a small text file."""
FALLBACKS = {"P022"}
"""Every problem of these codes has a variant; the message without one is never said."""


def parts(text: str) -> dict[str, str]:
    """Take a gallery file apart."""
    head, *others = re.split(r"^# file: (.+)\n", text, flags=re.MULTILINE)
    return dict(zip(others[::2], others[1::2], strict=True)) if others else {"plan.yaml": head}


def gallery() -> dict[str, list[Source]]:
    files = {path.stem: parts(path.read_text(encoding="utf-8")) for path in sorted(GALLERY.glob("*.yaml"))}
    return {name: [Source(path, text) for path, text in texts.items()] for name, texts in files.items()} | GENERATED


def key_of(name: str) -> str:
    return name.replace("-", ".", 1)


def problems_of(texts: list[Source]) -> tuple[Problem, ...]:
    return check(loader.load(texts))


@pytest.mark.parametrize(("name", "texts"), gallery().items(), ids=gallery())
def test_a_problem_is_found_alone_and_put_into_words(name: str, texts: list[Source], golden: Callable[[str, str], None]) -> None:
    problems = problems_of(texts)
    assert {problem.message_key for problem in problems} == {key_of(name)}
    golden(f"../gallery/{name}.txt", "\n".join(findings.render_text(problems, lang) for lang in ("zh", "en")))


def test_every_code_is_in_the_gallery() -> None:
    assert {name.partition("-")[0] for name in gallery()} == set(severities())


def test_every_message_is_in_the_gallery() -> None:
    messages = {key for key in entries("findings") | entries("review") if not key.endswith((".hint", ".about"))}
    assert {key_of(name) for name in gallery()} == messages - FALLBACKS


def test_the_gallery_has_no_words_without_a_file() -> None:
    assert {path.stem for path in GALLERY.glob("*.txt")} == set(gallery())


# The examples of `planctl rules`

UNITS = """\
planctl: 1
units:
  - {name: 县司法局, aliases: [司法局]}
  - {name: 县法制办, to: 2019-03-31}
  - {name: 县教育局}
  - {name: 县市场监管局}
  - {name: 县应急管理局}
  - {name: 县政府办}
  - {name: 县委编办}
  - {name: 县委依法治县办}
groups:
  - {name: 各乡镇(街道)}
"""
PLAN_KEYS = {
    "planctl": "planctl: 1\n",
    "id": "id: demo\n",
    "title": "title: 示例县工作方案\n",
    "document": "document: {issued: 2022-01-01}\n",
    "period": "period: {start: 2021-01-01, end: 2025-12-31}\n",
    "tasks": "tasks: []\n",
}
BESIDE = {
    "P110": {"planctl.yaml": "planctl: 1\nrequire_basis: [stated, embedded, assigned]\n"},
    "P401": {"other.yaml": HEAD.replace("demo", "taken")},
}
"""What must stand beside the examples of a code."""


def wrapped(rule: Rule, text: str) -> dict[str, str]:
    """Give the files that an example stands for: a whole file, a list of tasks, or keys of a plan, of the units or of the settings."""
    files = {"units.yaml": UNITS, **BESIDE.get(rule.code, {})}
    if text.startswith(("units:", "groups:")):
        return {"units.yaml": f"planctl: 1\n{text}"}
    if text.startswith("waivers:"):
        # With something to waive.
        return {"planctl.yaml": f"planctl: 1\n{text}", "plan.yaml": HEAD.replace("[]", '[{id: "44", title: 甲}]')}
    if text.startswith("severity:"):
        return {"planctl.yaml": f"planctl: 1\n{text}"}
    if text.startswith(("planctl:", "title:")):
        return {**files, "plan.yaml": text}
    if text.startswith("- "):
        text = "tasks:\n" + re.sub(r"^(?=.)", "  ", text, flags=re.MULTILINE)
    given = set(re.findall(r"^(\w+):", text, flags=re.MULTILINE))
    return {**files, "plan.yaml": "".join(line for key, line in PLAN_KEYS.items() if key not in given) + text}


def codes_of(files: dict[str, str]) -> set[str]:
    return {problem.code for problem in problems_of([Source(path, text) for path, text in files.items()])}


ALSO = {
    "P110": {"P106"},
    "P405": {"P101"},
}
"""What else a bad example shows: a lead that is not named either, what the expired waiver waived."""
EXAMPLES = [rule for rule in rules() if not rule.bad.startswith("(")]


def test_only_what_has_no_text_has_no_example() -> None:
    assert {rule.code for rule in rules()} - {rule.code for rule in EXAMPLES} == {"P001", "P008", "P020", "P025"}


@pytest.mark.parametrize("rule", EXAMPLES, ids=lambda rule: rule.code)
def test_the_bad_example_of_a_rule_is_reported(rule: Rule) -> None:
    assert codes_of(wrapped(rule, rule.bad)) == {rule.code} | ALSO.get(rule.code, set())


@pytest.mark.parametrize("rule", list(rules()), ids=lambda rule: rule.code)
def test_the_good_example_of_a_rule_is_clean(rule: Rule) -> None:
    assert codes_of(wrapped(rule, rule.good)) == set()
