"""`planctl tasks`: which tasks there are, who owns them, how they stand."""

from typing import Annotated

import typer

from planctl import queries
from planctl.cli.common import (
    AsOfOption,
    Command,
    Format,
    FormatOption,
    OutputOption,
    PlanOption,
    RevOption,
    State,
    UnitOption,
    emit,
    emit_table,
    finish,
    warn,
)
from planctl.listings import tasks as listing
from planctl.messages import say
from planctl.queries import Judge, Role, Selection
from planctl.statuses import Status

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command("tasks", cls=Command)
def tasks(
    ctx: typer.Context,
    plan: PlanOption = None,
    unit: UnitOption = None,
    role: Annotated[Role, typer.Option(metavar="lead|support|any", help="help.option.role")] = Role.ANY,
    status: Annotated[list[Status] | None, typer.Option(metavar="STATUS", help="help.tasks.status")] = None,
    section: Annotated[str | None, typer.Option(metavar="SECTION", help="help.tasks.section")] = None,
    text: Annotated[str | None, typer.Option(metavar="TEXT", help="help.tasks.text")] = None,
    as_of: AsOfOption = None,
    rev: RevOption = None,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
) -> None:
    """List tasks."""
    state: State = ctx.obj
    state.open(rev)
    judge = Judge(state.workspace, state.day(as_of))
    selected = queries.select(judge.workspace, Selection(tuple(plan or ()), unit, role, section, text))
    items = [listing.Item(of_plan, task, judge.status(of_plan, task)) for of_plan, task in selected]
    items = [item for item in items if not status or item.status in status]
    if form is Format.JSON:
        from planctl.formats import json_  # noqa: PLC0415 - only one format is ever needed

        emit(json_.render(listing.record(state.workspace, item) for item in items), output)
    else:
        emit_table(listing.table(state.workspace, items, state.lang), form, output)
        warn(say("tasks.summary", state.lang, {"count": len(items)}))
    finish(state)
