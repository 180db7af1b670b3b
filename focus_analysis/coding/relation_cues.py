"""The cues of relations between institutions: ``resources/relations.csv``, found as the codes of a codebook are.

A row holds a relation, a scope, a cue (a pattern as in a codebook) and a comment with an example. The scope says where
a cue counts:

(empty)   anywhere
asked     where the talk is of cooperation: under that question of the topic guide or of a moderator, or, without a
          guide, in a turn with a cooperation code
who       in a moderator's question; the institutions that answer it stand in the relation ("kogo brakuje?")
topic     in a moderator's question: what answers it is talk of cooperation
with      for an institution with whom something is done, in the same clause ("robimy z gminą")
to        for an institution to whom something is told, in the same clause ("zgłosiłam dzielnicowemu")
carried   for the institution of the sentence before, where its own names none ("Piszę do sądu. Cisza.")
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from focus_analysis.coding.cue_lists import find_listed
from focus_analysis.schemas import rows

if TYPE_CHECKING:
    import pandas as pd

    from focus_analysis.corpus import Corpus

_ANYWHERE = "anywhere"
_OF_QUESTIONS = ("who", "topic")
# What a cue or a cooperation code comes to by its status; what is not here says nothing of a relation.
_BY_STATUS = {
    "cooperates": {"affirmed": "cooperates", "denied": "lacks", "hypothetical": "wish"},
    "lacks": {"affirmed": "lacks", "hypothetical": "wish"},
    "conflict": {"affirmed": "conflict"},
    "wish": {"affirmed": "wish", "hypothetical": "wish"},
    "cooperation_good": {"affirmed": "cooperates", "denied": "lacks", "hypothetical": "wish"},
    "cooperation_barrier": {"affirmed": "conflict"},
    "information_exchange": {"affirmed": "cooperates", "denied": "lacks", "hypothetical": "wish"},
    "occasional_partner": {"affirmed": "lacks", "hypothetical": "wish"},
}


class Cue(NamedTuple):
    """Words that tell a relation, in a turn.

    Parameters
    ----------
    relation : str
        One of ``RELATION_KINDS``.
    scope : str
        Where the cue counts: anywhere or one of those above; of a coding of cooperation anywhere, or asked where a
        model alone may have made it.
    start, end : int
        Characters in the turn's text.
    evidence : str
        Pattern and words, as the coder tells them.
    """

    relation: str
    scope: str
    start: int
    end: int
    evidence: str


Cues = dict[tuple[str, int], list[Cue]]


def find_cues(corpus: Corpus) -> Cues:
    """Return the cues of the list in every turn, by session and number of the turn."""
    cues: Cues = defaultdict(list)
    for hit in rows(find_listed(corpus, "relations.csv")):
        relation, _, scope = hit.code.partition("_")
        status = "affirmed" if scope in _OF_QUESTIONS else hit.status
        _add(cues, hit, relation, status, scope or _ANYWHERE)
    return cues


def coded_cues(codings: pd.DataFrame) -> Cues:
    """Return the codings of cooperation as cues, by session and number of the turn."""
    cues: Cues = defaultdict(list)
    for coding in rows(codings[codings["code"].isin(_BY_STATUS)]):
        _add(cues, coding, coding.code, coding.status, "asked" if coding.coder_kind == "model" else _ANYWHERE)
    return cues


def _add(cues: Cues, hit: object, name: str, status: str, scope: str) -> None:
    relation = _BY_STATUS[name].get(status)
    if relation is not None:
        cue = Cue(relation, scope, hit.start, hit.end, hit.evidence or name)  # type: ignore[attr-defined]
        cues[hit.session_id, hit.turn].append(cue)  # type: ignore[attr-defined]
