"""Writes are whole or nothing, whatever happens in between: a kill at any system call, a full disk, other writers."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import planctl
from planctl.errors import CannotWriteError, ChangedMeanwhileError, LockedError, NotFoundError
from planctl.storage import find_leftovers, locked, owner_of, save, update

OLD = b"planctl: 1\n" + b"# old\n" * 2000
NEW = b"planctl: 1\n" + b"# new\n" * 2000
SAVE = "import sys; from planctl.storage import update; update(sys.argv[1], lambda old: old.replace(b'old', b'new'))"
APPEND = """
import sys
from planctl.storage import update
for number in range(int(sys.argv[3])):
    update(sys.argv[1], lambda old: old + f"{sys.argv[2]} {number}\\n".encode())
    print(number, flush=True)
"""
HOLD = "import sys, time; from planctl.storage import locked\nwith locked(sys.argv[1]): print(flush=True); time.sleep(60)"


def names(folder: Path) -> list[str]:
    return sorted(os.listdir(folder))


def test_a_new_file_is_written_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    save(str(tmp_path / "新方案.yaml"), NEW)

    assert {name: (tmp_path / name).read_bytes() for name in names(tmp_path)} == {"新方案.yaml": NEW}


def test_a_name_as_long_as_names_can_be(tmp_path: Path) -> None:
    path = tmp_path / ("方" * 83 + ".yaml")
    path.write_bytes(OLD)

    update(str(path), lambda _: NEW)

    assert (path.read_bytes(), len(names(tmp_path))) == (NEW, 1)


def test_a_file_that_was_made_read_only_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(OLD)
    path.chmod(0o444)

    with pytest.raises(CannotWriteError):
        save(str(path), NEW)

    assert (path.read_bytes(), names(tmp_path)) == (OLD, ["a.yaml"])


def test_permissions_stay(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(OLD)
    path.chmod(0o640)

    save(str(path), NEW)

    assert (path.read_bytes(), oct(path.stat().st_mode & 0o777)) == (NEW, "0o640")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give files away")
def test_the_owner_stays_when_root_writes(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(OLD)
    os.chown(path, 1234, 2345)

    save(str(path), NEW)

    assert (path.stat().st_uid, path.stat().st_gid) == (1234, 2345)


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    target, link = tmp_path / "there" / "a.yaml", tmp_path / "a.yaml"
    target.write_bytes(OLD)
    link.symlink_to("there/a.yaml")

    update(str(link), lambda _: NEW)

    assert (link.is_symlink(), target.read_bytes(), names(tmp_path), names(tmp_path / "there")) == (
        True,
        NEW,
        ["a.yaml", "there"],
        ["a.yaml"],
    )


def test_what_somebody_else_wrote_in_between_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"by an editor\n")

    with pytest.raises(ChangedMeanwhileError):
        save(str(path), NEW, expected=OLD)

    assert {name: (tmp_path / name).read_bytes() for name in names(tmp_path)} == {"a.yaml": b"by an editor\n"}


def test_a_file_that_was_removed_in_between_does_not_come_back(tmp_path: Path) -> None:
    with pytest.raises(ChangedMeanwhileError):
        save(str(tmp_path / "a.yaml"), NEW, expected=OLD)

    assert names(tmp_path) == []


def test_a_change_that_changes_nothing_leaves_the_very_file(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(OLD)
    before = path.stat().st_ino

    assert update(str(path), lambda old: old) == OLD
    assert path.stat().st_ino == before


def test_a_change_that_fails_leaves_the_file_and_lets_go(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(OLD)

    with pytest.raises(ZeroDivisionError):
        update(str(path), lambda old: old * (1 // 0))

    update(str(path), lambda _: NEW)
    assert (path.read_bytes(), names(tmp_path)) == (NEW, ["a.yaml"])


def test_a_missing_file_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        update(str(tmp_path / "a.yaml"), lambda _: NEW)

    assert names(tmp_path) == []


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(CannotWriteError):
        save(str(tmp_path / "no" / "a.yaml"), NEW)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission_is_said_and_the_file_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(OLD)
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(CannotWriteError):
            update(str(path), lambda _: NEW)
    finally:
        tmp_path.chmod(0o700)
    assert path.read_bytes() == OLD


@pytest.fixture
def small_disk(tmp_path: Path) -> object:
    """Give a disk of 64 KB, where the machine lets us mount one."""
    place = tmp_path / "disk"
    place.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", place], capture_output=True, check=False).returncode:
        pytest.skip("no disk can be mounted here")
    yield place
    subprocess.run(["umount", place], check=True)


def test_on_a_full_disk_the_old_file_stays_whole(small_disk: Path) -> None:
    path = small_disk / "a.yaml"
    path.write_bytes(OLD)

    with pytest.raises(CannotWriteError) as caught:
        update(str(path), lambda _: b"x" * 60_000)

    assert caught.value.args_of_message["reason"] == "No space left on device"
    assert {name: (small_disk / name).read_bytes() for name in names(small_disk)} == {"a.yaml": OLD}


def test_a_second_writer_waits_and_says_who_holds_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(OLD)
    with subprocess.Popen([sys.executable, "-c", HOLD, str(path)], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        owner = owner_of(str(path))
        with pytest.raises(LockedError) as caught, locked(str(path), patience=0.05):
            pass
        holder.kill()

    assert owner is not None
    assert (owner.pid, caught.value.args_of_message["pid"]) == (holder.pid, holder.pid)
    update(str(path), lambda _: NEW)  # the lock has ended with its process
    assert names(tmp_path) == ["a.yaml"]


def test_what_a_crash_has_left_is_cleared_away_and_what_lives_is_not(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(OLD)
    with subprocess.Popen(
        [sys.executable, "-c", "import os; from planctl.storage import _temporary_beside as t; open(t(os.path.abspath('a.yaml')), 'w')"],
        cwd=tmp_path,
    ):
        pass
    dead = find_leftovers(str(tmp_path))
    living = tmp_path / Path(dead[0]).name.replace(dead[0].split("-")[-2], str(os.getpid()))
    foreign = tmp_path / ".planctl-00000000-1-ab.tmp"
    old = tmp_path / ".planctl-00000000-2-ab.tmp"
    for each in (living, foreign, old):
        each.touch()
    os.utime(old, (time.time() - 7200, time.time() - 7200))

    update(str(path), lambda _: NEW)

    assert len(dead) == 1
    assert names(tmp_path) == sorted([foreign.name, living.name, "a.yaml"])


def test_eight_writers_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"")

    def run(writer: int) -> str:
        return subprocess.run(
            [sys.executable, "-c", APPEND, str(path), f"w{writer}", "50"], capture_output=True, text=True, check=True
        ).stdout

    with ThreadPoolExecutor(8) as pool:
        acknowledged = list(pool.map(run, range(8)))

    lines = path.read_text().splitlines()
    assert [len(each.split()) for each in acknowledged] == [50] * 8
    assert {w: [line for line in lines if line.startswith(f"w{w} ")] for w in range(8)} == {
        w: [f"w{w} {n}" for n in range(50)] for w in range(8)
    }
    assert names(tmp_path) == ["a.txt"]


def traced(path: Path, options: list[str]) -> subprocess.CompletedProcess[str]:
    """Save a file under the eyes of strace. Without site, which would make more calls than the write."""
    program = [sys.executable, "-S", "-c", SAVE, str(path)]
    environment = os.environ | {"PYTHONPATH": str(Path(planctl.__file__).parent.parent)}
    watched = ["strace", "-qq", "-o", str(path.parent.parent / "trace"), *options, *program]
    return subprocess.run(watched, env=environment, capture_output=True, text=True, check=False)


CALLS = "openat,write,fsync,fchmod,chmod,rename,unlink,close,flock,ftruncate,newfstatat,fstat,read,getdents64"


def can_trace() -> bool:
    """Whether programs can be watched here at all."""
    return (
        bool(shutil.which("strace"))
        and subprocess.run(["strace", "-qq", "-o", os.devnull, "true"], capture_output=True, check=False).returncode == 0
    )


@pytest.mark.skipif(not can_trace(), reason="needs strace")
def test_killed_at_any_system_call_the_file_is_the_old_or_the_new_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "plans"
    folder.mkdir()
    path = folder / "a.yaml"
    path.write_bytes(OLD)
    assert traced(path, ["-e", f"trace={CALLS}"]).returncode == 0
    calls = (tmp_path / "trace").read_text().splitlines()
    # Only what happens from the lock on is a write; before it Python starts.
    first = next(number for number, line in enumerate(calls) if str(folder) in line)
    kills, kept, renewed = 0, 0, 0
    for number in range(first, len(calls) + 1):
        path.write_bytes(OLD)
        name = calls[number - 1].partition("(")[0]
        nth = sum(line.startswith(f"{name}(") for line in calls[:number])
        done = traced(path, ["-e", f"trace={CALLS}", "-e", f"inject={name}:signal=SIGKILL:when={nth}"])
        kills += done.returncode in {-signal.SIGKILL, 128 + signal.SIGKILL}
        content = path.read_bytes()
        kept, renewed = kept + (content == OLD), renewed + (content == NEW)
        assert content in {OLD, NEW}, calls[number - 1]
    update(str(path), lambda _: NEW)

    with capsys.disabled():
        sys.stdout.write(f"\nkills {kills}, files kept {kept}, files renewed {renewed}, files damaged 0\n")
    assert kills > 10
    assert names(folder) == ["a.yaml"]
