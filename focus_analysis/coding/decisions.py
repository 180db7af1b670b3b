"""How much rules and model weigh, a code at a time, from where a code is given, and when as affirmed.

Both are logistic regressions over every turn and code, of scores, rule hits, length, what the moderator
spoke of before and the phase of the talk (``logistic``). Whether what a turn speaks of is affirmed there is told by how
much less the model affirms a code than it hears it, by what a rule says and by how much the turn denies; the same for
all codes.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from focus_analysis.coding.logistic import Rows, Weights, fitted

_THRESHOLDS = np.arange(0.1, 0.71, 0.01)
_STRETCH = 11
_FOLDS = 4
_EVEN = 1e-9
_FREEDOM = 5.0  # of the weights of a stance, of which there are only few
# What a stance believes to begin with, as if so many turns had told it: how the scores differ, whether a rule affirms,
# whether one does not, how much the turn denies, and whether it is affirmed.
_FIRST_GUESS = np.array([[0, 1, 0, 0, 1], [0, 0, 1, 0, 0], [0, 0, 0, 0, 1]])
_BELIEF = 2
_SURE = 0.4  # a turn with this score speaks of the code; a higher one says no more
TERMS = ("affirmed", "mentioned", "both", "denied", "rule_affirmed", "rule_mentioned", "length", "asked", "added")


class Evidence(NamedTuple):
    """What speaks for codes in turns.

    Parameters
    ----------
    affirmed, mentioned : array of float, shape (n_turns, n_codes)
        Scores of the model.
    rule_affirmed, rule_mentioned : array of bool, shape (n_turns, n_codes)
        Whether a rule says so.
    lengths : array of float, shape (n_turns, n_codes)
        How long the turns are, the same for every code; below 0 for short ones.
    denied : array of float, shape (n_turns, n_codes)
        How much the turns deny anything, the same for every code.
    asked : array of float, shape (n_turns, n_codes)
        How much the moderator's turn before speaks of each code.
    phases : array of float, shape (n_turns, n_phases)
        Where in the talk each turn stands.
    """

    affirmed: np.ndarray
    mentioned: np.ndarray
    rule_affirmed: np.ndarray
    rule_mentioned: np.ndarray
    lengths: np.ndarray
    denied: np.ndarray
    asked: np.ndarray
    phases: np.ndarray

    @property
    def terms(self) -> np.ndarray:
        """What is weighed, in the order of ``TERMS``: shape (9, n_turns, n_codes)."""
        spoken = np.minimum(self.mentioned, _SURE)
        model = self.affirmed, spoken, self.rule_mentioned * self.mentioned, self.rule_mentioned * self.denied
        others = self.rule_affirmed, self.rule_mentioned, self.lengths, self.asked, np.ones(self.affirmed.shape)
        return np.array([*model, *others], dtype=float)

    def of(self, turns: np.ndarray) -> Evidence:
        """Return the evidence of some turns."""
        return Evidence(*(array[turns] for array in self))

    def undenied(self) -> Evidence:
        """Return the evidence without what turns deny, which tells that they speak of a code, not that it is there."""
        return self._replace(denied=np.zeros_like(self.denied))

    def alone(self) -> Evidence:
        """Return the evidence of the turns themselves, as if nobody knew where in a talk they stand."""
        return self._replace(asked=np.zeros_like(self.asked), phases=np.zeros_like(self.phases))


class Weighing(NamedTuple):
    """Weights of the evidence, and the probability from which a code is given.

    Parameters
    ----------
    coefficients : array, shape (n_codes, 9)
        What each of the ``TERMS`` weighs.
    phases : array, shape (n_codes, n_phases)
        What is added in each phase of the talk.
    thresholds : array, shape (n_codes,)
        Probability from which the code is given.
    """

    coefficients: np.ndarray
    phases: np.ndarray
    thresholds: np.ndarray

    @property
    def heeds_rules(self) -> bool:
        """Whether rules were there to be weighed."""
        return bool(self.coefficients[:, [TERMS.index("rule_affirmed"), TERMS.index("rule_mentioned")]].any())

    def probabilities(self, evidence: Evidence) -> np.ndarray:
        """Return how likely each code is in each turn, shape (n_turns, n_codes)."""
        logits = np.einsum("ktc,ck->tc", evidence.terms, self.coefficients) + evidence.phases @ self.phases.T
        result: np.ndarray = 1 / (1 + np.exp(-logits))
        return result


class Stance(NamedTuple):
    """Whether turns affirm what they speak of.

    Parameters
    ----------
    coefficients : array, shape (4,)
        What weighs: the score of what is affirmed less that of what is spoken of; a rule that affirms; one that does
        not; how much the turn denies anything.
    added : array, shape (1,)
        What is added.
    """

    coefficients: np.ndarray
    added: np.ndarray

    def affirms(self, evidence: Evidence) -> np.ndarray:
        """Return which codes turns would affirm, if they speak of them: array of bool, shape (n_turns, n_codes).

        A rule that affirms is believed in a short turn: there the model takes what denies one thing for another.
        """
        believed = evidence.rule_affirmed & (evidence.lengths < 0)
        result: np.ndarray = believed | (_stances(evidence) @ self.coefficients + self.added >= 0)
        return result


class Decided(NamedTuple):
    """Which codes are given to turns.

    Parameters
    ----------
    affirmed, given : array of bool, shape (n_turns, n_codes)
        Whether a code would be affirmed, and whether it is given at all.
    probabilities : array, shape (n_turns, n_codes)
        How likely each is.
    leaning : array of bool, shape (n_turns, n_codes)
        Given for the place of the turn in the talk: not by its words alone.
    """

    affirmed: np.ndarray
    given: np.ndarray
    probabilities: np.ndarray
    leaning: np.ndarray


class Weighings(NamedTuple):
    """How evidence is weighed for what is affirmed, for what is spoken of at all, and for which of the two it is."""

    affirmed: Weighing
    mentioned: Weighing
    stance: Stance

    def decided(self, evidence: Evidence) -> Decided:
        """Return which codes are given to turns.

        What is not sure enough to be affirmed, but is spoken of, is given where a rule found it or the turn denies it.
        """
        weighings = self.affirmed, self.mentioned
        probabilities = np.stack([weighing.probabilities(evidence) for weighing in weighings])
        alone = np.stack([weighing.probabilities(evidence.alone()) for weighing in weighings])
        thresholds = np.stack([weighing.thresholds for weighing in weighings])[:, None]
        is_affirmed, is_named = probabilities >= thresholds
        alone_affirmed, alone_named = alone >= thresholds
        affirmed = self.stance.affirms(evidence)
        told = evidence.rule_mentioned | ~affirmed
        given = is_affirmed | is_named & told
        leaning = given & ~(alone_affirmed | alone_named)
        return Decided(affirmed, given, probabilities.max(axis=0), leaning)


def weigh(
    evidence: Evidence, elsewhere: np.ndarray, given: np.ndarray, groups: np.ndarray, sessions: np.ndarray
) -> Weighing:
    """Learn weights and thresholds; around a threshold F1 is best on transcripts that the weights did not see.

    Parameters
    ----------
    evidence : Evidence
        Of turns that the model did not see.
    elsewhere : array, shape (n_turns, n_phases)
        Phases as they might be known elsewhere, from which the weights are learnt too.
    given : array of bool, shape (n_turns, n_codes)
        The codes that were given.
    groups : array of int, shape (n_codes,)
        Group of each code: its codes share a threshold.
    sessions : array, shape (n_turns,)
        Session of each turn.
    """
    from threadpoolctl import threadpool_limits

    unseen = np.zeros(given.shape)
    folds = _folds(sessions)
    with threadpool_limits(1):  # several threads would wait for each other's small products
        weights = fitted(_rows(evidence, elsewhere, given), groups)
        for fold in range(folds.max(initial=-1) + 1):
            inside = folds == fold
            if given[~inside].any():
                rows = _rows(evidence.of(~inside), elsewhere[~inside], given[~inside])
                unseen[inside] = _weighing(fitted(rows, groups, weights), groups).probabilities(evidence.of(inside))
    best = {group: _best_threshold(unseen[:, groups == group], given[:, groups == group]) for group in set(groups)}
    return _weighing(weights, groups)._replace(thresholds=np.array([best[group] for group in groups]))


def stance(evidence: Evidence, affirmed: np.ndarray, mentioned: np.ndarray) -> Stance:
    """Learn whether turns affirm what they speak of, from the codes that are not always affirmed.

    To begin with rules are believed, and a code that none found is taken for affirmed; few examples change little.

    Parameters
    ----------
    evidence : Evidence
        Of turns that the model did not see.
    affirmed, mentioned : array of bool, shape (n_turns, n_codes)
        Which codes were affirmed, and which were given at all.
    """
    from sklearn.linear_model import LogisticRegression

    asked = mentioned & (mentioned & ~affirmed).any(axis=0)
    known = np.concatenate([_FIRST_GUESS[:, :-1], _stances(evidence)[asked]])
    answers = np.concatenate([_FIRST_GUESS[:, -1] > 0, affirmed[asked]])
    weights = np.repeat([_BELIEF, 1], [len(_FIRST_GUESS), int(asked.sum())])
    learnt = LogisticRegression(C=_FREEDOM).fit(known, answers, weights)
    return Stance(learnt.coef_[0], learnt.intercept_)


def _stances(evidence: Evidence) -> np.ndarray:
    """Return what tells whether a code is affirmed, shape (n_turns, n_codes, 4)."""
    unaffirmed = evidence.rule_mentioned & ~evidence.rule_affirmed
    terms = evidence.affirmed - evidence.mentioned, evidence.rule_affirmed, unaffirmed, evidence.denied
    return np.stack([term.astype(float) for term in terms], axis=-1)


def _folds(sessions: np.ndarray) -> np.ndarray:
    """Return the fold of each turn: that of its session, or of one session's stretches where there is no other."""
    names = list(dict.fromkeys(sessions))
    if len(names) == 1:
        return np.arange(len(sessions)) * _FOLDS // len(sessions)
    numbers = {name: number % _FOLDS for number, name in enumerate(names)}
    return np.array([numbers[name] for name in sessions], dtype=np.intp)


