"""The command line as a whole: help, languages, mistakes, completion, pipes, files, interruption and the terminal."""

from __future__ import annotations

import codecs
import fcntl
import json
import os
import pty
import re
import shutil
import signal
import stat
import struct
import subprocess
import sys
import termios
import time
import unicodedata
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import planctl
from conftest import run
from desks import desk, papers_for
from planctl.cli.app import NAMES

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[1]
DEMO = Path(__file__).parent / "cases" / "demo"
PLANCTL = (sys.executable, "-m", "planctl")
ENVIRONMENT = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "PLANCTL_LANG": "zh", "PLANCTL_DEBUG": "1"}
FAR = ("due", "--all", "--each", "--before", "2122-12-31")
"""Against the shipped plans this is more than a pipe holds."""

in_zh_and_en = pytest.mark.parametrize("lang", ["zh", "en"])


# Help


@in_zh_and_en
def test_help(lang: str, golden: Callable[[str, str], None]) -> None:
    done = run("--help", env={"PLANCTL_LANG": lang})
    golden(f"help.{lang}.txt", done.stdout)
    assert (done.returncode, done.stderr) == (0, "")


@in_zh_and_en
@pytest.mark.parametrize("command", NAMES)
def test_help_of_each_command(command: str, lang: str, golden: Callable[[str, str], None]) -> None:
    done = run(command, "--help", env={"PLANCTL_LANG": lang})
    golden(f"help.{command}.{lang}.txt", done.stdout)
    heading = {"zh": "示例：", "en": "Examples:"}[lang]
    assert (done.returncode, done.stderr) == (0, "")
    assert f"\n{heading}\n  planctl {command}" in done.stdout


@pytest.mark.parametrize("command", NAMES)
def test_every_option_of_a_command_is_explained_in_both_languages(command: str) -> None:
    """A text that is missing in the catalogue shows as its key."""
    said = [run(command, "--help", env={"PLANCTL_LANG": lang}).stdout for lang in ("zh", "en")]
    options = [re.findall(r"^  (--[a-z-]+)", text, re.MULTILINE) for text in said]
    assert options[0] == options[1]
    assert "help." not in "".join(said)


@pytest.fixture(scope="session")
def a_desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lay a desk out once; each test gets a copy of it."""
    folder = tmp_path_factory.mktemp("desk") / "desk"
    desk(folder)
    papers_for(folder)
    return folder


@pytest.mark.parametrize("command", NAMES)
def test_the_examples_in_help_can_be_typed(command: str, a_desk: Path, tmp_path: Path) -> None:
    here = tmp_path / "desk"
    shutil.copytree(a_desk, here)
    text = run(command, "--help").stdout
    examples = re.findall(r"^  planctl (.+)$", text[text.index("示例：") :], re.MULTILINE)
    typed = [example for example in examples if ".pdf" not in example or (here / "任务分工.pdf").exists()]
    done = [typing(example, here) for example in typed]
    # 1 is an answer: something was found.
    assert [each.args[3:] for each in done if each.returncode not in {0, 1}] == []
    assert typed


def typing(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Type a line of shell: what it reads from a file is given, what it writes to one is not kept."""
    words, _, source = line.partition(" > ")[0].partition(" < ")
    given = (folder / source).read_text(encoding="utf-8") if source else ""
    return run(*words.split(), cwd=folder, env={"HOME": str(folder)}, stdin=given)


def test_help_is_shown_where_nothing_is_asked() -> None:
    done = run()
    assert (done.returncode, done.stdout, done.stderr) == (2, run("--help").stdout, "")


def test_help_and_version_need_no_plans(tmp_path: Path) -> None:
    assert [run(*args, cwd=tmp_path).returncode for args in (("--help",), ("due", "--help"), ("--version",), ("rules",))] == [0, 0, 0, 0]


def test_version() -> None:
    done = run("--version")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"planctl {planctl.__version__}\n", "")


# The language


