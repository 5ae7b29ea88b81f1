"""What the commands that record share: their options, how what is missing is asked for, and how an entry is written."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping
from difflib import unified_diff
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from planctl import queries
from planctl.cli.common import FOUND, State, complete, emit, harmless, task_references, unit_names, warn
from planctl.digests import digest_file
from planctl.errors import PlanctlError, UnknownNameError
from planctl.fields import nearest
from planctl.formats import findings
from planctl.listings import recordings as listing
from planctl.messages import Word, say
from planctl.recording import filling, writing
from planctl.recording.effects import effects
from planctl.recording.entries import Kind
from planctl.recording.errors import MissingOptionsError, NoEvidenceError
from planctl.recording.filling import Filled, Gap, Subject

if TYPE_CHECKING:
    from planctl.editing import Value
    from planctl.model import Plan, Task
    from planctl.recording.entries import Recording

Given: TypeAlias = "dict[str, Value]"
FREE = frozenset({"--unit", "--period"})
"""Options whose known values are not all that there are."""


def _of_task(pick: Callable[[State, Plan, Task], Iterable[str]]) -> Callable[[typer.Context, str], list[str]]:
    """Make a completion of what the task of the line has; where it cannot be found it offers nothing."""

    def candidates(ctx: typer.Context, incomplete: str) -> list[str]:
        state = State(ctx.find_root().params.get("plans"))
        # Where the value of an option is still missing, the words before it are not sorted yet.
        name = ctx.params.get("task") or next(iter(ctx.args), "")
        try:
            plan, task = queries.find_task(state.workspace, name, tuple(ctx.params.get("plan") or ()))
        except PlanctlError:
            return []
        return [name for name in dict.fromkeys(pick(state, plan, task)) if name.startswith(incomplete)]

    return candidates


def _deadlines(_state: State, _plan: Plan, task: Task) -> Iterable[str]:
    return (deadline.id for deadline in task.deadlines)


def _periods(state: State, plan: Plan, task: Task) -> Iterable[str]:
    subject = Subject(state.workspace, plan, task, state.today)
    return (period for deadline in task.deadlines for period in filling.periods(subject, deadline))


def _units(state: State, plan: Plan, task: Task) -> Iterable[str]:
    """Offer those who owe the task first, then everybody there."""
    directory = state.workspace.directory_of(plan)
    named = [*task.lead, *task.support, *(name for deadline in task.deadlines for name in deadline.actors)]
    return [each for name in named for each in (directory.members(name) or (name,))] + directory.names()


TaskArgument = Annotated[str, typer.Argument(metavar="TASK", help="help.show.task", autocompletion=complete(task_references))]
DeadlineOption = Annotated[
    str | None, typer.Option("--deadline", metavar="ID", help="help.option.deadline", autocompletion=_of_task(_deadlines))
]
PeriodOption = Annotated[
    str | None, typer.Option("--period", metavar="PERIOD", help="help.option.period", autocompletion=_of_task(_periods))
]
ReporterOption = Annotated[str | None, typer.Option("--unit", metavar="NAME", help="help.option.reporter", autocompletion=_of_task(_units))]
DeciderOption = Annotated[str | None, typer.Option("--by", metavar="NAME", help="help.option.by", autocompletion=complete(unit_names))]
ReasonOption = Annotated[str | None, typer.Option("--reason", metavar="TEXT", help="help.option.reason")]
OnOption = Annotated[str | None, typer.Option("--on", metavar="DATE", help="help.option.on")]
NoteOption = Annotated[str | None, typer.Option("--note", metavar="TEXT", help="help.option.note")]
EvidenceOption = Annotated[list[str] | None, typer.Option("--evidence", metavar="FILE", help="help.option.evidence")]
PercentOption = Annotated[str | None, typer.Option("--percent", metavar="NUMBER", help="help.option.percent")]
CountOption = Annotated[str | None, typer.Option("--count", metavar="NUMBER", help="help.option.count")]
ValueOption = Annotated[str | None, typer.Option("--value", metavar="NUMBER", help="help.option.value")]
ForceOption = Annotated[str | None, typer.Option("--force", metavar="REASON", help="help.option.force")]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="help.option.diff")]


def iso(state: State, text: str | None) -> str | None:
    """Read a day of the command line."""
    return state.day(text).isoformat() if text else None


def subject_of(state: State, task: str, plans: list[str] | None, on: str | None) -> Subject:
    """Find the task of a command, as of the day of the entry.

    Raises:
        UnknownNameError, AmbiguousTaskError: there is no such task, or there are several.
    """
    plan, found = queries.find_task(state.workspace, task, tuple(plans or ()))
    return Subject(state.workspace, plan, found, state.day(on))


def check_known(what: str, name: str | None, known: Iterable[str]) -> None:
    """See that a name that was given is one of those known; none are known where anything goes.

    Raises:
        UnknownNameError: it is not.
    """
    names = list(known)
    if name is not None and names and name not in names:
        raise UnknownNameError(what=Word(what), name=name, nearest=nearest(name, names), list="planctl units")


def proofs(plan: Plan, names: Iterable[str]) -> list[Value]:
    """Give evidence as it is recorded: an address as it is, a file by its path from the plan and its digest.

    Raises:
        NoEvidenceError: there is no such file, neither here nor beside the plan.
    """
    return [name if "://" in name else _proof(os.path.dirname(plan.path), name) for name in names]


def _proof(folder: str, name: str) -> Value:
    for path in (name, os.path.join(folder, name)):
        digest = digest_file(path)
        if digest:
            return {"path": os.path.relpath(path, folder or os.curdir).replace(os.sep, "/"), "sha256": digest}
    raise NoEvidenceError(path=name)


def completed(state: State, fill: Callable[[Mapping[str, Value]], Filled], given: Mapping[str, Value]) -> Given:
    """Complete what was given by what can be told, and by what is asked for on a terminal.

    Raises:
        MissingOptionsError: something is missing, and nobody can be asked.
    """
    known = dict(given)
    while True:
        filled = fill(known)
        if not filled.gaps:
            if filled.told:
                warn(listing.told(filled.value, filled.told, state.lang))
            return filled.value
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            raise MissingOptionsError(options=[listing.gap_text(gap, state.lang) for gap in filled.gaps])
        known[filled.gaps[0].option.removeprefix("--")] = _answer(state, filled.gaps[0])


def required(state: State, given: Mapping[str, Value], *names: str) -> Given:
    """See that these were given, or ask for them.

    Raises:
        MissingOptionsError: something is missing, and nobody can be asked.
    """

    def fill(known: Mapping[str, Value]) -> Filled:
        return Filled(filling.said(known), gaps=tuple(Gap(f"--{name}") for name in names if not known.get(name)))

    return completed(state, fill, given)


DATES = frozenset({"--from", "--to", "--requested", "--on"})


def _answer(state: State, gap: Gap) -> Value:
    """Ask for a value on the terminal, until it is one that can be."""
    while True:
        sys.stderr.write(harmless(say("record.ask", state.lang, {"gap": listing.gap_text(gap, state.lang)})))
        sys.stderr.flush()
        line = sys.stdin.readline()
        if not line:
            raise typer.Abort
        text = line.strip()
        if gap.option in DATES and text:
            try:
                return iso(state, text)
            except PlanctlError as error:
                warn(say(error.key, state.lang, error.args_of_message))
        elif text and (not gap.known or gap.option in FREE or text in gap.known):
            return [text] if gap.option == "--lead" else text


def journal_folder(state: State) -> str:
    """Name the folder of the journal: that of the plans, or where the one file is that was named instead."""
    return state.folder if os.path.isdir(state.folder) else os.path.dirname(state.folder) or os.curdir


def carry_out(state: State, recording: Recording, force: str | None, *, dry_run: bool) -> None:
    """Write a recording, and say what came of it; ends with 1 where it is refused."""
    remark = say("record.forced", state.lang, {"reason": force}) if force else None
    wish = writing.Wish(journal_folder(state), state.today, dry_run, remark)
    written = writing.record(state.workspace, recording, wish)
    found = written.prepared
    if dry_run:
        emit(difference(recording.path, written.before, found.data), None)
    if found.problems:
        warn(findings.render_text(found.problems, state.lang).removesuffix("\n"))
    if written.refused:
        warn(say("record.refused-always" if found.unreadable else "record.refused", state.lang))
        raise typer.Exit(FOUND)
    came = effects(found.old, found.new, state.today) if recording.kind is not Kind.RENAMING else ()
    warn(listing.sentence(found.recording, found.new, came, state.lang, dry_run=dry_run))
    if written.trouble:
        trouble = say(written.trouble.key, state.lang, written.trouble.args_of_message)
        warn(say("record.no-journal", state.lang, {"reason": trouble}))


def difference(path: str, before: bytes, after: bytes) -> str:
    """Compare as `diff -u` does."""
    old, new = (data.decode().splitlines(keepends=True) for data in (before, after))
    lines = unified_diff(old, new, path, path)
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)
