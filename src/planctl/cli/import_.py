"""`planctl import`: an official document made into a draft plan, or into a change of the plan that is there."""

import os
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from planctl import loader, sources, storage
from planctl.changes import compare
from planctl.cli.common import FOUND, Command, State, complete, emit, plan_ids, warn
from planctl.drafting import files, homes, plans, registries
from planctl.drafting.intake import take_in
from planctl.drafting.updates import Update
from planctl.errors import (
    AlreadyThereError,
    BadChoiceError,
    CannotWriteError,
    NoOrganisationError,
    NoPlansFolderError,
    UnknownNameError,
)
from planctl.fields import nearest
from planctl.listings import drafts as listing
from planctl.messages import Word, say
from planctl.sources import SETTINGS_NAME, UNITS_NAME, Source
from planctl.workspace import NOBODY

if TYPE_CHECKING:
    from planctl.drafting.intake import Intake
    from planctl.drafting.plans import Drafted
    from planctl.model import Plan, Registry
    from planctl.workspace import Workspace

PAGES = (".html", ".md")
"""The suffixes of a page of review."""
STDOUT = "-"
app = typer.Typer(rich_markup_mode=None, add_completion=False)


class Form(StrEnum):
    """How a draft is written."""

    YAML = "yaml"
    JSON = "json"


class _Wishes(NamedTuple):
    """What the options ask for."""

    plan_id: str | None
    organisation: str | None
    output: str | None
    units: str | None
    review: str | None
    form: Form
    dry_run: bool


@app.command("import", cls=Command)
def import_(
    ctx: typer.Context,
    document: Annotated[str, typer.Argument(metavar="DOCUMENT", help="help.import.document")],
    plan_id: Annotated[str | None, typer.Option("--plan-id", metavar="ID", help="help.import.plan-id")] = None,
    organisation: Annotated[str | None, typer.Option("--organisation", metavar="NAME", help="help.import.organisation")] = None,
    into: Annotated[
        str | None, typer.Option("--into", metavar="PLAN_ID", help="help.import.into", autocompletion=complete(plan_ids))
    ] = None,
    output: Annotated[str | None, typer.Option("--output", metavar="FILE|DIR", help="help.import.output")] = None,
    units: Annotated[str | None, typer.Option("--units", metavar="FILE", help="help.import.units")] = None,
    review: Annotated[str | None, typer.Option("--review", metavar="FILE", help="help.import.review")] = None,
    form: Annotated[Form, typer.Option("--format", metavar="yaml|json", help="help.import.format")] = Form.YAML,
    simplify: Annotated[bool, typer.Option("--simplify", help="help.import.simplify")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="help.option.dry-run")] = False,
) -> None:
    """Read an official document into a draft plan."""
    state: State = ctx.obj
    if review and not review.lower().endswith(PAGES):
        raise BadChoiceError(option="--review", value=review, known=PAGES)
    wishes = _Wishes(plan_id, organisation, output, units, review, form, dry_run)
    workspace = _workspace(state)
    if plan_id is not None:
        homes.check_id(plan_id, workspace)
    known = _find(into, workspace)
    intake = take_in(document, simplify=simplify)
    if known is None and plan_id is None and workspace:
        known = homes.find_plan(intake.draft.identity, workspace)
    if known and workspace:
        _update(state, intake, known, workspace, wishes)
    else:
        _start(state, intake, workspace, wishes)


def _workspace(state: State) -> "Workspace | None":
    """Load the plans; a first document may come before there are any."""
    try:
        return state.workspace
    except NoPlansFolderError:
        return None


def _find(into: str | None, workspace: "Workspace | None") -> "Plan | None":
    if into is None:
        return None
    plans_there = workspace.plans if workspace else ()
    found = next((plan for plan in plans_there if plan.id == into), None)
    if found is None:
        near = nearest(into, [plan.id for plan in plans_there])
        raise UnknownNameError(what=Word("word.plan"), name=into, nearest=near, list="planctl tasks")
    return found


# A new plan


