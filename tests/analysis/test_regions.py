"""Comparison of regions: against the method notes (scipy, coin, statsmodels), scipy and statistics by hand."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from focus_analysis.analysis.regions import adjusted, cliffs_delta, compare_all_regions, compare_regions
from focus_analysis.errors import ArgumentError
from focus_analysis.schemas import check
from focus_analysis.schemas_results import COMPARISONS
from tests.analysis.worked import OVERDISPERSED, regions

# regions_expected.json, "region_mean_coverage", "pairwise_exact_p" and "bh".
MEANS = {"A": 0.619571, "B": 0.333996, "C": 0.493182, "D": 0.523611, "E": 0.460795}
EXACT_P = {
    "AB": (0.0003108, 0.003108003),
    "AC": (0.018181818, 0.03978244),
    "AD": (0.104273504, 0.148962149),
    "AE": (0.01989122, 0.03978244),
    "BC": (0.010722611, 0.035742036),
    "BD": (0.007614608, 0.035742036),
    "BE": (0.073504274, 0.122507123),
    "CD": (0.608547009, 0.608547009),
    "CE": (0.58041958, 0.608547009),
    "DE": (0.34965035, 0.437062937),
}


@pytest.fixture(scope="module")
def worked():
    return compare_regions(*regions()).set_index(["group_a", "group_b"])


def samples(a="A", b="B", written=None):
    table, names = regions(written)
    return tuple(table.loc[names == region, "coverage"].to_numpy() for region in (a, b))


@pytest.mark.parametrize("pair", EXACT_P)
def test_exact_and_adjusted_p(worked, pair):
    p, bh = EXACT_P[pair]
    assert worked.loc[tuple(pair), "p"] == pytest.approx(p, abs=5e-8)
    assert worked.loc[tuple(pair), "p_adjusted"] == pytest.approx(bh, abs=5e-10)


def test_means_and_the_difference(worked):
    row = worked.loc[("A", "B")]
    assert [row["n_a"], row["n_b"]] == [8, 8]
    assert row["mean_a"] == pytest.approx(MEANS["A"], abs=5e-7)
    assert row["mean_b"] == pytest.approx(MEANS["B"], abs=5e-7)
    assert row["difference"] == pytest.approx(0.285574, abs=5e-7)


def test_welchs_interval(worked):
    """regions_expected.json, "welch_ci95"."""
    row = worked.loc[("A", "B")]
    assert [row["low"], row["high"]] == pytest.approx([0.165037, 0.406112], abs=5e-7)


def test_welchs_interval_is_that_of_scipy(worked):
    interval = stats.ttest_ind(*samples("C", "E"), equal_var=False).confidence_interval()
    assert worked.loc[("C", "E"), ["low", "high"]].tolist() == pytest.approx(list(interval))


def test_inverted_permutation_interval(worked):
    """regions_expected.json, "inverted_permutation_ci_step001": to the third digit."""
    row = worked.loc[("A", "B")]
    assert [row["low_permutation"], row["high_permutation"]] == pytest.approx([0.167, 0.407], abs=5e-4)


def test_shifts_just_inside_the_inverted_interval_are_kept_and_just_outside_rejected(worked):
    a, b = samples()
    row = worked.loc[("A", "B")]

    def p_of(shift):
        return stats.permutation_test(
            (a - shift, b), lambda x, y, axis: x.mean(axis) - y.mean(axis), n_resamples=np.inf, vectorized=True
        ).pvalue

    for end, inside in ((row["low_permutation"], 1e-6), (row["high_permutation"], -1e-6)):
        assert p_of(end + inside) > 0.05 >= p_of(end - inside)


@pytest.mark.parametrize("pair", ["AB", "CE"])
def test_exact_p_is_that_of_scipy(worked, pair):
    expected = stats.permutation_test(
        samples(*pair), lambda x, y, axis: x.mean(axis) - y.mean(axis), n_resamples=np.inf, vectorized=True
    )
    assert worked.loc[tuple(pair), "p"] == pytest.approx(expected.pvalue)


def test_cliffs_delta_of_a_and_b(worked):
    """regions_expected.json, "cliffs_delta", its variance (the floor) and interval."""
    found = cliffs_delta(*samples())
    assert found.delta == 0.984375
    assert found.variance == pytest.approx(0.000492156, abs=5e-10)
    assert [found.low, found.high] == pytest.approx([0.857215, 0.998388], abs=5e-7)
    columns = ["cliffs_delta", "cliffs_delta_low", "cliffs_delta_high"]
    assert worked.loc[("A", "B"), columns].tolist() == [found.delta, found.low, found.high]


def test_cliffs_delta_is_the_u_of_mann_and_whitney():
    a, b = samples("C", "D")
    u = stats.mannwhitneyu(a, b).statistic
    assert cliffs_delta(a, b).delta == pytest.approx(2 * u / 64 - 1)


def test_groups_that_differ_much_do_not_differ_by_pooled_counts():
    """regions_expected.json, "overdispersed_example": Fisher's p of the pooled counts is 0.000016."""
    row = compare_regions(*regions(OVERDISPERSED)).iloc[0]
    assert row["p"] == pytest.approx(0.075524476, abs=5e-10)
    assert [row["low"], row["high"]] == pytest.approx([-0.045265, 0.745265], abs=5e-7)
    assert row["cliffs_delta"] == 0.578125


