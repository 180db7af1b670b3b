"""speakers.csv says whose a label is: people are merged, the source stays, the history says what was done."""

import pytest

from focus_analysis import read_corpus

TALK = "M: Co?\nR1: Bieda.\nR 1: I żal.\nM: Tak?\nR2: No.\nR1: Nic.\nDróżnik: Jadę.\nM: Dobrze.\nr2: Tak.\n"
HEAD = "file,speaker,role,institution,person\n"


@pytest.fixture
def read(study):
    def of(table):
        folder = study({"grupa.txt": TALK, "speakers.csv": HEAD + table})
        before = (folder / "grupa.txt").read_bytes()
        corpus = read_corpus(folder)
        assert (folder / "grupa.txt").read_bytes() == before
        return corpus

    return of


def turns_of(corpus):
    return dict(corpus.turns.groupby("speaker")["turn"].apply(list))


def notes(corpus, key):
    return [dict(note.words) for note in corpus.notes if note.key == key]


def test_two_spellings_become_one_person_and_their_turns_stay_apart(read):
    corpus = read("grupa.txt,R 1,,,R1\n")
    assert turns_of(corpus)["R1"] == [2, 3, 6]
    assert corpus.turns.set_index("turn").loc[3, "text"] == "I żal."
    assert corpus.history == ("read_corpus: 1 files", "grupa.txt: speaker 'R 1' is 'R1' (1 turns)")
    assert notes(corpus, "label_mapped") == [{"label": "R 1", "person": "R1", "n": "1"}]


def test_a_mapped_label_alone_makes_no_roster(read):
    corpus = read("grupa.txt,R 1,,,R1\n")
    assert not corpus.speakers["in_roster"].any()
    assert corpus.sessions["n_participants"].isna().all()


def test_what_a_row_says_of_a_mapped_label_is_said_of_the_person(read):
    corpus = read("grupa.txt,R 1,participant,GOPS,R1\ngrupa.txt,R2,participant,policja,\n")
    people = corpus.speakers.set_index("speaker")
    assert list(people.loc[["R1", "R2"], "institution"]) == ["gops", "police"]
    assert "R 1" not in people.index
    assert corpus.sessions["n_participants"].iloc[0] == 2


def test_a_row_of_the_person_goes_before_that_of_a_mapped_label(read):
    corpus = read("grupa.txt,R1,participant,GOPS,\ngrupa.txt,R 1,participant,policja,R1\n")
    assert corpus.speakers.set_index("speaker").loc["R1", "institution"] == "gops"


def test_a_label_that_only_the_table_knows_may_be_somebody_elses(read):
    corpus = read("grupa.txt,Dróżnik,,,R2\n")
    assert turns_of(corpus)["R2"] == [5, 7, 9]


def test_people_may_get_names_that_the_file_does_not_have(read):
    corpus = read("grupa.txt,R1,,,Wójt\ngrupa.txt,R 1,,,Wójt\n")
    assert turns_of(corpus)["Wójt"] == [2, 3, 6]
    assert not {"R1", "R 1"} & set(corpus.speakers["speaker"])


def test_a_person_that_is_the_label_itself_is_an_ordinary_row(read):
    corpus = read("grupa.txt,R1,participant,GOPS,R1\n")
    assert corpus.speakers.set_index("speaker").loc["R1", "in_roster"]
    assert len(corpus.history) == 1


def test_a_label_that_nobody_has_is_reported(read):
    corpus = read("grupa.txt,R9,,,R1\n")
    assert notes(corpus, "label_absent") == [{"label": "R9", "person": "R1", "n": "0"}]
    assert len(corpus.history) == 1
