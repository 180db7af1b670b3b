"""Concordances: a word or phrase in any form, in its context."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from focus_analysis.coding.matching import Matcher, split_words
from focus_analysis.corpus import Corpus
from focus_analysis.errors import ArgumentError
from focus_analysis.patterns import parse_pattern
from focus_analysis.schemas import rows

if TYPE_CHECKING:
    import pandas as pd


def kwic(corpus: Corpus, pattern: str, window: int = 8) -> pd.DataFrame:
    """Return every place where a pattern stands, with the words around it.

    Parameters
    ----------
    corpus : Corpus
        The transcripts.
    pattern : str
        As in a codebook: ``"samotny"`` finds every form of it.
    window : int
        Words shown on each side.

    Returns
    -------
    DataFrame, shape (n_matches, 8)
        session_id, turn, speaker, role, left, match, right, start (offset in the turn's text).

    Raises
    ------
    ArgumentError
        The pattern cannot be understood.
    """
    import pandas as pd

    try:
        matcher = Matcher([parse_pattern(pattern)])
    except ValueError as error:
        raise ArgumentError(str(error)) from None
    found: list[dict[str, Any]] = []
    for turn in rows(corpus.turns):
        words = split_words(turn.text)
        for match in matcher.find(words):
            start, end = words.tokens[match.first].start, words.tokens[match.last - 1].end
            left = words.tokens[max(0, match.first - window)].start
            right = words.tokens[min(len(words.tokens), match.last + window) - 1].end
            found.append(
                {
                    "session_id": turn.session_id,
                    "turn": turn.turn,
                    "speaker": turn.speaker,
                    "role": turn.role,
                    "left": words.text[left:start],
                    "match": words.text[start:end],
                    "right": words.text[end:right],
                    "start": start,
                }
            )
    return pd.DataFrame(found, columns=["session_id", "turn", "speaker", "role", "left", "match", "right", "start"])
