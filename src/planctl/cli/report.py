"""`planctl report`: a report through a template, as Markdown, DOCX or HTML."""

import os
import sys
from enum import StrEnum
from typing import Annotated, Any

import typer

from planctl import sources
from planctl.cli.common import AsOfOption, Command, OutputOption, PlanOption, RevOption, State, UnitOption, emit, emit_bytes, finish, warn
from planctl.errors import TerminalError
from planctl.messages import say
from planctl.queries import Judge, Selection
from planctl.reports import catalog, environment
from planctl.reports.facts import Scope, facts
from planctl.tables import Column, Table

app = typer.Typer(rich_markup_mode=None, add_completion=False)


class Form(StrEnum):
    """How a report is written."""

    MD = "md"
    DOCX = "docx"
    HTML = "html"


class Data(StrEnum):
    """How the facts of a report are shown."""

    JSON = "json"


@app.command("report", cls=Command)
def report(
    ctx: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="help.report.name")] = None,
    listed: Annotated[bool, typer.Option("--list", help="help.report.list")] = False,
    data: Annotated[Data | None, typer.Option(metavar="json", help="help.report.data")] = None,
    plan: PlanOption = None,
    unit: UnitOption = None,
    section: Annotated[str | None, typer.Option(metavar="SECTION", help="help.tasks.section")] = None,
    period: Annotated[str | None, typer.Option(metavar="2022Q4", help="help.report.period")] = None,
    as_of: AsOfOption = None,
    rev: RevOption = None,
    form: Annotated[Form, typer.Option("--format", metavar="md|docx|html", help="help.option.format")] = Form.MD,
    output: OutputOption = None,
) -> None:
    """Write a report."""
    if form is Form.DOCX and output == "-" and sys.stdout.isatty() and not (data or listed or name is None):
        raise TerminalError
    state: State = ctx.obj
    state.open(rev)
    if name is None or listed:
        emit(_listing(state), output)
        return
    catalog.check_name(name, state.template_folders)
    day = state.day(as_of)
    speaks_of = catalog.period_of(name, period, day)
    judge = Judge(state.workspace, min(day, speaks_of.last) if speaks_of and not as_of else day)
    selection = Selection(tuple(plan or ()), unit, section=section)
    known = facts(name, Scope(judge, selection, speaks_of))
    if data:
        from planctl.formats import json_  # noqa: PLC0415 - only --data needs it

        emit(json_.render_one(known), output)
    else:
        _write(state, judge, selection, name, known, form, output)
    finish(state)


def _listing(state: State) -> str:
    from planctl.formats.tabular import render_plain  # noqa: PLC0415 - only --list needs it

    rows = []
    for name in catalog.names(state.template_folders):
        built_in = catalog.BUILT_INS.get(name)
        rows.append((name, say(built_in.about if built_in else "report.own", state.lang)))
    return render_plain(Table((Column(say("column.report", state.lang)), Column(say("column.about", state.lang))), tuple(rows)))


def _write(state: State, judge: Judge, selection: Selection, name: str, known: dict[str, Any], form: Form, output: str | None) -> None:
    if form is Form.DOCX and (own := catalog.documents(state.template_folders).get(name)):
        from planctl.word import agency  # noqa: PLC0415 - docxtpl is only needed here

        path = output or _path(name, known, form)
        emit_bytes(agency.fill(sources.read_bytes(own), os.path.basename(own), known), path)
        _tell(state, path)
        return
    markdown = environment.render(name, known, state.template_folders)
    from planctl.reports import pictures  # noqa: PLC0415 - charts are only drawn for a report

    if form is Form.MD:
        emit(pictures.without_pictures(markdown), output)
        return
    path = output or _path(name, known, form)
    if form is Form.DOCX:
        from planctl.word.document import render  # noqa: PLC0415 - python-docx is only needed here
        from planctl.word.preset import Preset  # noqa: PLC0415 - see above

        emit_bytes(render(markdown, Preset(**state.workspace.settings.document), pictures.pictures(markdown, known)), path)
    else:
        from planctl.page import article, record  # noqa: PLC0415 - HTML is only needed here
        from planctl.page.render import render as render_page  # noqa: PLC0415 - see above

        charts = {each: pictures.draw(each, known) for each in pictures.LABELS}
        board = record.dashboard(judge.workspace, judge.day, selection, state.lang)
        emit(render_page(board, state.lang, article.article(markdown, charts)), path)
    _tell(state, path)


def _path(name: str, known: dict[str, Any], form: Form) -> str:
    return f"{name}-{known['report']['period'] or known['report']['day']}.{form.value}"


def _tell(state: State, path: str) -> None:
    if path != "-":
        warn(say("report.written", state.lang, {"path": os.path.normpath(path)}))
