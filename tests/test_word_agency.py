"""Agencies' own .docx templates: what is filled, what is refused, and where an error is said to be."""

from __future__ import annotations

import hashlib
import io
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from conftest import run
from planctl.errors import TemplateFailedError
from planctl.word.agency import fill, lint
from planctl.word.errors import ActiveTemplateError, DocumentTemplateFailedError, ExternalTemplateError, NotDocxTemplateError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from docx.document import Document

docx = pytest.importorskip("docx")
pytest.importorskip("docxtpl")

NAME = "套红.docx"
ATTACK = "{{ ''.__class__.__mro__ }}"
FACTS: dict[str, Any] = {
    "report": {"title": "进展<草案>&“说明”", "day_text": "2026年9月30日"},
    "tasks": [
        {"id": "1.1", "title": "甲 | <w:p> & {{ 7*7 }}", "lead": ["县司法局", "县财政局"], "note": None},
        {"id": "1.2", "title": "乙\n第二行", "lead": [], "note": ""},
    ],
    "empty": [],
}
FOOTNOTES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:footnotes '
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:footnote w:id="1"><w:p><w:r><w:t>{}</w:t></w:r></w:p>'
    "</w:footnote></w:footnotes>"
)
FOOTNOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
RELATION = '<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}" TargetMode="External"/>'
SETTINGS_RELATIONS = (
    f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f"{RELATION.format('attachedTemplate', 'file:///C:/Normal.dotm')}</Relationships>"
)


