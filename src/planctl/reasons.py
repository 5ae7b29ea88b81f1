"""Reasons: what the operating system says is wrong, told apart so that it can be said in another language."""

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


def key_of(said: str) -> str | None:
    """Find the entry for what the operating system said; of what is not usual there is none."""
    return {os.strerror(getattr(errno, name)): key for name, key in KEYS.items() if hasattr(errno, name)}.get(said)
