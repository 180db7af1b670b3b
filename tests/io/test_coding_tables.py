"""Tables of codings as coding sheets: a row a coding, as a program or a person wrote it."""

import pandas as pd
import pytest

from focus_analysis.errors import CodebookError, ReadError
from focus_analysis.io.codebooks import read_codebook
from focus_analysis.io.coding_sheet_reader import read_coding_sheet
from focus_analysis.schemas import CODINGS, check
from tests.builders import corpus, group
from tests.io.test_coding_sheet import BOOK, TURNS, machine, quiet, records


@pytest.fixture
def study():
    return corpus(group("oksa", *TURNS), group("2018-09", "R1: bieda"))


def test_a_table_of_codings_is_read_too(study, tmp_path):
    path = tmp_path / "kody.csv"
    path.write_text("session_id,turn,code,status\noksa,2,poverty,denied\noksa,9,poverty,\noksa,x,poverty,\n", "utf-8")
    with pytest.warns(UserWarning) as warned:
        read = read_coding_sheet(path, study, BOOK)
    assert "oksa#9" in str(warned[0].message)
    assert "oksa#x" in str(warned[0].message)
    assert records(read) == [("oksa", 2, "poverty", "denied")]
    assert (read["coder"].iloc[0], read["end"].iloc[0]) == ("kody", len("=bieda i wódka"))


def test_codings_written_as_csv_come_back_as_they_were(study, tmp_path):
    table = check(machine(("oksa", 2, "poverty"), ("oksa", 2, "poverty", "denied")).assign(confidence=0.25), CODINGS)
    table.to_csv(tmp_path / "codings.csv", index=False)
    pd.testing.assert_frame_equal(quiet(tmp_path / "codings.csv"), table)


@pytest.mark.parametrize(("start", "end"), [("9", "5"), ("0", "99999"), ("²", "3"), ("", "3")])
def test_characters_that_a_turn_does_not_have_are_named_and_the_whole_turn_is_coded(study, tmp_path, start, end):
    written = f"session_id,turn,code,start,end\noksa,2,poverty,{start},{end}\noksa,²,poverty,,\n"
    (tmp_path / "kody.csv").write_text(written, encoding="utf-8")
    with pytest.warns(UserWarning, match="the turn has no characters from") as warned:
        read = read_coding_sheet(tmp_path / "kody.csv", study, BOOK, lang="en")
    assert "names no turn" in str(warned[0].message)
    assert read[["start", "end"]].to_numpy().tolist() == [[0, len("=bieda i wódka")]]


@pytest.mark.parametrize(
    ("content", "said"),
    [("a;b\n1;2\n", "session_id"), ("", "no text"), ("session_id,turn,code\noksa,1,x\n", "Give the corpus")],
)
def test_what_is_no_sheet_is_refused(tmp_path, content, said):
    (tmp_path / "x.csv").write_text(content, encoding="utf-8")
    with pytest.raises(ReadError, match=said):
        read_coding_sheet(tmp_path / "x.csv")


@pytest.mark.parametrize("name", ["a.qdpx", "a.QDC"])
def test_a_project_of_another_program_is_named(tmp_path, name):
    (tmp_path / name).write_bytes(b"PK\x03\x04")
    with pytest.raises(ReadError, match=r"REFI-QDA.*Export the coded segments"):
        read_coding_sheet(tmp_path / name)
    with pytest.raises(CodebookError, match="REFI-QDA"):
        read_codebook(tmp_path / name)


def test_a_folder_is_no_sheet(tmp_path):
    with pytest.raises(ReadError, match="this is a folder"):
        read_coding_sheet(tmp_path)


@pytest.mark.parametrize("suffix", [".ods", ".xls"])
def test_a_sheet_of_another_kind_of_file_says_how_to_save_it(tmp_path, suffix):
    (tmp_path / f"a{suffix}").write_bytes(b"PK\x03\x04")
    with pytest.raises(ReadError, match=rf"a sheet saved as {suffix}.*xlsx"):
        read_coding_sheet(tmp_path / f"a{suffix}")
