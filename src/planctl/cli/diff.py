"""`planctl diff`: what changed in meaning between two states of the plans, not which lines."""

import os
import sys
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from planctl import queries
from planctl.changes import RANK, Change, Level, compare
from planctl.changes.errors import EmptyStateError
from planctl.cli import language
from planctl.cli.common import (
    FOUND,
    UNABLE,
    AsOfOption,
    Command,
    OutputOption,
    PlanOption,
    State,
    UnitOption,
    emit,
    emit_bytes,
    warn,
)
from planctl.errors import (
    NoPlansFolderError,
    NoPlansInRevisionError,
    OptionOfFormatError,
    StagedHeadError,
    TerminalError,
    UnknownNameError,
)
from planctl.fields import nearest
from planctl.listings import changes as listing
from planctl.listings.changes import Shown
from planctl.listings.statements import Sides
from planctl.messages import Word, say
from planctl.queries import Judge
from planctl.revisions import Snapshot, day_of, open_revision, open_snapshot, read_range
from planctl.settings import Settings
from planctl.workspace import Workspace

if TYPE_CHECKING:
    from planctl.changes.remarks import Gap, Remark

INDEX = ":"
EMPTY = Workspace((), (), Settings())
"""What there was before the first plans."""
app = typer.Typer(rich_markup_mode=None, add_completion=False)


class Form(StrEnum):
    """How changes are written."""

    TEXT = "text"
    MD = "md"
    JSON = "json"
    GITHUB = "github"
    HTML = "html"


TABLE_FORMS = (Form.TEXT, Form.MD)
"""Forms that go with --report: left out it is a DOCX."""


class FailOn(StrEnum):
    """From which level on a change fails."""

    BREAKING = "breaking"
    NOTABLE = "notable"


class _Answer(NamedTuple):
    """The changes that are shown, and what is said of all of them."""

    changes: list[Change]
    sides: Sides
    summary: str
    names: tuple[str, str]
    lang: str
    gaps: "tuple[Gap, ...]" = ()

    def remarks(self, *, placed: bool = False) -> "list[Remark]":
        """Put the changes into words."""
        return list(listing.remarks(self.changes, self.sides, self.lang, placed=placed))


@app.command("diff", cls=Command)
def diff(
    ctx: typer.Context,
    base: Annotated[str | None, typer.Argument(metavar="[BASE]", help="help.diff.base")] = None,
    head: Annotated[str | None, typer.Argument(metavar="[HEAD]", help="help.diff.head")] = None,
    staged: Annotated[bool, typer.Option("--staged", help="help.diff.staged")] = False,
    plan: PlanOption = None,
    unit: UnitOption = None,
    level: Annotated[Level | None, typer.Option(metavar="breaking|notable|routine", help="help.diff.level")] = None,
    as_of: AsOfOption = None,
    form: Annotated[Form, typer.Option("--format", metavar="text|md|json|github|html", help="help.option.format")] = Form.TEXT,
    report: Annotated[bool, typer.Option("--report", help="help.diff.report")] = False,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="help.diff.exit-code")] = False,
    fail_on: Annotated[FailOn | None, typer.Option(metavar="breaking|notable", help="help.diff.fail-on")] = None,
    output: OutputOption = None,
) -> None:
    """Say what changed."""
    state: State = ctx.obj
    words = [each for each in (base, head) if each is not None]
    if report and form not in TABLE_FORMS:
        raise OptionOfFormatError(option="--report", format=form.value, known=[Form.MD.value])
    old, new = _open(state, words, staged=staged)
    lang = language.current(new.workspace.settings.language)
    day = state.day(as_of)
    sides = Sides(old.workspace, new.workspace)
    _check_names(sides, plan or (), unit)
    lowest = level or (Level.NOTABLE if report else Level.ROUTINE)
    found = list(compare(old.workspace, new.workspace, lambda workspace: Judge(workspace, day), _since(state, words, old, day)))
    chosen = listing.select(found, sides, Shown(tuple(plan or ()), unit))
    shown = listing.select(chosen, sides, Shown(lowest=lowest))
    names = (_name(old, lang), _name(new, lang))
    gaps = tuple(listing.gaps(sides, names, lang))
    answer = _Answer(shown, sides, _summary(old, chosen, shown, names, gaps, lang), names, lang, gaps)
    if report:
        _write_report(state, answer, (day, (_text_of(state, old, lang, day), _text_of(state, new, lang, day))), form, output)
    else:
        _write(answer, form, output)
    _finish(chosen, gaps, least=_least(fail_on, exit_code=exit_code))


