"""Salience that a hand-coded sample corrects: estimates with the automatic numbers beside them."""

import numpy as np
import pandas as pd
import pytest

from focus_analysis.analysis.corrected import corrected
from focus_analysis.analysis.salience import salience
from focus_analysis.analysis.validation import plan_validation
from focus_analysis.errors import ArgumentError
from focus_analysis.schemas import CORRECTED_ESTIMATES, ESTIMATES, check
from tests.analysis.test_corrected import family, looked_at, regions, worsened
from tests.builders import codes, corpus, group

NUMBERS = ["naive", "estimate", "low", "high", "n_units", "n_validated", "n_missing"]


@pytest.fixture(scope="module")
def sampled():
    """A study, what is true of it, the automatic codes, a plan of 60 of 96 speakers, and what people found."""
    study, true = regions()
    coded = worsened(study, true, np.random.default_rng(4))
    plan = plan_validation(study, coded, n=60, unit="speaker", seed=3)
    return study, true, coded, looked_at(plan, true, study), plan


def leaf(table, code="x"):
    return table[table["level"] == "leaf"].set_index("code").loc[code]


def test_the_study_as_a_whole_is_the_mean_of_its_gminas(sampled):
    study, true, *_ = sampled
    whole, by_gmina = (salience(study, true, codes("x", "y"), by=by) for by in ("study", "gmina"))
    assert whole[["teryt", "gmina", "voivodeship"]].isna().all(axis=None)
    means = by_gmina[by_gmina["level"] == "leaf"].groupby("code")["estimate"].mean()
    assert leaf(whole)["estimate"] == pytest.approx(means["x"])
    assert leaf(whole)["n_sessions"] == 12
    assert sorted(whole.loc[whole["level"] == "leaf", "rank"]) == [1, 2]


def test_a_study_with_and_without_rosters_counts_those_who_spoke():
    with_roster = group("s", "R1: a", "R2: b", roster=("R1", "R2", "R3"), gmina="Oksa", voivodeship="A")
    study = corpus(with_roster, group("t", "R1: a", "R2: b", gmina="Łoniów", voivodeship="B"))
    coded = worsened(study, study.turns.head(0), np.random.default_rng(0))
    with pytest.warns(UserWarning, match="study: some gminas have a roster"):
        whole = salience(study, coded, codes("x"), by="study")
    assert leaf(whole)[["denominator", "n_participants"]].tolist() == ["spoke", 4]


@pytest.mark.parametrize("by", ["study", "voivodeship"])
def test_estimates_come_from_the_sample_with_the_naive_ones_beside(sampled, by):
    study, _, coded, human, plan = sampled
    table = salience(study, coded, codes("x", "y"), by=by, human=human, plan=plan)
    pd.testing.assert_frame_equal(table, check(table, CORRECTED_ESTIMATES))
    fixed = corrected(study, coded, human, plan, "coverage")
    fixed = fixed[fixed["voivodeship"].isna() == (by == "study")]
    leaves = table[table["level"] == "leaf"]
    key = ["voivodeship", "code"]
    pd.testing.assert_frame_equal(
        leaves.sort_values(key)[NUMBERS].reset_index(drop=True), fixed.sort_values(key)[NUMBERS].reset_index(drop=True)
    )
    alone = salience(study, coded, codes("x", "y"), by=by)
    assert table["naive"].tolist() == pytest.approx(alone["estimate"].tolist())
    assert table["n_named"].tolist() == alone["n_named"].tolist()
    assert set(table["coder_kind"]) == {"human;rule"}
    assert all("corrected by a sample" in method for method in table["method"])
    assert set(table["interval_kind"]) == {"confidence"}


def test_ranks_are_those_of_the_corrected_estimates(sampled):
    study, true, _, _, plan = sampled
    wrong = true.assign(code=true["code"].map({"x": "y", "y": "x"}), coder_kind="rule", coder="rules")
    table = salience(study, wrong, codes("x", "y"), by="study", human=looked_at(plan, true, study), plan=plan)
    assert leaf(table, "y")["rank"] == 1
    assert leaf(table, "x")["naive"] > leaf(table, "y")["naive"]


def test_a_parent_counts_a_speaker_once_and_stands_at_the_top(sampled):
    study, true, coded, _, _ = sampled
    everybody = plan_validation(study, coded, n=500, unit="speaker")
    human = looked_at(everybody, true, study)
    table = salience(study, coded, family(), by="voivodeship", human=human, plan=everybody)
    right = salience(study, true, family(), by="voivodeship")
    assert table["level"].tolist() == right["level"].tolist()
    assert table["estimate"].tolist() == pytest.approx(right["estimate"].tolist())
    assert set(table.loc[table["level"] == "top", "code"]) == {"both"}


def test_a_gmina_has_an_estimate_only_where_enough_was_looked_at(sampled):
    study, true, coded, *_ = sampled
    plan = plan_validation(study, coded, n=500, unit="speaker")
    human = looked_at(plan, true, study)
    human = human[human["session_id"] != "g00"]
    with pytest.warns(UserWarning, match="drawn 8 were not read"):
        table = salience(study, coded, codes("x", "y"), by="gmina", human=human, plan=plan)
    few, whole = (table[(table["gmina"] == "g00") == missing] for missing in (True, False))
    assert few[["estimate", "low", "high", "rank"]].isna().all(axis=None)
    assert few["naive"].notna().all()
    assert set(few["n_missing"]) == {8}  # eight speak: all of them would do
    assert set(few["method"]) == {"coverage: too few speakers validated"}
    right = salience(study, true, codes("x", "y"), by="gmina")
    assert whole["estimate"].tolist() == pytest.approx(right.loc[right["gmina"] != "g00", "estimate"].tolist())
    assert whole["n_missing"].eq(0).all()


def test_a_plan_of_turns_gives_the_share_of_turns(sampled):
    study, true, coded, *_ = sampled
    plan = plan_validation(study, coded, n=150, unit="turn", seed=2)
    table = salience(study, coded, codes("x", "y"), by="study", human=looked_at(plan, true, study), plan=plan)
    assert set(table["measure"]) == {"prevalence"}
    share = (coded["code"] == "x").sum() / (study.turns["role"] == "participant").sum()
    assert leaf(table)["naive"] == pytest.approx(share)
    assert leaf(table)[["n_units", "n_validated"]].tolist() == [480, 150]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"plan": None}, "with both: human="),
        ({"human": None}, "with both: human="),
        ({"measures": "all"}, "leave out measures and questions"),
        ({"questions": "problems"}, "leave out measures and questions"),
    ],
)
def test_what_a_sample_cannot_correct_is_refused(sampled, asked, said):
    study, _, coded, human, plan = sampled
    with pytest.raises(ArgumentError, match=said):
        salience(study, coded, codes("x", "y"), by="study", **({"human": human, "plan": plan} | asked))


def test_without_a_sample_the_table_is_as_ever(sampled):
    study, _, coded, *_ = sampled
    assert list(salience(study, coded, codes("x", "y"), by="study").columns) == ESTIMATES.names
