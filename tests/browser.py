"""A browser for the tests: Chromium without a window, if there is one."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from typing import TYPE_CHECKING, NamedTuple

import pytest

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--enable-logging=stderr",
)
CONSOLE = re.compile(r":CONSOLE[:(].*")
SECONDS = 60


class Visit(NamedTuple):
    """What became of a page: its elements after its script has run, and what was written to the console."""

    dom: str
    console: list[str]


def chromium() -> str:
    """Find Chromium, or skip the test."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.skip("no Chromium: apt-get install chromium")
    return found


def visit(page: Path, fragment: str = "", *flags: str) -> Visit:
    """Open a file and give its elements."""
    done = _run(page, fragment, "--dump-dom", *flags)
    return Visit(done.stdout, CONSOLE.findall(done.stderr))


def print_pdf(page: Path, pdf: Path) -> bytes:
    """Print a file on paper."""
    _run(page, "", "--no-pdf-header-footer", f"--print-to-pdf={pdf}")
    return pdf.read_bytes()


def _run(page: Path, fragment: str, *flags: str) -> subprocess.CompletedProcess[str]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [chromium(), *FLAGS, f"--user-data-dir={profile}", *flags, page.as_uri() + fragment]
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=SECONDS)
