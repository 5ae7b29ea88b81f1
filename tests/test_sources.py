"""Files to text: which files there are, in which order, and in which encoding."""

from __future__ import annotations

import codecs
import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planctl import sources
from planctl.errors import NoPlansFolderError, NotFoundError, UnreadableError
from planctl.sources import LFS_POINTER, MAX_BYTES, Source, Trouble, decode, find_above, find_paths, find_plans_folder

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "planctl: 1\ntitle: 宁远县法治政府建设实施方案 😀\n"
not_as_root = pytest.mark.skipif(os.geteuid() == 0, reason="nothing is unreadable to root")


def touch(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("planctl: 1\n")


# Encodings


@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8])
def test_utf8_is_read_with_and_without_a_byte_order_mark(mark: bytes) -> None:
    assert decode("a.yaml", mark + TEXT.encode()) == Source("a.yaml", TEXT)


def test_only_one_byte_order_mark_is_taken_off() -> None:
    assert decode("a.yaml", codecs.BOM_UTF8 * 2 + b"a").text == "\ufeffa"


def test_line_ends_are_left_as_they_are() -> None:
    assert decode("a.yaml", b"a\r\nb\rc\n").text == "a\r\nb\rc\n"


@pytest.mark.parametrize(
    ("encoding", "named"), [("utf-16", "UTF-16"), ("utf-32", "UTF-32"), ("gb18030", "GB18030"), ("gbk", "GB18030"), ("gb2312", "GB18030")]
)
def test_another_encoding_is_named_and_not_guessed_at(encoding: str, named: str) -> None:
    source = decode("a.yaml", TEXT.replace(" 😀", "").encode(encoding))
    assert (source.text, source.trouble and (source.trouble.code, source.trouble.args, source.trouble.variant)) == (
        "",
        ("P001", {"encoding": named}, None),
    )


