import hashlib
import unicodedata

import pandas as pd
import pytest

from focus_analysis.errors import ReadError
from focus_analysis.io.corpora import read_corpus

HEADER = "Gmina: Bieliny\nPowiat: kielecki\nData: 12.09.2018\nModerator: Moderator\n\n"
ROSTER = "Gmina: Bieliny\nUczestnicy:\nR1 – GOPS\nR2 – Policja\nR3 – sołtys\n\n"


def session(corpus, session_id=None):
    sessions = corpus.sessions if session_id is None else corpus.where(session_id=session_id).sessions
    (row,) = sessions.to_dict("records")
    return {name: None if pd.isna(value) else value for name, value in row.items()}


def roles(corpus, session_id=None):
    speakers = corpus.speakers if session_id is None else corpus.where(session_id=session_id).speakers
    return dict(zip(speakers["speaker"], speakers["role"], strict=True))


def keys(corpus, severity=None):
    return [note.key for note in corpus.notes if severity in (None, note.severity)]


def test_a_file_becomes_sessions_speakers_and_turns(study, talk):
    folder = study({"grupa.txt": HEADER + talk})
    corpus = read_corpus(folder / "grupa.txt")
    found = session(corpus)
    assert found == {
        "session_id": "grupa",
        "gmina": "Bieliny",
        "teryt": "2604012",
        "powiat": "kielecki",
        "voivodeship": "świętokrzyskie",
        "date": "2018-09-12",
        "language": "pl",
        "source": "grupa.txt",
        "sha256": hashlib.sha256((HEADER + talk).encode()).hexdigest(),
        "invented": False,
        "anonymised": False,
        "n_participants": None,
    }
    speakers = corpus.speakers[["speaker", "role", "n_turns", "n_words"]]
    assert speakers.to_numpy().tolist() == [
        ["Moderator", "moderator", 2, 7],
        ["R1", "participant", 2, 6],
        ["R2", "participant", 1, 8],
    ]
    turns = corpus.turns
    assert turns["turn"].tolist() == [1, 2, 3, 4, 5]
    assert turns["speaker"].tolist() == ["Moderator", "R1", "R2", "Moderator", "R1"]
    assert turns["role"].tolist() == ["moderator", "participant", "participant", "moderator", "participant"]
    assert turns["text"][2] == "Nie ma autobusu, a do lekarza trzeba jechać."
    assert turns["n_words"].tolist() == [5, 3, 8, 2, 3]
    assert turns[["question", "start_s", "end_s"]].isna().all(axis=None)
    assert corpus.history == ("read_corpus: 1 files",)


def test_the_header_wins_over_the_file_name(study, talk):
    corpus = read_corpus(study({"oksa.txt": HEADER + talk}))
    assert session(corpus)["gmina"] == "Bieliny"
    assert "gmina_from_name" not in keys(corpus)


def test_without_table_and_header_the_file_name_tells_the_gmina(study, talk):
    corpus = read_corpus(study({"oksa.txt": talk}))
    assert (session(corpus)["gmina"], session(corpus)["teryt"]) == ("Oksa", "2602052")
    assert "gmina_from_name" in keys(corpus, "warning")


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_the_tables_beside_the_transcripts_win_over_the_header(study, workbook, talk, suffix):
    sessions = [
        ["file", "session_id", "gmina", "powiat", "date", "invented", "anonymised", "language"],
        ["oksa.txt", "G7", "Łoniów", "sandomierski", "2018-08-27", "tak", "tak", "en"],
    ]
    speakers = [
        ["session_id", "speaker", "role", "institution"],
        ["G7", "R1", "moderator", ""],
        ["G7", "R2", "", "PUP"],
    ]
    folder = study({"oksa.txt": HEADER + talk})
    for name, rows in (("sessions", sessions), ("speakers", speakers)):
        path = folder / f"{name}.{suffix}"
        if suffix == "xlsx":
            workbook(path, *rows)
        else:
            path.write_text("\n".join(",".join(row) for row in rows), encoding="utf-8")
    corpus = read_corpus(folder)
    found = session(corpus)
    assert [found[name] for name in ("session_id", "gmina", "powiat", "voivodeship", "date")] == [
        "G7",
        "Łoniów",
        "sandomierski",
        "świętokrzyskie",
        "2018-08-27",
    ]
    assert (found["invented"], found["anonymised"], found["language"]) == (True, True, "en")
    assert roles(corpus)["R1"] == "moderator"
    assert dict(zip(corpus.speakers["speaker"], corpus.speakers["institution"], strict=True))["R2"] == "pup"


