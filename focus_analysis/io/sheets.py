"""Rows of csv and xlsx files."""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections import Counter
from collections.abc import Sequence
from itertools import chain, islice, pairwise
from pathlib import Path
from typing import Any, NamedTuple

from focus_analysis.errors import ReadError
from focus_analysis.io.archives import open_archive
from focus_analysis.io.draft import normalise, refuse
from focus_analysis.io.encoding import decode
from focus_analysis.io.opening import TranscriptFile
from focus_analysis.language.tokens import fold
from focus_analysis.resources import toml

Row = list[str]
Rows = list[Row]
NumberedRows = list[tuple[int, Row]]
csv.field_size_limit(2**31 - 1)  # of the whole process; how large a file may be is for ``Limits`` to say
TABLE_SUFFIXES = (".xlsx", ".csv", ".tsv", ".txt")
REFI_SUFFIXES = (".qdpx", ".qdc")
DEEPEST_HEAD = 30
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet takes for one by its beginning
_DELIMITERS = ",;\t|"
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n|$)")


def read_rows(path: Path) -> tuple[Rows, str]:
    """Return the rows of a csv, or of the first sheet of an xlsx with any row, as text, and the encoding.

    Raises
    ------
    ReadError
        The file is empty, encrypted, or no table.
    """
    book = opened(TranscriptFile(path))
    return next(filter(None, map(filled, book.sheets.values())), []), book.encoding


def read_head(path: Path) -> Row:
    """Return the row that ``read_rows`` returns first, without reading what stands below the head; none: no cells.

    Raises
    ------
    ReadError
        The file is empty, encrypted, or no table.
    """
    sheets = opened(TranscriptFile(path), DEEPEST_HEAD).sheets
    return next(chain.from_iterable(map(filled, sheets.values())), [])


def numbered_sheets(path: Path) -> dict[str, NumberedRows]:
    """Return the filled rows of every sheet with their numbers as a spreadsheet shows them, by the sheet's name.

    Raises
    ------
    ReadError
        The file is empty, encrypted, or no table.
    """
    sheets = opened(TranscriptFile(path)).sheets
    numbered = {
        title: [(number, row) for number, row in enumerate(rows, 1) if any(map(str.strip, row))]
        for title, rows in sheets.items()
    }
    return {title: rows for title, rows in numbered.items() if rows}


class Book(NamedTuple):
    """The rows of every sheet; encoding and delimiter of a csv; whether there can be line breaks within cells.

    ``unclosed`` is the line on which a row of several lines begins whose quotation marks do not pair; 0: none does.
    """

    sheets: dict[str, Rows]
    encoding: str = ""
    delimiter: str = ""
    has_breaks: bool = True
    unclosed: int = 0


def opened(file: TranscriptFile, most: int = 0) -> Book:
    """Return the rows of a file, or only so many of each sheet."""
    most = most or file.limits.rows + 1
    if file.suffix == ".xlsx":
        return Book(_xlsx_sheets(file, most))
    text, encoding = decode(file.read_bytes(), file.name)
    delimiter = _delimiter(text, file.name)
    rows, n_lines = _csv_rows(text, delimiter, file, most)
    has_breaks = n_lines > len(rows)
    return Book({file.name: rows}, encoding, delimiter, has_breaks, _unclosed(text, delimiter) if has_breaks else 0)


def filled(rows: Rows) -> Rows:
    """Return the rows that have a cell with more than white space."""
    return [row for row in rows if row and (row[0].strip() or any(map(str.strip, row)))]


def _csv_rows(text: str, delimiter: str, file: TranscriptFile, most: int) -> tuple[Rows, int]:
    """Return the rows of a csv, and how many lines of text they take."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        rows = [*islice(reader, most)]
    except csv.Error as error:
        refuse("broken_csv", file.name, reason=str(error))
    file.limits.check("rows", len(rows), file.name)
    return [[*map(_live, row)] for row in rows] if "'" in text else rows, reader.line_num


def _unclosed(text: str, delimiter: str) -> int:
    """Return the line on which a row of several lines begins whose quotation marks do not pair; 0 if none does.

    A quotation mark left open swallows the rows after it up to the next one, which opens a cell and so stands before
    a letter; or up to the end of the file. In a sound cell of several lines a mark closes before a delimiter.
    """
    lines = [*io.StringIO(text, newline="")]
    reader = csv.reader(lines, delimiter=delimiter)
    ends = [0, *(reader.line_num for _ in reader)]
    rows = ((start, lines[start:end]) for start, end in pairwise(ends) if end - start > 1)
    return next((start + 1 for start, row in rows if not _pairs(row, delimiter)), 0)


def _pairs(lines: Sequence[str], delimiter: str) -> bool:
    try:
        return bool([*csv.reader(lines, delimiter=delimiter, strict=True)])
    except csv.Error:
        return False


def _delimiter(text: str, file: str) -> str:
    """Return the sign that parts the first rows most regularly."""
    top = "".join(line[0] for line in islice(_LINE.finditer(text), DEEPEST_HEAD))
    try:
        return max(_DELIMITERS, key=lambda sign: _regular(top, sign))
    except csv.Error as error:
        refuse("broken_csv", file, reason=str(error))


def _regular(text: str, delimiter: str) -> tuple[int, int]:
    """Return how many rows share the commonest number of cells above one, and that number."""
    lengths = Counter(
        len(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if len(row) > 1
    )
    return max(((rows, cells) for cells, rows in lengths.items()), default=(0, 0))


def _live(cell: str) -> str:
    """Take off the apostrophe with which our own writer keeps a text from becoming a formula."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(FORMULA) else cell


def _xlsx_sheets(file: TranscriptFile, most: int) -> dict[str, Rows]:
    import warnings

    import openpyxl

    if file.read_bytes(4) == b"\xd0\xcf\x11\xe0":
        refuse("encrypted_xlsx", file.name)
    with open_archive(file, "broken_xlsx"):
        pass
    try:
        with warnings.catch_warnings(), file.path.open("rb") as stream:
            warnings.simplefilter("ignore", UserWarning)
            book = openpyxl.load_workbook(stream, read_only=True, data_only=True)
            return {sheet.title: _sheet_rows(sheet, file, most) for sheet in book.worksheets}
    except ReadError:
        raise
    except Exception as error:  # whatever a broken file does to the library
        refuse("broken_xlsx", file.name, reason=type(error).__name__)


def _sheet_rows(sheet: Any, file: TranscriptFile, most: int) -> Rows:
    """Return the rows, whatever size the file says the sheet has; an empty one has no cells."""
    sheet.reset_dimensions()
    rows: Rows = []
    for number, row in enumerate(islice(sheet.iter_rows(values_only=True), most), 1):
        file.limits.check("rows", number, file.name, sheet.title)
        rows.append([_cell(value) for value in row] if any(value is not None for value in row) else [])
    return rows


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime.datetime) and not (value.hour or value.minute or value.second):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def columns_of(head: Sequence[str], kind: str) -> dict[str, int]:
    """Return which column of a table holds what.

    Parameters
    ----------
    head : sequence of str
        The first row.
    kind : str
        Section of ``resources/columns.toml``: transcript, sessions or speakers.
    """
    names = [fold(normalise(cell)) for cell in head]
    places: dict[str, int] = {}
    for column, aliases in toml("columns.toml")[kind].items():
        found = [names.index(alias) for alias in aliases if alias in names]
        if found:
            places[column] = found[0]
    return places