def _rows(evidence: Evidence, elsewhere: np.ndarray, given: np.ndarray) -> Rows:
    """Return what is learnt from: every turn with its phase as known, and as it is known elsewhere."""
    terms = np.ascontiguousarray(evidence.terms.transpose(2, 1, 0))
    return Rows(terms, np.stack([evidence.phases, elsewhere]).astype(float), given.T)


def _weighing(weights: Weights, groups: np.ndarray) -> Weighing:
    """Return the weights of each code, without thresholds."""
    found = weights.of_codes(groups)
    return Weighing(found[:, : len(TERMS)], found[:, len(TERMS) :], np.zeros(0))


def _best_threshold(probabilities: np.ndarray, given: np.ndarray) -> float:
    """Return the middle of the stretch of thresholds with the best mean F1: the best alone owes much to chance."""
    from scipy.ndimage import uniform_filter1d

    def f1(threshold: float) -> float:
        found = probabilities > threshold
        return float(2 * (found & given).sum() / max(found.sum() + given.sum(), 1))

    smoothed = uniform_filter1d([f1(threshold) for threshold in _THRESHOLDS], _STRETCH, mode="nearest")
    best = np.flatnonzero(smoothed >= smoothed.max() - _EVEN)
    return float(_THRESHOLDS[best[len(best) // 2]])
