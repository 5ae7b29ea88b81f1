"""`planctl export`: the plans in a form for other programs and other repositories."""

from enum import StrEnum
from typing import Annotated

import typer

from planctl import queries
from planctl.cli.common import Command, OutputOption, PlanOption, RevOption, State, emit

app = typer.Typer(rich_markup_mode=None, add_completion=False)


class Form(StrEnum):
    """What the plans become."""

    JSON = "json"


@app.command("export", cls=Command)
def export(
    ctx: typer.Context,
    plan: PlanOption = None,
    form: Annotated[Form, typer.Option("--format", metavar="json", help="help.export.format")] = Form.JSON,
    without_progress: Annotated[bool, typer.Option("--without-progress", help="help.export.without-progress")] = False,
    rev: RevOption = None,
    output: OutputOption = None,
) -> None:
    """Publish plans."""
    from planctl import publishing  # noqa: PLC0415 - only one format is ever needed

    del form
    state: State = ctx.obj
    state.open(rev)
    plans = queries.chosen_plans(state.workspace, plan or ())
    emit(publishing.write(state.workspace, plans, progress=not without_progress), output)
