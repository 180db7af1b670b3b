"""Json of Whisper, WhisperX and programs like them."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from focus_analysis.errors import ReadError
from tests.io.making import said, times

TURNS = [
    {"start": 0.0, "end": 2.5, "text": " Cóż słychać?", "speaker": "SPEAKER_00"},
    {"start": 2.5, "end": 3.0, "text": " Bieda", "speaker": "SPEAKER_01"},
    {"start": 3.0, "end": 4.25, "text": " i żal.", "speaker": "SPEAKER_01"},
]


def as_json(content):
    return json.dumps(content, ensure_ascii=False)


@pytest.mark.parametrize("content", [{"segments": TURNS, "language": "pl"}, TURNS], ids=["object", "list"])
def test_segments_of_one_speaker_in_a_row_are_one_turn(read, content):
    draft = read(as_json(content), "w.json")
    assert said(draft) == [("SPEAKER_00", "Cóż słychać?"), ("SPEAKER_01", "Bieda i żal.")]
    assert times(draft) == [(0.0, 2.5), (2.5, 4.25)]


def test_whisper_without_speakers_is_one_turn_of_nobody_known(read):
    segments = [{key: value for key, value in turn.items() if key != "speaker"} for turn in TURNS]
    draft = read(as_json({"text": "Cóż słychać? Bieda i żal.", "segments": segments}), "w.json")
    assert said(draft) == [(None, "Cóż słychać? Bieda i żal.")]
    assert times(draft) == [(0.0, 4.25)]


def test_speakers_of_the_words_decide(read):
    words = [
        {"word": "Cóż?", "start": 0.0, "end": 0.4, "speaker": "SPEAKER_00"},
        {"word": "Bieda", "start": 0.5, "end": 0.9, "speaker": "SPEAKER_01"},
        {"word": "500", "speaker": "SPEAKER_01"},
        {"word": "złotych.", "start": 1.2, "end": 1.5, "speaker": "SPEAKER_01"},
        {"word": "Tak?", "start": 1.6, "end": 1.9, "speaker": "SPEAKER_00"},
    ]
    segment = {"start": 0.0, "end": 2.0, "text": " Cóż? Bieda 500 złotych. Tak?", "speaker": "SPEAKER_00"}
    draft = read(as_json({"segments": [segment | {"words": words}]}), "w.json")
    assert said(draft) == [("SPEAKER_00", "Cóż?"), ("SPEAKER_01", "Bieda 500 złotych."), ("SPEAKER_00", "Tak?")]
    assert times(draft) == [(0.0, 0.4), (0.5, 1.5), (1.6, 1.9)]


def test_a_word_without_a_speaker_is_the_segments(read):
    words = [{"word": "No"}, {"word": "bieda.", "speaker": "SPEAKER_01"}]
    draft = read(as_json([{"text": "No bieda.", "speaker": "SPEAKER_00", "words": words}]), "w.json")
    assert said(draft) == [("SPEAKER_00", "No"), ("SPEAKER_01", "bieda.")]


def test_words_without_speakers_leave_the_segment_as_it_is(read):
    words = [{"word": "Cóż", "start": 0.0}, {"word": "słychać?", "start": 1.0}]
    draft = read(as_json([TURNS[0] | {"words": words}]), "w.json")
    assert said(draft) == [("SPEAKER_00", "Cóż słychać?")]
    assert times(draft) == [(0.0, 2.5)]


@pytest.mark.parametrize("key", ["speaker", "speaker_name", "speaker_label"])
def test_the_speaker_stands_under_the_names_that_programs_use(read, key):
    assert said(read(as_json([{"text": "Bieda.", key: "Łukasz K."}]), "w.json")) == [("Łukasz K.", "Bieda.")]


@pytest.mark.parametrize("speaker", [0, 1, 2.5])
def test_a_speaker_may_be_a_number(read, speaker):
    assert said(read(as_json([{"text": "Bieda.", "speaker": speaker}]), "w.json")) == [(str(speaker), "Bieda.")]


@pytest.mark.parametrize("nobody", [None, ""])
def test_an_empty_speaker_is_nobody_known(read, nobody):
    assert said(read(as_json([{"text": "Bieda.", "speaker": nobody}]), "w.json")) == [(None, "Bieda.")]


@pytest.mark.parametrize("bad", [None, "wkrótce", [], {}])
def test_a_time_that_is_none_is_missing(read, bad):
    assert times(read(as_json([{"text": "Bieda.", "start": bad, "end": 2}]), "w.json")) == [(None, 2.0)]


def test_fields_beside_the_segments_are_metadata(read):
    draft = read(as_json({"gmina": "Bodzechów", "dane": "zmyślone", "model": "large", "segments": TURNS}), "w.json")
    assert draft.header == {"gmina": "Bodzechów", "data": "zmyślone"}


def test_empty_segments_are_passed_over(read):
    segments = [{"text": "  ", "speaker": "R1"}, {"text": "Bieda.", "speaker": "M"}, {"speaker": "R1"}]
    assert said(read(as_json(segments), "w.json")) == [("M", "Bieda.")]


@pytest.mark.parametrize(
    "content",
    [
        "{}",
        "[]",
        "3",
        '"tekst"',
        "null",
        '{"text": "cały tekst"}',
        '{"segments": []}',
        '{"segments": "tekst"}',
        "[1, 2]",
        '{"segments": [{"text": ""}]}',
        '{"segments": [{"start": 1.0}]}',
        '{"segments": {"text": "Bieda."}}',
    ],
)
def test_json_without_segments_is_refused_with_advice(read, content):
    with pytest.raises(ReadError, match="segments"):
        read(content, "w.json")


@pytest.mark.parametrize("content", ["{", "M: Dzień dobry.\n", '[{"text": "Bieda."}', "[" * 20_000, "{'text': 'a'}"])
def test_text_that_is_no_json_is_refused(read, content):
    with pytest.raises(ReadError, match="broken json"):
        read(content, "w.json")


scalars = st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.floats() | st.text("aąż: \n1", max_size=6)
keys = st.sampled_from(["segments", "text", "speaker", "start", "end", "words", "word", "gmina"])
anything = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner), max_leaves=20
)


@settings(deadline=None, max_examples=100)
@given(anything)
def test_json_of_any_shape_is_read_or_refused(read, content):
    try:
        draft = read(as_json(content), "w.json")
    except ReadError:
        return
    assert all(segment.text for segment in draft.segments)


spoken = st.lists(
    st.tuples(
        st.sampled_from(["SPEAKER_00", "SPEAKER_01"]),
        st.lists(st.sampled_from(["bieda", "żłobek", "łąka,", "śnieg."]), min_size=1, max_size=5),
    ),
    min_size=1,
    max_size=8,
)


@settings(deadline=None, max_examples=60)
@given(spoken)
def test_words_and_segments_tell_the_same_talk(read, talk):
    by_segment = [{"speaker": who, "text": " " + " ".join(some)} for who, some in talk]
    by_word = [
        {"text": " ".join(some), "words": [{"word": word, "speaker": who} for word in some]} for who, some in talk
    ]
    assert said(read(as_json(by_word), "w.json")) == said(read(as_json(by_segment), "w.json"))
    assert " ".join(text for _, text in said(read(as_json(by_word), "w.json"))) == " ".join(
        word for _, some in talk for word in some
    )
