"""What is said of pairs of institutions, and who is drawn in only now and then.

Pairs rest on the turn: the speaker's institution, and those that the same turn names, where it speaks of a barrier or
of information.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from focus_analysis.analysis.participation import GROUP, participation, said_by
from focus_analysis.analysis.scopes import distinct, grouped, place_numbers, places_of, scopes_of
from focus_analysis.schemas import CODES, CODINGS, StudyTables, check, rows
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


def institution_pairs(study: StudyTables, codings: pd.DataFrame, codes: pd.DataFrame) -> pd.DataFrame:
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
    named = named_in_turns(codings, codes)
    told = []
    for about, code, status in _ABOUT:
        turns = said_by(study, codings[codings["code"] == code], status)[[*_TURN, "institution", "place"]]
        told.append(turns.merge(named, on=_TURN).assign(about=about))
    found = pd.concat(told, ignore_index=True).dropna(subset=["institution"])
    found = found[found["institution"] != found["target"]].rename(columns={"institution": "source"})
    present, places = presence(study, codes), places_of(study)
    said = rows(found)
    table = [
        scope.columns
        | {"source": source, "target": target, "about": about}
        | {
            "n_gminas": distinct(one, "place"),
            "n_opportunities": len(present.get(source, set()) & set(scope.places)),
            "n_scope": len(scope.places),
            "n_turns": len(one),
        }
        for scope in scopes_of(places)
        for (source, target, about), one in sorted(grouped(said, scope, "source", "target", "about").items())
    ]
    return check(pd.DataFrame(table, columns=PAIRS.names), PAIRS)


def occasional_partners(
    study: StudyTables, codings: pd.DataFrame, codes: pd.DataFrame, relations: pd.DataFrame
) -> pd.DataFrame:
    """Return who is called a partner drawn in only now and then, or not at all.

    Parameters
    ----------
    study, codings, codes
        As for ``institution_pairs``; the code is occasional_partner.
    relations : DataFrame, schema ``RELATIONS``
        Says with whom anybody cooperates.

    Returns
    -------
    DataFrame, schema ``OCCASIONAL``
        Institutions that such a turn names, in the words that were coded or closest to them, and the speaker's own
        where it names no other ("us too they remember in June").
    """
    import pandas as pd

    codings, codes = check(codings, CODINGS), check(codes, CODES)
    found, places = rows(called_occasional(study, codings, codes)), places_of(study)
    ties = check(relations, RELATIONS)
    ties = ties[(ties["relation"] == "cooperates") & ties["source"].notna()]
    at = place_numbers(ties["session_id"], places)
    tied = {*zip(ties["source"], at, strict=True), *zip(ties["target"], at, strict=True)}
    present = presence(study, codes)
    table = []
    for scope in scopes_of(places):
        here = set(scope.places)
        for (partner,), one in sorted(grouped(found, scope, "partner").items()):
            n_tied = sum((partner, place) in tied for place in here)
            table.append(
                scope.columns
                | {
                    "institution": partner,
                    "n_gminas": distinct(one, "place"),
                    "n_present": len(present.get(partner, set()) & here),
                    "n_tied": n_tied,
                    "n_scope": len(here),
                    "only_occasional": n_tied == 0,
                    "n_turns": distinct(one, *_TURN),
                }
            )
    return check(pd.DataFrame(table, columns=OCCASIONAL.names), OCCASIONAL)


def called_occasional(study: StudyTables, codings: pd.DataFrame, codes: pd.DataFrame) -> pd.DataFrame:
    """Return which institutions are called occasional partners: session_id, turn, partner, place.

    Of the institutions that a turn names, those in the words that were coded, or else the one closest to them.
    """
    import pandas as pd

    called = codings[(codings["code"] == _PARTNER) & (codings["status"] == "affirmed")]
    turns = said_by(study, called)[[*_TURN, "institution", "place"]]
    named = _mentions(codings, codes).merge(called[[*_TURN, "start", "end"]], on=_TURN, suffixes=("_named", ""))
    apart = (named["start_named"] - named["end"]).clip(lower=0) + (named["start"] - named["end_named"]).clip(lower=0)
    named = named.merge(turns, on=_TURN)
    named = named.assign(apart=apart)[named["code"] != named["institution"]]
    closest = named["apart"] == named.groupby([*_TURN, "start", "end"])["apart"].transform("min")
    others = named.loc[closest, [*_TURN, "code", "place"]].rename(columns={"code": "partner"})
    keys = set(zip(others["session_id"], others["turn"], strict=True))
    alone = [key not in keys for key in zip(turns["session_id"], turns["turn"], strict=True)]
    own = turns[alone].rename(columns={"institution": "partner"})
    return pd.concat([others, own], ignore_index=True).dropna().drop_duplicates()


def named_in_turns(codings: pd.DataFrame, codes: pd.DataFrame) -> pd.DataFrame:
    """Return which institutions each turn names: session_id, turn, target."""
    named = _mentions(codings, codes)[[*_TURN, "code"]]
    return named.drop_duplicates().rename(columns={"code": "target"})


def _mentions(codings: pd.DataFrame, codes: pd.DataFrame) -> pd.DataFrame:
    """Return where institutions are named: session_id, turn, code, start, end."""
    institutions = codes.loc[codes["group"] == GROUP, "code"]
    held = codings[codings["code"].isin(institutions) & (codings["status"] == "affirmed")]
    return held[[*_TURN, "code", "start", "end"]]


def presence(study: StudyTables, codes: pd.DataFrame) -> dict[str, set[int]]:
    """Return the places in which each institution took part."""
    held = participation(study, codes)
    held = held[held["present"]]
    at = place_numbers(held["session_ids"].str.split(";").str[0], places_of(study))
    found: dict[str, set[int]] = {}
    for institution, place in zip(held["institution"], at.tolist(), strict=True):
        found.setdefault(institution, set()).add(place)
    return found
