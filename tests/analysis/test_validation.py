"""The plan of a validation sample, and precision, recall and F1 from it."""

import math

import numpy as np
import pandas as pd
import pytest

from focus_analysis.analysis.validation import UnreadWarning, plan_validation, validate
from focus_analysis.errors import ArgumentError
from focus_analysis.schemas import PLAN, check
from tests.builders import codes, codings, corpus, group


def long_talk(n, session="s", **columns):
    """A session of n participants' turns, by ten speakers in turn, after a moderator's."""
    return group(session, "M: pytam", *[f"R{i % 10}: zdanie {i}" for i in range(n)], **columns)


def given(turns, code="x", session="s", **columns):
    return codings(*((session, turn, code) for turn in turns)).assign(**columns)


@pytest.fixture(scope="module")
def worked():
    """2,000 turns, 300 of them predicted; 100 of each looked at: 78 and 4 are true."""
    predicted, right, missed = range(2, 302), range(2, 80), range(302, 306)
    human = pd.concat([given(right), given(missed), given(range(80, 102), "none"), given(range(306, 402), "none")])
    looked = pd.DataFrame({"turn": [*range(2, 102), *range(302, 402)]})
    chance = np.where(looked["turn"] < 302, 100 / 300, 100 / 1700)
    plan = looked.assign(unit="turn", session_id="s", speaker="R", probability=chance, n_units=2000, seed=0)
    return given(predicted), human, plan


def test_the_measures_are_those_of_the_worked_example(worked):
    row = validate(*worked).iloc[0]
    assert row[["n_validated", "n_predicted", "n_true", "tp", "fp", "fn"]].tolist() == [200, 100, 82, 78, 22, 4]
    assert row[["precision", "recall", "f1"]].tolist() == pytest.approx([0.78, 0.774834, 0.777409], abs=1e-6)
    assert (row["precision_low"], row["precision_high"]) == pytest.approx((0.707046, 0.838925), abs=1e-6)
    # normal intervals of the worked example: recall se .0837, F1 se .0468
    assert (row["recall_low"], row["recall_high"]) == pytest.approx((0.611, 0.939), abs=0.06)
    assert (row["f1_low"], row["f1_high"]) == pytest.approx((0.686, 0.869), abs=0.04)
    assert row["missed_at_most"] == pytest.approx(1700 * 0.0960424, abs=1e-2)
    assert row["too_few"] == ""


def test_no_miss_found_is_not_no_miss(worked):
    codings_, human, plan = worked
    clean = human.assign(code=human["code"].where(human["turn"] < 302, "none"))
    row = validate(codings_, clean, plan).iloc[0]
    assert row["recall"] == 1
    assert row["recall_low"] < 0.9
    assert row["missed_at_most"] > 50


def test_too_few_units_leave_no_number(worked):
    codings_, human, plan = worked
    rare = pd.concat([human, given(range(2, 12), "y")])
    row = validate(codings_, rare, plan, codes=codes("x", "y", "never")).set_index("code")
    assert row.loc["y", "too_few"] == "precision;recall;f1"
    assert all(math.isnan(row.loc["y", name]) for name in ("precision", "recall_low", "f1_high"))
    assert row.loc["never", ["tp", "fp", "fn"]].tolist() == [0, 0, 0]


def test_a_coder_who_finds_nothing_has_no_recall():
    human = given(range(2, 32))
    study = corpus(long_talk(60))
    plan = plan_validation(study, given([40]), n=60)
    row = validate(given([40]), human, plan).set_index("code").loc["x"]
    assert (row["recall"], row["f1"]) == (0, 0)
    assert row["too_few"] == "precision"


def test_only_what_is_affirmed_counts():
    study = corpus(long_talk(40))
    plan = plan_validation(study, given(range(2, 30)), n=40)
    denied = given(range(2, 30)).assign(status="denied")
    row = validate(given(range(2, 30)), denied, plan).iloc[0]
    assert (row["tp"], row["fp"], row["precision"]) == (0, 28, 0)


