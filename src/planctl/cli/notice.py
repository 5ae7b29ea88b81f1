"""`planctl notice`: one reminder for each unit that owes something."""

import os
import sys
from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated

import typer

from planctl.cli.common import AsOfOption, Command, PlanOption, RevOption, State, UnitOption, emit, emit_bytes, finish, warn
from planctl.dates import parse_day
from planctl.errors import CannotWriteError
from planctl.messages import say
from planctl.queries import Judge, Selection
from planctl.reports.notices import Level, Notice, index, notices
from planctl.word.preset import Preset

app = typer.Typer(rich_markup_mode=None, add_completion=False)
LONG = 10
"""Notices from which on writing them takes long enough to show how far it is."""


class Form(StrEnum):
    """How a notice is written."""

    DOCX = "docx"
    MD = "md"


@app.command("notice", cls=Command)
def notice(
    ctx: typer.Context,
    output: Annotated[str, typer.Option("--output", metavar="DIR", help="help.notice.output")],
    within: Annotated[str, typer.Option(metavar="15d", help="help.notice.within")] = "15d",
    level: Annotated[Level, typer.Option(metavar="催办|督办", help="help.notice.level")] = Level.REMIND,
    plan: PlanOption = None,
    unit: UnitOption = None,
    as_of: AsOfOption = None,
    rev: RevOption = None,
    form: Annotated[Form, typer.Option("--format", metavar="docx|md", help="help.option.format")] = Form.DOCX,
) -> None:
    """Write notices into a folder, with an index of who got what."""
    state: State = ctx.obj
    state.open(rev)
    judge = Judge(state.workspace, state.day(as_of))
    until = parse_day(within if within.startswith("+") else f"+{within}", judge.day)
    written = list(notices(judge, Selection(tuple(plan or ()), unit), until, level, state.template_folders))
    try:
        os.makedirs(output, exist_ok=True)
    except OSError as error:
        raise CannotWriteError(path=output, reason=error.strerror) from error
    look = Preset(**state.workspace.settings.document)
    for each in _watched(written, say("notice.writing", state.lang)):
        path = os.path.join(output, f"{each.file_name}.{form.value}")
        if form is Form.MD:
            emit(each.markdown, path)
        else:
            from planctl.word.document import render  # noqa: PLC0415 - python-docx is only needed here

            emit_bytes(render(each.markdown, look), path)
    emit(index(written, judge.day, f".{form.value}"), os.path.join(output, say("notice.index", "zh")))
    warn(say("notice.written", state.lang, {"count": len(written), "folder": output}))
    finish(state)


def _watched(written: list[Notice], label: str) -> Iterable[Notice]:
    """Show on a terminal how far long work has come."""
    if len(written) < LONG or not sys.stderr.isatty():
        return written
    from planctl import console  # noqa: PLC0415 - Rich is only worth its start on a terminal

    return console.track(written, label)
