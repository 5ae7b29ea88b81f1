"""`planctl edit`: opens the file of a task at its line, and checks it when the editor closes."""

import os
import shlex
import subprocess
import sys
from typing import Annotated

import typer

from planctl import checks, queries, storage
from planctl.checks.base import Context
from planctl.cli.common import FOUND, Command, PlanOption, State, complete, emit, task_references, warn
from planctl.cli.recording import journal_folder
from planctl.formats import findings
from planctl.messages import say
from planctl.problems import Location, Severity
from planctl.recording import journal
from planctl.recording.errors import NoEditorError

LINE_FIRST = frozenset(
    {"vi", "vim", "nvim", "view", "gvim", "nano", "pico", "emacs", "emacsclient", "joe", "jed", "micro", "kak", "ed", "mg", "ne"}
)
"""Editors that take `+LINE FILE`."""
COLON = frozenset({"hx", "helix", "subl", "zed"})
"""Editors that take `FILE:LINE`."""
GOTO = frozenset({"code", "codium", "code-insiders", "cursor"})
"""Editors that take `--goto FILE:LINE`."""
WAITS = {**dict.fromkeys(GOTO, "--wait"), "subl": "--wait", "zed": "--wait", "gvim": "--nofork"}
"""Editors that give the terminal back at once unless they are told to wait."""

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command("edit", cls=Command)
def edit(
    ctx: typer.Context,
    task: Annotated[str, typer.Argument(metavar="TASK", help="help.show.task", autocompletion=complete(task_references))],
    plan: PlanOption = None,
) -> None:
    """Open a task in the editor."""
    state: State = ctx.obj
    of_plan, found = queries.find_task(state.workspace, task, tuple(plan or ()))
    place = state.workspace.locate(of_plan.path, ("tasks", found.position))
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or _usual_editor()
    if not editor:
        # Nobody to edit: whoever reads this knows where the task is.
        emit(f"{place.path}:{place.line}\n", None)
        return
    before = storage.read_whole(place.path)
    _run(command_of(editor, place))
    if storage.read_whole(place.path) == before:
        warn(say("edit.same", state.lang))
        return
    _check(state, place.path, before)


def _usual_editor() -> str | None:
    """Name the editor that every machine of a kind has, where there is somebody to use it."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return None
    return "notepad" if os.name == "nt" else "vi"


def command_of(editor: str, place: Location) -> list[str]:
    """Say how an editor is told to open a file at a line."""
    words = shlex.split(editor, posix=os.name != "nt") or [editor]
    name = os.path.basename(words[0]).removesuffix(".exe").removesuffix(".cmd")
    if name in WAITS and WAITS[name] not in words:
        words.append(WAITS[name])
    if name in GOTO:
        return [*words, "--goto", f"{place.path}:{place.line}"]
    if name in COLON:
        return [*words, f"{place.path}:{place.line}"]
    return [*words, f"+{place.line}", place.path] if name in LINE_FIRST else [*words, place.path]


def _run(command: list[str]) -> None:
    """Run an editor until it closes.

    Raises:
        NoEditorError: it cannot be started, or has failed.
    """
    try:
        code = subprocess.run(command, check=False).returncode  # noqa: S603 - the user's own editor
    except OSError as error:
        raise NoEditorError(command=command[0], reason=error.strerror or error) from error
    if code:
        raise NoEditorError(command=command[0], reason=code)


def _check(state: State, path: str, before: bytes) -> None:
    """Check the file that was edited; ends with 1 where it has errors."""
    workspace = state.load([state.folder])
    found = checks.run(Context(workspace, state.today, queries.rules_of(workspace.settings)), lowest=Severity.WARNING)
    here = [problem for problem in found.problems if problem.location.path == path]
    emit(findings.render_text(here, state.lang), None)
    counts = {severity.value: sum(problem.severity is severity for problem in here) for severity in (Severity.ERROR, Severity.WARNING)}
    warn(say("edit.done", state.lang, {"path": path, **counts}))
    if counts["error"]:
        kept = journal.keep(journal_folder(state), path, before)
        warn(say("edit.back", state.lang, {"path": path, "kept": kept}))
        raise typer.Exit(FOUND)
