"""Coding sheets: written, filled in as people and spreadsheets do, read back, written anew."""

import csv
import random
import warnings

import openpyxl
import pandas as pd
import pytest

from focus_analysis.corpus import Corpus
from focus_analysis.errors import ArgumentError, ReadError
from focus_analysis.io.coding_sheet_reader import read_coding_sheet
from focus_analysis.io.coding_sheet_writer import write_coding_sheet
from focus_analysis.schemas import CODINGS, check
from tests.builders import codebook, codings, corpus, group

TURNS = ("M: Co tu boli?", "R1: =bieda i wódka", "R2: Nic mnie nie boli.", "R1: Mieszkań nie ma.")
BOOK = codebook(
    {"poverty": ["bieda"], "alcohol": ["wódka"], "housing": ["mieszkanie"]}, poverty="bieda", alcohol="alkohol"
)


@pytest.fixture
def study():
    return corpus(group("oksa", *TURNS), group("2018-09", "R1: bieda"))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "arkusz.xlsx"


def machine(*rows):
    return codings(*rows).assign(coder="rules", coder_kind="rule", evidence="bieda → bieda | cue: nie ma")


def heads(sheet):
    return {cell.value: cell.column for cell in sheet[1] if cell.value}


def fill(path, decisions, coder="Ala", **guide):
    """Write cells into a sheet as a person does: by row id and head."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    columns = heads(sheet)
    numbers = {row[0].value: row[0].row for row in sheet.iter_rows(min_row=2)}
    for (row, head), value in decisions.items():
        sheet.cell(numbers[row], columns[head]).value = value
    for line in book["instrukcja"].iter_rows(max_row=3):
        if line[0].value == "Koder:":
            line[1].value = coder
        if line[0].value.startswith("Przeczytano"):
            line[1].value = guide.get("finished")
    book.save(path)


def quiet(path, *args, **kwargs):
    """Read a sheet that nothing is to be said about."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return read_coding_sheet(path, *args, **kwargs)


def records(table):
    return sorted(zip(table["session_id"], table["turn"], table["code"], table["status"], strict=True))


FILLED = {
    ("oksa#2", "kod 1"): "bieda",
    ("oksa#2", "kod 2"): "alkohol ",
    ("oksa#2", "status 2"): " Zaprzeczony",
    ("oksa#3", "kod 1"): "— brak kodu —",
    ("2018-09#1", "kod 2"): "poverty",
    ("2018-09#1", "status 2"): "hypothetical",
}
READ = [
    ("2018-09", 1, "poverty", "hypothetical"),
    ("oksa", 2, "alcohol", "denied"),
    ("oksa", 2, "poverty", "affirmed"),
    ("oksa", 3, "none", "affirmed"),
]


def test_what_is_chosen_comes_home(study, path):
    write_coding_sheet(study, BOOK, path)
    fill(path, FILLED)
    read = quiet(path)
    assert records(read) == READ
    assert set(read["coder"]) == {"Ala"}
    assert set(read["coder_kind"]) == {"human"}
    assert set(read["codebook_version"]) == {"7"}
    ends = {(row.session_id, row.turn): row.end for row in read.itertuples()}
    assert ends[("oksa", 2)] == len("=bieda i wódka")
    pd.testing.assert_frame_equal(read, check(quiet(path, study, BOOK), CODINGS))


def test_a_turn_that_stands_in_two_rows_is_named(study, path):
    write_coding_sheet(study, BOOK, path)
    fill(path, FILLED)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    again = next(row for row in sheet.iter_rows(min_row=2) if row[0].value == "oksa#2")
    sheet.append([again[0].value])
    sheet.cell(sheet.max_row, heads(sheet)["kod 1"]).value = "alkohol"
    book.save(path)
    with pytest.warns(UserWarning, match=f"oksa#2.*this turn has a row already: {again[0].row}"):
        read_coding_sheet(path, study, BOOK, lang="en")


