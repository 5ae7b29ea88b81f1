"""`planctl validate` as a stranger and a build server use it."""

from __future__ import annotations

import json
import re
import shutil
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from conftest import run

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[1]
DEMO = Path(__file__).parent / "cases" / "demo"
DAY = ("--as-of", "2025-12-01")
FORMATS = ["text", "json", "github", "gitlab", "junit"]
FAULTY = """planctl: 1
id: faulty
title: 有错的方案
document: {issued: 2024-01-10}
period: {start: 2024-01-01, end: 2025-12-31}
tasks:
  - id: "1"
    title: 没有牵头
  - id: "2"
    title: 日期不符
    lead: [县司法局, 县司发局]
    supprot: [甲镇]
    basis: stated
    deadlines:
      - id: report
        due: 2024-12-31
        quote: 2025年底前
      - id: other
        due: 2025-02-30
    progress:
      - {on: 2024-02-01, unit: 县司法局, deadline: report, state: done}
  - id: "3"
    title: 没有名单的集合牵头
    lead: [县政府各部门]
    basis: stated
"""


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """The demonstration with one more plan that has errors, warnings and infos."""
    shutil.copytree(DEMO, tmp_path, dirs_exist_ok=True)
    (tmp_path / "plans" / "示例县" / "faulty.yaml").write_text(FAULTY, encoding="utf-8")
    return tmp_path


def codes(folder: Path, *args: str) -> list[str]:
    done = run("validate", *DAY, "--format", "json", *args, cwd=folder)
    return [problem["code"] for problem in json.loads(done.stdout)]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("form", FORMATS)
def test_each_format_in_each_language(form: str, lang: str, faulty: Path, golden: Callable[[str, str], None]) -> None:
    done = run("validate", *DAY, "--format", form, "--level", "info", cwd=faulty, env={"PLANCTL_LANG": lang})
    golden(f"validate.{lang}.{form}", done.stdout)
    assert done.returncode == 1


@pytest.mark.parametrize("form", FORMATS)
def test_what_is_sound_ends_with_0(form: str) -> None:
    done = run("validate", *DAY, "--format", form, "--level", "warning", cwd=DEMO)
    nothing = {
        "json": "[]\n",
        "gitlab": "[]\n",
        "junit": '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n'
        '<testsuite name="planctl" tests="1" failures="0" errors="0" skipped="0">\n'
        '  <testcase classname="planctl" name="validate"/>\n</testsuite>\n</testsuites>\n',
    }
    assert (done.returncode, done.stdout) == (0, nothing.get(form, ""))
    assert done.stderr == "2 个方案：错误 0，警告 0，提示 1。\n未显示的有 1 条，用 --level info 查看全部。\n"


def test_a_finding_says_place_severity_code_trouble_and_way_out(faulty: Path) -> None:
    done = run("validate", *DAY, "--only", "P101", cwd=faulty)
    assert done.stdout == ("plans/示例县/faulty.yaml:7:5: error P101 任务 1 没有牵头单位。在 lead: 下至少写一个单位。\n")


def test_json_record(faulty: Path) -> None:
    [problem] = json.loads(run("validate", *DAY, "--only", "P101", "--format", "json", cwd=faulty).stdout)
    assert problem == {
        "file": "plans/示例县/faulty.yaml",
        "line": 7,
        "column": 5,
        "code": "P101",
        "severity": "error",
        "message": "任务 1 没有牵头单位。",
        "hint": "在 lead: 下至少写一个单位。",
        "plan": "faulty",
        "task": "1",
        "fingerprint": "a5ec10074237",
    }


def test_only_and_skip_take_codes_and_their_beginnings(faulty: Path) -> None:
    everything = codes(faulty)
    assert everything == ["P101", "P102", "P011", "P203", "P208", "P016", "P306", "P106", "P106"]
    assert codes(faulty, "--only", "P1") == ["P101", "P102", "P106", "P106"]
    assert codes(faulty, "--only", "p101,P203") == ["P101", "P203"]
    assert codes(faulty, "--only", "P1", "--skip", "P106") == ["P101", "P102"]
    assert codes(faulty, "--skip", "P1", "--skip", "P0") == ["P203", "P208", "P306"]


