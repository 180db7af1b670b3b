"""Shares of turns and coverage from automatic codes, corrected by a sample that people coded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from focus_analysis.analysis.design import strata_of, stratified
from focus_analysis.analysis.validation import FEWEST_LABELS, affirmed, labelled, one_judgement, units_of
from focus_analysis.errors import ArgumentError
from focus_analysis.schemas import CODINGS, CORRECTED, NO_CODE, PLAN, StudyTables, check, place_names, rows

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

TARGETS = {"prevalence": "turn", "coverage": "speaker"}
SCOPES = ("voivodeship", "gmina")
_PLACE = ["teryt", "gmina", "voivodeship"]


class _Domain(NamedTuple):
    """Part of a study for which something is estimated: its names, each unit's share, and the denominator."""

    names: dict[str, str | None]
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
        Only these; without it, all codes of either table.

    Returns
    -------
    DataFrame, schema ``CORRECTED``
        One row a scope and code: naive (the automatic codes alone), estimate with a 95% confidence interval for these
        transcripts, n_validated. A scope of which fewer than 20 units, and not all, were validated has no estimate but
        how many are missing.

    Raises
    ------
    ArgumentError
        ``target`` or ``by`` is unknown, or the plan drew units of another kind than the target needs.

    Notes
    -----
    The stratified estimator of a finite corpus: units with and without the predicted code are strata of known size,
    their true shares come from the sample, weighted by the plan's chances (Hájek), with MOVER's interval from Wilson's
    (n by Kish). It is valid however bad the automatic codes are; better ones make it narrower.
    """
    import numpy as np
    import pandas as pd

    drawn = _suitable(check(plan, PLAN), target, by)
    table, people = check(codings, CODINGS), one_judgement(human)
    units = units_of(study, TARGETS[target])
    names = sorted({*table["code"], *people["code"]} - {NO_CODE}) if codes is None else list(codes["code"])
    predicted, true = (affirmed(units, one, names, study) for one in (table, people))
    key = ["session_id", "speaker" if target == "coverage" else "turn"]
    chances = units.merge(drawn[[*key, "probability"]], on=key, how="left")["probability"].to_numpy(dtype=float)
    seen = ~np.isnan(chances) & labelled(units, people, study)
    found: list[dict[str, Any]] = []
    for domain in _domains(study, units, target, by):
        inside = domain.weights > 0
        parts = (predicted[inside], true[inside], seen[inside], chances[inside], domain.weights[inside])
        found += [{**domain.names, "code": name, **_row(k, *parts, domain, target)} for k, name in enumerate(names)]
    return check(pd.DataFrame(found, columns=CORRECTED.names), CORRECTED)


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
        "method": "too few validated" if missing else "stratified by prediction, weighted by the plan",
    }


def _domains(study: StudyTables, units: pd.DataFrame, target: str, by: str) -> Iterator[_Domain]:
    """Yield the parts of a study with the share of each unit in what is estimated there; 0 for units elsewhere."""
    import numpy as np

    sessions = _places(study)
    nowhere: dict[str, str | None] = dict.fromkeys(_PLACE)
    parts: list[tuple[dict[str, str | None], pd.DataFrame]] = []
    if by == "gmina":
        for _, held in sessions.groupby("place", sort=False):
            first = rows(held)[0]
            parts.append(({name: getattr(first, name) for name in _PLACE}, held))
    else:
        parts.append((nowhere, sessions))
        for region, held in sessions.groupby("voivodeship", sort=True):
            parts.append((nowhere | {"voivodeship": str(region)}, held))
    for names, held in parts:
        if target == "prevalence":
            inside = units["session_id"].isin(held["session_id"]).to_numpy(dtype=float)
            weights, denominator = inside / max(1.0, inside.sum()), None
        else:
            weights, denominator = _shares(units, study.speakers, held)
        if np.any(weights > 0):
            yield _Domain(names, weights, denominator)


def _places(study: StudyTables) -> pd.DataFrame:
    """Return the sessions in which somebody is known to be a participant, with their place."""
    sessions = study.sessions
    sessions = sessions.assign(
        place=sessions["teryt"].str[:6].fillna(sessions["session_id"]), gmina=place_names(sessions)
    )
    people = study.speakers[study.speakers["role"] == "participant"]
    return sessions[sessions["session_id"].isin(people["session_id"])]


def _shares(units: pd.DataFrame, speakers: pd.DataFrame, held: pd.DataFrame) -> tuple[NDArray[np.float64], str]:
    """Return each speaker's share in the mean over places of the share of participants, and who is counted.

    Participants of the roster count where every session has one; else those who spoke, in all places.
    """
    by_roster = bool(held["n_participants"].notna().all())
    counted = units.merge(held[["session_id", "place"]], on="session_id", how="left")
    known = counted.merge(speakers[["session_id", "speaker", "in_roster"]], on=["session_id", "speaker"], how="left")
    inside = known["place"].notna() & (known["in_roster"] | (not by_roster))
    if by_roster:
        present = held.groupby("place")["n_participants"].sum().astype(float)
    else:
        present = known[inside].groupby("place").size().astype(float)
    present = present[present > 0]
    shares = inside / known["place"].map(present) / max(1, len(present))
    return shares.fillna(0.0).to_numpy(dtype=float), "roster" if by_roster else "spoke"
