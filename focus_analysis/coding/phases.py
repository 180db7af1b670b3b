"""The phase of the talk in which a turn stands: the question of the topic guide that it answers.

People speak of what was asked: what is a complaint early in the talk is a wish at its end.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from focus_analysis.corpus import Corpus

Place = tuple[str, int]
Phases = Mapping[Place, str | None]

_MISSED = 0.5
_SEED = 20181115


def phases_of(corpus: Corpus) -> dict[Place, str | None]:
    """Return the question that each turn of a corpus answers; None where not known."""
    columns = (corpus.turns[name].tolist() for name in ("session_id", "turn", "question"))
    return {
        (session, turn): question if isinstance(question, str) else None
        for session, turn, question in zip(*columns, strict=True)
    }


def questions_of(corpus: Corpus) -> tuple[str, ...]:
    """Return the questions that turns of a corpus answer."""
    return tuple(sorted(corpus.turns["question"].dropna().unique()))


def columns_of(places: Iterable[Place], phases: Phases, questions: Sequence[str]) -> np.ndarray:
    """Return the phases of turns as columns of 0 and 1, shape (n_turns, n_questions); what is not known is 0."""
    known = np.array([phases.get(place) for place in places], dtype=object)
    columns: np.ndarray = (known[:, None] == np.array(questions, dtype=object)).astype(float)
    return columns


def less_known(phases: Phases) -> dict[Place, str | None]:
    """Return the phases as they would be known elsewhere: in half of the sessions none, in the others openings missed.

    What is learnt from these too does not lean on a guide that fits other transcripts less well.
    """
    chance = np.random.default_rng(_SEED)
    sessions = sorted({session for session, _ in phases})
    lost = {session for session, place in zip(sessions, chance.permutation(len(sessions)), strict=True) if place % 2}
    heard = _partly_heard(phases, chance)
    return {place: None if place[0] in lost else heard[place] for place in phases}


def _partly_heard(phases: Phases, chance: np.random.Generator) -> dict[Place, str | None]:
    """Miss every other opening: the question before goes on."""
    openings = sorted({(session, question or "") for (session, _), question in phases.items()})
    missed = {opening for opening in openings if chance.random() < _MISSED}
    heard: dict[str, str | None] = {}
    found: dict[Place, str | None] = {}
    for (session, turn), question in phases.items():
        if (session, question or "") not in missed:
            heard[session] = question
        found[session, turn] = heard.get(session)
    return found
