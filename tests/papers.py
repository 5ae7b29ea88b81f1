"""An invented official document, in every format that is read: the same text made as .txt, .html, .docx, .xlsx and .csv."""

from __future__ import annotations

import csv
import io
from html import escape
from typing import TYPE_CHECKING, NamedTuple

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

    from planctl.documents.records import Reading

TITLE = ("示例县人民政府办公室关于印发", "示例县优化服务工作要点的通知")
HEAD = ("示政办发〔2023〕7号", "各乡镇人民政府、街道办事处，县政府各部门：")
BODY = (
    "《示例县优化服务工作要点》已经县政府同意，现印发给你们，请结合各自职责，认真组织实施，按时报送进展情况，遇到的问题及时向县政府办公室反映，由县政府办公室汇总研究后统一答复。",
    "一、完善窗口服务",
    "1.规范窗口设置。2023年6月底前，县政务服务中心完成综合窗口调整，进驻事项不少于300项，群众办事平均等候时间压缩到15分钟以内，并公布服务热线和投诉渠道。（牵头单位：县政务服务局；责任单位：县司法局、县财政局）",
    "2.推行预约办理。每年12月1日前公布下一年度预约办理事项清单，清单以外的事项不得要求预约，对老年人、残疾人等群体保留现场取号。（责任单位：县政务服务局）",
    "二、加强检查评估",
    "3.开展季度检查。每季度至少开展1次检查，检查结果在10个工作日内通报，问题单位自收到通报之日起30日内完成整改并书面报告，逾期未整改的由县政府督查室约谈主要负责人。",
    "4.组织年度评估。委托第三方开展满意度评估，满意度不低于95%。（县司法局牵头，县统计局配合）",
)
END = ("示例县人民政府办公室", "2023年3月1日")
CAPTION = "重点事项分工表"


class Cell(NamedTuple):
    """A cell of the table, and over how many rows and columns it goes."""

    row: int
    column: int
    text: str
    rows: int = 1
    columns: int = 1


CELLS = (
    *(Cell(1, column, text) for column, text in enumerate(("序号", "事项", "牵头单位", "完成时限"), 1)),
    Cell(2, 1, "一、窗口服务", columns=4),
    *(
        Cell(3, column, text)
        for column, text in enumerate(("1", "调整综合窗口，统一进驻事项的名称、编码和办理依据", "县政务服务局", "2023年6月底"), 1)
    ),
    *(Cell(4, 1, "2"), Cell(4, 2, "公布预约清单"), Cell(4, 3, "县政务服务局", rows=2), Cell(4, 4, "每年12月1日前")),
    *(Cell(5, 1, "3"), Cell(5, 2, "保留现场取号"), Cell(5, 4, "长期坚持")),
)
ROWS, COLUMNS = 5, 4
PARAGRAPHS = (*TITLE, *HEAD, *BODY, *END, CAPTION)


def texts(reading: Reading) -> list[str]:
    """Give the texts of the blocks."""
    return [block.text for block in reading.blocks]


def paragraphs(reading: Reading) -> list[str]:
    """Give the texts of the blocks that are in no table."""
    return [block.text for block in reading.blocks if not block.table]


def grid(reading: Reading) -> list[Cell]:
    """Give the cells of the first table."""
    places = ((block.table, block.text) for block in reading.blocks if block.table and block.table.table == 1)
    return [Cell(place.row, place.column, text, place.row_span, place.column_span) for place, text in places]


def flow() -> list[str]:
    """Give the document as it is read from a format without tables of its own: rows with tabs."""
    return [*PARAGRAPHS, *("\t".join(cells) for cells in _rows())]


def _rows() -> list[list[str]]:
    found = {(cell.row, cell.column): cell.text for cell in CELLS}
    return [[found.get((row, column), "") for column in range(1, COLUMNS + 1)] for row in range(1, ROWS + 1)]


