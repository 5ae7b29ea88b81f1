"""Errors of confirmations: what keeps one from being recorded. See `planctl.errors`."""

from __future__ import annotations

from planctl.errors import PlanctlError


class ConfirmUsageError(PlanctlError):
    """`planctl upstream confirm` names no task, or what goes with it stands without it, or what does not stands with it.

    Args:
        name: what goes with `confirm` alone, or does not go with it; nothing where no task is named.
        apart: whether the thing named does not go with `confirm`.
    """

    key = "error.confirm-usage"

    def __init__(self, *, name: str | None, apart: bool) -> None:
        self.key = "error.confirm-usage.apart" if apart else "error.confirm-usage" if name else "error.confirm-usage.no-task"
        super().__init__(name=name)
        self.hint = "error.confirm-usage.hint"


class UnsignedError(PlanctlError):
    """A confirmation does not say who compared the two."""

    key = "error.unsigned"


class FutureError(PlanctlError):
    """What is recorded would be of a day that is still to come."""

    key = "error.future"
