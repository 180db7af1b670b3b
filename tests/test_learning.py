"""Learning curves on own codes and on a bank, and what they say in words."""

import numpy as np
import pandas as pd
import pytest

import focus_analysis as fa
from focus_analysis.errors import ArgumentError
from focus_analysis.learning import CURVE_COLUMNS, part_of_bank
from tests.coding.test_combined import BOOK, talk

SIZES, F1 = [50, 100, 200, 400], [0.42, 0.53, 0.61, 0.66]


def curve(f1=F1, sizes=SIZES):
    rows = [
        {"unit": "examples", "size": n, "n_examples": float(n), "group": None, "scope": "micro", "f1": value}
        | {"low": value, "high": value, "n_folds": 1}
        for n, value in zip(sizes, f1, strict=True)
    ]
    return pd.DataFrame(rows, columns=CURVE_COLUMNS)


def test_more_transcripts_teach_more_and_none_codes_itself():
    corpus, codings = talk()
    found = fa.learning_curve(corpus, codings, sizes=[1, 5], folds=6)
    assert list(found.columns) == CURVE_COLUMNS
    micro = found[found["scope"] == "micro"].set_index("size")
    assert micro["n_folds"].tolist() == [6, 6]
    assert micro.loc[1, "f1"] == 0  # four examples a code are too few for a model
    assert micro.loc[5, "n_examples"] == 20 and micro.loc[5, "f1"] > 0.3
    assert (found["low"] <= found["f1"]).all() and (found["f1"] <= found["high"]).all()
    assert fa.learning_curve(corpus, codings, sizes=[1, 5], folds=6).equals(found)


def test_rules_stand_in_where_nothing_can_be_learnt():
    corpus, codings = talk()
    found = fa.learning_curve(corpus, codings, BOOK, sizes=[1], folds=2)
    by_rules = fa.compare_coders(codings, {"r": fa.code(corpus, BOOK, "rules")}, corpus, resamples=1)
    assert found["f1"].max() > 0
    assert by_rules["f1"].max() > 0


def test_too_little_for_a_curve_is_refused():
    corpus, codings = talk()
    with pytest.raises(ArgumentError, match="4 coded transcripts"):
        fa.learning_curve(corpus, codings[codings["session_id"].isin(["g0", "g1"])])
    with pytest.raises(ArgumentError, match="no code has 20"):
        fa.learning_curve(corpus, codings.groupby("session_id").head(2))
    for size in (0, 4):
        with pytest.raises(ArgumentError, match=f"1 to 3 transcripts teach; not .{size}"):
            fa.learning_curve(corpus, codings, sizes=[size], folds=2)
    with pytest.raises(ArgumentError, match="2 folds at least"):
        fa.learning_curve(corpus, codings, folds=1)


def test_a_fold_whose_transcripts_have_no_code_that_counts_does_not_stop_the_others():
    corpus, codings = talk()
    in_one = codings["session_id"] == "g1"
    codings = pd.concat([codings[~in_one], codings[in_one].head(1).assign(code="rare")], ignore_index=True)
    found = fa.learning_curve(corpus, codings, BOOK, sizes=[4], folds=6)
    assert found.loc[found["scope"] == "micro", "n_folds"].item() == 5


def test_a_part_of_the_bank_has_so_many_of_each_code_and_a_larger_one_holds_it():
    corpus, codings = talk()
    order = np.random.default_rng(0).permutation(len(corpus.turns)).tolist()
    small, large = (part_of_bank((corpus, codings), size, order) for size in (5, 10))
    assert small[1]["code"].value_counts().drop("rare").between(5, 6).all()
    places = [set(zip(part[0].turns["session_id"], part[0].turns["turn"], strict=True)) for part in (small, large)]
    assert places[0] < places[1]
    bare = len(small[0].turns) - len(small[1].drop_duplicates(["session_id", "turn"]))
    assert 0 < bare < 10
    whole = part_of_bank((corpus, codings), 1000, order)
    assert len(whole[0].turns) == len(corpus.turns)


def test_the_curve_of_a_bank_is_measured_on_transcripts():
    corpus, codings = talk()
    codings = codings[codings["code"] != "rare"]
    found = fa.bank_curve((corpus, codings), corpus, codings, BOOK, sizes=(4, 24), draws=2)
    micro = found[(found["scope"] == "micro") & found["group"].isna()].set_index("size")
    assert micro["n_folds"].tolist() == [2, 2]
    assert micro.loc[24, "f1"] > micro.loc[4, "f1"]
    assert set(found["group"].dropna()) == {"problems"}
    assert found["unit"].eq("examples").all()


def test_how_many_more_are_needed_is_said_in_both_languages():
    said = fa.learning_outlook(curve(), gain=0.04, lang="en")
    law = fa.learning_law(curve())
    more = law.needed(law(400) + 0.04) - 400
    assert "With 400 examples a code F1 is 0.66" in said
    number = int(said.split("About ")[1].split()[0])
    assert number == pytest.approx(more, rel=0.05) and number >= more
    assert "0,66" in fa.learning_outlook(curve(), gain=0.04, lang="pl")


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (curve([0.5, 0.5, 0.5, 0.5]), "does not grow"),
        (curve(F1[:3], SIZES[:3]), "fewer than four"),
        (curve([0.2, 0.6, 0.3, 0.7]), "do not follow"),
    ],
)
def test_it_refuses_where_the_law_is_not_to_be_believed(given, says):
    said = fa.learning_outlook(given, lang="en")
    assert "cannot be told" in said and says in said


def test_it_does_not_tell_what_lies_too_far():
    assert "the curve does not tell" in fa.learning_outlook(curve(), gain=0.1, lang="en")
