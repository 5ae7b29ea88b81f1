"""`planctl done`: that something is done; short for `planctl progress --state done`."""

from functools import partial

import typer

from planctl.cli import spoken
from planctl.cli.common import Command, PlanOption, State
from planctl.cli.recording import (
    DeadlineOption,
    DryRunOption,
    EvidenceOption,
    ForceOption,
    NoteOption,
    OnOption,
    PeriodOption,
    ReporterOption,
    TaskArgument,
    carry_out,
    check_going_on,
    completed,
    proofs,
    subject_of,
)
from planctl.model import State as TaskState
from planctl.recording.entries import Kind, in_task
from planctl.recording.filling import fill_progress

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command("done", cls=Command)
def done(
    ctx: typer.Context,
    task: TaskArgument,
    deadline: DeadlineOption = None,
    period: PeriodOption = None,
    unit: ReporterOption = None,
    note: NoteOption = None,
    evidence: EvidenceOption = None,
    on: OnOption = None,
    plan: PlanOption = None,
    force: ForceOption = None,
    dry_run: DryRunOption = False,
) -> None:
    """Record that something is done."""
    state: State = ctx.obj
    subject = subject_of(state, task, plan, on)
    in_spite = check_going_on(subject, force)
    given = {"on": subject.on.isoformat(), "state": TaskState.DONE.value, "deadline": deadline, "period": spoken.period(period)}
    found = completed(
        state,
        partial(fill_progress, subject),
        {**given, "unit": unit, "note": note, "evidence": proofs(state, subject.plan, evidence or ())},
        subject.task,
    )
    carry_out(state, in_task(Kind.PROGRESS, subject.plan, subject.task.id, found), force, dry_run=dry_run, in_spite=in_spite)
