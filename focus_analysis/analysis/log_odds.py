"""What sets the words of one text off from another: log-odds with an informative Dirichlet prior."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from focus_analysis.errors import ArgumentError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray


class LogOdds(NamedTuple):
    """Log-odds ratio of each word, its approximate variance, and their z-score; arrays of shape (n_words,)."""

    delta: NDArray[np.float64]
    variance: NDArray[np.float64]
    z: NDArray[np.float64]


def log_odds(first: ArrayLike, second: ArrayLike, prior: ArrayLike) -> LogOdds:
    r"""Compare how much two texts use each word, words that few use drawn towards the prior.

    Parameters
    ----------
    first, second : array_like, shape (n_words,)
        Counts of each word in the two texts, 0 or more. Count speakers rather than tokens where one speaker's words are
        not independent of each other.
    prior : array_like, shape (n_words,)
        Pseudo-counts of each word, above 0: the words of both texts and others, scaled to the weight they shall have.

    Returns
    -------
    LogOdds
        ``delta`` above 0 where the first text uses the word more. ``z`` sorts; it is no test.

    Raises
    ------
    ArgumentError
        Lengths differ, a count is negative, a pseudo-count is not above 0, or there is one word only, whose odds are
        not defined.

    Notes
    -----
    With counts :math:`y`, their sums :math:`n`, pseudo-counts :math:`a` and their sum :math:`a_0`,

    .. math::
        \delta = \ln\frac{y_1 + a}{n_1 + a_0 - y_1 - a} - \ln\frac{y_2 + a}{n_2 + a_0 - y_2 - a}, \quad
        \operatorname{var} \approx \frac{1}{y_1 + a} + \frac{1}{y_2 + a}, \quad z = \delta / \sqrt{\operatorname{var}}

    after Monroe, Colaresi and Quinn, "Fightin' Words", Political Analysis 16 (2008), equations 16 and 19 to 22.

    Examples
    --------
    >>> log_odds([30, 2, 8], [10, 9, 21], [4.0, 1.0, 3.0]).z.round(2).tolist()
    [5.59, -2.09, -3.33]
    """
    import numpy as np

    one, two, pseudo = (np.asarray(counts, dtype=np.float64) for counts in (first, second, prior))
    if not one.shape == two.shape == pseudo.shape or one.ndim != 1:
        raise ArgumentError(
            f"log_odds: counts and prior must be arrays of one length; got {one.shape}, {two.shape}, {pseudo.shape}"
        )
    if (one < 0).any() or (two < 0).any() or (pseudo <= 0).any():
        raise ArgumentError("log_odds: counts must be 0 or more, and every pseudo-count of the prior above 0")
    if len(one) == 1:
        raise ArgumentError("log_odds: got one word; the odds of a word need others, give two words or more")
    delta = _log_odds_of(one + pseudo) - _log_odds_of(two + pseudo)
    variance = 1 / (one + pseudo) + 1 / (two + pseudo)
    return LogOdds(delta, variance, delta / np.sqrt(variance))


def _log_odds_of(weights: NDArray[np.float64]) -> NDArray[np.float64]:
    import numpy as np

    odds: NDArray[np.float64] = np.log(weights) - np.log(weights.sum() - weights)
    return odds
