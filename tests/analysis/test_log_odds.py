"""Log-odds with a prior, against worked numbers and by what they must do."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from focus_analysis.analysis.log_odds import log_odds
from focus_analysis.errors import ArgumentError

# Worked apart from the package, from Monroe, Colaresi and Quinn 2008, equations 16 and 19 to 22:
# samotny, alkohol, przemoc, praca, senior, dzieci.
FIRST, SECOND = [40, 10, 5, 8, 30, 7], [15, 25, 12, 20, 12, 16]
PRIOR = [10.0, 7.0, 4.0, 6.0, 9.0, 4.0]
DELTA = [0.93827, -0.762576, -0.63028, -0.719123, 0.783042, -0.670158]
VARIANCE = [0.06, 0.09007353, 0.17361111, 0.10989011, 0.07326007, 0.14090909]
Z = [3.83047, -2.540881, -1.512672, -2.16932, 2.89302, -1.785285]

counts = arrays(np.int64, 5, elements=st.integers(0, 200))
priors = arrays(np.float64, 5, elements=st.floats(0.05, 50))


def test_the_worked_example():
    found = log_odds(FIRST, SECOND, PRIOR)
    np.testing.assert_allclose(found.delta, DELTA, atol=5e-6)
    np.testing.assert_allclose(found.variance, VARIANCE, atol=5e-8)
    np.testing.assert_allclose(found.z, Z, atol=5e-6)


@given(counts, counts, priors)
def test_swapping_the_texts_turns_the_sign(first, second, prior):
    there, back = log_odds(first, second, prior), log_odds(second, first, prior)
    np.testing.assert_allclose(there.z, -back.z, atol=1e-9)


@given(counts, priors)
def test_a_text_does_not_differ_from_itself(first, prior):
    assert not log_odds(first, first, prior).z.any()


def test_a_heavier_prior_draws_the_difference_to_nothing():
    found = [abs(log_odds(FIRST, SECOND, weight * np.array(PRIOR)).delta[0]) for weight in (0.1, 1, 10, 1000)]
    assert found == sorted(found, reverse=True)
    assert found[-1] < 0.01


@pytest.mark.parametrize(
    ("first", "second", "prior", "said"),
    [
        ([1, 2], [1], [1, 1], "one length"),
        ([[1, 2]], [[1, 2]], [[1, 1]], "one length"),
        ([1, -2], [1, 2], [1, 1], "0 or more"),
        ([1, 2], [1, 2], [1, 0], "above 0"),
        ([4], [2], [1], "one word"),
    ],
)
def test_counts_that_mean_nothing_are_refused(first, second, prior, said):
    with pytest.raises(ArgumentError, match=said):
        log_odds(first, second, prior)


def test_no_word_at_all_gives_no_number():
    assert log_odds([], [], []).z.shape == (0,)
