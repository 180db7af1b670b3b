"""From a file to a draft: the reader is found by suffix and content."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import groupby
from pathlib import Path

from focus_analysis.io.documents import Cells, read_docx
from focus_analysis.io.draft import Draft, Line, Segment, refuse
from focus_analysis.io.header import read_header
from focus_analysis.io.plain import read_md, read_txt
from focus_analysis.io.sheets import columns_of, read_table, segments_of
from focus_analysis.io.speakers import LONGEST_LABEL
from focus_analysis.io.speech import read_json
from focus_analysis.io.subtitles import read_subtitles
from focus_analysis.io.turns import draft_from_lines, header_roster
from focus_analysis.schemas import Finding

_SUBTITLES = re.compile(rb"\s*(?:\xef\xbb\xbf)?(?:WEBVTT|\d+\r?\n(?:\d{1,2}:)?\d{1,2}:\d{2}[.,]\d{1,3} --> )")
_CLOCK = re.compile(r"\W*(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?\W*")
_FEWEST_ROWS = 3
_MOSTLY = 0.7

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
        if _SUBTITLES.match(file.read(200)):
            return read_subtitles(path, known)
    lines, encoding = read_txt(path)
    return draft_from_lines(lines, "txt", path.name, known, encoding)


def _md(path: Path, known: Known) -> Draft:
    lines, encoding = read_md(path)
    return draft_from_lines(lines, "md", path.name, known, encoding)


def _docx(path: Path, known: Known) -> Draft:
    items, notes = read_docx(path)
    runs = [list(run) for _, run in groupby(items, key=lambda item: isinstance(item, Cells))]
    for position, run in enumerate(runs):
        cells = [item for item in run if isinstance(item, Cells)]
        segments = _turns_of_table(cells, path.name)
        if segments:
            before = _as_lines([item for earlier in runs[:position] for item in earlier])
            after = _as_lines([item for later in runs[position + 1 :] for item in later])
            return _with_table(before, segments, after, path.name, notes)
    draft = draft_from_lines(_as_lines(items), "docx", path.name, known)
    return Draft(draft.format, draft.segments, draft.header, draft.roster, (*draft.notes, *notes))


def _with_table(
    before: list[Line], segments: Sequence[Segment], after: list[Line], file: str, notes: list[Finding]
) -> Draft:
    header = read_header(before)
    rest = [Segment(segments[-1].speaker, line.text) for line in after if line.text]
    return Draft("docx", (*segments, *rest), header.values, header_roster(header), tuple(notes))


def _as_lines(items: Sequence[Line | Cells]) -> list[Line]:
    """Table rows that hold no turns read as lines: a key and its value, or one cell after the other."""
    lines: list[Line] = []
    for item in items:
        if isinstance(item, Line):
            lines.append(item)
            continue
        number = lines[-1].number if lines else 1
        cells = [cell for cell in item if cell]
        if len(cells) == 2 and len(cells[0]) <= LONGEST_LABEL and not cells[0].endswith(":"):
            lines.append(Line(f"{cells[0]}: {cells[1]}", number))
        else:
            lines += [Line(cell, number) for cell in cells]
    return lines


def _turns_of_table(rows: Sequence[Cells], file: str) -> tuple[Segment, ...]:
    """Return the turns of a table time | speaker | text, or nothing if it is another table."""
    if not rows:
        return ()
    if {"speaker", "text"} <= set(columns_of(rows[0], "transcript")):
        return segments_of([list(row) for row in rows], file)
    if len(rows) < _FEWEST_ROWS:
        return ()
    columns = list(zip(*[row for row in rows if len(row) == len(rows[0])], strict=True))
    kinds = [_kind(column) for column in columns]
    if Counter(kinds)["speaker"] != 1 or Counter(kinds)["text"] != 1:
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
