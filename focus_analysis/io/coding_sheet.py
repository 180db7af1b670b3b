"""What a coding sheet is: its columns, how its cells are read, and who a row belongs to."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import NamedTuple

from focus_analysis import labels
from focus_analysis.codebook import Code, Codebook
from focus_analysis.io.draft import normalise, refuse
from focus_analysis.io.sheets import REFI_SUFFIXES, TABLE_SUFFIXES, NumberedRows, columns_of, numbered_sheets
from focus_analysis.language.tokens import fold
from focus_analysis.resources import toml
from focus_analysis.schemas import NO_CODE, STATUSES

_SLOT = re.compile(r"(kod|code|status)\s*(\d*)")
_ID = re.compile(r"(.+)#(\d+)")
_PARTS = re.compile(r"[;\n]")
_DEEPEST_HEAD = 30
_HASH = 10
_DESCRIBED = ("definition", "include", "exclude")


class Stamp(NamedTuple):
    """What a row was written for: hash of the turn's text, its length in characters, version of the codebook."""

    text: str
    length: int
    version: str

    @classmethod
    def of(cls, text: str, version: str) -> Stamp:
        """Return the stamp of a text."""
        return cls(hashlib.sha256(text.encode()).hexdigest()[:_HASH], len(text), version)

    @classmethod
    def read(cls, cell: str) -> Stamp | None:
        """Return what a cell says, or None where it is no stamp."""
        parts = cell.split("|", 2)
        return cls(parts[0], int(parts[1]), parts[2]) if len(parts) == 3 and parts[1].isdecimal() else None

    def __str__(self) -> str:
        return f"{self.text}|{self.length}|{self.version}"


@dataclass(frozen=True)
class Row:
    """A row as it stands: its number in the file, its cells by column, and the codes and statuses written in it."""

    number: int
    cells: Mapping[str, str]
    given: tuple[tuple[str, str], ...]

    @property
    def turn(self) -> tuple[str, int] | None:
        """Session and turn, or None where the id names none."""
        found = _ID.fullmatch(self.cells.get("id", ""))
        return (found[1], int(found[2])) if found else None

    @property
    def stamp(self) -> Stamp | None:
        """The row's stamp, None where it is lost."""
        return Stamp.read(self.cells.get("stamp", ""))


@dataclass(frozen=True)
class Sheet:
    """A coding sheet as read: its rows, who coded, whether all rows were read, names and descriptions of its codes."""

    rows: tuple[Row, ...]
    coder: str = ""
    finished: bool = False
    names: Mapping[str, str] = field(default_factory=dict)
    described: Mapping[str, str] = field(default_factory=dict)


def say(key: str, lang: str, **gaps: object) -> str:
    """Return words of the coding sheet."""
    return labels.words(f"coding_sheet.{key}", lang, **gaps)


def row_id(session_id: str, turn: int) -> str:
    """Return the id of a row, which no spreadsheet takes for a number or a date."""
    return f"{session_id}#{turn}"


def shown_names(codebook: Codebook, lang: str) -> dict[str, str]:
    """Return the name of every code as the drop-down shows it; one that two codes share has the id beside it."""
    found = {code.id: _label(code, lang) for code in codebook.entries}
    names = list(map(fold, found.values()))
    return {code: name if names.count(fold(name)) == 1 else f"{name} [{code}]" for code, name in found.items()}


def code_names(codebook: Codebook) -> dict[str, str]:
    """Return the id of every code by all that may stand for it in a cell: its id, and its name in either language."""
    names = {fold(name): code for lang in labels.LANGUAGES for code, name in shown_names(codebook, lang).items()}
    return names | {fold(code.id): code.id for code in codebook.entries}


def description(code: Code, lang: str) -> tuple[str, str, str]:
    """Return definition, what to include and what to exclude."""
    definition = "" if code.definition is None else code.definition.pl if lang == "pl" else code.definition.en
    return definition, code.include, code.exclude


def _label(code: Code, lang: str) -> str:
    return code.label.pl if lang == "pl" else code.label.en


def find_code(cell: str, names: Mapping[str, str]) -> str | None:
    """Return the id of the code that a cell names, ``NO_CODE`` for none, or None where it is unknown."""
    folded = fold(normalise(cell))
    return NO_CODE if folded in _no_code() else names.get(folded)


@cache
def _no_code() -> set[str]:
    return {NO_CODE, *(fold(say("no_code", lang)) for lang in labels.LANGUAGES)}


@cache
def find_status(cell: str) -> str | None:
    """Return the status that a cell names, "affirmed" for an empty one, or None where it is unknown."""
    folded = fold(normalise(cell))
    named = {fold(labels.words(f"status.{status}", lang)): status for status in STATUSES for lang in labels.LANGUAGES}
    return named.get(folded) if folded else STATUSES[0]


