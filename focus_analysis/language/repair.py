"""Words as they were said, from a transcript in poor condition: the places stay, the forms looked up are mended.

Nothing is mended that the dictionary knows, unless the transcript as a whole shows that its letters cannot be trusted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cache, lru_cache
from itertools import combinations, product
from typing import TYPE_CHECKING

from focus_analysis.language.morphology import is_word
from focus_analysis.language.pauses import with_pauses
from focus_analysis.language.tokens import Token, fold, tokens
from focus_analysis.resources import resource

if TYPE_CHECKING:
    from focus_analysis.language.condition import Condition

_SPELT = {"a": "ą", "c": "ć", "e": "ę", "l": "ł", "n": "ń", "o": "ó", "s": "ś", "z": "żź"}
_MOST_POLISH_LETTERS = 3
# What a scanner reads for what was printed: shapes that betray it, others that it takes for each other, lost accents.
_SHAPES = (
    ("rn", "m"), ("1", "l"), ("1", "i"), ("1", "ł"), ("0", "o"), ("5", "s"), ("6", "ó"), ("é", "ó"), ("é", "ę"),
    ("è", "ę"), ("c", "e"), ("e", "c"), ("li", "h"), ("ii", "n"), ("vv", "w"), ("cl", "d"), ("m", "rn"), ("h", "b"),
    ("q", "ą"),
)  # fmt: skip
_ALIKE = (
    ("i", "l"), ("l", "i"), ("i", "j"), ("j", "i"), ("t", "ł"), ("l", "ł"), ("t", "l"), ("ri", "n"), ("m", "ni"),
    ("ni", "m"), ("u", "n"), ("n", "u"), ("b", "h"), ("2", "z"), ("6", "b"), ("lc", "k"), ("ç", "ę"), ("lł", "ll"),
)  # fmt: skip
_ACCENTS = tuple((bare, spelt) for bare, every in _SPELT.items() for spelt in every)
_LINE_END = re.compile(r"-\s+")
_SHORTEST_SLIP, _LONGEST_MENDED = 3, 40
_SHORTEST_JOINED, _SURELY_JOINED = 4, 8

Vocabulary = frozenset[str]


def with_diacritics(form: str, vocabulary: Vocabulary, folded: dict[str, str]) -> str:
    """Return a word written without Polish letters as it is spelt.

    Where several words look alike without them, the one that people mostly say (``resources/spellings.txt``).

    Parameters
    ----------
    form : str
        The word in lower case.
    vocabulary : frozenset of str
        Words that are looked for; they come before others of the dictionary.
    folded : dict of str to str
        The words that are looked for, by how they look without Polish letters (``folded_forms``).

    Examples
    --------
    >>> [with_diacritics(form, frozenset(), {}) for form in ("ktora", "dom", "zeby")]
    ['która', 'dom', 'żeby']
    >>> with_diacritics("zadluzona", frozenset({"zadłużona"}), {"zadluzona": "zadłużona"})
    'zadłużona'
    """
    if form in _usual_spellings():
        return _usual_spellings()[form]
    if form in vocabulary:
        return form
    if form in folded:
        return folded[form]
    if is_word(form):
        return form
    return next((spelt for spelt in spellings(form) if is_word(spelt)), form)


@cache
def _usual_spellings() -> dict[str, str]:
    """Return the usual spelling of words that look like others without Polish letters."""
    lines = resource("spellings.txt").read_text(encoding="utf-8").splitlines()
    return {fold(form): form for form in lines if not form.startswith("#")}


@lru_cache(maxsize=4)
def folded_forms(vocabulary: Vocabulary) -> dict[str, str]:
    """Return words by how they look without Polish letters."""
    return {fold(form): form for form in sorted(vocabulary, reverse=True)}


def spellings(form: str) -> Iterator[str]:
    """Yield a word with one Polish letter, then with two, then with three."""
    places = [place for place, letter in enumerate(form) if letter in _SPELT] if len(form) <= _LONGEST_MENDED else []
    for n_letters in range(1, _MOST_POLISH_LETTERS + 1):
        for chosen in combinations(places, n_letters):
            for letters in product(*(_SPELT[form[place]] for place in chosen)):
                spelt = list(form)
                for place, letter in zip(chosen, letters, strict=True):
                    spelt[place] = letter
                yield "".join(spelt)


def shape_readings(form: str) -> Iterator[str]:
    """Yield what a scanner may have misread as this word: one shape taken for another, once or everywhere.

    Examples
    --------
    >>> "samotna" in set(shape_readings("sarnotna")), "kłopot" in set(shape_readings("kł0p0t"))
    (True, True)
    """
    return _readings(form, _SHAPES)


def _readings(form: str, confusions: tuple[tuple[str, str], ...]) -> Iterator[str]:
    if not _SHORTEST_SLIP <= len(form) <= _LONGEST_MENDED or form.isdigit():
        return
    for seen, printed in confusions:
        places = [match.start() for match in re.finditer(seen, form)]
        if len(places) > 1:
            yield form.replace(seen, printed)
        for place in places:
            yield form[:place] + printed + form[place + len(seen) :]


def as_printed(form: str, vocabulary: Vocabulary) -> str:
    """Return what was printed where a scanner misread it; a word that the dictionary knows stays.

    Examples
    --------
    >>> [as_printed(word, frozenset()) for word in ("przernoc", "1udzie", "bieda")]
    ['przemoc', 'ludzie', 'bieda']
    """
    if form in vocabulary or is_word(form):
        return form
    confusions = _SHAPES + _ACCENTS
    once = list(_readings(form, confusions))
    twice = (reading for first in once for reading in _readings(first, confusions))
    for readings in (once, _readings(form, _ALIKE), twice):
        known = [reading for reading in readings if reading in vocabulary or is_word(reading)]
        if known:
            return next((reading for reading in known if reading in vocabulary), known[0])
    return form


def joined(found: list[Token], text: str, vocabulary: Collection[str]) -> list[Token]:
    """Return the words of a text with those put together that speech recognition split in two.

    Two words make one where that one is looked for and one of the two is no word, or the one is long.

    Parameters
    ----------
    found : list of Token
        Words in order.
    text : str
        The text that they stand in.
    vocabulary : frozenset of str
        Words that are looked for.
    """
    return _merged(found, text, lambda between, a, b: between == " " and _is_one_word(a, b, vocabulary))


def unhyphenated(found: list[Token], text: str) -> list[Token]:
    """Return the words of a text with those put together that the end of a printed line has split.

    Examples
    --------
    >>> text = "o prze- mocy i e- mailu"
    >>> [token.form for token in unhyphenated(tokens(text), text)]
    ['o', 'przemocy', 'i', 'e', 'mailu']
    """
    return _merged(found, text, lambda between, a, b: bool(_LINE_END.fullmatch(between)) and is_word(a + b))


def _merged(found: list[Token], text: str, are_one: Callable[[str, str, str], bool]) -> list[Token]:
    """Return words with neighbours put together that are one, told by what stands between them and by their forms."""
    merged: list[Token] = []
    for token in found:
        before = merged[-1] if merged else None
        if before and are_one(text[before.end : token.start], before.form, token.form):
            merged[-1] = Token(before.start, token.end, before.form + token.form)
        else:
            merged.append(token)
    return merged


def _is_one_word(first: str, second: str, vocabulary: Collection[str]) -> bool:
    whole = first + second
    if whole not in vocabulary or len(whole) < _SHORTEST_JOINED:
        return False
    return len(whole) >= _SURELY_JOINED or not (is_word(first) and is_word(second))


class Mender:
    """Tokeniser for a transcript in poor condition: the words in their places, with mended forms.

    Parameters
    ----------
    condition : Condition
        What the transcript lacks.
    vocabulary : frozenset of str
        Words that are looked for, in lower case.
    """

    def __init__(self, condition: Condition, vocabulary: Vocabulary) -> None:
        self._condition = condition
        self._vocabulary = vocabulary
        self._folded = folded_forms(vocabulary) if condition.no_diacritics else {}
        self._mended: dict[str, str] = {}

    def __call__(self, text: str) -> list[Token]:
        """Return the words of a text with mended forms."""
        return self.read([text])[0]

    def read(self, texts: Sequence[str]) -> list[list[Token]]:
        """Return the words of each text with mended forms, and where commas and full stops would stand but none do."""
        mended = [[token._replace(form=self._mend(token.form)) for token in self._words(text)] for text in texts]
        return with_pauses(mended) if self._condition.no_punctuation else mended

    def _words(self, text: str) -> list[Token]:
        """Return the words of a text with those put together that were split."""
        found = tokens(text)
        if self._condition.no_punctuation:
            known = self._folded.keys() if self._condition.no_diacritics else self._vocabulary
            found = joined(found, text, known)
        return unhyphenated(found, text) if self._condition.scanned else found

    def _mend(self, form: str) -> str:
        if form not in self._mended:
            printed = as_printed(form, self._vocabulary) if self._condition.scanned else form
            spelt = with_diacritics(printed, self._vocabulary, self._folded)
            self._mended[form] = spelt if self._condition.no_diacritics else printed
        return self._mended[form]
