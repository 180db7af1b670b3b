"""What looks wrong in a corpus, file by file, each with what would mend it."""

import pandas as pd
import pytest

from focus_analysis import diagnose, read_corpus
from focus_analysis.io.diagnosis import observe
from focus_analysis.schemas import DIAGNOSIS, Finding
from tests.builders import corpus, group

TALK = [("M", "Czego brakuje tutaj państwu?"), ("R1", "Nie ma autobusu do miasta, niestety."), ("R2", "I lekarza.")]


def seen(*groups, key):
    return [dict(note.words) for note in observe(corpus(*groups)) if note.key == key]


def people(*names):
    """A session in which each of these speaks three times."""
    return group("s", *(f"{name}: Zdanie numer {n} osoby {name}." for n in range(3) for name in names))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Gosia", "Gośia"),
        ("R1", "R 1"),
        ("R1", "R01"),
        ("MARTA", "Marta"),
        ("Pani Wójt", "Pani wojt"),
        ("Uczestnik 2", "Uczestnik_2"),
        ("Krystyna", "Krystna"),
        ("Krystyna", "Kyrstyna"),
        ("Krystyna K.", "Krystyma K"),
    ],
)
def test_labels_that_look_alike_may_be_one_person(one, other):
    (found,) = seen(people("M", one, other), key="labels_alike")
    assert {found["label"], found["person"]} == {one, other}
    assert found["line"] == f"s.txt,{found['label']},{found['person']}"


@pytest.mark.parametrize(
    ("one", "other"),
    [("R1", "R2"), ("R1", "R11"), ("Jan", "Jas"), ("Uczestnik 1", "Uczestnik 2"), ("Anna", "Hanna"), ("M", "K")],
)
def test_other_people_are_other_people(one, other):
    assert seen(people("Prowadząca", one, other), key="labels_alike") == []


def test_the_rarer_spelling_is_the_one_to_be_mapped():
    turns = ["M: A?", "Gosia: Tak, tak.", "M: B?", "Gosia: No.", "Gośia: Nie."]
    (found,) = seen(group("s", *turns), key="labels_alike")
    assert (found["label"], found["person"]) == ("Gośia", "Gosia")


def test_rare_labels_that_are_nobodys_are_doubtful_in_a_long_talk():
    talk = [f"{'M' if n % 2 else 'R1'}: Zdanie {n}." for n in range(12)]
    (found,) = seen(group("s", *talk, "Przerwa kawowa: Wracamy.", "Jan Kos: Tak."), key="speaker_doubtful")
    assert found == {"labels": "Przerwa kawowa"}
    assert seen(group("s", *talk, "Przerwa kawowa: Tak.", roster=("Przerwa kawowa",)), key="speaker_doubtful") == []
    assert seen(group("s", *talk, "Wszyscy: Tak."), key="speaker_doubtful") == []


def timed(*spans):
    session = group("s", *(f"{'M' if n % 2 else 'R1'}: Zdanie." for n in range(len(spans))))
    for turn, (start, end) in zip(session["turns"], spans, strict=True):
        turn["start_s"], turn["end_s"] = start, end
    return session


def test_long_silence_is_a_gap():
    found = seen(timed((0, 5), (6, 10), (910, 920), (1300, 1310)), key="time_gap")
    assert found == [{"n": "2", "longest": "00:15:00", "turn": "2"}]


@pytest.mark.parametrize(
    "spans",
    [[(0, 5), (6, 10), (11, 12)], [(0, None), (30, None)], [(None, None), (0, 5), (None, None), (4000, 4010)], []],
)
def test_time_that_goes_on_is_no_gap(spans):
    if spans:
        assert seen(timed(*spans), key="time_gap") == seen(timed(*spans), key="time_jump") == []


@pytest.mark.parametrize("spans", [[(0, 5), (100, 110), (50, 60)], [(0, 5), (10, 8), (12, 13)]])
def test_time_that_runs_backwards_is_a_jump(spans):
    assert [found["n"] for found in seen(timed(*spans), key="time_jump")] == ["1"]


def test_people_who_speak_at_once_are_no_jump():
    assert seen(timed((0, 5), (4, 6), (3.5, 9)), key="time_jump") == []


def test_a_turn_far_longer_than_others_is_named():
    turns = ["M: Co?", "R1: Nic.", f"R2: {'słowo ' * 700}", "M: Tak?"]
    assert seen(group("s", *turns), key="long_turn") == [{"n": "1", "words": "700", "turn": "3", "label": "R2"}]
    assert seen(group("s", f"R2: {'słowo ' * 700}"), key="long_turn") == []


