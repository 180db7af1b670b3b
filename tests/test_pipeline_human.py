"""Human codes through the whole story: a sheet goes out, comes home, and the report rests on it."""

import re
import warnings
from dataclasses import replace

import lxml.html
import openpyxl
import pandas as pd
import pytest

from focus_analysis.errors import ArgumentError, ReadError
from focus_analysis.io.coding_sheet_reader import read_coding_sheet
from focus_analysis.pipeline import write_codings, write_report
from focus_analysis.sheet_writing import write_network_sheet, write_sheet
from tests.test_pipeline import manifest, table, write_study

pytestmark = pytest.mark.usefixtures("empty_figures")


@pytest.fixture
def inputs(tmp_path):
    (tmp_path / "rozmowy").mkdir()
    return write_study(tmp_path / "rozmowy")


def fill(path, decisions):
    """Write codes into the first column of codes, by row id, and say that all rows were read."""
    book = openpyxl.load_workbook(path)
    sheet, guide = book.worksheets[0], book.worksheets[2]
    column = [cell.value for cell in sheet[1]].index("kod 1") + 1
    for row in sheet.iter_rows(min_row=2):
        sheet.cell(row[0].row, column).value = decisions.get(row[0].value)
    guide["B1"].value, guide["B2"].value = "Ala", "tak"
    book.save(path)


def given(inputs, *codings):
    return replace(inputs, codings=codings)


def words_of(folder):
    return " ".join(lxml.html.parse(folder / "report.html").getroot().text_content().split())


def test_a_blind_sample_shows_no_machine_codes_and_has_its_plan_beside(inputs, tmp_path):
    outcome = write_sheet(inputs, tmp_path / "arkusz.xlsx", sample=3, blind=True)
    assert [path.name for path in outcome.written] == ["arkusz.xlsx", "arkusz-plan.csv"]
    head, *rows = openpyxl.load_workbook(tmp_path / "arkusz.xlsx").worksheets[0].iter_rows(values_only=True)
    assert "propozycja programu" not in head
    plan = pd.read_csv(tmp_path / "arkusz-plan.csv")
    assert [row[0] for row in rows] == [f"{row.session_id}#{row.turn}" for row in plan.itertuples()]
    assert len(rows) == 3


def test_a_plan_that_is_there_is_kept(inputs, tmp_path):
    write_sheet(inputs, tmp_path / "a.xlsx", sample=2)
    before = (tmp_path / "a-plan.csv").read_bytes()
    write_sheet(inputs, tmp_path / "a.xlsx", sample=2)
    with pytest.warns(UserWarning, match=r"a-plan\.csv: plan losowania już był i został; .* \(2\)"):
        write_sheet(inputs, tmp_path / "a.xlsx", sample=4)
    assert (tmp_path / "a-plan.csv").read_bytes() == before


def test_without_a_sample_the_sheet_has_every_turn_and_the_suggestions(inputs, tmp_path):
    outcome = write_sheet(inputs, tmp_path / "a.csv", lang="en")
    assert [path.name for path in outcome.written] == ["a.csv"]
    text = (tmp_path / "a.csv").read_text(encoding="utf-8-sig")
    assert "suggestion of the program" in text
    assert text.count("#") == 7


def test_the_report_rests_on_human_codes_and_says_so(inputs, tmp_path):
    write_sheet(inputs, tmp_path / "a.xlsx")
    fill(tmp_path / "a.xlsx", {"oksa#2": "dojazd", "krempna#2": "przemoc"})
    write_report(given(inputs, tmp_path / "a.xlsx"), tmp_path / "wyniki")
    codings = table(tmp_path / "wyniki" / "codings.csv")
    assert set(codings["coder_kind"]) == {"human"}
    assert set(codings["code"]) == {"transport", "violence"}
    salience = pd.read_csv(tmp_path / "wyniki" / "tables" / "salience.csv")
    assert set(salience["coder_kind"]) == {"human"}
    assert "Kody nadali ludzie, w 7 z 7 wypowiedziach (koder: 7)." in words_of(tmp_path / "wyniki")
    assert [entry["file"] for entry in manifest(tmp_path / "wyniki")["human_codes"]] == ["a.xlsx"]


def test_the_report_corrects_what_a_planned_sample_checked(inputs, tmp_path):
    write_sheet(inputs, tmp_path / "a.xlsx", sample=50, unit="speaker", blind=True)
    fill(tmp_path / "a.xlsx", {"oksa#2": "ubóstwo", "krempna#2": "przemoc"})
    write_report(given(inputs, tmp_path / "a.xlsx", tmp_path / "a-plan.csv"), tmp_path / "wyniki", lang="en")
    corrected = pd.read_csv(tmp_path / "wyniki" / "tables" / "corrected.csv")
    whole = corrected[corrected["voivodeship"].isna()].set_index("code")
    # by the program R1 and R2 of three in Oksa named poverty; by Ala only R1 did, and nobody in Krempna
    assert whole.loc["poverty", "naive"] == pytest.approx((2 / 3 + 0) / 2)
    assert whole.loc["poverty", ["estimate", "low", "high"]].tolist() == pytest.approx([1 / 6] * 3)
    said = words_of(tmp_path / "wyniki")
    assert "What is left of the program's codes once checked" in said
    assert "People checked 4 of 4 speakers" in said
    assert "17% (17–17%)" in said
    assert "were not read" not in said


