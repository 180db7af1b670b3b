"""How far a gmina's ranking hangs on who was there: ranks without one speaker, and for speakers drawn at random."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from focus_analysis.analysis.measures import COVERAGE, UNRANKED, WEIGHTED, chosen, values_with
from focus_analysis.analysis.salience import codes_of, drawn_weights, percentiles
from focus_analysis.analysis.talk import Talk, countable, scope_columns, talks
from focus_analysis.schemas import CODES, CODINGS, StudyTables, check, empty
from focus_analysis.schemas_results import RANK_RANGES

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_DIGITS = 12
_RANGE = (5, 50, 95)
_FEWEST = 2
_PLACE = ("teryt", "gmina", "voivodeship")
_VALUES = ("rank", "rank_min", "rank_median", "rank_max", "share_first", "n_variants")


class _Variants(NamedTuple):
    """Ways to weigh the participants: name, weights (variants by persons), percentiles shown, how they were made."""

    name: str
    weights: Floats
    percentiles: tuple[int, int, int]
    method: str


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
    known = [talk for talk in found if talk.n_participants]
    tried = [(talk, varied) for talk in known for varied in _variants(talk, draws, generator, seed)]
    if not tried:
        return empty(RANK_RANGES)
    sizes = [len(talk.codes) * len(wanted) for talk, _ in tried]
    parts = [_ranges(talk, measure, varied) for talk, varied in tried for measure in wanted]
    columns: dict[str, Any] = scope_columns([talk for talk, _ in tried], _PLACE, sizes)
    columns["code"] = [code for talk, _ in tried for _ in wanted for code in talk.codes]
    columns["measure"] = [measure for talk, _ in tried for measure in wanted for _ in talk.codes]
    columns["varied"] = np.repeat([varied.name for _, varied in tried], sizes)
    columns["n_participants"] = np.repeat([talk.n_participants for talk, _ in tried], sizes)
    columns["method"] = np.repeat([varied.method for _, varied in tried], sizes)
    return check(pd.DataFrame(columns | dict(zip(_VALUES, np.concatenate(parts, axis=1), strict=True))), RANK_RANGES)


def _variants(talk: Talk, draws: int, generator: np.random.Generator, seed: int) -> list[_Variants]:
    """Return the weights of the participants in every variant, drawn once for all measures."""
    persons = talk.n_participants
    weights = drawn_weights(talk, generator, draws)
    drawn = _Variants("drawn", weights, _RANGE, f"{draws} draws of participants, seed {seed}; 5-95%")
    if persons < _FEWEST:
        return [drawn]
    return [_Variants("left_out", 1.0 - np.eye(persons), (0, 50, 100), "each participant left out in turn"), drawn]


def _ranges(talk: Talk, measure: str, varied: _Variants) -> Floats:
    """Return rank, lowest, median and highest rank, share of first places and number of variants, by code."""
    as_it_stands = _ranks(values_with(talk, measure, np.ones((1, talk.n_participants))))
    ranks = _ranks(values_with(talk, measure, varied.weights))
    ranks = ranks[~np.isnan(ranks).all(axis=1)]
    n = np.full((1, len(talk.codes)), len(ranks))
    if not len(ranks):
        return np.concatenate([as_it_stands, np.full((4, len(talk.codes)), np.nan), n])
    share = (ranks == 1).mean(axis=0, keepdims=True)
    return np.concatenate([as_it_stands, percentiles(ranks, varied.percentiles), share, n])


def _ranks(values: Floats) -> Floats:
    """Return mid-ranks of each row, 1 for the largest; NaN where the value is."""
    from scipy.stats import rankdata

    ranks: Floats = rankdata(-np.round(values, _DIGITS), axis=1, nan_policy="propagate")
    return ranks
