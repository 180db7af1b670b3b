"""Rows of csv and xlsx files, and transcripts kept as tables."""

from __future__ import annotations

import csv
import datetime
import io
import math
import re
from collections import Counter
from collections.abc import Sequence
from itertools import chain, islice, pairwise
from pathlib import Path
from typing import Any

from focus_analysis.errors import ReadError
from focus_analysis.io.archives import open_archive
from focus_analysis.io.draft import Draft, Segment, finding, joined, normalise, refuse
from focus_analysis.io.encoding import decode
from focus_analysis.io.header import header_values
from focus_analysis.io.opening import TranscriptFile
from focus_analysis.io.speakers import bare_label, seconds
from focus_analysis.language.tokens import fold
from focus_analysis.resources import toml

Rows = list[list[str]]
NumberedRows = list[tuple[int, list[str]]]
_DELIMITERS = ",;\t|"
_DEEPEST_HEAD = 30
_LONG_CELL, _FEWEST_ROWS = 200, 3
_ROW_INSIDE = re.compile(r"^\w[\w .]{0,40}[;,\t|]\s?\"?[\dA-ZŁŚŻ]", re.MULTILINE)
_WHISPER = ["start", "end", "text"]
_FORMULA = ("=", "+", "-", "@")


def read_rows(path: Path) -> tuple[Rows, str]:
    """Return the rows of a csv, or of the first sheet of an xlsx with any row, as text, and the encoding.

    Raises
    ------
    ReadError
        The file is empty, encrypted, or no table.
    """
    sheets, encoding = read_sheets(TranscriptFile(path))
    return next(iter(sheets.values()), []), encoding


def read_sheets(file: TranscriptFile) -> tuple[dict[str, Rows], str]:
    """Return the rows of every sheet that has any, by the sheet's name, and the encoding of a csv.

    Raises
    ------
    ReadError
        The file is empty, encrypted, or no table.
    """
    sheets, encoding = _sheets(file)
    return {title: list(filter(_is_filled, rows)) for title, rows in sheets.items()}, encoding


def numbered_sheets(path: Path) -> dict[str, NumberedRows]:
    """Return the filled rows of every sheet with their numbers as a spreadsheet shows them, by the sheet's name.

    Raises
    ------
    ReadError
        The file is empty, encrypted, or no table.
    """
    sheets, _ = _sheets(TranscriptFile(path))
    return {
        title: [(number, row) for number, row in enumerate(rows, 1) if _is_filled(row)]
        for title, rows in sheets.items()
    }


def _sheets(file: TranscriptFile) -> tuple[dict[str, Rows], str]:
    """Return all rows of the sheets in which any is filled, and the encoding of a csv."""
    if file.suffix == ".xlsx":
        sheets, encoding = _xlsx_sheets(file), ""
    else:
        text, encoding = decode(file.read_bytes(), file.name)
        sheets = {file.name: _csv_rows(text, file)}
    return {title: rows for title, rows in sheets.items() if any(map(_is_filled, rows))}, encoding


def _is_filled(row: list[str]) -> bool:
    return bool(row) and (bool(row[0].strip()) or any(map(str.strip, row)))


def _csv_rows(text: str, file: TranscriptFile) -> Rows:
    top = "".join(islice(io.StringIO(text, newline=""), _DEEPEST_HEAD))
    field_limit = csv.field_size_limit(len(text) + 1)
    try:
        delimiter = max(_DELIMITERS, key=lambda sign: _regular(top, sign))
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        refuse("broken_csv", file.name, reason=str(error))
    finally:
        csv.field_size_limit(field_limit)
    file.limits.check("rows", len(rows), file.name)
    return [list(map(_live, row)) for row in rows] if "'" in text else rows


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
    sheets, encoding = read_sheets(file)
    if not sheets:
        refuse("empty_file", file.name)
    tops = {title: _head_row(rows) for title, rows in sheets.items()}
    talk = {title: top for title, top in tops.items() if "text" in columns_of(sheets[title][top], "transcript")}
    chosen = talk or {next(iter(sheets)): 0}
    tables = [sheets[title][top:] for title, top in chosen.items()]
    segments = tuple(chain.from_iterable(segments_of(rows, file.name) for rows in tables))
    if _is_in_milliseconds(file, tables[0]):
        segments = tuple(
            one._replace(start_s=_thousandth(one.start_s), end_s=_thousandth(one.end_s)) for one in segments
        )
    first = next(iter(chosen))
    header = header_values((row[0], row[1]) for row in sheets[first][: chosen[first]] if len(row) > 1)
    if moderators := _moderators(tables[0]):
        header.setdefault("moderator", "; ".join(moderators))
    left = ", ".join(title for title in sheets if title not in chosen)
    notes = [finding("sheet_left_out", "note", file.name, sheets=left)] if left else []
    notes += [finding("csv_quote", "warning", file.name)] if any(map(_swallows, tables)) else []
    return Draft(file.suffix.lstrip("."), segments, header, notes=tuple(notes), encoding=encoding)