def test_level_shows_less_and_says_how_much(faulty: Path) -> None:
    done = run("validate", *DAY, "--level", "error", cwd=faulty)
    assert {line.split()[1] for line in done.stdout.splitlines()} == {"error"}
    assert done.stderr == "3 个方案：错误 5，警告 1，提示 3。\n未显示的有 4 条，用 --level info 查看全部。\n"


def test_a_warning_fails_only_when_strict(faulty: Path) -> None:
    codes_of = [run("validate", *DAY, "--only", "P306", *more, cwd=faulty).returncode for more in ((), ("--strict",))]
    assert codes_of == [0, 1]


def test_a_file_is_checked_with_the_units_and_settings_above_it(faulty: Path) -> None:
    (faulty / "planctl.yaml").write_text("planctl: 1\nseverity: {P101: warning}\n", encoding="utf-8")
    done = run("validate", *DAY, "plans/示例县/faulty.yaml", "--only", "P1", cwd=faulty)
    assert [line.split()[1:3] for line in done.stdout.splitlines()] == [["warning", "P101"], ["error", "P102"]]


def test_a_waiver_is_idle_only_where_everything_is_checked(faulty: Path) -> None:
    """Of a part nobody can tell whether a waiver is used elsewhere."""
    waiver = "planctl: 1\nwaivers: [{code: P101, task: '44', reason: 机构改革, until: 2099-12-31}]\n"
    (faulty / "planctl.yaml").write_text(waiver, encoding="utf-8")
    idle = [(len(args), "P406" in codes(faulty, "--level", "info", *args)) for args in ((), ("plans/示例县/faulty.yaml",), ("plans",))]
    assert idle == [(0, True), (1, False), (1, False)]


def test_a_folder_may_be_named_from_anywhere(faulty: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    done = run("validate", *DAY, faulty / "plans", "--only", "P101", cwd=tmp_path_factory.mktemp("elsewhere"))
    assert done.stdout.startswith(f"{faulty}/plans/示例县/faulty.yaml:7:5: error P101")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("nowhere",), "没有 nowhere 这个文件或目录。\n"),
        (("--only", "P9"), "没有名为“P9”的代码。\n用 planctl rules 查看全部。\n"),
        (("--as-of", "never"), "看不懂日期“never”。\n"),
    ],
)
def test_what_cannot_be_checked_ends_with_2(args: tuple[str, ...], said: str) -> None:
    done = run("validate", *args, cwd=DEMO)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(said)


def test_checking_writes_nothing(faulty: Path) -> None:
    def bytes_of() -> dict[Path, tuple[bytes, int]]:
        return {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in faulty.rglob("*") if path.is_file()}

    before = bytes_of()
    run("validate", *DAY, cwd=faulty)
    assert bytes_of() == before


# The shipped plans.


def test_the_shipped_plans_have_no_errors_and_no_warnings() -> None:
    done = run("validate", "--strict", cwd=ROOT)
    assert (done.returncode, done.stdout) == (0, "")


