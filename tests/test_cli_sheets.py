"""Sheets by the command line: of codes, of relations and links."""

import openpyxl

from focus_analysis.io.sheets import read_rows
from tests.command import run
from tests.test_cli import BOOK, TALK, flat, rows


def common(folder):
    (folder / "rozmowy").mkdir()
    (folder / "rozmowy" / "oksa.txt").write_text(TALK, encoding="utf-8")
    (folder / "książka.yaml").write_text(BOOK, encoding="utf-8")
    return folder / "rozmowy", "--codebook", folder / "książka.yaml", "--out", folder / "arkusz.csv"


def test_a_sheet_of_links_has_its_columns_and_is_never_written_over(tmp_path):
    given = common(tmp_path)
    done = run("sheet", *given, "--of", "links")
    assert done.returncode == 0, done.stderr
    head = read_rows(tmp_path / "arkusz.csv")[0][0]
    assert {"session_id", "turn", "problem", "other", "text"} <= set(head)
    again = run("sheet", *given, "--of", "relations", "--lang", "en")
    assert again.returncode == 1
    assert read_rows(tmp_path / "arkusz.csv")[0][0] == head


def test_a_sample_goes_with_a_sheet_of_codes_only(tmp_path):
    done = run("sheet", *common(tmp_path), "--of", "relations", "--sample", 3)
    assert done.returncode == 2
    assert not (tmp_path / "arkusz.csv").exists()


def test_a_unit_goes_with_a_sample_and_a_plan_with_its_sheet(tmp_path):
    given = common(tmp_path)
    alone = run("sheet", *given, "--unit", "speaker")
    assert (alone.returncode, "podaj też --sample" in flat(alone.stderr)) == (2, True)
    assert run("sheet", *given, "--unit", "speaker", "--sample", 2).returncode == 0
    plan = tmp_path / "arkusz-plan.csv"
    done = run("report", *given[:3], "--out", tmp_path / "w", "--codings", plan, "--lang", "en")
    assert (done.returncode, "there is no sheet in which the sample was coded" in flat(done.stderr)) == (1, True)


def test_a_sheet_goes_out_and_its_codes_come_home(tmp_path):
    (tmp_path / "rozmowy").mkdir()
    (tmp_path / "rozmowy" / "oksa.txt").write_text(TALK, encoding="utf-8")
    (tmp_path / "książka.yaml").write_text(BOOK, encoding="utf-8")
    sheet, plan = tmp_path / "arkusz.xlsx", tmp_path / "arkusz-plan.csv"
    common = (tmp_path / "rozmowy", "--codebook", tmp_path / "książka.yaml")
    done = run("sheet", *common, "--out", sheet, "--sample", 9, "--unit", "speaker", "--blind")
    assert done.returncode == 0, done.stderr
    assert f"--codings {sheet} {plan}" in flat(done.stdout)
    assert "nie wysyłaj go poza zespół" in flat(done.stdout)
    book = openpyxl.load_workbook(sheet)
    rows_, columns = book.worksheets[0], [cell.value for cell in book.worksheets[0][1]]
    assert [row[0].value for row in rows_.iter_rows(min_row=2)] == ["oksa#2", "oksa#3", "oksa#5"]
    rows_.cell(2, columns.index("kod 1") + 1).value = "bezrobocie"
    rows_.cell(3, columns.index("kod 1") + 1).value = "nie wiem"
    book["instrukcja"]["B2"].value = "tak"
    book.save(sheet)
    done = run("report", *common, "--out", tmp_path / "wyniki", "--codings", sheet, plan, "--lang", "pl")
    assert done.returncode == 1, done.stderr
    assert "3 (oksa#3): nieznany kod „nie wiem”" in flat(done.stderr)
    assert [(row["turn"], row["code"], row["coder_kind"]) for row in rows(tmp_path / "wyniki" / "codings.csv")] == [
        ("2", "jobless", "human")
    ]
    assert {row["code"] for row in rows(tmp_path / "wyniki" / "tables" / "corrected.csv")} == {"lonely", "jobless"}
    assert run("sheet", *common, "--out", sheet, "--sample", 0).returncode == 2
