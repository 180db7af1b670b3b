"""Verbs of several rooms that write sentences: ``claims``, what a study says; ``caveats``, what it does not."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

from focus_analysis import labels
from focus_analysis.analysis.behind import turns_behind
from focus_analysis.analysis.claims import claim_facts, leading_facts
from focus_analysis.analysis.intervals import detectable_difference, proportion_interval
from focus_analysis.analysis.ranking import row_names, to_matrix, to_regions
from focus_analysis.analysis.ranksets import places
from focus_analysis.analysis.regions import compare_regions
from focus_analysis.analysis.salience import salience
from focus_analysis.errors import ArgumentError
from focus_analysis.report.caveats import Limits, caveat_lines
from focus_analysis.report.claims import Detectable, Words, claim_rows, difference_rows
from focus_analysis.schemas import LEVELS, StudyTables, check
from focus_analysis.schemas_results import CLAIMS

if TYPE_CHECKING:
    import pandas as pd

_TWO = 2
_FEWEST = 3


def claims(
    study: StudyTables,
    codings: pd.DataFrame,
    codes: pd.DataFrame,
    lang: str = "pl",
    level: str = "leaf",
    group: str = "problems",
    seed: int = 0,
) -> pd.DataFrame:
    """Write the finding sentences of a study: first and last problems, what nobody named, differences of regions.

    Parameters
    ----------
    study : StudyTables
        Such as a Corpus.
    codings : DataFrame, schema ``CODINGS``
        Codings of whatever coders.
    codes : DataFrame, schema ``CODES``
        Which codes there are (``codebook.codes``).
    lang : {"pl", "en"}
        Language of the sentences.
    level : {"leaf", "top"}
        Codes as they are, or parents and codes without one.
    group : str
        Group of the codes.
    seed : int
        Seed of the draws of groups.

    Returns
    -------
    DataFrame, schema ``CLAIMS``
        One row a sentence, all groups first, then each region. What a sentence measures is coverage: who raised a
        problem, not how important it was held. Empty where nobody's role is known. Which word stands for k of n
        groups: see ``quantifier``.

    Raises
    ------
    ArgumentError
        The language, the level or the group is unknown.
    """
    estimates = salience(study, codings, codes, group=group)
    return _claims_of_level(study, codes, estimates, turns_behind(study, codings, codes, group), lang, level, seed)


def _claims_of_level(
    study: StudyTables,
    codes: pd.DataFrame,
    estimates: pd.DataFrame,
    behind: pd.DataFrame,
    lang: str,
    level: str,
    seed: int = 0,
) -> pd.DataFrame:
    """Return the claims of a level from coverage by gmina and the turns behind it."""
    import pandas as pd

    words = Words(code_names(codes, lang), lang, unit_of(study))
    estimates = _known(estimates, level)
    if estimates.empty:
        return check(pd.DataFrame(columns=CLAIMS.names), CLAIMS)
    matrix, regions = to_matrix(estimates, level=level), to_regions(estimates)
    by_region = None if regions.isna().any() else regions
    facts = leading_facts(claim_facts(matrix, by_region, seed=seed))
    facts = facts[facts["region"].isna() | ((facts["n_groups"] >= _TWO) & (regions.nunique() >= _TWO))]
    asked = _asked(behind, level, estimates)
    found = claim_rows(facts, asked, words, _knows_moderators(study))
    if by_region is not None and regions.nunique() >= _TWO:
        comparisons = compare_regions(matrix, by_region, seed=seed)
        found += difference_rows(comparisons, _detectable(matrix, by_region), words)
    return check(pd.DataFrame(found, columns=CLAIMS.names).assign(level=level), CLAIMS)


def claims_of_levels(
    study: StudyTables, codes: pd.DataFrame, by_gmina: pd.DataFrame, behind: pd.DataFrame, lang: str
) -> pd.DataFrame:
    """Return the claims of both levels, or of the one that there is, from ``salience`` and ``turns_behind``."""
    import pandas as pd

    problems = codes[codes["group"] == "problems"]
    wanted = LEVELS if problems["parent"].notna().any() else LEVELS[:1]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # who is left out stands in the report
        found = [_claims_of_level(study, codes, by_gmina, behind, lang, level) for level in wanted]
        return pd.concat(found, ignore_index=True)


def caveats(
    study: StudyTables, codings: pd.DataFrame, codes: pd.DataFrame, lang: str = "pl", group: str = "problems"
) -> tuple[str, ...]:
    """Return what must not be concluded from a study, in sentences with its own numbers.

    Parameters
    ----------
    study, codings, codes, lang, group
        As for ``claims``.

    Raises
    ------
    ArgumentError
        The language or the group is unknown.
    """
    words = Words(code_names(codes, lang), lang, unit_of(study))
    unchecked = not {"human", "adjudicated"} & set(codings["coder_kind"])
    estimates, behind = (measured(study, codings, codes, group=group) for measured in (salience, turns_behind))
    return caveat_lines(limits_of(study, estimates, behind), words, unchecked)


def limits_of(study: StudyTables, by_gmina: pd.DataFrame, behind: pd.DataFrame) -> Limits:
    """Return the numbers of a study that limit what may be concluded from it; see ``claims_of_levels``."""
    estimates = by_gmina[(by_gmina["level"] == "leaf") & by_gmina["estimate"].notna()]
    n_gminas = study.sessions["teryt"].dropna().str[:6].nunique()
    if estimates.empty:
        return Limits(len(study.sessions), n_gminas, 0, 0.0, 1.0, 0, 0, 0, 0, 0.0, None)
    matrix, regions = to_matrix(estimates), to_regions(estimates)
    silent = matrix == 0
    asked = _asked(behind, "leaf", estimates)
    named = sum(bool(silent.loc[place, code]) for place, code in zip(asked["group"], asked["code"], strict=True))
    first, _ = places(matrix)
    persons = estimates.drop_duplicates(["gmina", "teryt"])["n_participants"].astype(float)
    n = len(matrix)
    return Limits(
        n_groups=len(study.sessions),
        n_gminas=n_gminas,
        n_compared=n,
        all_low=proportion_interval(n, n)[0],
        none_high=proportion_interval(0, n)[1],
        n_cells=matrix.size,
        n_zero=int(silent.to_numpy().sum()),
        n_not_asked=int(silent.to_numpy().sum()) - named,
        n_tied_first=int((first.sum(axis=1) > 1).sum()),
        one_person=float((1 / persons).mean()),
        detectable=None if regions.isna().any() else _detectable(matrix, regions),
    )


def code_names(codes: pd.DataFrame, lang: str) -> dict[str, str]:
    """Return the name of every code in one language."""
    return dict(zip(codes["code"], codes[f"label_{labels.check_language(lang)}"], strict=True))


def unit_of(study: StudyTables) -> str:
    """Return what the groups of a study are called: gminas, or sessions where a gmina is not known."""
    return "gmina" if study.sessions["teryt"].notna().all() else "session"


def _known(estimates: pd.DataFrame, level: str) -> pd.DataFrame:
    if level not in LEVELS:
        raise ArgumentError(f"level must be one of {', '.join(LEVELS)}; not {level!r}")
    left_out = estimates.loc[estimates["estimate"].isna(), "gmina"].unique()
    if len(left_out):
        warnings.warn(f"participants not known, left out of the claims: {', '.join(left_out)}", stacklevel=3)
    return estimates[(estimates["level"] == level) & estimates["estimate"].notna()]


def _knows_moderators(study: StudyTables) -> bool:
    """Return whether every session with known participants has a labelled moderator."""
    sessions = study.speakers.groupby("role")["session_id"].agg(set).to_dict()
    return bool(sessions.get("participant", set()) <= sessions.get("moderator", set()))


def _asked(behind: pd.DataFrame, level: str, estimates: pd.DataFrame) -> pd.DataFrame:
    """Return where the moderator named what: group (as in the matrix), region, code."""
    behind = behind[(behind["role"] == "moderator") & (behind["level"] == level)]
    rows = estimates.assign(group=row_names(estimates), region=estimates["voivodeship"])
    rows = rows[["gmina", "teryt", "group", "region"]].drop_duplicates()
    return behind.merge(rows, on=["gmina", "teryt"])[["group", "region", "code"]].drop_duplicates()


def _detectable(matrix: pd.DataFrame, regions: pd.Series[Any]) -> Detectable | None:
    """Return what the two smallest regions could show, with the median over codes of the spread between groups."""
    sizes = sorted(regions[matrix.index].value_counts())[:_TWO]
    if sum(sizes) < _FEWEST or len(sizes) < _TWO:
        return None
    sd = float(matrix.groupby(regions[matrix.index]).var().mean().median() ** 0.5)
    if not sd > 0:
        return None
    n_a, n_b = map(int, sizes)
    return Detectable(sd, detectable_difference(sd, n_a, n_b), n_a, n_b)
