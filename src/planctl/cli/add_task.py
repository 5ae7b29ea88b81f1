"""`planctl add-task`: a task that a plan did not have."""

import unicodedata
from typing import Annotated

import typer

from planctl import queries
from planctl.cli.common import Command, State, complete, plan_ids, task_references, unit_names
from planctl.cli.recording import DryRunOption, ForceOption, Given, NoteOption, carry_out, required
from planctl.errors import TakenIdError
from planctl.model import Basis, Plan
from planctl.recording.entries import Kind, in_plan

app = typer.Typer(rich_markup_mode=None, add_completion=False)
UNITS = complete(unit_names)


@app.command("add-task", cls=Command)
def add_task(
    ctx: typer.Context,
    plan: Annotated[str, typer.Argument(metavar="PLAN", help="help.add-task.plan", autocompletion=complete(plan_ids))],
    identity: Annotated[str | None, typer.Option("--id", metavar="ID", help="help.add-task.id")] = None,
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT", help="help.add-task.title")] = None,
    lead: Annotated[list[str] | None, typer.Option("--lead", metavar="NAME", help="help.add-task.lead", autocompletion=UNITS)] = None,
    support: Annotated[
        list[str] | None, typer.Option("--support", metavar="NAME", help="help.add-task.support", autocompletion=UNITS)
    ] = None,
    section: Annotated[list[str] | None, typer.Option("--section", metavar="TEXT", help="help.add-task.section")] = None,
    basis: Annotated[Basis | None, typer.Option("--basis", metavar="BASIS", help="help.add-task.basis")] = None,
    after: Annotated[
        str | None, typer.Option("--after", metavar="ID", help="help.add-task.after", autocompletion=complete(task_references))
    ] = None,
    note: NoteOption = None,
    force: ForceOption = None,
    dry_run: DryRunOption = False,
) -> None:
    """Add a task."""
    state: State = ctx.obj
    found = queries.only_plan(state.workspace, plan)
    _refuse_lookalike(found, identity)
    before = queries.find_task(state.workspace, after, (plan,))[1].id if after else None
    names: Given = {"section": list(section or ()), "lead": list(lead or ()), "support": list(support or ())}
    given: Given = {"id": identity, "title": title, **names, "basis": basis.value if basis else None, "note": note}
    value = required(state, given, "id", "title", "lead")
    carry_out(state, in_plan(Kind.TASK, found, value, before), force, dry_run=dry_run)


def _refuse_lookalike(plan: Plan, identity: str | None) -> None:
    """Refuse an id that looks like that of another task: ５ beside 5.

    Raises:
        TakenIdError: it does.
    """
    for task in plan.tasks:
        if identity and identity != task.id and _folded(identity) == _folded(task.id):
            raise TakenIdError(name=identity, other=f"{plan.id}/{task.id}")


def _folded(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())
