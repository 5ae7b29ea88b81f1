"""One document in many prints: what is in it stays the same, or a doubt says why not."""

from __future__ import annotations

import io
import os
import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docx
import pytest

from extraction_gold import NAMES, draft_of, task_facts, text_of
from office import to_pdf
from planctl.documents.normalising import normalise
from planctl.documents.reading import read_bytes
from planctl.extraction import extract_reading

if TYPE_CHECKING:
    from collections.abc import Callable

    from planctl.extraction import Draft

CORPUS = Path(os.environ.get("PLANCTL_CORPUS") or Path(__file__).resolve().parents[2] / "shared" / "corpus")
DOCUMENTS = sorted(CORPUS.glob("*.txt"))
WIDE = {code: 0xFEE0 + code for code in range(0x21, 0x7F) if chr(code) not in "\"'<>-"}
NARROW = {0xFEE0 + code: code for code in range(0x21, 0x7F)}
PUNCTUATION = str.maketrans("，；：（）", ",;:()")


def facts(draft: Draft, *, titles: bool = True) -> list[dict[str, Any]]:
    """Say what is in a draft, without regard to width, blanks and the style of numbers."""
    said = [task_facts(task) for task in draft.tasks]
    return [{key: folded(value) for key, value in task.items() if titles or key != "title"} for task in said]


def folded(value: Any) -> Any:
    if isinstance(value, list):
        return [folded(one) for one in value]
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", value)) if isinstance(value, str) else value


def spaced(text: str) -> str:
    """Put a blank between all characters of Han."""
    return re.sub(r"(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])", " ", text)


def wide(text: str) -> str:
    return "\n".join(line if "\t" in line else line.translate(WIDE) for line in text.split("\n"))


SAME: dict[str, Callable[[str], str]] = {
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "blank lines": lambda text: text.replace("\n", "\n\n"),
    "indents": lambda text: re.sub(r"(?m)^(?=[^\t\n]+$)", "\u3000\u3000", text),
    "spaces": spaced,
    "full width": wide,
    "half width": lambda text: text.translate(NARROW),
    "half-width punctuation": lambda text: text.translate(PUNCTUATION),
    "1. as 1、": lambda text: re.sub(r"(?<![0-9])([0-9]{1,2})\. ?(?=[\u4e00-\u9fff])", r"\1、", text),
    "1、 as 1.": lambda text: re.sub(r"(?m)^([0-9]{1,2})、", r"\1.", text),
    "（一） as (一)": lambda text: re.sub(r"（([一二三四五六七八九十]{1,3})）", r"(\1)", text),
    "一、 as 一.": lambda text: re.sub(r"(?m)^([一二三四五六七八九十]{1,3})、", r"\1．", text),
    "square brackets": lambda text: re.sub(r"（((?:牵头|责任|配合)[^（）\n]*(?:（[^（）\n]*）[^（）\n]*)*)）(?=$|\n)", r"［\1］", text),
}


@pytest.mark.parametrize("variant", SAME)
@pytest.mark.parametrize("name", NAMES)
def test_another_print_says_the_same(name: str, variant: str) -> None:
    text = text_of(name)
    assert facts(draft_of(SAME[variant](text))) == facts(draft_of(text))


@pytest.mark.parametrize("variant", SAME)
@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem[:20])
def test_another_print_of_a_real_document_says_the_same(path: Path, variant: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert facts(draft_of(SAME[variant](text))) == facts(draft_of(text))


def word_file(text: str) -> bytes:
    """Write a text as a Word file, with its lines of cells as a table."""
    file = io.BytesIO()
    word = docx.Document()
    for line in text.splitlines():
        cells = line.split("\t")
        if len(cells) > 1 and (not word.tables or word.tables[-1].columns.__len__() != len(cells)):
            word.add_table(0, len(cells)).style = "Table Grid"
        if len(cells) > 1:
            for place, said in zip(word.tables[-1].add_row().cells, cells, strict=True):  # type: ignore[no-untyped-call]
                place.text = said
        elif word.tables and line.strip():
            row = word.tables[-1].add_row().cells  # type: ignore[no-untyped-call]
            row[0].merge(row[-1]).text = line
        else:
            word.add_paragraph(line)
    word.save(file)
    return file.getvalue()


@pytest.mark.parametrize("name", NAMES)
def test_a_document_as_a_word_file_says_the_same(name: str) -> None:
    draft = extract_reading(normalise(read_bytes(f"{name}.docx", word_file(text_of(name)))))
    assert facts(draft) == facts(draft_of(text_of(name)))


@pytest.mark.parametrize("name", NAMES)
def test_a_document_as_a_pdf_says_the_same(name: str, tmp_path: Path) -> None:
    text = re.sub(r"(?m)^(?=[^\t\n]+$)", "\u3000\u3000", text_of(name))
    path = to_pdf(word_file(text), tmp_path / "pdf")
    draft = extract_reading(normalise(read_bytes(f"{name}.pdf", path.read_bytes())))
    assert facts(draft) == facts(draft_of(text_of(name)))


def broken(text: str, width: int, indent: str) -> str:
    """Break the lines of a text at a width, as terminals, mailers and old web pages do."""
    return "\n".join(line if "\t" in line else _broken_line(indent + line.strip(), width) for line in text.split("\n"))


def _broken_line(line: str, width: int) -> str:
    pieces, used = [""], 0
    for word in re.findall(r"[0-9A-Za-z.%]+|\s+|.", line):
        length = sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in word)
        if used + length > width and word not in "，。、；：）”》！？〕】":
            pieces, used = [*pieces, ""], 0
        pieces[-1], used = pieces[-1] + word, used + length
    return "\n".join(pieces)


