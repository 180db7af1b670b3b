"""What the sections say: method, regions, gminas, saturation, appendix, checklists."""

import tomllib
from dataclasses import replace

import pandas as pd
import pytest

from focus_analysis.report.appendix_sections import codebook, tables
from focus_analysis.report.checklist_sections import checklists, known_answers
from focus_analysis.report.claim_sections import claims
from focus_analysis.report.document import Bullets, Command, Figure, Heading, Notice, Paragraph, Quotation, Table
from focus_analysis.report.gmina_section import gminas
from focus_analysis.report.method_section import method
from focus_analysis.report.problem_sections import problems
from focus_analysis.report.region_section import regions
from focus_analysis.report.saturation_section import SaturationFacts, saturation
from focus_analysis.report.study_sections import participants, provenance, study, title_details
from focus_analysis.resources import resource
from tests.report.conftest import GMINA, INSTITUTION, LABEL, REGION


def of(blocks, kind):
    return [block for block in blocks if isinstance(block, kind)]


def cells(table):
    return [tuple(cell.replace("\xa0", " ") for cell in row) for row in table.rows]


def test_the_title_page_says_when_the_groups_talked(polish):
    assert title_details(polish.results, "pl") == ("Rozmowy: 12\xa0września 2018",)
    dates = ["2018-08-29", "2018-09-12", None]
    several = replace(polish.results, sessions=polish.results.sessions.assign(date=pd.Series(dates, dtype="str")))
    assert title_details(several, "en") == ("Talks held: 29\xa0August 2018 – 12\xa0September 2018",)
    nothing = replace(polish.results, sessions=polish.results.sessions.assign(date=None))
    assert title_details(nothing, "pl") == ()


def test_the_study_in_numbers_adds_up(polish):
    numbers = dict(cells(of(study(polish.results, "pl"), Table)[0]))
    assert numbers["grupy"] == "3"
    assert numbers["obecni według list"] == "6"
    assert numbers["obecni w jednej grupie"] == "2–4"
    assert numbers["uczestnicy, którzy zabrali głos"] == "5"
    assert "minuty jednej rozmowy (gdzie są czasy)" not in numbers


def test_who_was_in_which_gmina_is_a_table_a_region(polish):
    found = {table.caption: table for table in of(participants(polish.results, "pl"), Table)[1:]}
    oksa = next(table for caption, table in found.items() if "świętokrzyskie" in caption)
    assert oksa.head == ("instytucja", "Oksa")
    assert set(cells(oksa)) == {(INSTITUTION, "2"), ("instytucja nierozpoznana", "2")}


def test_many_gminas_of_a_region_stand_in_several_tables(polish):
    sessions = pd.concat(
        [polish.results.sessions.iloc[[0]].assign(session_id=f"s{n}", gmina=f"G{n}") for n in range(11)]
    )
    speakers = pd.concat([polish.results.speakers.iloc[[1]].assign(session_id=f"s{n}") for n in range(11)])
    many = replace(polish.results, sessions=sessions, speakers=speakers)
    found = of(participants(many, "pl"), Table)[1:]
    assert [len(table.head) for table in found] == [7, 6]
    assert [table.caption.rpartition(" (")[2] for table in found] == ["część 1 z 2)", "część 2 z 2)"]


def test_the_method_says_who_coded_and_that_nobody_checked(polish):
    said = " ".join(block.text for block in of(method(polish.results, "pl"), Paragraph))
    assert "z wzorców słów" in said
    assert "Zgodności koderów nie zmierzono" in said and "nikt nie sprawdził na wylosowanej próbie" in said


@pytest.mark.parametrize(
    ("why", "said"),
    [
        ("nobody", "nikt nie sprawdził"),
        ("no_plan", "nie według planu losowania"),
        ("unsettled", "nie uzgodniły"),
        ("unread", "ani jednej zakodowanej"),
    ],
)
def test_the_method_says_why_there_is_no_validation(polish, why, said):
    text = of(method(replace(polish.results, why_unchecked=why), "pl"), Paragraph)[-1].text
    assert said in text


