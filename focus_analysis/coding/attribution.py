"""Whose words a quotation gives: the kind of institution and a place, never so small a place that it names a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from focus_analysis.errors import ArgumentError

if TYPE_CHECKING:
    import pandas as pd

    from focus_analysis.corpus import Corpus

SCOPES = ("region", "powiat", "gmina")
FEWEST_PEOPLE = 3


def check_scope(scope: str) -> str:
    """Return ``scope`` if it is one of ``SCOPES``.

    Raises
    ------
    ArgumentError
        It is not.
    """
    if scope not in SCOPES:
        raise ArgumentError(f"attribution must be one of {', '.join(SCOPES)}; not {scope!r}")
    return scope


def attributed(quotations: pd.DataFrame, corpus: Corpus, finest: str = "region") -> pd.DataFrame:
    """Say of each quotation how finely its place may be named.

    Parameters
    ----------
    quotations : DataFrame
        With session_id and institution.
    corpus : Corpus
        The transcripts, whose rosters tell how many people of a kind of institution came from where.
    finest : {"region", "powiat", "gmina"}
        The finest place that is asked for.

    Returns
    -------
    DataFrame
        The quotations with ``scope``: the finest of region, powiat and gmina, not finer than asked for, where at least
        ``FEWEST_PEOPLE`` participants of the institution's kind came from that place; region where no finer one is
        known or allowed.

    Raises
    ------
    ArgumentError
        ``finest`` is unknown.
    """
    import numpy as np

    wanted = SCOPES[1 : SCOPES.index(check_scope(finest)) + 1]
    people = corpus.speakers[corpus.speakers["role"] == "participant"]
    people = people[people["in_roster"] | (people["n_turns"] > 0)]
    places = _places(corpus)
    present = people.merge(places, on="session_id")
    said = quotations[["session_id", "institution"]].merge(places, on="session_id", how="left")
    scope = np.full(len(quotations), SCOPES[0], dtype=object)
    for name in wanted:
        counts = present.groupby(["institution", name]).size()
        keys = zip(said["institution"], said[name], strict=True)
        scope[[counts.get(key, 0) >= FEWEST_PEOPLE for key in keys]] = name
    return quotations.assign(scope=scope.astype(str))


def _places(corpus: Corpus) -> pd.DataFrame:
    """Return the keys of each session's places: six digits of TERYT for the gmina, four for the powiat."""
    teryt = corpus.sessions["teryt"]
    return corpus.sessions[["session_id"]].assign(gmina=teryt.str[:6], powiat=teryt.str[:4])
