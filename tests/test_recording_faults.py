"""Recording under load and faults: every entry that was acknowledged is there, in order, and the plan can be read at every moment.

The numbers are small here; `PLANCTL_FAULTS=1` (`make faults`) runs 1,000 entries in each of eight processes, and 200 kills.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

import pytest

from conftest import run
from planctl import codec, sources
from planctl.model import Plan

if TYPE_CHECKING:
    from collections.abc import Iterator

FULL = bool(os.environ.get("PLANCTL_FAULTS"))
WRITERS, ENTRIES, KILLS = 8, 1000 if FULL else 15, 200 if FULL else 12
TASK = """\
  # about {number}
  - id: "{number}"
    title: 事项
    lead: [县司法局]
    deadlines:
      - {{id: d, due: 2022-12-31}}

"""
HEAD = "# 示例\nplanctl: 1\nid: demo\ntitle: 示例县工作方案\ndocument: {issued: 2021-12-01}\ntasks:\n"
NAME = "plans/示例县/方案.yaml"
WRITER = """
import gc
import sys
from datetime import date
from planctl.recording.entries import Kind, in_task
from planctl.recording.writing import Wish, record
from planctl.revisions.belongings import DISK, load

gc.disable()  # as the command does
workspace = load(DISK, ["plans"])
for number in range(int(sys.argv[3])):
    note = f"{sys.argv[1]} {number}"
    value = {"on": "2022-06-01", "note": note}
    written = record(workspace, in_task(Kind.PROGRESS, workspace.plans[0], sys.argv[2], value), Wish("plans", date(2022, 12, 31)))
    assert not (written.refused or written.trouble), written
    print(note, flush=True)
    if number % 50 == 0:
        gc.collect()
"""
READER = """
import sys
from planctl import codec, sources
reads = 0
while True:
    plan, problems = codec.decode(sources.read(sys.argv[1]))
    assert plan and not problems and len(plan.tasks) == 4, problems
    reads += 1
    sys.stdout.write(f"{reads}\\n")
    sys.stdout.flush()
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Give a repository with a plan of four tasks."""
    (tmp_path / "plans" / "示例县").mkdir(parents=True)
    (tmp_path / NAME).write_text(HEAD + "".join(TASK.format(number=number) for number in range(1, 5)) + "# the end\n", encoding="utf-8")
    return tmp_path


def plan_in(place: Path) -> Plan:
    """Load the plan; nothing in it may be wrong."""
    plan, problems = codec.decode(sources.read(str(place / NAME)))
    assert isinstance(plan, Plan)
    assert problems == []
    return plan


def notes(place: Path) -> dict[str, list[str]]:
    """List the notes of each task, in the order of the file."""
    return {task.id: [entry.note or "" for entry in task.progress] for task in plan_in(place).tasks}


def names(place: Path) -> set[str]:
    """List what stands beside the plan, and beside the plans."""
    return {name for folder in ("plans", "plans/示例县") for name in os.listdir(place / folder)}


def test_eight_writers_lose_nothing_and_a_reader_never_sees_half_a_plan(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Four of them write to one task, the others to the three that are left."""
    started = time.monotonic()
    reader = subprocess.Popen([sys.executable, "-c", READER, NAME], cwd=place, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    tasks = [max(1, number - 3) if number < 7 else 4 for number in range(WRITERS)]
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, f"w{number}", str(task), str(ENTRIES)],
            cwd=place,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for number, task in enumerate(tasks)
    ]
    said = [each.communicate() for each in writers]
    reader.send_signal(signal.SIGTERM)
    reads, complaint = reader.communicate()
    assert ([errors for _, errors in said], complaint) == ([""] * WRITERS, "")

    acknowledged = [out.splitlines() for out, _ in said]
    found = notes(place)
    assert [len(each) for each in acknowledged] == [ENTRIES] * WRITERS
    kept = [[note for note in found[str(task)] if note.startswith(f"w{number} ")] for number, task in enumerate(tasks)]
    assert kept == acknowledged
    assert sum(map(len, found.values())) == WRITERS * ENTRIES
    assert names(place) == {"示例县", "方案.yaml", ".planctl-journal"}
    text = (place / NAME).read_text(encoding="utf-8")
    assert [line for line in text.splitlines() if "#" in line] == ["# 示例", *(f"  # about {n}" for n in range(1, 5)), "# the end"]
    with capsys.disabled():
        seconds = time.monotonic() - started
        sys.stdout.write(f"\nwrites {WRITERS * ENTRIES}, reads meanwhile {len(reads.splitlines())}, entries lost 0, {seconds:.0f} s\n")


