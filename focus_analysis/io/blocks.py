"""Documents of paragraphs and tables: where the talk is, and how it becomes one draft."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from focus_analysis.io.draft import CELL, LINE_IN_CELL, Cells, Draft, Line, Segment, Segments
from focus_analysis.io.header import header_values, is_header_key
from focus_analysis.io.opening import TranscriptFile
from focus_analysis.io.sheets import columns_of
from focus_analysis.io.speakers import LONGEST_LABEL, clock, find_label, is_form
from focus_analysis.io.subtitles import cued_talk
from focus_analysis.io.tables import segments_of
from focus_analysis.io.turns import draft_from_lines, title_findings
from focus_analysis.schemas import Finding

_CLOCK = re.compile(r"\W*(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?\W*")
_FEWEST_ROWS = 3
_DEEPEST_HEAD = 10
_MOSTLY = 0.7
_FEWEST_LABELLED = 2
_WORDS_OF_KEY = 4
_SPOKEN_WORDS = 3.0


def draft_from_blocks(
    items: Sequence[Line | Cells], file: TranscriptFile, notes: Sequence[Finding] = (), encoding: str = ""
) -> Draft:
    """Find the turns in the paragraphs and table rows of a document.

    A table of turns is known by its head, or, where the paragraphs hold no talk, by its cells; the rows of every
    other table read as lines.

    Parameters
    ----------
    items : sequence of Line or Cells
        Paragraphs and rows in document order.
    file : TranscriptFile
        Where they come from.
    notes : sequence of Finding
        What the reader left out.
    encoding : str
        Encoding of a text file, for the record.

    Raises
    ------
    ReadError
        There are too many paragraphs and rows.
    """
    file.limits.check("rows", len(items), file.name)
    kind = file.suffix.lstrip(".")
    lines = [item for item in items if isinstance(item, Line)]
    speakers: list[str] = []
    if len(lines) == len(items) and (cued := cued_talk([line.text for line in lines], file.known)):
        top, segments = cued
        header = header_values(line.partition(":")[::2] for line in top)
        left = title_findings([line for line in top if not is_header_key(line.partition(":")[0])], file.name)
        return Draft(kind, segments, header, notes=(*left, *notes), encoding=encoding)
    if len(lines) < len(items):
        spoken = draft_from_lines(lines, kind, file.name, file.known)
        labelled = sum(speaker is not None for speaker in spoken.segments.speakers) >= _FEWEST_LABELLED
        lines = []
        for _, run in groupby(items, key=type):
            block = list(run)
            rows = [item for item in block if isinstance(item, Cells)]
            head = _head(rows)
            turns = _turns_of_table(rows[head or 0 :] if head is not None or not labelled else ())
            lines += _as_lines(block[: head or 0] if turns else block)
            lines += [_turn_as_line(turn, len(lines)) for turn in turns]
            speakers += filter(None, turns.speakers)
    draft = draft_from_lines(lines, kind, file.name, (*file.known, *dict.fromkeys(speakers)), encoding)
    return replace(draft, notes=(*draft.notes, *notes))


def _turn_as_line(turn: Segment, number: int) -> Line:
    """Write a turn of a table as people write turns, so that it is read with the paragraphs around the table."""
    time = "" if turn.start_s is None else f"[{clock(turn.start_s)}] "
    return Line(f"{time}{turn.speaker}: {turn.text}" if turn.speaker else turn.text, number)


def _as_lines(items: Sequence[Line | Cells]) -> list[Line]:
    """Table rows that hold no turns read as lines: a key and its value, a person of the roster, or cell after cell."""
    lines: list[Line] = []
    for item in items:
        number = lines[-1].number if lines else 1
        lines += [item] if isinstance(item, Line) else [Line(text, number) for text in _row_as_lines(item)]
    return lines


def _row_as_lines(row: Cells) -> list[str]:
    cells = [cell.replace("\n", LINE_IN_CELL) for cell in row if cell]
    keys = [cell.rstrip(": ") for cell in cells]
    if len(cells) > 1 and is_header_key(keys[0]):
        pairs = [(keys[place], cells[place + 1]) for place in range(0, len(cells) - 1, 2) if is_header_key(keys[place])]
        if len(pairs) * 2 == len(cells):
            return [f"{key}: {value}" for key, value in pairs]
        return [f"{keys[0]}: {' '.join(cells[1:])}"]
    if len(cells) > 1 and _is_turn(cells[0]):
        return cells
    if len(cells) > 1 and len(cells[0]) <= LONGEST_LABEL and len(cells[0].split()) <= _WORDS_OF_KEY:
        return [CELL.join(cells)]
    if len(cells) == 1 and is_header_key(keys[0]):
        return [f"{keys[0]}:"]
    return [line for cell in cells for line in cell.split(LINE_IN_CELL)]


def _is_turn(cell: str) -> bool:
    """Return whether a cell holds a turn with its label: a table in which notes stand beside the talk."""
    label = find_label(Line(cell, 0))
    return label is not None and label.kind == "colon" and bool(label.text) and is_form(label.label)


def _head(rows: Sequence[Cells]) -> int | None:
    """Return which row names a column of speakers and one of texts: the first, or one below rows of metadata."""
    named = (set(columns_of(row, "transcript")) for row in rows[:_DEEPEST_HEAD])
    return next((place for place, names in enumerate(named) if {"speaker", "text"} <= names), None)


def _turns_of_table(rows: Sequence[Cells]) -> Segments:
    """Return the turns of a table time | speaker | text, or nothing if it is another table."""
    if not rows:
        return Segments()
    if _head(rows) == 0:
        return segments_of([list(row) for row in rows])
    if len(rows) < _FEWEST_ROWS:
        return Segments()
    rows = [Cells(cell.replace("\n", " ") for cell in row) for row in rows]
    columns = list(zip(*[row for row in rows if len(row) == len(rows[0])], strict=True))
    kinds = [_kind(column) for column in columns]
    if Counter(kinds)["speaker"] != 1 or Counter(kinds)["text"] != 1:
        return Segments()
    spoken = columns[kinds.index("text")]
    formed = any(is_form(cell) for cell in columns[kinds.index("speaker")])
    if "time" not in kinds and not formed and sum(len(cell.split()) for cell in spoken) < _SPOKEN_WORDS * len(spoken):
        return Segments()
    head = ["start" if kind == "time" else kind for kind in kinds]
    return segments_of([head, *map(list, rows)])


def _kind(column: Sequence[str]) -> str:
    filled = [cell for cell in column if cell]
    if not filled:
        return ""
    if sum(bool(_CLOCK.fullmatch(cell)) for cell in filled) >= _MOSTLY * len(filled):
        return "time"
    short = sum(len(cell) <= LONGEST_LABEL and len(cell.split()) <= 4 for cell in filled) >= _MOSTLY * len(filled)
    recurrent = len(set(filled)) <= _MOSTLY * len(filled)
    return "speaker" if short and recurrent else "text"
