"""What the command line says of itself, and of wrong usage, in the language asked for."""

import os

import pytest

import focus_analysis
from tests.command import ROOT, flat, run, run_anew


@pytest.mark.parametrize(
    ("arguments", "locale", "said"),
    [
        (["--help"], "pl_PL.UTF-8", ["Użycie:", "Zakoduj transkrypcje i napisz raport", "Pokaż tę pomoc"]),
        (["--help"], "C", ["Usage:", "Code the transcripts and write the report", "Show this help"]),
        (["report", "--help", "--lang", "en"], "pl_PL.UTF-8", ["Usage:", "Folder for the results", "Codebook in YAML"]),
        (["check", "--help", "--lang=pl"], "C", ["Użycie:", "Pokaż, co odczytano", "Tabela sesji (csv lub xlsx)"]),
    ],
)
def test_help_speaks_the_language_of_the_option_or_else_of_the_locale(arguments, locale, said):
    done = run_anew(*arguments, locale=locale)
    assert done.returncode == 0
    assert [words for words in said if words not in flat(done.stdout)] == []


def test_help_names_the_commands_and_not_what_does_not_work_yet():
    shown = run_anew("--help", locale="C").stdout
    assert [name for name in ("init", "check", "code", "sheet", "report") if f" {name} " not in shown] == []
    options = run_anew("report", "--help", locale="C").stdout
    assert [
        name
        for name in ("--out", "--codebook", "--codings", "--sessions", "--speakers", "--lang")
        if name not in options
    ] == []


def test_version_is_that_of_the_package(tmp_path):
    # a record such as an installer leaves, so that the test asks for no installed copy
    record = tmp_path / f"focus_analysis-{focus_analysis.__version__}.dist-info"
    record.mkdir()
    (record / "METADATA").write_text(f"Name: focus-analysis\nVersion: {focus_analysis.__version__}\n")
    done = run_anew("--version", path=os.pathsep.join([str(tmp_path), str(ROOT)]))
    assert (done.returncode, done.stdout, done.stderr) == (0, f"focus-analysis {focus_analysis.__version__}\n", "")


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["raport"],
        ["check"],
        ["code", "folder"],
        ["report", "folder"],
        ["check", "folder", "--lang", "de"],
        ["check", "folder", "--colour", "red"],
        ["report", "folder", "--out", "wyniki", "--format", "exe"],
        ["report", "folder", "--out", "wyniki", "--format", "html,"],
        ["report", "folder", "--out", "wyniki", "--attribution", "wieś"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_exit_2_and_writes_nothing(arguments, tmp_path):
    done = run_anew(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["raport"], "Nie udało się: nie ma polecenia raport; czy chodziło o: report?"),
        (["zzz"], "Nie udało się: nie ma polecenia zzz"),
        (["check", "folder", "--formt"], "nie ma opcji --formt"),
        (["report", "folder", "--formt", "html"], "nie ma opcji --formt; podobne: --format"),
        (["code", "folder", "--out"], "po --out brakuje wartości"),
        (["report"], "brakuje: PATH"),
        (["report", "folder"], "brakuje: --out"),
        (["code", "folder", "--out", "w", "--coder", "ala"], "--coder: nie ma „ala”; można podać: 'combined', 'rules'"),
        (["sheet", "folder", "--out", "a.xlsx", "--sample", "sto"], "--sample: trzeba podać liczbę całkowitą"),
        (["sheet", "folder", "--out", "a.xlsx", "--sample", "0"], "--sample: najmniej 1"),
        (["init", "jeden", "drugi"], "nie wiadomo, czym jest: drugi"),
        (["report", "folder", "--out", "w", "--format", "exe"], "--format: formaty to: html, docx, pdf; nie exe"),
    ],
    ids=str,
)
def test_wrong_usage_is_told_in_the_language_of_the_help(arguments, said, tmp_path):
    done = run(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Pomoc: focus-analysis" in done.stderr
    assert "Value error" not in run(*arguments, locale="C", cwd=tmp_path).stderr
