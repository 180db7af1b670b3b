"""Where in the talk a turn stands: its part of the meeting, and the question of the topic guide that it answers.

People speak of what was asked: what is a complaint early in the talk is a wish at its end.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from focus_analysis.corpus import Corpus
from focus_analysis.schemas import rows

Place = tuple[str, int]

N_PARTS = 5
_FEWEST_TURNS = 10
_MISSED = 0.3
_SEED = 20181115


class Phase(NamedTuple):
    """Where a turn stands: its fifth of the talk, 0 to 4, and its question; None where not known."""

    part: int | None
    question: str | None


NOWHERE = Phase(None, None)


def phases_of(corpus: Corpus) -> dict[Place, Phase]:
    """Return where each turn of a corpus stands; in a talk of fewer than 10 turns, no part is known."""
    n_turns = corpus.turns.groupby("session_id")["turn"].max().to_dict()
    return {
        (turn.session_id, turn.turn): Phase(
            _part(turn.turn, n_turns[turn.session_id]), turn.question if isinstance(turn.question, str) else None
        )
        for turn in rows(corpus.turns)
    }


def questions_of(corpus: Corpus) -> tuple[str, ...]:
    """Return the questions that turns of a corpus answer."""
    return tuple(sorted(corpus.turns["question"].dropna().unique()))


def _part(turn: int, n_turns: int) -> int | None:
    return None if n_turns < _FEWEST_TURNS else min((turn - 1) * N_PARTS // n_turns, N_PARTS - 1)


def columns_of(places: Iterable[Place], phases: dict[Place, Phase], questions: Sequence[str]) -> np.ndarray:
    """Return the phases of turns as columns of 0 and 1, shape (n_turns, 5 + n_questions); what is not known is 0."""
    known = [phases.get(place, NOWHERE) for place in places]
    columns = np.zeros((len(known), N_PARTS + len(questions)))
    for row, phase in enumerate(known):
        if phase.part is not None:
            columns[row, phase.part] = 1
        if phase.question in questions:
            columns[row, N_PARTS + questions.index(phase.question)] = 1
    return columns


def less_known(phases: dict[Place, Phase]) -> dict[Place, Phase]:
    """Return the phases as they would be known elsewhere: of a session nothing, no question, or some openings unheard.

    What is learnt from these too does not lean on a guide that fits other transcripts less well.
    """
    chance = np.random.default_rng(_SEED)
    sessions = sorted({session for session, _ in phases})
    lost = dict(zip(sessions, chance.permutation(len(sessions)) % 3, strict=True))
    parts = {place: Phase(phase.part, None) for place, phase in phases.items()}
    ways = (dict.fromkeys(phases, NOWHERE), parts, _unheard(phases, chance))
    return {place: ways[lost[place[0]]][place] for place in phases}


def _unheard(phases: dict[Place, Phase], chance: np.random.Generator) -> dict[Place, Phase]:
    """Miss three openings in ten: the question before goes on."""
    openings = sorted({(session, phase.question or "") for (session, _), phase in phases.items()})
    missed = {opening for opening in openings if chance.random() < _MISSED}
    found: dict[Place, Phase] = {}
    heard: dict[str, str | None] = {}
    for (session, turn), phase in phases.items():
        if (session, phase.question or "") not in missed:
            heard[session] = phase.question
        found[session, turn] = Phase(phase.part, heard.get(session))
    return found
