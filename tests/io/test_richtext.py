"""Rich text: words, encodings, tables and the time marks of transcription programs."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from focus_analysis.errors import ReadError
from tests.io.making import notes, said, times

HEAD = r"{\rtf1\ansi\ansicpg1250\deff0{\fonttbl{\f0\fnil\fcharset238 Arial;}{\f1\fnil\fcharset0 Times;}}"


def rtf(*paragraphs):
    """A rich text of these paragraphs, written in its own language."""
    ended = "".join(rf"{text}\par " for text in paragraphs)
    return rf"{HEAD}{{\colortbl;\red0;}}\pard\f0 {ended}}}".encode("cp1250")


def unicode_marks(text):
    """A text as Word writes letters beyond ASCII."""
    return "".join(char if char < "\x80" and char not in "\\{}" else f"\\u{ord(char)}?" for char in text)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        (r"\'8fle, \'9ccie\'bfka", "Źle, ścieżka"),
        (r"\u378?le, \u347?cie\u380?ka", "źle, ścieżka"),
        (r"\uc0\u378 le", "źle"),
        (r"{\uc2\u378\'9f\'9fle}", "źle"),
        (r"\f1 caf\'e9\f0  \'b9", "café ą"),
        ("źle i łąka", "źle i łąka"),
        (r"nie\~ma \endash  wcale\emdash", "nie ma – wcale—"),
        (r"\{nawias\} \\ ukos", r"{nawias} \ ukos"),
        (r"{\b Gru}\b be\b0  s{\i \u322?o}wo", "Grube słowo"),
        (r"jest {\deleted by\'b3o}{\v ukryte}tak", "jest tak"),
        (r"{\field{\*\fldinst HYPERLINK adres}{\fldrslt \'bf\'b3obek}}", "żłobek"),
        (r"{\*\bkmkstart x}a{\*\nieznane b}c", "ac"),
        (r"{\pict\bin4 }{}}}a", "a"),
        (r"{\shp{\*\shpinst{\sp{\sn x}{\sv y}}{\shptxt w ramce}}{\shprslt w ramce}}", "w ramce"),
        (r"\u-10179?\u-8704?", "😀"),
    ],
)
def test_words_are_read_and_marks_are_not(read, written, words):
    assert said(read(rtf("M: Co?", f"R1: {written}"), "w.rtf")) == [("M", "Co?"), ("R1", words)]


def test_footnotes_and_comments_are_left_out_and_reported(read):
    draft = read(rtf("M: Co?", r"R1: Bieda{\footnote O gminie.\par}{\*\annotation Cicho.}."), "w.rtf")
    assert said(draft)[1] == ("R1", "Bieda.")
    assert notes(draft, "footnote_left_out") == [{"n": "1", "text": "O gminie."}]
    assert notes(draft, "comment_left_out") == [{"n": "1", "text": "Cicho."}]


def test_page_heads_are_no_talk(read):
    assert said(read(rtf(r"{\header Strona 1\par}M: Co?", "R1: Bieda."), "w.rtf")) == [("M", "Co?"), ("R1", "Bieda.")]


def test_lines_of_a_paragraph_may_start_turns(read):
    draft = read(rtf(r"M: Co?\line R1: Bieda.\line Naprawd\u281?."), "w.rtf")
    assert said(draft) == [("M", "Co?"), ("R1", "Bieda. Naprawdę.")]


def test_a_table_of_turns_is_read(read):
    rows = [("Mówca", "Tekst"), ("M", "Cóż?"), ("R1", r"Bieda.\par I żal.")]
    cells = ["".join(rf"\intbl {cell}\cell " for cell in row) for row in rows]
    written = "".join(rf"\trowd\cellx1000\cellx5000 {row}\row " for row in cells)
    draft = read((HEAD + written + r"\pard Koniec\par}").encode("cp1250"), "w.rtf")
    assert said(draft) == [("M", "Cóż?"), ("R1", "Bieda. I żal. Koniec")]


def test_time_marks_at_the_end_of_paragraphs_are_times_not_words(read):
    draft = read(rtf("I: Dzień dobry. #00:00:03-5#", "B: No, bieda. #00:01:07-0#", "I: Tak?"), "w.rtf")
    assert said(draft) == [("I", "Dzień dobry."), ("B", "No, bieda."), ("I", "Tak?")]
    assert times(draft) == [(None, 3.5), (3.5, 67.0), (67.0, None)]


def test_time_marks_before_the_words_are_where_a_turn_starts(read):
    draft = read(rtf("#00:00:03-5# I: Dzień dobry.", "#00:01:07-0# B: No, #00:01:09-0# bieda.", "I: A?"), "w.rtf")
    assert said(draft) == [("I", "Dzień dobry."), ("B", "No, bieda."), ("I", "A?")]
    assert times(draft)[:2] == [(3.5, None), (67.0, None)]


@settings(deadline=None, max_examples=50)
@given(text=st.text(st.characters(blacklist_categories=("C", "Z")), min_size=1, max_size=40))
def test_every_letter_comes_back(read, text):
    import unicodedata

    assert said(read(rtf("M: Co?", f"R1: a {unicode_marks(text)} z."), "w.rtf"))[1] == (
        "R1",
        unicodedata.normalize("NFC", f"a {text} z."),
    )


@pytest.mark.parametrize("content", [b"zwykly tekst", b"{\\html", b"PK\x03\x04", b"\\rtf1"])
def test_another_file_under_this_suffix_is_refused(read, content):
    with pytest.raises(ReadError, match="no rtf file"):
        read(content, "w.rtf")


@pytest.mark.parametrize(
    "content", [b"{" * 100_000, b"}" * 100_000, rb"{\field{\*\fldinst{HYPERLINK " * 20_000, b"\\u99999999?" * 9999]
)
def test_a_hostile_file_ends_soon(read, content):
    with pytest.raises(ReadError):
        read(b"{\\rtf1" + content.replace(b"\\u99999999?", b"\\bin99999999 "), "w.rtf")
