"""Transcripts in poor condition: their words are mended before anything is looked for in them."""

from __future__ import annotations

from collections.abc import Sequence

from focus_analysis.language.condition import CLEAN, condition_of
from focus_analysis.language.repair import Mender
from focus_analysis.language.tokens import Token


def mended_words(sessions: Sequence[str], texts: Sequence[str], forms: frozenset[str]) -> dict[int, list[Token]]:
    """Return the mended words of the texts of transcripts in poor condition, by the number of the text.

    Parameters
    ----------
    sessions, texts : sequence of str
        Turns: session and what was said.
    forms : frozenset of str
        Forms of words that are looked for.
    """
    of_session: dict[str, list[int]] = {}
    for number, session in enumerate(sessions):
        of_session.setdefault(session, []).append(number)
    mended: dict[int, list[Token]] = {}
    for numbers in of_session.values():
        condition = condition_of(texts[number] for number in numbers)
        if condition != CLEAN:
            mender = Mender(condition, forms)
            mended.update((number, mender(texts[number])) for number in numbers)
    return mended
