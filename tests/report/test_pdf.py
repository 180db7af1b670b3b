"""The PDF, opened again: its words, bookmarks, tags, language."""

import ctypes
import os
import re
import subprocess
import sys
import zlib
from functools import cache
from itertools import pairwise
from types import SimpleNamespace

import pypdfium2
import pytest
from pypdfium2 import raw

from focus_analysis.errors import ArgumentError
from focus_analysis.report.document import (
    Bullets,
    Command,
    Document,
    Figure,
    Heading,
    Notice,
    Paragraph,
    Quotation,
    Span,
    Table,
    Text,
)
from focus_analysis.report.pdf import render_pdf
from tests.report.conftest import made

A4 = (595, 842)


def opened(content):
    """A PDF with the words of all its pages, without space between them: lines are broken where they fit."""
    file = pypdfium2.PdfDocument(content)
    pages = [page.get_textpage().get_text_range() for page in file]
    return SimpleNamespace(file=file, pages=pages, words=squeezed("".join(pages)), content=content)


def squeezed(text):
    return re.sub(r"[\s\u200b\u00ad\ufffe\u2010-]+", "", text)


def stands(text, pdf):
    """Whether a text stands in the PDF, whole or broken once by the end of a page, above the figure at its foot."""
    text, pages = squeezed(text), [squeezed(page) for page in pdf.pages]
    return text in pdf.words or any(
        text[:cut] in page and text[cut:] in following
        for page, following in pairwise(pages)
        for cut in range(1, len(text))
    )


@cache
def written(lang):
    return opened(render_pdf(made(lang).document))


@pytest.fixture(scope="module", params=["pl", "en"])
def pdf(request):
    found = written(request.param)
    return SimpleNamespace(report=made(request.param), **vars(found))


def test_every_block_of_the_document_is_in_it(pdf):
    for block in pdf.report.document.blocks:
        match block:
            case Heading() | Paragraph() | Notice() | Command():
                said = [block.text]
            case Bullets(items):
                said = items
            case Quotation(text, source):
                said = [text, source]
            case Figure():
                said = [block.caption]
            case Table():
                said = [*block.head, *(cell for row in block.rows for cell in row)]
        assert [text for text in said if not stands(text, pdf)] == []


def test_the_bookmarks_are_the_headings(pdf):
    found = [(mark.level + 1, mark.get_title()) for mark in pdf.file.get_toc()]
    assert found == [(b.level, b.text) for b in pdf.report.document.blocks if isinstance(b, Heading)]


def test_it_is_tagged_and_names_its_language_and_title(pdf):
    assert raw.FPDFCatalog_IsTagged(pdf.file.raw) == 1
    locale = {"pl": "pl-PL", "en": "en-GB"}[pdf.report.lang]
    assert f"/Lang({locale})".encode() in pdf.content.replace(b"/Lang (", b"/Lang(")
    assert pdf.file.get_metadata_value("Title") == pdf.report.document.title
    assert b"pdfuaid:part" in pdf.content


def test_pictures_have_alternative_text(pdf):
    found = set()
    for page in pdf.file:
        tree = raw.FPDF_StructTree_GetForPage(page.raw)
        found |= set(_alternatives(tree, raw.FPDF_StructTree_CountChildren, raw.FPDF_StructTree_GetChildAtIndex))
        raw.FPDF_StructTree_Close(tree)
    alts = {block.alt for block in pdf.report.document.blocks if isinstance(block, Figure)}
    assert alts and alts <= found


def _alternatives(node, count, child):
    for place in range(count(node)):
        element = child(node, place)
        if not element:
            continue
        size = raw.FPDF_StructElement_GetAltText(element, None, 0)
        if size > 2:
            buffer = ctypes.create_string_buffer(size)
            raw.FPDF_StructElement_GetAltText(element, buffer, size)
            yield bytes(buffer).decode("utf-16-le").rstrip("\0")
        yield from _alternatives(element, raw.FPDF_StructElement_CountChildren, raw.FPDF_StructElement_GetChildAtIndex)


def test_pages_are_a4_and_say_at_their_head_what_the_data_are(pdf):
    assert {tuple(map(round, page.get_size())) for page in pdf.file} == {A4}
    running = squeezed(pdf.report.document.running)
    assert running and all(running in squeezed(page) for page in pdf.pages)


def test_the_same_document_gives_the_same_bytes():
    assert render_pdf(made("pl").document) == written("pl").content


def test_no_date_stands_in_it(pdf):
    assert not pdf.file.get_metadata_value("CreationDate")
    assert not pdf.file.get_metadata_value("ModDate")


@pytest.mark.parametrize(
    "hostile",
    ["#panic()", "= Nagłówek $x$ *b* _i_", '"); panic("', "\\u{0}@ref <label>", "// uwaga /* */", "{{ 7*7 }}"],
)
def test_any_text_anywhere_stays_text(hostile):
    document = Document(
        hostile,
        hostile,
        "pl",
        (
            Notice(hostile),
            Heading(1, hostile, hostile),
            Paragraph(hostile),
            Bullets((hostile,)),
            Command(hostile),
            Table(hostile, (hostile, hostile), ((hostile, hostile),), verbatim=frozenset({1})),
            Figure(hostile, hostile, hostile, b'<svg xmlns="http://www.w3.org/2000/svg" width="9pt" height="9pt"/>'),
            Quotation(hostile, hostile),
        ),
        (hostile,),
        hostile,
    )
    found = opened(render_pdf(document))
    assert found.words.count(squeezed(hostile)) >= 14
    assert [mark.get_title() for mark in found.file.get_toc()] == [hostile]


