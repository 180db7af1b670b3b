"""Numbers behind a validation sample: allocation, the draw, and estimates with intervals for a finite corpus."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Truths = NDArray[np.bool_]

Z95 = 1.959963984540054
# Guesses of the share of true cases among those predicted and those not, before any was looked at.
GUESS_PREDICTED, GUESS_OTHER = 0.8, 0.03


class Estimate(NamedTuple):
    """An estimate with its 95% interval."""

    value: float
    low: float
    high: float


class Stratum(NamedTuple):
    """Part of a corpus in which a coder said the same of every unit.

    Parameters
    ----------
    weight : float
        Its share in what is estimated.
    size : float
        Units in it.
    rate : float
        True cases among those looked at, weighted by the design.
    n : float
        Units looked at; with unequal weights the number of equal ones that would tell as much (Kish).
    """

    weight: float
    size: float
    rate: float
    n: float


def wilson(rate: float, n: float, size: float = float("inf")) -> Estimate:
    """Return a share with Wilson's 95% interval.

    Parameters
    ----------
    rate, n : float
        Share among ``n`` units looked at; with n = 0 the interval is [0, 1].
    size : float
        Units in all. The more of them were looked at, the narrower: n counts as n (N - 1) / (N - n), and nothing is
        left open where all were.

    Examples
    --------
    >>> [round(end, 6) for end in wilson(0.75, 40)]
    [0.75, 0.59806, 0.858129]
    """
    if n <= 0:
        return Estimate(rate, 0.0, 1.0)
    if n >= size:
        return Estimate(rate, rate, rate)
    n = n * (size - 1) / (size - n) if size != float("inf") else n
    middle = (rate + Z95**2 / (2 * n)) / (1 + Z95**2 / n)
    half = Z95 * (rate * (1 - rate) / n + Z95**2 / (4 * n**2)) ** 0.5 / (1 + Z95**2 / n)
    return Estimate(rate, max(0.0, middle - half), min(1.0, middle + half))


def stratified(strata: list[Stratum]) -> Estimate:
    """Return the weighted sum of the strata's rates with MOVER's interval from Wilson's (Zou and Donner 2008)."""
    ends = [wilson(one.rate, one.n, one.size) for one in strata]
    value = sum(one.weight * one.rate for one in strata)
    below = sum((one.weight * (end.value - end.low)) ** 2 for one, end in zip(strata, ends, strict=True))
    above = sum((one.weight * (end.high - end.value)) ** 2 for one, end in zip(strata, ends, strict=True))
    return Estimate(value, max(0.0, value - below**0.5), value + above**0.5)


def ratio(over: Estimate, under: Estimate) -> Estimate:
    """Return the ratio of two independent estimates, from 0 on, with MOVER's interval (Donner and Zou 2012)."""
    a, b = over.value, under.value
    if not b:
        infinite = float("inf") if a else float("nan")
        return Estimate(infinite, over.low / under.high if under.high else infinite, infinite)
    low_root = (a * b) ** 2 - over.low * under.high * (2 * a - over.low) * (2 * b - under.high)
    high_root = (a * b) ** 2 - over.high * under.low * (2 * a - over.high) * (2 * b - under.low)
    low_base, high_base = under.high * (2 * b - under.high), under.low * (2 * b - under.low)
    low = (a * b - max(0.0, low_root) ** 0.5) / low_base if low_base else 0.0
    high = (a * b + max(0.0, high_root) ** 0.5) / high_base if high_base > 0 else float("inf")
    return Estimate(a / b, max(0.0, low), high)


def neyman_rates(predicted: Truths, n: int) -> Numbers:
    """Return how densely each unit should be drawn for one code, adding up to about ``n``.

    Parameters
    ----------
    predicted : array of bool, shape (n_units,)
        Whether the coder gave the code.
    n : int
        Units to be drawn.

    Notes
    -----
    Neyman: the draw in a stratum goes with N_h sqrt(p_h (1 - p_h)), here with guesses of p_h.
    """
    import numpy as np

    spread = np.where(predicted, *((p * (1 - p)) ** 0.5 for p in (GUESS_PREDICTED, GUESS_OTHER)))
    shares: Numbers = n * spread / spread.sum()
    return shares


def union_rates(predicted: Truths, n: int) -> Numbers:
    """Return each unit's chance to be drawn by one sample that serves every code.

    Parameters
    ----------
    predicted : array of bool, shape (n_units, n_codes)
        Which codes the coder gave each unit.
    n : int
        Units to be drawn; all where there are no more.

    Returns
    -------
    array, shape (n_units,)
        In proportion to the densest rate that one of the codes asks for, at most 1, adding up to ``n``.
    """
    import numpy as np

    n_units, n_codes = predicted.shape
    if n >= n_units:
        return np.ones(n_units)
    wanted = np.zeros(n_units) if n_codes else np.ones(n_units)
    for code in range(n_codes):
        wanted = np.maximum(wanted, neyman_rates(predicted[:, code], n))
    certain = np.zeros(n_units, dtype=bool)
    while True:
        rates = np.where(certain, 1.0, wanted * (n - certain.sum()) / wanted[~certain].sum())
        if not (rates > 1).any():
            return rates
        certain |= rates > 1


def draw(rates: Numbers, rng: np.random.Generator) -> Truths:
    """Draw units with these chances: systematic sampling over units in order of their chance, shuffled within.

    Their sum, rounded up or down, is how many are drawn.
    """
    import numpy as np

    shuffled = rng.permutation(len(rates))
    order = shuffled[np.argsort(rates[shuffled], kind="stable")]
    passed = np.floor(np.cumsum(rates[order]) + rng.random() + 1e-9)
    drawn = np.zeros(len(rates), dtype=bool)
    drawn[order] = np.diff(passed, prepend=0.0) > 0
    return drawn


def hajek(true: Truths, load: Numbers) -> tuple[float, float]:
    """Return the share of true cases among labels that weigh differently, and Kish's number of equal labels.

    Parameters
    ----------
    true : array of bool, shape (n,)
        What people found.
    load : array, shape (n,)
        How much each label stands for: its unit's share over its chance to be drawn.
    """
    total = float(load.sum())
    if not total:
        return float("nan"), 0.0
    return float((load * true).sum() / total), float(total**2 / (load**2).sum())


def strata_of(predicted: Truths, true: Truths, labelled: Truths, chances: Numbers, weights: Numbers) -> list[Stratum]:
    """Return the two strata of a code, predicted and not, from labels drawn with unequal chances.

    Parameters
    ----------
    predicted, true, labelled : array of bool, shape (n_units,)
        Whether the coder gave the code, whether people did (known where ``labelled``), and whether people looked.
    chances, weights : array, shape (n_units,)
        Chance to be drawn, and share in what is estimated.

    Notes
    -----
    Where nobody looked into a stratum it stands as predicted, with the interval [0, 1].
    """
    strata = []
    for value in (True, False):
        members = predicted == value
        seen = members & labelled
        rate, n = hajek(true[seen], weights[seen] / chances[seen])
        size = float(members.sum())
        if not n:
            rate = float(value)
        elif seen.sum() == size:
            n = size
        strata.append(Stratum(float(weights[members].sum()), size, rate, n))
    return [one for one in strata if one.size]
