"""Digests: of clauses, so that a change of the document shows (`source.digest`), and of files, so that a change of the evidence does.

Two clauses that differ in width, line breaks or spaces only are the same.
"""

from __future__ import annotations

import os
import stat
import unicodedata


def normalise(text: str) -> str:
    """Fold full-width forms (NFKC) and take out all white space."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def digest(text: str) -> str:
    """Give the digest of a clause's text, with its number, as `source.digest` holds it."""
    import hashlib  # noqa: PLC0415 - OpenSSL is dear to load, and to compare words needs none of it

    return f"sha256:{hashlib.sha256(normalise(text).encode()).hexdigest()}"


def digest_file(path: str) -> str | None:
    """Give the sha256 of a file; nothing where there is no file that can be read."""
    import hashlib  # noqa: PLC0415 - see above

    try:
        # Whoever opens a named pipe or a device may wait for ever.
        if not stat.S_ISREG(os.stat(path).st_mode):
            return None
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):
        return None
