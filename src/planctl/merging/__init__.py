"""Three-way merging of plan files by what they say: tasks by id, units by name, logs entry by entry, and every comment kept.

`pieces` cuts a text into its entries without losing a character, `identities` says which entries of two texts are the same one,
`orders` merges sequences, `entries` merges what the entries hold, and `files` puts a whole file together and proves the result.
"""

from planctl.merging.conflicts import SIDES, Conflict, describe
from planctl.merging.files import Merged, merge

__all__ = ["DRIVER", "SIDES", "Conflict", "Merged", "describe", "merge"]

DRIVER = (
    "{planctl} merge-driver %O %A %B %L %P; code=$?; test $code -le 1 && exit $code; "
    "git merge-file --quiet --marker-size=%L -L ours -L base -L theirs %A %O %B"
)
"""What git is told to run, with the command that starts planctl put in.

To git, every exit code means either "merged" or "there are conflicts, and the file shows them". Where planctl is not there, is broken or is
killed, that would leave our version without a mark, for people to commit over the other one; so git's own merge takes over.
"""
