"""The rule coder: a corpus and a codebook to codings, each with its evidence."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from focus_analysis.codebook import Codebook
from focus_analysis.coding.arrays import Bools, Ints, marked, order_of, stretches
from focus_analysis.coding.clauses import NOWHERE, WEIGHTS, Clauses, clauses_of, cue_list
from focus_analysis.coding.conditions import read_mended
from focus_analysis.coding.finding import Finder, Matches
from focus_analysis.coding.inflection import inflected, keep_inflected
from focus_analysis.coding.matching import Matcher
from focus_analysis.coding.status import Dictionary, decide
from focus_analysis.corpus import Corpus
from focus_analysis.language.stream import WORDS_AT_ONCE, Stream
from focus_analysis.patterns import Pattern, Phrase

if TYPE_CHECKING:
    import pandas as pd

CODER = "rules"
_MODERATOR = "moderator"
_AFFIRMED, _HYPOTHETICAL = WEIGHTS.index("affirmed"), WEIGHTS.index("hypothetical")
_HITS_AT_ONCE = 20_000
_MOST_KEPT = 50_000
_SHOWN = 10


class Hits(NamedTuple):
    """Hits that stand, with how and why.

    Parameters
    ----------
    texts, patterns : ndarray of int, shape (n_hits,)
        Numbers of the text and of the pattern.
    starts, ends : ndarray of int, shape (n_hits,)
        First character in the text, and the one after the last.
    statuses : ndarray of int, shape (n_hits,)
        Index into ``WEIGHTS``.
    cues : ndarray of int, shape (n_hits, 2, 2)
        First character and the one after the last of the cues that decided, the governing one first; -1 without any.
    asked, moderated : ndarray of bool, shape (n_hits,)
        Whether the hit is a denial asked back; whether it is hypothetical because a moderator said it.
    """

    texts: Ints
    patterns: Ints
    starts: Ints
    ends: Ints
    statuses: Ints
    cues: Ints
    asked: Bools
    moderated: Bools


class Found(NamedTuple):
    """What patterns find.

    Parameters
    ----------
    texts, patterns : ndarray of int, shape (n_found,)
        Numbers of the text and of the pattern.
    counts : ndarray of bool, shape (n_found,)
        Whether a coding comes of it: of hits of one code that overlap, one counts.
    """

    texts: Ints
    patterns: Ints
    counts: Bools


def code(corpus: Corpus, codebook: Codebook) -> pd.DataFrame:
    """Code every turn by the patterns of a codebook.

    Parameters
    ----------
    corpus : Corpus
        The transcripts.
    codebook : Codebook
        Codes and patterns.

    Returns
    -------
    DataFrame, schema ``CODINGS``
        One row a hit. Of hits of one code that overlap one counts: what its pattern denies or supposes, then a
        phrase rather than words apart, then the longest.
        A moderator's mention is hypothetical unless the code's group has a status of its own.
    """
    coder = RuleCoder(codebook)
    return code_stream(corpus, coder, read_mended(corpus, coder.forms))


def code_stream(corpus: Corpus, coder: RuleCoder, stream: Stream) -> pd.DataFrame:
    """Code every turn, as ``code`` does, where the words of the turns are read already."""
    import pandas as pd

    _warn_of_inflected(coder)
    turns = corpus.turns[["session_id", "turn", "role"]]
    hits = coder.hits(stream, (turns["role"] == _MODERATOR).to_numpy())
    keep_inflected()
    return pd.DataFrame(
        {
            "session_id": turns["session_id"].array.take(hits.texts),
            "turn": turns["turn"].array.take(hits.texts),
            "code": _repeated(coder.codes, hits.patterns),
            "start": hits.starts.astype("int64"),
            "end": hits.ends.astype("int64"),
            "status": _repeated(WEIGHTS, hits.statuses),
            "coder": _repeated([CODER], np.zeros_like(hits.texts)),
            "coder_kind": _repeated(["rule"], np.zeros_like(hits.texts)),
            "confidence": np.full(len(hits.texts), np.nan),
            "evidence": pd.array(evidence_of(hits, coder, stream.texts), dtype="str"),
            "codebook_version": _repeated([coder.version], np.zeros_like(hits.texts)),
        },
        copy=False,
    )


def _repeated(values: Sequence[str], which: Ints) -> Any:
    """Return a column of text with each value as often as it is asked for."""
    import pandas as pd

    return pd.array(list(values), dtype="str").take(which)


class RuleCoder:
    """A codebook ready to code texts.

    Parameters
    ----------
    codebook : Codebook
        Codes and patterns.

    Attributes
    ----------
    codes, patterns : list
        Id of the code and pattern, by the numbers that hits have.
    name, version : str
        Of the codebook.
    """

    def __init__(self, codebook: Codebook) -> None:
        rules = list(codebook.patterns())
        self.name, self.version = codebook.name, codebook.version
        self.codes = [entry.id for entry, _ in rules]
        self.patterns = [pattern for _, pattern in rules]
        groups = [codebook.groups[entry.group].status for entry, _ in rules]
        exceptions: dict[str, list[Any]] = {}
        for entry, phrase in codebook.exceptions():
            exceptions.setdefault(entry.id, []).append(phrase)
        self._matcher = Matcher([*self.patterns, *(Pattern("", (tuple(phrases),)) for phrases in exceptions.values())])
        given = [of_group or pattern.status for of_group, pattern in zip(groups, self.patterns, strict=True)]
        self._given = np.array([WEIGHTS.index(status) if status else NOWHERE for status in given], dtype=np.intp)
        self._takes_back = np.append(self._given > _AFFIRMED, np.zeros(len(exceptions), dtype=np.bool_))
        self._has_group_status = np.array([status is not None for status in groups], dtype=np.bool_)
        self._is_judged = np.append(self._given == NOWHERE, np.zeros(len(exceptions), dtype=np.bool_))
        ids = {entry.id: number for number, entry in enumerate(codebook.entries)}
        self._code_of = np.array([ids[code] for code in [*self.codes, *exceptions]], dtype=np.intp)
        self._n_sides = np.array([len(pattern.parts) for pattern in self._matcher.patterns], dtype=np.intp)

    def forms(self) -> frozenset[str]:
        """Return the forms of words that patterns and cues look for."""
        return self._matcher.forms | cue_list().matcher.forms

    def hits(self, stream: Stream, moderated: Bools) -> Hits:
        """Return the hits that stand in the texts of a stream.

        Parameters
        ----------
        stream : Stream
            The texts.
        moderated : ndarray of bool, shape (n_texts,)
            Which texts a moderator said.
        """
        dictionary = Dictionary(stream.vocabulary)
        found = []
        for part in self._parts(stream, moderated):
            matches, counts = self._admitted(part.matches)
            hits = self._judged(matches.take(np.flatnonzero(counts)), part, dictionary)
            found.append(hits._replace(texts=hits.texts + part.first_text))
        return Hits(*(np.concatenate(columns) for columns in zip(*found, strict=True)))

    def found(self, stream: Stream) -> Found:
        """Return everything that the patterns find in the texts of a stream outside the exceptions."""
        found = []
        for part in self._parts(stream, np.ones(len(stream.texts), dtype=np.bool_)):
            matches, counts = self._admitted(part.matches)
            texts = part.stream.text_of(matches.firsts) + part.first_text
            found.append(Found(texts, matches.patterns, counts))
        return Found(*(np.concatenate(columns) for columns in zip(*found, strict=True)))

    def _parts(self, stream: Stream, moderated: Bools) -> Iterator[_Part]:
        """Yield the stream in parts, with what the patterns and exceptions find there."""
        finder, cues = self._matcher.finder(stream), cue_list().matcher.finder(stream)
        n_texts = 0
        for part in stream.parts(WORDS_AT_ONCE):
            matches, said = finder.find(part), moderated[n_texts : n_texts + len(part.texts)]
            is_open = self._is_judged[matches.patterns] & ~said[part.text_of(matches.firsts)]
            near = _Near.of(matches.take(np.flatnonzero(is_open | finder.is_bound(matches))), part, cues)
            in_clauses = finder.in_clauses(matches, near.clauses_of_words(part))
            yield _Part(part, n_texts, said, near, in_clauses)
            n_texts += len(part.texts)

    def _admitted(self, matches: Matches) -> tuple[Matches, Bools]:
        """Return the hits that no exception of their code holds, and which count: of those that overlap, one."""
        is_rule = matches.patterns < len(self.patterns)
        hits, exceptions = (matches.take(np.flatnonzero(which)) for which in (is_rule, ~is_rule))
        free = np.flatnonzero(~self._held(hits, exceptions))
        return hits.take(free), self._foremost(hits)[free]

    def _foremost(self, hits: Matches) -> Bools:
        """Return which of overlapping hits of a code is kept.

        What its pattern denies or supposes goes first, then a phrase rather than words apart, then the longest.
        """
        alive = np.ones(len(hits.firsts), dtype=np.bool_)
        ones, others = self._overlapping(hits)
        rivals = np.flatnonzero(marked(ones, len(alive)) | marked(others, len(alive)))
        patterns, firsts, lasts, _ = hits.take(rivals)
        ranks = np.empty(len(alive), dtype=np.intp)
        order = patterns, firsts, firsts - lasts, self._n_sides[patterns], ~self._takes_back[patterns]
        ranks[rivals[np.lexsort(order)]] = np.arange(len(rivals))
        better, worse = np.where(ranks[ones] < ranks[others], (ones, others), (others, ones))
        while len(better):
            # Who loses to nobody stays, and those that overlap it go; the others are left to another round.
            leading = ~marked(worse, len(alive))[better]
            alive[worse[leading]] = False
            left = alive[better] & alive[worse]
            better, worse = better[left], worse[left]
        return alive

    def _overlapping(self, hits: Matches) -> tuple[Ints, Ints]:
        """Return pairs of hits of one code that have words in common."""
        width = int(hits.lasts.max(initial=0)) + 1
        codes = self._code_of[hits.patterns] * width
        order = order_of(codes + hits.firsts)
        begins = (codes + hits.firsts)[order]
        ends = np.searchsorted(begins, (codes + hits.lasts)[order])
        owners, others = stretches(np.arange(1, len(order) + 1), ends)
        return order[owners], order[others]

    def _held(self, hits: Matches, exceptions: Matches) -> Bools:
        """Return which hits lie within an exception of their code."""
        begins, ends = (np.searchsorted(hits.firsts, places) for places in (exceptions.firsts, exceptions.lasts))
        owners, held = stretches(begins, ends)
        same = self._code_of[hits.patterns[held]] == self._code_of[exceptions.patterns[owners]]
        return marked(held[same & (hits.lasts[held] <= exceptions.lasts[owners])], len(hits.firsts))

    def _judged(self, hits: Matches, part: _Part, dictionary: Dictionary) -> Hits:
        """Return hits with their status: their group's, a moderator's, their pattern's, or what the cues say."""
        stream, near = part.stream, part.near
        texts = stream.text_of(hits.firsts)
        by_moderator = part.moderated[texts] & ~self._has_group_status[hits.patterns]
        statuses = np.where(by_moderator, _HYPOTHETICAL, self._given[hits.patterns])
        open_ = np.flatnonzero(statuses == NOWHERE)
        decided = decide(near.moved(hits.take(open_)), near.clauses, dictionary)
        statuses[open_] = decided.statuses
        cues = np.full((len(statuses), 2, 2), NOWHERE)
        cues[open_] = _places(near.clauses)[np.stack([decided.outer, decided.inner], axis=1)]
        asked = marked(open_[decided.asked], len(statuses))
        starts, ends = stream.starts[hits.firsts], stream.ends[hits.lasts - 1]
        return Hits(
            texts.astype(np.int32),
            hits.patterns.astype(np.int32),
            starts,
            ends,
            statuses.astype(np.int32),
            cues.astype(np.int32),
            asked,
            by_moderator,
        )


