"""`planctl history`: what became of a task, by git."""

from typing import Annotated

import typer

from planctl import queries
from planctl.cli.common import (
    Command,
    Format,
    FormatOption,
    OutputOption,
    PlanOption,
    State,
    complete,
    emit,
    emit_table,
    finish,
    task_references,
    warn,
)
from planctl.errors import UnknownNameError
from planctl.git import find_repository
from planctl.history.chronicle import Chronicle, Now, chronicle
from planctl.history.lineage import Reference
from planctl.history.samples import inside
from planctl.listings import history as listing
from planctl.messages import say

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command("history", cls=Command)
def history(
    ctx: typer.Context,
    task: Annotated[str, typer.Argument(metavar="TASK", help="help.history.task", autocompletion=complete(task_references))],
    plan: PlanOption = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="help.history.since")] = None,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
) -> None:
    """Tell what became of a task."""
    state: State = ctx.obj
    first = state.day(since) if since else None
    found = _chronicle(state, task, tuple(plan or ()))
    steps = [step for step in found.steps if first is None or step.commit is None or step.commit.on >= first]
    if form is Format.JSON:
        from planctl.formats import json_  # noqa: PLC0415 - only one format is ever needed

        emit(json_.render(listing.record(step, state.lang) for step in steps), output)
    else:
        emit_table(listing.table(steps, state.lang, whole=form is Format.CSV), form, output)
    if not steps:
        warn(say("history.nothing", state.lang))
    if found.skipped:
        places = [f"{each.commit.id[:7]}:{each.path}" for each in found.skipped]
        warn(say("history.unreadable", state.lang, {"count": len(places), "all": places}))
    if found.is_cut_off:
        warn(say("history.shallow", state.lang))
    finish(state)


def _chronicle(state: State, name: str, plans: tuple[str, ...]) -> Chronicle:
    """Find the task, in the plans or, where it is named in full, in what git has kept of them."""
    try:
        of_plan, found = queries.find_task(state.workspace, name, plans)
    except UnknownNameError:
        reference = Reference(*name.partition("/")[::2])
        gone = chronicle(find_repository(state.folder), reference, Now(state.workspace, state.today)) if reference.task else Chronicle(())
        if not gone.steps:
            raise
        return gone
    repository = find_repository(of_plan.path)
    home = inside(repository, of_plan.path)[0]
    return chronicle(repository, Reference(of_plan.id, found.id), Now(state.workspace, state.today, home))
