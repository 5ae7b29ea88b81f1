"""`planctl git-setup`: git speaks planctl in this clone."""

import os
from typing import Annotated

import typer

from planctl import git
from planctl.cli.common import FOUND, Command, State, warn
from planctl.messages import say
from planctl.starting import clone

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command("git-setup", cls=Command)
def git_setup(
    ctx: typer.Context,
    check: Annotated[bool, typer.Option("--check", help="help.git-setup.check")] = False,
    remove: Annotated[bool, typer.Option("--remove", help="help.git-setup.remove")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="help.option.dry-run")] = False,
) -> None:
    """Tell this clone how to compare and merge plans, and to check them before a commit."""
    state: State = ctx.obj
    repository = git.find_repository(state.folder)
    steps = list(clone.present(repository) if remove else clone.missing(repository, clone.plans_of(repository, state.folder)))
    for step in steps:
        if not (check or dry_run):
            clone.take(repository, step)
        warn(_told(step, state.lang, done=not (check or dry_run)))
    if remove and steps:
        warn(say("git-setup.stays", state.lang, {"name": clone.STAYS}))
    if not steps:
        warn(say("git-setup.nothing", state.lang))
    if check and steps:
        raise typer.Exit(FOUND)


def _told(step: clone.Step, lang: str, *, done: bool) -> str:
    deed = "remove" if step.new is None else "add" if step.old is None else "change"
    name = step.name if step.kind == "setting" else os.path.relpath(step.name)
    line = say(f"git-setup.{deed}", lang, {"name": name, "value": step.new if step.kind == "setting" else ""}).rstrip(" =")
    return line if done else say("git-setup.not-yet", lang, {"line": line})
