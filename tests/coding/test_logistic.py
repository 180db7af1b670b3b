"""Logistic regressions of many codes with shared weights, against one wide regression of scikit-learn."""

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from focus_analysis.coding import logistic
from focus_analysis.coding.logistic import Rows, fitted

GROUPS = np.array([0, 0, 1, 1, 1])


def rows_of(n_turns, share, seed=3):
    rng = np.random.default_rng(seed)
    terms = rng.normal(size=(len(GROUPS), n_turns, 3))
    phases = rng.normal(size=(2, n_turns, 2))
    return Rows(terms, phases, rng.random((len(GROUPS), n_turns)) < share + 0.2 * (terms[..., 0] > 0))


@pytest.fixture
def rows():
    return rows_of(80, 0.1)


def by_scikit_learn(rows):
    """The weights of each code by one regression on common inputs, copies for each group, smaller copies for a code."""
    n_codes = len(rows.given)
    inputs, given = [], []
    for view in rows.phases:
        for code in range(n_codes):
            own = np.hstack([rows.terms[code], view])
            group, itself = np.eye(2)[GROUPS[code]], logistic._DEPARTURE * np.eye(n_codes)[code]
            inputs.append(np.kron(np.hstack([[1], group, itself]), own))
            given.append(rows.given[code])
    model = LogisticRegression(C=1 / logistic._RIDGE, fit_intercept=False, tol=1e-10, max_iter=10_000)
    found = model.fit(np.vstack(inputs), np.concatenate(given)).coef_.reshape(3 + n_codes, -1)
    return found[0] + found[1:3][GROUPS] + logistic._DEPARTURE * found[3:]


def test_the_weights_are_those_of_scikit_learn(rows):
    assert fitted(rows, GROUPS).of_codes(GROUPS) == pytest.approx(by_scikit_learn(rows), abs=1e-5)


def test_wherever_it_begins_it_ends_at_the_same_weights(rows):
    elsewhere = fitted(rows_of(50, 0.5, seed=8), GROUPS)
    found = fitted(rows, GROUPS, elsewhere).of_codes(GROUPS)
    assert found == pytest.approx(fitted(rows, GROUPS).of_codes(GROUPS), abs=1e-6)


def test_steps_that_lead_too_far_are_halved(rows):
    far = fitted(rows, GROUPS)
    far = far.minus(logistic.Weights(100 * np.ones_like(far.shared), 100 * np.ones_like(far.own)), 1)
    found = fitted(rows, GROUPS, far).of_codes(GROUPS)
    assert found == pytest.approx(fitted(rows, GROUPS).of_codes(GROUPS), abs=1e-6)


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_what_one_term_tells_apart_wholly_still_has_finite_weights(rows, share):
    plain = rows._replace(given=rows.terms[..., 0] > 0 if share else np.zeros_like(rows.given))
    assert np.isfinite(fitted(plain, GROUPS).of_codes(GROUPS)).all()


def test_a_code_without_turns_of_its_own_leans_on_its_group(rows):
    given = rows.given.copy()
    given[4] = False
    phases, terms = np.zeros_like(rows.phases), rows.terms.copy()
    terms[4] = 0
    weights = fitted(Rows(terms, phases, given), GROUPS)
    assert weights.own[4] == pytest.approx(0)
    assert weights.of_codes(GROUPS)[4] == pytest.approx(weights.shared[0] + weights.shared[2])
