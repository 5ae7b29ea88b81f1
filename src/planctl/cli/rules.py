"""`planctl rules`: what each code means."""

from typing import Annotated

import typer

from planctl import catalog
from planctl.cli.common import Command, Format, FormatOption, OutputOption, State, emit, emit_table

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command("rules", cls=Command)
def rules(
    ctx: typer.Context,
    code: Annotated[str | None, typer.Argument(metavar="[CODE]", help="help.rules.code", autocompletion=catalog.complete_codes)] = None,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
) -> None:
    """Explain codes."""
    state: State = ctx.obj
    found = [catalog.find_rule(code.upper())] if code else catalog.all_rules()
    if form is Format.JSON:
        from planctl.formats import json_  # noqa: PLC0415 - only one format is ever needed

        emit(json_.render(catalog.record(rule, state.lang) for rule in found), output)
    elif code:
        emit(catalog.explain(found[0], state.lang), output)
    else:
        emit_table(catalog.table(found, state.lang), form, output)
