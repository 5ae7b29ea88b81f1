"""The program: its commands, each loaded when it is called, and the one place where errors become words and exit codes."""

import os
import sys
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException
from typer.main import get_command as build_command

import planctl
from planctl.cli import language
from planctl.errors import PlanctlError
from planctl.messages import Word, say

UNABLE, INTERRUPTED = 2, 130
COMPLETION = "_PLANCTL_COMPLETE"
SECTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("section.ask", ("due", "tasks", "show", "units", "upstream", "stats", "history")),
    ("section.record", ("progress", "done", "extend", "event", "cancel", "add-task", "rename-unit", "sheet", "edit", "log", "undo")),
    ("section.write", ("report", "notice", "template", "export", "textconv")),
    ("section.review", ("diff", "merge-driver")),
    ("section.start", ("init", "import", "git-setup")),
    ("section.check", ("validate", "verify", "fmt", "rules", "schema", "parse-date")),
)
"""The commands by purpose. Each is a module of this package with an `app`."""
NAMES = tuple(name for _, names in SECTIONS for name in names)


def module_of(command: str) -> str:
    """Name the module of a command: as it is called, so far as Python lets a module be called so."""
    return {"import": "import_"}.get(command, command.replace("-", "_"))


class Group(TyperGroup):
    """planctl itself. A command's module is imported when the command is called, so that none pays for the others."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - Typer's signature
        """List the names of the commands."""
        return list(NAMES)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002 - Typer's signature
        """Load a command."""
        if cmd_name not in NAMES:
            return None
        if cmd_name not in self.commands:
            self.commands[cmd_name] = build_command(import_module(f"planctl.cli.{module_of(cmd_name)}").app)
        return self.commands[cmd_name]

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command of a line; where there is none, the error has to know what was asked for."""
        ctx.args = args
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: Any, incomplete: str) -> Any:
        """Complete the name of a command or an option."""
        from planctl.cli.help import translate  # noqa: PLC0415 - only completion needs it

        return translate(super().shell_complete(ctx, incomplete), language.current())

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help of planctl."""
        from planctl.cli.help import group_help  # noqa: PLC0415 - only help needs it

        formatter.write(group_help(ctx, SECTIONS, language.current()))


app = typer.Typer(cls=Group, rich_markup_mode=None, pretty_exceptions_enable=False, no_args_is_help=True)


def _print_version(wanted: bool) -> None:  # noqa: FBT001 - Typer calls it so
    if wanted:
        typer.echo(f"planctl {planctl.__version__}")
        raise typer.Exit


@app.callback()
def root(
    ctx: typer.Context,
    plans: Annotated[str | None, typer.Option(envvar="PLANCTL_PLANS", metavar="DIR", help="help.option.plans")] = None,
    lang: Annotated[str | None, typer.Option(metavar="zh|en", help="help.option.lang")] = None,
    version: Annotated[bool, typer.Option("--version", callback=_print_version, is_eager=True, help="help.option.version")] = False,
) -> None:
    """Keep what all commands need. `lang` has been read before (`planctl.cli.language`); here it is only checked."""
    del version
    if lang is not None and lang not in language.LANGUAGES:
        from planctl.errors import BadChoiceError  # noqa: PLC0415 - only a mistake needs it

        raise BadChoiceError(option="--lang", value=lang, known=language.LANGUAGES)
    if ctx.resilient_parsing:
        return
    from planctl.cli.common import State  # noqa: PLC0415 - help and version do not need it

    ctx.obj = State(plans)


def run() -> int:
    """Run planctl. Nothing but an exit code and words leaves here; a traceback would be a defect."""
    _open_missing_streams()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    code = 0
    try:
        code = _run()
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader of a pipe has seen enough (`planctl due | head`): not an error.
        _discard_output()
    except KeyboardInterrupt:
        _discard_output()
        return INTERRUPTED
    except OSError as error:
        # What went wrong before has been said, and is likely to be the same.
        code = code or _fail(say("error.cannot-write", language.current(), {"path": Word("error.stdout"), "reason": error.strerror}))
        _discard_output()
    return code


def _open_missing_streams() -> None:
    """Give the run the streams that its caller has closed (`>&-`). Writing an answer then fails as it does on a full disk."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            mode = os.O_RDONLY if name == "stdout" else os.O_WRONLY
            setattr(sys, name, os.fdopen(os.open(os.devnull, mode), "w"))


def _run() -> int:
    lang = language.current()
    try:
        return int(app(standalone_mode=False, prog_name="planctl") or 0)
    except PlanctlError as error:
        from planctl.cli.common import describe  # noqa: PLC0415 - only a mistake needs it

        return _fail(describe(error, error.lang or lang))
    except (typer.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except SystemExit as error:
        # Typer's own answer to a broken pipe is exit code 1. Completion leaves in this way too, with a code of its own.
        if isinstance(error.__context__, BrokenPipeError):
            raise error.__context__ from None
        raise
    except TyperException as error:
        from planctl.cli.usage import describe_usage  # noqa: PLC0415 - only a mistake needs it

        return describe_usage(error, lang, NAMES)
    except Exception as error:
        # A shell that completes says where the cursor is in the environment; without that there is nothing to complete.
        if isinstance(error, (KeyError, ValueError)) and COMPLETION in os.environ:
            return UNABLE
        if os.environ.get("PLANCTL_DEBUG") and not isinstance(error, (OSError, MemoryError, RecursionError)):
            raise
        return _fail(_surprise(error, lang))


def _surprise(error: Exception, lang: str) -> str:
    """Say what nobody foresaw: trouble of the system, or a defect of planctl."""
    if isinstance(error, OSError):
        return say("error.system", lang, {"reason": error.strerror or str(error), "path": error.filename or Word("error.stdout")})
    if isinstance(error, (MemoryError, RecursionError)):
        return say("error.memory", lang)
    return say("error.internal", lang, {"kind": type(error).__name__, "text": str(error)})


def _fail(text: str) -> int:
    from planctl.cli.common import warn  # noqa: PLC0415 - only a mistake needs it

    warn(text)
    return UNABLE


def _discard_output() -> None:
    """Send the rest of the output nowhere, so that Python's own last flush does not complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
