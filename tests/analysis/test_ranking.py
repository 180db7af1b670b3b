"""Ranks with ties, against scipy."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import rankdata

from focus_analysis.analysis.ranking import rank_within

KINDS = {"rank": "average", "rank_low": "min", "rank_high": "max"}
shares = st.builds(lambda named, n: named / max(n, named), st.integers(0, 12), st.integers(1, 12))


def ranked(values, scope=None):
    table = pd.DataFrame({"scope": scope or ["a"] * len(values), "estimate": np.array(values, dtype="float64")})
    return rank_within(table, ["scope"])


@settings(deadline=None, max_examples=100)
@given(st.lists(shares, min_size=1, max_size=16))
def test_ranks_are_those_of_scipy_largest_first(values):
    table = ranked(values)
    for column, method in KINDS.items():
        assert table[column].tolist() == rankdata([-value for value in values], method=method).tolist()


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.sampled_from("abc"), shares), min_size=1, max_size=20))
def test_each_scope_is_ranked_alone(rows):
    scope, values = (list(column) for column in zip(*rows, strict=True))
    table = ranked(values, scope)
    for name in set(scope):
        inside = table[table["scope"] == name]
        assert inside["rank"].tolist() == rankdata(-inside["estimate"]).tolist()


def test_ties_share_the_middle_of_their_band():
    table = ranked([0.2, 0.5, 0.2, 0.0, 0.2])
    assert table["rank"].tolist() == [3, 1, 3, 5, 3]
    assert table["rank_low"].tolist() == [2, 1, 2, 5, 2]
    assert table["rank_high"].tolist() == [4, 1, 4, 5, 4]


def test_values_that_differ_only_by_rounding_are_tied():
    assert ranked([0.1 + 0.2, 0.3, 1 / 3])["rank"].tolist() == [2.5, 2.5, 1]


def test_a_missing_estimate_has_no_rank_and_takes_none():
    table = ranked([0.5, np.nan, 0.1])
    assert table["rank"].tolist()[::2] == [1, 2]
    assert table[list(KINDS)].iloc[1].isna().all()


@pytest.mark.parametrize("missing", [None, np.nan])
def test_a_scope_without_a_name_is_ranked_too(missing):
    assert ranked([0.1, 0.5, 0.3], ["a", missing, missing])["rank"].tolist() == [1, 1, 2]


def test_the_table_that_was_given_is_left_as_it_was():
    table = pd.DataFrame({"scope": ["a", "a"], "estimate": [0.1, 0.2]})
    before = table.copy()
    result = rank_within(table, ["scope"])
    assert table.equals(before)
    assert list(result.columns) == ["scope", "estimate", "rank", "rank_low", "rank_high"]
