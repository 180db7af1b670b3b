"""What is said of pairs of institutions, and who is drawn in only now and then.

Both rest on the turn: the speaker's institution, and those that the same turn names, where it speaks of a barrier, of
information, or of an occasional partner.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from focus_analysis.analysis.participation import GROUP, participation, said_by
from focus_analysis.analysis.scopes import place_numbers, places_of, scopes_of
from focus_analysis.schemas import CODES, CODINGS, StudyTables, check
from focus_analysis.schemas_networks import OCCASIONAL, PAIRS, RELATIONS

if TYPE_CHECKING:
    import pandas as pd

_TURN = ["session_id", "turn"]
_ABOUT = (
    ("barrier", "cooperation_barrier", "affirmed"),
    ("information", "information_exchange", "affirmed"),
    ("information_blocked", "information_exchange", "denied"),
)
_PARTNER = "occasional_partner"


def pairs(study: StudyTables, codings: pd.DataFrame, codes: pd.DataFrame) -> pd.DataFrame:
    """Return between which institutions barriers and the exchange of information are told of.

    Parameters
    ----------
    study : StudyTables
        Sessions, speakers and turns.
    codings : DataFrame, schema ``CODINGS``
        Institutions, cooperation_barrier and information_exchange (denied where information is held back).
    codes : DataFrame, schema ``CODES``
        Which codes are institutions.

    Returns
    -------
    DataFrame, schema ``PAIRS``
        Participants whose institution is known only. A turn that names several institutions counts for each.
    """
    import pandas as pd

    codings, codes = check(codings, CODINGS), check(codes, CODES)
    named = _named(codings, codes)
    told = []
    for about, code, status in _ABOUT:
        turns = said_by(study, codings[codings["code"] == code], status)[[*_TURN, "institution", "place"]]
        told.append(turns.merge(named, on=_TURN).assign(about=about))
    found = pd.concat(told, ignore_index=True).dropna(subset=["institution"])
    found = found[found["institution"] != found["target"]].rename(columns={"institution": "source"})
    present = _presence(study, codes)
    table = [
        scope.columns
        | {"source": source, "target": target, "about": about}
        | {
            "n_gminas": one["place"].nunique(),
            "n_opportunities": len(present.get(source, set()) & set(scope.places)),
            "n_scope": len(scope.places),
            "n_turns": len(one),
        }
        for scope in scopes_of(places_of(study))
        for (source, target, about), one in _grouped(found, scope, ["source", "target", "about"])
    ]
    return check(pd.DataFrame(table, columns=PAIRS.names), PAIRS)


def occasional_partners(
    study: StudyTables, codings: pd.DataFrame, codes: pd.DataFrame, relations: pd.DataFrame
) -> pd.DataFrame:
    """Return who is called a partner drawn in only now and then, or not at all.

    Parameters
    ----------
    study, codings, codes
        As for ``pairs``; the code is occasional_partner.
    relations : DataFrame, schema ``RELATIONS``
        Says with whom anybody cooperates.

    Returns
    -------
    DataFrame, schema ``OCCASIONAL``
        Institutions that such a turn names, and the speaker's own where it names no other: "us too they remember in
        June".
    """
    import pandas as pd

    codings, codes = check(codings, CODINGS), check(codes, CODES)
    found = called_occasional(study, codings, codes)
    ties = check(relations, RELATIONS)
    ties = ties[(ties["relation"] == "cooperates") & ties["source"].notna()]
    at = place_numbers(ties["session_id"], places_of(study))
    tied = {*zip(ties["source"], at, strict=True), *zip(ties["target"], at, strict=True)}
    present = _presence(study, codes)
    table = []
    for scope in scopes_of(places_of(study)):
        here = set(scope.places)
        for (partner,), one in _grouped(found, scope, ["partner"]):
            n_tied = sum((partner, place) in tied for place in here)
            table.append(
                scope.columns
                | {
                    "institution": partner,
                    "n_gminas": one["place"].nunique(),
                    "n_present": len(present.get(partner, set()) & here),
                    "n_tied": n_tied,
                    "n_scope": len(here),
                    "only_occasional": n_tied == 0,
                    "n_turns": len(one.drop_duplicates(_TURN)),
                }
            )
    return check(pd.DataFrame(table, columns=OCCASIONAL.names), OCCASIONAL)


def called_occasional(study: StudyTables, codings: pd.DataFrame, codes: pd.DataFrame) -> pd.DataFrame:
    """Return which institutions are called occasional partners: session_id, turn, partner, place."""
    turns = said_by(study, codings[codings["code"] == _PARTNER])[[*_TURN, "institution", "place"]]
    found = turns.merge(_named(codings, codes), on=_TURN, how="left")
    others = found["target"].where(found["target"] != found["institution"])
    alone = ~others.notna().groupby([found[name] for name in _TURN]).transform("any")
    partner = others.fillna(found["institution"].where(alone))
    return found.assign(partner=partner)[[*_TURN, "partner", "place"]].dropna().drop_duplicates()


def _named(codings: pd.DataFrame, codes: pd.DataFrame) -> pd.DataFrame:
    """Return which institutions each turn names: session_id, turn, target."""
    institutions = codes.loc[codes["group"] == GROUP, "code"]
    held = codings[codings["code"].isin(institutions) & (codings["status"] == "affirmed")]
    return held[[*_TURN, "code"]].drop_duplicates().rename(columns={"code": "target"})


def _presence(study: StudyTables, codes: pd.DataFrame) -> dict[str, set[int]]:
    """Return the places in which each institution took part."""
    held = participation(study, codes)
    held = held[held["present"]]
    at = place_numbers(held["session_ids"].str.split(";").str[0], places_of(study))
    found: dict[str, set[int]] = {}
    for institution, place in zip(held["institution"], at.tolist(), strict=True):
        found.setdefault(institution, set()).add(place)
    return found


def _grouped(found: pd.DataFrame, scope: Any, names: list[str]) -> Any:
    """Return the rows of a scope by these columns, in their order."""
    return found[found["place"].isin(scope.places)].groupby(names)
