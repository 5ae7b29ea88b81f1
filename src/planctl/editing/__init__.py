"""Editing: changes spliced into the text of a file, so that everything else stays as it was, byte for byte."""

from planctl.editing.edits import Edited, apply, apply_to_tree, take
from planctl.editing.scalars import Bare, Quoted
from planctl.editing.values import Keys, Rows, Value, Verbatim
from planctl.editing.wanted import Edit, Insert, Put, Remove

__all__ = [
    "Bare",
    "Edit",
    "Edited",
    "Insert",
    "Keys",
    "Put",
    "Quoted",
    "Remove",
    "Rows",
    "Value",
    "Verbatim",
    "apply",
    "apply_to_tree",
    "take",
]
