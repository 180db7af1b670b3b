"""``init`` in a folder that has workbooks: they keep every cell, and only rows that they lack are added.

Each run is a process of its own, as a researcher starts it.
"""

import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

import focus_analysis

HEADER = "Gmina: Bieliny\nData: 12.09.2018\nUczestnicy:\nR1 – GOPS\nR2 – Policja\n\n"


def init(folder, lang="pl"):
    env = {**os.environ, "PYTHONPATH": str(Path(focus_analysis.__file__).parents[1]), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "focus_analysis.cli", "init", str(folder), "--lang", lang]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", env=env, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def table(path):
    head, *rows = openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True)
    return [{name: value or None for name, value in zip(head, row, strict=True)} for row in rows]


@pytest.fixture
def prepared(study, talk):
    """A folder with one transcript in which init ran once."""
    folder = study({"a.txt": HEADER + talk})
    init(folder)
    return folder


def test_a_complete_workbook_is_left_byte_for_byte(prepared):
    before = {path.name: path.read_bytes() for path in prepared.iterdir()}
    assert init(prepared).count("nic nie zmieniono") == 2
    assert {path.name: path.read_bytes() for path in prepared.iterdir()} == before


def test_only_rows_that_are_missing_are_added_and_edits_stay(prepared, study, talk):
    book = openpyxl.load_workbook(prepared / "sessions.xlsx")
    page = book.worksheets[0]
    page.title = "moje sesje"
    page["G2"], page["N1"], page["N2"] = "2018-10-01", "moje uwagi", "zadzwonić do GOPS-u"
    page["G2"].fill = openpyxl.styles.PatternFill("solid", fgColor="00FF00")
    book.create_sheet("notatki")["A1"] = "żółw"
    book.save(prepared / "sessions.xlsx")
    study({"b.txt": talk})
    said = init(prepared)
    assert "sessions.xlsx (dodane wiersze: 1)" in said
    assert "speakers.xlsx (dodane wiersze: 3)" in said
    book = openpyxl.load_workbook(prepared / "sessions.xlsx")
    assert book.sheetnames == ["moje sesje", "instrukcja", "notatki"]
    assert book["notatki"]["A1"].value == "żółw"
    assert book.worksheets[0]["G2"].fill.fgColor.rgb == "0000FF00"
    assert [(row["plik"], row["data"], row["moje uwagi"]) for row in table(prepared / "sessions.xlsx")] == [
        ("a.txt", "2018-10-01", "zadzwonić do GOPS-u"),
        ("b.txt", None, None),
    ]


def test_rows_go_under_the_heads_that_a_user_chose_and_hold_no_formula(study, workbook, talks):
    folder = study({"a.txt": HEADER + talks("a"), "=1+1.txt": HEADER + talks("b")})
    workbook(folder / "sessions.xlsx", ["Data", "Uwagi", "Plik", "Gmina"], ["2018-09-01", "ważne", "a.txt", "Oksa"])
    workbook(folder / "speakers.xlsx", ["file", "speaker", "role"], ["a.txt", "R1", "moderator"])
    init(folder, "en")
    assert table(folder / "sessions.xlsx") == [
        {"Data": "2018-09-01", "Uwagi": "ważne", "Plik": "a.txt", "Gmina": "Oksa"},
        {"Data": "2018-09-12", "Uwagi": None, "Plik": "=1+1.txt", "Gmina": "Bieliny"},
    ]
    assert openpyxl.load_workbook(folder / "sessions.xlsx").worksheets[0]["C3"].data_type == "s"
    speakers = table(folder / "speakers.xlsx")
    assert speakers[0] == {"file": "a.txt", "speaker": "R1", "role": "moderator"}
    assert sorted((row["file"], row["speaker"]) for row in speakers) == sorted(
        (file, who) for file in ("a.txt", "=1+1.txt") for who in ("Moderator", "R1", "R2")
    )


def _place(folder):
    corpus = focus_analysis.read_corpus(folder)
    keys = {note.key for note in corpus.notes if note.key.startswith("gmina_")}
    return corpus.sessions["gmina"].iloc[0], corpus.sessions["voivodeship"].iloc[0], keys


def test_a_gmina_guessed_by_init_stays_a_guess_until_its_remark_is_deleted(study, talk):
    folder = study({"oksa.txt": talk})
    init(folder)
    assert _place(folder) == ("Oksa", "świętokrzyskie", {"gmina_unconfirmed"})
    book = openpyxl.load_workbook(folder / "sessions.xlsx")
    heads = [cell.value for cell in book.worksheets[0][1]]
    book.worksheets[0].cell(2, heads.index("uwagi programu") + 1).value = None
    book.save(folder / "sessions.xlsx")
    assert _place(folder) == ("Oksa", "świętokrzyskie", set())


def test_a_header_goes_before_a_gmina_that_init_guessed(study, talk):
    folder = study({"oksa.txt": talk})
    init(folder)
    (folder / "oksa.txt").write_text("Gmina: Bieliny\nPowiat: kielecki\n\n" + talk, encoding="utf-8")
    assert _place(folder) == ("Bieliny", "świętokrzyskie", set())
