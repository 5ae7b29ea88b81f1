"""`planctl schema`: the JSON Schema of the files."""

from typing import Annotated

import typer

from planctl import schema as schemas
from planctl.cli.common import Command, OutputOption, emit
from planctl.formats import json_

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command("schema", cls=Command)
def schema(
    kind: Annotated[schemas.FileKind, typer.Argument(metavar="[plan|units|settings|export]", help="help.schema.kind")] = schemas.FileKind.PLAN,
    output: OutputOption = None,
) -> None:
    """Print a JSON Schema."""
    emit(json_.render_one(schemas.schema_of(kind)), output)
