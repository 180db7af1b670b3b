"""The page with transcripts: written only when it is asked for, recorded, and never over somebody's changes."""

import hashlib
import json
import shutil

import lxml.html
import pytest

from focus_analysis.pipeline import write_report
from tests.command import run
from tests.sketches import analyse_once, save_empty_figures
from tests.test_pipeline import content, manifest, table, write_study


@pytest.fixture(scope="module", autouse=True)
def _written_without_waiting():
    with pytest.MonkeyPatch.context() as patch:
        save_empty_figures(patch.setattr)
        analyse_once(patch.setattr)
        yield


@pytest.fixture(scope="module")
def explored(tmp_path_factory):
    """The inputs, and the folder into which their report was written with transcripts."""
    folder = tmp_path_factory.mktemp("badanie")
    (folder / "rozmowy").mkdir()
    given = write_study(folder / "rozmowy")
    outcome = write_report(given, folder / "wyniki", with_transcripts=True)
    assert [path.name for path in outcome.written] == ["report.html", "explorer.html"]
    return given, folder / "wyniki"


def test_without_being_asked_for_it_is_not_written_and_the_report_does_not_lead_to_it(explored, tmp_path):
    outcome = write_report(explored[0], tmp_path / "wyniki")
    assert [path.name for path in outcome.written] == ["report.html"]
    plain, both = content(tmp_path / "wyniki"), content(explored[1])
    assert plain.keys() == both.keys() - {"explorer.html"}
    assert {name for name in plain if plain[name] != both[name]} == {"manifest.json", "report.html"}
    assert b"explorer.html" not in plain["report.html"]
    assert b'href="explorer.html#oksa/2"' in both["report.html"]


def test_it_holds_every_turn_of_every_transcript(explored):
    page = lxml.html.document_fromstring((explored[1] / "explorer.html").read_bytes())
    turns = json.loads(page.xpath("string(//script[@id='data'])"))["turns"]
    said = [row[turns["columns"].index("text")] for row in turns["rows"]]
    assert said == table(explored[1] / "turns.csv")["text"].str.removeprefix("'").tolist()


def test_the_manifest_records_it(explored):
    page = (explored[1] / "explorer.html").read_bytes()
    assert manifest(explored[1])["documents"]["explorer.html"] == hashlib.sha256(page).hexdigest()


def test_the_readme_says_that_it_must_not_leave_the_team(explored):
    readme = (explored[1] / "README.txt").read_text(encoding="utf-8")
    may, may_not = readme.split("Nie wolno udostępniać")
    assert "explorer.html" in may_not and "explorer.html" not in may


def test_one_that_was_changed_is_left_alone_and_the_new_one_stands_beside_it(explored, tmp_path):
    folder = shutil.copytree(explored[1], tmp_path / "wyniki")
    changed = (folder / "explorer.html").read_text(encoding="utf-8") + "<!-- moje uwagi -->"
    (folder / "explorer.html").write_text(changed, encoding="utf-8")
    outcome = write_report(explored[0], folder, with_transcripts=True)
    assert [path.name for path in outcome.written] == ["report.html", "explorer-2.html"]
    assert (folder / "explorer.html").read_text(encoding="utf-8") == changed
    assert b'href="explorer-2.html#oksa/2"' in (folder / "report.html").read_bytes()
    assert (folder / "explorer-2.html").read_bytes() == (explored[1] / "explorer.html").read_bytes()


def test_the_command_names_the_page_and_warns(tmp_path):
    (tmp_path / "rozmowy").mkdir()
    write_study(tmp_path / "rozmowy")
    arguments = ["report", tmp_path / "rozmowy", "--out", tmp_path / "wyniki", "--codebook", tmp_path / "próba.yaml"]
    done = run(*arguments, "--coder", "rules", "--lang", "en", "--with-transcripts")
    assert done.returncode == 0, done.stderr
    page = tmp_path / "wyniki" / "explorer.html"
    assert f"Written: {page}. It holds what people said: do not send it outside the team." in done.stdout
    assert '<html lang="en">' in page.read_text(encoding="utf-8")
