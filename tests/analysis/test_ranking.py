"""Ranks with ties, against scipy; ranks over measures, against the method notes; plain tables."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import rankdata

from focus_analysis.analysis.ranking import rank_multiverse, rank_within, to_matrix, to_regions
from focus_analysis.analysis.salience import salience
from focus_analysis.errors import ArgumentError
from focus_analysis.schemas import ESTIMATES, empty
from tests.analysis.worked import PROBLEMS, transcript
from tests.builders import estimates

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


# rank_multiverse_expected.json: ranks by measure, and their range, of elderly, alcohol, violence, disability,
# unemployment.
MULTIVERSE = {
    "coverage": [1.5, 1.5, 4.0, 4.0, 4.0],
    "share_utterances": [1.0, 2.0, 3.5, 5.0, 3.5],
    "share_words_split": [1.0, 3.0, 2.0, 5.0, 4.0],
    "equal_speaker_share": [1.0, 2.0, 3.5, 5.0, 3.5],
    "smith_s": [1.0, 2.0, 3.5, 5.0, 3.5],
    "sutrop_csi": [1.0, 2.0, 3.5, 5.0, 3.5],
}
RANGES = {
    "elderly": [1.0, 1.0, 1.5],
    "alcohol": [1.5, 2.0, 3.0],
    "violence": [2.0, 3.5, 4.0],
    "disability": [4.0, 5.0, 5.0],
    "unemployment": [3.5, 3.5, 4.0],
}


@pytest.fixture(scope="module")
def worked():
    return salience(*transcript(), measures=list(MULTIVERSE))


@pytest.mark.parametrize("measure", MULTIVERSE)
def test_the_ranks_of_the_worked_transcript(worked, measure):
    leaves = worked[(worked["measure"] == measure) & (worked["level"] == "leaf")].set_index("code")
    assert leaves.loc[PROBLEMS, "rank"].tolist() == MULTIVERSE[measure]


def test_the_multiverse_of_the_worked_transcript(worked):
    table = rank_multiverse(worked).query("level == 'leaf'").set_index("code")
    found = table.loc[PROBLEMS, ["rank_min", "rank_median", "rank_max"]].to_numpy().tolist()
    assert found == list(RANGES.values())
    assert table.loc["elderly", ["rank", "share_first", "n_variants"]].tolist() == [1.5, 5 / 6, 6]
    assert set(table["measure"]) == {"several"}


def test_a_multiverse_of_one_measure_is_that_ranking(worked):
    table = rank_multiverse(worked, ["smith_s"]).query("level == 'leaf'").set_index("code")
    assert table.loc[PROBLEMS, "rank_min"].tolist() == MULTIVERSE["smith_s"] == table.loc[PROBLEMS, "rank_max"].tolist()
    assert table["rank"].isna().all()


@pytest.mark.parametrize("measures", [["one_voice"], ["coverage", "utterances"], []])
def test_a_multiverse_of_measures_without_ranks_is_refused(worked, measures):
    with pytest.raises(ArgumentError, match="smith_s"):
        rank_multiverse(worked, measures)


def test_a_multiverse_of_nothing_is_nothing():
    assert rank_multiverse(empty(ESTIMATES), ["coverage"]).empty


def test_a_matrix_has_gminas_in_rows_and_codes_in_columns():
    table = estimates(
        {"gmina": "Oksa", "teryt": "2602052", "code": "a", "n_named": 3},
        {"gmina": "Oksa", "teryt": "2602052", "code": "b", "n_named": 0},
        {"gmina": "Bieliny", "teryt": "2604012", "code": "a", "n_named": 1},
        {"gmina": "Bieliny", "teryt": "2604012", "code": "b", "n_named": 2},
    )
    matrix = to_matrix(table)
    assert matrix.index.tolist() == ["Oksa", "Bieliny"]
    assert matrix.to_dict("list") == {"a": [0.3, 0.1], "b": [0, 0.2]}
    assert to_regions(table).to_dict() == {"Oksa": "świętokrzyskie", "Bieliny": "świętokrzyskie"}


def test_gminas_of_one_name_are_told_apart_in_a_matrix():
    table = estimates(
        {"gmina": "Oksa", "teryt": "2602052", "code": "a", "n_named": 3},
        {"gmina": "Oksa", "teryt": "1234562", "code": "a", "n_named": 1},
    )
    assert to_matrix(table).index.tolist() == ["Oksa (2602052)", "Oksa (1234562)"]
    assert to_regions(table).index.tolist() == ["Oksa (2602052)", "Oksa (1234562)"]


def test_gminas_whose_participants_are_unknown_are_named_and_left_out():
    table = estimates(
        {"gmina": "Oksa", "code": "a", "n_named": 3},
        {"gmina": "Świlcza", "code": "a", "n_named": None, "n_participants": None, "estimate": None},
    )
    with pytest.warns(UserWarning, match="left out: Świlcza"):
        assert to_matrix(table).index.tolist() == ["Oksa"]


@pytest.mark.parametrize("wrong", [{"measure": "smith_s"}, {"level": "top"}])
def test_a_matrix_of_what_is_not_there_is_refused(wrong):
    with pytest.raises(ArgumentError, match="coverage"):
        to_matrix(estimates({"gmina": "Oksa", "code": "a", "n_named": 3}), **wrong)
