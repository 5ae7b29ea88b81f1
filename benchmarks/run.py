"""Measure planctl as whole processes: ratios to a bare `python -c pass` and to peers, all in one run, on this machine.

Absolute times wander with the machine; ratios do so much less. Commands are run in turn (A B C, A B C, …), and medians are compared.
`python benchmarks/run.py --quick` leaves out the largest sizes and the peers; `--markdown` prints tables for a README.
Peers are measured where they are installed: doorstop, Taskwarrior (`task`), ledger, ripgrep (`rg`).
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import peers
from generate import generate

ROOT = Path(__file__).parent.parent
PYTHON = sys.executable
PLANCTL = str(Path(PYTHON).parent / "planctl")
DUE = ["due", "--before", "2022-12-31"]
SIZES = (1_000, 10_000, 100_000)


class Case(NamedTuple):
    """A command to measure, and its budget as a multiple of bare Python."""

    name: str
    command: list[str]
    budget: float | None = None
    folder: Path = ROOT


class Measure(NamedTuple):
    """Seconds of wall time and megabytes at the peak."""

    seconds: float
    megabytes: float


def run_once(case: Case) -> Measure:
    """Run a command, its output thrown away, and measure it."""
    start = time.perf_counter()
    process = subprocess.Popen(case.command, cwd=case.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=_environment())
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - start
    if process.returncode not in (0, 1):
        sys.exit(f"{case.name}: exit code {process.returncode}")
    # ru_maxrss is in kilobytes on Linux; worker processes are counted apart, so the largest single process is meant.
    return Measure(seconds, usage.ru_maxrss / 1024)


def _environment() -> dict[str, str]:
    return {**os.environ, "LANG": "C.UTF-8", "PLANCTL_LANG": "zh", "COLUMNS": "80"}


def in_turn(cases: list[Case], runs: int) -> dict[str, Measure]:
    """Run commands in turn, once to warm up and then `runs` times, and take the medians."""
    for case in cases:
        run_once(case)
    measured: dict[str, list[Measure]] = {case.name: [] for case in cases}
    for _ in range(runs):
        for case in cases:
            measured[case.name].append(run_once(case))
    return {
        name: Measure(statistics.median(each.seconds for each in several), max(each.megabytes for each in several))
        for name, several in measured.items()
    }


def on_a_terminal(command: list[str]) -> list[str]:
    """Run a command in a pseudo-terminal of 80 columns, so that tables are drawn."""
    code = "import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))"
    return [PYTHON, "-c", code, *command]


def starts(runs: int) -> None:
    """Measure start-up and the questions about the shipped plans."""
    bare = Case("python -c pass", [PYTHON, "-c", "pass"])
    wrapper = Case("python -c 'import pty'", on_a_terminal([PYTHON, "-c", "pass"]))
    cases = [
        bare,
        wrapper,
        Case("planctl --version", [PLANCTL, "--version"], 6.5),
        Case("planctl --help", [PLANCTL, "--help"], 8),
        Case("planctl due --format json", [PLANCTL, *DUE, "--format", "json"], 8.5),
        Case("planctl due, piped", [PLANCTL, *DUE], None),
        Case("planctl due, on a terminal", on_a_terminal([PLANCTL, *DUE]), 11),
        Case("planctl validate", [PLANCTL, "validate"], 10),
        Case("planctl tasks --format json", [PLANCTL, "tasks", "--format", "json"], None),
    ]
    measured = in_turn(cases, runs)
    unit = measured[bare.name].seconds
    # The pseudo-terminal is started by a Python of its own, which is not planctl's to answer for.
    extra = measured[wrapper.name].seconds - unit
    print(f"| the shipped plans | × of bare Python ({unit * 1000:.0f} ms) | budget |\n|---|--:|--:|")
    for case in cases[2:]:
        seconds = measured[case.name].seconds - (extra if "terminal" in case.name else 0)
        print(f"| `{case.name}` | {seconds / unit:.1f} | {case.budget or '–'} |")
    print()


def sizes(runs: int, counts: tuple[int, ...], folder: Path) -> None:
    """Measure how time and memory grow with the number of tasks."""
    bare = Case("python -c pass", [PYTHON, "-c", "pass"])
    print("| tasks | command | s | × of bare Python | tasks/s | peak MB | growth |\n|--:|---|--:|--:|--:|--:|--:|")
    before: dict[str, tuple[int, float]] = {}
    for count in counts:
        home = folder / str(count)
        generate(home, count)
        cases = [
            bare,
            Case("validate", [PLANCTL, "validate"], folder=home),
            Case("due --format json", [PLANCTL, *DUE, "--format", "json"], folder=home),
        ]
        measured = in_turn(cases, runs if count < 100_000 else max(1, runs // 3))
        unit = measured[bare.name].seconds
        for case in cases[1:]:
            seconds, megabytes = measured[case.name]
            growth = _growth(before.get(case.name), count, seconds)
            before[case.name] = count, seconds
            figures = f"{seconds:.2f} | {seconds / unit:.0f} | {count / seconds:,.0f} | {megabytes:.0f} | {growth}"
            print(f"| {count:,} | `planctl {case.name}` | {figures} |", flush=True)
    print()


TWO_LOADS = """
import gc, sys
gc.disable()
from planctl import loader, sources
for folder in sys.argv[1:]:
    loader.load(sources.read(path) for path in sources.find_paths([folder]))
