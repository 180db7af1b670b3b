"""Normalised text, lines, joined segments and refusals."""

import itertools
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from focus_analysis.errors import FocusAnalysisError, ReadError
from focus_analysis.io.draft import Line, Segment, finding, merge_runs, normalise, normalised, refuse

VISIBLE = "aąbcćęłńóśźżŁŚŻĆŹ.,?!–„”()[]0123456789"
SPACES = " \t\n\r\u00a0\u2003\u2028\x0b\x0c"
INVISIBLE = "\u200b\u200e\u00ad\ufeff\x00\x07"

segments = st.lists(
    st.builds(
        Segment,
        st.sampled_from(["M", "R1", "Łukasz K.", None]),
        st.sampled_from(["", "bieda", "nie ma autobusu", "żółć."]),
        st.none() | st.floats(0, 100),
        st.none() | st.floats(0, 100),
    )
)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("  nie ma \t autobusu\r\n", "nie ma autobusu"),
        ("500\u00a0złotych", "500 złotych"),
        ("za\u00adsiłek\u200b\ufeff", "zasiłek"),
        ("s\u0301niez\u0307yca", "śnieżyca"),
        ("a\x00b\x07", "ab"),
        ("\u00ad \u200b", ""),
        ("(śmiech) [niezrozumiałe] …", "(śmiech) [niezrozumiałe] …"),
    ],
)
def test_white_space_is_one_space_and_nothing_invisible_stays(raw, text):
    assert normalise(raw) == text


@settings(deadline=None, max_examples=100)
@given(st.text(VISIBLE + SPACES + INVISIBLE))
def test_normalising_keeps_every_visible_letter_and_does_its_work_at_once(raw):
    text = normalise(raw)
    assert [char for char in text if char != " "] == [char for char in raw if char in VISIBLE]
    assert normalise(text) == text == text.strip()
    assert "  " not in text


@settings(deadline=None, max_examples=50)
@given(st.text(VISIBLE + SPACES))
def test_the_way_letters_were_composed_leaves_no_trace(raw):
    assert normalise(unicodedata.normalize("NFD", raw)) == normalise(unicodedata.normalize("NFC", raw))


@given(
    st.lists(
        st.text(st.one_of(st.sampled_from("aąż „”–…\t\n\u00a0\u200b\u0328\u1161\U0001f600\ud800"), st.characters()))
    )
)
def test_texts_are_normalised_together_as_one_by_one(texts):
    assert normalised(texts) == [normalise(text) for text in texts]


@given(st.lists(st.text("aąż „”–…’éß×­", max_size=5)))
def test_plain_texts_are_normalised_together_as_one_by_one(texts):
    assert normalised(texts) == [normalise(text) for text in texts]


@pytest.mark.parametrize(
    ("raw", "edges"),
    [("tak", (False, False)), (" tak", (True, False)), ("tak \n", (False, True)), ("tak\r\n", (False, False))],
)
def test_a_line_remembers_white_space_at_its_edges_but_not_its_end(raw, edges):
    line = Line.of(raw, 7)
    assert (line.text, line.number, line.edges) == ("tak", 7, edges)


@pytest.mark.parametrize(
    ("raw", "text"),
    [("R1:\tBieda  jest", "R1:\tBieda jest"), ("\t tak", "tak"), ("tak\t", "tak"), ("a\tb\tc", "a\tb c")],
)
def test_a_tab_behind_a_short_first_part_stays_for_it_may_part_off_a_label(raw, text):
    assert Line.of(raw, 1).text == text


def test_segments_of_one_speaker_in_a_row_are_one():
    merged = merge_runs(
        [
            Segment("M", "Czego", 0.5, 1.0),
            Segment("M", "brakuje?", 1.0, 2.0),
            Segment("R1", "Autobusu.", 2.0, 3.5),
            Segment("M", "Tak?", 4.0, 5.0),
        ]
    )
    assert [*merged] == [
        Segment("M", "Czego brakuje?", 0.5, 2.0),
        Segment("R1", "Autobusu.", 2.0, 3.5),
        Segment("M", "Tak?", 4.0, 5.0),
    ]


def test_segments_of_nobody_known_in_a_row_are_one():
    assert [*merge_runs([Segment(None, "nie ma"), Segment(None, "nic")])] == [Segment(None, "nie ma nic")]


def test_an_end_that_is_missing_keeps_the_end_before():
    assert [*merge_runs([Segment("M", "a", 1.0, 2.0), Segment("M", "b", 2.5)])] == [Segment("M", "a b", 1.0, 2.0)]


@settings(deadline=None, max_examples=100)
@given(segments)
def test_joining_loses_no_word_and_leaves_no_neighbours_of_one_speaker(given_segments):
    merged = merge_runs(given_segments)
    assert " ".join(one.text for one in merged) == " ".join(one.text for one in given_segments if one.text)
    assert all(one.speaker != two.speaker for one, two in itertools.pairwise(merged))


def test_a_refusal_says_where_what_why_and_how_to_mend_it():
    with pytest.raises(ReadError) as caught:
        refuse("broken_json", "ostrów.json", "7", reason="JSONDecodeError")
    error = caught.value
    assert isinstance(error, FocusAnalysisError)
    assert (error.file, error.place, error.key, error.words) == (
        "ostrów.json",
        "7",
        "broken_json",
        {"reason": "JSONDecodeError"},
    )
    assert str(error).startswith("ostrów.json, 7: a broken json file (JSONDecodeError). ")
    assert "Export the transcript again" in str(error)


def test_a_finding_keeps_its_gaps_as_text():
    note = finding("cues_lost", "warning", "a.srt", "3", n=2)
    assert (note.key, note.severity, note.file, note.place, note.words) == (
        "cues_lost",
        "warning",
        "a.srt",
        "3",
        (("n", "2"),),
    )


def test_letters_are_composed_across_what_nobody_sees():
    assert normalise("a\u200b\u0328") == "ą"
