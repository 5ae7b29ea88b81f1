"""`planctl undo`: takes back what was recorded last in this working tree."""

import typer

from planctl.cli.common import Command, State, emit, warn
from planctl.cli.recording import DryRunOption, difference, journal_folder
from planctl.listings import recordings as listing
from planctl.messages import say
from planctl.recording import writing

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command("undo", cls=Command)
def undo(ctx: typer.Context, dry_run: DryRunOption = False) -> None:
    """Take back the last entry."""
    state: State = ctx.obj
    found = writing.undo(journal_folder(state), dry_run=dry_run)
    if found is None:
        warn(say("undo.nothing", state.lang))
        return
    if dry_run:
        emit(difference(found.recording.path, found.before, found.after), None)
    args = {"place": listing.place(found.recording), "what": listing.what(found.recording, state.workspace, state.lang)}
    warn(say("undo.would" if dry_run else "undo.done", state.lang, args))