def test_a_sample_that_was_read_in_part_says_so(inputs, tmp_path):
    write_sheet(inputs, tmp_path / "a.xlsx", sample=50, unit="speaker", blind=True)
    fill(tmp_path / "a.xlsx", {"oksa#2": "ubóstwo", "krempna#2": "— brak kodu —"})
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    book.worksheets[2]["B2"].value = None
    book.save(tmp_path / "a.xlsx")
    told = r"Of the sample that was drawn (4), 3 were not read"
    with pytest.warns(UserWarning, match=re.escape(told)):
        write_report(given(inputs, tmp_path / "a.xlsx", tmp_path / "a-plan.csv"), tmp_path / "wyniki", lang="en")
    assert words_of(tmp_path / "wyniki").count(told) == 3  # first page, checks, corrected shares


def test_a_sample_of_turns_that_was_read_in_part_says_so(inputs, tmp_path):
    write_sheet(inputs, tmp_path / "a.xlsx", sample=50, blind=True)
    fill(tmp_path / "a.xlsx", {"oksa#2": "ubóstwo", "krempna#2": "— brak kodu —"})
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    book.worksheets[2]["B2"].value = None
    book.save(tmp_path / "a.xlsx")
    with pytest.warns(UserWarning, match=r"Z wylosowanej próby \(5\) nie przeczytano 3"):
        write_report(given(inputs, tmp_path / "a.xlsx", tmp_path / "a-plan.csv"), tmp_path / "wyniki")


@pytest.mark.filterwarnings("ignore:.*not adjudicated:UserWarning")
def test_the_report_says_whether_differences_were_settled_and_takes_nobody_for_two(inputs, tmp_path):
    write_sheet(inputs, tmp_path / "a.xlsx")
    fill(tmp_path / "a.xlsx", {"oksa#2": "ubóstwo"})
    sheet = read_coding_sheet(tmp_path / "a.xlsx")
    sheet.to_csv(tmp_path / "b.csv", index=False)
    sheet.assign(coder="Ola").to_csv(tmp_path / "ola.csv", index=False)
    sheet.assign(coder="narada", coder_kind="adjudicated").to_csv(tmp_path / "zgoda.csv", index=False)
    for names, said in (
        (["b.csv"], "Zgodności koderów nie zmierzono"),
        (["ola.csv"], "różnic nie uzgodniono, więc w każdej z nich obowiązują kody osoby podanej pierwszej"),
        (["ola.csv", "zgoda.csv"], "są to kody sprzed uzgodnienia różnic"),
    ):
        files = [tmp_path / name for name in ("a.xlsx", *names)]
        write_report(given(inputs, *files), tmp_path / "wyniki", sections=only_method(tmp_path))
        assert said in words_of(tmp_path / "wyniki")


@pytest.mark.filterwarnings("ignore:.*not adjudicated:UserWarning")
def test_the_report_says_why_people_s_codes_do_not_tell_how_good_the_program_is(inputs, tmp_path):
    write_sheet(inputs, tmp_path / "a.xlsx", sample=50, blind=True)
    fill(tmp_path / "a.xlsx", {"oksa#2": "ubóstwo"})
    read_coding_sheet(tmp_path / "a.xlsx").assign(coder="Ola").to_csv(tmp_path / "ola.csv", index=False)
    sheet, other, plan = (tmp_path / name for name in ("a.xlsx", "ola.csv", "a-plan.csv"))
    for files, why in (([sheet], "nie według planu losowania"), ([sheet, other, plan], "nie uzgodniły")):
        write_report(given(inputs, *files), tmp_path / "wyniki", sections=only_method(tmp_path))
        assert why in words_of(tmp_path / "wyniki")


def only_method(folder):
    """A plan of the report with this one section."""
    plan = folder / "plan.yaml"
    plan.write_text("sections: [method]", encoding="utf-8")
    return plan


@pytest.mark.parametrize(("lang", "said"), [("pl", "nieznany kod „nie wiem”"), ("en", 'unknown code "nie wiem"')])
def test_what_a_sheet_has_wrong_is_said_in_the_language_of_the_command(inputs, tmp_path, lang, said):
    write_sheet(inputs, tmp_path / "a.xlsx")
    fill(tmp_path / "a.xlsx", {"oksa#2": "nie wiem"})
    with pytest.warns(UserWarning, match=said):
        done = write_report(
            given(inputs, tmp_path / "a.xlsx"), tmp_path / "wyniki", lang, sections=only_method(tmp_path)
        )
    assert not done.complete


