"""What is taken for a speaker, and what for the start of a sentence."""

import pytest

from tests.io.making import said

GENERIC = ["R1", "r12", "U3", "SPEAKER_00", "Speaker 1", "Uczestniczka 2", "Respondent 3", "Moderator", "Prowadząca"]
SENTENCES = [
    "Powiem krótko: nie ma autobusu.",
    "Uważam tak: bieda",
    "Jedno: drogi.",
    "Po pierwsze: praca.",
    "Problem: praca.",
    "Mówiąc szczerze, uważam tak: bieda.",
    "Sołtys mówi: nie.",
]


def speakers(read, *lines, known=()):
    """The speakers of these lines, in order of their first word."""
    return list(dict.fromkeys(speaker for speaker, _ in said(read("\n".join(lines), known=known))))


@pytest.mark.parametrize("label", GENERIC)
def test_a_label_that_can_only_be_a_speaker_is_one_even_once(read, label):
    assert speakers(read, "M: Co?", "R2: Bieda.", f"{label}: Tak.") == ["M", "R2", label]


@pytest.mark.parametrize("times", [1, 2, 5])
@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_with_a_colon_is_no_speaker_however_often_it_comes(read, sentence, times):
    assert speakers(read, "M: Co?", "R1: Bieda.", *[sentence] * times, "M: Tak?") == ["M", "R1"]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_with_a_colon_is_text_beside_names_too(read, sentence):
    talk = ["Moderatorka: Co?", "Łukasz K.: Bieda.", sentence, "Pani z GOPS: Tak."]
    assert speakers(read, *talk * 3) == ["Moderatorka", "Łukasz K.", "Pani z GOPS"]


@pytest.mark.parametrize("label", ["Basia", "Dróżnik", "Pani Żaneta", "Ż"])
def test_a_label_that_a_table_names_is_a_speaker_even_once(read, label):
    lines = ["M: Co?", "R1: Bieda.", "R2: Tak.", "M: A?", f"{label}: Nie.", "M: Tak?"]
    assert speakers(read, *lines, known=(label,)) == ["M", "R1", "R2", label]


def test_names_and_institutions_that_come_again_are_speakers(read):
    lines = ["Moderatorka: Co?", "Łukasz K.: Bieda.", "Pani z GOPS: Tak.", "Żaneta: No."] * 3
    assert speakers(read, *lines) == ["Moderatorka", "Łukasz K.", "Pani z GOPS", "Żaneta"]


@pytest.mark.parametrize("stage", ["[śmiech]", "[niezrozumiałe]", "[cisza]", "[gwar]"])
def test_a_stage_note_in_brackets_is_no_speaker_however_often_it_comes(read, stage):
    lines = ["[Moderator] Co?", "[Kurator] Bieda.", f"{stage} No tak."] * 4
    assert speakers(read, *lines) == ["Moderator", "Kurator"]


def test_a_spoken_dash_makes_no_speaker(read):
    lines = ["MODERATOR – Co?", "R1 – Bieda.", "Praca – to jest problem.", "Bo wieś – to wieś."] * 3
    assert speakers(read, *lines) == ["MODERATOR", "R1"]


def test_an_address_is_no_speaker(read):
    assert speakers(read, "M: Co?", "R1: Jest strona:", "http://gmina.pl", "https://gops.pl", "M: Tak?") == ["M", "R1"]
