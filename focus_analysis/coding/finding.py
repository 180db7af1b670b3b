"""Find patterns in a stream of words, from the rarest part of each.

A part of a pattern is a choice of phrases: single words, which the classes of words tell, and longer ones, which are
found beforehand. A pattern of one part stands where the part does. Where several parts must stand near each other, the
search begins at the one that is rarest in the text and looks for the others around it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from focus_analysis.coding.arrays import Bools, Groups, Ints, marked, order_of
from focus_analysis.coding.lexicon import NO_TERM, Classes, View
from focus_analysis.coding.places import Filter, Places, Units
from focus_analysis.coding.runs import RunFinder, Runs
from focus_analysis.language.stream import Stream

REACHES = ("turn", "sentence", "clause")
NO_PART = -1


@dataclass(frozen=True)
class Plan:
    """Patterns as numbers.

    Parameters
    ----------
    sides : ndarray of int, shape (n_patterns, most_sides)
        Parts of each pattern in the order written; the first stands again where there are fewer.
    n_sides, distances, reaches : ndarray of int, shape (n_patterns,)
        How many parts, how many words may stand between two, and which of ``REACHES`` must hold them all.
    ordered : ndarray of bool, shape (n_patterns,)
        Whether the parts must stand as written.
    not_near, not_before : ndarray of int, shape (n_patterns,)
        The part that rules a match out, in its sentence or right after it; -1 where none does.
    terms : ndarray of int, shape (n_parts,)
        The term that the single words of each part make.
    runs : Runs
        Phrases of several words.
    parts_of_runs : Groups
        The parts that each of these belongs to.
    """

    sides: Ints
    n_sides: Ints
    distances: Ints
    reaches: Ints
    ordered: Bools
    not_near: Ints
    not_before: Ints
    terms: Ints
    runs: Runs
    parts_of_runs: Groups


class Matches(NamedTuple):
    """Patterns found in a stream, in order of the first word, the pattern and the last word.

    Parameters
    ----------
    patterns : ndarray of int, shape (n_matches,)
        Numbers of the patterns.
    firsts, lasts : ndarray of int, shape (n_matches,)
        First word of each match, and the word after its last.
    spans : ndarray of int, shape (n_matches, most_sides, 2)
        First word of each part and the word after its last, in the order written; the first part stands again where a
        pattern has fewer.
    """

    patterns: Ints
    firsts: Ints
    lasts: Ints
    spans: Ints

    def take(self, which: Ints) -> Matches:
        """Return some of the matches."""
        return Matches(*(column.take(which, axis=0) for column in self))

    def moved(self, steps: Ints) -> Matches:
        """Return the matches with each so many words further on."""
        patterns, firsts, lasts, spans = self
        return Matches(patterns, firsts + steps, lasts + steps, spans + steps[:, None, None])


class _Chains(NamedTuple):
    """Patterns of several parts as far as they were found, and the words that they must stand within."""

    matches: Matches
    lows: Ints
    highs: Ints

    def take(self, which: Ints) -> _Chains:
        return _Chains(self.matches.take(which), self.lows.take(which), self.highs.take(which))


class Finder:
    """Patterns ready to be found in a stream, and in parts of it.

    Parameters
    ----------
    plan : Plan
        The patterns.
    classes : Classes
        Classes of the stream's vocabulary.
    stream : Stream
        The whole stream: how often each word stands in it tells where to begin.
    """

    def __init__(self, plan: Plan, classes: Classes, stream: Stream) -> None:
        self._plan = plan
        self._classes = classes
        self._runs = RunFinder(plan.runs, classes)
        rarest, n_hits = _rarest(plan, classes.count(stream))
        self._openings = _Openings(np.flatnonzero(n_hits), plan, rarest, classes)
        # A pattern is begun at its rarest part and looks for the others.
        sides = np.arange(plan.sides.shape[1])
        is_other = (sides != rarest[:, None]) & (sides < plan.n_sides[:, None]) & (n_hits > 0)[:, None]
        in_sentence = is_other & (plan.reaches != REACHES.index("turn"))[:, None]
        others = np.concatenate([plan.sides[is_other], plan.not_near, plan.not_before])
        self._view = View(np.where(marked(others[others != NO_PART], len(plan.terms)), plan.terms, NO_TERM), classes)
        self._rarest = rarest
        n_asked = np.bincount(plan.sides[in_sentence], (in_sentence * n_hits[:, None])[in_sentence], len(plan.terms))
        self._filter = Filter(n_asked, self._view)
        self._needed = np.bitwise_or.reduce(self._filter.of_parts[plan.sides] * in_sentence, axis=1)
        self._is_bound = (plan.n_sides > 1) & (plan.reaches == REACHES.index("clause"))

    def find(self, stream: Stream) -> Matches:
        """Return every match in a stream; sentences stand for clauses."""
        classes = self._classes.of(stream)
        sentences = Units(stream.sentences)
        places = Places(
            classes, stream.breaks, self._runs, self._plan.parts_of_runs, self._view, sentences, self._filter
        )
        begun = self._openings.begun(places)
        is_whole = self._plan.n_sides.take(begun.patterns) == 1
        may_stand = ~is_whole & places.may_hold(self._needed.take(begun.patterns), begun.firsts)
        whole, several = (self._spanned(begun.take(np.flatnonzero(which))) for which in (is_whole, may_stand))
        chains = self._chains(several, stream, sentences)
        matches = _ordered(_together([whole, self._joined(chains, places)]))
        out = self._ruled_out(matches, places, sentences)
        return matches.take(np.flatnonzero(~out)) if out.any() else matches

    def is_bound(self, matches: Matches) -> Bools:
        """Return which matches have to stand in one clause."""
        is_bound: Bools = self._is_bound.take(matches.patterns)
        return is_bound

    def in_clauses(self, matches: Matches, clauses: Ints) -> Matches:
        """Return the matches that stand in one clause, where their pattern asks for it.

        Parameters
        ----------
        matches : Matches
            Matches in a stream.
        clauses : ndarray of int
            Number of each word's clause, which rises from clause to clause.
        """
        is_bound = self.is_bound(matches)
        parted = clauses.take(matches.firsts) != clauses.take(matches.lasts - 1)
        return matches.take(np.flatnonzero(~(is_bound & parted)))

    def _chains(self, begun: Matches, stream: Stream, sentences: Units) -> _Chains:
        """Return chains of one part, with the bounds of the text or sentence that must hold them."""
        lows, highs = sentences.begins(begun.firsts), sentences.ends(begun.firsts)
        far = np.flatnonzero(self._plan.reaches.take(begun.patterns) == REACHES.index("turn"))
        texts = stream.text_of(begun.firsts.take(far))
        lows[far], highs[far] = stream.edges.take(texts), stream.edges.take(texts + 1)
        return _Chains(begun, lows, highs)

    def _joined(self, chains: _Chains, places: Places) -> Matches:
        """Return the patterns of several parts that stand, from the rarest of each to the others."""
        n_sides = self._plan.n_sides.take(chains.matches.patterns)
        found = []
        for n in range(2, self._plan.sides.shape[1] + 1):
            longer = chains.take(np.flatnonzero(n_sides == n))
            for step in range(1, n):
                longer = self._extended(longer, step, n, places)
            found.append(longer.matches.take(np.flatnonzero(self._is_near(longer, n))))
        return _together([chains.matches.take(np.arange(0)), *found])

    def _spanned(self, begun: Matches) -> Matches:
        """Return what was begun with spans: the words found stand for every part."""
        spans = np.empty((len(begun.patterns), self._plan.sides.shape[1], 2), dtype=np.int32)
        spans[:, :, 0], spans[:, :, 1] = begun.firsts[:, None], begun.lasts[:, None]
        return begun._replace(spans=spans)

    def _extended(self, chains: _Chains, step: int, n: int, places: Places) -> _Chains:
        """Return chains of patterns of ``n`` parts with one part more, wherever it stands in their bounds."""
        patterns, firsts, lasts, _ = chains.matches
        sides = (self._rarest.take(patterns) + step) % n
        parts = self._plan.sides.reshape(-1).take(patterns * self._plan.sides.shape[1] + sides)
        # Between this part and those found may stand the others, and as many words more as each gap allows.
        reach = (n - 1) * self._plan.distances.take(patterns) + (n - 2) * self._plan.runs.longest + 1
        begins, ends = np.maximum(chains.lows, firsts - reach), np.minimum(chains.highs, lasts + reach)
        which, begun, closed = places.within(parts, begins, ends, self._plan.runs.longest)
        longer = chains.take(which)
        longer.matches.spans[np.arange(len(which)), sides.take(which)] = np.stack([begun, closed], axis=1)
        matches = longer.matches._replace(
            firsts=np.minimum(longer.matches.firsts, begun), lasts=np.maximum(longer.matches.lasts, closed)
        )
        return longer._replace(matches=matches)

    def _is_near(self, chains: _Chains, n: int) -> Bools:
        """Return which chains of ``n`` parts stand in their bounds, with few enough words between the parts."""
        matches = chains.matches
        spans = matches.spans[:, :n]
        is_near: Bools = (matches.firsts >= chains.lows) & (matches.lasts <= chains.highs)
        as_written = (np.diff(spans[:, :, 0], axis=1) > 0).all(axis=1)
        is_near &= as_written | ~self._plan.ordered.take(matches.patterns)
        # Parts that overlap make one of these distances negative.
        between = np.sort(spans[:, :, 0], axis=1)[:, 1:] - np.sort(spans[:, :, 1], axis=1)[:, :-1]
        most = self._plan.distances.take(matches.patterns)[:, None]
        is_near &= ((between >= 0) & (between <= most)).all(axis=1)
        return is_near

    def _ruled_out(self, matches: Matches, places: Places, sentences: Units) -> Bools:
        """Return which matches do not count for what stands right after them or in their sentence."""
        out = np.zeros(len(matches.patterns), dtype=np.bool_)
        right_after = (matches.lasts, np.minimum(matches.lasts + 1, sentences.ends(matches.lasts - 1)))
        around = (sentences.begins(matches.firsts), sentences.ends(matches.firsts))
        for excluded, (begins, ends) in ((self._plan.not_before, right_after), (self._plan.not_near, around)):
            parts = excluded.take(matches.patterns)
            asked = np.flatnonzero(parts != NO_PART)
            # Where a stretch begins tells where it ends.
            keys = parts.take(asked) * len(places.classes) + begins.take(asked)
            _, once, same = np.unique(keys, return_index=True, return_inverse=True)
            first = asked.take(once)
            which, _, _ = places.within(parts.take(first), begins.take(first), ends.take(first))
            out[asked] |= marked(which, len(once)).take(same)
        return out


class _Openings:
    """Where a search for patterns begins: at the part of each that is rarest."""

    def __init__(self, patterns: Ints, plan: Plan, sides: Ints, classes: Classes) -> None:
        parts = plan.sides[patterns, sides[patterns]]
        owners, fitting = classes.of_terms.of(plan.terms[parts])
        self._of_class = Groups.gather(fitting, patterns[owners], classes.n_classes)
        self._of_part = Groups.gather(parts, patterns, len(plan.terms))
        self._opens = self._of_class.sizes() > 0

    def begun(self, places: Places) -> Matches:
        """Return where the patterns may stand, each with the words of its rarest part and without spans."""
        opened = np.flatnonzero(self._opens.take(places.classes))
        owners, alone = self._of_class.of(places.classes.take(opened))
        runs, longer = self._of_part.of(places.parts)
        single = opened.take(owners)
        firsts = np.concatenate([single, places.firsts.take(runs)])
        lasts = np.concatenate([single + 1, places.lasts.take(runs)])
        return Matches(np.concatenate([alone, longer]), firsts, lasts, np.zeros((len(firsts), 0, 2)))


def _rarest(plan: Plan, n_terms: Ints) -> tuple[Ints, Ints]:
    """Return the side of each pattern that stands least often where terms stand so often, and how often at most."""
    n_runs = np.repeat(plan.runs.at_most(n_terms), plan.parts_of_runs.sizes())
    n_parts = n_terms[plan.terms] + np.bincount(plan.parts_of_runs.values, n_runs, minlength=len(plan.terms))
    n_sides = n_parts[plan.sides]
    return n_sides.argmin(axis=1), n_sides.min(axis=1)


def _together(matches: Sequence[Matches]) -> Matches:
    return Matches(*map(np.concatenate, zip(*matches, strict=True)))


def _ordered(matches: Matches) -> Matches:
    """Put matches in order and drop those found twice."""
    n_patterns = int(matches.patterns.max(initial=0)) + 1
    keys = matches.firsts * n_patterns + matches.patterns
    order = order_of(keys)
    keys = keys.take(order)
    same = keys[1:] == keys[:-1]
    tied = np.flatnonzero(np.append(same, False) | np.append(False, same))
    rivals = matches.take(order.take(tied))
    rows = np.column_stack([rivals.lasts, rivals.spans.reshape(len(tied), 2 * rivals.spans.shape[1])])
    again = np.lexsort((*rows.T[::-1], keys[tied]))
    order[tied] = order[tied][again]
    rows, keys = rows[again], keys[tied]
    twice = (keys[1:] == keys[:-1]) & (rows[1:] == rows[:-1]).all(axis=1)
    return matches.take(np.delete(order, tied[1:][twice]))
