"""What is spoken of around a turn."""

import numpy as np
import pytest

from focus_analysis.coding.surroundings import around

SESSIONS = ["a"] * 7 + ["b"] * 2
HEARD = np.array([False, True, True, False, True, True, True, True, True])
SCORES = np.arange(9.0)[:, None]


@pytest.mark.parametrize(
    ("turn", "before", "after"),
    [
        (0, [], [1, 2, 4, 5]),
        (1, [], [2, 4, 5, 6]),
        (3, [2, 1], [4, 5, 6]),
        (6, [5, 4, 2, 1], []),
        (7, [], [8]),
    ],
)
def test_the_nearest_participants_of_the_session_count_most(turn, before, after):
    found = around(SCORES, SESSIONS, HEARD)
    for side, near in zip(found, (before, after), strict=True):
        weights = [4, 3, 2, 1][: len(near)]
        assert side[turn, 0] == pytest.approx(np.average(near, weights=weights) if near else 0)


def test_nobody_around():
    assert [side.tolist() for side in around(np.ones((1, 2)), ["a"], np.array([True]))] == [[[0, 0]]] * 2
    assert around(np.zeros((0, 3)), [], np.zeros(0, dtype=bool)).before.shape == (0, 3)
