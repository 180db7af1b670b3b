"""Which human codes hold, and how disagreements are settled."""

import pandas as pd
import pytest

from focus_analysis.coding.human import adjudicate, coding_changes, merge_codings, settle
from focus_analysis.errors import ArgumentError
from focus_analysis.schemas import CODINGS, check
from tests.builders import codings, corpus, group

STUDY = corpus(group("s", "R1: bieda", "R2: wódka", "R1: nic", "R2: praca"))
A = codings(("s", 1, "poverty"), ("s", 2, "alcohol"), ("s", 4, "jobs")).assign(coder="Ala", codebook_version="1")
B = codings(("s", 1, "poverty", "denied"), ("s", 2, "alcohol"), ("s", 3, "poverty")).assign(
    coder="Ola", codebook_version="1"
)


def machine(*rows):
    return codings(*rows).assign(coder="rules", coder_kind="rule")


def standing(table):
    return sorted(zip(table["turn"], table["code"], table["status"], table["coder"], strict=True))


def settled(**decisions):
    """The disagreements of A and B with decisions by "turn_code"."""
    table = adjudicate(A, B, STUDY)
    keys = [f"{code}_{turn}" for turn, code in zip(table["turn"], table["code"], strict=True)]
    return table.assign(decision=[decisions.get(key) for key in keys], reason="po rozmowie")


DECISIONS = {"poverty_1": "denied", "poverty_3": "none", "jobs_4": "affirmed"}


def test_adjudicated_goes_before_human_before_machine_turn_by_turn():
    rules = machine(("s", 1, "x"), ("s", 2, "x"), ("s", 3, "x"), ("s", 3, "y", "denied"))
    human = codings(("s", 1, "a"), ("s", 2, "a"))
    final = codings(("s", 1, "b")).assign(coder="narada", coder_kind="adjudicated")
    merged = merge_codings(rules, human, final)
    assert standing(merged) == [
        (1, "b", "affirmed", "narada"),
        (2, "a", "affirmed", "ręka"),
        (3, "x", "affirmed", "rules"),
        (3, "y", "denied", "rules"),
    ]
    pd.testing.assert_frame_equal(merged, check(merged, CODINGS))


def test_read_and_given_no_code_takes_the_machine_s_codes_away():
    merged = merge_codings(machine(("s", 1, "x"), ("s", 2, "x")), codings(("s", 1, "none")))
    assert standing(merged) == [(2, "x", "affirmed", "rules")]


def test_of_several_people_the_first_holds_and_it_is_said():
    with pytest.warns(UserWarning, match=r"^2 turns were coded by several people"):
        merged = merge_codings(A, B)
    assert standing(merged) == [
        (1, "poverty", "affirmed", "Ala"),
        (2, "alcohol", "affirmed", "Ala"),
        (3, "poverty", "affirmed", "Ola"),
        (4, "jobs", "affirmed", "Ala"),
    ]


def test_disagreements_wait_for_a_decision():
    table = adjudicate(A, B, STUDY)
    assert table[["turn", "code", "status_a", "status_b", "text"]].to_numpy().tolist() == [
        [1, "poverty", "affirmed", "denied", "bieda"],
        [3, "poverty", "none", "affirmed", "nic"],
        [4, "jobs", "affirmed", "none", "praca"],
    ]
    assert table[["decision", "reason"]].isna().all(axis=None)


def test_turns_that_one_has_not_read_are_no_disagreement():
    listed = codings(("s", 1, "none"), ("s", 2, "alcohol")).assign(coder="Ola")
    assert adjudicate(A, listed, STUDY)[["turn", "code"]].to_numpy().tolist() == [[1, "poverty"]]


def test_the_settled_become_final_and_both_originals_stay():
    whole = settle(A, B, settled(**DECISIONS), STUDY, "narada")
    final = whole[whole["coder_kind"] == "adjudicated"]
    assert standing(final) == [
        (1, "poverty", "denied", "narada"),
        (2, "alcohol", "affirmed", "narada"),
        (3, "none", "affirmed", "narada"),
        (4, "jobs", "affirmed", "narada"),
    ]
    assert final.set_index("turn").loc[4, "evidence"] == "po rozmowie"
    assert set(final["codebook_version"]) == {"1"}
    for original in (A, B):
        kept = whole[whole["coder"] == original["coder"].iloc[0]].reset_index(drop=True)
        pd.testing.assert_frame_equal(kept, check(original, CODINGS))
    rules = machine(("s", 3, "x"))
    assert standing(merge_codings(rules, whole)) == [row for row in standing(final) if row[1] != "none"]


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (settled(poverty_1="denied"), "decision must be one of affirmed, denied, hypothetical, none; not None"),
        (settled(**DECISIONS | {"jobs_4": "tak"}), "not 'tak'"),
        (settled(**DECISIONS).iloc[:2], "code 'jobs': there is no decision"),
    ],
)
def test_a_disagreement_without_a_decision_is_named(table, said):
    with pytest.raises(ArgumentError, match=said):
        settle(A, B, table, STUDY, "narada")


def test_a_decision_may_be_on_a_code_that_nobody_gave_or_both_gave():
    more = pd.DataFrame([["s", 2, "alcohol", " Denied ", "x"], ["s", 2, "jobs", "affirmed", None]])
    more.columns = ["session_id", "turn", "code", "decision", "reason"]
    whole = settle(A, B, pd.concat([settled(**DECISIONS), more]).astype({"turn": str}), STUDY, "narada")
    final = whole[whole["coder_kind"] == "adjudicated"]
    assert final.loc[final["turn"] == 2, ["code", "status"]].to_numpy().tolist() == [
        ["alcohol", "denied"],
        ["jobs", "affirmed"],
    ]


@pytest.mark.parametrize(
    ("table", "who", "said"),
    [
        (pd.concat([settled(**DECISIONS), settled(**DECISIONS | {"jobs_4": "none"})]), "narada", "two decisions"),
        (settled(**DECISIONS).assign(turn=77), "narada", "not both coders have read this turn"),
        (settled(**DECISIONS).drop(columns="decision"), "narada", "the decisions lack decision"),
        ("decyzje.xlsx", "narada", "the decisions lack session_id"),
        (settled(**DECISIONS), "Ala", "'Ala' is one of the coders"),
    ],
)
def test_decisions_that_cannot_hold_are_refused(table, who, said):
    with pytest.raises(ArgumentError, match=said):
        settle(A, B, table, STUDY, who)


def test_changes_between_two_states():
    changes = coding_changes(A, B)
    assert changes.to_numpy().tolist() == [
        ["s", 1, "poverty", "affirmed", "denied"],
        ["s", 3, "poverty", "none", "affirmed"],
        ["s", 4, "jobs", "affirmed", "none"],
    ]
    assert coding_changes(A, A).empty


def test_nothing_to_merge_is_refused():
    with pytest.raises(ArgumentError, match="no table"):
        merge_codings()