def test_a_lead_deleted_from_a_shipped_plan_is_annotated_at_its_task(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "plans", tmp_path / "plans")
    path = tmp_path / "plans" / "宁远县" / "法治政府建设实施方案2021-2025.yaml"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    item = lines.index('  - id: "44"\n')
    lead = next(number for number in range(item, len(lines)) if lines[number].startswith("    lead:"))
    path.write_text("".join(lines[:lead] + lines[lead + 1 :]), encoding="utf-8")
    done = run("validate", "--format", "github", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stdout.startswith(
        f"::error file=plans/宁远县/法治政府建设实施方案2021-2025.yaml,line={item + 1},col=5,title=P101::P101 任务 44 没有牵头单位。"
    )
    assert done.stdout.count("\n") == 1


# Text that means something to the machine that reads it.

HOSTILE = [
    "%0A::error::x",
    "a\nb",
    "a,b:c",
    "]]>",
    "<script>",
    '引"号',
    "it's",
    "&amp;",
    "{x}",
    "%s",
    r"\N{DIGIT ONE}",
    "::set-output name=x::y",
]
ANNOTATION = re.compile(r"::error file=(?P<file>[^,:]*),line=\d+,col=\d+,title=P102::P102 (?P<said>.*)")


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A plan that names an unregistered unit of a hostile name in each task, in a file of a hostile name."""
    tasks = "".join(f"  - {{id: t{n}, title: t, lead: [{json.dumps(name)}], basis: stated}}\n" for n, name in enumerate(HOSTILE))
    folder = tmp_path / "plans" / "x,y%:z"
    folder.mkdir(parents=True)
    (folder / "units.yaml").write_text("planctl: 1\nunits: [{name: 甲}]\n", encoding="utf-8")
    head = "planctl: 1\nid: x\ntitle: x\ndocument: {issued: 2024-01-01}\ntasks:\n"
    (folder / "<p>&\"'.yaml").write_text(head + tasks, encoding="utf-8")
    return tmp_path


FILE = "plans/x,y%:z/<p>&\"'.yaml"


def messages(folder: Path) -> list[dict[str, Any]]:
    answer: list[dict[str, Any]] = json.loads(run("validate", "--only", "P102", "--format", "json", cwd=folder).stdout)
    return answer


def test_json_gives_hostile_text_as_it_is(hostile: Path) -> None:
    found = messages(hostile)
    assert [(each["file"], each["message"].split("“")[1].split("”")[0]) for each in found] == [(FILE, name) for name in HOSTILE]


def test_an_annotation_for_github_stays_one_command_in_one_line(hostile: Path) -> None:
    def unescape(text: str) -> str:
        for code, character in (("%2C", ","), ("%3A", ":"), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
            text = text.replace(code, character)
        return text

    done = run("validate", "--only", "P102", "--format", "github", cwd=hostile)
    found = [ANNOTATION.fullmatch(line) for line in done.stdout.removesuffix("\n").split("\n")]
    assert [match and (unescape(match["file"]), unescape(match["said"])) for match in found] == [
        (FILE, f"{each['message']}{each['hint']}") for each in messages(hostile)
    ]


def test_a_report_for_gitlab_is_json_with_one_fingerprint_a_problem(hostile: Path) -> None:
    report = json.loads(run("validate", "--only", "P102", "--format", "gitlab", cwd=hostile).stdout)
    assert [each["description"] for each in report] == [f"{each['message']}{each['hint']}" for each in messages(hostile)]
    assert {each["location"]["path"] for each in report} == {FILE}
    assert len({each["fingerprint"] for each in report}) == len(HOSTILE)


def test_a_fingerprint_for_gitlab_stays_when_the_text_above_moves(faulty: Path) -> None:
    def fingerprints() -> list[str]:
        report = json.loads(run("validate", *DAY, "--format", "gitlab", cwd=faulty).stdout)
        return [each["fingerprint"] for each in report]

    before = fingerprints()
    path = faulty / "plans" / "示例县" / "faulty.yaml"
    path.write_text("# 一行注释\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert fingerprints() == before


def test_a_report_for_junit_is_xml_with_a_failure_a_problem(hostile: Path) -> None:
    done = run("validate", "--only", "P102", "--format", "junit", cwd=hostile)
    [suite] = ET.fromstring(done.stdout)  # noqa: S314 - our own output
    failures = suite.findall("testcase/failure")
    assert suite.attrib == {"name": "planctl", "tests": "12", "failures": "12", "errors": "0", "skipped": "0"}
    assert {case.get("file") for case in suite} == {FILE}
    assert [failure.get("message") for failure in failures] == [each["message"] for each in messages(hostile)]


def test_text_keeps_a_finding_in_a_line(hostile: Path) -> None:
    done = run("validate", "--only", "P102", cwd=hostile)
    assert [line.startswith(f"{FILE}:") for line in done.stdout.split("\n")] == [True] * len(HOSTILE) + [False]
