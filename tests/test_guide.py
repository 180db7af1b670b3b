"""Questions of the topic guide: opened by the moderator's words, corrected by hand."""

import csv
from pathlib import Path

import pandas as pd
import pytest

import focus_analysis as fa
from focus_analysis.errors import ArgumentError, CodebookError, ReadError
from focus_analysis.guide import guide_used, question_openings, with_questions
from focus_analysis.io.guides import read_guide
from tests.builders import codebook, codings, corpus, group

GUIDE = codebook({"problems": ["problem"], "hard": ["trudny"], "solutions": ["rozwiązanie"]})
STUDY = corpus(
    group(
        "s1",
        "M: Dzień dobry.",
        "R1: Problem.",
        "M: Jakie są problemy?",
        "R1: Bieda.",
        "M: A co trudne? Do problemów wrócimy.",
        "R2: Problem trudny, rozwiązania nie ma.",
        "M: Jaki to problem?",
        "M: Rozwiązania?",
        "R1: Nie ma.",
    ),
    group("s2", "A: Jakie problemy?", "B: Żadne.", roles_known=False),
)


def questions(study, session="s1"):
    return [None if pd.isna(q) else q for q in study.turns.query(f"session_id == '{session}'")["question"]]


def test_blocks_open_with_the_moderator_and_in_order():
    expected = [None, None, "problems", "problems", "hard", "hard", "hard", "solutions", "solutions"]
    assert questions(with_questions(STUDY, GUIDE)) == expected


def test_the_corpus_is_a_new_one_and_says_what_was_done():
    found = with_questions(STUDY, GUIDE)
    assert questions(STUDY) == [None] * 9
    assert found.history[-1] == "with_questions('próba', version 7, 0 corrections)"
    pd.testing.assert_frame_equal(found.turns.drop(columns="question"), STUDY.turns.drop(columns="question"))


@pytest.mark.parametrize("name", ["próba", "it's", 'a "b"', "x, version 2"])
def test_a_corpus_tells_which_guide_its_questions_come_from(name):
    assert guide_used(STUDY) is None
    guided = with_questions(with_questions(STUDY, GUIDE), GUIDE.model_copy(update={"name": name, "version": "1.2"}))
    assert guide_used(guided) == (name, "1.2", 0)


def test_questions_of_a_worn_transcript_are_read_mended():
    scan = (
        "babcia jest sarnotna i rnieszka 1 km stąd",
        "sarna rąbie drzewo, a d0m zirnny",
        "rnoże ktoś pornoże, nie wiern",
    )
    said = [f"R{n % 3 + 1}: {text}, {n} rnaja." for n, text in enumerate(scan * 8)]
    talk = corpus(group("s", "M: Jakie są prob1emy?", *said, "M: A jakie rozwiazania?", "R1: Żadne."))
    found = with_questions(talk, GUIDE).turns["question"]
    assert found.iloc[0] == "problems"
    assert found.iloc[-1] == "solutions"


def test_without_a_moderator_there_are_no_questions_but_those_by_hand():
    assert questions(with_questions(STUDY, GUIDE), "s2") == [None, None]
    by_hand = pd.DataFrame({"session_id": ["s2"], "turn": [2], "question": ["hard"]})
    assert questions(with_questions(STUDY, GUIDE, by_hand), "s2") == [None, "hard"]


def test_corrections_open_go_back_and_take_away():
    by_hand = pd.DataFrame(
        {"session_id": ["s1"] * 3, "turn": ["1", "5", "7"], "question": ["problems", "", "problems"]}
    )
    found = with_questions(STUDY, GUIDE, by_hand)
    assert questions(found) == ["problems"] * 7 + ["solutions"] * 2
    assert "3 corrections" in found.history[-1]


