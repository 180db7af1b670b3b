"""Which words may stand in a report: quotations chosen by rule, none with a name in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from focus_analysis.corpus import Corpus
from focus_analysis.language.morphology import is_proper_name
from focus_analysis.language.tokens import tokens

if TYPE_CHECKING:
    import pandas as pd

_SHORTEST, _LONGEST, _BEST = 8, 60, 25
_PER_GMINA = 2
COLUMNS = ["code", "session_id", "turn", "speaker", "institution", "voivodeship", "text"]


def choose_quotations(corpus: Corpus, codings: pd.DataFrame, per_code: int = 2) -> pd.DataFrame:
    """Choose quotations for every code.

    Parameters
    ----------
    corpus : Corpus
        The transcripts.
    codings : DataFrame, schema ``CODINGS``
        Only what participants affirm is quoted.
    per_code : int
        How many for a code.

    Returns
    -------
    DataFrame, shape (n_quotations, 7)
        code, session_id, turn, speaker, institution, voivodeship, text (the whole turn).

    Notes
    -----
    Eligible is a turn of 8 to 60 words in which the dictionary knows no first name, surname or place name. A region is
    not quoted twice before every region has been quoted once, a speaker once and a gmina twice at most for a code. The
    choice is the same in every run: turns nearest to 25 words first, then by session and turn.
    """
    turns = corpus.turns[["session_id", "turn", "speaker", "role", "text", "n_words"]]
    turns = turns[(turns["role"] == "participant") & turns["n_words"].between(_SHORTEST, _LONGEST)]
    affirmed = codings.loc[codings["status"] == "affirmed", ["session_id", "turn", "code"]].drop_duplicates()
    said = affirmed.merge(turns, on=["session_id", "turn"])
    said = said.merge(corpus.speakers[["session_id", "speaker", "institution"]], on=["session_id", "speaker"])
    said = said.merge(corpus.sessions[["session_id", "voivodeship", "teryt"]], on="session_id")
    said["far"] = (said["n_words"] - _BEST).abs()
    said = said.sort_values(["code", "far", "session_id", "turn"], kind="stable")
    said = said.drop_duplicates(["code", "session_id", "speaker"])
    said["gmina"] = said["teryt"].str[:6].fillna(said["session_id"])
    clear = said[~said["text"].map(names_somebody)].copy() if len(said) else said
    clear = clear[clear.groupby(["code", "gmina"]).cumcount() < _PER_GMINA]
    clear["turn_of_region"] = clear.groupby(["code", "voivodeship"], dropna=False).cumcount()
    clear = clear.sort_values(["code", "turn_of_region", "far", "session_id", "turn"], kind="stable")
    return clear.groupby("code", sort=False).head(per_code)[COLUMNS].reset_index(drop=True)


def names_somebody(text: str) -> bool:
    """Return whether a word of the text may be a first name, a surname or the name of a place.

    Examples
    --------
    >>> names_somebody("Pani Zofia mieszka sama."), names_somebody("Nikt tam nie zajrzy.")
    (True, False)
    """
    words = [text[token.start : token.end] for token in tokens(text)]
    return any(word[0].isupper() and not word.isupper() and is_proper_name(word) for word in words)
