"""Percentile intervals by resampling transcripts, or units where transcripts are few."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from focus_analysis.errors import ArgumentError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FEWEST_TRANSCRIPTS = 10
_LARGEST_BLOCK = 4_000_000
_ENDS = (2.5, 97.5)


class Interval(NamedTuple):
    """Ends of 95% percentile intervals, one a statistic, and in how many resamples each was undefined."""

    low: NDArray[np.float64]
    high: NDArray[np.float64]
    n_undefined: NDArray[np.intp]


def resampled(sessions: Sequence[str]) -> str:
    """Return what is resampled for units of these sessions: transcripts from ten on, else units."""
    return "transcripts" if len(set(sessions)) >= FEWEST_TRANSCRIPTS else "units"


def bootstrap(
    sessions: Sequence[str],
    statistic: Callable[[NDArray[np.float64]], NDArray[np.float64]],
    resamples: int,
    seed: int,
) -> Interval:
    """Return 95% percentile intervals.

    Parameters
    ----------
    sessions : sequence of str, length n_units
        Session of each unit. Whole sessions are drawn where there are ten or more, else units.
    statistic : callable
        Takes how often each unit is drawn, shape (n, n_units); returns shape (n, n_statistics), NaN where undefined.
    resamples, seed : int
        How many resamples, and the seed of their draw.
    """
    import numpy as np

    if resamples < 1:
        raise ArgumentError(f"resamples must be 1 or more; not {resamples!r}")
    n_units = len(sessions)
    whole = resampled(sessions) == "transcripts"
    owner = np.unique(np.asarray(sessions), return_inverse=True)[1] if whole else np.arange(n_units)
    n_owners = int(owner.max()) + 1
    rng = np.random.default_rng(seed)
    block = max(1, _LARGEST_BLOCK // n_units)
    found = []
    for start in range(0, resamples, block):
        drawn = rng.multinomial(n_owners, np.full(n_owners, 1 / n_owners), size=min(block, resamples - start))
        found.append(statistic(drawn[:, owner].astype(float)))
    values = np.concatenate(found)
    undefined = np.isnan(values)
    known = ~undefined.all(axis=0)
    ends = np.full((2, values.shape[1]), np.nan)
    ends[:, known] = np.nanpercentile(values[:, known], _ENDS, axis=0)
    return Interval(ends[0], ends[1], undefined.sum(axis=0))
