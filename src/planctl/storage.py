"""Durable writes: a file is replaced whole or not at all, and of two writers one waits for the other.

The new text goes to a temporary file beside the old one, is brought to the disk, and takes its name in one step: whoever reads, and
whenever the power fails, sees the old file or the new one. Locks are those of the operating system, so that they end with their
process; the file of a lock only tells who holds it. Names of both kinds of helper file begin with `.planctl-`.
"""

from __future__ import annotations

import errno
import os
import stat
import time
from contextlib import contextmanager, suppress
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from planctl.errors import CannotWriteError, ChangedMeanwhileError, LockedError, NotFoundError, UnreadableError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PREFIX = ".planctl-"
PATIENCE = 60.0
"""Seconds after which a writer gives up waiting for another."""
PAUSE = 0.005
STALE = 3600.0
"""Seconds after which a temporary file is a leftover, whatever has become of its process."""


class Owner(NamedTuple):
    """Who holds a lock."""

    pid: int
    since: float
    """Seconds since the epoch."""


def save(path: str, data: bytes, expected: bytes | None = None) -> None:
    """Write a file whole or not at all; one that is there keeps its permissions, and a link goes on pointing to it.

    Args:
        path: the file, or a link to it.
        data: its new content.
        expected: what it held when it was read; if somebody has changed it since, nothing is written.

    Raises:
        ChangedMeanwhileError: the file no longer holds what was expected.
        CannotWriteError: the operating system refuses.
    """
    target = os.path.realpath(path)
    temporary = _temporary_beside(target)
    try:
        _refuse_protected(target)
        try:
            _write(temporary, data, target)
            if expected is not None:
                _check(target, expected, path)
            os.replace(temporary, target)
        except BaseException:
            with suppress(OSError):
                os.unlink(temporary)
            raise
        _sync_folder(os.path.dirname(target))
    except OSError as error:
        raise CannotWriteError(path=path, reason=error.strerror) from error


def update(path: str, change: Callable[[bytes], bytes]) -> bytes:
    """Change a file while no other process of planctl can: read it, change it, save it. Give what it held before.

    Raises:
        NotFoundError, UnreadableError: it cannot be read.
        LockedError: another process holds it for too long.
        ChangedMeanwhileError: a program that knows no locks, such as an editor, has written to it.
        CannotWriteError: the operating system refuses.
    """
    with locked(path):
        before = read_whole(path)
        after = change(before)
        if after != before:
            save(path, after, before)
        return before


def read_whole(path: str) -> bytes:
    """Read a file.

    Raises:
        NotFoundError: it does not exist.
        UnreadableError: the operating system refuses.
    """
    try:
        with open(path, "rb") as file:
            return file.read()
    except FileNotFoundError as error:
        raise NotFoundError(path=path) from error
    except OSError as error:
        raise UnreadableError(path=path, reason=error.strerror) from error


@contextmanager
def locked(path: str, patience: float = PATIENCE) -> Iterator[None]:
    """Hold a file against other processes of planctl; what a crash has left beside it is cleared away.

    Raises:
        LockedError: another process holds it, and has not let go within `patience` seconds.
        CannotWriteError: the operating system refuses a lock.
    """
    target = os.path.realpath(path)
    name = _lock_of(target)
    try:
        handle = _acquire(name, path, patience)
    except OSError as error:
        raise CannotWriteError(path=path, reason=error.strerror) from error
    try:
        for leftover in find_leftovers(os.path.dirname(target)):
            with suppress(OSError):
                os.unlink(leftover)
        yield
    finally:
        # Removed while it is held: whoever waits for it sees that and makes a new one.
        with suppress(OSError):
            os.unlink(name)
        os.close(handle)


def find_leftovers(folder: str) -> list[str]:
    """List the temporary files of writes that never ended: their process is gone, or they are old."""
    with suppress(OSError):
        return [entry.path for entry in os.scandir(folder) if _is_leftover(entry)]
    return []


