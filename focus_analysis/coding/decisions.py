"""How much rules and model weigh, a code at a time, and from where a code is given.

Each is a logistic regression over every turn and code: scores, rule hits, length and the phase of the talk weigh for
all codes alike, with departures for each group and each code that are held down, so that a rare code leans on the
others.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

_DEPARTURE = 0.35
_THRESHOLDS = np.arange(0.1, 0.71, 0.01)
_STRETCH = 11
_FOLDS = 4
_GRADIENT = 1e-4
_RIDGE = 2
_SURE = 500  # a logit beyond which odds would overflow


class Evidence(NamedTuple):
    """What speaks for codes in turns.

    Parameters
    ----------
    affirmed, mentioned : array of float, shape (n_turns, n_codes)
        Scores of the model.
    rule_affirmed, rule_mentioned : array of bool, shape (n_turns, n_codes)
        Whether a rule says so.
    lengths : array of float, shape (n_turns, n_codes)
        How long the turns are, the same for every code.
    phases : array of float, shape (n_turns, n_phases)
        Where in the talk each turn stands.
    """

    affirmed: np.ndarray
    mentioned: np.ndarray
    rule_affirmed: np.ndarray
    rule_mentioned: np.ndarray
    lengths: np.ndarray
    phases: np.ndarray

    @property
    def terms(self) -> np.ndarray:
        """What differs from code to code, and a one for what is added; shape (6, n_turns, n_codes)."""
        return np.stack([*np.asarray(self[:-1], dtype=float), np.ones(self.affirmed.shape)])

    def of(self, turns: np.ndarray) -> Evidence:
        """Return the evidence of some turns."""
        return Evidence(*(array[turns] for array in self))


class Weighing(NamedTuple):
    """Weights of the evidence, and the probability from which a code is given.

    Parameters
    ----------
    coefficients : array, shape (n_codes, 6)
        What each of the five kinds of evidence weighs, and what is added.
    phases : array, shape (n_codes, n_phases)
        What is added in each phase of the talk.
    thresholds : array, shape (n_codes,)
        Probability from which the code is given.
    """

    coefficients: np.ndarray
    phases: np.ndarray
    thresholds: np.ndarray

    def probabilities(self, evidence: Evidence) -> np.ndarray:
        """Return how likely each code is in each turn, shape (n_turns, n_codes)."""
        logits = np.einsum("ktc,ck->tc", evidence.terms, self.coefficients) + evidence.phases @ self.phases.T
        result: np.ndarray = 1 / (1 + np.exp(-logits))
        return result


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
    unseen = np.zeros(given.shape)
    names = list(dict.fromkeys(sessions))
    for fold in range(min(_FOLDS, len(names))):
        inside = np.isin(sessions, names[fold::_FOLDS])
        if given[~inside].any():
            weights = _fitted(evidence.of(~inside), elsewhere[~inside], given[~inside], groups)
            unseen[inside] = Weighing(*weights, np.zeros(0)).probabilities(evidence.of(inside))
    best = {group: _best_threshold(unseen[:, groups == group], given[:, groups == group]) for group in set(groups)}
    return Weighing(*_fitted(evidence, elsewhere, given, groups), np.array([best[group] for group in groups]))


def _fitted(
    evidence: Evidence, elsewhere: np.ndarray, given: np.ndarray, groups: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return the coefficients of each code, common ones with the departures of its group and its own, and its phases'.

    Logistic regression with a ridge of two, over two rows a turn and code: with the phases as known, and as known
    elsewhere. Its descent ends early, where the mean gradient falls below ``_GRADIENT``: that holds rare codes down a
    little more.
    """
    from scipy.optimize import minimize
    from threadpoolctl import threadpool_limits

    codes, (n_turns, n_phases) = np.arange(given.shape[1]), elsewhere.shape
    terms = np.ascontiguousarray(evidence.terms.transpose(2, 1, 0))
    phases = np.concatenate([evidence.phases, elsewhere]).T
    sharing = np.zeros((len(codes), 1 + groups.max() + 1 + len(codes)))
    sharing[:, 0] = sharing[codes, 1 + groups] = 1
    sharing[codes, 1 + groups.max() + 1 + codes] = _DEPARTURE
    twice, n_terms = np.tile(given.T, 2).astype(float), terms.shape[-1]

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        weights = sharing @ flat.reshape(sharing.shape[1], -1)
        logits = weights[:, n_terms:] @ phases + np.tile((terms @ weights[:, :n_terms, None])[..., 0], 2)
        odds = np.exp(np.minimum(logits, _SURE))
        fit = (np.log1p(odds) - twice * logits).sum() + _RIDGE * flat @ flat / 2
        missed = odds / (1 + odds) - twice
        by_term = (missed[:, None, :n_turns] + missed[:, None, n_turns:]) @ terms
        slope = sharing.T @ np.hstack([by_term[:, 0], missed @ phases.T])
        return float(fit) / twice.size, (slope.ravel() + _RIDGE * flat) / twice.size

    start = np.zeros(sharing.shape[1] * (n_terms + n_phases))
    ends = {"maxiter": 500, "maxls": 50, "gtol": _GRADIENT, "ftol": 64 * np.finfo(float).eps}
    with threadpool_limits(1):  # several threads would wait for each other's small products
        found = minimize(loss, start, method="L-BFGS-B", jac=True, options=ends).x
    weights = sharing @ found.reshape(sharing.shape[1], -1)
    return weights[:, :n_terms], weights[:, n_terms:]


def _best_threshold(probabilities: np.ndarray, given: np.ndarray) -> float:
    """Return the middle of the stretch of thresholds with the best mean F1: the best alone owes much to chance."""
    from scipy.ndimage import uniform_filter1d

    def f1(threshold: float) -> float:
        found = probabilities > threshold
        return float(2 * (found & given).sum() / max(found.sum() + given.sum(), 1))

    smoothed = uniform_filter1d([f1(threshold) for threshold in _THRESHOLDS], _STRETCH, mode="nearest")
    return float(_THRESHOLDS[smoothed.argmax()])
