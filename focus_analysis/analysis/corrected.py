"""Shares of turns and coverage from automatic codes, corrected by a sample that people coded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from focus_analysis.analysis.design import strata_of, stratified
from focus_analysis.analysis.ranking import rank_within
from focus_analysis.analysis.scopes import PLACE, places_of, scopes_of
from focus_analysis.analysis.talk import countable, people_who_count
from focus_analysis.analysis.validation import (
    FEWEST_LABELS,
    automatic,
    checked_plan,
    judged,
    labelled,
    one_judgement,
    units_of,
    warn_of_unread,
)
from focus_analysis.errors import ArgumentError
from focus_analysis.schemas import CORRECTED, CORRECTED_ESTIMATES, StudyTables, check

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

TARGETS = {"prevalence": "turn", "coverage": "speaker"}
SCOPES = ("voivodeship", "gmina")


class _Domain(NamedTuple):
    """Part of a study for which something is estimated: its names, each unit's share, and the denominator."""

    names: dict[str, Any]
    weights: NDArray[np.float64]
    denominator: str | None


def corrected(
    study: StudyTables,
    codings: pd.DataFrame,
    human: pd.DataFrame,
    plan: pd.DataFrame,
    target: str = "prevalence",
    by: str = "voivodeship",
    codes: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return what automatic codes come to once a validated sample has corrected them.

    Parameters
    ----------
    study : StudyTables
        The study, such as a Corpus.
    codings : DataFrame, schema ``CODINGS``
        The automatic codes, all of them and only them.
    human : DataFrame, schema ``CODINGS``
        People's codes of the planned units: of one coder, or with adjudicated ones, which then hold alone.
    plan : DataFrame, schema ``PLAN``
        From ``plan_validation``: turns for prevalence, speakers for coverage.
    target : {"prevalence", "coverage"}
        Share of participants' turns in which a code is affirmed; or mean over gminas of the share of participants who
        affirm it, validated speaker by speaker ("did this speaker name it?"), for errors add up over turns.
    by : {"voivodeship", "gmina"}
        Regions and the whole study, or single gminas.
    codes : DataFrame, schema ``CODES``, optional
        Only these, a parent with all that it gathers: it counts a speaker or a turn once, for people and for the
        coder alike. Without it, all codes of either table.

    Returns
    -------
    DataFrame, schema ``CORRECTED``
        One row a scope and code: naive (the automatic codes alone), estimate with a 95% confidence interval for these
        transcripts, n_validated. A scope of which fewer than 20 units, and not all, were validated has no estimate but
        how many are missing.

    Raises
    ------
    ArgumentError
        ``target`` or ``by`` is unknown; the plan drew units of another kind than the target needs, or before some of
        the study's were there; people's codes are merged into the automatic ones, or of several people and not
        adjudicated.

    Warns
    -----
    UnreadWarning
        Some of the units drawn were not read.

    Notes
    -----
    The stratified estimator of a finite corpus: units with and without the predicted code are strata of known size,
    their true shares come from the sample, weighted by the plan's chances (Hájek), with MOVER's interval from Wilson's
    (n by Kish). It is valid however bad the automatic codes are; better ones make it narrower.
    """
    import numpy as np
    import pandas as pd

    drawn = _suitable(checked_plan(plan), target, by)
    table, people = automatic(codings), one_judgement(human)
    units = units_of(study, TARGETS[target])
    names, (predicted, true) = judged(units, [table, people], study, codes)
    key = ["session_id", "speaker" if target == "coverage" else "turn"]
    _refuse_latecomers(units, drawn, key, TARGETS[target])
    chances = units.merge(drawn[[*key, "probability"]], on=key, how="left")["probability"].to_numpy(dtype=float)
    asked = ~np.isnan(chances)
    seen = asked & labelled(units, people, study)
    warn_of_unread(int(asked.sum()), int(seen.sum()))
    found: list[dict[str, Any]] = []
    for domain in _domains(study, units, target, by):
        inside = domain.weights > 0
        parts = (predicted[inside], true[inside], seen[inside], chances[inside], domain.weights[inside])
        found += [{**domain.names, "code": name, **_row(k, *parts, domain, target)} for k, name in enumerate(names)]
    return check(pd.DataFrame(found, columns=CORRECTED.names), CORRECTED)


def target_of(plan: pd.DataFrame) -> str:
    """Return what a plan can correct: coverage where it drew speakers, prevalence where it drew turns."""
    return "coverage" if set(checked_plan(plan)["unit"]) == {TARGETS["coverage"]} else "prevalence"


def corrected_estimates(estimates: pd.DataFrame, fixed: pd.DataFrame, human: pd.DataFrame) -> pd.DataFrame:
    """Return estimates of salience with what a sample makes of them, ranked anew.

    Parameters
    ----------
    estimates : DataFrame, schema ``ESTIMATES``
        Coverage by the automatic codes.
    fixed : DataFrame, schema ``CORRECTED``
        Of the same places and codes, of one measure.
    human : DataFrame, schema ``CODINGS``
        People's codes behind it.

    Returns
    -------
    DataFrame, schema ``CORRECTED_ESTIMATES``
        The rows of ``estimates`` that were corrected, or could be with more labels.
    """
    own = ["estimate", "low", "high", "interval_kind", "measure", "method"]
    table = estimates.drop(columns=own).merge(fixed.drop(columns="denominator"), on=[*PLACE, "code"])
    kinds = sorted({*table["coder_kind"].dropna().str.split(";").explode(), *one_judgement(human)["coder_kind"]})
    ranked = rank_within(table.assign(coder_kind=";".join(kinds)), [*PLACE, "level"])
    return check(ranked, CORRECTED_ESTIMATES)


def _suitable(plan: pd.DataFrame, target: str, by: str) -> pd.DataFrame:
    if target not in TARGETS:
        raise ArgumentError(f"corrected: target must be one of {', '.join(TARGETS)}; not {target!r}")
    if by not in SCOPES:
        raise ArgumentError(f"corrected: by must be one of {', '.join(SCOPES)}; not {by!r}")
    units = set(plan["unit"])
    if units != {TARGETS[target]}:
        raise ArgumentError(
            f"corrected: target {target!r} needs a plan of {TARGETS[target]}s; this one is of "
            f"{', '.join(sorted(units)) or 'nothing'}. Plan with plan_validation(..., unit={TARGETS[target]!r})."
        )
    return plan


def _refuse_latecomers(units: pd.DataFrame, drawn: pd.DataFrame, key: list[str], unit: str) -> None:
    """Refuse more units than are left of those that there were; of these a plan knows the number, and the drawn."""
    n_then = int(drawn["n_units"].max())
    gone = len(drawn) - len(drawn[key].merge(units[key], on=key))
    if len(units) > n_then - gone:
        left = f", of which {gone} are not in the study any more," if gone else ""
        raise ArgumentError(
            f"corrected: the plan was drawn out of {n_then} {unit}s{left} and the study has {len(units)}; those that "
            "came later had no chance to be drawn. Plan a new sample, or leave out the later transcripts (or the plan)."
        )


def _row(
    code: int,
    predicted: NDArray[np.bool_],
    true: NDArray[np.bool_],
    seen: NDArray[np.bool_],
    chances: NDArray[np.float64],
    weights: NDArray[np.float64],
    domain: _Domain,
    target: str,
) -> dict[str, Any]:
    n_units, n_seen = len(weights), int(seen.sum())
    missing = max(0, min(FEWEST_LABELS, n_units) - n_seen)
    strata = strata_of(predicted[:, code], true[:, code], seen, chances, weights)
    shown = (None, None, None) if missing else stratified(strata)
    return {
        "measure": target,
        "naive": float(weights[predicted[:, code]].sum()),
        **dict(zip(("estimate", "low", "high"), shown, strict=True)),
        "interval_kind": "none" if missing else "confidence",
        "n_units": n_units,
        "n_validated": n_seen,
        "n_missing": missing,
        "denominator": domain.denominator,
        "method": f"{target}: too few {TARGETS[target]}s validated"
        if missing
        else f"{target}: corrected by a sample, stratified by prediction, weighted by the plan",
    }


def _domains(study: StudyTables, units: pd.DataFrame, target: str, by: str) -> Iterator[_Domain]:
    """Yield the parts of a study with the share of each unit in what is estimated there; 0 for units elsewhere."""
    sessions = countable(study)
    sessions = sessions[(sessions["denominator"] == "roster") | (sessions["n_spoke"] > 0)]
    places = places_of(study)
    for scope in scopes_of(places):
        if scope.is_place == (by == "gmina"):
            held = sessions[sessions["place"].isin(places["place"].iloc[scope.places])]
            if target == "prevalence":
                inside = units["session_id"].isin(held["session_id"]).to_numpy(dtype=float)
                weights, denominator = inside / max(1.0, inside.sum()), None
            else:
                weights, denominator = _shares(units, study.speakers, held)
            if (weights > 0).any():
                yield _Domain(scope.columns, weights, denominator)


def _shares(units: pd.DataFrame, speakers: pd.DataFrame, held: pd.DataFrame) -> tuple[NDArray[np.float64], str]:
    """Return each speaker's share in the mean over places of the share of participants, and who is counted.

    Participants of the roster count where every session has one; else those who spoke, in all places.
    """
    by_roster = bool((held["denominator"] == "roster").all())
    denominator, size = ("roster", "n_participants") if by_roster else ("spoke", "n_spoke")
    people = people_who_count(speakers, held.assign(denominator=denominator))
    present = held.groupby("place")[size].sum().astype(float)
    present = present[present > 0]
    counted = units.merge(people, on=["session_id", "speaker"], how="left")
    place = counted["session_id"].map(held.set_index("session_id")["place"])
    shares = counted["person"].notna() / place.map(present) / max(1, len(present))
    return shares.fillna(0.0).to_numpy(dtype=float), denominator
