"""Real git repositories for the tests: made by git below `tmp_path`, of nobody's settings, with days that are the tests' own."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

PLAN = """\
planctl: 1
id: {id}
title: 示例县工作方案
document: {{issued: 2021-12-01}}
tasks:
  - id: "1"
    title: {title}
    lead: [县司法局]
    deadlines:
      - id: d
        due: {due}
"""
IDENTITY = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "张三",
    "GIT_AUTHOR_EMAIL": "zhangsan@example.com",
    "GIT_COMMITTER_NAME": "张三",
    "GIT_COMMITTER_EMAIL": "zhangsan@example.com",
}


def plan(identity: str = "demo", title: str = "事项", due: str = "2022-12-31") -> str:
    """Write a plan of one task."""
    return PLAN.format(id=identity, title=title, due=due)


class Repo:
    """A repository that a test makes. Its branch is `main`."""

    def __init__(self, path: Path, *, bare: bool = False, existing: bool = False) -> None:
        self.path = path
        if not existing:
            path.mkdir(parents=True, exist_ok=True)
            self.git("init", "--quiet", "--initial-branch=main", *(["--bare"] if bare else []))

    def git(self, *args: str, stdin: bytes = b"", day: str = "2022-01-01") -> str:
        """Run git here, as if on a day in China; give what it prints."""
        moment = f"{day}T09:00:00+08:00" if len(day) == 10 else day
        environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | IDENTITY
        done = subprocess.run(
            ["git", "-C", str(self.path), *args],
            env=environment | {"GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment},
            input=stdin,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode(errors="replace")
        return done.stdout.decode(errors="surrogateescape").strip()

    def write(self, path: str, text: str | bytes) -> Path:
        """Write a file of the working tree; line ends stay as they are."""
        place = self.path / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text.encode() if isinstance(text, str) else text)
        return place

    def commit(self, message: str, day: str = "2022-01-01") -> str:
        """Commit everything that is in the working tree; give the id of the commit."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", message, day=day)
        return self.git("rev-parse", "HEAD")

    def clone(self, path: Path, *options: str) -> Repo:
        """Clone this repository; `--depth=1` makes it shallow."""
        self.git("clone", "--quiet", *options, self.path.as_uri(), str(path))
        return Repo(path, existing=True)
