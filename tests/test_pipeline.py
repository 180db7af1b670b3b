"""The whole story: from a folder of transcripts to files in an output folder."""

import hashlib
import json
import shutil
from dataclasses import fields
from pathlib import Path

import docx
import lxml.html
import pandas as pd
import pytest

from focus_analysis.errors import ArgumentError
from focus_analysis.io.codebooks import read_codebook
from focus_analysis.io.corpora import read_corpus
from focus_analysis.pipeline import Inputs, analyse, default_codebook, prepare_study, write_codings, write_report
from focus_analysis.report.results import Networks
from focus_analysis.report.sections import SECTIONS
from focus_analysis.schemas import CODINGS, ESTIMATES, SESSIONS, SPEAKERS, TURNS, check
from tests.sketches import analyse_once

OKSA = """Gmina: Oksa
Powiat: jędrzejowski
Data: 29.08.2018
Dane: zmyślone
Moderator: M
Uczestnicy:
R1 – GOPS
R2 – PCPR
R3 – Policja

M: Jakie są tu problemy? Może bieda?
R1: Bieda jest u nas w co drugim domu i nikt z tym od lat niczego nie robi.
R2: = bieda, tylko się o niej nie mówi głośno, bo każdy się po prostu wstydzi.
R1: Nie ma przemocy.
"""
KREMPNA = """Gmina: Krempna
Moderator: M
Uczestnicy:
R1 – GOPS
R2 – PUP

M: Słucham państwa.
R1: Przemoc i alkohol, to widać na każdym kroku, zwłaszcza po wypłacie zasiłków.
R2: Alkohol.
"""
CODEBOOK = """name: próba
version: "3"
groups:
  problems:
    label: {pl: problemy, en: problems}
  institutions:
    label: {pl: instytucje, en: institutions}
    status: affirmed
codes:
  poverty:
    group: problems
    label: {pl: ubóstwo, en: poverty}
    patterns: [bieda]
  families:
    group: problems
    label: {pl: rodziny, en: families}
  violence:
    group: problems
    parent: families
    label: {pl: przemoc, en: violence}
    patterns: [przemoc]
  alcohol:
    group: problems
    parent: families
    label: {pl: alkohol, en: alcohol}
    patterns: [alkohol]
  transport:
    group: problems
    label: {pl: dojazd, en: transport}
    patterns: [autobus]
"""
TABLES = {"sessions": SESSIONS, "speakers": SPEAKERS, "turns": TURNS, "codings": CODINGS}
SHOWN = {"codings": ["speaker", "words"]}
CODED = {"sessions.csv", "speakers.csv", "turns.csv", "codings.csv", "manifest.json"}
NETWORK_TABLES = tuple(field.name for field in fields(Networks))
REPORT_TABLES = (
    *("salience", "salience_regions", "measures", "rank_ranges", "saturation", "ranking", "region_tests"),
    *("claims", "codes", "quotations", "findings"),
    *NETWORK_TABLES,
)
# What tells of institutions in single gminas, where one may be one person.
OF_FEW = (
    "relations",
    "links",
    "barriers",
    "barrier_counts",
    "participation",
    "edges",
    "nodes",
    "pairs",
    "occasional",
    "solution_voices",
    "mobilising",
)
FIGURES = (
    *("participation", "mobilising", "heatmap", "slopes", "regions", "ranking-2602052", "ranking-1805062"),
    *("map", "map-problem", "map-1-podkarpackie", "map-2-świętokrzyskie", "claims"),
)


def write_study(folder):
    (folder / "oksa.txt").write_text(OKSA, encoding="utf-8")
    (folder / "krempna.txt").write_text(KREMPNA, encoding="utf-8")
    (folder.parent / "próba.yaml").write_text(CODEBOOK, encoding="utf-8")
    return Inputs([folder], codebook=folder.parent / "próba.yaml", coder="rules")


@pytest.fixture
def inputs(tmp_path):
    (tmp_path / "rozmowy").mkdir()
    return write_study(tmp_path / "rozmowy")


@pytest.fixture(scope="module")
def reported(tmp_path_factory):
    """The inputs, and the folder into which their report was written."""
    folder = tmp_path_factory.mktemp("badanie")
    (folder / "rozmowy").mkdir()
    given = write_study(folder / "rozmowy")
    outcome = write_report(given, folder / "wyniki")
    assert outcome.complete
    assert outcome.written == (folder / "wyniki" / "report.html",)
    return given, folder / "wyniki"


