"""Running git: no shell, an environment that points nowhere else, and an error of ours for each way it can refuse."""

from __future__ import annotations

import os
import re
import shlex
from contextlib import suppress
from typing import IO, TYPE_CHECKING, NamedTuple, Self

from planctl.git.errors import GitFailedError, MissingObjectError, NoGitError, NotRepositoryError, UntrustedRepositoryError

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator, Sequence

POINTERS = frozenset({
    *("GIT_DIR", "GIT_WORK_TREE", "GIT_IMPLICIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_NAMESPACE"),
    *("GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_CONFIG", "GIT_INTERNAL_SUPER_PREFIX", "GIT_GRAFT_FILE"),
    *("GIT_SHALLOW_FILE", "GIT_NO_REPLACE_OBJECTS", "GIT_REPLACE_REF_BASE"),
    *("GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS"),
})  # fmt: skip
"""What a hook or an alias leaves in the environment and would point git at another repository than the one asked for.

`git rev-parse --local-env-vars` lists them. Settings (`GIT_CONFIG_COUNT`) stay, as git keeps them when it goes into another repository:
a container says there which repositories it trusts.
"""
FIXED = {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_LITERAL_PATHSPECS": "1"}
"""Words that can be told apart, no write, no question, and no folder taken for a pattern."""
SETTINGS = ("core.quotepath=off", "core.fsmonitor=false", "core.warnambiguousrefs=true", "log.showsignature=false")
UNTRUSTED = re.compile(r"dubious ownership|unsafe repository")
"""What old and newer gits say of a repository that belongs to somebody else."""


class Repository(NamedTuple):
    """A repository by the absolute path of its working tree, or of itself where it is bare."""

    root: str
    kept: tuple[tuple[str, str], ...] = ()
    """Variables of a hook that belong to this repository: the index of the commit being made, objects on their way in."""


class Answer(NamedTuple):
    """What git said: its exit code, its output, and its words."""

    code: int
    out: bytes
    words: str


class Running:
    """A git at work, as a context: its output is read while it runs, and it is ended when nobody reads on."""

    def __init__(self, repository: Repository, *arguments: str) -> None:
        from threading import Thread  # noqa: PLC0415 - comes with subprocess

        self._root = repository.root
        self._process = _start(repository, arguments)
        self._words: list[bytes] = []
        # Words are collected aside: a pipe that nobody empties would stop git.
        self._listener = Thread(target=lambda: self._words.extend(_pipe(self._process.stderr)), daemon=True)
        self._listener.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        """End git; where all was read, ask whether it went well."""
        if kind is not None:
            self._process.kill()
        with suppress(BrokenPipeError):
            _pipe(self._process.stdin).close()
        _pipe(self._process.stdout).close()
        code = self._process.wait()
        self._listener.join()
        _pipe(self._process.stderr).close()
        if code and kind is None:
            raise self._failure()

    def _failure(self) -> Exception:
        return refusal(self._root, Answer(self._process.wait(), b"", b"".join(self._words).decode(errors="replace").strip()))

    def write(self, text: str) -> None:
        """Ask for something."""
        pipe = _pipe(self._process.stdin)
        try:
            pipe.write(os.fsencode(text))
            pipe.flush()
        except OSError as error:
            self._listener.join()
            raise self._failure() from error

    def read_object(self) -> bytes:
        """Read the answer of `cat-file --batch`: a line with the size, the bytes, a line feed."""
        pipe = _pipe(self._process.stdout)
        head = pipe.readline()
        size = head.rsplit(b" ", 1)[-1].strip()
        if not size.isdigit():
            if not head:
                self._listener.join()
                raise self._failure()
            oid, _, words = read_text(head).strip().rpartition(" ")
            raise MissingObjectError(path=oid, words=words)
        data = pipe.read(int(size) + 1)
        return data[:-1]

    def read_fields(self) -> Iterator[str]:
        """Read fields that end with NUL, as they come."""
        pipe, rest = _pipe(self._process.stdout), b""
        while data := pipe.read(1 << 14):
            *fields, rest = (rest + data).split(b"\0")
            yield from map(read_text, fields)


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise TypeError(pipe)
    return pipe


def stream(repository: Repository, *arguments: str) -> Iterator[str]:
    """Run git and give the fields of its output, each ended by NUL, as they come. Git is ended when nobody reads on."""
    with Running(repository, *arguments) as git:
        yield from git.read_fields()


def run(repository: Repository, *arguments: str) -> Answer:
    """Run git to its end; what its exit code means is the caller's to know. No text of a user may stand where git looks for options."""
    process = _start(repository, arguments)
    out, words = process.communicate()
    return Answer(process.returncode, out, words.decode(errors="replace").strip())


def demand(repository: Repository, *arguments: str) -> bytes:
    """Ask git what it cannot but answer."""
    answer = run(repository, *arguments)
    if answer.code:
        raise refusal(repository.root, answer)
    return answer.out


def _start(repository: Repository, arguments: Sequence[str]) -> subprocess.Popen[bytes]:
    import subprocess  # noqa: PLC0415 - only what asks git pays for it

    settings = [part for setting in SETTINGS for part in ("-c", setting)]
    environment = {name: value for name, value in os.environ.items() if name not in POINTERS} | FIXED | dict(repository.kept)
    try:
        return subprocess.Popen(  # noqa: S603 - no shell, and no argument of a user stands where an option can
            ["git", "-C", repository.root, *settings, *arguments],  # noqa: S607 - the git of the user's PATH is meant
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
        )
    except (FileNotFoundError, NotADirectoryError, PermissionError) as error:
        raise NoGitError from error


def refusal(root: str, answer: Answer) -> Exception:
    """Choose the error for git's words."""
    if UNTRUSTED.search(answer.words):
        # Git names the repository, which may be above the folder that was asked about.
        named = re.search(r"(?:repository at|repository \() ?'(.+?)'", answer.words)
        path = named[1] if named else root
        return UntrustedRepositoryError(path=path, quoted=shlex.quote(path))
    if "not a git repository (or any" in answer.words:
        return NotRepositoryError(path=root)
    return GitFailedError(words=answer.words or f"exit {answer.code}")


def read_text(data: bytes) -> str:
    """Read what is mostly UTF-8; an odd byte of a path stays itself, as on the disk."""
    return data.decode(errors="surrogateescape")
