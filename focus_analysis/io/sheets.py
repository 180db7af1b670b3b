"""Rows of csv and xlsx files, and transcripts kept as tables."""

from __future__ import annotations

import csv
import datetime
import io
import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, islice, pairwise
from pathlib import Path
from typing import Any, NamedTuple, NoReturn, TypeVar

from focus_analysis.errors import ReadError
from focus_analysis.io.archives import open_archive
from focus_analysis.io.draft import Draft, Segments, finding, joined, normalise, normalised, refuse
from focus_analysis.io.encoding import decode
from focus_analysis.io.header import header_values
from focus_analysis.io.opening import TranscriptFile
from focus_analysis.io.speakers import bare_label, seconds
from focus_analysis.language.tokens import fold
from focus_analysis.resources import toml
from focus_analysis.schemas import Finding

T = TypeVar("T")
Row = list[str]
Rows = list[Row]
NumberedRows = list[tuple[int, Row]]
TABLE_SUFFIXES = (".xlsx", ".csv", ".tsv", ".txt")
_DELIMITERS = ",;\t|"
_DEEPEST_HEAD = 30
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n|$)")
_FEWEST_ROWS = 3
_LONGEST_LIST = 200
_HAS_LETTER = re.compile(r"[^\W\d_]")
_ROW_INSIDE = re.compile(r"^\w[\w .]{0,40}[;,\t|]\s?\"?[\dA-ZŁŚŻ]", re.MULTILINE)
_WHISPER = ["start", "end", "text"]
_FEWEST_WORDS_PER_S = 0.1
_FORMULA = ("=", "+", "-", "@")


def read_rows(path: Path) -> tuple[Rows, str]:
    """Return the rows of a csv, or of the first sheet of an xlsx with any row, as text, and the encoding.

    Raises
    ------
    ReadError
        The file is empty, encrypted, or no table.
    """
    book = _opened(TranscriptFile(path))
    return next(filter(None, map(_filled, book.sheets.values())), []), book.encoding


def numbered_sheets(path: Path) -> dict[str, NumberedRows]:
    """Return the filled rows of every sheet with their numbers as a spreadsheet shows them, by the sheet's name.

    Raises
    ------
    ReadError
        The file is empty, encrypted, or no table.
    """
    sheets = _opened(TranscriptFile(path)).sheets
    numbered = {
        title: [(number, row) for number, row in enumerate(rows, 1) if any(map(str.strip, row))]
        for title, rows in sheets.items()
    }
    return {title: rows for title, rows in numbered.items() if rows}


class _Book(NamedTuple):
    """The rows of every sheet; encoding and delimiter where the file is a csv."""

    sheets: dict[str, Rows]
    encoding: str = ""
    delimiter: str = ""


def _opened(file: TranscriptFile) -> _Book:
    if file.suffix == ".xlsx":
        return _Book(_xlsx_sheets(file))
    text, encoding = decode(file.read_bytes(), file.name)
    delimiter = _delimiter(text, file.name)
    return _Book({file.name: _csv_rows(text, delimiter, file)}, encoding, delimiter)


def _filled(rows: Rows) -> Rows:
    return [row for row in rows if row and (row[0].strip() or any(map(str.strip, row)))]


def _csv_rows(text: str, delimiter: str, file: TranscriptFile) -> Rows:
    field_limit = csv.field_size_limit(len(text) + 1)
    try:
        rows = [*islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), file.limits.rows + 1)]
    except csv.Error as error:
        refuse("broken_csv", file.name, reason=str(error))
    finally:
        csv.field_size_limit(field_limit)
    file.limits.check("rows", len(rows), file.name)
    return [[*map(_live, row)] for row in rows] if "'" in text else rows


def _delimiter(text: str, file: str) -> str:
    """Return the sign that parts the first rows most regularly."""
    top = "".join(line[0] for line in islice(_LINE.finditer(text), _DEEPEST_HEAD))
    field_limit = csv.field_size_limit(len(text) + 1)
    try:
        return max(_DELIMITERS, key=lambda sign: _regular(top, sign))
    except csv.Error as error:
        refuse("broken_csv", file, reason=str(error))
    finally:
        csv.field_size_limit(field_limit)


