"""``check`` by the command line: of transcripts, of a codebook, of both."""

import pytest

from focus_analysis.io.sheets import read_rows
from tests.command import run
from tests.test_cli import BOOK, TALK, flat


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Two transcripts, one of them broken."""
    folder = tmp_path_factory.mktemp("badanie")
    (folder / "oksa.txt").write_text(TALK, encoding="utf-8")
    (folder / "zły.docx").write_bytes(b"to nie jest Word")
    return folder


def test_check_of_a_good_folder_is_exit_0_and_shows_what_was_read(tmp_path):
    (tmp_path / "oksa.txt").write_text(TALK, encoding="utf-8")
    done = run("check", tmp_path, "--lang", "en")
    assert (done.returncode, done.stderr) == (0, "")
    (row,) = [line for line in done.stdout.splitlines() if "oksa.txt" in line and "Oksa" in line]
    # file, format, gmina, moderator, participants, turns, words, share without a speaker
    assert row.split() == ["oksa.txt", "txt", "Oksa", "Moderator", "2", "5", "36", "0%"]
    assert [path.name for path in tmp_path.iterdir()] == ["oksa.txt"]


def test_check_takes_a_codebook_and_names_its_codes_without_examples(folder, tmp_path):
    (tmp_path / "książka.yaml").write_text(BOOK, encoding="utf-8")
    said = flat(run("check", folder / "oksa.txt", "--codebook", tmp_path / "książka.yaml", "--lang", "en").stdout)
    assert said.count("książka.yaml: there are no examples of the codes lonely, jobless. Their patterns") == 1


def test_check_tells_of_choices_that_stand_side_by_side(folder, tmp_path):
    book = BOOK.replace("[samotność]", '["matka near szpital|hospicjum dom|samotny"]')
    (tmp_path / "książka.yaml").write_text(book, encoding="utf-8")
    said = flat(run("check", folder / "oksa.txt", "--codebook", tmp_path / "książka.yaml").stdout)
    assert said.count("książka.yaml: we wzorcach z near stoją obok siebie słowa z wyborem: szpital|hospicjum dom|") == 1


def test_check_of_a_codebook_alone_refuses_what_is_about_transcripts(tmp_path):
    (tmp_path / "moja.yaml").write_text(BOOK, encoding="utf-8")
    done = run("check", "--codebook", tmp_path / "moja.yaml", "--table", tmp_path / "tabela.csv")
    assert done.returncode == 2
    assert "podaj folder" in flat(done.stderr)
    assert not (tmp_path / "tabela.csv").exists()


def test_check_of_a_codebook_alone_needs_no_transcripts(tmp_path):
    (tmp_path / "książka.yaml").write_text(BOOK.replace("[samotność]", "[babci]"), encoding="utf-8")
    done = run("check", "--codebook", tmp_path / "książka.yaml", "--lang", "en")
    assert done.returncode == 0
    assert flat(done.stdout).startswith("Read the codebook książka.yaml: 2 codes, ")
    assert "no dictionary forms: babci (lonely)" in flat(done.stdout)


def test_check_of_nothing_says_what_to_give():
    done = run("check", "--lang", "en")
    assert done.returncode == 2
    assert "give transcripts, a codebook (--codebook), or both" in flat(done.stderr)


def test_check_writes_the_table_of_files_where_it_is_asked_to(folder, tmp_path):
    table = tmp_path / "pliki.csv"
    done = run("check", folder, "--table", table)
    assert done.returncode == 1
    head, *found = read_rows(table)[0]
    assert [row[head.index("file")] for row in found][-1] == "zły.docx"
    assert "uszkodzony" in found[-1][head.index("refused")]
    assert found[0][head.index("speakers")].startswith("R1: 2 (")


def test_the_table_of_files_never_takes_the_place_of_a_transcript(folder, tmp_path):
    talk = tmp_path / "oksa.csv"
    talk.write_text("speaker,text\nM,Co u was?\nR1,Bieda.\n", encoding="utf-8")
    before = talk.read_bytes()
    for table, said in ((folder / "oksa.txt", "must end in .csv"), (talk, "this is an input")):
        done = run("check", talk, "--table", table, "--lang", "en")
        assert (done.returncode, said in flat(done.stderr)) == (1, True)
    assert talk.read_bytes() == before


def test_check_of_a_folder_with_a_bad_file_is_exit_1_and_says_how_to_mend_it(folder):
    done = run("check", folder / "oksa.txt", folder / "zły.docx")
    assert done.returncode == 1
    assert "BŁĄD: zły.docx: uszkodzony dokument Worda" in done.stdout
    assert "zapisz ponownie jako .docx" in done.stdout
    assert "oksa.txt" in done.stdout


def test_the_reason_is_said_in_the_language_of_the_option(tmp_path):
    (tmp_path / "pusty.txt").write_bytes(b"")
    done = run("check", tmp_path, "--lang", "pl", locale="C")
    assert done.returncode == 1
    assert "pusty.txt: plik jest pusty" in done.stderr


@pytest.mark.parametrize("table", ["--sessions", "--speakers"])
def test_a_table_that_is_not_there_is_exit_1_with_the_reason(folder, table):
    done = run("check", folder, table, folder / "nie_ma.csv", locale="C")
    assert done.returncode == 1
    assert "nie_ma.csv: there is no such file" in done.stderr
    assert "Traceback" not in done.stderr
