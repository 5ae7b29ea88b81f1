"""What the commands about spreadsheets share: their help, their options, and the forms they speak of."""

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from planctl import queries, storage
from planctl.cli import language
from planctl.cli.common import Command, State, describe
from planctl.dates import parse_day
from planctl.errors import (
    BadChoiceError,
    DamagedDocumentError,
    EmptyDocumentError,
    EncryptedDocumentError,
    NoOfficeError,
    OfficeFailedError,
    OversizedDocumentError,
    PlanctlError,
    UnknownDocumentError,
    UnsafeDocumentError,
)
from planctl.messages import say
from planctl.queries import Judge, Role
from planctl.reports.periods import parse_period
from planctl.sheets import dues, returns
from planctl.sheets.attendance import Arrival
from planctl.sheets.dues import Span, Wanted
from planctl.sheets.errors import TraceFileError
from planctl.sheets.returns import Remark

if TYPE_CHECKING:
    from planctl.sheets.records import Form

ACTIONS = {"export": "sheet-export", "merge": "sheet-merge", "status": "sheet-status", "import": "sheet-import"}
"""The commands, and what their help is kept under."""


OF_FORMS: dict[type[PlanctlError], str] = {
    DamagedDocumentError: "form.damaged",
    OfficeFailedError: "form.damaged",
    OversizedDocumentError: "form.oversized",
}
"""What is said of a form where the error speaks of any document, and names its parts."""
ASKED_AGAIN = (*OF_FORMS, EmptyDocumentError, EncryptedDocumentError, NoOfficeError, UnknownDocumentError, UnsafeDocumentError)
"""Errors whose own way out is for documents: a form is asked for again."""


class Family(TyperGroup):
    """The commands about spreadsheets."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help of all of them."""
        from planctl.cli.help import family_help  # noqa: PLC0415 - only help needs it

        formatter.write(family_help(ctx, ACTIONS, language.current()))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command of a line; where there is none, say which there are."""
        if args and not args[0].startswith("-") and args[0] not in ACTIONS:
            raise BadChoiceError(option="planctl sheet", value=args[0], known=list(ACTIONS))
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: Any, incomplete: str) -> Any:
        """Complete the name of a command."""
        found = super().shell_complete(ctx, incomplete)
        for item in found:
            if item.value in ACTIONS:
                item.help = say(f"help.{ACTIONS[item.value]}", language.current())
        return found


class Member(Command):
    """One of the commands about spreadsheets; its help has the name of the family before its own."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help of this command."""
        from planctl.cli.help import command_help  # noqa: PLC0415 - only help needs it

        formatter.write(command_help(ctx, language.current(), ACTIONS[ctx.info_name]))


PeriodOption = Annotated[str | None, typer.Option("--period", metavar="2022Q4", help="help.sheet.period")]
RoleOption = Annotated[Role, typer.Option("--role", metavar="lead|support|any", help="help.sheet.role")]
ReplyOption = Annotated[str | None, typer.Option("--reply-by", metavar="DATE", help="help.sheet.reply-by")]
YesOption = Annotated[bool, typer.Option("--yes", help="help.sheet.yes")]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="help.sheet.dry-run")]


def wanted_of(state: State, period: str | None, role: Role, reply_by: str | None) -> Wanted:
    """Say what forms are to ask, by the options."""
    day = parse_day(reply_by, state.today) if reply_by else None
    return Wanted(_span(period), role, day)


def _span(period: str | None) -> Span | None:
    found = parse_period(period) if period else None
    return Span(found.label, found.text, found.first, found.last) if found else None


def forms_of(state: State, plan: list[str] | None, unit: str | None, wanted: Wanted, as_of: str | None) -> "list[Form]":
    """Make the forms of the units that owe something, or of one."""
    workspace = state.workspace
    if unit:
        queries.check_unit(workspace, unit)
    return dues.forms(Judge(workspace, state.day(as_of)), queries.chosen_plans(workspace, plan or ()), wanted, unit)


def open_file(path: str) -> Arrival:
    """Read a file that came back; why it cannot be read is kept, and stops no other file."""
    from planctl.sheets import workbooks  # noqa: PLC0415 - lxml is only needed here

    try:
        if os.path.basename(path).startswith("~$"):
            raise TraceFileError(path=path)
        data = storage.read_whole(path)
        saved = datetime.fromtimestamp(os.path.getmtime(path), tz=UTC).astimezone().date()
        return Arrival(path, returns.find_form(workbooks.read(path, data)), saved=saved)
    except PlanctlError as error:
        return Arrival(path, None, error)


def failure(arrival: Arrival, lang: str) -> Remark:
    """Remark why a file cannot be read, in the words of who has sent it out: a spreadsheet is asked for, and no folder of ours is named."""
    return Remark("S401", os.path.basename(arrival.path), args={"text": " ".join(_why(arrival, lang).splitlines())})


def _why(arrival: Arrival, lang: str) -> str:
    error = arrival.error
    if error is None:
        return ""
    error.args_of_message |= {"path": os.path.basename(arrival.path)}
    key = next((key for kind, key in OF_FORMS.items() if isinstance(error, kind)), None)
    if key is None and not isinstance(error, ASKED_AGAIN):
        return describe(error, lang)
    said = say(key, lang) if key else say(error.key, lang, error.args_of_message)
    return f"{said}\n{say('form.failed.hint', lang)}"