def test_comments_in_both_rows_of_a_turn_stay(study, path):
    write_coding_sheet(study, BOOK, path)
    fill(path, FILLED | {("oksa#2", "komentarz"): "pierwszy"})
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    sheet.append(["oksa#2"])
    sheet.cell(sheet.max_row, heads(sheet)["komentarz"]).value = "drugi"
    book.save(path)
    write_coding_sheet(study, BOOK, path)
    sheet = openpyxl.load_workbook(path).worksheets[0]
    (row,) = [row for row in sheet.iter_rows(min_row=2) if row[0].value == "oksa#2"]
    assert row[heads(sheet)["komentarz"] - 1].value == "pierwszy\ndrugi"


def test_without_its_column_of_ids_the_codebook_is_not_taken_for_the_sheet(study, path):
    write_coding_sheet(study, BOOK, path)
    book = openpyxl.load_workbook(path)
    book.worksheets[0].delete_cols(1)
    book.save(path)
    with pytest.raises(ReadError, match="session_id"):
        read_coding_sheet(path, study, BOOK, lang="en")


def test_a_sheet_looks_as_a_person_needs_it(study, path):
    write_coding_sheet(study, BOOK, path, codings=machine(("oksa", 2, "poverty"), ("oksa", 3, "alcohol", "denied")))
    book = openpyxl.load_workbook(path)
    sheet, codes, guide = book.worksheets
    assert book.sheetnames == ["kodowanie", "książka kodowa", "instrukcja"]
    columns = heads(sheet)
    rows = {row[0].value: row for row in sheet.iter_rows(min_row=2)}
    assert rows["oksa#2"][columns["wypowiedź"] - 1].value == "=bieda i wódka"
    assert rows["oksa#2"][columns["wypowiedź"] - 1].data_type == "s"
    assert rows["oksa#2"][columns["propozycja programu"] - 1].value == "bieda (potwierdzony)"
    assert rows["oksa#3"][columns["skąd ta propozycja"] - 1].value == "bieda → bieda | wskazówka: nie ma"
    assert sheet.freeze_panes == "C2"
    assert sheet.protection.sheet
    assert rows["oksa#2"][columns["wypowiedź"] - 1].protection.locked
    letter = openpyxl.utils.get_column_letter
    assert not sheet.column_dimensions[letter(columns["kod 1"])].protection.locked
    assert sheet.column_dimensions[letter(columns["znacznik (nie zmieniać)"])].hidden
    assert rows["oksa#2"][columns["wypowiedź"] - 1].alignment.wrap_text
    formulas = {choice.formula1 for choice in sheet.data_validations.dataValidation}
    assert formulas == {"'książka kodowa'!$A$2:$A$5", '"potwierdzony,zaprzeczony,przypuszczany"'}
    assert [row[0].value for row in codes.iter_rows(min_row=2)][:2] == ["— brak kodu —", "bieda"]
    assert guide["A1"].value == "Koder:"


def test_without_codings_the_coder_sees_no_suggestion(study, path):
    write_coding_sheet(study, BOOK, path)
    assert "propozycja programu" not in heads(openpyxl.load_workbook(path).worksheets[0])


def test_rows_sorted_left_out_and_added_are_no_matter(study, path):
    write_coding_sheet(study, BOOK, path)
    fill(path, FILLED)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    head, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    random.Random(1).shuffle(rows)
    sheet.delete_rows(1, sheet.max_row)
    for row in [["moje uwagi"], head, [], *rows[:3], [None] * 4, [], *rows[3:]]:
        sheet.append(row)
    book.save(path)
    assert records(quiet(path, study)) == READ


def test_columns_and_semicolons_make_room_for_more_codes(study, path):
    write_coding_sheet(study, BOOK, path)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    sheet.cell(1, sheet.max_column + 1).value = "Kod 9"
    sheet.cell(3, sheet.max_column).value = "housing"
    sheet.cell(3, heads(sheet)["kod 1"]).value = "alkohol; bieda"
    book.save(path)
    with pytest.warns(UserWarning, match="puste wiersze: 4"):
        read = read_coding_sheet(path, coder="Ola")
    assert records(read) == [("oksa", 2, code, "affirmed") for code in ("alcohol", "housing", "poverty")]
    assert set(read["coder"]) == {"Ola"}


