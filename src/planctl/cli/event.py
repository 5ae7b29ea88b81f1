"""`planctl event`: that something happened which starts a clock."""

from typing import Annotated

import typer

from planctl import queries
from planctl.cli.common import Command, PlanOption, State, complete, task_references, warn
from planctl.cli.recording import DryRunOption, ForceOption, OnOption, carry_out, completed, question_day
from planctl.errors import UnknownNameError
from planctl.fields import nearest
from planctl.messages import Word, say
from planctl.model import Plan
from planctl.recording.entries import Kind, in_plan
from planctl.recording.filling import Filled, Gap, awaiting, event_names, said

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command("event", cls=Command)
def event(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="help.event.name", autocompletion=complete(event_names))],
    on: OnOption = None,
    at: Annotated[str | None, typer.Option("--at", metavar="TIME", help="help.event.at")] = None,
    ref: Annotated[str | None, typer.Option("--ref", metavar="TEXT", help="help.event.ref")] = None,
    tasks: Annotated[
        list[str] | None, typer.Option("--task", metavar="TASK", help="help.event.task", autocompletion=complete(task_references))
    ] = None,
    plan: PlanOption = None,
    force: ForceOption = None,
    dry_run: DryRunOption = False,
) -> None:
    """Record an event."""
    state: State = ctx.obj
    chosen = [queries.find_task(state.workspace, each, tuple(plan or ())) for each in tasks or ()]
    day = state.day(on)
    found = _plan(state, name, list(dict.fromkeys([*(plan or ()), *(each.id for each, _ in chosen)])), [task.id for _, task in chosen])
    question_day(state, "--on", day)
    if found.period.end and day > found.period.end:
        warn(say("doubtful.after-end", state.lang, {"day": day, "end": found.period.end}))
    # What is known beforehand is recorded today and happens later.
    recorded = state.today.isoformat() if day > state.today else None
    ids = [task.id for _, task in chosen]
    value = said({"on": day.isoformat(), "recorded": recorded, "at": at, "name": name, "ref": ref, "tasks": list(ids)})
    carry_out(state, in_plan(Kind.EVENT, found, value), force, dry_run=dry_run)


def _plan(state: State, name: str, named: list[str], tasks: list[str]) -> Plan:
    """Find the plan of an event: the one that is named, or the only one that waits for it.

    Raises:
        UnknownNameError: nobody waits for an event of this name.
        MissingOptionsError: several plans do.
    """
    waiting = list(dict.fromkeys(each.id for each in awaiting(state.workspace, name, tasks)))
    if not named and not waiting:
        names = event_names(state.workspace)
        raise UnknownNameError(what=Word("word.events"), name=name, nearest=nearest(name, names), list="planctl due --awaiting")

    def fill(known: object) -> Filled:
        found = [known["plan"]] if isinstance(known, dict) and known.get("plan") else named or waiting
        told = ("plan",) if not named and len(waiting) == 1 else ()
        return Filled({"plan": str(found[0])}, told, () if len(found) == 1 else (Gap("--plan", tuple(map(str, found))),))

    chosen = completed(state, fill, {})
    return queries.only_plan(state.workspace, str(chosen["plan"]))
