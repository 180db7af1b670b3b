"""Reader of pdf: the text layer in the order in which people read it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, takewhile
from statistics import median
from typing import Any, NamedTuple

from focus_analysis.errors import ReadError
from focus_analysis.io.draft import Line, finding, refuse
from focus_analysis.io.opening import TranscriptFile
from focus_analysis.io.speakers import find_label, is_form
from focus_analysis.schemas import Finding

_WORD = re.compile(r"\S+")
_BOLD, _LONGEST_FONT_NAME = 600, 128
_SAME_LINE = 0.5
_FEWEST_LINES, _GUTTER = 8, 10.0
_MIDDLE, _STEPS = (0.35, 0.65), 30
_CROSSED, _SIDE = 0.2, 0.3
_HEADS, _FEWEST_PAGES, _ON_PAGES = 2, 2, 0.6
_LONGEST_HEAD = 100
_FEWEST_NUMBERED, _NUMBERED, _LONGEST_NUMBER = 5, 0.8, 5
_NUMBER_STEPS = (1, 5, 10)
_DIGITS = re.compile(r"\d+")
_CUT = "\ufffe"  # how the library writes a hyphen at the end of a line
_CUT_SMALL = re.compile(rf"{_CUT}(?=[a-ząćęłńóśźż])")


class Word(NamedTuple):
    """A word on a page: its text, its box (points, y upwards) and whether it is bold."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    bold: bool = False


Row = list[Word]


def read_pdf(file: TranscriptFile) -> tuple[list[Line], list[Finding]]:
    """Return the lines of a pdf in reading order, and what was left out.

    Two columns are read one after the other; numbers of lines, and heads and feet that come again from page to page,
    are left out; a word cut at the end of a line is joined.

    Raises
    ------
    ReadError
        The file is empty, too large, encrypted, no pdf, or a scan without text.
    """
    pages, numbered = _without_numbers([_rows(words) for words in _pages(file)])
    if not any(pages):
        refuse("pdf_without_text", file.name)
    rows, heads = _without_heads([_in_columns(page) for page in pages])
    notes = [finding("page_heads_left_out", "note", file.name, heads="; ".join(heads))] if heads else []
    notes += [finding("line_numbers_left_out", "note", file.name, n=numbered)] if numbered else []
    return _lines(rows), notes


def _pages(file: TranscriptFile) -> Iterator[Row]:
    """Yield the words of each page."""
    import pypdfium2

    file.read_bytes(1)
    try:
        document = pypdfium2.PdfDocument(file.path)
    except pypdfium2.PdfiumError as error:
        refuse("password" if "password" in str(error).lower() else "broken_pdf", file.name)
    try:
        file.limits.check("pages", len(document), file.name)
        for number in range(len(document)):
            yield list(_words(document, number, file))
    finally:
        document.close()


def _words(document: Any, number: int, file: TranscriptFile) -> Iterator[Word]:
    """Yield the words of a page that stand on it; one that was cut at the end of a line stands where it begins."""
    try:
        page = document[number].get_textpage()
        left, bottom, right, top = document[number].get_bbox()
        file.limits.check("elements", page.count_chars(), file.name, f"{number + 1}")
        for match in _WORD.finditer(page.get_text_range()):
            begun = match.group().partition(_CUT)[0] or match.group()
            first = page.get_charbox(match.start(), loose=True)
            last = page.get_charbox(match.start() + len(begun) - 1, loose=True)
            word = Word(_joined(match.group()), first[0], first[1], last[2], first[3], _is_bold(page, match.start()))
            if left <= word.right and word.left <= right and bottom <= word.top and word.bottom <= top:
                yield word
    except ReadError:
        raise
    except Exception:  # whatever a broken page does to the library
        refuse("broken_pdf", file.name, f"{number + 1}")


def _joined(word: str) -> str:
    """Return a word that was cut at the end of a line as one; before a capital its hyphen stays."""
    return _CUT_SMALL.sub("", word).replace(_CUT, "-")


def _is_bold(page: Any, place: int) -> bool:
    """Return whether a character is bold, by its font's weight or, where that is not known, its name."""
    import ctypes

    import pypdfium2

    if pypdfium2.raw.FPDFText_GetFontWeight(page, place) >= _BOLD:
        return True
    name = ctypes.create_string_buffer(_LONGEST_FONT_NAME)
    pypdfium2.raw.FPDFText_GetFontInfo(page, place, name, len(name), ctypes.c_int())
    return b"bold" in name.value.lower()


def _rows(words: Iterable[Word]) -> list[Row]:
    """Return the words of a page as rows from top to bottom, each from left to right."""
    rows: list[Row] = []
    for word in sorted(words, key=lambda word: (-word.bottom, word.left)):
        height = max(word.top - word.bottom, 1.0)
        if rows and abs(rows[-1][0].bottom - word.bottom) < _SAME_LINE * height:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda word: word.left) for row in rows]


