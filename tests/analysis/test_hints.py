"""Shares of hints, and how evenly people talked: by hand and against the method notes."""

import pytest

from focus_analysis.analysis.hints import hint_shares, talk_balance
from focus_analysis.schemas import ESTIMATES, check
from tests.analysis.worked import transcript
from tests.builders import codes, codings, corpus, group

STUDY = corpus(group("a", "M: ?", "R1: Tak.", "R2: Tak.", "R1: Nie.", gmina="Oksa"))
CODES = codes("poverty", "alcohol")
FOUND = codings(("a", 2, "poverty"), ("a", 3, "poverty"), ("a", 4, "poverty"), ("a", 4, "alcohol"))


def of(hints, code):
    table = hint_shares(STUDY, FOUND, CODES, hints)
    rows = table[(table["code"] == code) & (table["level"] == "leaf")].set_index("measure")["estimate"]
    return rows.loc[["specificity", "specificity_score", "emotion"]].tolist()


def test_shares_are_of_the_utterances_with_the_code():
    hints = codings(
        ("a", 2, "specificity.number"),
        ("a", 2, "specificity.named"),
        ("a", 2, "specificity.named"),
        ("a", 4, "emotion.mark"),
        ("a", 4, "specificity.number"),
    )
    assert of(hints, "poverty") == pytest.approx([2 / 3, 3 / 3, 1 / 3])
    assert of(hints, "alcohol") == [1, 1, 1]


def test_without_a_hint_shares_are_zero_and_without_a_mention_missing():
    assert of(codings(), "poverty") == [0, 0, 0]
    table = hint_shares(STUDY, codings(), CODES, codings(("a", 2, "emotion.mark")))
    assert table["estimate"].isna().all()


def test_hints_in_what_the_moderator_says_do_not_count():
    assert of(codings(("a", 1, "specificity.number")), "poverty") == [0, 0, 0]


@pytest.mark.parametrize("by", ["gmina", "voivodeship"])
def test_the_table_keeps_its_schema_and_has_no_ranks(by):
    table = hint_shares(STUDY, FOUND, CODES, codings(("a", 2, "emotion.mark")), by=by)
    assert check(table, ESTIMATES).equals(table)
    assert table["rank"].isna().all()


def test_the_balance_of_the_worked_transcript():
    """salience_expected.json, "meta": words 350, S1's share, Gini, effective talkers."""
    row = talk_balance(transcript()[0]).iloc[0]
    assert row[["n_participants", "n_words"]].tolist() == [5, 350]
    assert row["top_share"] == pytest.approx(0.514286, abs=5e-7)
    assert row["gini"] == pytest.approx(0.377143, abs=5e-7)
    assert row["effective_speakers"] == pytest.approx(3.831951, abs=5e-7)


def test_equal_talk_has_no_gini_and_silence_counts():
    even = corpus(group("a", "R1: raz dwa", "R2: raz dwa"))
    assert talk_balance(even)[["gini", "effective_speakers"]].iloc[0].tolist() == pytest.approx([0, 2])
    silent = corpus(group("a", "R1: raz dwa", roster=("R1", "R2")))
    assert talk_balance(silent)[["gini", "effective_speakers"]].iloc[0].tolist() == [0.5, 1]


def test_where_nobody_spoke_there_is_no_balance():
    table = talk_balance(corpus(group("a", "M: ?"), group("b", "A: Tak.", roles_known=False)))
    assert table["n_words"].tolist() == [0, 0] and table["gini"].isna().all()
    assert talk_balance(corpus()).empty