def _open(state: State, words: Sequence[str], *, staged: bool) -> tuple[Snapshot, Snapshot]:
    """Load both states.

    Raises:
        EmptyStateError: a state is named by an empty text, as by a variable without a value.
        StagedHeadError: the index is asked for, and something else beside it.
    """
    if "" in words:
        raise EmptyStateError
    folder = _folder(state, words)
    old, new = read_range(words, folder)
    if staged and new:
        raise StagedHeadError(head=new)
    return _open_base(old, folder), open_snapshot(INDEX if staged else new, folder)


def _open_base(text: str, folder: str) -> Snapshot:
    """Load the state before. Where a commit has no plan anywhere it is the one before the first plans; what it had else is kept.

    Raises:
        NoPlansInRevisionError: its plans stood in another folder.
    """
    try:
        return open_snapshot(text, folder)
    except NoPlansInRevisionError as error:
        from planctl import git  # noqa: PLC0415 - only here

        repository = git.find_repository(folder)
        commit = git.resolve(repository, text.partition(":")[0])
        nothing = Snapshot(f"{text} ({commit[:7]})" if not commit.startswith(text) else commit[:7], EMPTY, commit)
        try:
            whole = open_revision(text, [os.path.relpath(repository.root)])
        except NoPlansInRevisionError:
            return nothing
        if whole.workspace.plans or error.args_of_message["elsewhere"] or ":" in text:
            raise error from None
        return nothing._replace(workspace=EMPTY.with_settings(whole.workspace.settings))


def _since(state: State, words: Sequence[str], old: Snapshot, today: date) -> date | None:
    """Say on or after which day what is new was recorded: today, if it follows the last commit, or else after the commit before."""
    return day_of(old, state.folder) if words and old.commit else today if not words else None


def _text_of(state: State, snapshot: Snapshot, lang: str, today: date) -> str:
    """Name a text for an official table: by its day, where it has one; what is not committed yet is of the day that is asked about."""
    from planctl.reports.periods import day_text  # noqa: PLC0415 - only --report needs it

    day = day_of(snapshot, state.folder) if snapshot.commit else today if isinstance(snapshot.name, Word) else None
    return f"{day_text(day)}的文本" if day else _name(snapshot, lang)


def _folder(state: State, words: Sequence[str]) -> str:
    """Give the folder of plans; two folders can be compared where there is none."""
    try:
        return state.folder
    except NoPlansFolderError:
        if len(words) == 2 and all(map(os.path.exists, words)):
            return os.curdir
        raise


def _name(snapshot: Snapshot, lang: str) -> str:
    return say(snapshot.name, lang) if isinstance(snapshot.name, Word) else snapshot.name


def _check_names(sides: Sides, plans: Sequence[str], unit: str | None) -> None:
    """See that plans and the unit are known in one state or the other.

    Raises:
        UnknownNameError: one is in neither.
    """
    known = [plan.id for workspace in (sides.old, sides.new) for plan in workspace.plans]
    for each in plans:
        if each not in known:
            raise UnknownNameError(what=Word("word.plan"), name=each, nearest=nearest(each, known), list="planctl tasks")
    if unit is None:
        return
    try:
        queries.check_unit(sides.old, unit)
    except UnknownNameError:
        queries.check_unit(sides.new, unit)


