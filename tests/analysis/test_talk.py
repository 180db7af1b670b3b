"""Who was prompted, who echoed, and what was said under which question: small talks worked by hand."""

import pytest

from focus_analysis.analysis.salience import salience
from focus_analysis.corpus import Corpus
from focus_analysis.errors import ArgumentError
from tests.builders import codes, codings, corpus, group

CODES = codes("poverty", "alcohol")
PARTS = ("spontaneous", "prompted", "echo")


def asked(study, *questions):
    """The corpus with the question of each turn, in order."""
    return Corpus(study.sessions, study.speakers, study.turns.assign(question=list(questions)))


def parts(study, found, code="poverty", known=CODES, level="leaf"):
    table = salience(study, found, known, measures=PARTS)
    rows = table[(table["code"] == code) & (table["level"] == level)].set_index("measure")
    return [None if value != value else round(value * 12) for value in rows.loc[list(PARTS), "estimate"]]


def test_who_names_it_after_the_moderator_did_was_prompted():
    study = corpus(group("a", "M: ?", "R1: Tak.", "R2: Tak.", "R3: Nie."))
    found = codings(("a", 1, "poverty", "hypothetical"), ("a", 2, "poverty"), ("a", 3, "poverty"))
    assert parts(study, found) == [0, 8, None]


def test_a_moderator_who_repeats_what_the_group_raised_prompts_nobody():
    study = corpus(group("a", "M: ?", "R1: Tak.", "M: ?", "R2: Tak."))
    found = codings(("a", 2, "poverty"), ("a", 3, "poverty", "hypothetical"), ("a", 4, "poverty"))
    assert parts(study, found) == [12, 0, None]


@pytest.mark.parametrize("status", ["denied", "hypothetical"])
def test_a_participant_who_denies_it_or_wonders_has_raised_it_too(status):
    study = corpus(group("a", "M: ?", "R1: Nie.", "M: ?", "R2: Tak."))
    found = codings(("a", 2, "poverty", status), ("a", 3, "poverty", "hypothetical"), ("a", 4, "poverty"))
    assert parts(study, found) == [6, 0, None]


def test_what_is_prompted_in_one_session_is_not_in_another():
    study = corpus(
        group("a", "M: ?", "R1: Tak.", gmina="Oksa"),
        group("b", "M: ?", "R1: Tak.", gmina="Oksa"),
    )
    found = codings(("a", 1, "poverty", "hypothetical"), ("a", 2, "poverty"), ("b", 2, "poverty"))
    assert parts(study, found) == [6, 6, None]


def test_a_parent_is_prompted_by_any_of_its_codes():
    families = codes("families", "violence", "quarrels", parents={"violence": "families", "quarrels": "families"})
    study = corpus(group("a", "M: ?", "R1: Tak."))
    found = codings(("a", 1, "violence", "hypothetical"), ("a", 2, "quarrels"))
    assert parts(study, found, "families", families, "top") == [0, 12, None]
    assert parts(study, found, "quarrels", families) == [12, 0, None]


def test_without_a_labelled_moderator_nothing_is_guessed():
    study = corpus(group("a", "R1: Tak.", "R2: Tak.", roster=("R1", "R2")))
    assert parts(study, codings(("a", 1, "poverty"))) == [None, None, None]


def test_an_echo_follows_another_within_two_turns_of_the_same_block():
    study = corpus(group("a", "M: ?", "R1: Tak.", "R2: Tak.", "R3: Tak.", "R4: Tak."))
    found = codings(*(("a", turn, "poverty") for turn in (2, 4, 5)))
    assert parts(asked(study, *["problems"] * 5), found) == [6, 0, 3]


def test_the_first_in_the_next_block_is_no_echo():
    study = corpus(group("a", "M: ?", "R1: Tak.", "M: ?", "R2: Tak."))
    found = codings(("a", 2, "poverty"), ("a", 4, "poverty"))
    assert parts(asked(study, "problems", "problems", "solutions", "solutions"), found) == [12, 0, 0]


def test_a_prompted_mention_is_no_echo_and_the_parts_add_up_to_coverage():
    study = asked(corpus(group("a", "M: ?", "R1: Tak.", "R2: Tak.", "R3: Nie.")), *["problems"] * 4)
    found = codings(("a", 1, "poverty", "hypothetical"), ("a", 2, "poverty"), ("a", 3, "poverty"), ("a", 3, "alcohol"))
    assert parts(study, found) == [0, 8, 0]
    assert parts(study, found, "alcohol") == [4, 0, 0]


def test_the_worked_transcript_has_one_echo_once_the_guide_is_known():
    """S3 names alcohol two turns after S2 did; without the guide the notes count all three as spontaneous."""
    from tests.analysis.worked import transcript

    study, found, known = transcript()
    table = salience(asked(study, *["problems"] * 14), found, known, measures=PARTS).query("level == 'leaf'")
    echoes = table.query("measure == 'echo' and n_named > 0")
    assert echoes[["code", "n_named"]].to_numpy().tolist() == [["alcohol", 1]]


@pytest.mark.parametrize("questions", [["problems"], "problems", iter(["problems"])])
def test_only_what_was_said_under_the_questions_counts(questions):
    study = asked(corpus(group("a", "R1: Tak.", "R2: Tak.", roster=("R1", "R2"))), "problems", "solutions")
    found = codings(("a", 1, "poverty"), ("a", 2, "poverty"), ("a", 2, "alcohol"))
    table = salience(study, found, CODES, questions=questions).query("level == 'leaf'")
    assert table[["n_named", "n_participants"]].to_numpy().tolist() == [[1, 2], [0, 2]]
    assert table["method"].str.endswith("questions problems").all()


def test_a_group_that_was_not_asked_stays_out():
    study = asked(
        corpus(group("a", "R1: Tak.", gmina="Oksa"), group("b", "R1: Tak.", gmina="Bieliny")), "problems", "solutions"
    )
    table = salience(study, codings(("b", 1, "poverty")), CODES, questions=["problems"])
    assert set(table["gmina"]) == {"Oksa"}


@pytest.mark.parametrize(("questions", "known"), [(["dreams"], "problems"), ([], "problems")])
def test_a_question_that_no_turn_stands_under_is_refused(questions, known):
    study = asked(corpus(group("a", "R1: Tak.")), "problems")
    with pytest.raises(ArgumentError, match=known):
        salience(study, codings(), CODES, questions=questions)


def test_lists_of_two_codes_in_one_turn_follow_the_words():
    study = corpus(group("a", "M: ?", "R1: najpierw picie potem bieda"))
    found = codings(("a", 2, "alcohol"), ("a", 2, "poverty"))
    table = salience(study, found, CODES, measures=["smith_s", "first_mention"]).query("level == 'leaf'")
    assert table.query("measure == 'smith_s'").set_index("code")["estimate"].to_dict() == {"poverty": 0.5, "alcohol": 1}
    assert table.query("measure == 'first_mention'")["estimate"].tolist() == [2, 1]
