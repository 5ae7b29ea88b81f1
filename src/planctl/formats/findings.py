"""Problems as text for people and as JSON; `planctl.formats.ci` writes them for machines that build."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from planctl.formats import json_
from planctl.formats.lines import line
from planctl.messages import hint_of, message_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from planctl.problems import Problem


def render_text(problems: Sequence[Problem], lang: str) -> str:
    """A line a problem."""
    return "".join(f"{line(problem, lang)}\n" for problem in problems)


def record(problem: Problem, lang: str) -> dict[str, Any]:
    """Give a problem as the record of `planctl validate --format json`."""
    return {
        "file": problem.location.path,
        "line": problem.location.line,
        "column": problem.location.column,
        "code": problem.code,
        "severity": problem.severity.value,
        "message": message_of(problem, lang),
        "hint": hint_of(problem, lang),
        "plan": problem.plan,
        "task": problem.task,
        "fingerprint": problem.fingerprint,
    }


def render_json(problems: Sequence[Problem], lang: str) -> str:
    """An array of records."""
    return json_.render(record(problem, lang) for problem in problems)


def render_for_ci(form: str, problems: Sequence[Problem], lang: str) -> str:
    """As GitHub, GitLab or JUnit want to read them."""
    from planctl.formats import ci  # noqa: PLC0415 - XML and digests are of no use to people

    return ci.RENDERERS[form](problems, lang)


RENDERERS: dict[str, Callable[[Sequence[Problem], str], str]] = {
    "text": render_text,
    "json": render_json,
    **{form: partial(render_for_ci, form) for form in ("github", "gitlab", "junit")},
}
"""The renderer of each `--format` of `planctl validate`."""
