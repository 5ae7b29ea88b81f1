"""`planctl diff`: two folders, revisions of git, the index; what it shows, and how it ends."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from conftest import run
from repositories import Repo, plan
from reviewing import two_states

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

PLAN = "plans/示例县/计划.yaml"
LATE = "时限由 2022-12-31 改为 2023-06-30（推迟 181 天），没有延期批准"
SUMMARY = "共 1 处变化，重大 1，较大 0，一般 0。"


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return two_states(tmp_path_factory.mktemp("states"))


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """Make a repository whose branch `late` moves a date."""
    made = Repo(tmp_path / "库")
    made.write(PLAN, plan())
    made.commit("first")
    made.git("branch", "first")
    made.git("checkout", "--quiet", "-b", "late")
    made.write(PLAN, plan(due="2023-06-30"))
    made.commit("later")
    return made


def diff(*args: str, cwd: Path, lang: str = "zh") -> subprocess.CompletedProcess[str]:
    return run("diff", *args, cwd=cwd, env={"PLANCTL_LANG": lang})


def lines(done: subprocess.CompletedProcess[str]) -> list[str]:
    """List the changes that were told, without the headings and the spaces in front."""
    return [line.strip() for line in done.stdout.splitlines() if line.startswith(" ")]


def fields(done: subprocess.CompletedProcess[str]) -> list[str]:
    return [record["field"] for record in json.loads(done.stdout)]


# Which states


def test_two_folders_need_no_git(states: Path) -> None:
    done = diff("before/plans", "after/plans", "--plan", "demo-2024", "--level", "breaking", cwd=states)
    assert (done.returncode, len(lines(done)), done.stderr) == (
        0,
        7,
        "before/plans → after/plans：共 20 处变化，重大 7，较大 9，一般 4。 未显示的有 13 处。\n",
    )


def test_a_published_file_has_no_settings_to_compare(states: Path, tmp_path: Path) -> None:
    path = tmp_path / "示例县.json"
    run("export", "--output", path, cwd=states / "before")
    published = fields(diff(str(path), "plans", "--format", "json", cwd=states / "after"))
    folders = fields(diff("before/plans", "after/plans", "--format", "json", cwd=states))
    assert published == [field for field in folders if not field.startswith("settings.")]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("first", "late"), "first ({first}) → late ({late})"),
        (("first..late",), "first ({first}) → late ({late})"),
        (("HEAD~1",), "HEAD~1 ({first}) → 工作区"),
    ],
)
def test_revisions_of_git(args: Sequence[str], said: str, repo: Repo) -> None:
    ids = {name: repo.git("rev-parse", "--short=7", name) for name in ("first", "late")}
    done = diff(*args, cwd=repo.path)
    assert (done.returncode, lines(done), done.stderr) == (0, [f"重大  任务 1 事项：{LATE}"], f"{said.format(**ids)}：{SUMMARY}\n")


def test_what_another_branch_did_meanwhile_is_not_ours(repo: Repo) -> None:
    repo.git("checkout", "--quiet", "first")
    repo.write(PLAN, plan(title="另一事项"))
    repo.commit("title")
    repo.git("checkout", "--quiet", "late")
    assert lines(diff("first...late", cwd=repo.path)) == [f"重大  任务 1 事项：{LATE}"]


def test_the_working_tree_and_the_index_are_compared_with_the_last_commit(repo: Repo) -> None:
    repo.write(PLAN, plan(due="2023-06-30", title="待办"))
    repo.git("add", "--all")
    repo.write(PLAN, plan(due="2023-06-30", title="另办"))
    told = [lines(diff(*args, cwd=repo.path)) for args in ((), ("--staged",), ("--staged", "first"))]
    assert told == [
        ["较大  任务 1 另办：名称由“事项”改为“另办”"],
        ["较大  任务 1 待办：名称由“事项”改为“待办”"],
        ["较大  任务 1 待办：名称由“事项”改为“待办”", f"重大  任务 1 待办：{LATE}"],
    ]


def test_a_moved_and_rewritten_file_with_crlf_is_no_change(repo: Repo) -> None:
    repo.git("mv", PLAN, "plans/示例县/别名.yaml")
    repo.write("plans/示例县/别名.yaml", plan(due="2023-06-30").replace("\n", "\r\n"))
    repo.commit("moved")
    done = diff("HEAD~1", "HEAD", "--exit-code", cwd=repo.path)
    assert (done.returncode, done.stdout) == (0, "没有变化。\n")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--staged", "first", "late"), "写了 --staged，就是与暂存区比较，不能再写 late。"),
        (("nowhere",), "nowhere"),
        (("",), "比较的起点或终点是空的。"),
        (("first", ""), "比较的起点或终点是空的。"),
        (("first...nope",), "没有“nope”这个版本。"),
        (("--report", "--format", "html"), "--report 不用于 --format html。"),
        (("--plan", "dema"), "没有名为“dema”的方案。"),
        (("--unit", "县司法"), "没有名为“县司法”的单位。"),
        (("--format", "xml"), "--format 只能是：text、md、json、github、html。"),
    ],
)
def test_what_cannot_be_answered(args: Sequence[str], said: str, repo: Repo) -> None:
    done = diff(*args, cwd=repo.path)
    assert (done.returncode, done.stdout, said in done.stderr, "Traceback" in done.stderr) == (2, "", True, False)


def test_without_git_and_without_folders_it_says_what_is_missing(tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    done = diff(cwd=tmp_path)
    assert (done.returncode, done.stdout, "git" in done.stderr) == (2, "", True)


# What is shown


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        (("--unit", "甲镇", "--level", "notable"), {"demo-2024/1", "demo-2024/2", "demo-2024/3a", "demo-2024/4", "demo-2024", "None"}),
        (("--unit", "县政府"), {"demo-2024", "demo-2024/2"}),
        (("--plan", "demo-2025"), set()),
    ],
)
def test_what_a_unit_or_a_plan_has_to_do_with(args: Sequence[str], expected: set[str], states: Path) -> None:
    records = json.loads(diff("before/plans", "after/plans", *args, "--format", "json", cwd=states).stdout)
    assert {"/".join(part for part in (str(each["plan"]), each["task"]) if part) for each in records} == expected


def test_a_unit_that_only_was_the_lead_is_concerned(repo: Repo) -> None:
    repo.write(PLAN, plan(due="2023-06-30").replace("县司法局", "县教育局"))
    assert [fields(diff("--unit", unit, "--format", "json", cwd=repo.path)) for unit in ("县司法局", "县教育局")] == [["lead"], ["lead"]]


def test_statuses_are_judged_as_of_one_day(repo: Repo) -> None:
    told = [fields(diff("first", "late", "--as-of", day, "--format", "json", cwd=repo.path)) for day in ("2023-03-01", "2024-01-01")]
    assert told == [["deadlines.due", "status"], ["deadlines.due"]]


def test_the_language_is_that_of_the_repository(repo: Repo) -> None:
    repo.write("planctl.yaml", "planctl: 1\nlanguage: en\n")
    done = run("diff", "first", cwd=repo.path, env={"PLANCTL_LANG": None})
    assert lines(done)[0].startswith("breaking  Task 1 事项: due date changed from 2022-12-31")


def test_a_file_is_written_whole(repo: Repo, tmp_path: Path) -> None:
    path = tmp_path / "变化.md"
    done = diff("first", "late", "--format", "md", "--output", str(path), cwd=repo.path)
    assert (done.returncode, done.stdout, LATE in path.read_text(encoding="utf-8")) == (0, "", True)


# How it ends


@pytest.mark.parametrize(
    ("args", "code"),
    [
        ((), 0),
        (("--exit-code",), 1),
        (("--fail-on", "breaking"), 1),
        (("--fail-on", "notable"), 1),
        (("--exit-code", "--plan", "demo"), 1),
    ],
)
def test_a_breaking_change_ends_with_1_where_that_is_asked_for(args: Sequence[str], code: int, repo: Repo) -> None:
    assert diff("first", "late", *args, cwd=repo.path).returncode == code


@pytest.mark.parametrize(("args", "code"), [(("--exit-code",), 1), (("--fail-on", "notable"), 1), (("--fail-on", "breaking"), 0)])
def test_a_notable_change_does_not_fail_on_breaking(args: Sequence[str], code: int, repo: Repo) -> None:
    repo.write(PLAN, plan(due="2023-06-30", title="另办"))
    assert diff(*args, cwd=repo.path).returncode == code


def test_what_is_hidden_fails_all_the_same(repo: Repo) -> None:
    repo.write(PLAN, plan(due="2023-06-30", title="另办"))
    done = diff("--level", "breaking", "--fail-on", "notable", cwd=repo.path)
    assert (done.returncode, lines(done)) == (1, [])


@pytest.mark.parametrize("form", ["text", "md", "json", "github", "html"])
def test_no_change_is_said_and_ends_with_0(form: str, repo: Repo) -> None:
    done = diff("--format", form, "--exit-code", "--fail-on", "notable", cwd=repo.path)
    assert (done.returncode, "没有变化。" in done.stdout + done.stderr) == (0, True)


@pytest.mark.parametrize("side", ["old", "new"])
def test_a_file_that_cannot_be_read_is_named_and_the_rest_is_compared(side: str, repo: Repo) -> None:
    texts = {"plans/示例县/坏.yaml": plan("bad") + "  - [\n", PLAN: plan(due="2023-06-30", title="另办")}
    sound = {"plans/示例县/坏.yaml": plan("bad"), PLAN: plan(due="2023-06-30")}
    for path, text in (texts if side == "old" else sound).items():
        repo.write(path, text)
    repo.commit("one")
    for path, text in (sound if side == "old" else texts).items():
        repo.write(path, text)
    done = diff(cwd=repo.path)
    change, unread = lines(done)
    name = {"old": f"HEAD ({repo.git('rev-parse', '--short=7', 'HEAD')})", "new": "工作区"}[side]
    titles = {"old": "事项：名称由“另办”改为“事项”", "new": "另办：名称由“事项”改为“另办”"}
    assert (done.returncode, change) == (2, f"较大  任务 1 {titles[side]}")
    assert (unread.startswith("没有比较 plans/示例县/坏.yaml:"), f"（{name}，P002）" in unread, unread in done.stderr) == (True, True, True)


@pytest.mark.parametrize("form", ["text", "md", "json", "github", "html"])
def test_where_nothing_could_be_compared_no_format_says_that_nothing_changed(form: str, repo: Repo) -> None:
    repo.write(PLAN, plan(due="2023-13-30"))
    done = diff("--format", form, cwd=repo.path)
    assert (done.returncode, "没有变化" in done.stdout + done.stderr) == (2, False)
    assert "plans/示例县/计划.yaml:11:14" in done.stdout.replace("&#8203;", "")


def test_what_could_not_be_read_is_a_record_too(repo: Repo) -> None:
    repo.write(PLAN, plan(due="2023-13-30"))
    [record] = json.loads(diff("--format", "json", cwd=repo.path).stdout)
    assert [record[key] for key in ("plan", "task", "change", "level", "file", "line")] == ["demo", "1", "unread", None, PLAN, 11]


def test_where_there_was_no_plan_before_all_of_them_are_new(tmp_path: Path) -> None:
    made = Repo(tmp_path / "新库")
    made.write("planctl.yaml", "planctl: 1\ndue_soon: 20\n")
    made.commit("settings")
    made.git("checkout", "--quiet", "-b", "first")
    made.write(PLAN, plan())
    made.commit("plan")
    done = diff("main...HEAD", "--format", "md", cwd=made.path)
    assert (done.returncode, "里还没有方案，现有的都算新增。" in done.stdout, done.stdout.count("新增方案")) == (0, True, 1)


def test_where_plans_stood_elsewhere_before_it_says_so(tmp_path: Path) -> None:
    made = Repo(tmp_path / "旧库")
    made.write("资料/方案.yaml", plan())
    made.write("附件/方案.yaml", plan("other"))
    made.commit("old")
    made.write(PLAN, plan())
    done = diff("HEAD", cwd=made.path)
    assert (done.returncode, done.stdout, "没有方案文件" in done.stderr) == (2, "", True)


def progress(*entries: str) -> str:
    return plan() + "    progress:\n" + "".join(f"      - {{on: {on}, unit: 县司法局, state: done}}\n" for on in entries)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (
            "2022-12-20",
            [
                ("routine", "补记进展：2022-12-20 县司法局 办结，补记时已过去 162 天"),
                ("notable", "状态由“逾期”变为“办结”，系补记：2022-12-20 办结，162 天后才记"),
            ],
        ),
        ("2023-05-20", [("routine", "新记进展：2023-05-20 县司法局 办结"), ("routine", "状态由“逾期”变为“办结”")]),
    ],
)
def test_what_is_done_by_a_record_made_long_afterwards_is_notable(on: str, expected: list[tuple[str, str]], tmp_path: Path) -> None:
    made = Repo(tmp_path / "库")
    made.write(PLAN, plan())
    made.commit("plan", "2023-05-31")
    made.write(PLAN, progress(on))
    made.commit("done", "2023-06-01")
    records = json.loads(diff("HEAD~1", "HEAD", "--format", "json", "--as-of", "2023-06-02", cwd=made.path).stdout)
    assert [(record["level"], record["message"]) for record in records] == expected


def test_the_table_of_adjustments_has_a_name_of_its_own(repo: Repo) -> None:
    done = diff("first", "late", "--report", "--as-of", "2023-07-01", cwd=repo.path)
    assert (done.returncode, done.stdout, (repo.path / "任务调整对照表-2023-07-01.docx").exists()) == (0, "", True)


def test_the_table_of_adjustments_as_text_says_of_which_days_both_texts_are(repo: Repo) -> None:
    done = diff("first", "late", "--report", "--format", "md", "--as-of", "2023-07-01", "--output", "-", cwd=repo.path)
    assert "2023年7月1日编制。调整前：2022年1月1日的文本；调整后：2022年1月1日的文本。共调整 1 处，均为重大。" in done.stdout
    assert "## 示例县《示例县工作方案》（demo）" in done.stdout


def test_what_is_not_committed_yet_is_of_the_day_that_is_asked_about(repo: Repo) -> None:
    repo.write(PLAN, plan(due="2023-12-31"))
    done = diff("first", "--report", "--format", "md", "--as-of", "2022-07-01", "--output", "-", cwd=repo.path)
    assert "2022年7月1日编制。调整前：2022年1月1日的文本；调整后：2022年7月1日的文本。" in done.stdout


def test_whether_a_record_came_late_is_judged_by_the_day_that_is_asked_about(tmp_path: Path) -> None:
    made = Repo(tmp_path / "库")
    made.write(PLAN, plan())
    made.commit("plan", "2022-05-31")
    made.write(PLAN, progress("2022-06-01"))
    [record] = [
        each for each in json.loads(diff("--format", "json", "--as-of", "2022-06-02", cwd=made.path).stdout) if each["field"] == "progress"
    ]
    assert record["level"] == "routine"


def test_a_docx_is_not_poured_onto_a_terminal(repo: Repo) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "planctl", "diff", "first", "late", "--report", "--output", "-"]
    done = subprocess.run(
        command, cwd=repo.path, stdout=theirs, stderr=subprocess.PIPE, env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}, check=False
    )
    os.close(theirs)
    os.close(ours)
    assert (done.returncode, done.stderr.decode().splitlines()[0]) == (2, "DOCX 不是文字，不能显示在终端上。")


def test_a_repository_may_have_a_table_of_its_own(repo: Repo, tmp_path: Path) -> None:
    repo.write("templates/任务调整对照表.md.j2", "{% for each in changes %}{{ each.task }}：{{ each.item }}{% endfor %}")
    path = tmp_path / "表.md"
    diff("first", "late", "--report", "--output", str(path), cwd=repo.path)
    assert path.read_text(encoding="utf-8") == "1：时限"


def test_what_is_gone_stands_under_the_heading_of_the_plan_as_it_is_called_now(repo: Repo) -> None:
    repo.write(PLAN, plan(title="事项").replace("title: 示例县工作方案", "title: 新名称").replace("      - due: 2022-12-31\n", ""))
    done = diff("first", cwd=repo.path)
    assert [line for line in done.stdout.splitlines() if not line.startswith(" ")] == ["示例县《新名称》（demo）"]