def test_a_word_longer_than_its_column_is_broken_within_it():
    name = "bardzo_długa_nazwa_pliku_bez_żadnej_przerwy_" * 3 + "koniec.docx"
    table = Table("t", ("a", "b", "c", "d", "e"), ((name,) * 5,) * 3, verbatim=frozenset({1}))
    found = opened(render_pdf(Document("t", "", "pl", (Heading(1, "h", "h"), table))))
    assert found.words.count(squeezed(name)) == 15
    for page in found.file:
        text = page.get_textpage()
        right = [text.get_charbox(place)[2] for place in range(text.count_chars())]
        assert max(right, default=0) < A4[0] - 65


def test_words_of_the_language_are_parted_where_they_are_hyphenated_alone():
    said = "Bieliny („niepełnosprawność”, „niepełnosprawność”); Oksa. " * 6
    table = Table("t", ("a", "b", "c", "d"), ((said,) * 4,))
    pages = opened(render_pdf(Document("t", "", "pl", (Heading(1, "h", "h"), table)))).pages
    assert squeezed("".join(pages)).count("niepełnosprawność") == 48
    assert not any("\N{ZERO WIDTH SPACE}" in page for page in pages)


def test_an_empty_document_is_a_file_too():
    assert "Tytuł" in opened(render_pdf(Document("Tytuł", "", "pl", ()))).words


STYLE = """#let style(report) = {
  set page(header: image("logo.svg", alt: "Znak ośrodka", height: 1cm))
  set text(size: 20pt)
  report
}
"""
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'


@pytest.fixture
def template(tmp_path):
    (tmp_path / "logo.svg").write_text(LOGO, encoding="utf-8")
    path = tmp_path / "wzór.typ"
    path.write_text(STYLE, encoding="utf-8")
    return path


def test_a_template_of_the_users_goes_before_our_rules(template):
    document = Document("Tytuł", "", "pl", (Heading(1, "Wstęp", "h"), Paragraph("słowo " * 400)), running="Uwaga")
    ours, theirs = opened(render_pdf(document)), opened(render_pdf(document, template))
    assert len(theirs.pages) > len(ours.pages)
    assert "Uwaga" in ours.words and "Uwaga" not in theirs.words
    assert theirs.words.count("słowo") == 400


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("#let other(report) = report", "unresolved import"),
        ("#let style(report) = {", "unclosed delimiter"),
        ('#let style(report) = { image("../x.svg", alt: "x"); report }', "template"),
    ],
)
def test_a_template_that_cannot_be_used_is_refused(tmp_path, wrong, said):
    (tmp_path / "wzór.typ").write_text(wrong, encoding="utf-8")
    with pytest.raises(ArgumentError, match=said):
        render_pdf(Document("t", "", "pl", ()), tmp_path / "wzór.typ")


@pytest.mark.parametrize(
    "asks",
    [
        '#import "@preview/cetz:0.3.1": *',
        '#let package = "@pre" + "view/cetz:0.3.1"\n#import package: *',
        '#eval("import \\"@preview/cetz:0.3.1\\"")',
        '#include "other.typ"',
    ],
)
def test_no_package_is_fetched_however_a_template_asks_for_it(tmp_path, monkeypatch, asks):
    monkeypatch.setenv("no_proxy", "*")
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.invalid:3128")
    before = dict(os.environ)
    (tmp_path / "other.typ").write_text('#import "@preview/cetz:0.3.1": *', encoding="utf-8")
    (tmp_path / "wzór.typ").write_text(f"{asks}\n#let style(report) = report", encoding="utf-8")
    with pytest.raises(ArgumentError, match=r"refused.*not fetched from the network"):
        render_pdf(Document("t", "", "pl", ()), tmp_path / "wzór.typ")
    assert dict(os.environ) == before


def test_words_of_another_language_and_names_of_files_are_in_it():
    words = Text(Span("Lista "), Span("COREQ", lang="en"), Span("tables/a.csv", "tables/a.csv", verbatim=True))
    table = Table(words, ("a",), ((words,),))
    found = opened(render_pdf(Document("t", "", "pl", (Heading(1, "h", "h"), Paragraph(words), table))))
    assert found.words.count("ListaCOREQtables/a.csv") == 3
    streams = re.findall(rb"stream\r?\n(.*?)endstream", found.content, re.DOTALL)
    drawn = b"".join(zlib.decompressobj().decompress(stream) for stream in streams if stream[:1] == b"x")
    assert b"/Lang(en-GB)" in drawn and b"/Lang(en-PL)" not in drawn
    assert b"/URI" not in found.content


def test_typst_is_loaded_only_where_a_pdf_is_made():
    code = "import focus_analysis.pipeline, focus_analysis.report.pdf, sys; sys.exit('typst' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
