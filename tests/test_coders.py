"""Which coder codes, and where the trained one is kept."""

import pandas as pd
import pytest

import focus_analysis as fa
from focus_analysis import coders, labels
from focus_analysis.coding import rules
from tests import builders
from tests.coding.test_combined import BOOK, fitted, talk


@pytest.fixture
def trained(monkeypatch, tmp_path):
    """A small default coder, kept in a folder of the test; yields how often it was trained."""
    times = []

    def train():
        times.append(1)
        return fitted(*talk(), BOOK)

    monkeypatch.setattr(coders, "_trained", train)
    monkeypatch.setattr("platformdirs.user_cache_path", lambda name: tmp_path / "cache")
    new_process()
    yield times
    new_process()


def new_process():
    coders.default_coder.cache_clear()
    coders._kept.cache_clear()


def test_the_default_coder_is_trained_once_and_kept(trained):
    assert not coders.is_trained()
    first = coders.default_coder()
    coders.default_coder.cache_clear()
    assert coders.is_trained()
    assert coders.default_coder().codes == first.codes
    assert len(trained) == 1


def test_a_cache_that_cannot_be_written_is_no_obstacle(trained, tmp_path):
    (tmp_path / "cache").write_text("a file, no folder", encoding="utf-8")
    with pytest.warns(UserWarning, match="could not be kept"):
        assert coders.default_coder().codes


def test_an_unknown_coder_is_refused():
    with pytest.raises(fa.FocusAnalysisError, match="combined, rules, learned"):
        fa.code(builders.one_turn("Nic."), BOOK, coder="oracle")


def test_a_codebook_of_one_s_own_is_coded_by_rules(trained):
    corpus, _ = talk()
    with pytest.warns(UserWarning, match="loneliness, drinking, buses, rare"):
        assert fa.code(corpus, BOOK).equals(rules.code(corpus, BOOK))
    assert not trained


def test_a_code_that_only_shares_its_name_with_a_learnt_one_is_not_learnt():
    packaged = fa.read_codebook(fa.default_codebook())
    other = builders.codebook({"addiction": ["pić"]})
    assert "addiction" in coders.learnable(packaged)
    assert coders.learnable(other) == []


@pytest.mark.parametrize(
    ("lang", "says"), [("pl", "Program nie ma przykładów dla kodów"), ("en", "no examples of the codes")]
)
def test_what_examples_bring_is_said_in_the_language_with_the_numbers_of_the_bank(lang, says):
    curve = pd.read_csv(fa.resource("bank_curve.csv"), comment="#")
    alone = curve[(curve["coder"] == "learned") & (curve["scope"] == "micro") & curve["group"].isna()]
    f1 = labels.number(alone.loc[alone["size"] == 20, "f1"].item(), lang, 2)
    said = coders.what_examples_bring([f"c{number}" for number in range(12)], lang)
    assert says in said and f" {f1} " in said and "20" in said
    assert "c9" in said and "c10" not in said and " 2" in said


def test_codes_with_examples_and_codes_that_gather_need_none():
    book = builders.codebook({"addiction": ["pić"], "own": ["krowa"], "of_own": ["byk"]}, parents={"of_own": "own"})
    assert coders.without_examples(book) == ["addiction", "of_own"]
    packaged = fa.read_codebook(fa.default_codebook())
    assert coders.without_examples(packaged) == []


def test_patterns_of_one_s_own_that_may_not_mean_what_they_look_like_are_told():
    book = builders.codebook({"own": ["matka near szpital|hospicjum dom|samotny", "matka near szpital|dom"]})
    (_, told) = coders.noticed_in(book, "moja.yaml", "pl")
    assert (told.key, told.severity, told.file) == ("choices_in_a_row", "warning", "moja.yaml")
    said = labels.message(told, "pl")
    assert "szpital|hospicjum dom|samotny" in said.what and "@nazwa" in said.how


def test_words_that_are_no_base_forms_are_told_with_letters_of_other_alphabets():
    book = builders.codebook({"own": ["samotną", "autobus", "=duże", "s\N{CYRILLIC SMALL LETTER A}motny"]})
    (_, told) = coders.noticed_in(book, "moja.yaml", "pl")
    assert (told.key, told.severity, told.file) == ("no_base_forms", "warning", "moja.yaml")
    said = labels.message(told, "pl").what
    assert "samotną (own)" in said and "CYRILLIC SMALL LETTER A (own)" in said
    assert "autobus" not in said and "duże" not in said


def test_nothing_is_told_of_the_packaged_codebook():
    assert coders.noticed_in(fa.read_codebook(fa.default_codebook()), "codebook.yaml", "en") == []


def test_rules_train_nothing(trained):
    assert len(fa.code(builders.one_turn("On pije."), fa.read_codebook(fa.default_codebook()), coder="rules")) >= 1
    assert not trained


def test_a_damaged_coder_is_trained_anew(trained):
    coders.default_coder()
    (coders._kept() / "coder.json").write_text("{", encoding="utf-8")
    for _ in range(2):
        coders.default_coder.cache_clear()
        assert coders.default_coder().codes
    assert len(trained) == 2


def test_a_coder_made_by_other_code_is_another(monkeypatch, trained):
    known = coders._kept()
    monkeypatch.setattr(coders, "_CODE", coders._CODE[1:])
    coders._kept.cache_clear()
    assert coders._kept() != known


def test_a_coder_that_reads_other_numbers_is_another(monkeypatch, trained, tmp_path):
    known = coders._kept()
    changed = tmp_path / "numbers.toml"
    changed.write_text("[words]\n", encoding="utf-8")
    packaged = coders.resource
    monkeypatch.setattr(coders, "resource", lambda name: changed if name == changed.name else packaged(name))
    coders._kept.cache_clear()
    assert coders._kept() != known


PLAIN = {
    "Bieda jest u nas duża.": {"poverty": "affirmed"},
    "Bezrobocie jest duże.": {"unemployment": "affirmed"},
    "Jest bieda, nie ma pracy.": {"poverty": "affirmed", "unemployment": "affirmed"},
    "To nie bezrobocie, tylko bieda.": {"unemployment": "denied", "poverty": "affirmed"},
    "Bezrobocia u nas nie ma.": {"unemployment": "denied"},
    "Biedy nie ma.": {"poverty": "denied"},
    "Wagarów nie ma.": {"youth_problems": "denied"},
    "Najgorszy jest alkohol.": {"addiction": "affirmed"},
    "U nas problemem jest samotność starszych ludzi.": {"elderly_loneliness": "affirmed"},
}


@pytest.mark.parametrize("said", PLAIN)
def test_a_problem_that_is_named_plainly_is_found(said, default_coder, packaged):
    found = fa.code(builders.one_turn(said), packaged)
    assert dict(zip(found["code"], found["status"], strict=True)) == PLAIN[said]
