"""Rows of csv and xlsx files."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from focus_analysis.errors import ReadError
from focus_analysis.io.opening import Limits
from focus_analysis.io.sheets import columns_of, numbered_sheets, read_head, read_rows
from tests.io.making import as_csv, workbook


@pytest.mark.parametrize(
    ("head", "places"),
    [
        (["speaker", "text"], {"speaker": 0, "text": 1}),
        (["Lp.", "Czas", "Mówca", "Treść wypowiedzi"], {"start": 1, "speaker": 2, "text": 3}),
        (["START", "END", "Speaker Name", "Transcript"], {"start": 0, "end": 1, "speaker": 2, "text": 3}),
        (["", "kolor"], {}),
    ],
)
def test_columns_are_found_by_the_names_that_people_and_programs_use(head, places):
    assert columns_of(head, "transcript") == places


cells = st.text("aąćęłńóśźżŻŹ ,;|\t'\"„”.?!-=0123456789\n", max_size=20)


@settings(deadline=None, max_examples=80)
@given(st.lists(st.tuples(cells, cells, cells), min_size=1, max_size=6), st.sampled_from(";,"))
def test_rows_of_a_csv_come_back_as_they_were_written(tmp_path_factory, rows, delimiter):
    path = tmp_path_factory.getbasetemp() / "rows.csv"
    plain = [[cell.lstrip("'") for cell in row] for row in rows]
    head = [["pierwsza", "druga", "trzecia"]] * (len(rows) + 1)
    path.write_bytes(as_csv([*head, *plain], delimiter).encode())
    read_back, _ = read_rows(path)
    assert read_back == [*head, *[row for row in plain if any(cell.strip() for cell in row)]]


def test_the_head_is_read_without_what_stands_below_it(tmp_path):
    path = tmp_path / "w.csv"
    path.write_bytes(as_csv([["", " "], ["mówca", "treść"]]).encode() + b"M;a\n" * Limits().rows)
    assert read_head(path) == ["mówca", "treść"]
    with pytest.raises(ReadError, match="rows"):
        read_rows(path)


def test_the_head_of_a_workbook_is_that_of_its_first_filled_sheet(tmp_path):
    path = tmp_path / "w.xlsx"
    path.write_bytes(workbook([], [[], ["kod", 1], ["a", 2]]))
    assert read_head(path) == ["kod", "1"] == read_rows(path)[0][0]
    assert list(numbered_sheets(path).values()) == [[(2, ["kod", "1"]), (3, ["a", "2"])]]
