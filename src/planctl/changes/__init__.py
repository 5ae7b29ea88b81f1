"""Changes: what differs in meaning between two states of a workspace. `compare` is the way in."""

from planctl.changes.comparison import compare
from planctl.changes.levels import LEVELS
from planctl.changes.outcomes import Judging
from planctl.changes.records import RANK, Change, ChangeKind, Level, Place
from planctl.changes.unread import Unread, find_unread

__all__ = ["LEVELS", "RANK", "Change", "ChangeKind", "Judging", "Level", "Place", "Unread", "compare", "find_unread"]
