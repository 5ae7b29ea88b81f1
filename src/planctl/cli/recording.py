"""What the commands that record share: their options, how what is missing is asked for, and how an entry is written."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from difflib import unified_diff
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from planctl import git, queries
from planctl.cli.asking import ask, can_ask
from planctl.cli.common import FOUND, State, complete, describe, emit, task_references, unit_names, warn
from planctl.digests import digest_file
from planctl.errors import PlanctlError, UnknownNameError
from planctl.fields import nearest
from planctl.formats.lines import line
from planctl.listings import recordings as listing
from planctl.messages import Word, say
from planctl.recording import filling, writing
from planctl.recording.effects import effects, unmoved
from planctl.recording.entries import Kind
from planctl.recording.errors import CancelledTaskError, MissingOptionsError, NoEvidenceError, OutsideEvidenceError
from planctl.recording.filling import Filled, Gap, Subject
from planctl.recording.journal import splice_of

if TYPE_CHECKING:
    from datetime import date

    from planctl.editing import Value
    from planctl.model import Plan, Task
    from planctl.problems import Problem
    from planctl.recording.entries import Recording
    from planctl.recording.preparing import Prepared
    from planctl.recording.writing import Written

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


REFUSING = frozenset({"P309", "P314", "P315"})
"""Warnings that refuse what a command records, unless there is a reason: an idle event, and what has been recorded already."""
FAR = 2
"""From how many years ahead a day is questioned."""


def iso(state: State, text: str | None) -> str | None:
    """Read a day of the command line."""
    return state.day(text).isoformat() if text else None


def question_day(state: State, option: str, day: date, *, ahead: bool = False) -> None:
    """Ask to look again at a day that is far ahead, or where none is expected at all, ahead of today."""
    years = (day - state.today).days // 365
    if years >= FAR:
        warn(say("doubtful.far", state.lang, {"option": option, "day": day, "years": years}))
    elif ahead and day > state.today:
        warn(say("doubtful.ahead", state.lang, {"option": option, "day": day}))


def question_decider(state: State, plan: Plan, name: Value) -> None:
    """Ask to look again at who decided, where nobody of this name is known."""
    known = [*state.workspace.directory_of(plan).names(), *plan.document.issuers]
    if isinstance(name, str) and known and name not in known:
        near = nearest(name, known)
        args = {"name": name, "nearest": say("doubtful.nearest", state.lang, {"nearest": near}) if near else ""}
        warn(say("doubtful.by", state.lang, args))


def check_going_on(subject: Subject, force: str | None) -> bool:
    """Tell whether something is recorded of a task that has been cancelled, for which there is a reason.

    Raises:
        CancelledTaskError: there is none.
    """
    cancelled = subject.task.cancelled
    if cancelled is None or subject.on < cancelled.on:
        return False
    if not force:
        raise CancelledTaskError(name=f"{subject.plan.id}/{subject.task.id}", on=cancelled.on)
    return True


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


def proofs(state: State, plan: Plan, names: Iterable[str]) -> list[Value]:
    """Give evidence as it is recorded: an address as it is, a file by its path from the plan and its digest.

    Raises:
        NoEvidenceError: there is no such file, neither here nor beside the plan.
        OutsideEvidenceError: it is not in the repository.
    """
    return [name if "://" in name else _proof(state, os.path.dirname(plan.path), name) for name in names]


def _proof(state: State, folder: str, name: str) -> Value:
    for path in (name, os.path.join(folder, name)):
        digest = digest_file(path)
        if digest:
            _check_inside(state, folder, path)
            return {"path": os.path.relpath(path, folder or os.curdir).replace(os.sep, "/"), "sha256": digest}
    raise NoEvidenceError(path=name)


def _check_inside(state: State, folder: str, path: str) -> None:
    """See that a file is where the plans are, so that whoever has them has it; and say so where git has not heard of it."""
    try:
        repository = git.find_repository(folder or os.curdir)
    except PlanctlError:
        root, added = os.path.dirname(os.path.abspath(journal_folder(state))), True
    else:
        root = repository.root
        added = not git.run(repository, "status", "--porcelain", "--untracked-files=all", "--", os.path.abspath(path)).out.startswith(b"??")
    inside = os.path.relpath(os.path.realpath(path), os.path.realpath(root))
    if inside.split(os.sep)[0] == os.pardir or os.path.isabs(inside):
        raise OutsideEvidenceError(path=path, folder=os.path.normpath(os.path.join(folder, "evidence", os.path.basename(path))))
    if not added:
        warn(say("doubtful.unadded", state.lang, {"path": path}))


def completed(state: State, fill: Callable[[Mapping[str, Value]], Filled], given: Mapping[str, Value], task: Task | None = None) -> Given:
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
        if not can_ask():
            raise MissingOptionsError(options=[listing.gap_text(gap, state.lang) for gap in filled.gaps])
        known[filled.gaps[0].option.removeprefix("--")] = _answer(state, filled.gaps[0], task)


def required(state: State, given: Mapping[str, Value], *names: str) -> Given:
    """See that these were given, or ask for them.

    Raises:
        MissingOptionsError: something is missing, and nobody can be asked.
    """

    def fill(known: Mapping[str, Value]) -> Filled:
        return Filled(filling.said(known), gaps=tuple(Gap(f"--{name}") for name in names if not known.get(name)))

    return completed(state, fill, given)


DATES = frozenset({"--from", "--to", "--requested", "--on"})


def _answer(state: State, gap: Gap, task: Task | None) -> Value:
    """Ask for a value on the terminal, until it is one that can be."""
    while True:
        text = ask(gap, [_label(state, gap.option, value, task) for value in gap.known], state.lang, free=gap.option in FREE)
        if gap.option not in DATES:
            return [text] if gap.option == "--lead" else text
        try:
            return iso(state, text)
        except PlanctlError as error:
            warn(describe(error, state.lang))


def _label(state: State, option: str, value: str, task: Task | None) -> str:
    """Say what one of the values of an option is called."""
    if option == "--state":
        return say(f"state.{value}", state.lang)
    if option == "--plan":
        return next((plan.title for plan in state.workspace.plans if plan.id == value), "")
    of_task = task.deadlines if task and option == "--deadline" else ()
    return next((each.what or each.wording or "" for each in of_task if each.id == value), "")


def journal_folder(state: State) -> str:
    """Name the folder of the journal: that of the plans, or where the one file is that was named instead."""
    return state.folder if os.path.isdir(state.folder) else os.path.dirname(state.folder) or os.curdir


def carry_out(state: State, recording: Recording, force: str | None, *, dry_run: bool, in_spite: bool = False) -> None:
    """Write a recording, and say what came of it; ends with 1 where it is refused.

    Args:
        state: the run.
        recording: what is recorded.
        force: the reason to record what is refused otherwise.
        dry_run: whether nothing is written.
        in_spite: whether the reason has been needed already, and goes into the note.
    """
    remark = say("record.forced", state.lang, {"reason": force}) if force else None
    if remark and in_spite:
        recording = recording.with_remark(remark)
    wish = writing.Wish(journal_folder(state), state.today, dry_run, remark, REFUSING)
    written = writing.record(state.workspace, recording, wish)
    found = written.prepared
    if dry_run:
        emit(difference(recording.path, written.before, found.data), None)
    if found.problems:
        told = [_refusal(each, written, state.lang) if written.refused else line(each, state.lang) for each in found.problems]
        warn("\n".join(told))
    if written.refused:
        warn(say("record.refused-always" if found.unreadable else "record.refused", state.lang))
        raise typer.Exit(FOUND)
    came = list(effects(found.old, found.new, state.today)) if recording.kind is not Kind.RENAMING else []
    why = None if came else _why_unmoved(state, found)
    warn(listing.sentence(found.recording, found.new, came, state.lang, dry_run=dry_run, none=why))
    if written.trouble:
        trouble = say(written.trouble.key, state.lang, written.trouble.args_of_message)
        warn(say("record.no-journal", state.lang, {"reason": trouble}))


def _refusal(problem: Problem, written: Written, lang: str) -> str:
    """Tell what speaks against an entry that was not written: of what stands in the file with its line there, and not where it would be."""
    recording = written.prepared.recording
    before, after = written.before.decode(), written.prepared.data.decode()
    text = line(problem, lang)
    if problem.location.path != recording.path:
        return text
    splice = splice_of(before, after)
    first = before.count("\n", 0, splice.start) + 1
    last = first + splice.new.rstrip("\n").count("\n")
    here = problem.location.line
    if first <= here <= last:
        return say("record.new-entry", lang, {"place": listing.place(recording), "said": text.removeprefix(f"{problem.location}: ")})
    moved = splice.old.count("\n") - splice.new.count("\n") if here > last else 0
    return line(problem._replace(location=problem.location._replace(line=here + moved)), lang)


def _why_unmoved(state: State, prepared: Prepared) -> str | None:
    """Say why an entry that settles something changes nothing."""
    recording = prepared.recording
    if recording.kind is not Kind.PROGRESS:
        return None
    last = max(
        (each.position for plan in prepared.new.plans for task in plan.tasks if task.id == recording.task for each in task.progress),
        default=0,
    )
    found = unmoved(prepared.new, recording.plan, recording.task, last, state.today)
    return listing.unmoved_text(found, state.lang) if found else None


def difference(path: str, before: bytes, after: bytes) -> str:
    """Compare as `diff -u` does."""
    old, new = (data.decode().splitlines(keepends=True) for data in (before, after))
    lines = unified_diff(old, new, path, path)
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)
