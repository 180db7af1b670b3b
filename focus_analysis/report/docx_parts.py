"""What python-docx has no words for, in plain XML: fields, bookmarks, alternative text, rows that repeat."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.shape import CT_Inline
from docx.shared import Length

CONTENTS_DEPTH = 2
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


def add_field(paragraph: Any, code: str, shown: str) -> None:
    """Add a field that Word fills, such as ``PAGE``, with what stands there until it does."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), f" {code} ")
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = shown
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def add_contents(new_paragraph: Callable[[str, str], Any], entries: Sequence[tuple[int, str, str]]) -> None:
    """Add a table of contents: a field that Word fills with pages, holding level, text and bookmark of each entry."""
    for place, (level, text, mark) in enumerate(entries):
        paragraph = new_paragraph("", f"toc {level}")
        if place == 0:
            _add_mark(paragraph._p, "begin", dirty=True)
            _add_code(paragraph._p, rf' TOC \o "1-{CONTENTS_DEPTH}" \h \z \u ')
            _add_mark(paragraph._p, "separate")
        link = OxmlElement("w:hyperlink")
        link.set(qn("w:anchor"), mark)
        link.set(qn("w:history"), "1")
        paragraph._p.append(link)
        _add_text(link, text)
        link[-1].append(OxmlElement("w:tab"))
        _add_mark(link, "begin")
        _add_code(link, rf" PAGEREF {mark} \h ")
        _add_mark(link, "separate")
        _add_text(link, "…")
        _add_mark(link, "end")
        if place == len(entries) - 1:
            _add_mark(paragraph._p, "end")


def _add_mark(parent: Any, kind: str, dirty: bool = False) -> None:
    run, mark = OxmlElement("w:r"), OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    if dirty:
        mark.set(qn("w:dirty"), "true")
    run.append(mark)
    parent.append(run)


def _add_code(parent: Any, code: str) -> None:
    run, text = OxmlElement("w:r"), OxmlElement("w:instrText")
    text.set(qn("xml:space"), "preserve")
    text.text = code
    run.append(text)
    parent.append(run)


def _add_text(parent: Any, shown: str) -> None:
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.set(qn("xml:space"), "preserve")
    text.text = shown
    run.append(text)
    parent.append(run)


def add_bookmark(paragraph: Any, name: str, number: int) -> None:
    """Put a bookmark around a paragraph's words."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    properties = paragraph._p.pPr
    paragraph._p.insert(0 if properties is None else 1, start)
    paragraph._p.append(end)


def add_picture(run: Any, number: int, name: str, alt: str, width: Length, height: Length) -> str:
    """Add an empty PNG picture with its name and its alternative text; return under which name ``packed`` fills it.

    python-docx would compare every picture with all others, and compress what is compressed.
    """
    document = run.part
    place = document.package.next_partname("/word/media/figure%d.png")
    picture = document.relate_to(Part(place, CONTENT_TYPE.PNG, b"", document.package), RELATIONSHIP_TYPE.IMAGE)
    inline = CT_Inline.new_pic_inline(number, picture, name, width, height)
    inline.docPr.set("name", name)
    inline.docPr.set("descr", alt)
    run._r.add_drawing(inline)
    return str(place.membername)


def speak(run: Any, locale: str) -> None:
    """Say in which language words are, where that is not the document's."""
    if locale:
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), locale)
        run._r.get_or_add_rPr().append(language)


def packed(saved: bytes, pictures: Mapping[str, bytes]) -> bytes:
    """Return a saved document with its pictures in their places, whose bytes do not tell when it was saved."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            entry.compress_type = zipfile.ZIP_STORED if name.endswith(".png") else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            new.writestr(entry, pictures.get(name) or old.read(name))
    return stream.getvalue()
