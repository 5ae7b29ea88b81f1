"""`planctl upstream`: what became of the tasks of upper plans, and the record that somebody looked."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from conftest import run

if TYPE_CHECKING:
    from collections.abc import Callable

CASES = Path(__file__).parent / "cases"
COUNTY, DEMO = CASES / "county", CASES / "demo"
PLAN = Path("plans") / "示例县" / "方案2024.yaml"


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """Copy the county's repository, to write in it."""
    shutil.copytree(COUNTY, tmp_path / "county")
    return tmp_path / "county"


def states(*args: str | Path, cwd: Path = COUNTY) -> dict[str | None, str]:
    return {each["upstream"]: each["state"] for each in json.loads(run("upstream", *args, "--format", "json", cwd=cwd).stdout)}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("form", ["table", "json", "csv", "md"])
def test_each_format_in_each_language(form: str, lang: str, golden: Callable[[str, str], None]) -> None:
    done = run("upstream", "--as-of", "2025-06-30", "--format", form, cwd=COUNTY, env={"PLANCTL_LANG": lang})
    golden(f"upstream.{lang}.{form}", done.stdout)
    golden(f"upstream.{lang}.{form}.err", done.stderr)
    assert done.returncode == 0


def test_validate_tells_what_is_less_than_the_province_wants(golden: Callable[[str, str], None]) -> None:
    done = run("validate", "--level", "info", "--as-of", "2025-06-30", cwd=COUNTY)
    golden("upstream.validate.txt", done.stdout)
    assert done.returncode == 1


def test_what_is_missing_and_what_is_stale_can_be_asked_for() -> None:
    day = ("--as-of", "2025-06-30")
    missing = {
        "sheng-2024/2": "partly",
        "sheng-2024/3": "partly",
        "sheng-2024/4": "partly",
        "sheng-2024/5": "partly",
        "sheng-2024/7": "missing",
    }
    assert states("--missing", *day) == missing
    assert states("--stale", *day) == {"sheng-2024/2": "partly"}
    assert states("--stale", "--missing", *day) == missing


def test_the_answer_is_as_of_a_day() -> None:
    """The province cancelled its sixth task on 2025-03-01; the county looked at the second on 2024-02-05."""
    assert [states("--as-of", day)["sheng-2024/6"] for day in ("2025-02-28", "2025-03-01")] == ["partly", "cancelled"]
    assert [states("--stale", "--as-of", day) for day in ("2024-02-04", "2024-02-05")] == [{}, {"sheng-2024/2": "partly"}]


def test_one_plan_below_can_be_asked_about() -> None:
    found = states("--plan", "qu-2024", "--as-of", "2025-06-30")
    assert {name for name, state in found.items() if state == "taken"} == {"sheng-2024/1", "sheng-2024/5"}


def test_one_upper_plan_can_be_asked_about_and_an_unknown_one_ends_with_2() -> None:
    assert states("sheng-2024") == states()
    done = run("upstream", "sheng-2025", cwd=COUNTY)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", "没有名为“sheng-2025”的方案。\n是不是“sheng-2024”？\n")


def test_fail_ends_with_1_where_something_is_missing_or_stale(county: Path) -> None:
    asked = ("upstream", "--plan", "xian-2024", "--as-of", "2025-06-30")
    assert [run(*asked, *option, cwd=county).returncode for option in ((), ("--fail",))] == [0, 1]
    others = "".join(f'  - {{id: "1{task}", title: 甲, lead: [县司法局], upstream: [sheng-2024/{task}]}}\n' for task in (5, 7))
    path = county / PLAN
    path.write_text(path.read_text(encoding="utf-8") + others, encoding="utf-8")
    assert run(*asked, "--fail", cwd=county).returncode == 1
    run("upstream", "confirm", "xian-2024/2", "--on", "2025-06-01", "--by", "县司法局", cwd=county)
    assert run(*asked, "--fail", cwd=county).returncode == 0


def test_where_there_is_no_upper_plan_it_says_how_to_have_one() -> None:
    done = run("upstream", "--fail", cwd=DEMO)
    assert (done.returncode, done.stderr.startswith("没有上级方案")) == (0, True)


# confirm


