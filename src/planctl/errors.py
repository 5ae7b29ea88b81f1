"""Errors: what keeps a command from going on. Each class names its entry in the catalogue, so that raising it says everything.

Problems in the user's files are not errors: see `planctl.problems`.
"""

from __future__ import annotations


class PlanctlError(Exception):
    """The base of all: a message of the catalogue with its arguments; ends a command with exit code 2."""

    key = "error"

    def __init__(self, **args: object) -> None:
        super().__init__(self.key, args)
        self.args_of_message = args


class NoPlansFolderError(PlanctlError):
    """There is no folder of plans here or above."""

    key = "error.no-plans-folder"


class NotFoundError(PlanctlError):
    """A path given on the command line does not exist."""

    key = "error.not-found"


class UnreadableError(PlanctlError):
    """The operating system refuses to give the bytes of a file."""

    key = "error.unreadable"


class UnknownNameError(PlanctlError):
    """No plan, task, unit, code or calendar has the name that was asked for."""

    key = "error.unknown-name"


class AmbiguousTaskError(PlanctlError):
    """A bare task id stands in several plans."""

    key = "error.ambiguous-task"


class BadDateError(PlanctlError):
    """A date on the command line cannot be understood."""

    key = "error.bad-date"


class BadChoiceError(PlanctlError):
    """An option has a value that is not among its choices."""

    key = "error.bad-choice"


class CannotWriteError(PlanctlError):
    """The output file cannot be written."""

    key = "error.cannot-write"
