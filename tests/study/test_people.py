import pytest

from focus_analysis import labels
from focus_analysis.io.draft import Draft, RosterEntry, Segment, Segments
from focus_analysis.io.people import people_of, spelling


def people(*labels, roster=(), header=None):
    draft = Draft("txt", Segments.of(Segment(label, "Tak.") for label in labels), header or {})
    return people_of(draft, tuple(roster), "a.txt")


def roles(*labels, roster=(), header=None):
    found, _ = people(*labels, roster=roster, header=header)
    return {person.speaker: person.role for person in found}


def keys(*labels, roster=(), header=None):
    _, notes = people(*labels, roster=roster, header=header)
    return [note.key for note in notes]


@pytest.mark.parametrize(
    "label", ["M", "Mod.", "MODERATOR", "Moderatorka", "Prowadząca", "Badacz", "Interviewer", "Pani moderator"]
)
def test_a_label_can_tell_the_moderator(label):
    assert roles(label, "R1", "R2") == {label: "moderator", "R1": "participant", "R2": "participant"}


def test_the_header_tells_the_moderator_by_a_name():
    found = roles("Anna", "Jan", "Łucja", header={"moderator": "anna."})
    assert found == {"Anna": "moderator", "Jan": "participant", "Łucja": "participant"}


def test_the_header_may_name_several_moderators():
    found = roles("Anna", "Jan", "Łucja", header={"moderator": "Anna; Jan"})
    assert found == {"Anna": "moderator", "Jan": "moderator", "Łucja": "participant"}


def test_the_header_says_more_than_a_label():
    found = roles("M", "Anna", "R1", header={"moderator": "Anna"})
    assert found == {"M": "participant", "Anna": "moderator", "R1": "participant"}


def test_a_header_that_names_nobody_present_leaves_the_labels_to_tell():
    assert roles("Mod", "R1", header={"moderator": "dr Kowalska"})["Mod"] == "moderator"


def test_a_whole_word_says_more_than_one_letter():
    assert roles("Moderator", "M", "K") == {"Moderator": "moderator", "M": "participant", "K": "participant"}


def test_without_a_moderator_everybody_is_unknown():
    assert roles("R1", "R2", "Anna") == {"R1": "unknown", "R2": "unknown", "Anna": "unknown"}


def test_an_unnamed_voice_is_unknown_though_the_moderator_is_known():
    assert roles("M", "R1", None, "nieznana") == {
        "M": "moderator",
        "R1": "participant",
        "unknown": "unknown",
        "nieznana": "unknown",
    }


def test_the_role_of_a_roster_wins_over_header_and_label():
    roster = [RosterEntry("Moderator", "", "participant"), RosterEntry("R1", "", "moderator")]
    found = roles("Moderator", "R1", "R2", roster=roster, header={"moderator": "Moderator"})
    assert found == {"Moderator": "participant", "R1": "moderator", "R2": "participant"}


def test_a_roster_that_names_the_moderator_makes_the_others_participants():
    found = roles("Anna", "Jan", roster=[RosterEntry("Anna", "", "moderator")])
    assert found == {"Anna": "moderator", "Jan": "participant"}


def test_a_roster_of_participants_makes_no_participant_of_the_others():
    found = roles("Anna", "R1", roster=[RosterEntry("R1", "GOPS", "participant")])
    assert found == {"R1": "participant", "Anna": "unknown"}


def test_a_roster_without_roles_leaves_them_to_the_labels():
    roster = [RosterEntry("M"), RosterEntry("R1", "GOPS")]
    assert roles("M", "R1", roster=roster) == {"M": "moderator", "R1": "participant"}


def test_people_stand_in_roster_order_and_then_in_order_of_speech():
    roster = [RosterEntry("R2", "PUP", "participant"), RosterEntry("R1", "GOPS", "participant")]
    found, _ = people("M", "R3", "R1", "M", "R2", roster=roster)
    assert [person.speaker for person in found] == ["R2", "R1", "M", "R3"]


