"""What a few groups can bear: intervals of "k of n groups" and the difference that so few could show."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

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
