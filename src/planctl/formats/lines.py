"""A problem in one line, as every text format prints it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.messages import hint_of, message_of

if TYPE_CHECKING:
    from planctl.problems import Problem


def said(problem: Problem, lang: str) -> str:
    """Say what is wrong, and the way out; Chinese sentences follow one another without a space."""
    return f"{message_of(problem, lang)}{'' if lang == 'zh' else ' '}{hint_of(problem, lang)}"


def line(problem: Problem, lang: str) -> str:
    """Write a problem in one line: place, severity, code, what is wrong, the way out."""
    # A file name and a quoted value may hold line breaks; the line may not.
    place = str(problem.location).replace("\n", "\\n").replace("\r", "\\r")
    return f"{place}: {problem.severity.value} {problem.code} {' '.join(said(problem, lang).splitlines())}"
