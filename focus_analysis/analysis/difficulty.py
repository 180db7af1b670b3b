"""Which problems are said to be easy and which hard: by gminas and by speakers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from focus_analysis.analysis.intervals import paired_difference
from focus_analysis.analysis.participation import people_of
from focus_analysis.analysis.salience import codes_of, salience
from focus_analysis.analysis.scopes import grouped, places_of, scopes_of
from focus_analysis.analysis.talk import levels
from focus_analysis.schemas import CODES, CODINGS, LEVELS, StudyTables, check, rows
from focus_analysis.schemas_networks import DIFFICULTY, LINKS

if TYPE_CHECKING:
    import pandas as pd

EASY, HARD = "easy_to_solve", "hard_to_solve"
_PERSON = ["session_id", "speaker"]


def difficulty(
    study: StudyTables,
    codings: pd.DataFrame,
    codes: pd.DataFrame,
    links: pd.DataFrame,
    salient: Sequence[pd.DataFrame] | None = None,
) -> pd.DataFrame:
    """Return how many gminas and speakers call each problem easy, and how many hard.

    Parameters
    ----------
    study : StudyTables
        Sessions, speakers and turns.
    codings : DataFrame, schema ``CODINGS``
        Behind the salience beside each row.
    codes : DataFrame, schema ``CODES``
        Problems are those of the group "problems".
    links : DataFrame, schema ``LINKS``
        From ``find_links``.
    salient : sequence of DataFrame, schema ``ESTIMATES``, optional
        Coverage of the problems by gmina, and by voivodeship, where they are at hand; else they are worked out.

    Returns
    -------
    DataFrame, schema ``DIFFICULTY``
        One row a scope, level and problem; a parent counts a speaker once. ``net`` of a region or of the study is the
        share of gminas that call it easy less the share that call it hard, among those that call it either, with
        Newcombe's interval for the difference of two shares of the same gminas, which would hold had they been drawn
        at random. ``net`` of a gmina is the same over its speakers, with no interval: they were invited.
    """
    import pandas as pd

    codings, codes = check(codings, CODINGS), check(codes, CODES)
    held = check(links, LINKS)
    said = rows(linked_speakers(study, held[held["other"].isin([EASY, HARD])]))
    coverages = _coverage(*(salient or (salience(study, codings, codes, by=by) for by in ("gmina", "voivodeship"))))
    members = list(zip(LEVELS, levels(codes_of(codes, "problems")), strict=True))
    found = []
    for scope in scopes_of(places_of(study)):
        by_problem = grouped(said, scope, "problem")
        for level, leaves_of in members:
            for code, leaves in leaves_of.items():
                linked = [row for leaf in leaves for row in by_problem.get((leaf,), ())]
                coverage = coverages.get((*scope.columns.values(), level, code))
                place = scope.columns | {"level": level, "code": code, "n_scope": len(scope.places)}
                found.append(place | _row(linked, scope.is_place) | {"coverage": coverage})
    return check(pd.DataFrame(found, columns=DIFFICULTY.names), DIFFICULTY)


def linked_speakers(study: StudyTables, links: pd.DataFrame) -> pd.DataFrame:
    """Return the links said by participants who count, with speaker, institution and place."""
    spoken = links.merge(study.turns[["session_id", "turn", "speaker"]], on=["session_id", "turn"])
    return spoken.merge(people_of(study)[[*_PERSON, "institution", "place"]], on=_PERSON)


def _row(links: list[Any], is_place: bool) -> dict[str, Any]:
    """Return what the links of a problem in a scope come to."""
    easy, hard = ([row for row in links if row.other == other] for other in (EASY, HARD))
    speakers = [{(row.session_id, row.speaker) for row in side} for side in (easy, hard)]
    gminas = [{row.place for row in side} for side in (easy, hard)]
    net, low, high = _net(*(speakers if is_place else gminas))
    return {
        "n_easy": len(gminas[0]),
        "n_hard": len(gminas[1]),
        "n_both": len(gminas[0] & gminas[1]),
        "n_linked": len(gminas[0] | gminas[1]),
        "n_easy_speakers": len(speakers[0]),
        "n_hard_speakers": len(speakers[1]),
        "n_both_speakers": len(speakers[0] & speakers[1]),
        "n_speakers": len(speakers[0] | speakers[1]),
        "net": net,
        "low": None if is_place else low,
        "high": None if is_place else high,
        "interval_kind": "none" if is_place or low is None else "confidence",
        "n_turn_links": sum(row.basis == "turn" for row in links),
        "n_question_links": sum(row.basis == "question" for row in links),
    }


def _net(easy: set[Any], hard: set[Any]) -> tuple[float | None, float | None, float | None]:
    """Return the share that calls it easy less the share that calls it hard, with its interval."""
    if not easy | hard:
        return None, None, None
    return paired_difference(len(easy & hard), len(easy - hard), len(hard - easy), 0)


def _coverage(by_gmina: pd.DataFrame, by_region: pd.DataFrame) -> dict[Any, float | None]:
    """Return the coverage of every problem in every gmina, in every region, and on average over all gminas."""
    found = {
        (row.teryt, row.gmina, row.voivodeship, row.level, row.code): row.estimate
        for table in (by_gmina, by_region)
        for row in rows(table)
    }
    means = by_gmina.groupby(["level", "code"])[["estimate"]].mean().reset_index()
    return found | {(None, None, None, row.level, row.code): row.estimate for row in rows(means)}
