"""`planctl merge-driver`: merges a plan file for git, by the ids of tasks."""

import os
from typing import Annotated

import typer

from planctl import git, storage
from planctl.cli.common import FOUND, Command, State, warn
from planctl.errors import PlanctlError
from planctl.merging import SIDES, describe, merge
from planctl.messages import Word, say

VERSIONS = {
    "base": Word("merge.version.base"),
    "ours": Word("merge.version.ours"),
    "theirs": Word("merge.version.theirs"),
    "result": Word("merge.version.result"),
}
"""What people call the version that could not be merged by id."""
SIDES_OF = {
    "rebase": ("merge.side.target", "merge.side.moved"),
    "cherry-pick": ("merge.side.current", "merge.side.picked"),
    "revert": ("merge.side.current", "merge.side.reverted"),
}
"""What people call both sides, by what git is doing: in a rebase, ours is what others have and theirs is one's own."""

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
    doing = None if merged.clean else _doing()
    for conflict in merged.conflicts:
        warn(describe(conflict, name, state.lang, SIDES_OF.get(doing or "", SIDES)))
    if merged.unread:
        warn(say("merge.unread", state.lang, {"path": name, "version": VERSIONS[merged.unread]}))
    if not merged.clean:
        warn(say("merge.help", state.lang))
        if doing == "rebase":
            warn(say("merge.help.rebase", state.lang))
        raise typer.Exit(FOUND)


def _doing() -> str | None:
    """Say what git is doing that it asks for a merge."""
    try:
        return git.under_way(git.find_repository(os.curdir))
    except PlanctlError:
        return None
