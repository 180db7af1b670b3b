"""Reader of Word documents: every word that a reader sees, in document order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from focus_analysis.errors import ReadError
from focus_analysis.io.archives import check_parts, open_archive, read_part
from focus_analysis.io.draft import Cells, Line, finding, lines_of_pieces, normalise, refuse
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
    body = _open(file)
    items: list[Line | Cells] = []
    for number, item in enumerate(_blocks(body), 1):
        if isinstance(item, Cells):
            items.append(item)
        else:
            items += [Line.of(text, number, bold) for text, bold in item]
    return items, [*_left_out(file), *_numbered(body, file.name)]


def _open(file: TranscriptFile) -> Any:
    import docx

    if file.read_bytes(4) == b"\xd0\xcf\x11\xe0":
        refuse("old_or_encrypted_word", file.name)
    with open_archive(file, "broken_docx") as archive:
        check_parts(archive, file)
    try:
        return list(docx.Document(str(file.path)).element.body)
    except Exception as error:  # whatever a broken file does to the library
        refuse("broken_docx", file.name, reason=type(error).__name__)


def _blocks(container: Any) -> Iterator[Cells | list[tuple[str, int]]]:
    """Yield table rows, and paragraphs as lists of (line, bold characters at its start)."""
    for element in container:
        if element.tag in _SKIPPED:
            continue
        if element.tag == f"{_W}p":
            yield lines_of_pieces(_pieces(element))
            for box in element.iter(f"{_W}txbxContent"):
                if not _inside(box, f"{_MC}Fallback", element):
                    yield from _blocks(box)
        elif element.tag == f"{_W}tr":
            own = (cell for cell in element.iter(f"{_W}tc") if _own(cell, element))
            yield Cells("\n".join(filter(None, map(normalise, _cell_texts(cell)))) for cell in own)
        elif len(element):
            yield from _blocks(element)


def _own(cell: Any, row: Any) -> bool:
    """Whether a cell belongs to this row and not to a table inside one of its cells."""
    return next(cell.iterancestors(f"{_W}tr")) is row


def _inside(element: Any, tag: str, stop: Any) -> bool:
    for ancestor in element.iterancestors():
        if ancestor is stop:
            return False
        if ancestor.tag == tag:
            return True
    return False


def _cell_texts(cell: Any) -> Iterator[str]:
    for block in _blocks(cell):
        yield from block if isinstance(block, Cells) else (text.strip() for text, _ in block)


def _pieces(element: Any, bold: bool = False) -> Iterator[tuple[str, bool]]:
    for child in element:
        if child.tag in _SKIPPED or child.tag == f"{_W}txbxContent":
            continue
        if child.tag == f"{_W}t":
            yield child.text or "", bold
        elif child.tag in _SPACES:
            yield _SPACES[child.tag], bold
        elif child.tag == f"{_W}r":
            yield from _pieces(child, _is_bold(child))
        else:
            yield from _pieces(child, bold)


def _is_bold(run: Any) -> bool:
    mark = run.find(f"{_W}rPr/{_W}b")
    return mark is not None and mark.get(f"{_W}val", "1") not in _OFF


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
