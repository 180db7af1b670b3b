"""Subtitles: cues, voices, labels and times."""

import pytest
import srt
from hypothesis import given, settings
from hypothesis import strategies as st

from focus_analysis.errors import ReadError
from tests.io.making import cues, notes, paragraph, said, times, word


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


def test_captions_that_roll_up_are_read_once(read):
    rolling = [
        ("00.000", "02.000", "dzień dobry państwu\n<00:00:01.000><c>jak</c>"),
        ("02.000", "02.010", "jak"),
        ("02.010", "04.000", "jak\nsię<00:00:03.000><c> żyje</c>"),
        ("04.000", "04.010", "się żyje\n "),
    ]
    blocks = [f"00:00:{start} --> 00:00:{end}\n{text}" for start, end, text in rolling]
    assert said(read("WEBVTT\n\n" + "\n\n".join(blocks) + "\n", "w.vtt")) == [
        (None, "dzień dobry państwu jak się żyje")
    ]


def test_words_said_twice_stay_twice_in_captions_that_do_not_roll(read):
    assert said(read(vtt("tak", "tak", "nie"), "w.vtt")) == [(None, "tak tak nie")]


CUED = [
    ("Anna Kos", "Jak się żyje?", "0:0:1.200 --> 0:0:4.100"),
    ("Jan Las", "Bo: nie ma nic.", "0:0:5.200 --> 0:0:7.100"),
    ("Anna Kos", "Dlaczego?", "0:0:8.200 --> 0:0:9.100"),
    ("Jan Las", "Nie wiem.", "0:1:0.5 --> 0:1:3.0"),
]


@pytest.mark.parametrize("suffix", ["txt", "docx"])
def test_cues_of_a_meeting_saved_as_a_document_are_turns_with_times(read, suffix):
    lines = ["Gmina: Bieliny", *(line for who, text, cue in CUED for line in (cue, who, text, ""))]
    draft = read("\n".join(lines) if suffix == "txt" else word(*map(paragraph, lines)), f"w.{suffix}")
    assert said(draft) == [(who, text) for who, text, _ in CUED]
    assert times(draft)[0] == (1.2, 4.1) and times(draft)[3] == (60.5, 63.0)
    assert draft.header == {"gmina": "Bieliny"}


def test_subtitles_pasted_into_a_document_are_read(read):
    pasted = cues(["M: Cóż?", "R1: Bieda.", "R2: Mam 3", "M: Tak?"]).splitlines()
    draft = read(word(*map(paragraph, pasted)), "w.docx")
    assert said(draft) == [("M", "Cóż?"), ("R1", "Bieda."), ("R2", "Mam 3"), ("M", "Tak?")]


@pytest.mark.parametrize("form", ["<{}>", "({})", "{}>"])
def test_labels_in_brackets_are_no_tags(read, form):
    talk = [("M", "Co?"), ("R1", "Bieda."), ("M", "Tak?"), ("R1", "No.")]
    text = cues([f"{form.format(who)} <i>{words}</i><B></B>" for who, words in talk])
    assert said(read(text, "w.srt")) == talk
