"""Errors of comparisons. See `planctl.errors`."""

from __future__ import annotations

from planctl.errors import PlanctlError


class EmptyStateError(PlanctlError):
    """A state that is to be compared is named by an empty text."""

    key = "error.empty-state"