def test_those_who_were_present_and_silent_stand_in_the_list():
    roster = [RosterEntry("R1", "GOPS", "participant"), RosterEntry("R9", "Policja", "participant")]
    found, _ = people("M", "R1", roster=roster)
    assert {person.speaker: person.in_roster for person in found if person.speaker != "M"} == {"R1": True, "R9": True}


def test_a_label_keeps_the_spelling_of_the_roster():
    found, _ = people("M", "r1", roster=[RosterEntry("R1.", "GOPS", "participant")])
    assert [person.speaker for person in found] == ["R1.", "M"]
    assert spelling(found) == {"r1": "R1.", "m": "M"}


def test_an_institution_comes_from_the_roster_and_else_from_the_label():
    roster = [RosterEntry("Kierownik GOPS", "Policja", "participant"), RosterEntry("R1", "urząd pracy", "participant")]
    found, _ = people("M", "Kierownik GOPS", "R1", "Sołtys", "R2", roster=roster)
    assert {person.speaker: person.institution for person in found} == {
        "Kierownik GOPS": "police",
        "R1": "pup",
        "M": None,
        "Sołtys": "village_head",
        "R2": None,
    }


def test_a_moderator_has_no_institution():
    found, _ = people("M", "R1", roster=[RosterEntry("M", "Urząd Gminy", "moderator")])
    assert {person.speaker: person.institution for person in found}["M"] is None


def test_an_institution_that_is_not_recognised_is_reported():
    _, notes = people("M", "R1", roster=[RosterEntry("R1", "Firma Żuczek", "participant")])
    (note,) = notes
    assert (note.key, note.severity, note.place) == ("institution_unknown", "warning", "R1")
    assert dict(note.words) == {"institution": "Firma Żuczek"}


def test_a_talk_without_speakers_says_so_and_nothing_else():
    assert keys(None, None) == ["no_speakers"]


def test_an_unknown_moderator_is_a_warning_where_roles_stay_unknown():
    _, notes = people("R1", "R2")
    (note,) = notes
    assert (note.key, note.severity, note.file) == ("no_moderator", "warning", "a.txt")
    said = labels.message(note, "en")
    assert "R1, R2" in said.what
    assert "R1,moderator" in said.how


def test_an_unknown_moderator_is_a_note_where_a_roster_states_the_roles():
    roster = [RosterEntry("R1", "GOPS", "participant"), RosterEntry("R2", "PUP", "participant")]
    _, notes = people("R1", "R2", roster=roster)
    assert [(note.key, note.severity) for note in notes] == [("no_moderator", "note")]


def test_a_session_without_a_roster_says_how_many_spoke():
    _, notes = people("M", "R1", "R2", "R1")
    assert [(note.key, dict(note.words)) for note in notes] == [("no_roster", {"n": "2"})]


def test_a_speaker_whom_the_roster_lacks_is_reported():
    roster = [RosterEntry("R1", "GOPS", "participant")]
    _, notes = people("M", "R1", "R2", roster=roster)
    assert [(note.key, note.place) for note in notes] == [("not_in_roster", "R2")]


def test_a_complete_session_needs_no_word():
    assert keys("M", "R1", roster=[RosterEntry("R1", "GOPS", "participant")]) == []


@pytest.mark.parametrize("several", ["Wszyscy", "Głosy z sali", "Kilka osób", "R1, R2", "R1/R2"])
def test_several_people_at_once_are_nobody_and_reported(several):
    assert roles("M", "R1", several)[several] == "unknown"
    _, found = people("M", "R1", several)
    assert [dict(note.words)["labels"] for note in found if note.key == "group_voices"] == [several]


@pytest.mark.parametrize("somebody", ["R2", "?", "Głos z sali", "Wszysława"])
def test_one_person_is_not_several(somebody):
    assert "group_voices" not in keys("M", "R1", somebody)
