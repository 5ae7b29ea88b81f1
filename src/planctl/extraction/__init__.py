"""Understanding official documents: structure, responsibility and time; a draft of a plan, each value with its place.

`extract` reads the lines of a document, `extract_reading` those of a `documents.Reading`. A grammar of the genre, not of files.

Lowest first: `script` (the text as it is read) and `records` (what comes out); `responsibility` (units, and what labels say of them);
beside each other `text` (numbering, items, tasks and their titles), `tables` (columns, heads, rows) and `obligations` (deadlines);
`identity` (what a document says of itself); `counting` (numbers that do not follow), `likeness` (of text and table) and `frames` (what
the document gives for each task); `sources` (which texts and tables hold the tasks), `tasks` and `rows` (one task); `plans`, `readings`.
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
