"""Reader of human codes: filled coding sheets and tables of codings."""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from focus_analysis import labels
from focus_analysis.errors import ArgumentError
from focus_analysis.io.coding_sheet import (
    Row,
    Sheet,
    Stamp,
    code_cells,
    code_names,
    coding_sheet,
    find_code,
    find_status,
    read_sheets,
    row_id,
)
from focus_analysis.io.draft import finding, refuse
from focus_analysis.io.sheets import NumberedRows, columns_of
from focus_analysis.schemas import CODER_KINDS, CODINGS, NO_CODE, STATUSES, Finding, check, rows

if TYPE_CHECKING:
    import pandas as pd

    from focus_analysis.codebook import Codebook
    from focus_analysis.corpus import Corpus

Turn = tuple[str, int]
# What costs a row its code, or one of its codes.
_LOST = ("sheet_no_id", "sheet_no_turn", "sheet_unknown_code", "sheet_unknown_status")
_NEEDED = ("session_id", "turn", "code")


def read_coding_sheet(
    path: str | Path,
    corpus: Corpus | None = None,
    codebook: Codebook | None = None,
    coder: str | None = None,
    lang: str | None = None,
) -> pd.DataFrame:
    """Read the codes that a person wrote into a coding sheet, or a table of codings.

    Parameters
    ----------
    path : path
        An xlsx or csv written by ``write_coding_sheet``, sorted, filtered and saved as anybody likes; or a table with
        the columns session_id, turn, code, and perhaps others of the schema ``CODINGS``.
    corpus : Corpus, optional
        The transcripts: then codes of turns that they do not have are named, and turns whose text has changed.
        A table of codings without places in the text needs it.
    codebook : Codebook, optional
        Which codes there are; without it, those of the sheet's own codebook.
    coder : str, optional
        Who coded; else the name in the sheet, else the name of the file.
    lang : {"pl", "en"}, optional
        Language of the warning; else that of the locale.

    Returns
    -------
    DataFrame, schema ``CODINGS``
        One row a turn and code, coder_kind human, over the whole turn. A row of the code ``none`` is a turn that was
        read and given no code; an empty row of the sheet is a turn that was not read, unless its guide says that all
        rows were.

    Raises
    ------
    ReadError
        The file is empty, encrypted, no table, or a table of something else.

    Warns
    -----
    UserWarning
        Names every row that could not be used, or not wholly, and how to mend it.
    """
    if not isinstance(path, str | Path):
        raise ArgumentError(f"read_coding_sheet: the path of a sheet is needed; not a {type(path).__name__}")
    codings, notes = read_human_codes(Path(path), corpus, codebook, coder)
    if notes:
        warnings.warn(said_of_rows(notes, labels.check_language(lang or labels.default_language())), stacklevel=2)
    return codings


def read_human_codes(
    path: Path, corpus: Corpus | None = None, codebook: Codebook | None = None, coder: str | None = None
) -> tuple[pd.DataFrame, list[Finding]]:
    """Return the codings of a file and what was noticed about its rows (see ``read_coding_sheet``).

    What cost a row its code, or one of them, is an error.
    """
    texts = None if corpus is None else {(row.session_id, row.turn): str(row.text) for row in rows(corpus.turns)}
    sheets = read_sheets(path)
    sheet = coding_sheet(sheets)
    if sheet is None:
        return _read_table(path, next(iter(sheets.values())), texts, codebook, coder)
    return _SheetReading.of(path, sheet, texts, codebook, coder).result()


def said_of_rows(notes: Iterable[Finding], lang: str) -> str:
    """Return what was noticed about rows, a line each, in one language."""
    return "\n".join(_line(note, lang) for note in notes)


def _line(note: Finding, lang: str) -> str:
    said = labels.message(note, lang)
    place = f", {note.place}" if note.place else ""
    return f"{note.file}{place}: {said.what}. {said.why} {said.how}"


def _severity(key: str) -> str:
    return "error" if key in _LOST else "warning"