def test_the_table_of_openings_is_a_table_of_corrections():
    found = with_questions(STUDY, GUIDE)
    openings = question_openings(found)
    assert openings["turn"].tolist() == [3, 5, 8]
    assert openings["text"].iloc[0] == "Jakie są problemy?"
    again = with_questions(STUDY, codebook({"problems": [], "hard": [], "solutions": []}), openings)
    assert questions(again) == questions(found)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (("s1", 99, "hard"), "no turn 99 in session 's1'"),
        (("x", 1, "hard"), "no turn 1 in session 'x'"),
        (("s1", 1, "wishes"), "no block 'wishes'; blocks: problems, hard, solutions"),
        (("s1", "eins", "hard"), "no turn 'eins'"),
    ],
)
def test_a_correction_of_nothing_is_refused(row, message):
    with pytest.raises(ArgumentError, match=message):
        with_questions(STUDY, GUIDE, pd.DataFrame([row], columns=["session_id", "turn", "question"]))


def test_a_table_without_the_columns_is_refused():
    with pytest.raises(ArgumentError, match="columns missing: question"):
        with_questions(STUDY, GUIDE, pd.DataFrame({"session_id": ["s1"], "turn": [1]}))


def test_an_empty_corpus_has_no_questions():
    assert with_questions(STUDY.where(session_id=[]), GUIDE).turns.empty


def test_echoes_need_questions():
    """Who repeats within two turns what another first named in the block is an echo once the blocks are known."""
    study = corpus(group("s", "M: Jakie problemy?", "R1: bieda", "R2: bieda", "R3: nie", "R4: bieda"))
    given = codings(("s", 2, "poverty"), ("s", 3, "poverty"), ("s", 5, "poverty"))
    codes = codebook({"poverty": []}).codes
    measures = ["spontaneous", "echo"]
    blind = fa.salience(study, given, codes, measures=measures).query("level == 'leaf'")
    asked = fa.salience(with_questions(study, GUIDE), given, codes, measures=measures).query("level == 'leaf'")
    assert blind["n_named"].tolist() == [3, 0]
    assert asked["n_named"].tolist() == [2, 1]


def test_files_of_a_guide(tmp_path):
    table = tmp_path / "poprawki.csv"
    table.write_text("Sesja;Wypowiedź;Pytanie;tekst\nkrempna;3;problems;x\n", encoding="cp1250")
    guide, corrections = read_guide([table], fa.default_guide())
    assert [entry.id for entry in guide.entries] == ["problems", "difficulty", "cooperation", "solutions"]
    assert corrections.to_dict("records") == [{"session_id": "krempna", "turn": "3", "question": "problems"}]
    assert read_guide([fa.default_guide()], tmp_path / "none.yaml")[1] is None


def test_files_that_are_no_guide(tmp_path):
    table = tmp_path / "t.csv"
    table.write_text("session_id,turn\nkrempna,3\n", encoding="utf-8")
    with pytest.raises(ReadError, match="question"):
        read_guide([table], fa.default_guide())
    with pytest.raises(ReadError, match=r"nie_ma\.csv"):
        read_guide([tmp_path / "nie_ma.csv"], fa.default_guide())
    with pytest.raises(CodebookError, match=r"nie_ma\.yaml"):
        read_guide([tmp_path / "nie_ma.yaml"], fa.default_guide())


def test_the_packaged_guide_on_the_shipped_transcripts(shipped):
    """Where each block opens, read by hand: tests/study/topic_guide.csv. 63 of 64; 271 of 272 moderator turns."""
    found = with_questions(shipped, fa.read_codebook(fa.default_guide()))
    with (Path(__file__).parent / "study" / "topic_guide.csv").open(encoding="utf-8") as file:
        read = {
            row.pop("session_id"): {block: int(turn) for block, turn in row.items()} for row in csv.DictReader(file)
        }

    def right(row):
        opened = [block for block, turn in read[row.session_id].items() if turn <= row.turn]
        return (opened[-1] if opened else None) == (None if pd.isna(row.question) else row.question)

    openings = question_openings(found)
    hits = [read[s][q] == t for s, t, q in openings[["session_id", "turn", "question"]].itertuples(index=False)]
    moderator = [right(row) for row in found.turns.query("role == 'moderator'").itertuples()]
    assert (sum(hits), len(read) * 4) == (63, 64)
    assert (sum(moderator), len(moderator)) == (271, 272)


def test_of_several_guides_none_is_chosen():
    with pytest.raises(ArgumentError, match="several guides"):
        read_guide([fa.default_guide(), fa.default_guide()], fa.default_guide())
