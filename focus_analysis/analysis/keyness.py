"""Words that tell two regions apart: log-odds over speakers who use a word, to sort by, not to test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from focus_analysis.analysis.tables import numbers, regions_of
from focus_analysis.errors import ArgumentError

if TYPE_CHECKING:
    import pandas as pd

    from focus_analysis.analysis.regions import Regions


def keyness(
    table: pd.DataFrame,
    regions: Regions,
    group_a: str,
    group_b: str,
    prior: pd.Series[float] | None = None,
    min_groups: int = 3,
) -> pd.DataFrame:
    """Return the words that one region's speakers use more than another's.

    Parameters
    ----------
    table : DataFrame, shape (n_groups, n_words)
        Rows are sessions or gminas, columns base forms, cells how many speakers used the word: speakers, not
        occurrences, so that one who repeats a word counts once.
    regions : Series, mapping or sequence of str
        Region by row name, or in the order of the rows.
    group_a, group_b : str
        The two regions.
    prior : Series of float, optional
        Weight of every word before looking; by default its share of the whole table's counts times the number of
        words (one speaker a word on average).
    min_groups : int
        Groups of its region that must use a word for it to be listed.

    Returns
    -------
    DataFrame
        word, log_odds, variance, z, n_a, n_b (speakers), groups_a, groups_b (groups that use it), the most typical of
        ``group_a`` first. No p: the words of a speaker hang together; z is for sorting.

    Raises
    ------
    ArgumentError
        A region has no row, a prior is missing or not above 0, or a word has all the counts of a region.

    Notes
    -----
    B. L. Monroe, M. P. Colaresi and K. M. Quinn, "Fightin' words", Political Analysis 16 (2008), equations 16 and
    19 to 22.
    """
    import pandas as pd

    values = numbers(table, "keyness")
    labels = regions_of(table, regions, "keyness")
    for region in (group_a, group_b):
        if region not in set(labels):
            raise ArgumentError(f"keyness: no row of region {region!r}; regions: {', '.join(labels.unique())}")
    a, b = (values[(labels == region).to_numpy()] for region in (group_a, group_b))
    weight = _prior(table, values, prior)
    (log_a, var_a), (log_b, var_b) = _log_odds(a.sum(axis=0), weight), _log_odds(b.sum(axis=0), weight)
    found = pd.DataFrame(
        {
            "word": table.columns.astype(str),
            "log_odds": log_a - log_b,
            "variance": var_a + var_b,
            "z": (log_a - log_b) / np.sqrt(var_a + var_b),
            "n_a": a.sum(axis=0).astype(int),
            "n_b": b.sum(axis=0).astype(int),
            "groups_a": (a > 0).sum(axis=0),
            "groups_b": (b > 0).sum(axis=0),
        }
    )
    typical = found["groups_a"].where(found["z"] > 0, found["groups_b"])
    kept = found[(typical >= min_groups) & (found["z"] != 0)]
    return kept.sort_values("z", ascending=False, kind="stable", ignore_index=True)


def _prior(table: pd.DataFrame, values: np.ndarray, prior: pd.Series[float] | None) -> np.ndarray:
    """Return the prior weight of every word."""
    if prior is None:
        total = values.sum()
        used = values.sum(axis=0)
        if not total or (used == 0).any():
            raise ArgumentError("keyness: a word that nobody uses has no prior; leave it out or give a prior")
        scaled: np.ndarray = used / total * values.shape[1]
        return scaled
    weight = prior.reindex(table.columns).to_numpy(dtype=float)
    if not (weight > 0).all():
        word = table.columns[~(weight > 0)][0]
        raise ArgumentError(f"keyness: the prior must give every word a weight above 0; {word!r} has none")
    return weight


def _log_odds(counts: np.ndarray, weight: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the log odds of every word in one region and their variance."""
    rest = counts.sum() + weight.sum() - counts - weight
    if (rest <= 0).any():
        raise ArgumentError("keyness: one word holds all the counts; there must be two words at least")
    return np.log(counts + weight) - np.log(rest), 1 / (counts + weight)