@dataclass
class _SheetReading:
    """One pass over a sheet: the decisions of every turn, and what was noticed."""

    file: str
    sheet: Sheet
    texts: Mapping[Turn, str] | None
    names: Mapping[str, str]
    version: str | None
    coder: str
    notes: list[Finding]
    first: dict[Turn, int] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        path: Path,
        sheet: Sheet,
        texts: Mapping[Turn, str] | None,
        codebook: Codebook | None,
        coder: str | None,
    ) -> _SheetReading:
        names = dict(sheet.names) if codebook is None else {**sheet.names, **code_names(codebook)}
        if codebook is not None:
            known = {code.id for code in codebook.entries}
            names = {name: code for name, code in names.items() if code in known}
        version = None if codebook is None else codebook.version
        notes = [] if coder or sheet.coder else [finding("sheet_no_coder", "note", path.name, coder=path.stem)]
        return cls(path.name, sheet, texts, names, version, coder or sheet.coder or path.stem, notes)

    def result(self) -> tuple[pd.DataFrame, list[Finding]]:
        """Return the codings and the findings."""
        import pandas as pd

        decided: dict[Turn, dict[str, str]] = {}
        stamps: dict[Turn, Stamp | None] = {}
        for row in self.sheet.rows:
            if row.given or (self.sheet.finished and row.turn):
                self._decide(row, decided, stamps)
        found = [
            self._coding(turn, code, status, stamps[turn])
            for turn, codes in decided.items()
            for code, status in self._of_turn(turn, codes)
        ]
        self._compare_versions(stamp.version for stamp in stamps.values() if stamp)
        self._count_unread(decided, {coding["code"] for coding in found})
        return check(pd.DataFrame(found, columns=CODINGS.names), CODINGS), self.notes

    def _note(self, key: str, row: Row, **gaps: object) -> None:
        place = f"{row.number} ({row.cells['id']})" if row.cells.get("id") else str(row.number)
        self.notes.append(finding(key, _severity(key), self.file, place, **gaps))

    def _decide(self, row: Row, decided: dict[Turn, dict[str, str]], stamps: dict[Turn, Stamp | None]) -> None:
        """Read the codes of a row into the decisions of its turn."""
        turn, shown = row.turn, ", ".join(code or status for code, status in row.given)
        if turn is None:
            self._note("sheet_no_id", row, id=row.cells.get("id", ""), codes=shown)
            return
        if self.texts is not None and turn not in self.texts:
            self._note("sheet_no_turn", row, id=row.cells["id"], codes=shown or "-")
            return
        if turn in self.first:
            self._note("sheet_turn_twice", row, first=self.first[turn])
        self.first.setdefault(turn, row.number)
        stamps[turn] = stamps.get(turn) or row.stamp
        self._compare_text(row, turn)
        if row.cells.get("remark"):
            self._note("sheet_remark", row, remark=row.cells["remark"])
        codes = decided.setdefault(turn, {})
        for code, status in self._codes(row):
            if codes.get(code, status) != status:
                stronger = min(codes[code], status, key=STATUSES.index)
                self._note("sheet_two_statuses", row, code=code, status=stronger)
                status = stronger
            codes[code] = status
        given = [code for code in codes if code != NO_CODE]
        if given and NO_CODE in codes:
            self._note("sheet_none_and_codes", row, codes=", ".join(given))
            del codes[NO_CODE]

    def _codes(self, row: Row) -> Iterator[tuple[str, str]]:
        """Yield the codes of a row with their statuses; name those that cannot be used."""
        for cell, status_cell in row.given:
            status = find_status(status_cell)
            if not cell:
                self._note("sheet_status_alone", row, status=status_cell)
            for part in code_cells(cell, self.names):
                code = self._code(part)
                if code is None:
                    self._note("sheet_unknown_code", row, code=part)
                elif status is None:
                    self._note("sheet_unknown_status", row, status=status_cell, code=code)
                else:
                    yield code, status

    def _code(self, cell: str) -> str | None:
        """Return the code of a cell; where no codebook is known, as in a csv, any name is one."""
        return find_code(cell, self.names) or (None if self.names else cell)

    def _compare_text(self, row: Row, turn: Turn) -> None:
        text = row.cells.get("text") if self.texts is None else self.texts[turn]
        stamp = row.stamp
        if stamp and text and Stamp.of(text, stamp.version) != stamp:
            self._note("sheet_text_changed", row, id=row.cells["id"])

    def _compare_versions(self, versions: Iterator[str]) -> None:
        others = sorted({version for version in versions if self.version is not None} - {self.version or ""})
        if others:
            versions_said = ", ".join(others)
            self.notes.append(
                finding("sheet_other_codebook", "warning", self.file, versions=versions_said, version=self.version)
            )

    def _count_unread(self, read: Collection[Turn], codes: Collection[str]) -> None:
        """Name a sheet with empty rows in which nothing tells those that were read from those that were not."""
        unread = {row.turn for row in self.sheet.rows if row.turn and not row.given}.difference(read)
        if unread and codes and NO_CODE not in codes:
            self.notes.append(finding("sheet_unread", "warning", self.file, n=len(unread)))

    def _of_turn(self, turn: Turn, codes: Mapping[str, str]) -> list[tuple[str, str]]:
        """Return the codes of a turn that was read, ``NO_CODE`` for one without any in a sheet read to its end."""
        return list(codes.items()) or ([(NO_CODE, STATUSES[0])] if self.sheet.finished else [])

    def _coding(self, turn: Turn, code: str, status: str, stamp: Stamp | None) -> dict[str, Any]:
        length = len(self.texts[turn]) if self.texts is not None else stamp.length if stamp else 0
        return {
            "session_id": turn[0],
            "turn": turn[1],
            "code": code,
            "start": 0,
            "end": length,
            "status": status,
            "coder": self.coder,
            "coder_kind": "human",
            "confidence": None,
            "evidence": None,
            "codebook_version": stamp.version if stamp else self.version,
        }


