"""Why a code was not given: which parts of its patterns stand in a text, and what was missing.

A pattern whose parts all stand is tried with every condition lifted; then each condition is put back that can be.
What cannot be put back is what kept the pattern from matching.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from focus_analysis.coding.matching import Match, Matcher, Span, Words
from focus_analysis.coding.reading import Reading, said
from focus_analysis.language.morphology import lemmas
from focus_analysis.patterns import NEAR, Atom, Pattern, Term

_ANY_DISTANCE = 1_000_000
_TELLING = 4
_SHOWN_CHOICES = 4
_SIGNS = {"lemma": "{}", "strict": "{}!", "form": "={}", "cased": "=={}", "beginning": "{}*", "gap": "..."}
_Lift = Callable[[Pattern, Words], tuple[Pattern, Words]]


class Reason(NamedTuple):
    """What kept a pattern from matching: a key of the visible words, and what its gaps are filled with."""

    key: str
    gaps: dict[str, int | str]


class Miss(NamedTuple):
    """A pattern that did not give its code although something of it stands in the text.

    Parameters
    ----------
    pattern : Pattern
        The pattern.
    found : tuple of Span
        Words of the text that belong to it.
    reasons : tuple of Reason
        What was missing, or in the way.
    completeness : float
        Share of the pattern that stands; where all of it does, 1 over the number of conditions that failed.
    """

    pattern: Pattern
    found: tuple[Span, ...]
    reasons: tuple[Reason, ...]
    completeness: float


def near_misses(patterns: Iterable[Pattern], reading: Reading) -> list[Miss]:
    """Return the patterns of a code that a text comes near to, the nearest first.

    Parameters
    ----------
    patterns : iterable of Pattern
        Patterns of one code, numbered as in the reading.
    reading : Reading
        The text, read for this code alone.
    """
    found = [miss for number, pattern in enumerate(patterns) if (miss := _miss(number, pattern, reading))]
    return sorted(found, key=lambda miss: (-miss.completeness, -_letters(miss.found, reading.words)))


def _miss(number: int, pattern: Pattern, reading: Reading) -> Miss | None:
    for match, holder in reading.excepted:
        if match.pattern == number:
            return Miss(pattern, match.parts, (Reason("except_in", {"words": reading.said(holder)}),), 1.0)
    taken = next((match for match in reading.matches if match.pattern == number), None)
    if taken:
        return Miss(pattern, taken.parts, (Reason("taken", {}),), 1.0)
    parts = _parts(pattern, reading)
    if all(parts):
        return _hindered(pattern, reading, [spans[0] for spans in parts])
    if len(parts) == 1:
        return _words_missing(pattern, reading)
    return _part_missing(pattern, parts, reading)


def _parts(pattern: Pattern, reading: Reading) -> list[list[Span]]:
    """Return where each part of a pattern stands, in any form and across punctuation."""
    loose, words = _any_form(*_across_punctuation(pattern, reading.words))
    single = [Pattern(pattern.source, (part,)) for part in loose.parts]
    places: list[list[Span]] = [[] for _ in single]
    for match in Matcher(single).find(words):
        places[match.pattern].append((match.first, match.last))
    return places


def _hindered(pattern: Pattern, reading: Reading, places: list[Span]) -> Miss:
    """Return which conditions keep the parts of a pattern from being a match."""
    lifted = dict(_lifts(pattern))
    if not _find(pattern, lifted.values(), reading):
        return Miss(pattern, tuple(places), (Reason("overlap", {}),), 1.0)
    for key in list(lifted):
        others = [lift for other, lift in lifted.items() if other != key]
        if _find(pattern, others, reading):
            del lifted[key]
    match = min(_find(pattern, lifted.values(), reading), key=_widest_gap)
    reasons = tuple(Reason(key, _gaps(key, match, pattern, reading)) for key in lifted)
    return Miss(pattern, match.parts, reasons, 1 / len(reasons))


def _lifts(pattern: Pattern) -> Iterator[tuple[str, _Lift]]:
    """Yield the conditions of a pattern that can be lifted, those first that are put back first."""
    yield "other_form", _any_form
    yield "punctuation", _across_punctuation
    if pattern.not_near:
        yield "not_near", lambda pattern, words: (pattern._replace(not_near=()), words)
    if pattern.not_before:
        yield "not_before", lambda pattern, words: (pattern._replace(not_before=()), words)
    if len(pattern.parts) == 1:
        return
    if pattern.ordered:
        yield "order", lambda pattern, words: (pattern._replace(ordered=False), words)
    if pattern.reach != "turn":
        yield f"other_{pattern.reach}", lambda pattern, words: (pattern._replace(reach="turn"), words)
    yield "too_far", lambda pattern, words: (pattern._replace(words=_ANY_DISTANCE), words)


def _find(pattern: Pattern, lifts: Iterable[_Lift], reading: Reading) -> list[Match]:
    words = reading.words
    for lift in lifts:
        pattern, words = lift(pattern, words)
    return Matcher([pattern]).find(words, reading.clauses.of_words())


def _across_punctuation(pattern: Pattern, words: Words) -> tuple[Pattern, Words]:
    return pattern, words._replace(breaks=[False] * len(words.breaks))


def _any_form(pattern: Pattern, words: Words) -> tuple[Pattern, Words]:
    """Let every exact form of a pattern stand for all forms of its word."""
    parts = tuple(tuple(tuple(map(_loose, phrase)) for phrase in part) for part in pattern.parts)
    return pattern._replace(parts=parts), words


def _loose(term: Term) -> Term:
    others = (Atom("lemma", lemma) for atom in term for lemma in _lemmas_of(atom))
    return tuple(dict.fromkeys((*term, *others)))


def _lemmas_of(atom: Atom) -> list[str]:
    if atom.kind == "strict":
        return [atom.word]
    if atom.kind in ("form", "cased"):
        return sorted(lemmas(atom.word.lower()))
    return []


def _gaps(key: str, match: Match, pattern: Pattern, reading: Reading) -> dict[str, int | str]:
    if key == "too_far":
        return {"n": _widest_gap(match), "allowed": pattern.words}
    if key in ("not_near", "not_before"):
        return {"words": said(reading.words, _in_the_way(key, match, pattern, reading.words))}
    return {}


def _in_the_way(key: str, match: Match, pattern: Pattern, words: Words) -> list[Span]:
    """Return the words that rule a match out."""
    phrases = pattern.not_near if key == "not_near" else pattern.not_before
    places = [(other.first, other.last) for other in Matcher([Pattern("", (phrases,))]).find(words)]
    beside = match.last - 1 if key == "not_before" else match.first
    near = [span for span in places if words.sentences[span[0]] == words.sentences[beside]]
    return [span for span in near if span[0] == match.last] if key == "not_before" else near


def _widest_gap(match: Match) -> int:
    return max((after[0] - before[1] for before, after in pairwise(match.parts)), default=0)


def _part_missing(pattern: Pattern, parts: list[list[Span]], reading: Reading) -> Miss | None:
    """Return which parts of a pattern are missing, if one that stands tells something."""
    written = [part.strip() for part in f" {pattern.source} ".split(f" {NEAR} ")]
    missing = [source for source, spans in zip(written, parts, strict=True) if not spans]
    found = tuple(spans[0] for spans in parts if spans)
    if not _tells(found, reading.words):
        return None
    return Miss(pattern, found, (Reason("part_missing", {"part": ", ".join(missing)}),), len(found) / len(parts))


def _words_missing(pattern: Pattern, reading: Reading) -> Miss | None:
    """Return the phrase of a pattern of which most words stand in the text, if one of them tells something."""
    phrases = [[term for term in phrase if term[0].kind != "gap"] for phrase in pattern.parts[0]]
    places = _places_of({term for phrase in phrases for term in phrase}, reading.words)
    best = max(phrases, key=lambda phrase: sum(term in places for term in phrase) / len(phrase))
    found = tuple(places[term] for term in best if term in places)
    if not _tells(found, reading.words):
        return None
    missing = [_written(term) for term in best if term not in places]
    reason = Reason("words_missing", {"words": ", ".join(missing)}) if missing else Reason("apart", {})
    return Miss(pattern, found, (reason,), len(found) / (len(best) + 1))


def _tells(found: tuple[Span, ...], words: Words) -> bool:
    """Return whether more stands than little words ("nie", "się", "ma")."""
    return _letters(found, words) >= _TELLING


def _places_of(terms: set[Term], words: Words) -> dict[Term, Span]:
    """Return the first place of each term that stands in a text."""
    ordered = sorted(terms)
    places: dict[Term, Span] = {}
    for match in Matcher(Pattern("", (((term,),),)) for term in ordered).find(words):
        places.setdefault(ordered[match.pattern], (match.first, match.last))
    return places


def _written(term: Term) -> str:
    """Return a term as a researcher writes it, the first of many choices."""
    choices = [_SIGNS[atom.kind].format(atom.word) for atom in term]
    return "|".join(choices[:_SHOWN_CHOICES]) + ("|…" if len(choices) > _SHOWN_CHOICES else "")


def _letters(spans: Iterable[Span], words: Words) -> int:
    return max((sum(len(words.tokens[place].form) for place in range(*span)) for span in spans), default=0)
