"""CLAN: what was said, by whom and when, without the marks of the notation."""

import pytest

from focus_analysis.errors import ReadError
from tests.io.making import notes, said, times

PEOPLE = "SUB Anna_Kos Participant, EXA Jan Investigator, R1 Participant"
HEAD = f"@UTF8\n@Begin\n@Participants:\t{PEOPLE}\n@Date:\t12-SEP-2018\n"


def test_speakers_have_the_names_of_the_header_and_the_interviewer_moderates(read):
    draft = read(f"{HEAD}*EXA:\tCo słychać ?\n*SUB:\tBieda .\n*R1:\tŻal .\n*INN:\tNo .\n@End\n", "w.cha")
    assert said(draft) == [("Jan", "Co słychać?"), ("Anna_Kos", "Bieda."), ("R1", "Żal."), ("INN", "No.")]
    assert draft.header == {"moderator": "Jan", "date": "2018-09-12"}


def test_times_are_seconds_and_cut_an_utterance(read):
    lines = "*SUB:\tBieda jest \x15100_2000\x15\n\ti żal . \x152000_3500\x15\n*EXA:\tTak ? \x151500_1900\x15\n"
    draft = read(HEAD + lines, "w.cha")
    assert said(draft) == [("Anna_Kos", "Bieda jest"), ("Jan", "Tak?"), ("Anna_Kos", "i żal.")]
    assert times(draft) == [(0.1, 2.0), (1.5, 1.9), (2.0, 3.5)]


def test_lines_that_begin_with_a_blank_go_on(read):
    assert said(read(f"{HEAD}*SUB:\tBieda\n\tjest\n\tu nas .\n", "w.cha")) == [("Anna_Kos", "Bieda jest u nas.")]


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("nie ma [: go] nic [* f] .", "nie ma nic."),
        ("<nie ma> [//] brak (.) pracy (2.5) .", "nie ma brak pracy."),
        ("&=laughs no &-um &+fr tak &*EXA:mhm .", "no um fr tak."),
        ("mie(li)śmy zapytać .", "mieliśmy zapytać."),
        ("i co +...", "i co…"),
        ("i co +//?", "i co?"),
        ("no gdzie@d word@s:eng tak .", "no gdzie word tak."),
        ("0jest zimno .", "zimno."),
        ("no:: Nowa_Huta , xxx .", "no:: Nowa Huta, xxx."),
        ('+" nie ma +/.', "nie ma."),
    ],
)
def test_marks_of_the_notation_go_and_words_stay(read, written, words):
    assert said(read(f"{HEAD}*SUB:\t{written}\n", "w.cha")) == [("Anna_Kos", words)]


def test_depending_tiers_are_left_out_and_noted(read):
    draft = read(f"{HEAD}*SUB:\tBieda .\n%mor:\tn|bieda\n%com:\tcicho\n*EXA:\tTak .\n%mor:\tadv\n", "w.cha")
    assert said(draft) == [("Anna_Kos", "Bieda."), ("Jan", "Tak.")]
    assert notes(draft, "tiers_left_out") == [{"tiers": "%mor, %com"}]


@pytest.mark.parametrize("content", ["M: Co?\nR1: Nic.\n", "@Begin\n@End\n"])
def test_a_file_without_main_lines_is_refused(read, content):
    with pytest.raises(ReadError, match=r"no line \"\*ABC:\""):
        read(content, "w.cha")
