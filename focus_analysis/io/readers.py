"""From a file to a draft: the reader is found by suffix and content."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from focus_analysis.io.documents import Cells, read_docx
from focus_analysis.io.draft import CELL, LINE_IN_CELL, Draft, Line, Segment, refuse
from focus_analysis.io.header import is_header_key, read_header
from focus_analysis.io.plain import read_md, read_txt
from focus_analysis.io.sheets import columns_of, read_table, segments_of
from focus_analysis.io.speakers import LONGEST_LABEL, is_form
from focus_analysis.io.speech import read_json
from focus_analysis.io.subtitles import read_subtitles
from focus_analysis.io.turns import draft_from_lines, header_roster

_SUBTITLES = re.compile(rb"\s*(?:\xef\xbb\xbf)?(?:WEBVTT|\d+\r?\n(?:\d{1,2}:)?\d{1,2}:\d{2}[.,]\d{1,3} --> )")
_CLOCK = re.compile(r"\W*(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?\W*")
_FEWEST_ROWS = 3
_MOSTLY = 0.7
_FEWEST_LABELLED = 2
_WORDS_OF_KEY = 4
_SPOKEN_WORDS = 3.0
_BOLD_LABELS = re.compile(rb"^\*\*[^*\n]{1,63}\*\*", re.MULTILINE)

Known = tuple[str, ...]


def read_draft(path: Path, known: Known = ()) -> Draft:
    """Read one transcript.

    Parameters
    ----------
    path : Path
        A file with a suffix of ``READERS``, or ``.doc``, which is refused with advice.
    known : tuple of str
        Labels that a speakers table names for this file.

    Raises
    ------
    ReadError
        The file cannot be read; the message says why and how to mend it.
    """
    suffix = path.suffix.lower()
    if suffix == ".doc":
        refuse("old_or_encrypted_word", path.name)
    draft = READERS[suffix](path, known)
    if not draft.segments:
        refuse("no_turns", path.name)
    return draft


def _txt(path: Path, known: Known) -> Draft:
    with path.open("rb") as file:
        head = file.read(20_000)
    if _SUBTITLES.match(head):
        return read_subtitles(path, known)
    if len(_BOLD_LABELS.findall(head)) >= _FEWEST_ROWS:
        return _md(path, known)
    lines, encoding = read_txt(path)
    return draft_from_lines(lines, "txt", path.name, known, encoding)


def _md(path: Path, known: Known) -> Draft:
    lines, encoding = read_md(path)
    return draft_from_lines(lines, "md", path.name, known, encoding)


def _docx(path: Path, known: Known) -> Draft:
    items, notes = read_docx(path)
    runs = [list(run) for _, run in groupby(items, key=lambda item: isinstance(item, Cells))]
    spoken = draft_from_lines([item for item in items if isinstance(item, Line)], "docx", path.name, known)
    labelled = sum(segment.speaker is not None for segment in spoken.segments) >= _FEWEST_LABELLED
    tables = [_turns_of_table([item for item in run if isinstance(item, Cells)], path.name) for run in runs]
    draft = (
        draft_from_lines(_as_lines(items), "docx", path.name, known)
        if labelled or not any(tables)
        else _with_tables(runs, tables, path.name)
    )
    return replace(draft, notes=(*draft.notes, *notes))


def _with_tables(runs: list[list[Line | Cells]], tables: list[tuple[Segment, ...]], file: str) -> Draft:
    """Read the turns of tables; what stands before the first is the header, what stands after goes on with a turn."""
    first = next(place for place, table in enumerate(tables) if table)
    header = read_header(_as_lines([item for run in runs[:first] for item in run]))
    segments: list[Segment] = []
    for run, table in zip(runs[first:], tables[first:], strict=True):
        segments += table or [Segment(segments[-1].speaker, line.text) for line in _as_lines(run) if line.text]
    return Draft("docx", tuple(segments), header.values, header_roster(header), ())


def _as_lines(items: Sequence[Line | Cells]) -> list[Line]:
    """Table rows that hold no turns read as lines: a key and its value, a person of the roster, or cell after cell."""
    lines: list[Line] = []
    for item in items:
        if isinstance(item, Line):
            lines.append(item)
            continue
        number = lines[-1].number if lines else 1
        cells = [cell for cell in item if cell]
        if len(cells) > 1 and len(cells[0]) <= LONGEST_LABEL and len(cells[0].split()) <= _WORDS_OF_KEY:
            lines.append(Line(_row_as_line(cells), number))
        else:
            lines += [Line(line, number) for cell in cells for line in cell.split("\n")]
    return lines


def _row_as_line(cells: list[str]) -> str:
    """Join the cells of a row; a key of a header gets its colon, other cells keep a mark that no speaker has."""
    first, *rest = (cell.replace("\n", LINE_IN_CELL) for cell in cells)
    key = first.rstrip(": ")
    return f"{key}: {CELL.join(rest)}" if is_header_key(key) else CELL.join([first, *rest])


def _turns_of_table(rows: Sequence[Cells], file: str) -> tuple[Segment, ...]:
    """Return the turns of a table time | speaker | text, or nothing if it is another table."""
    if not rows:
        return ()
    if {"speaker", "text"} <= set(columns_of(rows[0], "transcript")):
        return segments_of([list(row) for row in rows], file)
    if len(rows) < _FEWEST_ROWS:
        return ()
    rows = [Cells(cell.replace("\n", " ") for cell in row) for row in rows]
    columns = list(zip(*[row for row in rows if len(row) == len(rows[0])], strict=True))
    kinds = [_kind(column) for column in columns]
    if Counter(kinds)["speaker"] != 1 or Counter(kinds)["text"] != 1:
        return ()
    spoken = columns[kinds.index("text")]
    formed = any(is_form(cell) for cell in columns[kinds.index("speaker")])
    if "time" not in kinds and not formed and sum(len(cell.split()) for cell in spoken) < _SPOKEN_WORDS * len(spoken):
        return ()
    head = ["start" if kind == "time" else kind for kind in kinds]
    return segments_of([head, *[list(row) for row in rows]], file)


def _kind(column: Sequence[str]) -> str:
    filled = [cell for cell in column if cell]
    if not filled:
        return ""
    if sum(bool(_CLOCK.fullmatch(cell)) for cell in filled) >= _MOSTLY * len(filled):
        return "time"
    short = sum(len(cell) <= LONGEST_LABEL and len(cell.split()) <= 4 for cell in filled) >= _MOSTLY * len(filled)
    recurrent = len(set(filled)) <= _MOSTLY * len(filled)
    return "speaker" if short and recurrent else "text"


def _subtitles(path: Path, known: Known) -> Draft:
    return read_subtitles(path, known)


def _table(path: Path, known: Known) -> Draft:
    return read_table(path)


def _json(path: Path, known: Known) -> Draft:
    return read_json(path)


READERS: dict[str, Callable[[Path, Known], Draft]] = {
    ".txt": _txt,
    ".md": _md,
    ".docx": _docx,
    ".srt": _subtitles,
    ".vtt": _subtitles,
    ".csv": _table,
    ".xlsx": _table,
    ".json": _json,
}
KNOWN_SUFFIXES = (*READERS, ".doc")
