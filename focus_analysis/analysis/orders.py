"""Whether groups agree on an order of the problems, and which order: Kendall's W, Borda, Kemeny, Bradley-Terry.

Each takes a plain table: rows are sessions or gminas, columns are codes, cells the larger the more salient.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from focus_analysis.analysis.arrangements import DRAWS, shuffled_rows
from focus_analysis.analysis.tables import at_least, numbers
from focus_analysis.errors import ArgumentError

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_FEWEST = 3
_ALIKE = 1e-9


@dataclass(frozen=True)
class Concordance:
    """How far groups agree on the order of the codes.

    Parameters
    ----------
    w, w_uncorrected : float
        Kendall's W in [0, 1], with and without the correction for ties; NaN where every group ties all codes.
    s, ties : float
        Sum of squared deviations of the rank sums; sum of t^3 - t over all ties.
    chi2, df, p_chi2 : float, int, float
        Friedman's chi-square and its p: for seven codes or more, or many groups.
    p : float
        Permutation p, ranks shuffled within groups.
    mean_spearman : float
        (mW - 1) / (m - 1), the mean correlation of two groups (exact without ties).
    n_groups, n_codes : int
        Size of the table.
    """

    w: float
    w_uncorrected: float
    s: float
    ties: float
    chi2: float
    df: int
    p_chi2: float
    p: float
    mean_spearman: float
    n_groups: int
    n_codes: int


@dataclass(frozen=True)
class Consensus:
    """The order that disagrees least with the groups.

    Parameters
    ----------
    order : tuple of str
        Codes, the most salient first.
    cost : float
        Pairs of codes that groups order otherwise, ties counted half, over all groups.
    second_cost : float
        Cost of the next best order; NaN for one code. Equal costs: the groups leave the order open.
    """

    order: tuple[str, ...]
    cost: float
    second_cost: float


def kendall_w(table: pd.DataFrame, draws: int = DRAWS, seed: int = 0) -> Concordance:
    """Return Kendall's coefficient of concordance with correction for ties.

    Parameters
    ----------
    table : DataFrame, shape (n_groups, n_codes)
        At least 3 by 3, nothing missing.
    draws, seed : int
        Arrangements drawn for the permutation p where there are over 20,000, and their seed.

    Returns
    -------
    Concordance
        W and its tests.

    Raises
    ------
    ArgumentError
        The table is too small or a value is missing.

    Notes
    -----
    W = 12 S / (m^2 (k^3 - k) - m T), T the sum of t^3 - t over the ties of all groups; chi2 = m (k - 1) W is
    Friedman's statistic. M. G. Kendall, Rank Correlation Methods (1970), ch. 6.
    """
    from scipy.stats import chi2, rankdata

    values = numbers(table, "kendall_w")
    at_least(table, "kendall_w", _FEWEST, _FEWEST)
    m, k = values.shape
    ranks = rankdata(-values, axis=1)
    s = float(_spread(ranks))
    ties = sum(int(t**3 - t) for row in values for t in np.unique(row, return_counts=True)[1])
    most = m**2 * (k**3 - k)
    w = 12 * s / (most - m * ties) if most > m * ties else np.nan
    statistic = m * (k - 1) * w
    spread = np.concatenate([_spread(block) for block in shuffled_rows(ranks, draws, seed)])
    return Concordance(
        w=w,
        w_uncorrected=12 * s / most,
        s=s,
        ties=float(ties),
        chi2=statistic,
        df=k - 1,
        p_chi2=float(chi2.sf(statistic, k - 1)),
        p=float(np.mean(spread >= s - _ALIKE)) if w == w else np.nan,
        mean_spearman=(m * w - 1) / (m - 1),
        n_groups=m,
        n_codes=k,
    )


def borda(table: pd.DataFrame) -> pd.Series[float]:
    """Return the mean number of codes that each code beats in a group, a tie counting half.

    Parameters
    ----------
    table : DataFrame, shape (n_groups, n_codes)
        Nothing missing.

    Returns
    -------
    Series
        By code, from 0 to n_codes - 1.

    Raises
    ------
    ArgumentError
        A value is missing or the table has no row.
    """
    import pandas as pd

    values = numbers(table, "borda")
    at_least(table, "borda")
    points = _wins(values).sum(axis=1) / len(values)
    return pd.Series(points, index=table.columns, name="borda")


def kemeny(table: pd.DataFrame) -> Consensus:
    """Return the order of the codes with the fewest disagreements with the groups, and the cost of the next best.

    Parameters
    ----------
    table : DataFrame, shape (n_groups, n_codes)
        Nothing missing.

    Returns
    -------
    Consensus
        The order and its cost.

    Raises
    ------
    ArgumentError
        A value is missing, the table has no row, or the solver did not finish.

    Notes
    -----
    J. G. Kemeny, "Mathematics without numbers", Daedalus 88 (1959), as an integer program over pairs of codes whose
    triples are transitive.
    """
    wins = _wins(numbers(table, "kemeny"))
    at_least(table, "kemeny")
    names = [str(name) for name in table.columns]
    if len(names) == 1:
        return Consensus((names[0],), 0.0, np.nan)
    above, cost = _cheapest(wins)
    _, second = _cheapest(wins, other_than=above)
    places = _places(above, len(names))
    return Consensus(tuple(names[code] for code in np.argsort(places)), cost, second)


def bradley_terry(table: pd.DataFrame) -> pd.Series[float]:
    """Return the Bradley-Terry strength of every code: log odds to come before another in a group, ties half a win.

    Parameters
    ----------
    table : DataFrame, shape (n_groups, n_codes)
        Nothing missing.

    Returns
    -------
    Series
        By code, mean 0.

    Raises
    ------
    ArgumentError
        There is no maximum: some codes never win, or never lose, against the rest.

    Notes
    -----
    R. A. Bradley and M. E. Terry, Biometrika 39 (1952); the condition for a maximum is L. R. Ford's (1957).
    """
    import pandas as pd
    from scipy.optimize import minimize
    from scipy.sparse.csgraph import connected_components

    wins = _wins(numbers(table, "bradley_terry"))
    at_least(table, "bradley_terry", codes=2)
    n_parts, part = connected_components(wins > 0, directed=True, connection="strong")
    if n_parts > 1:
        parts = "; ".join(", ".join(map(str, table.columns[part == number])) for number in range(n_parts))
        raise ArgumentError(
            f"bradley_terry: no maximum, since some codes always come before others: {parts}. "
            "Leave out codes that never win or never lose, or use borda."
        )

    def loss(strengths: Floats) -> tuple[float, Floats]:
        gaps = strengths[:, None] - strengths
        lost = wins * _logistic(-gaps)
        return float(np.sum(wins * np.logaddexp(0, -gaps))), lost.sum(axis=0) - lost.sum(axis=1)

    def curvature(strengths: Floats) -> Floats:
        chance = _logistic(strengths[:, None] - strengths)
        weight = (wins + wins.T) * chance * (1 - chance)
        flat: Floats = np.diag(weight.sum(axis=1)) - weight + 1 / len(wins)
        return flat

    start = np.zeros(len(wins))
    found = minimize(loss, start, jac=True, hess=curvature, method="trust-exact", options={"gtol": 1e-10})
    return pd.Series(found.x - found.x.mean(), index=table.columns, name="bradley_terry")


def _logistic(x: Floats) -> Floats:
    from scipy.special import expit

    chance: Floats = expit(x)
    return chance


def _spread(ranks: Floats) -> Floats:
    """Return the sum of squared deviations of the rank sums of one table or of many."""
    sums = ranks.sum(axis=-2)
    spread: Floats = ((sums - sums.mean(axis=-1, keepdims=True)) ** 2).sum(axis=-1)
    return spread


def _wins(values: Floats) -> Floats:
    """Return how often each code (row) comes before each other (column), ties half; nothing against itself."""
    gaps = values[:, :, None] - values[:, None, :]
    wins: Floats = (np.sign(gaps) / 2 + 0.5).sum(axis=0)
    np.fill_diagonal(wins, 0.0)
    return wins


def _cheapest(wins: Floats, other_than: Floats | None = None) -> tuple[Floats, float]:
    """Return which code of each pair comes first in the cheapest order (1: the first of the pair), and the cost."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    pairs = list(combinations(range(len(wins)), 2))
    first, last = np.array(pairs).T
    gain = wins[last, first] - wins[first, last]
    rules = _transitive(len(wins), pairs)
    if other_than is not None:
        rules.append(LinearConstraint((2 * other_than - 1)[None], -np.inf, other_than.sum() - 1))
    found = milp(gain, integrality=np.ones(len(pairs)), bounds=Bounds(0, 1), constraints=rules)
    if not found.success:
        raise ArgumentError(f"kemeny: the solver did not finish ({found.message}); compare fewer codes")
    above = np.round(found.x)
    return above, float(np.sum(wins[first, last]) + gain @ above)


def _transitive(n_codes: int, pairs: list[tuple[int, int]]) -> list[object]:
    """Return the rule that of three codes no two pairs contradict the third."""
    from scipy.optimize import LinearConstraint
    from scipy.sparse import coo_array

    number = {pair: place for place, pair in enumerate(pairs)}
    triples = list(combinations(range(n_codes), 3))
    if not triples:
        return []
    cells = [
        (row, number[pair], sign)
        for row, (a, b, c) in enumerate(triples)
        for pair, sign in (((a, b), 1), ((b, c), 1), ((a, c), -1))
    ]
    row, column, sign = zip(*cells, strict=True)
    return [LinearConstraint(coo_array((sign, (row, column)), shape=(len(triples), len(pairs))).tocsr(), 0, 1)]


def _places(above: Floats, n_codes: int) -> NDArray[np.int64]:
    """Return how many codes come before each."""
    before = np.zeros(n_codes, dtype=np.int64)
    for (a, b), first in zip(combinations(range(n_codes), 2), above, strict=True):
        before[b if first else a] += 1
    return before
