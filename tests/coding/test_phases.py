"""Where in the talk a turn stands, and what is learnt from it."""

import pandas as pd

from focus_analysis.coding.phases import columns_of, less_known, phases_of, questions_of
from focus_analysis.corpus import Corpus
from tests import builders


def talk(n_turns, questions=()):
    study = builders.corpus(builders.group("s", *(f"R1: Zdanie {n}." for n in range(n_turns))))
    asked = [next((name for first, name in reversed(questions) if turn >= first), None) for turn in study.turns["turn"]]
    turns = study.turns.assign(question=pd.array(asked, dtype="str"))
    return Corpus(study.sessions, study.speakers, turns, study.notes, study.history)


def test_a_phase_is_the_question_that_a_turn_answers():
    study = talk(3, [(2, "solutions")])
    assert phases_of(study) == {("s", 1): None, ("s", 2): "solutions", ("s", 3): "solutions"}
    assert questions_of(study) == ("solutions",)
    assert questions_of(talk(2)) == ()


def test_columns_say_the_question_and_nothing_where_it_is_unknown():
    phases = phases_of(talk(10, [(6, "solutions")]))
    places = [("s", 1), ("s", 10), ("other", 1)]
    assert columns_of(places, phases, ["difficulty", "solutions"]).tolist() == [[0, 0], [0, 1], [0, 0]]
    assert columns_of(places, phases, []).shape == (3, 0)
    assert columns_of([], phases, ["solutions"]).shape == (0, 1)


def asked_elsewhere(n_sessions):
    """Return the pairs of phases of sessions with two turns each, as less is known of them."""
    phases = {(f"s{n}", turn): question for n in range(n_sessions) for turn, question in ((1, "a"), (2, "b"))}
    elsewhere = less_known(phases)
    assert elsewhere.keys() == phases.keys()
    return [(elsewhere[f"s{n}", 1], elsewhere[f"s{n}", 2]) for n in range(n_sessions)]


def test_less_is_known_elsewhere():
    assert asked_elsewhere(60).count((None, None)) >= 30
    assert less_known({}) == {}


def test_a_missed_opening_lets_the_question_before_go_on():
    assert {*asked_elsewhere(120)} == {(None, None), ("a", "b"), ("a", "a"), (None, "b")}
