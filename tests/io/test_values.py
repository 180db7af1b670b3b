"""Values of a YAML text: those of the full reader, or a word that it must judge."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from focus_analysis.io.values import UnusualError, read_values
from focus_analysis.resources import resource

texts = st.text(st.sampled_from("aż -:#'\"\n,[]{}&*!|>%@0.~<=ty"), max_size=12)
plain = st.one_of(texts, st.integers(-99, 99), st.booleans(), st.none(), st.floats(-9, 9))
nested = st.recursive(
    plain, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3), max_leaves=8
)


def in_full(text):
    return YAML(typ="safe").load(text)


@settings(deadline=None)
@given(nested, st.booleans())
def test_what_was_written_is_read_as_by_the_full_reader(values, flow):
    yaml, written = YAML(typ="safe"), io.StringIO()
    yaml.default_flow_style = flow
    yaml.dump(values, written)
    found = read_values(written.getvalue())
    assert repr(found) == repr(in_full(written.getvalue()))


def test_the_packaged_codebook_is_read_as_by_the_full_reader():
    text = resource("codebooks/social_problems.yaml").read_text(encoding="utf-8")
    assert read_values(text) == in_full(text)


@pytest.mark.parametrize("word", ["12", "0x1f", "1.5", "~", "", "true", "yes", "2020-01-01", "nie", "---x", "=sama"])
def test_words_without_quotation_marks(word):
    assert read_values(f"a: {word}") == in_full(f"a: {word}")


@pytest.mark.parametrize(
    "text", ["", "a: 1\n---\nb: 2", "a: 1\na: 2", "a: &x 1\nb: *x", "a: !!str 3", "? [a]\n: 1", "a: &x [1]"]
)
def test_what_is_unusual_is_left_to_the_full_reader(text):
    with pytest.raises(UnusualError):
        read_values(text)
