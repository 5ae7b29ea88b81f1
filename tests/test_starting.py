"""A new repository of plans is green from its first commit, and a clone of it speaks planctl."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from conftest import run
from planctl.formats.reviews import MARKER
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
    (started / "文件.txt").write_text("示例市工作方案\n一、主要任务\n（一）推进改革。完善制度。（市司法局负责）\n", encoding="utf-8")

    codes = {" ".join(command): run(*command, cwd=started).returncode for command in commands}

    assert {command: code for command, code in codes.items() if code} == {"import 文件.txt": 1}, (
        "what it says nothing of is to be looked at"
    )
    assert len(codes) == 7


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
        "@@ -47,5 +47,5 @@ 任务 5 行政机关负责人出庭应诉",
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


def test_the_hook_looks_at_the_layout_of_what_is_staged_and_says_what_to_do(started: Path) -> None:
    plan = started / "plans" / "示例县" / "示例方案.yaml"
    good = plan.read_text(encoding="utf-8")
    plan.write_text(good.replace("lead: [", "lead:   ["), encoding="utf-8")
    git(started, "add", "--all")
    plan.write_text(good, encoding="utf-8")
    refused = git(started, "commit", "--message", "版式")
    git(started, "add", "--all")
    (started / "plans" / "草稿.yaml").write_text("a: [", encoding="utf-8")

    assert (refused.returncode, sorted(refused.stderr.splitlines())) == (
        1,
        sorted(
            [
                "plans/示例县/示例方案.yaml",
                "3 个文件，要改 1 个。",
                "运行 planctl fmt，再 git add 一次。",
                "1 个方案：错误 0，警告 0，提示 0。",
            ]
        ),
    )
    assert git(started, "commit", "--message", "版式").returncode == 0


ODD = ["资料/行动方案", "方案 二", '甲"乙', "a[1]*", "back\\slash", "-x"]


@pytest.mark.parametrize("name", ODD)
def test_a_folder_of_plans_of_any_name_has_its_drivers_and_its_hook(name: str, started: Path) -> None:
    (started / name).parent.mkdir(exist_ok=True)
    (started / "plans").rename(started / name)
    run(f"--plans={name}", "git-setup", cwd=started, env=HOME)
    checked = run(f"--plans={name}", "git-setup", "--check", cwd=started, env=HOME)
    files_of = [f"{name}/示例县/units.yaml", f"{name}/a.yml", "planctl.yaml", f"x{name}/a.yaml", "a1/units.yaml"]
    told = git(started, "check-attr", "-z", "merge", "--", *files_of).stdout.split("\0")
    git(started, "add", "--all")
    committed = git(started, "commit", "--message", "方案")
    plan = started / name / "示例县" / "示例方案.yaml"
    plan.write_text(plan.read_text(encoding="utf-8").replace("due: 2024-12-31", "due: 2025-12-31"), encoding="utf-8")
    refused = git(started, "commit", "--all", "--message", "推迟")

    assert (checked.returncode, told[2::3]) == (0, ["planctl"] * 3 + ["unspecified"] * 2)
    assert (committed.returncode, committed.stderr.splitlines()[-1]) == (0, "1 个方案：错误 0，警告 0，提示 0。")
    assert (refused.returncode, "P501" in refused.stderr + refused.stdout) == (1, True)


def test_below_the_root_of_a_repository_there_are_no_pipelines_and_the_hook_finds_the_plans(tmp_path: Path) -> None:
    Repo(tmp_path)
    made = run("init", "督查 室", cwd=tmp_path, env=HOME)
    git(tmp_path, "add", "--all")
    committed = git(tmp_path, "commit", "--message", "方案")
    found = {path.split("/")[1] for path in files(tmp_path) if path.startswith("督查 室/")}
    merged_by = git(tmp_path, "check-attr", "merge", "--", "督查 室/plans/示例县/units.yaml", "督查 室/planctl.yaml").stdout

    assert found == {".editorconfig", ".gitignore", ".vscode", "README.md", "planctl.yaml", "plans", "schema", "templates"}
    assert [line for line in made.stderr.splitlines() if not line.startswith("新建")] == [
        f"这里在仓库 {tmp_path} 里面。流水线和 pre-commit 的设置只有放在仓库的根目录才有人读，没有写。",
        "完成。下一步：cd '督查 室'，planctl validate，git add -A，git commit。",
    ]
    assert (committed.returncode, merged_by.count(": planctl\n")) == (0, 2), committed.stderr


@pytest.mark.parametrize("path", ["/usr/bin:/bin", "{broken}:/usr/bin:/bin"], ids=["no planctl", "a planctl that fails"])
def test_without_planctl_git_shows_the_files_as_they_are(path: str, started: Path, tmp_path: Path) -> None:
    broken = tmp_path / "bin" / "planctl"
    broken.parent.mkdir()
    broken.write_text("#!/bin/sh\necho half\nexit 70\n", encoding="utf-8")
    broken.chmod(0o755)
    (started / "通知.docx").write_bytes(b"\0old")
    git(started, "add", "--all")
    git(started, "commit", "--no-verify", "--message", "方案")
    plan = started / "plans" / "示例县" / "示例方案.yaml"
    plan.write_text(plan.read_text(encoding="utf-8").replace("due: 2024-12-31", "due: 2025-12-31"), encoding="utf-8")
    (started / "通知.docx").write_bytes(b"\0new")

    shown = git(started, "diff", PATH=path.format(broken=broken.parent))

    assert (shown.returncode, "-        due: 2024-12-31\n+        due: 2025-12-31\n" in shown.stdout) == (0, True), shown.stderr
    assert [line[0] for line in shown.stdout.splitlines() if re.fullmatch("[-+][0-9a-f]{40}", line)] == ["-", "+"]


def test_git_keeps_no_words_of_another_day(started: Path) -> None:
    git(started, "config", "diff.planctl.cachetextconv", "true")
    old = run("git-setup", "--check", cwd=started, env=HOME)
    run("git-setup", cwd=started, env=HOME)
    git(started, "add", "--all")
    git(started, "commit", "--message", "方案")
    words = [git(started, "show", PLANCTL_LANG=lang).stdout for lang in ("zh", "en")]

    assert old.returncode == 1
    assert [("+任务 1 " in text, "+Task 1 " in text) for text in words] == [(True, False), (False, True)]


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
    removed = run("git-setup", "--remove", cwd=tmp_path, env=HOME)

    assert removed.stderr.splitlines()[-1] == "core.quotepath 原来是什么不知道，没有动。"
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


GH = """\
#!/bin/sh
# A GitHub with comments of its own, which writes down what it is asked to do.
case "$*" in
    *--paginate*) cat "$COMMENTS" ;;
    *) echo "$@" >> "$ASKED" ;;
