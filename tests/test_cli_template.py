"""`planctl template lint` as a stranger uses it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from conftest import run

DEMO = Path(__file__).parent / "cases" / "demo"


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    (tmp_path / "demo" / "templates").mkdir(parents=True)
    return Path(shutil.copytree(DEMO, tmp_path / "demo", dirs_exist_ok=True))


def own(folder: Path, name: str, text: str) -> None:
    (folder / "templates" / f"{name}.md.j2").write_text(text, encoding="utf-8")


@pytest.mark.parametrize(("lang", "said"), [("zh", "9 个模板，0 个有误。\n"), ("en", "Templates: 9, faulty: 0.\n")])
def test_the_built_in_templates_are_sound(lang: str, said: str) -> None:
    done = run("template", "lint", cwd=DEMO, env={"PLANCTL_LANG": lang})
    assert (done.returncode, done.stdout, done.stderr) == (0, "", said)


def test_a_broken_template_of_the_repository_is_told_with_its_line(demo: Path) -> None:
    own(demo, "好的", "{{ report.day_text }}")
    own(demo, "读不懂", "一\n{% for x in tasks %}\n")
    own(demo, "没有的", "{% for task in tasks %}\n{{ task.titel }}\n{% endfor %}")
    own(demo, "催办通知", "{{ notice.unti }}")
    own(demo, "_部分", "{{ nothing }}")
    done = run("template", "lint", cwd=demo)
    wrong = [line for line in done.stdout.splitlines() if line.startswith("模板")]
    assert (done.returncode, done.stderr) == (1, "12 个模板，3 个有误。\n")
    assert [line.split("：")[0] for line in wrong] == [
        "模板 催办通知.md.j2 第 1 行有误",
        "模板 没有的.md.j2 第 2 行有误",
        "模板 读不懂.md.j2 第 2 行有误",
    ]
    assert ["unti" in wrong[0], "titel" in wrong[1], "endfor" in wrong[2]] == [True, True, True]


def test_only_the_templates_that_are_named(demo: Path) -> None:
    own(demo, "坏的", "{{ x }}")
    one, two = (run("template", "lint", *names, cwd=demo) for names in (("季度进展",), ("季度进展", "坏的")))
    assert (one.returncode, one.stderr, two.returncode, two.stderr) == (0, "1 个模板，0 个有误。\n", 1, "2 个模板，1 个有误。\n")


def test_a_name_that_is_no_template(demo: Path) -> None:
    done = run("template", "lint", "季度进程", cwd=demo)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", "没有名为“季度进程”的报告。\n是不是“季度进展”？\n")


def test_a_template_that_wants_out_is_wrong(demo: Path) -> None:
    own(demo, "恶意", "{{ ''.__class__.__mro__ }}")
    done = run("template", "lint", "恶意", cwd=demo)
    assert (done.returncode, done.stdout.startswith("模板 恶意.md.j2 第 1 行有误：")) == (1, True)


@pytest.mark.parametrize("args", [(), ("fix",)])
def test_the_action_must_be_known(args: tuple[str, ...]) -> None:
    done = run("template", *args, cwd=DEMO)
    assert (done.returncode, done.stdout, done.stderr != "") == (2, "", True)
