"""Places on the ring, and the curves between them."""

from itertools import combinations, pairwise, permutations
from math import dist

import pytest

from focus_analysis.plots.ring import HIGH, WIDE, Curve, bent, ring_places

NAMES = [f"i{number}" for number in range(18)]


@pytest.mark.parametrize("n", [1, 2, 3, 7, 18])
def test_every_name_has_its_own_place_on_the_ring(n):
    places = ring_places(NAMES[:n])
    assert list(places) == NAMES[:n]
    assert all((x / WIDE) ** 2 + (y / HIGH) ** 2 == pytest.approx(1) for x, y in places.values())
    assert all(dist(a, b) > 0.8 for a, b in combinations(places.values(), 2))


def test_heights_on_one_side_are_evenly_spaced_so_that_names_fit():
    right = sorted(y for x, y in ring_places(NAMES).values() if x > 0)
    assert {round(b - a, 6) for a, b in pairwise(right)} == {round(2 * HIGH / 9, 6)}


def test_there_and_back_are_two_curves():
    places = ring_places(NAMES)
    for a, b in permutations(NAMES[:6], 2):
        assert dist(bent(places[a], places[b]).at(0.5), bent(places[b], places[a]).at(0.5)) > 0.4


def test_no_curve_runs_through_the_place_of_a_third():
    places = ring_places(NAMES)
    for a, b in permutations(NAMES, 2):
        curve = bent(places[a], places[b])
        others = [place for name, place in places.items() if name not in (a, b)]
        assert min(dist(curve.at(step / 40), place) for step in range(41) for place in others) > 0.2


def test_a_part_of_a_curve_lies_on_it():
    curve = Curve((0, 0), (1, 2), (3, 0))
    part = curve.between(0.25, 0.75)
    for share in (0, 0.3, 1):
        assert part.at(share) == pytest.approx(curve.at(0.25 + 0.5 * share))


def test_a_shortened_curve_keeps_off_both_ends():
    curve = Curve((0, 0), (1, 2), (3, 0))
    short = curve.short_of(0.2)
    assert 0.2 <= dist(short.start, curve.start) < 0.25
    assert 0.2 <= dist(short.end, curve.end) < 0.25
