"""Coding transcripts in poor condition: what is lost, and that nothing is invented."""

import pytest

from focus_analysis.coding.rules import code
from focus_analysis.corpus import Corpus
from focus_analysis.language.tokens import count_words, fold

KEY = ["session_id", "turn", "code"]


def in_poor_condition(corpus, spoil):
    turns = corpus.turns
    turns["text"] = [spoil(text) for text in turns["text"]]
    turns["n_words"] = [count_words(text) for text in turns["text"]]
    return Corpus(corpus.sessions, corpus.speakers, turns)


def as_spoken(text):
    return " ".join("".join(sign for sign in text.lower() if sign.isalnum() or sign.isspace()).split())


def as_scanned(text):
    return text.replace("om", "orn").replace("al", "a1").replace("ol", "0l")


@pytest.mark.parametrize(
    ("spoil", "fewest_kept", "fewest_right"),
    [(str, 1.0, 1.0), (fold, 0.95, 0.94), (as_spoken, 0.93, 0.9), (as_scanned, 0.98, 0.98)],
)
def test_most_codes_survive_a_poor_condition(shipped, packaged, shipped_codings, spoil, fewest_kept, fewest_right):
    clean = set(shipped_codings[KEY].itertuples(index=False))
    found = set(code(in_poor_condition(shipped, spoil), packaged)[KEY].itertuples(index=False))
    assert len(clean & found) >= fewest_kept * len(clean)
    assert len(clean & found) >= fewest_right * len(found)


def test_a_split_word_is_found_whole(shipped, packaged):
    text = "no u nas to bez robocie jest straszne i ta kobieta sa ma siedzi " * 8
    turns = shipped.turns.head(1).assign(text=text.strip(), n_words=count_words(text))
    corpus = Corpus(shipped.sessions.head(1), shipped.speakers[shipped.speakers["session_id"] == "bieliny"], turns)
    found = code(corpus, packaged)
    spans = {text[row.start : row.end] for row in found.itertuples() if row.code == "unemployment"}
    assert "bez robocie" in spans
