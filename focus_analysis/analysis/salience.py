"""Salience of problems: how large a share of the participants raised each, per gmina and per region."""

from __future__ import annotations

import warnings
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from focus_analysis.analysis.ranking import rank_within
from focus_analysis.errors import ArgumentError
from focus_analysis.schemas import CODES, CODINGS, ESTIMATES, StudyTables, check, place_names, rows

if TYPE_CHECKING:
    import pandas as pd

COVERAGE = "coverage"
_SCOPES = ("gmina", "voivodeship")
_SCOPE_COLUMNS = ("teryt", "gmina", "voivodeship")
_CODE_COLUMNS = ("level", "code", "n_named", "n_denied")


def salience(
    study: StudyTables, codings: pd.DataFrame, codes: pd.DataFrame, by: str = "gmina", group: str = "problems"
) -> pd.DataFrame:
    """Return the coverage of every code of a group: the share of participants who affirmed it.

    Parameters
    ----------
    study : StudyTables
        Sessions, speakers and turns, such as a Corpus.
    codings : DataFrame, schema ``CODINGS``
        Only what participants affirm counts.
    codes : DataFrame, schema ``CODES``
        Which codes there are (``codebook.codes``): one that nobody named is 0, tied last.
    by : {"gmina", "voivodeship"}
        One row a gmina and code, or the mean over the gminas of a region; the values of its gminas are those of
        ``by="gmina"``.
    group : str
        Group of the codes.

    Returns
    -------
    DataFrame, schema ``ESTIMATES``
        Levels "leaf" (codes as they are) and "top" (parents, which count a speaker once, and codes without one).
        ``estimate`` is a share in [0, 1], NaN where nobody's role is known.

    Raises
    ------
    ArgumentError
        ``by`` or ``group`` is unknown.

    Notes
    -----
    Coverage is what Krueger and Casey call extensiveness: how many different people raised a problem, not how often
    or how important they held it. Several groups in a gmina are pooled: speakers together, rosters added.
    """
    codes, codings = check(codes, CODES), check(codings, CODINGS)
    if by not in _SCOPES:
        raise ArgumentError(f"by must be one of {', '.join(_SCOPES)}; not {by!r}")
    if group not in set(codes["group"]):
        raise ArgumentError(f"no code of group {group!r}; groups: {', '.join(dict.fromkeys(codes['group']))}")
    in_group = codes[codes["group"] == group]
    held = _countable(study)
    if by == "gmina":
        table = _counts(study, codings, in_group, held)
        method = f"{COVERAGE}: named / participants"
    else:
        table = _means(_counts(study, codings, in_group, _one_denominator_a_region(held)))
        method = f"{COVERAGE}: mean over gminas"
    ranked = rank_within(table, ["place", "level"])
    kinds = ";".join(sorted(set(codings["coder_kind"]))) or None
    table = ranked.assign(measure=COVERAGE, low=None, high=None, interval_kind="none", coder_kind=kinds, method=method)
    return check(table, ESTIMATES)


def _countable(study: StudyTables) -> pd.DataFrame:
    """Return the sessions with their place (six digits of TERYT, or the session itself) and denominator.

    In a place where somebody's role is known, sessions without known roles are left out.
    """
    sessions = study.sessions.copy()
    sessions["place"] = sessions["teryt"].str[:6].fillna(sessions["session_id"])
    sessions["gmina"] = place_names(sessions)
    spoken = study.speakers
    spoken = spoken[(spoken["role"] == "participant") & (spoken["n_turns"] > 0)]
    sessions["n_spoke"] = sessions["session_id"].map(spoken.groupby("session_id").size()).fillna(0).astype(int)
    known = sessions["n_participants"].notna() | (sessions["n_spoke"] > 0)
    sessions = sessions[known | ~known.groupby(sessions["place"]).transform("any")]
    complete = sessions["n_participants"].notna().groupby(sessions["place"]).transform("all")
    return sessions.assign(denominator=complete.map({True: "roster", False: "spoke"}))


def _one_denominator_a_region(sessions: pd.DataFrame) -> pd.DataFrame:
    """Count those who spoke in the whole region where a gmina of it has no roster, and say so."""
    counted = sessions[(sessions["denominator"] == "roster") | (sessions["n_spoke"] > 0)]
    kinds = counted.groupby("voivodeship")["denominator"].nunique()
    mixed = sorted(kinds[kinds > 1].index)
    if not mixed:
        return sessions
    warnings.warn(
        f"{', '.join(mixed)}: some gminas have a roster and some not; the mean is over those who spoke in all of them",
        stacklevel=3,
    )
    return sessions.assign(denominator=sessions["denominator"].mask(sessions["voivodeship"].isin(mixed), "spoke"))


