"""Turns as the learned coder reads them: what was asked before them, parts of whole sessions, which of them teach."""

import numpy as np
import pandas as pd
import pytest

from focus_analysis.coding import turns as module
from focus_analysis.coding.turns import Coded, read_turns
from tests import builders


def two_groups():
    return builders.corpus(
        builders.group("a", "M: Kto jest sam?", "R1: Babcia.", "R2: Dziadek.", "M: A bieda?", "R1: Bywa."),
        builders.group("b", "R3: Autobus.", "R4: Nie jeździ."),
    )


def test_before_a_turn_stands_what_the_moderator_of_its_session_asked_last():
    asked = read_turns(two_groups()).asked(np.arange(1.0, 8)[:, None])
    assert asked[:, 0].tolist() == [0, 1, 1, 1, 4, 0, 0]


def test_parts_never_cut_a_session(monkeypatch):
    monkeypatch.setattr(module, "_WORDS_AT_ONCE", 1)
    turns = read_turns(two_groups())
    parts = list(turns.parts())
    assert [{session for session, _ in part.places} for part in parts] == [{"a"}, {"b"}]
    assert [text for part in parts for text in part.stream.texts] == list(turns.stream.texts)
    monkeypatch.setattr(module, "_WORDS_AT_ONCE", 1000)
    assert [len(part.places) for part in turns.parts()] == [7]


def test_parts_lose_nothing_where_sessions_are_mixed(monkeypatch):
    monkeypatch.setattr(module, "_WORDS_AT_ONCE", 1)
    turns = read_turns(two_groups())
    mixed = turns.of(np.array([0, 1, 5, 2, 3, 4, 6]))
    assert [part.places for part in mixed.parts()] == [mixed.places]
    assert list(turns.of(np.array([], dtype=np.intp)).parts()) == []


@pytest.mark.parametrize(
    ("rows", "taught"),
    [
        ([("a", 2, "loneliness")], [("a", 2), ("a", 3), ("a", 5)]),
        ([("a", 2, "loneliness"), ("a", 5, "none")], [("a", 2), ("a", 5)]),
    ],
)
def test_what_participants_said_and_somebody_read_teaches(rows, taught):
    coded = Coded.of(two_groups(), builders.codings(*rows))
    assert coded.lessons.places == taught
    assert coded.sessions.tolist() == ["a"] * len(taught)
    assert next(coded.given()) == {"loneliness": "affirmed"}
    assert {session for session, _ in coded.turns.places} == {"a"}


def test_a_turn_has_its_strongest_status():
    rows = builders.codings(("a", 2, "loneliness"), ("a", 2, "loneliness"))
    rows = pd.concat([rows.head(1).assign(status="hypothetical"), rows.tail(1).assign(status="denied")])
    assert Coded.of(two_groups(), rows).codes == {("a", 2): {"loneliness": "denied"}}
