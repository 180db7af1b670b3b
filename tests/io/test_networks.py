"""Relations and links as sheets that a person mends."""

import openpyxl
import pandas as pd
import pytest

from focus_analysis.errors import ReadError
from focus_analysis.io.networks import network_sheet, read_links, read_relations, write_links, write_relations
from focus_analysis.schemas import empty
from focus_analysis.schemas_networks import LINKS, RELATIONS
from tests.analysis.networks import relations
from tests.builders import codes, corpus, group


def study():
    return corpus(group("s", "R1: Z policją dobrze.", "R2: =Tak.", institutions={"R1": "gops", "R2": "police"}))


def touched(path):
    """A workbook with a remark in it, as one that somebody has gone through."""
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path)
        book.worksheets[0].cell(1, 30).value = "uwagi"
        book.save(path)
    return path


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv"])
def test_what_is_written_is_read_back_as_a_persons(tmp_path, name):
    told = relations(("s", "gops", "police"), ("s", "police", "gops", "conflict")).assign(evidence="=1+1")
    back = read_relations(touched(write_relations(told, tmp_path / name, study())), study())
    columns = ["session_id", "turn", "named_by", "source", "target", "relation", "valence", "evidence"]
    pd.testing.assert_frame_equal(back[columns], told[columns], check_dtype=False)
    assert set(back["coder_kind"]) == {"human"}
    assert back[["start", "end"]].to_numpy().tolist() == [[0, 1], [0, 1]]


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
    assert row[["start", "end"]].tolist() == [0, 17]


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


def workbook(path, *lines):
    book = openpyxl.Workbook()
    for line in lines:
        book.worksheets[0].append(line)
    book.save(path)
    return path


HEAD = ("session_id", "turn", "source", "target", "relation")


@pytest.mark.parametrize(
    ("beside", "cells"), [(["remark"], []), ([], ["a remark"]), (["remark", "remark"], ["one", "two"])]
)
def test_remarks_beside_the_columns_do_no_harm(tmp_path, beside, cells):
    path = workbook(tmp_path / "a.xlsx", [*HEAD, *beside], ["s", 1, "gops", "police", "lacks", *cells])
    assert read_relations(path, study())["target"].tolist() == ["police"]


def test_a_column_that_stands_twice_is_named(tmp_path):
    path = workbook(tmp_path / "a.xlsx", [*HEAD, "turn"], ["s", 1, "gops", "police", "lacks", 2])
    with pytest.raises(ReadError, match="twice: turn"):
        read_relations(path, study())


def test_rows_are_numbered_as_the_spreadsheet_shows_them(tmp_path):
    path = workbook(tmp_path / "a.xlsx", HEAD, [], ["s", 1, "gops", "police", "friends"])
    with pytest.raises(ReadError, match="row 3: relation 'friends'"):
        read_relations(path, study())


