"""The words of many texts as arrays, read without an object for each word.

Every character becomes a byte: a letter its number, any other sign the bits of what it means between words. Letters in
a row are a word. Its first 24 letters are three machine words, which make its key; words of one key have one form,
which is spelled out once.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from focus_analysis.language.tokens import ACRONYM_WITH_ENDING, Token, looked_up

# Words of a part that is worked on at once.
WORDS_AT_ONCE = 200_000

Bools = NDArray[np.bool_]
Ints = NDArray[Any]

# What stands between two words, as bits; a mere comma is BREAK and COMMA and nothing else.
BREAK, SENTENCE, QUESTION, COMMA, OTHER = 1, 2, 4, 8, 16
_MERE_COMMA = BREAK | COMMA
_SIGNS = {
    **dict.fromkeys(';:()[]–—―"„”“«»', BREAK | OTHER),
    **dict.fromkeys(".!…", BREAK | SENTENCE),
    "?": BREAK | SENTENCE | QUESTION,
    ",": _MERE_COMMA,
}
_EDGE, _NO_EDGE, _BETWEEN = "\0", "\1", " \0 "
_HYPHEN, _PLUS, _ZERO, _NINE = map(ord, "-+09")
# Letters of Latin and Cyrillic have numbers of their own; words with other letters are spelled out one by one.
_KNOWN_LETTERS = (*range(0x180), *range(0x400, 0x460))
_FIRST_LETTER, _PLUS_LETTER, _EDGE_LETTER, _RARE = 32, 253, 254, 255
_BEYOND = re.compile("[\U00010000-\U0010ffff]")
_RARE_LETTER, _RARE_SIGN = "ﬀ", "\ue000"
_PIECE, _PIECES = 8, 3
_FACTORS = tuple(np.uint64(odd) for odd in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9))
_MASKS = np.array([(1 << (8 * n)) - 1 for n in range(_PIECE + 1)], dtype="<u8")
_CHARACTERS_AT_ONCE = 500_000
_LIKELY_FORMS = 1 << 15


def changes(numbers: Ints) -> Ints:
    """Return the places where another number stands than before, the first place among them.

    Examples
    --------
    >>> changes(np.array([7, 7, 3, 7])).tolist()
    [0, 2, 3]
    """
    differs = np.ones(len(numbers), dtype=np.bool_)
    np.not_equal(numbers[1:], numbers[:-1], out=differs[1:])
    return np.flatnonzero(differs)


def first_places(codes: Ints, n_codes: int) -> Ints:
    """Return where each code stands first; the earliest is written last."""
    places = np.empty(n_codes, dtype=np.intp)
    places[codes[::-1]] = np.arange(len(codes))[::-1]
    return places


@dataclass(frozen=True)
class Stream:
    """Words of texts in a row; an edge stands before each text and after the last.

    Parameters
    ----------
    texts : sequence of str
        The texts.
    edges : ndarray of int, shape (n_texts + 1,)
        Places of the edges: the words of text ``i`` stand between ``edges[i]`` and ``edges[i + 1]``.
    forms : ndarray of int, shape (n_words,)
        Number of each word's form in the vocabulary; an edge is 0.
    starts, ends : ndarray of int, shape (n_words,)
        Characters in the text: the first, and the one after the last.
    signs : ndarray of uint8, shape (n_words,)
        What stands between a word and the one before: ``BREAK``, ``SENTENCE``, ``QUESTION``, ``COMMA``, ``OTHER``.
    vocabulary : list of str
        Forms in lower case; the first is empty and stands for the edges.
    """

    texts: Sequence[str]
    edges: Ints
    forms: Ints
    starts: Ints
    ends: Ints
    signs: Ints
    vocabulary: list[str]

    def __len__(self) -> int:
        return len(self.forms)

    @cached_property
    def counts(self) -> Ints:
        """How often each form of the vocabulary stands."""
        counts = np.zeros(len(self.vocabulary), dtype=np.intp)
        for forms in np.array_split(self.forms, 1 + len(self) // WORDS_AT_ONCE):
            counts += np.bincount(forms, minlength=len(counts))
        return counts

    @cached_property
    def breaks(self) -> Bools:
        """Whether punctuation or an edge stands before a word."""
        return (self.signs & BREAK) > 0

    @cached_property
    def sentences(self) -> Ints:
        """Number of each word's sentence; none goes on beyond an edge."""
        return np.cumsum((self.signs & SENTENCE) > 0, dtype=np.int32)

    @cached_property
    def commas(self) -> Bools:
        """Whether a comma and nothing else stands before a word."""
        found: Bools = self.signs == _MERE_COMMA
        found[self.edges] = False
        return found

    def text_of(self, places: Ints) -> Ints:
        """Return the number of the text in which each place stands."""
        return np.searchsorted(self.edges, places, side="right") - 1

    def said(self, first: int, last: int) -> str:
        """Return the words from one place up to another as they stand in their text."""
        text = self.texts[int(self.text_of(np.array(first)))]
        return text[self.starts[first] : self.ends[last - 1]]

    def of_texts(self, numbers: Ints) -> Stream:
        """Return the stream of some of the texts, in this order."""
        first, last = self.edges[numbers], self.edges[np.asarray(numbers) + 1]
        lengths = last - first
        edges = np.concatenate([[0], np.cumsum(lengths)])
        places = np.append(0, np.arange(edges[-1]) + np.repeat(first + 1 - edges[:-1], lengths))
        return self._taken(places, [self.texts[number] for number in numbers], edges)

    def of_words(self, places: Ints) -> Stream:
        """Return the stream of the words at these places, in order, among them every edge."""
        return self._taken(places, self.texts, np.searchsorted(places, self.edges))

    def _taken(self, places: Ints, texts: Sequence[str], edges: Ints) -> Stream:
        columns = (self.forms, self.starts, self.ends, self.signs)
        forms, starts, ends, signs = (column.take(places) for column in columns)
        return Stream(texts, edges, forms, starts, ends, signs, self.vocabulary)

    def parts(self, n_words: int) -> Iterator[Stream]:
        """Yield the stream in parts of whole texts, of some ``n_words`` words each."""
        begin = 0
        if not self.texts:
            yield self
        while begin < len(self.texts):
            end = int(np.searchsorted(self.edges, self.edges[begin] + n_words))
            end = min(max(end, begin + 1), len(self.texts))
            words = slice(int(self.edges[begin]), int(self.edges[end]) + 1)
            yield Stream(
                self.texts[begin:end],
                self.edges[begin : end + 1] - words.start,
                self.forms[words],
                self.starts[words],
                self.ends[words],
                self.signs[words],
                self.vocabulary,
            )
            begin = end