@pytest.mark.parametrize("indent", ["", "\u3000\u3000", "    "], ids=["none", "wide", "narrow"])
@pytest.mark.parametrize("width", [56, 60, 64, 72, 80])
@pytest.mark.parametrize("name", ["brackets", "measures", "sentences"])
def test_lines_that_were_broken_at_a_width_say_the_same(name: str, width: int, indent: str) -> None:
    draft = extract_reading(normalise(read_bytes(f"{name}.txt", broken(text_of(name), width, indent).encode())))
    assert facts(draft) == facts(draft_of(text_of(name)))


@pytest.mark.parametrize("width", [56, 64, 80])
@pytest.mark.parametrize("name", ["brackets", "measures", "sentences"])
def test_broken_lines_that_lost_their_indents_say_the_same(name: str, width: int) -> None:
    text = broken(text_of(name), width, "\u3000\u3000").replace("\u3000", "")
    draft = extract_reading(normalise(read_bytes(f"{name}.txt", text.encode())))
    assert facts(draft) == facts(draft_of(text_of(name)))


@pytest.mark.parametrize("name", NAMES)
def test_a_document_as_a_page_of_the_web_says_the_same(name: str) -> None:
    draft = extract_reading(normalise(read_bytes(f"{name}.html", page(text_of(name)).encode())))
    assert facts(draft) == facts(draft_of(text_of(name)))


def page(text: str) -> str:
    """Print a text as a page, with its lines of cells as a table."""
    before, tab, _ = text.partition("\t")
    start = before.rfind("\n") + 1 if tab else len(text)
    rows = [line.split("\t") for line in text[start:].splitlines()]
    width = max(map(len, rows), default=1)
    cells = ("".join(f"<td>{cell}</td>" for cell in row) if len(row) > 1 else f'<td colspan="{width}">{row[0]}</td>' for row in rows)
    table = "".join(f"<tr>{row}</tr>" for row in cells)
    body = "".join(f"<p>{line}</p>" for line in text[:start].splitlines()) + (f"<table>{table}</table>" if table else "")
    return f"<html><head><meta charset='utf-8'><title>示例</title></head><body><div id='nav'><a href='/'>首页</a></div>{body}</body></html>"


@pytest.mark.parametrize("name", ["brackets", "measures", "oneline", "sentences"])
def test_a_document_on_one_line_says_the_same(name: str) -> None:
    text = text_of(name)
    assert facts(draft_of(text.replace("\n", ""))) == facts(draft_of(text))


@pytest.mark.parametrize("path", [path for path in DOCUMENTS if "126" not in path.name], ids=lambda path: path.stem[:20])
def test_a_real_document_on_one_line_says_the_same(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert facts(draft_of(text.replace("\n", ""))) == facts(draft_of(text))


def test_headings_without_a_stop_lose_only_their_titles_on_one_line() -> None:
    text = text_of("lines")
    assert facts(draft_of(text.replace("\n", "")), titles=False) == facts(draft_of(text), titles=False)


@pytest.mark.parametrize("lost", ["（(?=牵头单位|责任单位)", "(?<=[局部门室会])）(?=\n)"], ids=["opening", "closing"])
def test_a_lost_bracket_is_doubted_and_loses_nothing(lost: str) -> None:
    text = text_of("brackets")
    damaged = draft_of(re.sub(lost, "", text))
    assert facts(damaged) == facts(draft_of(text))
    assert {doubt.key for task in damaged.tasks for doubt in task.doubts} >= {"duty.damaged"}


def test_numbers_that_lost_their_brackets_are_counted_and_doubted() -> None:
    text = (
        "一、健全体系\n（一）建立学习制度。各单位要把学习列入年度安排，采取多种形式组织学习，学习情况纳入考核，每季度学习不少于1次，并将学习情况按要求上报。\n"
        "）完善决策机制。严格执行决策程序，对重大事项进行合法性审查，未经审查或者经审查不合法的一律不得提交讨论，切实提高决策的质量和水平。\n"
        "三）规范文件管理。实行统一登记、统一编号、统一公布，建立动态清理机制，及时清理不适应发展需要的文件，确保文件的合法有效，清理结果向社会公开。\n"
        "二、强化保障\n加强组织领导。各单位主要负责人要切实履行第一责任人职责，定期研究解决工作中的困难问题，把各项任务落到实处，形成齐抓共管的良好局面，确保取得实效。\n"
        "（五加强队伍建设。配齐配强工作人员，加大培训力度，提高人员素质，打造一支政治坚定、作风优良、业务精通、纪律严明的工作队伍，为工作提供保障。\n"
        "（六）加强督促检查。建立督查机制，定期通报情况，对工作不力的严肃问责。\n"
    )
    draft = draft_of(text)
    numbers = ["(一)", "(二)", "(三)", "(四)", "(五)", "(六)"]
    assert [(folded(task.number), any(doubt.key == "numbering.damaged" for doubt in task.doubts)) for task in draft.tasks] == [
        (number, number in {"(二)", "(三)", "(四)", "(五)"}) for number in numbers
    ]
