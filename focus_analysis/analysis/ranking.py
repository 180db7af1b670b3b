"""Ranks with ties: of one place's problems, over measures, and over groups."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from focus_analysis.analysis.measures import COVERAGE, MULTIVERSE, SMALLEST_FIRST, UNRANKED, chosen
from focus_analysis.errors import ArgumentError
from focus_analysis.schemas import ESTIMATES, check
from focus_analysis.schemas_results import RANK_RANGES

if TYPE_CHECKING:
    import pandas as pd

_DIGITS = 12
_PLACE = ["teryt", "gmina", "voivodeship"]


def rank_within(table: pd.DataFrame, scope: list[str]) -> pd.DataFrame:
    """Return the table with ranks of its estimates within each scope.

    Parameters
    ----------
    table : DataFrame
        With ``estimate`` and the scope's columns.
    scope : list of str
        Columns within which rows are ranked.

    Returns
    -------
    DataFrame
        With ``rank`` (mid-rank, 1 for the largest estimate), ``rank_low`` and ``rank_high`` (the first and the last
        rank of those tied with it); missing where the estimate is.
    """
    ranks = table.assign(_estimate=table["estimate"].round(_DIGITS)).groupby(scope, dropna=False)["_estimate"]
    return table.assign(
        rank=ranks.rank(method="average", ascending=False),
        rank_low=ranks.rank(method="min", ascending=False),
        rank_high=ranks.rank(method="max", ascending=False),
    )


def rank_measures(table: pd.DataFrame, scope: list[str]) -> pd.DataFrame:
    """Return the table with ranks in which 1 is the most salient, whatever way the measure points.

    Of first mentions the earliest is 1 and codes that nobody named are tied last; measures that are no salience have
    no rank.
    """
    key = table["estimate"].astype(float)
    earliest, named = table["measure"].isin(SMALLEST_FIRST), table["n_participants"].notna()
    key = key.mask(earliest, -key.fillna(np.inf)).mask(~named | table["measure"].isin(UNRANKED))
    ranked = rank_within(table.assign(estimate=key), scope)
    return ranked.assign(estimate=table["estimate"].astype(float))


def rank_multiverse(estimates: pd.DataFrame, measures: Iterable[str] = MULTIVERSE) -> pd.DataFrame:
    """Return the best, median and worst rank of every code over several measures.

    Parameters
    ----------
    estimates : DataFrame, schema ``ESTIMATES``
        From ``salience(measures=...)`` with these measures.
    measures : iterable of str
        Measures that are ranked.

    Returns
    -------
    DataFrame, schema ``RANK_RANGES``
        One row a place, level and code; ``rank`` is that of coverage, if it is among the measures, else missing.

    Raises
    ------
    ArgumentError
        A measure has no ranks or is not in the table.

    Notes
    -----
    No measure is weighted against another: the range says what a composite would hide.
    """
    estimates = check(estimates, ESTIMATES)
    wanted = chosen(measures, [name for name in estimates["measure"].unique() if name not in UNRANKED] or [COVERAGE])
    shown = estimates[estimates["measure"].isin(wanted)]
    shown = shown.assign(first=(shown["rank"] == 1).where(shown["rank"].notna()).astype(float))
    by_code = shown.groupby([*_PLACE, "level", "code"], sort=False, dropna=False)
    table = by_code.agg(
        rank_min=("rank", "min"),
        rank_median=("rank", "median"),
        rank_max=("rank", "max"),
        share_first=("first", "mean"),
        n_variants=("rank", "count"),
        n_participants=("n_participants", "first"),
    ).reset_index()
    own = shown.loc[shown["measure"] == COVERAGE, [*_PLACE, "level", "code", "rank"]]
    table = table.merge(own, on=[*_PLACE, "level", "code"], how="left")
    table = table.assign(measure="several", varied="measures", method=f"ranks by {', '.join(wanted)}")
    return check(table, RANK_RANGES)


def to_matrix(estimates: pd.DataFrame, measure: str = COVERAGE, level: str = "leaf") -> pd.DataFrame:
    """Return estimates as a plain table: what the functions that compare groups take.

    Parameters
    ----------
    estimates : DataFrame, schema ``ESTIMATES``
        From ``salience(by="gmina")``.
    measure : str
        Measure in the cells.
    level : {"leaf", "top"}
        Level of the codes.

    Returns
    -------
    DataFrame, shape (n_gminas, n_codes)
        Rows are gminas (with the TERYT code where they share a name), columns codes. Gminas where nobody's role is
        known have no row; a warning names them.

    Raises
    ------
    ArgumentError
        The table has no such measure or level.
    """
    import warnings

    shown = _rows_of(estimates, measure, level)
    wide = shown.assign(row=row_names(shown)).pivot(index="row", columns="code", values="estimate")
    wide = wide.reindex(index=row_names(shown).unique(), columns=shown["code"].unique())
    unknown = wide.index[wide.isna().all(axis=1)]
    if len(unknown):
        warnings.warn(f"no {measure} known, left out: {', '.join(map(str, unknown))}", stacklevel=2)
    return wide.drop(index=unknown).rename_axis(index=None, columns=None)


def to_regions(estimates: pd.DataFrame) -> pd.Series[str]:
    """Return the voivodeship of every gmina of an estimates table, by the row names of ``to_matrix``."""
    rows = estimates.assign(row=row_names(estimates)).drop_duplicates("row")
    return rows.set_index("row")["voivodeship"].rename_axis(None)


def _rows_of(estimates: pd.DataFrame, measure: str, level: str) -> pd.DataFrame:
    estimates = check(estimates, ESTIMATES)
    shown = estimates[(estimates["measure"] == measure) & (estimates["level"] == level) & estimates["gmina"].notna()]
    if shown.empty:
        known = ", ".join(estimates["measure"].unique()) or "none"
        raise ArgumentError(f"no estimates of gminas, measure {measure!r}, level {level!r}; measures: {known}")
    return shown


def row_names(estimates: pd.DataFrame) -> pd.Series[str]:
    """Return the gmina of each row, with its TERYT code where several share the name."""
    shared = estimates.groupby("gmina")["teryt"].transform("nunique") > 1
    return estimates["gmina"].mask(shared, estimates["gmina"] + " (" + estimates["teryt"].fillna("?") + ")")
