"""`planctl init`: a new repository of plans."""

import os
import shlex
from typing import Annotated

import typer

from planctl import git, storage
from planctl.cli.common import Command, State, warn
from planctl.errors import CannotWriteError, PlanctlError
from planctl.git import setup
from planctl.git.errors import NoGitError, NotRepositoryError
from planctl.messages import say
from planctl.starting import clone, skeleton

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command("init", cls=Command)
def init(
    ctx: typer.Context,
    folder: Annotated[str, typer.Argument(metavar="[DIR]", help="help.init.folder")] = os.curdir,
    with_git: Annotated[bool, typer.Option("--git/--no-git", help="help.init.git")] = True,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="help.option.dry-run")] = False,
) -> None:
    """Start a repository of plans: what is there already stays."""
    state: State = ctx.obj
    contents = skeleton.contents(state.lang)
    above = _repository_above(folder)
    if above:
        contents = {path: text for path, text in contents.items() if not skeleton.is_of_root(path)}
    new, kept = skeleton.split(folder, contents)
    for path, text in new.items():
        if not dry_run:
            _write(os.path.join(folder, path), text)
        warn(say("init.new", state.lang, {"path": path}))
    for path in kept:
        warn(say("init.kept", state.lang, {"path": path}))
    if above:
        warn(say("init.not-root", state.lang, {"root": above}))
    if dry_run:
        return
    if with_git:
        _tell_git(folder, state.lang)
    warn(say("init.next", state.lang, {"folder": shlex.quote(folder)}))


def _repository_above(folder: str) -> str | None:
    """Give the root of the repository that a folder is in, without being its root."""
    try:
        root = os.path.realpath(git.find_repository(folder).root)
    except PlanctlError:
        return None
    return root if root != os.path.realpath(folder) else None


def _write(path: str, text: str) -> None:
    try:
        os.makedirs(os.path.dirname(path) or os.curdir, exist_ok=True)
    except OSError as error:
        raise CannotWriteError(path=path, reason=error.strerror) from error
    storage.save(path, text.encode())


def _tell_git(folder: str, lang: str) -> None:
    """Make the folder a repository of git, unless it is in one, and set its clone up. Without git the plans work all the same."""
    try:
        repository = git.find_repository(folder)
    except NotRepositoryError:
        repository = setup.start_repository(folder)
    except NoGitError:
        warn(say("init.no-git", lang))
        return
    for step in clone.missing(repository, clone.plans_of(repository, os.path.join(folder, "plans"))):
        clone.take(repository, step)
