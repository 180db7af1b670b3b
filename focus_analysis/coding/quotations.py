"""Which words may stand in a report: quotations chosen by rule, none with a name in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from focus_analysis.coding.matching import split_words
from focus_analysis.corpus import Corpus
from focus_analysis.language.acronyms import is_acronym
from focus_analysis.language.morphology import is_common_word, name_marks

if TYPE_CHECKING:
    import pandas as pd

_SHORTEST, _LONGEST, _BEST = 8, 60, 25
_PER_GMINA = 2
_SEVERAL = 2
_SHORTEST_SHOUTED = 5
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
    choice is the same in every run: turns with two hits of the code or more first, then those nearest to 25 words, then
    by session and turn.
    """
    turns = corpus.turns[["session_id", "turn", "speaker", "role", "text", "n_words"]]
    turns = turns[(turns["role"] == "participant") & turns["n_words"].between(_SHORTEST, _LONGEST)]
    affirmed = codings[codings["status"] == "affirmed"].groupby(["session_id", "turn", "code"], as_index=False).size()
    said = affirmed.merge(turns, on=["session_id", "turn"])
    said = said.merge(corpus.speakers[["session_id", "speaker", "institution"]], on=["session_id", "speaker"])
    said = said.merge(corpus.sessions[["session_id", "voivodeship", "teryt"]], on="session_id")
    said["single"] = said["size"] < _SEVERAL
    said["far"] = (said["n_words"] - _BEST).abs()
    said = said.sort_values(["code", "single", "far", "session_id", "turn"], kind="stable")
    said["gmina"] = said["teryt"].str[:6].fillna(said["session_id"])
    clear = said[~said["text"].map(names_somebody).astype(bool)]
    clear = clear.drop_duplicates(["code", "session_id", "speaker"]).copy()
    clear = clear[clear.groupby(["code", "gmina"]).cumcount() < _PER_GMINA]
    clear["turn_of_region"] = clear.groupby(["code", "voivodeship"], dropna=False).cumcount()
    clear = clear.sort_values(["code", "turn_of_region", "single", "far", "session_id", "turn"], kind="stable")
    return clear.groupby("code", sort=False).head(per_code)[COLUMNS].reset_index(drop=True)


def names_somebody(text: str) -> bool:
    """Return whether a word of the text may be a first name, a surname or the name of a place; in doubt it may.

    Examples
    --------
    >>> names_somebody("Pani Zofia mieszka sama."), names_somebody("Nikt tam nie zajrzy.")
    (True, False)
    """
    words = split_words(text)
    previous = -1
    for token, sentence in zip(words.tokens, words.sentences, strict=True):
        word = words.text[token.start : token.end]
        if word[0].isupper() and may_be_name(word, opens=sentence != previous):
            return True
        previous = sentence
    return False


def may_be_name(word: str, *, opens: bool) -> bool:
    """Weigh a capitalised word; one that opens a sentence is a name only if it is a first name, or nothing else."""
    if is_acronym(word.partition("-")[0]):
        return len(word) >= _SHORTEST_SHOUTED and bool(name_marks(word.capitalize()) - {"ign"})
    marks = name_marks(word)
    if opens and is_common_word(word):
        return "imię" in marks
    return bool(marks)
