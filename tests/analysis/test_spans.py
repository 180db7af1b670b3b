"""Agreement on stretches of text."""

import math

import pytest

from focus_analysis.analysis.spans import span_agreement
from focus_analysis.errors import ArgumentError
from tests.builders import codes, codings, corpus, group

# Sixty words; the stretches, in words, and what they come to, worked out by hand.
FIRST, SECOND = [(0, 10), (20, 30)], [(2, 10), (18, 30), (40, 45)]


def marked(spans, code="x", session="s"):
    """Codings of stretches given in words; each word is one letter and a space."""
    rows = codings(*[(session, 1, code)] * len(spans))
    return rows.assign(start=[2 * first for first, _ in spans], end=[2 * last - 1 for _, last in spans])


@pytest.fixture
def study():
    return corpus(group("s", "R1: " + " ".join("a" * 60)))


def test_words_and_spans_of_the_worked_example(study):
    row = span_agreement(marked(FIRST), marked(SECOND), study).iloc[0]
    assert row[["n_words", "words_both", "words_only_a", "words_only_b"]].tolist() == [60, 18, 2, 7]
    assert row["alpha"] == pytest.approx(0.682667, abs=1e-6)
    assert row["word_f1"] == pytest.approx(0.8)
    assert row[["spans_both", "spans_only_a", "spans_only_b"]].tolist() == [2, 0, 1]
    assert row["span_f1"] == pytest.approx(0.8)


def test_half_an_overlap_is_enough_and_less_is_not(study):
    assert span_agreement(marked([(0, 10)]), marked([(0, 5)]), study)["spans_both"].tolist() == [1]
    assert span_agreement(marked([(0, 11)]), marked([(0, 5)]), study)["spans_both"].tolist() == [0]


def test_a_span_is_matched_once(study):
    row = span_agreement(marked([(0, 10)]), marked([(0, 5), (5, 10)]), study).iloc[0]
    assert row[["spans_both", "spans_only_a", "spans_only_b"]].tolist() == [1, 0, 1]


def test_spans_that_cover_parts_of_words_cover_the_words(study):
    inside = marked([(0, 10)]).assign(start=1, end=18)
    assert span_agreement(inside, marked([(1, 9)]), study)["words_only_a"].tolist() == [0]


def test_a_code_that_nobody_gave_is_undefined(study):
    row = span_agreement(marked(FIRST), marked(SECOND), study, codes("never")).iloc[0]
    assert all(math.isnan(row[name]) for name in ("alpha", "word_f1", "span_f1"))


def test_coders_of_different_turns_are_refused(study):
    with pytest.raises(ArgumentError, match="no turn was read by both"):
        span_agreement(marked(FIRST), marked(SECOND, session="t"), study)
