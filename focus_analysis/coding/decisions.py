"""How much rules and model weigh, a code at a time, and from where a code is given.

Each is a logistic regression over every turn and code: scores and rule hits weigh for all codes alike, with departures
for each group and each code that are held down, so that a rare code leans on the others.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

_DEPARTURE = 0.5
_THRESHOLDS = np.arange(0.1, 0.71, 0.01)
_FOLDS = 8
_GRADIENT = 1e-4


class Evidence(NamedTuple):
    """What speaks for codes in turns, each of shape (n_turns, n_codes).

    Parameters
    ----------
    affirmed, mentioned : array of float
        Scores of the model.
    rule_affirmed, rule_mentioned : array of bool
        Whether a rule says so.
    """

    affirmed: np.ndarray
    mentioned: np.ndarray
    rule_affirmed: np.ndarray
    rule_mentioned: np.ndarray

    def of(self, turns: np.ndarray) -> Evidence:
        """Return the evidence of some turns."""
        return Evidence(*(array[turns] for array in self))


class Weighing(NamedTuple):
    """Weights of the evidence, and the probability from which a code is given.

    Parameters
    ----------
    coefficients : array, shape (n_codes, 4)
        What each of the four kinds of evidence weighs.
    intercepts : array, shape (n_codes,)
        What is added.
    thresholds : array, shape (n_codes,)
        Probability from which the code is given.
    """

    coefficients: np.ndarray
    intercepts: np.ndarray
    thresholds: np.ndarray

    def probabilities(self, evidence: Evidence) -> np.ndarray:
        """Return how likely each code is in each turn, shape (n_turns, n_codes)."""
        logits = self.intercepts + sum(
            part * self.coefficients[:, kind] for kind, part in enumerate(np.asarray(evidence, dtype=float))
        )
        result: np.ndarray = 1 / (1 + np.exp(-logits))
        return result


def weigh(evidence: Evidence, given: np.ndarray, groups: np.ndarray, sessions: np.ndarray) -> Weighing:
    """Learn weights and thresholds; thresholds are those with the best F1 on transcripts that the weights did not see.

    Parameters
    ----------
    evidence : Evidence
        Of turns that the model did not see.
    given : array of bool, shape (n_turns, n_codes)
        The codes that were given.
    groups : array of int, shape (n_codes,)
        Group of each code: its codes share a threshold.
    sessions : array, shape (n_turns,)
        Session of each turn.
    """
    coefficients, intercepts = _fitted(evidence, given, groups)
    unseen = np.zeros(given.shape)
    names = list(dict.fromkeys(sessions))
    for fold in range(min(_FOLDS, len(names))):
        inside = np.isin(sessions, names[fold::_FOLDS])
        if given[~inside].any():
            weights = Weighing(*_fitted(evidence.of(~inside), given[~inside], groups), np.zeros(len(groups)))
            unseen[inside] = weights.probabilities(evidence.of(inside))
    best = {group: _best_threshold(unseen[:, groups == group], given[:, groups == group]) for group in set(groups)}
    return Weighing(coefficients, intercepts, np.array([best[group] for group in groups]))


def _fitted(evidence: Evidence, given: np.ndarray, groups: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the coefficients and intercepts of each code: common ones, with the departures of its group and its own.

    Logistic regression with a ridge of one, over a row a turn and code. Its descent ends early, where the mean gradient
    falls below ``_GRADIENT``: that holds rare codes down a little more.
    """
    from scipy.optimize import minimize
    from scipy.special import expit

    terms = np.stack([*np.asarray(evidence, dtype=float), np.ones(given.shape)])
    codes = np.arange(given.shape[1])
    sharing = np.zeros((len(codes), 1 + groups.max() + 1 + len(codes)))
    sharing[:, 0] = sharing[codes, 1 + groups] = 1
    sharing[codes, 1 + groups.max() + 1 + codes] = _DEPARTURE

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        logits = np.einsum("ktc,ck->tc", terms, sharing @ flat.reshape(-1, len(terms)))
        fit = (np.logaddexp(0, logits) - given * logits).sum() + flat @ flat / 2
        slope = sharing.T @ np.einsum("ktc,tc->ck", terms, expit(logits) - given)
        return float(fit) / given.size, (slope.ravel() + flat) / given.size

    start = np.zeros(sharing.shape[1] * len(terms))
    ends = {"maxiter": 500, "maxls": 50, "gtol": _GRADIENT, "ftol": 64 * np.finfo(float).eps}
    found = minimize(loss, start, method="L-BFGS-B", jac=True, options=ends).x
    weights = sharing @ found.reshape(-1, len(terms))
    return weights[:, :-1], weights[:, -1]


def _best_threshold(probabilities: np.ndarray, given: np.ndarray) -> float:
    def f1(threshold: float) -> float:
        found = probabilities > threshold
        return float(2 * (found & given).sum() / max(found.sum() + given.sum(), 1))

    return float(max(_THRESHOLDS, key=f1))
