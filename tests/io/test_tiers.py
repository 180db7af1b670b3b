"""ELAN and Praat: tiers of talk become turns in order of time; words, phones and gestures do not."""

import pytest

from focus_analysis.errors import ReadError
from tests.io.making import notes, said, times
from tests.io.timed import eaf, long_grid, short_grid

TALK = (
    ("Moderatorka", [(0.5, 2.0, "Co słychać?"), (6.0, 7.0, "Tak?")]),
    ("R1", [(2.0, 3.5, "Bieda,"), (3.5, 5.0, 'mówią "nic".'), (7.0, 8.25, "No.")]),
    ("R2", [(4.0, 4.5, "Żal.")]),
)
FORMS = pytest.mark.parametrize("write", [eaf, long_grid, short_grid])


@FORMS
def test_turns_stand_in_order_of_time_and_overlapping_speech_keeps_both(read, write):
    draft = read(*write(*TALK))
    assert said(draft) == [
        ("Moderatorka", "Co słychać?"),
        ("R1", 'Bieda, mówią "nic".'),
        ("R2", "Żal."),
        ("Moderatorka", "Tak?"),
        ("R1", "No."),
    ]
    assert times(draft) == [(0.5, 2.0), (2.0, 5.0), (4.0, 4.5), (6.0, 7.0), (7.0, 8.25)]


@FORMS
def test_the_order_of_tiers_makes_no_difference_to_simultaneous_speech(read, write):
    one = ("R1", [(1.0, 2.0, "Bieda."), (2.0, 3.0, "I żal.")])
    other = ("R2", [(2.0, 3.0, "Tak.")])
    expected = [("R1", "Bieda. I żal."), ("R2", "Tak.")]
    assert said(read(*write(one, other))) == said(read(*write(other, one))) == expected


@FORMS
@pytest.mark.parametrize("name", ["words", "R1 - words", "phones", "gestures", "R1_komentarz"])
def test_tiers_of_words_phones_gestures_and_notes_are_no_turns(read, write, name):
    draft = read(*write(*TALK, (name, [(0.5, 1.0, "co"), (1.0, 2.0, "słychać")])))
    assert {speaker for speaker, _ in said(draft)} == {"Moderatorka", "R1", "R2"}
    assert notes(draft, "tiers_left_out") == [{"tiers": name}]


@FORMS
def test_words_are_talk_where_there_is_nothing_else(read, write):
    words = [(0.0, 1.0, "Nie"), (1.0, 2.0, "ma"), (2.0, 3.0, "sil"), (3.0, 4.0, "nic")]
    draft = read(*write(("R1 - words", words), ("R1 - phones", [(0.0, 0.5, "ɲ")])))
    assert said(draft) == [("R1", "Nie ma nic")]
    assert said(read(*write(("words", words)))) == [(None, "Nie ma nic")]


@FORMS
def test_a_file_without_a_tier_of_talk_is_refused(read, write):
    with pytest.raises(ReadError, match=r"no tier holds turns.*phones"):
        read(*write(("phones", [(0.0, 1.0, "a")])))


def test_depending_tiers_are_left_out_and_people_go_before_names_of_tiers(read):
    below = ("wyrazy-R1", [(0.0, 0.0, "bieda")])
    tiers = [("P", [(1.0, 2.0, "Bieda.")]), ("I", [(0.0, 1.0, "Co?")]), below, ("P-en", [(0.0, 0.0, "Poverty.")])]
    draft = read(*eaf(*tiers, parents={"wyrazy-R1": "P", "P-en": "P"}, people={"P": "R1", "I": "Moderator"}))
    assert said(draft) == [("Moderator", "Co?"), ("R1", "Bieda.")]


def test_a_depending_tier_is_talk_where_its_parent_is_empty(read):
    tiers = [("ref@R1", [(1.0, 2.0, ""), (2.0, 3.0, "")]), ("tx@R1", [(0.0, 0.0, "Bieda."), (0.0, 0.0, "Żal.")])]
    draft = read(*eaf(*tiers, parents={"tx@R1": "ref@R1"}))
    assert said(draft) == [("R1", "Bieda. Żal.")]
    assert times(draft) == [(1.0, 3.0)]


@pytest.mark.parametrize("loop", [{"A": "B", "B": "A"}, {"A": "A"}])
def test_tiers_that_depend_on_themselves_end(read, loop):
    content, name = eaf(("A", [(0.0, 1.0, "Co?")]), ("B", [(1.0, 2.0, "Nic.")]))
    text = content.decode()
    for tier, parent in loop.items():
        text = text.replace(f'TIER_ID="{tier}"', f'TIER_ID="{tier}" PARENT_REF="{parent}"')
    assert read(text, name).segments


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1250"])
def test_a_grid_may_have_any_encoding(read, encoding):
    content, name = long_grid(*TALK)
    assert ("R2", "Żal.") in said(read(content, name, encoding=encoding))


def test_points_are_no_talk(read):
    points = '"TextTier"\n"dzwonki"\n0\n99\n1\n3\n"dzwonek"'
    content, name = short_grid(*TALK)
    assert {speaker for speaker, _ in said(read(f"{content}\n{points}", name))} == {"Moderatorka", "R1", "R2"}


@pytest.mark.parametrize("content", ["Zwykły tekst.", 'File type = "ooTextFile"\n"TextGrid"\n', "<a/>"])
def test_something_else_under_the_suffix_of_praat_is_refused(read, content):
    with pytest.raises(ReadError, match="no TextGrid"):
        read(content, "w.TextGrid")
