"""Metadata and roster before the first turn."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from focus_analysis.io.draft import Line, RosterEntry
from focus_analysis.io.header import header_values, read_header
from focus_analysis.io.speakers import find_label
from tests.io.making import notes, said

TALK = ("M: Dzień dobry.", "R1: Bieda.", "M: Tak?", "R1: No.")


def header_of(*lines):
    whole = [Line.of(line, number) for number, line in enumerate([*lines, *TALK], 1)]
    return read_header(whole, [find_label(line) for line in whole])


@pytest.mark.parametrize(
    ("line", "column", "value"),
    [
        ("Gmina: Bieliny", "gmina", "Bieliny"),
        ("GMINA : Krościenko Wyżne", "gmina", "Krościenko Wyżne"),
        ("Powiat: kielecki", "powiat", "kielecki"),
        ("Województwo: świętokrzyskie", "voivodeship", "świętokrzyskie"),
        ("Data: 12.09.2018", "date", "12.09.2018"),
        ("Data: 2018-09-12", "date", "2018-09-12"),
        ("Data badania: 2018-06", "date", "2018-06"),
        ("Dane: zmyślone", "data", "zmyślone"),
        ("Moderator: M", "moderator", "M"),
        ("Sesja: S-07", "session_id", "S-07"),
        ("TERYT: 2604012", "teryt", "2604012"),
    ],
)
def test_each_header_key_fills_its_column(line, column, value):
    header = header_of(line)
    assert header.values == {column: value}
    assert header.length == 1


def test_the_first_value_of_a_key_holds():
    assert header_of("Gmina: Łoniów", "Gmina: Oksa").values == {"gmina": "Łoniów"}


def test_keys_that_no_column_takes_are_still_no_turns(read):
    draft = read("Miejsce: świetlica\nCzas trwania: 90 min\nGmina: Oksa\n\nM: Tak?\nR1: Bieda.\n")
    assert draft.header == {"gmina": "Oksa"}
    assert said(draft) == [("M", "Tak?"), ("R1", "Bieda.")]


def test_a_file_without_a_header_has_none():
    header = header_of()
    assert (header.values, header.roster, header.length, header.title) == ({}, [], 0, [])


@pytest.mark.parametrize("moderator", ["M", "Moderator", "Moderatorka", "AK"])
def test_the_moderator_line_is_metadata_even_when_it_names_its_own_key(read, moderator):
    turns = f"{moderator}: Dzień dobry.\nR1: Bieda.\n{moderator}: Tak?\nR1: No.\n"
    draft = read(f"Gmina: Oksa\nModerator: {moderator}\n\n{turns}")
    assert draft.header == {"gmina": "Oksa", "moderator": moderator}
    assert said(draft) == [(moderator, "Dzień dobry."), ("R1", "Bieda."), (moderator, "Tak?"), ("R1", "No.")]


def test_a_moderator_who_only_speaks_is_no_metadata(read):
    draft = read("Moderator: Dzień dobry państwu.\nR1: Bieda.\nModerator: I co dalej?\n")
    assert draft.header == {}
    assert said(draft)[0] == ("Moderator", "Dzień dobry państwu.")


def test_header_keys_after_the_first_turn_are_what_somebody_said(read):
    draft = read("Gmina: Oksa\n\nM: Zaczynamy.\nGmina: duża i biedna.\nR1: Data: nieznana.\n")
    assert draft.header == {"gmina": "Oksa"}
    assert said(draft) == [("M", "Zaczynamy. Gmina: duża i biedna."), ("R1", "Data: nieznana.")]


def test_the_roster_is_one_person_a_line():
    header = header_of(
        "Uczestnicy:",
        "R1 – GOPS",
        "R2 - Policja, dzielnicowy",
        "R3: szkoła podstawowa",
        "R4 (K, 45 l.) – PUP",
        "- R5 – PCPR",
        "6. Łukasz K. – kurator sądowy",
        "",
        "Pani Ania – biblioteka",
    )
    assert header.roster == [
        RosterEntry("R1", "GOPS", "participant"),
        RosterEntry("R2", "Policja, dzielnicowy", "participant"),
        RosterEntry("R3", "szkoła podstawowa", "participant"),
        RosterEntry("R4", "PUP", "participant", "K, 45 l."),
        RosterEntry("R5", "PCPR", "participant"),
        RosterEntry("Łukasz K.", "kurator sądowy", "participant"),
        RosterEntry("Pani Ania", "biblioteka", "participant"),
    ]
    assert header.length == 9


def test_a_roster_on_one_line_is_read():
    header = header_of("Uczestnicy: R1 – GOPS, R2 – Policja; R3 – szkoła")
    assert [(one.label, one.institution) for one in header.roster] == [
        ("R1", "GOPS"),
        ("R2", "Policja"),
        ("R3", "szkoła"),
    ]


def test_a_number_of_participants_is_no_roster():
    assert header_of("Uczestnicy: 8 osób").roster == []


def test_the_moderator_of_a_roster_has_that_role():
    header = header_of("Uczestnicy:", "M – moderator", "R1 – GOPS")
    assert [(one.label, one.role) for one in header.roster] == [("M", "moderator"), ("R1", "participant")]


def test_the_roster_ends_at_the_first_line_of_another_form():
    header = header_of("Uczestnicy:", "R1 – GOPS", "Razem jedna osoba", "R2 – Policja")
    assert [one.label for one in header.roster] == ["R1"]


def test_the_roster_ends_where_its_people_begin_to_speak(read):
    draft = read("Uczestnicy:\nR1 – GOPS\nR2 – PCPR\nR1 – Bieda jest u nas.\nR2 – Zgadzam się.\nR1 – No tak.\n")
    assert [one.label for one in draft.roster] == ["R1", "R2"]
    assert said(draft) == [("R1", "Bieda jest u nas."), ("R2", "Zgadzam się."), ("R1", "No tak.")]


def test_metadata_may_follow_the_roster():
    header = header_of("Uczestnicy:", "R1 – GOPS", "Data: 2018-06", "Powiat: kielecki")
    assert header.values == {"date": "2018-06", "powiat": "kielecki"}
    assert [one.label for one in header.roster] == ["R1"]


def test_the_header_knows_the_labels_of_roster_and_moderators():
    header = header_of("Gmina: Oksa", "Moderator: M, Ewa Żak", "Uczestnicy:", "R1 – GOPS")
    assert set(header.known) == {"R1", "M", "Ewa Żak"}


def test_a_speaker_of_the_roster_is_spelled_as_there(read):
    draft = read("Uczestnicy:\nŁukasz K. – kurator\n\nM: Tak?\nŁUKASZ K: Bieda.\n")
    assert said(draft) == [("M", "Tak?"), ("Łukasz K.", "Bieda.")]


def test_a_title_block_is_no_turn_and_is_reported(read):
    draft = read("Zogniskowany wywiad grupowy\nŚwietlica wiejska\n\nGmina: Oksa\n\nM: Tak?\nR1: Bieda.\n")
    assert said(draft) == [("M", "Tak?"), ("R1", "Bieda.")]
    (note,) = notes(draft, "title_left_out")
    assert note["text"] == "Zogniskowany wywiad grupowy Świetlica wiejska"


@pytest.mark.parametrize("words_in_title", [3, 200])
def test_a_long_title_is_a_warning_because_it_may_be_talk(read, words_in_title):
    draft = read(f"{'tytuł ' * words_in_title}\n\nM: Tak?\nR1: Bieda.\n")
    (severity,) = [note.severity for note in draft.notes if note.key == "title_left_out"]
    assert severity == ("note" if words_in_title == 3 else "warning")


def test_keys_and_values_from_elsewhere_fill_the_same_columns():
    pairs = [("Gmina:", " Łoniów "), ("WOJEWÓDZTWO", "świętokrzyskie"), ("Miejsce", "świetlica"), ("Kolor", "żółty")]
    assert header_values([*pairs, ("Powiat", ""), ("Uczestnicy", "8")]) == {
        "gmina": "Łoniów",
        "voivodeship": "świętokrzyskie",
    }


lines_of_header = st.permutations(
    ["Gmina: Łoniów", "Powiat: sandomierski", "Województwo: świętokrzyskie", "Data: 12.09.2018", "Dane: zmyślone", ""]
)


@settings(deadline=None, max_examples=50)
@given(lines=lines_of_header, title=st.sampled_from(["", "Transkrypcja wywiadu", "Łąki, 2018"]))
def test_the_order_of_the_header_changes_nothing(lines, title):
    header = header_of(title, *lines)
    assert header.length == len(lines) + 1
    assert header.values == {
        "gmina": "Łoniów",
        "powiat": "sandomierski",
        "voivodeship": "świętokrzyskie",
        "date": "12.09.2018",
        "data": "zmyślone",
    }