"""


def differences(runs: int, count: int, folder: Path) -> None:
    """Measure `diff` against loading both of its sides, with one plan in a hundred changed and with all of them."""
    print("| tasks | changed | two loads, s | `planctl diff`, s | ratio | budget |\n|--:|---|--:|--:|--:|--:|")
    home = folder / f"diff-{count}"
    generate(home, count)
    for name, pattern in (("one plan", "0001.yaml"), ("every plan", "0*.yaml")):
        shutil.rmtree(home / "earlier", ignore_errors=True)
        shutil.copytree(home / "plans", home / "earlier")
        for path in (home / "earlier").rglob(pattern):
            path.write_text(path.read_text().replace("due: 2022-12-31", "due: 2022-06-30"))
        sides = ["earlier", "plans"]
        cases = [Case("loads", [PYTHON, "-c", TWO_LOADS, *sides], folder=home), Case("diff", [PLANCTL, "diff", *sides], folder=home)]
        loads, diff = in_turn(cases, runs).values()
        ratio = diff.seconds / loads.seconds
        print(f"| {count:,} | {name} | {loads.seconds:.2f} | {diff.seconds:.2f} | {ratio:.2f} | 1.5 |", flush=True)
    print()


def _growth(before: tuple[int, float] | None, count: int, seconds: float) -> str:
    """Give the exponent of growth: 1.0 is linear."""
    if before is None:
        return "–"
    from math import log  # noqa: PLC0415 - one use

    return f"{log(seconds / before[1]) / log(count / before[0]):.2f}"


def against_peers(runs: int, folder: Path) -> None:
    """Measure peers on the same number of items, where they are installed."""
    print("| items | peer | planctl | peer's time | planctl / peer |\n|--:|---|---|--:|--:|")
    for count in (500, 10_000):
        home = folder / f"peers-{count}"
        generate(home, count)
        ours = {
            "validate": Case("validate", [PLANCTL, "validate"], folder=home),
            "due": Case("due", [PLANCTL, *DUE, "--format", "json"], folder=home),
        }
        for peer in peers.PEERS:
            program = shutil.which(peer.program) or shutil.which(peer.program, path=str(Path(PYTHON).parent))
            if not program:
                print(f"| {count:,} | {peer.name} | – | not installed ({peer.install}) | – |")
                continue
            place = peer.prepare(home / peer.program, count)
            theirs = Case(peer.name, [program, *peer.arguments(place)], folder=place)
            measured = in_turn([ours[peer.question], theirs], max(1, runs // 2))
            ratio = measured[peer.question].seconds / measured[peer.name].seconds
            print(f"| {count:,} | {peer.name} | `{peer.question}` | {measured[peer.name].seconds:.2f} s | {ratio:.2f} |", flush=True)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=11)
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    # Bytecode is written once, as any installation does; a first run would otherwise measure the compiler.
    subprocess.run([PYTHON, "-m", "compileall", "-q", str(ROOT / "src")], check=True)
    print(f"{os.cpu_count()} processors, Python {sys.version.split()[0]}, medians of {options.runs} runs in turn\n")
    starts(options.runs)
    with tempfile.TemporaryDirectory() as name:
        sizes(max(1, options.runs // 3), SIZES[:2] if options.quick else SIZES, Path(name))
        differences(max(1, options.runs // 3), 10_000, Path(name))
        if not options.quick:
            against_peers(max(2, options.runs // 3), Path(name))
    print(f"\npeak of all children: {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