def test_what_the_speakers_table_says_of_a_person_wins_over_the_roster_of_the_header(study, talk):
    table = "file,speaker,role,institution\na.txt,R1,moderator,\na.txt,R2,participant,PUP\na.txt,R3,participant,WTZ\n"
    corpus = read_corpus(study({"a.txt": ROSTER + talk, "speakers.csv": table}))
    people = corpus.speakers.set_index("speaker")
    assert people.loc[["R1", "R2", "R3"], "role"].tolist() == ["moderator", "participant", "participant"]
    assert people.loc[["R2", "R3"], "institution"].tolist() == ["pup", "day_centre"]
    assert session(corpus)["n_participants"] == 2


def test_an_empty_cell_of_the_table_leaves_the_header_its_word(study, talk):
    tables = {"sessions.csv": "file,gmina,date,powiat\noksa.txt,,2018-08,\n"}
    found = session(read_corpus(study({"oksa.txt": HEADER + talk, **tables})))
    assert (found["gmina"], found["date"]) == ("Bieliny", "2018-08")


def test_semicolons_and_cp1250_from_excel_are_read(study, talk):
    tables = {
        "sessions.csv": "plik;gmina;województwo;data\r\ng.txt;Łoniów;świętokrzyskie;27.08.2018\r\n".encode("cp1250"),
        "speakers.csv": "plik;mówca;rola;instytucja\r\ng.txt;R1;uczestniczka;straż pożarna\r\n".encode("cp1250"),
    }
    corpus = read_corpus(study({"g.txt": talk, **tables}))
    assert (session(corpus)["teryt"], session(corpus)["date"]) == ("2609052", "2018-08-27")
    assert corpus.speakers.set_index("speaker")["institution"]["R1"] == "fire_brigade"


def test_tables_of_the_nearest_folder_count(study, talks):
    folder = study(
        {
            "sessions.csv": "file,gmina\na.txt,Oksa\npodkarpackie/b.txt,Bieliny\nswieto/c.txt,Mirzec\n",
            "a.txt": talks("a"),
            "podkarpackie/sessions.csv": "file,gmina\nb.txt,Krempna\n",
            "podkarpackie/b.txt": talks("b"),
            "swieto/c.txt": talks("c"),
        }
    )
    sessions = read_corpus(folder).sessions
    assert dict(zip(sessions["session_id"], sessions["gmina"], strict=True)) == {
        "a": "Oksa",
        "b": "Krempna",
        "c": "Mirzec",
    }


def test_tables_above_the_folder_asked_for_are_not_used(study, talk):
    folder = study({"sessions.csv": "file,gmina\nb.txt,Oksa\n", "sub/b.txt": talk})
    assert session(read_corpus(folder / "sub"))["gmina"] is None


def test_tables_given_by_hand_win_over_those_beside(study, talk):
    folder = study({"b.txt": talk, "sessions.csv": "file,gmina\nb.txt,Oksa\n"})
    other = study({"moje.csv": "file,gmina\nb.txt,Mirzec\n", "kto.csv": "file,speaker,role\nb.txt,R2,moderator\n"}, "t")
    corpus = read_corpus(folder, sessions=other / "moje.csv", speakers=str(other / "kto.csv"))
    assert session(corpus)["gmina"] == "Mirzec"
    assert roles(corpus) == {"R2": "moderator", "Moderator": "moderator", "R1": "participant"}


def test_stems_that_collide_become_paths(study, talks):
    folder = study(
        {
            "podkarpackie/g1.txt": talks("podkarpackie/g1.txt"),
            "świętokrzyskie/g1.txt": talks("świętokrzyskie/g1.txt"),
            "g2.txt": talks("g2.txt"),
        }
    )
    assert read_corpus(folder).sessions["session_id"].tolist() == ["g2", "podkarpackie/g1", "świętokrzyskie/g1"]


def test_paths_that_collide_keep_their_suffix(study, talks):
    folder = study({"g1.txt": talks("g1.txt"), "g1.md": talks("g1.md")})
    assert sorted(read_corpus(folder).sessions["session_id"]) == ["g1.md", "g1.txt"]


