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
from planctl.messages import say

UNABLE, INTERRUPTED = 2, 130
SECTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("section.ask", ("due", "tasks", "show", "units")),
    ("section.check", ("validate", "rules", "schema")),
)
"""The commands by purpose. Each is a module of this package with an `app`."""
NAMES = tuple(name for _, names in SECTIONS for name in names)


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
            self.commands[cmd_name] = build_command(import_module(f"planctl.cli.{cmd_name}").app)
        return self.commands[cmd_name]

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
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    code = _run()
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _discard_output()
    except OSError as error:
        code = _fail(say("error.cannot-write", language.current(), {"path": "stdout", "reason": error.strerror}))
        _discard_output()
    return code


def _run() -> int:
    lang = language.current()
    try:
        return int(app(standalone_mode=False, prog_name="planctl") or 0)
    except PlanctlError as error:
        from planctl.cli.common import describe  # noqa: PLC0415 - only a mistake needs it

        return _fail(describe(error, lang))
    except typer.Abort:
        return INTERRUPTED
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader has seen enough (`planctl due | head`): not an error.
        _discard_output()
        return 0
    except TyperException as error:
        from planctl.cli.usage import describe_usage  # noqa: PLC0415 - only a mistake needs it

        return describe_usage(error, lang, NAMES)
    except OSError as error:
        return _fail(say("error.system", lang, {"reason": error.strerror or str(error), "path": error.filename or ""}))
    except (MemoryError, RecursionError):
        return _fail(say("error.memory", lang))


def _fail(text: str) -> int:
    sys.stderr.write(f"{text}\n")
    return UNABLE


def _discard_output() -> None:
    """Send the rest of the output nowhere, so that Python's own last flush does not complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