def content(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def table(path):
    return pd.read_csv(path, dtype={"teryt": "str", "codebook_version": "str"})


def manifest(folder):
    return json.loads((folder / "manifest.json").read_text(encoding="utf-8"))


def sha256(path):
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


def test_coding_writes_four_tables_and_the_manifest_and_nothing_else(inputs, tmp_path):
    outcome = write_codings(inputs, tmp_path / "wyniki")
    assert set(content(tmp_path / "wyniki")) == CODED
    assert outcome.complete
    assert {path.name for path in outcome.written} == {"codings.csv", "manifest.json"}


def test_written_codings_show_who_spoke_and_the_words(reported):
    codings, turns = (table(reported[1] / f"{name}.csv") for name in ("codings", "turns"))
    spoken = codings.merge(turns, on=["session_id", "turn"], suffixes=("", "_of_turn"))
    assert len(spoken) == len(codings) > 0
    assert (spoken["speaker"] == spoken["speaker_of_turn"]).all()
    texts = spoken["text"].str.removeprefix("'")  # before what a spreadsheet would take for a formula
    pieces = [text[start:end] for text, start, end in zip(texts, spoken["start"], spoken["end"], strict=True)]
    assert spoken["words"].tolist() == pieces


@pytest.mark.parametrize("name", TABLES)
def test_the_tables_have_the_columns_of_their_schemas(reported, name):
    written = table(reported[1] / f"{name}.csv")
    assert list(written.columns) == [*TABLES[name].names, *SHOWN.get(name, [])]
    assert len(check(written, TABLES[name])) == {"sessions": 2, "speakers": 7, "turns": 7, "codings": 7}[name]


def test_the_codings_say_what_was_found_and_how_it_stands(reported):
    codings = table(reported[1] / "codings.csv")
    assert [*zip(codings["session_id"], codings["turn"], codings["code"], codings["status"], strict=True)] == [
        ("krempna", 2, "violence", "affirmed"),
        ("krempna", 2, "alcohol", "affirmed"),
        ("krempna", 3, "alcohol", "affirmed"),
        ("oksa", 1, "poverty", "hypothetical"),
        ("oksa", 2, "poverty", "affirmed"),
        ("oksa", 3, "poverty", "affirmed"),
        ("oksa", 4, "violence", "denied"),
    ]
    assert set(codings["codebook_version"]) == {"3"}


def test_a_text_that_looks_like_a_formula_is_made_harmless(reported):
    texts = table(reported[1] / "turns.csv")["text"]
    assert any(text.startswith("'= bieda") for text in texts)
    assert not any(text.startswith(("=", "+", "-", "@")) for text in texts)


def test_the_manifest_says_from_what_and_with_what_it_was_made(reported):
    inputs, folder = reported
    made = manifest(folder)
    transcripts = Path(inputs.paths[0])
    assert made["inputs"] == [
        {"file": f"{name}.txt", "session_id": name, "sha256": sha256(transcripts / f"{name}.txt")}
        for name in ("krempna", "oksa")
    ]
    assert made["codebook"] == {"name": "próba", "version": "3", "sha256": sha256(inputs.codebook)}
    assert made["counts"] == {
        "sessions": 2,
        "speakers": 7,
        "turns": 7,
        "words": int(table(folder / "turns.csv")["n_words"].sum()),
        "codings": 7,
    }
    assert {"focus-analysis", "pandas", "numpy", "matplotlib", "morfeusz2", "python"} <= set(made["packages"])
    assert made["packages"]["pandas"] == pd.__version__
    assert made["lang"] == "pl"
    assert made["warnings"] == []
    assert made["documents"] == {"report.html": sha256(folder / "report.html")}


def test_the_report_comes_with_figures_tables_and_a_readme(reported):
    assert set(content(reported[1])) == {
        *CODED,
        "report.html",
        "README.txt",
        "quotations.csv",
        *(f"texts/{name}.txt" for name in SECTIONS),
        *(f"figures/{name}.{kind}" for name in FIGURES for kind in ("png", "svg", "pdf")),
        *(f"tables/{name}.csv" for name in REPORT_TABLES),
    }


def test_the_readme_says_of_every_file_whether_it_may_leave_the_team(reported):
    readme = (reported[1] / "README.txt").read_text(encoding="utf-8")
    may, may_not = readme.split("Nie wolno udostępniać")
    assert all(name in may for name in ("report.*", "figures/", "tables/", "oprócz quotations.csv"))
    sensitive = (*CODED, "quotations.csv", "tables/quotations.csv", *(f"{name}.csv" for name in OF_FEW))
    assert all(name in may_not for name in sensitive)


def test_salience_by_gmina_keeps_its_schema_and_has_coverage(reported):
    salience = table(reported[1] / "tables" / "salience.csv")
    assert list(salience.columns) == ESTIMATES.names
    assert check(salience, ESTIMATES)["measure"].eq("coverage").all()
    leaves = salience[salience["level"] == "leaf"].set_index(["gmina", "code"])
    expected = {
        ("Oksa", "poverty"): (2 / 3, 2, 0, 3, 1.0),
        ("Oksa", "violence"): (0, 0, 1, 3, 3.0),
        ("Oksa", "alcohol"): (0, 0, 0, 3, 3.0),
        ("Oksa", "transport"): (0, 0, 0, 3, 3.0),
        ("Krempna", "poverty"): (0, 0, 0, 2, 3.5),
        ("Krempna", "violence"): (0.5, 1, 0, 2, 2.0),
        ("Krempna", "alcohol"): (1, 2, 0, 2, 1.0),
        ("Krempna", "transport"): (0, 0, 0, 2, 3.5),
    }
    shown = leaves[["estimate", "n_named", "n_denied", "n_participants", "rank"]]
    assert set(shown.index) == set(expected)
    for key, values in expected.items():
        assert tuple(shown.loc[key]) == pytest.approx(values)
    assert set(salience.loc[salience["level"] == "top", "code"]) == {"poverty", "families", "transport"}
    assert set(salience["teryt"]) == {"2602052", "1805062"}
    assert set(salience["coder_kind"]) == {"rule"}


def test_salience_by_region_is_in_a_table_of_its_own(reported):
    regions = table(reported[1] / "tables" / "salience_regions.csv")
    assert set(check(regions, ESTIMATES)["voivodeship"]) == {"podkarpackie", "świętokrzyskie"}
    assert regions["gmina"].isna().all()


def test_the_page_holds_the_figures_that_were_saved(reported):
    folder = reported[1]
    page = lxml.html.document_fromstring((folder / "report.html").read_bytes())
    assert len(page.xpath("//img")) == len(FIGURES)
    assert page.get("lang") == "pl"
    notices = [notice.text_content() for notice in page.xpath("//p[@class='notice']")]
    assert "Dane zmyślone" in notices[0] and "nikt ich nie sprawdził" in notices[1]


def test_the_same_input_gives_the_same_bytes_in_every_file(reported):
    inputs, folder = reported
    write_report(inputs, folder.parent / "jeszcze raz")
    first, second = content(folder), content(folder.parent / "jeszcze raz")
    assert sorted(first) == sorted(second)
    assert [name for name in first if first[name] != second[name]] == []


def test_writing_again_into_the_same_folder_changes_nothing(inputs, tmp_path):
    write_codings(inputs, tmp_path / "wyniki")
    before = content(tmp_path / "wyniki")
    write_codings(inputs, tmp_path / "wyniki")
    assert content(tmp_path / "wyniki") == before


def test_both_commands_write_the_same_tables(reported, tmp_path):
    inputs, folder = reported
    write_codings(inputs, tmp_path / "kody")
    tables = [f"{name}.csv" for name in TABLES]
    assert [(tmp_path / "kody" / name).read_bytes() for name in tables] == [
        (folder / name).read_bytes() for name in tables
    ]


@pytest.mark.usefixtures("empty_figures")
def test_a_report_that_was_edited_is_left_alone_and_the_new_one_stands_beside_it(inputs, tmp_path):
    folder = tmp_path / "wyniki"
    write_report(inputs, folder)
    first = (folder / "report.html").read_text(encoding="utf-8")
    edited = first.replace("<h1>", "<h1>Po poprawkach: ")
    (folder / "report.html").write_text(edited, encoding="utf-8")
    for _ in range(2):
        outcome = write_report(inputs, folder)
        assert outcome.written == (folder / "report-2.html",)
        assert (folder / "report.html").read_text(encoding="utf-8") == edited
    assert set(manifest(folder)["documents"]) == {"report.html", "report-2.html"}
    assert (folder / "report-2.html").read_text(encoding="utf-8") == first
    assert len(list(folder.glob("report*.html"))) == 2


@pytest.mark.usefixtures("empty_figures")
def test_an_edited_document_of_any_format_is_left_alone(inputs, tmp_path, monkeypatch):
    analyse_once(monkeypatch.setattr)
    folder, formats = tmp_path / "wyniki", ("docx", "pdf")
    plan = tmp_path / "report.yaml"
    plan.write_text("sections: [caveats, {advice: Rekomendacje}]", encoding="utf-8")
    written = write_report(inputs, folder, formats=formats, sections=plan).written
    assert written == (folder / "report.docx", folder / "report.pdf")
    assert write_report(inputs, folder, formats=formats, sections=plan).written == written
    (folder / "report.docx").write_bytes(b"moje")
    (folder / "texts" / "advice.txt").write_text("Zalecamy spotkania.", encoding="utf-8")
    written = write_report(inputs, folder, formats=formats, sections=plan).written
    assert written == (folder / "report-2.docx", folder / "report.pdf")
    assert (folder / "report.docx").read_bytes() == b"moje"
    words = [paragraph.text for paragraph in docx.Document(str(folder / "report-2.docx")).paragraphs]
    assert words[words.index("Zalecamy spotkania.") - 1] == "Rekomendacje"
    assert set(manifest(folder)["documents"]) == {"report.docx", "report-2.docx", "report.pdf"}


def test_a_layout_that_cannot_be_understood_is_refused_before_anything_is_read(inputs, tmp_path):
    for wrong in ({"formats": ["odt"]}, {"templates": [tmp_path / "a.odt"]}, {"sections": tmp_path / "nic.yaml"}):
        with pytest.raises(ArgumentError):
            write_report(inputs, tmp_path / "wyniki", **wrong)
    assert not (tmp_path / "wyniki").exists()


def test_coding_after_a_report_keeps_the_record_of_the_report(reported, tmp_path):
    folder = Path(shutil.copytree(reported[1], tmp_path / "wyniki"))
    write_codings(reported[0], folder)
    assert content(folder) == content(reported[1])


@pytest.mark.usefixtures("empty_figures")
def test_the_report_and_the_manifest_speak_the_language_asked_for(inputs, tmp_path):
    write_report(inputs, tmp_path / "results", lang="en")
    page = lxml.html.document_fromstring((tmp_path / "results" / "report.html").read_bytes())
    assert page.get("lang") == "en"
    assert page.xpath("string(//h1)").startswith("Problems and cooperation")
    assert manifest(tmp_path / "results")["lang"] == "en"
    assert (tmp_path / "results" / "README.txt").read_text(encoding="utf-8").lstrip().startswith("Results")


def test_analysing_gives_every_table_of_the_report(inputs):
    corpus, codebook = inputs.read(), inputs.read_codebook()
    results = analyse(corpus, codebook, "en", coder="rules")
    assert results.sessions.equals(corpus.sessions)
    assert results.codes.equals(codebook.codes)
    assert len(results.codings) == 7
    assert results.invented and results.unchecked
    assert (results.provenance.codebook, results.provenance.codebook_version) == ("próba", "3")
    assert results.provenance.coder_kinds == ("rule",)


def test_the_packaged_codebook_is_used_where_none_is_given():
    assert Inputs([]).read_codebook() == read_codebook(default_codebook())
    assert "problems" in read_codebook(default_codebook()).groups


def test_a_study_begins_with_two_workbooks(inputs):
    folder = Path(inputs.paths[0])
    corpus, written = prepare_study(folder)
    assert {book.path for book in written} == {folder / "sessions.xlsx", folder / "speakers.xlsx"}
    assert all(book.path.is_file() for book in written)
    assert len(corpus) == 2
    again = read_corpus(folder)
    assert again.sessions.drop(columns="sha256").equals(corpus.sessions.drop(columns="sha256"))


@pytest.mark.usefixtures("empty_figures")
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Gmina: Oksa\nModerator: M\n\nM: Słucham.\nR1: Nic takiego.\nR2: Wszystko w porządku.\n", "Żadna wypowiedź"),
        ("R1: Bieda.\nR2: Alkohol.\nR1: Tak.\nR2: Nie.\n", "niczego nie policzono"),
    ],
    ids=["nothing found", "nobody known"],
)
def test_a_poor_study_has_a_report_too(text, said, inputs, tmp_path):
    (tmp_path / "uboga").mkdir()
    (tmp_path / "uboga" / "nagranie.txt").write_text(text, encoding="utf-8")
    outcome = write_report(Inputs([tmp_path / "uboga"], codebook=inputs.codebook, coder="rules"), tmp_path / "wyniki")
    assert said in outcome.written[0].read_text(encoding="utf-8")
    assert list(table(tmp_path / "wyniki" / "tables" / "salience.csv").columns) == ESTIMATES.names
