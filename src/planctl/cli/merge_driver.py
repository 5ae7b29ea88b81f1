"""`planctl merge-driver`: merges a plan file for git, by the ids of tasks."""

from typing import Annotated

import typer

from planctl import storage
from planctl.cli.common import FOUND, Command, State, warn
from planctl.merging import describe, merge
from planctl.messages import Word, say

VERSIONS = {
    "base": Word("merge.version.base"),
    "ours": Word("merge.version.ours"),
    "theirs": Word("merge.version.theirs"),
    "result": Word("merge.version.result"),
}
"""What people call the version that could not be merged by id."""

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command("merge-driver", cls=Command)
def merge_driver(
    ctx: typer.Context,
    base: Annotated[str, typer.Argument(metavar="BASE", help="help.merge-driver.base")],
    ours: Annotated[str, typer.Argument(metavar="OURS", help="help.merge-driver.ours")],
    theirs: Annotated[str, typer.Argument(metavar="THEIRS", help="help.merge-driver.theirs")],
    size: Annotated[int, typer.Argument(metavar="[SIZE]", min=1, help="help.merge-driver.size")] = 7,
    path: Annotated[str | None, typer.Argument(metavar="[PATH]", help="help.merge-driver.path")] = None,
) -> None:
    """Merge two versions of a file into ours."""
    state: State = ctx.obj
    name = path or ours
    versions = [storage.read_whole(each) for each in (base, ours, theirs)]
    merged = merge(versions[0], versions[1], versions[2], size)
    if merged.data != versions[1]:
        storage.save(ours, merged.data, versions[1])
    for conflict in merged.conflicts:
        warn(describe(conflict, name, state.lang))
    if merged.unread:
        warn(say("merge.unread", state.lang, {"path": name, "version": VERSIONS[merged.unread]}))
    if not merged.clean:
        warn(say("merge.help", state.lang))
        raise typer.Exit(FOUND)
