"""Names beside points."""

import matplotlib.pyplot as plt
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.patches import Rectangle

from focus_analysis.plots.labelling import Box, find_places, label_points, side_by_side
from tests.plots.collisions import on, overlapping, written

NAMES = ["uzależnienia", "opieka nad\nosobami starszymi", "bezrobocie", "ubóstwo"]
ROOM = Box(0, 0, 450, 330)


def axes():
    _, ax = plt.subplots(figsize=(6.3, 4.5))
    ax.set_xlim(0, 1)
    ax.set_ylim(0, 1)
    return ax


@pytest.mark.parametrize("seed", range(4))
def test_sixteen_names_lie_neither_on_each_other_nor_on_markers_nor_outside(seed):
    draw = np.random.default_rng(seed)
    points = [tuple(point) for point in draw.beta(2, 4, size=(16, 2))]
    ax = axes()
    texts = label_points(ax, points, (NAMES * 4))
    assert overlapping(ax) == []
    frame = ax.get_window_extent()
    dots = [ax.transData.transform(point) for point in points]
    for text in texts:
        box = written(text)
        assert frame.x0 <= box.x0 <= box.x1 <= frame.x1
        assert frame.y0 <= box.y0 <= box.y1 <= frame.y1
        assert not any(box.x0 < x < box.x1 and box.y0 < y < box.y1 for x, y in dots)


def test_a_name_with_room_stands_beside_its_point_without_a_line():
    (text,) = label_points(axes(), [(0.5, 0.5)], ["ubóstwo"])
    assert not text.arrow_patch.get_visible()
    assert text.get_position()[1] == pytest.approx(0)
    assert text.get_position()[0] < 40


def test_a_name_that_had_to_move_away_is_joined_to_its_point_by_a_line():
    texts = label_points(axes(), [(0.5, 0.5 + 0.01 * step) for step in range(8)], NAMES * 2)
    assert any(text.arrow_patch.get_visible() for text in texts)


@pytest.mark.parametrize("seed", [0, 9])
def test_no_line_as_it_is_drawn_runs_through_another_name(seed):
    points = [tuple(point) for point in np.random.default_rng(seed).beta(3, 6, size=(16, 2))]
    ax = axes()
    texts = label_points(ax, points, NAMES * 4)
    ax.figure.canvas.draw()
    joined = [text for text in texts if text.arrow_patch.get_visible()]
    assert joined
    for name in joined:
        line = name.arrow_patch.get_path().transformed(name.arrow_patch.get_transform())
        assert not any(line.intersects_bbox(written(text), filled=False) for text in texts if text is not name)


def test_what_is_written_already_stays_free():
    ax = axes()
    there = ax.text(0.52, 0.5, "częste i łatwe", va="center")
    (text,) = label_points(ax, [(0.5, 0.5)], ["ubóstwo"])
    assert not on(written(there), written(text))


def test_names_lie_on_white_and_off_what_they_are_told_to_leave_free():
    ax = axes()
    kept_free = ax.add_patch(Rectangle((0.5, 0.4), 0.3, 0.2))
    (text,) = label_points(ax, [(0.5, 0.5)], ["ubóstwo"], off=[kept_free])
    assert not on(kept_free.get_window_extent(), written(text))
    assert text.get_bbox_patch().get_facecolor()[:3] == (1, 1, 1)


def test_no_point_needs_no_name():
    assert label_points(axes(), [], []) == []


def test_chosen_names_are_bold():
    texts = label_points(axes(), [(0.2, 0.2), (0.8, 0.8)], NAMES[:2], [True, False])
    assert [text.get_fontweight() for text in texts] == ["bold", "normal"]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.floats(40, 410), st.floats(30, 300)), min_size=1, max_size=9, unique=True))
def test_places_of_few_names_never_overlap(points):
    places = find_places(points, [(50.0, 9.0)] * len(points), ROOM, 6)
    assert all(place.box.within(ROOM) for place in places)
    assert not any(a.box.overlaps(b.box) for i, a in enumerate(places) for b in places[:i])


def test_points_of_one_place_stand_side_by_side_round_it():
    moved = side_by_side([(0.3, 0.1)] * 3 + [(0.3, 0.2)], 0.1)
    assert moved == [(pytest.approx(x), y) for x, y in [(0.2, 0.1), (0.3, 0.1), (0.4, 0.1), (0.3, 0.2)]]
