"""Sheets of relations and of links: written for a person to mend, and read back."""

from __future__ import annotations

import hashlib
import json
import warnings
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from focus_analysis import labels
from focus_analysis.errors import SchemaError
from focus_analysis.io.draft import refuse
from focus_analysis.io.files import write_whole
from focus_analysis.io.outputs import fit_for_xml, write_csv
from focus_analysis.io.sheets import TABLE_SUFFIXES, NumberedRows, numbered_sheets, read_head
from focus_analysis.language.tokens import fold
from focus_analysis.schemas import Table, check
from focus_analysis.schemas_networks import BASES, LINKS, RELATION_KINDS, RELATIONS, VALENCES

if TYPE_CHECKING:
    import pandas as pd

    from focus_analysis.corpus import Corpus

_KEY = ["session_id", "turn"]
_WIDTHS = {"evidence": 60, "text": 90, "problem_text": 60}
_ADDED_ROWS = 200
_MOST_TOLD = 10


@dataclass(frozen=True)
class _Kind:
    """A kind of sheet.

    Parameters
    ----------
    table : Table
        What its rows are.
    needed : tuple of str
        Columns that it must have.
    empty : tuple of str
        Those of them in which a cell may be empty.
    groups : mapping of str to tuple of str
        Columns that hold codes, and the groups that these are of.
    filled : callable
        Returns the rows with all that a person may leave out; they come with named_by and text, of their turn.
    words : mapping of str to tuple of str
        Columns that hold one of a few words.
    """

    table: Table
    needed: tuple[str, ...]
    empty: tuple[str, ...]
    groups: Mapping[str, tuple[str, ...]]
    filled: Callable[[pd.DataFrame], pd.DataFrame]
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def write_relations(relations: pd.DataFrame, path: str | Path, corpus: Corpus | None = None) -> Path:
    """Write relations as csv or xlsx, by the ending of the path, for a person to mend; return the path.

    Parameters
    ----------
    relations : DataFrame, schema ``RELATIONS``
        From ``find_relations``.
    path : str or Path
        A file that ends with .xlsx; anything else is csv.
    corpus : Corpus, optional
        Adds what was said in the turn.
    """
    return _write(relations, Path(path), corpus, _RELATIONS)


def write_links(links: pd.DataFrame, path: str | Path, corpus: Corpus | None = None) -> Path:
    """Write links as csv or xlsx, by the ending of the path, for a person to mend; return the path.

    Parameters
    ----------
    links : DataFrame, schema ``LINKS``
        From ``find_links``.
    path : str or Path
        A file that ends with .xlsx; anything else is csv.
    corpus : Corpus, optional
        Adds what was said in the turn, and in that of the problem where it is another.
    """
    return _write(links, Path(path), corpus, _LINKS)


def read_relations(
    path: str | Path, corpus: Corpus, codes: pd.DataFrame | None = None, lang: str | None = None
) -> pd.DataFrame:
    """Read relations that a person mended.

    Parameters
    ----------
    path : str or Path
        A csv or xlsx with the columns session_id, turn, source, target, relation; others may stand beside them. Rows
        may be changed, left out and added; a source left empty is the speaker's institution.
    corpus : Corpus
        The transcripts that they belong to.
    codes : DataFrame, schema ``CODES``, optional
        Which institutions there are; without it any name is taken.
    lang : {"pl", "en"}, optional
        Language of the warning; else that of the locale.

    Returns
    -------
    DataFrame, schema ``RELATIONS``
        Every row "human": a person went through the sheet. Every row "rule" where a workbook comes back as it was
        written, and a warning says so.

    Raises
    ------
    ReadError
        A column is missing, a relation or institution is unknown, a row stands twice, or there is no such turn; what
        is wrong with rows is told all at once. Labels of codes and relations, and capitals, are understood.
    """
    return _read(Path(path), corpus, codes, _RELATIONS, lang)


def read_links(
    path: str | Path, corpus: Corpus, codes: pd.DataFrame | None = None, lang: str | None = None
) -> pd.DataFrame:
    """Read links that a person mended.

    Parameters
    ----------
    path : str or Path
        A csv or xlsx with the columns session_id, turn, problem, other; others may stand beside them. Rows may be
        changed, left out and added; a problem_turn left empty is the turn, a basis left empty "turn", or "exchange"
        where the problem was named in another turn.
    corpus : Corpus
        The transcripts that they belong to.
    codes : DataFrame, schema ``CODES``, optional
        Which problems, difficulties and solutions there are; without it any name is taken.
    lang : {"pl", "en"}, optional
        Language of the warning; else that of the locale.

    Returns
    -------
    DataFrame, schema ``LINKS``
        Every row "human": a person went through the sheet. Every row "rule" where a workbook comes back as it was
        written, and a warning says so.

    Raises
    ------
    ReadError
        A column is missing, a basis or code is unknown, a row stands twice, or there is no such turn; what is wrong
        with rows is told all at once. Labels of codes, and capitals, are understood.
    """
    return _read(Path(path), corpus, codes, _LINKS, lang)


