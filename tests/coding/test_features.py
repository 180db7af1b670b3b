"""Features of texts: what a word adds, pairs and triples, fields of meaning, windows."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from focus_analysis.coding.features import Features, Said
from focus_analysis.language.morphology import lemmas
from focus_analysis.language.stream import read_stream

TEXTS = ["babcia siedzi sama w domu", "dziadek siedzi sam", "babci nikt nie odwiedza", "w domu zimno"]


def said(texts):
    return Said.of(read_stream(texts))


@pytest.fixture
def features():
    return Features.learnt([said(TEXTS)])


def named(features, row):
    return {features.names[column] for column in row.nonzero()[-1]}


def test_a_feature_is_what_two_texts_share(features):
    assert {"lemma siedzieć", "lemma babcia", "lemma dom", "pair w dom", "piece  bab"} <= set(features.names)
    assert "lemma zimno" not in features.names


def test_forms_of_a_word_share_its_dictionary_form(features):
    rows = features.of_texts(said(TEXTS))
    assert all("lemma babcia" in named(features, rows[[row]]) for row in (0, 2))


def test_words_of_a_field_are_kin(features):
    rows = features.of_texts(said(TEXTS))
    shared = named(features, rows[[0]]) & named(features, rows[[1]])
    assert any(name.startswith("field ") for name in shared)


def test_each_kind_has_length_one(features):
    rows = features.of_texts(said(TEXTS)).toarray()
    for kind in ("lemma", "piece"):
        columns = [column for column, name in enumerate(features.names) if name.startswith(kind)]
        assert np.linalg.norm(rows[:, columns], axis=1) == pytest.approx(1)


def test_a_window_is_the_text_of_its_words(features):
    window = features.read(said(TEXTS)).windows(np.array([[2, 4]]))
    assert window.toarray() == pytest.approx(features.of_texts(said(["siedzi sama"])).toarray())


def plain_runs(words):
    """Pairs of dictionary forms up to three words apart, and three in a row, counted one by one."""
    bases = [min(lemmas(word)) for word in words]
    pairs = [f"pair {one} {other}" for n in (1, 2, 3) for one, other in zip(bases, bases[n:], strict=False)]
    return Counter(pairs + [f"triple {' '.join(bases[n : n + 3])}" for n in range(len(bases) - 2)])


def runs_in(read, row):
    counted = zip(read.names, row.toarray().ravel().tolist(), strict=True)
    return {name: n for name, n in counted if n and name.startswith(("pair", "triple"))}


SPOKEN = st.lists(
    st.sampled_from(["babcia", "babci", "siedzi", "sama", "w", "domu", "nie", "ma", "nikogo"]), max_size=8
)


@given(st.lists(SPOKEN, min_size=1, max_size=4))
def test_pairs_and_triples_are_counted_as_one_by_one_and_within_a_text(texts):
    read = said([" ".join(words) for words in texts])
    for row, words in enumerate(texts):
        assert runs_in(read, read.in_texts[[row]]) == plain_runs(words)


@given(SPOKEN, st.data())
def test_pairs_and_triples_of_a_window_lie_within_it(words, data):
    begin = data.draw(st.integers(0, len(words)))
    end = data.draw(st.integers(begin, len(words)))
    read = said([" ".join(words)])
    row = read.counts(np.array([[begin + 1, end + 1]])) @ read.added
    assert runs_in(read, row) == plain_runs(words[begin:end])


@pytest.mark.parametrize("texts", [[], [""], ["xyzzy"], ["", "babcia"]])
def test_texts_without_anything_known(features, texts):
    found = features.of_texts(said(texts))
    assert found.shape == (len(texts), len(features.names))
    assert np.isfinite(found.data).all()


def test_texts_from_several_sources_are_counted_together(features):
    parted = Features.learnt([said(TEXTS[:2]), said(TEXTS[2:])])
    assert parted.names == features.names
    assert parted.weights == pytest.approx(features.weights)


def test_a_phrase_of_a_field_is_found_in_any_form():
    texts = ["wiatr hula, cztery ściany", "o czterech ścianach", "nic więcej", "sama"]
    found = Features.learnt([said(texts)])
    rows = found.of_texts(said(texts))
    assert {"field loneliness_signs"} <= named(found, rows[[0]]) & named(found, rows[[1]]) & named(found, rows[[3]])
    assert "field loneliness_signs" not in named(found, rows[[2]])


def test_what_a_word_adds_to_scores(features):
    read = features.read(said(["babcia siedzi"]))
    by_word = read.by_word(np.eye(len(features.names)))
    assert not by_word[[0, 3]].any()
    column = features.names.index("lemma babcia")
    assert by_word[1, column] == pytest.approx(features.weights[column])
    assert by_word[2, column] == 0
