"""Where in the talk a turn stands, and what is learnt from it."""

import pandas as pd
import pytest

from focus_analysis.coding.phases import N_PARTS, NOWHERE, Phase, columns_of, less_known, phases_of
from focus_analysis.corpus import Corpus
from tests import builders


def talk(n_turns, questions=()):
    study = builders.corpus(builders.group("s", *(f"R1: Zdanie {n}." for n in range(n_turns))))
    asked = [next((name for first, name in reversed(questions) if turn >= first), None) for turn in study.turns["turn"]]
    turns = study.turns.assign(question=pd.array(asked, dtype="str"))
    return Corpus(study.sessions, study.speakers, turns, study.notes, study.history)


@pytest.mark.parametrize(("turn", "part"), [(1, 0), (4, 0), (5, 1), (12, 2), (20, 4)])
def test_a_talk_has_five_parts(turn, part):
    assert phases_of(talk(20))["s", turn].part == part


def test_a_short_talk_has_none():
    assert set(phases_of(talk(9)).values()) == {NOWHERE}


def test_columns_say_part_and_question():
    phases = phases_of(talk(10, [(6, "solutions")]))
    columns = columns_of([("s", 1), ("s", 10), ("other", 1)], phases, ["difficulty", "solutions"])
    assert columns.tolist() == [[1, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 1, 0, 1], [0] * 7]
    assert columns_of([], phases, ["solutions"]).shape == (0, N_PARTS + 1)


def asked_elsewhere(n_sessions):
    """Return the pairs of phases of sessions with two turns each, as less is known of them."""
    phases = {(f"s{n}", turn): Phase(0, question) for n in range(n_sessions) for turn, question in ((1, "a"), (2, "b"))}
    elsewhere = less_known(phases)
    assert elsewhere.keys() == phases.keys()
    return [(elsewhere[f"s{n}", 1], elsewhere[f"s{n}", 2]) for n in range(n_sessions)]


def test_less_is_known_elsewhere():
    found = asked_elsewhere(60)
    assert found.count((NOWHERE, NOWHERE)) == 20
    assert found.count((Phase(0, None), Phase(0, None))) >= 20
    assert less_known({}) == {}


def test_a_missed_opening_lets_the_question_before_go_on():
    questions = {(first.question, second.question) for first, second in asked_elsewhere(120)}
    assert questions == {(None, None), ("a", "b"), ("a", "a"), (None, "b")}
