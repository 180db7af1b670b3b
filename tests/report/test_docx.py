"""The Word file, opened again: styles, captions, contents, tables, pictures, language."""

import hashlib
import io
import re
import zipfile
from functools import cache

import docx
import pytest
from docx.oxml.ns import qn

from focus_analysis.errors import ArgumentError
from focus_analysis.report.document import Document, Figure, Heading, Notice, Paragraph, Quotation, Span, Table, Text
from focus_analysis.report.docx import render_docx
from tests.report.conftest import made

LABELS = {"pl": ("Tabela", "Rysunek"), "en": ("Table", "Figure")}


@cache
def written(lang):
    """The report as bytes."""
    return render_docx(made(lang).document)


@pytest.fixture(scope="module", params=["pl", "en"])
def word(request):
    file = docx.Document(io.BytesIO(written(request.param)))
    file.report = made(request.param)
    return file


def of(report, kind):
    return [block for block in report.document.blocks if isinstance(block, kind)]


def styled(word, *styles):
    return [paragraph.text for paragraph in word.paragraphs if paragraph.style.name in styles]


def all_text(paragraph):
    """The words of a paragraph, those of its fields too."""
    return "".join(element.text or "" for element in paragraph._p.iter(qn("w:t")))


def test_headings_are_real_headings_in_order(word):
    found = [(p.style.name, p.text) for p in word.paragraphs if p.style.name.startswith("Heading")]
    assert found == [(f"Heading {block.level}", block.text) for block in of(word.report, Heading)]


def test_the_title_page_has_title_subtitle_date_and_notices(word):
    document = word.report.document
    assert styled(word, "Title") == [document.title]
    assert styled(word, "Subtitle") == [document.subtitle]
    assert document.details[0] in [paragraph.text for paragraph in word.paragraphs[:4]]
    assert styled(word, "Notice")[:2] == [block.text for block in document.front]


def test_every_table_has_a_numbered_caption_above_it_and_every_figure_one_below(word):
    captions = [all_text(p) for p in word.paragraphs if p.style.name == "Caption"]
    label_table, label_figure = LABELS[word.report.lang]
    tables = [f"{label_table}\xa0{n}. {block.caption}" for n, block in enumerate(of(word.report, Table), 1)]
    figures = [f"{label_figure}\xa0{n}. {block.caption}" for n, block in enumerate(of(word.report, Figure), 1)]
    assert [caption for caption in captions if caption.startswith(label_table)] == tables
    assert [caption for caption in captions if caption.startswith(label_figure)] == figures
    body = list(word.element.body)
    for table in word.element.body.iter(qn("w:tbl")):
        above = body[body.index(table) - 1]
        assert [field.get(qn("w:instr")) for field in above.iter(qn("w:fldSimple"))] == [
            rf" SEQ {label_table} \* ARABIC "
        ]


def test_the_contents_are_a_field_with_every_heading_in_it_and_links_that_lead_somewhere(word):
    codes = [element.text for element in word.element.body.iter(qn("w:instrText"))]
    assert codes[0] == r' TOC \o "1-2" \h \z \u '
    entries = [p for p in word.paragraphs if p.style.name.startswith("toc ")]
    shown = [all_text(p).removesuffix("…") for p in entries]
    assert shown == [block.text for block in of(word.report, Heading) if block.level < 3]
    marks = [mark.get(qn("w:name")) for mark in word.element.body.iter(qn("w:bookmarkStart"))]
    links = [link.get(qn("w:anchor")) for p in entries for link in p._p.iter(qn("w:hyperlink"))]
    assert set(links) <= set(marks) and len(set(marks)) == len(marks)
    kinds = [mark.get(qn("w:fldCharType")) for mark in word.element.body.iter(qn("w:fldChar"))]
    assert kinds.count("begin") == kinds.count("end") == kinds.count("separate") == len(entries) + 1


def test_tables_hold_every_cell_and_repeat_their_heads(word):
    blocks = of(word.report, Table)
    assert len(word.tables) == len(blocks)
    for table, block in zip(word.tables, blocks, strict=True):
        assert [tuple(cell.text for cell in row.cells) for row in table.rows] == [block.head, *block.rows]
        repeated = [row._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in table.rows]
        assert repeated == [True] + [False] * len(block.rows)
        assert sum(cell.width.cm for cell in table.rows[0].cells) == pytest.approx(16, abs=0.05)


def test_every_picture_says_in_words_what_it_shows_and_fits_the_page(word):
    figures = of(word.report, Figure)
    described = [(shape._inline.docPr.get("name"), shape._inline.docPr.get("descr")) for shape in word.inline_shapes]
    assert described == [(figure.name, figure.alt) for figure in figures]
    assert all(shape.width.cm <= 16.01 and shape.height.cm <= 21.01 for shape in word.inline_shapes)


def test_quotations_have_their_style_and_source(word):
    quotations = of(word.report, Quotation)
    assert quotations
    assert styled(word, "Quote") == [block.text for block in quotations]
    assert styled(word, "Quote Source") == [f"— {block.source}" for block in quotations]
    spoken = {
        element.get(qn("w:val"))
        for paragraph in word.paragraphs
        if paragraph.style.name == "Quote"
        for element in paragraph._p.iter(qn("w:lang"))
    }
    assert spoken == {"pl": set(), "en": {"pl-PL"}}[word.report.lang]