def _read_table(
    path: Path,
    table: NumberedRows,
    texts: Mapping[Turn, str] | None,
    codebook: Codebook | None,
    coder: str | None,
) -> tuple[pd.DataFrame, list[Finding]]:
    """Read a table with a row a coding."""
    import pandas as pd

    (_, head), *lines = table
    places = columns_of(head, "codings")
    missing = [name for name in _NEEDED if name not in places]
    if missing:
        refuse("not_a_coding_sheet", path.name, missing=", ".join(missing))
    if texts is None and not {"start", "end"} <= set(places):
        refuse("sheet_needs_corpus", path.name)
    names = {} if codebook is None else code_names(codebook)
    notes: list[Finding] = []
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    for number, cells in lines:
        row = {name: cells[place].strip() if place < len(cells) else "" for name, place in places.items()}
        note = _noting(notes, path.name, str(number))
        coding = _table_row(row, texts, names, note)
        if coding:
            coding["coder"] = coder or row.get("coder") or path.stem
            coding["codebook_version"] = row.get("codebook_version") or None
            found[tuple(coding[name] for name in CODINGS.key)] = coding
    return check(pd.DataFrame(list(found.values()), columns=CODINGS.names), CODINGS), notes


def _noting(notes: list[Finding], file: str, place: str) -> Callable[..., None]:
    def note(key: str, **gaps: object) -> None:
        notes.append(finding(key, _severity(key), file, place, **gaps))

    return note


def _table_row(
    row: Mapping[str, str], texts: Mapping[Turn, str] | None, names: Mapping[str, str], note: Callable[..., None]
) -> dict[str, Any] | None:
    """Return the coding of a row, or None, with a note, where it cannot be used."""
    turn = (row["session_id"], int(row["turn"])) if row["turn"].isdecimal() else None
    code = find_code(row["code"], names) or (None if names else row["code"] or None)
    status = find_status(row.get("status", ""))
    if turn is None:
        note("sheet_no_id", id=f"{row['session_id']}#{row['turn']}", codes=row["code"])
    elif texts is not None and turn not in texts:
        note("sheet_no_turn", id=row_id(*turn), codes=row["code"])
    elif code is None:
        note("sheet_unknown_code", code=row["code"])
    elif status is None:
        note("sheet_unknown_status", status=row["status"], code=code)
    else:
        start, end = _place(row, None if texts is None else len(texts[turn]), note)
        return {
            "session_id": turn[0],
            "turn": turn[1],
            "code": code,
            "start": start,
            "end": end,
            "status": status,
            "coder_kind": row["coder_kind"] if row.get("coder_kind") in CODER_KINDS else "human",
            "confidence": _number(row.get("confidence", "")),
            "evidence": row.get("evidence") or None,
        }
    return None


def _place(row: Mapping[str, str], length: int | None, note: Callable[..., None]) -> tuple[int, int]:
    """Return the characters of a coding, or those of the whole turn where the row does not say, or says none it has.

    How long a turn is, nobody knows without the transcripts: then there are characters in every row.
    """
    start, end = row.get("start", ""), row.get("end", "")
    whole = (0, length or 0)
    if not start and not end:
        return whole
    known = start.isdecimal() and end.isdecimal() and int(start) <= int(end)
    if known and (length is None or int(end) <= length):
        return int(start), int(end)
    note("sheet_place", start=start, end=end)
    return whole


def _number(cell: str) -> float | None:
    try:
        value = float(cell.replace(",", "."))
    except ValueError:
        return None
    return value if math.isfinite(value) else None
