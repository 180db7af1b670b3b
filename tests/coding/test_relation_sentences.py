"""Relations in sentences as focus groups say them: ``relation_sentences.txt``."""

import re
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from focus_analysis.coding.relations import find_relations
from focus_analysis.corpus import Corpus
from focus_analysis.schemas_networks import RELATION_KINDS
from tests.builders import codes, codings, corpus, group

MARK = re.compile(r"\[([^|\[\]]+)\|(\w+)\]")
MISSES = "# known misses"
MOST_MISSES = 4
FEWEST = 80

_lines = (Path(__file__).parent / "relation_sentences.txt").read_text(encoding="utf-8").splitlines()
REACHED, MISSED = (
    [line for line in lines if line and not line.startswith("#")]
    for lines in (_lines[: _lines.index(MISSES)], _lines[_lines.index(MISSES) :])
)


def parts(line):
    """Return the speaker, whether cooperation is the question, the marked text, and what is expected."""
    said, expected = line.split(" => ")
    speaker, marked = said.split(": ", 1)
    return speaker.rstrip("?"), speaker.endswith("?"), marked, expected


def plain_and_marks(marked):
    """Return the text without its marks, and each mark as (first character, end, institution)."""
    text, marks, done = "", [], 0
    for mark in MARK.finditer(marked):
        text += marked[done : mark.start()]
        marks.append((len(text), len(text) + len(mark[1]), mark[2]))
        text, done = text + mark[1], mark.end()
    return text + marked[done:], marks


def expected_of(line):
    speaker, _, _, expected = parts(line)
    found = set()
    for one in expected.split(", "):
        if one != "-":
            pair, relation = one.split()
            source, _, target = pair.rpartition(">")
            found.add((source or speaker, target, relation))
    return found


@cache
def every():
    """Return the relations that the rules find in every line, one session a line, co-mentions left out."""
    groups, named, questions = [], [], []
    for number, line in enumerate([*REACHED, *MISSED]):
        speaker, asked, marked, _ = parts(line)
        text, marks = plain_and_marks(marked)
        groups.append(group(str(number), f"R1: {text}", institutions={"R1": speaker}))
        questions.append("cooperation" if asked else "problems")
        coded = codings(*((str(number), 1, code) for _, _, code in marks))
        coded[["start", "end"]] = [[start, end] for start, end, _ in marks]
        named.append(coded)
    study, named = corpus(*groups), pd.concat(named, ignore_index=True)
    turns = study.turns.assign(question=questions)
    room = codes(*named["code"].unique(), group="institutions")
    found = find_relations(Corpus(study.sessions, study.speakers, turns), named, room)
    return found[found["relation"] != "mentioned"]


def given(line):
    found = every()
    found = found[found["session_id"] == str([*REACHED, *MISSED].index(line))]
    return set(zip(found["source"], found["target"], found["relation"], strict=True))


@pytest.mark.parametrize("line", REACHED)
def test_the_relation_is_the_one_marked(line):
    assert given(line) == expected_of(line)


@pytest.mark.parametrize("line", MISSED)
def test_a_known_miss_still_misses(line):
    assert given(line) != expected_of(line), "reached now: move the sentence to its group, and lower MOST_MISSES"


def test_known_misses_do_not_grow():
    assert len(MISSED) <= MOST_MISSES


def test_the_sentences_are_many_and_none_stands_twice():
    assert len({*REACHED, *MISSED}) == len(REACHED) + len(MISSED) >= FEWEST


def test_every_relation_is_marked_somewhere():
    assert {relation for line in REACHED for _, _, relation in expected_of(line)} == set(RELATION_KINDS) - {"mentioned"}
