"""Saturation: against the figures of Guest, Namey and Chen (2020), vegan and the counts of all orders."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from focus_analysis.analysis.saturation import chao2, rarefaction, saturation
from focus_analysis.errors import ArgumentError
from tests.analysis.worked import incidence

# saturation_expected.json, "guest_2020_worked": 37 base codes, runs of 7, 4 and 1, "6+2" as published.
NEW_CODES = [20, 9, 5, 3, 3, 4, 0, 1]


def bringing(new):
    """Sessions of which each names its own new codes."""
    owner = np.repeat(np.arange(len(new)), new)
    return pd.DataFrame((owner == np.arange(len(new))[:, None]).astype(int))


def test_the_worked_example_of_guest_namey_and_chen():
    found = saturation(bringing(NEW_CODES))
    assert found.runs["after"].tolist() == [4, 5, 6]
    assert found.runs["base_codes"].tolist() == [37, 37, 37]
    assert found.runs["new_codes"].tolist() == [7, 4, 1]
    assert found.runs["ratio"].round(4).tolist() == [0.1892, 0.1081, 0.027]
    assert found.runs["reached"].tolist() == [False, False, True]
    assert found.label == "6+2"


def test_a_threshold_of_nothing_new_is_not_reached():
    assert saturation(bringing(NEW_CODES), threshold=0).label == ""


def test_the_observed_order_of_the_eight_groups():
    """saturation_expected.json, "observed_order"."""
    found = saturation(incidence())
    assert found.runs[["base_codes", "new_codes"]].to_numpy().tolist() == [[7, 1], [7, 1], [7, 2]]
    assert found.runs["ratio"].round(4).tolist() == [0.1429, 0.1429, 0.2857]
    assert found.label == ""
    assert found.unused == ("c11", "c12")


def test_all_orders_of_the_eight_groups():
    """saturation_expected.json, "all_40320_orders"."""
    found = saturation(incidence())
    assert found.orders == {"4+2": 4992, "5+2": 5088, "6+2": 5760, "": 24480}
    assert found.share_of_orders == pytest.approx(1 - 24480 / 40320)


def test_more_groups_are_ordered_at_random_and_repeatably():
    table = pd.concat([incidence(), incidence().add_prefix("x", axis=0)])
    first, again = saturation(table, seed=2), saturation(table, seed=2)
    assert first.orders == again.orders
    assert sum(first.orders.values()) == 10_000


def test_emergent_codes_are_counted_apart_from_the_closed_codebook():
    found = saturation(incidence(), emergent=["c8", "c9", "c10"])
    runs = found.runs.set_index(["codes", "after"])[["base_codes", "new_codes"]]
    assert runs.loc["closed"].to_numpy().tolist() == [[7, 0], [7, 0], [7, 0]]
    assert runs.loc["emergent"].to_numpy().tolist() == [[0, 1], [0, 1], [0, 2]]
    assert found.runs.query("codes == 'emergent'")["ratio"].isna().all()
    assert found.runs.query("codes == 'closed'")["reached"].all()
    assert not found.runs.query("codes == 'emergent'")["reached"].any()


def test_shares_count_as_named_where_they_are_above_zero():
    assert saturation(incidence() * 0.1).orders == saturation(incidence()).orders


def test_where_nobody_named_anything_nothing_is_reached():
    found = saturation(incidence() * 0)
    assert found.label == "" and np.isnan(found.share_of_orders)
    assert len(found.unused) == 12


@pytest.mark.parametrize("wrong", [{"base": 7}, {"run": 0}, {"base": 0}])
def test_too_few_groups_are_not_assessed(wrong):
    with pytest.raises(ArgumentError, match="not assessed"):
        saturation(incidence(), **wrong)


def test_emergent_codes_must_be_columns():
    with pytest.raises(ArgumentError, match="no columns: c99"):
        saturation(incidence(), emergent=["c99"])


def test_rarefaction_of_the_eight_groups():
    """saturation_expected.json, "rarefaction_mao_tau": vegan's specaccum, method exact."""
    expected = [4.125, 5.857143, 6.928571, 7.714286, 8.375, 8.964286, 9.5, 10.0]
    table = rarefaction(incidence())
    assert table["estimate"].tolist() == pytest.approx(expected, abs=5e-7)
    assert table["n_sessions"].tolist() == list(range(1, 9))


