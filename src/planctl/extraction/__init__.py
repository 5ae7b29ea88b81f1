"""Understanding official documents: structure, responsibility and time; a draft of a plan, each value with its place.

`extract` reads the lines of a document, `extract_reading` those of a `documents.Reading`. A grammar of the genre, not of files.

Lowest first: `script` (the text as it is read), `names` (lists of units), `numbering`, `losses` (numbering that the print has damaged),
`outline` (the tree of items), `responsibility` (what a label says), `labels` (where one stands), `records` (what comes out), `titles`,
`endings` (where a task ends), `clauses` (which items are tasks), `columns`, `cells`, `heads`, `fields`, `stacks` and `grids` (tables),
`likeness` (of text and table), `counting` (numbers that do not follow),
`occasions` (limits that are only events), `wording`, `bindings`, `reckoning` and `obligations` (deadlines), `headline` (the title),
`identity`, `tasks`, `plans`, `readings`.
"""

from __future__ import annotations

from planctl.extraction.plans import extract
from planctl.extraction.readings import extract_reading, source_place, source_quote
from planctl.extraction.records import Doubt, Draft, DraftDeadline, DraftTask, Found, FoundDay, Identity
from planctl.extraction.script import Cell, Line, Place

__all__ = [
    "Cell",
    "Doubt",
    "Draft",
    "DraftDeadline",
    "DraftTask",
    "Found",
    "FoundDay",
    "Identity",
    "Line",
    "Place",
    "extract",
    "extract_reading",
    "source_place",
    "source_quote",
]
