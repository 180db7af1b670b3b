"""Labels of speakers: their written forms, and colons that are no labels."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from focus_analysis.io.draft import Line
from focus_analysis.io.speakers import find_label, label_key, matches, seconds

FORMS = [
    ("M: Dzień dobry.", "M", "Dzień dobry.", None, ""),
    ("R1: Bieda.", "R1", "Bieda.", None, ""),
    ("R1:Bieda.", "R1", "Bieda.", None, ""),
    ("R1 : Bieda.", "R1", "Bieda.", None, ""),
    ("R1:", "R1", "", None, ""),
    ("Pani z GOPS: Nie ma.", "Pani z GOPS", "Nie ma.", None, ""),
    ("Łukasz K.: Jest.", "Łukasz K.", "Jest.", None, ""),
    ("Świętosława Żółć-Ćwik: Jest.", "Świętosława Żółć-Ćwik", "Jest.", None, ""),
    ("Ł: Jest.", "Ł", "Jest.", None, ""),
    ("MODERATOR – Zaczynamy.", "MODERATOR", "Zaczynamy.", None, ""),
    ("MODERATOR - Zaczynamy.", "MODERATOR", "Zaczynamy.", None, ""),
    ("MODERATOR — Zaczynamy.", "MODERATOR", "Zaczynamy.", None, ""),
    ("[Kurator] Są rodziny.", "Kurator", "Są rodziny.", None, ""),
    ("[Kurator]: Są rodziny.", "Kurator", "Są rodziny.", None, ""),
    ("R1 (K, 45 l.): Bieda.", "R1", "Bieda.", None, "K, 45 l."),
    ("R1 (K, 45 l.) – Bieda.", "R1", "Bieda.", None, "K, 45 l."),
    ("[00:12:31] R1: Bieda.", "R1", "Bieda.", 751.0, ""),
    ("(12:31) R1: Bieda.", "R1", "Bieda.", 751.0, ""),
    ("00:12:31 R1: Bieda.", "R1", "Bieda.", 751.0, ""),
    ("R1 00:12:31 Bieda.", "R1", "Bieda.", 751.0, ""),
    ("R1 [00:12:31] Bieda.", "R1", "Bieda.", 751.0, ""),
    ("R1 00:12:31", "R1", "", 751.0, ""),
    ("R1 [00:12:31]: Bieda.", "R1", "Bieda.", 751.0, ""),
    ("R1: [00:12:31] Bieda.", "R1", "Bieda.", 751.0, ""),
    ("SPEAKER_00: Bieda.", "SPEAKER_00", "Bieda.", None, ""),
]


@pytest.mark.parametrize(("line", "label", "text", "time_s", "note"), FORMS)
def test_each_written_form_gives_label_text_time_and_note(line, label, text, time_s, note):
    found = find_label(Line(line, 1))
    assert (found.label, found.text, found.time_s, found.note) == (label, text, time_s, note)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Bieda jest u nas wielka, i tyle.",
        "Godzina 12:30",
        "12:30: wtedy przyszli",
        "Nie wiem, ale powiem: bieda.",
        "„Idź pan”: tak mi powiedzieli.",
        "(śmiech)",
        "http://gmina.pl",
    ],
)
def test_a_line_without_a_label_has_none(line):
    found = find_label(Line(line, 1))
    assert found is None or found.kind in ("alone", "timed")


@pytest.mark.parametrize("length", [1, 20, 62, 63])
def test_a_label_may_have_63_characters(length):
    label = "Ż" * length
    assert find_label(Line(f"{label}: tak", 1)).label == label


@pytest.mark.parametrize("length", [64, 65, 200])
def test_a_label_of_more_than_63_characters_is_none(length):
    assert find_label(Line(f"{'Ż' * length}: tak", 1)) is None


def test_bold_counts_when_it_covers_the_label():
    assert find_label(Line("Kurator: Tak.", 1, bold=8)).bold
    assert not find_label(Line("Kurator: Tak.", 1, bold=3)).bold


def test_bold_of_a_label_behind_a_time_is_seen():
    assert find_label(Line("[00:01] Kurator: Tak.", 1, bold=16)).bold
    assert not find_label(Line("[00:01] Kurator: Tak.", 1, bold=8)).bold


@pytest.mark.parametrize(
    ("one", "other"), [("MOD.", "Mod"), ("Łukasz K.", "ŁUKASZ K"), ("R 1", "R  1"), ("Pani z GOPS", "pani z gops")]
)
def test_spellings_of_one_label_share_a_key(one, other):
    assert label_key(one) == label_key(other)


@pytest.mark.parametrize(("one", "other"), [("R1", "R11"), ("R1", "M1"), ("Łukasz K.", "Łukasz M.")])
def test_different_labels_have_different_keys(one, other):
    assert label_key(one) != label_key(other)


@pytest.mark.parametrize(
    ("clock", "value"),
    [("00:12:31", 751.0), ("12:31", 751.0), ("1:00:00", 3600.0), ("00:00:01,500", 1.5), ("00:01.25", 1.25), ("7", 7.0)],
)
def test_a_clock_time_is_seconds(clock, value):
    assert seconds(clock) == value


@settings(deadline=None, max_examples=100)
@given(st.integers(0, 23), st.integers(0, 59), st.integers(0, 59))
def test_every_time_of_day_is_read_from_a_label(hour, minute, second):
    found = find_label(Line(f"[{hour:02}:{minute:02}:{second:02}] R1: Bieda.", 1))
    assert (found.label, found.time_s) == ("R1", hour * 3600 + minute * 60 + second)


@pytest.mark.parametrize(
    ("label", "form"),
    [("Moderatorka", "moderator"), ("prowadzący", "moderator"), ("MOD.", "moderator"), ("Nieznany", "unknown")],
)
def test_forms_are_compared_without_case_and_diacritics(label, form):
    assert matches(label, form)
    assert not matches(f"{label} bieda", form)
