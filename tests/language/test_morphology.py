"""Inflected forms, checked against the paradigms of Polish grammar."""

import pytest

from focus_analysis.language.morphology import (
    inflected_forms,
    is_common_word,
    is_dictionary_form,
    is_finite_verb,
    is_name,
    lemmas,
    name_marks,
)


@pytest.mark.parametrize(
    ("noun", "forms"),
    [
        ("bieda", "bieda biedy biedzie biedę biedą biedo bied biedom biedami biedach"),
        ("człowiek", "człowiek człowieka człowiekowi człowiekiem człowieku ludzie ludzi ludziom ludźmi ludziach"),
        ("wieś", "wieś wsi wsią wsie wsiom wsiami wsiach"),
        ("ojciec", "ojciec ojca ojcu ojcem ojcze ojcowie ojców ojcom ojcami ojcach"),
        ("dziecko", "dziecko dziecka dziecku dzieckiem dzieci dzieciom dziećmi dzieciach"),
        ("przemoc", "przemoc przemocy przemocą"),
    ],
)
def test_nouns_have_all_their_cases(noun, forms):
    assert set(forms.split()) <= inflected_forms(noun)


@pytest.mark.parametrize(
    ("adjective", "forms"),
    [
        (
            "samotny",
            "samotny samotna samotne samotnego samotnej samotnemu samotną samotnym samotni samotnych samotnymi",
        ),
        ("biedny", "biedny biedna biedni biedniejszy biedniejszych najbiedniejsi najbiedniejszym"),
        ("niepełnosprawny", "niepełnosprawny niepełnosprawna niepełnosprawni niepełnosprawnych"),
        ("uzależniony", "uzależniony uzależniona uzależnieni uzależnionych"),
    ],
)
def test_adjectives_have_all_their_genders_and_degrees(adjective, forms):
    assert set(forms.split()) <= inflected_forms(adjective)


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        (
            "pić",
            "pić piję pijesz pije pijemy pijecie piją pij pił piła piłam piłem pili piły piłby pito pijąc pijący picie",
        ),
        ("wyjechać", "wyjechać wyjadę wyjedzie wyjadą wyjechał wyjechałam wyjechali wyjechałby wyjechano"),
        ("żyć", "żyć żyję żyje żyją żyła żyli żyłoby życie"),
    ],
)
def test_verbs_have_all_their_tenses_persons_and_participles(verb, forms):
    assert set(forms.split()) <= inflected_forms(verb)


@pytest.mark.parametrize(
    ("word", "absent"),
    [("wieś", {"w"}), ("ojciec", {"o"}), ("rok", {"r"}), ("ulica", {"ul"}), ("doktor", {"dr"}), ("polski", {"polsko"})],
)
def test_abbreviations_and_parts_of_compounds_are_no_forms(word, absent):
    assert not absent & inflected_forms(word)


@pytest.mark.parametrize(
    ("verb", "negated"),
    [
        ("pić", {"niepijący", "niepicie", "niepity"}),
        ("palić", {"niepalący", "niepalących", "niepalenie"}),
        ("pracować", {"niepracujący", "niepracujących", "niepracowanie"}),
    ],
)
def test_negated_participles_are_no_forms_of_the_verb(verb, negated):
    assert not any(form.startswith("nie") for form in inflected_forms(verb) & negated)
    assert not negated & inflected_forms(verb)


@pytest.mark.parametrize("word", ["bieda", "samotny", "pić", "GOPS", "Caritas", "xyzzy", "o", "500"])
def test_a_word_is_among_its_own_forms_and_all_are_in_lower_case(word):
    forms = inflected_forms(word)
    assert word.lower() in forms
    assert forms == {form.lower() for form in forms}


@pytest.mark.parametrize(
    "form", ["gops", "gopsu", "gopsowi", "gopsem", "gopsie", "gopsy", "gopsów", "gopsom", "gopsami"]
)
def test_an_acronym_takes_the_endings_of_a_masculine_noun(form):
    assert form in inflected_forms("GOPS")


def test_an_unknown_word_stands_for_itself():
    assert inflected_forms("blablaizm") == {"blablaizm"}
    assert lemmas("Blablaizm") == {"blablaizm"}


@pytest.mark.parametrize(
    "lemma", ["bieda", "samotność", "alkohol", "szkoła", "mąż", "samotny", "stary", "wyjechać", "uzależnić"]
)
def test_every_form_is_analysed_back_to_its_base_form(lemma):
    assert {form for form in inflected_forms(lemma) if lemma not in lemmas(form)} == set()


@pytest.mark.parametrize(
    ("form", "expected"),
    [("samotnych", {"samotny"}), ("ludźmi", {"człowiek"}), ("Piła", {"piła", "pić"}), ("wyjechałbym", {"wyjechać"})],
)
def test_base_forms_of_a_word_in_every_reading(form, expected):
    assert expected <= lemmas(form)


@pytest.mark.parametrize("word", ["samotny", "pić", "niepełnosprawny", "przemoc", "picie"])
def test_base_forms_are_known_as_such(word):
    assert is_dictionary_form(word)


@pytest.mark.parametrize(
    ("word", "expected"),
    [("uważam", True), ("Powiedzieli", True), ("piłem", True), ("mam", False), ("bieda", False), ("blablaizm", False)],
)
def test_only_words_with_no_other_reading_are_finite_verbs(word, expected):
    assert is_finite_verb(word) is expected


@pytest.mark.parametrize(("word", "expected"), [("Zofia", True), ("Kowalski", True), ("Xyzzy", True), ("stół", False)])
def test_names_are_first_names_surnames_and_unknown_words(word, expected):
    assert is_name(word) is expected


@pytest.mark.parametrize("word", ["Zofia", "Zofią", "Zosia", "Łopuszno", "Kuryłówce", "Rzeszowie"])
def test_names_of_people_and_places_are_known_in_every_case(word):
    assert name_marks(word) - {"ign"}


@pytest.mark.parametrize("word", ["Dzieci", "Stary", "Nikt", "Trzeba", "Policja"])
def test_a_common_word_at_the_start_of_a_sentence_is_no_name(word):
    assert is_common_word(word) and "imię" not in name_marks(word)
