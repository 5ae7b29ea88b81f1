"""Merging texts line by line, as git does it by itself: for what cannot be merged by id."""

from __future__ import annotations

import os
from tempfile import TemporaryDirectory

from planctl.git.errors import GitFailedError
from planctl.git.running import Repository, run

NAMES = ("ours", "base", "theirs")


def merge_texts(base: bytes, ours: bytes, theirs: bytes, size: int) -> tuple[bytes, bool]:
    """Merge by lines; tell whether the result is without conflicts.

    Raises:
        NoGitError: git is not there.
        GitFailedError: git does not merge these, because they are no text.
    """
    labels = [part for name in NAMES for part in ("-L", name)]
    with TemporaryDirectory() as folder:
        for name, data in zip(NAMES, (ours, base, theirs), strict=True):
            with open(os.path.join(folder, name), "wb") as file:
                file.write(data)
        done = run(Repository(folder), "merge-file", "--stdout", "--quiet", f"--marker-size={size}", *labels, *NAMES)
    if done.code > 127:
        raise GitFailedError(words=done.words)
    return done.out, done.code == 0