def test_all_regions():
    """regions_expected.json, "omnibus": p .0002 by 9999 draws; "kruskal_p". 99.9% of draws lie in 0.0001 to 0.0012."""
    row = compare_all_regions(*regions()).iloc[0]
    assert 0.0001 <= row["p"] <= 0.0012
    assert row["kruskal_p"] == pytest.approx(0.002881784, abs=5e-10)
    assert row[["n_regions", "n_groups"]].tolist() == [5, 40]


def test_all_of_two_regions_is_the_exact_comparison():
    table, names = regions()
    two = table[names.isin(["A", "C"])]
    assert compare_all_regions(two, names)["p"].iloc[0] == pytest.approx(EXACT_P["AC"][0], abs=5e-8)


def test_the_sum_of_squares_between_regions_is_that_of_the_analysis_of_variance():
    table, names = regions()
    groups = [table.loc[names == region, "coverage"] for region in "ABCDE"]
    within = sum(((group - group.mean()) ** 2).sum() for group in groups)
    f = stats.f_oneway(*groups).statistic
    assert compare_all_regions(table, names)["between"].iloc[0] == pytest.approx(f * 4 * within / 35)


def test_false_discovery_is_controlled_over_all_rows_and_missing_ones_are_not_counted():
    table, names = regions()
    both = table.assign(other=table["coverage"].to_numpy()[::-1], never=0.0)
    found = compare_regions(both, names)
    known = found["p"].notna()
    assert set(found.loc[~known, "code"]) == {"never"}
    assert found.loc[known, "p_adjusted"].tolist() == stats.false_discovery_control(found.loc[known, "p"]).tolist()
    assert adjusted(pd.Series([np.nan, 0.04])).tolist()[1] == 0.04


def test_the_table_keeps_its_schema(worked):
    found = compare_regions(*regions(), measure="smith_s")
    assert check(found, COMPARISONS).equals(found)
    assert set(found["measure"]) == {"smith_s"}
    assert found["method"].str.endswith("exact").all()


def test_a_region_with_one_group_has_a_p_and_no_interval_of_welch():
    table = pd.DataFrame({"a": [0.9, 0.1, 0.2, 0.3]})
    row = compare_regions(table, ["x", "y", "y", "y"]).iloc[0]
    assert row["p"] == 1 / 4
    assert row["difference"] == pytest.approx(0.7)
    assert row[["low", "high", "low_permutation", "high_permutation", "cliffs_delta_low"]].isna().all()
    assert row["cliffs_delta"] == 1


