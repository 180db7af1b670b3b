"""Reader of OpenDocument texts (odt): every word that a reader sees, in document order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from focus_analysis.io.archives import open_archive, read_part
from focus_analysis.io.draft import (
    Cells,
    Line,
    MarkedStyles,
    Paragraph,
    finding,
    hidden_finding,
    inheriting,
    lines_of_pieces,
    normalise,
    refuse,
)
from focus_analysis.io.markup import local_name, parse_xml
from focus_analysis.io.opening import TranscriptFile
from focus_analysis.schemas import Finding

_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_BOLD = ("bold", "600", "700", "800", "900")
_SKIPPED = {
    *("tracked-changes", "note", "annotation", "annotation-end", "sequence-decls", "variable-decls", "forms"),
    *("user-field-decls", "table-columns", "table-column", "title", "desc", "ruby-text", "hidden-paragraph"),
}
_PARAGRAPHS = {"p", "h"}
_STYLED = {*_PARAGRAPHS, "span", "a"}
_SPACES = {"s": " ", "tab": "\t", "line-break": "\n"}
_REPORTED = {f"{_OFFICE}annotation": "comment_left_out", f"{_TEXT}note": "footnote_left_out"}


def read_odt(file: TranscriptFile) -> tuple[list[Line | Cells], list[Finding]]:
    """Return the paragraphs, line breaks and table rows of an OpenDocument text in order, and what was left out.

    Text boxes, lists, sections and tracked insertions are read; tracked deletions are not. Comments, footnotes and
    hidden words are reported.

    Raises
    ------
    ReadError
        The file is empty, too large, encrypted, or no OpenDocument text.
    """
    with open_archive(file) as archive:
        if b"encryption-data" in read_part(archive, "META-INF/manifest.xml", file):
            refuse("password", file.name)
        content = parse_xml(read_part(archive, "content.xml", file), file)
        styles = parse_xml(read_part(archive, "styles.xml", file), file) if "styles.xml" in archive.namelist() else None
    body = next(content.iter(f"{_OFFICE}text"), None)
    if body is None:
        refuse("broken_archive", file.name, reason="office:text")
    marked = _marked_styles(content, styles)
    items: list[Line | Cells] = []
    for number, block in enumerate(_blocks(body, marked), 1):
        items += [block] if isinstance(block, Cells) else block.numbered(number)
    return items, [*_left_out(body, file.name), *hidden_finding(_hidden_texts(body, marked), file.name)]


def _marked_styles(*trees: Any) -> MarkedStyles:
    """Return the styles that are bold, and those that are hidden."""
    parents: dict[str, str] = {}
    bold: dict[str, bool] = {}
    hidden: dict[str, bool] = {}
    for style in (style for tree in trees if tree is not None for style in tree.iter(f"{_STYLE}style")):
        name = style.get(f"{_STYLE}name", "")
        parents[name] = style.get(f"{_STYLE}parent-style-name", "")
        for properties in style.iter(f"{_STYLE}text-properties"):
            if weight := properties.get(f"{_FO}font-weight"):
                bold[name] = weight in _BOLD
            if display := properties.get(f"{_TEXT}display"):
                hidden[name] = display == "none"
    return MarkedStyles(inheriting(bold, parents), inheriting(hidden, parents))


def _is_hidden(element: Any, marked: MarkedStyles) -> bool:
    """Return whether no reader sees a span, a paragraph or a section, by its style or by what it says of itself."""
    name = local_name(element)
    says = element.get(f"{_TEXT}is-hidden")
    if name == "hidden-text":
        return bool(says != "false")
    if name == "section":
        return bool(says == "true" or element.get(f"{_TEXT}display") == "none")
    if name in _STYLED and element.get(f"{_TEXT}style-name") in marked.hidden:
        return True
    return any(mark.get(f"{_TEXT}is-hidden") != "false" for mark in element.iterchildren(f"{_TEXT}hidden-paragraph"))


def _hidden_texts(container: Any, marked: MarkedStyles) -> Iterator[str]:
    for element in container:
        if _is_hidden(element, marked):
            yield normalise("".join(element.itertext()))
        elif local_name(element) not in _SKIPPED:
            yield from _hidden_texts(element, marked)


def _blocks(container: Any, marked: MarkedStyles) -> Iterator[Cells | Paragraph]:
    """Yield table rows, and paragraphs; an empty one ends a table."""
    for element in container:
        name = local_name(element)
        if name in _SKIPPED or _is_hidden(element, marked):
            continue
        if name in _PARAGRAPHS:
            style = element.get(f"{_TEXT}style-name") or ""
            yield Paragraph(lines_of_pieces(_pieces(element, marked, style in marked.bold)), style)
            for box in _boxes(element):
                yield from _blocks(box, marked)
        elif name == "table-row":
            cells = (cell for cell in element if local_name(cell) == "table-cell")
            yield Cells("\n".join(filter(None, map(normalise, _cell_texts(cell, marked)))) for cell in cells)
        else:
            yield from _blocks(element, marked)
            if name == "table":
                yield Paragraph([("", 0)])


def _boxes(element: Any) -> Iterator[Any]:
    """Yield the text boxes of a paragraph, without those inside another."""
    for child in element:
        if local_name(child) == "text-box":
            yield child
        elif local_name(child) not in _SKIPPED:
            yield from _boxes(child)


def _cell_texts(cell: Any, marked: MarkedStyles) -> Iterator[str]:
    for block in _blocks(cell, marked):
        yield from block if isinstance(block, Cells) else (text for text, _ in block.lines)


def _pieces(element: Any, marked: MarkedStyles, strong: bool) -> Iterator[tuple[str, bool]]:
    yield _collapsed(element.text), strong
    for child in element:
        name = local_name(child)
        if name in _SPACES:
            yield _SPACES[name], strong
        elif name not in _SKIPPED and name != "text-box" and not _is_hidden(child, marked):
            style = child.get(f"{_TEXT}style-name")
            yield from _pieces(child, marked, style in marked.bold if style and name == "span" else strong)
        yield _collapsed(child.tail), strong


def _collapsed(text: str | None) -> str:
    """Return a text without its line ends, which mean nothing in this format."""
    return (text or "").replace("\r", " ").replace("\n", " ")


def _left_out(body: Any, file: str) -> list[Finding]:
    found = []
    for tag, key in _REPORTED.items():
        texts = [normalise(" ".join(note.itertext())) for note in body.iter(tag)]
        if texts:
            found.append(finding(key, "note", file, n=len(texts), text=" | ".join(texts)[:300]))
    return found
