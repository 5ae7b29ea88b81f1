"""`planctl sheet status`: who has reported, who has not, and who late."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated

import typer

from planctl.cli.common import (
    AsOfOption,
    Format,
    FormatOption,
    OutputOption,
    PlanOption,
    State,
    emit,
    emit_table,
    finish,
    warn,
)
from planctl.cli.sheet.members import PeriodOption, ReplyOption, RoleOption, failure, forms_of, open_file, wanted_of
from planctl.listings import sheets as listing
from planctl.messages import say
from planctl.queries import Role
from planctl.sheets import returns
from planctl.sheets.attendance import Arrival, Call, Presence, attend, usual_period


def status(
    ctx: typer.Context,
    folder: Annotated[str, typer.Argument(metavar="DIR", help="help.sheet.folder")],
    period: PeriodOption = None,
    plan: PlanOption = None,
    role: RoleOption = Role.LEAD,
    as_of: AsOfOption = None,
    reply_by: ReplyOption = None,
    fail: Annotated[bool, typer.Option("--fail", help="help.sheet.fail")] = False,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
) -> None:
    """Say who has reported, who has not, and who late."""
    state: State = ctx.obj
    arrivals = [open_file(path) for path in returns.find_files([folder])]
    wanted = wanted_of(state, period or usual_period(arrivals) or None, role, reply_by)
    forms = forms_of(state, plan, None, wanted, as_of or _day_of(arrivals))
    found = attend(Call(state.workspace, forms, wanted.span.label if wanted.span else "", wanted.reply_by), arrivals)
    if form is Format.JSON:
        from planctl.formats import json_  # noqa: PLC0415 - only one format is ever needed

        emit(json_.render(map(listing.attendance_record, found)), output)
    else:
        emit_table(listing.attendance_table(found, state.lang), form, output)
    counts = {each.value: sum(one.presence is each for one in found) for each in Presence}
    warn(say("form.attendance", state.lang, {"units": len(found) - counts["unexpected"] - sum(not one.unit for one in found), **counts}))
    for each in arrivals:
        if each.error:
            warn(listing.remark_line(failure(each, state.lang), state.lang))
    finish(state, found=fail and any(one.presence is not Presence.REPORTED for one in found))


def _day_of(arrivals: Iterable[Arrival]) -> str | None:
    """Give the day that the forms were made of, so that the same units are expected."""
    days = [each.form.day for each in arrivals if each.form and each.form.day > date.min]
    return max(days).isoformat() if days else None
