"""Which words participants use: how many speakers of each session, by base form."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from focus_analysis.coding.matching import split_words
from focus_analysis.coding.quotations import may_be_name
from focus_analysis.corpus import Corpus
from focus_analysis.language.morphology import content_lemmas

if TYPE_CHECKING:
    import pandas as pd


def speaker_words(corpus: Corpus, codings: pd.DataFrame | None = None, code: str | None = None) -> pd.DataFrame:
    """Count the participants of each session who use each word.

    Parameters
    ----------
    corpus : Corpus
        The transcripts.
    codings : DataFrame, schema ``CODINGS``, optional
        With ``code``: only turns in which the code is affirmed.
    code : str, optional
        The code.

    Returns
    -------
    DataFrame, shape (n_sessions, n_words)
        Rows are session ids, columns base forms of nouns, adjectives and verbs in alphabetical order, cells how many
        participants used the word. Names and words unknown to the dictionary are left out.

    Notes
    -----
    A form of several base forms ("mam": mieć, mama) counts for the one that is most often the only reading of a form
    in the corpus; if none ever is, for the first by alphabet.
    """
    import pandas as pd

    turns = corpus.turns[corpus.turns["role"] == "participant"]
    sessions = corpus.sessions["session_id"]
    forms = [_forms(text) for text in turns["text"]]
    chosen = _base_forms(forms)
    kept = [True] * len(turns)
    if code is not None and codings is not None:
        told = codings[(codings["code"] == code) & (codings["status"] == "affirmed")]
        places = set(zip(told["session_id"], told["turn"], strict=True))
        kept = [place in places for place in zip(turns["session_id"], turns["turn"], strict=True)]
    said = {
        (session, speaker, chosen[form])
        for session, speaker, used, keep in zip(turns["session_id"], turns["speaker"], forms, kept, strict=True)
        for form in used
        if keep and form in chosen
    }
    counted = Counter((session, word) for session, _, word in said)
    table = pd.DataFrame(
        [(session, word, n) for (session, word), n in counted.items()], columns=["session_id", "word", "n"]
    )
    wide = table.pivot(index="session_id", columns="word", values="n")
    wide = wide.reindex(index=sessions.to_list()).sort_index(axis=1).fillna(0).astype(int)
    return wide.rename_axis(index=None, columns=None)


def _forms(text: str) -> set[str]:
    """Return the words of a text in lower case, without those that are written as the names that they can be."""
    words = split_words(text)
    opens = [number != before for before, number in zip([-1, *words.sentences], words.sentences, strict=False)]
    return {
        token.form
        for token, first in zip(words.tokens, opens, strict=True)
        if text[token.start].islower() or not may_be_name(text[token.start : token.end], opens=first)
    }


def _base_forms(forms: list[set[str]]) -> dict[str, str]:
    """Return the base form that each form counts for."""
    used = Counter(form for turn in forms for form in turn)
    readings = {form: found for form in used if (found := content_lemmas(form))}
    alone: Counter[str] = Counter()
    for form, found in readings.items():
        if len(found) == 1:
            alone[next(iter(found))] += used[form]
    return {form: min(found, key=lambda lemma: (-alone[lemma], lemma)) for form, found in readings.items()}
