"""Agreement on an order, and the order: against the eight gminas of the method notes, scipy and brute force."""

from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import friedmanchisquare

from focus_analysis.analysis.orders import borda, bradley_terry, kemeny, kendall_w
from focus_analysis.errors import ArgumentError
from tests.analysis.worked import PROBLEMS, gminas

tables = st.tuples(st.integers(3, 5), st.integers(3, 5)).flatmap(
    lambda size: st.lists(
        st.lists(st.integers(0, 4), min_size=size[1], max_size=size[1]), min_size=size[0], max_size=size[0]
    )
)


def frame(rows):
    return pd.DataFrame(rows, columns=list("abcdefgh")[: len(rows[0])])


def test_kendall_w_of_the_eight_gminas():
    """ranking_expected.json, "kendall": by the formula, scipy's Friedman test and vegan's kendall.global."""
    found = kendall_w(gminas())
    assert (found.s, found.ties, found.df, found.n_groups, found.n_codes) == (517.5, 24, 4, 8, 5)
    assert found.w == pytest.approx(0.829327, abs=5e-7)
    assert found.w_uncorrected == pytest.approx(0.808594, abs=5e-7)
    assert found.chi2 == pytest.approx(26.538462, abs=5e-7)
    assert found.p_chi2 == pytest.approx(2.464e-05, abs=5e-9)
    assert found.mean_spearman == pytest.approx(0.804945, abs=5e-7)
    assert found.p == 0.0001


@settings(deadline=None, max_examples=40)
@given(tables)
def test_kendall_w_is_that_of_friedman(rows):
    table = frame(rows)
    if (table.nunique(axis=1) == 1).all():
        return
    expected = friedmanchisquare(*(table[name] for name in table))
    found = kendall_w(table, draws=9)
    assert (found.chi2, found.p_chi2) == pytest.approx((expected.statistic, expected.pvalue))


def test_perfect_agreement_of_three_is_counted_exactly():
    """Of the 6^2 ways to order the second and third group against the first, one agrees with it."""
    found = kendall_w(frame([[3, 2, 1]] * 3))
    assert (found.w, found.p, found.mean_spearman) == (1, 1 / 36, 1)


def test_groups_that_tie_everything_have_no_concordance():
    found = kendall_w(frame([[1, 1, 1]] * 3))
    assert np.isnan([found.w, found.chi2, found.p_chi2, found.p]).all()


@pytest.mark.parametrize("size", [(2, 5), (5, 2), (0, 3)])
def test_concordance_of_too_few_is_refused(size):
    with pytest.raises(ArgumentError, match="at least 3 groups and 3 codes"):
        kendall_w(pd.DataFrame(np.zeros(size)))


@pytest.mark.parametrize("function", [kendall_w, borda, kemeny, bradley_terry])
def test_a_missing_value_is_refused_and_named(function):
    table = gminas()
    table.loc["G3", "violence"] = np.nan
    with pytest.raises(ArgumentError, match="no value for 'violence' in 'G3'"):
        function(table)


@pytest.mark.parametrize("function", [kendall_w, borda, kemeny, bradley_terry])
def test_a_table_of_words_is_refused_and_the_way_out_named(function):
    with pytest.raises(ArgumentError, match="to_matrix"):
        function(gminas().assign(gmina="Oksa"))


def test_a_name_that_stands_twice_is_refused():
    with pytest.raises(ArgumentError, match="row 'G1' stands twice"):
        borda(pd.concat([gminas(), gminas().iloc[:1]]))


def test_borda_of_the_eight_gminas():
    """ranking_expected.json, "borda_mean_points"."""
    assert borda(gminas())[PROBLEMS].tolist() == [3.8125, 2.875, 1.625, 1.625, 0.0625]


def test_shares_that_differ_only_by_rounding_are_tied():
    assert borda(pd.DataFrame({"a": [0.1 + 0.2], "b": [0.3]})).tolist() == [0.5, 0.5]


def test_one_group_has_points_and_no_group_has_none():
    assert borda(frame([[1, 3, 2]])).tolist() == [0, 2, 1]
    with pytest.raises(ArgumentError, match="at least 1 groups"):
        borda(pd.DataFrame(columns=["a", "b"], dtype=float))


def test_kemeny_of_the_eight_gminas():
    """ranking_expected.json, "kemeny_optimal_orders", by all 120 orders."""
    found = kemeny(gminas())
    assert found.order == ("elderly", "alcohol", "disability", "violence", "unemployment")
    assert (found.cost, found.second_cost) == (8, 9)


def cost_of(order, values):
    pairs = [(a, b) for i, a in enumerate(order) for b in order[i + 1 :]]
    return sum((values[:, b] > values[:, a]).sum() + 0.5 * (values[:, b] == values[:, a]).sum() for a, b in pairs)


@settings(deadline=None, max_examples=40)
@given(tables)
def test_kemeny_is_the_cheapest_of_all_orders(rows):
    found, values = kemeny(frame(rows)), np.array(rows)
    costs = sorted(cost_of(order, values) for order in permutations(range(values.shape[1])))
    assert (found.cost, found.second_cost) == (costs[0], costs[1])
    places = ["abcdefgh".index(code) for code in found.order]
    assert cost_of(places, values) == costs[0]


def test_kemeny_of_one_code_and_of_two():
    assert kemeny(pd.DataFrame({"a": [1]})).order == ("a",)
    found = kemeny(pd.DataFrame({"a": [1, 1], "b": [1, 1]}))
    assert (found.cost, found.second_cost) == (1, 1)


def test_bradley_terry_of_the_eight_gminas():
    """ranking_expected.json, "bradley_terry_half_ties_MLE": by minorisation and choix.ilsr_pairwise_dense(alpha=0)."""
    expected = [3.30048, 1.48082, -0.41978, -0.41978, -3.94173]
    assert bradley_terry(gminas())[PROBLEMS].tolist() == pytest.approx(expected, abs=5e-6)


def test_bradley_terry_of_two_codes_is_a_log_odds():
    table = pd.DataFrame({"a": [2, 2, 2, 0], "b": [1, 1, 1, 1]})
    assert bradley_terry(table).tolist() == pytest.approx([np.log(3) / 2, -np.log(3) / 2])


def test_bradley_terry_without_a_maximum_is_refused_and_the_codes_are_parted():
    table = pd.DataFrame({"a": [3, 3], "b": [1, 2], "c": [2, 1]})
    with pytest.raises(ArgumentError, match="no maximum") as refused:
        bradley_terry(table)
    assert "a;" in str(refused.value) or "; a" in str(refused.value)


def test_bradley_terry_of_ties_is_flat():
    assert bradley_terry(frame([[1, 1, 1]] * 2)).tolist() == pytest.approx([0, 0, 0])
