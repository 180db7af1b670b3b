"""Tables on institutions, and ties in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from focus_analysis import labels
from focus_analysis.report.addresses import turn_list
from focus_analysis.report.document import Text
from focus_analysis.report.results import Results
from focus_analysis.schemas import rows

if TYPE_CHECKING:
    import pandas as pd

_FEW = 3


def tell(key: str, lang: str, **gaps: object) -> str:
    """Return words of the sections on institutions."""
    return labels.words(f"networks.{key}", lang, **gaps)


def with_count(name: str, n: int, whole: int, lang: str) -> str:
    """Return a name with how many of how many: "police (3 of 8)"."""
    return tell("named_with_count", lang, name=name, count=labels.count_of(n, whole, lang))


def most_frequent(shown: pd.DataFrame, column: str, whole: str, names: Mapping[str, str], lang: str) -> str:
    """Return the most frequent few with their counts, or a dash.

    Parameters
    ----------
    shown : DataFrame
        Rows with n_gminas.
    column, whole : str
        Which column holds the code, and which of how many gminas.
    names : mapping of str to str
        Names of the codes.
    lang : {"pl", "en"}
        Language of the counts.
    """
    most = rows(shown.sort_values("n_gminas", ascending=False, kind="stable").head(_FEW))
    counted = (with_count(names[getattr(row, column)], row.n_gminas, getattr(row, whole), lang) for row in most)
    return ", ".join(counted) or "–"


def network_tables(results: Results) -> dict[str, pd.DataFrame]:
    """Return the tables on institutions that have rows, by name."""
    tables = results.networks.tables if results.networks else {}
    return {name: table for name, table in tables.items() if len(table)}


def study_rows(table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that speak of the whole study."""
    return table[table["gmina"].isna() & table["voivodeship"].isna()]


def same_gmina(table: pd.DataFrame, place: Any) -> pd.Series[bool]:
    """Return which rows of a table are a gmina's, by its TERYT code, or by its name where it has none."""
    if isinstance(place.teryt, str):
        return table["teryt"].eq(place.teryt)
    return table["gmina"].eq(place.gmina) & table["teryt"].isna()


def turns_of(table: pd.DataFrame, named: bool) -> Text:
    """Return the turns of rows, each leading to what was said; ``named`` says whether their sessions are named."""
    turns = table[["session_id", "turn"]].drop_duplicates().sort_values(["session_id", "turn"])
    return turn_list({str(session): list(here) for session, here in turns.groupby("session_id")["turn"]}, named)


def strongest(ties: pd.DataFrame, relation: str) -> pd.DataFrame:
    """Return the few ties of one kind that most gminas name."""
    chosen = ties[ties["relation"] == relation]
    return chosen.sort_values(["n_gminas", "n_named"], ascending=False, kind="stable").head(_FEW)


def named_ties(ties: pd.DataFrame, names: Mapping[str, str], lang: str) -> str:
    """Return ties in one line, each with its count: "school – police (4 of 8)"."""
    counted = (f"{tie(row, names)} ({labels.count_of(row.n_gminas, row.n_opportunities, lang)})" for row in rows(ties))
    return "; ".join(counted)


def tie(row: Any, names: Mapping[str, str]) -> str:
    """Return the two ends of a tie, with an arrow where it has a direction."""
    return f"{names[row.source]} {'→' if row.directed else '–'} {names[row.target]}"