class _Part(NamedTuple):
    """A part of a stream, the number of its first text, which of its texts a moderator said, and what stands there."""

    stream: Stream
    first_text: int
    moderated: Bools
    near: _Near
    matches: Matches


class _Near(NamedTuple):
    """The clauses of the sentences that hold matches and of those before and after each, and where their words stand.

    No cue reaches further; the word after tells whether the last was a question.
    """

    words: Ints
    clauses: Clauses

    @classmethod
    def of(cls, matches: Matches, stream: Stream, cues: Finder) -> _Near:
        sentences = stream.sentences
        begins, ends = sentences.take(matches.firsts) - 1, sentences.take(matches.lasts - 1) + 2
        n_begun, n_ended = (np.bincount(bounds, minlength=int(sentences[-1]) + 3) for bounds in (begins, ends))
        kept = (np.cumsum(n_begun - n_ended) > 0).take(sentences)
        kept[1:] |= kept[:-1]
        kept[stream.edges] = True
        words = np.flatnonzero(kept)
        return cls(words, clauses_of(stream.of_words(words), cues))

    def clauses_of_words(self, stream: Stream) -> Ints:
        """Return the number of each word's clause in the whole stream; -1 for words that are not near."""
        numbers = np.full(len(stream), NOWHERE)
        numbers[self.words] = self.clauses.numbers
        return numbers

    def moved(self, matches: Matches) -> Matches:
        """Return matches as they stand among the words that are near."""
        return matches.moved(np.searchsorted(self.words, matches.firsts) - matches.firsts)