def test_separate_regions_have_no_interval_of_delta():
    found = cliffs_delta([3, 4], [1, 2])
    assert found.delta == 1 and np.isnan([found.low, found.high, found.variance]).all()


def test_equal_values_leave_nothing_to_test():
    row = compare_regions(pd.DataFrame({"a": [0.5] * 4}), ["x", "x", "y", "y"]).iloc[0]
    assert row[["p", "p_adjusted", "low"]].isna().all()
    assert [row["difference"], row["cliffs_delta"]] == [0, 0]
    assert compare_all_regions(pd.DataFrame({"a": [0.5] * 4}), ["x", "x", "y", "y"])["p"].isna().all()


def test_equal_values_within_regions_still_have_a_p():
    row = compare_regions(pd.DataFrame({"a": [1, 1, 0, 0]}), ["x", "x", "y", "y"]).iloc[0]
    assert row["p"] == 2 / 6 and np.isnan(row["low"])


def test_a_region_that_was_not_asked_has_no_comparison():
    row = compare_regions(pd.DataFrame({"a": [0.5, 0.4, np.nan]}), ["x", "x", "y"]).iloc[0]
    assert row[["n_a", "n_b"]].tolist() == [2, 0]
    assert row[["difference", "p", "cliffs_delta"]].isna().all()


def test_groups_that_were_not_asked_drop_out():
    table, names = regions()
    short = table.copy()
    short.loc["A1", "coverage"] = np.nan
    left = compare_regions(short, names).set_index(["group_a", "group_b"]).loc[("A", "B")]
    dropped = compare_regions(table.drop(index="A1"), names).set_index(["group_a", "group_b"]).loc[("A", "B")]
    assert left["n_a"] == 7
    assert left.drop("p_adjusted").equals(dropped.drop("p_adjusted"))


def test_many_groups_are_dealt_at_random_and_repeatably():
    rng = np.random.default_rng(1)
    table = pd.DataFrame({"a": np.concatenate([rng.normal(0.5, 0.1, 12), rng.normal(0.42, 0.1, 12)])})
    names = ["x"] * 12 + ["y"] * 12
    first, again = (compare_regions(table, names, seed=3).iloc[0] for _ in range(2))
    assert first.equals(again)
    assert first["method"].endswith("9999 draws, seed 3")
    assert first["p"] == pytest.approx(stats.ttest_ind(table["a"][:12], table["a"][12:]).pvalue, abs=0.02)
    assert [first["low"], first["high"]] == pytest.approx(
        [first["low_permutation"], first["high_permutation"]], abs=0.02
    )


def test_regions_by_name_in_any_order():
    table, names = regions()
    assert compare_regions(table, names[::-1]).equals(compare_regions(table, list(names)))


@pytest.mark.parametrize(
    ("names", "message"),
    [(["x"], "1 regions for 3 rows"), ({"0": "x"}, "no region for"), (["x"] * 3, "two regions or more")],
)
def test_regions_that_do_not_fit_are_refused(names, message):
    with pytest.raises(ArgumentError, match=message):
        compare_regions(pd.DataFrame({"a": [0.1, 0.2, 0.3]}), names)


@pytest.mark.parametrize("bad", [([], [1]), ([np.nan], [1])])
def test_cliffs_delta_of_nothing_is_refused(bad):
    with pytest.raises(ArgumentError, match="none missing"):
        cliffs_delta(*bad)


def test_the_test_keeps_its_level_where_talk_hangs_together():
    """Eight against eight groups of 40 utterances, intra-class correlation .10, no difference: 4.8% in the notes."""
    rng = np.random.default_rng(2024)
    shares = rng.binomial(40, rng.beta(1.8, 7.2, (16, 300))) / 40
    found = compare_regions(pd.DataFrame(shares), ["x"] * 8 + ["y"] * 8)
    assert 0.01 <= (found["p"] <= 0.05).mean() <= 0.09