def code_cells(cell: str, names: Mapping[str, str]) -> list[str]:
    """Return the codes written in one cell: the cell itself, or its parts where semicolons or lines part them."""
    if find_code(cell, names) is not None:
        return [cell]
    return [part.strip() for part in _PARTS.split(cell) if part.strip()]


def read_sheets(path: Path) -> dict[str, NumberedRows]:
    """Return the filled rows of every sheet of a file that may be a coding sheet.

    Raises
    ------
    ReadError
        The file is empty, encrypted, or no table that can be read.
    """
    if path.is_dir():
        refuse("sheet_folder", path.name)
    if path.suffix.lower() in REFI_SUFFIXES:
        refuse("refi", path.name)
    if path.suffix.lower() not in TABLE_SUFFIXES:
        refuse("sheet_suffix", path.name, suffix=path.suffix)
    sheets = numbered_sheets(path)
    if not any(sheets.values()):
        refuse("empty_file", path.name)
    return sheets


def coding_sheet(sheets: Mapping[str, NumberedRows]) -> Sheet | None:
    """Return the coding sheet that stands in the sheets of a file, or None where they are tables of another kind."""
    tables = [[cells for _, cells in table] for table in sheets.values()]
    coded = [rows for rows, table in zip(sheets.values(), tables, strict=True) if not _codebook_head(table)]
    rows = next((found for table in coded if (found := _rows(table)) is not None), None)
    if rows is None:
        return None
    names: dict[str, str] = {}
    described: dict[str, str] = {}
    for table in tables:
        names |= _names(table)
        described |= _described(table)
    coder = _beside(tables, "coder")
    return Sheet(rows, coder, fold(_beside(tables, "finished")) in toml("columns.toml")["yes"]["yes"], names, described)


def _rows(table: NumberedRows) -> tuple[Row, ...] | None:
    for place, (_, head) in enumerate(table[:_DEEPEST_HEAD]):
        columns, slots = columns_of(head, "coding_sheet"), _slots(head)
        if "id" in columns and slots:
            return tuple(_row(number, cells, columns, slots) for number, cells in table[place + 1 :])
    return None


def _slots(head: Sequence[str]) -> list[tuple[int, int | None]]:
    """Return the columns of each code and of the status that goes with it."""
    found: dict[str, dict[str, int]] = {"code": {}, "status": {}}
    for place, cell in enumerate(head):
        slot = _SLOT.fullmatch(fold(normalise(cell)))
        if slot:
            found["status" if slot[1] == "status" else "code"].setdefault(slot[2], place)
    return [(place, found["status"].get(number)) for number, place in found["code"].items()]


def _row(number: int, cells: Sequence[str], columns: Mapping[str, int], slots: Sequence[tuple[int, int | None]]) -> Row:
    def cell(place: int | None) -> str:
        return cells[place].strip() if place is not None and place < len(cells) else ""

    given = ((cell(code), cell(status)) for code, status in slots)
    return Row(
        number, {name: cell(place) for name, place in columns.items()}, tuple(pair for pair in given if any(pair))
    )


def _codebook_head(table: Sequence[Sequence[str]]) -> bool:
    heads = [[say("head_code", lang), "id"] for lang in labels.LANGUAGES]
    return bool(table) and [cell.strip() for cell in table[0][:2]] in heads


def _names(table: Sequence[Sequence[str]]) -> dict[str, str]:
    """Return the names of the codes from a sheet that holds the codebook."""
    if not _codebook_head(table):
        return {}
    codes = [(row[0], row[1]) for row in table[1:] if len(row) > 1 and row[1] and row[1] != NO_CODE]
    return {fold(normalise(name)): code for pair in codes for name, code in (pair, (pair[1], pair[1]))}


def _described(table: Sequence[Sequence[str]]) -> dict[str, str]:
    """Return how each code is described in a sheet that holds the codebook."""
    if not _codebook_head(table):
        return {}
    first = 3
    return {
        row[1]: " | ".join([*row[first : first + len(_DESCRIBED)], *[""] * len(_DESCRIBED)][: len(_DESCRIBED)])
        for row in table[1:]
        if len(row) > 1 and row[1]
    }


def _beside(tables: Sequence[Sequence[Sequence[str]]], key: str) -> str:
    """Return what stands beside a label of the guide."""
    wanted = {say(key, lang) for lang in labels.LANGUAGES}
    found = (row[1].strip() for table in tables for row in table if len(row) > 1 and row[0].strip() in wanted)
    return next(found, "")
