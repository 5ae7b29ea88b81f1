"""`planctl sheet merge`: filled forms, compared and recorded."""

import sys
from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from planctl.cli.common import (
    Format,
    State,
    describe,
    emit,
    emit_table,
    finish,
    warn,
)
from planctl.cli.sheet.members import DryRunOption, YesOption, failure, open_file
from planctl.dates import parse_day
from planctl.errors import ChangedMeanwhileError
from planctl.listings import sheets as listing
from planctl.messages import message_of, say
from planctl.sheets import returns
from planctl.sheets.attendance import Arrival
from planctl.sheets.copies import settle
from planctl.sheets.errors import NeedsYesError
from planctl.sheets.filing import Clerk, Outcome, recordings, with_entries
from planctl.sheets.returns import Remark

if TYPE_CHECKING:
    from planctl.sheets.filing import Filing
    from planctl.workspace import Workspace


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
    take: Annotated[Take, typer.Option("--take", metavar="sheet", help="help.sheet.take")] = Take.NEITHER,
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="help.sheet.on")] = None,
    form: Annotated[Answer, typer.Option("--format", metavar="text|json", help="help.option.format")] = Answer.TEXT,
) -> None:
    """Take filled forms in."""
    state: State = ctx.obj
    before = state.workspace
    clerk = Clerk(before, state.today, state.lang, on=parse_day(on, state.today) if on else None, takes_sheet=take is Take.SHEET)
    arrivals = [open_file(path) for path in returns.find_files(files)]
    outcomes = [clerk.take(form) for form in settle(before, arrivals)]
    remarks = [remark for each in outcomes for remark in each.remarks]
    remarks += [failure(each, state.lang) for each in arrivals if each.error]
    filings = [filing for each in outcomes for filing in each.filings]
    _show(state, before, filings, remarks, form)
    _summarise(state, arrivals, outcomes, remarks)
    complete = True
    if not filings:
        warn(say("form.nothing", state.lang))
    elif dry_run:
        warn(say("form.dry-run", state.lang))
    elif _agreed(state, len(filings), yes=yes):
        complete = _record(state, before, filings)
    finish(state, found=not complete or any(not remark.is_notice for remark in remarks))


def _show(state: State, before: "Workspace", filings: "Sequence[Filing]", remarks: Sequence[Remark], form: Answer) -> None:
    """Show the entries that the forms would bring, what changes by them, and what could not be taken."""
    lang = state.lang
    if form is Answer.JSON:
        from planctl.formats import json_  # noqa: PLC0415 - only one format is ever needed

        found = {"entries": [*map(listing.entry_record, filings)], "remarks": [listing.remark_record(each, lang) for each in remarks]}
        emit(json_.render_one(found), None)
        return
    if filings:
        emit_table(listing.entries_table(filings, lang), Format.TABLE, None)
        emit(f"\n{_changes(before, filings, lang)}", None)
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


def _summarise(state: State, arrivals: Sequence[Arrival], outcomes: Sequence[Outcome], remarks: Sequence[Remark]) -> None:
    counts = {
        "files": len(arrivals),
        "entries": sum(len(each.filings) for each in outcomes),
        "repeated": sum(each.repeated for each in outcomes),
        "refused": sum(not remark.is_notice for remark in remarks),
        "notices": sum(remark.is_notice for remark in remarks),
    }
    warn(say("form.summary", state.lang, counts))


def _agreed(state: State, count: int, *, yes: bool) -> bool:
    """Ask whether entries may be written.

    Raises:
        NeedsYesError: nobody can be asked.
    """
    if yes:
        return True
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise NeedsYesError(count=count)
    if typer.confirm(say("form.ask", state.lang, {"count": count}), err=True):
        return True
    warn(say("form.declined", state.lang))
    return False


def _record(state: State, before: "Workspace", filings: "Sequence[Filing]") -> bool:
    """Write entries into the plans, one after the other, and tell whether all could be written.

    Raises:
        ChangedMeanwhileError: a file is no longer the one that was compared.
    """
    from planctl.recording.writing import Wish, record  # noqa: PLC0415 - only this writes

    plans = {plan.path: plan for plan in before.plans}
    complete = True
    for recording in recordings(before, filings):
        if plans[recording.path] not in state.load([recording.path]).plans:
            raise ChangedMeanwhileError(path=recording.path)
        written = record(before, recording, Wish(state.folder, state.today))
        for problem in written.prepared.errors if written.refused else ():
            args = {"code": problem.code, "what": message_of(problem, state.lang)}
            warn(f"{recording.path}: S207 {say('form.S207', state.lang, args)}")
        if not written.refused:
            warn(say("form.recorded", state.lang, {"path": recording.path, "count": len(recording.entries)}))
        if written.trouble:
            warn(describe(written.trouble, state.lang))
        complete = complete and not written.refused
    return complete
