"""Words that tell regions apart, against the formula worked in the method notes."""

import numpy as np
import pandas as pd
import pytest

from focus_analysis.analysis.keyness import keyness
from focus_analysis.errors import ArgumentError

# fightin_words_expected.json: Monroe, Colaresi and Quinn (2008), equations 16 and 19 to 22.
WORDS = ["samotny", "alkohol", "przemoc", "praca", "senior", "dzieci"]
COUNTS = pd.DataFrame([[40, 10, 5, 8, 30, 7], [15, 25, 12, 20, 12, 16]], index=["A", "B"], columns=WORDS)
PRIOR = pd.Series([10.0, 7, 4, 6, 9, 4], index=WORDS)
LOG_ODDS = [0.93827, -0.762576, -0.63028, -0.719123, 0.783042, -0.670158]
VARIANCE = [0.06, 0.09007353, 0.17361111, 0.10989011, 0.07326007, 0.14090909]
Z = [3.83047, -2.540881, -1.512672, -2.16932, 2.89302, -1.785285]


def worked(**options):
    return keyness(COUNTS, ["A", "B"], "A", "B", PRIOR, **{"min_groups": 1} | options).set_index("word")


def test_the_worked_example():
    table = worked().loc[WORDS]
    assert table["log_odds"].tolist() == pytest.approx(LOG_ODDS, abs=5e-7)
    assert table["variance"].tolist() == pytest.approx(VARIANCE, abs=5e-9)
    assert table["z"].tolist() == pytest.approx(Z, abs=5e-7)
    assert table["n_a"].tolist() == COUNTS.loc["A"].tolist()


def test_the_most_typical_come_first():
    assert worked().index.tolist() == ["samotny", "senior", "przemoc", "dzieci", "praca", "alkohol"]


def test_the_other_way_round_only_the_sign_changes():
    turned = keyness(COUNTS, {"A": "A", "B": "B"}, "B", "A", PRIOR, min_groups=1).set_index("word")
    assert turned.loc[WORDS, "z"].tolist() == pytest.approx([-z for z in Z], abs=5e-7)


def test_counts_are_summed_over_the_groups_of_a_region():
    halves = pd.concat([COUNTS, COUNTS]).set_axis(["a1", "b1", "a2", "b2"]) / 2
    table = keyness(halves, ["A", "B", "A", "B"], "A", "B", PRIOR, min_groups=2).set_index("word")
    assert table.loc[WORDS, "z"].tolist() == pytest.approx(Z, abs=5e-7)
    assert set(table["groups_a"]) == {2}


def test_a_word_of_too_few_groups_of_its_region_is_not_listed():
    table = pd.DataFrame({"bieda": [5, 0, 0, 1, 1, 1], "praca": [1, 1, 1, 1, 1, 1]})
    found = keyness(table, ["A"] * 3 + ["B"] * 3, "A", "B")
    assert "bieda" not in found.query("z > 0")["word"].tolist()
    assert keyness(table, ["A"] * 3 + ["B"] * 3, "A", "B", min_groups=1)["word"].tolist()[0] == "bieda"


def test_the_prior_is_the_whole_table_scaled_to_one_speaker_a_word():
    table = pd.DataFrame({"x": [6, 2], "y": [1, 7]})
    found = keyness(table, ["A", "B"], "A", "B", min_groups=1).set_index("word")
    again = keyness(table, ["A", "B"], "A", "B", pd.Series({"x": 1.0, "y": 1.0}), min_groups=1).set_index("word")
    assert found.equals(again)


@pytest.mark.parametrize(
    ("table", "region", "prior", "message"),
    [
        (COUNTS, "C", None, "no row of region 'C'"),
        (COUNTS, "B", PRIOR.drop("praca"), "'praca' has none"),
        (COUNTS, "B", PRIOR * 0, "weight above 0"),
        (COUNTS[["praca"]], "B", None, "two words at least"),
        (COUNTS.assign(nic=0), "B", None, "nobody uses"),
        (COUNTS.assign(nic=np.nan), "B", None, "no value for 'nic'"),
    ],
)
def test_what_has_no_answer_is_refused(table, region, prior, message):
    with pytest.raises(ArgumentError, match=message):
        keyness(table, ["A", "B"], "A", region, prior)
