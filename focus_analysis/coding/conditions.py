"""Transcripts in poor condition: their words are mended before anything is looked for in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from focus_analysis.language.condition import CLEAN, conditions_of
from focus_analysis.language.repair import Mender
from focus_analysis.language.stream import Stream, read_stream


def read_mended(sessions: Sequence[str], texts: Sequence[str], forms: Callable[[], frozenset[str]]) -> Stream:
    """Return the words of turns; those of transcripts in poor condition are mended.

    Parameters
    ----------
    sessions, texts : sequence of str
        Turns: session and what was said.
    forms : callable
        Tells the forms of words that are looked for, which mending prefers; asked only where something is mended.
    """
    stream = read_stream(texts)
    poor = {session: found for session, found in conditions_of(stream, sessions).items() if found != CLEAN}
    if not poor:
        return stream
    menders = {session: Mender(condition, forms()) for session, condition in poor.items()}
    turns = enumerate(zip(sessions, texts, strict=True))
    return read_stream(texts, {n: menders[session](text) for n, (session, text) in turns if session in menders})