def _summary(old: Snapshot, chosen: list[Change], shown: list[Change], names: tuple[str, str], gaps: "Sequence[Gap]", lang: str) -> str:
    counts = listing.count(chosen)
    text = say("change.summary", lang, {"old": names[0], "new": names[1], "count": len(chosen), **counts}) if chosen else ""
    hidden = say("change.hidden", lang, {"count": len(chosen) - len(shown)}) if len(shown) < len(chosen) else ""
    unread = say("change.unread.count", lang, {"count": len(gaps)}) if gaps else ""
    nothing = say("change.unread.none" if gaps else "change.none", lang)
    first = say("change.empty", lang, {"old": names[0]}) if old.commit and not old.workspace.paths else ""
    return " ".join(part for part in (text or nothing, hidden, unread, first) if part)


def _write(answer: _Answer, form: Form, output: str | None) -> None:
    if form is Form.JSON:
        from planctl.formats import json_  # noqa: PLC0415 - only one format is ever needed

        records = [*map(listing.gap_record, answer.gaps), *map(listing.record, answer.remarks(placed=True))]
        emit(json_.render(records), output)
    elif form is Form.HTML:
        from planctl.page.review import render_review  # noqa: PLC0415 - see above

        emit(render_review(answer.remarks(placed=True), answer.lang, answer.summary, answer.gaps), output)
    else:
        from planctl.formats import reviews  # noqa: PLC0415 - see above

        render = reviews.RENDERERS[form.value]
        emit(render(answer.remarks(placed=form is Form.GITHUB), answer.lang, answer.summary, answer.gaps), output)
    if form is not Form.TEXT or answer.changes or answer.gaps:
        warn(answer.summary)


def _write_report(state: State, answer: _Answer, dated: tuple[date, tuple[str, str]], form: Form, output: str | None) -> None:
    """Write the 任务调整对照表.

    Raises:
        TerminalError: a DOCX would go to a terminal.
    """
    from planctl.reports import adjustments, environment  # noqa: PLC0415 - only --report needs it
    from planctl.word.document import render  # noqa: PLC0415 - see above
    from planctl.word.preset import Preset  # noqa: PLC0415 - see above

    day, texts = dated
    path = output or f"{adjustments.NAME}-{day}.{'md' if form is Form.MD else 'docx'}"
    is_text = form is Form.MD or path.endswith(".md")
    if path == "-" and not is_text and sys.stdout.isatty():
        raise TerminalError
    in_chinese = answer._replace(lang=adjustments.LANG)
    known = adjustments.facts(in_chinese.remarks(), answer.sides, day, adjustments.Texts(*answer.names, *texts))
    markdown = environment.render(adjustments.NAME, known, _templates(state))
    if is_text:
        emit(markdown, path)
    else:
        emit_bytes(render(markdown, Preset(**answer.sides.new.settings.document)), path)
    warn(answer.summary)
    if path != "-":
        warn(say("report.written", answer.lang, {"path": os.path.normpath(path)}))


def _templates(state: State) -> list[str]:
    try:
        return state.template_folders
    except NoPlansFolderError:
        return []


def _least(fail_on: FailOn | None, *, exit_code: bool) -> Level | None:
    """Give the lowest level that ends with exit code 1; nothing where none does."""
    return Level.ROUTINE if exit_code else Level(fail_on.value) if fail_on else None


def _finish(changes: Sequence[Change], gaps: "Sequence[Gap]", least: Level | None) -> None:
    """End with 2 and a word about it where something could not be compared, with 1 where a change is of the level that fails."""
    for gap in gaps:
        warn(gap.text)
    if gaps:
        raise typer.Exit(UNABLE)
    if least and any(RANK[change.level] <= RANK[least] for change in changes):
        raise typer.Exit(FOUND)
