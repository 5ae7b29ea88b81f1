"""Peers to measure against: programs that answer a like question over the same number of items, with their data made for them."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class Peer(NamedTuple):
    """A program, what of ours it is held against, and how its data is made."""

    name: str
    program: str
    question: str
    install: str
    prepare: Callable[[Path, int], Path]
    arguments: Callable[[Path], list[str]]


def prepare_doorstop(folder: Path, count: int) -> Path:
    """One YAML file an item, already reviewed in form, in a git repository."""
    folder.mkdir(parents=True)
    git = ["git", "-c", "user.name=bench", "-c", "user.email=bench@example.org"]
    subprocess.run([*git, "init", "-q"], cwd=folder, check=True)
    (folder / ".doorstop.yml").write_text("settings:\n  digits: 6\n  itemformat: yaml\n  prefix: REQ\n  sep: ''\n")
    for number in range(1, count + 1):
        (folder / f"REQ{number:06}.yml").write_text(
            "active: true\nderived: false\nheader: ''\n"
            f"level: 1.{number}\nlinks: []\nnormative: true\nref: ''\nreviewed: null\ntext: |\n  Item number {number}.\n"
        )
    subprocess.run([*git, "add", "-A"], cwd=folder, check=True)
    subprocess.run([*git, "commit", "-qm", "items"], cwd=folder, check=True)
    return folder


def prepare_task(folder: Path, count: int) -> Path:
    """Import pending tasks with due dates into a Taskwarrior store of its own."""
    folder.mkdir(parents=True)
    (folder / "taskrc").write_text(f"data.location={folder}/data\nconfirmation=off\nverbose=nothing\n")
    tasks = [
        {"description": f"Item {number}", "due": f"2022{number % 12 + 1:02}28T000000Z", "status": "pending", "entry": "20220110T000000Z"}
        for number in range(1, count + 1)
    ]
    store = json.dumps(tasks)
    subprocess.run(["task", f"rc:{folder}/taskrc", "import", "-"], input=store, text=True, check=True, capture_output=True)
    return folder


def prepare_ledger(folder: Path, count: int) -> Path:
    """One transaction an item."""
    folder.mkdir(parents=True)
    entries = (
        f"2022-{number % 12 + 1:02}-28 Item {number}\n    a:owed  1 T\n    b:unit{number % 40}\n\n" for number in range(1, count + 1)
    )
    (folder / "items.ledger").write_text("".join(entries))
    return folder


def prepare_lines(folder: Path, count: int) -> Path:
    """The generated plans themselves: the floor of looking at every byte."""
    del count
    return folder.parent


PEERS = (
    Peer("doorstop -F", "doorstop", "validate", "pip install doorstop", prepare_doorstop, lambda _: ["-F"]),
    Peer(
        "Taskwarrior list",
        "task",
        "due",
        "apt-get install taskwarrior",
        prepare_task,
        lambda folder: [f"rc:{folder}/taskrc", "due.before:2023-01-01", "list"],
    ),
    Peer(
        "ledger register",
        "ledger",
        "due",
        "apt-get install ledger",
        prepare_ledger,
        lambda folder: ["-f", str(folder / "items.ledger"), "--end", "2023-01-01", "register"],
    ),
    Peer("ripgrep of the due lines", "rg", "due", "apt-get install ripgrep", prepare_lines, lambda folder: ["due: 2022", str(folder)]),
)
"""The peers, in the order of their tables."""
