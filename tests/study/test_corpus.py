from html.parser import HTMLParser

import pandas as pd
import pytest

from focus_analysis.corpus import Corpus
from focus_analysis.errors import ArgumentError, SchemaError
from focus_analysis.schemas import SESSIONS, SPEAKERS, TURNS, Finding

HOSTILE = '<script>alert("ą")</script> & <b>'
PLACES = [
    ("oksa", "Oksa", "2602052", "jędrzejowski", "świętokrzyskie", "2018-08-29"),
    ("bieliny", "Bieliny", "2604012", "kielecki", "świętokrzyskie", None),
    ("krempna", "Krempna", "1805062", "jasielski", "podkarpackie", "2018-09"),
    ("gdzieś", None, None, None, None, None),
]


def frames(places=PLACES, text="Nie ma autobusu."):
    sessions = [
        {
            "session_id": session_id,
            "gmina": gmina,
            "teryt": teryt,
            "powiat": powiat,
            "voivodeship": voivodeship,
            "date": date,
            "language": "pl",
            "source": f"{session_id}.txt",
            "sha256": "0" * 64,
            "invented": True,
            "anonymised": False,
            "n_participants": 1,
        }
        for session_id, gmina, teryt, powiat, voivodeship, date in places
    ]
    people = [
        {
            "session_id": place[0],
            "speaker": speaker,
            "role": role,
            "institution": None,
            "in_roster": True,
            "n_turns": 1,
            "n_words": 3,
        }
        for place in places
        for speaker, role in (("M", "moderator"), ("R1", "participant"))
    ]
    turns = [
        {
            "session_id": place[0],
            "turn": turn,
            "speaker": speaker,
            "role": role,
            "question": None,
            "start_s": None,
            "end_s": None,
            "text": text,
            "n_words": 3,
        }
        for place in places
        for turn, speaker, role in ((1, "M", "moderator"), (2, "R1", "participant"))
    ]
    return (
        pd.DataFrame(sessions, columns=SESSIONS.names),
        pd.DataFrame(people, columns=SPEAKERS.names),
        pd.DataFrame(turns, columns=TURNS.names),
    )


def corpus(places=PLACES, text="Nie ma autobusu.", **more):
    return Corpus(*frames(places, text), **more)


class _Reader(HTMLParser):
    def __init__(self, page):
        super().__init__()
        self.tags, self.text = set(), ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)

    def handle_data(self, data):
        self.text += data


@pytest.mark.parametrize("table", ["sessions", "speakers", "turns"])
def test_frames_handed_out_are_copies(table):
    study = corpus()
    frame = getattr(study, table)
    frame["session_id"] = "zmienione"
    frame.loc[0, "session_id"] = "też"
    assert set(getattr(study, table)["session_id"]) == {"oksa", "bieliny", "krempna", "gdzieś"}


def test_frames_taken_in_are_copies():
    sessions, speakers, turns = frames()
    study = Corpus(sessions, speakers, turns)
    turns.loc[0, "text"] = "zmieniony"
    turns["speaker"] = "nikt"
    assert study.turns["text"][0] == "Nie ma autobusu."
    assert study.turns["speaker"][0] == "M"


@pytest.mark.parametrize("name", ["sessions", "turns", "notes", "history", "_frames", "nowe"])
def test_nothing_of_a_corpus_can_be_set_or_deleted(name):
    study = corpus()
    with pytest.raises(AttributeError):
        setattr(study, name, None)
    with pytest.raises(AttributeError):
        delattr(study, name)
    assert len(study.turns) == 8


def test_notes_and_history_are_tuples():
    study = corpus(notes=[Finding("no_speakers", "warning", "oksa.txt")], history=["zapisano"])
    assert study.notes == (Finding("no_speakers", "warning", "oksa.txt"),)
    assert study.history == ("zapisano",)


def test_a_table_that_breaks_its_schema_is_refused():
    sessions, speakers, turns = frames()
    with pytest.raises(SchemaError, match="table turns, column role, row 1: 'gość' is not allowed"):
        Corpus(sessions, speakers, turns.assign(role=["moderator", "gość"] * 4))


@pytest.mark.parametrize(
    ("values", "kept"),
    [
        ({"voivodeship": "świętokrzyskie"}, ["oksa", "bieliny"]),
        ({"gmina": ["Oksa", "Krempna"]}, ["oksa", "krempna"]),
        ({"voivodeship": "świętokrzyskie", "powiat": "kielecki"}, ["bieliny"]),
        ({"teryt": "1805062"}, ["krempna"]),
        ({"date": {"2018-09"}}, ["krempna"]),
        ({"invented": [True]}, ["oksa", "bieliny", "krempna", "gdzieś"]),
        ({}, ["oksa", "bieliny", "krempna", "gdzieś"]),
    ],
)
def test_where_keeps_the_sessions_of_these_values_with_their_speakers_and_turns(values, kept):
    study = corpus().where(**values)
    assert study.sessions["session_id"].tolist() == kept
    assert study.speakers["session_id"].tolist() == [name for name in kept for _ in "MR"]
    assert study.turns["session_id"].tolist() == [name for name in kept for _ in "MR"]
    assert study.turns.index.tolist() == list(range(2 * len(kept)))


