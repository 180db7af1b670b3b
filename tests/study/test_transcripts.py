"""A corpus written in each format reads back to the same turns, speakers, times and sessions."""

import docx
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from focus_analysis import read_corpus, write_transcripts
from focus_analysis.errors import ArgumentError
from tests.builders import corpus, group

FORMATS = ("docx", "csv", "xlsx", "vtt", "tei")
words = st.text("aąbcćdeęfghjklłmnńoóprsśtuwyzźż", min_size=2, max_size=9)
ends = st.sampled_from(
    [".", "?", "!", "…", ", no.", " (śmiech)", " [niezrozumiałe]", ": nie ma autobusu.", " <3 & -->"]
)
texts = st.builds(lambda some, end: " ".join(some) + end, st.lists(words, min_size=1, max_size=10), ends)
people = st.sampled_from([["M", "R1", "R2", "R13"], ["Moderatorka", "Łukasz K.", "Pani z GOPS", "Żaneta Ś."]])


@st.composite
def groups(draw):
    """A session whose people speak in turn, in order of time, some of them in the roster."""
    labels = draw(people)
    order = draw(st.permutations(labels)) * 2
    spoken = [(who, draw(texts)) for who in order]
    session = group(
        "próba",
        *(f"{who}: {text}" for who, text in spoken),
        roster=tuple(draw(st.sets(st.sampled_from(labels[1:])))),
        moderator=labels[0],
        gmina="Bieliny",
        powiat="kielecki",
        voivodeship="świętokrzyskie",
        invented=draw(st.booleans()),
    )
    starts = sorted(draw(st.sets(st.integers(0, 9_000_000), min_size=len(order), max_size=len(order))))
    for turn, start in zip(session["turns"], starts, strict=True):
        turn["start_s"], turn["end_s"] = start / 1000, start / 1000 + draw(st.integers(1, 3000)) / 1000
    return session


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    return lambda: tmp_path_factory.mktemp("zapis")


@pytest.mark.parametrize("format", FORMATS)
@settings(deadline=None, max_examples=25)
@given(session=groups())
def test_a_corpus_comes_back_as_it_was(folders, format, session):
    written = corpus(session)
    folder = folders()
    (path,) = write_transcripts(written, folder, format)
    back = read_corpus(folder)
    turns = ["session_id", "turn", "speaker", "role", "text", "n_words"]
    assert back.turns[turns].equals(written.turns[turns].assign(n_words=back.turns["n_words"]))
    assert list(back.turns["start_s"]) == pytest.approx(list(written.turns["start_s"]), abs=1e-3)
    if format != "docx":
        assert list(back.turns["end_s"]) == pytest.approx(list(written.turns["end_s"]), abs=1e-3)
    who = ["speaker", "role", "in_roster"]
    assert sorted(map(tuple, back.speakers[who].to_numpy())) == sorted(map(tuple, written.speakers[who].to_numpy()))
    place = ["session_id", "gmina", "teryt", "powiat", "voivodeship", "date", "invented", "anonymised"]
    assert back.sessions[place].equals(written.sessions[place])
    assert path.is_file()


@pytest.mark.parametrize("format", ["docx", "csv", "xlsx", "tei"])
def test_turns_without_times_stay_without(tmp_path, format):
    write_transcripts(corpus(group("s", "M: Co?", "R1: Nic.")), tmp_path, format)
    assert read_corpus(tmp_path).turns["start_s"].isna().all()


def test_vtt_needs_times_and_says_so_before_it_writes(tmp_path):
    with pytest.raises(ArgumentError, match="session s has turns without times"):
        write_transcripts(corpus(group("s", "M: Co?")), tmp_path / "nowy", "vtt")
    assert not (tmp_path / "nowy").exists()


@pytest.mark.parametrize("format", ["docx", "csv", "xlsx", "tei"])
def test_two_turns_of_one_speaker_in_a_row_stay_two(tmp_path, format):
    write_transcripts(corpus(group("s", "M: Co?", "R1: Nic.", "R1: A jednak.", "M: Tak?")), tmp_path, format)
    assert list(read_corpus(tmp_path).turns["speaker"]) == ["M", "R1", "R1", "M"]


