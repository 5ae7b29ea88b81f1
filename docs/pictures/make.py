"""The pictures of the README, made by `make pictures`: what planctl prints and writes of the invented county on a fixed day.

Needed are Chromium, LibreOffice and the fonts that `.ci/fonts` installs.
"""

from __future__ import annotations

import io
import os
import pty
import subprocess
import sys
import tempfile
from pathlib import Path

import pdfplumber
from PIL import Image, ImageChops
from rich.console import Console
from rich.terminal_theme import SVG_EXPORT_THEME
from rich.text import Text

FOLDER = Path(__file__).parent
ROOT = FOLDER.parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from browser import FLAGS, chromium  # noqa: E402 - the tests know where browsers and fonts are
from office import to_pdf  # noqa: E402

COUNTY = ["--plans", "plans/示例县"]
DAY = "2026-10-12"
COLUMNS = 120
LARGEST = 150_000
"""Bytes of a picture: they are in the repository for ever."""
# The Chinese font has quotation marks and lines two cells wide; a terminal has not.
TERMINAL = """<!doctype html><meta charset="utf-8"><style>
@font-face {{ font-family: narrow; src: local("Liberation Mono"); size-adjust: 83.3%; unicode-range: U+2018-201D, U+2500-257F }}
html {{ background: {background} }}
body {{ margin: 0 }}
pre {{ margin: 0; padding: 20px 24px; color: {foreground}; font: 16px/1.5 narrow, "Noto Sans Mono CJK SC", monospace }}
{stylesheet}</style><pre>{code}</pre>"""


def main() -> None:
    """Make all pictures anew."""
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder)
        save("due", terminal(["due", "--as-of", DAY], draft))
        report, order, page = draft / "report.docx", draft / "orders", draft / "page.html"
        planctl("report", "季度进展", "--period", "2026Q3", "--format", "docx", "--output", str(report))
        for number, image in enumerate(pages(report, draft / "report", 2), 1):
            save(f"report-{number}", image)
        planctl("notice", "--level", "督办", "--unit", "县政府", "--as-of", DAY, "--output", str(order))
        [notice] = order.glob("*.docx")
        [image] = pages(notice, draft / "notice", 1)
        save("notice", image)
        planctl("report", "季度进展", "--period", "2026Q3", "--as-of", DAY, "--format", "html", "--output", str(page))
        save("page", screenshot(page, (1280, 900)))
        save("page-narrow", screenshot(page, (360, 780), dark=True))


def planctl(*args: str) -> None:
    """Run planctl."""
    subprocess.run([sys.executable, "-m", "planctl", "--lang", "zh", *COUNTY, *args], cwd=ROOT, check=True)


def terminal(args: list[str], draft: Path) -> Image.Image:
    """Run planctl in a terminal, and draw what it wrote there."""
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), highlight=False, markup=False)
    console.print(Text(f"$ planctl {' '.join(args)}", "dim"))
    console.print(Text.from_ansi(_in_terminal(args)), overflow="ignore", no_wrap=True)
    page = draft / "terminal.html"
    page.write_text(console.export_html(theme=SVG_EXPORT_THEME, code_format=TERMINAL), encoding="utf-8")
    return trimmed(screenshot(page, (COLUMNS * 8 + 48, 900)))


def _in_terminal(args: list[str]) -> str:
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": str(COLUMNS), "LINES": "60"}
    command = [sys.executable, "-m", "planctl", "--lang", "zh", *COUNTY, *args]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdin=theirs, stdout=theirs, stderr=theirs):
        os.close(theirs)
        written = bytearray()
        try:
            while piece := os.read(ours, 4096):
                written += piece
        except OSError:  # Linux says so when the other end is closed
            pass
    os.close(ours)
    return written.decode().replace("\r\n", "\n").rstrip("\n")


def pages(document: Path, draft: Path, count: int) -> list[Image.Image]:
    """Draw the first pages of a document, with a line around each: paper is white, and so may be what is around it."""
    with pdfplumber.open(to_pdf(document.read_bytes(), draft)) as pdf:
        drawn = [page.to_image(resolution=90, antialias=True).original.convert("RGB") for page in pdf.pages[:count]]
    framed = []
    for image in drawn:
        frame = Image.new("RGB", (image.width + 2, image.height + 2), "#c8c8c8")
        frame.paste(image, (1, 1))
        framed.append(frame)
    return framed


def screenshot(page: Path, size: tuple[int, int], *, dark: bool = False) -> Image.Image:
    """Draw the top of a page in a browser."""
    drawn = page.with_suffix(".png")
    scheme = f"--blink-settings=preferredColorScheme={0 if dark else 1}"
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        flags = [*FLAGS, "--hide-scrollbars", scheme, f"--user-data-dir={profile}", f"--window-size={size[0]},{size[1]}"]
        subprocess.run([chromium(), *flags, f"--screenshot={drawn}", page.as_uri()], check=True, capture_output=True)
    with Image.open(drawn) as image:
        return image.convert("RGB")


def trimmed(image: Image.Image) -> Image.Image:
    """Cut off the empty rows below, but for a margin."""
    empty = Image.new("RGB", image.size, image.getpixel((image.width - 1, image.height - 1)))
    box = ImageChops.difference(image, empty).getbbox()
    return image.crop((0, 0, image.width, min(image.height, (box[3] if box else image.height) + 20)))


def save(name: str, image: Image.Image) -> None:
    """Write a picture with a palette: text and charts need no more colours."""
    path = FOLDER / f"{name}.png"
    image.quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)
    size = path.stat().st_size
    print(f"{path.relative_to(ROOT)}  {image.width}×{image.height}  {size // 1000} kB")
    if size > LARGEST:
        sys.exit(f"{path.name} is too large: {size} > {LARGEST}")


if __name__ == "__main__":
    main()
