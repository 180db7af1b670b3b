"""Salience of problems: who raised each, how much was said of it and in what order, per gmina and per region."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np

from focus_analysis.analysis.corrected import corrected, corrected_estimates, target_of
from focus_analysis.analysis.measures import COVERAGE, WEIGHTED, chosen, counts, value, values_with
from focus_analysis.analysis.ranking import rank_measures
from focus_analysis.analysis.talk import Talk, countable, scope_columns, talks
from focus_analysis.errors import ArgumentError
from focus_analysis.schemas import CODES, CODINGS, ESTIMATES, StudyTables, check

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

_SCOPES = ("gmina", "voivodeship", "study")
_RESAMPLES = 2000
_RANGE = (5, 95)
_FEWEST = 2
_VALUES = ("estimate", "low", "high", "n_named", "n_denied", "n_participants")


def salience(
    study: StudyTables,
    codings: pd.DataFrame,
    codes: pd.DataFrame,
    by: str = "gmina",
    group: str = "problems",
    measures: str | Iterable[str] = COVERAGE,
    questions: str | Iterable[str] | None = None,
    intervals: bool = False,
    seed: int = 0,
    human: pd.DataFrame | None = None,
    plan: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return how salient every code of a group was: by default its coverage, the share of participants who affirmed it.

    Parameters
    ----------
    study : StudyTables
        Sessions, speakers and turns, such as a Corpus.
    codings : DataFrame, schema ``CODINGS``
        Only what participants affirm counts; the moderator's codings say who was prompted.
    codes : DataFrame, schema ``CODES``
        Which codes there are (``codebook.codes``): one that nobody named is 0, tied last.
    by : {"gmina", "voivodeship", "study"}
        One row a gmina and code, or the mean over the gminas of a region, or of the study; the values of the gminas
        are those of ``by="gmina"``.
    group : str
        Group of the codes.
    measures : str or iterable of str
        Names of measures, or "all". See Notes.
    questions : str or iterable of str, optional
        Only what was said under these questions of the topic guide; groups that were not asked them stay out.
    intervals : bool
        Whether to fill ``low`` and ``high``. For a gmina: 5th and 95th percentile over 2000 draws of its participants
        with replacement, kind "sensitivity" (to who spoke: they were invited, not sampled). For more: the 95% t
        interval over the gminas, kind "confidence", which would hold had the gminas been drawn at random.
    seed : int
        Seed of the draws.
    human, plan : DataFrame, schemas ``CODINGS`` and ``PLAN``, optional
        People's codes of a planned sample, and its plan, with which ``corrected`` corrects the shares; ``codings`` are
        then the automatic codes alone. A plan of speakers corrects coverage; one of turns gives the measure
        "prevalence", the share of participants' turns with the code.

    Returns
    -------
    DataFrame, schema ``ESTIMATES``; with a sample ``CORRECTED_ESTIMATES``
        Levels "leaf" (codes as they are) and "top" (parents, which count a speaker once, and codes without one).
        ``estimate`` is NaN where nobody's role is known or the measure is undefined. With a sample, estimate and
        interval (95%, for these transcripts) are the corrected ones, ranked so; ``naive`` is what the codings alone
        come to, as are n_named and n_denied. Where fewer than 20 units were validated, ``n_missing`` says how many
        more it takes, and there is no estimate.

    Raises
    ------
    ArgumentError
        ``by``, ``group``, a measure or a question is unknown; or a sample cannot correct what was asked for.

    Notes
    -----
    coverage : share of participants who affirmed the code; what Krueger and Casey call extensiveness. It says how many
        raised a problem, not how often or how important they held it. The ranking key.
    coverage_not_in_charge : the same among those whose own institution is not in charge of the problem.
    spontaneous, prompted, echo : the parts of coverage. Prompted: the moderator named it in the session before any
        participant did. Echo: unprompted, within two turns after another first named it in the same block of the
        guide; without a guide echoes count as spontaneous. Missing without a labelled moderator. They inherit the
        errors of the moderator's codings too.
    utterances, share_utterances : participants' turns with the code; their share of all participants' turns.
    share_words_split, share_words_whole : share of the participants' words, a turn's words shared among its codes or
        given to each.
    equal_speaker_share : mean over participants of the share of their own words (whole).
    smith_s, sutrop_csi : order of mention within the participants' lists; see ``smith_s`` and ``sutrop_csi``.
    first_mention : place in the group's list of first mentions, the earliest where there were several sessions.
    top_speaker_share, speakers_n1, speakers_n2, one_voice : dominance of single speakers over the code's words; Hill's
        numbers of speakers; 1 where one speaker has over half of the words or N1 is below 2.

    Several groups in a gmina are pooled: speakers together, rosters added. Dominance, prompted and echo have no ranks.
    """
    codes, codings = check(codes, CODES), check(codings, CODINGS)
    wanted = chosen(measures)
    _refuse_half_a_sample(human, plan, wanted, questions)
    if by not in _SCOPES:
        raise ArgumentError(f"by must be one of {', '.join(_SCOPES)}; not {by!r}")
    if questions is not None:
        questions = [questions] if isinstance(questions, str) else list(questions)
    held = countable(study)
    if by != "gmina":
        held = _one_denominator(held, by)
    found = talks(study, codings, codes_of(codes, group), held, questions)
    draws = np.random.default_rng(seed) if intervals and by == "gmina" else None
    table = _estimates(found, wanted, draws)
    if by != "gmina":
        table = _means(table, by, intervals)
    ranked = rank_measures(table, ["place", "level", "measure"])
    kinds = ";".join(sorted(set(codings["coder_kind"]))) or None
    estimates = check(ranked.assign(coder_kind=kinds, method=_methods(ranked["measure"], by, questions)), ESTIMATES)
    if human is None or plan is None:
        return estimates
    scopes = "gmina" if by == "gmina" else "voivodeship"
    fixed = corrected(study, codings, human, plan, target_of(plan), scopes, codes_of(codes, group))
    return corrected_estimates(estimates, fixed, human)