@pytest.mark.parametrize(
    ("args", "env", "lang"),
    [
        ((), {}, "zh"),
        ((), {"LANG": "C"}, "zh"),
        ((), {"LANG": "POSIX"}, "zh"),
        ((), {"LANG": None}, "zh"),
        ((), {"LANG": "zh_CN.UTF-8"}, "zh"),
        ((), {"LANG": "zh_TW.UTF-8"}, "zh"),
        ((), {"LANG": "en_US.UTF-8"}, "en"),
        ((), {"LANG": "de_DE.UTF-8"}, "en"),
        ((), {"LANG": "zh_CN.UTF-8", "LC_ALL": "en_US.UTF-8"}, "en"),
        ((), {"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, "en"),
        ((), {"LANG": "en_US.UTF-8", "LC_ALL": "", "LC_MESSAGES": ""}, "en"),
        ((), {"LANG": "en_US.UTF-8", "LC_ALL": "C.UTF-8"}, "zh"),
        ((), {"LANG": "en_US.UTF-8", "PLANCTL_LANG": "zh"}, "zh"),
        ((), {"LANG": "zh_CN.UTF-8", "PLANCTL_LANG": "en"}, "en"),
        ((), {"LANG": "zh_CN.UTF-8", "PLANCTL_LANG": "fr"}, "zh"),
        (("--lang", "en"), {"PLANCTL_LANG": "zh"}, "en"),
        (("--lang=zh",), {"PLANCTL_LANG": "en"}, "zh"),
    ],
)
def test_the_language_of_a_run(args: tuple[str, ...], env: dict[str, str | None], lang: str) -> None:
    done = run(*args, "tasks", cwd=DEMO, env={"PLANCTL_LANG": None, **env})
    assert (done.returncode, done.stderr) == (0, {"zh": "共 6 项任务。\n", "en": "Tasks: 6.\n"}[lang])


SPEAKS_ENGLISH = "planctl: 1\nlanguage: en\n"


@pytest.fixture
def speaks_english(tmp_path: Path) -> Path:
    """The demonstration in a repository whose settings say English."""
    shutil.copytree(DEMO / "plans", tmp_path / "plans")
    (tmp_path / "planctl.yaml").write_text(SPEAKS_ENGLISH, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("args", "env", "said"),
    [
        ((), {"LANG": "C"}, "Tasks: 6.\n"),
        ((), {"LANG": "zh_CN.UTF-8"}, "Tasks: 6.\n"),
        ((), {"LANG": "C", "PLANCTL_LANG": "zh"}, "共 6 项任务。\n"),
        (("--lang", "zh"), {"LANG": "C"}, "共 6 项任务。\n"),
    ],
)
def test_the_settings_of_a_repository_go_before_the_locale(
    args: tuple[str, ...], env: dict[str, str], said: str, speaks_english: Path
) -> None:
    done = run(*args, "tasks", cwd=speaks_english, env={"PLANCTL_LANG": None, **env})
    assert (done.returncode, done.stderr) == (0, said)


@pytest.mark.parametrize(
    "args",
    [
        *(("due",), ("due", "--explain"), ("show", "demo-2024/2"), ("units", "甲镇"), ("units", "无此单位"), ("tasks", "--plan", "x")),
        *(("validate", "--level", "info"), ("validate", "plans", "--level", "info"), ("due", "--before", "nonsense")),
    ],
)
def test_what_a_repository_speaks_is_spoken_throughout(args: tuple[str, ...], speaks_english: Path) -> None:
    settings, asked = (run(*args, cwd=speaks_english, env={"PLANCTL_LANG": lang}) for lang in (None, "en"))
    assert (settings.returncode, settings.stdout, settings.stderr) == (asked.returncode, asked.stdout, asked.stderr)


# Mistakes

MISTAKES = [
    (("duu",), "没有 duu 这个命令，可能是 due。\n用 planctl --help 查看用法。\n"),
    (("--plans", "plans"), "没有写命令。\n用 planctl --help 查看用法。\n"),
    (("tasks", "--sectoin", "x"), "没有 --sectoin 这个选项，可能是 --section。\n用 planctl tasks --help 查看用法。\n"),
    (("due", "--lang", "zh"), "--lang 要写在命令之前：planctl --lang … 命令 …\n用 planctl due --help 查看用法。\n"),
    (("due", "--plans", "x"), "--plans 要写在命令之前：planctl --plans … 命令 …\n用 planctl due --help 查看用法。\n"),
    (("due", "--before"), "--before 后面要有值。\n用 planctl due --help 查看用法。\n"),
    (("due", "--all=yes"), "--all 后面不能有值。\n用 planctl due --help 查看用法。\n"),
    (("due", "--role", "boss"), "--role 只能是：lead、support、any。\n用 planctl due --help 查看用法。\n"),
    (("due", "2022-12-31"), "多出了这些：2022-12-31\n用 planctl due --help 查看用法。\n"),
    (("show",), "缺少 TASK。\n用 planctl show --help 查看用法。\n"),
    (("--lang", "fr", "due"), "--lang 不能是“fr”。\n可选：zh、en\n"),
    (("--plans", "nowhere", "due"), "没有 nowhere 这个文件或目录。\n"),
]


@pytest.mark.parametrize(("args", "said"), MISTAKES)
def test_a_mistake_ends_with_2_and_a_word_about_it(args: tuple[str, ...], said: str) -> None:
    done = run(*args, cwd=DEMO)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", said)


@pytest.mark.parametrize("args", [args for args, _ in MISTAKES if args[0] != "--lang" and "--lang" not in args])
def test_a_mistake_is_told_in_english_where_english_is_spoken(args: tuple[str, ...]) -> None:
    done = run(*args, cwd=DEMO, env={"PLANCTL_LANG": "en"})
    assert (done.returncode, done.stdout, re.findall("[\u4e00-\u9fff]+", done.stderr)) == (2, "", [])


def test_a_chinese_word_finds_the_commands_that_are_about_it() -> None:
    done = run("进展")
    assert (done.returncode, done.stderr) == (2, "没有 进展 这个命令，可能是 tasks、progress。\n用 planctl --help 查看用法。\n")


def test_without_a_folder_of_plans_it_says_where_it_looked(tmp_path: Path) -> None:
    done = run("due", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"在 {tmp_path} 及其上级目录中没有找到 plans 目录。\n进入方案仓库再试，或用 --plans 指明目录。\n"


# Defects

DAMAGED = "import sys; sys.modules['planctl.listings.tasks'] = None; from planctl.__main__ import main; main()"
"""planctl with a module missing: nothing that a user's text could bring about."""


def run_damaged(**env: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", DAMAGED, "tasks"]
    kept = {name: value for name, value in ENVIRONMENT.items() if name != "PLANCTL_DEBUG"}
    return subprocess.run(command, cwd=DEMO, env={**kept, **env}, capture_output=True, text=True, check=False)


def test_a_defect_is_told_in_words_and_how_to_report_it() -> None:
    done = run_damaged()
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "planctl 自身出错了（ModuleNotFoundError：import of planctl.listings.tasks halted; None in sys.modules）。"
        "设 PLANCTL_DEBUG=1 再运行，把输出报给维护者。\n"
    )


def test_a_defect_shows_its_traceback_to_whoever_looks_for_it() -> None:
    done = run_damaged(PLANCTL_DEBUG="1")
    assert done.returncode == 1
    assert done.stderr.startswith("Traceback (most recent call last):\n")


# Where the plans are


def test_plans_are_found_from_a_folder_below(tmp_path: Path) -> None:
    below = tmp_path / "docs" / "2025"
    below.mkdir(parents=True)
    (tmp_path / "plans").symlink_to(DEMO / "plans")
    assert run("tasks", cwd=below).stderr == "共 6 项任务。\n"


def test_the_nearest_folder_of_plans_is_taken(tmp_path: Path) -> None:
    (tmp_path / "plans").symlink_to(DEMO / "plans")
    (tmp_path / "other" / "plans").mkdir(parents=True)
    assert run("tasks", cwd=tmp_path / "other").stderr == "共 0 项任务。\n"


def test_plans_are_named_by_option_or_else_by_environment(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    env = {"PLANCTL_PLANS": str(DEMO / "plans")}
    said = [run(*args, "tasks", cwd=tmp_path, env=env).stderr for args in ((), ("--plans", str(empty)))]
    assert said == ["共 6 项任务。\n", "共 0 项任务。\n"]


# Completion, as the shells ask for it


def complete(*words: str, cwd: Path = DEMO) -> list[str]:
    """Complete the last of some words as bash does."""
    env = {"_PLANCTL_COMPLETE": "complete_bash", "COMP_WORDS": " ".join(("planctl", *words)), "COMP_CWORD": str(len(words))}
    done = run(cwd=cwd, env=env)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.split()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("",), [*NAMES]),
        (("t",), ["tasks", "template", "textconv"]),
        (("ta",), ["tasks"]),
        (("due", "--be"), ["--before"]),
        (("due", "--plan", ""), ["demo-2024", "demo-2025"]),
        (("due", "--plan", "demo-2025"), ["demo-2025"]),
        (("due", "--unit", "县"), ["县政府", "县司法局", "县教育局", "县财政局", "县政府各部门"]),
        (("units", "各"), ["各乡镇", "各镇"]),
        (("show", "demo-2025/"), ["demo-2025/1", "demo-2025/5"]),
        (("due", "--role", ""), ["lead", "support", "any"]),
        (("due", "--format", "j"), ["json"]),
        (("schema", ""), ["plan", "units", "settings", "export"]),
        (("rules", "P10"), [f"P10{digit}" for digit in range(1, 10)]),
    ],
)
def test_completion(words: tuple[str, ...], found: list[str]) -> None:
    assert complete(*words) == found


def test_completion_reads_the_plans_that_the_line_names(tmp_path: Path) -> None:
    assert complete("--plans", str(DEMO / "plans"), "due", "--plan", "", cwd=tmp_path) == ["demo-2024", "demo-2025"]


def test_completion_offers_nothing_where_there_are_no_plans(tmp_path: Path) -> None:
    assert complete("due", "--plan", "", cwd=tmp_path) == []


@in_zh_and_en
def test_shells_that_show_help_beside_a_completion_show_it_in_the_language(lang: str) -> None:
    env = {"_PLANCTL_COMPLETE": "complete_fish", "_TYPER_COMPLETE_FISH_ACTION": "get-args", "PLANCTL_LANG": lang}
    commands, options = (run(env={**env, "_TYPER_COMPLETE_ARGS": line}).stdout.splitlines() for line in ("planctl ", "planctl due --"))
    words = {"zh": ("列出到期未办结的事项", "显示帮助"), "en": ("List what is due and not yet done", "Show this help")}[lang]
    assert (commands[0], options[-1]) == (f"due\t{words[0]}", f"--help\t{words[1]}")
    assert not [line for line in (*commands, *options) if "help." in line]


def test_completion_without_a_line_to_complete_ends_quietly() -> None:
    done = run(env={"_PLANCTL_COMPLETE": "complete_bash"})
    assert (done.returncode, done.stdout, done.stderr) == (2, "", "")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_completion_script_of_each_shell_is_shown(shell: str) -> None:
    done = run(env={"_PLANCTL_COMPLETE": f"source_{shell}"})
    assert (done.returncode, f"_PLANCTL_COMPLETE=complete_{shell}" in done.stdout) == (0, True)


# Pipes, full disks, closed streams


@pytest.mark.parametrize("args", [FAR, (*FAR, "--format", "json"), ("--help",), ("--version",), ("rules",), ("schema",)])
def test_a_reader_that_has_seen_enough_is_no_error(args: tuple[str, ...]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run([*PLANCTL, *args], cwd=ROOT, env=ENVIRONMENT, stdout=writer, stderr=subprocess.PIPE, check=False)
    os.close(writer)
    assert done.returncode == 0
    assert re.fullmatch(r"(列出 .*\n)?", done.stderr.decode())


def test_a_reader_that_leaves_in_the_middle_is_no_error() -> None:
    with subprocess.Popen([*PLANCTL, *FAR], cwd=ROOT, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout
        assert running.stderr
        running.stdout.readline()
        running.stdout.close()
        said = running.stderr.read().decode()
    assert (running.returncode, said) == (0, "")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full")
@pytest.mark.parametrize(
    "args", [FAR, (*FAR, "--format", "json"), ("tasks",), ("--help",), ("--version",), ("rules",), ("validate", "--level", "info")]
)
def test_an_answer_that_cannot_be_written_is_an_error(args: tuple[str, ...]) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run([*PLANCTL, *args], cwd=ROOT, env=ENVIRONMENT, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 2
    assert "磁盘已满" in done.stderr.decode().splitlines()[-1]
    assert "Traceback" not in done.stderr.decode()


def test_closed_streams() -> None:
    """Standard output is closed: an error. Standard error is closed: the answer comes, and nothing else is in it."""
    without_output = subprocess.run(
        ["sh", "-c", 'exec "$@" >&-', "sh", *PLANCTL, "tasks"], cwd=DEMO, env=ENVIRONMENT, stderr=subprocess.PIPE, check=False
    )
    without_error = subprocess.run(
        ["sh", "-c", 'exec "$@" 2>&-', "sh", *PLANCTL, "tasks"], cwd=DEMO, env=ENVIRONMENT, stdout=subprocess.PIPE, check=False
    )
    assert (without_output.returncode, "Traceback" in without_output.stderr.decode()) == (2, False)
    assert (without_error.returncode, without_error.stdout.decode()) == (0, run("tasks", cwd=DEMO).stdout)


# Files

LIMITED = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (16, 16)); from planctl.__main__ import main; main()"
"""planctl on a disk that has room for 16 bytes a file."""


def test_output_writes_to_a_file_what_would_be_printed(tmp_path: Path) -> None:
    done = run("due", "--as-of", "2025-12-01", "--format", "json", "--output", tmp_path / "due.json", cwd=DEMO)
    assert (done.returncode, done.stdout) == (0, "")
    assert (tmp_path / "due.json").read_text(encoding="utf-8") == run("due", "--as-of", "2025-12-01", "--format", "json", cwd=DEMO).stdout


@pytest.mark.parametrize("args", [("due", "--all"), ("tasks",), ("units",), ("units", "甲镇"), ("rules",)])
def test_csv_in_a_file_begins_with_a_byte_order_mark(args: tuple[str, ...], tmp_path: Path) -> None:
    """Excel and WPS take a file without it for GBK; a program that reads from a pipe would take it for text."""
    asked = (*args, "--format", "csv")
    printed = run(*asked, cwd=DEMO).stdout
    run(*asked, "--output", tmp_path / "x.csv", cwd=DEMO)
    assert (tmp_path / "x.csv").read_bytes() == codecs.BOM_UTF8 + printed.encode()
    assert printed[0] != "\ufeff"


@pytest.mark.parametrize("form", ["table", "json", "md"])
def test_no_other_format_begins_with_a_byte_order_mark(form: str, tmp_path: Path) -> None:
    run("tasks", "--format", form, "--output", tmp_path / "x", cwd=DEMO)
    assert (tmp_path / "x").read_bytes() == run("tasks", "--format", form, cwd=DEMO).stdout.encode()


def test_csv_into_a_device_has_no_byte_order_mark() -> None:
    asked = ("tasks", "--format", "csv")
    assert run(*asked, "--output", "/dev/stdout", cwd=DEMO).stdout == run(*asked, cwd=DEMO).stdout


def test_output_to_a_dash_is_standard_output() -> None:
    assert run("tasks", "--format", "json", "--output", "-", cwd=DEMO).stdout == run("tasks", "--format", "json", cwd=DEMO).stdout


@pytest.mark.parametrize("path", ["nowhere/x.json", "file/x.json", ".", "n" * 300])
def test_output_that_cannot_be_written_is_an_error_and_leaves_nothing(path: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    done = run("tasks", "--format", "json", "--output", tmp_path / path, cwd=DEMO)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"写不了 {tmp_path / path}：")
    assert [each.name for each in tmp_path.iterdir()] == ["file"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_output_into_a_folder_without_permission_is_an_error(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    done = run("tasks", "--output", tmp_path / "x.txt", cwd=DEMO)
    tmp_path.chmod(0o700)
    assert (done.returncode, list(tmp_path.iterdir())) == (2, [])


def write_on_a_full_disk(path: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-B", "-c", LIMITED, "tasks", "--format", "json", "--output", str(path)]
    return subprocess.run(command, cwd=DEMO, env=ENVIRONMENT, capture_output=True, text=True, check=False)


def test_a_full_disk_leaves_no_partial_and_no_temporary_file(tmp_path: Path) -> None:
    done = write_on_a_full_disk(tmp_path / "x.json")
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"写不了 {tmp_path}/x.json：File too large。\n")
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_leaves_the_old_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text("old", encoding="utf-8")
    assert write_on_a_full_disk(path).returncode == 2
    assert [(each.name, each.read_text(encoding="utf-8")) for each in tmp_path.iterdir()] == [("x.json", "old")]


def test_output_over_a_file_replaces_it_at_once_and_keeps_its_permissions(tmp_path: Path) -> None:
    """Whoever reads the old file goes on reading the old file."""
    path = tmp_path / "x.json"
    path.write_text("old", encoding="utf-8")
    path.chmod(0o600)
    with path.open(encoding="utf-8") as old:
        run("tasks", "--format", "json", "--output", path, cwd=DEMO)
        assert old.read() == "old"
    assert len(json.loads(path.read_text(encoding="utf-8"))) == 6
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_output_over_a_link_writes_where_it_leads(tmp_path: Path) -> None:
    (tmp_path / "target").write_text("old", encoding="utf-8")
    (tmp_path / "link").symlink_to("target")
    run("tasks", "--format", "json", "--output", tmp_path / "link", cwd=DEMO)
    assert (tmp_path / "link").is_symlink()
    assert len(json.loads((tmp_path / "target").read_text(encoding="utf-8"))) == 6


def test_output_into_a_named_pipe_is_read_at_its_other_end(tmp_path: Path) -> None:
    """A file renamed over it would replace it: over /dev/null, that breaks a machine."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    # Opened for both, it waits for no writer; what is written fits into the pipe.
    with os.fdopen(os.open(path, os.O_RDWR | os.O_NONBLOCK), "rb") as pipe:
        done = run("tasks", "--format", "json", "--output", path, cwd=DEMO)
        assert (done.returncode, stat.S_ISFIFO(path.stat().st_mode)) == (0, True)
        assert len(json.loads(pipe.read1())) == 6


# Interruption


def test_an_interrupted_run_ends_with_130_and_no_traceback(tmp_path: Path) -> None:
    """A named pipe that nobody writes to makes a run as slow as one likes."""
    path = tmp_path / "slow.yaml"
    os.mkfifo(path)
    with subprocess.Popen([*PLANCTL, "validate", str(path)], env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        writer = open_for_writing(path, running)
        out, err = interrupt(running)
        os.close(writer)
    assert (running.returncode, out, err) == (130, b"", b"")


def interrupt(running: subprocess.Popen[bytes]) -> tuple[bytes, bytes]:
    """Press ^C, and again if nothing happens: Python does not see a signal that comes just before it waits for a read."""
    while True:
        running.send_signal(signal.SIGINT)
        try:
            return running.communicate(timeout=5)
        except subprocess.TimeoutExpired:
            continue


def open_for_writing(path: Path, reader: subprocess.Popen[bytes]) -> int:
    """Open a named pipe as soon as a process reads it."""
    while reader.poll() is None:
        try:
            return os.open(path, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:
            time.sleep(0.01)
    raise AssertionError(reader.returncode)


# The terminal

ESCAPES = re.compile(r"\x1b\[[0-9;]*m")
LISTINGS = [("due", "--as-of", "2025-12-01", "--all"), ("tasks", "--as-of", "2025-12-01"), ("units",), ("units", "甲镇"), ("rules",)]


def on_terminal(columns: int, *args: str, cwd: Path = DEMO, **env: str) -> str:
    """Give what a terminal of so many columns gets."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    with subprocess.Popen(
        [*PLANCTL, *args],
        cwd=cwd,
        env={**ENVIRONMENT, "TERM": "xterm-256color", **env},
        stdin=slave,
        stdout=slave,
        stderr=subprocess.DEVNULL,
    ) as running:
        os.close(slave)
        parts = []
        # Reading a terminal whose other side is closed is an error on Linux, and the end elsewhere.
        while part := read_some(master):
            parts.append(part)
    os.close(master)
    assert running.returncode == 0
    return b"".join(parts).decode().replace("\r\n", "\n")


def read_some(master: int) -> bytes:
    try:
        return os.read(master, 65536)
    except OSError:
        return b""


def cells(line: str) -> int:
    """Count the terminal cells of a line (UAX #11)."""
    return sum(0 if unicodedata.combining(each) else 2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in line)


def letters(text: str) -> Counter[str]:
    return Counter("".join(ESCAPES.sub("", text).replace("─", "").split()))


@pytest.mark.parametrize("columns", [200, 80, 40])
@pytest.mark.parametrize("args", LISTINGS)
def test_no_line_is_wider_than_the_terminal_and_nothing_is_cut(args: tuple[str, ...], columns: int) -> None:
    shown = on_terminal(columns, *args)
    assert [line for line in ESCAPES.sub("", shown).splitlines() if cells(line) > columns] == []
    assert letters(shown) == letters(run(*args, cwd=DEMO).stdout)


@pytest.mark.parametrize("columns", [80, 40])
@pytest.mark.parametrize("args", [("due", "--before", "2022-12-31"), ("tasks",), ("units",), ("units", "县司法局")])
def test_the_shipped_plans_fit_the_terminal_whole(args: tuple[str, ...], columns: int) -> None:
    shown = on_terminal(columns, *args, cwd=ROOT)
    assert [line for line in ESCAPES.sub("", shown).splitlines() if cells(line) > columns] == []
    assert letters(shown) == letters(run(*args, cwd=ROOT).stdout)


@in_zh_and_en
@pytest.mark.parametrize("command", NAMES)
def test_help_fits_eighty_columns(command: str, lang: str) -> None:
    shown = on_terminal(80, command, "--help", PLANCTL_LANG=lang)
    assert [line for line in shown.splitlines() if cells(line) > 80] == []


def test_a_terminal_gets_colours_for_what_is_pressing() -> None:
    shown = on_terminal(80, *LISTINGS[0])
    assert "\x1b[1;31m逾期 275 天" in shown
    assert "\x1b[32m办结" in shown


def test_no_color_takes_the_colours_away_and_nothing_else() -> None:
    plain, coloured = on_terminal(80, *LISTINGS[0], NO_COLOR="1"), on_terminal(80, *LISTINGS[0])
    # Bold and dim are no colours; see https://no-color.org.
    assert re.search(r"\x1b\[[0-9;]*(3[0-7]|38)", plain) is None
    assert ESCAPES.sub("", plain) == ESCAPES.sub("", coloured)


def test_a_dumb_terminal_gets_no_escapes() -> None:
    assert "\x1b" not in on_terminal(80, *LISTINGS[0], TERM="dumb")


def test_a_pipe_gets_no_escapes() -> None:
    assert "\x1b" not in run(*LISTINGS[0], cwd=DEMO, env={"TERM": "xterm-256color"}).stdout


def test_markup_in_titles_is_printed_as_it_stands() -> None:
    assert "标题里的[red]方括号[/]、|竖线|、*星号*和<b>标签</b>" in on_terminal(200, "tasks")


def test_a_format_that_is_asked_for_is_the_same_on_a_terminal() -> None:
    assert json.loads(on_terminal(40, "tasks", "--format", "json")) == json.loads(run("tasks", "--format", "json", cwd=DEMO).stdout)
