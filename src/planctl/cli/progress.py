"""`planctl progress`: what was done in a task."""

from functools import partial
from typing import Annotated

import typer

from planctl.cli import spoken
from planctl.cli.common import Command, PlanOption, State
from planctl.cli.recording import (
    CountOption,
    DeadlineOption,
    DryRunOption,
    EvidenceOption,
    ForceOption,
    NoteOption,
    OnOption,
    PercentOption,
    PeriodOption,
    ReporterOption,
    TaskArgument,
    ValueOption,
    carry_out,
    check_going_on,
    completed,
    proofs,
    subject_of,
)
from planctl.model import State as TaskState
from planctl.recording.entries import Kind, in_task
from planctl.recording.filling import fill_progress

STATES = "|".join(state.value for state in TaskState)
app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command("progress", cls=Command)
def progress(
    ctx: typer.Context,
    task: TaskArgument,
    task_state: Annotated[TaskState | None, typer.Option("--state", metavar="STATE", help="help.progress.state")] = None,
    deadline: DeadlineOption = None,
    period: PeriodOption = None,
    unit: ReporterOption = None,
    note: NoteOption = None,
    percent: PercentOption = None,
    count: CountOption = None,
    value: ValueOption = None,
    evidence: EvidenceOption = None,
    on: OnOption = None,
    plan: PlanOption = None,
    force: ForceOption = None,
    dry_run: DryRunOption = False,
) -> None:
    """Record progress."""
    state: State = ctx.obj
    subject = subject_of(state, task, plan, on)
    in_spite = check_going_on(subject, force)
    given = {
        "on": subject.on.isoformat(),
        "state": task_state.value if task_state else None,
        "deadline": deadline,
        "period": spoken.period(period),
    }
    shares = {"percent": spoken.figure(percent, of_percent=True), "count": spoken.figure(count), "value": spoken.figure(value)}
    found = completed(
        state,
        partial(fill_progress, subject),
        {**given, "unit": unit, "note": note, **shares, "evidence": proofs(state, subject.plan, evidence or ())},
        subject.task,
    )
    carry_out(state, in_task(Kind.PROGRESS, subject.plan, subject.task.id, found), force, dry_run=dry_run, in_spite=in_spite)