def test_a_session_id_that_another_file_has_is_an_error_and_the_first_stays(study, talks):
    folder = study(
        {"a.txt": talks("a.txt"), "b.txt": talks("b.txt"), "sessions.csv": "file,session_id\na.txt,G1\nb.txt,G1\n"}
    )
    corpus = read_corpus(folder)
    assert corpus.sessions[["session_id", "source"]].to_numpy().tolist() == [["G1", "a.txt"]]
    assert [(note.key, note.file) for note in corpus.notes if note.severity == "error"] == [("session_twice", "b.txt")]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("zły.txt", b"", "empty"),
        ("zły.docx", b"to nie jest Word", "broken Word"),
        ("zły.doc", b"\xd0\xcf\x11\xe0", "old Word document"),
        ("zły.xlsx", b"PK", "broken workbook"),
        ("zły.json", b"{", "broken json"),
        ("zły.csv", "a,b\nć,d\n".encode(), "no column of texts"),
        ("zły.srt", b"tekst", "no cue"),
        ("zły.txt", b"\x00\x01\x02\x03\xff" * 50, "not text"),
        ("zły.txt", b"Gmina: Oksa\n", "no turn"),
    ],
)
def test_one_bad_file_alone_raises_and_in_a_folder_the_others_go_on(study, talk, name, content, reason):
    folder = study({name: content})
    with pytest.raises(ReadError, match=rf"{name}.*{reason}"):
        read_corpus(folder / name)
    with pytest.raises(ReadError, match=rf"{name}.*{reason}"):
        read_corpus(folder)
    study({"dobry.txt": talk})
    corpus = read_corpus(folder)
    assert corpus.sessions["session_id"].tolist() == ["dobry"]
    errors = corpus.findings_in("en").query("severity == 'error'")
    assert errors["file"].tolist() == [name]
    assert reason in errors["what"].item()
    assert errors["how"].item()


def test_when_all_are_bad_each_is_named(study):
    with pytest.raises(ReadError, match=r"none of 2 files could be read:\n(.*\n)*.*") as caught:
        read_corpus(study({"pusty.txt": b"", "zły.docx": b"x"}))
    assert "pusty.txt: the file is empty" in str(caught.value)
    assert "zły.docx: a broken Word document" in str(caught.value)


@pytest.mark.parametrize("files", [{}, {"README.md": "x"}, {"sessions.csv": "file\na"}, {"nagranie.mp3": "x"}])
def test_a_folder_without_transcripts_raises(study, files):
    with pytest.raises(ReadError, match="no transcript here"):
        read_corpus(study(files))


def test_a_path_that_leads_nowhere_raises(tmp_path):
    with pytest.raises(ReadError, match="no such file or folder"):
        read_corpus(tmp_path / "nie ma")


def test_several_paths_are_read_into_one_corpus(study, talks):
    first, second = (
        study({"a.txt": talks("a.txt")}, "pierwszy"),
        study({"b.txt": talks("b.txt"), "c.txt": talks("c.txt")}, "drugi"),
    )
    assert read_corpus([first, str(second / "b.txt")]).sessions["session_id"].tolist() == ["a", "b"]


def test_the_folder_to_leave_out_is_not_read(study, talk):
    folder = study({"a.txt": talk, "wyniki/turns.csv": "speaker,text\nR1,tak\n"})
    assert read_corpus(folder, leave_out=[folder / "wyniki"]).sessions["session_id"].tolist() == ["a"]


def test_participants_of_the_roster_are_the_number_present(study, talk):
    corpus = read_corpus(study({"a.txt": ROSTER + talk}))
    assert session(corpus)["n_participants"] == 3
    people = corpus.speakers.set_index("speaker")
    assert people.loc["R3"].to_dict() == {
        "session_id": "a",
        "role": "participant",
        "institution": "village_head",
        "in_roster": True,
        "n_turns": 0,
        "n_words": 0,
    }
    assert people.loc[["R1", "R2"], "institution"].tolist() == ["gops", "police"]


def test_moderators_and_unknown_people_of_a_roster_are_not_counted(study, talk):
    table = (
        "file,speaker,role\na.txt,Moderator,moderator\na.txt,R1,participant\na.txt,R2,unknown\na.txt,R3,participant\n"
    )
    assert session(read_corpus(study({"a.txt": talk, "speakers.csv": table})))["n_participants"] == 2


def test_without_a_roster_the_number_present_is_missing(study, talk):
    corpus = read_corpus(study({"a.txt": talk}))
    assert corpus.sessions["n_participants"].isna().all()
    assert "no_roster" in keys(corpus, "warning")


def test_a_speaker_outside_the_roster_does_not_raise_the_number_present(study, talk):
    corpus = read_corpus(study({"a.txt": talk, "speakers.csv": "file,speaker,role\na.txt,R1,participant\n"}))
    assert session(corpus)["n_participants"] == 1
    assert "not_in_roster" in keys(corpus, "warning")


def test_without_a_moderator_all_are_unknown_and_the_finding_says_what_to_add(study):
    corpus = read_corpus(study({"a.txt": "R1: Mamy świetlicę.\n\nR2: Nie mamy.\n\nR1: Mamy.\n\nR2: Nie.\n"}))
    assert roles(corpus) == {"R1": "unknown", "R2": "unknown"}
    assert set(corpus.turns["role"]) == {"unknown"}
    how = corpus.findings_in("en").query("what.str.contains('moderator')")["how"].item()
    assert "speakers.csv" in how
    assert "R1,moderator" in how


