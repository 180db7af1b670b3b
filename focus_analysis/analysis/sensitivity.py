"""How far a gmina's ranking hangs on who was there: ranks without one speaker, and for speakers drawn at random."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np

from focus_analysis.analysis.measures import COVERAGE, UNRANKED, WEIGHTED, chosen, values_with
from focus_analysis.analysis.salience import codes_of, drawn_weights, percentiles
from focus_analysis.analysis.talk import Talk, countable, talks
from focus_analysis.schemas import CODES, CODINGS, RANK_RANGES, StudyTables, check, empty

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_DIGITS = 12
_RANGE = (5, 50, 95)
_FEWEST = 2
_PLACE = ("teryt", "gmina", "voivodeship")


def rank_sensitivity(
    study: StudyTables,
    codings: pd.DataFrame,
    codes: pd.DataFrame,
    group: str = "problems",
    measures: str | Iterable[str] = COVERAGE,
    draws: int = 2000,
    seed: int = 0,
) -> pd.DataFrame:
    """Return the ranks that every code has when one speaker is left out, and when speakers are drawn at random.

    Parameters
    ----------
    study, codings, codes, group
        As for ``salience``.
    measures : str or iterable of str
        Measures with ranks over speakers, or "all" of them.
    draws : int
        How often a group's participants are drawn with replacement.
    seed : int
        Seed of the draws.

    Returns
    -------
    DataFrame, schema ``RANK_RANGES``
        Two rows a gmina, level, code and measure. Varied "left_out": best, median and worst rank over the
        participants left out in turn. Varied "drawn": 5th, 50th and 95th percentile over the draws: sensitivity to
        who spoke, not a confidence interval, since participants were invited, not sampled. Gminas whose participants
        are unknown have no rows.

    Raises
    ------
    ArgumentError
        ``group`` or a measure is unknown.
    """
    import pandas as pd

    codes, codings = check(codes, CODES), check(codings, CODINGS)
    wanted = chosen(measures, [name for name in WEIGHTED if name not in UNRANKED])
    found = talks(study, codings, codes_of(codes, group), countable(study))
    generator = np.random.default_rng(seed)
    parts = [
        _of_place(talk, wanted, varied, weights, how)
        for talk in found
        if talk.n_participants
        for varied, weights, how in _variants(talk, draws, generator, seed)
    ]
    return check(pd.concat(parts, ignore_index=True), RANK_RANGES) if parts else empty(RANK_RANGES)


def _variants(talk: Talk, draws: int, generator: np.random.Generator, seed: int) -> list[tuple[str, Floats, str]]:
    """Return the weights of the participants in every variant."""
    persons = talk.n_participants
    drawn = ("drawn", drawn_weights(talk, generator, draws), f"{draws} draws of participants, seed {seed}; 5-95%")
    if persons < _FEWEST:
        return [drawn]
    return [("left_out", 1.0 - np.eye(persons), "each participant left out in turn"), drawn]


def _of_place(talk: Talk, measures: list[str], varied: str, weights: Floats, how: str) -> pd.DataFrame:
    import pandas as pd

    shared = {name: talk.scope[name] for name in _PLACE} | {"level": talk.level, "code": talk.codes}
    rows = [
        {**shared, "measure": measure, "varied": varied, **_ranges(talk, measure, varied, weights), "method": how}
        for measure in measures
    ]
    return pd.concat([pd.DataFrame(row) for row in rows], ignore_index=True)


def _ranges(talk: Talk, measure: str, varied: str, weights: Floats) -> dict[str, Any]:
    as_it_stands = _ranks(values_with(talk, measure, np.ones((1, talk.n_participants))))[0]
    ranks = _ranks(values_with(talk, measure, weights))
    ranks = ranks[~np.isnan(ranks).all(axis=1)]
    if not len(ranks):
        return {"rank": as_it_stands, "rank_min": np.nan, "rank_median": np.nan, "rank_max": np.nan, "n_variants": 0}
    low, middle, high = percentiles(ranks, _RANGE if varied == "drawn" else (0, 50, 100))
    return {
        "rank": as_it_stands,
        "rank_min": low,
        "rank_median": middle,
        "rank_max": high,
        "share_first": (ranks == 1).mean(axis=0),
        "n_variants": len(ranks),
    }


def _ranks(values: Floats) -> Floats:
    """Return mid-ranks of each row, 1 for the largest; NaN where the value is."""
    from scipy.stats import rankdata

    ranks: Floats = rankdata(-np.round(values, _DIGITS), axis=1, nan_policy="propagate")
    return ranks