@pytest.mark.parametrize("format", ["docx", "csv", "xlsx", "tei"])
def test_talk_of_nobody_known_comes_back(tmp_path, format):
    write_transcripts(corpus(group("s", "unknown: Nie wiadomo kto.", roles_known=False)), tmp_path, format)
    back = read_corpus(tmp_path)
    assert list(back.turns["speaker"]) == ["unknown"]
    assert list(back.turns["text"]) == ["Nie wiadomo kto."]


def test_a_document_has_a_paragraph_a_turn_with_the_label_in_bold(tmp_path):
    (path,) = write_transcripts(corpus(group("s", "M: Co?", "R1: Nic.", gmina="Oksa", invented=True)), tmp_path)
    paragraphs = docx.Document(str(path)).paragraphs
    shown = [paragraph.text for paragraph in paragraphs]
    assert shown[-2:] == ["M: Co?", "R1: Nic."]
    assert {"Gmina: Oksa", "Data: 2018-09-12", "Moderator: M", "Dane: zmyślone"} <= set(shown)
    assert [run.text for run in paragraphs[-1].runs if run.bold] == ["R1"]


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_no_text_becomes_a_formula(tmp_path, format):
    (path,) = write_transcripts(corpus(group("s", "M: =1+1", "R1: @SUM(A1)", "M: +48 600")), tmp_path, format)
    if format == "xlsx":
        sheet = openpyxl.load_workbook(path).worksheets[0]
        assert {cell.data_type for cell in sheet["E"]} == {"s"}
    else:
        assert "'=1+1" in path.read_text(encoding="utf-8")
    assert list(read_corpus(tmp_path).turns["text"]) == ["=1+1", "@SUM(A1)", "+48 600"]


def test_what_markup_means_is_escaped(tmp_path):
    text = "<b>&amp; ]]> --> </u> \x0b\ufffe"
    session = group("s", f"M: {text}", "R1: Nic.")
    for turn, start in zip(session["turns"], (1.0, 2.0), strict=True):
        turn["start_s"] = start
    for format in ("vtt", "tei", "docx"):
        folder = tmp_path / format
        (path,) = write_transcripts(corpus(session), folder, format)
        assert read_corpus(folder).turns["text"].iloc[0].startswith("<b>&amp; ]]> --> </u>")
        if format == "tei":
            assert etree.parse(str(path)).getroot().tag.endswith("TEI")


@pytest.mark.parametrize(
    ("session", "name"),
    [
        ("a/b", "a_b.csv"),
        ('a:b*?"<>|', "a_b______.csv"),
        ("CON", "_CON.csv"),
        ("README", "_README.csv"),
        ("sessions", "_sessions.csv"),
        (".ukryta", "ukryta.csv"),
        ("x" * 300, "x" * 120 + ".csv"),
        ("…", "….csv"),
        ("..", "_.csv"),
    ],
)
def test_every_session_gets_a_name_that_systems_take_and_keeps_its_id(tmp_path, session, name):
    (path,) = write_transcripts(corpus(group(session, "M: Co?", "R1: Nic.")), tmp_path, "csv")
    assert path.name == name
    assert list(read_corpus(tmp_path).sessions["session_id"]) == [session]


def test_sessions_whose_names_collide_are_told_apart(tmp_path):
    paths = write_transcripts(corpus(group("A/b", "M: Co?"), group("a:B", "M: Jak?")), tmp_path, "csv")
    assert [path.name for path in paths] == ["A_b.csv", "a_B-2.csv"]
    assert list(read_corpus(tmp_path).sessions["session_id"]) == ["A/b", "a:B"]


@pytest.mark.parametrize("there", ["s.docx", "sessions.csv", "speakers.csv"])
def test_nothing_is_overwritten(tmp_path, there):
    (tmp_path / there).write_text("moje")
    with pytest.raises(ArgumentError, match=there):
        write_transcripts(corpus(group("s", "M: Co?")), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [there]


def test_an_unknown_format_is_refused(tmp_path):
    with pytest.raises(ArgumentError, match=r"docx, csv, xlsx, vtt, tei; not 'pdf'"):
        write_transcripts(corpus(group("s", "M: Co?")), tmp_path, "pdf")
