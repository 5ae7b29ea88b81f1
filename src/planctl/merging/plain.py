"""Merging texts line by line, as git does it by itself: for what cannot be merged by id."""

from __future__ import annotations

import os
from tempfile import TemporaryDirectory

from planctl.git.errors import GitFailedError, NoGitError

NAMES = ("ours", "base", "theirs")


def merge_texts(base: bytes, ours: bytes, theirs: bytes, size: int) -> tuple[bytes, bool]:
    """Merge by lines; tell whether the result is without conflicts.

    Raises:
        NoGitError: git is not there.
        GitFailedError: git does not merge these, because they are no text.
    """
    import subprocess  # noqa: PLC0415 - most merges do without

    labels = [part for name in NAMES for part in ("-L", name)]
    with TemporaryDirectory() as folder:
        for name, data in zip(NAMES, (ours, base, theirs), strict=True):
            with open(os.path.join(folder, name), "wb") as file:
                file.write(data)
        try:
            # Files and no repository: whatever a hook has left in the environment is of no consequence.
            done = subprocess.run(  # noqa: S603 - no shell, and no argument is a user's
                ["git", "merge-file", "--stdout", "--quiet", f"--marker-size={size}", *labels, *NAMES],  # noqa: S607 - the git of the user's PATH
                cwd=folder,
                capture_output=True,
                check=False,
            )
        except (FileNotFoundError, NotADirectoryError, PermissionError) as error:
            raise NoGitError from error
    if done.returncode > 127:
        raise GitFailedError(words=done.stderr.decode(errors="replace").strip())
    return done.stdout, done.returncode == 0
