"""The catalogue of messages: complete in both languages, used as it stands, and written in one way."""

from __future__ import annotations

import ast
import re
from functools import cache
from importlib import import_module
from pathlib import Path
from string import Formatter

import pytest

import planctl
from planctl.changes.records import Level
from planctl.checks import severities
from planctl.coverage.matrix import Uptake
from planctl.documents.records import NoteKind, RepairKind
from planctl.drafting.marks import Mark
from planctl.errors import PlanctlError
from planctl.exchange import register
from planctl.listings.upstream import SOURCELESS
from planctl.messages import Word, entries, entry, hint_of, message_of, say
from planctl.model import Basis, Cycle, Document, Kind, State
from planctl.problems import Location, Problem, Severity
from planctl.settings import Colour, Condition
from planctl.sheets.attendance import Presence
from planctl.sheets.codes import EXAMPLES as FORM_CODES
from planctl.sheets.mappings import Field
from planctl.sheets.records import Entry
from planctl.statuses import Status

SOURCES = Path(planctl.__file__).parent
PARTS = sorted(path.stem for path in (SOURCES / "messages").glob("*.py") if path.stem != "__init__")
CATALOGUE = {key: texts for part in PARTS for key, texts in entries(part).items()}
FINDINGS = entries("findings") | entries("review")
CYCLES = ("year", "half-year", "quarter", "month", "week", "day", "term")

# The keys that the code makes up, `{}` standing for what it puts in.
VALUES_OF_PATTERNS: dict[str, list[str]] = {
    "ask.{}": ["state", "deadline", "period", "unit", "plan", "id", "title", "lead", "by", "reason", "from", "to", "requested"],
    "basis.{}": [basis.value for basis in Basis],
    "{}.option": ["error.bad-date", "error.no-such-day"],
    "change.level.{}": [level.value for level in Level],
    "cycle.{}": list(CYCLES),
    "form.{}.about": list(FORM_CODES),
    "form.presence.{}": [presence.value for presence in Presence],
    "form.said.{}": [each.value for each in Entry if each is not Entry.ON],
    "intake.field.{}": [field.value for field in Field],
    "draft.basis.{}": [basis.value for basis in Basis],
    "draft.kind.{}": [kind.value for kind in Kind],
    "draft.mark.{}": [mark.value for mark in Mark],
    "kind.{}": ["unit", "group"],
    "log.{}": ["progress", "extensions", "events", "cancelled", "ended"],
    "record.{}": ["events", "cancelled", "ended", "tasks"],
    "light.{}": [colour.value for colour in Colour],
    "light.why.{}": [condition.value for condition in Condition],
    "note.{}": [kind.value for kind in NoteKind],
    "repair.{}": [kind.value for kind in RepairKind],
    "register.{}": list(register.COLUMNS),
    "severity.{}": [severity.value for severity in Severity if severity is not Severity.OFF],
    "span.{}": ["hour", "day", "working-day", "week", "month", "year"],
    "state.{}": [state.value for state in State],
    "status.{}": [status.value for status in Status],
    "unit.{}": [unit for unit in CYCLES if unit != "term"],
    "uptake.{}": [*(uptake.value for uptake in Uptake), SOURCELESS],
    "git-setup.{}": ["add", "change", "remove"],
    "wording.{}": [*(f"document.{key}" for key in Document._fields), "period", "ended", "note"],
    "word.{}": ["progress", "extensions", "events"],
    "{}.about": list(severities()),
}
NAMED_IN_THE_CODE = {
    *(
        "change.field.{}",
        "change.key.{}",
        "change.roll.{}",
        "column.{}",
        "days.{}",
        "doubt.{}",
        "form.{}",
        "intake.{}",
        "doubt.at.{}",
        "doubt.kind.{}",
        "draft.page.{}",
        "draft.page.family.{}",
        "draft.phrase.{}",
        "identity.{}",
        "deadline.{}",
        "entry.{}",
        "flag.{}",
        "help.{}",
        "help.{}.examples",
        "mark.{}",
        "page.chart.tone.{}",
        "page.column.{}",
    ),
    *(
        "ledger.{}",
        "page.{}",
        "report.chart.{}",
        "page.filter.{}",
        "page.theme.{}",
        "role.{}",
        "sheet.{}",
        "type.{}",
        "type.{}.example",
        "why.{}",
    ),
}
"""Of these the code names every value somewhere, as a string."""
FUNCTIONS = {"say", "_say", "Word", "entry"}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@cache
def trees() -> list[ast.Module]:
    """Parse all modules but the catalogue itself."""
    return [ast.parse(path.read_text(encoding="utf-8")) for path in SOURCES.rglob("*.py") if path.parent.name != "messages"]


