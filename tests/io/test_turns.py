"""Where a turn starts and whose it is."""

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from focus_analysis.io.draft import Line
from focus_analysis.io.turns import draft_from_lines
from tests.io.making import notes, said, times


def draft_of(text, known=()):
    lines = [Line.of(line, number) for number, line in enumerate(text.splitlines(), 1)]
    return draft_from_lines(lines, "txt", "wywiad.txt", known)


LONG = (
    "Nie ma autobusu w niedzielę, a kto nie ma samochodu, ten siedzi w domu i patrzy w okno. Dzieci wyjechały za "
    "granicę, starsi zostali sami, a opiekunka przychodzi dwa razy w tygodniu na godzinę. Mówiłam o tym w gminie już "
    "trzy lata temu i nikt nie odpowiedział na pismo."
)
STYLES = {
    "colon": "{}: {}",
    "dash": "{} – {}",
    "brackets": "[{}] {}",
    "time before": "[00:12:31] {}: {}",
    "time behind": "{} 00:12:31 {}",
    "note": "{} (K, 45 l.): {}",
    "own line": "{}:\n{}",
    "tab": "{}\t{}",
    "colon and tab": "{}:\t{}",
    "time on its own line": "{} 00:12:31\n{}",
}


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
@pytest.mark.parametrize("moderator", ["MODERATOR", "Moderatorka", "SPEAKER_00"])
def test_each_written_form_starts_a_turn(style, moderator):
    talk = [(moderator, "Co słychać?"), ("R1", "Bieda."), (moderator, "Tak?"), ("R1", "Żal, łzy i nic więcej.")]
    assert said(draft_of("\n".join(style.format(*turn) for turn in talk))) == talk


@pytest.mark.parametrize("style", ["{}: {}", "[{}] {}", "[00:12:31] {}: {}", "{} [00:12:31] {}"])
def test_names_and_institutions_start_turns(style):
    talk = [("Moderatorka", "Co?"), ("Pani z GOPS", "Bieda."), ("Łukasz K.", "Tak."), ("Żaneta Ś.", "Źle.")] * 3
    assert said(draft_of("\n".join(style.format(*turn) for turn in talk))) == talk


@pytest.mark.parametrize("initial", "ŁŚŻĆŹ")
def test_polish_capitals_begin_labels(initial):
    talk = [(f"{initial}yta K.", "Bieda."), (f"Pani {initial}.", "Tak."), (f"{initial}{initial}", "Nie.")] * 4
    assert said(draft_of("\n".join(f"{label}: {text}" for label, text in talk))) == talk


def test_an_explicit_label_starts_a_turn_even_after_the_same_speaker():
    assert said(draft_of("R1: Bieda.\nR1: Naprawdę bieda.\nM: Tak?\n")) == [
        ("R1", "Bieda."),
        ("R1", "Naprawdę bieda."),
        ("M", "Tak?"),
    ]


def test_unlabelled_paragraphs_go_on_with_the_turn_before():
    draft = draft_of("M: Co?\n\nR1: Bieda.\n\nI żal.\nNic więcej.\n\nM: Tak?\n")
    assert said(draft) == [("M", "Co?"), ("R1", "Bieda. I żal. Nic więcej."), ("M", "Tak?")]


@pytest.mark.parametrize("sentence", ["Powiem krótko: nie ma autobusu.", "Uważam tak: bieda"])
@pytest.mark.parametrize("place", ["R1: {}", "R1: Bieda.\n{}", "R1: Bieda.\n\n{}\n\n{}\n\n{}"])
def test_a_colon_in_a_sentence_stays_text(sentence, place):
    (turn,) = said(draft_of(f"M: Co?\n{place.replace('{}', sentence)}\nM: Tak?\n"))[1:-1]
    assert turn[0] == "R1"
    assert turn[1].count(sentence) == place.count("{}")


