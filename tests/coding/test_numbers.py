"""Numbers and units, as words and as digits: ``number_sentences.txt``, to which lines can be added without Python."""

import re
from pathlib import Path

import pytest

from focus_analysis.coding.matching import Matcher, split_words
from focus_analysis.language.numbers import in_words, sum_of, value_of
from focus_analysis.patterns import parse_pattern

LINES = (Path(__file__).parent / "number_sentences.txt").read_text(encoding="utf-8").splitlines()
MARKED = [tuple(line.split(": ", 1)) for line in LINES if line and not line.startswith("#")]
BRACKETS = re.compile(r"\[([^]]+)\]")


@pytest.mark.parametrize(("pattern", "sentence"), MARKED)
def test_a_number_is_found_in_words_and_digits(pattern, sentence):
    words = split_words(BRACKETS.sub(r"\1", sentence))
    found = Matcher([parse_pattern(pattern)]).find(words)
    said = [words.text[words.tokens[match.first].start : words.tokens[match.last - 1].end] for match in found]
    assert said == BRACKETS.findall(sentence)


@pytest.mark.parametrize("value", [*range(2, 21), 21 + 1, 99, 102, 350, 999])
def test_the_words_of_a_number_say_it(value):
    for row in in_words(value):
        assert sum_of([value_of(word) for word in row]) == value
    assert in_words(value)


@pytest.mark.parametrize("value", [0, 1, 21, 1000, 2018])
def test_other_numbers_stay_digits(value):
    assert in_words(value) == []
