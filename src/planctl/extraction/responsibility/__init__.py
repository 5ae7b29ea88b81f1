"""Units, and who of them is responsible: the names in a list, what a label says, and where in a text a label stands."""

from __future__ import annotations

from planctl.extraction.responsibility.duties import Duty, read_duty

__all__ = ["Duty", "read_duty"]