def test_rarefaction_is_the_mean_over_all_choices_of_groups():
    named = incidence().to_numpy() > 0
    means = [np.mean([named[list(c)].any(axis=0).sum() for c in combinations(range(8), t)]) for t in range(1, 9)]
    assert rarefaction(incidence())["estimate"].tolist() == pytest.approx(means)


def test_the_interval_of_rarefaction_worked_by_hand():
    """Two groups name a and b, a. Chao2 with one code in one group and one in two: 2 + 1/2 * 1/2 = 2.25.

    S(1) = 1 + 1/2; variance 1 + 1/4 - 1.5^2 / 2.25 = 1/4. S(2) = 2, variance 2 - 4 / 2.25 = 2/9.
    """
    table = rarefaction(pd.DataFrame({"a": [1, 1], "b": [1, 0]}))
    halves = 1.959964 * np.sqrt([1 / 4, 2 / 9])
    assert table["estimate"].tolist() == [1.5, 2]
    assert table["low"].tolist() == pytest.approx([1.5 - halves[0], 2 - halves[1]], abs=1e-6)
    assert table["high"].tolist() == pytest.approx([1.5 + halves[0], 2 + halves[1]], abs=1e-6)


def test_the_interval_of_a_closed_codebook_ends_at_its_codes():
    """By hand: of two codes that both groups name, no sample can name three; of rare ones, none fewer than none."""
    table = rarefaction(pd.DataFrame({"a": [1, 1], "b": [1, 0]}), closed=True)
    assert table["high"].tolist() == [2, 2]
    assert table["low"].tolist() == rarefaction(pd.DataFrame({"a": [1, 1], "b": [1, 0]}))["low"].tolist()
    rare = rarefaction(pd.DataFrame({"a": [1, 0, 0, 0], "b": [0, 1, 0, 0]}), level=0.9999)
    assert rare["low"].tolist()[0] == 0 and (rare["low"] < rare["estimate"]).all()


def test_rarefaction_of_nothing():
    assert rarefaction(pd.DataFrame(columns=["a"], dtype=float)).empty
    assert rarefaction(pd.DataFrame({"a": [0, 0]}))[["estimate", "low", "high"]].to_numpy().tolist() == [[0] * 3] * 2


def test_chao2_of_the_eight_groups():
    """saturation_expected.json, "incidence": 17 and standard error 10.24695 as in vegan."""
    found = chao2(incidence())
    assert (found.n_sessions, found.observed, found.q1, found.q2) == (8, 10, 4, 1)
    assert (found.classic, found.bias_corrected, found.estimate) == (17.0, 12.625, 17.0)
    assert found.variance == 105.0
    assert np.sqrt(found.variance) == pytest.approx(10.24695, abs=5e-6)
    assert [found.low, found.high] == pytest.approx([10.859416, 67.015485], abs=5e-7)
    assert found.jackknife == 13.5
    assert found.coverage == pytest.approx(0.886869, abs=5e-7)


def test_without_a_code_in_exactly_two_groups_the_corrected_form_is_used():
    table = pd.DataFrame(np.eye(6))
    found = chao2(table)
    assert np.isnan(found.classic)
    assert found.estimate == found.bias_corrected == pytest.approx(6 + 5 / 6 * 6 * 5 / 2)
    assert found.low < found.estimate < found.high


def test_where_all_was_seen_there_is_no_more():
    found = chao2(pd.DataFrame(np.ones((5, 3))))
    assert (found.estimate, found.observed, found.coverage) == (3, 3, 1)
    assert np.isnan([found.low, found.high]).all()


def test_where_nothing_was_named_there_is_no_coverage():
    found = chao2(pd.DataFrame(np.zeros((5, 3))))
    assert (found.estimate, found.observed) == (0, 0) and np.isnan(found.coverage)


def test_chao2_of_four_groups_is_refused():
    with pytest.raises(ArgumentError, match="5 sessions at least"):
        chao2(incidence().iloc[:4])
