import csv

import pytest

from focus_analysis.io.gminas import find_gminas, gminas_in
from focus_analysis.resources import resource


def codes(found):
    return [gmina.teryt for gmina in found]


def register():
    with resource("gminas.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("name", "teryt"),
    [
        ("Oksa", "2602052"),
        ("Świlcza", "1816122"),
        ("świlcza", "1816122"),
        ("ŚWILCZA", "1816122"),
        ("Swilcza", "1816122"),
        ("Gmina Łoniów", "2609052"),
        ("gm. Łoniów", "2609052"),
        ("Krościenko Wyżne", "1807062"),
        ("Krościenko-Wyżne", "1807062"),
        (" Krościenko Wyżne ", "1807062"),
    ],
)
def test_a_name_that_one_gmina_has_is_found_however_it_is_written(name, teryt):
    assert codes(find_gminas(name)) == [teryt]


def test_przeworsk_is_ambiguous_by_its_name_and_powiat():
    assert codes(find_gminas("Przeworsk")) == ["1814011", "1814062"]
    assert codes(find_gminas("Przeworsk", powiat="przeworski", voivodeship="podkarpackie")) == ["1814011", "1814062"]


@pytest.mark.parametrize(
    ("name", "teryt"),
    [
        ("Przeworsk (gmina wiejska)", "1814062"),
        ("Przeworsk (wiejska)", "1814062"),
        ("PRZEWORSK (Wiejska)", "1814062"),
        ("gmina wiejska Przeworsk", "1814062"),
        ("Gmina miejska Przeworsk", "1814011"),
        ("Przeworsk (gmina miejska)", "1814011"),
        ("Przeworsk (miasto)", "1814011"),
        ("Przeworsk (rural)", "1814062"),
        ("Bogoria (gmina miejsko-wiejska)", "2612013"),
        ("gmina miejsko-wiejska Bogoria", "2612013"),
    ],
)
def test_the_kind_of_gmina_settles_a_name(name, teryt):
    assert codes(find_gminas(name)) == [teryt]


def test_a_kind_that_no_gmina_of_the_name_has_finds_nothing():
    assert find_gminas("Oksa (gmina miejska)") == []


@pytest.mark.parametrize(
    ("place", "teryt"),
    [
        ({"powiat": "staszowski"}, "2612043"),
        ({"powiat": "powiat staszowski"}, "2612043"),
        ({"powiat": "Powiat Staszowski"}, "2612043"),
        ({"powiat": "pow. oświęcimski"}, "1213052"),
        ({"powiat": "oswiecimski"}, "1213052"),
        ({"voivodeship": "świętokrzyskie"}, "2612043"),
        ({"voivodeship": "województwo świętokrzyskie"}, "2612043"),
        ({"voivodeship": "woj. pomorskie"}, "2213082"),
        ({"voivodeship": "Kujawsko-Pomorskie"}, "0402082"),
    ],
)
def test_a_shared_name_is_settled_by_powiat_or_voivodeship(place, teryt):
    assert len(find_gminas("Osiek")) == 4
    assert codes(find_gminas("Osiek", **place)) == [teryt]


@pytest.mark.parametrize("place", [{"powiat": "kielecki"}, {"voivodeship": "podkarpackie"}])
def test_a_place_where_the_gmina_is_not_finds_nothing(place):
    assert find_gminas("Oksa", **place) == []


@pytest.mark.parametrize("name", ["Oksaa", "Nibylandia", ""])
def test_a_name_outside_the_register_finds_nothing(name):
    assert find_gminas(name) == []


@pytest.mark.parametrize("teryt", ["1814062", "181406", " 181406 ", "1814061", "1814063"])
def test_the_first_six_digits_of_teryt_are_the_key(teryt):
    (found,) = find_gminas("", teryt=teryt)
    assert (found.teryt, found.name, found.kind) == ("1814062", "Przeworsk", "wiejska")


def test_a_leading_zero_that_a_spreadsheet_dropped_is_restored():
    assert codes(find_gminas("", teryt="201022")) == ["0201022"]
    assert codes(find_gminas("Brzeziny", teryt="1021022")) == ["1021022"]


@pytest.mark.parametrize("teryt", ["18", "18140", "999999", "abc"])
def test_a_teryt_outside_the_register_finds_nothing(teryt):
    assert find_gminas("", teryt=teryt) == []


def test_a_gmina_knows_its_place():
    (found,) = find_gminas("Bieliny")
    assert (found.powiat, found.voivodeship, found.kind) == ("kielecki", "świętokrzyskie", "wiejska")


def test_every_gmina_of_the_register_is_found_by_its_code_and_by_its_full_name():
    rows = register()
    assert len({row["teryt"][:6] for row in rows}) == len(rows)
    for row in rows:
        assert codes(find_gminas("", teryt=row["teryt"][:6])) == [row["teryt"]]
        full = f"{row['name']} (gmina {row['kind']})"
        assert codes(find_gminas(full, powiat=row["powiat"], voivodeship=row["voivodeship"])) == [row["teryt"]]


@pytest.mark.parametrize(
    ("stem", "teryt"),
    [
        ("oksa", "2602052"),
        ("Oksa_2018-08-29", "2602052"),
        ("FGI-kroscienko_wyzne-v2", "1807062"),
        ("2018 Krościenko Wyżne transkrypcja", "1807062"),
        ("kuryłówka.final", "1808032"),
    ],
)
def test_a_file_name_tells_its_gmina(stem, teryt):
    assert codes(gminas_in(stem)) == [teryt]


def test_of_the_names_in_a_file_name_the_longest_counts():
    # Wodzisław alone is a gmina of świętokrzyskie, Ostrów alone one of podkarpackie
    assert codes(gminas_in("wodzislaw_slaski")) == ["2415041"]
    assert codes(gminas_in("ostrow mazowiecka")) == ["1416011", "1416072"]


@pytest.mark.parametrize("stem", ["grupa_1", "oksana", "2018-09-12", "", "wywiad fokusowy"])
def test_a_file_name_without_a_gmina_tells_none(stem):
    assert gminas_in(stem) == []
