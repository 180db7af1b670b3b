"""What stands between institutions: kinds of barriers in the turns that speak of one.

A turn speaks of a barrier where cooperation_barrier is coded in it, or the exchange of information is denied. Its kinds
are those of the cues of ``resources/barriers.csv`` in the sentences that were coded and in the one before and after;
in the whole turn where it was coded as a whole. What no cue tells is ``other``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from focus_analysis.coding.cue_lists import find_listed
from focus_analysis.language.tokens import SENTENCE_END
from focus_analysis.schemas import CODINGS, check, rows
from focus_analysis.schemas_networks import BARRIERS, OTHER_BARRIER

if TYPE_CHECKING:
    import pandas as pd

    from focus_analysis.corpus import Corpus

_SPOKEN_OF = {("cooperation_barrier", "affirmed"), ("information_exchange", "denied")}


def find_barriers(corpus: Corpus, codings: pd.DataFrame) -> pd.DataFrame:
    """Find what participants say stands between institutions.

    Parameters
    ----------
    corpus : Corpus
        The transcripts.
    codings : DataFrame, schema ``CODINGS``
        cooperation_barrier, and information_exchange where it is denied.

    Returns
    -------
    DataFrame, schema ``BARRIERS``
        One row a turn and kind, with the words that tell it. The rules stand at the head of this module, their cues
        in ``resources/barriers.csv``.
    """
    import pandas as pd

    coded: dict[tuple[str, int], list[Any]] = defaultdict(list)
    for coding in rows(check(codings, CODINGS)):
        if (coding.code, coding.status) in _SPOKEN_OF:
            coded[coding.session_id, coding.turn].append(coding)
    cues: dict[tuple[str, int], list[Any]] = defaultdict(list)
    for cue in rows(find_listed(corpus, "barriers.csv")):
        if cue.status != "denied":
            cues[cue.session_id, cue.turn].append(cue)
    found = [
        row
        for turn in rows(corpus.turns)
        for key in [(turn.session_id, turn.turn)]
        if turn.role == "participant" and key in coded
        for row in _of_turn(turn, coded[key], cues[key])
    ]
    return check(pd.DataFrame(found, columns=BARRIERS.names), BARRIERS)


def _of_turn(turn: Any, coded: list[Any], cues: list[Any]) -> Iterator[dict[str, Any]]:
    """Yield the kinds that a turn tells, each by its first words, or the one without a cue."""
    near = [cue for cue in cues if any(_beside(cue, coding, turn.text) for coding in coded)]
    first = {cue.code: cue for cue in reversed(near)}
    for kind, cue in first.items() or [(OTHER_BARRIER, coded[0])]:
        yield {
            "session_id": turn.session_id,
            "turn": turn.turn,
            "kind": kind,
            "start": cue.start,
            "end": cue.end,
            "evidence": cue.evidence,
            "coder_kind": "rule",
        }


def _beside(cue: Any, coding: Any, text: str) -> bool:
    """Return whether a cue stands in the sentences of a coding, or in the one before or after."""
    low, high = sorted([(cue.start, cue.end), (coding.start, coding.end)])
    return len(SENTENCE_END.findall(text[low[1] : high[0]])) <= 1