def _refuse_half_a_sample(
    human: pd.DataFrame | None, plan: pd.DataFrame | None, measures: list[str], questions: Iterable[str] | None
) -> None:
    if (human is None) != (plan is None):
        raise ArgumentError("a sample corrects with both: human= (people's codes) and plan= (from plan_validation)")
    if plan is not None and (measures != [COVERAGE] or questions is not None):
        raise ArgumentError("a sample corrects coverage over the whole talk: leave out measures and questions")


def codes_of(codes: pd.DataFrame, group: str) -> pd.DataFrame:
    """Return the codes of a group.

    Raises
    ------
    ArgumentError
        There are none.
    """
    if group not in set(codes["group"]):
        raise ArgumentError(f"no code of group {group!r}; groups: {', '.join(dict.fromkeys(codes['group']))}")
    return codes[codes["group"] == group]


def _one_denominator(sessions: pd.DataFrame, by: str) -> pd.DataFrame:
    """Count those who spoke in a whole region, or the whole study, where a gmina of it has no roster, and say so."""
    scope = _scope(sessions, by)
    counted = (sessions["denominator"] == "roster") | (sessions["n_spoke"] > 0)
    kinds = sessions.loc[counted, "denominator"].groupby(scope).nunique()
    mixed = sorted(kinds[kinds > 1].index)
    if not mixed:
        return sessions
    warnings.warn(
        f"{', '.join(mixed)}: some gminas have a roster and some not; the mean is over those who spoke in all of them",
        stacklevel=3,
    )
    return sessions.assign(denominator=sessions["denominator"].mask(scope.isin(mixed), "spoke"))


def _scope(table: pd.DataFrame, by: str) -> pd.Series[str]:
    """Return the region of each row, missing where it is not known; or the study, to which all belong."""
    return table["voivodeship"] if by == "voivodeship" else table.assign(scope=by)["scope"]


def _estimates(found: list[Talk], measures: list[str], draws: np.random.Generator | None) -> pd.DataFrame:
    """Return one row a place, level, measure and code."""
    import pandas as pd

    shared = ("teryt", "gmina", "voivodeship", "place", "denominator", "n_sessions")
    if not found:
        return pd.DataFrame(columns=[*shared, *_VALUES, "level", "code", "measure", "interval_kind"])
    sizes = [len(talk.codes) * len(measures) for talk in found]
    columns: dict[str, Any] = scope_columns(found, shared, sizes)
    columns["code"] = [code for talk in found for _ in measures for code in talk.codes]
    columns["measure"] = [measure for talk in found for measure in measures for _ in talk.codes]
    parts = [part for talk in found for part in _values(talk, measures, draws)]
    table = pd.DataFrame(columns | {name: np.concatenate([part[name] for part in parts]) for name in _VALUES})
    unknown = table["n_participants"].isna()
    table[["n_named", "n_denied"]] = table[["n_named", "n_denied"]].mask(unknown)
    return table.assign(interval_kind=np.where(table["low"].notna(), "sensitivity", "none"))