def _regular(text: str, delimiter: str) -> tuple[int, int]:
    """Return how many rows share the commonest number of cells above one, and that number."""
    lengths = Counter(
        len(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if len(row) > 1
    )
    return max(((rows, cells) for cells, rows in lengths.items()), default=(0, 0))


def _live(cell: str) -> str:
    """Take off the apostrophe with which our own writer keeps a text from becoming a formula."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(_FORMULA) else cell


def _xlsx_sheets(file: TranscriptFile) -> dict[str, Rows]:
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
            return {sheet.title: _sheet_rows(sheet, file) for sheet in book.worksheets}
    except ReadError:
        raise
    except Exception as error:  # whatever a broken file does to the library
        refuse("broken_xlsx", file.name, reason=type(error).__name__)


def _sheet_rows(sheet: Any, file: TranscriptFile) -> Rows:
    """Return the rows, whatever size the file says the sheet has; an empty one has no cells."""
    sheet.reset_dimensions()
    rows: Rows = []
    for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
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


def read_table(file: TranscriptFile) -> Draft:
    """Return the talk of a csv or xlsx: one row a turn, columns found by their names.

    A row without a speaker goes on with the turn before it.

    Raises
    ------
    ReadError
        The file is no table, or has no column of texts.
    """
    book = _opened(file)
    tables = {title: table for title, rows in book.sheets.items() if (table := _table(rows, book.delimiter))}
    if not tables:
        refuse("empty_file", file.name)
    talk = [table for table in tables.values() if "text" in table.columns]
    if not talk:
        _refuse_head(next(iter(tables.values())).head, file.name)
    segments = Segments.of(chain.from_iterable(map(_segments, talk))) if len(talk) > 1 else _segments(talk[0])
    if _is_in_milliseconds(file, talk[0]):
        starts, ends = ([*map(_thousandth, times)] for times in (segments.starts_s, segments.ends_s))
        segments = replace(segments, starts_s=starts, ends_s=ends)
    header = header_values((row[0], row[1]) for row in talk[0].above if len(row) > 1)
    if moderators := _moderators(talk[0]):
        header.setdefault("moderator", "; ".join(moderators))
    notes = tuple(_noticed(tables, talk, file.name))
    return Draft(file.suffix.lstrip("."), segments, header, notes=notes, encoding=book.encoding)


def _noticed(tables: Mapping[str, _Table], talk: Sequence[_Table], file: str) -> Iterator[Finding]:
    """Yield what was left out of the sheets of a file, and what may have been misread."""
    left = ", ".join(title for title, table in tables.items() if table not in talk)
    if left:
        yield finding("sheet_left_out", "note", file, sheets=left)
    if any(map(_swallows, talk)):
        yield finding("csv_quote", "warning", file)
    longer = sum(table.longer for table in talk)
    if longer:
        yield finding("cells_beyond_head", "warning", file, n=longer)
    others = {name: words for table in talk for name, words in table.others.items()}
    if others:
        severity = "warning" if any(others.values()) else "note"
        yield finding("columns_left_out", severity, file, columns=", ".join(others)[:_LONGEST_LIST])


class _Table(NamedTuple):
    """A sheet: the rows above its head, its head, the cells of each column that a transcript may have, and of others.

    ``longer`` is how many rows of a csv have more cells than the head, so that nobody knows which cell is which.
    """

    above: Rows
    head: Row
    columns: dict[str, Row]
    others: dict[str, bool]
    longer: int


def _table(rows: Rows, delimiter: str = "") -> _Table | None:
    """Return a sheet whose head is its first row, or one below rows of metadata; None if no row is filled."""
    filled = _filled(rows)
    if not filled:
        return None
    top = enumerate(filled[:_DEEPEST_HEAD])
    place = next((place for place, row in top if "text" in columns_of(row, "transcript")), 0)
    above, head, rows = filled[:place], filled[place], filled[place + 1 :]
    places = columns_of(head, "transcript")
    longer = _cut(rows, len(head), delimiter if places.get("text") == len(head) - 1 else "") if delimiter else 0
    columns = {name: [row[place] if place < len(row) else "" for row in rows] for name, place in places.items()}
    return _Table(above, head, columns, _others(head, rows, set(places.values())), longer)


def _others(head: Row, rows: Rows, read: set[int]) -> dict[str, bool]:
    """Return the filled columns that are not read, by name or letter, and whether each is words without a name.

    Only cells that are there are looked at, for one far away would make a table of billions.
    """
    unread = set(range(max(map(len, rows), default=0))) - read
    named = {place for place, name in enumerate(head) if name.strip()}
    found: dict[int, bool] = {}
    for row in rows:
        if not unread:
            break
        for place, cell in enumerate(row):
            if place in unread and cell.strip():
                found[place] = place not in named and _HAS_LETTER.search(cell) is not None
                unread -= {place} if found[place] or place in named else set()
    return {head[place].strip() if place in named else _letters(place): found[place] for place in sorted(found)}


def _letters(place: int) -> str:
    """Return what a spreadsheet calls a column.

    Examples
    --------
    >>> _letters(0), _letters(25), _letters(26)
    ('A', 'Z', 'AA')
    """
    before, last = divmod(place, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + last)


def _cut(rows: Rows, width: int, joined_by: str) -> int:
    """Cut the rows of a csv to the width of its head, and return how many lost a cell by that.

    Where texts stand last, what goes on beyond them is joined to them: a csv in which nobody quoted the texts.
    """
    longer = 0
    for row in [row for row in rows if len(row) > width]:
        if joined_by and _goes_on(row[width - 1 :]):
            row[width - 1] = joined_by.join(row[width - 1 :])
        else:
            longer += any(row[width:])
        del row[width:]
    return longer


def _goes_on(cells: Row) -> bool:
    """Return whether cells are one text that its own commas cut: a space, or digits on both sides, at every cut."""
    return all(
        after[:1].isspace() or (before[-1:].isdigit() and after[:1].isdigit()) for before, after in pairwise(cells)
    )


def _refuse_head(head: Row, file: str) -> NoReturn:
    shown = ", ".join(filter(None, head))[:_LONGEST_LIST]
    allowed = ", ".join(toml("columns.toml")["transcript"]["text"][:6])
    refuse("no_text_column", file, "1", columns=shown, allowed=allowed)


def _moderators(table: _Table) -> list[str]:
    """Return the speakers whom a column of roles calls moderator."""
    words = toml("columns.toml")["roles"]["moderator"]
    people = dict.fromkeys(zip(table.columns.get("speaker", ()), table.columns.get("role", ()), strict=False))
    return list(dict.fromkeys(bare_label(speaker) for speaker, role in people if fold(role) in words))


def _is_in_milliseconds(file: TranscriptFile, table: _Table) -> bool:
    """Return whether a table is of Whisper or whisper.cpp, which alone count in whole thousandths of a second."""
    if table.head != _WHISPER or not all(map(str.isdecimal, chain(table.columns["start"], table.columns["end"]))):
        return False
    n_words = sum(len(text.split()) for text in table.columns["text"])
    return file.suffix == ".tsv" or n_words < _FEWEST_WORDS_PER_S * max(map(float, table.columns["end"]), default=0)


def _thousandth(time: float | None) -> float | None:
    return None if time is None else time / 1000


def _swallows(table: _Table) -> bool:
    """Return whether a cell seems to hold whole rows, as after a quotation mark that nobody closed."""
    of_lines = (cell for cell in chain(*table.columns.values()) if "\n" in cell)
    return any(len(_ROW_INSIDE.findall(cell)) >= _FEWEST_ROWS for cell in of_lines)


def segments_of(rows: Rows) -> Segments:
    """Return the segments of a table, or none if no row names a column of texts."""
    table = _table(rows)
    return _segments(table) if table and "text" in table.columns else Segments()


def _segments(table: _Table) -> Segments:
    texts = normalised(table.columns["text"])
    speakers = _each(table, "speaker", _speaker)
    starts, ends = (_each(table, name, _clock) for name in ("start", "end"))
    segments = Segments(speakers, texts, starts, ends)
    return _continued(segments if all(texts) else Segments.of(segment for segment in segments if segment.text))


def _each(table: _Table, column: str, reading: Callable[[str], T]) -> Sequence[T | None]:
    """Return what each cell of a column is read as, cells alike once; nothing for a column that is not there."""
    if column not in table.columns:
        return [None] * len(table.columns["text"])
    cells = table.columns[column]
    known = {cell: reading(cell) for cell in set(cells)}
    return [*map(known.__getitem__, cells)]


def _speaker(cell: str) -> str | None:
    return bare_label(cell) or None


def _continued(segments: Segments) -> Segments:
    """Join the segments without a speaker to the one before them."""
    if None not in segments.speakers[1:]:
        return segments
    starts = [place for place, speaker in enumerate(segments.speakers) if speaker or not place]
    turns = [*segments]
    return Segments.of(joined(turns[start:end]) for start, end in pairwise([*starts, len(turns)]))


def _clock(text: str) -> float | None:
    try:
        found = seconds(text.strip("[]() ")) if text.strip() else None
    except (ValueError, OverflowError):
        return None
    return found if found is not None and math.isfinite(found) else None
