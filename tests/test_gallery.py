"""One smallest file for each thing that can be wrong, with what is said of it; and the examples that `planctl rules` shows.

A file of the gallery is named after the code and its variant (`P102-nearest.yaml` is `P102.nearest`) and has nothing else wrong.
`# file: NAME` begins another file within it, `# base: NAME` one of the state that a change began from.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from conftest import TODAY, check
from planctl import loader, sources
from planctl.catalog import Rule, rules
from planctl.changes.comparison import compare
from planctl.checks import severities
from planctl.formats import findings
from planctl.messages import entries
from planctl.queries import Judge
from planctl.sources import MAX_BYTES, Source, Trouble, decode

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
    "P025-lfs": [decode("plan.yaml", b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n")],
    "P025-link": [Source("plan.yaml", "", Trouble("P025", {"target": "../plan.yaml"}, "link"))],
    "P025-submodule": [Source("plans/demo", "", Trouble("P025", {}, "submodule"))],
}
"""What has no place in a small text file."""
BASE = "base:"
FALLBACKS = {"P022"}
"""Every problem of these codes has a variant; the message without one is never said."""


def parts(text: str) -> dict[str, str]:
    """Take a gallery file apart; files of the base are named `base:NAME`."""
    head, *others = re.split(r"^# (?:file: |(base:) )(.+)\n", text, flags=re.MULTILINE)
    names = (f"{base or ''}{name}" for base, name in zip(others[::3], others[1::3], strict=True))
    return dict(zip(names, others[2::3], strict=True)) if others else {"plan.yaml": head}


def gallery() -> dict[str, list[Source]]:
    files = {path.stem: parts(path.read_text(encoding="utf-8")) for path in sorted(GALLERY.glob("*.yaml"))}
    return {name: [Source(path, text) for path, text in texts.items()] for name, texts in files.items()} | GENERATED


def key_of(name: str) -> str:
    return name.replace("-", ".", 1)


def problems_of(texts: list[Source]) -> tuple[Problem, ...]:
    base = [Source(text.path.removeprefix(BASE), text.text) for text in texts if text.path.startswith(BASE)]
    head = loader.load(text for text in texts if not text.path.startswith(BASE))
    changes = compare(loader.load(base), head, lambda workspace: Judge(workspace, TODAY)) if base else ()
    return check(head, changes=tuple(changes), unread=loader.load(base).problems)


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
PROVINCE = """\
planctl: 1
id: province
title: 示例省工作方案
period: {start: 2021-01-01, end: 2025-12-31}
document: {issued: 2022-01-01}
tasks:
  - id: "1"
    title: 公布权责清单
    lead: [省司法厅]
    deadlines:
      - {id: publish, what: 公布清单, due: 2023-12-31, quote: 2023年底前}
  - id: "2"
    title: 政府常务会议学法
    lead: [省司法厅]
    deadlines:
      - {id: study, what: 常务会议学法, every: year, at_least: 2, of: 次, quote: 每年不少于2次}
  - id: "3"
    title: 行政复议
    lead: [省司法厅]
    deadlines:
      - {id: rate, metric: 实质化解率, target: ">= 70 %", every: year, quote: 每年不低于70%}
  - {id: "4", title: 完善制度, lead: [省司法厅]}
  - id: "5"
    title: 试点工作
    lead: [省司法厅]
    cancelled: {on: 2023-06-30, by: 省政府, reason: 任务调整}
"""
PUBLISHED = '{"planctl": 1, "export": 1, "organisations": []}'
BESIDE = {
    "P026": {"upstream/示例省.json": PUBLISHED},
    "P110": {"planctl.yaml": "planctl: 1\nrequire_basis: [stated, embedded, assigned]\n"},
    "P401": {"other.yaml": HEAD.replace("demo", "taken")},
    **{
        f"P60{number}": {"省.yaml": PROVINCE, "units.yaml": "planctl: 1\nunits: [{name: 县司法局}, {name: 省司法厅}]\n"}
        for number in range(1, 8)
    },
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
    if text.startswith(("severity:", "upstream:")):
        return {**BESIDE.get(rule.code, {}), "planctl.yaml": f"planctl: 1\n{text}"}
    if text.startswith(("planctl:", "title:")):
        return {**files, "plan.yaml": text}
    if text.startswith("- "):
        text = "tasks:\n" + re.sub(r"^(?=.)", "  ", text, flags=re.MULTILINE)
    given = set(re.findall(r"^(\w+):", text, flags=re.MULTILINE))
    return {**files, "plan.yaml": "".join(line for key, line in PLAN_KEYS.items() if key not in given) + text}


def changed(rule: Rule, text: str) -> dict[str, str]:
    """Give the files of an example, with those that it changes."""
    before = {f"{BASE}{path}": text for path, text in wrapped(rule, rule.before).items()} if rule.before else {}
    return wrapped(rule, text) | before


def codes_of(files: dict[str, str]) -> set[str]:
    return {problem.code for problem in problems_of([Source(path, text) for path, text in files.items()])}


ALSO = {
    "P110": {"P106"},
    "P405": {"P101"},
    "P501": {"P203"},
}
"""What else a bad example shows: a lead that is not named either, what the expired waiver waived, the quote that says
another date."""
EXAMPLES = [rule for rule in rules() if not rule.bad.startswith("(")]


def test_only_what_has_no_text_has_no_example() -> None:
    assert {rule.code for rule in rules()} - {rule.code for rule in EXAMPLES} == {"P001", "P008", "P020", "P025", "P510"}


@pytest.mark.parametrize("rule", EXAMPLES, ids=lambda rule: rule.code)
def test_the_bad_example_of_a_rule_is_reported(rule: Rule) -> None:
    assert codes_of(changed(rule, rule.bad)) == {rule.code} | ALSO.get(rule.code, set())


@pytest.mark.parametrize("rule", list(rules()), ids=lambda rule: rule.code)
def test_the_good_example_of_a_rule_is_clean(rule: Rule) -> None:
    assert codes_of(changed(rule, rule.good)) == set()
