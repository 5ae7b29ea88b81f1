"""The one layout of plans, lists of units and settings; and writing by it: new files, new records, edits."""

from planctl.layout.forms import Kind, kind_of
from planctl.layout.printing import lay_out, problems_of
from planctl.layout.writing import edit, edit_tree, guided, write

__all__ = ["Kind", "edit", "edit_tree", "guided", "kind_of", "lay_out", "problems_of", "write"]
