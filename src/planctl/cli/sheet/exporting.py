"""`planctl sheet export`: the forms of units, on their way out."""

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from planctl.cli.common import (
    AsOfOption,
    PlanOption,
    State,
    UnitOption,
    emit_bytes,
    finish,
    refuse_suffix,
    warn,
)
from planctl.cli.sheet.members import PeriodOption, ReplyOption, RoleOption, forms_of, open_file, wanted_of
from planctl.errors import CannotWriteError, OptionNeedsError
from planctl.messages import say
from planctl.queries import Role
from planctl.sheets.errors import KeptFormError, NothingOwedError, PastReplyError
from planctl.sheets.filing import touched

if TYPE_CHECKING:
    from planctl.sheets.records import Form


def export(
    ctx: typer.Context,
    output: Annotated[str, typer.Option("--output", metavar="FILE|DIR", help="help.sheet.output")],
    unit: UnitOption = None,
    each: Annotated[bool, typer.Option("--each", help="help.sheet.each")] = False,
    period: PeriodOption = None,
    plan: PlanOption = None,
    role: RoleOption = Role.LEAD,
    as_of: AsOfOption = None,
    reply_by: ReplyOption = None,
) -> None:
    """Write the forms of units."""
    from planctl.sheets.writing import write  # noqa: PLC0415 - XlsxWriter is only needed here

    state: State = ctx.obj
    if not (unit or each):
        raise OptionNeedsError(option="--output", other="--unit / --each")
    wanted = wanted_of(state, period, role, reply_by)
    day = state.day(as_of)
    if wanted.reply_by and wanted.reply_by < day:
        raise PastReplyError(day=wanted.reply_by, today=day)
    refuse_suffix(output, (".xlsx",))
    forms = forms_of(state, plan, unit, wanted, as_of)
    state.tell_unread()
    if not forms:
        raise NothingOwedError
    if each or len(forms) > 1:
        _write_each(state, forms, output)
    elif _is_kept(output):
        raise KeptFormError(path=output)
    else:
        emit_bytes(write(forms[0]), output)
        _tell(state, output, forms[0])
    finish(state)


def _write_each(state: State, forms: "Sequence[Form]", folder: str) -> None:
    from planctl.sheets.writing import file_name, write  # noqa: PLC0415 - see above

    try:
        os.makedirs(folder, exist_ok=True)
    except OSError as error:
        raise CannotWriteError(path=folder, reason=error.strerror) from error
    taken: set[str] = set()
    several = len({form.organisation for form in forms}) > 1
    named = [(os.path.join(folder, file_name(form, taken, several=several)), form) for form in forms]
    kept = [path for path, _ in named if _is_kept(path)]
    written = [(path, form) for path, form in named if path not in kept]
    for path, form in written:
        emit_bytes(write(form), path)
        _tell(state, path, form)
    rows = sum(len(form.rows) for _, form in written)
    warn(say("form.written.all", state.lang, {"count": len(written), "folder": folder, "rows": rows}))
    for path in kept:
        warn(say("form.kept", state.lang, {"path": os.path.normpath(path)}))
    if kept:
        warn(say("form.kept.hint", state.lang))
        finish(state, found=True)


def _is_kept(path: str) -> bool:
    """Tell whether a file must not be written over: it is not a form of planctl that nobody has filled in yet."""
    if path == "-" or not os.path.isfile(path):
        return False
    form = open_file(path).form
    return form is None or bool(form.reported and form.reported.cell.text.strip()) or any(map(touched, form.rows))


def _tell(state: State, path: str, form: "Form") -> None:
    if path != "-":
        warn(say("form.written", state.lang, {"path": os.path.normpath(path), "unit": form.unit, "rows": len(form.rows)}))