def test_a_sheet_read_to_its_end_has_no_unread_rows(study, path):
    write_coding_sheet(study, BOOK, path)
    fill(path, FILLED, finished="Tak")
    read = quiet(path)
    assert set(read.loc[read["code"] == "none", "turn"]) == {1, 3, 4}
    assert read[["session_id", "turn"]].drop_duplicates().shape[0] == 5


@pytest.mark.parametrize(
    ("cells", "said", "left"),
    [
        ({("oksa#2", "kod 1"): "głód"}, ["3 (oksa#2)", "nieznany kod „głód”"], []),
        ({("oksa#2", "kod 1"): "bieda", ("oksa#2", "status 1"): "może"}, ["3 (oksa#2)", "nieznany status „może”"], []),
        ({("oksa#3", "status 1"): "zaprzeczony"}, ["4 (oksa#3)", "bez kodu"], []),
        ({("oksa#2", "id"): "oksa", ("oksa#2", "kod 1"): "bieda"}, ["wiersz ma kody, ale „oksa”", "bieda"], []),
        ({("oksa#2", "id"): "oksa#88", ("oksa#2", "kod 1"): "bieda"}, ["oksa#88", "nie ma w transkrypcjach"], []),
        (
            {("oksa#2", "kod 1"): "bieda", ("oksa#2", "kod 2"): "bieda", ("oksa#2", "status 1"): "zaprzeczony"},
            ["dwa statusy", "affirmed"],
            [("oksa", 2, "poverty", "affirmed")],
        ),
        (
            {("oksa#2", "kod 1"): "— brak kodu —", ("oksa#2", "kod 2"): "bieda"},
            ["„brak kodu” i kody"],
            [("oksa", 2, "poverty", "affirmed")],
        ),
    ],
)
def test_every_row_that_cannot_be_used_is_named(study, path, cells, said, left):
    write_coding_sheet(study, BOOK, path)
    fill(path, cells)
    with pytest.warns(UserWarning) as warned:
        read = read_coding_sheet(path, study, BOOK)
    text = str(warned[0].message)
    assert [words for words in ["arkusz.xlsx", *said] if words not in text] == []
    assert records(read) == left


def test_a_coded_row_that_cannot_be_used_is_no_empty_one(study, path):
    write_coding_sheet(study, BOOK, path)
    fill(path, {("oksa#2", "kod 1"): "bieda", ("oksa#3", "id"): "oksa#88", ("oksa#3", "kod 1"): "bieda"})
    with pytest.warns(UserWarning, match="puste wiersze: 3,"):
        assert records(read_coding_sheet(path, study, BOOK)) == [("oksa", 2, "poverty", "affirmed")]


def test_without_a_name_the_file_stands_for_the_coder(study, path):
    write_coding_sheet(study, BOOK, path)
    fill(path, FILLED, coder=None)
    with pytest.warns(UserWarning, match="nie wpisano, kto kodował"):
        assert set(read_coding_sheet(path)["coder"]) == {"arkusz"}


