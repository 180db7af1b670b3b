"""What the whole story takes in: bad files, folders of one's own, tables given apart."""

from pathlib import Path

import pytest

from focus_analysis.errors import ArgumentError, CodebookError, ReadError
from focus_analysis.pipeline import Inputs, write_codings, write_report
from tests.test_pipeline import OKSA, content, manifest, table, write_study

OKSA_TERYT, KREMPNA_TERYT = "2602052", "1805062"


@pytest.fixture
def inputs(tmp_path):
    (tmp_path / "rozmowy").mkdir()
    return write_study(tmp_path / "rozmowy")


def test_an_output_folder_among_the_transcripts_is_not_read(inputs):
    folder = Path(inputs.paths[0]) / "wyniki"
    folder.mkdir()
    (folder / "notatka.txt").write_text(OKSA, encoding="utf-8")
    for _ in range(2):
        outcome = write_codings(inputs, folder)
        assert outcome.corpus.sessions["session_id"].tolist() == ["krempna", "oksa"]


@pytest.mark.parametrize("write", [write_codings, write_report])
def test_tables_of_the_users_own_are_never_overwritten(write, inputs):
    folder = Path(inputs.paths[0])
    (folder / "sessions.csv").write_text("file,gmina\noksa.txt,Oksa\n", encoding="utf-8")
    before = content(folder)
    with pytest.raises(ArgumentError, match=r"sessions\.csv"):
        write(inputs, folder)
    assert content(folder) == before


def test_a_file_that_cannot_be_read_is_named_and_the_rest_is_done(inputs, tmp_path):
    (Path(inputs.paths[0]) / "puste.txt").write_text("", encoding="utf-8")
    outcome = write_codings(inputs, tmp_path / "wyniki")
    assert not outcome.complete
    assert len(table(tmp_path / "wyniki" / "sessions.csv")) == 2
    assert manifest(tmp_path / "wyniki")["warnings"] == ["puste.txt: plik jest pusty"]


@pytest.mark.parametrize("write", [write_codings, write_report])
def test_where_nothing_can_be_read_nothing_is_written(write, inputs, tmp_path):
    (tmp_path / "nic").mkdir()
    with pytest.raises(ReadError):
        write(Inputs([tmp_path / "nic"], codebook=inputs.codebook, coder="rules"), tmp_path / "wyniki")
    with pytest.raises(CodebookError, match=r"nie ma\.yaml"):
        write(Inputs(inputs.paths, codebook=tmp_path / "nie ma.yaml", coder="rules"), tmp_path / "wyniki")
    assert not (tmp_path / "wyniki").exists()


def test_tables_of_metadata_may_be_given_apart(inputs, tmp_path):
    (tmp_path / "moje.csv").write_text("file,session_id\noksa.txt,rozmowa-1\n", encoding="utf-8")
    given = Inputs(inputs.paths, tmp_path / "moje.csv", None, inputs.codebook, "rules")
    outcome = write_codings(given, tmp_path / "wyniki")
    assert set(outcome.corpus.sessions["session_id"]) == {"rozmowa-1", "krempna"}


@pytest.mark.usefixtures("empty_figures")
def test_what_was_noticed_names_no_speaker_where_it_may_leave_the_team(inputs, tmp_path):
    talk = "Jan Kos: Jakie są tu problemy?\nAnna Lis: Bieda jest wszędzie.\nJan Kos: Coś jeszcze?\nAnna Lis: Nie.\n"
    (Path(inputs.paths[0]) / "mirzec.txt").write_text(talk, encoding="utf-8")
    corpus = write_report(inputs, tmp_path / "wyniki").corpus
    assert "mówcy: Jan Kos, Anna Lis" in " ".join(corpus.findings_in("pl")["what"])
    for shared in ("report.html", "tables/findings.csv"):
        said = (tmp_path / "wyniki" / shared).read_text(encoding="utf-8")
        assert "nie wiadomo, kto jest moderatorem; mówcy: …" in said
        assert "Jan Kos" not in said
        assert "Anna Lis" not in said


@pytest.mark.usefixtures("empty_figures")
def test_figures_of_a_gmina_that_left_the_study_leave_the_folder(inputs, tmp_path):
    figures = tmp_path / "wyniki" / "figures"
    write_report(inputs, tmp_path / "wyniki")
    before = {file.name for file in figures.iterdir()}
    (Path(inputs.paths[0]) / "oksa.txt").unlink()
    write_report(inputs, tmp_path / "wyniki")
    gone = before - {file.name for file in figures.iterdir()}
    assert {f"ranking-{OKSA_TERYT}.{kind}" for kind in ("png", "svg", "pdf")} <= gone
    assert not {name for name in gone if name.startswith(("heatmap", f"ranking-{KREMPNA_TERYT}"))}
