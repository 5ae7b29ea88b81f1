"""What commands share: the state of a run, the options that mean the same everywhere, and the ways out."""

from __future__ import annotations

import os
import re
import sys
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand

from planctl import sources
from planctl.cli import language
from planctl.dates import parse_day
from planctl.errors import BadChoiceError, BadDateError, CannotWriteError, NoPlansFolderError, PlanctlError, UnknownNameError
from planctl.messages import entry, say
from planctl.problems import Severity
from planctl.revisions import day_of, open_revision
from planctl.revisions.belongings import DISK, load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from planctl.revisions import Snapshot
    from planctl.tables import Table
    from planctl.workspace import Workspace

FOUND, UNABLE = 1, 2
"""Exit codes: the command worked and found something; it could not work, or not completely."""
FLAWS = 3
"""How many places that cannot be read are told before the question is answered."""
CONTROL = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff]"
"""Control and bidirectional characters and what XML forbids, without the line breaks and tabs of our own formats."""
UNENCODABLE = "backslashreplace"
"""How text is written that UTF-8 cannot say: the odd bytes of a file name."""


class Format(StrEnum):
    """How an answer is written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    MD = "md"


class Command(TyperCommand):
    """A command whose help comes from the catalogue."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help of this command."""
        from planctl.cli.help import command_help  # noqa: PLC0415 - only help needs it

        formatter.write(command_help(ctx, language.current()))

    def parse_args(self, ctx: Any, args: list[str]) -> Any:
        """Read the words of a line, where some values may be said in Chinese."""
        if not " ".join(args).isascii():
            from planctl.cli.spoken import translated  # noqa: PLC0415 - see above

            args = list(translated(args))
        return super().parse_args(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        """Run this command; its errors are told in the language that the repository says."""
        try:
            return super().invoke(ctx)
        except PlanctlError as error:
            error.lang = ctx.obj.lang
            if isinstance(error, BadDateError):
                named = [param.opts[0] for param in self.params if ctx.params.get(param.name) == error.args_of_message["text"]]
                error.args_of_message["option"] = named
                error.hint = f"{error.key}.option" if named else error.hint
            if isinstance(error, UnknownNameError):
                # What is asked for may stand where nothing could be read.
                ctx.obj.tell_unread()
            raise

    def shell_complete(self, ctx: Any, incomplete: str) -> Any:
        """Complete the name of an option."""
        from planctl.cli.help import translate  # noqa: PLC0415 - only completion needs it

        return translate(super().shell_complete(ctx, incomplete), language.current())


class State:
    """One run of planctl: where the plans are and what day it is. The plans are loaded when they are first asked for."""

    def __init__(self, plans: str | None) -> None:
        self._plans = plans
        self.today = date.today()  # noqa: DTZ011 - the clerk's own calendar day is meant
        self._setting: str | None = None
        self._snapshot: Snapshot | None = None
        self._places: list[str] = []

    @property
    def lang(self) -> str:
        """The language of this run. What `planctl.yaml` says counts for commands that load it."""
        return language.current(self._setting)

    @cached_property
    def folder(self) -> str:
        """The folder of plans: as given, or found here or above."""
        return self._plans or sources.find_plans_folder(os.curdir)

    @cached_property
    def workspace(self) -> Workspace:
        """All plans of the folder, with the settings beside or in it."""
        return self.load([self.folder])

    @property
    def template_folders(self) -> list[str]:
        """The folder of templates of this repository: `templates/` beside the plans."""
        return [os.path.join(os.path.dirname(os.path.abspath(self.folder)), "templates")]

    def load(self, places: list[str]) -> Workspace:
        """Load files and folders, with the settings and units that belong to them."""
        return self._speak_as(load(DISK, places))

    def open(self, revision: str | None, places: list[str] | None = None) -> None:
        """Go back to a revision, where one is given: the plans are those of its commit, and so is the day unless another is asked for."""
        if revision is None:
            return
        self._places = places or [self._folder_of_revision()]
        self._snapshot = open_revision(revision, self._places)
        self.workspace = self._speak_as(self._snapshot.workspace)

    def day(self, text: str | None) -> date:
        """Read a day of the command line. Where none is given it is today, or with a revision the day of its commit, which is then said."""
        if text:
            return parse_day(text, self.today)
        day = day_of(self._snapshot, self._places[0]) if self._snapshot else None
        if self._snapshot and day:
            warn(say("revision.day", self.lang, {"revision": self._snapshot.name, "day": day}))
        return day or self.today

    def tell_unread(self) -> None:
        """Say where the plans that have been loaded cannot be read, if they cannot: what stands there counts nowhere."""
        flaws = (
            [each for each in self.__dict__["workspace"].problems if each.severity is Severity.ERROR]
            if "workspace" in self.__dict__
            else []
        )
        if not flaws:
            return
        from planctl.formats.lines import line  # noqa: PLC0415 - only a mistake needs it

        for flaw in flaws[:FLAWS]:
            warn(line(flaw, self.lang))
        warn(say("error.unread", self.lang, {"count": len(flaws)}))

    def _speak_as(self, workspace: Workspace) -> Workspace:
        self._setting = workspace.settings.language
        return workspace

    def _folder_of_revision(self) -> str:
        """Name the folder of plans, which a revision may have where the disk has none: in a bare repository."""
        try:
            return self.folder
        except NoPlansFolderError:
            from planctl import git  # noqa: PLC0415 - only revisions need it

            self.folder = os.path.relpath(os.path.join(git.find_repository(os.curdir).root, "plans"))
            return self.folder


def complete(pick: Callable[[Workspace], Iterable[str]]) -> Callable[[typer.Context, str], list[str]]:
    """Make a completion of what is in the plans; where they cannot be read it offers nothing."""

    def candidates(ctx: typer.Context, incomplete: str) -> list[str]:
        root = ctx.find_root()
        try:
            workspace = State(root.params.get("plans")).workspace
        except PlanctlError:
            return []
        return [name for name in dict.fromkeys(pick(workspace)) if name.startswith(incomplete)]

    return candidates


def plan_ids(workspace: Workspace) -> Iterable[str]:
    """List the ids of the plans."""
    return (plan.id for plan in workspace.plans)


def task_references(workspace: Workspace) -> Iterable[str]:
    """List the tasks."""
    return (f"{plan.id}/{task.id}" for plan in workspace.plans for task in plan.tasks)


def unit_names(workspace: Workspace) -> Iterable[str]:
    """List the names and aliases of units and groups."""
    return (name for directory in workspace.directories.values() for name in directory.names())


PlanOption = Annotated[list[str] | None, typer.Option("--plan", metavar="ID", help="help.option.plan", autocompletion=complete(plan_ids))]
UnitOption = Annotated[str | None, typer.Option("--unit", metavar="NAME", help="help.option.unit", autocompletion=complete(unit_names))]
AsOfOption = Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="help.option.as-of")]
RevOption = Annotated[str | None, typer.Option("--rev", metavar="REV", help="help.option.rev")]
FormatOption = Annotated[Format, typer.Option("--format", metavar="table|json|csv|md", help="help.option.format")]
OutputOption = Annotated[str | None, typer.Option("--output", metavar="FILE", help="help.option.output")]