def test_a_colon_taken_for_a_sentence_is_reported():
    draft = draft_of("M: Co?\nR1: Bieda.\nUważam tak: bieda\nM: Tak?\n")
    assert "Uważam tak" in str(notes(draft, "colon_is_text"))


def test_a_time_of_day_inside_a_turn_is_text():
    assert said(draft_of("M: O której?\nR1: Jest bus o 6:40 i o 15:10.\nM: Tak?\n"))[1] == (
        "R1",
        "Jest bus o 6:40 i o 15:10.",
    )


@pytest.mark.parametrize("stage", ["(śmiech)", "[niezrozumiałe]", "[śmiech]", "(cisza, ktoś wychodzi)", "[gwar]"])
@pytest.mark.parametrize("place", ["R1: {} Bieda.", "R1: Bieda {} jest.", "R1: Bieda.\n{}", "R1: Bieda.\n{} No tak."])
def test_stage_notes_stay_in_the_text(stage, place):
    draft = draft_of(f"M: Co?\n{place.format(stage)}\nM: Tak?\n")
    text = place.format(stage).removeprefix("R1: ").replace("\n", " ")
    assert said(draft) == [("M", "Co?"), ("R1", text), ("M", "Tak?")]


def test_what_stands_in_brackets_is_kept_as_a_note_and_the_speaker_is_one():
    draft = draft_of("M: Co?\nR1 (K, 45 l.): Bieda.\nM: Tak?\nR1: No.\n")
    assert [speaker for speaker, _ in said(draft)] == ["M", "R1", "M", "R1"]
    assert "K, 45 l." in str(notes(draft, "label_note"))


def test_a_label_inside_a_paragraph_starts_a_turn():
    draft = draft_of("M: Co słychać? R1: Bieda jest. M: Tak?\nR1: No.\n")
    assert said(draft) == [("M", "Co słychać?"), ("R1", "Bieda jest."), ("M", "Tak?"), ("R1", "No.")]


def test_times_of_labels_are_the_starts_of_turns():
    draft = draft_of("[00:00:01] M: Co?\nR1 00:00:05 Bieda.\n(01:10) M: Tak?\nR1: No.\n")
    assert times(draft) == [(1.0, None), (5.0, None), (70.0, None), (None, None)]


def test_a_speaker_in_bold_on_a_line_of_its_own_starts_a_turn():
    talk = [("Kurator", "Bieda."), ("Pielęgniarka", "Żal."), ("Kurator", "No tak."), ("Pielęgniarka", "Źle.")]
    lines = [
        line for number, (label, text) in enumerate(talk) for line in (Line(label, number, len(label)), Line(text, 0))
    ]
    assert said(draft_from_lines(lines, "docx", "w.docx")) == talk


def test_a_speaker_in_bold_before_a_colon_starts_a_turn_even_once():
    lines = [Line("M: Co?", 1), Line("R1: Bieda.", 2), Line("Dróżnik: Żal.", 3, 8), Line("M: Tak?", 4)]
    assert said(draft_from_lines(lines, "docx", "w.docx"))[2] == ("Dróżnik", "Żal.")


def test_a_generic_speaker_on_a_line_of_its_own_starts_a_turn():
    draft = draft_of("Moderator\nCo słychać?\n\nR1\nBieda.\nI żal.\n\nModerator\nTak?\n\nR1\nNo.\n")
    assert said(draft) == [("Moderator", "Co słychać?"), ("R1", "Bieda. I żal."), ("Moderator", "Tak?"), ("R1", "No.")]


def test_a_name_from_the_speakers_table_starts_a_turn_even_once():
    text = "M: Co?\nR1: Bieda.\nR2: Tak.\nDróżnik: Żal.\nM: Tak?\n"
    assert ("dróżnik", "Żal.") in said(draft_of(text, known=("dróżnik",)))