def test_a_plan_keeps_its_chances_and_is_the_same_in_every_run():
    study, coded = corpus(long_talk(300), long_talk(100, "t")), pd.concat([given(range(2, 40)), given([5, 9], "y")])
    plan = plan_validation(study, coded, n=60, seed=4)
    pd.testing.assert_frame_equal(plan, plan_validation(study, coded, n=60, seed=4))
    pd.testing.assert_frame_equal(plan, check(plan, PLAN))
    assert len(plan) == 60
    assert not plan.equals(plan_validation(study, coded, n=60, seed=5))
    assert set(plan["n_units"]) == {400}
    chances = plan.set_index(["session_id", "turn"])["probability"]
    coded_too = chances[[key for key in chances.index if key[0] == "s" and key[1] < 40]]
    assert coded_too.min() > chances[chances.index.get_level_values(0) == "t"].max()
    assert (plan["session_id"] == "t").any()
    assert not (plan["speaker"] == "M").any()


def test_speakers_are_drawn_whole():
    study = corpus(long_talk(100), long_talk(100, "t"))
    plan = plan_validation(study, given([2]), n=7, unit="speaker")
    assert len(plan) == 7
    assert plan["turn"].isna().all()
    assert not plan.duplicated(["session_id", "speaker"]).any()
    whole = plan_validation(study, given([2]), n=500, unit="speaker")
    assert (len(whole), set(whole["probability"])) == (20, {1.0})


def test_a_speaker_counts_as_read_when_every_turn_was():
    study = corpus(group("s", "R1: raz", "R2: dwa", "R1: trzy"))
    plan = plan_validation(study, given([1]), n=9, unit="speaker")
    human = pd.concat([given([3]), given([2], "none")])
    with pytest.warns(UnreadWarning, match="of 2 units drawn 1 were not read"):
        row = validate(given([1]), human, plan, study).iloc[0]
    assert row["n_validated"] == 1
    whole = pd.concat([human, given([1], "none")])
    row = validate(given([1]), whole, plan, study).iloc[0]
    assert row[["n_validated", "tp", "fp", "fn"]].tolist() == [2, 1, 0, 0]


@pytest.mark.parametrize("chance", [0.0, -0.5, 1.5])
def test_a_chance_that_is_none_is_refused(chance):
    study = corpus(group("s", "R1: raz", "R2: dwa"))
    plan = plan_validation(study, given([1]), n=9).assign(probability=chance)
    with pytest.raises(ArgumentError, match="every probability is above 0"):
        validate(given([1]), given([1], "none"), plan, study)


def test_several_coders_must_have_been_settled(worked):
    codings_, human, plan = worked
    two = pd.concat([human, human.assign(coder="Ola")])
    with pytest.raises(ArgumentError, match="of 2 coders"):
        validate(codings_, two, plan)
    final = human.assign(coder="narada", coder_kind="adjudicated")
    settled = validate(codings_, pd.concat([two.assign(code="z"), final]), plan)
    assert settled.set_index("code").loc["x", "tp"] == 78


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda study: plan_validation(study, given([2]), n=0), "n must be a whole number from 1"),
        (lambda study: plan_validation(study, given([2]), unit="word"), "turn, speaker; not 'word'"),
        (lambda study: plan_validation(corpus(group("s", "M: nic")), given([1])), "no participant's turn"),
        (lambda study: validate(given([2]), given([2], session="t"), plan_validation(study, given([2]))), "no unit"),
        (
            lambda study: validate(given([2]), given([2]), plan_validation(study, given([2]), unit="speaker")),
            "give the study",
        ),
    ],
)
def test_what_cannot_be_is_refused(call, said):
    with pytest.raises(ArgumentError, match=said):
        call(corpus(long_talk(30)))
