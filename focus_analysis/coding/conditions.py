"""The words of a corpus; where a transcript is in poor condition they are mended before anything is looked for."""

from __future__ import annotations

from collections.abc import Callable
from weakref import WeakKeyDictionary

from focus_analysis.corpus import Corpus
from focus_analysis.language.condition import CLEAN, Condition, conditions_of
from focus_analysis.language.repair import Mender
from focus_analysis.language.stream import Stream, read_stream

# A corpus never changes, so that its words are read once, however often it is coded.
_READ: WeakKeyDictionary[Corpus, tuple[Stream, dict[str, Condition]]] = WeakKeyDictionary()


def read_mended(corpus: Corpus, forms: Callable[[], frozenset[str]]) -> Stream:
    """Return the words of the turns; those of transcripts in poor condition are mended.

    Parameters
    ----------
    corpus : Corpus
        The transcripts.
    forms : callable
        Tells the forms of words that are looked for, which mending prefers; asked only where something is mended.
    """
    stream, poor = _READ.get(corpus) or _READ.setdefault(corpus, _read(corpus))
    if not poor:
        return stream
    known = forms()
    by_condition = {condition: Mender(condition, known) for condition in set(poor.values())}
    menders = {session: by_condition[condition] for session, condition in poor.items()}
    turns = enumerate(zip(corpus.turns["session_id"], stream.texts, strict=True))
    return read_stream(stream.texts, {n: menders[session](text) for n, (session, text) in turns if session in menders})


def _read(corpus: Corpus) -> tuple[Stream, dict[str, Condition]]:
    """Return the words of the turns as they stand, and the transcripts in poor condition."""
    turns = corpus.turns
    stream = read_stream(turns["text"].tolist())
    conditions = conditions_of(stream, turns["session_id"].tolist())
    return stream, {session: found for session, found in conditions.items() if found != CLEAN}
