"""How hard problems are said to be, in sentences as focus groups say them: ``link_sentences.txt``."""

from functools import cache

import pandas as pd
import pytest

from focus_analysis.coding.links import find_links
from tests.builders import codes
from tests.coding.marked import expected_of, lines_of, of_last_turns, study_of, turns_of

MOST_MISSES = 2
DIFFICULTIES = ("easy_to_solve", "hard_to_solve")
REACHED, MISSED = lines_of("link_sentences.txt")


def block(_, line):
    asked = any(side in marked for speaker, _, marked in turns_of(line) if speaker == "M" for side in DIFFICULTIES)
    return "difficulty" if asked else "problems"


@cache
def every():
    """Return the links that the rules find in the last turn of every line."""
    study, named = study_of([*REACHED, *MISSED], block)
    problems = set(named["code"]) - set(DIFFICULTIES)
    known = pd.concat([codes(*problems), codes(*DIFFICULTIES, group="difficulty")], ignore_index=True)
    return of_last_turns(find_links(study, named, known), study)


def given(line):
    found = every()
    found = found[found["session_id"] == str([*REACHED, *MISSED].index(line))]
    return {(row.problem, row.other.split("_")[0]) for row in found.itertuples()}


@pytest.mark.parametrize("line", REACHED)
def test_the_links_are_those_marked(line):
    assert given(line) == set(map(tuple, expected_of(line)))


@pytest.mark.parametrize("line", MISSED)
def test_a_known_miss_still_misses(line):
    assert given(line) != set(map(tuple, expected_of(line))), "reached now: move it to its group, lower MOST_MISSES"


def test_known_misses_do_not_grow():
    assert len(MISSED) <= MOST_MISSES