class _Block(NamedTuple):
    """The words of some texts, as in a stream; ``codes`` number the keys, ``spelled`` tells forms that have none."""

    edges: Ints
    codes: Ints
    keys: Ints
    starts: Ints
    ends: Ints
    signs: Ints
    spelled: dict[int, str]


def read_stream(texts: Sequence[str], ready: Mapping[int, Sequence[Token]] | None = None) -> Stream:
    """Return the words of texts.

    Parameters
    ----------
    texts : sequence of str
        The texts, NFC.
    ready : mapping of int to sequence of Token, optional
        Words of the texts of these numbers, where another tokeniser found them, and their pauses; ``tokens`` finds the
        others.

    Examples
    --------
    >>> stream = read_stream(["W GOPS-ie, no-no!", "Tak."])
    >>> [stream.vocabulary[form] for form in stream.forms]
    ['', 'w', 'gopsie', 'no', 'no', '', 'tak', '']
    """
    given = ready or {}
    lengths = np.fromiter(map(len, texts), np.intp, len(texts))
    most = 1 + len(texts) + int(((lengths + 1) // 2).sum()) + sum(map(len, given.values()))
    # Room for the most words that there can be: what is never written takes no memory.
    forms, starts, ends = (np.empty(most, dtype=np.int32) for _ in range(3))
    signs = np.empty(most, dtype=np.uint8)
    spelled: dict[int, str] = {}
    end, edges, keys, places, stretches = 0, [], [], [], []
    for low, high in _chunks(lengths, given):
        found = [given[number] for number in range(low, high)] if low in given else None
        block = _read(texts[low:high], lengths[low:high], found)
        # The first edge of a block is the last of the one before.
        first = min(end, 1)
        shift, here = end - first, slice(end, end + len(block.codes) - first)
        forms[here], signs[here] = block.codes[first:], block.signs[first:]
        starts[here], ends[here] = block.starts[first:], block.ends[first:]
        end = here.stop
        edges.append(block.edges[first:] + shift)
        keys.append(block.keys)
        places.append(first_places(block.codes, len(block.keys)) + shift)
        stretches.append(here)
        spelled |= {place + shift: form for place, form in block.spelled.items()}
    numbers, unique = pd.factorize(np.concatenate(keys), size_hint=_LIKELY_FORMS)
    for here, of_block in zip(stretches, np.split(numbers, np.cumsum(list(map(len, keys)))[:-1]), strict=True):
        forms[here] = of_block.take(forms[here])
    stream = Stream(texts, np.concatenate(edges), forms[:end], starts[:end], ends[:end], signs[:end], [""])
    spelling = np.concatenate(places)[first_places(numbers, len(unique))]
    stream.vocabulary.extend(_spell(stream, spelling[1:]))
    added = {form: number for number, form in enumerate(dict.fromkeys(spelled.values()), len(stream.vocabulary))}
    stream.vocabulary.extend(added)
    forms[list(spelled)] = [added[form] for form in spelled.values()]
    return stream


def _chunks(lengths: Ints, ready: Collection[int]) -> list[tuple[int, int]]:
    """Return first and last number of the texts that are read at once, all of them ready or none."""
    begins, n_texts = np.cumsum(lengths) - lengths, len(lengths)
    pieces = np.searchsorted(begins, np.arange(0, lengths.sum(), _CHARACTERS_AT_ONCE))
    changes = [number for number in range(1, n_texts) if (number in ready) != (number - 1 in ready)] if ready else []
    return list(pairwise(sorted({0, *pieces.tolist(), *changes, n_texts}))) or [(0, 0)]


def _spell(stream: Stream, places: Ints) -> Iterator[str]:
    """Yield the forms of words that are looked up as they are written."""
    columns = (stream.text_of(places), stream.starts[places], stream.ends[places])
    for text, start, end in zip(*(column.tolist() for column in columns), strict=True):
        yield stream.texts[text][start:end].lower()


def _read(texts: Sequence[str], lengths: Ints, ready: Sequence[Sequence[Token]] | None) -> _Block:
    line, characters = _characters(texts)
    letters = _letters().take(characters)
    hyphens = np.flatnonzero(characters == _HYPHEN)
    before, after = letters[hyphens - 1], letters[hyphens + 1]
    letters[hyphens[(before == 0) & (after == 0)]] = BREAK | OTHER
    if ready is None:
        letters[_pluses(characters, letters)] = _PLUS_LETTER
        letters[_joints(hyphens[(before >= _FIRST_LETTER) & (after >= _FIRST_LETTER)], line)] = _RARE
    starts, ends = _runs(letters)
    marks = 1 + np.append(0, np.cumsum(lengths + len(_BETWEEN)))
    pauses: Ints | int = 0
    if ready is None:
        spelled = _unusual(starts, ends, letters, line)
    else:
        starts, ends, pauses, spelled = _given(marks, ready)
    edges = np.searchsorted(starts, marks)
    keys = _keys(starts, ends, letters)
    keys[list(spelled)] = keys[0]
    codes, unique = pd.factorize(keys, size_hint=_LIKELY_FORMS)
    origins = np.repeat(marks + len(_EDGE) + 1, np.diff(edges, append=len(starts)))
    signs = _signs(starts, ends, edges, letters) | pauses
    return _Block(edges, codes, unique, starts - origins, ends - origins, signs, spelled)


def _characters(texts: Sequence[str]) -> tuple[str, Ints]:
    """Return texts as one, with edges, and its characters as numbers; others stand for those beyond 16 bits."""
    line = _BETWEEN.join(["", *texts, ""])
    data = line.encode("utf-16-le", "surrogatepass")
    if len(data) > 2 * len(line):
        plain = _BEYOND.sub(lambda match: _RARE_LETTER if match[0].isalnum() else _RARE_SIGN, line)
        data = plain.encode("utf-16-le", "surrogatepass")
    characters = np.frombuffer(data, dtype="<u2")
    if np.count_nonzero(characters == ord(_EDGE)) > len(texts) + 1:
        return _characters([text.replace(_EDGE, _NO_EDGE) for text in texts])
    return line, characters


@cache
def _letters() -> Ints:
    """Return what each character is: a letter's number, from 32, the same for capitals; else bits, 0 for a blank."""
    known = [chr(code) for code in _KNOWN_LETTERS if chr(code).isalnum() and len(chr(code).lower()) == 1]
    numbers = {letter: n for n, letter in enumerate(dict.fromkeys(letter.lower() for letter in known), _FIRST_LETTER)}
    table = np.full(1 << 16, OTHER, dtype=np.uint8)
    for code in range(1 << 16):
        character = chr(code)
        if character.isalnum():
            table[code] = numbers.get(character.lower(), _RARE)
        else:
            table[code] = 0 if character.isspace() else _SIGNS.get(character, OTHER)
    table[ord(_EDGE)] = _EDGE_LETTER
    return table


def _pluses(characters: Ints, letters: Ints) -> Ints:
    """Return the places of pluses that end a number ("500+")."""
    places = np.flatnonzero(characters == _PLUS)
    before = characters[places - 1]
    is_end = (before >= _ZERO) & (before <= _NINE) & (letters[places + 1] < _FIRST_LETTER)
    return places[is_end]


def _runs(letters: Ints) -> tuple[Ints, Ints]:
    """Return where letters in a row begin and end."""
    is_letter = letters >= _FIRST_LETTER
    changes = np.flatnonzero(is_letter[1:] != is_letter[:-1])
    return changes[::2] + 1, changes[1::2] + 1


def _joints(hyphens: Ints, line: str) -> list[int]:
    """Return the hyphens that join acronyms with their endings ("GOPS-u")."""
    likely = [hyphen for hyphen in hyphens.tolist() if line[hyphen - 2].isupper()]
    return [hyphen for hyphen in likely if ACRONYM_WITH_ENDING.match(line, _first_letter(line, hyphen))]


def _first_letter(line: str, end: int) -> int:
    """Return where the word begins that ends here."""
    while line[end - 1].isalnum():
        end -= 1
    return end


def _unusual(starts: Ints, ends: Ints, letters: Ints, line: str) -> dict[int, str]:
    """Return how words are looked up that are long or have letters without a number."""
    rare = np.searchsorted(starts, np.flatnonzero(letters == _RARE), side="right") - 1
    places = {*rare.tolist(), *np.flatnonzero(ends - starts > _PIECE * _PIECES).tolist()}
    return {place: looked_up(line[starts[place] : ends[place]]) for place in places}


def _given(edges: Ints, ready: Sequence[Sequence[Token]]) -> tuple[Ints, Ints, Ints, dict[int, str]]:
    """Return bounds and pauses of words that were found before, with the edges at these characters, and their forms."""
    words, spelled = [], {}
    for edge, found in zip(edges.tolist(), [*ready, []], strict=True):
        words.append((edge, edge + len(_EDGE), 0))
        for token in found:
            spelled[len(words)] = token.form
            words.append((edge + 2 + token.start, edge + 2 + token.end, token.pause))
    starts, ends, pauses = np.array(words).T
    return starts, ends, pauses.astype(np.uint8), spelled


def _keys(starts: Ints, ends: Ints, letters: Ints) -> Ints:
    """Return a number for each word that is the same for the same letters, capital or not."""
    padded = np.concatenate([letters, np.zeros(_PIECE * _PIECES, dtype=np.uint8)])
    pieces: Ints = np.ndarray(len(letters), dtype="<u8", buffer=padded, strides=(1,))
    lengths = ends - starts
    keys: Ints = (pieces[starts] & _MASKS.take(lengths, mode="clip")) * _FACTORS[0]
    for n, factor in enumerate(_FACTORS[1:], 1):
        longer = np.flatnonzero(lengths > n * _PIECE)
        rest = _MASKS.take(lengths.take(longer) - n * _PIECE, mode="clip")
        keys[longer] ^= (pieces[starts.take(longer) + n * _PIECE] & rest) * factor
    return keys


def _signs(starts: Ints, ends: Ints, edges: Ints, letters: Ints) -> Ints:
    """Return what stands before each word: the bits of every character since the word before."""
    width = starts[1:] - ends[:-1]
    found = np.zeros(len(starts), dtype=np.uint8)
    found[1:] = letters.take(ends[:-1])
    found[1:][width < 1] = 0
    waiting, step = np.flatnonzero(width > 1), 1
    while waiting.size:
        more, before = letters[ends[waiting] + step], found[waiting + 1]
        twice = (more & before & COMMA) > 0
        found[waiting + 1] = before | more | np.where(twice, OTHER, 0)
        step += 1
        waiting = waiting[width[waiting] > step]
    found[edges] |= BREAK | SENTENCE
    found[edges[:-1] + 1] |= BREAK
    return found
