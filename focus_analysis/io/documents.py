"""Reader of Word documents: every word that a reader sees, in document order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from focus_analysis.errors import ReadError
from focus_analysis.io.archives import check_parts, open_archive, read_part
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
from focus_analysis.io.markup import parse_xml
from focus_analysis.io.opening import TranscriptFile
from focus_analysis.schemas import Finding

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SKIPPED = {
    *(
        f"{_W}{name}"
        for name in ("del", "moveFrom", "delText", "instrText", "pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr")
    ),
    f"{_MC}Fallback",
}
_SPACES = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_VALUE = f"{_W}val"
_OFF = {"0", "false", "off", "none"}
_REPORTED = {"comments.xml": "comment", "footnotes.xml": "footnote", "endnotes.xml": "endnote"}


def read_docx(file: TranscriptFile) -> tuple[list[Line | Cells], list[Finding]]:
    """Return the paragraphs, line breaks and table rows of a Word document in order, and what was left out.

    Tracked insertions, content controls, hyperlinks, fields, smart tags and text boxes are read; deletions are not.
    Comments, footnotes and automatic numbers are reported.

    Raises
    ------
    ReadError
        The file is empty, too large, encrypted, an old .doc, or no Word document.
    """
    body, marked = _open(file)
    items: list[Line | Cells] = []
    for number, item in enumerate(_blocks(body, marked), 1):
        items += [item] if isinstance(item, Cells) else item.numbered(number)
    hidden = hidden_finding(_hidden_texts(body, marked), file.name)
    return items, [*_left_out(file), *_numbered(body, file.name), *hidden]


def _open(file: TranscriptFile) -> tuple[list[Any], MarkedStyles]:
    """Return the blocks of a document's body, and its bold and hidden styles."""
    import docx

    if file.read_bytes(4) == b"\xd0\xcf\x11\xe0":
        refuse("old_or_encrypted_word", file.name)
    with open_archive(file, "broken_docx") as archive:
        check_parts(archive, file)
    try:
        document = docx.Document(str(file.path))
        styles = document.styles.element
        return list(document.element.body), MarkedStyles(_styles_with(styles, "b"), _styles_with(styles, "vanish"))
    except Exception as error:  # whatever a broken file does to the library
        refuse("broken_docx", file.name, reason=type(error).__name__)


def _styles_with(styles: Any, mark: str) -> set[str]:
    """Return the styles whose words are bold (b) or hidden (vanish)."""
    parents: dict[str, str] = {}
    stated: dict[str, bool] = {}
    for style in styles.iter(f"{_W}style"):
        name, parent = style.get(f"{_W}styleId", ""), style.find(f"{_W}basedOn")
        parents[name] = "" if parent is None else parent.get(_VALUE, "")
        if (says := _is_on(style, mark)) is not None:
            stated[name] = says
    return inheriting(stated, parents)


def _blocks(container: Any, marked: MarkedStyles) -> Iterator[Cells | Paragraph]:
    """Yield table rows and paragraphs."""
    for element in container:
        if element.tag in _SKIPPED:
            continue
        if element.tag == f"{_W}p":
            style = _style(element, "p")
            yield Paragraph(lines_of_pieces(_pieces(element, marked, style)), style)
            for box in element.iter(f"{_W}txbxContent"):
                if not _inside(box, {f"{_MC}Fallback", f"{_W}txbxContent"}, element):
                    yield from _blocks(box, marked)
        elif element.tag == f"{_W}tr":
            own = (cell for cell in element.iter(f"{_W}tc") if _own(cell, element))
            yield Cells("\n".join(filter(None, map(normalise, _cell_texts(cell, marked)))) for cell in own)
        elif len(element):
            yield from _blocks(element, marked)


def _style(element: Any, kind: str) -> str:
    """Return the style of a paragraph (p) or a run (r)."""
    mark = element.find(f"{_W}{kind}Pr/{_W}{kind}Style")
    return "" if mark is None else str(mark.get(_VALUE, ""))


def _own(cell: Any, row: Any) -> bool:
    """Whether a cell belongs to this row and not to a table inside one of its cells."""
    return next(cell.iterancestors(f"{_W}tr")) is row


def _inside(element: Any, tags: set[str], stop: Any) -> bool:
    for ancestor in element.iterancestors():
        if ancestor is stop:
            return False
        if ancestor.tag in tags:
            return True
    return False


def _cell_texts(cell: Any, marked: MarkedStyles) -> Iterator[str]:
    for block in _blocks(cell, marked):
        yield from block if isinstance(block, Cells) else (text.strip() for text, _ in block.lines)


def _pieces(element: Any, marked: MarkedStyles, paragraph: str, strong: bool = False) -> Iterator[tuple[str, bool]]:
    """Yield the texts inside a paragraph of that style, and whether they are bold."""
    for child in element:
        if child.tag in _SKIPPED or child.tag == f"{_W}txbxContent":
            continue
        if child.tag == f"{_W}t":
            yield child.text or "", strong
        elif child.tag in _SPACES:
            yield _SPACES[child.tag], strong
        elif child.tag == f"{_W}r":
            if not _has(child, "vanish", marked.hidden, paragraph):
                yield from _pieces(child, marked, paragraph, _has(child, "b", marked.bold, paragraph))
        else:
            yield from _pieces(child, marked, paragraph, strong)


def _has(run: Any, mark: str, styles: set[str], paragraph: str) -> bool:
    """Return whether a run is bold (b) or hidden (vanish), by itself, by its style, or by that of its paragraph."""
    says = _is_on(run, mark)
    return bool(styles) and (paragraph in styles or _style(run, "r") in styles) if says is None else says


def _is_on(element: Any, mark: str) -> bool | None:
    """Return whether a run or a style says that it is bold or hidden; None where it says nothing of it."""
    found = element.find(f"{_W}rPr/{_W}{mark}")
    return None if found is None else found.get(_VALUE, "1") not in _OFF


def _left_out(file: TranscriptFile) -> list[Finding]:
    found = []
    for name, kind in _REPORTED.items():
        texts = _part_texts(file, f"word/{name}")
        if texts:
            shown = " | ".join(texts)[:300]
            found.append(finding(f"{kind}_left_out", "note", file.name, n=len(texts), text=shown))
    return found


def _part_texts(file: TranscriptFile, part: str) -> list[str]:
    """Return the texts of the notes in a part of the package; a part that is missing or broken has none."""
    try:
        with open_archive(file) as archive:
            root = parse_xml(read_part(archive, part, file), file)
    except ReadError:
        return []
    texts = (normalise("".join(note.itertext(f"{_W}t"))) for note in root)
    return [text for text in texts if text]


def _numbered(body: Any, file: str) -> list[Finding]:
    n = sum(1 for block in body for _ in block.iter(f"{_W}numPr"))
    return [finding("numbering_left_out", "note", file, n=n)] if n else []


def _hidden_texts(body: Any, marked: MarkedStyles) -> Iterator[str]:
    for paragraph in (paragraph for block in body for paragraph in block.iter(f"{_W}p")):
        style = _style(paragraph, "p")
        for run in paragraph.iter(f"{_W}r"):
            if _has(run, "vanish", marked.hidden, style):
                yield normalise("".join(run.itertext(f"{_W}t")))