def network_sheet(path: Path) -> str | None:
    """Return what a file is a sheet of, by its columns: relations, links, or neither."""
    if path.suffix.lower() not in TABLE_SUFFIXES:
        return None
    head = set(read_head(path))
    return next((kind.table.name for kind in (_RELATIONS, _LINKS) if head >= set(kind.needed)), None)


def _filled_relations(told: pd.DataFrame) -> pd.DataFrame:
    """Return relations with the speaker's institution as source, their valence, and their characters or all."""
    import pandas as pd

    length = told["text"].str.len()
    start, end = (pd.to_numeric(told[name], errors="coerce") for name in ("start", "end"))
    known = (start >= 0) & (start <= end) & (end <= length)
    return told.assign(
        source=told["source"].fillna(told["named_by"]),
        valence=told["relation"].map(VALENCES).astype("int64"),
        start=start.where(known, 0).astype("int64"),
        end=end.where(known, length).astype("int64"),
    )


def _filled_links(told: pd.DataFrame) -> pd.DataFrame:
    """Return links with the turn of their problem, and their basis."""
    import pandas as pd

    turns = pd.to_numeric(told["problem_turn"], errors="coerce").fillna(told["turn"]).astype("int64")
    basis = told["basis"].fillna((turns == told["turn"]).map({True: "turn", False: "exchange"}))
    return told.assign(problem_turn=turns, basis=basis)


_RELATIONS = _Kind(
    RELATIONS,
    ("session_id", "turn", "source", "target", "relation"),
    ("source",),
    {"source": ("institutions",), "target": ("institutions",)},
    _filled_relations,
    {"relation": RELATION_KINDS},
)
_LINKS = _Kind(
    LINKS,
    ("session_id", "turn", "problem", "other"),
    (),
    {"problem": ("problems", "cooperation"), "other": ("difficulty", "solutions")},
    _filled_links,
    {"basis": BASES},
)


def _read(path: Path, corpus: Corpus, codes: pd.DataFrame | None, kind: _Kind, lang: str | None) -> pd.DataFrame:
    import pandas as pd

    (_, head), *lines = rows = _sheet_rows(path)
    if missing := [name for name in kind.needed if name not in head]:
        refuse("broken_network_sheet", path.name, reason=f"columns missing: {', '.join(missing)}")
    if twice := [name for name in kind.table.names if head.count(name) > 1]:
        refuse("broken_network_sheet", path.name, reason=f"columns that stand twice: {', '.join(twice)}")
    spoken, allowed = _spoken(corpus), dict(kind.words) | dict(_codes_of(corpus, codes, kind))
    spelt = _spellings(allowed, codes)
    given = [(place, _row(dict(zip(head, line, strict=False)), spelt)) for place, line in lines]
    turns = set(zip(spoken["session_id"], spoken["turn"], strict=True))
    if wrong := [f"row {place}: {reason}" for place, row in given for reason in _wrong(row, allowed, turns, kind)]:
        rest = [f"and {len(wrong) - _MOST_TOLD} more"] if len(wrong) > _MOST_TOLD else []
        refuse("broken_network_sheet", path.name, reason="; ".join([*wrong[:_MOST_TOLD], *rest]))
    columns = [name for name in kind.table.names if name != "named_by"]
    told = pd.DataFrame([row for _, row in given], columns=columns).astype(object)
    told = told.assign(turn=pd.to_numeric(told["turn"]).astype("int64"), coder_kind=_coder_kind(path, rows, lang))
    try:
        return check(kind.filled(told.merge(spoken, on=_KEY, how="left")), kind.table)
    except SchemaError as error:
        refuse("broken_network_sheet", path.name, reason=str(error))


def _spoken(corpus: Corpus) -> pd.DataFrame:
    """Return the text of every turn and the institution of its speaker."""
    people = corpus.speakers[["session_id", "speaker", "institution"]].rename(columns={"institution": "named_by"})
    return corpus.turns[[*_KEY, "speaker", "text"]].merge(people, on=["session_id", "speaker"], how="left")


