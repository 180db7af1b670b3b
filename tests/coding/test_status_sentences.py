"""The status of marked words in sentences as focus groups say them: ``status_sentences.txt``."""

import re
from pathlib import Path

import pytest

from focus_analysis.coding.clauses import WEIGHTS, cue_list
from focus_analysis.coding.matching import Matcher, split_words
from focus_analysis.coding.status import judge, read_clauses
from focus_analysis.patterns import parse_pattern

MARK = re.compile(r"\[([^|\[\]]+)\|(affirmed|denied|hypothetical)\]")
MISSES = "# known misses"
MOST_MISSES = 13

_lines = (Path(__file__).parent / "status_sentences.txt").read_text(encoding="utf-8").splitlines()
REACHED, MISSED = (
    [line for line in lines if line and not line.startswith("#")]
    for lines in (_lines[: _lines.index(MISSES)], _lines[_lines.index(MISSES) :])
)


def plain_and_marks(line):
    """Return the sentence without its marks, and each mark as (first character, words, status)."""
    text, marks, done = "", [], 0
    for mark in MARK.finditer(line):
        text += line[done : mark.start()]
        marks.append((len(text), mark[1], mark[2]))
        text, done = text + mark[1], mark.end()
    return text + line[done:], marks


def given(line):
    """Return the words of each mark with the status that the rules give."""
    text, marks = plain_and_marks(line)
    words = split_words(text)
    clauses = read_clauses(words)
    return [(marked, judge(hit_at(start, marked, words), clauses).status) for start, marked, _ in marks]


def hit_at(start, marked, words):
    pattern = parse_pattern(" ".join(f"={word}" for word in marked.split()))
    return next(hit for hit in Matcher([pattern]).find(words) if words.tokens[hit.first].start == start)


def marked(line):
    return [(words, status) for _, words, status in plain_and_marks(line)[1]]


@pytest.mark.parametrize("line", REACHED)
def test_the_status_is_the_one_marked(line):
    assert given(line) == marked(line)


@pytest.mark.parametrize("line", MISSED)
def test_a_known_miss_still_misses(line):
    assert given(line) != marked(line), "reached now: move the sentence to its group, and lower MOST_MISSES"


def test_every_cue_has_a_sentence_that_it_decides_or_stands_in():
    called_for = set()
    for line in REACHED:
        text, marks = plain_and_marks(line)
        words = split_words(text)
        clauses = read_clauses(words)
        called_for |= {cue for start, said, _ in marks for cue, _ in judge(hit_at(start, said, words), clauses).cues}
        standing = (cue_list().cues[match.pattern] for match in cue_list().matcher.find(words))
        called_for |= {cue for cue in standing if cue.status not in WEIGHTS}
    assert [cue.cue for cue in cue_list().cues if cue not in called_for] == []


def test_known_misses_do_not_grow():
    assert len(MISSED) <= MOST_MISSES


@pytest.mark.parametrize("line", [*REACHED, *MISSED])
def test_every_bracket_is_a_mark(line):
    text, marks = plain_and_marks(line)
    assert marks
    assert not set("[]|") & set(text)


def test_no_sentence_stands_twice():
    assert len({*REACHED, *MISSED}) == len(REACHED) + len(MISSED)
