"""Allocation, draw and estimators against worked examples, another library and simulation."""

import math

import numpy as np
import pytest

from focus_analysis.analysis.design import (
    Estimate,
    Stratum,
    draw,
    hajek,
    neyman_rates,
    ratio,
    strata_of,
    stratified,
    union_rates,
    wilson,
)

# 2,000 units, 300 of them predicted; 100 of each looked at: 78 and 4 are true. Worked out from the formulas.
CORPUS = [Stratum(300 / 2000, 300, 0.78, 100), Stratum(1700 / 2000, 1700, 0.04, 100)]


@pytest.mark.parametrize(
    ("arguments", "low", "high"),
    [
        ((30 / 40, 40), 0.598060, 0.858129),
        ((30 / 36, 36), 0.681092, 0.921296),
        ((0.78, 100, 300), 0.7070456490545445, 0.8389254186765385),
        ((0.04, 100, 1700), 0.016077673828082693, 0.09604243486438185),
        ((0.0, 140, 1700), 0.0, 0.02457498464735884),
        ((7 / 8, 8), 0.529, 0.978),
    ],
)
def test_wilson(arguments, low, high):
    found = wilson(*arguments)
    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-3 if arguments[1] == 8 else 1e-6)


def test_wilson_at_the_edges():
    assert wilson(0.3, 0) == (0.3, 0.0, 1.0)
    assert wilson(0.3, 10, 10) == (0.3, 0.3, 0.3)
    assert wilson(1.0, 5).high == 1


def test_the_stratified_estimate_is_that_of_the_worked_example():
    found = stratified(CORPUS)
    assert found == pytest.approx((0.151, 0.12790837336960645, 0.19944914593685392), abs=1e-8)


def test_labels_with_their_chances_come_to_the_same_strata():
    predicted = np.arange(2000) < 300
    labelled = (np.arange(2000) % 300 < 100) & ((np.arange(2000) < 300) | (np.arange(2000) >= 1600))
    labelled[1600:1700], labelled[1700:] = True, False
    true = np.zeros(2000, dtype=bool)
    true[:78], true[1600:1604] = True, True
    chances = np.where(predicted, 100 / 300, 100 / 1700)
    strata = strata_of(predicted, true, labelled, chances, np.full(2000, 1 / 2000))
    for one, other in zip(strata, CORPUS, strict=True):
        assert one == pytest.approx(other)
    # inverse chances without strata (Horvitz and Thompson; the pseudo-outcome of design-based learning) agree here
    assert np.mean(predicted + labelled / chances * (true.astype(float) - predicted)) == pytest.approx(0.151)


def test_a_stratum_that_nobody_looked_into_stands_as_predicted_and_open():
    strata = strata_of(
        *(np.array(x) for x in ([True, False], [False, False], [False, True])), np.ones(2), np.ones(2) / 2
    )
    assert strata == [(0.5, 1, 1, 0), (0.5, 1, 0, 1)]
    assert stratified(strata) == (0.5, 0, 0.5)


def test_labels_of_unequal_weight_tell_less():
    assert hajek(np.array([True, False]), np.array([3.0, 1.0])) == (0.75, 1.6)
    assert hajek(np.zeros(0, dtype=bool), np.zeros(0))[1] == 0


def test_a_ratio_and_its_interval():
    found = ratio(Estimate(68, 27.3, 163.3), Estimate(234, 212.1, 251.7))
    assert 1 / (1 + found.value) == pytest.approx(0.774834, abs=1e-6)
    assert found.low < found.value < found.high
    # one side certain: the interval is that of the other, divided
    assert ratio(Estimate(4, 2, 7), Estimate(2, 2, 2)) == pytest.approx((2, 1, 3.5))
    assert ratio(Estimate(4, 2, 7), Estimate(0, 0, 2)) == (math.inf, 1, math.inf)


