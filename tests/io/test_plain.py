"""Lines of txt and Markdown."""

import pytest

from focus_analysis.errors import ReadError
from focus_analysis.io.opening import TranscriptFile
from focus_analysis.io.plain import read_md, read_txt
from tests.io.making import said


@pytest.fixture
def lines_of(tmp_path):
    def read(text, suffix):
        path = tmp_path / f"wywiad{suffix}"
        path.write_bytes(text.encode())
        lines, _ = (read_md if suffix == ".md" else read_txt)(TranscriptFile(path))
        return lines

    return read


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_of_a_text_file_are_numbered_whatever_ends_them(lines_of, end):
    lines = lines_of(end.join(["M: Dzień dobry.", "", "R1: Bieda.", ""]), ".txt")
    assert [(line.number, line.text) for line in lines if line.text] == [(1, "M: Dzień dobry."), (3, "R1: Bieda.")]


def test_the_encoding_of_a_text_file_is_handed_on(tmp_path):
    path = tmp_path / "wywiad.txt"
    path.write_bytes("R1: Wieś, łąka.".encode("iso8859-2"))
    lines, encoding = read_txt(TranscriptFile(path))
    assert ([line.text for line in lines], encoding) == (["R1: Wieś, łąka."], "iso8859-2")


@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_an_empty_file_is_refused(lines_of, suffix):
    with pytest.raises(ReadError, match="empty"):
        lines_of("\n\n", suffix)


@pytest.mark.parametrize(
    ("source", "text", "bold"),
    [
        ("**R1:** Nie ma.", "R1: Nie ma.", 3),
        ("__R1__: Nie ma.", "R1: Nie ma.", 2),
        ("R1: **Nie** ma.", "R1: Nie ma.", 0),
        ("Nie *ma* `nic`.", "Nie ma nic.", 0),
        ("## Część druga", "Część druga", 11),
        ("- R1: Nie ma.", "R1: Nie ma.", 0),
        ("> R1: Nie ma.", "R1: Nie ma.", 0),
        ("    R1: Nie ma.", "R1: Nie ma.", 0),
        ("R1: [niezrozumiałe] tak (śmiech)", "R1: [niezrozumiałe] tak (śmiech)", 0),
        (r"\[00:12:31\] R1: Tak.", "[00:12:31] R1: Tak.", 0),
        ("R1: 3 < 5 & 2 > 1, P&R", "R1: 3 < 5 & 2 > 1, P&R", 0),
    ],
)
def test_marks_of_markdown_go_and_words_stay(lines_of, source, text, bold):
    (line,) = lines_of(source, ".md")
    assert (line.text, line.bold) == (text, bold)


def test_paragraphs_and_line_breaks_of_markdown_are_lines_with_their_numbers(lines_of):
    lines = lines_of("M: Co słychać?\nR1: Bieda.\n\nR2: Żal.\n", ".md")
    assert [(line.number, line.text) for line in lines] == [(1, "M: Co słychać?"), (2, "R1: Bieda."), (4, "R2: Żal.")]


def test_an_underlined_paragraph_is_no_heading(read):
    draft = read("M: Dzień dobry.\n---\nR1: Bieda.\n===\n\nM: Tak?\n", "wywiad.md")
    assert [speaker for speaker, _ in said(draft)] == ["M", "R1", "M"]
    assert said(draft)[0] == ("M", "Dzień dobry.")


def test_a_list_of_turns_in_markdown_reads_as_turns(read):
    assert said(read("- M: Co?\n- R1: Bieda.\n- M: Tak?\n", "wywiad.md")) == [
        ("M", "Co?"),
        ("R1", "Bieda."),
        ("M", "Tak?"),
    ]


def test_a_header_in_bold_markdown_is_read(read):
    draft = read("# Wywiad\n\n**Gmina:** Łoniów\n**Data:** 12.09.2018\n\n**M:** Dzień dobry.\n\n**R1:** Tak.\n", "w.md")
    assert draft.header == {"gmina": "Łoniów", "date": "12.09.2018"}
    assert said(draft) == [("M", "Dzień dobry."), ("R1", "Tak.")]


def test_a_table_of_turns_in_markdown_is_read_with_its_times(read):
    rows = ["| Czas | Mówca | Wypowiedź |", "|---|---|---|", "| 00:01 | **M** | Cóż? |", "| 01:05 | R1 | Bieda. |"]
    draft = read("# Wywiad\n\nGmina: Łoniów\n\n" + "\n".join(rows) + "\n\nKoniec.\n", "w.md")
    assert said(draft) == [("M", "Cóż?"), ("R1", "Bieda. Koniec.")]
    assert [segment.start_s for segment in draft.segments] == [1.0, 65.0]
    assert draft.header == {"gmina": "Łoniów"}


def test_a_table_inside_a_turn_of_markdown_is_text_of_that_turn(read):
    text = "**M:** Ile?\n\n**R1:** Proszę:\n\n| rok | żłobków |\n|---|---|\n| 2017 | zero |\n\n**M:** Tak?\n"
    assert said(read(text, "w.md")) == [("M", "Ile?"), ("R1", "Proszę: rok żłobków 2017 zero"), ("M", "Tak?")]


def test_whoever_interrupts_is_named_without_the_word(read):
    text = "#### Poseł Jan Kos:\n\nNie.\n\n> *Poseł Anna Wrona interrupts:* Tak!\n\n#### Poseł Jan Kos:\n\nAleż.\n\n"
    draft = read(text + "> *Poseł Anna Wrona przerywa:* Nie!\n", "w.md")
    assert said(draft) == [
        ("Poseł Jan Kos", "Nie."),
        ("Poseł Anna Wrona", "Tak!"),
        ("Poseł Jan Kos", "Ależ."),
        ("Poseł Anna Wrona", "Nie!"),
    ]
