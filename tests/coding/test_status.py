"""How a hit stands: the marked-up sentences of ``sentences.txt``, and the reach of cues."""

import re
from pathlib import Path

import pytest

from focus_analysis.coding.rules import code
from focus_analysis.schemas import STATUSES
from tests.builders import codebook, one_turn

MARK = re.compile(r"\[([^|\[\]]+)\|([^\[\]]*)\]")
LINES = (Path(__file__).parent / "sentences.txt").read_text(encoding="utf-8").splitlines()
SENTENCES = [line for line in LINES if line.strip() and not line.startswith("#")]


def plain_and_marks(line):
    """Return the sentence without its marks, and the place and expected status of each."""
    text, marks, done = "", [], 0
    for mark in MARK.finditer(line):
        text += line[done : mark.start()]
        marks.append((len(text), len(text) + len(mark[1]), mark[2]))
        text, done = text + mark[1], mark.end()
    return text + line[done:], marks


def statuses(text, pattern):
    """Return the status of each hit of one pattern, in order."""
    return code(one_turn(text), codebook({"x": [pattern]}))["status"].tolist()


@pytest.mark.parametrize("line", SENTENCES)
def test_every_sentence_is_marked_with_a_known_status(line):
    text, marks = plain_and_marks(line)
    assert marks
    assert {status for _, _, status in marks} <= set(STATUSES)
    assert not set("[]|") & set(text)


@pytest.mark.parametrize("line", SENTENCES)
def test_the_coder_gives_the_status_that_is_marked(line):
    text, marks = plain_and_marks(line)
    phrases = dict.fromkeys(text[start:end] for start, end, _ in marks)
    wanted = {f"c{n}": [" ".join(f"={word}" for word in phrase.split())] for n, phrase in enumerate(phrases)}
    found = code(one_turn(text), codebook(wanted))
    given = {(row.start, row.end): row.status for row in found.itertuples()}
    assert {(start, end): given.get((start, end)) for start, end, _ in marks} == {
        (start, end): status for start, end, status in marks
    }


def test_the_sentences_show_every_status():
    assert {status for line in SENTENCES for _, _, status in plain_and_marks(line)[1]} == set(STATUSES)


@pytest.mark.parametrize(("between", "status"), [(0, "denied"), (5, "denied"), (6, "affirmed"), (12, "affirmed")])
def test_a_cue_reaches_six_words(between, status):
    assert statuses(f"Nie {'bardzo ' * between}bieda", "bieda") == [status]


@pytest.mark.parametrize(("between", "status"), [(0, "denied"), (5, "denied"), (6, "affirmed")])
def test_a_cue_of_both_sides_reaches_as_far_back(between, status):
    assert statuses(f"Przemocy {'wtedy ' * between}nigdy", "przemoc") == [status]


@pytest.mark.parametrize(
    ("text", "pattern"),
    [
        ("Nie ma autobusu.", "nie mieć autobus"),
        ("Nikt nie zagląda.", "nikt nie zaglądać"),
        ("Nie ma z kim porozmawiać.", "nie mieć z kto porozmawiać"),
        ("Są bez środków.", "=bez środek"),
    ],
)
def test_a_cue_inside_the_match_belongs_to_it(text, pattern):
    assert statuses(text, pattern) == ["affirmed"]


def test_a_cue_inside_a_match_still_reaches_another_code():
    found = code(one_turn("Nie ma autobusu i biedy."), codebook({"bus": ["=nie mieć autobus"], "bieda": ["bieda"]}))
    assert dict(zip(found["code"], found["status"], strict=True)) == {"bus": "affirmed", "bieda": "denied"}


def test_a_cue_outside_the_match_counts_even_if_one_stands_inside():
    assert statuses("Nigdy bez środków nie byli.", "=bez środek") == ["denied"]


@pytest.mark.parametrize("sign", [",", ".", ";", ":", "?", "!", "…", " –", " ("])
def test_a_sign_ends_the_reach_of_a_cue(sign):
    assert statuses(f"Nie pracuje{sign} bieda", "bieda") == ["affirmed"]
