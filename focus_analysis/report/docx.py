"""The document as a Word file that people go on writing in: real styles, captions, tables, a table of contents."""

from __future__ import annotations

import io
from itertools import count, groupby
from pathlib import Path
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm

from focus_analysis import labels
from focus_analysis.report.document import (
    Block,
    Bullets,
    Command,
    Document,
    Figure,
    Heading,
    Notice,
    Paragraph,
    Quotation,
    Table,
    numbered,
    spans,
)
from focus_analysis.report.docx_parts import (
    CONTENTS_DEPTH,
    add_bookmark,
    add_contents,
    add_field,
    describe,
    speak,
    without_dates,
)
from focus_analysis.report.docx_styles import CELL, COMMAND, LOCALES, NOTICE, SOURCE, TABLE, opened
from focus_analysis.report.docx_tables import spoken, table_element
from focus_analysis.report.layout import TEXT_WIDTH_CM, column_shares, size_cm
from focus_analysis.report.wording import caption_label

_LONGEST_PROPERTY = 255


def render_docx(document: Document, template: Path | None = None) -> bytes:
    """Return the report as a Word document, the same bytes in every run.

    Parameters
    ----------
    document : Document
        What stands in it.
    template : Path, optional
        A docx whose styles, page, header and footer are used in place of ours; its words are left out.

    Raises
    ------
    ArgumentError
        The template is no docx.
    """
    file = opened(template, document.lang)
    _say_what_it_is(file, document)
    if template is None:
        _add_margins(file, document.running)
    _add_title_page(file, document)
    headings = [block for block in document.body if isinstance(block, Heading)]
    marks = {heading.anchor: f"_Toc{number:08d}" for number, heading in enumerate(headings)}
    if headings:
        title = file.add_paragraph(labels.words("report.contents", document.lang), style="TOC Heading")
        title.paragraph_format.page_break_before = True
        listed = [heading for heading in headings if heading.level <= CONTENTS_DEPTH]
        add_contents(file, [(heading.level, heading.text, marks[heading.anchor]) for heading in listed])
    ids = count()
    for block, number in numbered(document.body):
        if isinstance(block, Heading):
            heading = file.add_paragraph(block.text, style=f"Heading {block.level}")
            heading.paragraph_format.page_break_before = block is headings[0]
            add_bookmark(heading, marks[block.anchor], next(ids))
        else:
            _add(file, block, number, document.lang)
    stream = io.BytesIO()
    file.save(stream)
    return without_dates(stream.getvalue())


def _say_what_it_is(file: Any, document: Document) -> None:
    known = file.core_properties
    known.title, known.subject = document.title[:_LONGEST_PROPERTY], document.subtitle[:_LONGEST_PROPERTY]
    known.author, known.comments, known.last_modified_by = "focus_analysis", "", ""
    known.language = LOCALES[document.lang]
    for element in list(known._element):
        if element.tag.endswith(("}created", "}modified")):
            known._element.remove(element)


def _add_margins(file: Any, running: str) -> None:
    """Say at the head of every page what it must say, and number the pages at the foot."""
    section = file.sections[0]
    section.header.paragraphs[0].text = running
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    add_field(foot, "PAGE", "1")


def _add_title_page(file: Any, document: Document) -> None:
    file.add_paragraph(document.title, style="Title")
    if document.subtitle:
        file.add_paragraph(document.subtitle, style="Subtitle")
    for line in document.details:
        file.add_paragraph(line)
    for block in document.front:
        _add(file, block, 0, document.lang)


def _add(file: Any, block: Block, number: int, lang: str) -> None:
    match block:
        case Paragraph(text, leads):
            _say(file.add_paragraph(), text).paragraph_format.keep_with_next = leads
        case Notice(text):
            file.add_paragraph(text, style=NOTICE)
        case Command(text):
            file.add_paragraph(text, style=COMMAND)
        case Bullets(items):
            for item in items:
                _say(file.add_paragraph(style="List Bullet"), item)
        case Quotation(text, source, other):
            quote = file.add_paragraph(style="Quote")
            quote.paragraph_format.keep_with_next = True
            speak(quote.add_run(text), LOCALES.get(other, other))
            file.add_paragraph(f"— {source}", style=SOURCE)
        case Table():
            _add_caption(file, "table", number, block.caption, lang).paragraph_format.keep_with_next = True
            _add_table(file, block)
            file.add_paragraph()
        case Figure():
            _add_figure(file, block)
            _add_caption(file, "figure", number, block.caption, lang)


def _say(paragraph: Any, text: str) -> Any:
    """Add words to a paragraph, a run for each language."""
    for lang, alike in groupby(spans(text), key=lambda span: span.lang):
        speak(paragraph.add_run("".join(span.text for span in alike)), LOCALES.get(lang, lang))
    return paragraph


def _add_caption(file: Any, kind: str, number: int, words: str, lang: str) -> Any:
    label = caption_label(kind, lang)
    caption = file.add_paragraph(f"{label}\N{NO-BREAK SPACE}", style="Caption")
    add_field(caption, rf"SEQ {label} \* ARABIC", str(number))
    caption.add_run(". ")
    return _say(caption, words)


def _add_table(file: Any, block: Table) -> None:
    widths = [Cm(TEXT_WIDTH_CM * share) for share in column_shares(block)]
    style, cell_style = (file.styles[name].style_id for name in (TABLE, CELL))
    rows = [[spoken(text, LOCALES) for text in texts] for texts in (block.head, *block.rows)]
    file.element.body.insert_element_before(table_element(style, cell_style, rows, widths, block.numeric), "w:sectPr")


def _add_figure(file: Any, block: Figure) -> None:
    paragraph = file.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    width, height = map(Cm, size_cm(block))
    describe(paragraph.add_run().add_picture(io.BytesIO(block.png), width, height), block.name, block.alt)
