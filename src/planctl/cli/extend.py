"""`planctl extend`: that a due date was moved by approval, or that this was asked for."""

from datetime import date
from functools import partial
from typing import Annotated

import typer

from planctl.cli import spoken
from planctl.cli.common import Command, PlanOption, State
from planctl.cli.recording import (
    DeadlineOption,
    DeciderOption,
    DryRunOption,
    ForceOption,
    PeriodOption,
    ReasonOption,
    TaskArgument,
    carry_out,
    check_going_on,
    completed,
    iso,
    question_day,
    question_decider,
    subject_of,
)
from planctl.recording.entries import Kind, in_task
from planctl.recording.filling import fill_extension

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command("extend", cls=Command)
def extend(
    ctx: typer.Context,
    task: TaskArgument,
    new: Annotated[str | None, typer.Option("--to", metavar="DATE", help="help.extend.to")] = None,
    old: Annotated[str | None, typer.Option("--from", metavar="DATE", help="help.extend.from")] = None,
    deadline: DeadlineOption = None,
    period: PeriodOption = None,
    requested: Annotated[str | None, typer.Option("--requested", metavar="DATE", help="help.extend.requested")] = None,
    approved: Annotated[str | None, typer.Option("--approved", metavar="DATE", help="help.extend.approved")] = None,
    by: DeciderOption = None,
    number: Annotated[str | None, typer.Option("--number", metavar="TEXT", help="help.extend.number")] = None,
    reason: ReasonOption = None,
    plan: PlanOption = None,
    force: ForceOption = None,
    dry_run: DryRunOption = False,
) -> None:
    """Record an extension."""
    state: State = ctx.obj
    # What was open then; today it may be done.
    subject = subject_of(state, task, plan, requested or approved)
    in_spite = check_going_on(subject, force)
    dates = {key: iso(state, day) for key, day in (("from", old), ("to", new), ("requested", requested), ("approved", approved))}
    given = {"deadline": deadline, "period": spoken.period(period), **dates, "by": by, "number": number, "reason": reason}
    found = completed(state, partial(fill_extension, subject), given, subject.task)
    question_decider(state, subject.plan, found.get("by"))
    question_day(state, "--to", date.fromisoformat(str(found["to"])))
    carry_out(state, in_task(Kind.EXTENSION, subject.plan, subject.task.id, found), force, dry_run=dry_run, in_spite=in_spite)
