"""The deadlines of a clause: which of its time phrases and figures bind somebody, until when, whom, and to what."""

from __future__ import annotations

from planctl.extraction.obligations.deadlines import Obligations, read_obligations
from planctl.extraction.obligations.reckoning import Context

__all__ = ["Context", "Obligations", "read_obligations"]
