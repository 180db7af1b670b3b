"""The reader is found by suffix and content; the same talk reads the same whatever it was written in."""

import csv
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from focus_analysis.errors import ReadError
from focus_analysis.io.readers import KNOWN_SUFFIXES, READERS, REFUSED, read_draft
from tests.io.making import cues, notes, paragraph, run, said, table, text_box, times, word, workbook

HEAD = ("Czas", "Mówca", "Wypowiedź")


def clock(second):
    return f"00:{second // 60:02}:{second % 60:02}"


def as_txt(talk):
    return "\n".join(f"{who}: {text}" for who, text in talk)


def as_md(talk):
    return "\n\n".join(f"**{who}:** {text}" for who, text in talk)


def as_docx(talk):
    return word(*(paragraph(run(f"{who}:", bold=True), f" {text}") for who, text in talk))


def as_docx_table(talk):
    return word(table(HEAD, *((clock(number), who, text) for number, (who, text) in enumerate(talk, 1))))


def as_csv(talk):
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=";").writerows([("mówca", "wypowiedź"), *talk])
    return buffer.getvalue().encode("cp1250")


def as_xlsx(talk):
    return workbook([("mówca", "wypowiedź"), *talk])


def as_srt(talk):
    return cues([f"{who}: {text}" for who, text in talk])


def as_vtt(talk):
    return "WEBVTT\n\n" + cues([f"<v {who}>{text}" for who, text in talk], ".")


def as_json(talk):
    return json.dumps({"segments": [{"speaker": who, "text": text} for who, text in talk]})


WRITERS = [
    ("w.txt", as_txt),
    ("w.md", as_md),
    ("w.docx", as_docx),
    ("w.docx", as_docx_table),
    ("w.csv", as_csv),
    ("w.xlsx", as_xlsx),
    ("w.srt", as_srt),
    ("w.vtt", as_vtt),
    ("w.json", as_json),
]
formats = pytest.mark.parametrize(("name", "write"), WRITERS, ids=[write.__name__[3:] for _, write in WRITERS])

words = st.text("aąbcćdeęfghjklłmnńoóprsśtuwyzźż", min_size=2, max_size=9)
ends = st.sampled_from([".", "?", "!", "…", ", no.", " (śmiech)", " [niezrozumiałe]", ": nie ma autobusu."])
texts = st.builds(lambda some, end: " ".join(some) + end, st.lists(words, min_size=1, max_size=10), ends)


def alternating(labels):
    """Talks in which every label comes again and nobody speaks twice in a row."""
    rounds = st.permutations(labels).map(lambda order: order * 3)
    return rounds.flatmap(
        lambda order: st.lists(texts, min_size=len(order), max_size=len(order)).map(
            lambda some: list(zip(order, some, strict=True))
        )
    )


talks = alternating(["M", "R1", "R2", "R13"]) | alternating(["Moderatorka", "Łukasz K.", "Pani z GOPS", "Żaneta Ś."])


@formats
@settings(deadline=None, max_examples=50)
@given(talk=talks)
def test_the_same_talk_reads_to_the_same_speakers_and_texts(read, name, write, talk):
    assert said(read(write(talk), name)) == talk


@formats
def test_every_format_names_itself(read, name, write):
    assert read(write([("M", "Cóż?"), ("R1", "Bieda.")]), name).format == name.removeprefix("w.")


@pytest.mark.parametrize("suffix", ["TXT", "Docx", "CSV", "Json"])
def test_the_case_of_a_suffix_makes_no_difference(read, suffix):
    write = {"txt": as_txt, "docx": as_docx, "csv": as_csv, "json": as_json}[suffix.lower()]
    assert said(read(write([("M", "Cóż?"), ("R1", "Bieda.")]), f"w.{suffix}")) == [("M", "Cóż?"), ("R1", "Bieda.")]


def test_the_suffixes_of_the_readers_are_the_documented_ones():
    assert {".txt", ".md", ".docx", ".odt", ".srt", ".vtt", ".csv", ".xlsx", ".json"} <= set(READERS)
    assert set(KNOWN_SUFFIXES) == {*READERS, *REFUSED}


def test_an_old_word_document_is_refused_with_advice_whatever_it_holds(tmp_path):
    path = tmp_path / "wywiad.doc"
    path.write_text("M: Cóż?\nR1: Bieda.\n", encoding="utf-8")
    with pytest.raises(ReadError, match=r"save as \.docx"):
        read_draft(path)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("w.txt", "Gmina: Oksa\nPowiat: jędrzejowski\n"),
        ("w.md", "---\n"),
        ("w.docx", word()),
        ("w.csv", "speaker,text\n"),
        ("w.xlsx", workbook([("speaker", "text")])),
    ],
)
def test_a_file_that_holds_no_turn_is_refused(read, name, content):
    if name == "w.txt":
        assert said(read(content + "\nM: Cóż?\nR1: Bieda.\n", name)) == [("M", "Cóż?"), ("R1", "Bieda.")]
    with pytest.raises(ReadError):
        read(content, name)


def test_a_table_of_time_speaker_and_text_is_read_with_its_times(read):
    rows = [HEAD, ("00:00:01", "M", "Cóż?"), ("00:01:05", "R1", "Bieda."), ("[00:01:09]", "M:", "Tak?")]
    draft = read(word(table(*rows)), "w.docx")
    assert said(draft) == [("M", "Cóż?"), ("R1", "Bieda."), ("M", "Tak?")]
    assert times(draft) == [(1.0, None), (65.0, None), (69.0, None)]