def test_the_same_talk_in_two_files_is_found_and_another_is_not():
    talk = [f"{'M' if n % 2 else 'R1'}: To jest zdanie numer {n} tej rozmowy." for n in range(8)]
    other = [turn.replace("tej", "innej") for turn in talk]
    notes = [
        note
        for note in observe(corpus(group("a", *talk), group("b", *talk[:7], "M: Koniec."), group("c", *other)))
        if note.key == "same_talk"
    ]
    assert [(note.file, dict(note.words)["other"]) for note in notes] == [("b.txt", "a.txt")]


def test_the_same_talks_are_named_in_the_order_of_the_sessions():
    parts = [[f"R1: To jest zdanie numer {n} części {part}." for n in range(8)] for part in "pqrstu"]
    groups = [group("a", *(turn for part in parts for turn in part)), *map(group, "bcdefg", *zip(*parts, strict=True))]
    notes = [note.file for note in observe(corpus(*groups)) if note.key == "same_talk"]
    assert notes == ["b.txt", "c.txt", "d.txt", "e.txt", "f.txt", "g.txt"]


@pytest.fixture
def folder(study):
    lines = "\n".join(f"{who}: {text}" for who, text in TALK)
    return study(
        {
            "a.txt": f"Gmina: Bieliny\nPowiat: kielecki\n\n{lines}\n",
            "b.txt": f"Gmina: Bieliny\nPowiat: kielecki\n\n{lines}\n",
            "c.txt": "Nikt nie wie, kto to mówi, a mówi długo i nudno.\n".encode("cp1250"),
            "d.docx": b"to nie jest Word",
            "e.txt": "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n<v M>Co?\n\n00:00:03.000 --> 00:00:04.000\n<v R1>Nic.\n",
            "f.txt": ("\ufeff" + lines).encode("utf-16"),
        }
    )


def test_every_file_has_a_row_with_what_was_found_and_how_to_mend_it(folder):
    table = diagnose(read_corpus(folder), "en").set_index("file")
    assert list(table.index) == ["a.txt", "c.txt", "e.txt", "f.txt", "b.txt", "d.docx"]
    good = table.loc["a.txt"]
    assert (good["format"], good["encoding"], good["moderator"], good["n_turns"]) == ("txt", "utf-8", "M", 3)
    assert good["speakers"] == "M: 1 (4); R1: 1 (6); R2: 1 (2)"
    assert (good["n_participants"], good["n_words"], good["unlabelled"]) == (2, 12, 0.0)
    assert pd.isna(good["place"])
    assert table.loc["c.txt", "unlabelled"] == 1.0
    assert "the gmina is not known" in table.loc["c.txt", "place"]
    assert "Put the speakers before the turns" in table.loc["c.txt", "how"]
    assert table.loc["e.txt", "format"] == "vtt"
    assert table.loc["f.txt", "encoding"] == "utf-16"
    assert table.loc["b.txt", "duplicates"] == "this is the same file as a.txt"
    assert pd.isna(table.loc["b.txt", "session_id"])
    assert "broken Word document" in table.loc["d.docx", "refused"]


def test_what_was_left_out_is_said_with_its_reason():
    note = Finding("title_left_out", "note", "s.txt", words=(("words", "7"), ("text", "Projekt Gmina")))
    one = corpus(group("s", "M: Co?"), notes=(note,))
    assert "Projekt Gmina. Nobody says it" in diagnose(one, "en")["dropped"].iloc[0]


@pytest.mark.parametrize("lang", ["pl", "en"])
def test_the_diagnosis_keeps_its_schema_even_of_nothing(lang):
    empty = corpus(group("s", "M: Co?")).where(session_id="nikt")
    assert list(diagnose(empty, lang).columns) == DIAGNOSIS.names
    assert len(diagnose(empty, lang)) == 0


ORDINARY = "Są u nas rodziny, w których dzieci chodzą głodne, bo ojciec wszystko przepije. Tak to właśnie wygląda."


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (ORDINARY, set()),
        (ORDINARY.replace(",", "").replace(".", ""), {"text_no_punctuation"}),
        (ORDINARY.translate(str.maketrans("ąćęłńóśźż", "acelnoszz")).replace("Są", "Sa"), {"text_no_diacritics"}),
        ("The children come to school hungry, because their father drinks. That is what it is like.", set()),
    ],
)
def test_the_condition_of_a_polish_text_is_told(said, found):
    talk = corpus(group("s", *(f"R1: {said}" for _ in range(8))))
    assert {note.key for note in observe(talk) if note.key.startswith("text_")} == found
    assert bool(found) == isinstance(diagnose(talk, "pl")["condition"].iloc[0], str)
