"""Words and two-word phrases of a corpus by dictionary form, each use with its place and whether its turn is coded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from focus_analysis.coding.matching import Words, split_words
from focus_analysis.corpus import Corpus
from focus_analysis.language.morphology import inflected_forms, lemmas
from focus_analysis.schemas import rows

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ["term", "n_words", "session_id", "turn", "speaker", "start", "end", "coded", "marked"]


def term_uses(corpus: Corpus, codings: pd.DataFrame, code: str) -> pd.DataFrame:
    """Return every use of every word and two-word phrase by anyone but a moderator.

    Parameters
    ----------
    corpus : Corpus
        The transcripts.
    codings : DataFrame, schema ``CODINGS``
        Codings, of whatever status.
    code : str
        Whose codings tell coded turns from the rest.

    Returns
    -------
    DataFrame, shape (n_uses, 9)
        term (dictionary forms, as a pattern is written), n_words (1 or 2), session_id, turn, speaker, start and end
        (characters in the turn's text), coded (whether the turn has the code), marked (whether the use lies within a
        coding of it).

    Notes
    -----
    A form of several dictionary words counts for the one that does not inflect ("nie"), else for the one whose forms
    more speakers use in this corpus. Punctuation parts phrases.
    """
    import pandas as pd

    spans: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for coding in rows(codings[codings["code"] == code]):
        spans.setdefault((coding.session_id, coding.turn), []).append((coding.start, coding.end))
    turns = [(turn, split_words(turn.text)) for turn in rows(corpus.turns) if turn.role != "moderator"]
    lemma = _dictionary_forms(turns)
    uses = (
        (term, n, turn.session_id, turn.turn, turn.speaker, start, end, bool(coded), _within(start, end, coded))
        for turn, words in turns
        for coded in [spans.get((turn.session_id, turn.turn), [])]
        for term, n, start, end in _terms(words, lemma)
    )
    return pd.DataFrame(uses, columns=COLUMNS)


def _terms(words: Words, lemma: dict[str, str]) -> Iterator[tuple[str, int, int, int]]:
    for token in words.tokens:
        yield lemma[token.form], 1, token.start, token.end
    for (one, other), parted in zip(pairwise(words.tokens), words.breaks[1:], strict=False):
        if not parted:
            yield f"{lemma[one.form]} {lemma[other.form]}", 2, one.start, other.end


def _within(start: int, end: int, spans: list[tuple[int, int]]) -> bool:
    return any(first <= start and end <= last for first, last in spans)


def _dictionary_forms(turns: list[tuple[Any, Words]]) -> dict[str, str]:
    """Return one dictionary form for each form of the turns."""
    used = {(turn.session_id, turn.speaker, token.form) for turn, words in turns for token in words.tokens}
    speakers = Counter(form for _, _, form in used)
    weights: Counter[str] = Counter()
    for form, n in speakers.items():
        for lemma in lemmas(form):
            weights[lemma] += n
    return {
        form: min(lemmas(form), key=lambda lemma: (inflected_forms(lemma) != {form}, -weights[lemma], lemma))
        for form in speakers
    }