def owner_of(path: str) -> Owner | None:
    """Tell who holds a file, if anybody says so."""
    try:
        with open(_lock_of(os.path.realpath(path)), encoding="ascii") as file:
            pid, since = file.read().split()
        return Owner(int(pid), float(since))
    except (OSError, ValueError):
        return None


def _lock_of(target: str) -> str:
    # Not the file's own name with something added: that may be longer than names can be.
    digest = sha256(os.path.basename(target).encode("utf-8", "surrogateescape")).hexdigest()[:12]
    return os.path.join(os.path.dirname(target), f"{PREFIX}{digest}.lock")


def _acquire(name: str, path: str, patience: float) -> int:
    """Open the file of a lock and lock it."""
    until = time.monotonic() + patience
    while True:
        handle = os.open(name, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o666)
        if _lock(handle):
            if _is_still(handle, name):
                os.ftruncate(handle, 0)
                os.write(handle, f"{os.getpid()} {time.time():.0f}\n".encode("ascii"))
                return handle
            os.close(handle)
            continue
        os.close(handle)
        if time.monotonic() > until:
            owner = owner_of(path)
            seconds = int(time.time() - owner.since) if owner else int(patience)
            raise LockedError(path=path, pid=owner.pid if owner else "?", seconds=seconds)
        time.sleep(PAUSE)


def _lock(handle: int) -> bool:
    """Try to lock an open file, without waiting."""
    try:
        if os.name == "nt":
            import msvcrt  # noqa: PLC0415 - there is one way for each system

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl  # noqa: PLC0415 - there is one way for each system

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in {errno.EAGAIN, errno.EACCES, errno.EDEADLK}:
            return False
        os.close(handle)
        raise
    return True


def _is_still(handle: int, name: str) -> bool:
    """Tell whether an open file is the one that has the name; its holder before may have removed it."""
    try:
        return os.path.samestat(os.fstat(handle), os.stat(name))
    except FileNotFoundError:
        return False


def _temporary_beside(target: str) -> str:
    return os.path.join(os.path.dirname(target), f"{PREFIX}{_host()}-{os.getpid()}-{os.urandom(4).hex()}.tmp")


def _host() -> str:
    """Name this machine in eight characters: on a shared folder, processes of another one cannot be asked whether they live."""
    name = os.environ.get("COMPUTERNAME") or os.uname().nodename
    return sha256(name.encode("utf-8", "surrogateescape")).hexdigest()[:8]


def _is_leftover(entry: os.DirEntry[str]) -> bool:
    if not (entry.name.startswith(PREFIX) and entry.name.endswith(".tmp")):
        return False
    host, pid, *_ = [*entry.name.removeprefix(PREFIX).split("-"), ""]
    with suppress(OSError):
        return time.time() - entry.stat().st_mtime > STALE or (host == _host() and pid.isdigit() and not _is_alive(int(pid)))
    return False


def _is_alive(pid: int) -> bool:
    if os.name == "nt":  # there a signal of 0 would end the process
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        pass
    return True


def _write(temporary: str, data: bytes, target: str) -> None:
    """Write a temporary file to the disk, with the permissions and the owner of the file that it is to replace."""
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileNotFoundError):
        before = os.stat(target)
        if (before.st_uid, before.st_gid) != (os.stat(temporary).st_uid, os.stat(temporary).st_gid):
            with suppress(OSError, AttributeError):  # only root may give files away
                os.chown(temporary, before.st_uid, before.st_gid)
        os.chmod(temporary, stat.S_IMODE(before.st_mode))


def _refuse_protected(target: str) -> None:
    """Leave a file alone that somebody has made read-only: another one in its place would not be, whoever may write to the folder."""
    with suppress(FileNotFoundError):
        if not os.stat(target).st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def _check(target: str, expected: bytes, path: str) -> None:
    try:
        with open(target, "rb") as file:
            if file.read() == expected:
                return
    except FileNotFoundError:
        pass
    raise ChangedMeanwhileError(path=path)


def _sync_folder(folder: str) -> None:
    """Bring the new name to the disk too. Some file systems and Windows know no such thing."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
