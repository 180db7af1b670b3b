"""The two workbooks with which a study begins: sessions and speakers, prefilled, guesses marked."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from focus_analysis import labels
from focus_analysis.corpus import Corpus
from focus_analysis.io.files import write_whole
from focus_analysis.io.institutions import institutions
from focus_analysis.io.outputs import fit_for_xml
from focus_analysis.io.people import UNKNOWN
from focus_analysis.io.sheets import columns_of
from focus_analysis.io.speakers import matches
from focus_analysis.schemas import ROLES

_FIRST_WORDS = 140
_GUESS_FILL, _HEAD_FILL = "FFF2CC", "DDE8F0"
_WIDTHS = {
    "file": 34,
    "first_words": 80,
    "remark": 46,
    "speaker": 26,
    "institution": 22,
    "gmina": 22,
    "powiat": 24,
    "voivodeship": 20,
    "session_id": 24,
}
_SESSIONS = (
    "file",
    "session_id",
    "gmina",
    "teryt",
    "powiat",
    "voivodeship",
    "date",
    "invented",
    "anonymised",
    "n_turns",
    "n_words",
    "remark",
)
_SPEAKERS = ("file", "speaker", "role", "institution", "n_turns", "n_words", "first_words", "remark")


class Row(NamedTuple):
    """A row of a workbook: its cells by column, and the columns that are guesses."""

    cells: Mapping[str, Any]
    guesses: frozenset[str]


class Written(NamedTuple):
    """What became of a workbook: where it is, rows added, and the file left alone if there was one."""

    path: Path
    added: int
    left_alone: Path | None


def write_workbooks(corpus: Corpus, folder: Path, lang: str) -> list[Written]:
    """Write ``sessions.xlsx`` and ``speakers.xlsx`` beside the transcripts.

    A workbook that is there keeps every cell: only rows that it lacks are added. Beside a csv, or a workbook that
    cannot be understood, ``sessions-2.xlsx`` is written.

    Parameters
    ----------
    corpus : Corpus
        The transcripts as read.
    folder : Path
        Where the workbooks go.
    lang : {"pl", "en"}
        Language of the column heads and remarks.
    """
    return [
        _write(folder, "sessions", _SESSIONS, _session_rows(corpus, lang), ("file",), lang),
        _write(folder, "speakers", _SPEAKERS, _speaker_rows(corpus, lang), ("file", "speaker"), lang),
    ]


def _session_rows(corpus: Corpus, lang: str) -> list[Row]:
    turns = corpus.turns.groupby("session_id").agg(n_turns=("turn", "size"), n_words=("n_words", "sum"))
    guessed = {note.file for note in corpus.notes if note.key == "gmina_from_name"}
    remarks = {file: [labels.words("workbook.guess", lang)] for file in guessed}
    for note in corpus.notes:
        if note.key.startswith("gmina_") or note.key in ("no_moderator", "no_speakers", "no_roster"):
            remarks.setdefault(note.file, []).append(labels.message(note, lang).what)
    rows = []
    for session in corpus.sessions.merge(turns, on="session_id", how="left").to_dict("records"):
        cells = {name: _filled(session.get(name)) for name in _SESSIONS} | {
            "file": session["source"],
            "remark": "; ".join(remarks.get(session["source"], [])),
        }
        cells |= {
            name: labels.words("workbook.yes", lang) if session[name] else "" for name in ("invented", "anonymised")
        }
        guesses = {"gmina", "teryt", "powiat", "voivodeship"} if session["source"] in guessed else set()
        rows.append(Row(cells, frozenset(guesses)))
    return rows


def _speaker_rows(corpus: Corpus, lang: str) -> list[Row]:
    sources = corpus.sessions.set_index("session_id")["source"]
    spoken = (
        corpus.turns.drop_duplicates(["session_id", "speaker"]).set_index(["session_id", "speaker"])["text"].to_dict()
    )
    rows = []
    for speaker in corpus.speakers.to_dict("records"):
        first = spoken.get((speaker["session_id"], speaker["speaker"]), "")
        guesses = _guesses(speaker)
        cells = {name: _filled(speaker.get(name)) for name in _SPEAKERS} | {
            "file": sources[speaker["session_id"]],
            "role": "" if speaker["role"] == UNKNOWN else speaker["role"],
            "first_words": first if len(first) <= _FIRST_WORDS else first[: _FIRST_WORDS - 1] + "…",
            "remark": labels.words("workbook.guess", lang) if guesses else "",
        }
        rows.append(Row(cells, frozenset(guesses)))
    return rows


def _guesses(speaker: Mapping[Hashable, Any]) -> set[str]:
    """Return which cells of a speaker nobody stated; a label such as "Moderator" states the role."""
    if speaker["in_roster"] or (speaker["role"] == "moderator" and matches(speaker["speaker"], "moderator")):
        return set()
    return {"role"} | ({"institution"} if isinstance(speaker["institution"], str) else set())


def _filled(value: Any) -> Any:
    return "" if value is None or value != value else value


def _write(
    folder: Path, name: str, columns: Sequence[str], rows: list[Row], key: tuple[str, ...], lang: str
) -> Written:
    path = folder / f"{name}.xlsx"
    beside = folder / f"{name}.csv"
    known = _known_rows(path, name, key) if path.exists() else None
    if path.exists() and known is not None:
        new = [row for row in rows if tuple(str(row.cells[part]) for part in key) not in known]
        if new:
            write_whole(path, lambda unfinished: _append(path, unfinished, name, columns, new))
        return Written(path, len(new), None)
    left_alone = path if path.exists() else beside if beside.exists() else None
    target = _free(folder, name) if left_alone else path
    write_whole(target, lambda unfinished: _create(unfinished, name, columns, rows, lang))
    return Written(target, len(rows), left_alone)


def _free(folder: Path, name: str) -> Path:
    number = 2
    while (folder / f"{name}-{number}.xlsx").exists():
        number += 1
    return folder / f"{name}-{number}.xlsx"


def _known_rows(path: Path, name: str, key: tuple[str, ...]) -> set[tuple[str, ...]] | None:
    """Return the keys of the rows that a workbook has, or None if it is not one of ours."""
    import openpyxl

    try:
        sheet = openpyxl.load_workbook(path, read_only=True).worksheets[0]
        rows = [
            ["" if cell is None else str(cell).strip() for cell in row] for row in sheet.iter_rows(values_only=True)
        ]
    except Exception:  # whatever is wrong with it, it is left alone
        return None
    places = columns_of(rows[0], name) if rows else {}
    if not set(key) <= set(places):
        return None
    cells = ((row[places[part]] if places[part] < len(row) else "" for part in key) for row in rows[1:])
    return set(map(tuple, cells))


def _append(path: Path, unfinished: Path, name: str, columns: Sequence[str], rows: list[Row]) -> None:
    import openpyxl

    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    heads = ["" if cell.value is None else str(cell.value) for cell in sheet[1]]
    known = columns_of(heads, name)
    own = {labels.words(f"workbook.{column}", lang): column for column in columns for lang in labels.LANGUAGES}
    places = {own[head]: place for place, head in enumerate(heads) if head in own} | known
    for row in rows:
        number = sheet.max_row + 1
        for column, place in places.items():
            if column in row.cells:
                _fill(sheet.cell(number, place + 1), row.cells[column], column in row.guesses)
    book.save(unfinished)


def _create(unfinished: Path, name: str, columns: Sequence[str], rows: list[Row], lang: str) -> None:
    import openpyxl
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = labels.words(f"workbook.sheet_{name}", lang)
    for number, column in enumerate(columns, 1):
        head = sheet.cell(1, number, labels.words(f"workbook.{column}", lang))
        head.font, head.fill = Font(bold=True), PatternFill("solid", fgColor=_HEAD_FILL)
        head.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[get_column_letter(number)].width = _WIDTHS.get(column, 13)
    for line, row in enumerate(rows, 2):
        for number, column in enumerate(columns, 1):
            _fill(sheet.cell(line, number), row.cells[column], column in row.guesses)
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = sheet.dimensions
    for column, allowed in (("role", ROLES), ("institution", institutions())):
        if column in columns:
            choice = DataValidation("list", formula1=f'"{",".join(allowed)}"', allow_blank=True, showErrorMessage=False)
            sheet.add_data_validation(choice)
            letter = get_column_letter(columns.index(column) + 1)
            choice.add(f"{letter}2:{letter}{len(rows) + 200}")
    guide = book.create_sheet(labels.words("workbook.sheet_guide", lang))
    for number, line_text in enumerate(labels.words(f"workbook.guide_{name}", lang).splitlines(), 1):
        guide.cell(number, 1, line_text)
    guide.column_dimensions["A"].width = 110
    book.save(unfinished)


def _fill(cell: Any, value: Any, guess: bool) -> None:
    from openpyxl.styles import Alignment, PatternFill

    cell.value = fit_for_xml(value) if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type = "s"
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if guess:
        cell.fill = PatternFill("solid", fgColor=_GUESS_FILL)
