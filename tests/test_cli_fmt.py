"""`planctl fmt`: files are laid out in place, or it is said that they would be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from conftest import run

if TYPE_CHECKING:
    from pathlib import Path

LOOSE = "id: x\r\nplanctl: 1\r\ntitle: 'x'  # c\r\ntasks: []"
NEAT = "planctl: 1\nid: x\ntitle: x  # c\ntasks: []\n"
BROKEN = "planctl: 1\nid: x\nid: y\ntasks: []\n"
UNITS = "planctl: 1\nunits: [{name: 甲}]\n"
UNITS_NEAT = "planctl: 1\nunits:\n  - name: 甲\n"
SETTINGS = "language: en\nplanctl: 1\n"
SETTINGS_NEAT = "planctl: 1\nlanguage: en\n"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Three files to lay out and one that is so already."""
    write(tmp_path, {"plans/a/loose.yaml": LOOSE, "plans/a/neat.yaml": NEAT, "plans/a/units.yaml": UNITS, "planctl.yaml": SETTINGS})
    return tmp_path


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text.encode())


def read(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): path.read_bytes().decode() for path in folder.rglob("*.yaml")}


ALL_NEAT = {"plans/a/loose.yaml": NEAT, "plans/a/neat.yaml": NEAT, "plans/a/units.yaml": UNITS_NEAT, "planctl.yaml": SETTINGS_NEAT}


def test_the_whole_folder_is_laid_out_with_its_units_and_settings(repository: Path) -> None:
    done = run("fmt", cwd=repository)
    assert (done.returncode, done.stdout, done.stderr, read(repository)) == (0, "", "4 个文件，改了 3 个。\n", ALL_NEAT)
    again = run("fmt", cwd=repository)
    assert (again.returncode, again.stderr) == (0, "4 个文件，改了 0 个。\n")


def test_it_speaks_the_language_of_the_repository(repository: Path) -> None:
    done = run("fmt", "--check", cwd=repository, env={"PLANCTL_LANG": None})
    assert (done.returncode, done.stderr) == (1, "Files: 4, to be changed: 3.\nplanctl fmt lays them out.\n")


def test_only_the_files_that_are_named_change(repository: Path) -> None:
    before = read(repository)
    done = run("fmt", "plans/a/loose.yaml", cwd=repository)
    assert (done.returncode, read(repository)) == (0, {**before, "plans/a/loose.yaml": NEAT})


def test_a_file_that_is_laid_out_already_is_not_written(repository: Path) -> None:
    path = repository / "plans/a/neat.yaml"
    before = path.stat()
    run("fmt", cwd=repository)
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == (before.st_mtime_ns, before.st_ino)


def test_check_lists_and_changes_nothing(repository: Path) -> None:
    before = read(repository)
    done = run("fmt", "--check", cwd=repository)
    assert (done.returncode, done.stdout, read(repository)) == (1, "plans/a/loose.yaml\nplans/a/units.yaml\nplanctl.yaml\n", before)
    assert run("fmt", "--check", "plans/a/neat.yaml", cwd=repository).returncode == 0


def test_diff_shows_and_changes_nothing(repository: Path) -> None:
    before = read(repository)
    done = run("fmt", "--diff", "plans/a/units.yaml", cwd=repository)
    expected = (
        "--- plans/a/units.yaml\n+++ plans/a/units.yaml\n@@ -1,2 +1,3 @@\n planctl: 1\n-units: [{name: 甲}]\n+units:\n+  - name: 甲\n"
    )
    assert (done.returncode, done.stdout, read(repository)) == (0, expected, before)
    assert run("fmt", "--diff", "--check", cwd=repository).returncode == 1


def test_a_file_that_is_not_of_our_dialect_is_located_and_left_and_the_others_are_laid_out(repository: Path) -> None:
    write(repository, {"plans/a/broken.yaml": BROKEN})
    done = run("fmt", cwd=repository)
    assert (done.returncode, read(repository)) == (2, {**ALL_NEAT, "plans/a/broken.yaml": BROKEN})
    assert done.stderr.startswith("plans/a/broken.yaml:3:1: error P003 ")


def test_a_file_in_another_encoding_is_left(repository: Path) -> None:
    path = repository / "plans/a/gbk.yaml"
    path.write_bytes("planctl: 1\ntitle: 县司法局\n".encode("gb18030"))
    before = path.read_bytes()
    done = run("fmt", cwd=repository)
    assert (done.returncode, path.read_bytes()) == (2, before)
    assert "P001" in done.stderr


def test_permissions_and_links_stay(repository: Path) -> None:
    path, link = repository / "plans/a/loose.yaml", repository / "plans/link.yaml"
    path.chmod(0o640)
    link.symlink_to(path)
    run("fmt", "plans/link.yaml", cwd=repository)
    assert (path.read_text(encoding="utf-8"), path.stat().st_mode & 0o777, link.is_symlink()) == (NEAT, 0o640, True)


def test_standard_input_goes_to_standard_output(tmp_path: Path) -> None:
    assert [run("fmt", "-", cwd=tmp_path, stdin=text).stdout for text in (LOOSE, UNITS, SETTINGS)] == [NEAT, UNITS_NEAT, SETTINGS_NEAT]
    broken = run("fmt", "-", cwd=tmp_path, stdin=BROKEN)
    assert (broken.returncode, broken.stdout) == (2, "")
    assert run("fmt", "-", "--check", cwd=tmp_path, stdin=LOOSE).returncode == 1


def test_a_file_that_is_not_there_is_said_so(repository: Path) -> None:
    done = run("fmt", "plans/no.yaml", cwd=repository)
    assert (done.returncode, done.stdout) == (2, "")
