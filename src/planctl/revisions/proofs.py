"""Files that prove an entry, as a commit or the index has them: their digests, by a few processes of git, however many files.

What git does not keep is that of the disk: an ignored file, one outside the repository. What git-lfs keeps elsewhere tells its own digest.
"""

from __future__ import annotations

import hashlib
import os
import posixpath
import re
from typing import TYPE_CHECKING

from planctl import git
from planctl.digests import digest_file
from planctl.git.running import read_text, run
from planctl.revisions import FOLDER_OF_REVISION, INDEX
from planctl.sources import LFS_POINTER

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planctl.git import Blob, Repository

MAX_LINKS = 8
LFS_DIGEST = re.compile(rb"^oid sha256:([0-9a-f]{64})$", re.MULTILINE)


def digests(revision: str, paths: Iterable[str], place: str) -> dict[str, str | None]:
    """Give the digests of files as a revision has them; nothing for one that it does not have.

    Args:
        revision: as `planctl.revisions.open_revision` takes it.
        paths: the files, as the working tree names them.
        place: a folder or file of the repository.

    Raises:
        UnknownRevisionError: there is no such revision here.
    """
    wanted = list(dict.fromkeys(paths))
    if not wanted:
        return {}
    repository = git.find_repository(place)
    found = FOLDER_OF_REVISION.fullmatch(revision) if not revision.startswith(":") else None
    commit = None if revision in INDEX else git.resolve(repository, found[1] if found else revision)
    inside = {path: _inside(repository, path) for path in wanted}
    blobs = {blob.path: blob for blob in git.list_blobs(repository, commit, [""])}
    links = [blob for blob in blobs.values() if blob.mode == git.LINK]
    targets = {
        blob.path: posixpath.normpath(posixpath.join(posixpath.dirname(blob.path), os.fsdecode(text)))
        for blob, (_, text) in zip(links, git.read_blobs(repository, [blob.oid for blob in links]), strict=True)
    }
    kept = {path: blob for path, name in inside.items() if (blob := _followed(name, blobs, targets))}
    texts = git.read_blobs(repository, [blob.oid for blob in kept.values()])
    known = {path: _digest(text) for path, (_, text) in zip(kept, texts, strict=True)}
    missing = [path for path in wanted if path not in known]
    ignored = _ignored(repository, [inside[path] for path in missing if not _is_outside(inside[path])])
    return known | {path: digest_file(path) if _is_outside(inside[path]) or inside[path] in ignored else None for path in missing}


def _inside(repository: Repository, path: str) -> str:
    """Say where in the repository a file is; it need not be on the disk."""
    folder = os.path.realpath(os.path.dirname(path) or os.curdir)
    return os.path.relpath(os.path.join(folder, os.path.basename(path)), os.path.realpath(repository.root)).replace(os.sep, "/")


def _followed(name: str, blobs: dict[str, Blob], targets: dict[str, str]) -> Blob | None:
    for _ in range(MAX_LINKS):
        if name not in targets:
            return blobs.get(name)
        name = targets[name]
    return None


def _digest(data: bytes) -> str:
    found = LFS_DIGEST.search(data) if data.startswith(LFS_POINTER) else None
    return found[1].decode() if found else hashlib.sha256(data).hexdigest()


def _ignored(repository: Repository, paths: Sequence[str]) -> set[str]:
    """Choose the files of the disk that git ignores; a bare repository has none."""
    if not paths:
        return set()
    answer = run(repository, "ls-files", "--others", "--ignored", "--exclude-standard", "-z", "--", *paths)
    return set(read_text(answer.out).split("\0")) if answer.code == 0 else set()


def _is_outside(path: str) -> bool:
    return path.startswith("../") or os.path.isabs(path)
