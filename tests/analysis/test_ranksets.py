"""Ranks over groups: against the eight gminas of the method notes and all sign flips by brute force."""

from itertools import combinations, product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import ttest_1samp

from focus_analysis.analysis.ranksets import compare_codes, rank_problems, rank_sets
from focus_analysis.errors import ArgumentError
from focus_analysis.schemas import check
from focus_analysis.schemas_results import RANKINGS
from tests.analysis.worked import PROBLEMS, gminas

# ranking_expected.json, "signflip_exact_p", "maxT_signflip_t_obs" and "maxT_signflip_stepdown_adjusted_p".
PAIRS = {
    ("elderly", "alcohol"): (0.046875, 3.162556, 0.09375),
    ("elderly", "violence"): (0.0078125, 14.549166, 0.0078125),
    ("elderly", "disability"): (0.0078125, 9.612922, 0.0078125),
    ("elderly", "unemployment"): (0.0078125, 20.15841, 0.0078125),
    ("alcohol", "violence"): (0.03125, 2.814947, 0.09375),
    ("alcohol", "disability"): (0.046875, 2.786145, 0.09375),
    ("alcohol", "unemployment"): (0.0078125, 7.432334, 0.0078125),
    ("violence", "disability"): (0.65625, 0.425719, 0.65625),
    ("violence", "unemployment"): (0.0078125, 3.742263, 0.0546875),
    ("disability", "unemployment"): (0.015625, 5.440367, 0.015625),
}
# ranking_expected.json, "simultaneous_rank_sets_95_maxT".
SETS = {"elderly": [1, 2], "alcohol": [1, 4], "violence": [2, 5], "disability": [2, 4], "unemployment": [4, 5]}
small = st.lists(st.lists(st.integers(0, 3), min_size=3, max_size=3), min_size=2, max_size=5)


@pytest.mark.parametrize("pair", PAIRS)
def test_the_pairs_of_the_eight_gminas(pair):
    table = compare_codes(gminas()).set_index(["code_a", "code_b"]).loc[pair]
    p, t, adjusted = PAIRS[pair]
    assert [table["p"], table["p_adjusted"]] == [p, adjusted]
    assert abs(table["t"]) == pytest.approx(t, abs=5e-7)


def test_the_rank_sets_of_the_eight_gminas():
    table = rank_sets(gminas())
    assert {code: [row["set_low"], row["set_high"]] for code, row in table.iterrows()} == SETS


def brute_force(table):
    """Step-down max t over all flips, t itself instead of its square over a bound."""

    def t_of(gaps):
        mean, sd = gaps.mean(axis=0), gaps.std(axis=0, ddof=1)
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(np.abs(mean) < 1e-12, 0, np.where(sd < 1e-12, np.inf, np.abs(mean) / sd))

    values = table.to_numpy(dtype=float)
    gaps = np.stack([values[:, a] - values[:, b] for a, b in combinations(range(values.shape[1]), 2)], axis=1)
    observed = t_of(gaps)
    drawn = np.array([t_of(np.array(signs)[:, None] * gaps) for signs in product((1, -1), repeat=len(gaps))])
    adjusted, so_far = np.empty(len(observed)), 0.0
    left = list(np.argsort(-observed, kind="stable"))
    while left:
        so_far = max(so_far, (drawn[:, left].max(axis=1) >= observed[left[0]] * (1 - 1e-9)).mean())
        adjusted[left.pop(0)] = so_far
    return adjusted


@settings(deadline=None, max_examples=60)
@given(small)
def test_adjusted_p_is_that_of_all_flips(rows):
    table = pd.DataFrame(rows, columns=list("abc"))
    assert compare_codes(table)["p_adjusted"].tolist() == pytest.approx(brute_force(table).tolist())


def test_t_is_that_of_scipy_and_signed():
    table = compare_codes(gminas()).set_index(["code_a", "code_b"])
    gap = gminas()["violence"] - gminas()["disability"]
    assert table.loc[("violence", "disability"), "t"] == pytest.approx(ttest_1samp(gap, 0).statistic)


def test_a_pair_without_variance_is_infinitely_far_or_not_at_all():
    table = compare_codes(pd.DataFrame({"a": [0.3] * 8, "b": [0.2] * 8, "c": [0.3] * 8}))
    assert table["t"].tolist() == [np.inf, 0, -np.inf]
    assert table["p_adjusted"].tolist() == [2 / 256, 1, 2 / 256]


def test_with_five_groups_nothing_can_be_told_apart():
    table = rank_sets(pd.DataFrame({"a": [0.9] * 5, "b": [0.1] * 5}))
    assert table[["set_low", "set_high"]].to_numpy().tolist() == [[1, 2], [1, 2]]


def test_one_group_and_one_code_have_whole_sets():
    one = rank_sets(pd.DataFrame({"a": [0.9], "b": [0.1]}))
    assert one[["set_low", "set_high"]].to_numpy().tolist() == [[1, 2], [1, 2]]
    assert rank_sets(pd.DataFrame({"a": [0.9, 0.1]}))[["set_low", "set_high"]].to_numpy().tolist() == [[1, 1]]