def words_without_forms(coder: RuleCoder) -> dict[str, str]:
    """Return the words of patterns that are no base forms, so that none of their other forms is found, with a code."""
    return {
        word: code
        for code, pattern in zip(coder.codes, coder.patterns, strict=True)
        for part in pattern.parts
        for word in _inflected(part)
    }


def _warn_of_inflected(coder: RuleCoder) -> None:
    unknown = words_without_forms(coder)
    if unknown:
        shown = ", ".join(f"{word} ({code})" for word, code in list(unknown.items())[:_SHOWN])
        warnings.warn(
            f"codebook {coder.name!r}: {len(unknown)} words are no base forms, so that none of their other forms is "
            f"found: {shown}. Write the dictionary form, or = before the word.",
            stacklevel=4,
        )


@lru_cache(_MOST_KEPT)
def _inflected(phrases: tuple[Phrase, ...]) -> list[str]:
    """Return the words of phrases that stand where a base form is asked for, and are none."""
    atoms = dict.fromkeys(atom for phrase in phrases for term in phrase for atom in term)
    asked = (word for kind, word in atoms if kind in ("lemma", "strict") and not word.isupper())
    return [word for word in asked if not inflected(word).is_base]


def _places(clauses: Clauses) -> Ints:
    """Return where each cue begins and ends in its text, and at the end, for index -1, that there is none."""
    stream, cues = clauses.stream, clauses.cues
    places = np.stack([stream.starts[cues.firsts], stream.ends[cues.lasts - 1]], axis=1)
    return np.vstack([places, [[NOWHERE, NOWHERE]]])