class Killed(NamedTuple):
    """A run of planctl that was killed, or was faster."""

    note: str
    acknowledged: bool


def killed_runs(place: Path) -> Iterator[Killed]:
    """Run `planctl progress` again and again, and kill it at moments of its last half."""
    run("progress", "demo/4", "--note", "before", "--on", "2022-06-01", cwd=place)
    begun = time.monotonic()
    run("progress", "demo/4", "--note", "usual", "--on", "2022-06-01", "--dry-run", cwd=place)
    usual = time.monotonic() - begun
    chance = random.Random(1)  # noqa: S311 - moments, not secrets
    for number in range(KILLS):
        command = [sys.executable, "-m", "planctl", "progress", f"demo/{number % 3 + 1}", "--note", f"n{number}", "--on", "2022-06-01"]
        process = subprocess.Popen(command, cwd=place, stderr=subprocess.PIPE)
        try:
            process.wait(chance.uniform(0.4, 1.1) * usual)
        except subprocess.TimeoutExpired:
            process.kill()
        _, said = process.communicate()
        yield Killed(f"n{number}", process.returncode == 0 or "已记入".encode() in said)


def test_a_kill_at_any_moment_loses_no_entry_and_leaves_none_half_written(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    acknowledged, unheard = ["before"], 0
    for each in killed_runs(place):
        found = [note for of_task in notes(place).values() for note in of_task]
        acknowledged += [each.note] if each.acknowledged else []
        unheard += each.note in found and not each.acknowledged
        assert set(acknowledged) <= set(found)
        assert len(found) == len(set(found))

    done = run("done", "demo/1", "--on", "2022-06-02", cwd=place)
    assert done.returncode == 0
    assert names(place) == {"示例县", "方案.yaml", ".planctl-journal"}
    with capsys.disabled():
        kills = KILLS - len(acknowledged) + 1
        sys.stdout.write(f"\nwrites {KILLS}, kills {kills}, written but not yet acknowledged {unheard}, entries lost 0\n")


@pytest.fixture
def small_disk(place: Path) -> Iterator[Path]:
    """Put the repository on a disk of 64 KB, where the machine lets us mount one."""
    text = (place / NAME).read_bytes()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", place / "plans"], capture_output=True, check=False).returncode:
        pytest.skip("no disk can be mounted here")
    (place / NAME).parent.mkdir()
    (place / NAME).write_bytes(text)
    yield place
    subprocess.run(["umount", place / "plans"], check=True)


def test_on_a_full_disk_nothing_is_recorded_and_the_plan_stays(small_disk: Path) -> None:
    (small_disk / "plans" / "scan.pdf").write_bytes(b"x" * 52_000)
    before = (small_disk / NAME).read_bytes()

    done = run("progress", "demo/1", "--note", "甲" * 5_000, "--on", "2022-06-01", cwd=small_disk)

    assert (done.returncode, done.stderr.splitlines()[-1]) == (2, f"写不了 {NAME}：磁盘已满。")
    assert (small_disk / NAME).read_bytes() == before


AS_NOBODY = """
import os, sys
from planctl.cli.app import run
sys.argv = ["planctl", "progress", "demo/1", "--note", "x", "--on", "2022-06-01", "--dry-run"]
assert run() == 0  # everything is loaded while it can be
if os.geteuid() == 0:
    os.setuid(65534)
sys.argv.pop()
sys.exit(run())
"""


@pytest.fixture
def open_place(place: Path) -> Iterator[Path]:
    """Put the repository where others may come, for which the folders of pytest are not open."""
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        copied = Path(shutil.copytree(place, Path(folder, "open")))
        copied.chmod(0o755)
        yield copied


def test_without_permission_nothing_is_recorded_and_the_plan_stays(open_place: Path) -> None:
    place, folder = open_place, (open_place / NAME).parent
    folder.chmod(0o555)
    environment = {"PATH": os.environ["PATH"], "PLANCTL_LANG": "zh"}
    try:
        done = subprocess.run([sys.executable, "-c", AS_NOBODY], cwd=place, env=environment, capture_output=True, text=True, check=False)
    finally:
        folder.chmod(0o755)
    assert (done.returncode, done.stderr.splitlines()[-1]) == (2, f"写不了 {NAME}：没有权限。")
    assert (notes(place)["1"], names(place)) == ([], {"示例县", "方案.yaml"})