def test_more_than_fourteen_groups_are_flipped_at_random_and_repeatably():
    rng = np.random.default_rng(3)
    table = pd.DataFrame({"a": rng.uniform(0.4, 1, 20), "b": rng.uniform(0, 0.6, 20), "c": rng.uniform(0, 1, 20)})
    first, again, other = (compare_codes(table, seed=seed)["p_adjusted"].tolist() for seed in (1, 1, 2))
    assert first == again
    assert first == pytest.approx(other, abs=0.02)
    assert min(first) >= 1 / 10_000


def test_sets_are_too_wide_rather_than_too_sure():
    """Eight groups, five problems that are alike: declaring any difference is an error, at most 5% of the time."""
    rng = np.random.default_rng(2024)
    sure = [
        (rank_sets(pd.DataFrame(rng.binomial(10, 0.4, (8, 5)) / 10)).eval("set_high - set_low") < 4).any()
        for _ in range(150)
    ]
    assert np.mean(sure) <= 0.10


def test_the_ranking_of_the_eight_gminas():
    """ranking_expected.json: "mean_coverage", "first_place", "first_or_tied_first", "last_strict"; weakly last 8."""
    table = rank_problems(gminas())
    assert check(table, RANKINGS).equals(table)
    table = table.set_index("code").loc[PROBLEMS]
    assert table["mean"].tolist() == pytest.approx([0.82822, 0.585543, 0.320802, 0.350316, 0.099116], abs=5e-7)
    assert table["first_strict"].tolist() == [6, 1, 0, 0, 0]
    assert table["first_tied"].tolist() == [7, 2, 0, 0, 0]
    assert table["last_strict"].tolist() == [0, 0, 0, 0, 7]
    assert table["last_tied"].tolist() == [0, 0, 0, 1, 8]
    assert table["borda"].tolist() == [3.8125, 2.875, 1.625, 1.625, 0.0625]
    assert (table["mean_rank"] * 8).tolist() == [9.5, 17.0, 27.0, 27.0, 39.5]
    assert table["rank"].tolist() == [1, 2, 4, 3, 5]
    assert table[["set_low", "set_high"]].to_numpy().tolist() == list(SETS.values())


def test_what_nobody_named_is_ranked_last_and_does_not_take_the_last_place():
    table = rank_problems(gminas().assign(housing=0.0, transport=0.0)).set_index("code")
    assert table.loc["unemployment", ["last_strict", "last_tied"]].tolist() == [7, 8]
    assert table.loc[["housing", "transport"], "rank"].tolist() == [6.5, 6.5]
    assert table.loc[["housing", "transport"], ["first_strict", "last_tied", "borda", "set_low"]].isna().all(axis=None)


def test_places_among_chosen_codes():
    table = rank_problems(gminas(), among=["alcohol", "violence", "disability"]).set_index("code")
    assert table.loc[["alcohol", "violence", "disability"], "first_strict"].tolist() == [5, 1, 1]
    assert table.loc["elderly", ["first_strict", "borda"]].isna().all()
    assert table.loc["elderly", "rank"] == 1


def test_a_group_that_was_not_asked_drops_out_for_that_problem():
    asked = gminas()
    asked.loc["G8", "unemployment"] = np.nan
    table = rank_problems(asked).set_index("code")
    assert table["n_groups"].to_dict() == dict.fromkeys(PROBLEMS[:4], 8) | {"unemployment": 7}
    assert table.loc["unemployment", ["last_strict", "last_tied"]].tolist() == [7, 7]
    assert table.loc["disability", "last_strict"] == 1
    assert table[["borda", "set_low"]].isna().all(axis=None)


def test_ties_everywhere_stay_ties():
    table = rank_problems(pd.DataFrame({"a": [0.5, 0.5], "b": [0.5, 0.5]}))
    assert (
        table[["rank", "first_strict", "first_tied", "last_tied", "borda"]].to_numpy().tolist()
        == [[1.5, 0, 2, 2, 0.5]] * 2
    )


def test_where_nobody_named_anything_nothing_comes_first():
    table = rank_problems(pd.DataFrame({"a": [0.0, 0.5], "b": [0.0, 0.0]}), among=["a", "b"]).set_index("code")
    assert table["first_tied"].tolist() == [1, 0]
    assert table["last_tied"].tolist() == [1, 2]


def test_no_group_and_no_mention_rank_nothing():
    empty = rank_problems(pd.DataFrame(columns=["a", "b"], dtype=float))
    assert empty["n_groups"].tolist() == [0, 0] and empty[["mean", "rank", "set_low"]].isna().all(axis=None)
    silent = rank_problems(pd.DataFrame({"a": [0.0], "b": [0.0]}))
    assert silent["rank"].tolist() == [1.5, 1.5] and silent["first_tied"].isna().all()


def test_a_code_that_is_no_column_is_refused():
    with pytest.raises(ArgumentError, match="no column housing"):
        rank_problems(gminas(), among=["housing"])
