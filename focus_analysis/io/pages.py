"""Readers of web pages (html) and of oTranscribe (otr), whose text is a page inside a json."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from focus_analysis.io.draft import Cells, Line, finding, lines_of_pieces, normalise, refuse
from focus_analysis.io.encoding import decode
from focus_analysis.io.markup import local_name, parse_html
from focus_analysis.io.opening import TranscriptFile
from focus_analysis.io.speakers import LONGEST_LABEL, clock
from focus_analysis.language.tokens import count_words
from focus_analysis.schemas import Finding

_SKIPPED = {
    *("head", "script", "style", "noscript", "template", "nav", "button", "select", "textarea", "svg", "iframe"),
    *("del", "object", "audio", "video", "canvas", "form"),
}
_BLOCKS = {
    *("p", "div", "li", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "main"),
    *("header", "footer", "aside", "blockquote", "pre", "figure", "figcaption", "table", "hr", "address", "body"),
}
_FRAMES = {"table", "thead", "tbody", "tfoot", "colgroup"}
_STRONG = {"b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6"}
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPEAKER_CLASS = re.compile(r"(?:^|[\s_-])speaker(?:$|[\s_-])", re.IGNORECASE)
_FEWEST_SPEAKERS = 2
_NEW_LINE = "\n"

Items = tuple[list[Line | Cells], list[Finding], str]


def read_html(file: TranscriptFile) -> Items:
    """Return the lines and table rows of a page, what was left out, and its encoding.

    Where elements of a class "speaker" name the speakers, only the part of the page that holds them all is read.

    Raises
    ------
    ReadError
        The file is empty, too large, or no text.
    """
    text, encoding = decode(file.read_bytes(), file.name)
    items, notes = _items(text, file)
    return items, notes, encoding


def read_otr(file: TranscriptFile) -> Items:
    """Return the lines of a transcript of oTranscribe, what was left out, and its encoding.

    Raises
    ------
    ReadError
        The file is empty, too large, or no transcript of oTranscribe.
    """
    text, encoding = decode(file.read_bytes(), file.name)
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        refuse("broken_json", file.name, reason=type(error).__name__)
    page = content.get("text") if isinstance(content, dict) else None
    if not isinstance(page, str) or not page.strip():
        refuse("no_segments", file.name)
    items, notes = _items(page, file)
    return items, notes, encoding


def _items(text: str, file: TranscriptFile) -> tuple[list[Line | Cells], list[Finding]]:
    root = parse_html(text, file)
    talk = _talk(root)
    items: list[Line | Cells] = []
    pieces: list[tuple[str, bool]] = []
    for piece in [*_pieces(talk, False), Cells()]:
        if isinstance(piece, Cells):
            for text, bold in lines_of_pieces(pieces) if pieces else []:
                if text.strip() or (items and isinstance(items[-1], Cells)):
                    items.append(Line.of(text, len(items) + 1, bold))
            items += [piece] if piece else []
            pieces = []
        else:
            pieces.append(piece)
    left = 0 if talk is root else count_words(_words(root)) - count_words(_words(talk))
    return items, [finding("page_left_out", "note", file.name, words=left)] if left > 0 else []


def _talk(root: Any) -> Any:
    """Return the smallest part of a page that holds all its elements of a class "speaker", or the whole page."""
    named = [element for element in root.iter() if _speaker(element)]
    if len(named) < _FEWEST_SPEAKERS:
        return root
    shared = [named[0], *named[0].iterancestors()]
    for element in named[1:]:
        above = {element, *element.iterancestors()}
        shared = [one for one in shared if one in above]
    return shared[0]


def _speaker(element: Any) -> str:
    """Return the speaker that an element of a class "speaker" names, or nothing."""
    if not _SPEAKER_CLASS.search(element.get("class") or ""):
        return ""
    label = normalise("".join(element.itertext())).rstrip(": ")
    return label if len(label) <= LONGEST_LABEL else ""


def _words(element: Any) -> str:
    pieces = (piece if isinstance(piece, Cells) else piece[:1] for piece in _pieces(element, False))
    return " ".join(text for piece in pieces for text in piece)


def _pieces(element: Any, bold: bool) -> Iterator[tuple[str, bool] | Cells]:
    """Yield what a page shows: stretches of text, line ends among them, and the rows of tables."""
    name, style = local_name(element), element.get("style") or ""
    if name in _SKIPPED or element.get("hidden") is not None or _HIDDEN.search(style):
        return
    bold = bold or name in _STRONG or bool(_BOLD.search(style))
    if name == "tr":
        cells = (cell for cell in element if local_name(cell) in ("td", "th"))
        yield Cells(_cell(cell, bold) for cell in cells)
        return
    if name in _BLOCKS or name == "br":
        yield _NEW_LINE, False
    if element.get("data-timestamp"):
        yield _time_mark(element.get("data-timestamp")), False
        return
    if element.get("data-start"):
        yield _time_mark(element.get("data-start")), False
    yield from _inner(element, name, bold)
    if name in _BLOCKS:
        yield _NEW_LINE, False


def _inner(element: Any, name: str, bold: bool) -> Iterator[tuple[str, bool] | Cells]:
    if speaker := _speaker(element):
        yield f"{speaker}: ", True
        return
    texts = name not in _FRAMES
    if texts:
        yield _shown(element.text, name), bold
    for child in element:
        yield from _pieces(child, bold)
        if texts:
            yield _shown(child.tail, name), bold


def _cell(cell: Any, bold: bool) -> str:
    pieces = [("\n".join(piece), False) if isinstance(piece, Cells) else piece for piece in _inner(cell, "td", bold)]
    return "\n".join(filter(None, (normalise(line) for line, _ in lines_of_pieces(pieces))))


def _shown(text: str | None, name: str) -> str:
    """Return a text as a page shows it: line ends count only in a block of fixed width."""
    return (text or "") if name == "pre" else (text or "").replace("\n", " ").replace("\r", " ")


def _time_mark(written: str) -> str:
    """Return seconds of an attribute as a time mark, which is told from words wherever it stands."""
    try:
        return f" #{clock(float(written)).replace('.', '-')}# "
    except (ValueError, OverflowError):
        return ""