def test_a_stratified_sample_of_equal_density_agrees_with_prediction_powered_inference():
    ppi_py = pytest.importorskip("ppi_py")
    rng = np.random.default_rng(3)
    predicted = rng.random(400_000) < 0.2
    true = rng.random(400_000) < np.where(predicted, 0.8, 0.05)
    labelled = np.zeros(400_000, dtype=bool)
    labelled[:2000] = True
    strata = strata_of(predicted, true, labelled, np.full(400_000, 0.005), np.full(400_000, 1 / 400_000))
    arrays = (true[:2000].astype(float), predicted[:2000].astype(float), predicted[2000:].astype(float))
    low, high = (end[0] for end in ppi_py.ppi_mean_ci(*arrays, alpha=0.05))
    ours = stratified(strata)
    assert ours.value == pytest.approx((low + high) / 2, abs=1e-3)
    assert ours.high - ours.low == pytest.approx(high - low, rel=0.05)  # theirs is for talk beyond the corpus too


def test_the_allocation_is_that_of_the_worked_example():
    predicted = np.arange(2000) < 300
    rates = neyman_rates(predicted, 200)
    assert [round(rates[part].sum()) for part in (predicted, ~predicted)] == [59, 141]
    drawn = draw(rates, np.random.default_rng(1))
    assert drawn.sum() == 200
    assert drawn[predicted].sum() in (58, 59)


def test_one_sample_serves_every_code():
    rng = np.random.default_rng(2)
    predicted = rng.random((1000, 3)) < [0.3, 0.05, 0.01]
    rates = union_rates(predicted, 150)
    assert rates.sum() == pytest.approx(150)
    assert rates.min() > 0.05
    coded = predicted.any(axis=1)
    assert rates[predicted[:, 2]].min() > rates[~coded].max()
    assert (union_rates(predicted, 5000) == 1).all()
    assert union_rates(np.zeros((10, 0), dtype=bool), 4) == pytest.approx(np.full(10, 0.4))


def test_chances_above_one_are_certain_and_the_rest_share_what_is_left():
    predicted = np.array([[True]] * 3 + [[False]] * 97)
    rates = union_rates(predicted, 90)
    assert rates.max() == 1
    assert rates.sum() == pytest.approx(90)


def test_units_are_drawn_with_their_chances():
    rates = np.array([0.05] * 10 + [0.3] * 5 + [0.9] * 5)
    rng = np.random.default_rng(0)
    shares = np.mean([draw(rates, rng) for _ in range(4000)], axis=0)
    assert shares == pytest.approx(rates, abs=0.03)
    assert {int(draw(rates, rng).sum()) for _ in range(50)} == {6, 7}


def test_the_interval_covers_the_truth_and_the_naive_share_does_not():
    """A coder who finds 60% of a rare code and adds 5% wrongly: 1,000 samples of 200 out of 2,000 units.

    The fourth code is the parent of the others.
    """
    rng = np.random.default_rng(20260301)
    n_units, n_codes, runs = 2000, 4, 1000
    true = rng.random((n_units, 3)) < [0.12, 0.05, 0.25]
    predicted = np.where(true, rng.random((n_units, 3)) < 0.6, rng.random((n_units, 3)) < 0.05)
    true, predicted = (np.column_stack([leaves, leaves.any(axis=1)]) for leaves in (true, predicted))
    rates = union_rates(predicted, 200)
    weights = np.full(n_units, 1 / n_units)
    found = np.array(
        [
            [stratified(strata_of(predicted[:, k], true[:, k], labelled, rates, weights)) for k in range(n_codes)]
            for labelled in (draw(rates, rng) for _ in range(runs))
        ]
    )
    truth = true.mean(axis=0)
    values, low, high = found.transpose(2, 0, 1)
    covered = ((low <= truth) & (truth <= high)).mean(axis=0)
    assert covered == pytest.approx(0.96, abs=0.025)
    assert values.mean(axis=0) == pytest.approx(truth, abs=0.004)
    naive = predicted.mean(axis=0)
    naive_covers = [
        wilson(share, n_units).low <= right <= wilson(share, n_units).high
        for share, right in zip(naive, truth, strict=True)
    ]
    assert not any(naive_covers[1:])
    assert (abs(naive - truth) > abs(values.mean(axis=0) - truth)).all()
