"""The researchers' own paragraphs, and the file in which they clear quotations."""

import pandas as pd
import pytest

from focus_analysis.errors import ArgumentError
from focus_analysis.io.quotation_file import read_decisions, write_quotations
from focus_analysis.io.texts import make_texts, read_texts


def test_a_text_file_is_made_for_each_section_once_and_never_overwritten(tmp_path):
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "study.md").write_text("Moje.", encoding="utf-8")
    make_texts(tmp_path, ["study", "claims"])
    assert sorted(path.name for path in (tmp_path / "texts").iterdir()) == ["claims.txt", "study.md"]
    (tmp_path / "texts" / "claims.txt").write_text("Też moje.", encoding="utf-8")
    make_texts(tmp_path, ["study", "claims"])
    assert (tmp_path / "texts" / "claims.txt").read_text(encoding="utf-8") == "Też moje."


def test_empty_lines_part_paragraphs_and_a_section_without_words_has_none(tmp_path):
    make_texts(tmp_path, ["study", "claims"])
    (tmp_path / "texts" / "study.txt").write_bytes("Pierwszy\nwiersz ą.\r\n\r\n\nDrugi <b>.\n".encode("cp1250"))
    assert read_texts(tmp_path, ["study", "claims", "nic"]) == {"study": ("Pierwszy wiersz ą.", "Drugi <b>.")}


QUOTED = pd.DataFrame(
    {
        "session_id": ["a", "b", "b"],
        "turn": [1, 2, 2],
        "code": ["x", "y", "z"],
        "names": ["", "Zofia", "Zofia"],
        "text": ["=1+1", "Zofia", "Zofia"],
    }
)


def test_quotations_are_written_once_each_and_read_as_undecided(tmp_path):
    write_quotations(QUOTED, None, tmp_path)
    lines = (tmp_path / "quotations.csv").read_text(encoding="utf-8").splitlines()
    assert lines == ["use,session_id,turn,code,names,text", ",a,1,x,,'=1+1", ",b,2,y,Zofia,Zofia"]
    assert read_decisions(tmp_path).empty


@pytest.mark.parametrize(("written", "use"), [("tak", True), ("YES", True), ("nie", False), (" n ", False)])
def test_what_people_decided_is_read_and_kept(tmp_path, written, use):
    text = f"use;session_id;turn;code;names;text\n{written};b;2;y;Zofia;Pani […] mówi\n;a;1;x;;nic\n"
    (tmp_path / "quotations.csv").write_bytes(text.encode("utf-8"))
    decisions = read_decisions(tmp_path)
    assert decisions[["session_id", "turn", "text", "use"]].to_numpy().tolist() == [["b", 2, "Pani […] mówi", use]]
    write_quotations(QUOTED, decisions, tmp_path)
    again = pd.read_csv(tmp_path / "quotations.csv", keep_default_na=False)
    assert again[["use", "session_id", "text"]].to_numpy().tolist() == [
        [written.strip() if written.strip() == written else written, "b", "Pani […] mówi"],
        ["", "a", "'=1+1"],
    ]


def test_without_a_file_nothing_was_decided(tmp_path):
    assert read_decisions(tmp_path) is None


HEAD = "use,session_id,turn,code,names,text\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a,b\n1,2\n", "columns missing"),
        (f"{HEAD}może,a,1,x,,t\n", "row 2: 'use' is 'może'"),
        (f"{HEAD}\nx,a,1,x,,t\n", "row 3: 'use' is 'x'"),
        (f"{HEAD},a,1,x,,t\nyes,a,,x,,t\n", "row 3: 'turn' is no number of a turn: ''"),
        (f"{HEAD}no,a,²,x,,t\n", "row 2: 'turn' is no number of a turn: '²'"),
        (f"{HEAD}yes\n", "row 2: 'turn' is no number"),
    ],
)
def test_what_cannot_be_understood_is_refused(tmp_path, text, said):
    (tmp_path / "quotations.csv").write_text(text, encoding="utf-8")
    with pytest.raises(ArgumentError, match=r"quotations\.csv") as caught:
        read_decisions(tmp_path)
    assert said in str(caught.value)
