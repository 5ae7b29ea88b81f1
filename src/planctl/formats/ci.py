"""Problems for machines that build: annotations of GitHub Actions, GitLab code quality reports, JUnit reports."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from planctl.formats import json_
from planctl.formats.lines import line, said
from planctl.messages import message_of
from planctl.problems import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from planctl.problems import Problem

GITHUB_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
GITLAB_LEVELS = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render_github(problems: Sequence[Problem], lang: str) -> str:
    """Workflow commands of GitHub Actions, which become annotations of the lines."""
    return "".join(_github(problem, lang) for problem in problems)


def _github(problem: Problem, lang: str) -> str:
    path, row, column = problem.location
    place = f"file={escape_property(path)},line={row},col={column},title={escape_property(problem.code)}"
    return f"::{GITHUB_LEVELS[problem.severity]} {place}::{problem.code} {escape_data(said(problem, lang))}\n"


def escape_data(text: str) -> str:
    """Escape the text of a workflow command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def escape_property(text: str) -> str:
    """Escape a property of a workflow command, such as the name of a file."""
    return escape_data(text).replace(":", "%3A").replace(",", "%2C")


def render_gitlab(problems: Sequence[Problem], lang: str) -> str:
    """A GitLab code quality report. The fingerprint leaves out the line, so that a problem stays the same when text above it moves."""
    seen: Counter[str] = Counter()
    return json_.render_one([_gitlab(problem, lang, seen) for problem in problems])


def _gitlab(problem: Problem, lang: str, seen: Counter[str]) -> dict[str, Any]:
    args = {key: str(value) for key, value in problem.args.items() if key not in ("line", "first", "other")}
    identity = json.dumps([problem.code, problem.location.path, problem.plan, problem.task, args], ensure_ascii=False, sort_keys=True)
    seen[identity] += 1
    return {
        "description": said(problem, lang),
        "check_name": problem.code,
        "fingerprint": hashlib.sha256(f"{identity}{seen[identity]}".encode(errors="backslashreplace")).hexdigest(),
        "severity": GITLAB_LEVELS[problem.severity],
        "location": {"path": problem.location.path, "lines": {"begin": problem.location.line}},
    }


def render_junit(problems: Sequence[Problem], lang: str) -> str:
    """A JUnit report: a case a problem, of which errors and warnings fail; one passing case where there is none."""
    failing = [problem for problem in problems if problem.severity is not Severity.INFO]
    cases = "".join(_junit(problem, lang) for problem in problems) or '  <testcase classname="planctl" name="validate"/>\n'
    count = max(len(problems), 1)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<testsuites>\n<testsuite name="planctl" tests="{count}" failures="{len(failing)}" errors="0" skipped="0">\n'
        f"{cases}</testsuite>\n</testsuites>\n"
    )


def _junit(problem: Problem, lang: str) -> str:
    name = quoteattr(f"{problem.code} {problem.location}")
    path = quoteattr(problem.location.path)
    head = f'  <testcase classname={path} name={name} file={path} line="{problem.location.line}"'
    if problem.severity is Severity.INFO:
        return f"{head}><system-out>{escape(line(problem, lang))}</system-out></testcase>\n"
    opening = f'<failure type="{problem.severity.value}" message={quoteattr(message_of(problem, lang))}>'
    return f"{head}>{opening}{escape(line(problem, lang))}</failure></testcase>\n"


RENDERERS: dict[str, Callable[[Sequence[Problem], str], str]] = {
    "github": render_github,
    "gitlab": render_gitlab,
    "junit": render_junit,
}
"""The renderer of each format."""
