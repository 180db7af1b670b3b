"""Transcripts kept as csv and xlsx."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from focus_analysis.errors import ReadError
from focus_analysis.io.readers import read_draft
from tests.io.making import as_csv, notes, said, times, workbook

TALK = [("M", "Cóż słychać?"), ("R1", "Bieda, śnieg; i łzy."), ("Łukasz K.", 'Tak mówią: „źle", no.')]


@pytest.mark.parametrize("encoding", ["cp1250", "utf-8", "utf-8-sig", "iso8859-2", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_a_csv_is_read_whatever_parts_its_columns(read, delimiter, encoding):
    talk = TALK if encoding != "iso8859-2" else [(who, text.replace("„", '"')) for who, text in TALK]
    text = as_csv([("speaker", "text"), *talk], delimiter)
    assert said(read(text, "w.csv", encoding=encoding)) == talk


def test_the_csv_of_a_polish_excel_is_read(read):
    text = "Mówca;Wypowiedź;Czas\r\nM;Cóż słychać, proszę państwa?;00:00:01\r\nR1;Bieda, żal, łzy;00:01:05,5\r\n"
    draft = read(text, "w.csv", encoding="cp1250")
    assert said(draft) == [("M", "Cóż słychać, proszę państwa?"), ("R1", "Bieda, żal, łzy")]
    assert times(draft) == [(1.0, None), (65.5, None)]
    assert draft.encoding == "cp1250"


def test_quotes_and_line_breaks_inside_a_cell_are_text(read):
    text = 'speaker,text\nM,"Tak ""dosłownie"", bieda\ni żal."\nR1,No.\n'
    assert said(read(text, "w.csv")) == [("M", 'Tak "dosłownie", bieda i żal.'), ("R1", "No.")]


@pytest.mark.parametrize("text", ["=suma", "+48 600", "- no nie", "@sołtys"])
def test_an_apostrophe_before_a_formula_sign_is_taken_off(read, text):
    assert said(read(f"speaker,text\nM,'{text}\nR1,'tak' mówi\n", "w.csv")) == [("M", text), ("R1", "'tak' mówi")]


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_rows_of_metadata_may_stand_above_the_head(read, suffix):
    rows = [
        ["Gmina", "Łoniów"],
        ["Data", "12.09.2018"],
        ["Dane", "zmyślone"],
        ["", ""],
        ["Mówca", "Wypowiedź"],
        ["M", "Cóż?"],
        ["R1", "Bieda."],
    ]
    draft = read(as_csv(rows) if suffix == "csv" else workbook(rows), f"w.{suffix}")
    assert draft.header == {"gmina": "Łoniów", "date": "12.09.2018", "data": "zmyślone"}
    assert said(draft) == [("M", "Cóż?"), ("R1", "Bieda.")]


def test_a_date_cell_above_the_head_is_an_iso_date(read):
    rows = [["Data", datetime.datetime(2018, 9, 12)], ["Mówca", "Wypowiedź"], ["M", "Cóż?"]]
    assert read(workbook(rows), "w.xlsx").header == {"date": "2018-09-12"}


def test_a_row_without_a_speaker_goes_on_with_the_turn_before(read):
    rows = [["speaker", "text", "end"], ["M", "Cóż?", 2], ["R1", "Bieda", 3], ["", "i żal.", 4.5], ["", "", ""]]
    for draft in (read(as_csv(rows), "w.csv"), read(workbook(rows), "w.xlsx")):
        assert said(draft) == [("M", "Cóż?"), ("R1", "Bieda i żal.")]
        assert times(draft) == [(None, 2.0), (None, 4.5)]


def test_rows_of_one_speaker_are_a_turn_each(read):
    assert said(read("speaker,text\nR1,Bieda.\nR1,I żal.\n", "w.csv")) == [("R1", "Bieda."), ("R1", "I żal.")]


def test_a_table_without_a_column_of_speakers_has_nobody_known(read):
    assert said(read("czas,tekst\n00:01,Bieda.\n00:02,Żal.\n", "w.csv")) == [(None, "Bieda. Żal.")]


def test_colons_and_spaces_around_a_speaker_are_taken_off(read):
    assert said(read("speaker,text\nM: , Cóż?\n R1 :,Bieda.\n", "w.csv")) == [("M", "Cóż?"), ("R1", "Bieda.")]


def test_short_rows_are_read_as_far_as_they_go(read):
    assert said(read("text,speaker,start\nCóż?,M\nBieda.,R1,00:05\n", "w.csv")) == [("M", "Cóż?"), ("R1", "Bieda.")]


def test_cells_of_a_workbook_keep_their_meaning(read):
    rows = [
        ["speaker", "text", "start", "end"],
        [1, "Cóż?", datetime.time(0, 0, 1), 2.5],
        ["R1", 500, datetime.timedelta(seconds=65), "01:07"],
        [None, 1.5, None, None],
    ]
    draft = read(workbook(rows), "w.xlsx")
    assert said(draft) == [("1", "Cóż?"), ("R1", "500 1.5")]
    assert times(draft) == [(1.0, 2.5), (65.0, 67.0)]


def test_empty_sheets_before_the_talk_are_passed_over(read):
    assert said(read(workbook([], [["speaker", "text"], ["M", "Cóż?"]]), "w.xlsx")) == [("M", "Cóż?")]


def test_all_sheets_of_talk_are_read_in_order(read):
    sheets = [[["speaker", "text"], ["M", "Cóż?"]], [["mówca", "tekst"], ["R1", "Bieda."]]]
    assert said(read(workbook(*sheets), "w.xlsx")) == [("M", "Cóż?"), ("R1", "Bieda.")]


def test_a_sheet_without_talk_is_left_out_and_reported(read):
    draft = read(workbook([["Legenda"], ["cicho"]], [["speaker", "text"], ["M", "Cóż?"]]), "w.xlsx")
    assert said(draft) == [("M", "Cóż?")]
    assert len(notes(draft, "sheet_left_out")) == 1


def test_a_quotation_mark_that_nobody_closed_is_reported(read):
    rows = "".join(f"R{number},Bieda jest wielka i nie ma u nas autobusu ani żłobka.\n" for number in range(1, 9))
    draft = read(f'speaker,text\nM,"Cóż?\n{rows}', "w.csv")
    assert [note.severity for note in draft.notes if note.key == "csv_quote"] == ["warning"]


def test_stage_notes_stay_in_the_text(read):
    assert said(read("speaker;text\nR1;(śmiech) no [niezrozumiałe]\n", "w.csv")) == [
        ("R1", "(śmiech) no [niezrozumiałe]")
    ]


@pytest.mark.parametrize("clock", ["", "wkrótce", "12.30.1.2", ":::"])
def test_a_time_that_is_none_is_missing(read, clock):
    assert times(read(f"speaker,text,start\nM,Cóż?,{clock}\nR1,No.,00:07\n", "w.csv")) == [(None, None), (7.0, None)]


def test_the_refusal_of_a_table_without_texts_names_its_columns(read):
    with pytest.raises(ReadError, match="kto, kolor") as caught:
        read("kto,kolor\nM,żółty\nR1,biały\n", "w.csv")
    assert "wypowiedz" in str(caught.value)


@pytest.mark.parametrize("content", ["speaker,text\n", "speaker,text\nM,\nR1,  \n"])
def test_a_table_without_turns_is_refused(read, content):
    with pytest.raises(ReadError):
        read(content, "w.csv")


@pytest.mark.parametrize("book", [workbook([]), workbook([["speaker", "text"]]), workbook([[None, ""], ["", None]])])
def test_a_workbook_without_turns_is_refused(read, book):
    with pytest.raises(ReadError):
        read(book, "w.xlsx")


def test_an_encrypted_workbook_is_refused_with_advice(read):
    with pytest.raises(ReadError, match="without a password"):
        read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "w.xlsx")


def test_the_tsv_of_whisper_counts_in_thousandths(read):
    draft = read("start\tend\ttext\n0\t1500\tNie ma\n1500\t2250\tnic.\n", "w.tsv")
    assert said(draft) == [(None, "Nie ma nic.")]
    assert times(draft) == [(0.0, 2.25)]


def test_another_tsv_counts_in_seconds(read):
    draft = read("speaker\tstart\tend\ttext\nM\t0\t15\tCo?\nR1\t15\t20\tNic.\n", "w.tsv")
    assert times(draft) == [(0.0, 15.0), (15.0, 20.0)]


def test_texts_that_nobody_quoted_are_read_to_their_end(read):
    draft = read("speaker,text\nM,Co słychać, proszę państwa?\nR1,Bieda, żal, łzy.\nR2,No 1,5 km.\n", "w.csv")
    assert said(draft) == [("M", "Co słychać, proszę państwa?"), ("R1", "Bieda, żal, łzy."), ("R2", "No 1,5 km.")]


def test_a_column_without_a_name_is_no_part_of_the_texts(read):
    draft = read("speaker,text\nM,Cóż?,\nR1,Bieda.,śmiech\n", "w.csv")
    assert said(draft) == [("M", "Cóż?"), ("R1", "Bieda.")]
    assert notes(draft, "cells_beyond_head") == [{"n": "1"}]


@pytest.mark.parametrize(
    ("head", "row", "columns", "severity"),
    [
        (["speaker", "text", None], ["M", "Cóż?", "bieda"], "C", "warning"),
        (["speaker", "text"], ["M", "Cóż?", None, "bieda"], "D", "warning"),
        (["", "speaker", "text"], ["17", "M", "Cóż?"], "A", "note"),
        (["speaker", "text", "uwagi", "kod"], ["M", "Cóż?", "cicho", ""], "uwagi", "note"),
    ],
)
def test_columns_that_are_not_read_are_named(read, head, row, columns, severity):
    draft = read(workbook([head, row]), "w.xlsx")
    assert said(draft) == [("M", "Cóż?")]
    assert [(note.severity, note.words) for note in draft.notes] == [(severity, (("columns", columns),))]


def test_a_cell_far_away_makes_no_large_table(read):
    rows = [["speaker", "text"], *[["M", "Cóż?"]] * 20_000, [*[""] * 100_000, "x"]]
    draft = read(as_csv(rows, ","), "w.csv")
    assert (len(draft.segments), notes(draft, "cells_beyond_head")) == (20_000, [{"n": "1"}])
    far = [["speaker", "text"], *[["M", "Cóż?"]] * 2_000, [*[None] * 16_000, "x"]]
    assert notes(read(workbook(far), "w.xlsx"), "columns_left_out") == [{"columns": "WQK"}]


def test_a_csv_names_the_columns_that_are_not_read(read):
    assert notes(read("speaker,,text\nM,bieda,Cóż?\n", "w.csv"), "columns_left_out") == [{"columns": "B"}]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.text(st.sampled_from("aą  „”–\u00a0\u200b\t\n") | st.characters(codec="utf-8"), max_size=8)))
def test_a_text_reads_the_same_whatever_stands_beside_it(tmp_path_factory, texts):
    path = tmp_path_factory.getbasetemp() / "teksty.csv"
    talk = [(f"R{number}", f"Tak {text.replace(chr(0), '')}") for number, text in enumerate(texts, 1)]
    first = [("speaker", "text"), *[("M", "Żółć?")] * 5]

    def read_beside(rows):
        path.write_bytes(as_csv([*first, *rows]).encode())
        return said(read_draft(path))[5:]

    assert read_beside(talk) == [read_beside([turn])[0] for turn in talk]


def test_rows_with_more_cells_than_the_head_are_reported(read):
    rows = "1,Co słychać, proszę państwa?,M\n2,Bieda.,R1\n3,Nie, no tak.,R2\n4,Tak.,R1,\n"
    assert notes(read(f"start,text,speaker\n{rows}", "w.csv"), "cells_beyond_head") == [{"n": "2"}]


@pytest.mark.parametrize("opened", ['M,"Cóż?', '"M,Cóż?'])
def test_rows_swallowed_by_any_cell_are_reported(read, opened):
    rows = "".join(f"R{number},Bieda, panie.\n" for number in range(1, 5))
    draft = read(f"speaker,text\nR9,Tak.\n{opened}\n{rows}", "w.csv")
    assert len(notes(draft, "csv_quote")) == 1


@pytest.mark.parametrize("row", ["r{},bieda, panie.", "r{},nie ma nic", '"r{}",tak', 'r{},"tak"', "ola,tak", "r{},"])
def test_a_quotation_mark_left_open_is_reported_with_its_line_whatever_the_rows_begin_with(read, row):
    rows = "".join(f"{row.format(number)}\n" for number in range(1, 5))
    draft = read(f'speaker,text\nr9,tak.\nm,"no i co?\n{rows}', "w.csv")
    assert [note.place for note in draft.notes if note.key == "csv_quote"] == ["3"]


def test_cells_of_several_lines_are_no_rows_swallowed(read):
    cells = ["no tak,\nale nie", 'mówią: "tak"\ni "nie"\n', "raz, dwa\r\ntrzy, cztery\r\npięć, sześć", '"\n"', "\n,"]
    draft = read(as_csv([("speaker", "text"), *(("r1", cell) for cell in cells)]), "w.csv")
    assert not notes(draft, "csv_quote")


def test_a_long_cell_that_names_many_places_is_no_cell_of_several_rows(read):
    places = "Kielce, Łódź, Kraków, Bieliny, Nowa Słupia, Łagów, " * 6
    assert not notes(read(f'speaker,text\nM,"{places}"\nR1,Tak.\n', "w.csv"), "csv_quote")


@pytest.mark.parametrize(("text", "end_s"), [("Nie ma nic.", 2.25), ("Nie ma nic. " * 200, 2250.0)])
def test_a_csv_counts_in_thousandths_where_seconds_would_be_too_slow_for_speech(read, text, end_s):
    assert times(read(f"start,end,text\n0,1500,{text}\n1500,2250,{text}\n", "w.csv")) == [(0.0, end_s)]
