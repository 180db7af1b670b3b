"""Ranks of the codes over groups: means, first and last places, and rank sets that hold for all codes at once."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from focus_analysis.analysis.arrangements import DRAWS, sign_flips
from focus_analysis.analysis.orders import borda
from focus_analysis.analysis.tables import at_least, numbers
from focus_analysis.errors import ArgumentError
from focus_analysis.schemas import check
from focus_analysis.schemas_results import RANKINGS

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_ALIKE = 1e-9
_BLOCK = 2000


def rank_problems(
    table: pd.DataFrame, among: Iterable[str] | None = None, alpha: float = 0.05, draws: int = DRAWS, seed: int = 0
) -> pd.DataFrame:
    """Rank the codes over groups, ties kept.

    Parameters
    ----------
    table : DataFrame, shape (n_groups, n_codes)
        Rows are sessions or gminas, columns codes, cells the larger the more salient (``to_matrix`` makes one).
        Missing means that the group was not asked; what nobody named is 0.
    among : iterable of str, optional
        Codes compared for first and last places, Borda points and rank sets; by default those named in some group.
    alpha : float
        Error allowed in the rank sets.
    draws, seed : int
        As for ``rank_sets``.

    Returns
    -------
    DataFrame, schema ``RANKINGS``
        One row a code, the largest mean first. A code that is not compared has no places, points or set. Points and
        sets are missing where a cell among the compared is.

    Raises
    ------
    ArgumentError
        The table holds something else than numbers, or a code of ``among`` is no column.
    """
    import pandas as pd

    values = numbers(table, "rank_problems", missing=True)
    chosen = compared(table, values, among)
    means = pd.Series(np.round(_mean(values), 12), index=table.columns)
    ranks = pd.DataFrame(values, columns=table.columns).rank(axis=1, ascending=False)
    inner = table[chosen]
    whole = bool(chosen) and len(table) > 0 and not inner.isna().any(axis=None)
    sets = rank_sets(inner, alpha, draws, seed) if whole else pd.DataFrame(columns=["set_low", "set_high"])
    ranking = pd.DataFrame(
        {
            "code": table.columns.astype(str),
            "n_groups": (~np.isnan(values)).sum(axis=0),
            "mean": means.to_numpy(),
            "rank": means.rank(ascending=False).to_numpy(),
            "mean_rank": ranks.mean().to_numpy(),
            "method": f"compared: {', '.join(map(str, chosen)) or 'none'}; sets {1 - alpha:.0%}, sign flips, max t",
        },
        index=table.columns,
    )
    ranking = ranking.join(first_and_last(inner)).join(sets[["set_low", "set_high"]])
    ranking = ranking.assign(borda=borda(inner) if whole else np.nan)
    return check(ranking.sort_values("mean", ascending=False, kind="stable"), RANKINGS)


def first_and_last(table: pd.DataFrame) -> pd.DataFrame:
    """Count the groups in which each code comes first or last, alone or with ties too.

    Parameters
    ----------
    table : DataFrame, shape (n_groups, n_codes)
        A missing cell takes no part in its group. Where nobody named anything no code comes first.

    Returns
    -------
    DataFrame, shape (n_codes, 4)
        first_strict, first_tied (alone or tied), last_strict, last_tied, by code.
    """
    import pandas as pd

    first, last = places(table)
    counted: dict[str, NDArray[np.int64]] = {}
    for name, at in (("first", first), ("last", last)):
        alone = at & (at.sum(axis=1, keepdims=True) == 1)
        counted |= {f"{name}_strict": alone.sum(axis=0), f"{name}_tied": at.sum(axis=0)}
    return pd.DataFrame(counted, index=table.columns)


def places(table: pd.DataFrame) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return which codes come first and which last in each group, alone or tied, shape (n_groups, n_codes) each."""
    values = numbers(table, "first and last", missing=True)
    top = np.max(np.where(np.isnan(values), -np.inf, values), axis=1, keepdims=True, initial=-np.inf)
    bottom = np.min(np.where(np.isnan(values), np.inf, values), axis=1, keepdims=True, initial=np.inf)
    return (values == top) & (top > 0), values == bottom


def rank_sets(table: pd.DataFrame, alpha: float = 0.05, draws: int = DRAWS, seed: int = 0) -> pd.DataFrame:
    """Return for every code the ranks that its mean may have, right for all codes at once.

    Parameters
    ----------
    table : DataFrame, shape (n_groups, n_codes)
        Rows are sessions or gminas, nothing missing.
    alpha : float
        Chance that any set is wrong, had the groups been drawn at random.
    draws, seed : int
        As for ``compare_codes``.

    Returns
    -------
    DataFrame, shape (n_codes, 3)
        mean, set_low, set_high (from 1), by code.

    Raises
    ------
    ArgumentError
        A value is missing or the table has no row.

    Notes
    -----
    A set reaches from 1 + the codes significantly above to k - the codes significantly below, after Mogstad, Romano,
    Shaikh and Wilhelm (Review of Economic Studies, 2024), with the p of ``compare_codes``.
    """
    import pandas as pd

    pairs = compare_codes(table, draws, seed)
    sure = pairs[pairs["p_adjusted"] <= alpha]
    higher = sure["code_a"].where(sure["difference"] > 0, sure["code_b"])
    lower = sure["code_b"].where(sure["difference"] > 0, sure["code_a"])
    above = lower.value_counts().reindex(table.columns, fill_value=0)
    below = higher.value_counts().reindex(table.columns, fill_value=0)
    return pd.DataFrame(
        {"mean": table.mean(), "set_low": 1 + above, "set_high": table.shape[1] - below}, index=table.columns
    )