@pytest.mark.parametrize("length", [63, 64])
def test_the_longest_label_has_63_characters(length):
    label = "Pani Kierownik " + "Ż" * (length - 15)
    draft = draft_of(f"M: Co?\n{label}: Bieda.\nM: Tak?\n{label}: No.\n", known=(label, "M"))
    assert ({speaker for speaker, _ in said(draft)} == {"M", label}) is (length == 63)


def test_a_text_without_speakers_is_one_turn_of_nobody_known():
    assert said(draft_of("Bieda jest u nas.\n\nI żal.\n")) == [(None, "Bieda jest u nas. I żal.")]


@pytest.mark.parametrize("width", [60, 72, 80, 100])
def test_lines_wrapped_at_words_read_as_one_text(width):
    wrapped = "\n".join(textwrap.wrap(f"R1: {LONG}", width))
    assert said(draft_of(f"M: Co?\n{wrapped}\nM: Tak?\n")) == [("M", "Co?"), ("R1", LONG), ("M", "Tak?")]


def test_words_that_a_program_cut_at_the_end_of_its_lines_are_whole_again():
    full = f"R1: {LONG}"
    cut = "\n".join(full[start : start + 70] for start in range(0, len(full), 70))
    assert said(draft_of(f"M: Co?\n{cut}\nM: Tak?\n"))[1] == ("R1", LONG)


words = st.sampled_from(["bieda", "autobus", "żłobek", "łąka", "śnieg", "nie", "wciąż", "źle"])
paragraphs = st.lists(words, min_size=1, max_size=6).map(" ".join)
turns = st.lists(
    st.tuples(st.sampled_from(["M", "R1", "R12"]), st.lists(paragraphs, min_size=1, max_size=3)), min_size=1
)


@settings(deadline=None, max_examples=100)
@given(turns)
def test_no_word_is_lost_and_every_turn_has_its_speaker(talk):
    text = "\n\n".join(f"{label}: " + "\n\n".join(some) for label, some in talk)
    assert said(draft_of(text)) == [(label, " ".join(some)) for label, some in talk]


def test_a_short_sentence_before_a_colon_is_no_name():
    lines = [Line(text, number) for number, text in enumerate(("M: Jak?", "Dobrze. Tak: dobrze.", "R1: Źle."), 1)]
    assert said(draft_from_lines(lines, "txt", "w.txt")) == [("M", "Jak? Dobrze. Tak: dobrze."), ("R1", "Źle.")]


def test_a_note_in_square_brackets_is_no_part_of_the_label():
    draft = draft_of("[00:01] M: Jak?\n[00:05] R1 [śmiech]: Dobrze.\nR2 (cicho): Źle.\nR1 [00:09]: Tak.\n")
    assert said(draft) == [("M", "Jak?"), ("R1", "Dobrze."), ("R2", "Źle."), ("R1", "Tak.")]
    assert times(draft)[3] == (9.0, None)


def test_a_name_may_have_an_institution_behind_a_comma_where_it_comes_again():
    talk = [("Anna Kos", "Tak."), ("Jan Las", "Nie."), ("Anna Kos", "No."), ("Moderator", "Jaki?"), ("Jan Las", "Zły.")]
    notes_of = {"Anna Kos": ", GOPS", "Jan Las": ", Policja"}
    draft = draft_of("\n".join(f"{who}{notes_of.get(who, '')}: {text}" for who, text in talk))
    assert said(draft) == talk


def test_places_before_a_colon_are_no_people():
    (_, turn, _) = said(draft_of("M: Gdzie?\nR1: Wszędzie.\nNowa Słupia, Bieliny: sama bieda.\nM: Tak?\n"))
    assert turn == ("R1", "Wszędzie. Nowa Słupia, Bieliny: sama bieda.")


@pytest.mark.parametrize("both", ["R1, R2", "R1 i R2", "R1/R2"])
def test_two_people_at_once_are_neither_of_them(both):
    assert said(draft_of(f"M: Jak?\nR1: Źle.\n{both}: Dobrze.\nR2: No.\n"))[2] == (both, "Dobrze.")
