"""`planctl rules`: what each code means."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

import planctl
from conftest import run
from planctl import catalog
from planctl.checks import severities

if TYPE_CHECKING:
    from collections.abc import Callable

ANYWHERE = Path(__file__).parent


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("form", ["table", "csv", "md"])
def test_the_list_in_each_format_and_language(form: str, lang: str, golden: Callable[[str, str], None]) -> None:
    done = run("rules", "--format", form, cwd=ANYWHERE, env={"PLANCTL_LANG": lang})
    golden(f"rules.{lang}.{form}", done.stdout)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("code", ["P101", "P002", "S104", "S301"])
def test_one_rule_in_full(code: str, lang: str, golden: Callable[[str, str], None]) -> None:
    golden(f"rules.{code}.{lang}.txt", run("rules", code, cwd=ANYWHERE, env={"PLANCTL_LANG": lang}).stdout)


def test_json_lists_every_code_with_its_severity() -> None:
    found = json.loads(run("rules", "--format", "json", cwd=ANYWHERE).stdout)
    of_plans = {each["code"]: each["severity"] for each in found if each["code"].startswith("P")}
    assert of_plans == {code: severity.value for code, severity in severities().items()}
    assert {tuple(each) for each in found} == {("code", "severity", "about", "before", "good", "bad")}


def test_every_code_that_is_said_is_explained() -> None:
    """Codes stand in the sources as words of their own, or at the beginning of the name of a message."""
    texts = [path.read_text(encoding="utf-8") for path in Path(planctl.__file__).parent.rglob("*.py")]
    said = {code for text in texts for code in re.findall(r"""["'](?:form\.)?([A-Z]\d{3})["'.]""", text)}
    found = {rule.code for rule in catalog.all_rules()}
    assert (said - found, len(found) > 100) == (set(), True)


def test_p101_is_the_missing_lead_and_an_error() -> None:
    [rule] = json.loads(run("rules", "P101", "--format", "json", cwd=ANYWHERE).stdout)
    assert (rule["code"], rule["severity"], rule["about"]) == ("P101", "error", "任务没有牵头单位")


def test_the_good_examples_are_yaml_as_they_are_printed() -> None:
    rules = json.loads(run("rules", "--format", "json", cwd=ANYWHERE).stdout)
    broken = []
    for rule in rules:
        try:
            yaml.safe_load(rule["good"])
        except yaml.YAMLError:
            broken.append(rule["code"])
    assert broken == []


def test_a_code_may_be_written_small() -> None:
    assert run("rules", "p101", cwd=ANYWHERE).stdout == run("rules", "P101", cwd=ANYWHERE).stdout


def test_an_unknown_code_ends_with_2_and_the_nearest() -> None:
    done = run("rules", "P1011", cwd=ANYWHERE)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", "没有名为“P1011”的代码。\n是不是“P101”？\n")