def _codes_of(corpus: Corpus, codes: pd.DataFrame | None, kind: _Kind) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the columns that hold codes, with those that may stand there; institutions of the speakers may too."""
    for column, groups in kind.groups.items():
        if codes is not None:
            speaking = corpus.speakers["institution"].dropna() if "institutions" in groups else ()
            yield column, tuple(dict.fromkeys([*codes.loc[codes["group"].isin(groups), "code"], *speaking]))


def _number(cell: str | None) -> float | None:
    try:
        return float(cell or "")
    except ValueError:
        return None


def _spellings(allowed: Mapping[str, tuple[str, ...]], codes: pd.DataFrame | None) -> dict[str, dict[str, str]]:
    """Return by column what each word or code may be written as: itself and its labels, in capitals or not."""
    labelled = {} if codes is None else {name: codes.set_index("code")[name] for name in ("label_pl", "label_en")}
    spelt: dict[str, dict[str, str]] = {}
    for column, words in allowed.items():
        known = {fold(names[word]): word for names in labelled.values() for word in words if word in names.index}
        if column == "relation":
            known |= {fold(labels.words(f"relation.{word}", lang)): word for word in words for lang in labels.LANGUAGES}
        spelt[column] = known | {fold(word): word for word in words}
    return spelt


def _row(cells: Mapping[str, str], spelt: Mapping[str, Mapping[str, str]]) -> dict[str, str | None]:
    """Return the cells of a row, words and codes as they are spelt; an empty cell is None."""
    stripped = {name: cell.strip() for name, cell in cells.items()}
    return {name: spelt.get(name, {}).get(fold(cell), cell) or None for name, cell in stripped.items()}


def _wrong(
    row: Mapping[str, str | None],
    allowed: Mapping[str, tuple[str, ...]],
    turns: Set[tuple[str | None, float | None]],
    kind: _Kind,
) -> Iterator[str]:
    """Yield what is wrong with a row: it names no turn of the corpus, or holds a word or code that there is not."""
    session = row.get("session_id")
    for name in ("turn", "problem_turn"):
        said = row.get(name) or row.get("turn")
        if name in kind.table.names and (session, _number(said)) not in turns:
            yield f"no turn {said} in session {session} ({name})"
    for name in kind.needed:
        if name not in (*_KEY, *kind.empty) and not row.get(name):
            yield f"the {name} is missing"
    for name, words in allowed.items():
        if row.get(name) and row[name] not in words:
            yield f"{name} {row[name]!r}; allowed: {', '.join(words)}"


def _sheet_rows(path: Path) -> NumberedRows:
    """Return the rows of the first sheet, its head first; one without cells where there is nothing."""
    return next(iter(numbered_sheets(path).values()), [(1, [])])


def _coder_kind(path: Path, rows: NumberedRows, lang: str | None) -> str:
    """Return whose a sheet is that comes home: the program's where nothing was changed in it, and a warning says so.

    A csv has no place for the fingerprint of what was written; it counts as gone through.
    """
    if path.suffix.lower() != ".xlsx" or _fingerprint(rows) != _written(path):
        return "human"
    said = labels.check_language(lang or labels.default_language())
    warnings.warn(labels.words("sample.untouched", said, file=path.name), stacklevel=4)
    return "rule"


def _fingerprint(rows: NumberedRows) -> str:
    """Return a hash of the rows of a workbook, which stays as long as no cell is changed."""
    return hashlib.sha256(json.dumps([row for _, row in rows]).encode()).hexdigest()


def _written(path: Path) -> str | None:
    """Return the hash that a workbook was written with; a spreadsheet program keeps it."""
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True)
    try:
        kept: str | None = book.properties.keywords
        return kept
    finally:
        book.close()


def _write(table: pd.DataFrame, target: Path, corpus: Corpus | None, kind: _Kind) -> Path:
    shown = check(table, kind.table)
    if corpus is not None:
        shown = _with_texts(shown, corpus)
    if target.suffix.lower() == ".xlsx":
        write_whole(target, lambda unfinished: _write_workbook(shown, unfinished, kind))
    else:
        write_csv(shown, target)
    return target


def _with_texts(table: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """Return rows with what was said in the turn, and in the problem's where it is another."""
    texts = corpus.turns[[*_KEY, "text"]]
    table = table.merge(texts, on=_KEY, how="left")
    if "problem_turn" not in table:
        return table
    others = texts.rename(columns={"turn": "problem_turn", "text": "problem_text"})
    table = table.merge(others, on=["session_id", "problem_turn"], how="left")
    return table.assign(problem_text=table["problem_text"].where(table["problem_turn"] != table["turn"]))


def _write_workbook(table: pd.DataFrame, path: Path, kind: _Kind) -> None:
    """Write a table as a workbook of plain text, with the few words of a column to choose from."""
    import openpyxl
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = kind.table.name
    for number, column in enumerate(table.columns, 1):
        letter = get_column_letter(number)
        sheet.cell(1, number, str(column)).font = Font(bold=True)
        sheet.column_dimensions[letter].width = _WIDTHS.get(str(column), 14)
        if column in kind.words:
            choice = DataValidation("list", formula1=f'"{",".join(kind.words[str(column)])}"', allow_blank=True)
            sheet.add_data_validation(choice)
            choice.add(f"{letter}2:{letter}{len(table) + _ADDED_ROWS}")
        for line, value in enumerate(table[column].astype(object).where(table[column].notna(), None), 2):
            cell = sheet.cell(line, number, fit_for_xml(value) if isinstance(value, str) else value)
            if isinstance(value, str):
                cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "C2"
    book.save(path)
    book.properties.keywords = _fingerprint(_sheet_rows(path))
    book.save(path)