@pytest.mark.parametrize(
    ("mark", "encoding", "named"),
    [
        (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
        (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
        (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
        (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    ],
)
def test_a_byte_order_mark_tells_the_encoding(mark: bytes, encoding: str, named: str) -> None:
    trouble = decode("a.yaml", mark + TEXT.encode(encoding)).trouble
    assert trouble
    assert (trouble.code, trouble.args, trouble.variant) == ("P001", {"encoding": named}, None)


@pytest.mark.parametrize("data", [b"a: \xff\xff\xff", b"\x80\x81\x1b", b"\xc4\xe3\x07\xff", bytes(range(256))])
def test_bytes_of_no_encoding_are_said_to_be_none(data: bytes) -> None:
    trouble = decode("a.yaml", data).trouble
    assert trouble
    assert (trouble.code, trouble.args, trouble.variant) == ("P001", {"encoding": None}, "unknown")


@pytest.mark.parametrize(
    ("data", "line", "column"),
    [
        (b"\xff", 1, 1),
        (b"ab\xff", 1, 3),
        ("甲乙😀".encode() + b"\xff", 1, 4),
        ("甲\n乙: 丙".encode() + b"\xff\n\xff", 2, 5),
        ("甲\r\n乙".encode() + b"\xe7\x94", 2, 2),
        (b"\n\n\n\xff", 4, 1),
    ],
)
def test_the_first_byte_that_is_not_utf8_has_a_line_and_a_column(data: bytes, line: int, column: int) -> None:
    trouble = decode("a.yaml", data).trouble
    assert trouble
    assert (trouble.line, trouble.column) == (line, column)


def test_a_file_too_large_to_review_is_refused() -> None:
    large = decode("a.yaml", b" " * (MAX_BYTES + 1))
    assert large == Source("a.yaml", "", Trouble("P008", {"limit": 128}))


def test_a_file_as_large_as_is_allowed_is_read() -> None:
    assert decode("a.yaml", b" " * MAX_BYTES).trouble is None


@given((st.binary() | st.text().map(lambda text: text.encode("gb18030", "replace"))).filter(lambda data: not data.startswith(LFS_POINTER)))
def test_any_bytes_are_text_or_have_a_trouble(data: bytes) -> None:
    source = decode("a.yaml", data)
    try:
        expected = data.decode().removeprefix("\ufeff")
    except UnicodeDecodeError:
        assert source.trouble
        assert source.trouble.code == "P001"
        assert source.trouble.line <= data.count(b"\n") + 1
    else:
        assert source == Source("a.yaml", expected)


def test_a_pointer_of_git_lfs_is_not_taken_for_a_plan() -> None:
    assert decode("a.yaml", LFS_POINTER + b"v1\noid sha256:0\n") == Source("a.yaml", "", Trouble("P025", {}, "lfs"))


@given(st.text())
def test_all_text_comes_through_utf8(text: str) -> None:
    data = text.encode("utf-8", "replace")
    assert decode("a.yaml", codecs.BOM_UTF8 + data).text == data.decode()


# The folder of plans


def test_plans_are_found_here(tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    assert find_plans_folder(str(tmp_path)) == "plans"


def test_plans_are_found_above_as_git_finds_its_root(tmp_path: Path) -> None:
    here = tmp_path / "a" / "b"
    here.mkdir(parents=True)
    (tmp_path / "plans").mkdir()
    assert find_plans_folder(str(here)) == os.path.join("..", "..", "plans")


def test_the_nearest_plans_folder_is_taken_and_a_file_is_none(tmp_path: Path) -> None:
    here = tmp_path / "a" / "b"
    here.mkdir(parents=True)
    (tmp_path / "plans").mkdir()
    (tmp_path / "a" / "plans").mkdir()
    (here / "plans").write_text("a file\n")
    assert find_plans_folder(str(here)) == os.path.join("..", "plans")


def test_from_within_the_plans_folder_it_is_found_too(tmp_path: Path) -> None:
    here = tmp_path / "plans" / "示例县"
    here.mkdir(parents=True)
    assert os.path.normpath(here / find_plans_folder(str(here))) == str(tmp_path / "plans")


def test_no_plans_folder_at_all_is_an_error_that_names_where_it_looked(tmp_path: Path) -> None:
    with pytest.raises(NoPlansFolderError) as caught:
        find_plans_folder(str(tmp_path))
    assert caught.value.args_of_message == {"start": str(tmp_path)}


# The files in it


def test_files_are_listed_by_path_without_what_is_hidden_or_no_yaml(tmp_path: Path) -> None:
    touch(
        tmp_path,
        *("乙县/方案.yaml", "甲县/units.yaml", "甲县/a.yml", "甲县/b/c.yaml", "planctl.yaml", "z.yaml", "空 格\n.yaml", "-n.yaml"),
        *(".hidden.yaml", ".git/x.yaml", "甲县/.draft/x.yaml", "readme.md", "x.yaml.orig", "x.YAML", "yaml"),
    )
    names = ["-n.yaml", "planctl.yaml", "z.yaml", "乙县/方案.yaml", "甲县/a.yml", "甲县/b/c.yaml", "甲县/units.yaml", "空 格\n.yaml"]
    assert find_paths([str(tmp_path)]) == [str(tmp_path / name) for name in names]


def test_given_places_keep_their_order_and_no_file_comes_twice(tmp_path: Path) -> None:
    touch(tmp_path, "a/1.yaml", "a/2.yaml", "b/3.yaml", "4.txt")
    places = [tmp_path / "b", tmp_path / "a" / "2.yaml", tmp_path / "a", tmp_path / "4.txt", tmp_path / "b" / ".." / "b" / "3.yaml"]
    expected = [tmp_path / "b" / "3.yaml", tmp_path / "a" / "2.yaml", tmp_path / "a" / "1.yaml", tmp_path / "4.txt"]
    assert find_paths([str(place) for place in places]) == [str(path) for path in expected]


def test_paths_are_named_as_the_place_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    touch(tmp_path, "plans/a/1.yaml")
    monkeypatch.chdir(tmp_path)
    assert [find_paths([place]) for place in ("plans", "./plans/", "plans/../plans", ".")] == [[os.path.join("plans", "a", "1.yaml")]] * 4


def test_a_folder_named_like_a_file_is_walked(tmp_path: Path) -> None:
    touch(tmp_path, "x.yaml/y.yaml")
    assert find_paths([str(tmp_path)]) == [str(tmp_path / "x.yaml" / "y.yaml")]


def test_an_empty_folder_holds_no_files(tmp_path: Path) -> None:
    assert find_paths([str(tmp_path)]) == []
    assert find_paths([]) == []


def test_a_link_to_a_folder_above_is_not_walked_again(tmp_path: Path) -> None:
    touch(tmp_path, "a/1.yaml")
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    (tmp_path / "a" / "self").symlink_to(tmp_path / "a")
    assert [os.path.basename(path) for path in find_paths([str(tmp_path)])] == ["1.yaml"]


def test_links_to_files_and_folders_elsewhere_are_followed(tmp_path: Path) -> None:
    touch(tmp_path, "elsewhere/1.yaml", "2.yaml")
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "folder").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "plans" / "file.yaml").symlink_to(tmp_path / "2.yaml")
    assert find_paths([str(tmp_path / "plans")]) == [str(tmp_path / "plans" / name) for name in ("file.yaml", "folder/1.yaml")]


def test_a_place_that_is_not_there_is_an_error_that_names_it(tmp_path: Path) -> None:
    missing = str(tmp_path / "没有.yaml")
    with pytest.raises(NotFoundError) as caught:
        find_paths([str(tmp_path), missing])
    assert caught.value.args_of_message == {"path": missing}


@not_as_root
def test_a_folder_that_cannot_be_entered_is_an_error(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0)
    with pytest.raises(UnreadableError) as caught:
        find_paths([str(tmp_path)])
    assert caught.value.args_of_message == {"path": str(closed), "reason": "Permission denied"}


# One file


def test_a_file_is_read_as_its_path_and_text(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(codecs.BOM_UTF8 + TEXT.encode())
    assert sources.read(str(path)) == Source(str(path), TEXT)


def test_no_more_than_the_limit_is_read_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES * 3)
    assert sources.read(str(path)) == Source(str(path), "", Trouble("P008", {"limit": 128}))


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("missing.yaml", "No such file or directory"),
        ("dangling.yaml", "No such file or directory"),
        ("self.yaml", "Too many levels of symbolic links"),
        ("folder.yaml", "Is a directory"),
        ("file.yaml/below.yaml", "Not a directory"),
    ],
)
def test_a_file_that_the_system_will_not_give_is_in_trouble_by_itself(tmp_path: Path, name: str, reason: str) -> None:
    touch(tmp_path, "file.yaml")
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "dangling.yaml").symlink_to(tmp_path / "nowhere")
    (tmp_path / "self.yaml").symlink_to(tmp_path / "self.yaml")
    path = str(tmp_path / name)
    assert sources.read(path) == Source(path, "", Trouble("P025", {"reason": reason}))


