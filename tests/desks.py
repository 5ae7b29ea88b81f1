"""The desk of a clerk at work: everything that the examples in help name, so that they can be typed."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import office
import papers
from conftest import run
from repositories import Repo

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parent.parent
COUNTY = Path(__file__).parent / "cases" / "county"
COMMITS = 11
"""So many that `HEAD~10` is there."""


def desk(folder: Path) -> None:
    """Lay out a repository with a history, plans of two levels and some papers."""
    repo = Repo(folder)
    shutil.copytree(ROOT / "plans", folder / "plans")
    shutil.copytree(COUNTY / "upstream", folder / "upstream")
    shutil.copy(COUNTY / "planctl.yaml", folder)
    for path in sorted((COUNTY / "plans").rglob("方案2024.yaml")):
        target = folder / "plans" / f"{path.parent.name}承接" / path.name
        target.parent.mkdir()
        shutil.copy(path, target)
        shutil.copy(path.parent / "units.yaml", target.parent)
    for path in [*folder.glob("upstream/*.json"), *folder.glob("plans/*承接/方案2024.yaml")]:
        text = path.read_text(encoding="utf-8").replace("sheng-2024", "shili-sheng-2024").replace("xian-2024", "shili-xian-2024")
        path.write_text(text, encoding="utf-8")
    for number in range(COMMITS):
        repo.write("日志.md", f"第 {number} 次\n")
        repo.commit(f"第 {number} 次")
    repo.git("tag", "v1.0")
    repo.git("update-ref", "refs/remotes/origin/main", "HEAD")


def papers_for(folder: Path) -> None:
    """Put the papers on the desk that are imported; the PDF only where LibreOffice can make it."""
    text = "\n".join((*papers.TITLE, *papers.HEAD, *papers.BODY, *papers.END))
    made: dict[str, Callable[[], bytes]] = {"实施方案.docx": papers.as_docx, "修订后的方案.txt": text.encode}
    for name, make in made.items():
        (folder / name).write_bytes(make())
    (folder / "短语.txt").write_text("每年3月1日前\n", encoding="utf-8")
    if not office.missing():
        shutil.copy(office.to_pdf(papers.as_docx(), folder), folder / "任务分工.pdf")
    run("report", "季度进展", "--format", "docx", "--output", "季度进展.docx", cwd=folder)
