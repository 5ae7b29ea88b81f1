"""What a clone is told, so that git speaks planctl there: drivers for comparing and merging, and a hook before each commit.

Drivers stand in the clone's own `.git/config`, which git never copies; which files they are for stands in `.gitattributes`, which it does.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sys
from typing import TYPE_CHECKING, NamedTuple

from planctl import sources, storage
from planctl.git import setup
from planctl.merging import DRIVER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planctl.git import Repository

ATTRIBUTES = ".gitattributes"
BEGIN, END = "# planctl: begin", "# planctl: end"
DRIVERS = "diff=planctl merge=planctl"
TEXTCONV = 'f() {{ {planctl} textconv "$1" 2>/dev/null || {fallback}; }}; f'
"""How git has a file put into words. To git a driver that fails is the end of `git log`: then the file is shown as it is, or by its id."""
AS_IT_IS = 'cat "$1"'
BY_ID = 'git hash-object "$1"'
"""What a .docx comes to, where planctl cannot read it: another file, another id."""
STAYS = "core.quotepath"
HUNK = "^((任务|Task) .*)$"
"""Which line stands in the head of a hunk: the task. It is looked for in the words that `planctl textconv` gives."""
HOOK = """#!/bin/sh
# {mark}: plans are checked before a commit; `planctl git-setup --remove` takes this away.
# 提交之前校验方案；planctl git-setup --remove 可以撤去。
{chain}git diff --cached --quiet -- {changed} && exit 0
{planctl} --version >/dev/null 2>&1 || {{
    echo "planctl was not found: the plans were not checked before this commit. 找不到 planctl，提交前没有校验方案。" >&2
    exit 0
}}
set --
git rev-parse --quiet --verify HEAD >/dev/null && set -- --against HEAD
failed=0
{planctl} --plans {plans} fmt --check --staged || failed=1
{planctl} --plans {plans} validate --staged "$@" || failed=1
exit $failed
"""
MARK = "planctl git-setup"
BEFORE = "pre-commit.before-planctl"
"""What a hook that was there already is called from then on; ours runs it first."""
CHAIN = '"$(dirname "$0")/{before}" "$@" || exit\n'


class Step(NamedTuple):
    """One thing that differs from what a clone should be told. `None` is nothing there, or nothing wanted."""

    kind: str
    """setting, attributes or hook."""
    name: str
    old: str | None
    new: str | None


def lines(plans: str) -> list[str]:
    """List which files the drivers are for: those of the folder of plans, and the settings beside it and at the root."""
    folder = "" if plans == "." else f"/{plans}"
    beside = dict.fromkeys(("/planctl.yaml", f"{folder.rpartition('/')[0]}/planctl.yaml"))
    of_ours = [*map(_literal, beside), *(f"{_literal(folder)}/**/*{suffix}" for suffix in sources.SUFFIXES)]
    return ["*.yaml text eol=lf", *(f"{_quoted(pattern)} {DRIVERS}" for pattern in of_ours), "*.docx diff=docx"]


def _literal(path: str) -> str:
    """Write a path as a pattern that matches nothing else."""
    return re.sub(r"([\\*?\[])", r"\\\1", path)


def _quoted(pattern: str) -> str:
    """Write a pattern as .gitattributes has it: one with a blank would end there."""
    if not re.search(r'[\s"\\]', pattern):
        return pattern
    escaped = pattern.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t").replace("\n", "\\n")
    return f'"{escaped}"'


def hook(plans: str, *, chained: bool) -> str:
    """Write the hook for a folder of plans; `chained` where another hook runs first."""
    changed = (f":(literal){plans}", *(f"*{name}" for name in (sources.SETTINGS_NAME, sources.UNITS_NAME)))
    return HOOK.format(
        mark=MARK,
        planctl=program(),
        plans=shlex.quote(plans),
        changed=" ".join(map(shlex.quote, changed)),
        chain=CHAIN.format(before=BEFORE) if chained else "",
    )


def settings(program: str) -> dict[str, str]:
    """List what git is told; `program` is how it starts planctl."""
    return {
        "merge.planctl.name": "planctl: plans merge by id",
        "merge.planctl.driver": DRIVER.replace("{planctl}", program),
        "diff.planctl.textconv": TEXTCONV.format(planctl=program, fallback=AS_IT_IS),
        "diff.planctl.xfuncname": HUNK,
        # Git would keep the words of an older planctl, of another language, and of the day when planctl could not be found.
        "diff.planctl.cachetextconv": "false",
        "diff.docx.textconv": TEXTCONV.format(planctl=program, fallback=BY_ID),
        STAYS: "false",
    }


def program() -> str:
    """Say how a shell starts this planctl: by its name where that is found, or else by its place."""
    beside = os.path.join(os.path.dirname(sys.executable), "planctl")
    found = shutil.which("planctl")
    if found and os.path.realpath(found) == os.path.realpath(beside):
        return "planctl"
    return f"{shlex.quote(sys.executable)} -m planctl"


def plans_of(repository: Repository, folder: str) -> str:
    """Name a folder of plans as git does, from the root."""
    return os.path.relpath(os.path.realpath(folder), os.path.realpath(repository.root)).replace(os.sep, "/")


def missing(repository: Repository, plans: str) -> Iterator[Step]:
    """List what a clone has still to be told.

    Args:
        repository: the clone.
        plans: the folder of plans, relative to its root.
    """
    for name, value in settings(program()).items():
        old = setup.read_setting(repository, name)
        if old != value:
            yield Step("setting", name, old, value)
    path = os.path.join(repository.root, ATTRIBUTES)
    before = _text(path)
    after = with_lines(before or "", lines(plans))
    if before != after:
        yield Step("attributes", path, before, after)
    place = setup.hook_path(repository, "pre-commit")
    script = _text(place)
    foreign = script is not None and MARK not in script
    wanted = hook(plans, chained=foreign or os.path.lexists(os.path.join(os.path.dirname(place), BEFORE)))
    if script != wanted:
        yield Step("hook", place, script, wanted)


def present(repository: Repository) -> Iterator[Step]:
    """List what a clone has been told, to be taken back. `STAYS` stays: nobody knows what it was before."""
    for name in settings(""):
        old = setup.read_setting(repository, name)
        if old is not None and name != STAYS:
            yield Step("setting", name, old, None)
    path = os.path.join(repository.root, ATTRIBUTES)
    before = _text(path)
    if before is not None and BEGIN in before:
        yield Step("attributes", path, before, with_lines(before, []) or None)
    place = setup.hook_path(repository, "pre-commit")
    script = _text(place)
    if script is not None and MARK in script:
        yield Step("hook", place, script, _text(os.path.join(os.path.dirname(place), BEFORE)))


def take(repository: Repository, step: Step) -> None:
    """Do one step.

    Raises:
        GitFailedError, CannotWriteError: git or the operating system refuses.
    """
    if step.kind == "setting":
        setup.write_setting(repository, step.name, step.new)
    elif step.kind == "hook":
        _take_hook(step)
    elif step.new is None:
        os.unlink(step.name)
    else:
        storage.save(step.name, _bytes(step.new), None if step.old is None else _bytes(step.old))


def _take_hook(step: Step) -> None:
    before = os.path.join(os.path.dirname(step.name), BEFORE)
    if step.new is not None and MARK in step.new:
        os.makedirs(os.path.dirname(step.name), exist_ok=True)
        if step.old is not None and MARK not in step.old:
            os.replace(step.name, before)
        storage.save(step.name, step.new.encode())
        os.chmod(step.name, 0o755)  # noqa: S103 - a hook has to be executable
    elif os.path.lexists(before):
        os.replace(before, step.name)
    else:
        os.unlink(step.name)


def with_lines(text: str, lines: list[str]) -> str:
    """Put our lines into a file of attributes, in place of those that are there; without lines, take them out. All else stays."""
    head, begun, rest = text.partition(f"{BEGIN}\n")
    tail = (rest.partition(f"{END}\n")[2] if END in rest else rest) if begun else ""
    if not lines:
        return head + tail
    ours = "".join(f"{line}\n" for line in (BEGIN, *lines, END))
    gap = "\n" if head and not head.endswith("\n") else ""
    return head + gap + ours + tail


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _text(path: str) -> str | None:
    """Read a small file, if it is there."""
    if not os.path.exists(path):
        return None
    return sources.read_bytes(path).decode("utf-8", "surrogateescape")
