"""`planctl export`: the plans in a form for other programs: to be published, for a calendar, as a register."""

from __future__ import annotations

import os
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from planctl import queries
from planctl.cli.common import (
    AsOfOption,
    Command,
    Format,
    OutputOption,
    PlanOption,
    RevOption,
    State,
    UnitOption,
    emit,
    emit_bytes,
    emit_table,
    finish,
    refuse_suffix,
    warn,
)
from planctl.dates import parse_day
from planctl.errors import OptionOfFormatError
from planctl.messages import say

if TYPE_CHECKING:
    from planctl.exchange.extent import Extent

app = typer.Typer(rich_markup_mode=None, add_completion=False)


class Form(StrEnum):
    """What the plans become."""

    JSON = "json"
    ICS = "ics"
    CSV = "csv"
    XLSX = "xlsx"


DATED = (Form.ICS, Form.CSV, Form.XLSX)
FORMS_OF = {
    "--without-progress": (Form.JSON,),
    **dict.fromkeys(("--unit", "--before", "--after", "--as-of"), DATED),
    "--each": (Form.CSV, Form.XLSX),
    "--all": (Form.ICS,),
    "--todo": (Form.ICS,),
}
"""For which formats an option has a meaning, where not for all."""


@app.command("export", cls=Command)
def export(
    ctx: typer.Context,
    form: Annotated[Form, typer.Option("--format", metavar="json|ics|csv|xlsx", help="help.export.format")] = Form.JSON,
    plan: PlanOption = None,
    unit: UnitOption = None,
    before: Annotated[str | None, typer.Option(metavar="DATE", help="help.export.before")] = None,
    after: Annotated[str | None, typer.Option(metavar="DATE", help="help.export.after")] = None,
    as_of: AsOfOption = None,
    each: Annotated[bool, typer.Option("--each", help="help.export.each")] = False,
    everything: Annotated[bool, typer.Option("--all", help="help.export.all")] = False,
    todo: Annotated[bool, typer.Option("--todo", help="help.export.todo")] = False,
    without_progress: Annotated[bool, typer.Option("--without-progress", help="help.export.without-progress")] = False,
    rev: RevOption = None,
    output: OutputOption = None,
) -> None:
    """Publish plans, or write their dates and how they stand."""
    given = {"--unit": unit, "--before": before, "--after": after, "--as-of": as_of, "--each": each, "--all": everything, "--todo": todo}
    _check(form, {**given, "--without-progress": without_progress})
    refuse_suffix(output, (f".{form.value}",))
    state: State = ctx.obj
    state.open(rev)
    if form is Form.JSON:
        from planctl import publishing  # noqa: PLC0415 - only one format is ever needed

        plans = queries.chosen_plans(state.workspace, plan or ())
        emit(publishing.write(state.workspace, plans, progress=not without_progress), output)
        _tell(state, output)
        return
    from planctl.exchange import extent as asked  # noqa: PLC0415 - see above

    judge = queries.Judge(state.workspace, state.day(as_of))
    days = [parse_day(text, judge.day) if text else None for text in (after, before)]
    extent = asked.Extent(judge, queries.Selection(tuple(plan or ()), unit), *days)
    if form is Form.ICS:
        from planctl.exchange import calendar  # noqa: PLC0415 - see above

        root = os.path.dirname(os.path.abspath(state.folder))
        emit_bytes(calendar.write(extent, calendar.Manner(state.lang, root, todo=todo, everything=everything)), output or "-")
        _tell(state, output)
    else:
        _register(state, extent, form, each=each, output=output)
    finish(state)


def _check(form: Form, given: dict[str, object]) -> None:
    """See that the options have a meaning for the format."""
    for option, value in given.items():
        if value and form not in FORMS_OF[option]:
            raise OptionOfFormatError(option=option, format=form.value, known=[each.value for each in FORMS_OF[option]])


def _register(state: State, extent: Extent, form: Form, *, each: bool, output: str | None) -> None:
    from planctl.exchange import register  # noqa: PLC0415 - only one format is ever needed

    rows = register.rows(extent, state.lang, each=each)
    if form is Form.CSV:
        emit_table(register.table(rows, state.lang), Format.CSV, output)
        _tell(state, output)
        return
    from planctl.exchange import ledger  # noqa: PLC0415 - see above

    plans = queries.chosen_plans(state.workspace, extent.selection.plans)
    organisations = tuple(dict.fromkeys(map(state.workspace.organisation_of, plans)))
    about = ledger.About(state.lang, extent.judge.day, organisations, extent.selection.unit)
    path = output or ledger.file_name(about)
    emit_bytes(ledger.write(rows, about), path)
    _tell(state, path)


def _tell(state: State, output: str | None) -> None:
    """Say which file was written."""
    if output and output != "-" and os.path.isfile(output):
        warn(say("report.written", state.lang, {"path": os.path.normpath(output)}))
