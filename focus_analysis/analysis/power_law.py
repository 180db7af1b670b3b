"""How F1 grows with the number of coded examples: a power law, and whether it can be believed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

_FEWEST_SIZES = 4
_LARGEST_MISS = 0.03
_SMALLEST_RISE = 0.02
_FURTHEST = 4
_FLATTEST, _STEEPEST = 0.05, 3.0


class PowerLaw(NamedTuple):
    """F1 = a - b n ** -c for n examples a code, fitted by least squares.

    Parameters
    ----------
    a, b, c : float
        What F1 tends to, and how it falls short of it; NaN where nothing could be fitted.
    largest : float
        Most examples a code that were measured.
    doubt : str
        Why the law is not to be believed: "few_sizes" (fewer than four), "no_rise" (F1 does not grow, or by less than
        .02), "poor_fit" (a point lies more than .03 away), "at_bound" (the level, or how fast it is neared, cannot be
        told); empty where nothing speaks against it.
    """

    a: float
    b: float
    c: float
    largest: float
    doubt: str = ""

    def __call__(self, n: float) -> float:
        """Return F1 at n examples a code."""
        return float(self.a - self.b * n**-self.c)

    def needed(self, f1: float) -> float:
        """Return how many examples a code reach F1; NaN where the law does not tell.

        That is where it is not to be believed, where F1 is beyond its level, and where it takes more than four times
        what was measured.
        """
        if self.doubt or f1 >= self.a:
            return float("nan")
        n = float((self.b / (self.a - f1)) ** (1 / self.c))
        return n if n <= _FURTHEST * self.largest else float("nan")


def fit_power_law(sizes: Sequence[float], f1: Sequence[float]) -> PowerLaw:
    """Fit the growth of F1 with the number of examples.

    Parameters
    ----------
    sizes : sequence of float
        Examples a code, above 0.
    f1 : sequence of float
        F1 measured with so many.

    Notes
    -----
    The inverse power law of learning curves: Figueroa et al. (2012), BMC Medical Informatics and Decision Making 12:8.

    Examples
    --------
    >>> law = fit_power_law([50, 100, 200, 400], [0.42, 0.53, 0.61, 0.66])
    >>> round(law.a, 3), round(law(800), 3), round(law.needed(0.7))
    (0.776, 0.697, 861)
    """
    from scipy.optimize import curve_fit

    n, found = np.asarray(sizes, dtype=float), np.asarray(f1, dtype=float)
    largest = float(n.max(initial=0))
    unknown = PowerLaw(float("nan"), float("nan"), float("nan"), largest)
    if len(np.unique(n)) < _FEWEST_SIZES:
        return unknown._replace(doubt="few_sizes")
    ends = found[n == n.min()].mean(), found[n == n.max()].mean()
    if ends[1] - ends[0] < _SMALLEST_RISE:
        return unknown._replace(doubt="no_rise")
    guess = min(ends[1] + 0.1, 0.99), (ends[1] + 0.1 - ends[0]) * n.min() ** 0.5, 0.5
    bounds = ([0, 0, _FLATTEST], [1, np.inf, _STEEPEST])
    (a, b, c), _ = curve_fit(lambda size, a, b, c: a - b * size**-c, n, found, guess, bounds=bounds, max_nfev=5000)
    law = PowerLaw(float(a), float(b), float(c), largest)
    if np.abs(found - (a - b * n**-c)).max() > _LARGEST_MISS:
        return law._replace(doubt="poor_fit")
    at_bound = a > 1 - 1e-3 or c < _FLATTEST * 1.01 or c > _STEEPEST * 0.99
    return law._replace(doubt="at_bound" if at_bound else "")
