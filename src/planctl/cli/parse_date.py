"""`planctl parse-date`: how a phrase of time or quantity is understood."""

import sys
from enum import StrEnum
from typing import Annotated

import typer

from planctl.cli.common import FOUND, Command, OutputOption, State, emit, warn
from planctl.listings import phrases as listing

STDIN = "-"
app = typer.Typer(rich_markup_mode=None, add_completion=False)


class Form(StrEnum):
    """How the answer is written."""

    TEXT = "text"
    JSON = "json"


@app.command("parse-date", cls=Command)
def parse_date(
    ctx: typer.Context,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="help.parse-date.text")],
    year: Annotated[int | None, typer.Option("--year", metavar="YEAR", min=1900, max=2999, help="help.parse-date.year")] = None,
    form: Annotated[Form, typer.Option("--format", metavar="text|json", help="help.option.format")] = Form.TEXT,
    output: OutputOption = None,
) -> None:
    """Show how phrases are understood."""
    state: State = ctx.obj
    lines = [line.strip() for line in sys.stdin.read().splitlines() if line.strip()] if text == STDIN else [text.strip()]
    found = [listing.understand(line, year) for line in lines]
    if form is Form.JSON:
        from planctl.formats import json_  # noqa: PLC0415 - only one format is ever needed

        emit(json_.render(record for each in found for record in listing.records(each)), output)
    else:
        emit("\n".join(listing.text(each, state.lang) for each in found if each.phrases), output)
        for each in found:
            for line in listing.not_understood(each, state.lang):
                warn(line)
    if not any(each.phrases for each in found):
        raise typer.Exit(FOUND)
