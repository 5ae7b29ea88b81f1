"""LibreOffice for tests: a .docx becomes a PDF, whose pages can be measured.

Documents name the fonts of an office's machines; free ones of the same widths stand in for them. `.ci/fonts` installs all that is needed;
where it is not, tests are skipped and say so.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest

STAND_INS = {
    "方正小标宋简体": "FandolSong-Bold",
    "仿宋": "FandolFang-Regular",
    "黑体": "FandolHei-Regular",
    "楷体": "FandolKai-Regular",
    "宋体": "FandolSong-Regular",
}
"""The files that answer to the names."""
SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
FONT_FOLDER = Path.home() / ".fonts"
SECONDS = 180


def missing() -> str | None:
    """Say what keeps documents from being converted here."""
    if not SOFFICE:
        return "LibreOffice is not installed (.ci/fonts installs it)"
    if not (FONT_FOLDER / "FandolFang-Regular.otf").exists():
        return "the Fandol fonts are not installed (.ci/fonts installs them)"
    return None


def to_pdf(data: bytes, folder: Path) -> Path:
    """Convert a document, with a profile of its own: two LibreOffices with one profile wait for each other."""
    reason = missing()
    if reason or not SOFFICE:
        pytest.skip(reason or "")
    folder.mkdir(parents=True, exist_ok=True)
    source = folder / "document.docx"
    source.write_bytes(data)
    config = folder / "fonts.conf"
    config.write_text(_font_config(folder), encoding="utf-8")
    done = subprocess.run(
        [
            SOFFICE,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            folder,
            source,
        ],
        env={**os.environ, "FONTCONFIG_FILE": str(config), "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
    )
    made = folder / "document.pdf"
    assert made.exists(), done.stdout + done.stderr
    return made


def pages(data: bytes, folder: Path) -> list[Any]:
    """Convert a document and give its pages, as pdfplumber sees them."""
    pdfplumber = pytest.importorskip("pdfplumber")
    with pdfplumber.open(to_pdf(data, folder)) as pdf:
        found = list(pdf.pages)
        for page in found:
            _ = page.chars, page.lines, page.rects  # read while the file is open
        return found


def _font_config(folder: Path) -> str:
    matches = "".join(_match(name, file) for name, file in STAND_INS.items())
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>/usr/share/fonts</dir><dir>{escape(str(FONT_FOLDER))}</dir><cachedir>{escape(str(folder / 'fontcache'))}</cachedir>{matches}"
        '<alias binding="same"><family>Times New Roman</family><prefer><family>Liberation Serif</family></prefer></alias></fontconfig>'
    )


def _match(name: str, file: str) -> str:
    """Give a file the name of the font that it stands in for, and let it pass for a regular one."""
    return (
        f'<match target="scan"><test name="file" compare="contains"><string>{file}</string></test>'
        f'<edit name="family" mode="assign"><string>{name}</string></edit><edit name="style" mode="assign"><string>Regular</string></edit>'
        f'<edit name="fullname" mode="assign"><string>{name}</string></edit><edit name="weight" mode="assign"><const>regular</const></edit></match>'
    )