def _start(state: State, intake: "Intake", workspace: "Workspace | None", wishes: _Wishes) -> None:
    identity = intake.draft.identity
    organisation = wishes.organisation or homes.organisation_of(identity, workspace)
    title = plans.title_of(intake)
    path = _place(state, workspace, organisation, title, wishes)
    if wishes.units:
        _refuse_existing(wishes.units)
    name = wishes.plan_id or homes.new_id(identity, organisation or title, workspace)
    drafted = plans.draft_plan(intake, path, name, state.lang)
    registry = registries.propose(drafted.plan, homes.units_beside(path), organisation or "", state.lang)
    for line in listing.summary(drafted, state.lang):
        warn(line)
    if wishes.form is Form.JSON:
        from planctl.formats import json_  # noqa: PLC0415 - only one format is ever needed

        emit(json_.render_one(listing.record(drafted, registry, state.lang)), None if wishes.dry_run else wishes.output)
    else:
        _write_plan(state, drafted, path, dry_run=wishes.dry_run)
    _settle_units(state, drafted, registry, workspace, wishes)
    _write_review(state, drafted, wishes)
    if wishes.form is Form.YAML and path != STDOUT and not wishes.dry_run:
        warn(say("draft.next" if drafted.doubts else "draft.next.check", state.lang, {"path": os.path.normpath(path)}))
    if drafted.doubts:
        raise typer.Exit(FOUND)


def _place(state: State, workspace: "Workspace | None", organisation: str | None, title: str, wishes: _Wishes) -> str:
    """Decide where the plan goes.

    Raises:
        AlreadyThereError: there is a file.
        NoOrganisationError: nothing tells whose document it is, and so in which folder the plan belongs.
    """
    output = wishes.output
    if output == STDOUT or wishes.form is Form.JSON:
        return STDOUT
    if output is None:
        if organisation is None:
            raise NoOrganisationError
        path = homes.path_of(title, homes.folder_of(organisation, workspace, state.folder))
    else:
        path = homes.path_of(title, output) if _is_folder(output) else output
    _refuse_existing(path)
    return path


def _is_folder(path: str) -> bool:
    """Tell whether a path names a folder: one that is there, or a name without the suffix that any file of ours has."""
    return not os.path.isfile(path) and (os.path.isdir(path) or path.endswith(("/", os.sep)) or not os.path.splitext(path)[1])


def _refuse_existing(path: str) -> None:
    if os.path.lexists(path):
        raise AlreadyThereError(path=path)


def _write_plan(state: State, drafted: "Drafted", path: str, *, dry_run: bool) -> None:
    text = files.plan_text(drafted.plan)
    if path == STDOUT or dry_run:
        emit(text, None)
        if path != STDOUT:
            warn(say("draft.would-write", state.lang, {"path": os.path.normpath(path)}))
        return
    _save(path, text)
    warn(say("draft.written", state.lang, {"path": os.path.normpath(path), "plan": drafted.plan.id}))


def _save(path: str, text: str) -> None:
    try:
        os.makedirs(os.path.dirname(path) or os.curdir, exist_ok=True)
    except OSError as error:
        raise CannotWriteError(path=path, reason=error.strerror) from error
    storage.save(path, text.encode())


def _settle_units(state: State, drafted: "Drafted", registry: "Registry", workspace: "Workspace | None", wishes: _Wishes) -> None:
    """Write a proposal of units where there are none; where there are, say which names they do not know."""
    path = drafted.plan.path
    known = None if path == STDOUT else sources.find_above(path, UNITS_NAME)
    if known is None and workspace and path == STDOUT and wishes.organisation:
        known = os.path.join(homes.folder_of(wishes.organisation, workspace, state.folder), UNITS_NAME)
    if known and os.path.isfile(known):
        directory = loader.load([sources.read(known)]).directories.get(os.path.dirname(known), NOBODY)
        found = registries.strangers(drafted.plan, directory)
        for line in listing.strangers(found, os.path.normpath(known), state.lang, written=bool(wishes.units)):
            warn(line)
        registry = registries.only(registry, [each.name for each in found])
    target = wishes.units
    if target is None and known is None and path != STDOUT and (wishes.output is None or _is_folder(wishes.output)):
        target = homes.units_beside(path)
    if target and not wishes.dry_run:
        _write_units(state, registry, target)