def test_where_makes_a_new_corpus_and_tells_what_was_done():
    notes = [Finding("no_speakers", "warning", "oksa.txt"), Finding("no_speakers", "warning", "krempna.txt")]
    whole = corpus(notes=notes, history=["read_corpus: 4 files"])
    part = whole.where(gmina="Oksa")
    assert (len(whole), len(part)) == (4, 1)
    assert [note.file for note in part.notes] == ["oksa.txt"]
    assert part.history[0] == "read_corpus: 4 files"
    assert "gmina" in part.history[1]
    assert "Oksa" in part.history[1]


def test_where_an_unknown_column_names_those_there_are():
    with pytest.raises(ArgumentError, match=r"sessions have no column 'region'; there are: session_id, gmina, teryt"):
        corpus().where(region="podkarpackie")


def test_a_session_is_found_by_its_id():
    transcript = corpus().session("krempna")
    assert transcript.turns["session_id"].tolist() == ["krempna", "krempna"]
    assert transcript.speakers["speaker"].tolist() == ["M", "R1"]
    assert repr(transcript) == "  1 M: Nie ma autobusu.\n  2 R1: Nie ma autobusu."


def test_an_unknown_session_names_those_there_are():
    with pytest.raises(ArgumentError, match="no session 'Oksa'; there are: oksa, bieliny, krempna, gdzieś"):
        corpus().session("Oksa")


def test_a_corpus_says_how_large_it_is():
    assert repr(corpus()) == "Corpus(4 sessions, 8 speakers, 8 turns, 24 words)"
    assert len(corpus()) == 4


def test_findings_speak_the_language_asked_for():
    study = corpus(notes=[Finding("no_speakers", "warning", "oksa.txt")])
    assert study.findings_in("pl")["what"].tolist() == ["plik nie mówi, kto mówi"]
    assert study.findings_in("en")["what"].tolist() == ["the file does not say who speaks"]
    assert study.findings_in("en")[["file", "severity"]].to_numpy().tolist() == [["oksa.txt", "warning"]]


@pytest.mark.parametrize(("locale", "what"), [("pl_PL.UTF-8", "plik nie mówi"), ("de_DE.UTF-8", "the file does not")])
def test_findings_speak_the_language_of_the_locale(monkeypatch, locale, what):
    monkeypatch.setenv("LC_ALL", locale)
    study = corpus(notes=[Finding("no_speakers", "warning", "oksa.txt")])
    assert study.findings["what"].item().startswith(what)
    assert what in study._repr_html_()


def test_in_a_notebook_it_shows_its_regions_and_what_needs_a_look():
    notes = [Finding("no_speakers", "warning", "oksa.txt"), Finding("label_note", "note", "krempna.txt")]
    page = _Reader(corpus(notes=notes)._repr_html_()).text
    assert "4 grupy, 8 mówców, 8 wypowiedzi, 24 słowa" in page
    rows = [line.split() for line in page.replace("\n", " ").split("  ") if line.strip()]
    assert ["świętokrzyskie"] in rows
    assert ["nieznane"] in rows
    assert "oksa.txt" in page
    assert "krempna.txt" not in page


def test_in_a_notebook_a_long_list_of_findings_is_cut_and_says_so():
    page = _Reader(corpus(notes=[Finding("no_speakers", "warning", f"f{n}.txt") for n in range(23)])._repr_html_()).text
    assert "f19.txt" in page
    assert "f20.txt" not in page
    assert "i jeszcze 3" in page


def test_hostile_text_in_a_transcript_is_shown_and_not_run():
    sessions, speakers, turns = frames(PLACES[:1], HOSTILE)
    speakers["speaker"] = turns["speaker"] = ["M", HOSTILE]
    sessions["gmina"] = sessions["powiat"] = HOSTILE
    page = _Reader(Corpus(sessions, speakers, turns).session("oksa")._repr_html_())
    assert page.text.count(HOSTILE) == 5  # gmina, powiat, one speaker, two texts
    assert page.tags == {"p", "b", "table", "tr", "td"}


def test_hostile_names_in_a_corpus_are_shown_and_not_run():
    sessions, speakers, turns = frames(PLACES[:1])
    sessions["voivodeship"] = HOSTILE
    notes = [
        Finding("no_such_path", "warning", HOSTILE),
        Finding("institution_unknown", "warning", "a.txt", "R1", (("institution", HOSTILE),)),
    ]
    page = _Reader(Corpus(sessions, speakers, turns, notes)._repr_html_())
    assert page.text.count(HOSTILE) == 3
    assert "script" not in page.tags


def test_a_transcript_is_headed_by_its_place_and_date():
    assert "oksa (Oksa, jędrzejowski, świętokrzyskie, 2018-08-29)" in corpus().session("oksa")._repr_html_()
    assert "<b>gdzieś</b>" in corpus().session("gdzieś")._repr_html_()
