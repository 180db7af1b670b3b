"""The places of a study and what they add up to: every gmina, every region, and the whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from focus_analysis.analysis.study import once_a_study
from focus_analysis.analysis.talk import countable
from focus_analysis.schemas import StudyTables, rows

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

PLACE = ["teryt", "gmina", "voivodeship"]


@dataclass(frozen=True)
class Scope:
    """Part of a study that a row of a table speaks of.

    Parameters
    ----------
    columns : dict
        teryt, gmina and voivodeship, as far as they hold for all of it.
    places : ndarray of int, shape (n_places,)
        Its places, by their row in ``places_of``.
    is_place : bool
        Whether it is one gmina.
    """

    columns: dict[str, Any]
    places: NDArray[np.intp]
    is_place: bool


@once_a_study
def places_of(study: StudyTables) -> pd.DataFrame:
    """Return one row a place: place, teryt, gmina, voivodeship, and session_ids, a list."""
    held = countable(study)
    sessions = held.groupby("place", sort=False)["session_id"].agg(list).rename("session_ids")
    first = held.drop_duplicates("place").set_index("place")[PLACE]
    return first.join(sessions).reset_index()


def scopes_of(places: pd.DataFrame) -> list[Scope]:
    """Return every place, every region, and the whole study, in this order; nothing where there is no place."""
    if places.empty:
        return []
    named = rows(places[PLACE])
    found = [Scope(vars(row), np.array([number]), True) for number, row in enumerate(named)]
    regions = places["voivodeship"].to_numpy(dtype=object)
    found += [
        Scope({"teryt": None, "gmina": None, "voivodeship": region}, np.flatnonzero(regions == region), False)
        for region in dict.fromkeys(places["voivodeship"].dropna())
    ]
    return [*found, Scope(dict.fromkeys(PLACE), np.arange(len(places)), False)]


def place_numbers(sessions: Iterable[str], places: pd.DataFrame) -> NDArray[np.intp]:
    """Return the row of ``places`` in which each session is; -1 where it is in none."""
    rows = {session: row for row, ids in enumerate(places["session_ids"]) for session in ids}
    return np.array([rows.get(session, -1) for session in sessions], dtype=np.intp)


def grouped(table: list[Any], scope: Scope, *names: str) -> dict[tuple[Any, ...], list[Any]]:
    """Return the rows of a scope by what they have in these columns; ``place`` says where a row belongs."""
    here = set(scope.places.tolist())
    found: dict[tuple[Any, ...], list[Any]] = {}
    for row in table:
        if row.place in here:
            found.setdefault(tuple(getattr(row, name) for name in names), []).append(row)
    return found


def distinct(table: list[Any], *names: str) -> int:
    """Return how many different values rows have in these columns."""
    return len({tuple(getattr(row, name) for name in names) for row in table})