def _in_columns(rows: list[Row]) -> list[Row]:
    """Return the rows of a page in reading order: where it has two columns, the left before the right."""
    gutter = _gutter(rows)
    if gutter is None:
        return rows
    ordered: list[Row] = []
    right: list[Row] = []
    for row in rows:
        if _gap(row, gutter) < _GUTTER:
            ordered += [*right, row]
            right = []
            continue
        ordered += [[word for word in row if word.left < gutter]]
        right += [[word for word in row if word.left >= gutter]]
    return [row for row in [*ordered, *right] if row]


def _gutter(rows: Sequence[Row]) -> float | None:
    """Return where two columns of a page part, or None where it has one."""
    if len(rows) < _FEWEST_LINES:
        return None
    left, right = min(row[0].left for row in rows), max(row[-1].right for row in rows)
    places = [
        left + (right - left) * (_MIDDLE[0] + (_MIDDLE[1] - _MIDDLE[0]) * step / _STEPS) for step in range(_STEPS + 1)
    ]
    crossed = {place: sum(_gap(row, place) < _GUTTER for row in rows) for place in places}
    best = min(places, key=lambda place: crossed[place])
    if crossed[best] > _CROSSED * len(rows):
        return None
    ends = [max(word.right for word in row if word.left < best) - left for row in rows if row[0].left < best]
    sides = (len(ends), sum(row[-1].left >= best for row in rows))
    full = bool(ends) and median(ends) >= _SIDE * (right - left)
    return best if full and min(sides) >= _SIDE * len(rows) else None


def _gap(row: Row, place: float) -> float:
    """Return how wide the empty space of a row is at a place; 0 inside a word."""
    before = max((word.right for word in row if word.left < place), default=-float("inf"))
    after = min((word.left for word in row if word.left >= place), default=float("inf"))
    return after - before if before <= place else 0.0


def _without_heads(pages: list[list[Row]]) -> tuple[list[Row], list[str]]:
    """Return all rows but the heads and feet that come again on most pages, numbers aside; and those."""
    edges = [{place for place in range(len(page)) if min(place, len(page) - 1 - place) < _HEADS} for page in pages]
    filled = [(page, edge) for page, edge in zip(pages, edges, strict=True) if page]
    counts = Counter(key for page, edge in filled for key in {_masked(page[place]) for place in edge})
    often = {key for key, n in counts.items() if _is_head(key, n, len(filled))}
    kept: list[Row] = []
    heads: dict[str, str] = {}
    for page, edge in filled:
        for place, row in enumerate(page):
            if place in edge and _masked(row) in often and not _is_turn(row):
                heads.setdefault(_masked(row), _text(row))
            else:
                kept.append(row)
    return kept, list(heads.values())


def _is_head(key: str, n: int, pages: int) -> bool:
    """Return whether a row comes again often enough; one without a number has to come more often."""
    fewest = _FEWEST_PAGES if "#" in key else _FEWEST_PAGES + 1
    return n >= max(fewest, _ON_PAGES * pages) and len(key) <= _LONGEST_HEAD


def _is_turn(row: Row) -> bool:
    label = find_label(Line(_text(row), 0))
    return label is not None and bool(label.text) and is_form(label.label)


def _masked(row: Row) -> str:
    return _DIGITS.sub("#", _text(row))


def _text(row: Row) -> str:
    return " ".join(word.text for word in row)


def _without_numbers(pages: list[list[Row]]) -> tuple[list[list[Row]], int]:
    """Return the pages without the numbers of lines or paragraphs in their margin, and how many there were."""
    rows = [row for page in pages for row in page]
    lefts = Counter(round(word.left) for row in rows for word in row[_is_number(row[0]) :][:1])
    margin = lefts.most_common(1)[0][0] if lefts else 0
    numbers = [int(row[0].text) for row in rows if _is_number(row[0], margin)]
    steps = Counter(after - before for before, after in pairwise(numbers))
    regular = sum(steps[step] for step in _NUMBER_STEPS)
    if len(numbers) < _FEWEST_NUMBERED or regular < _NUMBERED * (len(numbers) - 1):
        return pages, 0
    bare = [[row[_is_number(row[0], margin) :] for row in page] for page in pages]
    return [[row for row in page if row] for page in bare], len(numbers)


def _is_number(word: Word, margin: float = float("inf")) -> bool:
    return word.text.isdecimal() and len(word.text) <= _LONGEST_NUMBER and word.right < margin


def _lines(rows: list[Row]) -> list[Line]:
    return [Line.of(_text(row), number, _bold(row)) for number, row in enumerate(rows, 1)]


def _bold(row: Row) -> int:
    """Return how many characters at the start of a row are bold."""
    return sum(len(word.text) + 1 for word in takewhile(lambda word: word.bold, row))