def _counts(study: StudyTables, codings: pd.DataFrame, codes: pd.DataFrame, sessions: pd.DataFrame) -> pd.DataFrame:
    """Return one row a gmina, level and code, with who named and who denied it."""
    import pandas as pd

    stated = _stated(study, codings)
    levels = tuple(zip(("leaf", "top"), _levels(codes), strict=True))
    found: list[dict[str, Any]] = []
    for _, held in sessions.groupby("place", sort=False):
        first = rows(held)[0]
        by_roster = first.denominator == "roster"
        present = stated[stated["session_id"].isin(held["session_id"])]
        people = _people(present[present["in_roster"]] if by_roster else present)
        n = int(held["n_participants" if by_roster else "n_spoke"].sum())
        shared = {name: getattr(first, name) for name in (*_SCOPE_COLUMNS, "denominator", "place")}
        shared |= {"n_participants": n, "n_sessions": len(held)}
        for level, members in levels:
            found += [
                {**shared, "level": level, "code": code, **_named(people, children)}
                for code, children in members.items()
            ]
    names = [*_SCOPE_COLUMNS, "denominator", "place", "n_participants", "n_sessions", *_CODE_COLUMNS]
    counts = pd.DataFrame(found, columns=names)
    known = counts["n_participants"] > 0
    counts["estimate"] = (counts["n_named"] / counts["n_participants"].where(known)).astype("float64")
    for name in ("n_participants", "n_named", "n_denied"):
        counts[name] = counts[name].astype("Int64").where(known)
    return counts


def _levels(codes: pd.DataFrame) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Return the leaf codes behind each code of the two levels."""
    parents = {str(parent) for parent in codes["parent"].dropna()}
    leaves = {str(code): {str(code)} for code in codes["code"] if code not in parents}
    children = codes.dropna(subset=["parent"]).groupby("parent")["code"].agg(set).to_dict()
    tops = {str(row.code): children.get(row.code, set()) | {row.code} for row in rows(codes) if row.parent is None}
    return leaves, tops


def _stated(study: StudyTables, codings: pd.DataFrame) -> pd.DataFrame:
    """Return one row a participant and code that they affirmed or denied."""
    turns = study.turns[["session_id", "turn", "speaker", "role"]]
    speakers = study.speakers[["session_id", "speaker", "in_roster"]]
    said = codings.merge(turns, on=["session_id", "turn"]).merge(speakers, on=["session_id", "speaker"])
    said = said[(said["role"] == "participant") & said["status"].isin(["affirmed", "denied"])]
    return said[["session_id", "speaker", "in_roster", "code", "status"]].drop_duplicates()


def _people(stated: pd.DataFrame) -> dict[tuple[str, str], set[tuple[str, str]]]:
    """Return who affirmed and who denied each code: by code and status, the sessions and speakers."""
    people: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    columns = (stated[name] for name in ("session_id", "speaker", "code", "status"))
    for session, speaker, code, status in zip(*columns, strict=True):
        people[code, status].add((session, speaker))
    return people


def _named(people: dict[tuple[str, str], set[tuple[str, str]]], codes: set[str]) -> dict[str, int]:
    """Count the speakers who affirmed one of the codes, and those who only denied them."""
    named = set().union(*(people.get((code, "affirmed"), set()) for code in codes))
    denied = set().union(*(people.get((code, "denied"), set()) for code in codes))
    return {"n_named": len(named), "n_denied": len(denied - named)}


def _means(counts: pd.DataFrame) -> pd.DataFrame:
    """Return the mean of the gminas' coverage in each region."""
    known = counts[counts["n_participants"].notna() & counts["voivodeship"].notna()]
    means = known.groupby(["voivodeship", "level", "code"], sort=False).agg(
        estimate=("estimate", "mean"),
        n_named=("n_named", "sum"),
        n_denied=("n_denied", "sum"),
        n_participants=("n_participants", "sum"),
        denominator=("denominator", "first"),
        n_sessions=("n_sessions", "sum"),
    )
    table = means.reset_index()
    return table.assign(place=table["voivodeship"], teryt=None, gmina=None)
