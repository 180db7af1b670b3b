"""Through what the learned coder sees texts: examples that carry the same codes, and turns of transcripts."""

import numpy as np
import pytest

from focus_analysis.coding import learned
from focus_analysis.coding.learned import centres_of


@pytest.fixture
def targets():
    rng = np.random.default_rng(2)
    return np.repeat(np.eye(4), [12, 8, 6, 4], axis=0)[rng.permutation(30)]


def test_where_there_is_room_every_text_is_a_centre(targets):
    assert sorted(centres_of(targets, 10)) == list(range(30))


@pytest.mark.parametrize("n_spoken", [0, 4, 10, 29, 30])
@pytest.mark.parametrize("room", [2, 7, 12, 40])
def test_centres_are_numbered_without_gaps_and_no_more_than_there_is_room_for(targets, n_spoken, room, monkeypatch):
    monkeypatch.setattr(learned, "_CENTRES", room)
    found = centres_of(targets, n_spoken)
    assert len(found) == 30
    assert sorted(set(found)) == list(range(min(room, 30)))


def test_examples_share_a_centre_with_those_of_the_same_codes(targets, monkeypatch):
    monkeypatch.setattr(learned, "_CENTRES", 15)
    found = centres_of(targets, 0)
    assert all(len(np.unique(targets[found == centre], axis=0)) == 1 for centre in set(found))


def test_turns_of_transcripts_have_a_centre_each(targets, monkeypatch):
    monkeypatch.setattr(learned, "_CENTRES", 12)
    found = centres_of(targets, 5)
    assert len(set(found[-5:])) == 5
    assert not set(found[-5:]) & set(found[:-5])
