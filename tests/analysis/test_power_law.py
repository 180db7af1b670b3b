"""The growth of F1 with examples, with worked numbers as oracle, and where it is not believed."""

import numpy as np
import pytest

from focus_analysis.analysis.power_law import fit_power_law

WORKED = ([50, 100, 200, 400], [0.42, 0.53, 0.61, 0.66])


def test_the_worked_numbers():
    law = fit_power_law(*WORKED)
    assert (law.a, law.b, law.c) == pytest.approx((0.7758, 2.9858, 0.5435), rel=2e-3)
    assert (law(800), law(1600)) == pytest.approx((0.6969, 0.7217), abs=2e-4)
    assert law.doubt == ""


def test_a_law_is_found_again():
    sizes = np.array([10, 20, 40, 80, 150])
    law = fit_power_law(sizes, 0.8 - 1.5 * sizes**-0.6)
    assert (law.a, law.b, law.c) == pytest.approx((0.8, 1.5, 0.6), rel=1e-3)
    assert law.needed(0.75) == pytest.approx((1.5 / 0.05) ** (1 / 0.6), rel=1e-2)


@pytest.mark.parametrize(
    ("sizes", "f1", "doubt"),
    [
        ([10, 20, 40], [0.3, 0.4, 0.5], "few_sizes"),
        ([10, 10, 20, 20], [0.3, 0.3, 0.4, 0.4], "few_sizes"),
        ([10, 20, 40, 80], [0.5, 0.5, 0.5, 0.5], "no_rise"),
        ([10, 20, 40, 80], [0.6, 0.5, 0.4, 0.3], "no_rise"),
        ([10, 20, 40, 80, 160], [0.2, 0.6, 0.3, 0.7, 0.5], "poor_fit"),
        ([10, 20, 40, 80, 160], [0.1, 0.2, 0.3, 0.4, 0.5], "at_bound"),
        ([], [], "few_sizes"),
    ],
)
def test_where_it_is_not_believed(sizes, f1, doubt):
    law = fit_power_law(sizes, f1)
    assert law.doubt == doubt
    assert np.isnan(law.needed(0.9))


def test_what_lies_beyond_the_level_or_too_far_is_not_told():
    law = fit_power_law(*WORKED)
    assert np.isnan(law.needed(0.78))
    assert np.isnan(law.needed(0.75))  # some 4,000 examples, from 400 measured
    assert law.needed(0.7) == pytest.approx((2.9858 / 0.0758) ** (1 / 0.5435), rel=2e-2)
