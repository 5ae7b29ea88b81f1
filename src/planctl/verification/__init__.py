"""Verification: whether what a plan says still stands in its document.

Lowest first: `records` (what comes out), `prints` (the document as one text to search in), `differences`, `names` (how a text names a
unit), `clauses` (what the document cuts into), `stretches` (which piece of it a digest is of), `homes` (which clause a task is),
`identity`, `tasks`, `comparison` (`verify`).
"""