def test_confirm_writes_down_who_looked_when_and_at_what(county: Path) -> None:
    before = (county / PLAN).read_text(encoding="utf-8")
    done = run("upstream", "confirm", "xian-2024/3", "--by", "县司法局", "--on", "2025-06-01", cwd=county)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "已记下：xian-2024/3 核对了 sheng-2024/3（2025-06-01）。\n")
    after = (county / PLAN).read_text(encoding="utf-8")
    [taken] = json.loads(run("upstream", "--format", "json", cwd=county).stdout)[2]["taken"]
    assert (taken["confirmed"], taken["by"], taken["stale"]) == ("2025-06-01", "县司法局", False)
    start = after.index("    confirmed:", after.index("sheng-2024/3"))
    assert before == after[:start] + after[after.index("    deadlines:", start) :]


def test_confirm_clears_the_mark_and_nothing_else_does(county: Path) -> None:
    asked = ("validate", "--only", "P604", "--strict")
    assert run(*asked, cwd=county).returncode == 1
    run("upstream", "confirm", "xian-2024/2", "--by", "县司法局", cwd=county)
    assert run(*asked, cwd=county).returncode == 0
    received = county / "upstream" / "示例省.json"
    received.write_text(received.read_text(encoding="utf-8").replace("每半年不少于1次", "每半年至少1次"), encoding="utf-8")
    assert run(*asked, cwd=county).returncode == 1


def test_the_same_confirmation_is_not_written_twice(county: Path) -> None:
    confirm = ("upstream", "confirm", "xian-2024/3", "--on", "2025-06-01", "--by", "县司法局")
    run(*confirm, cwd=county)
    written = (county / PLAN).read_bytes()
    assert (run(*confirm, cwd=county).stderr, (county / PLAN).read_bytes()) == (
        "xian-2024/3 在 2025-06-01 已核对过 sheng-2024/3，没有再记。\n",
        written,
    )


def test_several_tasks_of_several_plans_are_confirmed_at_once(county: Path) -> None:
    done = run("upstream", "confirm", "xian-2024/3", "qu-2024/1", "xian-2024/4", "--on", "2025-06-01", "--by", "县司法局", cwd=county)
    assert (done.returncode, done.stderr.count("已记下")) == (0, 3)
    found = json.loads(run("upstream", "--format", "json", cwd=county).stdout)
    assert {each["task"] for row in found for each in row["taken"] if each.get("confirmed") == "2025-06-01"} == {"3", "1", "4"}


@pytest.mark.parametrize(
    ("args", "first"),
    [
        (("confirm",), "没有写核对了哪项任务。"),
        (("confirm", "xian-2024/3"), "没有写明由谁核对。"),
        (("confirm", "xian-2024/3", "--by", "县司法局", "--on", "2125-01-01"), "2125-01-01 还没有到，不能记为已经核对。"),
        (("confirm", "xian-2024/5", "--by", "甲"), "任务 xian-2024/5 没有可以核对的上级任务。"),
        (("confirm", "xian-2024/99", "--by", "甲"), "没有名为“xian-2024/99”的任务。"),
        (("confirm", "xian-2024/3", "xian-2024/5", "--by", "甲"), "任务 xian-2024/5 没有可以核对的上级任务。"),
        (("confirm", "xian-2024/3", "--stale"), "confirm 只用 --plan、--by 和 --on，去掉 --stale。"),
        (("confirm", "xian-2024/3", "--on", "某日"), "看不懂日期“某日”。"),
        (("--by", "县司法局"), "--by 只能和 confirm 一起写。"),
        (("sheng-2024", "xian-2024/3"), "TASK 只能和 confirm 一起写。"),
    ],
)
def test_what_cannot_be_confirmed_ends_with_2_and_writes_nothing(args: tuple[str, ...], first: str, county: Path) -> None:
    before = (county / PLAN).read_bytes()
    done = run("upstream", *args, cwd=county)
    assert (done.returncode, done.stdout, done.stderr.splitlines()[0]) == (2, "", first)
    assert (county / PLAN).read_bytes() == before


def test_a_confirmation_of_a_day_to_come_is_found(county: Path) -> None:
    run("upstream", "confirm", "xian-2024/3", "--by", "县司法局", "--on", "2025-06-01", cwd=county)
    found = [run("validate", "--only", "P302", "--as-of", day, cwd=county).returncode for day in ("2025-05-31", "2025-06-01")]
    assert found == [1, 0]
