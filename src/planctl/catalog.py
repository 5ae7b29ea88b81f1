"""The rules as `planctl rules` shows them: code, severity, meaning, message, way out, a good and a bad example."""

from __future__ import annotations

import inspect
import textwrap
from typing import TYPE_CHECKING, Any, NamedTuple

from planctl.checks import CHECKS, WAIVER_CHECKS, severities
from planctl.checks.reading import READING_EXAMPLES
from planctl.errors import UnknownNameError
from planctl.fields import nearest
from planctl.messages import Word, say
from planctl.problems import Severity
from planctl.sheets import codes
from planctl.tables import Column, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Rule(NamedTuple):
    """One code."""

    code: str
    severity: Severity
    purpose: str
    """In English, from the docstring of the check; empty for codes of reading."""
    good: str
    bad: str
    before: str = ""
    """What both examples change, for a code about a change."""

    @property
    def is_of_forms(self) -> bool:
        """Whether it is about a form that came back, and not about a plan."""
        return self.code in codes.EXAMPLES

    def about(self, lang: str) -> str:
        """Say what it means."""
        return say(f"form.{self.code}.about" if self.is_of_forms else f"{self.code}.about", lang)


def rules() -> Iterator[Rule]:
    """Go through the codes of plans."""
    functions: dict[str, object] = {check.code: check.run for check in CHECKS}
    for code, (_, function) in WAIVER_CHECKS.items():
        functions[code] = function
    for code, severity in severities().items():
        if code in functions:
            yield Rule(code, severity, *read_docstring(functions[code]))
        else:
            yield Rule(code, severity, "", *READING_EXAMPLES[code])


def form_rules() -> Iterator[Rule]:
    """Go through the codes of forms that came back."""
    for code, (good, bad) in codes.EXAMPLES.items():
        yield Rule(code, Severity.INFO if code in codes.NOTICES else Severity.ERROR, "", good, bad)


def all_rules() -> list[Rule]:
    """List every code that planctl says."""
    return [*rules(), *form_rules()]


def read_docstring(function: object) -> tuple[str, str, str, str]:
    """Take the docstring of a check apart: its purpose, the good and the bad example, and what both change."""
    text = inspect.getdoc(function) or ""
    head, _, examples = text.partition("\nGood:\n")
    purpose, _, before = head.rstrip().partition("\n\nBefore:\n")
    good, _, bad = examples.partition("\nBad:\n")
    return purpose, textwrap.dedent(good).rstrip() + "\n", textwrap.dedent(bad).rstrip() + "\n", textwrap.dedent(before)


def find_rule(code: str) -> Rule:
    """Find a rule by its code.

    Raises:
        UnknownNameError: there is none.
    """
    known = {rule.code: rule for rule in all_rules()}
    if code not in known:
        raise UnknownNameError(what=Word("word.code"), name=code, nearest=nearest(code, list(known)), list="planctl rules")
    return known[code]


def complete_codes(incomplete: str) -> list[str]:
    """Complete a code on the command line."""
    return [code for code in (*severities(), *codes.EXAMPLES) if code.startswith(incomplete)]


def record(rule: Rule, lang: str) -> dict[str, Any]:
    """Give a rule as a record."""
    examples = {"before": rule.before or None, "good": rule.good, "bad": rule.bad}
    return {"code": rule.code, "severity": rule.severity.value, "about": rule.about(lang), **examples}


def table(found: Sequence[Rule], lang: str) -> Table:
    """List rules for people."""
    columns = (
        Column(say("column.code", lang), wraps=False),
        Column(say("column.severity", lang), wraps=False),
        Column(say("column.about", lang)),
    )
    rows = tuple((rule.code, say(f"severity.{rule.severity.value}", lang), rule.about(lang)) for rule in found)
    return Table(columns, rows)


def explain(rule: Rule, lang: str) -> str:
    """Explain one rule in full."""
    severity = say(f"severity.{rule.severity.value}", lang)
    parts = [f"{rule.code}  {severity}  {rule.about(lang)}", *([rule.purpose] if rule.purpose and lang == "en" else [])]
    examples = (("rules.before", rule.before), ("rules.good", rule.good), ("rules.bad", rule.bad))
    for key, example in examples if rule.before else examples[1:]:
        parts.append("\n".join([say(key, lang), *(f"    {line}".rstrip() for line in example.splitlines())]))
    last = "rules.forms" if rule.is_of_forms else "rules.fixed" if rule.code in READING_EXAMPLES else "rules.settings"
    parts.append(say(last, lang, {"code": rule.code}))
    return "\n\n".join(parts) + "\n"
