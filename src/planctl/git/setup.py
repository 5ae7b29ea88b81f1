"""What a clone is told: its settings, its hooks, and that it is one. Nothing else writes to a repository, and nothing to its history."""

from __future__ import annotations

import os

from planctl.git.running import Repository, demand, read_text, refusal, run


def start_repository(folder: str) -> Repository:
    """Make a folder a repository, with a branch `main`.

    Raises:
        NoGitError, GitFailedError: git is not installed, or refuses.
    """
    repository = Repository(os.path.abspath(folder))
    demand(repository, "init", "--quiet")
    # As an older git does it: --initial-branch came with 2.28.
    demand(repository, "symbolic-ref", "HEAD", "refs/heads/main")
    return repository


def read_setting(repository: Repository, name: str) -> str | None:
    """Read a setting of this very clone, whatever holds for all."""
    answer = run(repository, "config", "--local", "--get", name)
    return None if answer.code else read_text(answer.out).removesuffix("\n")


def write_setting(repository: Repository, name: str, value: str | None) -> None:
    """Write a setting of this clone, or take it out.

    Raises:
        GitFailedError: git refuses.
    """
    asked = ("--unset-all", name) if value is None else ("--replace-all", name, value)
    answer = run(repository, "config", "--local", *asked)
    if answer.code:
        raise refusal(repository.root, answer)


def hook_path(repository: Repository, name: str) -> str:
    """Say where a hook of this clone stands; `core.hooksPath` counts."""
    path = read_text(demand(repository, "rev-parse", "--git-path", f"hooks/{name}")).removesuffix("\n")
    return os.path.normpath(os.path.join(repository.root, path))