def _write_units(state: State, registry: "Registry", target: str) -> None:
    if not (registry.units or registry.groups):
        return
    _save(target, files.units_text(registry))
    warn(say("draft.units", state.lang, {"path": os.path.normpath(target), "units": len(registry.units), "groups": len(registry.groups)}))


def _write_review(state: State, drafted: "Drafted", wishes: _Wishes) -> None:
    if wishes.review is None or wishes.dry_run:
        return
    from planctl.page import draft as page  # noqa: PLC0415 - only --review needs it

    render = page.render_html if wishes.review.lower().endswith(".html") else page.render_markdown
    emit(render(drafted, state.lang), wishes.review)
    warn(say("draft.review", state.lang, {"path": os.path.normpath(wishes.review)}))


# A change of a plan that is there


def _update(state: State, intake: "Intake", plan: "Plan", workspace: "Workspace", wishes: _Wishes) -> None:
    writes = wishes.output not in (None, STDOUT) and wishes.form is Form.YAML and not wishes.dry_run
    if wishes.output and writes:
        _refuse_existing(wishes.output)
    if wishes.units:
        _refuse_existing(wishes.units)
    drafted = plans.draft_plan(intake, plan.path, plan.id, state.lang)
    update = Update(plan, drafted, workspace.directory_of(plan), state.lang)
    before = sources.read(plan.path).text
    proposal = update.propose(before)
    for line in listing.summary(drafted, state.lang, doubts=False):
        warn(line)
    warn(say("draft.found", state.lang, {"plan": plan.id, "path": plan.path}))
    sizes = {"changed": len(proposal.changed), "added": len(proposal.added), "gone": len(proposal.gone)}
    warn(say("draft.compared", state.lang, {**sizes, "same": len(update.pairs.both) - len(proposal.changed)}))
    if plan.tasks and not update.pairs.both:
        warn(say("draft.unrelated", state.lang))
    if wishes.output == STDOUT:
        emit(proposal.text, None)
    else:
        _show(state, workspace, plan, proposal.text, wishes)
    if wishes.output and writes:
        _save(wishes.output, proposal.text)
        warn(say("draft.proposed", state.lang, {"path": os.path.normpath(wishes.output), "plan": plan.path}))
    directory, known = workspace.directory_of(plan), sources.find_above(plan.path, UNITS_NAME)
    strange = registries.strangers(drafted.plan if wishes.units else update.fresh, directory)
    for line in listing.strangers(strange, os.path.normpath(known), state.lang, written=bool(wishes.units)) if known else ():
        warn(line)
    if wishes.units and not wishes.dry_run:
        registry = registries.propose(drafted.plan, plan.path, directory.registry.organisation or "", state.lang)
        _write_units(state, registries.only(registry, [each.name for each in strange]), wishes.units)
    _write_review(state, drafted, wishes)
    if proposal.text != before:
        raise typer.Exit(FOUND)


def _show(state: State, workspace: "Workspace", plan: "Plan", text: str, wishes: _Wishes) -> None:
    """Show what the proposal changes, as `planctl diff` does."""
    from planctl.formats import json_, reviews  # noqa: PLC0415 - only a change needs them
    from planctl.listings import changes as rows  # noqa: PLC0415 - see above
    from planctl.listings.statements import Sides  # noqa: PLC0415 - see above

    beside = [path for path in workspace.paths if os.path.basename(path) in (UNITS_NAME, SETTINGS_NAME)]
    belonging = [sources.read(path) for path in beside]
    old = loader.load([sources.read(plan.path), *belonging])
    new = loader.load([Source(plan.path, text), *belonging])
    sides = Sides(old, new)
    found = list(compare(old, new))
    remarks = list(rows.remarks(found, sides, state.lang, placed=wishes.form is Form.JSON))
    if wishes.form is Form.JSON:
        emit(json_.render(map(rows.record, remarks)), wishes.output)
        return
    names = {"old": plan.path, "new": say("draft.proposal", state.lang), "count": len(found), **rows.count(found)}
    summary = say("change.summary", state.lang, names) if found else say("change.none", state.lang)
    emit(reviews.RENDERERS["text"](remarks, state.lang, summary), None)
    if found:
        warn(summary)
