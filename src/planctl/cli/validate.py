"""`planctl validate`: checks everything, and fails when something is wrong."""

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from planctl import checks
from planctl.checks import evidence
from planctl.checks.base import Context
from planctl.cli.common import FOUND, AsOfOption, Command, OutputOption, RevOption, State, emit, warn
from planctl.errors import UnknownNameError, WholeFolderError
from planctl.formats import findings
from planctl.messages import Word, say
from planctl.problems import Severity
from planctl.queries import rules_of

if TYPE_CHECKING:
    from planctl.gate import Review

INDEX = ":"
"""The revision that is the next commit."""
app = typer.Typer(rich_markup_mode=None, add_completion=False)


class Report(StrEnum):
    """How problems are written."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    GITLAB = "gitlab"
    JUNIT = "junit"


class Level(StrEnum):
    """From which severity on problems are shown."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@app.command("validate", cls=Command)
def validate(
    ctx: typer.Context,
    paths: Annotated[list[str] | None, typer.Argument(metavar="[PATH...]", help="help.validate.paths")] = None,
    only: Annotated[list[str] | None, typer.Option(metavar="CODE", help="help.validate.only")] = None,
    skip: Annotated[list[str] | None, typer.Option(metavar="CODE", help="help.validate.skip")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="help.validate.strict")] = False,
    level: Annotated[Level | None, typer.Option(metavar="error|warning|info", help="help.validate.level")] = None,
    as_of: AsOfOption = None,
    rev: RevOption = None,
    staged: Annotated[bool, typer.Option("--staged", help="help.option.staged")] = False,
    against: Annotated[str | None, typer.Option("--against", metavar="REV", help="help.validate.against")] = None,
    form: Annotated[Report, typer.Option("--format", metavar="text|json|github|gitlab|junit", help="help.validate.format")] = Report.TEXT,
    output: OutputOption = None,
) -> None:
    """Check plans."""
    state: State = ctx.obj
    chosen, left_out = _codes(only), _codes(skip)
    if against is not None and paths:
        raise WholeFolderError
    rev = INDEX if staged else rev
    state.open(rev, paths)
    workspace = state.load(paths) if paths and rev is None else state.workspace
    lowest = Severity(level.value) if level else Severity.INFO if form is Report.JSON else Severity.WARNING
    day = state.day(as_of)
    reviewed = None if against is None else _review(state, against, rev, day)
    context = Context(workspace, day, rules_of(workspace.settings))
    if reviewed:
        judged = workspace.with_settings(reviewed.settings)
        context = context._replace(workspace=judged, changes=reviewed.changes, unread=reviewed.unread)
    if rev is not None:
        from planctl.revisions.proofs import digests  # noqa: PLC0415 - only revisions need it

        # The files of another revision are not on the disk.
        context = context._replace(digest_of=digests(rev, evidence.files_of(workspace), paths[0] if paths else state.folder).get)
    found = checks.run(context, chosen, left_out, lowest, whole=not paths)
    emit(findings.RENDERERS[form.value](found.problems, state.lang), output)
    _summarise(state, found, plans=len(workspace.plans))
    if found.counts[Severity.ERROR] or (strict and found.counts[Severity.WARNING]):
        raise typer.Exit(FOUND)


def _review(state: State, against: str, rev: str | None, day: date) -> "Review | None":
    """Tell what the plans do to those of a revision."""
    from planctl.gate import review  # noqa: PLC0415 - only --against needs it
    from planctl.queries import Judge  # noqa: PLC0415 - see above

    ours = "HEAD" if rev in (None, INDEX) else rev
    found = review(state.workspace, state.folder, against, str(ours), lambda workspace: Judge(workspace, day))
    if found is None:
        # The change that brings the first plans: there is nothing that it could have done to them.
        warn(say("validate.first", state.lang, {"revision": against}))
    return found


def _codes(given: list[str] | None) -> list[str]:
    """Read codes, separated by commas or given one by one; a beginning such as P1 stands for all that begin so.

    Raises:
        UnknownNameError: there is no such code.
    """
    codes = [code.strip().upper() for each in given or () for code in each.split(",") if code.strip()]
    known = checks.severities()
    for code in codes:
        if not any(each.startswith(code) for each in known):
            raise UnknownNameError(what=Word("word.code"), name=code, nearest=None, list="planctl rules")
    return codes


def _summarise(state: State, found: checks.Outcome, *, plans: int) -> None:
    counts = {severity.value: found.counts[severity] for severity in (Severity.ERROR, Severity.WARNING, Severity.INFO)}
    warn(say("validate.summary", state.lang, {**counts, "plans": plans}))
    hidden = sum(counts.values()) - len(found.problems)
    if hidden:
        warn(say("validate.hidden", state.lang, {"count": hidden}))
