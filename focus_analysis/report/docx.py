"""The document as a Word file that people go on writing in: real styles, captions, tables, a table of contents."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from itertools import count, groupby
from pathlib import Path
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt

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
    add_picture,
    packed,
    speak,
)
from focus_analysis.report.docx_styles import CELL, COMMAND, LOCALES, NOTICE, SOURCE, TABLE, opened
from focus_analysis.report.docx_tables import spoken, table_element
from focus_analysis.report.layout import TEXT_WIDTH_CM, column_shares, size_cm
from focus_analysis.report.wording import caption_label

_LONGEST_PROPERTY = 255


@dataclass(frozen=True)
class _File:
    """A Word document in the making: its language, the ids of its styles by name, the pictures that fill it."""

    word: Any
    lang: str
    styles: dict[str, str]
    pictures: dict[str, bytes] = field(default_factory=dict)

    def paragraph(self, text: str = "", style: str = "") -> Any:
        """Add a paragraph; python-docx would look through all styles for the name of its own."""
        made = self.word.add_paragraph(text)
        if style:
            made._p.style = self.styles[style]
        return made


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
    word = opened(template, document.lang)
    _say_what_it_is(word, document)
    if template is None:
        _add_margins(word, document.running)
    file = _File(word, document.lang, {style.name: style.style_id for style in word.styles})
    _add_title_page(file, document)
    headings = [block for block in document.body if isinstance(block, Heading)]
    marks = {heading.anchor: f"_Toc{number:08d}" for number, heading in enumerate(headings)}
    if headings:
        title = file.paragraph(labels.words("report.contents", document.lang), "TOC Heading")
        title.paragraph_format.page_break_before = True
        listed = [heading for heading in headings if heading.level <= CONTENTS_DEPTH]
        add_contents(file.paragraph, [(heading.level, heading.text, marks[heading.anchor]) for heading in listed])
    ids = count()
    for block, number in numbered(document.body):
        if isinstance(block, Heading):
            heading = file.paragraph(block.text, f"Heading {block.level}")
            heading.paragraph_format.page_break_before = block is headings[0]
            add_bookmark(heading, marks[block.anchor], next(ids))
        else:
            _add(file, block, number)
    _shrink_last(word)
    stream = io.BytesIO()
    word.save(stream)
    return packed(stream.getvalue(), file.pictures)


def _shrink_last(word: Any) -> None:
    """Make the paragraph that Word wants after a table all but invisible at the end, lest it take a page."""
    *_, last = word.paragraphs
    if not last.text:
        look = last.paragraph_format
        look.line_spacing, look.space_before, look.space_after = Pt(1), Pt(0), Pt(0)


def _say_what_it_is(word: Any, document: Document) -> None:
    known = word.core_properties
    known.title, known.subject = document.title[:_LONGEST_PROPERTY], document.subtitle[:_LONGEST_PROPERTY]
    known.author, known.comments, known.last_modified_by = "focus_analysis", "", ""
    known.language = LOCALES[document.lang]
    for element in list(known._element):
        if element.tag.endswith(("}created", "}modified")):
            known._element.remove(element)


def _add_margins(word: Any, running: str) -> None:
    """Say at the head of every page what it must say, and number the pages at the foot."""
    section = word.sections[0]
    section.header.paragraphs[0].text = running
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    add_field(foot, "PAGE", "1")


def _add_title_page(file: _File, document: Document) -> None:
    file.paragraph(document.title, "Title")
    if document.subtitle:
        file.paragraph(document.subtitle, "Subtitle")
    for line in document.details:
        file.paragraph(line)
    for block in document.front:
        _add(file, block, 0)


def _add(file: _File, block: Block, number: int) -> None:
    match block:
        case Paragraph(text, leads):
            _say(file.paragraph(), text).paragraph_format.keep_with_next = leads
        case Notice(text):
            file.paragraph(text, NOTICE)
        case Command(text):
            file.paragraph(text, COMMAND)
        case Bullets(items):
            for item in items:
                _say(file.paragraph(style="List Bullet"), item)
        case Quotation(text, source, other):
            quote = file.paragraph(style="Quote")
            quote.paragraph_format.keep_with_next = True
            speak(quote.add_run(text), LOCALES.get(other, other))
            file.paragraph(f"— {source}", SOURCE)
        case Table():
            _add_caption(file, "table", number, block.caption).paragraph_format.keep_with_next = True
            _add_table(file, block)
            file.paragraph()
        case Figure():
            _add_figure(file, block, number)
            _add_caption(file, "figure", number, block.caption)


def _say(paragraph: Any, text: str) -> Any:
    """Add words to a paragraph, a run for each language."""
    for lang, alike in groupby(spans(text), key=lambda span: span.lang):
        speak(paragraph.add_run("".join(span.text for span in alike)), LOCALES.get(lang, lang))
    return paragraph


def _add_caption(file: _File, kind: str, number: int, words: str) -> Any:
    label = caption_label(kind, file.lang)
    caption = file.paragraph(f"{label}\N{NO-BREAK SPACE}", "Caption")
    add_field(caption, rf"SEQ {label} \* ARABIC", str(number))
    caption.add_run(". ")
    return _say(caption, words)


def _add_table(file: _File, block: Table) -> None:
    widths = [Cm(TEXT_WIDTH_CM * share) for share in column_shares(block)]
    rows = [[spoken(text, LOCALES) for text in texts] for texts in (block.head, *block.rows)]
    table = table_element(file.styles[TABLE], file.styles[CELL], rows, widths, block.numeric)
    file.word.element.body.insert_element_before(table, "w:sectPr")


def _add_figure(file: _File, block: Figure, number: int) -> None:
    paragraph = file.paragraph()
    paragraph.paragraph_format.keep_with_next = True
    width, height = map(Cm, size_cm(block))
    place = add_picture(paragraph.add_run(), number, block.name, block.alt, width, height)
    file.pictures[place] = block.png
