"""Why the model gives a code, in words: the words that weighed most, and the nearest coded utterance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from focus_analysis.coding.features import Read
from focus_analysis.coding.learned import Learned
from focus_analysis.coding.turns import Coded
from focus_analysis.schemas import STATUSES

if TYPE_CHECKING:
    from scipy.sparse import csr_array

_NOT = -1
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
    given : array of int, shape (n_texts, n_codes)
        How each code stands in them: a number of ``STATUSES``, below 0 where it is not given.
    """

    texts: list[str]
    rows: csr_array
    given: np.ndarray

    def nearest(
        self, said: Read, places: Sequence[tuple[int, int]], statuses: Sequence[str], windows: np.ndarray
    ) -> list[str]:
        """Return, a coding, the utterance of its code that is most like its window, shortened.

        Utterances where the code stands as it does in the coding come first; others are asked where there is none.

        Parameters
        ----------
        said : Read
            The turns that were coded, as the features of the model see them.
        places : sequence of (int, int)
            Turn and code of each coding.
        statuses : sequence of str
            Status of each coding.
        windows : array of int, shape (n_turns, n_codes, 2)
            The window of each turn and code.
        """
        spans = np.array([(turn, *windows[turn, code]) for turn, code in places], dtype=np.intp).reshape(-1, 3)
        unlike, same = np.unique(spans, axis=0, return_inverse=True)
        rows = said.windows(said.stream.edges[unlike[:, :1]] + 1 + unlike[:, 1:])[same]
        found = [""] * len(places)
        kinds = np.array(
            [(code, STATUSES.index(status)) for (_, code), status in zip(places, statuses, strict=True)], dtype=np.intp
        ).reshape(-1, 2)
        numbers = {text: number for number, text in enumerate(dict.fromkeys(self.texts))}
        texts = np.array([numbers[text] for text in self.texts], dtype=np.intp)
        itself = np.array([numbers.get(said.stream.texts[turn], -1) for turn, _ in places], dtype=np.intp)
        for kind in np.unique(kinds, axis=0):
            known, asked = self._known(*kind), np.flatnonzero((kinds == kind).all(axis=1))
            if not len(known):
                continue
            alike = (rows[asked] @ self.rows[known].T).toarray()
            alike[itself[asked, None] == texts[known]] = -1
            for place, row in zip(asked, known[alike.argmax(axis=1)], strict=True):
                found[place] = shortened(self.texts[row])
        return found

    def _known(self, code: int, status: int) -> np.ndarray:
        """Return the utterances that have a code with a status, or with any where none has it so."""
        alike = np.flatnonzero(self.given[:, code] == status)
        return alike if len(alike) else np.flatnonzero(self.given[:, code] != _NOT)


def shortened(text: str) -> str:
    """Return the beginning of a text, whole words of it."""
    if len(text) <= _LONGEST:
        return text
    return text[:_LONGEST].rsplit(" ", 1)[0] + " …"


def weightiest_words(
    learned: Learned, said: Read, places: Sequence[tuple[int, int]], windows: np.ndarray
) -> list[list[str]]:
    """Return, a coding, the words of its window that speak most for its code, in the order in which they stand."""
    stream, n_codes = said.stream, len(learned.codes)
    weights = said.by_word(learned.model.weights[:, n_codes : 2 * n_codes])
    found = []
    for turn, code in places:
        first, last = windows[turn, code] + stream.edges[turn] + 1
        of_words = weights[first:last, code]
        heavy = np.argsort(-of_words, kind="stable")[:_WORDS]
        chosen = first + np.sort(heavy[of_words[heavy] > 0])
        spans = zip(stream.starts[chosen].tolist(), stream.ends[chosen].tolist(), strict=True)
        found.append(list(dict.fromkeys(stream.texts[turn][start:end] for start, end in spans)))
    return found


def reasons_of(learned: Learned, sources: Sequence[Coded], rows: csr_array) -> Reasons:
    """Return the utterances that a model learnt from, those that have any of its codes.

    Parameters
    ----------
    learned : Learned
        The model.
    sources : sequence of Coded
        What it learnt from.
    rows : csr_array, shape (n_texts, n_features)
        Features of all these turns.
    """
    texts = [source.turns.stream.texts[row] for source in sources for row in source.taught.tolist()]
    numbers: dict[str | None, int] = {None: _NOT, **{status: number for number, status in enumerate(STATUSES)}}
    named = [codes for source in sources for codes in source.given()]
    given = np.array([[numbers[codes.get(code)] for code in learned.codes] for codes in named], dtype=np.int8)
    telling = np.flatnonzero((given != _NOT).any(axis=1))
    return Reasons([texts[row] for row in telling], rows[telling], given[telling])
