"""The command line as a researcher runs it: small runs, each a process of its own."""

import csv
import hashlib
import json
from pathlib import Path

import docx
import openpyxl
import pytest

from focus_analysis import labels
from focus_analysis.io.sheets import read_rows
from tests.command import flat, run

TALK = """\
Gmina: Oksa
Data: 29.08.2018
Dane: zmyślone
Uczestnicy:
R1 – GOPS
R2 – Policja

Moderator: Z jakimi problemami borykają się tu ludzie?

R1: Samotność osób starszych to jest u nas największy problem, bo dzieci wyjechały.

R2: =CMD() tak mi się nagrało, a u nas jest bezrobocie.

Moderator: Coś jeszcze?

R1: -Tak, żeby była świetlica, @gmina.
"""
BOOK = """\
name: próba
version: "1"
groups:
  problems:
    label: {pl: problemy, en: problems}
codes:
  lonely:
    group: problems
    label: {pl: samotność, en: loneliness}
    patterns: [samotność]
  jobless:
    group: problems
    label: {pl: bezrobocie, en: unemployment}
    patterns: [bezrobocie]
"""


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Two transcripts, one of them broken, a codebook, and the results of a report inside the same folder."""
    folder = tmp_path_factory.mktemp("badanie")
    (folder / "oksa.txt").write_text(TALK, encoding="utf-8")
    (folder / "zły.docx").write_bytes(b"to nie jest Word")
    (folder / "nagranie.mp3").write_bytes(b"ID3")
    (folder.parent / "książka.yaml").write_text(BOOK, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def report(folder):
    """Run ``report`` once, in Polish."""
    options = ("--out", folder / "wyniki", "--codebook", folder.parent / "książka.yaml")
    return run("report", folder, *options, figures=True)


@pytest.fixture(scope="module")
def results(folder, report):
    """Open the folder that ``report`` filled."""
    assert report.returncode == 1, report.stderr
    return folder / "wyniki"


@pytest.mark.parametrize(
    ("locale", "said"), [("pl_PL.UTF-8", "Nie udało się: {}: nazwa jest za długa"), ("C", "{}: the name is too long")]
)
def test_what_the_system_refuses_is_told_with_the_file_and_the_reason(locale, said, tmp_path):
    (tmp_path / "oksa.txt").write_text(TALK, encoding="utf-8")
    out = tmp_path / ("w" * 300)
    done = run("code", tmp_path, "--out", out, "--coder", "rules", locale=locale)
    assert (done.returncode, said.format(out) in done.stderr) == (1, True)


def test_a_file_of_codes_or_a_plan_that_cannot_be_used_is_exit_1(tmp_path):
    (tmp_path / "oksa.txt").write_text(TALK, encoding="utf-8")
    (tmp_path / "kody.csv").write_text("session_id,turn,code\noksa,2,nie_ma_kodu\n", encoding="utf-8")
    options = ("--out", tmp_path / "w", "--coder", "rules")
    done = run("report", tmp_path / "oksa.txt", *options, "--codings", tmp_path / "kody.csv")
    assert (done.returncode, "nieznany kod „nie_ma_kodu”" in done.stderr) == (1, True)
    assert "nie ma tu żadnego kodu, którego można użyć" in done.stderr
    (tmp_path / "kody.csv").write_text("session_id,turn,code\noksa,2,addiction\noksa,2,nie_ma_kodu\n", encoding="utf-8")
    outline = tmp_path / "method.yaml"
    outline.write_text("sections: [method]", encoding="utf-8")
    partly = run("report", tmp_path / "oksa.txt", *options, "--codings", tmp_path / "kody.csv", "--sections", outline)
    assert (partly.returncode, "nieznany kod „nie_ma_kodu”" in partly.stderr) == (1, True)
    missing = run("report", tmp_path / "oksa.txt", *options, "--sections", tmp_path / "plan.yaml")
    assert (missing.returncode, "plan.yaml: nie ma takiego pliku" in missing.stderr) == (1, True)


def test_init_writes_two_workbooks_and_says_what_comes_next(tmp_path):
    (tmp_path / "oksa.txt").write_text(TALK, encoding="utf-8")
    done = run("init", tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert flat(done.stdout).count("Zapisano") == 2
    assert "dodane wiersze: 3" in done.stdout
    assert labels.words("cli.init_next", "pl") in done.stdout
    heads = {
        name: openpyxl.load_workbook(tmp_path / f"{name}.xlsx").worksheets[0]["A1"].value
        for name in ("sessions", "speakers")
    }
    assert heads == {"sessions": "plik", "speakers": "plik"}


def test_nothing_that_can_be_read_is_exit_1_with_the_reason(tmp_path):
    (tmp_path / "pusty.txt").write_bytes(b"")
    done = run("code", tmp_path, "--out", tmp_path / "wyniki", locale="C")
    assert done.returncode == 1
    assert "pusty.txt: the file is empty" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "wyniki").exists()


def test_a_codebook_that_cannot_be_understood_is_exit_1_and_nothing_is_written(folder, tmp_path):
    (tmp_path / "zła.yaml").write_text(BOOK + "colour: red\n", encoding="utf-8")
    done = run("code", folder, "--out", tmp_path / "wyniki", "--codebook", tmp_path / "zła.yaml")
    assert done.returncode == 1
    assert "Nie udało się: zła.yaml, wiersz 15: klucz „colour” jest nieznany; dozwolone: " in done.stderr
    english = run("check", "--codebook", tmp_path / "zła.yaml", "--lang", "en")
    assert "This did not work: zła.yaml, line 15: 'colour' is not known; allowed: " in english.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "wyniki").exists()


@pytest.mark.parametrize(
    ("arguments", "polish", "english"),
    [
        (("sheet", "--out", "a.pdf"), "musi kończyć się na .xlsx", "must end in .xlsx"),
        (
            ("code", "--coder", "rules", "--out", "oksa.txt"),
            "to plik; w --out podaj folder",
            "is a file; give a folder",
        ),
        (
            ("code", "--coder", "rules", "--out", "o", "--guide", "plan.csv"),
            "nie ma bloku „pogoda”",
            "no block 'pogoda'",
        ),
        (
            ("report", "--coder", "rules", "--out", "o", "--sections", "plan.csv"),
            "potrzebna jest lista nazw",
            "it needs a list under",
        ),
        (
            ("report", "--coder", "rules", "--out", "o", "--template", "plan.csv"),
            "podaj najwyżej jeden .docx",
            "give one .docx",
        ),
    ],
)
def test_what_cannot_be_used_is_refused_in_the_language_of_the_option(arguments, polish, english, tmp_path):
    (tmp_path / "oksa.txt").write_text(TALK, encoding="utf-8")
    (tmp_path / "plan.csv").write_text("session_id,turn,question\noksa,2,pogoda\n", encoding="utf-8")
    command, *rest = arguments
    for lang, said in (("pl", polish), ("en", english)):
        done = run(command, "oksa.txt", *rest, "--lang", lang, cwd=tmp_path)
        assert done.returncode == 1
        assert said in flat(done.stderr)
        assert "Traceback" not in done.stderr
    assert not (tmp_path / "o" / "codings.csv").exists()


def test_a_bad_file_beside_good_ones_is_exit_1_and_the_rest_is_written(report, results):
    assert report.returncode == 1
    assert "BŁĄD: zły.docx: uszkodzony dokument Worda" in report.stderr
    assert "nagranie.mp3" not in report.stderr
    assert str(results / "report.html") in report.stdout
    assert [row["source"] for row in rows(results / "sessions.csv")] == ["oksa.txt"]
    assert "<html" in (results / "report.html").read_text(encoding="utf-8")


def test_codes_without_examples_are_named_once_and_what_examples_would_bring(report):
    said = flat(report.stderr)
    assert said.count("Program nie ma przykładów dla kodów: lonely, jobless.") == 1
    assert "20 przykładów na kod dało modelowi F1 0," in said


def test_report_writes_what_was_promised(results):
    names = {path.relative_to(results).as_posix() for path in results.rglob("*") if path.is_file()}
    tables = {"sessions.csv", "speakers.csv", "turns.csv", "codings.csv", "tables/salience.csv"}
    assert tables | {"manifest.json", "report.html", "README.txt"} <= names
    figures = {name for name in names if name.startswith("figures/")}
    assert {name.rsplit(".", 1)[1] for name in figures} == {"png", "svg", "pdf"}
    assert not [name for name in names if Path(name).name.startswith(".")]


def test_a_report_in_word_and_pdf_has_the_sections_asked_for(tmp_path):
    (tmp_path / "oksa.txt").write_text(TALK, encoding="utf-8")
    (tmp_path / "książka.yaml").write_text(BOOK, encoding="utf-8")
    (tmp_path / "plan.yaml").write_text("sections: [caveats, study]", encoding="utf-8")
    options = ("--codebook", "książka.yaml", "--coder", "rules", "--lang", "en", "--format", "docx,html")
    (tmp_path / "wzór.typ").write_text("#let style(report) = {\n  report\n}\n", encoding="utf-8")
    layout = ("--format", "pdf", "--sections", "plan.yaml", "--template", "wzór.typ", "--attribution", "gmina")
    done = run("report", "oksa.txt", "--out", "wyniki", *options, *layout, cwd=tmp_path)
    assert (done.returncode, done.stdout.count("Written")) == (0, 3)
    assert {path.suffix for path in (tmp_path / "wyniki").glob("report*")} == {".docx", ".html", ".pdf"}
    document = docx.Document(str(tmp_path / "wyniki" / "report.docx"))
    headings = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Heading 1"]
    assert headings == ["What must not be concluded", "The study and its groups"]


def test_the_estimates_are_those_of_the_talk(results):
    found = [row for row in rows(results / "tables" / "salience.csv") if row["level"] == "leaf"]
    coverage = {row["code"]: row for row in found if row["measure"] == "coverage"}
    assert {code: (row["n_named"], row["n_participants"], row["denominator"]) for code, row in coverage.items()} == {
        "lonely": ("1", "2", "roster"),
        "jobless": ("1", "2", "roster"),
    }
    assert {row["teryt"] for row in found} == {"2602052"}


def test_the_manifest_says_what_went_in(folder, results):
    manifest = json.loads((results / "manifest.json").read_text(encoding="utf-8"))
    sha256 = hashlib.sha256((folder / "oksa.txt").read_bytes()).hexdigest()
    assert manifest["inputs"] == [{"file": "oksa.txt", "session_id": "oksa", "sha256": sha256}]
    assert manifest["codebook"]["sha256"] == hashlib.sha256(BOOK.encode()).hexdigest()
    assert manifest["counts"]["turns"] == 5
    assert any("zły.docx" in warning for warning in manifest["warnings"])
    assert {"pandas", "python"} <= set(manifest["packages"])


def test_no_cell_of_any_csv_starts_a_live_formula(results):
    tables = list(results.rglob("*.csv"))
    assert len(tables) >= 5
    for table in tables:
        with table.open(encoding="utf-8", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        # a negative number is no formula
        live = [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r")) and not _is_number(cell)]
        assert live == []


def _is_number(cell):
    try:
        float(cell)
    except ValueError:
        return False
    return True


def test_the_turns_read_back_as_they_were_said(results):
    head, *found = read_rows(results / "turns.csv")[0]
    texts = [row[head.index("text")] for row in found]
    assert texts == [
        "Z jakimi problemami borykają się tu ludzie?",
        "Samotność osób starszych to jest u nas największy problem, bo dzieci wyjechały.",
        "=CMD() tak mi się nagrało, a u nas jest bezrobocie.",
        "Coś jeszcze?",
        "-Tak, żeby była świetlica, @gmina.",
    ]


def test_a_second_run_reads_no_output_and_never_overwrites_an_edited_report(folder, results):
    edited = (results / "report.html").read_text(encoding="utf-8") + "<!-- moje uwagi -->"
    (results / "report.html").write_text(edited, encoding="utf-8")
    arguments = (folder, "--out", results, "--codebook", folder.parent / "książka.yaml")
    done = run("report", *arguments)
    assert (results / "report.html").read_text(encoding="utf-8") == edited
    assert "<html" in (results / "report-2.html").read_text(encoding="utf-8")
    assert "report-2.html" in done.stdout
    assert [row["source"] for row in rows(results / "sessions.csv")] == ["oksa.txt"]
    # what code does in between does not make the program forget which reports it wrote
    code = run("code", *arguments, "--lang", "en")
    assert code.returncode == 1
    assert "ERROR: zły.docx: a broken Word document" in code.stderr
    assert [row["code"] for row in rows(results / "codings.csv")] == ["lonely", "jobless"]
    run("report", *arguments)
    assert (results / "report.html").read_text(encoding="utf-8") == edited
    assert not (results / "report-3.html").exists()


def test_check_reads_no_results_of_an_earlier_run(folder, results):
    done = run("check", folder, "--lang", "en")
    assert "zły.docx" in done.stdout
    assert results.name not in done.stdout


@pytest.mark.usefixtures("default_coder")
def test_tables_given_by_option_are_used(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "grupa.txt").write_text(TALK.partition("\n\n")[2], encoding="utf-8")
    (tmp_path / "gdzie.csv").write_text("plik;gmina\ngrupa.txt;Łoniów\n", encoding="cp1250")
    (tmp_path / "kto.csv").write_text("plik;mówca;rola\ngrupa.txt;R2;moderator\n", encoding="cp1250")
    tables = ("--sessions", tmp_path / "gdzie.csv", "--speakers", tmp_path / "kto.csv")
    done = run("code", tmp_path / "a", "--out", tmp_path / "wyniki", *tables)
    assert done.returncode == 0, done.stderr
    assert [row["teryt"] for row in rows(tmp_path / "wyniki" / "sessions.csv")] == ["2609052"]
    assert {row["speaker"]: row["role"] for row in rows(tmp_path / "wyniki" / "speakers.csv")}["R2"] == "moderator"


@pytest.mark.usefixtures("default_coder")
def test_a_topic_guide_and_its_corrections_fill_the_questions(tmp_path):
    talk = "Moderator: M\n\nM: Jaka jest pogoda?\nR1: Ładna.\nM: A co z drogą?\nR1: Jest.\n"
    (tmp_path / "oksa.txt").write_text(talk, encoding="utf-8")
    guide = BOOK[: BOOK.index("groups:")] + (
        "groups:\n  q:\n    label: {pl: p, en: q}\ncodes:\n"
        "  weather:\n    group: q\n    label: {pl: pogoda, en: weather}\n    patterns: [pogoda]\n"
        "  road:\n    group: q\n    label: {pl: droga, en: road}\n"
    )
    (tmp_path / "guide.yaml").write_text(guide, encoding="utf-8")
    (tmp_path / "guide.csv").write_text("session_id,turn,question\noksa,3,road\n", encoding="utf-8")
    options = ["--guide", tmp_path / "guide.yaml", "--guide", tmp_path / "guide.csv"]
    done = run("code", tmp_path / "oksa.txt", "--out", tmp_path / "o", *options)
    assert done.returncode == 0, done.stderr
    assert [row["question"] for row in rows(tmp_path / "o" / "turns.csv")] == ["weather", "weather", "road", "road"]
    refused = run("code", tmp_path / "oksa.txt", "--out", tmp_path / "o2", "--guide", tmp_path / "none.yaml")
    assert refused.returncode == 1
    assert "none.yaml" in refused.stderr
