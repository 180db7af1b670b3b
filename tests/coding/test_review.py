"""Turns to be coded next: doubtful, unlike each other, of all groups, apart from what is excluded."""

import numpy as np
import pandas as pd
import pytest

from focus_analysis import LearnedCoder, plan_validation, read_coding_sheet, write_coding_sheet
from focus_analysis.coding.review import next_to_review
from focus_analysis.errors import ArgumentError
from focus_analysis.io.plans import is_plan
from tests import builders
from tests.coding.test_combined import BOOK, talk

LEARNT, UNSEEN = ["g0", "g1", "g2", "g3"], ["g4", "g5"]


@pytest.fixture(scope="module")
def study():
    """A coder that learnt from four groups, and the two others."""
    corpus, codings = talk()
    given = codings[codings["session_id"].isin(LEARNT) & (codings["code"] != "rare")]
    return LearnedCoder(fewest=10).fit(corpus.where(session_id=LEARNT), given), corpus


def places(table):
    return set(zip(table["session_id"], table["turn"], strict=True))


def test_groups_take_turns_and_nothing_is_chosen_twice(study):
    coder, corpus = study
    found = next_to_review(corpus.where(session_id=UNSEEN), coder, 9)
    assert found["session_id"].tolist()[:4] == ["g4", "g5", "g4", "g5"]
    assert len(places(found)) == 9
    assert next_to_review(corpus.where(session_id=UNSEEN), coder, 9).equals(found)


def test_within_a_group_the_first_is_the_one_in_most_doubt(study):
    coder, corpus = study
    group = corpus.where(session_id=["g4"])
    found = next_to_review(group, coder, 100)
    assert found["doubt"].iloc[0] == found["doubt"].max()
    expected = 1 - (found["confidence"] - found["threshold"]).abs() / np.maximum(
        found["threshold"], 1 - found["threshold"]
    )
    assert found["doubt"].to_numpy() == pytest.approx(expected.to_numpy())
    assert found["alike"].iloc[0] == 0 and found["alike"].between(0, 1.0001).all()


def test_the_same_said_twice_is_chosen_late(study):
    coder, _ = study
    said = [
        "R1: Ktoś tam w oknie siedzi i czeka.",
        "R2: Ktoś tam w oknie siedzi i czeka.",
        "R3: Autobus jechał i pies szczekał.",
    ]
    found = next_to_review(builders.corpus(builders.group("s", *said)), coder, 3)
    assert sorted(found["turn"].tolist()[:2]) != [1, 2]
    assert found["alike"].iloc[2] == pytest.approx(1, abs=1e-4)


def test_what_is_excluded_stays_out_turns_and_speakers(study):
    coder, corpus = study
    unseen = corpus.where(session_id=UNSEEN)
    first = next_to_review(unseen, coder, 5)
    plan = plan_validation(unseen, builders.codings(), n=8)
    again = next_to_review(unseen, coder, 100, exclude=[first, plan])
    assert not places(again) & (places(first) | places(plan))
    speakers = plan_validation(unseen, builders.codings(), n=3, unit="speaker")
    kept = next_to_review(unseen, coder, 100, exclude=speakers)
    out = set(zip(speakers["session_id"], speakers["speaker"], strict=True))
    assert not out & set(zip(kept["session_id"], kept["speaker"], strict=True))


def test_moderators_and_short_turns_stay_out(study):
    coder, _ = study
    said = ["M: Co państwo o tym wszystkim sądzą?", "R1: Tak.", "R1: Babcia siedzi sama w oknie."]
    assert next_to_review(builders.corpus(builders.group("s", *said)), coder)["turn"].tolist() == [3]


def test_a_sheet_is_written_of_them_and_they_are_no_plan(study, tmp_path):
    coder, corpus = study
    found = next_to_review(corpus, coder, 6, codebook=BOOK)
    sheet = write_coding_sheet(corpus, BOOK, tmp_path / "next.csv", sample=found, lang="en")
    text = sheet.read_text(encoding="utf-8-sig")
    chosen = corpus.turns.merge(found[["session_id", "turn"]], on=["session_id", "turn"])
    assert len(chosen) == 6 and all(said in text for said in chosen["text"])
    assert read_coding_sheet(sheet, corpus, BOOK, coder="Ala").empty
    found.to_csv(tmp_path / "found.csv", index=False)
    assert not is_plan(tmp_path / "found.csv")


def test_what_cannot_be_is_refused(study):
    coder, corpus = study
    with pytest.raises(ArgumentError, match="a number from 1"):
        next_to_review(corpus, coder, 0)
    with pytest.raises(ArgumentError, match="a number from 1"):
        next_to_review(corpus, coder, "5")
    with pytest.raises(ArgumentError, match="a LearnedCoder is needed"):
        next_to_review(corpus, "combined")
    with pytest.raises(ArgumentError, match="is left"):
        next_to_review(corpus, coder, exclude=corpus.turns)
    with pytest.raises(ArgumentError, match="session_id and turn"):
        next_to_review(corpus, coder, exclude=pd.DataFrame({"session_id": ["g1"]}))
