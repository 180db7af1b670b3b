"""Readers of txt and Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from focus_analysis.io.draft import Cells, Line
from focus_analysis.io.opening import TranscriptFile

if TYPE_CHECKING:
    from markdown_it.token import Token


def read_txt(file: TranscriptFile) -> tuple[list[Line], str]:
    """Return the lines of a text file and its encoding.

    Raises
    ------
    ReadError
        The file is empty, too large, or no text.
    """
    text, encoding = file.read_text()
    lines = [Line.of(line, number) for number, line in enumerate(text.splitlines(), 1)]
    return lines, encoding


def read_md(file: TranscriptFile) -> tuple[list[Line | Cells], str]:
    """Return the paragraphs, line breaks and table rows of a Markdown file, without its marks, and its encoding.

    Raises
    ------
    ReadError
        The file is empty, too large, or no text.
    """
    from markdown_it import MarkdownIt

    text, encoding = file.read_text()
    parser = (
        MarkdownIt("commonmark")
        .enable("table")
        .disable(["code", "reference", "html_block", "link", "lheading", "entity"])
    )
    items: list[Line | Cells] = []
    cells: list[str] | None = None
    heading = False
    number = 1
    for token in parser.parse(text):
        number = token.map[0] + 1 if token.map else number
        heading = token.type == "heading_open" or (heading and token.type != "heading_close")
        if token.type == "tr_open":
            cells = []
        elif token.type == "tr_close":
            items.append(Cells(cells or []))
            cells = None
        elif token.type == "inline" and cells is not None:
            cells.append(" ".join(line.text for line in _inline_lines(token, number, heading)))
        elif token.type == "inline":
            items += _inline_lines(token, number, heading)
        elif token.type == "table_close":
            items.append(Line("", number))
        elif token.type == "fence":
            items += [Line.of(line, number + i) for i, line in enumerate(token.content.splitlines(), 1)]
    return items, encoding


def _inline_lines(token: Token, number: int, heading: bool) -> list[Line]:
    lines: list[Line] = []
    text, bold, strong = "", 0, heading
    for child in token.children or []:
        if child.type in ("strong_open", "strong_close"):
            strong = heading or child.type == "strong_open"
        elif child.type in ("softbreak", "hardbreak"):
            lines.append(Line.of(text, number + len(lines), bold))
            text, bold = "", 0
        else:
            content = child.content if child.type != "image" else ""
            bold += len(content) if strong and len(text) == bold else 0
            text += content
    return [*lines, Line.of(text, number + len(lines), bold)]