def harmless(text: str) -> str:
    """Spell out the characters that move a terminal's cursor or turn text around: those of file names; a plan has none left."""
    return re.sub(CONTROL, lambda found: f"\\u{ord(found[0]):04x}", text)


def emit(text: str, output: str | None, *, mark: bool = False) -> None:
    """Write text to standard output, or whole or not at all to a file; there with a byte order mark if wanted.

    Raises:
        CannotWriteError: the operating system refuses.
    """
    text = harmless(text)
    if output is None or output == "-":
        sys.stdout.write(text)
    else:
        _save(text.encode("utf-8-sig" if mark and not _is_device(output) else "utf-8", UNENCODABLE), output)


SUFFIXES = frozenset({".doc", ".docx", ".wps", ".pdf", ".xls", ".xlsx", ".et", ".ods", ".csv", ".ics", ".json", ".md", ".html", ".yaml"})
"""Endings of file names that promise what is in the file."""


def refuse_suffix(output: str | None, fitting: Sequence[str]) -> None:
    """See that the name of a file does not promise something else than what is written into it.

    Raises:
        BadChoiceError: it does.
    """
    suffix = os.path.splitext(output or "")[1].lower()
    if suffix in SUFFIXES and suffix not in fitting:
        raise BadChoiceError(option="--output", value=output, known=[f"*{each}" for each in fitting])


def emit_bytes(data: bytes, output: str) -> None:
    """Write what is no text, as `emit` does.

    Raises:
        CannotWriteError: the operating system refuses.
    """
    if output == "-":
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
    else:
        _save(data, output)


def _save(data: bytes, output: str) -> None:
    if not _is_device(output):
        from planctl import storage  # noqa: PLC0415 - only a file needs it

        storage.save(output, data)
        return
    try:
        # A device or a named pipe takes the data; a file renamed over it would replace it, and break the machine where it is /dev/null.
        with open(output, "wb") as file:
            file.write(data)
    except OSError as error:
        raise CannotWriteError(path=output, reason=error.strerror) from error


def _is_device(path: str) -> bool:
    return os.path.exists(path) and not os.path.isfile(path)


def emit_table(table: Table, form: Format, output: str | None) -> None:
    """Write a table: with Rich on a terminal, in plain columns into a pipe or a file, or as CSV or Markdown."""
    emit_tables([table], form, output)


def emit_tables(tables: Sequence[Table], form: Format, output: str | None) -> None:
    """Write tables one after the other; as CSV, those of the same columns as one."""
    if form is Format.TABLE and output in (None, "-") and sys.stdout.isatty():
        from planctl import console  # noqa: PLC0415 - Rich is only worth its start on a terminal

        for table in tables:
            console.show(table)
        return
    from planctl.formats import tabular  # noqa: PLC0415 - JSON does not need it

    if form is Format.CSV:
        rows = tuple(row for table in tables for row in table.rows)
        # Excel and WPS take a file without the mark for GBK; a program that reads from a pipe would take the mark for text.
        emit(tabular.render_csv(tables[0]._replace(rows=rows)) if tables else "", output, mark=True)
        return
    render = tabular.render_markdown if form is Format.MD else tabular.render_plain
    emit("".join(map(render, tables)), output)


def warn(text: str) -> None:
    """Say something that is not the answer: to standard error."""
    print(harmless(text), file=sys.stderr)  # noqa: T201 - this is the door to standard error


def finish(state: State, found: bool = False) -> None:  # noqa: FBT001 - reads as "finish(state, found=…)"
    """End a query: with 2 and a word about it where files could not be read completely, with 1 where something was found."""
    errors = sum(problem.severity is Severity.ERROR for problem in state.workspace.problems)
    if errors:
        warn(say("error.incomplete", state.lang, {"count": errors}))
        raise typer.Exit(UNABLE)
    if found:
        raise typer.Exit(FOUND)


def describe(error: PlanctlError, lang: str) -> str:
    """Put an error into words, with its way out."""
    text = say(error.key, lang, error.args_of_message)
    return f"{text}\n{say(error.hint, lang, error.args_of_message)}" if entry(error.hint) else text
