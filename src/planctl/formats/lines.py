"""A problem in one line, as every text format prints it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planctl.messages import hint_of, message_of

if TYPE_CHECKING:
    from planctl.problems import Problem


def line(problem: Problem, lang: str) -> str:
    """Write a problem in one line: place, severity, code, what is wrong, the way out."""
    said = f"{message_of(problem, lang)}{'' if lang == 'zh' else ' '}{hint_of(problem, lang)}"
    return f"{problem.location}: {problem.severity.value} {problem.code} {said}"