def test_a_text_edited_in_the_sheet_is_noticed(study, path):
    write_coding_sheet(study, BOOK, path)
    fill(path, {**FILLED, ("oksa#2", "wypowiedź"): "co innego"})
    with pytest.warns(UserWarning, match="jest inny niż wtedy"):
        assert records(read_coding_sheet(path)) == READ


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1250"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_a_csv_goes_through_a_spreadsheet_and_comes_home(study, tmp_path, encoding, delimiter):
    path = write_coding_sheet(study, BOOK, tmp_path / "arkusz.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file, delimiter=";")
    assert rows[1][head.index("wypowiedź")] == "'=bieda i wódka"
    rows[1][head.index("kod 1")] = "poverty  "
    rows[1][head.index("kod 2")] = "alcohol"
    rows[1][head.index("status 2")] = "zaprzeczony"
    rows[2][head.index("kod 1")] = "— brak kodu —"
    rows[4][head.index("kod 1")] = "poverty"
    rows[4][head.index("status 1")] = "Przypuszczany"
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows([head, *reversed(rows), [""] * len(head)])
    assert records(quiet(path, coder="Ala")) == READ
    assert records(quiet(path, study, BOOK, coder="Ala")) == READ


def test_human_codes_are_filled_in_and_machine_codes_only_suggested(study, path):
    human = codings(("oksa", 2, "poverty", "denied"), ("oksa", 3, "none")).assign(coder="Ola")
    write_coding_sheet(study, BOOK, path, codings=pd.concat([machine(("oksa", 4, "housing")), human]))
    read = quiet(path, study)
    assert records(read) == [("oksa", 2, "poverty", "denied"), ("oksa", 3, "none", "affirmed")]
    assert set(read["coder"]) == {"Ola"}


def test_a_sample_has_its_turns_only_and_the_turn_before(study, path):
    sample = pd.DataFrame({"session_id": ["oksa"], "turn": [3]})
    write_coding_sheet(study, BOOK, path, sample=sample)
    head, *rows = openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True)
    assert [row[0] for row in rows] == ["oksa#3"]
    assert rows[0][head.index("poprzednia wypowiedź")] == "R1: =bieda i wódka"


def test_a_sample_of_speakers_has_all_that_they_say(study, path):
    write_coding_sheet(study, BOOK, path, sample=pd.DataFrame({"session_id": ["oksa"], "speaker": ["R1"]}))
    _, *rows = openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True)
    assert [row[0] for row in rows] == ["oksa#2", "oksa#4"]


def test_writing_anew_keeps_every_decision_and_the_old_file(study, path):
    write_coding_sheet(study, BOOK, path)
    fill(path, {**FILLED, ("oksa#4", "komentarz"): "do rozmowy"}, finished=None)
    before = path.read_bytes()
    write_coding_sheet(study, BOOK, path, codings=machine(("oksa", 2, "housing")))
    assert records(quiet(path, study, BOOK)) == READ
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert "do rozmowy" in [cell.value for row in sheet for cell in row]
    assert (path.parent / "arkusz-before-1.xlsx").read_bytes() == before
    write_coding_sheet(study, BOOK, path)
    assert (path.parent / "arkusz-before-2.xlsx").exists()


def test_a_finished_sheet_written_anew_does_not_finish_new_turns(study, path):
    write_coding_sheet(study, BOOK, path)
    fill(path, FILLED, finished="tak")
    write_coding_sheet(corpus(group("oksa", *TURNS, "R2: I jeszcze to."), group("2018-09", "R1: bieda")), BOOK, path)
    read = quiet(path)
    assert ("oksa", 5) not in set(zip(read["session_id"], read["turn"], strict=True))
    assert len(read[["session_id", "turn"]].drop_duplicates()) == 5


def test_what_changed_since_shows_as_a_conflict_and_not_as_a_loss(study, path):
    write_coding_sheet(study, BOOK, path)
    fill(path, {**FILLED, ("oksa#4", "kod 1"): "housing"})
    changed = corpus(group("oksa", TURNS[0], "R1: bieda", TURNS[2]), group("2018-09", "R1: bieda"))
    smaller = codebook({"poverty": ["bieda"], "housing": ["mieszkanie"]}, poverty="bieda")
    write_coding_sheet(changed, smaller, path)
    head, *rows = openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True)
    remark = {row[0]: row[head.index("uwagi programu")] or "" for row in rows}
    cells = {row[0]: row for row in rows}
    assert "tekst wypowiedzi zmienił się" in remark["oksa#2"]
    assert "nie ma w książce kodowej (wersja 7): alcohol" in remark["oksa#2"]
    assert "nie ma już w transkrypcji" in remark["oksa#4"]
    assert {"bieda", "alcohol"} <= set(cells["oksa#2"])
    assert "housing po polsku" in cells["oksa#4"]
    with pytest.warns(UserWarning) as warned:
        read = read_coding_sheet(path, changed, smaller)
    text = str(warned[0].message)
    assert "nieznany kod „alcohol”" in text
    assert "oksa#4" in text
    assert records(read) == [("2018-09", 1, "poverty", "hypothetical"), ("oksa", 2, "poverty", "affirmed"), READ[-1]]
    write_coding_sheet(study, BOOK, path)  # the transcript and the codebook are as they were: nothing was lost
    with pytest.warns(UserWarning, match="nierozstrzygnięta uwaga"):
        assert records(read_coding_sheet(path, study, BOOK)) == sorted([*READ, ("oksa", 4, "housing", "affirmed")])