def as_html() -> str:
    """Make a page of a site, with its menus."""
    centred = "".join(f'<p style="text-align: center"><b>{escape(line)}</b></p>' for line in TITLE)
    lines = "".join(f"<p>&nbsp;&nbsp;{escape(line)}</p>\n" for line in (*HEAD, *BODY, *END, CAPTION))
    rows = "".join(f"<tr>{''.join(_td(cell) for cell in CELLS if cell.row == row)}</tr>" for row in range(1, ROWS + 1))
    return (
        '<!DOCTYPE html><html><head><meta charset="utf-8"><title>示例县优化服务工作要点-示例县人民政府</title>'
        '<meta name="PubDate" content="2023-03-02 09:00"><script>var menu = "<p>首页</p>";</script></head><body>'
        '<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/a">政务公开</a></li><li><a href="/b">办事服务</a></li></ul></div>'
        "<div>您现在的位置：<a href='/'>首页</a> &gt; 文件</div><table><tr><td>索 引 号：</td><td>EX-2023-7</td></tr></table>"
        f'<div id="zoom">{centred}{lines}<table>{rows}</table><p style="display:none">隐藏的文字。</p></div>'
        "<div class='footer'>版权所有：示例县人民政府办公室，未经许可不得转载。联系我们，网站地图。</div></body></html>"
    )


def _td(cell: Cell) -> str:
    return f'<td rowspan="{cell.rows}" colspan="{cell.columns}"><p>{escape(cell.text)}</p></td>'


def as_docx(size: int = 16) -> bytes:
    """Make a .docx as an office would: A4, indented paragraphs, numbers of pages."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(27)
    section.footer.paragraphs[0].text = "— 1 —"
    for line in TITLE:
        _add(document, line, size + 6, indent=0).alignment = WD_ALIGN_PARAGRAPH.CENTER
    _add(document, HEAD[0], size, indent=0).alignment = WD_ALIGN_PARAGRAPH.CENTER
    _add(document, HEAD[1], size, indent=0)
    for line in BODY:
        _add(document, line, size)
    for line in END:
        _add(document, line, size).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _add(document, CAPTION, size, indent=0).alignment = WD_ALIGN_PARAGRAPH.CENTER
    table = document.add_table(ROWS, COLUMNS, style="Table Grid")
    for cell in CELLS:
        first = table.cell(cell.row - 1, cell.column - 1)
        last = table.cell(cell.row + cell.rows - 2, cell.column + cell.columns - 2)
        merged = first if first is last else first.merge(last)
        merged.text = ""
        _style(merged.paragraphs[0], cell.text, min(size, 12))
    return to_bytes(document)


def to_bytes(document: Document) -> bytes:
    """Save a document in memory."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _add(document: Document, text: str, size: int, *, indent: int = 2) -> Paragraph:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.first_line_indent = Pt(indent * size)
    paragraph.paragraph_format.space_after = Pt(0)
    _style(paragraph, text, size)
    return paragraph


def _style(paragraph: Paragraph, text: str, size: int) -> None:
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    run.font.name = "仿宋"
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "仿宋")  # noqa: SLF001 - the only way to say it


def as_xlsx() -> bytes:
    """Make a workbook with the table, below a title, and an empty sheet."""
    from openpyxl import Workbook  # noqa: PLC0415 - some tests do without

    book = Workbook()
    del book["Sheet"]
    sheet = book.create_sheet("分工")
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=COLUMNS)
    sheet.cell(1, 1, CAPTION)
    for cell in CELLS:
        sheet.cell(cell.row + 1, cell.column, int(cell.text) if cell.text.isdecimal() else cell.text)
        if (cell.rows, cell.columns) != (1, 1):
            bottom, right = cell.row + cell.rows, cell.column + cell.columns - 1
            sheet.merge_cells(start_row=cell.row + 1, start_column=cell.column, end_row=bottom, end_column=right)
    book.create_sheet("空表")
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def as_csv() -> str:
    """Make a .csv of the table; it knows no merged cells."""
    stream = io.StringIO()
    csv.writer(stream).writerows(_rows())
    return stream.getvalue()
