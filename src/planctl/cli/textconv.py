"""`planctl textconv`: a .docx as text, or a plan in words, for `git diff`."""

import os
from typing import Annotated

import typer

from planctl import sources
from planctl.cli.common import Command, OutputOption, State, emit

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command("textconv", cls=Command)
def textconv(
    ctx: typer.Context,
    path: Annotated[str, typer.Argument(metavar="FILE", help="help.textconv.path")],
    output: OutputOption = None,
) -> None:
    """Print the text of a document, or a plan in words."""
    if path.endswith(sources.SUFFIXES):
        from planctl.listings import wording  # noqa: PLC0415 - a .docx is no plan

        state: State = ctx.obj
        # What git gives is a copy somewhere else; it runs this at the root of the repository, where the settings say the language.
        settings = sources.find_above(os.path.join(os.curdir, "_"), sources.SETTINGS_NAME)
        if settings:
            state.load([settings])
        emit(wording.textconv(sources.decode(path, sources.read_bytes(path)), state.lang), output)
        return
    from planctl.word.reading import textconv as read  # noqa: PLC0415 - python-docx is only needed here

    emit(read(sources.read_bytes(path)), output)
