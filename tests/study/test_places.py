import pytest

from focus_analysis.io.places import place_of, says_yes


def place(stem="grupa", **known):
    return place_of(known, "grupa.txt", stem)


def noticed(stem="grupa", **known):
    return [(note.key, note.severity, note.file) for note in place(stem, **known)[1]]


def test_a_gmina_brings_its_code_powiat_and_voivodeship():
    values, notes = place(gmina="gmina swilcza")
    assert {name: values[name] for name in ("gmina", "teryt", "powiat", "voivodeship")} == {
        "gmina": "Świlcza",
        "teryt": "1816122",
        "powiat": "rzeszowski",
        "voivodeship": "podkarpackie",
    }
    assert notes == []


@pytest.mark.parametrize("teryt", ["1814062", "181406"])
def test_a_code_alone_settles_the_gmina(teryt):
    values, notes = place(teryt=teryt)
    assert (values["gmina"], values["teryt"], values["powiat"]) == ("Przeworsk", "1814062", "przeworski")
    assert notes == []


def test_a_name_and_a_powiat_settle_a_shared_name():
    assert place(gmina="Osiek", powiat="staszowski")[0]["teryt"] == "2612043"
    assert place(gmina="Osiek", voivodeship="pomorskie")[0]["teryt"] == "2213082"


def test_an_ambiguous_gmina_is_reported_with_every_candidate_and_not_guessed():
    values, notes = place(gmina="Przeworsk", powiat="przeworski")
    assert (values["gmina"], values["teryt"], values["powiat"]) == ("Przeworsk", None, "przeworski")
    (note,) = notes
    assert (note.key, note.severity, note.file) == ("gmina_ambiguous", "warning", "grupa.txt")
    words = dict(note.words)
    assert "(miejska, przeworski, podkarpackie) 1814011" in words["candidates"]
    assert "(wiejska, przeworski, podkarpackie) 1814062" in words["candidates"]


def test_a_name_and_a_code_of_different_gminas_are_reported_and_not_guessed():
    values, notes = place(gmina="Bieliny", teryt="2602052")
    assert (values["gmina"], values["teryt"]) == ("Bieliny", None)
    assert [(note.key, note.severity) for note in notes] == [("teryt_conflict", "warning")]
    assert noticed(gmina="Przeworsk", teryt="1814062") == []


@pytest.mark.parametrize(
    "known",
    [
        {"gmina": "Nibylandia"},
        {"gmina": "Oksa", "powiat": "kielecki"},
        {"gmina": "Oksa", "voivodeship": "podkarpackie"},
        {"teryt": "999999"},
    ],
)
def test_a_gmina_outside_the_register_is_reported_and_keeps_its_name(known):
    values, _ = place(**known)
    assert (values["gmina"], values["teryt"]) == (known.get("gmina"), None)
    assert noticed(**known) == [("gmina_unknown", "warning", "grupa.txt")]


def test_a_session_without_a_place_says_so():
    assert noticed() == [("gmina_missing", "warning", "grupa.txt")]
    values, _ = place()
    assert [values[name] for name in ("gmina", "teryt", "powiat", "voivodeship", "date")] == [None] * 5


def test_a_gmina_read_from_the_file_name_is_noted_as_a_guess():
    values, notes = place("oksa_2018-08-29")
    assert values["teryt"] == "2602052"
    assert [(note.key, note.severity, dict(note.words)) for note in notes] == [
        ("gmina_from_name", "warning", {"gmina": "Oksa", "powiat": "jędrzejowski"})
    ]


def test_what_is_known_wins_over_the_file_name():
    values, notes = place("oksa", gmina="Bieliny")
    assert (values["gmina"], notes) == ("Bieliny", [])


def test_a_powiat_settles_a_name_in_the_file_name():
    assert place("osiek", powiat="staszowski")[0]["teryt"] == "2612043"
    assert noticed("osiek") == [("gmina_ambiguous", "warning", "grupa.txt")]


def test_a_date_is_put_in_iso_form():
    assert place(gmina="Oksa", date="12 września 2018 r.")[0]["date"] == "2018-09-12"


def test_a_date_that_cannot_be_understood_is_reported_and_missing():
    values, notes = place(gmina="Oksa", date="zeszłego lata")
    assert values["date"] is None
    assert [(note.key, note.severity, dict(note.words)) for note in notes] == [
        ("date_unknown", "warning", {"date": "zeszłego lata"})
    ]


def test_the_talk_is_polish_unless_said():
    assert place(gmina="Oksa")[0]["language"] == "pl"
    assert place(gmina="Oksa", language="en")[0]["language"] == "en"


def test_a_session_is_neither_invented_nor_anonymised_unless_said():
    values, _ = place(gmina="Oksa")
    assert (values["invented"], values["anonymised"]) == (False, False)
    values, _ = place(gmina="Oksa", data="zmyślone", anonymised="tak")
    assert (values["invented"], values["anonymised"]) == (True, True)
    assert place(gmina="Oksa", invented="tak")[0]["invented"] is True


@pytest.mark.parametrize("kind", ["invented", "anonymised"])
@pytest.mark.parametrize(
    ("text", "yes"),
    [("tak", True), ("TAK.", True), ("Yes", True), ("1", True), ("x", True), ("nie", False), ("", False), ("0", False)],
)
def test_yes_is_said_in_several_ways(kind, text, yes):
    assert says_yes(text, kind) is yes


@pytest.mark.parametrize(("text", "yes"), [("Zmyślone", True), ("fikcyjne", True), ("rzeczywiste", False)])
def test_invented_data_is_named_in_words(text, yes):
    assert says_yes(text, "invented") is yes


@pytest.mark.parametrize("column", ["invented", "anonymised"])
def test_a_word_that_is_neither_yes_nor_no_is_reported_and_means_no(column):
    values, notes = place(gmina="Oksa", **{column: "częściowo"})
    assert values[column] is False
    assert [(note.key, note.severity, note.place) for note in notes] == [("flag_unknown", "warning", column)]
    assert noticed(gmina="Oksa", **{column: "nie"}) == []
