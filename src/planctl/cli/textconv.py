"""`planctl textconv`: a .docx as text, for `git diff`."""

from typing import Annotated

import typer

from planctl import sources
from planctl.cli.common import Command, OutputOption, emit

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command("textconv", cls=Command)
def textconv(
    path: Annotated[str, typer.Argument(metavar="FILE", help="help.textconv.path")],
    output: OutputOption = None,
) -> None:
    """Print the text of a document."""
    from planctl.word.reading import textconv as read  # noqa: PLC0415 - python-docx is only needed here

    emit(read(sources.read_bytes(path)), output)
