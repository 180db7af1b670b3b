"""What a few groups can bear: intervals of "k of n groups" and the difference that so few could show."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from focus_analysis.analysis.design import wilson
from focus_analysis.errors import ArgumentError


@lru_cache(maxsize=4096)
def proportion_interval(k: int, n: int, level: float = 0.95, method: str = "exact") -> tuple[float, float]:
    """Return the interval of a share k of n that would hold if the groups had been drawn at random.

    Parameters
    ----------
    k, n : int
        Groups that have it, and all.
    level : float
        Level of the interval.
    method : {"exact", "wilson"}
        Clopper and Pearson's interval, or Wilson's.

    Raises
    ------
    ArgumentError
        Not 0 <= k <= n, or n is 0.

    Examples
    --------
    >>> low, high = proportion_interval(8, 8)
    >>> round(low, 3), high
    (0.631, 1.0)
    """
    from scipy.stats import binomtest

    if not 0 <= k <= n or n == 0:
        raise ArgumentError(f"proportion_interval: k of n groups with 0 <= k <= n and n > 0; got {k} of {n}")
    interval = binomtest(k, n).proportion_ci(level, method=method)
    return float(interval.low), float(interval.high)


def detectable_difference(sd: float, n_a: int, n_b: int, power: float = 0.8, alpha: float = 0.05) -> float:
    """Return the difference of two regions' means that a t test would find with this power; smaller ones may be there.

    Parameters
    ----------
    sd : float
        Standard deviation between the groups of a region.
    n_a, n_b : int
        Groups of each region, at least 3 together and one each.
    power, alpha : float
        Chance to find it; two-sided error.

    Raises
    ------
    ArgumentError
        Too few groups.

    Examples
    --------
    >>> round(detectable_difference(0.10, 8, 8), 3)
    0.151
    """
    from scipy.optimize import brentq
    from scipy.stats import nct, t

    df = n_a + n_b - 2
    if min(n_a, n_b) < 1 or df < 1:
        raise ArgumentError(f"detectable_difference: 3 groups at least, one in each region; got {n_a} and {n_b}")
    critical = t.ppf(1 - alpha / 2, df)

    def missing(effect: float) -> float:
        other_side = np.nan_to_num(nct.cdf(-critical, df, effect))  # NaN where it is too small for scipy
        return float(nct.sf(critical, df, effect) + other_side) - power

    most = 1.0
    while missing(most) < 0:
        most *= 2
    effect: float = brentq(missing, 1e-6, most)
    return float(effect * sd * np.sqrt(1 / n_a + 1 / n_b))


def paired_difference(both: int, first: int, second: int, neither: int) -> tuple[float, float, float]:
    """Return the share of the first less that of the second of the same groups, with its 95% interval.

    Parameters
    ----------
    both, first, second, neither : int
        Groups that have both, only the first, only the second, and neither.

    Returns
    -------
    tuple of float
        Difference, low, high, each in [-1, 1].

    Raises
    ------
    ArgumentError
        There is no group, or a count is negative.

    Notes
    -----
    Method 10 of R. G. Newcombe, "Improved confidence intervals for the difference between binomial proportions based
    on paired data", Statistics in Medicine 17 (1998): Wilson's intervals squared and added, with the correlation.

    Examples
    --------
    >>> [round(end, 4) for end in paired_difference(36, 12, 2, 0)]
    [0.2, 0.0569, 0.3404]
    """
    counts = (both, first, second, neither)
    n = sum(counts)
    if min(counts) < 0 or n == 0:
        raise ArgumentError(f"paired_difference: counts of 0 or more, one at least above 0; got {counts}")
    a, b = (both + first) / n, (both + second) / n
    (_, low_a, high_a), (_, low_b, high_b) = wilson(a, n), wilson(b, n)
    scale = float((both + first) * (second + neither) * (both + second) * (first + neither)) ** 0.5
    product = both * neither - first * second
    corrected = max(product - n / 2, 0) if product > 0 else product
    phi = corrected / scale if scale else 0.0

    def reach(one: float, other: float) -> float:
        return float(max(one**2 - 2 * phi * one * other + other**2, 0) ** 0.5)

    low, high = a - b - reach(a - low_a, high_b - b), a - b + reach(b - low_b, high_a - a)
    return a - b, max(low, -1.0), min(high, 1.0)
