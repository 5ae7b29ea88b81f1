"""`planctl rename-unit`: that a unit goes on under another name, or another takes over its duties."""

from datetime import timedelta
from typing import Annotated

import typer

from planctl.cli.common import Command, State, complete, unit_names, warn
from planctl.cli.recording import DryRunOption, ForceOption, carry_out
from planctl.errors import UnknownNameError
from planctl.fields import nearest
from planctl.listings import recordings as listing
from planctl.messages import Word
from planctl.model import Registry
from planctl.recording.entries import renaming
from planctl.recording.errors import AlreadyCancelledError, SameNameError, UnknownUnitPlaceError

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command("rename-unit", cls=Command)
def rename_unit(
    ctx: typer.Context,
    old: Annotated[str, typer.Argument(metavar="OLD", help="help.rename-unit.old", autocompletion=complete(unit_names))],
    new: Annotated[str, typer.Argument(metavar="NEW", help="help.rename-unit.new")],
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="help.rename-unit.on")] = None,
    organisation: Annotated[str | None, typer.Option("--organisation", metavar="NAME", help="help.rename-unit.organisation")] = None,
    force: ForceOption = None,
    dry_run: DryRunOption = False,
) -> None:
    """Record that a unit has another name."""
    state: State = ctx.obj
    registry, name = _home(state, old.strip(), organisation)
    new = new.strip()
    if new in ("", name):
        raise SameNameError(name=name)
    day = state.day(on)
    if not on:
        warn(listing.told({"on": day.isoformat()}, ["on"], state.lang))
    carry_out(state, renaming(registry, name, new, day, day - timedelta(days=1)), force, dry_run=dry_run)


def _home(state: State, name: str, organisation: str | None) -> tuple[Registry, str]:
    """Find the list of units that has a unit, and the name that it has there.

    Raises:
        UnknownNameError: none has it, or there is no such organisation.
        UnknownUnitPlaceError: several have it.
        AlreadyCancelledError: it has ended already.
    """
    directories = [each for each in state.workspace.directories.values() if organisation in (None, each.registry.organisation)]
    if organisation and not directories:
        named = [each.registry.organisation for each in state.workspace.directories.values() if each.registry.organisation]
        near = nearest(organisation, named)
        raise UnknownNameError(what=Word("word.organisation"), name=organisation, nearest=near, list="planctl units")
    homes = [each for each in directories if each.find(name)]
    if not homes:
        known = [other for each in directories for other in each.names()]
        raise UnknownNameError(what=Word("word.unit"), name=name, nearest=nearest(name, known), list="planctl units")
    if len(homes) > 1:
        raise UnknownUnitPlaceError(name=name, known=[each.registry.organisation or each.registry.path for each in homes])
    found = homes[0].find(name)
    if found is None or found.end:
        raise AlreadyCancelledError(name=name)
    return homes[0].registry, found.name