def _values(talk: Talk, measures: list[str], draws: np.random.Generator | None) -> list[dict[str, Any]]:
    """Return what each measure says of the codes."""
    nothing = np.full(len(talk.codes), np.nan)
    if not talk.n_participants:
        return [dict.fromkeys(_VALUES, nothing)] * len(measures)
    weights = None if draws is None else drawn_weights(talk, draws, _RESAMPLES)
    found = []
    for measure in measures:
        n_named, n_participants = counts(talk, measure)
        low, high = (nothing, nothing)
        if weights is not None and measure in WEIGHTED:
            low, high = percentiles(values_with(talk, measure, weights), _RANGE)
        columns = (value(talk, measure), low, high, n_named, talk.denied.sum(axis=0), n_participants)
        found.append(dict(zip(_VALUES, columns, strict=True)))
    return found


def drawn_weights(talk: Talk, draws: np.random.Generator, n: int) -> Any:
    """Return how often each participant was drawn, shape (n, persons)."""
    persons = talk.n_participants
    return draws.multinomial(persons, np.full(persons, 1 / persons), size=n).astype(float)


def percentiles(values: NDArray[np.float64], shares: Iterable[float]) -> NDArray[np.float64]:
    """Return percentiles (in percent) of each column, missing values left out, shape (n_shares, n_columns)."""
    ordered = np.sort(values, axis=0)
    last = np.maximum((~np.isnan(values)).sum(axis=0) - 1, 0)
    places = np.array(list(shares))[:, None] / 100 * last
    below, above = (np.take_along_axis(ordered, near(places).astype(int), axis=0) for near in (np.floor, np.ceil))
    found: NDArray[np.float64] = below + (above - below) * (places % 1)
    return found


def _means(estimates: pd.DataFrame, by: str, intervals: bool) -> pd.DataFrame:
    """Return the mean of the gminas' estimates in each region, or in the study."""
    known = estimates[estimates["n_participants"].notna()]
    known = known.assign(place=_scope(known, by))
    means = known.groupby(["place", "level", "measure", "code"], sort=False).agg(
        estimate=("estimate", "mean"),
        sd=("estimate", "std"),
        n_gminas=("estimate", "count"),
        n_named=("n_named", "sum"),
        n_denied=("n_denied", "sum"),
        n_participants=("n_participants", "sum"),
        denominator=("denominator", "first"),
        n_sessions=("n_sessions", "sum"),
    )
    table = means.reset_index()
    half = _half_width(table) if intervals else np.full(len(table), np.nan)
    return table.assign(
        voivodeship=table["place"] if by == "voivodeship" else None,
        teryt=None,
        gmina=None,
        low=table["estimate"] - half,
        high=table["estimate"] + half,
        interval_kind=np.where(np.isnan(half), "none", "confidence"),
    )


def _half_width(means: pd.DataFrame) -> Any:
    """Return half the t interval of each mean, NaN for one gmina or without any difference between gminas."""
    from scipy.stats import t

    n = means["n_gminas"].where((means["n_gminas"] >= _FEWEST) & (means["sd"] > 0)).to_numpy(dtype=float)
    return t.ppf(0.975, n - 1) * means["sd"].to_numpy(dtype=float) / np.sqrt(n)


def _methods(measures: pd.Series[str], by: str, questions: Iterable[str] | None) -> pd.Series[str]:
    how = "named / participants" if by == "gmina" else "mean over gminas"
    asked = f"; questions {', '.join(questions)}" if questions is not None else ""
    methods: pd.Series[str] = measures.map(
        lambda measure: f"{measure}: {how}{asked}" if measure == COVERAGE or by != "gmina" else f"{measure}{asked}"
    )
    return methods