def _moderators(rows: Rows) -> list[str]:
    """Return the speakers whom a column of roles calls moderator."""
    places = columns_of(rows[0], "transcript")
    if not {"role", "speaker"} <= set(places):
        return []
    pairs = [(row[places["speaker"]], row[places["role"]]) for row in rows[1:] if len(row) > max(places.values())]
    words = toml("columns.toml")["roles"]["moderator"]
    return list(dict.fromkeys(bare_label(speaker) for speaker, role in pairs if fold(role) in words))


def _is_in_milliseconds(file: TranscriptFile, rows: Rows) -> bool:
    """Return whether a table is Whisper's tsv, the only one that counts in whole thousandths of a second."""
    if file.suffix != ".tsv" or rows[0] != _WHISPER:
        return False
    return all(cell.isdecimal() for row in rows[1:] for cell in row[:2])


def _thousandth(time: float | None) -> float | None:
    return None if time is None else time / 1000


def _swallows(rows: Rows) -> bool:
    """Return whether a cell seems to hold whole rows, as after a quotation mark that nobody closed."""
    of_lines = (cell for row in rows for cell in row if len(cell) > _LONG_CELL and "\n" in cell)
    return any(len(_ROW_INSIDE.findall(cell)) >= _FEWEST_ROWS for cell in of_lines)


def _head_row(rows: Rows) -> int:
    """Return which row names the columns: the first, or one below rows of metadata."""
    named = (place for place, row in enumerate(rows[:_DEEPEST_HEAD]) if "text" in columns_of(row, "transcript"))
    return next(named, 0)


def segments_of(rows: Rows, file: str) -> tuple[Segment, ...]:
    """Return the segments of a table whose first row names its columns.

    Raises
    ------
    ReadError
        No column holds texts.
    """
    head, *talk = rows
    places = columns_of(head, "transcript")
    if "text" not in places:
        shown = ", ".join(cell for cell in head if cell)[:200]
        refuse(
            "no_text_column",
            file,
            "1",
            columns=shown,
            allowed=", ".join(toml("columns.toml")["transcript"]["text"][:6]),
        )
    texts, speakers, starts, ends = (_column(talk, places.get(name)) for name in ("text", "speaker", "start", "end"))
    return _continued(
        [
            Segment(bare_label(speaker) or None, said, _clock(start), _clock(end))
            for said, speaker, start, end in zip(map(normalise, texts), speakers, starts, ends, strict=True)
            if said
        ]
    )


def _column(rows: Rows, place: int | None) -> list[str]:
    """Return the cells of a column; one that a row, or the whole table, lacks is empty."""
    if place is None:
        return [""] * len(rows)
    return [row[place] if place < len(row) else "" for row in rows]


def _continued(segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """Join the segments without a speaker to the one before them."""
    starts = [place for place, segment in enumerate(segments) if segment.speaker or not place]
    if len(starts) == len(segments):
        return tuple(segments)
    return tuple(joined(segments[start:end]) for start, end in pairwise([*starts, len(segments)]))


def _clock(text: str) -> float | None:
    if not text:
        return None
    try:
        found = seconds(text.strip("[]() ")) if text.strip() else None
    except (ValueError, OverflowError):
        return None
    return found if found is not None and math.isfinite(found) else None
