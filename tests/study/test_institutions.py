import pytest

from focus_analysis.io.codebooks import read_codebook
from focus_analysis.io.institutions import institution_of, institutions
from focus_analysis.pipeline import default_codebook


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("gops", "gops"),
        ("GOPS", "gops"),
        ("MGOPS Łopuszno", "gops"),
        ("kierowniczka GOPS-u", "gops"),
        ("Gminny Ośrodek Pomocy Społecznej", "gops"),
        ("pracownica socjalna", "gops"),
        ("Powiatowe Centrum Pomocy Rodzinie", "pcpr"),
        ("PCPR Kielce", "pcpr"),
        ("Powiatowy Urząd Pracy", "pup"),
        ("doradczyni z urzędu pracy", "pup"),
        ("dzielnicowy", "police"),
        ("Posterunek Policji", "police"),
        ("kurator sądowy", "court"),
        ("Sąd Rejonowy", "court"),
        ("nauczycielka", "school"),
        ("Przedszkole Samorządowe", "school"),
        ("biblioteka gminna", "culture"),
        ("GOK", "culture"),
        ("pielęgniarka środowiskowa", "health"),
        ("Ośrodek Zdrowia", "health"),
        ("Środowiskowy Dom Samopomocy", "day_centre"),
        ("WTZ", "day_centre"),
        ("poradnia psychologiczno-pedagogiczna", "counselling"),
        ("Koło Gospodyń Wiejskich", "ngo"),
        ("stowarzyszenie „Łąka”", "ngo"),
        ("ksiądz proboszcz", "parish"),
        ("Urząd Gminy", "gmina_office"),
        ("wójt", "gmina_office"),
        ("OSP", "fire_brigade"),
        ("sołtyska", "village_head"),
        ("spółdzielnia socjalna", "social_economy"),
        ("Labour office", "pup"),
        ("social worker", "gops"),
    ],
)
def test_an_institution_is_known_by_id_name_abbreviation_or_role(text, code):
    assert institution_of(text) == code


@pytest.mark.parametrize(
    "text",
    ["Gminnego Ośrodka Pomocy Społecznej", "ośrodkiem pomocy społecznej", "OŚRODEK POMOCY SPOŁECZNEJ", "gopsie"],
)
def test_forms_and_letter_cases_of_a_name_are_one(text):
    assert institution_of(text) == "gops"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Dom Pomocy Społecznej", "care_home"),  # not the "pomoc społeczna" of gops
        ("Dom Dziecka", "child_care_home"),
        ("Zespół Szkolno-Przedszkolny", "school"),
        ("Ośrodek Kultury", "culture"),
        ("sołtys, Urząd Gminy", "gmina_office"),
    ],
)
def test_the_longer_alias_says_more(text, code):
    assert institution_of(text) == code


@pytest.mark.parametrize("text", ["", " ", "R1", "Moderator", "Anna Nowak", "optyk", "sadownik", "mieszkanka", "12"])
def test_what_names_no_institution_is_not_guessed(text):
    assert institution_of(text) is None


@pytest.mark.parametrize("code", institutions())
def test_every_id_names_itself(code):
    assert institution_of(code) == code
    assert institution_of(f" {code} ") == code


def test_the_ids_are_the_institution_codes_of_the_packaged_codebook():
    codes = read_codebook(default_codebook()).codes
    assert set(institutions()) == set(codes.loc[codes["group"] == "institutions", "code"])
