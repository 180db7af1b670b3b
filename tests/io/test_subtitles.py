"""Subtitles: cues, voices, labels and times."""

import pytest
import srt
from hypothesis import given, settings
from hypothesis import strategies as st

from focus_analysis.errors import ReadError
from tests.io.making import cues, notes, said, times


def vtt(*spoken):
    return f"WEBVTT\n\n{cues(spoken, '.')}\n"


def test_subtitles_without_speakers_are_one_turn_of_nobody_known(read):
    draft = read(cues(["Nie ma autobusu", "w niedzielę.", "I żłobka też."]), "w.srt")
    assert said(draft) == [(None, "Nie ma autobusu w niedzielę. I żłobka też.")]
    assert times(draft) == [(1.0, 4.0)]


def test_cues_of_one_speaker_in_a_row_are_one_turn(read):
    draft = read(cues(["M: Co słychać?", "R1: Nie ma autobusu", "R1: w niedzielę.", "M: Tak?"]), "w.srt")
    assert said(draft) == [("M", "Co słychać?"), ("R1", "Nie ma autobusu w niedzielę."), ("M", "Tak?")]
    assert times(draft) == [(1.0, 2.0), (2.0, 4.0), (4.0, 5.0)]


def test_cues_without_a_label_go_on_with_the_speaker_before_and_are_counted(read):
    draft = read(cues(["M: Co słychać?", "R1: Nie ma autobusu", "w niedzielę", "i w sobotę.", "M: Tak?"]), "w.srt")
    assert said(draft) == [("M", "Co słychać?"), ("R1", "Nie ma autobusu w niedzielę i w sobotę."), ("M", "Tak?")]
    assert notes(draft, "cues_continued") == [{"n": "2"}]


def test_names_alone_on_the_first_lines_of_cues_are_speakers(read):
    spoken = ["Ewa Żak\nCo słychać?", "Łukasz\nBieda.", "Ewa Żak\nTak?", "Łukasz\nNo."]
    assert said(read(vtt(*spoken), "w.vtt")) == [tuple(cue.split("\n")) for cue in spoken]


def test_voice_tags_name_the_speakers(read):
    draft = read(vtt("<v M>Co słychać?</v>", "<v Łukasz K.>Bieda.", "<v Łukasz K.>I żal.", "<v.cicho R1>No."), "w.vtt")
    assert said(draft) == [("M", "Co słychać?"), ("Łukasz K.", "Bieda. I żal."), ("R1", "No.")]


def test_two_voices_in_one_cue_are_two_turns(read):
    draft = read(vtt("<v M>Tak?</v> <v R1>Bieda.</v>", "<v R1>I żal.</v>"), "w.vtt")
    assert said(draft) == [("M", "Tak?"), ("R1", "Bieda. I żal.")]
    assert times(draft) == [(1.0, 2.0), (1.0, 3.0)]


def test_a_voice_tag_makes_a_speaker_of_any_name(read):
    assert said(read(vtt("<v Powiem krótko>nie ma autobusu", "<v M>Tak?"), "w.vtt"))[0][0] == "Powiem krótko"


@pytest.mark.parametrize("sentence", ["Powiem krótko: nie ma autobusu.", "Uważam tak: bieda"])
def test_a_colon_in_a_sentence_stays_text(read, sentence):
    draft = read(vtt("<v M>Co?", f"<v R1>{sentence}"), "w.vtt")
    assert said(draft) == [("M", "Co?"), ("R1", sentence)]
    assert said(read(cues([sentence]), "w.srt")) == [(None, sentence)]


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("<i>Bieda</i> i <b>żal</b>", "Bieda i żal"),
        ("<c.yellow>Bieda</c>", "Bieda"),
        ("Bieda <00:00:01.500>jest", "Bieda jest"),
        ("P&amp;R &lt;tu&gt;", "P&R <tu>"),
        ("Bieda\njest wielka", "Bieda jest wielka"),
        ("(śmiech) [niezrozumiałe] no", "(śmiech) [niezrozumiałe] no"),
        ("3 < 5", "3 < 5"),
    ],
)
def test_marks_of_subtitles_go_and_words_stay(read, raw, text):
    assert said(read(vtt(f"<v R1>{raw}"), "w.vtt")) == [("R1", text)]


def test_notes_styles_and_settings_of_a_vtt_are_no_talk(read):
    head = "WEBVTT - tytuł\n\nNOTE Gmina: Świlcza\n\nSTYLE\n::cue { color: red }\n\n"
    draft = read(f"{head}00:00:01.000 --> 00:00:02.500 align:start\n<v M>Co?\n", "w.vtt")
    assert draft.header == {"gmina": "Świlcza"}
    assert said(draft) == [("M", "Co?")]
    assert times(draft) == [(1.0, 2.5)]


