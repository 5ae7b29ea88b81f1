"""`planctl sheet`: the spreadsheets that units fill in, on their way out and back, and registers that become plans."""

import typer

from planctl.cli.sheet.attendance import status
from planctl.cli.sheet.exporting import export
from planctl.cli.sheet.importing import import_
from planctl.cli.sheet.members import Family, Member
from planctl.cli.sheet.merging import merge

app = typer.Typer(cls=Family, rich_markup_mode=None, add_completion=False, no_args_is_help=True)
app.command("export", cls=Member)(export)
app.command("merge", cls=Member)(merge)
app.command("status", cls=Member)(status)
app.command("import", cls=Member)(import_)


@app.callback()
def sheet() -> None:
    """Do nothing: each command has its own work."""
