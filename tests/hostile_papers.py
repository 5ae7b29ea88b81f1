"""Documents that are made to do harm, and such as cannot be read for better reasons."""

from __future__ import annotations

import io
import zipfile

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def packed(parts: dict[str, bytes | str]) -> bytes:
    """Pack parts into a zip."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return stream.getvalue()


def relations(targets: dict[str, str]) -> str:
    """Write the relations of a part: from kinds to targets."""
    entries = "".join(f'<Relationship Id="r{kind}" Type="{KINDS}/{kind}" Target="{target}"/>' for kind, target in targets.items())
    return f'<Relationships xmlns="{RELATIONS}">{entries}</Relationships>'


def word(body: str, **parts: str) -> bytes:
    """Write a .docx by hand: the XML of its body, and of further parts (`numbering`, `styles`, `footnotes`)."""
    roots = {"numbering": "numbering", "styles": "styles", "footnotes": "footnotes"}
    others = {f"word/{name}.xml": f'<w:{roots[name]} xmlns:w="{WORD}">{xml}</w:{roots[name]}>' for name, xml in parts.items()}
    return packed(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
            "word/_rels/document.xml.rels": relations({name: f"{name}.xml" for name in parts}),
            **others,
        }
    )


def run(text: str) -> str:
    """Write a run."""
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(text: str, properties: str = "") -> str:
    """Write a paragraph of one run."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(text)}</w:p>"


def workbook(rows: str, more: str = "", **parts: str) -> bytes:
    """Write an .xlsx by hand: the XML of the rows of its only sheet and of what comes after them."""
    return packed(
        {
            "xl/workbook.xml": f'<workbook xmlns="{SHEET}" xmlns:r="{KINDS}"><sheets><sheet name="表" sheetId="1" r:id="rworksheet"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": relations({"worksheet": "sheet.xml"} | {name: f"{name}.xml" for name in parts}),
            "xl/sheet.xml": f'<worksheet xmlns="{SHEET}"><sheetData>{rows}</sheetData>{more}</worksheet>',
            **{f"xl/{name}.xml": xml for name, xml in parts.items()},
        }
    )


def zip_bomb() -> bytes:
    """A .docx of 1 MB that would be 1 GB."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file, file.open("word/document.xml", "w", force_zip64=True) as part:
        for _ in range(64):
            part.write(b" " * (16 << 20))
    return stream.getvalue()


def lying_bomb() -> bytes:
    """A zip that says that a part is small, which is not."""
    data = zip_bomb()
    size = (64 * (16 << 20)).to_bytes(4, "little")
    return data.replace(size, (1000).to_bytes(4, "little"))


def laughs() -> bytes:
    """A .docx with entities that stand for entities: a billion laughs."""
    entities = "".join(f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' for level in range(1, 10))
    document = f'<!DOCTYPE w:document [<!ENTITY l0 "lol">{entities}]><w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>&l9;</w:t></w:r></w:p></w:body></w:document>'
    return packed({"word/document.xml": document})


def outsider() -> bytes:
    """A .docx that reads a file of this machine into itself."""
    document = f'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>'
    return packed({"word/document.xml": document})


def pdf(*objects: str, trailer: str = "") -> bytes:
    """Write a PDF by hand; the objects are numbered from 1, and 1 is the catalogue."""
    data = b"%PDF-1.4\n"
    places = []
    for number, text in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{text}\nendobj\n".encode("latin-1")
    start = len(data)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode()
    return data + f"trailer\n<</Size {len(objects) + 1}/Root 1 0 R{trailer}>>\nstartxref\n{start}\n%%EOF".encode()


CATALOGUE = "<</Type/Catalog/Pages 2 0 R>>"
PAGES = "<</Type/Pages/Kids[3 0 R]/Count 1>>"
FONT = "<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"


def stream(content: str, entries: str = "") -> str:
    """Write a stream object."""
    return f"<<{entries}/Length {len(content)}>>\nstream\n{content}\nendstream"


def page_pdf(content: str, *, resources: str = f"{FONT}>>", more: tuple[str, ...] = (), trailer: str = "") -> bytes:
    """Write a PDF of one page."""
    page = f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources {resources}>>"
    return pdf(CATALOGUE, PAGES, page, stream(content), *more, trailer=trailer)


def locked_pdf() -> bytes:
    """A PDF that needs a password."""
    lock = f"<</Filter/Standard/V 1/R 2/O<{'00' * 32}>/U<{'11' * 32}>/P -4>>"
    return page_pdf("BT /F 12 Tf (a) Tj ET", trailer=f"/Encrypt {lock}/ID[<{'22' * 16}><{'22' * 16}>]")


def circular_pages() -> bytes:
    """A PDF whose tree of pages holds itself."""
    return pdf(CATALOGUE, "<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9>>")


def circular_form() -> bytes:
    """A PDF that draws a form that draws itself, twice."""
    resources = f"{FONT}/XObject<</X 5 0 R>>>>"
    form = stream("/X Do /X Do", f"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources {resources}")
    return page_pdf("/X Do /X Do", resources=resources, more=(form,))


def doubling_forms(depth: int = 40) -> bytes:
    """A PDF that draws two forms, each of which draws two forms, and so on: it does not end in this world."""
    forms = tuple(
        stream("/X Do /X Do", f"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources <</XObject<</X {number + 1} 0 R>>>>")
        for number in range(5, 5 + depth)
    )
    last = stream("BT /F 12 Tf (a) Tj ET", f"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources {FONT}>>")
    return page_pdf("/X Do", resources="<</XObject<</X 5 0 R>>>>", more=(*forms, last))
