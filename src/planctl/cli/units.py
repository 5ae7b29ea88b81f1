"""`planctl units`: who owns what, directly and through a group."""

from typing import Annotated

import typer

from planctl import queries
from planctl.cli.common import (
    Command,
    Format,
    FormatOption,
    OutputOption,
    PlanOption,
    RevOption,
    State,
    complete,
    emit,
    emit_table,
    emit_tables,
    finish,
    unit_names,
)
from planctl.listings import units as listing

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command("units", cls=Command)
def units(
    ctx: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="help.units.name", autocompletion=complete(unit_names))] = None,
    plan: PlanOption = None,
    rev: RevOption = None,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
) -> None:
    """List units and what they own."""
    state: State = ctx.obj
    state.open(rev)
    found = list(listing.holdings(state.workspace, queries.chosen_plans(state.workspace, plan or ())))
    if name:
        queries.check_unit(state.workspace, name)
        found = [holding for holding in found if name in (holding.unit, *holding.aliases)]
    if form is Format.JSON:
        from planctl.formats import json_  # noqa: PLC0415 - only one format is ever needed

        emit(json_.render(map(listing.record, found)), output)
    elif name:
        emit_tables([listing.detail(holding, state.lang) for holding in found], form, output)
    else:
        emit_table(listing.table(found, state.lang), form, output)
    finish(state)
