"""Relations of institutions as a sheet: written for a person to mend, and read back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from focus_analysis.errors import SchemaError
from focus_analysis.io.draft import refuse
from focus_analysis.io.files import write_whole
from focus_analysis.io.outputs import write_csv
from focus_analysis.io.sheets import read_rows
from focus_analysis.schemas import check
from focus_analysis.schemas_networks import RELATION_KINDS, RELATIONS, VALENCES

if TYPE_CHECKING:
    import pandas as pd

    from focus_analysis.corpus import Corpus

_KEY = ["session_id", "turn"]
_NEEDED = ("session_id", "turn", "source", "target", "relation")
_WIDTHS = {"evidence": 60, "text": 90}


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
    table = check(relations, RELATIONS)
    if corpus is not None:
        table = table.merge(corpus.turns[[*_KEY, "text"]], on=_KEY, how="left")
    target = Path(path)
    if target.suffix.lower() == ".xlsx":
        write_whole(target, lambda unfinished: _write_workbook(table, unfinished))
    else:
        write_csv(table, target)
    return target


def read_relations(path: str | Path, corpus: Corpus) -> pd.DataFrame:
    """Read relations that a person mended.

    Parameters
    ----------
    path : str or Path
        A csv or xlsx with the columns session_id, turn, source, target, relation; others may stand beside them. Rows
        may be changed, left out and added; a source left empty is the speaker's institution.
    corpus : Corpus
        The transcripts that they belong to.

    Returns
    -------
    DataFrame, schema ``RELATIONS``
        Every row "human": a person went through the sheet.

    Raises
    ------
    ReadError
        A column is missing, a relation is unknown, a row stands twice, or there is no such turn.
    """
    import pandas as pd

    file = Path(path)
    head, *lines = read_rows(file)[0] or [[]]
    frame = pd.DataFrame([[cell or None for cell in line] for line in lines], columns=head)
    missing = [name for name in _NEEDED if name not in frame]
    if missing:
        refuse("broken_relations", file.name, reason=f"columns missing: {', '.join(missing)}")
    frame = frame.dropna(how="all")
    turns = pd.to_numeric(frame["turn"], errors="coerce")
    told = frame.reindex(columns=[*_NEEDED, "evidence"]).assign(turn=turns)
    told = told.merge(_speakers(corpus), on=_KEY, how="left", indicator=True)
    for place, row in enumerate(told.to_dict("records"), 2):
        _check_row(row, file.name, place)
    told = told.assign(
        turn=told["turn"].astype("int64"),
        source=told["source"].fillna(told["named_by"]),
        valence=told["relation"].map(VALENCES).astype("int64"),
        start=0,
        end=told["text"].str.len().astype("int64"),
        coder_kind="human",
    )
    try:
        return check(told, RELATIONS)
    except SchemaError as error:
        refuse("broken_relations", file.name, reason=str(error))


def _speakers(corpus: Corpus) -> pd.DataFrame:
    """Return the text of every turn and the institution of its speaker."""
    people = corpus.speakers[["session_id", "speaker", "institution"]].rename(columns={"institution": "named_by"})
    return corpus.turns[[*_KEY, "speaker", "text"]].merge(people, on=["session_id", "speaker"], how="left")


def _check_row(row: dict[Any, Any], file: str, place: int) -> None:
    """Refuse a row that names no turn of the corpus, no target, or no relation that there is."""
    if row["_merge"] != "both":
        refuse("broken_relations", file, reason=f"row {place}: no turn {row['turn']} in session {row['session_id']}")
    if row["relation"] not in RELATION_KINDS:
        allowed = ", ".join(RELATION_KINDS)
        refuse("broken_relations", file, reason=f"row {place}: relation {row['relation']!r}; allowed: {allowed}")
    if not isinstance(row["target"], str):
        refuse("broken_relations", file, reason=f"row {place}: the target is missing")


def _write_workbook(table: pd.DataFrame, path: Path) -> None:
    """Write a table as a workbook of plain text, with the relations to choose from."""
    import openpyxl
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "relations"
    for number, column in enumerate(table.columns, 1):
        sheet.cell(1, number, str(column)).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(number)].width = _WIDTHS.get(str(column), 14)
        for line, value in enumerate(table[column].astype(object).where(table[column].notna(), None), 2):
            cell = sheet.cell(line, number, value.replace("\x00", "") if isinstance(value, str) else value)
            if isinstance(value, str):
                cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    choice = DataValidation("list", formula1=f'"{",".join(RELATION_KINDS)}"', allow_blank=True)
    sheet.add_data_validation(choice)
    letter = get_column_letter(list(table.columns).index("relation") + 1)
    choice.add(f"{letter}2:{letter}{len(table) + 200}")
    sheet.freeze_panes = "C2"
    book.save(path)