@pytest.mark.parametrize(("lang", "said"), [("pl", "Program nie ma przykładów"), ("en", "There are no examples")])
def test_codes_without_examples_are_named_in_the_language_of_the_command(inputs, tmp_path, lang, said):
    with pytest.warns(UserWarning, match=said):
        write_codings(replace(inputs, coder="combined"), tmp_path / "wyniki", lang)
    with pytest.warns(UserWarning, match=said):
        write_sheet(replace(inputs, coder="combined"), tmp_path / "a.xlsx", lang=lang)
    with pytest.warns(UserWarning, match=said):
        write_network_sheet(replace(inputs, coder="combined"), tmp_path / "b.xlsx", "relations", lang)


def test_adjudicated_codings_go_before_a_sheet(inputs, tmp_path):
    write_sheet(inputs, tmp_path / "a.xlsx")
    fill(tmp_path / "a.xlsx", {"oksa#2": "dojazd"})
    sheet = read_coding_sheet(tmp_path / "a.xlsx")
    final = sheet[sheet["turn"] == 2].assign(code="alcohol", coder="narada", coder_kind="adjudicated")
    final.to_csv(tmp_path / "final.csv", index=False)
    write_report(given(inputs, tmp_path / "a.xlsx", tmp_path / "final.csv"), tmp_path / "wyniki")
    codings = table(tmp_path / "wyniki" / "codings.csv").set_index(["session_id", "turn"])
    assert codings.loc[("oksa", 2), "code"] == "alcohol"
    assert "(uzgodnione: 2, koder: 5)" in words_of(tmp_path / "wyniki")


def test_codings_of_the_program_itself_can_come_home(inputs, tmp_path):
    write_codings(inputs, tmp_path / "kody")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        write_report(given(inputs, tmp_path / "kody" / "codings.csv"), tmp_path / "wyniki")
    assert "nikt ich nie sprawdził" in words_of(tmp_path / "wyniki")
    before, after = (table(tmp_path / name / "codings.csv") for name in ("kody", "wyniki"))
    pd.testing.assert_frame_equal(before, after)


def test_two_plans_and_a_broken_plan_are_refused(inputs, tmp_path):
    for name in ("a", "b"):
        write_sheet(inputs, tmp_path / f"{name}.xlsx", sample=2)
    with pytest.raises(ArgumentError, match="several files of the kind 'plan'"):
        write_report(given(inputs, tmp_path / "a-plan.csv", tmp_path / "b-plan.csv"), tmp_path / "wyniki")
    fill(tmp_path / "a.xlsx", {})
    (tmp_path / "a-plan.csv").write_text("probability;unit\n0,5;turn\n", encoding="utf-8")
    with pytest.raises(ReadError, match=r"the plan of the sample is broken"):
        write_report(given(inputs, tmp_path / "a.xlsx", tmp_path / "a-plan.csv"), tmp_path / "wyniki")


@pytest.mark.parametrize(("lang", "said"), [("pl", "nic nie zmieniono"), ("en", "nothing was changed")])
def test_a_sheet_that_nobody_touched_is_told_in_the_language_of_the_command(inputs, tmp_path, lang, said):
    for of in ("relations", "links"):
        write_network_sheet(inputs, tmp_path / f"{of}.xlsx", of)
        with pytest.warns(UserWarning, match=said):
            write_report(
                given(inputs, tmp_path / f"{of}.xlsx"), tmp_path / "wyniki", lang, sections=only_method(tmp_path)
            )


def test_mended_relations_and_links_come_home_in_the_place_of_the_rules(inputs, tmp_path):
    for of in ("relations", "links"):
        assert write_network_sheet(inputs, tmp_path / f"{of}.xlsx", of).written == (tmp_path / f"{of}.xlsx",)
    (tmp_path / "r.csv").write_text("session_id,turn,source,target,relation\noksa,2,,inst_police,lacks\n", "utf-8")
    (tmp_path / "l.csv").write_text("session_id,turn,problem,other\noksa,2,poverty,hard\n", "utf-8")
    more = "  hard:\n    group: difficulty\n    label: {pl: trudne, en: hard}\n    patterns: [trudno]\n"
    more += "  inst_police:\n    group: institutions\n    label: {pl: policja, en: police}\n    patterns: [policja]\n"
    book = inputs.codebook.read_text("utf-8").replace(
        "  institutions:", "  difficulty: {label: {pl: t, en: d}}\n  institutions:"
    )
    inputs.codebook.write_text(book + more, "utf-8")
    write_report(given(inputs, tmp_path / "r.csv", tmp_path / "l.csv"), tmp_path / "wyniki")
    for name in ("relations", "links"):
        told = table(tmp_path / "wyniki" / "tables" / f"{name}.csv")
        assert told["coder_kind"].tolist() == ["human"]
    edges = table(tmp_path / "wyniki" / "tables" / "edges.csv")
    assert set(edges["relation"]) == {"lacks"}
    assert [entry["file"] for entry in manifest(tmp_path / "wyniki")["human_codes"]] == ["r.csv", "l.csv"]


def test_a_sheet_of_relations_that_is_there_is_not_written_over(inputs, tmp_path):
    (tmp_path / "a.csv").write_text("poprawione", encoding="utf-8")
    with pytest.raises(ReadError, match="there is such a file already"):
        write_network_sheet(inputs, tmp_path / "a.csv", "links")
    assert (tmp_path / "a.csv").read_text(encoding="utf-8") == "poprawione"
