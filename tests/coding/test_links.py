"""Problems linked to how hard they are and to what would help."""

import pytest

from focus_analysis.coding.links import find_links
from focus_analysis.corpus import Corpus
from focus_analysis.schemas import CODINGS, SESSIONS, SPEAKERS, TURNS, empty
from tests.builders import codes, codings, corpus, group

CODES = [
    *(("poverty", "problems"), ("addiction", "problems")),
    *(("easy_to_solve", "difficulty"), ("hard_to_solve", "difficulty")),
    *(("cooperation_barrier", "cooperation"), ("solution_transport", "solutions"), ("solution_funding", "solutions")),
]


def known():
    import pandas as pd

    return pd.concat([codes(code, group=name) for code, name in CODES], ignore_index=True)


def asked(*turns, questions=None):
    one = corpus(group("s", *turns))
    table = one.turns
    table["question"] = questions if questions else None
    return Corpus(one.sessions, one.speakers, table)


def linked(study, *coded):
    table = find_links(study, codings(*coded), known())
    return list(table[["turn", "problem", "other", "problem_turn", "basis"]].itertuples(index=False, name=None))


def test_what_one_participant_says_in_one_turn_belongs_together():
    study = asked("M: No?", "R1: Z biedą jest łatwo.")
    found = linked(study, ("s", 2, "poverty"), ("s", 2, "easy_to_solve"))
    assert found == [(2, "poverty", "easy_to_solve", 2, "turn")]


def test_each_problem_goes_with_the_difficulty_closest_to_it():
    study = asked("R1: Z biedą łatwo, a z piciem to już trudno, oj trudno.")
    rows = codings(*(("s", 1, code) for code in ("poverty", "easy_to_solve", "addiction", "hard_to_solve")))
    rows[["start", "end"]] = [[2, 7], [8, 13], [20, 26], [31, 37]]
    table = find_links(study, rows, known())
    assert set(zip(table["problem"], table["other"], strict=True)) == {
        ("poverty", "easy_to_solve"),
        ("addiction", "hard_to_solve"),
    }
    assert table["evidence"].tolist()[0] == "biedą ↔ łatwo"


def test_what_is_denied_goes_with_easy_and_never_with_hard():
    study = asked("M: No?", "R1: Głodnych nie ma, radzimy sobie.", "R2: Biedy nie ma, z piciem trudno.")
    found = linked(
        study,
        *(("s", 2, "poverty", "denied"), ("s", 2, "easy_to_solve")),
        *(("s", 3, "poverty", "denied"), ("s", 3, "hard_to_solve")),
    )
    assert found == [(2, "poverty", "easy_to_solve", 2, "turn")]


def test_a_question_for_one_side_gives_it_to_the_problems_of_the_answers():
    turns = ("M: Co łatwe, co trudne?", "R1: Bieda.", "M: A co trudne?", "R2: Picie.", "R3: Bieda też.")
    study = asked(*turns, questions=["difficulty"] * 5)
    coded = (
        *(("s", 1, "easy_to_solve", "hypothetical"), ("s", 2, "poverty")),
        *(("s", 3, "hard_to_solve", "hypothetical"), ("s", 4, "addiction"), ("s", 5, "poverty")),
    )
    assert linked(study, *coded) == [
        (4, "addiction", "hard_to_solve", 4, "question"),
        (5, "poverty", "hard_to_solve", 5, "question"),
    ]


def test_a_question_under_another_block_gives_no_difficulty():
    study = asked("M: No?", "M: Coś trudnego?", "R1: Picie.", questions=["problems"] * 3)
    assert linked(study, ("s", 2, "hard_to_solve", "hypothetical"), ("s", 3, "addiction")) == []


def test_answers_right_after_a_question_that_names_the_problem():
    study = asked("M: A bieda?", "R1: Radzimy sobie.", "R2: Łatwo nie jest.")
    found = linked(
        study, ("s", 1, "poverty", "hypothetical"), ("s", 2, "easy_to_solve"), ("s", 3, "hard_to_solve", "affirmed")
    )
    assert found == [
        (2, "poverty", "easy_to_solve", 1, "question"),
        (3, "poverty", "hard_to_solve", 1, "question"),
    ]


@pytest.mark.parametrize(
    ("between", "reached"), [((), True), (("R3: No tak.",), True), (("R3: No.", "R4: No."), False)]
)
def test_a_solution_answers_a_problem_named_up_to_two_turns_before(between, reached):
    study = asked("R1: Bieda.", *between, "R2: Trzeba busa.")
    turn = len(between) + 2
    expected = [(turn, "poverty", "solution_transport", 1, "exchange")] if reached else []
    assert linked(study, ("s", 1, "poverty"), ("s", turn, "solution_transport")) == expected


def test_a_solution_with_a_problem_of_its_own_answers_that_one():
    study = asked("R1: Bieda.", "R2: Na picie pomogłyby pieniądze.")
    found = linked(study, ("s", 1, "poverty"), ("s", 2, "addiction"), ("s", 2, "solution_funding"))
    assert found == [(2, "addiction", "solution_funding", 2, "turn")]


def test_an_exchange_ends_with_the_question_of_the_guide():
    study = asked("R1: Bieda.", "R2: Bus.", questions=["problems", "solutions"])
    assert linked(study, ("s", 1, "poverty"), ("s", 2, "solution_transport")) == []


def test_a_barrier_is_answered_as_a_problem_is():
    study = asked("R1: Papierów za dużo, pieniądze by pomogły.")
    found = linked(study, ("s", 1, "cooperation_barrier"), ("s", 1, "solution_funding"))
    assert found == [(1, "cooperation_barrier", "solution_funding", 1, "turn")]


def test_what_is_supposed_or_said_by_the_moderator_proposes_nothing():
    study = asked("M: Może bus na biedę?", "R1: Bieda, może by bus?")
    found = linked(
        study,
        *(("s", 1, "poverty", "hypothetical"), ("s", 1, "solution_transport", "hypothetical")),
        *(("s", 2, "poverty"), ("s", 2, "solution_transport", "hypothetical")),
    )
    assert found == []


def test_nothing_gives_an_empty_table():
    nothing = Corpus(empty(SESSIONS), empty(SPEAKERS), empty(TURNS))
    assert find_links(nothing, empty(CODINGS), known()).empty
