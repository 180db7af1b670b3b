"""The forms of pattern words: those of the analyser, kept for the next process."""

import pytest

from focus_analysis import user_cache
from focus_analysis.coding import inflection
from focus_analysis.coding.inflection import inflected, keep_inflected
from focus_analysis.coding.rules import code
from focus_analysis.language import morphology
from tests import builders

WORDS = ["samotny", "GOPS", "starszy", "xyzzy", "mieć", "samotnej"]


@pytest.fixture(autouse=True)
def place(monkeypatch, tmp_path):
    """A cache of the test's own, and processes that begin without any forms."""
    monkeypatch.setattr("platformdirs.user_cache_path", lambda name: tmp_path)
    monkeypatch.setattr(inflection, "_FEWEST_KEPT", 1)
    new_process()
    yield inflection._place()
    new_process()


def new_process():
    for kept in (inflection.inflected, inflection._known, inflection._place):
        kept.cache_clear()
    inflection._NEW.clear()


@pytest.fixture
def no_analyser(monkeypatch):
    def refuse(word):
        raise AssertionError(f"{word} was inflected again")

    monkeypatch.setattr(morphology, "inflected_forms", refuse)
    monkeypatch.setattr(morphology, "is_dictionary_form", refuse)


@pytest.mark.parametrize("word", WORDS)
def test_forms_are_those_of_the_analyser_kept_or_not(word):
    fresh = inflected(word)
    keep_inflected()
    new_process()
    assert inflected(word) == fresh
    assert set(fresh.forms) == morphology.inflected_forms(word)
    assert fresh.is_base == morphology.is_dictionary_form(word)


def test_kept_words_are_not_inflected_again(request):
    found = [inflected(word) for word in WORDS]
    keep_inflected()
    new_process()
    request.getfixturevalue("no_analyser")
    assert [inflected(word) for word in WORDS] == found


def test_a_new_word_is_added_to_those_kept(place):
    for word in ("samotny", "autobus"):
        inflected(word)
        keep_inflected()
        new_process()
    assert list(user_cache.read_words(place)) == ["samotny", "autobus"]


def test_two_processes_keep_the_words_of_both(place):
    inflected("samotny")
    user_cache.keep_words(place, {"autobus": ["autobus autobusy", True]})
    keep_inflected()
    assert set(user_cache.read_words(place)) == {"samotny", "autobus"}


def test_few_words_are_not_worth_a_file(monkeypatch, place):
    monkeypatch.setattr(inflection, "_FEWEST_KEPT", 3)
    inflected("samotny")
    inflected("autobus")
    keep_inflected()
    assert not place.exists()


def test_a_damaged_file_is_made_anew(place):
    place.parent.mkdir(exist_ok=True)
    place.write_text('{"samotny": ["wrong", true]}', encoding="utf-8")
    assert "samotnej" in inflected("samotny").forms
    keep_inflected()
    assert list(user_cache.read_words(place)) == ["samotny"]


def test_other_code_keeps_other_forms(monkeypatch, tmp_path, place):
    changed = tmp_path / "morphology.py"
    changed.write_text("# other", encoding="utf-8")
    monkeypatch.setattr(inflection, "_MAKERS", (*inflection._MAKERS[:-1], changed))
    inflection._place.cache_clear()
    assert inflection._place() != place


def test_another_dictionary_keeps_other_forms(monkeypatch, place):
    monkeypatch.setattr(user_cache, "version", lambda package: f"another {package}")
    inflection._place.cache_clear()
    assert inflection._place() != place


def test_coding_keeps_the_words_of_patterns_and_none_of_the_text(place):
    corpus = builders.one_turn("Dziobak hoduje jaszczurki.")
    book = builders.codebook({"animals": ["dziobak"]})
    first = code(corpus, book)
    kept = user_cache.read_words(place)
    assert "dziobak" in kept and "jaszczurka" not in kept
    new_process()
    assert code(corpus, book).equals(first)
