"""Old formats through LibreOffice; where it is not installed, a refusal that says what to do instead."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

import office
from hostile_papers import OLE
from papers import CELLS, PARAGRAPHS, as_docx, grid, paragraphs
from planctl.documents.normalising import normalise
from planctl.documents.reading import read_bytes
from planctl.documents.records import Note, NoteKind
from planctl.errors import NoOfficeError, OfficeFailedError

if TYPE_CHECKING:
    from pathlib import Path

needed = pytest.mark.skipif(office.SOFFICE is None, reason="LibreOffice is not installed")
BROKEN_DOC = OLE + "WordDocument".encode("utf-16-le")


@needed
@pytest.mark.parametrize("kind", ["doc", "rtf", "odt"])
def test_a_document_of_another_program_is_the_same(kind: str, tmp_path: Path) -> None:
    (tmp_path / "notice.docx").write_bytes(as_docx())
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [str(office.SOFFICE), profile, "--headless", "--convert-to", kind, "--outdir", str(tmp_path), str(tmp_path / "notice.docx")]
    subprocess.run(command, check=True, capture_output=True, timeout=office.SECONDS)
    reading = normalise(read_bytes("notice", (tmp_path / f"notice.{kind}").read_bytes()))
    assert (paragraphs(reading), grid(reading)) == (list(PARAGRAPHS), list(CELLS))
    assert reading.notes[0] == Note(NoteKind.CONVERTED, f".{kind}")


@needed
def test_what_libreoffice_cannot_open_is_refused() -> None:
    with pytest.raises(OfficeFailedError):
        read_bytes("notice.doc", BROKEN_DOC)


def test_without_libreoffice_the_refusal_names_the_format(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(NoOfficeError) as caught:
        read_bytes("notice.doc", BROKEN_DOC)
    assert caught.value.args_of_message == {"path": "notice.doc", "format": ".doc"}
