"""`planctl cancel`: that a task was cancelled, or a plan ended."""

from typing import Annotated

import typer

from planctl import queries
from planctl.cli.common import Command, PlanOption, State, complete, plan_ids, task_references
from planctl.cli.recording import (
    DeciderOption,
    DryRunOption,
    ForceOption,
    OnOption,
    ReasonOption,
    carry_out,
    question_day,
    question_decider,
    required,
)
from planctl.errors import UnknownNameError
from planctl.model import Plan, Task
from planctl.recording.entries import Kind, in_plan, in_task
from planctl.recording.errors import AlreadyCancelledError
from planctl.workspace import Workspace

app = typer.Typer(rich_markup_mode=None, add_completion=False)


def _references(workspace: Workspace) -> list[str]:
    return [*task_references(workspace), *plan_ids(workspace)]


@app.command("cancel", cls=Command)
def cancel(
    ctx: typer.Context,
    what: Annotated[str, typer.Argument(metavar="TASK|PLAN", help="help.cancel.what", autocompletion=complete(_references))],
    by: DeciderOption = None,
    reason: ReasonOption = None,
    on: OnOption = None,
    plan: PlanOption = None,
    force: ForceOption = None,
    dry_run: DryRunOption = False,
) -> None:
    """Record that a task was cancelled or a plan ended."""
    state: State = ctx.obj
    of_plan, task = _find(state.workspace, what, tuple(plan or ()))
    if task.cancelled if task else of_plan.ended:
        raise AlreadyCancelledError(name=what)
    day = state.day(on)
    question_day(state, "--on", day, ahead=True)
    value = required(state, {"on": day.isoformat(), "by": by, "reason": reason}, "by", "reason")
    question_decider(state, of_plan, value["by"])
    found = in_task(Kind.CANCELLATION, of_plan, task.id, value) if task else in_plan(Kind.END, of_plan, value)
    carry_out(state, found, force, dry_run=dry_run)


def _find(workspace: Workspace, name: str, plans: tuple[str, ...]) -> tuple[Plan, Task | None]:
    """Find a task, or else a plan.

    Raises:
        UnknownNameError, AmbiguousTaskError: there is neither, or there are several tasks.
    """
    try:
        return queries.find_task(workspace, name, plans)
    except UnknownNameError:
        found = next((plan for plan in workspace.plans if plan.id == name), None)
        if found is None:
            raise
        return found, None
