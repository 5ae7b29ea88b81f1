"""Reasons: what the operating system or a library says is wrong, told apart so that it can be said in another language."""

from __future__ import annotations

import errno
import os

KEYS = {
    "ENOSPC": "error.reason.full",
    "EDQUOT": "error.reason.quota",
    "EACCES": "error.reason.denied",
    "EPERM": "error.reason.denied",
    "EROFS": "error.reason.read-only",
    "EEXIST": "error.reason.exists",
    "ENOENT": "error.reason.missing",
    "EISDIR": "error.reason.folder",
    "ENOTDIR": "error.reason.no-folder",
    "ENOTEMPTY": "error.reason.not-empty",
    "ENAMETOOLONG": "error.reason.long-name",
    "ELOOP": "error.reason.loop",
    "EBUSY": "error.reason.busy",
    "ETXTBSY": "error.reason.busy",
    "EMFILE": "error.reason.many-files",
    "EIO": "error.reason.broken",
}
"""The entries of the catalogue for the usual errors, by the names of these."""


MALFORMED = "error.reason.malformed"


def key_of(said: object) -> str | None:
    """Find the entry for what the operating system said; of what is not usual there is none.

    What a reader of zip or XML says is English, and of use to nobody who has the file: it comes as an exception.
    """
    usual = {os.strerror(getattr(errno, name)): key for name, key in KEYS.items() if hasattr(errno, name)}
    return usual.get(str(said), MALFORMED if isinstance(said, Exception) else None)