@pytest.mark.parametrize(("scope", "place"), [("region", "świętokrzyskie"), ("gmina", "gmina Oksa")])
def test_a_quotation_is_attributed_as_finely_as_it_may_be(polish, scope, place):
    results = replace(polish.results, quotations=polish.results.quotations.assign(scope=scope))
    oksa = results.quotations[results.quotations["session_id"] == "oksa"]
    sources = {block.source for block in of(problems(results, {}, "pl"), Quotation)}
    assert len(oksa) and f"{INSTITUTION}, {place}" in sources


def test_who_asked_for_gminas_is_told_how_many_quotations_have_them(polish):
    made = replace(polish.results.provenance, attribution="gmina")
    quotations = polish.results.quotations.assign(scope="region")
    text = " ".join(
        block.text
        for block in of(problems(replace(polish.results, provenance=made, quotations=quotations), {}, "pl"), Paragraph)
    )
    assert f"podpisano 0\xa0z\xa0{len(quotations)} cytatów" in text and "mniej niż troje" in text


def test_agreement_and_validation_have_their_tables(polish):
    agreed = pd.DataFrame(
        [("poverty", 40, 12, 3, 2, 0.7051, 0.5, 0.9, 0.83, None, None)],
        columns=[
            *("code", "n_units", "both", "only_a", "only_b", "alpha", "alpha_low", "alpha_high"),
            *("positive_agreement", "positive_low", "positive_high"),
        ],
    )
    checked = pd.DataFrame(
        [("poverty", 30, 25, 0.8, 0.6, 0.9, None, None, None)],
        columns=[
            *("code", "n_predicted", "n_true", "precision", "precision_low", "precision_high"),
            *("recall", "recall_low", "recall_high"),
        ],
    )
    found = of(method(replace(polish.results, agreement=agreed, validation=checked), "pl"), Table)
    assert cells(found[0]) == [(LABEL, "12", "5", "0,71 (0,50–0,90)", "0,83")]
    assert cells(found[1]) == [(LABEL, "30", "25", "0,80 (0,60–0,90)", "–")]


def test_every_region_has_its_table_with_the_interval_of_each_mean(polish):
    found = of(regions(polish.results, polish.figures, "pl"), Table)
    assert [table.caption for table in found if table.caption.startswith("Problemy w ")] == [
        f"Problemy w regionie „{REGION}”",
        "Problemy w województwie świętokrzyskim",
    ]
    rows = {row[1]: row for row in cells(found[-1])}
    assert rows[LABEL][2:4] == ("1 z 1", "50%")


def test_where_no_region_is_known_there_is_no_such_section(polish):
    nowhere = replace(polish.results, by_region=polish.results.by_region.head(0))
    assert regions(nowhere, polish.figures, "pl") == []


def test_who_speaks_of_what_is_counted_over_all_groups(polish):
    (table,) = [
        block for block in of(problems(polish.results, {}, "pl"), Table) if "Kto mówi o problemie" in block.caption
    ]
    assert {row[0]: row[1:] for row in cells(table)}[LABEL] == ("1 z 1", f"{INSTITUTION} (3 z 3)")


def test_a_gmina_says_what_was_raised_only_after_the_moderator(polish):
    blocks = gminas(polish.results, {}, "pl")
    oksa = blocks[next(n for n, block in enumerate(blocks) if isinstance(block, Heading) and block.text == "Oksa") :]
    notes = of(oksa, Bullets)[0].items
    assert any("wymienił je moderator" in note and LABEL in note and "(2)" in note for note in notes)


def test_quotations_on_a_gminas_page_name_no_institution_and_stand_nowhere_else(report):
    results = report.results
    shown = of(gminas(results, {}, report.lang), Quotation)
    assert not any(name in block.source for block in shown for name in (INSTITUTION, REGION, GMINA, "Oksa"))
    elsewhere = pd.concat([results.quotations, results.counter_quotations])
    used = set(zip(elsewhere["session_id"], elsewhere["turn"], strict=True))
    here = set(zip(results.gmina_quotations["session_id"], results.gmina_quotations["turn"], strict=True))
    assert not used & here


