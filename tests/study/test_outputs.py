import csv
import hashlib
import json

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from focus_analysis.io.outputs import (
    hashes_of,
    read_manifest,
    read_record,
    remove_stale,
    write_csv,
    write_document,
    write_manifest,
    write_text,
)
from focus_analysis.io.sheets import read_rows

LIVE = ("=", "+", "-", "@", "\t", "\r")


def cells(path):
    """Rows of a csv as any other program reads them."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_a_csv_has_a_header_commas_and_empty_cells_for_what_is_missing(tmp_path):
    frame = pd.DataFrame(
        {
            "text": ["ąę, „łż”", None],
            "n": pd.array([3, None], dtype="Int64"),
            "share": [0.5, float("nan")],
            "yes": [True, False],
        }
    )
    write_csv(frame, tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_bytes() == 'text,n,share,yes\n"ąę, „łż”",3,0.5,True\n,,,False\n'.encode()


def test_writing_a_csv_leaves_the_table_alone(tmp_path):
    frame = pd.DataFrame({"text": ["=1+1", "tak"]})
    write_csv(frame, tmp_path / "a.csv")
    assert frame["text"].tolist() == ["=1+1", "tak"]


@pytest.mark.parametrize("text", ["=1+1", "+48 600", "-tak", "@SUM(A1)", "=HYPERLINK(0)", "=", "-", "=ąę"])
def test_a_text_that_looks_like_a_formula_is_not_live_and_reads_back_the_same(tmp_path, text):
    write_csv(pd.DataFrame({"label": ["R1", "R2"], "text": [text, "tak"]}), tmp_path / "a.csv")
    assert cells(tmp_path / "a.csv")[1][1] == f"'{text}"
    assert read_rows(tmp_path / "a.csv")[0] == [["label", "text"], ["R1", text], ["R2", "tak"]]


@pytest.mark.parametrize("text", ["\t=1", "\r=1"])
def test_a_formula_behind_white_space_is_not_live(tmp_path, text):
    write_csv(pd.DataFrame({"text": [text]}), tmp_path / "a.csv")
    assert cells(tmp_path / "a.csv")[1][0].startswith("'")


@pytest.mark.parametrize("dtype", ["str", "object", "string"])
def test_a_formula_is_defused_in_a_column_of_any_type(tmp_path, dtype):
    write_csv(pd.DataFrame({"text": pd.Series(["=1+1", "tak"], dtype=dtype)}), tmp_path / "a.csv")
    assert cells(tmp_path / "a.csv")[1:] == [["'=1+1"], ["tak"]]


def test_negative_numbers_stay_numbers(tmp_path):
    write_csv(pd.DataFrame({"difference": [-0.25, 0.5]}), tmp_path / "a.csv")
    assert cells(tmp_path / "a.csv")[1:] == [["-0.25"], ["0.5"]]


@pytest.mark.parametrize("text", ["'tak'", "'", "''", "powiedział: 'nie'", 'on na to "=1"', "a,b\nc;d"])
def test_apostrophes_quotation_marks_and_delimiters_read_back_the_same(tmp_path, text):
    write_csv(pd.DataFrame({"label": ["R1", "R2"], "text": [text, "tak"]}), tmp_path / "a.csv")
    assert read_rows(tmp_path / "a.csv")[0][1] == ["R1", text]


SPOKEN = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1)


@given(st.lists(SPOKEN.filter(str.strip), min_size=1, max_size=6))
@settings(deadline=None, max_examples=80)
def test_no_cell_of_any_text_is_live_and_each_stands_for_its_text(tmp_path_factory, texts):
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    write_csv(pd.DataFrame({"text": pd.Series(texts, dtype="str")}), path)
    written = [row[0] for row in cells(path)[1:]]
    assert not any(cell.startswith(LIVE) for cell in written)
    assert [cell in (text, f"'{text}") for cell, text in zip(written, texts, strict=True)] == [True] * len(texts)


def test_a_text_is_written_in_utf8_with_plain_line_ends(tmp_path):
    write_text("żółw\nłąka\n", tmp_path / "nowy" / "a.txt")
    assert (tmp_path / "nowy" / "a.txt").read_bytes() == "żółw\nłąka\n".encode()


def test_a_manifest_reads_back_and_keeps_polish_letters(tmp_path):
    content = {"seed": None, "inputs": [{"file": "świlcza.vtt"}], "counts": {"turns": 5}}
    write_manifest(content, tmp_path)
    assert read_manifest(tmp_path) == content
    text = (tmp_path / "manifest.json").read_text(encoding="utf-8")
    assert json.loads(text) == content
    assert "świlcza" in text


@pytest.mark.parametrize("content", [None, b"", b"{", b"[1]", b"\xff\xfe"])
def test_a_manifest_that_is_missing_or_broken_says_nothing(tmp_path, content):
    if content is not None:
        (tmp_path / "manifest.json").write_bytes(content)
    assert read_manifest(tmp_path) == {}


def test_a_new_document_is_written_where_it_belongs(tmp_path):
    assert write_document(b"pierwszy", tmp_path / "report.html", {}) == tmp_path / "report.html"
    assert (tmp_path / "report.html").read_text() == "pierwszy"


def test_a_document_as_it_was_written_is_replaced(tmp_path):
    path = tmp_path / "report.html"
    path.write_text("pierwszy")
    assert write_document(b"drugi", path, {"report.html": hashlib.sha256(b"pierwszy").hexdigest()}) == path
    assert path.read_text() == "drugi"


@pytest.mark.parametrize(
    "recorded", [{}, {"report.html": hashlib.sha256(b"pierwszy").hexdigest()}, {"report.html": ""}]
)
def test_an_edited_document_stays_and_the_new_one_stands_beside_it(tmp_path, recorded):
    path = tmp_path / "report.html"
    path.write_text("pierwszy, poprawiony")
    assert write_document(b"drugi", path, recorded) == tmp_path / "report-2.html"
    assert path.read_text() == "pierwszy, poprawiony"
    assert (tmp_path / "report-2.html").read_text() == "drugi"


def test_every_edited_document_stays(tmp_path):
    for number in ("", "-2", "-3"):
        (tmp_path / f"report{number}.html").write_text(f"moje{number}")
    recorded = {"report-2.html": hashlib.sha256(b"moje-2").hexdigest()}
    assert write_document(b"nowe", tmp_path / "report.html", recorded) == tmp_path / "report-2.html"
    assert write_document(b"nowe", tmp_path / "report.html", {}) == tmp_path / "report-4.html"
    assert [(tmp_path / f"report{number}.html").read_text() for number in ("", "-3")] == ["moje", "moje-3"]


@pytest.mark.parametrize("content", [{}, {"made": None}, {"made": ["figures/map.svg"]}])
def test_a_manifest_without_a_record_records_nothing(content, tmp_path):
    write_manifest(content, tmp_path)
    assert read_record(tmp_path) == {"documents": {}, "made": {}}


@pytest.fixture
def drawn(tmp_path):
    """Return a folder with results of an earlier run, and what it recorded of them."""
    names = ["figures/ranking-oksa.svg", "figures/map.svg", "tables/corrected.csv", "report.html"]
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    return tmp_path, hashes_of([tmp_path / name for name in names], tmp_path)


def left(folder):
    return sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())


def test_figures_and_tables_that_a_run_no_longer_makes_are_removed(drawn):
    folder, recorded = drawn
    remove_stale(folder, recorded, {"figures/map.svg": ""})
    assert left(folder) == ["figures/map.svg", "report.html"]


def test_what_a_person_changed_or_put_there_stays(drawn):
    folder, recorded = drawn
    (folder / "figures" / "ranking-oksa.svg").write_text("mój")
    (folder / "figures" / "moje.svg").write_text("mój")
    remove_stale(folder, recorded, {})
    assert left(folder) == ["figures/moje.svg", "figures/ranking-oksa.svg", "report.html"]


@pytest.mark.parametrize(
    "name", ["../obce.svg", "figures/../obce.svg", "texts/obce.svg", "figures", "figures/nie ma.svg"]
)
def test_a_record_reaches_no_file_elsewhere(tmp_path, name):
    folder = tmp_path / "wyniki"
    for part in ("figures", "texts"):
        (folder / part).mkdir(parents=True)
    places = [tmp_path / "obce.svg", folder / "obce.svg", folder / "texts" / "obce.svg"]
    for place in places:
        place.write_text("obce")
    remove_stale(folder, {name: hashlib.sha256(b"obce").hexdigest()}, {})
    assert all(place.exists() for place in places)
