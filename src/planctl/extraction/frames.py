"""What the whole document gives for each of its tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planctl.extraction.obligations import Context
    from planctl.extraction.responsibility.names import Lexicon
    from planctl.extraction.script import Line, Script


class Frame(NamedTuple):
    """What the whole document gives for each task."""

    script: Script
    lines: Sequence[Line]
    lexicon: Lexicon
    first_leads: int | None
    """From where in the text the first that is listed leads; `None`: nowhere, or only in the brackets that say so themselves."""
    context: Context
    has_addressees: bool
    actors_lead: bool = False
    """Whether it assigns its tasks by sentences: 发展改革委要…. Where only a few name an actor, that is no assignment."""