def test_a_voice_against_a_claim_stands_under_it(polish):
    sentence = polish.results.claims.loc[0, "sentence"]
    said = ("oksa", 5, "R3", "inst_gops", "świętokrzyskie", "Nie ma biedy.", "region")
    against = pd.DataFrame([(0, "denied", "poverty", *said)])
    against.columns = ["claim", "status", *polish.results.quotations.columns]
    blocks = claims(replace(polish.results, counter_quotations=against), {}, "pl")
    assert blocks[-2] == Paragraph(f"Zdanie: {sentence}", leads=True)
    assert blocks[-1].text == "Nie ma biedy."
    assert blocks[-1].source == f"{INSTITUTION}, świętokrzyskie; zaprzecza: {LABEL}"


def test_saturation_is_not_assessed_on_few_groups(polish):
    facts = polish.results.saturation_facts
    assert (facts.n_sessions, facts.n_codes, facts.n_named, facts.unused) == (2, 4, 3, ("transport",))
    said = " ".join(block.text for block in of(saturation(polish.results, {}, "pl"), Paragraph))
    assert "za mało (2)" in said and "transport po polsku" in said and "ustalono przed kodowaniem" in said


@pytest.mark.parametrize(("label", "said"), [("6+2", "osiągnięto po 6+2"), ("", "nie osiągnięto")])
def test_saturation_that_was_assessed_has_its_numbers_and_curve(polish, label, said):
    curve = pd.DataFrame({"n_sessions": [1, 2], "estimate": [3.25, 4.0], "low": [2.0, 3.0], "high": [4.5, 5.0]})
    facts = SaturationFacts(8, 12, 10, (), label, 0.393, (12.625, 10.86, 67.02, 4), curve)
    drawn = Figure("saturation", "", "", b"<svg/>")
    blocks = saturation(replace(polish.results, saturation_facts=facts), {"saturation": drawn}, "pl")
    assert blocks[-1] is drawn, "a figure that ends its section stays in it"
    text = " ".join(block.text for block in of(blocks, Paragraph)).replace("\xa0", " ")
    assert said in text and "39%" in text and "12,6" in text and "10,9–67,0" in text
    assert cells(of(blocks, Table)[0])[0] == ("1", "3,2", "2,0", "4,5")


def test_large_numbers_of_codings_are_written_as_all_numbers_are(polish):
    many = pd.concat([polish.results.codings.iloc[[0]].assign(status="affirmed")] * 1200, ignore_index=True)
    made = of(provenance(replace(polish.results, codings=many), "en"), Bullets)[0].items[1]
    assert "1,200 codings" in made and "affirmed 1,200" in made


def test_the_codebook_lists_every_code_with_its_definition(polish):
    listed = {row[0]: row[1] for table in of(codebook(polish.results, "pl"), Table) for row in table.rows}
    assert set(listed) == set(polish.results.codes["label_pl"])
    defined = replace(polish.results, codebook=polish.results.codebook.assign(definition_pl="Co to znaczy."))
    assert {row[1] for table in of(codebook(defined, "pl"), Table) for row in table.rows} == {"Co to znaczy."}


def test_the_counts_of_the_heat_map_stand_in_tables(polish):
    found = of(tables(polish.results, "pl"), Table)
    oksa = next(table for table in found if table.head[1:] == ("Oksa",))
    assert (LABEL, "2 z 4") in cells(oksa)


def test_two_gminas_of_one_name_have_a_column_and_quotations_of_their_own(polish):
    """Oksa twice in one voivodeship: another code, another session, other numbers."""
    results = polish.results
    twin = results.by_gmina.query("gmina == 'Oksa'").assign(teryt="2699012", n_named=0)
    session = results.sessions.query("session_id == 'oksa'").assign(session_id="oksa2", teryt="2699012")
    both = replace(
        results,
        by_gmina=pd.concat([results.by_gmina, twin], ignore_index=True),
        sessions=pd.concat([results.sessions, session], ignore_index=True),
    )
    table = next(table for table in of(tables(both, "pl"), Table) if len(table.head) == 3)
    assert table.head[1:] == ("Oksa (260205)", "Oksa (269901)")
    assert (LABEL, "2 z 4", "0 z 4") in cells(table)
    said = {"code": "poverty", "session_id": "oksa", "turn": 2, "text": "Bieda.", "gmina": "Oksa"}
    said = pd.DataFrame([said], columns=results.gmina_quotations.columns)
    shown = gminas(replace(both, gmina_quotations=said), {}, "pl")
    assert len(of(shown, Quotation)) == 1


