"""`planctl upstream`: who took up which task of an upper plan; `planctl upstream confirm` records that somebody compared the two."""

import sys
from collections.abc import Mapping
from datetime import date
from typing import Annotated, NamedTuple

import typer

from planctl import queries
from planctl.cli.common import (
    AsOfOption,
    Command,
    Format,
    FormatOption,
    OutputOption,
    RevOption,
    State,
    complete,
    emit,
    emit_table,
    finish,
    plan_ids,
    warn,
)
from planctl.coverage import matrix
from planctl.coverage.errors import ConfirmUsageError, FutureError, UnsignedError
from planctl.coverage.links import Link, links
from planctl.errors import NoUpstreamError, UnknownNameError
from planctl.fields import nearest
from planctl.listings import upstream as listing
from planctl.messages import Word, say
from planctl.model import Plan

CONFIRM = "confirm"
app = typer.Typer(rich_markup_mode=None, add_completion=False)


class Signature(NamedTuple):
    """Who looked at links, and when."""

    on: date
    by: str


def _offered(ctx: typer.Context, incomplete: str) -> list[str]:
    offered = complete(lambda workspace: (plan.id for plan in matrix.upper_plans(workspace)))(ctx, incomplete)
    return [*(name for name in (CONFIRM,) if name.startswith(incomplete)), *offered]


@app.command("upstream", cls=Command)
def upstream(
    ctx: typer.Context,
    what: Annotated[str | None, typer.Argument(metavar="[PLAN|confirm]", help="help.upstream.what", autocompletion=_offered)] = None,
    tasks: Annotated[list[str] | None, typer.Argument(metavar="[TASK...]", help="help.upstream.tasks")] = None,
    plan: Annotated[
        list[str] | None, typer.Option("--plan", metavar="ID", help="help.upstream.plan", autocompletion=complete(plan_ids))
    ] = None,
    missing: Annotated[bool, typer.Option("--missing", help="help.upstream.missing")] = False,
    stale: Annotated[bool, typer.Option("--stale", help="help.upstream.stale")] = False,
    fail: Annotated[bool, typer.Option("--fail", help="help.upstream.fail")] = False,
    by: Annotated[str | None, typer.Option(metavar="NAME", help="help.upstream.by")] = None,
    on: Annotated[str | None, typer.Option(metavar="DATE", help="help.upstream.on")] = None,
    as_of: AsOfOption = None,
    rev: RevOption = None,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
) -> None:
    """Show what became of upper tasks, or confirm links."""
    state: State = ctx.obj
    shown = listing.Shown(missing, stale)
    if what == CONFIRM:
        _refuse({"--missing": missing, "--stale": stale, "--fail": fail, "--as-of": as_of, "--rev": rev, "--output": output}, apart=True)
        if not tasks:
            raise ConfirmUsageError(name=None, apart=False)
        _confirm(state, tasks, tuple(plan or ()), _sign(state, on, by))
        return
    _refuse({"TASK": tasks, "--by": by, "--on": on}, apart=False)
    state.open(rev)
    lower = queries.chosen_plans(state.workspace, plan) if plan else ()
    found = matrix.survey(state.workspace, _uppers(state, what), state.day(as_of), lower)
    _show(state, found, shown, form, output)
    counts = listing.summary(found)
    finish(state, found=fail and bool(counts["missing"] or counts["partly"] or counts["stale"]))


def _refuse(given: Mapping[str, object], *, apart: bool) -> None:
    """Refuse what does not go with `confirm`, or goes with nothing else.

    Raises:
        ConfirmUsageError: it is there.
    """
    for name, value in given.items():
        if value:
            raise ConfirmUsageError(name=name, apart=apart)


def _uppers(state: State, wanted: str | None) -> list[Plan]:
    """Give the upper plan of that id, or all.

    Raises:
        UnknownNameError: no plan that others link to has the id.
    """
    known = matrix.upper_plans(state.workspace)
    ids = [each.id for each in known]
    if wanted is None or wanted in ids:
        return [each for each in known if wanted in (None, each.id)]
    raise UnknownNameError(what=Word("word.plan"), name=wanted, nearest=nearest(wanted, ids), list="planctl upstream")


def _show(state: State, found: matrix.Matrix, shown: listing.Shown, form: Format, output: str | None) -> None:
    if form is Format.JSON:
        from planctl.formats import json_  # noqa: PLC0415 - only one format is ever needed

        emit(json_.render(listing.records(found, shown)), output)
        return
    emit_table(listing.table(found, shown, state.lang), form, output)
    warn(say("upstream.summary", state.lang, listing.summary(found)) if found.rows else say("upstream.none", state.lang))


def _sign(state: State, on: str | None, by: str | None) -> Signature:
    """Say who compared the two, and when; on a terminal who did is asked.

    Raises:
        FutureError: the day is still to come.
        UnsignedError: nobody is named.
    """
    day = state.day(on)
    if day > state.today:
        raise FutureError(on=day, today=state.today)
    if by is None and sys.stdin.isatty():
        by = input(say("upstream.who", state.lang))
    if not (by and by.strip()):
        raise UnsignedError
    return Signature(day, by.strip())


def _confirm(state: State, tasks: list[str], plans: tuple[str, ...], signature: Signature) -> None:
    """Record for each link of the tasks that it was looked at.

    Raises:
        NoUpstreamError: a task has no link.
    """
    from planctl.coverage.confirmations import confirm, is_recorded  # noqa: PLC0415 - only this writes

    chosen = [queries.find_task(state.workspace, name, plans) for name in dict.fromkeys(tasks)]
    found: dict[str, list[Link]] = {}
    for plan, task in chosen:
        of_task = list(links(state.workspace, [plan._replace(tasks=(task,))]))
        if not of_task:
            raise NoUpstreamError(task=f"{plan.id}/{task.id}")
        found.setdefault(plan.path, []).extend(of_task)
    for path, of_plan in found.items():
        news = [link for link in of_plan if not is_recorded(link, *signature)]
        if news:
            confirm(path, news, *signature)
        for link in of_plan:
            args = {"task": f"{link.plan.id}/{link.task.id}", "upper": link.reference, "on": signature.on}
            warn(say("upstream.confirmed" if link in news else "upstream.unchanged", state.lang, args))
    finish(state)
