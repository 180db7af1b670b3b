"""Outlines: as many as there are units, as large as the units are, with holes and in one piece."""

import json

import numpy as np
import pytest
from matplotlib.path import Path

from focus_analysis.plots.boundaries import GMINAS, POWIATS, VOIVODESHIPS, middle, outlines, project
from focus_analysis.resources import resource

# Statistics Poland, "Area and population in the territorial profile in 2021", in square kilometres.
AREAS = {"06": 25123, "14": 35559, "18": 17846, "20": 20187, "26": 11710, "32": 22905}
PRZEWORSK_TOWN, PRZEWORSK_RURAL = "181401", "181406"


def area(outline):
    """Square kilometres by the shoelace formula; holes run the other way and count off."""
    return abs(sum((line[:-1, 0] * line[1:, 1] - line[1:, 0] * line[:-1, 1]).sum() / 2 for line in outline))


@pytest.mark.parametrize(("kind", "n", "digits"), [(VOIVODESHIPS, 16, 2), (POWIATS, 380, 4), (GMINAS, 2477, 6)])
def test_there_is_an_outline_of_every_unit_by_its_code(kind, n, digits):
    assert len(outlines(kind)) == n
    assert {len(key) for key in outlines(kind)} == {digits}
    assert all(key[:-2] in outlines(POWIATS if digits == 6 else VOIVODESHIPS) for key in outlines(kind) if digits > 2)


@pytest.mark.parametrize("kind", [VOIVODESHIPS, POWIATS, GMINAS])
def test_lines_are_closed(kind):
    assert all(np.array_equal(line[0], line[-1]) for outline in outlines(kind).values() for line in outline)


@pytest.mark.parametrize(("key", "official"), AREAS.items())
def test_areas_are_those_of_the_statistics(key, official):
    assert area(outlines(VOIVODESHIPS)[key]) == pytest.approx(official, rel=0.006)


def test_units_fill_those_that_they_are_parts_of():
    whole = area([line for outline in outlines(VOIVODESHIPS).values() for line in outline])
    for kind in (POWIATS, GMINAS):
        assert sum(area(outline) for outline in outlines(kind).values()) == pytest.approx(whole, rel=1e-9)


def test_distances_are_those_on_the_ground():
    """Great circle from Kielce (20.6286 E, 50.8661 N) to Rzeszów (21.9991 E, 50.0413 N): 133.4 km on a sphere."""
    kielce, rzeszow = project(np.array([[20.6286, 50.8661], [21.9991, 50.0413]]))
    assert np.hypot(*(kielce - rzeszow)) == pytest.approx(133.4, rel=0.002)


def test_the_middle_of_a_gmina_lies_in_it_and_not_in_the_town_that_it_surrounds():
    rural, town = outlines(GMINAS)[PRZEWORSK_RURAL], outlines(GMINAS)[PRZEWORSK_TOWN]
    point = middle(rural)
    assert sum(Path(line).contains_point(point) for line in rural) % 2 == 1
    assert not any(Path(line).contains_point(point) for line in town)
    assert Path(town[0]).contains_point(middle(town))


def test_source_and_licence_stand_in_the_file():
    head = json.loads(resource("boundaries.json").read_text(encoding="utf-8"))
    assert "GUGiK" in head["source"] and "PRG" in head["source"] and "2021" in head["source"]
    assert "free to use" in head["licence"]
