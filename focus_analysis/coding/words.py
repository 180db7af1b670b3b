"""One text as words, and a pattern found in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from focus_analysis.language.stream import BREAK, SENTENCE, Stream, read_stream
from focus_analysis.language.tokens import Token, tokens

_BREAK = re.compile(r"[.,;:!?…()\[\]–—―\"„”“«»]|\s-\s")
_SENTENCE_END = re.compile(r"[.!?…]")

Span = tuple[int, int]


class Match(NamedTuple):
    """A pattern found: its number, its first word, the word after its last, and the words of each of its parts."""

    pattern: int
    first: int
    last: int
    parts: tuple[Span, ...]


class Words(NamedTuple):
    """A text as words: ``breaks[i]`` and ``sentences[i]`` say what punctuation stands before word ``i``."""

    text: str
    tokens: list[Token]
    breaks: list[bool]
    sentences: list[int]


def split_words(text: str, tokenise: Callable[[str], Sequence[Token]] = tokens) -> Words:
    """Return the words of a text, where punctuation parts them, and the number of each word's sentence."""
    found = list(tokenise(text))
    breaks: list[bool] = []
    sentences: list[int] = []
    end = number = 0
    for token in found:
        between = text[end : token.start]
        number += bool(_SENTENCE_END.search(between))
        breaks.append(bool(_BREAK.search(between)))
        sentences.append(number)
        end = token.end
    return Words(text, found, breaks, sentences)


def stream_of(words: Words) -> Stream:
    """Return one text as arrays, with the breaks and sentences that it has here; word ``i`` stands at ``i + 1``."""
    stream = read_stream([words.text], {0: words.tokens})
    signs = stream.signs & ~np.uint8(BREAK | SENTENCE)
    signs[[0, 1, -1]] |= BREAK
    signs[[0, -1]] |= SENTENCE
    inner = slice(1, len(signs) - 1)
    signs[inner] |= np.array(words.breaks, dtype=np.uint8) * BREAK
    signs[inner] |= (np.diff(np.array(words.sentences, dtype=int), prepend=0) > 0).astype(np.uint8) * SENTENCE
    return replace(stream, signs=signs)
