"""Verbs of several rooms about findings in sentences: ``claims`` writes them, ``check_claim`` judges one."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

from focus_analysis import labels
from focus_analysis.analysis.behind import turns_behind
from focus_analysis.analysis.claims import claim_facts, leading_facts
from focus_analysis.analysis.intervals import detectable_difference
from focus_analysis.analysis.ranking import row_names, to_matrix, to_regions
from focus_analysis.analysis.regions import compare_regions
from focus_analysis.analysis.salience import salience
from focus_analysis.errors import ArgumentError
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
    import pandas as pd

    words = Words(code_names(codes, lang), lang, unit_of(study))
    estimates = _known(salience(study, codings, codes, group=group), level)
    if estimates.empty:
        return check(pd.DataFrame(columns=CLAIMS.names), CLAIMS)
    matrix, regions = to_matrix(estimates, level=level), to_regions(estimates)
    by_region = None if regions.isna().any() else regions
    facts = leading_facts(claim_facts(matrix, by_region, seed=seed))
    if regions.nunique() < _TWO:
        facts = facts[facts["region"].isna()]
    asked = _asked(study, codings, codes, group, level, estimates)
    known = bool(study.speakers.query("role == 'moderator'")["session_id"].nunique() == len(study.sessions))
    found = claim_rows(facts, asked, words, known)
    if by_region is not None and regions.nunique() >= _TWO:
        comparisons = compare_regions(matrix, by_region, seed=seed)
        found += difference_rows(comparisons, _detectable(matrix, by_region), words)
    return check(pd.DataFrame(found, columns=CLAIMS.names).assign(level=level), CLAIMS)


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


def _asked(
    study: StudyTables,
    codings: pd.DataFrame,
    codes: pd.DataFrame,
    group: str,
    level: str,
    estimates: pd.DataFrame,
) -> pd.DataFrame:
    """Return where the moderator named what: group (as in the matrix), region, code."""
    behind = turns_behind(study, codings, codes, group)
    behind = behind[(behind["role"] == "moderator") & (behind["level"] == level)]
    places = estimates.assign(group=row_names(estimates), region=estimates["voivodeship"])
    places = places[["gmina", "teryt", "group", "region"]].drop_duplicates()
    return behind.merge(places, on=["gmina", "teryt"])[["group", "region", "code"]].drop_duplicates()


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
