"""Coding transcripts in poor condition: what is lost, and that nothing is invented."""

import pytest

from focus_analysis.coding.coverage import codebook_coverage
from focus_analysis.coding.explain import explain
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


@pytest.fixture(scope="module")
def split_words(shipped):
    text = "no u nas to bez robocie jest straszne i ta kobieta sa ma siedzi " * 8
    turns = shipped.turns.head(1).assign(text=text.strip(), n_words=count_words(text))
    return Corpus(shipped.sessions.head(1), shipped.speakers[shipped.speakers["session_id"] == "bieliny"], turns)


def test_a_split_word_is_found_whole(split_words, packaged):
    text = split_words.turns["text"].iloc[0]
    found = code(split_words, packaged)
    spans = {text[row.start : row.end] for row in found.itertuples() if row.code == "unemployment"}
    assert "bez robocie" in spans


def test_what_is_explained_is_what_was_coded(split_words, packaged):
    coded = code(split_words, packaged)
    told = explain(split_words, coded, packaged, "bieliny", 1, lang="en").table
    assert len(told) == len(coded) > 0
    assert told["pattern"].notna().all()
    assert told["words"].eq("bez robocie").any()


def test_what_a_word_was_read_as_is_told(split_words, packaged):
    told = explain(split_words, code(split_words, packaged), packaged, "bieliny", 1, lang="pl")
    assert told.read_as["bez robocie"] == "bezrobocie"
    assert "Odczytano: bez robocie → bezrobocie" in str(told)


def test_coverage_counts_what_was_coded(split_words, packaged):
    counts = codebook_coverage(split_words, packaged).query("pattern.isna()").set_index("code")["n_coded"]
    assert counts[counts > 0].to_dict() == code(split_words, packaged)["code"].value_counts().to_dict()
