"""`planctl verify`: whether what a plan says still stands in its document."""

import os
from typing import TYPE_CHECKING, Annotated

import typer

from planctl.cli.common import Command, Format, FormatOption, OutputOption, State, complete, emit, emit_table, finish, plan_ids, warn
from planctl.errors import NoPlanInFileError, UnknownNameError
from planctl.fields import nearest
from planctl.listings import verification as listing
from planctl.messages import Word
from planctl.verification.comparison import take_in, verify

if TYPE_CHECKING:
    from planctl.model import Plan

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command("verify", cls=Command)
def verify_(
    ctx: typer.Context,
    plan: Annotated[str, typer.Argument(metavar="PLAN", help="help.verify.plan", autocompletion=complete(plan_ids))],
    document: Annotated[str, typer.Argument(metavar="DOCUMENT", help="help.verify.document")],
    previous: Annotated[str | None, typer.Option("--previous", metavar="DOCUMENT", help="help.verify.previous")] = None,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
) -> None:
    """Compare a plan with its document."""
    state: State = ctx.obj
    known = _find(state, plan)
    intake = take_in(document, known)
    former = take_in(previous, known) if previous else None
    found = verify(known, state.workspace.directory_of(known), intake, former)
    if form is Format.JSON:
        from planctl.formats import json_  # noqa: PLC0415 - only one format is ever needed

        emit(json_.render_one(listing.record(found, known, state.workspace, document, state.lang)), output)
    elif found.findings or form is not Format.TABLE:
        emit_table(listing.table(found, known, state.workspace, intake.reading.format, state.lang), form, output)
    for line in listing.summary(found, state.lang):
        warn(line)
    finish(state, found=not found.holds)


def _find(state: State, name: str) -> "Plan":
    """Find a plan by its id, or load its file.

    Raises:
        NoPlanInFileError: the file holds no plan.
        UnknownNameError: there is no such plan.
    """
    if os.path.isfile(name):
        state.workspace = state.load([name])
        path = os.path.normpath(name)
        found = next((plan for plan in state.workspace.plans if os.path.normpath(plan.path) == path), None)
        if found is None:
            raise NoPlanInFileError(path=name)
        return found
    found = next((plan for plan in state.workspace.plans if plan.id == name), None)
    if found is None:
        near = nearest(name, [plan.id for plan in state.workspace.plans])
        raise UnknownNameError(what=Word("word.plan"), name=name, nearest=near, list="planctl tasks")
    return found