@cache
def templates() -> str:
    return "".join(path.read_text(encoding="utf-8") for path in SOURCES.rglob("*.j2"))


def strings() -> set[str]:
    """List every string in the code and in the templates."""
    nodes = (node for tree in trees() for node in ast.walk(tree))
    found = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return found | set(re.findall(r"[\"']([\w.-]+)[\"']", templates()))


def spoken() -> list[ast.expr]:
    """List what stands as a key in a call of `say` and the like."""
    calls = (node for tree in trees() for node in ast.walk(tree) if isinstance(node, ast.Call))
    named = ((getattr(call.func, "id", None) or getattr(call.func, "attr", None), call) for call in calls)
    return [call.args[1 if name == "_say" else 0] for name, call in named if name in FUNCTIONS and call.args]


def patterns() -> set[str]:
    """List the keys that the code makes up."""
    made = (key for key in spoken() if isinstance(key, ast.JoinedStr))
    found = {"".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in key.values) for key in made}
    return found | {f"{prefix}{{}}" for prefix in re.findall(r"say\([\"']([\w.-]+\.)[\"'] ~", templates())}


# Complete


def test_every_entry_has_both_languages_and_the_same_arguments() -> None:
    empty = {key for key, texts in CATALOGUE.items() if not all(text.strip() for text in texts)}
    assert empty == set()
    different = {key for key, (chinese, english) in CATALOGUE.items() if placeholders(chinese) != placeholders(english)}
    assert different == {"day.of-year"}


def test_the_day_of_a_year_is_said_from_other_arguments_in_each_language() -> None:
    args = {"month": 3, "day": 1, "iso": "03-01"}
    assert [say("day.of-year", lang, args) for lang in ("zh", "en")] == ["3月1日", "03-01"]


def test_no_key_stands_in_two_parts_and_each_is_found_in_its_own() -> None:
    assert len(CATALOGUE) == sum(len(entries(part)) for part in PARTS)
    assert {key: entry(key) for key in CATALOGUE} == CATALOGUE


@pytest.mark.parametrize("code", severities())
def test_a_code_has_a_message_a_way_out_and_a_meaning(code: str) -> None:
    assert {code, f"{code}.hint", f"{code}.about"} <= CATALOGUE.keys()


def test_the_messages_of_problems_are_those_of_the_codes() -> None:
    assert {key.split(".")[0] for key in FINDINGS} == set(severities())


@pytest.mark.parametrize("code", severities())
def test_a_meaning_needs_no_arguments(code: str) -> None:
    assert placeholders("".join(CATALOGUE[f"{code}.about"])) == set()


def all_errors(base: type[PlanctlError]) -> list[type[PlanctlError]]:
    """List an error and those that are of its kind, wherever they are defined."""
    for path in SOURCES.rglob("errors.py"):
        import_module(".".join(path.relative_to(SOURCES.parent).with_suffix("").parts))
    return [base, *(error for child in base.__subclasses__() for error in all_errors(child))]


@pytest.mark.parametrize("error", all_errors(PlanctlError))
def test_an_error_has_an_entry_of_its_own(error: type[PlanctlError]) -> None:
    assert error.key in CATALOGUE
    assert "key" in vars(error)


# Used


def test_every_key_that_the_code_says_exists() -> None:
    said = {key.value for key in spoken() if isinstance(key, ast.Constant)}
    assert said - CATALOGUE.keys() == set()


def test_every_key_that_the_code_makes_up_is_of_a_known_pattern() -> None:
    assert patterns() - VALUES_OF_PATTERNS.keys() - NAMED_IN_THE_CODE == set()


@pytest.mark.parametrize("pattern", VALUES_OF_PATTERNS)
def test_every_value_of_a_pattern_has_an_entry(pattern: str) -> None:
    assert {pattern.format(value) for value in VALUES_OF_PATTERNS[pattern]} - CATALOGUE.keys() == set()


def test_every_type_of_value_has_a_name_and_an_example() -> None:
    calls = (
        node for tree in trees() for node in ast.walk(tree) if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Pattern"
    )
    names = {ast.literal_eval(call.args[0]) for call in calls}
    assert {key for name in names for key in (f"type.{name}", f"type.{name}.example")} - CATALOGUE.keys() == set()
    assert "cycle" in names


def is_used(key: str, said: set[str]) -> bool:
    """Tell whether the code names a key, or a pattern and the value that make it up."""
    if key in said or key.removesuffix(".hint") in said:
        return True
    made = {pattern.format(value) for pattern, values in VALUES_OF_PATTERNS.items() for value in values}
    if key in made:
        return True
    matches = (re.fullmatch(re.escape(pattern).replace(r"\{\}", "(.+)"), key) for pattern in NAMED_IN_THE_CODE)
    return any(match[1] in said for match in matches if match)


