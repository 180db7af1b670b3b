"""Logistic regressions of many codes that lean on each other.

A code's weights are common ones, with departures of its group and of its own; all are held down by a ridge, the code's
own more than the others. So a rare code leans on the others.

Source: H. Daumé III, "Frustratingly Easy Domain Adaptation", ACL 2007, section 3 (common weights and departures);
S. Boyd, L. Vandenberghe, "Convex Optimization", 2004, sections 9.5 (Newton's method) and C.4 (taking out blocks).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

_DEPARTURE = 0.15
_RIDGE = 2.0
_STEPS = 50
_LITTLE = 1e-6  # what a last step may still gain


class Rows(NamedTuple):
    """What is known of turns, and which codes they were given.

    Parameters
    ----------
    terms : array, shape (n_codes, n_turns, n_terms)
        What differs from code to code.
    phases : array, shape (n_views, n_turns, n_phases)
        What is the same for all codes; each view of it is learnt from.
    given : array of bool, shape (n_codes, n_turns)
        The codes that were given.
    """

    terms: np.ndarray
    phases: np.ndarray
    given: np.ndarray

    def logits(self, weights: np.ndarray) -> np.ndarray:
        """Return the logits of weights of shape (n_codes, n_terms + n_phases): shape (n_views, n_codes, n_turns)."""
        n_terms = self.terms.shape[-1]
        result: np.ndarray = (self.terms @ weights[:, :n_terms, None])[..., 0] + (
            weights[:, n_terms:] @ self.phases.transpose(0, 2, 1)
        )
        return result

    def slopes(self, missed: np.ndarray) -> np.ndarray:
        """Return the slope of the loss by each code's weights, from by how much each probability is too high."""
        of_terms = missed.sum(axis=0)[:, None] @ self.terms
        return np.hstack([of_terms[:, 0], (missed @ self.phases).sum(axis=0)])

    def curves(self, spread: np.ndarray) -> np.ndarray:
        """Return the second derivatives by each code's weights, from the variances of the probabilities."""
        by_term = self.terms.transpose(0, 2, 1)
        terms = by_term @ (spread.sum(axis=0)[..., None] * self.terms)
        mixed = sum((by_term * part[:, None]) @ view for part, view in zip(spread, self.phases, strict=True))
        products = (self.phases[..., None] * self.phases[..., None, :]).reshape(*self.phases.shape[:2], -1)
        phases = (spread @ products).sum(axis=0).reshape(len(terms), *2 * self.phases.shape[-1:])
        return np.block([[terms, mixed], [mixed.transpose(0, 2, 1), phases]])


class Weights(NamedTuple):
    """Weights that codes share, and their own departures.

    Parameters
    ----------
    shared : array, shape (1 + n_groups, n_weights)
        Common weights, and the departures of each group.
    own : array, shape (n_codes, n_weights)
        Departures of each code, before they are made smaller.
    """

    shared: np.ndarray
    own: np.ndarray

    def of_codes(self, groups: np.ndarray) -> np.ndarray:
        """Return the weights of codes that belong to these groups, shape (n_codes, n_weights)."""
        result: np.ndarray = _sharing(groups, len(self.shared)) @ self.shared + _DEPARTURE * self.own
        return result

    def minus(self, step: Weights, length: float = 1.0) -> Weights:
        """Return these weights less so much of a step."""
        return Weights(self.shared - length * step.shared, self.own - length * step.own)

    def dot(self, other: Weights) -> float:
        """Return the sum of the products of all weights."""
        return float((self.shared * other.shared).sum() + (self.own * other.own).sum())


def fitted(rows: Rows, groups: np.ndarray, start: Weights | None = None) -> Weights:
    """Return the weights of the least loss, by Newton's method; a step that would lead up is halved.

    Parameters
    ----------
    rows : Rows
        What is known of turns, and their codes.
    groups : array of int, shape (n_codes,)
        Group of each code, from 0.
    start : Weights, optional
        Where to begin: weights of much the same rows.
    """
    n_weights = rows.terms.shape[-1] + rows.phases.shape[-1]
    weights = start or Weights(np.zeros((groups.max() + 2, n_weights)), np.zeros((len(groups), n_weights)))
    logits, height = _outcome(rows, groups, weights)
    for _ in range(_STEPS):
        step, gain = _step(rows, groups, weights, logits)
        if gain < _LITTLE:
            return weights.minus(step)
        length = 1.0
        while (found := _outcome(rows, groups, lower := weights.minus(step, length)))[1] > height:
            length /= 2
        weights, (logits, height) = lower, found
    return weights


def _outcome(rows: Rows, groups: np.ndarray, weights: Weights) -> tuple[np.ndarray, float]:
    """Return the logits that weights lead to, and their loss."""
    logits = rows.logits(weights.of_codes(groups))
    missed = np.log1p(np.exp(-np.abs(logits))) + np.maximum(logits, 0) - rows.given * logits
    return logits, float(missed.sum() + _RIDGE * weights.dot(weights) / 2)


def _step(rows: Rows, groups: np.ndarray, weights: Weights, logits: np.ndarray) -> tuple[Weights, float]:
    """Return Newton's step and what it gains, twice; each code's own weights are taken out before and put in after."""
    from scipy.special import expit

    probabilities = expit(logits)
    slopes, curves = rows.slopes(probabilities - rows.given), rows.curves(probabilities * (1 - probabilities))
    sharing, size = _sharing(groups, len(weights.shared)), weights.shared.size
    slope = Weights(sharing.T @ slopes + _RIDGE * weights.shared, _DEPARTURE * slopes + _RIDGE * weights.own)
    own = _DEPARTURE**2 * curves + _RIDGE * np.eye(curves.shape[-1])
    alone = np.linalg.solve(own, np.concatenate([_DEPARTURE * curves, slope.own[..., None]], axis=2))
    answers, alone = alone[..., :-1], alone[..., -1:]
    left = curves - _DEPARTURE * curves @ answers
    curve = np.einsum("ca,cb,ckl->akbl", sharing, sharing, left, optimize=True).reshape(size, size)
    down = slope.shared - _DEPARTURE * sharing.T @ (curves @ alone)[..., 0]
    shared = np.linalg.solve(curve + _RIDGE * np.eye(size), down.ravel()).reshape(down.shape)
    step = Weights(shared, (alone - answers @ (sharing @ shared)[..., None])[..., 0])
    return step, slope.dot(step)


def _sharing(groups: np.ndarray, n_shared: int) -> np.ndarray:
    """Return which of the shared weights each code has: the common ones and those of its group."""
    return np.hstack([np.ones((len(groups), 1)), groups[:, None] == np.arange(n_shared - 1)])
