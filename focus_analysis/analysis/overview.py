"""All groups together: the order of the problems, tests of regions, ranges of ranks, how new codes run out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from focus_analysis.analysis.ranking import rank_multiverse, row_names, to_matrix, to_regions
from focus_analysis.analysis.ranksets import rank_problems
from focus_analysis.analysis.regions import compare_all_regions, compare_regions
from focus_analysis.analysis.saturation import rarefaction
from focus_analysis.analysis.sensitivity import rank_sensitivity
from focus_analysis.schemas import StudyTables, empty, place_names
from focus_analysis.schemas_results import RANKINGS

if TYPE_CHECKING:
    import pandas as pd

_TWO = 2


def over_groups(by_gmina: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the ranking of the problems over all groups, and the tests of regions where there are two or more.

    Parameters
    ----------
    by_gmina : DataFrame, schema ``ESTIMATES``
        From ``salience(by="gmina")``.

    Returns
    -------
    DataFrame, schema ``RANKINGS``; DataFrame with code and p_adjusted
        Both empty where nothing is known.
    """
    known = by_gmina[by_gmina["estimate"].notna()]
    if known.empty:
        return empty(RANKINGS), known[["code"]].assign(p_adjusted=None)
    matrix, regions = to_matrix(known), to_regions(known)
    ranking = rank_problems(matrix)
    if regions.isna().any() or regions.nunique() < _TWO:
        return ranking, known[["code"]].assign(p_adjusted=None).head(0)
    compare = compare_regions if regions.nunique() == _TWO else compare_all_regions
    return ranking, compare(matrix, regions)[["code", "p_adjusted"]]


def rank_ranges(study: StudyTables, codings: pd.DataFrame, codes: pd.DataFrame, measures: pd.DataFrame) -> pd.DataFrame:
    """Return the ranges of ranks over measures, without one speaker, and over speakers drawn.

    Parameters
    ----------
    study, codings, codes
        As for ``salience``.
    measures : DataFrame, schema ``ESTIMATES``
        From ``salience(measures="all")``.

    Returns
    -------
    DataFrame, schema ``RANK_RANGES``
        Up to three rows a gmina, level and code, told apart by ``varied``.
    """
    import pandas as pd

    return pd.concat([rank_multiverse(measures), rank_sensitivity(study, codings, codes)], ignore_index=True)


def saturation_curve(by_gmina: pd.DataFrame, sessions: pd.DataFrame) -> pd.DataFrame:
    """Return how many different problems so many gminas name, on average and in the order in which they met.

    Parameters
    ----------
    by_gmina : DataFrame, schema ``ESTIMATES``
        From ``salience(by="gmina")``. Gminas without known participants are left out.
    sessions : DataFrame, schema ``SESSIONS``
        Dates of the meetings.

    Returns
    -------
    DataFrame, shape (n_gminas, 5)
        n_sessions, estimate, low, high as from ``rarefaction`` of a closed codebook, and observed: different problems
        after so many gminas, by the date of the first meeting; missing where a date is.
    """
    known = by_gmina[by_gmina["estimate"].notna() & (by_gmina["level"] == "leaf")]
    if known.empty:
        return rarefaction(known[[]].head(0)).assign(observed=None)
    named = to_matrix(known) > 0
    places = known[["teryt", "gmina"]].assign(row=row_names(known)).drop_duplicates("row")
    held = places.merge(sessions.assign(gmina=place_names(sessions)), on=["teryt", "gmina"], how="left")
    observed = None
    if held["date"].notna().all():
        order = held.groupby("row")["date"].min().sort_values(kind="stable").index
        observed = (named.loc[order].cumsum() > 0).sum(axis=1).to_numpy()
    return rarefaction(named, closed=True).assign(observed=observed)