def test_no_entry_is_left_over() -> None:
    said = strings()
    kept = [key for key in CATALOGUE if key not in FINDINGS and not is_used(key, said)]
    assert kept == []


# Written in one way


FOREIGN_TO_CHINESE = re.compile(
    r"[,;?]"  # full-width, whatever they stand beside
    r"|[\u4e00-\u9fff“”〕][:!()]|[!()][\u4e00-\u9fff“”〔]"  # full-width beside Chinese; `due:` and `planctl: 1` are code
    r"|[，、。：；？！（）] | [，、。：；？！（）]|::|[\u4e00-\u9fff]\.$"
)
EXAMPLES = (".example", ".examples")
"""Entries that are code."""
CODE = ("键: 值", "八 (二十一)")
"""What is to be typed so, within Chinese texts."""
FOREIGN_TO_ENGLISH = re.compile(r"[\u4e00-\u9fff，。；（）？！]")


def test_chinese_punctuation_is_full_width() -> None:
    code = re.compile("|".join(map(re.escape, CODE)))
    texts = {key: code.sub("", chinese) for key, (chinese, _) in CATALOGUE.items() if not key.endswith(EXAMPLES)}
    assert {key: text for key, text in texts.items() if FOREIGN_TO_CHINESE.search(text)} == {}
    pairs = (("“", "”"), ("（", "）"), ("(", ")"))
    assert {key: text for key, text in texts.items() if any(text.count(left) != text.count(right) for left, right in pairs)} == {}


@pytest.mark.parametrize("code", CODE)
def test_what_is_to_be_typed_is_not_made_full_width(code: str) -> None:
    assert any(code in chinese for chinese, _ in CATALOGUE.values())


def test_english_has_no_chinese_but_in_quotes_and_in_the_examples_of_commands() -> None:
    texts = {key: re.sub(r"“[^”]*”", "", english) for key, (_, english) in CATALOGUE.items() if not key.startswith("help.")}
    assert {key: text for key, text in texts.items() if FOREIGN_TO_ENGLISH.search(text)} == {}


def test_what_is_wrong_and_the_way_out_are_sentences_and_the_meaning_is_not() -> None:
    ends = {key: (chinese[-1] in "。？", english[-1] in ".?") for key, (chinese, english) in FINDINGS.items()}
    assert ends == {key: (False, False) if key.endswith(".about") else (True, True) for key in ends}


# Put into words


@pytest.mark.parametrize(
    ("value", "chinese", "english"),
    [
        ("{x} %s \\N{BULLET}", "{x} %s \\N{BULLET}", "{x} %s \\N{BULLET}"),
        (["甲", "乙"], "甲、乙", "甲, 乙"),
        (("甲",), "甲", "甲"),
        ((), "", ""),
        (Word("type.date"), "日期", "a date"),
        ([Word("type.date"), "甲"], "日期、甲", "a date, 甲"),
        ("type.date", "type.date", "type.date"),
        (Cycle(2, "year"), "2 years", "2 years"),
        (Location("a.yaml", 3, 4), "a.yaml:3:4", "a.yaml:3:4"),
        (7, "7", "7"),
    ],
)
def test_an_argument_stays_the_users_text_unless_it_is_a_word(value: object, chinese: str, english: str) -> None:
    said = {lang: say("P013", lang, {"key": value}) for lang in ("zh", "en")}
    assert said == {"zh": f"缺少 {chinese}。", "en": f"{english} is missing."}


def test_an_unknown_key_is_a_defect_and_not_an_empty_text() -> None:
    with pytest.raises(KeyError):
        say("no.such.key", "zh")


def test_a_variant_has_a_message_of_its_own_and_the_hint_of_its_code_where_it_has_none() -> None:
    args = {"key": "suport", "nearest": "support", "known": "lead"}
    problem = Problem(Location("a.yaml"), "P011", Severity.ERROR, args, variant="nearest")
    assert (message_of(problem, "zh"), hint_of(problem, "zh")) == ("不认识的键 suport。", "是不是 support？")
    assert hint_of(problem._replace(variant=None), "en") == "Known here: lead."


def test_a_variant_without_a_hint_can_be_helped_by_that_of_its_code() -> None:
    """Which arguments a problem has is only known when it is found: the gallery puts each of them into words."""
    variants = {key for key in FINDINGS if re.fullmatch(r"P\d+\.[a-z]+", key)} - {
        f"{code}.{end}" for code in severities() for end in ("hint", "about")
    }
    assert {key for key in variants if f"{key}.hint" not in CATALOGUE} == set()