def evidence_of(hits: Hits, coder: RuleCoder, texts: Sequence[str]) -> Any:
    """Return for each hit its pattern, the words found and what decided the status; the same is written once."""
    import pandas as pd

    sources = np.array([f"{pattern.shown} → " for pattern in coder.patterns], dtype=object)
    notes = np.array(["", f" | {_MODERATOR}"], dtype=object)
    found = np.empty(len(hits.texts), dtype=object)
    same: dict[str, str] = {}
    for low in range(0, len(found), _HITS_AT_ONCE):
        some = slice(low, low + _HITS_AT_ONCE)
        places = zip(*(column[some].tolist() for column in (hits.texts, hits.starts, hits.ends)), strict=True)
        codes, said = pd.factorize(np.array([texts[text][start:end] for text, start, end in places], dtype=object))
        which, numbers = pd.factorize((codes * len(sources) + hits.patterns[some]) * 2 + hits.moderated[some])
        words, patterns, moderated = np.unravel_index(numbers, (len(said), len(sources), 2))
        every = sources.take(patterns) + said.take(words) + notes.take(moderated)
        found[some] = np.array([*map(same.setdefault, every, every)], dtype=object).take(which)
    decided = np.flatnonzero(~hits.moderated & (hits.asked | (hits.cues[:, :, 0] != NOWHERE).any(axis=1)))
    reasons = (decided, *(column.take(decided) for column in (hits.texts, *hits.cues.reshape(-1, 4).T, hits.asked)))
    for hit, text, begin, end, inner_begin, inner_end, asked in zip(*map(np.ndarray.tolist, reasons), strict=True):
        spans = ((begin, end), (inner_begin, inner_end))
        cues = [texts[text][first:last] for first, last in spans if first != NOWHERE] + ["?"] * asked
        found[hit] += f" | cue: {' + '.join(cues)}"
    return found
