"""Kinds of barriers in sentences as focus groups say them: ``barrier_sentences.txt``."""

from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from focus_analysis.coding.barriers import find_barriers
from focus_analysis.schemas_networks import BARRIER_KINDS, OTHER_BARRIER
from tests.builders import codings, corpus, group

MISSES = "# known misses"
MOST_MISSES = 3
_lines = (Path(__file__).parent / "barrier_sentences.txt").read_text(encoding="utf-8").splitlines()
REACHED, MISSED = (
    [line for line in lines if line and not line.startswith("#")]
    for lines in (_lines[: _lines.index(MISSES)], _lines[_lines.index(MISSES) :])
)


@cache
def every():
    """Return the kinds found in every line, one session a line, the whole turn coded as a barrier."""
    lines = [*REACHED, *MISSED]
    said = [line.split(" => ")[0] for line in lines]
    coded = codings(*((str(number), 1, "cooperation_barrier") for number in range(len(lines))))
    study = corpus(*(group(str(number), f"R1: {text}") for number, text in enumerate(said)))
    return find_barriers(study, coded.assign(start=0, end=[len(text) for text in said]))


def kinds(line):
    found = every()
    return set(found.loc[found["session_id"] == str([*REACHED, *MISSED].index(line)), "kind"]) - {OTHER_BARRIER}


def expected(line):
    return set(line.split(" => ")[1].split(", ")) - {"-"}


@pytest.mark.parametrize("line", REACHED)
def test_the_kinds_are_those_marked(line):
    assert kinds(line) == expected(line)


@pytest.mark.parametrize("line", MISSED)
def test_a_known_miss_still_misses(line):
    assert kinds(line) != expected(line), "reached now: move the sentence to its group, and lower MOST_MISSES"


def test_known_misses_do_not_grow():
    assert len(MISSED) <= MOST_MISSES


def test_every_kind_is_marked_somewhere():
    assert set.union(*map(expected, REACHED)) == set(BARRIER_KINDS) - {OTHER_BARRIER}


def test_the_evidence_is_the_cue_and_the_words():
    row = every().iloc[0]
    assert (row["kind"], row["evidence"]) == ("data_protection", "RODO → RODO")
    said = REACHED[0].split(" => ")[0]
    assert said[row["start"] : row["end"]] == "RODO"


def test_cues_count_beside_the_words_that_were_coded_and_not_further():
    said = "Brakuje ludzi. Pada. Z sądem się nie układa. Brakuje pieniędzy."
    study = corpus(group("s", f"R1: {said}"))
    coded = codings(("s", 1, "cooperation_barrier")).assign(start=said.index("Z sądem"), end=said.index(" Brakuje pie"))
    assert find_barriers(study, coded)["kind"].tolist() == ["money"]


def test_only_barriers_that_participants_tell_of_count():
    study = corpus(group("s", "M: RODO?", "R1: RODO!", "R1: RODO przeszkadza.", "R1: Nikt nas nie powiadomił."))
    coded = codings(
        *(("s", 1, "cooperation_barrier"), ("s", 2, "cooperation_barrier", "hypothetical")),
        *(("s", 3, "cooperation_barrier"), ("s", 4, "information_exchange", "denied")),
    ).assign(end=5)
    found = find_barriers(study, coded)
    assert found[["turn", "kind"]].to_numpy().tolist() == [[3, "data_protection"], [4, "information"]]


def test_a_turn_of_a_transcript_without_diacritics_is_mended_with_all_of_it():
    talk = [f"R2: u nas w gminie jest jak jest i tak to po prostu wyglada od {n} lat" for n in range(10)]
    study = corpus(group("s", *talk, "R1: nie ma na to pieniedzy"))
    coded = codings(("s", 11, "cooperation_barrier")).assign(start=0, end=26)
    assert find_barriers(study, coded)["kind"].tolist() == ["money"]


def test_a_barrier_without_a_cue_is_other():
    study = corpus(group("s", "R1: Z powiatem pod górkę."))
    found = find_barriers(study, codings(("s", 1, "cooperation_barrier")).assign(start=2, end=10))
    assert found[["kind", "start", "end"]].to_numpy().tolist() == [[OTHER_BARRIER, 2, 10]]


def test_no_barrier_makes_an_empty_table():
    assert isinstance(find_barriers(corpus(group("s", "R1: RODO.")), codings()), pd.DataFrame)