def test_the_line_that_the_finding_asks_for_mends_it(study):
    text = "R1: Mamy świetlicę.\n\nR2: Nie mamy.\n\nR1: Mamy.\n\nR2: Nie.\n"
    corpus = read_corpus(study({"a.txt": text, "speakers.csv": "file,speaker,role\na.txt,R1,moderator\n"}))
    assert roles(corpus) == {"R1": "moderator", "R2": "participant"}


def test_a_talk_without_speakers_is_one_unknown_voice(study):
    corpus = read_corpus(study({"a.txt": "ludzie są samotni i nie mają jak dojechać do lekarza\n"}))
    assert roles(corpus) == {"unknown": "unknown"}
    assert "no_speakers" in keys(corpus, "warning")


def test_findings_of_a_table_stand_once(study, talks):
    table = "file,speaker,role\na.txt,R1,gość\n"
    assert (
        keys(read_corpus(study({"a.txt": talks("a.txt"), "b.txt": talks("b.txt"), "speakers.csv": table}))).count(
            "role_unknown"
        )
        == 1
    )


def test_a_guessed_encoding_is_noted(study, talk):
    corpus = read_corpus(study({"a.txt": talk.encode("cp1250"), "b.txt": talk}))
    assert [note.file for note in corpus.notes if note.key == "encoding_guessed"] == ["a.txt"]
    texts = corpus.turns.groupby("session_id")["text"].agg(list)
    assert texts["a"] == texts["b"]


def test_files_that_nobody_reads_are_noted(study, talk):
    corpus = read_corpus(study({"a.txt": talk, "nagranie.mp3": b"ID3"}))
    assert [note.file for note in corpus.notes if note.key == "suffix_unknown"] == ["nagranie.mp3"]
    assert keys(corpus, "error") == []


def test_the_same_file_twice_is_read_once_and_reported(study, talk):
    corpus = read_corpus(study({"a.txt": talk, "kopia/b.txt": talk}))
    assert corpus.sessions["source"].tolist() == ["a.txt"]
    assert [(note.file, dict(note.words)) for note in corpus.notes if note.key == "duplicate_file"] == [
        ("kopia/b.txt", {"other": "a.txt"})
    ]


def test_a_file_that_could_not_be_read_hides_no_file_of_the_same_bytes(study, talk):
    corpus = read_corpus(study({"a.docx": talk, "b.txt": talk}))
    assert corpus.sessions["source"].tolist() == ["b.txt"]
    assert "duplicate_file" not in keys(corpus)


@pytest.mark.parametrize("goal", ["nie ma.txt", "zły.txt"])
def test_a_link_that_leads_nowhere_is_an_error_and_the_others_go_on(study, talk, goal):
    folder = study({"a.txt": talk})
    (folder / "zły.txt").symlink_to(folder / goal)
    corpus = read_corpus(folder)
    assert corpus.sessions["session_id"].tolist() == ["a"]
    assert [note.file for note in corpus.notes if note.severity == "error"] == ["zły.txt"]


def test_a_file_name_in_decomposed_letters_is_the_same_name(study, talk):
    name = unicodedata.normalize("NFD", "świlcza.txt")
    corpus = read_corpus(study({name: talk, "sessions.csv": "file,gmina\nświlcza.txt,Oksa\n"}))
    assert session(corpus)["gmina"] == "Oksa"


@pytest.mark.parametrize("kind", ["sessions", "speakers"])
def test_a_row_about_a_file_that_is_not_there_is_reported(study, talk, kind):
    tables = {"sessions.csv": "file,gmina\na1.txt,Oksa\n", "speakers.csv": "file,speaker,role\na1.txt,R1,moderator\n"}
    corpus = read_corpus(study({"a.txt": talk, f"{kind}.csv": tables[f"{kind}.csv"]}))
    assert [(note.file, note.severity, dict(note.words)) for note in corpus.notes if note.key == "row_unmatched"] == [
        (f"{kind}.csv", "warning", {"name": "a1.txt"})
    ]


def test_a_table_given_by_hand_that_is_not_there_raises(study, talk):
    with pytest.raises(ReadError, match=r"nie_ma\.csv: there is no such file"):
        read_corpus(study({"a.txt": talk}), sessions="nie_ma.csv")


def test_rows_about_other_files_matter_only_where_a_folder_is_read(study):
    talk = "Moderator: Dzień dobry.\n\nR1: Bieda.\n\nModerator: Tak?\n\nR1: Tak."
    folder = study({"a.txt": talk, "sessions.csv": "file,gmina\na.txt,Oksa\nb.txt,Mirzec\n"})
    unmatched = {path: [note.key for note in read_corpus(path).notes] for path in (folder, folder / "a.txt")}
    assert "row_unmatched" in unmatched[folder]
    assert "row_unmatched" not in unmatched[folder / "a.txt"]
