"""`planctl sheet import`: a register made into a plan."""

import os
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from planctl import sources, storage
from planctl.cli.common import (
    FOUND,
    State,
    emit,
    warn,
)
from planctl.cli.sheet.members import DryRunOption
from planctl.dates import parse_day
from planctl.errors import AlreadyThereError, CannotWriteError, NoOrganisationError, NoPlansFolderError
from planctl.listings import sheets as listing
from planctl.messages import say

if TYPE_CHECKING:
    from planctl.model import Plan
    from planctl.workspace import Workspace

STDOUT = "-"
EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a day, of no zone
"""What numbers of days count from where a document does not say."""


def import_(
    ctx: typer.Context,
    register: Annotated[str, typer.Argument(metavar="FILE", help="help.sheet.register")],
    plan_id: Annotated[str, typer.Option("--plan-id", metavar="ID", help="help.import.plan-id")],
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT", help="help.sheet.title")] = None,
    organisation: Annotated[str | None, typer.Option("--organisation", metavar="NAME", help="help.sheet.organisation")] = None,
    year: Annotated[int | None, typer.Option("--year", min=1900, max=2199, metavar="2026", help="help.sheet.year")] = None,
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="help.sheet.on")] = None,
    mapping: Annotated[str | None, typer.Option("--mapping", metavar="FILE", help="help.sheet.mapping")] = None,
    save_mapping: Annotated[str | None, typer.Option("--save-mapping", metavar="FILE", help="help.sheet.save-mapping")] = None,
    output: Annotated[str | None, typer.Option("--output", metavar="FILE|DIR", help="help.import.output")] = None,
    dry_run: DryRunOption = False,
) -> None:
    """Make a plan of a register."""
    from planctl.documents.reading import read  # noqa: PLC0415 - only this reads documents
    from planctl.drafting import files, homes  # noqa: PLC0415 - see above
    from planctl.sheets.ledger import Wish, read_register  # noqa: PLC0415 - see above
    from planctl.sheets.mappings import mapping_text, read_mapping  # noqa: PLC0415 - see above

    state: State = ctx.obj
    day = parse_day(on, state.today) if on else state.today
    homes.check_id(plan_id, _workspace(state))
    chosen = read_mapping(mapping, sources.read(mapping).text) if mapping else None
    wish = Wish(plan_id, "", day, EPOCH, _language(state), title, year)
    found = read_register(read(register), wish, chosen)
    path = _place(state, organisation, found.plan.title, output)
    for line in listing.mapping_lines(found.columns, state.lang):
        warn(line)
    warn(say("intake.summary", state.lang, listing.register_counts(found.plan)))
    if save_mapping:
        emit(mapping_text(found.columns, found.sheet), save_mapping)
        warn(say("intake.mapping", state.lang, {"path": save_mapping}))
    text = files.plan_text(found.plan._replace(path=path))
    if dry_run or path == STDOUT:
        emit(text, None)
        if path != STDOUT:
            warn(say("draft.would-write", state.lang, {"path": os.path.normpath(path)}))
    else:
        _write_plan(state, found.plan._replace(path=path), text, organisation)
    if listing.register_counts(found.plan)["doubts"]:
        raise typer.Exit(FOUND)


def _language(state: State) -> str:
    """Give the language of the repository; a first register may come before there is any."""
    _workspace(state)
    return state.lang


def _workspace(state: State) -> "Workspace | None":
    try:
        return state.workspace
    except NoPlansFolderError:
        return None


def _place(state: State, organisation: str | None, title: str, output: str | None) -> str:
    """Decide where the plan goes.

    Raises:
        AlreadyThereError: there is a file.
        NoOrganisationError: nothing says in which folder it belongs.
    """
    from planctl.drafting import homes  # noqa: PLC0415 - only this writes plans

    if output == STDOUT:
        return STDOUT
    if output is None:
        if organisation is None:
            raise NoOrganisationError
        path = homes.path_of(title, homes.folder_of(organisation, _workspace(state), state.folder))
    else:
        path = homes.path_of(title, output) if os.path.isdir(output) or output.endswith(("/", os.sep)) else output
    if os.path.lexists(path):
        raise AlreadyThereError(path=path)
    return path


def _write_plan(state: State, plan: "Plan", text: str, organisation: str | None) -> None:
    """Write the plan, and a proposal of units where there are none."""
    from planctl.drafting import files, homes, registries  # noqa: PLC0415 - see above

    beside = homes.units_beside(plan.path)
    known = sources.find_above(plan.path, sources.UNITS_NAME)
    _save(plan.path, text)
    warn(say("draft.written", state.lang, {"path": os.path.normpath(plan.path), "plan": plan.id}))
    if known is None and organisation:
        registry = registries.propose(plan, beside, organisation, state.lang)
        _save(beside, files.units_text(registry))
        sizes = {"units": len(registry.units), "groups": len(registry.groups)}
        warn(say("draft.units", state.lang, {"path": os.path.normpath(beside), **sizes}))
    warn(
        say("draft.next" if plan.doubts or any(task.doubts for task in plan.tasks) else "draft.next.check", state.lang, {"path": plan.path})
    )


def _save(path: str, text: str) -> None:
    try:
        os.makedirs(os.path.dirname(path) or os.curdir, exist_ok=True)
    except OSError as error:
        raise CannotWriteError(path=path, reason=error.strerror) from error
    storage.save(path, text.encode())
