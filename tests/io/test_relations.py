"""Relations as a sheet that a person mends."""

import openpyxl
import pandas as pd
import pytest

from focus_analysis.errors import ReadError
from focus_analysis.io.relations import read_relations, write_relations
from focus_analysis.schemas import empty
from focus_analysis.schemas_networks import RELATIONS
from tests.analysis.networks import relations
from tests.builders import corpus, group


def study():
    return corpus(group("s", "R1: Z policją dobrze.", "R2: =Tak.", institutions={"R1": "gops", "R2": "police"}))


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv"])
def test_what_is_written_is_read_back_as_a_persons(tmp_path, name):
    told = relations(("s", "gops", "police"), ("s", "police", "gops", "conflict")).assign(evidence="=1+1")
    back = read_relations(write_relations(told, tmp_path / name, study()), study())
    columns = ["session_id", "turn", "named_by", "source", "target", "relation", "valence", "evidence"]
    pd.testing.assert_frame_equal(back[columns], told[columns], check_dtype=False)
    assert set(back["coder_kind"]) == {"human"}
    assert back["end"].tolist() == [17, 5]


def test_the_workbook_shows_what_was_said_and_no_formula(tmp_path):
    told = relations(("s", "gops", "police"), ("s", "police", "gops")).assign(evidence="=1+1")
    sheet = openpyxl.load_workbook(write_relations(told, tmp_path / "a.xlsx", study())).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert {"Z policją dobrze.", "=Tak.", "=1+1"} <= {cell.value for cell in cells}
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_five_columns_are_enough_and_an_empty_source_is_the_speakers(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("session_id;turn;source;target;relation\ns;1;;police;lacks\n", encoding="utf-8")
    row = read_relations(path, study()).iloc[0]
    assert row[["source", "target", "relation", "valence", "named_by"]].tolist() == [
        "gops",
        "police",
        "lacks",
        -1,
        "gops",
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("s,1,gops,police,friends", "allowed: cooperates"),
        ("s,9,gops,police,lacks", "no turn 9"),
        ("x,1,gops,police,lacks", "session x"),
        ("s,first,gops,police,lacks", "no turn"),
        ("s,1,gops,,lacks", "target is missing"),
        ("s,1,gops,police,lacks\ns,1,gops,police,lacks", "stands twice"),
    ],
)
def test_a_row_that_cannot_be_used_is_named(tmp_path, line, reason):
    path = tmp_path / "a.csv"
    path.write_text(f"session_id,turn,source,target,relation\n{line}\n", encoding="utf-8")
    with pytest.raises(ReadError, match=reason):
        read_relations(path, study())


def test_a_missing_column_is_named(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("session_id,turn,source\ns,1,gops\n", encoding="utf-8")
    with pytest.raises(ReadError, match="target, relation"):
        read_relations(path, study())


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv"])
def test_no_relations_make_an_empty_sheet_that_reads(tmp_path, name):
    assert read_relations(write_relations(empty(RELATIONS), tmp_path / name), study()).empty
