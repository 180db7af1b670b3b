"""Turns as the learned coder reads them, with their codes and what was asked before them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from focus_analysis.coding.arrays import Ints
from focus_analysis.coding.conditions import read_mended
from focus_analysis.coding.phases import Place
from focus_analysis.corpus import Corpus
from focus_analysis.language.stream import Stream
from focus_analysis.schemas import NO_CODE, STATUSES, turns_read

if TYPE_CHECKING:
    import pandas as pd

_WORDS_AT_ONCE = 100_000


class Turns(NamedTuple):
    """Turns as the coder reads them: their places, roles and words."""

    places: list[Place]
    roles: list[str]
    stream: Stream

    def of(self, rows: Ints) -> Turns:
        """Return some of the turns, in this order."""
        kept = rows.tolist()
        return Turns([self.places[row] for row in kept], [self.roles[row] for row in kept], self.stream.of_texts(rows))

    def rows_of(self, places: pd.DataFrame) -> Ints:
        """Return where the turns stand that a table with session_id and turn names."""
        named = set(zip(places["session_id"].tolist(), places["turn"].tolist(), strict=True))
        return np.array([row for row, place in enumerate(self.places) if place in named], dtype=np.intp)

    def parts(self) -> Iterator[Turns]:
        """Yield the turns in parts of whole sessions, each of some 100,000 words unless one session has more."""
        begin = 0
        for end in self._ends():
            is_last = end == len(self.places)
            if is_last or self.stream.edges[end] - self.stream.edges[begin] >= _WORDS_AT_ONCE:
                yield self.of(np.arange(begin, end))
                begin = end

    def _ends(self) -> list[int]:
        """Return the rows before which every session that has begun has ended."""
        last = {session: row for row, (session, _) in enumerate(self.places)}
        farthest = accumulate((last[session] for session, _ in self.places), max)
        return [row + 1 for row, end in enumerate(farthest) if end == row]

    def asked(self, scores: np.ndarray) -> np.ndarray:
        """Return the scores of the moderator's turn before each turn: people speak of what they were asked.

        Parameters
        ----------
        scores : array, shape (n_turns, n_codes)
            How much each turn speaks of each code.

        Returns
        -------
        array, shape (n_turns, n_codes)
            0 where no moderator has spoken yet.
        """
        before = np.full(len(self.places), -1, dtype=np.intp)
        latest: dict[str, int] = {}
        for row, ((session, _), role) in enumerate(zip(self.places, self.roles, strict=True)):
            before[row] = latest.get(session, -1)
            if role == "moderator":
                latest[session] = row
        return np.vstack([scores, np.zeros((1, scores.shape[1]))])[before]


class Coded(NamedTuple):
    """Turns and the codes that they were given.

    Parameters
    ----------
    turns : Turns
        All turns of the sessions that have codes.
    codes : dict of (session_id, turn) to dict of code to status
        The codes of each turn that has any.
    taught : array of int
        Rows of the turns that teach: those of participants that were read for codes.
    """

    turns: Turns
    codes: dict[Place, dict[str, str]]
    taught: Ints

    @classmethod
    def of(cls, corpus: Corpus, codings: pd.DataFrame, forms: Callable[[], frozenset[str]] = frozenset) -> Coded:
        """Return the turns of a corpus with the codes of a table of schema ``CODINGS``; forms as for ``read_turns``."""
        sessions = corpus.sessions["session_id"]
        turns = read_turns(corpus.where(session_id=sessions[sessions.isin(codings["session_id"])].tolist()), forms)
        read = turns.rows_of(turns_read(codings, corpus.turns)).tolist()
        taught = [row for row in read if turns.roles[row] != "moderator"]
        return cls(turns, codes_of_turns(codings), np.array(taught, dtype=np.intp))

    @property
    def lessons(self) -> Turns:
        """The turns that teach."""
        return self.turns.of(self.taught)

    @property
    def sessions(self) -> np.ndarray:
        """The session of each turn that teaches."""
        return np.array([self.turns.places[row][0] for row in self.taught.tolist()])

    def given(self) -> Iterator[dict[str, str]]:
        """Yield the codes of each turn that teaches, with their statuses."""
        return (self.codes.get(self.turns.places[row], {}) for row in self.taught.tolist())


def read_turns(corpus: Corpus, forms: Callable[[], frozenset[str]] = frozenset) -> Turns:
    """Return the turns of a corpus as the coder reads them.

    Parameters
    ----------
    corpus : Corpus
        The transcripts; words of one in poor condition are mended.
    forms : callable
        Tells the forms of words that are looked for, which mending prefers.
    """
    sessions, numbers, roles = (corpus.turns[name].tolist() for name in ("session_id", "turn", "role"))
    return Turns(list(zip(sessions, numbers, strict=True)), roles, read_mended(corpus, forms))


def codes_of_turns(codings: pd.DataFrame) -> dict[Place, dict[str, str]]:
    """Return the codes of each turn with their statuses; affirmed beats denied beats hypothetical.

    A turn that was read and given no code (``none``) has none.
    """
    found: dict[Place, dict[str, str]] = {}
    columns = (codings[name].tolist() for name in ("session_id", "turn", "code", "status"))
    for session_id, turn, code, status in zip(*columns, strict=True):
        said = found.setdefault((session_id, turn), {})
        if code != NO_CODE:
            said[code] = min(said.get(code, status), status, key=STATUSES.index)
    return found
