"""Files that are broken, odd or meant to do harm: planctl answers what it can, says what it cannot, and never with a traceback."""

from __future__ import annotations

import json
import os
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from conftest import run

if TYPE_CHECKING:
    import subprocess

HEAD = "planctl: 1\nid: {id}\ntitle: 某方案\ndocument: {{issued: 2024-01-01}}\ntasks:\n"
TASK = '  - {{id: "{id}", title: {title}, lead: [甲局], basis: stated, deadlines: [{{id: d, due: 2024-12-31, quote: 2024年底前}}]}}\n'
COMMANDS = [
    ("due", "--before", "2025-12-31"),
    ("due", "--before", "2025-12-31", "--explain"),
    ("due", "--before", "2025-12-31", "--format", "json"),
    ("tasks",),
    ("tasks", "--format", "csv"),
    ("tasks", "--format", "md"),
    ("units",),
    ("validate", "--level", "info"),
    ("validate", "--format", "json"),
    ("validate", "--format", "github"),
    ("validate", "--format", "gitlab"),
    ("validate", "--format", "junit"),
]
INCOMPLETE = "有 {count} 处读取错误，以上结果不完整。用 planctl validate 查看。\n"


def sound(plan: str = "sound", title: str = "某任务") -> str:
    return HEAD.format(id=plan) + TASK.format(id="1", title=json.dumps(title, ensure_ascii=False))


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = folder / "plans" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def ask(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    """Run planctl; whatever happens, it ends with a code of its own and says things in words."""
    done = run(*args, cwd=folder)
    assert "Traceback" not in done.stderr
    assert done.returncode in {0, 1, 2}
    return done


def ask_everything(folder: Path) -> None:
    for args in COMMANDS:
        ask(folder, *args)


def titles(folder: Path) -> list[str]:
    return [task["title"] for task in json.loads(ask(folder, "tasks", "--format", "json").stdout)]


def problems(folder: Path, *args: str) -> list[tuple[str, str, int]]:
    found: list[dict[str, Any]] = json.loads(ask(folder, "validate", "--format", "json", "--level", "error", *args).stdout)
    return [(os.path.basename(each["file"]), each["code"], each["line"]) for each in found]


# Files that are not what they should be

BROKEN: dict[str, tuple[str | bytes, str]] = {
    "a stray bracket": ("planctl: 1\nid: x\ntitle: [\n", "P002"),
    "a tab for indentation": ("planctl: 1\n\tid: x\n", "P002"),
    "GB18030": (sound().encode("gb18030"), "P001"),
    "UTF-16": (sound().encode("utf-16"), "P001"),
    "UTF-32": (sound().encode("utf-32"), "P001"),
    "no text at all": (bytes(range(128, 256)), "P001"),
    "an empty file": ("", "P010"),
    "only a comment": ("# 待写\n", "P010"),
    "not a plan": ("services: {web: {image: nginx}}\n", "P010"),
    "a list": ("- 1\n- 2\n", "P010"),
    "only a word": ("你好\n", "P010"),
    "a null character": ("planctl: 1\nid: a\0b\n", "P009"),
    "an anchor": ("planctl: 1\nid: &a x\ntitle: *a\ntasks: []\n", "P004"),
    "a tag": ("planctl: 1\nid: !!python/object/apply:os.system ['true']\ntitle: x\ntasks: []\n", "P005"),
    "two documents": ("planctl: 1\nid: x\ntitle: x\ntasks: []\n---\nplanctl: 1\n", "P006"),
    "nested too deep": ("planctl: 1\nid: x\ntitle: " + "[" * 20_000 + "]" * 20_000, "P007"),
    "a date that is none": ("planctl: 1\nid: x\ntitle: x\ndocument: {issued: 0000-00-00}\ntasks: []\n", "P016"),
    "a list for a key": ("planctl: 1\nid: x\ntitle: x\n? [a, b]\n: c\ntasks: []\n", "P012"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_one_broken_file_does_not_hide_the_others(case: str, tmp_path: Path) -> None:
    content, code = BROKEN[case]
    folder = write(tmp_path, {"甲/a.yaml": sound("first", "在前"), "甲/b.yaml": content, "甲/c.yaml": sound("last", "在后")})
    done = ask(folder, "due", "--before", "2025-12-31", "--format", "json")
    assert {"first", "last"} <= {each["plan"] for each in json.loads(done.stdout)}
    assert (done.returncode, done.stderr.startswith("有 "), "处读取错误，以上结果不完整" in done.stderr) == (2, True, True)
    assert ("b.yaml", code) in [(name, found) for name, found, _ in problems(folder)]
    assert ask(folder, "validate").returncode == 1
    for args in (("due", "--explain"), ("units",), ("validate", "--format", "junit")):
        ask(folder, *args)


def test_an_answer_that_is_not_complete_says_how_many_errors_there_are(tmp_path: Path) -> None:
    folder = write(tmp_path, {"a.yaml": sound(), "b.yaml": "", "c.yaml": "- 1\n"})
    done = ask(folder, "tasks", "--format", "json")
    assert (done.returncode, len(json.loads(done.stdout)), done.stderr) == (2, 1, INCOMPLETE.format(count=2))


@pytest.mark.parametrize("change", [lambda text: "\ufeff" + text, lambda text: text.replace("\n", "\r\n"), lambda text: text.rstrip("\n")])
def test_a_mark_or_line_ends_of_windows_change_nothing(change: Any, tmp_path: Path) -> None:
    folder = write(tmp_path, {"a.yaml": change(sound())})
    done = ask(folder, "due", "--before", "2025-12-31", "--format", "json")
    assert (done.returncode, [each["occurrence"] for each in json.loads(done.stdout)], done.stderr) == (0, ["1/d"], "")
    assert problems(folder) == []


def test_an_alias_bomb_is_refused_and_not_expanded(tmp_path: Path) -> None:
    bomb = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 60))
    folder = write(tmp_path, {"a.yaml": sound(), "bomb.yaml": "planctl: 1\nid: x\n" + bomb})
    assert {code for name, code, _ in problems(folder) if name == "bomb.yaml"} >= {"P004"}
    assert titles(folder) == ["某任务"]


NUMBERS = ["1e400", "-1", "9" * 400, "1e-400", "0x10", "nan", "inf", ".inf", "１２", "1_000", "12:30:45", "no", "012", "~"]
PLACES = ["at_least: {}, every: year", "every: year, by: {}", "metric: m, target: '>= {} %'", "within: '{} days', after: e", "due: {}"]


def test_odd_numbers(tmp_path: Path) -> None:
    deadlines = [f"{{id: d, {place.format(number)}}}" for place in PLACES for number in NUMBERS]
    tasks = "".join(f"  - {{id: t{n}, title: t, lead: [甲], deadlines: [{deadline}]}}\n" for n, deadline in enumerate(deadlines))
    folder = write(tmp_path, {"a.yaml": f"{HEAD.format(id='x')}{tasks}events: [{{on: 2024-02-01, name: e}}]\n"})
    ask_everything(folder)
    refused = {line for _, code, line in problems(folder) if code in {"P013", "P014", "P015", "P016", "P017", "P019", "P022"}}
    # Of what is no number but begins like one, a target makes a number and a unit, which reviewers see.
    counts = {deadline for number, deadline in enumerate(deadlines) if 6 + number not in refused and "metric" not in deadline}
    assert not {
        deadline for deadline in counts if any(odd in deadline for odd in ("1e", "nan", "inf", "0x10", "12:30", "no", "999", "-1", "1_000"))
    }


DAYS = ["0000-00-00", "0001-01-01", "9999-12-31", "2024-02-30", "2024-2-3", "2024/02/03", "20240203", "-2024-01-01"]


def dated_plan(plan: str, **odd: str) -> str:
    days = {"issued": "2024-01-01", "due": "2024-12-31", "on": "2024-02-01", **odd}
    return (
        f"planctl: 1\nid: {plan}\ntitle: x\ndocument: {{issued: {days['issued']}}}\ntasks:\n"
        f"  - {{id: '1', title: t, lead: [甲], deadlines: [{{id: d, due: {days['due']}}}, {{id: y, every: year}},"
        f" {{id: r, within: 20 working-days, after: e}}, {{id: m, within: 600 months, after: e}}]}}\n"
        f"events: [{{on: {days['on']}, name: e}}]\n"
    )


def test_odd_dates(tmp_path: Path) -> None:
    plans = {f"{place}-{n}": {place: day} for place in ("issued", "due", "on") for n, day in enumerate(DAYS)}
    folder = write(tmp_path, {f"{plan}.yaml": dated_plan(plan, **odd) for plan, odd in plans.items()})
    ask_everything(folder)
    found = problems(folder)
    assert {name for name, code, _ in found if code in {"P014", "P015", "P016"}} == {f"{plan}.yaml" for plan in plans}


@pytest.mark.parametrize("day", ["", " ", "soon", "-9999y", "２０２４", "今天\n", "--", "%s", "{0}"])
def test_a_day_on_the_command_line_is_understood_or_refused(day: str, tmp_path: Path) -> None:
    folder = write(tmp_path, {"a.yaml": sound()})
    for option in ("--before", "--as-of", "--within"):
        done = ask(folder, "due", f"{option}={day}", "--format", "json")
        assert done.returncode == 0 or done.stdout == ""


@pytest.mark.parametrize("day", ["soon", "9999-12-31", "2024Q5", "+99999d"])
def test_a_day_that_cannot_be_is_refused(day: str, tmp_path: Path) -> None:
    done = ask(write(tmp_path, {"a.yaml": sound()}), "due", "--before", day)
    assert (done.returncode, done.stdout, done.stderr.startswith(f"看不懂日期“{day}”。\n")) == (2, "", True)


# Folders that are not what they should be


def test_an_empty_folder_of_plans_is_an_empty_answer(tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    answers = [ask(tmp_path, command, "--format", "json") for command in ("due", "tasks", "units", "validate")]
    assert [(done.returncode, done.stdout) for done in answers] == [(0, "[]\n")] * 4
    ask_everything(tmp_path)


def test_units_and_settings_without_a_plan_are_an_empty_answer(tmp_path: Path) -> None:
    folder = write(tmp_path, {"甲/units.yaml": "planctl: 1\nunits: [{name: 甲局}]\n", "planctl.yaml": "planctl: 1\n"})
    assert (titles(folder), problems(folder)) == ([], [])
    ask_everything(folder)


def test_hidden_files_and_other_files_are_left_alone(tmp_path: Path) -> None:
    folder = write(
        tmp_path, {"a.yaml": sound(), ".b.yaml": "[", ".git/c.yaml": "[", "d.yaml~": "[", "e.md": "[", "f.yml": sound("f", "也读")}
    )
    assert (titles(folder), problems(folder)) == (["某任务", "也读"], [])


def test_a_folder_named_like_a_file_is_a_folder(tmp_path: Path) -> None:
    folder = write(tmp_path, {"x.yaml/a.yaml": sound()})
    assert (titles(folder), problems(folder)) == (["某任务"], [])


def test_a_loop_of_links_ends(tmp_path: Path) -> None:
    folder = write(tmp_path, {"甲/a.yaml": sound()})
    (folder / "plans" / "甲" / "loop").symlink_to(folder / "plans", target_is_directory=True)
    assert titles(folder) == ["某任务"]


def test_a_link_to_itself_that_is_no_yaml_file_is_left_alone(tmp_path: Path) -> None:
    folder = write(tmp_path, {"a.yaml": sound()})
    (folder / "plans" / "self").symlink_to("self")
    assert titles(folder) == ["某任务"]


@pytest.mark.parametrize("name", ["self.yaml", "gone.yaml"])
def test_a_link_that_leads_nowhere_is_a_problem_of_its_own(name: str, tmp_path: Path) -> None:
    folder = write(tmp_path, {"a.yaml": sound()})
    (folder / "plans" / name).symlink_to(name if name == "self.yaml" else "nowhere")
    done = ask(folder, "tasks", "--format", "json")
    assert (done.returncode, titles(folder), done.stderr) == (2, ["某任务"], INCOMPLETE.format(count=1))
    assert problems(folder) == [(name, "P025", 1)]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_a_problem_of_its_own(tmp_path: Path) -> None:
    folder = write(tmp_path, {"a.yaml": sound(), "b.yaml": sound("b", "另一个")})
    (folder / "plans" / "a.yaml").chmod(0)
    done = ask(folder, "tasks")
    assert (done.returncode, titles(folder), problems(folder)) == (2, ["另一个"], [("a.yaml", "P025", 1)])


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_read_is_named(tmp_path: Path) -> None:
    folder = write(tmp_path, {"a.yaml": sound(), "甲/b.yaml": sound("b")})
    (folder / "plans" / "甲").chmod(0)
    done = ask(folder, "tasks")
    (folder / "plans" / "甲").chmod(0o700)
    assert (done.returncode, done.stderr) == (2, "读不了 plans/甲：没有权限。\n")


NAMES = [
    "有 空 格.yaml",
    "换\n行.yaml",
    "引'号\".yaml",
    "-rf.yaml",
    "--help.yaml",
    "中文、标点。.yaml",
    "\x1b[31m红.yaml",
    "\u202e反.yaml",
    "%s{x}.yaml",
    "😀.yaml",
    "*?.yaml",
    "a:b.yaml",
    "\uffff非.yaml",
]


def test_names_of_files_and_folders(tmp_path: Path) -> None:
    paths = [*NAMES, *(f"夹/{name}/a.yaml" for name in NAMES)]
    body = "  - {id: '2', title: 没有牵头}\n"
    folder = write(tmp_path, {path: sound(f"p{n}") + body for n, path in enumerate(paths)})
    found = json.loads(ask(folder, "validate", "--format", "json", "--level", "error").stdout)
    assert {(each["file"], each["line"], each["code"]) for each in found} == {(f"plans/{path}", 7, "P101") for path in paths}
    assert len(ask(folder, "validate", "--level", "error").stdout.split("\n")) == len(paths) + 1
    for args in COMMANDS:
        done = ask(folder, *args)
        assert not {"\x1b", "\u202e"} & set(done.stdout + done.stderr)
    assert titles(folder) == ["某任务", "没有牵头"] * len(paths)
    assert len(json.loads(ask(folder, "validate", "--level", "error", "--format", "gitlab").stdout)) == len(paths)
    report = ask(folder, "validate", "--level", "error", "--format", "junit").stdout
    assert len(list(ET.fromstring(report).iter("failure"))) == len(paths)  # noqa: S314 - our own output


@pytest.mark.parametrize("name", ["-rf.yaml", "--help.yaml"])
def test_a_file_whose_name_begins_with_a_dash_can_be_named(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(sound(), encoding="utf-8")
    assert ask(tmp_path, "validate", "--", name).returncode == 0


def test_a_name_that_is_no_text(tmp_path: Path) -> None:
    folder = write(tmp_path, {"a.yaml": sound()})
    Path(os.fsdecode(os.fsencode(folder / "plans") + b"/\xff.yaml")).write_text(
        sound("odd") + "  - {id: '2', title: t}\n", encoding="utf-8"
    )
    ask_everything(folder)
    for form in ("text", "json", "github", "gitlab", "junit"):
        assert ask(folder, "validate", "--format", form, "--output", str(tmp_path / "out")).returncode == 1


# Text that means something to somebody


MOVING = ["\x1b[2J\x1b[31m红", "\x07响\x08", "\u202e反过来", "\u2066隔离\u2069", "a\u2028b", "\x9b31m", "\x7f"]


def test_characters_that_move_a_terminal_never_come_out(tmp_path: Path) -> None:
    places = [(place, text) for place in ("id", "title", "lead", "what") for text in MOVING]
    tasks = []
    for number, (place, text) in enumerate(places):
        said = {"id": f"t{number}", "title": "t", "lead": "甲", "what": "w", place: f"{text}{number}"}
        quoted = {key: json.dumps(value) for key, value in said.items()}
        deadline = f"{{id: d, what: {quoted['what']}, due: 2024-12-31}}"
        tasks.append(f"  - {{id: {quoted['id']}, title: {quoted['title']}, lead: [{quoted['lead']}], deadlines: [{deadline}]}}\n")
    folder = write(tmp_path, {"a.yaml": HEAD.format(id="x") + "".join(tasks)})
    assert {line for _, code, line in problems(folder) if code == "P009"} == {6 + number for number in range(len(places))}
    for args in COMMANDS:
        done = ask(folder, *args)
        assert not {"\x1b", "\x07", "\x08", "\u202e", "\u2066", "\u2069", "\u2028", "\x9b", "\x7f"} & set(done.stdout + done.stderr)


@pytest.mark.parametrize("raw", ["!%1b%5b31m x", '"\\x1b[31m"', "|\n  a\n  b", '"a\\nb"'])
def test_a_value_in_a_message_stays_in_its_line(raw: str, tmp_path: Path) -> None:
    folder = write(tmp_path, {"a.yaml": f"planctl: 1\nid: x\ntitle: x\ndocument:\n issued: {raw}\ntasks: []\n"})
    done = ask(folder, "validate")
    found = json.loads(ask(folder, "validate", "--format", "json").stdout)
    assert (len(done.stdout.splitlines()), "\x1b" in done.stdout + done.stderr) == (len(found), False)


@pytest.mark.parametrize(
    "text", ["{x}", "{0.__class__}", "%s %(a)d", r"\N{DIGIT ONE}", "$HOME `id` $(id)", "[red]x[/]", "[/]", ":smile:", "&lt;", "{{ x }}"]
)
def test_text_that_looks_like_a_template_comes_through(text: str, tmp_path: Path) -> None:
    quoted = json.dumps(text)
    body = HEAD.format(id="x") + (
        f"  - {{id: {quoted}, title: {quoted}, lead: [{quoted}], note: {quoted},"
        f" deadlines: [{{id: {quoted}, what: {quoted}, due: 2024-12-31, quote: {quoted}, condition: {quoted}}}]}}\n"
    )
    folder = write(tmp_path, {"units.yaml": "planctl: 1\nunits: [{name: 甲}]\n", "a.yaml": body})
    [task] = json.loads(ask(folder, "tasks", "--format", "json").stdout)
    [deadline] = task["deadlines"]
    assert {task["title"], task["lead"][0], task["note"], deadline["what"], deadline["quote"], deadline["condition"]} == {text}
    [unknown] = json.loads(ask(folder, "validate", "--only", "P102", "--format", "json").stdout)
    assert text in unknown["message"]
    for args in (("due", "--before", "2025-12-31"), ("due", "--before", "2025-12-31", "--explain"), ("show", text), ("tasks",), ("units",)):
        assert text in ask(folder, *args).stdout


@pytest.mark.parametrize("option", [("--plan",), ("--unit",), ("--text",), ("--section",), ("--as-of",)])
def test_text_on_the_command_line_that_looks_like_a_template(option: tuple[str], tmp_path: Path) -> None:
    folder = write(tmp_path, {"a.yaml": sound()})
    for text in ("{x}", "%s", r"\N{DIGIT ONE}", "[red]", "'; drop table", "\x1b[31m"):
        assert "\x1b" not in ask(folder, "tasks", *option, text).stderr


# Much


def test_a_very_long_title_is_refused_or_shown_whole(tmp_path: Path) -> None:
    folder = write(tmp_path, {"a.yaml": sound(title="长" * 20_000), "b.yaml": sound("b", "短")})
    found = [code for _, code, _ in problems(folder)]
    assert found == ["P020"] or "长" * 20_000 in ask(folder, "tasks").stdout
    assert "短" in titles(folder)
    ask_everything(folder)


def test_five_thousand_units(tmp_path: Path) -> None:
    registry = "planctl: 1\nunits:\n" + "".join(f"  - {{name: 单位{n}, aliases: [别名{n}]}}\n" for n in range(5000))
    tasks = "".join(f"  - {{id: t{n}, title: t, lead: [别名{n}], basis: stated}}\n" for n in range(0, 5000, 10))
    folder = write(tmp_path, {"units.yaml": registry, "a.yaml": HEAD.format(id="x") + tasks})
    found = json.loads(ask(folder, "units", "--format", "json").stdout)
    assert (len(found), found[10]["lead"]) == (5000, ["x/t10"])
    assert problems(folder) == []
    assert ask(folder, "units", "单位50000").stderr == "没有名为“单位50000”的单位。\n是不是“单位500”？\n"


def test_twenty_thousand_tasks(tmp_path: Path) -> None:
    tasks = "".join(TASK.format(id=n, title=f"任务{n}") for n in range(20_000))
    folder = write(tmp_path, {"a.yaml": HEAD.format(id="x") + tasks, "b.yaml": sound("b")})
    done = ask(folder, "due", "--before", "2024-12-31", "--as-of", "2024-12-01", "--format", "json")
    assert (done.returncode, len(json.loads(done.stdout)), done.stderr) == (0, 20_001, "")
    assert len(ask(folder, "due", "--before", "2024-12-31").stdout.splitlines()) == 20_002


def test_a_file_beyond_the_limit_is_refused_and_not_parsed(tmp_path: Path) -> None:
    folder = write(tmp_path, {"a.yaml": sound()})
    with (folder / "plans" / "big.yaml").open("wb") as file:
        file.truncate(129 * 1024 * 1024)
    assert (problems(folder), titles(folder)) == ([("big.yaml", "P008", 1)], ["某任务"])