def compare_codes(table: pd.DataFrame, draws: int = DRAWS, seed: int = 0) -> pd.DataFrame:
    """Compare the means of every two codes over groups, by joint sign flips.

    Parameters
    ----------
    table : DataFrame, shape (n_groups, n_codes)
        Rows are sessions or gminas, nothing missing.
    draws, seed : int
        Sign flips drawn where there are more than 14 groups, and their seed.

    Returns
    -------
    DataFrame, shape (n_pairs, 6)
        code_a, code_b, difference (of means), t, p, p_adjusted (max t, step-down).

    Raises
    ------
    ArgumentError
        A value is missing or the table has no row.

    Notes
    -----
    All signs of a group flip together, which keeps how the codes hang together. t is infinite where two codes differ
    by the same amount in every group, 0 where they never differ. P. H. Westfall and S. S. Young, Resampling-Based
    Multiple Testing (1993).
    """
    import pandas as pd

    values = numbers(table, "rank sets")
    at_least(table, "rank sets")
    m, k = values.shape
    pairs = list(combinations(range(k), 2))
    first, last = np.array(pairs, dtype=int).reshape(-1, 2).T
    gaps = values[:, first] - values[:, last]
    single, adjusted = _flipped(gaps, sign_flips(m, draws, seed))
    return pd.DataFrame(
        {
            "code_a": table.columns[first],
            "code_b": table.columns[last],
            "difference": gaps.mean(axis=0),
            "t": _t(_strength(gaps.sum(axis=0), gaps), m) * np.sign(gaps.sum(axis=0)),
            "p": single,
            "p_adjusted": adjusted,
        }
    )


def _flipped(gaps: Floats, flips: Floats) -> tuple[Floats, Floats]:
    """Return the p of each pair, alone and adjusted: share of flips in which it, or it or a weaker, is as large.

    t^2 / (t^2 + m - 1) = (sum d)^2 / (m sum d^2) grows with t and is finite without variance too.
    """
    observed = _strength(gaps.sum(axis=0), gaps)
    order = np.argsort(-observed, kind="stable")
    alone, at_most = np.zeros(len(order)), np.zeros(len(order))
    for start in range(0, len(flips), _BLOCK):
        drawn = _strength(flips[start : start + _BLOCK] @ gaps, gaps)[:, order]
        alone += (drawn >= observed[order] - _ALIKE).sum(axis=0)
        weaker = np.maximum.accumulate(drawn[:, ::-1], axis=1)[:, ::-1]
        at_most += (weaker >= observed[order] - _ALIKE).sum(axis=0)
    single, adjusted = np.empty(len(order)), np.empty(len(order))
    single[order] = alone / len(flips)
    adjusted[order] = np.maximum.accumulate(at_most / len(flips))
    return single, adjusted


def _strength(sums: Floats, gaps: Floats) -> Floats:
    squares = len(gaps) * (gaps**2).sum(axis=0)
    strength: Floats = np.divide(
        sums**2, np.broadcast_to(squares, sums.shape), where=squares > 0, out=np.zeros_like(sums)
    )
    return strength


def _t(strength: Floats, m: int) -> Floats:
    varies = strength < 1 - _ALIKE
    left = np.where(varies, 1 - strength, 1.0)
    t: Floats = np.where(varies, np.sqrt(strength * (m - 1) / left), np.inf)
    return t


def _mean(values: Floats) -> Floats:
    n = (~np.isnan(values)).sum(axis=0)
    mean: Floats = np.divide(np.nansum(values, axis=0), n, where=n > 0, out=np.full(values.shape[1], np.nan))
    return mean


def compared(table: pd.DataFrame, values: Floats, among: Iterable[str] | None) -> list[str]:
    """Return the codes of ``among``, or those named in some group.

    Raises
    ------
    ArgumentError
        One is no column.
    """
    if among is None:
        return list(table.columns[np.nan_to_num(values).max(axis=0, initial=0) > 0])
    wanted = list(dict.fromkeys(among))
    unknown = [code for code in wanted if code not in table.columns]
    if unknown:
        raise ArgumentError(f"among: no column {', '.join(unknown)}; columns: {', '.join(map(str, table.columns))}")
    return wanted
