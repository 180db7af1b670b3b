"""Saturation: whether further groups would have named further codes.

Each function takes a plain table: rows are sessions in the order in which they were held, columns are codes, a cell
above 0 means that the code was named. A codebook fixed beforehand cannot be saturated by new codes: give the codes
that emerged while coding as ``emergent``, and look at those of the codebook that nobody used.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from focus_analysis.analysis.arrangements import DRAWS, orders
from focus_analysis.analysis.tables import numbers
from focus_analysis.errors import ArgumentError

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Truths = NDArray[np.bool_]

_ALL_ORDERS = 40_320
_BLOCK = 2000
_FEWEST = 5
_Z = 1.96


@dataclass(frozen=True)
class Saturation:
    """Runs of sessions and whether they brought new codes.

    Parameters
    ----------
    runs : DataFrame
        codes ("all", "closed", "emergent"), after (sessions before the run), base_codes, new_codes, ratio, reached.
    label : str
        Where the threshold was reached over all codes, as "6+2"; empty where it was not.
    share_of_orders : float
        Share of the orders of the sessions in which it is reached; NaN where the base has no codes in any order.
    orders : dict of str to int
        How many orders reach it where; the empty label counts those that never do.
    unused : tuple of str
        Codes that no session named.
    """

    runs: pd.DataFrame
    label: str
    share_of_orders: float
    orders: dict[str, int]
    unused: tuple[str, ...]


@dataclass(frozen=True)
class Richness:
    """How many codes there may be at least, those never named included.

    Parameters
    ----------
    estimate : float
        Chao2: ``classic``, or ``bias_corrected`` where no code was named in exactly two sessions. A lower bound.
    low, high : float
        Log-normal 95% interval of ``estimate``.
    classic, bias_corrected : float
        Both forms; classic is NaN where q2 is 0.
    variance : float
        Of ``estimate``.
    observed, q1, q2 : int
        Codes named in any session, in exactly one, in exactly two.
    jackknife : float
        First-order jackknife.
    coverage : float
        Share of mentions that belong to codes already named (sample coverage).
    n_sessions : int
        Rows of the table.
    """

    estimate: float
    low: float
    high: float
    classic: float
    bias_corrected: float
    variance: float
    observed: int
    q1: int
    q2: int
    jackknife: float
    coverage: float
    n_sessions: int


def saturation(
    table: pd.DataFrame,
    base: int = 4,
    run: int = 2,
    threshold: float = 0.05,
    emergent: Iterable[str] = (),
    draws: int = DRAWS,
    seed: int = 0,
) -> Saturation:
    """Return how many new codes each run of sessions brought against those of the first ones.

    Parameters
    ----------
    table : DataFrame, shape (n_sessions, n_codes)
        Rows in order; a cell above 0 means named.
    base, run : int
        Sessions of the base, and of a run.
    threshold : float
        Largest share of new codes at which saturation is reached.
    emergent : iterable of str
        Codes made while coding; they and the rest are counted apart too.
    draws, seed : int
        Orders drawn where there are more than 8 sessions, and their seed.

    Returns
    -------
    Saturation
        Runs, label and how much they owe to the order of the sessions.

    Raises
    ------
    ArgumentError
        There are fewer than base + run sessions, or an emergent code is no column.

    Notes
    -----
    G. Guest, E. Namey and M. Chen, "A simple method to assess and report thematic saturation in qualitative research",
    PLoS ONE 15 (2020). The ratio is NaN where the base has no codes: nothing can be said.
    """
    import pandas as pd

    named = _named(table, "saturation")
    if min(base, run) < 1 or len(named) < base + run:
        raise ArgumentError(
            f"saturation: not assessed; a base of {base} and a run of {run} (1 or more each) need {base + run} "
            f"sessions, there are {len(named)}"
        )
    wanted = set(emergent)
    unknown = wanted - set(table.columns)
    if unknown:
        raise ArgumentError(f"saturation: emergent codes that are no columns: {', '.join(sorted(unknown))}")
    is_emergent = np.array([code in wanted for code in table.columns], dtype=bool)
    kinds = {"all": np.ones(len(is_emergent), dtype=bool)}
    if wanted:
        kinds |= {"closed": ~is_emergent, "emergent": is_emergent}
    runs = [_runs(named[:, which], base, run, threshold).assign(codes=kind) for kind, which in kinds.items()]
    shares, labels = _over_orders(named, base, run, threshold, draws, seed)
    return Saturation(
        runs=pd.concat(runs, ignore_index=True)[["codes", "after", "base_codes", "new_codes", "ratio", "reached"]],
        label=_label(runs[0].loc[runs[0]["reached"], "after"].to_numpy(), run),
        share_of_orders=shares,
        orders=labels,
        unused=tuple(str(code) for code, column in zip(table.columns, named.T, strict=True) if not column.any()),
    )


def rarefaction(table: pd.DataFrame, level: float = 0.95, closed: bool = False) -> pd.DataFrame:
    """Return how many codes t sessions would name on average.

    Parameters
    ----------
    table : DataFrame, shape (n_sessions, n_codes)
        A cell above 0 means named.
    level : float
        Level of the interval.
    closed : bool
        Whether the columns are all codes that there can be, as of a codebook made before the coding: then no number
        of sessions can name more of them, and the interval ends there.

    Returns
    -------
    DataFrame, shape (n_sessions, 4)
        n_sessions (t), estimate, low, high: the expectation over all choices of t sessions, and the normal interval
        that would hold for other sessions drawn like these, cut where no count of codes can be: below 0, and above the
        number of columns of a closed table.

    Raises
    ------
    ArgumentError
        A cell is missing.

    Notes
    -----
    S(t) = sum_k [1 - C(T - f_k, t) / C(T, t)] (Mao Tau), variance sum_k [1 - C(T - f_k, t) / C(T, t)]^2 - S(t)^2 / S
    with S the Chao2 estimate: R. K. Colwell, C. X. Mao and J. Chang, Ecology 85 (2004), equations 5 and 6.
    """
    import pandas as pd
    from scipy.special import comb
    from scipy.stats import norm

    named = _named(table, "rarefaction")
    n = len(named)
    f, t = named.sum(axis=0), np.arange(1, n + 1)
    seen = 1 - comb(n - f[None], t[:, None]) / comb(n, t)[:, None]
    estimate = seen.sum(axis=1)
    richness = _chao2(named).estimate if n else np.nan
    variance = (seen**2).sum(axis=1) - np.divide(estimate**2, richness, where=richness > 0, out=np.zeros(n))
    half = norm.ppf((1 + level) / 2) * np.sqrt(np.maximum(variance, 0))
    low = np.maximum(estimate - half, 0)
    high = np.minimum(estimate + half, named.shape[1] if closed else np.inf)
    return pd.DataFrame({"n_sessions": t, "estimate": estimate, "low": low, "high": high})


def chao2(table: pd.DataFrame) -> Richness:
    """Return how many codes there may be at least, by Chao's estimator for incidences.

    Parameters
    ----------
    table : DataFrame, shape (n_sessions, n_codes)
        A cell above 0 means named; at least 5 sessions.

    Returns
    -------
    Richness
        The estimate, its interval and what it rests on.

    Raises
    ------
    ArgumentError
        There are fewer than 5 sessions or a cell is missing.

    Notes
    -----
    A. Chao, Biometrics 43 (1987); variance and log-normal interval as in R. K. Colwell's EstimateS, appendix B. Codes
    of a closed codebook that nobody used are no part of it.
    """
    named = _named(table, "chao2")
    if len(named) < _FEWEST:
        raise ArgumentError(f"chao2 needs {_FEWEST} sessions at least; the table has {len(named)}")
    return _chao2(named)


def _chao2(named: Truths) -> Richness:
    n, f = len(named), named.sum(axis=0)
    observed, q1, q2, all_named = (int(value) for value in ((f > 0).sum(), (f == 1).sum(), (f == 2).sum(), f.sum()))
    a = (n - 1) / n
    corrected = observed + a * q1 * (q1 - 1) / (2 * (q2 + 1))
    classic = observed + a * q1**2 / (2 * q2) if q2 else np.nan
    estimate = classic if q2 else corrected
    if q2:
        ratio = q1 / q2
        variance = q2 * (a * ratio**2 / 2 + a**2 * ratio**3 + a**2 * ratio**4 / 4)
    else:
        variance = a * q1 * (q1 - 1) / 2 + a**2 * q1 * (2 * q1 - 1) ** 2 / 4
        variance -= a**2 * q1**4 / (4 * corrected) if corrected else 0.0
    unseen = estimate - observed
    spread = np.exp(_Z * np.sqrt(np.log1p(variance / unseen**2))) if unseen > 0 else np.nan
    rare = (n - 1) * q1 / ((n - 1) * q1 + 2 * q2) if (n - 1) * q1 + 2 * q2 else 0.0
    return Richness(
        estimate=float(estimate),
        low=float(observed + unseen / spread),
        high=float(observed + unseen * spread),
        classic=float(classic),
        bias_corrected=float(corrected),
        variance=float(variance),
        observed=observed,
        q1=q1,
        q2=q2,
        jackknife=observed + a * q1,
        coverage=1 - q1 / all_named * rare if all_named else np.nan,
        n_sessions=n,
    )


def _named(table: pd.DataFrame, step: str) -> Truths:
    return numbers(table, step) > 0


def _runs(named: Truths, base: int, run: int, threshold: float) -> pd.DataFrame:
    """Return one row a run in the order as held."""
    import pandas as pd

    n_base, new = _new_codes(named[None], base, run)
    ratio = np.divide(new[0], n_base[0], where=n_base[0] > 0, out=np.full(new.shape[1], np.nan))
    after = np.arange(base, base + len(ratio))
    columns = {"after": after, "base_codes": n_base[0], "new_codes": new[0], "ratio": ratio}
    return pd.DataFrame(columns | {"reached": ratio <= threshold})


def _new_codes(named: Truths, base: int, run: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the codes of the base and the new ones of every run, for many orders of the sessions at once."""
    n_sessions = named.shape[1]
    first = np.where(named.any(axis=1), named.argmax(axis=1), n_sessions)
    by_session = np.stack([(first == session).sum(axis=1) for session in range(n_sessions)], axis=1)
    so_far = by_session.cumsum(axis=1)
    new = so_far[:, base + run - 1 :] - so_far[:, base - 1 : n_sessions - run]
    return so_far[:, base - 1], new


def _over_orders(
    named: Truths, base: int, run: int, threshold: float, draws: int, seed: int
) -> tuple[float, dict[str, int]]:
    """Return the share of orders in which the threshold is reached, and where how many reach it first."""
    counted: dict[str, int] = {}
    every = orders(len(named), draws, seed, _ALL_ORDERS)
    for start in range(0, len(every), _BLOCK):
        n_base, new = _new_codes(named[every[start : start + _BLOCK]], base, run)
        reached = (new <= threshold * n_base[:, None]) & (n_base > 0)[:, None]
        where = np.where(reached.any(axis=1), reached.argmax(axis=1) + base, 0)
        for after, count in zip(*np.unique(where, return_counts=True), strict=True):
            label = f"{after}+{run}" if after else ""
            counted[label] = counted.get(label, 0) + int(count)
    if not named.any():
        return np.nan, counted
    return 1 - counted.get("", 0) / len(every), counted


def _label(after: NDArray[np.int64], run: int) -> str:
    return f"{after[0]}+{run}" if len(after) else ""
