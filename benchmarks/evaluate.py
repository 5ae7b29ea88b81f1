"""Score the importer: what it takes from official documents against what a careful reader took from them.

The documents of `../shared/corpus` have their answers beside them; the answers for `../shared/seeds` are the shipped plans. What is not at
hand is skipped. PLANCTL_CORPUS and PLANCTL_SEEDS name other folders. `--errors` lists every difference.

A task is right when its title or number is; a unit when it has its role in its task; a deadline when its kind and figures are. One phrase
that a plan divides among several obligations counts once. Hints (定期, 适时, 年度 in a name) and limits that are events (施行前) are scored
apart: whether they bind, a person decides.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import time
import unicodedata
from collections import Counter
from difflib import SequenceMatcher
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from planctl.documents.normalising import normalise
from planctl.documents.reading import read
from planctl.extraction import extract_reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from planctl.extraction import Draft
    from planctl.model import Deadline

ROOT = Path(__file__).resolve().parent.parent
CORPUS = Path(os.environ.get("PLANCTL_CORPUS") or ROOT.parent / "shared" / "corpus")
SEEDS = Path(os.environ.get("PLANCTL_SEEDS") or ROOT.parent / "shared" / "seeds")
SHIPPED = {"000_": "湖南省机关事务管理局", "001_": "潜江市", "002_": "山东省机关事务管理局", "003_": "江南区", "004_": "宁远县"}
COLUMNS = ("tasks", "titles", "leads", "supports", "deadlines", "once", "recurring", "relative", "metric", "embedded", "hints", "events")
CELL = 11


class Facts(NamedTuple):
    """What a document says, as things that can be counted: by column, with the title of the task that each belongs to."""

    titles: tuple[str, ...]
    numbers: tuple[str, ...]
    units: tuple[tuple[int, str, str], ...]
    """(task, leads or supports or embedded, name)."""
    limits: tuple[tuple[int, str, str], ...]
    """(task, kind, figures)."""
    identity: dict[str, str]


class Score(NamedTuple):
    """How many were right, how many were found, how many there are."""

    right: int = 0
    found: int = 0
    there: int = 0

    def __add__(self, other: object) -> Score:  # type: ignore[override]
        return Score(*(a + b for a, b in zip(self, other, strict=True))) if isinstance(other, Score) else NotImplemented

    @property
    def precision(self) -> float:
        """Give the share of what was found that is right."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """Give the share of what is there that was found."""
        return self.right / self.there if self.there else 1.0

    @property
    def f1(self) -> float:
        """Give the harmonic mean of both."""
        return 2 * self.right / (self.found + self.there) if self.found + self.there else 1.0


def plain(text: str) -> str:
    """Fold what two prints of one text may differ in."""
    folded = "".join(unicodedata.normalize("NFKC", text).split())
    return folded.translate(str.maketrans("“”‘’—–〔〕", "\"\"''--[]"))


def drafted(draft: Draft, aliases: dict[str, str]) -> Facts:
    """Give the facts of a draft."""
    units: list[tuple[int, str, str]] = []
    limits: list[tuple[int, str, str]] = []
    for index, task in enumerate(draft.tasks):
        column = "embedded" if task.basis == "embedded" else "leads"
        units += [(index, column, _named(name, aliases)) for name in task.lead]
        units += [(index, "supports", _named(name, aliases)) for name in task.support]
        limits += [(index, *_limit(one.deadline)) for one in chain(task.deadlines, task.hints)]
    identity = {
        "title": plain(draft.identity.title.text) if draft.identity.title else "",
        "number": plain(draft.identity.number.text) if draft.identity.number else "",
        "issued": str(draft.identity.issued.day) if draft.identity.issued else "",
    }
    titles = tuple(plain(task.title.text) for task in draft.tasks)
    return Facts(titles, tuple(task.id for task in draft.tasks), tuple(units), tuple(limits), identity)


def _named(name: str, aliases: dict[str, str]) -> str:
    return plain(aliases.get(plain(name), name))


def _limit(deadline: Deadline) -> tuple[str, str]:
    """Give the kind of a deadline as it is scored, and its figures."""
    if deadline.kind == "ongoing" or deadline.implied:
        return "hints", (deadline.quote or "")[:2] if deadline.kind == "ongoing" else f"年度 {deadline.every}"
    if deadline.kind == "once":
        return "once", str(deadline.due)
    if deadline.kind == "recurring":
        return "recurring", f"{deadline.every} {deadline.by} {deadline.at_least} {deadline.exactly} {deadline.at_most}"
    if deadline.kind == "relative":
        return ("relative", str(deadline.within)) if deadline.within else ("events", deadline.before or deadline.after or "")
    return "metric", f"{deadline.target.op} {deadline.target.value:g}" if deadline.target else ""


def of_corpus(gold: dict[str, Any]) -> Facts:
    """Give the facts of an answer of the corpus."""
    units: list[tuple[int, str, str]] = []
    limits: list[tuple[int, str, str]] = []
    for index, task in enumerate(gold["tasks"]):
        units += [(index, f"{role}s", plain(name)) for role in ("lead", "support") for name in task[role]]
        limits += [(index, *_corpus_limit(limit)) for limit in task["deadlines"] if not limit.get("optional")]
    identity = {"title": plain(gold["title"]), "number": plain(gold["document_number"]), "issued": gold["issued"]}
    titles = tuple(plain(task["title"]) for task in gold["tasks"])
    return Facts(titles, tuple(task["no"] for task in gold["tasks"]), tuple(units), tuple(limits), identity)


def _corpus_limit(limit: dict[str, Any]) -> tuple[str, str]:
    kind = limit["kind"]
    if kind == "once":
        return kind, limit["date"]
    if kind == "recurring":
        return kind, f"{limit['per']} {limit['by']} {limit.get('count')} None None"
    if kind == "relative":
        number, unit = re.fullmatch(r"PT?(\d+)([A-Z])", limit["offset"]).groups()  # type: ignore[union-attr]
        name = (
            "working-day" if limit.get("calendar") == "working" else {"D": "day", "M": "month", "H": "hour", "Y": "year", "W": "week"}[unit]
        )
        return kind, f"{number} {name}{'' if number == '1' else 's'}"
    return kind, f"{limit['op']} {limit['value']:g}"


def of_plan(plan: dict[str, Any], aliases: dict[str, str]) -> Facts:
    """Give the facts of a shipped plan."""
    units: list[tuple[int, str, str]] = []
    limits: list[tuple[int, str, str]] = []
    for index, task in enumerate(plan["tasks"]):
        column = {"stated": "leads", "embedded": "embedded"}.get(task["basis"])
        units += [(index, column, _named(name, aliases)) for name in task["lead"] if column]
        units += [(index, "supports", _named(name, aliases)) for name in task.get("support", [])]
        seen = {(*_plan_limit(limit), limit.get("quote", "")) for limit in task.get("deadlines", [])}
        limits += [(index, kind, figures) for kind, figures, _ in sorted(seen)]
    document = plan["document"]
    identity = {"title": plain(plan["title"]), "number": plain(document.get("number", "")), "issued": str(document.get("issued", ""))}
    titles = tuple(plain(task["title"]) for task in plan["tasks"])
    return Facts(titles, tuple(str(task["id"]) for task in plan["tasks"]), tuple(units), tuple(limits), identity)


def _plan_limit(limit: dict[str, Any]) -> tuple[str, str]:
    if limit.get("ongoing") or limit.get("implied"):
        return "hints", limit["quote"][:2] if limit.get("ongoing") else f"年度 {limit['every']}"
    if "metric" in limit:
        op, value, *_ = limit["target"].split()
        return "metric", f"{op} {float(value):g}"
    if "due" in limit:
        return "once", str(limit["due"])
    if "every" in limit:
        by = None if limit.get("restored") else limit.get("by")
        return "recurring", f"{limit['every']} {by} {limit.get('at_least')} {limit.get('exactly')} {limit.get('at_most')}"
    return ("relative", limit["within"]) if "within" in limit else ("events", limit.get("before") or limit.get("after"))


def pair(found: Facts, gold: Facts) -> dict[int, int]:
    """Pair the tasks found with those of the answer: by title, else by number and a title much alike."""
    pairs: dict[int, int] = {}
    free = {title: [i for i, one in enumerate(gold.titles) if one == title] for title in gold.titles}
    for index, title in enumerate(found.titles):
        if free.get(title):
            pairs[index] = free[title].pop(0)
    left = [i for i in range(len(gold.titles)) if i not in set(pairs.values())]
    for index in (i for i in range(len(found.titles)) if i not in pairs):
        best = max(left, key=lambda other: _likeness(found, index, gold, other), default=None)
        if best is not None and _likeness(found, index, gold, best) > 0.5:
            pairs[index] = best
            left.remove(best)
    return pairs


def _likeness(found: Facts, index: int, gold: Facts, other: int) -> float:
    one, two = found.titles[index], gold.titles[other]
    if one.startswith(two) or two.startswith(one):
        return 0.9
    return SequenceMatcher(None, one, two, autojunk=False).ratio() * (1 if found.numbers[index] == gold.numbers[other] else 0.8)


def score(found: Facts, gold: Facts) -> tuple[dict[str, Score], list[str]]:
    """Compare the facts of a draft with those of the answer."""
    pairs = pair(found, gold)
    scores = {"tasks": Score(len(pairs), len(found.titles), len(gold.titles))}
    exact = sum(found.titles[one] == gold.titles[two] for one, two in pairs.items())
    scores["titles"] = Score(exact, len(found.titles), len(gold.titles))
    errors = [f"task not found: {gold.numbers[i]} {gold.titles[i]}" for i in range(len(gold.titles)) if i not in set(pairs.values())]
    errors += [f"no task: {found.numbers[i]} {found.titles[i]}" for i in range(len(found.titles)) if i not in pairs]
    errors += [f"title: {found.titles[a]} / {gold.titles[b]}" for a, b in pairs.items() if found.titles[a] != gold.titles[b]]
    mine = Counter((kind, pairs.get(task, -1 - task), value) for task, kind, value in (*found.units, *found.limits))
    theirs = Counter((kind, task, value) for task, kind, value in (*gold.units, *gold.limits))
    for column in COLUMNS[2:]:
        kinds = {"once", "recurring", "relative", "metric"} if column == "deadlines" else {column}
        a = Counter({key: count for key, count in mine.items() if key[0] in kinds})
        b = Counter({key: count for key, count in theirs.items() if key[0] in kinds})
        scores[column] = Score((a & b).total(), a.total(), b.total())
        if column != "deadlines":
            errors += [f"{column}, too much: {value} in {_task(gold, task, found)}" for (_, task, value) in (a - b).elements()]
            errors += [f"{column}, missing: {value} in {_task(gold, task, found)}" for (_, task, value) in (b - a).elements()]
    errors += [f"{name}: {found.identity[name]!r} / {said!r}" for name, said in gold.identity.items() if found.identity[name] != said]
    return scores, errors


def _task(gold: Facts, task: int, found: Facts) -> str:
    return f"{gold.numbers[task]} {gold.titles[task]}" if task >= 0 else f"({found.numbers[-1 - task]})"


def cases() -> Iterator[tuple[str, Path, Any]]:
    """Give the documents at hand, each with a way to its answer."""
    for path in sorted(CORPUS.glob("*.gold.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        for suffix in (".txt", ".html"):
            source = path.with_name(path.name.replace(".gold.json", suffix))
            if source.exists():
                yield source.name, source, (of_corpus(gold), {})
    for prefix, folder in SHIPPED.items():
        for source in sorted(SEEDS.glob(f"{prefix}*.txt")):
            organisation = ROOT / "plans" / folder
            registry = yaml.safe_load((organisation / "units.yaml").read_text(encoding="utf-8"))
            (plan,) = (path for path in organisation.glob("*.yaml") if path.name != "units.yaml")
            aliases = _aliases(chain(registry.get("units", []), registry.get("groups", [])))
            yield folder, source, (of_plan(yaml.safe_load(plan.read_text(encoding="utf-8")), aliases), aliases)


def _aliases(entries: Iterable[dict[str, Any]]) -> dict[str, str]:
    return {plain(alias): entry["name"] for entry in entries for alias in entry.get("aliases", [])}


def line(name: str, scores: dict[str, Score]) -> str:
    """Print a document's scores."""
    cells = (f"{scores[column].f1:.3f}" if scores[column].there or scores[column].found else "-" for column in COLUMNS)
    return f"{name[:26]:<28}" + "".join(f"{cell:>{CELL}}" for cell in cells)


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--errors", action="store_true", help="list every difference")
    parser.add_argument("--only", default="", help="documents whose name holds this")
    options = parser.parse_args()
    totals = {column: Score() for column in COLUMNS}
    print(f"{'F1':<28}" + "".join(f"{column:>{CELL}}" for column in COLUMNS))
    details: list[str] = []
    count = 0
    for name, path, (gold, aliases) in cases():
        if options.only not in name:
            continue
        started = time.perf_counter()
        draft = extract_reading(normalise(read(str(path)), simplify=True))
        scores, errors = score(drafted(draft, aliases), gold)
        totals = {column: totals[column] + scores[column] for column in COLUMNS}
        print(line(name, scores), f"{time.perf_counter() - started:6.2f} s")
        details += [f"{name}: {error}" for error in errors]
        count += 1
    if not count:
        print(f"nothing to score: neither {CORPUS} nor {SEEDS} is there", file=sys.stderr)
        return 0
    print(line("all", totals))
    for part in ("precision", "recall"):
        print(f"{part:<28}" + "".join(f"{getattr(totals[column], part):>{CELL}.3f}" for column in COLUMNS))
    print(f"{len(details)} differences" + (":" if options.errors else "; --errors lists them"))
    if options.errors:
        print("\n".join(details))
    return 0


if __name__ == "__main__":
    sys.exit(main())
