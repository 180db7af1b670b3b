"""Ranks with ties."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

_DIGITS = 12


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
