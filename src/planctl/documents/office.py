"""LibreOffice, where it is installed: .doc, .wps, .rtf and .odt become .docx, and .xls and .et become .xlsx."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import IO

from planctl.errors import NoOfficeError, OfficeFailedError

SECONDS = 120
PROGRAMS = ("soffice", "libreoffice")
LONGEST_REASON = 200


def convert(name: str, data: bytes, kind: str, target: str) -> bytes:
    """Convert a document into .docx or .xlsx; `kind` is its format as its content tells it.

    Raises:
        NoOfficeError: LibreOffice is not installed.
        OfficeFailedError: it could not, or took too long.
    """
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        raise NoOfficeError(path=name, format=f".{kind}")
    with tempfile.TemporaryDirectory(prefix="planctl-") as folder:
        source = Path(folder, f"document.{kind}")
        source.write_bytes(data)
        reason = _run(program, source, target)
        made = source.with_suffix(f".{target}")
        if not made.exists():
            raise OfficeFailedError(path=name, reason=reason[:LONGEST_REASON])
        return made.read_bytes()


def _run(program: str, source: Path, target: str) -> str:
    """Run it with a profile of its own, without macros; and end all that it has started when time is up."""
    folder = source.parent
    profile = folder / "profile"
    command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nolockcheck", "--convert-to", target]
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(  # noqa: S603 - a list, no shell; the file has a name of ours
            [*command, "--outdir", str(folder), str(source)],
            stdout=output,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            env={**os.environ, "HOME": str(folder), "LC_ALL": "C.UTF-8"},
            start_new_session=True,
        )
        try:
            process.wait(SECONDS)
        except subprocess.TimeoutExpired:
            _end(process)
            return f"{SECONDS} s"
        return _said(output) or f"exit {process.returncode}"


def _end(process: subprocess.Popen[bytes]) -> None:
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()


def _said(output: IO[bytes]) -> str:
    output.seek(0)
    return " ".join(output.read(4096).decode(errors="replace").split())
