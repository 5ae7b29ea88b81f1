"""`planctl undo`: takes back what was recorded last in this working tree."""

from typing import TYPE_CHECKING, Annotated

import typer

from planctl.cli.common import Command, State, emit, warn
from planctl.cli.recording import DryRunOption, difference, journal_folder
from planctl.errors import CannotWriteError, LockedError, PlanctlError
from planctl.listings import recordings as listing
from planctl.messages import say
from planctl.recording import journal, writing
from planctl.recording.errors import NotUndoneError

if TYPE_CHECKING:
    from planctl.recording.entries import Recording

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command("undo", cls=Command)
def undo(
    ctx: typer.Context,
    drop: Annotated[bool, typer.Option("--drop", help="help.undo.drop")] = False,
    dry_run: DryRunOption = False,
) -> None:
    """Take back the last entry."""
    state: State = ctx.obj
    folder = journal_folder(state)
    if drop:
        _drop(state, folder, dry_run=dry_run)
        return
    try:
        found = writing.undo(folder, dry_run=dry_run)
    except (LockedError, CannotWriteError):
        raise
    except PlanctlError as error:
        last = journal.last(folder)
        if last is None:
            raise
        raise NotUndoneError(why=say(error.key, state.lang, error.args_of_message), **_named(state, last.recording)) from error
    if found is None:
        warn(say("undo.nothing", state.lang))
        return
    if dry_run:
        emit(difference(found.recording.path, found.before, found.after), None)
    batch = "undo.batch.would" if dry_run else "undo.batch.done"
    one = "undo.would" if dry_run else "undo.done"
    warn(say(batch if found.recording.forms else one, state.lang, _named(state, found.recording)))


def _drop(state: State, folder: str, *, dry_run: bool) -> None:
    """Take the last entry off the journal, and leave it in the plan."""
    found = writing.give_up(folder, dry_run=dry_run)
    if found is None:
        warn(say("undo.nothing", state.lang))
    else:
        warn(say("undo.drop.would" if dry_run else "undo.dropped", state.lang, _named(state, found)))


def _named(state: State, recording: "Recording") -> dict[str, str]:
    return {"place": listing.place(recording), "what": listing.what(recording, state.workspace, state.lang)}
