"""Coders against codes that count as right, with Wilson's interval, scikit-learn and counts by hand as oracles."""

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import precision_recall_fscore_support

from focus_analysis.analysis.comparison import compare_coders
from focus_analysis.errors import ArgumentError, SchemaError
from tests import builders


def study(n_turns, n_sessions=1):
    said = [f"R{turn % 3}: Zdanie {turn}." for turn in range(1, n_turns + 1)]
    return builders.corpus(*(builders.group(f"s{number}", *said, "M: Tak?") for number in range(n_sessions)))


def row_of(table, code, coder="a"):
    return table[(table["code"] == code) & (table["coder"] == coder)].iloc[0]


@pytest.fixture(scope="module")
def worked():
    """One code: right 30 times, wrong 10 times, missed 6 times in 200 turns."""
    gold = builders.codings(*(("s0", turn, "poverty") for turn in range(1, 37)))
    given = builders.codings(*(("s0", turn, "poverty") for turn in [*range(1, 31), *range(101, 111)]))
    return compare_coders(gold, {"a": given}, study(200))


def test_the_worked_example(worked):
    row = row_of(worked, "poverty")
    assert (row["tp"], row["fp"], row["fn"]) == (30, 10, 6)
    assert (row["precision"], row["recall"]) == pytest.approx((0.75, 0.833333), abs=1e-6)
    assert row["f1"] == pytest.approx(0.789474, abs=1e-6)


def test_intervals_are_near_wilson_s_where_turns_are_independent(worked):
    row = row_of(worked, "poverty")
    assert worked["interval"].unique().tolist() == ["turns"]
    assert (row["precision_low"], row["precision_high"]) == pytest.approx((0.598060, 0.858129), abs=0.035)
    assert (row["recall_low"], row["recall_high"]) == pytest.approx((0.681092, 0.921296), abs=0.045)
    assert (row["f1_low"], row["f1_high"]) == pytest.approx((0.673477, 0.872089), abs=0.035)


def test_micro_and_macro_are_those_of_scikit_learn():
    rng = np.random.default_rng(1)
    names = ["a1", "a2", "b1"]
    right, given = rng.random((2, 60, 3)) < 0.3
    tables = [
        builders.codings(*(("s0", int(turn) + 1, names[code]) for turn, code in np.argwhere(one)))
        for one in (right, given)
    ]
    codes = pd.concat([builders.codes("a1", "a2", group="problems"), builders.codes("b1", group="solutions")])
    table = compare_coders(tables[0], {"a": tables[1]}, study(60), codes, resamples=50)
    for scope, group, columns in (
        ("micro", None, [0, 1, 2]),
        ("macro", None, [0, 1, 2]),
        ("micro", "problems", [0, 1]),
    ):
        row = table[(table["scope"] == scope) & (table["group"].isna() if group is None else table["group"] == group)]
        expected = precision_recall_fscore_support(right[:, columns], given[:, columns], average=scope)[:3]
        assert row[["precision", "recall", "f1"]].iloc[0].tolist() == pytest.approx(list(expected))
        assert row["n_codes"].iloc[0] == len(columns)


def test_only_what_participants_affirm_counts():
    gold = builders.codings(("s0", 1, "poverty"), ("s0", 2, "poverty", "denied"), ("s0", 5, "poverty"))
    given = builders.codings(("s0", 1, "poverty", "hypothetical"), ("s0", 2, "poverty"))
    row = row_of(compare_coders(gold, {"a": given}, study(4), resamples=20), "poverty")
    assert (row["tp"], row["fp"], row["fn"]) == (0, 1, 1)
    assert row["f1"] == 0 and row["few"]
    assert pd.isna(row["f1_low"])


def test_a_code_that_is_never_true_has_no_f1_and_stays_out_of_the_mean():
    gold, given = builders.codings(("s0", 1, "a")), builders.codings(("s0", 1, "a"), ("s0", 2, "b"))
    table = compare_coders(gold, {"a": given}, study(3), builders.codes("a", "b"), resamples=20)
    row = row_of(table, "b")
    assert np.isnan([row["recall"], row["f1"]]).all() and row["precision"] == 0
    macro = table[(table["scope"] == "macro") & table["group"].isna()].iloc[0]
    assert (macro["f1"], macro["n_codes"]) == (1.0, 1)


def test_ten_transcripts_are_resampled_whole():
    places = [(f"s{session}", turn) for session in range(10) for turn in range(1, 5)]
    gold = builders.codings(*((*place, "a") for place in places))
    given = builders.codings(*((*place, "a") for place in places[:20]))
    row = row_of(compare_coders(gold, {"a": given}, study(6, 10)), "a")
    assert row["interval"] == "transcripts"
    assert row["recall_low"] <= 0.3 and row["recall_high"] >= 0.7  # five transcripts all, five nothing


def test_several_coders_stand_below_each_other_and_the_result_is_the_same_each_time():
    gold = builders.codings(*(("s0", turn, "a") for turn in range(1, 15)))
    coders = {"good": gold, "none": gold.head(0)}
    table = compare_coders(gold, coders, study(30), resamples=30)
    assert table["coder"].drop_duplicates().tolist() == ["good", "none"]
    assert row_of(table, "a", "good")["f1"] == 1 and row_of(table, "a", "none")["f1"] == 0
    assert compare_coders(gold, coders, study(30), resamples=30).equals(table)


def test_turns_that_were_read_and_given_no_code_count():
    gold = builders.codings(("s0", 1, "a"), ("s0", 2, "none"))
    given = builders.codings(("s0", 2, "a"), ("s0", 3, "a"))
    row = row_of(compare_coders(gold, {"a": given}, study(3), resamples=20), "a")
    assert (row["fp"], row["fn"], row["n_turns"]) == (1, 1, 2)


def test_nothing_to_compare_is_refused():
    gold = builders.codings(("s0", 1, "a"))
    with pytest.raises(ArgumentError, match="by name"):
        compare_coders(gold, {}, study(3))
    with pytest.raises(ArgumentError, match="no participant's turn"):
        compare_coders(builders.codings(("x", 1, "a")), {"a": gold}, study(3))


@pytest.mark.parametrize(
    ("change", "error", "says"),
    [
        ({"coders": [builders.codings()]}, ArgumentError, "by name"),
        ({"study": builders.codings()}, ArgumentError, "study, such as a Corpus, stands third"),
        ({"codes": ["poverty"]}, ArgumentError, "columns code and group"),
        ({"gold": builders.codings().drop(columns="status")}, SchemaError, "columns missing: status"),
        ({"coders": {"a": "codings.csv"}}, SchemaError, "a DataFrame is needed"),
    ],
)
def test_what_stands_for_something_else_is_refused(change, error, says):
    codings = builders.codings(("s0", 1, "poverty"))
    given = {"gold": codings, "coders": {"a": codings}, "study": study(3), "codes": None}
    with pytest.raises(error, match=says):
        compare_coders(**{**given, **change})


def test_without_a_known_participant_it_says_what_to_give():
    codings = builders.codings(("s0", 1, "poverty"))
    talk = builders.corpus(builders.group("s0", "M: Zdanie."))
    with pytest.raises(ArgumentError, match="nobody is known as a participant"):
        compare_coders(codings, {"a": codings}, talk)
