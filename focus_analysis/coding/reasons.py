"""Why the model gives a code, in words: the words that weighed most, and the nearest coded utterance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from focus_analysis.coding.features import Features, Window
from focus_analysis.coding.learned import Learned, Turns, codes_of_turns

if TYPE_CHECKING:
    import pandas as pd
    from scipy.sparse import csr_array

_WORDS = 3
_LONGEST = 70


class Reasons(NamedTuple):
    """The utterances that a model learnt from.

    Parameters
    ----------
    texts : list of str
        What was said.
    rows : csr_array, shape (n_texts, n_features)
        Their features.
    has : array of bool, shape (n_texts, n_codes)
        Which codes they affirm.
    """

    texts: list[str]
    rows: csr_array
    has: np.ndarray

    def nearest(
        self, features: Features, turns: Turns, places: Sequence[tuple[int, int]], windows: np.ndarray
    ) -> list[str]:
        """Return, a coding, the utterance of its code that is most like its window, shortened.

        Parameters
        ----------
        features : Features
            The features of the model.
        turns : Turns
            The turns that were coded.
        places : sequence of (int, int)
            Turn and code of each coding.
        windows : array of int, shape (n_turns, n_codes, 2)
            The window of each turn and code.
        """
        said = features.of_windows(turns.forms, [Window(turn, *windows[turn, code]) for turn, code in places])
        found = [""] * len(places)
        codes = np.array([code for _, code in places], dtype=np.int64)
        for code in np.unique(codes):
            known, asked = np.flatnonzero(self.has[:, code]), np.flatnonzero(codes == code)
            alike = (said[asked] @ self.rows[known].T).toarray()
            itself = [[self.texts[row] == turns.words[places[int(place)][0]].text for row in known] for place in asked]
            for place, row in zip(asked, known[np.where(itself, -1, alike).argmax(axis=1)], strict=True):
                found[place] = shortened(self.texts[row])
        return found


def shortened(text: str) -> str:
    """Return the beginning of a text, whole words of it."""
    if len(text) <= _LONGEST:
        return text
    return text[:_LONGEST].rsplit(" ", 1)[0] + " …"


def weightiest_words(
    learned: Learned, turns: Turns, places: Sequence[tuple[int, int]], windows: np.ndarray
) -> list[list[str]]:
    """Return, a coding, the words of its window that speak most for its code, in the order in which they stand."""
    spoken = sorted({token.form for turn in {turn for turn, _ in places} for token in turns.words[turn].tokens})
    row = {form: number for number, form in enumerate(spoken)}
    mentioned = learned.model.weights[:, len(learned.codes) : 2 * len(learned.codes)]
    weights = learned.features.of_words(spoken) @ mentioned
    found = []
    for turn, code in places:
        first, last = windows[turn, code]
        tokens = turns.words[turn].tokens[first:last]
        heavy = sorted(tokens, key=lambda token: -weights[row[token.form], code])[:_WORDS]
        text = turns.words[turn].text
        chosen = sorted(token for token in heavy if weights[row[token.form], code] > 0)
        found.append(list(dict.fromkeys(text[token.start : token.end] for token in chosen)))
    return found


def reasons_of(learned: Learned, sources: Sequence[tuple[Turns, pd.DataFrame]]) -> Reasons:
    """Return the utterances that a model learnt from, those that affirm any of its codes."""
    texts: list[str] = []
    forms: list[list[str]] = []
    has: list[list[bool]] = []
    for turns, codings in sources:
        given = codes_of_turns(codings)
        for place, words, said in zip(turns.places, turns.words, turns.forms, strict=True):
            affirmed = [given.get(place, {}).get(code) == "affirmed" for code in learned.codes]
            if any(affirmed):
                texts.append(words.text)
                forms.append(said)
                has.append(affirmed)
    return Reasons(texts, learned.features.of_texts(forms), np.array(has))