def test_a_first_cue_that_is_metadata_is_no_talk(read):
    draft = read(cues(["Dane: zmyślone", "M: Co?", "R1: Bieda."]), "w.srt")
    assert draft.header == {"data": "zmyślone"}
    assert said(draft) == [("M", "Co?"), ("R1", "Bieda.")]


@pytest.mark.parametrize(
    ("clock", "start"),
    [
        ("00:00:07,250 --> 00:00:08,000", 7.25),
        ("01:02:03,004 --> 01:02:04,000", 3723.004),
    ],
)
def test_times_are_seconds(read, clock, start):
    ((got, _),) = times(read(f"1\n{clock}\nBieda.\n", "w.srt"))
    assert got == pytest.approx(start)


def test_cues_out_of_order_are_ordered_and_reported(read):
    late = "1\n00:00:05,000 --> 00:00:06,000\nM: Tak?\n\n2\n00:00:01,000 --> 00:00:02,000\nR1: Bieda.\n"
    draft = read(late, "w.srt")
    assert said(draft) == [("R1", "Bieda."), ("M", "Tak?")]
    assert notes(draft, "cues_reordered") == [{}]


def test_a_cue_that_cannot_be_read_is_reported(read):
    broken = f"{cues(['M: Co?'])}\n\n2\n00:00:0x,000 --> 00:00:04,000\nR1: Bieda.\n"
    assert notes(read(broken, "w.srt"), "cues_lost") == [{"n": "1"}]


@pytest.mark.parametrize("encoding", ["cp1250", "iso8859-2", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_encodings_and_line_ends_make_no_difference(read, encoding, end):
    text = cues(["M: Cóż słychać?", "R1: Bieda, śnieg i łzy."]).replace("\n", end)
    assert said(read(text, "w.srt", encoding=encoding)) == [("M", "Cóż słychać?"), ("R1", "Bieda, śnieg i łzy.")]


@pytest.mark.parametrize("name", ["w.srt", "w.vtt", "w.txt"])
@pytest.mark.parametrize("make", [cues, lambda spoken: vtt(*spoken)])
def test_subtitles_are_known_by_their_content(read, name, make):
    assert said(read(make(["M: Co?", "R1: Bieda."]), name)) == [("M", "Co?"), ("R1", "Bieda.")]


@pytest.mark.parametrize("name", ["w.srt", "w.vtt"])
@pytest.mark.parametrize("text", ["M: Dzień dobry.\nR1: Bieda.\n", "WEBVTT\n\n", "WEBVTT\n\nNOTE pusty\n", "1\n2\n3\n"])
def test_a_file_without_cues_is_refused(read, name, text):
    with pytest.raises(ReadError, match="00:00:01,000 --> 00:00:04,000"):
        read(text, name)


def test_cues_without_words_are_refused(read):
    with pytest.raises(ReadError):
        read(vtt("<v M></v>", "<i></i>"), "w.vtt")


words = st.lists(st.sampled_from(["bieda", "żłobek", "łąka", "śnieg", "nie", "wciąż", "źle"]), min_size=1, max_size=8)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.sampled_from(["M", "R1", "R2"]), words), min_size=1, max_size=8))
def test_subtitles_of_another_writer_lose_no_word(read, talk):
    spoken = [
        srt.Subtitle(
            number, srt.timedelta(seconds=number), srt.timedelta(seconds=number + 1), f"{who}: {' '.join(said)}"
        )
        for number, (who, said) in enumerate(talk, 1)
    ]
    draft = read(srt.compose(spoken), "w.srt")
    assert " ".join(text for _, text in said(draft)) == " ".join(word for _, some in talk for word in some)
    runs = [who for number, (who, _) in enumerate(talk) if number == 0 or talk[number - 1][0] != who]
    assert [speaker for speaker, _ in said(draft)] == runs


def test_subtitles_of_youtube_are_read(read):
    text = "0:00:00.500,0:00:02.000\nM: Co słychać?\n\n0:00:02.000,0:00:04.250\nR1: Bieda,\ni żal.\n\n"
    draft = read(text + "0:00:05.000,0:00:06.000\nM: Tak?\n", "w.sbv")
    assert said(draft) == [("M", "Co słychać?"), ("R1", "Bieda, i żal."), ("M", "Tak?")]
    assert times(draft) == [(0.5, 2.0), (2.0, 4.25), (5.0, 6.0)]
