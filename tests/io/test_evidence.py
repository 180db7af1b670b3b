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


@pytest.mark.parametrize("thing", ["Nr 1", "Pkt 2", "Do 18", "Art. 5", "SP 3"])
def test_a_numbered_thing_is_no_speaker(read, thing):
    assert speakers(read, "M: Co?", "R1: Jest program.", f"{thing}: bieda.", "R1: No.", "M: Tak?") == ["M", "R1"]


@pytest.mark.parametrize("start", ["Autobus 6:40 nie jeździ.", "Około 12:30 przyszli.", "Godzina 7:15 to za wcześnie."])
def test_a_time_of_day_makes_no_speaker(read, start):
    assert speakers(read, "M: Co?", "R1: Różnie.", start, "M: Tak?") == ["M", "R1"]


def test_an_address_is_no_speaker(read):
    assert speakers(read, "M: Co?", "R1: Jest strona:", "http://gmina.pl", "https://gops.pl", "M: Tak?") == ["M", "R1"]


@pytest.mark.parametrize("form", ["({})", "({}):", "<{}>", "{}>", "{} >"])
def test_a_label_in_brackets_or_before_an_arrow_is_a_speaker_where_it_comes_again(read, form):
    talk = [("M", "Co?"), ("R1", "Bieda."), ("M", "Tak?"), ("R2", "Żal."), ("R1", "(śmiech) No.")]
    assert said(read("\n".join(f"{form.format(label)} {text}" for label, text in talk))) == talk


@pytest.mark.parametrize("form", ["({})", "<{}>", "{}>"])
def test_letters_that_count_points_are_no_speakers(read, form):
    lines = ["M: Co?", "R1: Dwie rzeczy.", *(f"{form.format(letter)} drogi" for letter in "ABAB"), "R2: Tak.", "M: No?"]
    assert speakers(read, *lines) == ["M", "R1", "R2"]


def test_names_in_angle_brackets_that_come_again_are_speakers(read):
    assert speakers(read, *["<Anna> Co?", "<Jan> Bieda.", "<Śmiech>", "<kaszel> No."] * 2) == ["Anna", "Jan"]


@pytest.mark.parametrize("note", ["(śmiech)", "(Śmiech)", "(niezrozumiałe)", "<śmiech>", "(a)", "(1)", "(M)", "5>"])
def test_what_stands_in_brackets_beside_written_labels_is_no_speaker_however_often_it_comes(read, note):
    assert speakers(read, *["M: Co?", f"{note} No tak.", "R1: Bieda.", f"{note} No nie."] * 3) == ["M", "R1"]


@pytest.mark.parametrize("several", ["Wszyscy", "Głosy", "Kilka osób", "Wszyscy naraz", "Głosy z sali", "R1, R2"])
def test_several_at_once_are_a_speaker_of_their_own(read, several):
    lines = ["M: Co?", "R1: Bieda.", f"{several}: Tak, tak.", "R2: No.", "M: Tak?"]
    assert speakers(read, *lines) == ["M", "R1", several, "R2"]


@pytest.mark.parametrize("several", ["Wszyscy", "Głosy", "Kilka osób", "Wszyscy naraz"])
def test_several_at_once_speak_before_a_dash_where_the_file_writes_its_speakers_so(read, several):
    lines = ["M – Co?", "R1 – Bieda.", f"{several} – Tak, tak.", "R2 – No.", "M – Tak?", "R1 – Nie."]
    assert speakers(read, *lines) == ["M", "R1", several, "R2"]


@pytest.mark.parametrize(
    "lines",
    [
        ["M: Co?", "R1: Bieda.", "Wszyscy – tak.", "R2: No.", "M: Tak?"],
        ["M: Co?", "R1: Bieda.", "Wszyscy – tak.", "R2: No.", "R1 – to ja.", "R2 – to on.", "M: Tak?"],
        ["M – Co?", "R1 – Bieda.", "Wszyscy – i starzy, i młodzi – jadą.", "R2 – No.", "M – Tak?", "R1 – Nie."],
        [
            *("M – Co?", "R1 – Bieda.", "Wszyscy – tak.", "R2 – No.", "M – Tak?", "R1 – Nie."),
            "Wszyscy – kto tylko może, ten wyjeżdża stąd za pracą.",
        ],
    ],
    ids=["colons", "more colons", "two dashes", "a sentence elsewhere"],
)
def test_a_sentence_about_all_with_a_dash_is_text(read, lines):
    assert "Wszyscy" not in speakers(read, *lines)


def test_a_long_sentence_about_all_is_text(read):
    lines = ["M: Co?", "R1: Bieda.", "Wszyscy: " + "i starzy, i młodzi " * 6, "R2: No.", "M: Tak?"]
    assert speakers(read, *lines) == ["M", "R1", "R2"]
