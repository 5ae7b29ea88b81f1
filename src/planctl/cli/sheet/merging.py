"""`planctl sheet merge`: filled forms, compared and recorded."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from planctl import storage
from planctl.cli.asking import can_ask, confirm
from planctl.cli.common import (
    Format,
    State,
    describe,
    emit,
    emit_table,
    finish,
    warn,
)
from planctl.cli.recording import journal_folder
from planctl.cli.sheet.members import DryRunOption, YesOption, failure, open_file
from planctl.dates import parse_day
from planctl.errors import ChangedMeanwhileError
from planctl.listings import sheets as listing
from planctl.messages import message_of, say
from planctl.sheets import returns
from planctl.sheets.copies import settle
from planctl.sheets.errors import NeedsYesError, NoFormsError
from planctl.sheets.filing import Clerk, Outcome, recordings, with_entries
from planctl.sheets.returns import Remark

if TYPE_CHECKING:
    from planctl.recording.entries import Recording
    from planctl.sheets.filing import Filing
    from planctl.workspace import Workspace


SHOWN = 20
"""How many changes of status are listed."""


class Answer(StrEnum):
    """How the answer of a merge is written."""

    TEXT = "text"
    JSON = "json"


class Take(StrEnum):
    """Which side wins where both have changed."""

    NEITHER = "neither"
    SHEET = "sheet"


def merge(
    ctx: typer.Context,
    files: Annotated[list[str], typer.Argument(metavar="FILE|DIR...", help="help.sheet.files")],
    yes: YesOption = False,
    dry_run: DryRunOption = False,
    take: Annotated[Take, typer.Option("--take", metavar="neither|sheet", help="help.sheet.take")] = Take.NEITHER,
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="help.sheet.on")] = None,
    form: Annotated[Answer, typer.Option("--format", metavar="text|json", help="help.option.format")] = Answer.TEXT,
) -> None:
    """Take filled forms in."""
    state: State = ctx.obj
    before = state.workspace
    state.tell_unread()
    day = parse_day(on, state.today) if on else None
    arrivals = [open_file(path) for path in returns.find_files(files)]
    if not arrivals:
        raise NoFormsError(places=files)

    def compare(workspace: "Workspace") -> Compared:
        clerk = Clerk(workspace, state.today, state.lang, on=day, takes_sheet=take is Take.SHEET)
        outcomes = tuple(clerk.take(each) for each in settle(workspace, arrivals))
        return Compared(workspace, outcomes, tuple(failure(each, state.lang) for each in arrivals if each.error))

    compared = compare(before)
    _show(state, compared, form)
    _summarise(state, compared, len(arrivals))
    complete = True
    if not compared.filings:
        warn(say("form.nothing", state.lang))
    else:
        _foretell(state, compared)
        if dry_run:
            warn(say("form.dry-run", state.lang))
        elif _agreed(state, len(compared.filings), yes=yes):
            complete = _record(state, compared, compare)
    finish(state, found=not complete or any(not remark.is_notice for remark in compared.remarks))


class Compared(NamedTuple):
    """What forms say that the plans do not have yet."""

    workspace: "Workspace"
    outcomes: tuple[Outcome, ...]
    failures: tuple[Remark, ...]
    """Files that could not be read."""

    @property
    def filings(self) -> "list[Filing]":
        """The entries that they would bring."""
        return [filing for each in self.outcomes for filing in each.filings]

    @property
    def remarks(self) -> list[Remark]:
        """What is to be said about them."""
        return [*(remark for each in self.outcomes for remark in each.remarks), *self.failures]


def _show(state: State, compared: Compared, form: Answer) -> None:
    """Show the entries that the forms would bring, what changes by them, and what could not be taken."""
    lang, filings, remarks = state.lang, compared.filings, compared.remarks
    if form is Answer.JSON:
        from planctl.formats import json_  # noqa: PLC0415 - only one format is ever needed

        found = {"entries": [*map(listing.entry_record, filings)], "remarks": [listing.remark_record(each, lang) for each in remarks]}
        emit(json_.render_one(found), None)
        return
    if filings:
        emit_table(listing.entries_table(filings, lang), Format.TABLE, None)
        emit(f"\n{_changes(compared.workspace, filings, lang)}", None)
    for remark in remarks:
        emit(f"{listing.remark_line(remark, lang)}\n", None)


def _changes(before: "Workspace", filings: "Sequence[Filing]", lang: str) -> str:
    """Say what changes, in the words of `planctl diff`."""
    from planctl.changes import compare  # noqa: PLC0415 - only what changes is compared
    from planctl.formats import reviews  # noqa: PLC0415 - see above
    from planctl.listings import changes as rows  # noqa: PLC0415 - see above
    from planctl.listings.statements import Sides  # noqa: PLC0415 - see above

    touched = {filing.plan for filing in filings}
    old = before.with_plans([plan for plan in before.plans if plan.id in touched])
    new = with_entries(old, filings)
    sides = Sides(old, new)
    return reviews.render_text([*rows.remarks(list(compare(old, new)), sides, lang)], lang, "") + "\n"


def _summarise(state: State, compared: Compared, files: int) -> None:
    counts = {
        "files": files,
        "entries": len(compared.filings),
        "repeated": sum(each.repeated for each in compared.outcomes),
        "refused": sum(not remark.is_notice for remark in compared.remarks),
        "notices": sum(remark.is_notice for remark in compared.remarks),
    }
    warn(say("form.summary", state.lang, counts))


def _foretell(state: State, compared: Compared) -> None:
    """Say what the checks would warn of, and which statuses would be others."""
    from planctl.formats import findings  # noqa: PLC0415 - only entries are judged
    from planctl.listings.recordings import effect_text  # noqa: PLC0415 - see above
    from planctl.recording.effects import effects  # noqa: PLC0415 - see above
    from planctl.recording.writing import Wish, record  # noqa: PLC0415 - see above

    told: list[str] = []
    for recording in recordings(compared.workspace, compared.filings):
        found = record(compared.workspace, recording, Wish(journal_folder(state), state.today, dry_run=True))
        if found.refused:
            continue
        if found.prepared.problems:
            warn(findings.render_text(found.prepared.problems, state.lang).removesuffix("\n"))
        told += [
            f"{recording.plan}: {effect_text(each, state.lang)}" for each in effects(found.prepared.old, found.prepared.new, state.today)
        ]
    for line in told[:SHOWN]:
        warn(line)
    if len(told) > SHOWN:
        warn(say("effect.more", state.lang, {"count": len(told) - SHOWN}))


def _agreed(state: State, count: int, *, yes: bool) -> bool:
    """Ask whether entries may be written.

    Raises:
        NeedsYesError: nobody can be asked.
    """
    if yes:
        return True
    if not can_ask():
        raise NeedsYesError(count=count)
    if confirm(say("form.ask", state.lang, {"count": count}), state.lang):
        return True
    warn(say("form.declined", state.lang))
    return False


def _record(state: State, compared: Compared, compare: "Callable[[Workspace], Compared]") -> bool:
    """Write entries into the plans, one after the other, and tell whether all could be written.

    The plans are held meanwhile. Where somebody has written to one since it was read, the forms are compared again.

    Raises:
        ChangedMeanwhileError: they would bring other entries now than those that were shown.
    """
    shown = recordings(compared.workspace, compared.filings)
    with ExitStack() as held:
        for path in sorted(recording.path for recording in shown):
            held.enter_context(storage.locked(path))
        plans = {plan.path: plan for plan in compared.workspace.plans}
        changed = [each.path for each in shown if plans[each.path] not in state.load([each.path]).plans]
        if changed:
            again = compare(state.load([state.folder]))
            if not {*map(_key, again.filings)} <= {*map(_key, compared.filings)}:
                raise ChangedMeanwhileError(path=changed[0])
            warn(say("form.meanwhile", state.lang, {"path": changed[0]}))
            _summarise(state, again, len(again.outcomes) + len(again.failures))
            compared = again
        written = [_write(state, compared.workspace, each) for each in recordings(compared.workspace, compared.filings)]
        return all(written)


def _key(filing: "Filing") -> tuple[object, ...]:
    return filing.plan, filing.task, filing.path, filing.place, filing.entry._replace(position=0)


def _write(state: State, workspace: "Workspace", recording: "Recording") -> bool:
    """Write the entries of one plan, and tell whether they could be written."""
    from planctl.recording.writing import Wish, write  # noqa: PLC0415 - only this writes

    written = write(workspace, recording, Wish(journal_folder(state), state.today))
    for problem in written.prepared.errors if written.refused else ():
        args = {"code": problem.code, "what": message_of(problem, state.lang)}
        warn(f"{recording.path}: S207 {say('form.S207', state.lang, args)}")
    if not written.refused:
        warn(say("form.recorded", state.lang, {"path": recording.path, "count": len(recording.entries)}))
    if written.trouble:
        warn(describe(written.trouble, state.lang))
    return not written.refused
