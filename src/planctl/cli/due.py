"""`planctl due`: what is due and not yet done."""

from datetime import date, timedelta
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
    complete,
    emit,
    emit_table,
    finish,
    task_references,
    warn,
)
from planctl.dates import parse_day
from planctl.listings import due as listing
from planctl.messages import say
from planctl.queries import Judge, Role, Selection, Span
from planctl.statuses import OPEN, Judged, Status

app = typer.Typer(rich_markup_mode=None, add_completion=False)
DEFAULT_DAYS = 30
"""How far `due` looks ahead when it is not told."""


@app.command("due", cls=Command)
def due(
    ctx: typer.Context,
    before: Annotated[str | None, typer.Option(metavar="DATE", help="help.due.before")] = None,
    after: Annotated[str | None, typer.Option(metavar="DATE", help="help.due.after")] = None,
    within: Annotated[str | None, typer.Option(metavar="30d", help="help.due.within")] = None,
    overdue: Annotated[bool, typer.Option("--overdue", help="help.due.overdue")] = False,
    awaiting: Annotated[bool, typer.Option("--awaiting", help="help.due.awaiting")] = False,
    everything: Annotated[bool, typer.Option("--all", help="help.due.all")] = False,
    each: Annotated[bool, typer.Option("--each", help="help.due.each")] = False,
    task: Annotated[
        list[str] | None, typer.Option("--task", metavar="TASK", help="help.due.task", autocompletion=complete(task_references))
    ] = None,
    plan: PlanOption = None,
    unit: UnitOption = None,
    role: Annotated[Role, typer.Option(metavar="lead|support|any", help="help.option.role")] = Role.ANY,
    as_of: AsOfOption = None,
    rev: RevOption = None,
    explain: Annotated[bool, typer.Option("--explain", help="help.due.explain")] = False,
    fail: Annotated[bool, typer.Option("--fail", help="help.due.fail")] = False,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
) -> None:
    """List what is due on or before a day and not yet done."""
    state: State = ctx.obj
    state.open(rev)
    judge = Judge(state.workspace, state.day(as_of))
    span = _span(judge, before=before, after=after, within=within, overdue=overdue)
    tasks = queries.select(judge.workspace, Selection(tuple(plan or ()), unit, role))
    if task:
        wanted = [queries.find_task(judge.workspace, reference, tuple(plan or ())) for reference in task]
        tasks = ((of_plan, found) for of_plan, found in tasks if any(found is each for _, each in wanted))
    found = queries.due(judge, tasks, span, _wanted(overdue=overdue, awaiting=awaiting, everything=everything), unit)
    if form is Format.JSON:
        from planctl.formats import json_  # noqa: PLC0415 - only one format is ever needed

        emit(json_.render(listing.record(state.workspace, judged) for judged in found), output)
    elif explain:
        emit(_explanation(state, found), output)
    else:
        rows = [listing.Row(judged) for judged in found] if each or form is Format.CSV else listing.collapse(found)
        emit_table(listing.table(state.workspace, rows, state.lang), form, output)
        late = sum(judged.status is Status.OVERDUE for judged in found)
        warn(say("due.summary", state.lang, {"rows": len(rows), "count": len(found), "overdue": late, "day": judge.day}))
    finish(state, found=fail and bool(found))


def _span(judge: Judge, *, before: str | None, after: str | None, within: str | None, overdue: bool) -> Span:
    """Say which due dates are asked for; days are counted from the day of the question."""
    start = parse_day(after, judge.day) if after else None
    if within:
        return Span(start or judge.day - timedelta(days=1), _end_of(within, judge))
    if before:
        return Span(start, parse_day(before, judge.day))
    if overdue:
        return Span(start, judge.day)
    return Span(start, max(start or judge.day, judge.day) + timedelta(days=DEFAULT_DAYS))


def _end_of(within: str, judge: Judge) -> date:
    """Read a length of time such as `30d`, counted from the day of the question."""
    return parse_day(within if within.startswith("+") else f"+{within}", judge.day)


def _wanted(*, overdue: bool, awaiting: bool, everything: bool) -> frozenset[Status]:
    if overdue:
        return frozenset({Status.OVERDUE})
    wanted = frozenset(Status) if everything else OPEN
    return wanted if awaiting or everything else wanted - {Status.AWAITING_EVENT}


def _explanation(state: State, found: list[Judged]) -> str:
    from planctl.listings.explanations import explain  # noqa: PLC0415 - only --explain needs it

    blocks = []
    for judged in found:
        name = f"{judged.occurrence.plan.id}/{judged.occurrence.id}"
        head = "  ".join((name, listing.due_text(judged), listing.status_text(judged, state.lang)))
        blocks.append("".join([f"{head}\n", *(f"    {line}\n" for line in explain(state.workspace, judged, state.lang))]))
    return "\n".join(blocks)
