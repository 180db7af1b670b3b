"""What is spoken of around a turn: people stay with a subject, and name it once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

_REACH = 4


class Around(NamedTuple):
    """Scores around turns, each of shape (n_turns, n_codes); 0 where nobody speaks."""

    before: np.ndarray
    after: np.ndarray


def around(scores: np.ndarray, sessions: Sequence[str], heard: np.ndarray) -> Around:
    """Return the mean scores of the four turns before and after each turn, the nearest counting most.

    Parameters
    ----------
    scores : array, shape (n_turns, n_codes)
        Scores of turns, in the order of the talk.
    sessions : sequence of str, length n_turns
        Session of each turn; nothing is heard from one to the next.
    heard : array of bool, shape (n_turns,)
        Turns that count for the others: those of participants.
    """
    talk = np.unique(np.asarray(sessions, dtype=str), return_inverse=True)[1]
    rows, up_to = np.flatnonzero(heard), np.cumsum(heard)
    return Around(_side(scores, talk, rows, up_to - heard, -1), _side(scores, talk, rows, up_to - 1, 1))


def _side(scores: np.ndarray, talk: np.ndarray, rows: np.ndarray, origins: np.ndarray, way: int) -> np.ndarray:
    """Return the mean of one side; ``origins`` say from which of the rows each turn counts its steps."""
    total, weights = np.zeros(scores.shape), np.zeros((len(scores), 1))
    for step in range(1, _REACH + 1):
        places = origins + way * step
        is_there = (places >= 0) & (places < len(rows))
        turns = np.flatnonzero(is_there)
        others = rows[places[turns]]
        same = talk[others] == talk[turns]
        weight = _REACH + 1 - step
        total[turns[same]] += weight * scores[others[same]]
        weights[turns[same]] += weight
    return total / np.maximum(weights, 1)
