"""Comparison of regions: the group (gmina) is the unit, whatever the number of speakers or utterances in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from focus_analysis.analysis.arrangements import DRAWS, is_exact, labellings
from focus_analysis.analysis.measures import COVERAGE
from focus_analysis.analysis.tables import numbers, regions_of
from focus_analysis.errors import ArgumentError
from focus_analysis.schemas import check
from focus_analysis.schemas_results import COMPARISONS

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Regions = pd.Series[str] | Mapping[str, str] | Sequence[str]

_ALIKE = 1e-12
_FEWEST = 2


class CliffsDelta(NamedTuple):
    """Cliff's delta with its interval.

    Parameters
    ----------
    delta : float
        Share of pairs in which a is above b, less the share in which it is below, in [-1, 1].
    low, high : float
        Interval of Feng and Cliff; NaN where delta is -1 or 1 or a side has one value.
    variance : float
        Its variance, not below (1 - delta^2) / (n_a n_b - 1).
    """

    delta: float
    low: float
    high: float
    variance: float


def compare_regions(
    table: pd.DataFrame,
    regions: Regions,
    measure: str = COVERAGE,
    alpha: float = 0.05,
    draws: int = DRAWS,
    seed: int = 0,
) -> pd.DataFrame:
    """Compare every two regions in every code.

    Parameters
    ----------
    table : DataFrame, shape (n_groups, n_codes)
        Rows are sessions or gminas, columns codes (``to_matrix`` makes one). Missing: the group was not asked.
    regions : Series, mapping or sequence of str
        Region by row name, or in the order of the rows.
    measure : str
        What the cells are.
    alpha : float
        1 - the level of the intervals.
    draws, seed : int
        Rearrangements drawn where there are over 20,000, and their seed.

    Returns
    -------
    DataFrame, schema ``COMPARISONS``
        One row a code and pair of regions. p: difference of means over all ways to deal the groups to the two regions
        (exact), or drawn. p_adjusted: Benjamini and Hochberg over all rows with a p. What is undefined is missing:
        a region without a value, Welch's interval with one group, tests where all values are equal.

    Raises
    ------
    ArgumentError
        A row has no region, there is one region only, or alpha is not between 0 and 1.

    Notes
    -----
    Welch's interval: B. L. Welch, Biometrika 34 (1947). Inverted permutation interval: the shifts of region a
    that the permutation test does not reject. Never a test over utterances or speakers: those of a group hang
    together, so that it finds differences where there are none.
    """
    import pandas as pd

    if not 0 < alpha < 1:
        raise ArgumentError(f"compare_regions: alpha is 1 - the level of the intervals, such as .05; not {alpha!r}")
    values = numbers(table, "compare_regions", missing=True)
    labels = _two_or_more(regions_of(table, regions, "compare_regions"))
    found = [
        {"code": str(code), "measure": measure, "group_a": a, "group_b": b}
        | _compared(values[labels == a, column], values[labels == b, column], alpha, draws, seed)
        for column, code in enumerate(table.columns)
        for a, b in combinations(sorted(set(labels)), 2)
    ]
    frame = pd.DataFrame(found, columns=[name for name in COMPARISONS.names if name != "p_adjusted"])
    return check(frame.assign(p_adjusted=adjusted(frame["p"])), COMPARISONS)


def compare_all_regions(table: pd.DataFrame, regions: Regions, draws: int = DRAWS, seed: int = 0) -> pd.DataFrame:
    """Test for every code whether any of the regions differ.

    Parameters
    ----------
    table, regions, draws, seed
        As for ``compare_regions``.

    Returns
    -------
    DataFrame, shape (n_codes, 7)
        code, n_regions, n_groups, between (sum of squares between regions), p (permutation), p_adjusted, kruskal_p
        (Kruskal and Wallis, as a check). p is missing where all values are equal.

    Raises
    ------
    ArgumentError
        A row has no region, or there is one region only.
    """
    import pandas as pd

    values = numbers(table, "compare_all_regions", missing=True)
    labels = _two_or_more(regions_of(table, regions, "compare_all_regions"))
    found = [
        {"code": str(code)} | _tested(values[:, column], labels, draws, seed)
        for column, code in enumerate(table.columns)
    ]
    frame = pd.DataFrame(found, columns=["code", "n_regions", "n_groups", "between", "p", "kruskal_p"])
    frame.insert(5, "p_adjusted", adjusted(frame["p"]))
    return frame


def cliffs_delta(a: Sequence[float], b: Sequence[float], alpha: float = 0.05) -> CliffsDelta:
    """Return Cliff's delta of two samples of group values.

    Parameters
    ----------
    a, b : sequence of float
        At least one value each.
    alpha : float
        1 - the level of the interval.

    Returns
    -------
    CliffsDelta
        delta, low, high, variance.

    Raises
    ------
    ArgumentError
        A sample is empty or a value is missing.

    Notes
    -----
    D. Feng and N. Cliff, Journal of Modern Applied Statistical Methods 3 (2004).
    """
    from scipy.special import ndtri

    x, y = np.round(np.asarray(a, dtype=float), 12), np.round(np.asarray(b, dtype=float), 12)
    if not len(x) or not len(y) or np.isnan(x).any() or np.isnan(y).any():
        raise ArgumentError(f"cliffs_delta: two samples of numbers, none missing; got {len(x)} and {len(y)} values")
    above = np.sign(x[:, None] - y)
    n_a, n_b = above.shape
    delta = float(above.mean())
    if min(n_a, n_b) < _FEWEST or abs(delta) == 1:
        return CliffsDelta(delta, np.nan, np.nan, np.nan)
    rows = ((above.mean(axis=1) - delta) ** 2).sum()
    columns = ((above.mean(axis=0) - delta) ** 2).sum()
    cells = ((above - delta) ** 2).sum()
    variance = (n_b**2 * rows + n_a**2 * columns - cells) / (n_a * n_b * (n_a - 1) * (n_b - 1))
    variance = max(float(variance), (1 - delta**2) / (n_a * n_b - 1))
    z = ndtri(1 - alpha / 2)
    middle, below = delta - delta**3, 1 - delta**2 + z**2 * variance
    half = z * np.sqrt(variance) * np.sqrt((1 - delta**2) ** 2 + z**2 * variance)
    return CliffsDelta(delta, float((middle - half) / below), float((middle + half) / below), variance)


def adjusted(p: pd.Series[float]) -> pd.Series[float]:
    """Return p values after Benjamini and Hochberg; a missing one stays missing and is not counted."""
    from scipy.stats import false_discovery_control

    known = p.astype(float).dropna()
    result = p.astype(float).copy()
    if len(known):
        result[known.index] = false_discovery_control(known)
    return result


def _two_or_more(labels: pd.Series[str]) -> pd.Series[str]:
    if labels.nunique() < _FEWEST:
        known = ", ".join(labels.unique()) or "none"
        raise ArgumentError(f"comparing regions needs two regions or more; the rows have: {known}")
    return labels


def _compared(a: Floats, b: Floats, alpha: float, draws: int, seed: int) -> dict[str, Any]:
    """Return a row of the comparison of two regions in one code."""
    a, b = a[~np.isnan(a)], b[~np.isnan(b)]
    found: dict[str, Any] = {"n_a": len(a), "n_b": len(b), "method": "no group with a value in one of them"}
    if not len(a) or not len(b):
        return found
    found |= {"mean_a": a.mean(), "mean_b": b.mean(), "difference": a.mean() - b.mean()}
    if np.ptp(np.concatenate([a, b])) <= _ALIKE:
        return found | {"method": "all values equal: nothing to test", "cliffs_delta": 0.0}
    low, high = _welch(a, b, alpha)
    p, low_permutation, high_permutation, how = _permuted(a, b, alpha, draws, seed)
    cliff = cliffs_delta(list(a), list(b), alpha)
    return found | {
        "low": low,
        "high": high,
        "low_permutation": low_permutation,
        "high_permutation": high_permutation,
        "p": p,
        "cliffs_delta": cliff.delta,
        "cliffs_delta_low": cliff.low,
        "cliffs_delta_high": cliff.high,
        "method": how,
    }


def _welch(a: Floats, b: Floats, alpha: float) -> tuple[float, float]:
    from scipy.special import stdtrit

    if min(len(a), len(b)) < _FEWEST or max(np.ptp(a), np.ptp(b)) <= _ALIKE:
        return np.nan, np.nan
    of_a, of_b = a.var(ddof=1) / len(a), b.var(ddof=1) / len(b)
    df = (of_a + of_b) ** 2 / (of_a**2 / (len(a) - 1) + of_b**2 / (len(b) - 1))
    half = stdtrit(df, 1 - alpha / 2) * np.sqrt(of_a + of_b)
    difference = a.mean() - b.mean()
    return float(difference - half), float(difference + half)


def _permuted(a: Floats, b: Floats, alpha: float, draws: int, seed: int) -> tuple[float, float, float, str]:
    """Return the permutation p of the difference of means, and the shifts that the test does not reject.

    Take a shift s off region a: dealing gives d* - c s, c being the share of the shift that stays between the regions,
    and observed is d - s. The first is as extreme where s lies between (d - d*) / (1 - c) and (d + d*) / (1 + c).
    """
    sizes = (len(a), len(b))
    weights, kept = _contrasts(sizes, draws, seed)
    dealt, d = weights @ np.concatenate([a, b]), a.mean() - b.mean()
    p = float(np.mean(np.abs(dealt) >= abs(d) - _ALIKE))
    whole = np.abs(kept) >= 1 - _ALIKE
    one = np.where(whole, -np.inf, (d - dealt) / np.where(whole, 1.0, 1 - kept))
    other = np.where(whole, np.inf, (d + dealt) / np.where(whole, 1.0, 1 + kept))
    place = int(np.floor(alpha * len(dealt) + _ALIKE))
    low = np.partition(np.minimum(one, other), place)[place]
    high = np.partition(np.maximum(one, other), -1 - place)[-1 - place]
    low, high = (float(end) if np.isfinite(end) else np.nan for end in (low, high))
    how = "exact" if is_exact(sizes) else f"{draws} draws, seed {seed}"
    return p, low, high, f"means over groups; permutation, {how}"


@lru_cache(maxsize=16)
def _contrasts(sizes: tuple[int, int], draws: int, seed: int) -> tuple[Floats, Floats]:
    """Return the weights that give the difference of means of every dealing, and of a shift of all of region a."""
    in_a = (labellings(sizes, draws, seed) == 0).astype(float)
    weights = in_a / sizes[0] - (1 - in_a) / sizes[1]
    return weights, weights[:, : sizes[0]].sum(axis=1)


def _tested(values: Floats, labels: pd.Series[str], draws: int, seed: int) -> dict[str, Any]:
    """Return a row of the test of all regions in one code."""
    from scipy.stats import kruskal

    known = ~np.isnan(values)
    samples = [values[known & (labels == region).to_numpy()] for region in sorted(set(labels))]
    samples = [sample for sample in samples if len(sample)]
    found = {"n_regions": len(samples), "n_groups": int(known.sum()), "between": np.nan}
    if len(samples) < _FEWEST:
        return found
    pooled = np.concatenate(samples)
    deviations = pooled - pooled.mean()
    sizes = tuple(len(sample) for sample in samples)
    dealt = labellings(sizes, draws, seed)
    between = sum(((dealt == number) @ deviations) ** 2 / size for number, size in enumerate(sizes))
    found["between"] = float(between[0])
    if np.ptp(pooled) <= _ALIKE:
        return found
    return found | {"p": float(np.mean(between >= between[0] - _ALIKE)), "kruskal_p": float(kruskal(*samples).pvalue)}