def test_where_no_institution_is_known_no_table_counts_them(polish):
    def captions(results):
        return [block.caption for block in of(problems(results, {}, "pl"), Table)]

    unknown = polish.results.speakers.assign(institution=None)
    without = captions(replace(polish.results, speakers=unknown))
    assert [caption for caption in captions(polish.results) if caption not in without] == [
        caption for caption in captions(polish.results) if "Kto mówi o problemie" in caption
    ]


def test_one_of_two_people_is_no_main_voice_for_one_of_two_always_says_more(polish):
    def mainly_one(results):
        return [item for bullets in of(gminas(results, {}, "pl"), Bullets) for item in bullets.items if "jedna" in item]

    voices = polish.results.voices
    assert ((voices["measure"] == "one_voice") & (voices["estimate"] == 1)).any()
    assert mainly_one(polish.results) == []
    three = polish.results.by_gmina.assign(n_named=3)
    assert LABEL in mainly_one(replace(polish.results, by_gmina=three))[0]


def test_the_checklists_have_all_their_items_and_leave_to_the_authors_what_the_program_cannot_know(report):
    coreq, srqr = of(checklists(report.results, report.lang), Table)
    assert [row[0] for row in coreq.rows] == [str(n) for n in range(1, 33)]
    assert [row[0] for row in srqr.rows] == [f"S{n}" for n in range(1, 22)]
    authors = {"pl": "Do uzupełnienia przez autorów.", "en": "To be completed by the authors."}[report.lang]
    manual = {row[0] for row in coreq.rows if row[2] == authors}
    assert {"2", "3", "4", "5", "6", "7", "8", "11", "23", "28"} <= manual
    filled = {row[0] for row in (*coreq.rows, *srqr.rows) if row[2] != authors}
    assert {
        "12",
        "16",
        "18",
        "21",
        "22",
        "24",
        "25",
        "26",
        "27",
        "29",
        "30",
        "S12",
        "S14",
        "S15",
        "S17",
        "S19",
    } <= filled


def test_every_answer_that_a_checklist_asks_for_is_known(polish):
    content = tomllib.loads(resource("checklists.toml").read_text(encoding="utf-8"))
    asked = {item["answer"] for items in content.values() for item in items if "answer" in item}
    assert asked == set(known_answers(polish.results, "pl"))


def test_the_command_stands_to_the_letter(polish):
    command = "focus-analysis report 'a b' --out wyniki"
    made = replace(polish.results.provenance, command=command)
    assert Command(command) in provenance(replace(polish.results, provenance=made), "pl")


def test_sections_without_results_say_so_or_stay_away(polish):
    bare = replace(polish.results, codebook=None, saturation_facts=None, voices=None, gmina_quotations=None)
    assert codebook(bare, "pl") == saturation(bare, {}, "pl") == []
    assert not of(gminas(bare, {}, "pl"), Bullets) and of(gminas(bare, {}, "pl"), Notice)
    assert not of(gminas(bare, {}, "pl"), Figure)


def test_where_no_test_could_show_a_difference_between_regions_that_is_said(polish):
    tests = pd.DataFrame({"code": polish.results.by_gmina["code"].unique(), "p_adjusted": 1.0})
    one, other = REGION, "lubelskie"
    known = polish.results.by_gmina.assign(estimate=0.5)
    said = []
    for n in (1, 4):
        places = [
            known.assign(voivodeship=one if half else other, gmina=f"g{half}{k}", teryt=f"{half}{k}")
            for half in (0, 1)
            for k in range(n)
        ]
        made = replace(polish.results, by_gmina=pd.concat(places), region_tests=tests)
        said.append(" ".join(block.text for block in of(regions(made, polish.figures, "pl"), Paragraph)))
    assert ["nie może wykazać żadnej różnicy" in text for text in said] == [True, False]
