"""The words of a corpus; where a transcript is in poor condition they are mended before anything is looked for."""

from __future__ import annotations

from collections.abc import Callable
from weakref import WeakKeyDictionary

from focus_analysis.corpus import Corpus
from focus_analysis.language.condition import CLEAN, Condition, conditions_of
from focus_analysis.language.repair import Mender
from focus_analysis.language.stream import Stream, read_stream
from focus_analysis.language.tokens import Token, tokens

Tokeniser = Callable[[str], list[Token]]

# A corpus never changes, so that its words are read once, however often it is coded.
_READ: WeakKeyDictionary[Corpus, tuple[Stream, dict[str, Condition]]] = WeakKeyDictionary()


def read_mended(corpus: Corpus, forms: Callable[[], frozenset[str]]) -> Stream:
    """Return the words of the turns; those of transcripts in poor condition are mended, and parted where nothing does.

    Parameters
    ----------
    corpus : Corpus
        The transcripts.
    forms : callable
        Tells the forms of words that are looked for, which mending prefers; asked only where something is mended.
    """
    stream = _read(corpus)[0]
    menders = _menders(corpus, forms)
    if not menders:
        return stream
    sessions = corpus.turns["session_id"].tolist()
    mended: dict[int, list[Token]] = {}
    for mender in set(menders.values()):
        numbers = [number for number, session in enumerate(sessions) if menders.get(session) is mender]
        mended.update(zip(numbers, mender.read([stream.texts[number] for number in numbers]), strict=True))
    return read_stream(stream.texts, mended)


def tokeniser_of(corpus: Corpus, session_id: str, forms: Callable[[], frozenset[str]]) -> Tokeniser:
    """Return what finds the words of a session's turns, mended where its transcript is in poor condition.

    Parameters
    ----------
    corpus : Corpus
        The transcripts.
    session_id : str
        The session.
    forms : callable
        As for ``read_mended``.
    """
    return _menders(corpus, forms).get(session_id, tokens)


def _menders(corpus: Corpus, forms: Callable[[], frozenset[str]]) -> dict[str, Mender]:
    """Return what mends the words of each transcript in poor condition."""
    poor = _read(corpus)[1]
    if not poor:
        return {}
    known = forms()
    by_condition = {condition: Mender(condition, known) for condition in set(poor.values())}
    return {session: by_condition[condition] for session, condition in poor.items()}


def _read(corpus: Corpus) -> tuple[Stream, dict[str, Condition]]:
    """Return the words of the turns as they stand, and the transcripts in poor condition."""
    return _READ.get(corpus) or _READ.setdefault(corpus, _read_anew(corpus))


def _read_anew(corpus: Corpus) -> tuple[Stream, dict[str, Condition]]:
    turns = corpus.turns
    stream = read_stream(turns["text"].tolist())
    conditions = conditions_of(stream, turns["session_id"].tolist())
    return stream, {session: found for session, found in conditions.items() if found != CLEAN}