@not_as_root
def test_a_file_that_may_not_be_read_is_in_trouble(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.touch(mode=0)
    assert sources.read(str(path)) == Source(str(path), "", Trouble("P025", {"reason": "Permission denied"}))


def test_a_broken_link_is_listed_so_that_it_is_told(tmp_path: Path) -> None:
    (tmp_path / "dangling.yaml").symlink_to(tmp_path / "nowhere")
    (tmp_path / "self.yaml").symlink_to(tmp_path / "self.yaml")
    assert find_paths([str(tmp_path)]) == [str(tmp_path / "dangling.yaml"), str(tmp_path / "self.yaml")]


# What stands beside or above a file


def test_the_nearest_file_of_a_name_is_found_beside_or_above(tmp_path: Path) -> None:
    touch(tmp_path, "units.yaml", "a/units.yaml", "a/b/plan.yaml", "c/plan.yaml")
    assert find_above(str(tmp_path / "a" / "b" / "plan.yaml"), "units.yaml") == str(tmp_path / "a" / "units.yaml")
    assert find_above(str(tmp_path / "c" / "plan.yaml"), "units.yaml") == str(tmp_path / "units.yaml")
    assert find_above(str(tmp_path / "units.yaml"), "units.yaml") == str(tmp_path / "units.yaml")


def test_what_is_found_above_a_relative_path_is_relative(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    touch(tmp_path, "planctl.yaml", "plans/a/plan.yaml")
    monkeypatch.chdir(tmp_path / "plans")
    assert find_above("a/plan.yaml", "planctl.yaml") == os.path.join("..", "planctl.yaml")


def test_a_folder_of_that_name_is_not_the_file(tmp_path: Path) -> None:
    touch(tmp_path, "units.yaml", "a/units.yaml/x")
    assert find_above(str(tmp_path / "a" / "plan.yaml"), "units.yaml") == str(tmp_path / "units.yaml")


def test_nothing_is_found_where_nothing_is(tmp_path: Path) -> None:
    assert find_above(str(tmp_path / "plan.yaml"), "no-such-name.yaml") is None
