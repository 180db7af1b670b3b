"""What few groups can bear, against the method notes and a simulation."""

import numpy as np
import pytest
from scipy.stats import ttest_ind

from focus_analysis.analysis.intervals import detectable_difference, paired_difference, proportion_interval
from focus_analysis.errors import ArgumentError


@pytest.mark.parametrize(
    ("k", "n", "method", "expected"),
    [
        (8, 8, "exact", [0.630583, 1.0]),
        (40, 40, "exact", [0.911903, 1.0]),
        (7, 8, "exact", [0.47349, 0.99684]),
        (0, 8, "exact", [0.0, 0.369417]),
        (7, 8, "wilson", [0.529112, 0.977583]),
    ],
)
def test_intervals_of_k_of_n(k, n, method, expected):
    """regions_expected.json, "universal_claims"."""
    assert proportion_interval(k, n, method=method) == pytest.approx(expected, abs=5e-7)


@pytest.mark.parametrize(("sd", "expected"), [(0.10, 0.151), (0.15, 0.226), (0.20, 0.301)])
def test_detectable_differences(sd, expected):
    """regions_expected.json, "mde_80pct_8v8"."""
    assert detectable_difference(sd, 8, 8) == pytest.approx(expected, abs=5e-4)


def test_the_detectable_difference_is_found_four_times_in_five():
    """With Bonferroni over ten pairs the notes have .419, by a shifted central t; the exact value is .426."""
    difference = detectable_difference(0.2, 8, 8, alpha=0.005)
    assert difference == pytest.approx(0.4257, abs=5e-5)
    rng = np.random.default_rng(7)
    a, b = rng.normal(difference, 0.2, (40_000, 8)), rng.normal(0, 0.2, (40_000, 8))
    assert (ttest_ind(a, b, axis=1).pvalue < 0.005).mean() == pytest.approx(0.8, abs=0.006)


@pytest.mark.parametrize(("k", "n"), [(0, 0), (3, 2), (-1, 2)])
def test_shares_that_are_none_are_refused(k, n):
    with pytest.raises(ArgumentError, match=f"{k} of {n}"):
        proportion_interval(k, n)


@pytest.mark.parametrize(("n_a", "n_b"), [(1, 1), (0, 8)])
def test_too_few_groups_detect_nothing(n_a, n_b):
    with pytest.raises(ArgumentError, match="3 groups at least"):
        detectable_difference(0.1, n_a, n_b)


@pytest.mark.parametrize("n_a", [1, 2, 3, 5, 40])
@pytest.mark.parametrize("n_b", [2, 3, 8])
def test_the_detectable_difference_is_found_with_its_power(n_a, n_b):
    from scipy.stats import nct, t

    effect = detectable_difference(1.0, n_a, n_b) / (1 / n_a + 1 / n_b) ** 0.5
    critical = t.ppf(0.975, n_a + n_b - 2)
    assert nct.sf(critical, n_a + n_b - 2, effect) == pytest.approx(0.8, abs=1e-6)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [  # Newcombe 1998 (Statistics in Medicine 17: 2635), method 10
        ((36, 12, 2, 0), (0.2, 0.0569, 0.3404)),
        ((18, 12, 2, 18), (0.2, 0.0562, 0.3290)),
        ((53, 0, 0, 1), (0.0, -0.0729, 0.0729)),
    ],
)
def test_a_paired_difference_has_the_published_interval(counts, expected):
    assert paired_difference(*counts) == pytest.approx(expected, abs=5e-4)


def test_a_paired_difference_turns_its_sign_with_its_sides():
    value, low, high = paired_difference(1, 5, 2, 0)
    assert paired_difference(1, 2, 5, 0) == pytest.approx((-value, -high, -low))


def test_a_paired_difference_needs_a_group():
    with pytest.raises(ArgumentError, match="paired_difference"):
        paired_difference(0, 0, 0, 0)
