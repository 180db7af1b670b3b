"""Transcripts kept as tables: csv, tsv and xlsx with a row a turn."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, pairwise
from operator import itemgetter
from typing import NamedTuple, NoReturn, TypeVar

from focus_analysis.io.draft import Draft, Segments, finding, joined, normalised, refuse
from focus_analysis.io.header import header_values
from focus_analysis.io.opening import TranscriptFile
from focus_analysis.io.sheets import DEEPEST_HEAD, Row, Rows, columns_of, filled, opened
from focus_analysis.io.speakers import bare_label, seconds
from focus_analysis.language.tokens import fold
from focus_analysis.resources import toml
from focus_analysis.schemas import Finding

T = TypeVar("T")
_FEWEST_ROWS = 3
_LONGEST_LIST = 200
_HAS_LETTER = re.compile(r"[^\W\d_]")
_ROW_INSIDE = re.compile(r"^\w[\w .]{0,40}[;,\t|]\s?\"?[\dA-ZŁŚŻ]", re.MULTILINE)
_WHISPER = ["start", "end", "text"]
_FEWEST_WORDS_PER_S = 0.1


def read_table(file: TranscriptFile) -> Draft:
    """Return the talk of a csv or xlsx: one row a turn, columns found by their names.

    A row without a speaker goes on with the turn before it.

    Raises
    ------
    ReadError
        The file is no table, or has no column of texts.
    """
    book = opened(file)
    tables = {title: table for title, rows in book.sheets.items() if (table := _table(rows, book.delimiter))}
    if not tables:
        refuse("empty_file", file.name)
    talk = [table for table in tables.values() if "text" in table.columns]
    if not talk:
        _refuse_head(next(iter(tables.values())).head, file.name)
    segments, *more = map(_segments, talk)
    if more:
        segments = Segments.of(chain(segments, *more))
    if _is_in_milliseconds(file, talk[0]):
        starts, ends = ([*map(_thousandth, times)] for times in (segments.starts_s, segments.ends_s))
        segments = replace(segments, starts_s=starts, ends_s=ends)
    header = header_values((row[0], row[1]) for row in talk[0].above if len(row) > 1)
    if moderators := _moderators(talk[0]):
        header.setdefault("moderator", "; ".join(moderators))
    notes = [*_noticed(tables, talk, file.name)]
    if book.unclosed or (book.has_breaks and any(map(_swallows, talk))):
        notes.append(finding("csv_quote", "warning", file.name, f"{book.unclosed or ''}"))
    return Draft(file.suffix.lstrip("."), segments, header, notes=tuple(notes), encoding=book.encoding)


def _noticed(tables: Mapping[str, _Table], talk: Sequence[_Table], file: str) -> Iterator[Finding]:
    """Yield what was left out of the sheets of a file, and what may have been misread."""
    left = ", ".join(title for title, table in tables.items() if table not in talk)
    if left:
        yield finding("sheet_left_out", "note", file, sheets=left)
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
    rows = filled(rows)
    if not rows:
        return None
    top = enumerate(rows[:DEEPEST_HEAD])
    place = next((place for place, row in top if "text" in columns_of(row, "transcript")), 0)
    above, head, rows = rows[:place], rows[place], rows[place + 1 :]
    places = columns_of(head, "transcript")
    longer = _cut(rows, len(head), delimiter if places.get("text") == len(head) - 1 else "") if delimiter else 0
    columns = {name: _column(rows, place) for name, place in places.items()}
    return _Table(above, head, columns, _others(head, rows, set(places.values())), longer)


def _column(rows: Rows, place: int) -> Row:
    """Return the cells of a column; where a row is too short for it, an empty one."""
    try:
        return [*map(itemgetter(place), rows)]
    except IndexError:
        return [row[place] if place < len(row) else "" for row in rows]


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
    """Return whether a cell seems to hold whole rows: a quotation mark was not closed before the file was saved."""
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
    if all(segments.speakers[1:]):
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
