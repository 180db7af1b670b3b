"""How words are set."""

import pytest

from focus_analysis.report.document import Command, Document, Heading, Paragraph, Span, Table, Text, spans
from focus_analysis.report.typography import printable, set_spans, set_words, typeset


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Mieszka w lesie i z nikim", "Mieszka w~lesie i~z~nikim"),
        ("W gminie. A to?", "W~gminie. A~to?"),
        ("co do 5 km, 12 zł i 40 % osób", "co do 5~km, 12~zł i~40~% osób"),
        ("ćwiczenia o 5 rano", "ćwiczenia o~5 rano"),
        ('tak zwany "problem" u nas', "tak zwany „problem” u~nas"),
        ('"a" i "b c"', "„a” i~„b c”"),
        ('cal: 5" i koniec', 'cal: 5" i~koniec'),
        ("czterej i", "czterej i"),
        ("R1 z GOPS-u", "R1 z~GOPS-u"),
        ("nic", "nic"),
        ("", ""),
    ],
)
def test_polish_words(text, shown):
    assert set_words(text, "pl") == shown.replace("~", "\xa0")


def test_english_words():
    assert set_words('a "b" and I, 5 km', "en") == "a “b” and I, 5\xa0km"


@pytest.mark.parametrize("text", ["W „lesie” 5 km i", 'a "b" c'])
def test_words_once_set_stay(text):
    once = set_words(text, "pl")
    assert set_words(once, "pl") == once


def test_what_cannot_be_printed_is_left_out_and_letters_of_every_script_stay():
    assert printable("a\x00b\x0b\ud800ć😀ж\u200b") == "abć😀ж\u200b"


def test_names_of_files_and_commands_stay_to_the_letter():
    table = Table("i w", ("a b",), (("i w",),), verbatim=frozenset({0}))
    document = Document("i w", "", "pl", (Heading(1, "i w", "x"), Paragraph("i w"), Command("i w"), table))
    found = typeset(document)
    assert found.title == "i\xa0w"
    heading, paragraph, command, shown = found.blocks
    assert (heading.text, paragraph.text, command.text) == ("I\xa0w", "i\xa0w", "i w")
    assert (shown.caption, shown.rows) == ("i\xa0w", (("i w",),))


def test_names_of_files_and_english_names_are_told_apart():
    found = spans(set_spans("Listy COREQ i SRQR; zobacz tables/claims.csv i quotations.csv.", "pl"))
    assert found == (
        Span("Listy "),
        Span("COREQ", lang="en"),
        Span(" i\xa0"),
        Span("SRQR", lang="en"),
        Span("; zobacz "),
        Span("tables/claims.csv", "tables/claims.csv", verbatim=True),
        Span(" i\xa0"),
        Span("quotations.csv", verbatim=True),
        Span("."),
    )
    assert spans(set_spans("The COREQ list", "en")) == (Span("The COREQ list"),)
    assert type(set_spans("i nic więcej", "pl")) is str


def test_a_text_of_stretches_keeps_its_addresses_when_it_is_set():
    text = set_spans(Text(Span("sesja 1: "), Span("5 z 8", "explorer.html#a/5")), "pl")
    assert text == "sesja 1: 5 z\xa08"
    assert spans(text)[1] == Span("5 z\xa08", "explorer.html#a/5")
