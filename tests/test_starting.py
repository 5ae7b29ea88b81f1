"""A new repository of plans is green from its first commit, and a clone of it speaks planctl."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from conftest import run
from repositories import IDENTITY, Repo

ROOT = Path(__file__).parent.parent
BIN = os.path.dirname(sys.executable)
HOME = {**IDENTITY, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}


def git(folder: Path, *args: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Run git with planctl on its path, as a colleague has it."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return subprocess.run(
        ["git", "-C", folder, *args], env={**clean, **HOME, "PLANCTL_LANG": "zh", **env}, capture_output=True, text=True, check=False
    )


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file() and ".git/" not in f"{path}")


@pytest.fixture
def started(tmp_path: Path) -> Path:
    folder = tmp_path / "方案库"
    assert run("init", folder, env=HOME).returncode == 0
    return folder


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_new_repository_is_green_from_its_first_commit(lang: str, tmp_path: Path) -> None:
    folder = tmp_path / "new"
    made = run("init", folder, env=HOME | {"PLANCTL_LANG": lang})

    checked = {
        command: run(*command.split(), cwd=folder, env=HOME).returncode
        for command in ("validate --strict", "fmt --check", "template lint", "git-setup --check")
    }
    git(folder, "add", "--all")
    first = git(folder, "commit", "--message", "方案")

    assert (made.returncode, made.stdout, set(checked.values()), first.returncode) == (0, "", {0}, 0), (checked, first.stderr)
    assert git(folder, "status", "--porcelain").stdout == ""
    assert f"language: {lang}" in (folder / "planctl.yaml").read_text(encoding="utf-8")


def test_it_has_what_a_repository_of_plans_needs(started: Path) -> None:
    assert files(started) == [
        ".editorconfig",
        ".gitattributes",
        ".github/workflows/planctl.yml",
        ".gitignore",
        ".gitlab-ci.yml",
        ".pre-commit-config.yaml",
        ".vscode/extensions.json",
        ".vscode/settings.json",
        "README.md",
        "planctl.yaml",
        "plans/示例县/units.yaml",
        "plans/示例县/示例方案.yaml",
        "schema/plan.schema.json",
        "schema/settings.schema.json",
        "schema/units.schema.json",
        "templates/一页清单.md.j2",
    ]


def test_the_commands_of_its_readme_answer(started: Path) -> None:
    readme = (started / "README.md").read_text(encoding="utf-8")
    commands = [line.partition("#")[0].split()[1:] for line in readme.splitlines() if line.startswith("planctl ")]
    git(started, "add", "--all")
    git(started, "commit", "--message", "方案")

    codes = {" ".join(command): run(*command, cwd=started).returncode for command in commands}

    assert set(codes.values()) == {0}, codes
    assert len(codes) == 4


def test_what_is_there_already_stays(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("ours\n", encoding="utf-8")

    done = run("init", tmp_path, env=HOME)

    assert "已有 README.md，未动" in done.stderr.splitlines()
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == "ours\n"


def test_a_second_time_changes_nothing(started: Path) -> None:
    before = {path: (started / path).read_bytes() for path in files(started)}
    (started / "plans" / "示例县" / "示例方案.yaml").write_text("planctl: 1\n", encoding="utf-8")

    done = run("init", started, env=HOME)

    assert [line for line in done.stderr.splitlines() if line.startswith("新建")] == []
    assert {path: (started / path).read_bytes() for path in files(started)} == before | {"plans/示例县/示例方案.yaml": b"planctl: 1\n"}


def test_a_dry_run_and_a_folder_without_git(tmp_path: Path) -> None:
    dry = run("init", tmp_path / "a", "--dry-run", env=HOME)
    run("init", tmp_path / "b", "--no-git", env=HOME)

    assert (dry.returncode, (tmp_path / "a").exists()) == (0, False)
    assert ((tmp_path / "b" / "planctl.yaml").exists(), (tmp_path / "b" / ".git").exists()) == (True, False)


def test_without_git_installed_the_plans_work_all_the_same(tmp_path: Path) -> None:
    done = run("init", tmp_path / "new", env={"PATH": str(tmp_path)})

    assert (done.returncode, done.stderr.splitlines()[-2].startswith("没有安装 git")) == (0, True)
    assert run("validate", "--strict", cwd=tmp_path / "new").returncode == 0


def test_a_folder_where_nothing_can_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = run("init", tmp_path / "file" / "new", env=HOME)
    assert (done.returncode, done.stderr.startswith("新建"), "写不了" in done.stderr) == (2, False, True)


# What a clone is told


def test_git_log_speaks_planctl_and_hunks_name_the_task(started: Path) -> None:
    git(started, "add", "--all")
    git(started, "commit", "--message", "方案")
    plan = started / "plans" / "示例县" / "示例方案.yaml"
    plan.write_text(plan.read_text(encoding="utf-8").replace('target: ">= 100 %"', 'target: ">= 95 %"'), encoding="utf-8")

    assert [line for line in git(started, "diff").stdout.splitlines() if line[:2] in {"- ", "+ ", "@@"}] == [
        "@@ -46,5 +46,5 @@ 任务 5 行政机关负责人出庭应诉",
        "-  时限  负责人出庭应诉率 >= 100 %，每年",
        "+  时限  负责人出庭应诉率 >= 95 %，每年",
    ]
    git(started, "commit", "--all", "--no-verify", "--message", "降低指标")
    for command in (("log", "-p", "-1"), ("show",)):
        assert "+  时限  负责人出庭应诉率 >= 95 %，每年" in git(started, *command).stdout.splitlines()


def test_the_hook_refuses_a_change_that_the_policy_refuses(started: Path) -> None:
    git(started, "add", "--all")
    git(started, "commit", "--message", "方案")
    plan = started / "plans" / "示例县" / "示例方案.yaml"
    plan.write_text(
        plan.read_text(encoding="utf-8").replace("at_least: 2", "at_least: 1").replace("每年不少于2次", "每年不少于1次"), encoding="utf-8"
    )

    done = git(started, "commit", "--all", "--message", "少学一次")

    assert (done.returncode, [word for word in done.stderr.split() + done.stdout.split() if word == "P506"]) == (1, ["P506"])


def test_the_hook_judges_what_is_staged_and_not_what_lies_about(started: Path) -> None:
    git(started, "add", "--all")
    git(started, "commit", "--message", "方案")
    plan = started / "plans" / "示例县" / "示例方案.yaml"
    plan.write_text(plan.read_text(encoding="utf-8").replace("lead: [县政府办]\n    support", "support"), encoding="utf-8")
    (started / "note.txt").write_text("别的\n", encoding="utf-8")
    git(started, "add", "note.txt")

    assert git(started, "commit", "--message", "只提交说明").returncode == 0


def test_without_planctl_the_hook_says_so_and_lets_the_commit_go(started: Path) -> None:
    git(started, "add", "--all")
    done = git(started, "commit", "--message", "方案", PATH="/usr/bin:/bin")
    assert (done.returncode, "提交前没有校验方案" in done.stderr) == (0, True)


def test_a_hook_that_was_there_runs_first_and_comes_back(tmp_path: Path) -> None:
    folder = tmp_path / "plans-of-ours"
    repo = Repo(folder)
    hook = folder / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho theirs >&2\nexit 3\n", encoding="utf-8")
    hook.chmod(0o755)
    run("init", folder, env=HOME)
    repo.git("add", "--all")

    refused = git(folder, "commit", "--message", "方案")
    removed = run("git-setup", "--remove", cwd=folder, env=HOME)

    assert (refused.returncode != 0, "theirs" in refused.stderr, removed.returncode) == (True, True, 0)
    assert hook.read_text(encoding="utf-8") == "#!/bin/sh\necho theirs >&2\nexit 3\n"


def test_setting_up_twice_changes_nothing_and_removing_leaves_what_was_there(tmp_path: Path) -> None:
    repo = Repo(tmp_path)
    repo.write(".gitattributes", "*.png binary")
    repo.write("plans/a.yaml", "planctl: 1\nid: a\ntitle: 甲\ntasks: []\n")
    before = repo.git("config", "--list", "--local")

    missing = run("git-setup", "--check", cwd=tmp_path, env=HOME)
    run("git-setup", cwd=tmp_path, env=HOME)
    again = run("git-setup", "--check", cwd=tmp_path, env=HOME)
    run("git-setup", "--remove", cwd=tmp_path, env=HOME)

    assert (missing.returncode, again.returncode, again.stderr) == (1, 0, "没有要改的：这个仓库已经设置好了。\n")
    assert (tmp_path / ".gitattributes").read_text(encoding="utf-8") == "*.png binary\n"
    assert repo.git("config", "--list", "--local") == before + "\ncore.quotepath=false"
    assert not (tmp_path / ".git" / "hooks" / "pre-commit").exists()


def test_outside_a_repository_it_says_so(tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    done = run("git-setup", cwd=tmp_path, env=HOME)
    assert (done.returncode, done.stderr.count("\n")) == (2, 2)


# What runs where reviewers are


def steps(path: str, *keys: str | int) -> dict[str, str]:
    """Take the scripts of a workflow out, by their names."""
    found = yaml.safe_load((ROOT / path).read_text(encoding="utf-8"))
    for key in keys:
        found = found[key]
    return {step["name"]: step["run"] for step in found if "run" in step}


def test_the_action_refuses_a_moved_date_with_file_line_and_reason(started: Path, tmp_path: Path) -> None:
    git(started, "add", "--all")
    git(started, "commit", "--message", "方案")
    git(started, "switch", "--create", "delay")
    plan = started / "plans" / "示例县" / "示例方案.yaml"
    plan.write_text(
        plan.read_text(encoding="utf-8").replace("due: 2024-12-31", "due: 2025-06-30").replace("2024年底前", "限期公开"), encoding="utf-8"
    )
    git(started, "commit", "--all", "--no-verify", "--message", "推迟")
    scripts = steps("action.yml", "runs", "steps")
    (tmp_path / "runner").mkdir()
    environment = {
        **os.environ,
        **HOME,
        "AGAINST": "main",
        "STRICT": "false",
        "PLANCTL_PLANS": "plans",
        "PLANCTL_LANG": "zh",
        "RUNNER_TEMP": str(tmp_path / "runner"),
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary"),
        "GITHUB_OUTPUT": str(tmp_path / "output"),
    }

    told, judged = (
        subprocess.run(["bash", "-e", "-c", scripts[name]], cwd=started, env=environment, capture_output=True, text=True, check=False)
        for name in ("The change in words", "Check the plans and the change")
    )

    assert (told.returncode, judged.returncode) == (0, 1), told.stderr
    assert judged.stdout.splitlines()[0].startswith(
        "::error file=plans/示例县/示例方案.yaml,line=23,col=14,title=P501::P501 任务 1 的时限 publish 由 2024-12-31 推迟到 2025-06-30（181 天），没有延期批准。"
    )
    assert "2025-06-30" in (tmp_path / "summary").read_text(encoding="utf-8")
    assert (tmp_path / "output").read_text(encoding="utf-8") == f"file={tmp_path}/runner/change.md\n"


def test_the_ways_of_a_new_repository_call_commands_that_there_are(started: Path) -> None:
    texts = [
        (started / path).read_text(encoding="utf-8")
        for path in (".github/workflows/planctl.yml", ".gitlab-ci.yml", ".pre-commit-config.yaml")
    ]
    texts += [(ROOT / name).read_text(encoding="utf-8") for name in ("action.yml", ".pre-commit-hooks.yaml", ".github/workflows/ci.yml")]
    for text in texts:
        assert yaml.safe_load(text)
    called = {
        line.split("planctl ", 1)[1].split()[0]
        for text in texts
        for line in text.splitlines()
        if line.strip(" -").startswith(("planctl ", "entry: planctl ", "run: planctl "))
    }
    assert called == {"fmt", "validate", "diff", '"$@"'}


def test_the_gitlab_job_fails_and_leaves_its_report(started: Path) -> None:
    git(started, "add", "--all")
    git(started, "commit", "--message", "方案")
    base = git(started, "rev-parse", "HEAD").stdout.strip()
    plan = started / "plans" / "示例县" / "示例方案.yaml"
    plan.write_text(plan.read_text(encoding="utf-8").replace('  - id: "5"', '  - id: "6"').replace("负责人", "领导"), encoding="utf-8")
    git(started, "commit", "--all", "--no-verify", "--message", "改动")
    job = yaml.safe_load((started / ".gitlab-ci.yml").read_text(encoding="utf-8"))["plans"]
    script = job["script"][-1]

    done = subprocess.run(
        ["sh", "-e", "-c", script],
        cwd=started,
        env={**os.environ, **HOME, "CI_MERGE_REQUEST_DIFF_BASE_SHA": base, "PLANCTL_LANG": "zh"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, (started / "gl-code-quality-report.json").exists(), (started / "change.md").exists()) == (1, True, True), (
        done.stderr
    )