def test_a_code_described_otherwise_is_marked(study, path):
    def described(words):
        entries = [entry.model_copy(update={"include": words}) for entry in BOOK.entries]
        return BOOK.model_copy(update={"entries": tuple(entries), "version": words})

    write_coding_sheet(study, described("a"), path)
    fill(path, {("oksa#2", "kod 1"): "bieda"})
    with pytest.warns(UserWarning, match="kodowano według innej wersji książki kodowej: a"):
        read_coding_sheet(path, study, described("b"))
    write_coding_sheet(study, described("b"), path)
    with pytest.warns(UserWarning, match="zmieniono opis kodu: bieda"):
        assert records(read_coding_sheet(path, study)) == [("oksa", 2, "poverty", "affirmed")]


def test_rows_that_name_no_turn_stay_in_the_sheet(study, path):
    write_coding_sheet(study, BOOK, path)
    fill(path, {("oksa#2", "id"): "zgubiony", ("oksa#2", "kod 1"): "bieda"})
    write_coding_sheet(study, BOOK, path)
    rows = list(openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True))
    assert rows[-1][0] == "zgubiony"
    assert "bieda" in rows[-1]


def test_signs_that_a_workbook_cannot_hold_are_replaced(path):
    study = corpus(group("s", "M: Słucham.", "R1: bieda"))
    turns = study.turns.assign(text=["Słucham\x07.", "bieda\x00 \ufffe"])
    write_coding_sheet(Corpus(study.sessions, study.speakers, turns), BOOK, path)
    said = {cell.value for row in openpyxl.load_workbook(path).worksheets[0] for cell in row}
    assert "bieda\ufffd \ufffd" in said


def test_a_file_of_another_kind_is_never_overwritten(study, tmp_path):
    (tmp_path / "moje.csv").write_text("a;b\n1;2\n", encoding="utf-8")
    with pytest.raises(ArgumentError, match="not a coding sheet"):
        write_coding_sheet(study, BOOK, tmp_path / "moje.csv")
    with pytest.raises(ArgumentError, match="must end in"):
        write_coding_sheet(study, BOOK, tmp_path / "arkusz.ods")
    with pytest.raises(ArgumentError, match="no turn of this corpus"):
        write_coding_sheet(study, BOOK, tmp_path / "a.csv", sample=pd.DataFrame({"session_id": ["x"], "turn": [1]}))


def test_an_english_sheet_reads_the_same(study, path):
    write_coding_sheet(study, BOOK, path, lang="en")
    book = openpyxl.load_workbook(path)
    sheet = book["coding"]
    sheet.cell(3, heads(sheet)["code 1"]).value = "poverty in English"
    sheet.cell(3, heads(sheet)["status 1"]).value = "denied"
    book["guide"]["B1"].value = "Ann"
    book.save(path)
    with pytest.warns(UserWarning, match="empty rows: 4, and none says"):
        read = read_coding_sheet(path, study, BOOK, lang="en")
    assert records(read) == [("oksa", 2, "poverty", "denied")]


def test_of_a_long_turn_before_the_end_is_shown(path):
    study = corpus(group("s", "M: " + "dużo słów " * 50 + "i pytanie?", "R1: bieda"))
    write_coding_sheet(study, BOOK, path, sample=pd.DataFrame({"session_id": ["s"], "turn": [2]}))
    head, row = openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True)
    before = row[head.index("poprzednia wypowiedź")]
    assert before.startswith("M: … ") and before.endswith("i pytanie?")
    assert len(before) < 260