def test_a_missing_column_is_named(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("session_id,turn,source\ns,1,gops\n", encoding="utf-8")
    with pytest.raises(ReadError, match="target, relation"):
        read_relations(path, study())


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv"])
@pytest.mark.filterwarnings("ignore:.*nic nie zmieniono:UserWarning")
def test_no_relations_make_an_empty_sheet_that_reads(tmp_path, name):
    assert read_relations(write_relations(empty(RELATIONS), tmp_path / name), study()).empty


def test_a_workbook_in_which_nothing_was_changed_is_nobodys_work(tmp_path):
    told = relations(("s", "gops", "police"), ("s", "police", "gops", "conflict"))
    path = write_relations(told, tmp_path / "a.xlsx", study())
    for save in (lambda: None, lambda: openpyxl.load_workbook(path).save(path)):
        save()
        with pytest.warns(UserWarning, match=r"a\.xlsx: w arkuszu nic nie zmieniono"):
            assert set(read_relations(path, study())["coder_kind"]) == {"rule"}
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    sheet.cell(2, [cell.value for cell in sheet[1]].index("relation") + 1).value = "Brak współpracy "
    book.save(path)
    mended = read_relations(path, study())
    assert mended[["relation", "coder_kind"]].to_numpy().tolist() == [["lacks", "human"], ["conflict", "human"]]


def test_everything_that_is_wrong_is_told_at_once_and_labels_are_understood(tmp_path):
    known = codes("gops", "police", group="institutions").assign(label_pl=["Ośrodek", "policja"])
    path = workbook(tmp_path / "a.xlsx", HEAD, ["s", 1, "OŚRODEK", " Policja", "Cooperates"])
    assert read_relations(path, study(), known)[["source", "target", "relation"]].to_numpy().tolist() == [
        ["gops", "police", "cooperates"]
    ]
    wrong = workbook(tmp_path / "b.xlsx", HEAD, *[["s", 1, "gops", "policjja", "friends"]] * 7)
    with pytest.raises(ReadError, match=r"row 2: target 'policjja'.*row 6: relation 'friends'.*and 4 more"):
        read_relations(wrong, study(), known)


def links(*given):
    filled = [
        {"session_id": "s", "turn": turn, "problem": problem, "other": other, "problem_turn": problem_turn}
        | {"basis": basis, "evidence": "=bieda", "coder_kind": "rule"}
        for turn, problem, other, problem_turn, basis in given
    ]
    return pd.DataFrame(filled, columns=LINKS.names)


LINKED = ((1, "poverty", "hard_to_solve", 1, "turn"), (2, "poverty", "solution_bus", 1, "exchange"))


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv"])
def test_links_are_written_and_read_back_by_the_same_road(tmp_path, name):
    back = read_links(touched(write_links(links(*LINKED), tmp_path / name, study())), study())
    pd.testing.assert_frame_equal(back, links(*LINKED).assign(coder_kind="human"), check_dtype=False)


def test_the_sheet_of_links_shows_the_problems_turn_where_it_is_another(tmp_path):
    sheet = openpyxl.load_workbook(write_links(links(*LINKED), tmp_path / "a.xlsx", study())).worksheets[0]
    head, *lines = sheet.iter_rows(values_only=True)
    shown = [dict(zip(head, line, strict=True)) for line in lines]
    assert [(row["text"], row["problem_text"]) for row in shown] == [
        ("Z policją dobrze.", None),
        ("=Tak.", "Z policją dobrze."),
    ]
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_four_columns_are_enough_for_links(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("session_id;turn;problem;other;problem_turn\ns;2;poverty;easy;\ns;2;violence;easy;1\n", "utf-8")
    back = read_links(path, study())
    assert back[["problem_turn", "basis"]].to_numpy().tolist() == [[2, "turn"], [1, "exchange"]]


KNOWN = pd.concat([codes("poverty", group="problems"), codes("easy", group="difficulty")], ignore_index=True)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("s,1,poverty,hard", "row 2: other 'hard'; allowed: easy"),
        ("s,1,easy,easy", "row 2: problem 'easy'; allowed: poverty"),
        ("s,1,,easy", "problem is missing"),
        ("s,7,poverty,easy", "no turn 7"),
    ],
)
def test_a_link_of_unknown_codes_is_named(tmp_path, line, reason):
    path = tmp_path / "a.csv"
    path.write_text(f"session_id,turn,problem,other\n{line}\n", encoding="utf-8")
    with pytest.raises(ReadError, match=reason):
        read_links(path, study(), KNOWN)


@pytest.mark.parametrize("turn", ["77", "2a", "1.5"])
def test_a_problem_of_a_turn_that_there_is_not_is_named(tmp_path, turn):
    path = tmp_path / "a.csv"
    path.write_text(f"session_id,turn,problem,other,problem_turn\ns,1,poverty,easy,{turn}\n", encoding="utf-8")
    with pytest.raises(ReadError, match=rf"row 2: no turn {turn} in session s \(problem_turn\)"):
        read_links(path, study())


def test_institutions_of_the_speakers_are_known_besides_those_of_the_codebook(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("session_id,turn,source,target,relation\ns,1,gops,police,lacks\n", encoding="utf-8")
    assert len(read_relations(path, study(), KNOWN)) == 1
    path.write_text("session_id,turn,source,target,relation\ns,1,gops,polcie,lacks\n", encoding="utf-8")
    with pytest.raises(ReadError, match="target 'polcie'; allowed: gops, police"):
        read_relations(path, study(), KNOWN)


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("session_id,turn,source,target,relation,text", "relations"),
        ("other,problem,turn,session_id", "links"),
        ("session_id,turn,code", None),
    ],
)
def test_a_sheet_is_known_by_its_columns(tmp_path, head, kind):
    path = tmp_path / "a.csv"
    path.write_text(f"{head}\n", encoding="utf-8")
    assert network_sheet(path) == kind


def test_what_is_no_table_is_no_network_sheet(tmp_path):
    path = tmp_path / "codings.docx"
    path.write_bytes(b"PK\x03\x04\x00")
    assert network_sheet(path) is None
