"""Documents of the genre with what a careful reader finds in them: `tests/extraction/*.txt` and `.yaml`; all places are invented."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from planctl.extraction import Line, extract
from planctl.model import Basis, Kind

if TYPE_CHECKING:
    from planctl.extraction import Draft, DraftTask
    from planctl.model import Deadline

FOLDER = Path(__file__).parent / "extraction"
NAMES = sorted(path.stem for path in FOLDER.glob("*.txt"))


def text_of(name: str) -> str:
    """Give the text of a document."""
    return (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


def gold_of(name: str) -> dict[str, Any]:
    """Give what is in it."""
    gold: dict[str, Any] = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return gold


def draft_of(text: str) -> Draft:
    """Extract from a text."""
    return extract([Line(line) for line in text.splitlines()])


def task_facts(task: DraftTask) -> dict[str, Any]:
    """Say of a task what the answers say."""
    said: dict[str, Any] = {"id": task.id, "title": task.title.text, "lead": list(task.lead), "support": list(task.support)}
    said |= {"basis": task.basis.value if task.basis else None, "by_duty": task.shared_by_duty, "open": task.open_list}
    return said | {"deadlines": [in_words(one.deadline) for one in task.deadlines]}


def gold_facts(task: dict[str, Any]) -> dict[str, Any]:
    """Complete an answer."""
    return {"support": [], "basis": Basis.STATED.value, "by_duty": False, "open": False, "deadlines": [], **task}


def in_words(limit: Deadline) -> str:
    """Write a deadline on one line: `year >= 2 次`."""
    if limit.kind is Kind.ONCE:
        return f"once {limit.due}"
    if limit.kind is Kind.RELATIVE:
        return " ".join(filter(None, ("within", str(limit.within), limit.after or limit.before)))
    if limit.kind is Kind.METRIC:
        by = f"by {limit.due}" if limit.due else None
        return " ".join(filter(None, ("metric", str(limit.target), by)))
    if limit.kind is Kind.ONGOING:
        return "ongoing"
    counts = ((">=", limit.at_least), ("=", limit.exactly), ("<=", limit.at_most))
    count = " ".join(f"{op} {number} {limit.of}" for op, number in counts if number is not None)
    return " ".join(filter(None, (str(limit.every), str(limit.by) if limit.by else None, count)))