@pytest.mark.parametrize(
    "rows",
    [
        [("00:01", "M", "Co słychać?"), ("00:05", "R1", "Bieda."), ("00:09", "M", "Ach tak?"), ("00:12", "R1", "Żal.")],
        [("M", "Co słychać u państwa?"), ("R1", "Bieda jest."), ("M", "Ach tak?"), ("R1", "I nie ma autobusu.")],
        [("Lp.", "Kto", "Treść"), ("1", "M", "Co słychać?"), ("2", "R1", "Bieda.")],
        [("Mówca", "Tekst", "Uwagi"), ("M", "Co słychać?", ""), ("R1", "Bieda.", "cicho")],
    ],
)
def test_tables_of_turns_are_known_by_their_head_or_their_cells(read, rows):
    draft = read(word(paragraph("Wywiad"), table(*rows)), "w.docx")
    assert list(dict.fromkeys(speaker for speaker, _ in said(draft))) == ["M", "R1"]


def test_a_row_without_a_speaker_goes_on_with_the_turn_before(read):
    rows = [HEAD, ("00:01", "M", "Cóż?"), ("00:05", "R1", "Bieda"), ("00:09", "", "i żal.")]
    assert said(read(word(table(*rows)), "w.docx")) == [("M", "Cóż?"), ("R1", "Bieda i żal.")]


def test_all_paragraphs_of_a_cell_are_one_turn(read):
    cell = paragraph("Bieda.") + paragraph("I żal", text_box(paragraph("wielki.")))
    draft = read(word(table(("Mówca", "Tekst"), ("M", "Cóż?"), ("R1", cell))), "w.docx")
    assert said(draft) == [("M", "Cóż?"), ("R1", "Bieda. I żal wielki.")]


def test_a_header_may_stand_above_a_table_of_turns_or_in_a_table_of_its_own(read):
    turns = table(("Mówca", "Tekst"), ("M", "Cóż?"), ("R1", "Bieda."))
    above = word(paragraph("Gmina: Łoniów"), paragraph("Data: 2018-06"), turns)
    own = word(table(("Gmina", "Łoniów"), ("Data", "2018-06")), paragraph(""), turns)
    for document in (above, own):
        draft = read(document, "w.docx")
        assert draft.header == {"gmina": "Łoniów", "date": "2018-06"}
        assert said(draft) == [("M", "Cóż?"), ("R1", "Bieda.")]


def test_a_table_that_holds_a_header_may_stand_above_paragraphs_of_turns(read):
    head = table(("Gmina", "Łoniów"), ("Powiat", "sandomierski"), ("Moderator", "M"))
    draft = read(word(head, paragraph("M: Cóż?"), paragraph("R1: Bieda."), paragraph("I żal.")), "w.docx")
    assert draft.header == {"gmina": "Łoniów", "powiat": "sandomierski", "moderator": "M"}
    assert said(draft) == [("M", "Cóż?"), ("R1", "Bieda. I żal.")]


def test_the_keys_of_a_table_may_have_colons_and_its_cells_a_roster(read):
    roster = paragraph("R1 – GOPS") + paragraph("R2 – PCPR")
    head = table(("Gmina:", "Łoniów"), ("Data:", "2018-06"), ("Uczestnicy:", roster))
    draft = read(word(head, paragraph("M: Cóż?"), paragraph("R1: Bieda.")), "w.docx")
    assert draft.header == {"gmina": "Łoniów", "date": "2018-06"}
    assert [(one.label, one.institution) for one in draft.roster] == [("R1", "GOPS"), ("R2", "PCPR")]
    assert said(draft) == [("M", "Cóż?"), ("R1", "Bieda.")]


def test_two_tables_of_turns_are_one_talk(read):
    one = table(HEAD, ("00:01", "M", "Cóż?"), ("00:05", "R1", "Bieda."))
    other = table(HEAD, ("10:01", "M", "Tak?"), ("10:05", "R2", "Żal."))
    draft = read(word(one, paragraph(""), other), "w.docx")
    assert said(draft) == [("M", "Cóż?"), ("R1", "Bieda."), ("M", "Tak?"), ("R2", "Żal.")]
    assert times(draft) == [(1.0, None), (5.0, None), (601.0, None), (605.0, None)]


def test_a_table_inside_a_turn_is_text_of_that_turn(read):
    inside = table(("rok", "liczba", "uwagi"), ("2017", "żłobków", "zero"))
    draft = read(word(paragraph("M: Cóż?"), paragraph("R1: Proszę:"), inside, paragraph("M: Tak?")), "w.docx")
    assert said(draft) == [("M", "Cóż?"), ("R1", "Proszę: rok liczba uwagi 2017 żłobków zero"), ("M", "Tak?")]


def test_what_a_document_leaves_out_is_reported_beside_a_table_too(read):
    numbered = f'<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>{run("Wstęp")}</w:p>'
    turns = table(("Mówca", "Tekst"), ("M", "Cóż?"), ("R1", "Bieda."))
    assert notes(read(word(numbered, turns), "w.docx"), "numbering_left_out") == [{"n": "1"}]


def test_labels_of_the_speakers_table_reach_lines_and_subtitles(read):
    talk = [("M", "Cóż?"), ("R1", "Bieda."), ("Dróżnik", "Żal."), ("M", "Tak?"), ("R2", "No.")]
    for name, write in (("w.txt", as_txt), ("w.docx", as_docx), ("w.srt", as_srt)):
        assert said(read(write(talk), name, known=("Dróżnik",))) == talk
