"""`planctl log`: what was recorded, the newest first."""

from typing import Annotated

import typer

from planctl.cli.common import (
    Command,
    Format,
    FormatOption,
    OutputOption,
    PlanOption,
    RevOption,
    State,
    UnitOption,
    complete,
    emit,
    emit_table,
    finish,
    task_references,
    warn,
)
from planctl.listings import log as listing
from planctl.messages import say

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command("log", cls=Command)
def log(
    ctx: typer.Context,
    plan: PlanOption = None,
    task: Annotated[
        str | None, typer.Option("--task", metavar="TASK", help="help.log.task", autocompletion=complete(task_references))
    ] = None,
    unit: UnitOption = None,
    since: Annotated[str | None, typer.Option("--since", metavar="DATE", help="help.log.since")] = None,
    rev: RevOption = None,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
) -> None:
    """List what was recorded."""
    state: State = ctx.obj
    state.open(rev)
    first = state.day(since) if since else None
    found = listing.lines(state.workspace, listing.Shown(tuple(plan or ()), task, unit, first))
    if form is Format.JSON:
        from planctl.formats import json_  # noqa: PLC0415 - only one format is ever needed

        emit(json_.render(map(listing.record, found)), output)
    else:
        emit_table(listing.table(found, state.lang), form, output)
        warn(say("log.summary", state.lang, {"count": len(found)}))
    finish(state)
