"""Digests of clauses: what `source.digest` of a task holds, so that a change of the document shows.

Two texts that differ in width, line breaks or spaces only are the same clause.
"""

from __future__ import annotations

import hashlib
import unicodedata


def normalise(text: str) -> str:
    """Fold full-width forms (NFKC) and take out all white space."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def digest(text: str) -> str:
    """Give the digest of a clause's text, with its number, as `source.digest` holds it."""
    return f"sha256:{hashlib.sha256(normalise(text).encode()).hexdigest()}"
