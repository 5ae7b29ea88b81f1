"""`planctl schema`: the JSON Schema of the files."""

from typing import Annotated

import typer

from planctl.cli.common import Command, OutputOption, emit
from planctl.formats import json_
from planctl.schema import FileKind, schema_of

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command("schema", cls=Command)
def schema(
    kind: Annotated[FileKind, typer.Argument(metavar="[plan|units|settings|export]", help="help.schema.kind")] = FileKind.PLAN,
    output: OutputOption = None,
) -> None:
    """Print a JSON Schema."""
    emit(json_.render_one(schema_of(kind)), output)