def test_the_language_is_that_of_the_report(word):
    locale = {"pl": "pl-PL", "en": "en-GB"}[word.report.lang]
    languages = {element.get(qn("w:val")) for element in word.styles.element.iter(qn("w:lang"))}
    assert languages == {locale}
    assert word.core_properties.language == locale
    assert word.core_properties.title == word.report.document.title


def test_pages_are_a4_numbered_and_say_what_the_data_are(word):
    section = word.sections[0]
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21.0, 29.7)
    assert [field.get(qn("w:instr")) for field in section.footer._element.iter(qn("w:fldSimple"))] == [" PAGE "]
    assert section.header.paragraphs[0].text == word.report.document.running != ""


def test_the_same_document_gives_the_same_bytes_and_no_date():
    again = render_docx(made("pl").document)
    assert hashlib.sha256(again).digest() == hashlib.sha256(written("pl")).digest()
    with zipfile.ZipFile(io.BytesIO(again)) as packed:
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not re.search(rb"dcterms:(created|modified)", packed.read("docProps/core.xml"))


def test_a_template_lends_its_styles_header_and_page_and_loses_its_words(tmp_path):
    own = docx.Document()
    own.styles["Heading 1"].font.name = "Comic Sans MS"
    own.sections[0].header.paragraphs[0].text = "ROPS"
    own.add_paragraph("wzór do usunięcia")
    own.save(str(tmp_path / "wzor.docx"))
    file = docx.Document(io.BytesIO(render_docx(made("pl").document, tmp_path / "wzor.docx")))
    assert file.styles["Heading 1"].font.name == "Comic Sans MS"
    assert file.sections[0].header.paragraphs[0].text == "ROPS"
    assert "wzór do usunięcia" not in [paragraph.text for paragraph in file.paragraphs]
    assert styled(file, "Heading 1") == [block.text for block in made("pl").document.contents]


def test_a_template_without_our_styles_is_given_them(tmp_path):
    own = docx.Document()
    for name in ("Caption", "Quote", "List Bullet", "Title", "Subtitle", "TOC Heading"):
        own.styles[name].delete()
    own.save(str(tmp_path / "wzor.docx"))
    file = docx.Document(io.BytesIO(render_docx(made("pl").document, tmp_path / "wzor.docx")))
    assert styled(file, "Quote") and styled(file, "Caption") and styled(file, "Title")


def test_a_template_that_is_no_docx_is_refused(tmp_path):
    (tmp_path / "wzor.docx").write_bytes(b"PK nic")
    with pytest.raises(ArgumentError, match=r"wzor\.docx"):
        render_docx(Document("t", "", "pl", ()), tmp_path / "wzor.docx")


def test_an_empty_document_is_a_file_too():
    file = docx.Document(io.BytesIO(render_docx(Document("Tytuł", "", "pl", ()))))
    assert [paragraph.text for paragraph in file.paragraphs if paragraph.text] == ["Tytuł"]


@pytest.mark.parametrize("hostile", ["<w:p/>", "]]>&lt;", "a\tb\nc", "'\"><b x=", "{ TOC }"])
def test_any_text_anywhere_stays_text(hostile):
    blocks = (
        Heading(1, hostile, hostile),
        Paragraph(hostile),
        Notice(hostile),
        Table(hostile, (hostile,), ((hostile,),)),
    )
    file = docx.Document(io.BytesIO(render_docx(Document(hostile, hostile, "pl", blocks))))
    assert styled(file, "Heading 1", "Notice", "Normal")[-4:-1] == [hostile] * 3
    assert [cell.text for row in file.tables[0].rows for cell in row.cells] == [hostile] * 2


def test_words_of_another_language_have_their_own_run_and_addresses_lead_nowhere():
    words = Text(Span("Lista "), Span("COREQ", lang="en"), Span(" 12", "explorer.html#a/12"))
    file = docx.Document(io.BytesIO(render_docx(Document("t", "", "pl", (Heading(1, "h", "h"), Paragraph(words))))))
    runs = file.paragraphs[-1].runs
    assert [run.text for run in runs] == ["Lista ", "COREQ", " 12"]
    tagged = [run._r.find(f".//{qn('w:lang')}") for run in runs]
    assert [None if tag is None else tag.get(qn("w:val")) for tag in tagged] == [None, "en-GB", None]
    assert not [link for link in file.part.rels.values() if link.is_external]


def test_a_table_at_the_end_takes_no_page_more():
    document = Document("t", "", "pl", (Heading(1, "h", "h"), Table("Pliki", ("plik",), (("oksa.txt",),))))
    *_, last = docx.Document(io.BytesIO(render_docx(document))).paragraphs
    look = last.paragraph_format
    assert (last.text, look.line_spacing.pt, look.space_before.pt, look.space_after.pt) == ("", 1, 0, 0)