esac
"""


def job(tmp_path: Path, **more: str) -> dict[str, str]:
    """Give the environment of a job of GitHub."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "gh").write_text(GH, encoding="utf-8")
    (tmp_path / "bin" / "gh").chmod(0o755)
    (tmp_path / "runner").mkdir()
    (tmp_path / "comments").touch()
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "GITHUB_"))},
        **HOME,
        "PATH": f"{tmp_path / 'bin'}{os.pathsep}{HOME['PATH']}",
        "AGAINST": "main",
        "BASE": "main",
        "STRICT": "false",
        "PLANCTL_PLANS": "plans",
        "PLANCTL_LANG": "zh",
        "NUMBER": "7",
        "CHANGE": str(tmp_path / "runner" / "change.md"),
        "COMMENTS": str(tmp_path / "comments"),
        "ASKED": str(tmp_path / "asked"),
        "RUNNER_TEMP": str(tmp_path / "runner"),
        "GITHUB_REPOSITORY": "example/plans",
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary"),
        "GITHUB_OUTPUT": str(tmp_path / "output"),
        **more,
    }


def bash(script: str, folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a script as a runner of GitHub does."""
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def broken(folder: Path) -> None:
    """Make a branch where a plan cannot be read completely."""
    git(folder, "add", "--all")
    git(folder, "commit", "--message", "方案")
    git(folder, "switch", "--create", "typo")
    plan = folder / "plans" / "示例县" / "示例方案.yaml"
    plan.write_text(plan.read_text(encoding="utf-8").replace("due: 2024-12-31", "due: 2024-13-31"), encoding="utf-8")
    git(folder, "commit", "--all", "--no-verify", "--message", "错字")


def test_a_file_that_cannot_be_read_is_annotated_first_and_the_rest_runs_whatever_it_says(started: Path, tmp_path: Path) -> None:
    broken(started)
    for found in (
        yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))["runs"]["steps"],
        yaml.safe_load((started / ".github/workflows/planctl.yml").read_text(encoding="utf-8"))["jobs"]["plans"]["steps"],
    ):
        scripts = [step for step in found if "planctl" in step.get("run", "") and step["name"] != "Install planctl"]
        assert "validate" in scripts[0]["run"]
        assert ["always()" in step.get("if", "") for step in scripts] == [False, *[True] * (len(scripts) - 1)]
    environment, of_action = job(tmp_path), steps("action.yml", "runs", "steps")
    told, worded = (bash(of_action[name], started, environment) for name in ("Check the plans and the change", "The change in words"))
    assert (told.returncode, told.stdout.startswith("::error file=plans/示例县/示例方案.yaml,line=23,")) == (1, True), told.stdout
    assert worded.returncode == 0, worded.stderr


def test_the_pull_request_that_brings_the_first_plans_is_green(tmp_path: Path) -> None:
    folder = tmp_path / "repo"
    repo = Repo(folder)
    repo.write("README.md", "方案\n")
    repo.commit("没有方案")
    git(folder, "switch", "--create", "first")
    run("init", folder, env=HOME)
    git(folder, "add", "--all")
    git(folder, "commit", "--message", "方案")
    scripts = list(steps("action.yml", "runs", "steps").items())[1:3]
    of_gitlab = yaml.safe_load((folder / ".gitlab-ci.yml").read_text(encoding="utf-8"))["plans"]["script"][-1]
    environment = job(tmp_path, CI_MERGE_REQUEST_DIFF_BASE_SHA="main")

    done = {name: bash(script, folder, environment) for name, script in (*scripts, ("gitlab", of_gitlab))}

    assert {name: each.returncode for name, each in done.items()} == dict.fromkeys(done, 0), done
    assert ("::warning::" in done["The change in words"].stdout, "新增方案" in (tmp_path / "summary").read_text(encoding="utf-8")) == (
        False,
        True,
    )


WRITES = [
    (ROOT / "action.yml", ("runs", "steps"), "Write it into the pull request"),
    (ROOT / "src/planctl/starting/files/.github/workflows/planctl.yml", ("jobs", "plans", "steps"), "The change in words"),
]


@pytest.mark.parametrize("where", WRITES, ids=["action", "workflow"])
@pytest.mark.parametrize(
    ("comments", "asked"),
    [
        ("", "pr comment 7 --body-file {change}\n"),
        ("12\n34\n", "api --silent --method PATCH repos/example/plans/issues/comments/34 --field body=@{change}\n"),
    ],
    ids=["the first time", "again"],
)
def test_the_comment_that_is_edited_is_our_own(
    where: tuple[Path, tuple[str, ...], str], comments: str, asked: str, started: Path, tmp_path: Path
) -> None:
    git(started, "add", "--all")
    git(started, "commit", "--message", "方案")
    environment = job(tmp_path)
    (tmp_path / "comments").write_text(comments, encoding="utf-8")
    path, keys, name = where
    script = steps(str(path), *keys)[name]

    done = bash(script, started, environment)

    assert (done.returncode, (tmp_path / "asked").read_text(encoding="utf-8")) == (0, asked.format(change=environment["CHANGE"])), (
        done.stderr
    )
    assert (MARKER in script, "--edit-last" in script) == (True, False)


def test_without_a_word_on_where_planctl_comes_from_nothing_is_installed(started: Path, tmp_path: Path) -> None:
    install = steps(str(started / ".github/workflows/planctl.yml"), "jobs", "plans", "steps")["Install planctl"]
    gitlab = yaml.safe_load((started / ".gitlab-ci.yml").read_text(encoding="utf-8"))["plans"]["before_script"][0]
    environment = job(tmp_path, PACKAGE="")
    done = [bash(install, started, environment), bash(gitlab, started, environment)]
    assert [each.returncode for each in done] == [1, 1]
    assert all("PLANCTL_PACKAGE" in each.stdout + each.stderr for each in done)
    assert [path for path in files(started) if "planctl-cn" in (started / path).read_text(encoding="utf-8")] == []


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
    environment = job(tmp_path)

    told, judged = (bash(scripts[name], started, environment) for name in ("The change in words", "Check the plans and the change"))

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
