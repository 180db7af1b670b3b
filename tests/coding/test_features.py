"""Features of texts: what a word adds, pairs, fields of meaning, windows."""

import numpy as np
import pytest

from focus_analysis.coding.features import Features, Window

TEXTS = [
    t.split() for t in ("babcia siedzi sama w domu", "dziadek siedzi sam", "babci nikt nie odwiedza", "w domu zimno")
]


@pytest.fixture
def features():
    return Features.learnt(TEXTS)


def named(features, row):
    return {features.names[column] for column in row.nonzero()[-1]}


def test_a_feature_is_what_two_texts_share(features):
    assert {"lemma siedzieć", "lemma babcia", "lemma dom", "pair w dom", "piece  bab"} <= set(features.names)
    assert "lemma zimno" not in features.names


def test_forms_of_a_word_share_its_dictionary_form(features):
    rows = features.of_texts(TEXTS)
    assert all("lemma babcia" in named(features, rows[[row]]) for row in (0, 2))


def test_words_of_a_field_are_kin(features):
    rows = features.of_texts(TEXTS)
    shared = named(features, rows[[0]]) & named(features, rows[[1]])
    assert any(name.startswith("field ") for name in shared)


def test_each_kind_has_length_one(features):
    rows = features.of_texts(TEXTS).toarray()
    for kind in ("lemma", "piece"):
        columns = [column for column, name in enumerate(features.names) if name.startswith(kind)]
        assert np.linalg.norm(rows[:, columns], axis=1) == pytest.approx(1)


def test_a_window_is_the_text_of_its_words(features):
    window = features.of_windows(TEXTS, [Window(0, 1, 3)])
    assert window.toarray() == pytest.approx(features.of_texts([["siedzi", "sama"]]).toarray())


@pytest.mark.parametrize("texts", [[], [[]], [["xyzzy"]], [[], ["babcia"]]])
def test_texts_without_anything_known(features, texts):
    found = features.of_texts(texts)
    assert found.shape == (len(texts), len(features.names))
    assert np.isfinite(found.data).all()