def saved(document: Document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def made(*paragraphs: str) -> bytes:
    """Make a template of some paragraphs."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    return saved(document)


def table(*rows: tuple[str, ...]) -> bytes:
    """Make a template of one table."""
    document = docx.Document()
    grid = document.add_table(len(rows), len(rows[0]))
    for row, texts in zip(grid.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    return saved(document)


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def changed(data: bytes, changes: Mapping[str, Callable[[str], str]]) -> bytes:
    """Write parts of a document anew; a part that is not there yet is given as an empty text."""
    old = parts(data)
    old |= {name: change(old.get(name, b"").decode()).encode() for name, change in changes.items()}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in old.items():
            file.writestr(name, content)
    return stream.getvalue()


def with_part(data: bytes, name: str, kind: str, text: str) -> bytes:
    """Add a part, and say of what type it is."""
    entry = f'<Override PartName="/{name}" ContentType="{kind}"/></Types>'
    return changed(data, {name: lambda _: text, "[Content_Types].xml": lambda types: types.replace("</Types>", entry)})


def opened(data: bytes) -> Document:
    document: Document = docx.Document(io.BytesIO(data))
    return document


def texts(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in opened(data).paragraphs]


def cells(data: bytes) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for grid in opened(data).tables for row in grid.rows]


# Filled


def test_text_is_filled_and_nothing_in_it_is_taken_for_xml_or_for_a_tag() -> None:
    assert texts(fill(made("{{ report.title }}", "{{ tasks[0].title }}", "至{{ report.day_text }}止"), NAME, FACTS)) == [
        "进展<草案>&“说明”",
        "甲 | <w:p> & {{ 7*7 }}",
        "至2026年9月30日止",
    ]


def test_a_tag_that_word_has_cut_into_runs_is_filled() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph()
    for piece in ("{", "{ report", ".day", "_text }", "}"):
        paragraph.add_run(piece).bold = piece.startswith("{")
    assert texts(fill(saved(document), NAME, FACTS)) == ["2026年9月30日"]


def test_a_row_is_repeated_for_each_task() -> None:
    template = table(
        ("编号", "任务", "牵头"),
        ("{%tr for task in tasks %}", "", ""),
        ("{{ task.id }}", "{{ task.title }}", "{{ task.lead }}{{ task.note }}"),
        ("{%tr endfor %}", "", ""),
    )
    assert cells(fill(template, NAME, FACTS)) == [
        ["编号", "任务", "牵头"],
        ["1.1", "甲 | <w:p> & {{ 7*7 }}", "县司法局、县财政局"],
        ["1.2", "乙\n第二行", ""],
    ]


def test_a_table_that_is_left_without_rows_goes_and_a_cell_keeps_a_paragraph() -> None:
    rows = (("{%tr for task in empty %}",), ("{{ task.id }}",), ("{%tr endfor %}",))
    assert opened(fill(table(*rows), NAME, FACTS)).tables == []
    document = docx.Document()
    cell = document.add_table(1, 1).rows[0].cells[0]
    for text in ("{%p if empty %}", "甲", "{%p endif %}"):
        cell.add_paragraph(text)
    cell._tc.remove(cell.paragraphs[0]._p)  # noqa: SLF001 - python-docx has no other way
    assert cells(fill(saved(document), NAME, FACTS)) == [[""]]


def test_a_list_is_written_with_one_item_a_line() -> None:
    assert texts(fill(made("{{ tasks[0].lead | lines }}"), NAME, FACTS)) == ["县司法局\n县财政局"]


def test_headers_footers_notes_and_properties_are_filled() -> None:
    document = docx.Document()
    section = document.sections[0]
    section.header.paragraphs[0].text = "{{ report.title }}"
    section.footer.paragraphs[0].text = "{{ report.day_text }}"
    document.core_properties.title = "{{ report.title }}"
    document.core_properties.keywords = "{{ tasks[0].lead }}"
    template = with_part(saved(document), "word/footnotes.xml", FOOTNOTES_TYPE, FOOTNOTES.format("{{ tasks[0].title }}"))
    filled = fill(template, NAME, FACTS)
    found = opened(filled)
    section, properties = found.sections[0], found.core_properties
    assert (section.header.paragraphs[0].text, section.footer.paragraphs[0].text) == ("进展<草案>&“说明”", "2026年9月30日")
    assert (properties.title, properties.keywords) == ("进展<草案>&“说明”", "县司法局、县财政局")
    assert "甲 | &lt;w:p&gt; &amp; {{ 7*7 }}" in parts(filled)["word/footnotes.xml"].decode()


def test_a_value_in_a_footnote_is_never_a_template_however_many_sections_there_are() -> None:
    document = docx.Document()
    document.add_section()
    template = with_part(saved(document), "word/footnotes.xml", FOOTNOTES_TYPE, FOOTNOTES.format("{{ tasks[0].title }}"))
    assert "{{ 7*7 }}" in parts(fill(template, NAME, FACTS))["word/footnotes.xml"].decode()


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x0b", "\x0c", "\x1b", "\ufffe", "\u202e"])
@pytest.mark.parametrize("tag", ["{{ x }}", "{{ x | e }}", "{{ x.upper() }}"])
def test_control_characters_of_a_value_are_left_out(character: str, tag: str) -> None:
    assert texts(fill(made(tag), NAME, {"x": f"A{character}B"})) == ["AB"]


def test_the_same_facts_give_the_same_bytes_whatever_the_zip_of_the_template_says() -> None:
    template = made("{{ report.title }}")
    again = zipped(*reversed(parts(template).items()))
    first, second = (hashlib.sha256(fill(each, NAME, FACTS)).hexdigest() for each in (template, again))
    assert template != again
    assert first == second


def test_what_has_no_tags_stays_as_it_is() -> None:
    template = parts(made("{{ report.title }}"))
    filled = parts(fill(made("{{ report.title }}"), NAME, FACTS))
    assert {name for name in filled if filled[name] != template[name]} == {"word/document.xml"}


# Refused


def attack_in(place: str) -> bytes:
    document = docx.Document()
    if place == "body":
        document.add_paragraph(ATTACK)
    elif place == "cell":
        document.add_table(1, 1).rows[0].cells[0].text = ATTACK
    elif place == "header":
        document.sections[0].header.paragraphs[0].text = ATTACK
    elif place == "footer":
        document.sections[0].footer.paragraphs[0].text = ATTACK
    elif place == "footnote":
        return with_part(saved(document), "word/footnotes.xml", FOOTNOTES_TYPE, FOOTNOTES.format(ATTACK))
    else:
        setattr(document.core_properties, place, ATTACK)
    return saved(document)


PLACES = ("body", "cell", "header", "footer", "footnote", "title", "author", "keywords", "category", "last_modified_by")


@pytest.mark.parametrize("place", PLACES)
def test_a_way_out_of_the_sandbox_is_refused_wherever_it_stands(place: str) -> None:
    with pytest.raises(DocumentTemplateFailedError) as caught:
        fill(attack_in(place), NAME, FACTS)
    assert (caught.value.args_of_message["template"], caught.value.args_of_message["near"]) == (NAME, ATTACK)


@pytest.mark.parametrize(
    "tag",
    [
        "{{ cycler }}",
        "{{ lipsum() }}",
        "{{ report.__init__ }}",
        "{{ report.clear() }}",
        "{{ 9**9 }}",
        "{{ 'x' * 1000000000 }}",
        "{{ 'x' | center(1000000000) }}",
        "{{ 'x'.ljust(1000000000) }}",
        "{{ '%1000000000d' % 1 }}",
        "{{ '{:1000000000}'.format(1) }}",
        "{{ range(1000000000) | list }}",
        "{% include 'x' %}",
        "{% import 'x' as y %}",
        "{{ report.title | safe }}",
        "{% autoescape false %}{{ report.title }}{% endautoescape %}",
        "{{ report.nothing }}",
        "{{ nothing }}",
        "{{ 1 / 0 }}",
        "{% for %}",
        "{{ report.title | nothing }}",
        "{{ report",
        "{% if tasks %}",
    ],
)
def test_what_templates_cannot_do_is_refused_with_the_text_where_it_stands(tag: str) -> None:
    with pytest.raises(DocumentTemplateFailedError) as caught:
        fill(made("第一段", tag), NAME, FACTS)
    assert caught.value.args_of_message["near"] == tag[:40]


def test_a_pair_of_tags_that_cuts_through_paragraphs_loses_no_text() -> None:
    document = docx.Document()
    document.add_paragraph("{% if tasks %}甲")
    document.add_table(1, 1).rows[0].cells[0].text = "乙{% endif %}"
    with pytest.raises(DocumentTemplateFailedError) as caught:
        fill(saved(document), NAME, FACTS | {"tasks": []})
    assert caught.value.args_of_message["reason"] == "template.crossing"


def linked(kind: str, target: str) -> bytes:
    return changed(
        made("x"),
        {"word/_rels/document.xml.rels": lambda text: text.replace("</Rel", RELATION.format(kind, target) + "</Rel", 1)},
    )


def field(*pieces: str) -> bytes:
    runs = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    begin = '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    return changed(made("x"), {"word/document.xml": lambda text: text.replace("<w:p>", f"{begin}{runs}</w:p><w:p>", 1)})


@pytest.mark.parametrize(
    ("template", "target"),
    [
        (linked("image", "http://example.org/x.png"), "http://example.org/x.png"),
        (linked("hyperlink", "mailto:a@example.org"), "mailto:a@example.org"),
        (changed(made("x"), {"word/_rels/settings.xml.rels": lambda _: SETTINGS_RELATIONS}), "file:///C:/Normal.dotm"),
        (field('DDEAUTO c:\\x "y"'), 'DDEAUTO c:\\x "y"'),
        (field(" INCLUDE", "PICTURE http://example.org/x.png"), " INCLUDEPICTURE http://example.org/x.png"),
        (field("{{ attack }}"), "DDEAUTO x"),
    ],
)
def test_links_to_the_outside_are_refused_and_named(template: bytes, target: str) -> None:
    with pytest.raises(ExternalTemplateError) as caught:
        fill(template, NAME, {"attack": "DDEAUTO x"})
    assert caught.value.args_of_message == {"template": NAME, "target": target}


def test_the_fields_of_every_document_are_no_links() -> None:
    assert texts(fill(field(" PAGE "), NAME, FACTS)) == ["", "x"]


@pytest.mark.parametrize(
    "template",
    [
        with_part(made("x"), "word/vbaProject.bin", "application/vnd.ms-office.vbaProject", "x"),
        with_part(made("x"), "word/activeX/activeX1.xml", "application/vnd.ms-office.activeX+xml", "<x/>"),
        changed(
            made("x"),
            {
                "[Content_Types].xml": lambda text: text.replace(
                    "vnd.openxmlformats-officedocument.wordprocessingml.document.main", "vnd.ms-word.document.macroEnabled.main"
                )
            },
        ),
    ],
)
def test_macros_and_controls_are_refused(template: bytes) -> None:
    with pytest.raises(ActiveTemplateError):
        fill(template, NAME, FACTS)


def zipped(*files: tuple[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in files:
            file.writestr(name, content)
    return stream.getvalue()


def doctype(text: str) -> str:
    return text.replace("<w:document", '<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document', 1)


@pytest.mark.parametrize(
    "template",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", id="doc"),
        pytest.param(made("x")[:-100], id="cut"),
        pytest.param(zipped(("a.txt", b"x")), id="another zip"),
        pytest.param(changed(made("x"), {"word/document.xml": lambda text: text[:-9]}), id="broken XML"),
        pytest.param(changed(made("x"), {"word/document.xml": doctype}), id="document type"),
        pytest.param(zipped(*parts(made("x")).items(), *((f"word/{n}.bin", bytes(8 << 20)) for n in range(9))), id="bomb"),
        pytest.param(zipped(*parts(made("x")).items(), ("word/x.xml", b" " * (9 << 20))), id="bomb of XML"),
        pytest.param(zipped(*parts(made("x")).items(), *((f"word/{n}", b"") for n in range(2001))), id="many parts"),
        pytest.param(zipped(*parts(made("x")).items(), ("WORD/document.xml", b"<x/>")), id="the same part twice"),
    ],
)
def test_what_is_no_sound_document_is_refused(template: bytes) -> None:
    with pytest.raises(NotDocxTemplateError) as caught:
        fill(template, NAME, FACTS)
    assert caught.value.args_of_message == {"template": NAME}


# Checked


def test_curly_quotes_in_tags_are_told_and_those_elsewhere_are_not() -> None:
    template = made("“说明”{% if report.title == '“十四五”' %}x{% endif %}", "{{ tasks | map(attribute=‘id’) | join('、') }}")
    assert lint(template, NAME, FACTS) == ("{% if report.title == '“十四五”' %}", "{{ tasks | map(attribute=‘id’) | join('、') }}")
    assert lint(made("“{{ report.title }}”"), NAME, FACTS) == ()


def test_an_unknown_field_is_found_even_where_these_facts_do_not_come() -> None:
    template = made("{% if empty %}", "{{ taks }}", "{% endif %}")
    with pytest.raises(TemplateFailedError) as caught:
        lint(template, NAME, FACTS)
    assert caught.value.args_of_message == {"template": NAME, "near": "{{ taks }}", "reason": "'taks' is undefined"}


# The commands

PLAN = """planctl: 1
id: shili
title: 示例方案
document: {issued: 2024-01-01}
tasks:
  - {id: "1", title: 任务<一>, lead: [县司法局], deadlines: [{id: d, due: 2024-12-31}]}
"""


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "shili.yaml").write_text(PLAN, encoding="utf-8")
    (tmp_path / "templates").mkdir()
    return tmp_path


def test_a_report_is_written_through_the_document_of_the_repository(repository: Path) -> None:
    (repository / "templates" / "季度进展.docx").write_bytes(made("本县格式：{{ tasks[0].title }}"))
    (repository / "templates" / "~$季度进展.docx").write_bytes(b"")
    done = run("report", "季度进展", "--period", "2024Q4", "--format", "docx", cwd=repository)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "已写入 季度进展-2024-Q4.docx\n")
    assert texts((repository / "季度进展-2024-Q4.docx").read_bytes()) == ["本县格式：任务<一>"]


def test_other_formats_stay_with_the_text_template(repository: Path) -> None:
    (repository / "templates" / "季度进展.docx").write_bytes(b"")
    assert run("report", "季度进展", "--period", "2024Q4", cwd=repository).returncode == 0


def test_a_report_that_is_only_a_document_is_listed(repository: Path) -> None:
    (repository / "templates" / "本县通报.docx").write_bytes(made("x"))
    assert ["本县通报", "本库自有的模板"] in [line.split() for line in run("report", "--list", cwd=repository).stdout.splitlines()]
    assert run("report", "本县通报", "--format", "docx", "--output", "x.docx", cwd=repository).returncode == 0


def test_a_faulty_document_ends_a_report(repository: Path) -> None:
    (repository / "templates" / "季度进展.docx").write_bytes(made("第一段", "截至{{ report.dya }}"))
    done = run("report", "季度进展", "--format", "docx", "--output", "x.docx", cwd=repository)
    assert (done.returncode, (repository / "x.docx").exists()) == (2, False)
    assert done.stderr == (
        "模板 季度进展.docx 在“{{ report.dya }}”一处有误：'dict object' has no attribute 'dya'。\n"
        "用 planctl report 报告名 --data json 查看模板可用的字段。\n"
    )


def test_lint_checks_documents_too(repository: Path) -> None:
    templates = repository / "templates"
    (templates / "甲.docx").write_bytes(made("{{ report.name + “x” }}"))
    (templates / "乙.docx").write_bytes(made("{{ nothing }}"))
    (templates / "丙.docx").write_bytes(linked("hyperlink", "http://example.org/"))
    (templates / "丁.docx").write_bytes(b"")
    (templates / "催办通知.docx").write_bytes(made("{{ notice.count }}"))
    done = run("template", "lint", "甲", "乙", "丙", "丁", "催办通知", cwd=repository)
    assert (done.returncode, done.stderr) == (1, "6 个模板，3 个有误。\n")
    assert [line for line in done.stdout.splitlines() if line.startswith("模板")] == [
        "模板 甲.docx 的标签里有弯引号，会当作直引号：{{ report.name + “x” }}",
        "模板 乙.docx 在“{{ nothing }}”一处有误：'nothing' is undefined。",
        "模板 丙.docx 链接到文件之外（http://example.org/），不用。",
        "模板 丁.docx 不是完好的 .docx 文件，或者它大得不合常理。",
    ]
