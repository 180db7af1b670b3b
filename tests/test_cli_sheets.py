"""Sheets of relations and links by the command line."""

from focus_analysis.io.sheets import read_rows
from tests.test_cli import BOOK, TALK, run


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
