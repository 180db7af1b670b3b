"""Hints in the words: how specific a turn is, and what feeling it shows.

A transcript has no voice: what was said quietly and bitterly leaves no trace. Cues are patterns in
``resources/hints.csv``; digits, names, marks of the transcriber, capitals and exclamation marks are found here.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from focus_analysis.coding.matching import Matcher, Words, split_words
from focus_analysis.corpus import Corpus
from focus_analysis.language.acronyms import is_acronym
from focus_analysis.language.morphology import is_common_word, name_marks
from focus_analysis.patterns import parse_pattern
from focus_analysis.resources import resource
from focus_analysis.schemas import CODINGS, check, rows

if TYPE_CHECKING:
    import pandas as pd

CODER = "hints"
_SHORTEST_SHOUTED = 5
_MARK = "emotion.mark"
_BRACKETS = re.compile(r"\[[^\]]*\]|\([^)]*\)")
_SIGNS = (
    ("specificity.number", re.compile(r"\d+(?:[.,:/]\d+)*(?:\s*%)?")),
    ("emotion.exclamation", re.compile(r"!+")),
)


class Hint(NamedTuple):
    """A hint: its kind and class, first character, character after the last, and the cue that found it."""

    hint: str
    start: int
    end: int
    cue: str


def find_hints(corpus: Corpus) -> pd.DataFrame:
    """Find hints of specificity and of emotion in every turn.

    Parameters
    ----------
    corpus : Corpus
        The transcripts.

    Returns
    -------
    DataFrame, schema ``CODINGS``
        One row a hint, coder "hints": a person may delete rows or add some. Codes: specificity.number (number or
        date), specificity.named (place or institution), specificity.experience (what the speaker saw),
        specificity.example; emotion.mark (such as [śmiech]), emotion.capitals, emotion.exclamation,
        emotion.intensifier. ``evidence`` gives the cue and the words.
    """
    import pandas as pd

    found = [
        {
            "session_id": turn.session_id,
            "turn": turn.turn,
            "code": hint.hint,
            "start": hint.start,
            "end": hint.end,
            "status": "affirmed",
            "coder": CODER,
            "coder_kind": "rule",
            "evidence": f"{hint.cue} → {turn.text[hint.start : hint.end]}",
        }
        for turn in rows(corpus.turns)
        for hint in hints_of(turn.text)
    ]
    return check(pd.DataFrame(found).reindex(columns=CODINGS.names), CODINGS)


def hints_of(text: str) -> list[Hint]:
    """Return the hints of a text, in its order; of those of one class at one place the longest.

    Examples
    --------
    >>> [(hint.hint, hint.cue) for hint in hints_of("Są 3 u nas.")]
    [('specificity.number', 'number'), ('specificity.experience', '=u =nas|=mnie')]
    """
    words = split_words(text)
    every: list[Hint] = [*_signs(text), *_cued(words), *_capitalised(words)]
    kept: list[Hint] = []
    for hint in sorted(every, key=lambda hint: (hint.start - hint.end, hint.start)):
        if not any(hint.hint == other.hint and hint.start < other.end and other.start < hint.end for other in kept):
            kept.append(hint)
    return sorted(kept, key=lambda hint: (hint.start, hint.hint))


def _cued(words: Words) -> Iterator[Hint]:
    """Yield what the cues find; marks of the transcriber count in brackets only, and are the whole bracket."""
    names, matcher = _cues()
    brackets = [match.span() for match in _BRACKETS.finditer(words.text)]
    for match in matcher.find(words):
        name, cue = names[match.pattern], matcher.patterns[match.pattern].source
        start, end = words.tokens[match.first].start, words.tokens[match.last - 1].end
        around = next((span for span in brackets if span[0] < start and end < span[1]), None)
        if name == _MARK and around:
            yield Hint(name, *around, cue)
        elif name != _MARK and not around:
            yield Hint(name, start, end, cue)


def _signs(text: str) -> Iterator[Hint]:
    for name, sign in _SIGNS:
        for match in sign.finditer(text):
            yield Hint(name, match.start(), match.end(), name.partition(".")[2])


def _capitalised(words: Words) -> Iterator[Hint]:
    """Yield places, institutions said by their acronym, and words that are written in capitals to shout them."""
    previous = -1
    for token, sentence in zip(words.tokens, words.sentences, strict=True):
        word = words.text[token.start : token.end]
        opens, previous = sentence != previous, sentence
        if is_acronym(word.partition("-")[0]):
            shouted = len(word) >= _SHORTEST_SHOUTED and "-" not in word and is_common_word(word)
            yield Hint("emotion.capitals" if shouted else "specificity.named", token.start, token.end, "capitals")
        elif word[0].isupper() and "nazwa_geograficzna" in name_marks(word) and not (opens and is_common_word(word)):
            yield Hint("specificity.named", token.start, token.end, "name of a place")


@cache
def _cues() -> tuple[list[str], Matcher]:
    with resource("hints.csv").open(encoding="utf-8", newline="") as file:
        cues = [(row["hint"], parse_pattern(row["cue"])._replace(ordered=True)) for row in csv.DictReader(file)]
    return [name for name, _ in cues], Matcher(pattern for _, pattern in cues)
