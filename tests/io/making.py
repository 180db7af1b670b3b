"""Transcripts made for the tests: Word documents from raw XML, workbooks, subtitles, and what a draft says."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

import docx
import openpyxl
from docx.oxml import parse_xml

from focus_analysis.io.draft import Draft

_SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "v": "urn:schemas-microsoft-com:vml",
}
NAMESPACES = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in _SPACES.items())
Talk = Sequence[tuple[str, str]]


def said(draft: Draft) -> list[tuple[str | None, str]]:
    """Who says what, in order."""
    return [(segment.speaker, segment.text) for segment in draft.segments]


def times(draft: Draft) -> list[tuple[float | None, float | None]]:
    """Start and end of each segment, in seconds."""
    return [(segment.start_s, segment.end_s) for segment in draft.segments]


def notes(draft: Draft, key: str) -> list[dict[str, str]]:
    """The gaps of the findings of one key."""
    return [dict(note.words) for note in draft.notes if note.key == key]


def run(text: str, *, bold: bool = False) -> str:
    """A run of text in the XML of Word."""
    marks = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return f'<w:r>{marks}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(*pieces: str) -> str:
    """A paragraph of plain texts and pieces of XML."""
    return f"<w:p>{''.join(piece if piece.startswith('<') else run(piece) for piece in pieces)}</w:p>"


def table(*rows: Sequence[str]) -> str:
    """A table whose cells are plain texts or block XML."""
    cells = [
        "".join(f"<w:tc>{cell if cell.startswith('<') else paragraph(cell)}</w:tc>" for cell in row) for row in rows
    ]
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def text_box(*blocks: str) -> str:
    """A text box as Word writes it: the drawing, and the same words again for older programs."""
    content = f"<w:txbxContent>{''.join(blocks)}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx>'
        f"{content}</wps:txbx></wps:wsp></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{content}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def word(*blocks: str) -> bytes:
    """A Word document of these blocks."""
    document = docx.Document()
    body = document.element.body
    for block in blocks:
        body.insert(len(body) - 1, parse_xml(re.sub(r"^<(\w+:\w+)", rf"<\1 {NAMESPACES}", block)))
    return saved(document)


def workbook(*sheets: Iterable[Sequence[Any]]) -> bytes:
    """An Excel workbook of these sheets."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(list(row))
    return saved(book)


def as_csv(rows: Iterable[Sequence[str]], delimiter: str = ";") -> str:
    """A csv of these rows, as programs write it."""
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return buffer.getvalue()


def saved(document: Any) -> bytes:
    """The bytes of a document or a workbook."""
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def parts(archive: bytes) -> dict[str, bytes]:
    """The files inside a document or a workbook."""
    with zipfile.ZipFile(io.BytesIO(archive)) as zipped:
        return {name: zipped.read(name) for name in zipped.namelist()}


def packed(files: Mapping[str, bytes]) -> bytes:
    """An archive of these files, the same bytes at any time of day."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as zipped:
        for name, content in files.items():
            zipped.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def cues(spoken: Iterable[str], mark: str = ",") -> str:
    """Subtitles of one second each, from the first second on; ``mark`` stands before the milliseconds."""
    return "\n\n".join(
        f"{number}\n00:00:{number:02}{mark}000 --> 00:00:{number + 1:02}{mark}000\n{text}"
        for number, text in enumerate(spoken, 1)
    )


_ODF = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
}


def odt(*blocks: str, styles: str = "", manifest: str = "") -> bytes:
    """An OpenDocument text of these blocks of XML."""
    spaces = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in _ODF.items())
    content = (
        f'<office:document-content {spaces}><office:automatic-styles><style:style style:name="B" style:family="text">'
        f'<style:text-properties fo:font-weight="bold"/></style:style>{styles}</office:automatic-styles>'
        f"<office:body><office:text>{''.join(blocks)}</office:text></office:body></office:document-content>"
    )
    return packed(
        {
            "mimetype": b"application/vnd.oasis.opendocument.text",
            "META-INF/manifest.xml": f"<manifest>{manifest}</manifest>".encode(),
            "content.xml": content.encode(),
        }
    )


def odt_paragraph(text: str, label: str = "") -> str:
    """A paragraph of OpenDocument, with a bold label before the text."""
    strong = f'<text:span text:style-name="B">{escape(label)}</text:span>' if label else ""
    return f"<text:p>{strong}{text if text.startswith('<') else escape(text)}</text:p>"


def odt_table(*rows: Sequence[str]) -> str:
    """A table of OpenDocument whose cells are plain texts."""
    written = ["".join(f"<table:table-cell>{odt_paragraph(cell)}</table:table-cell>" for cell in row) for row in rows]
    return f"<table:table>{''.join(f'<table:table-row>{row}</table:table-row>' for row in written)}</table:table>"


_LETTERS = {"ą": "aogonek", "ć": "cacute", "ę": "eogonek", "ł": "lslash", "ń": "nacute", "ś": "sacute", "ź": "zacute"}
_LETTERS |= {"ż": "zdotaccent", "ó": "oacute", "Ł": "Lslash", "Ż": "Zdotaccent", "Ś": "Sacute", "–": "endash"}
_CODES = {ord(letter): chr(128 + place) for place, letter in enumerate(_LETTERS)}


def pdf(*pages: Sequence[tuple[float, float, str]], bold: bool = False) -> bytes:
    """A pdf of A4 pages, each a list of (points from the left, points from the top, text)."""
    names = " ".join(f"/{name}" for name in _LETTERS.values())
    face = "Helvetica-Bold" if bold else "Helvetica"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{' '.join(f'{5 + 2 * n} 0 R' for n in range(len(pages)))}] "
        f"/Count {len(pages)} >>".encode(),
        f"<< /Type /Font /Subtype /Type1 /BaseFont /{face} /Encoding 4 0 R >>".encode(),
        f"<< /Type /Encoding /BaseEncoding /WinAnsiEncoding /Differences [128 {names}] >>".encode(),
    ]
    for number, page in enumerate(pages):
        shown = []
        for left, top, text in page:
            escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)").translate(_CODES)
            shown.append(f"BT /F1 10 Tf {left} {842 - top} Td ({escaped}) Tj ET".encode("latin-1"))
        content = b"\n".join(shown)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {6 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return body + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (size, table, size, len(body))
    )
