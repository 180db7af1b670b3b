"""The document of a report: its sections, notices and numbers."""

import re
from collections import Counter
from dataclasses import FrozenInstanceError, replace

import pandas as pd
import pytest

from focus_analysis.errors import ArgumentError
from focus_analysis.report.build import build_document
from focus_analysis.report.document import Bullets, Figure, Heading, Notice, Paragraph, Quotation, Table
from focus_analysis.report.figures import ranking_name
from focus_analysis.report.results import GuideUsed, Provenance
from tests.builders import codings
from tests.report.conftest import GMINA, INSTITUTION_SET, LABEL, NAMED, REGION, SAID, SESSION, SPEAKER


def blocks(document, kind):
    return [block for block in document.blocks if isinstance(block, kind)]


def table(document, *words):
    """The one table whose caption has these words."""
    tables = blocks(document, Table)
    (found,) = [block for block in tables if all(word in block.caption.replace("\xa0", " ") for word in words)]
    return [tuple(cell.replace("\xa0", " ") for cell in row) for row in found.rows]


def said(document):
    """Everything that stands in the document, as one text."""
    parts = [document.title, document.subtitle]
    for block in document.blocks:
        if isinstance(block, Table):
            parts += [block.caption, *block.head, *(cell for row in block.rows for cell in row)]
        elif isinstance(block, Bullets):
            parts += block.items
        elif isinstance(block, Figure):
            parts += [block.caption, block.alt]
        else:
            parts += [block.text, getattr(block, "source", "")]
    return "\n".join(parts).replace("\xa0", " ")


def test_sections_stand_in_order(report):
    anchors = [heading.anchor for heading in report.document.contents]
    assert anchors == [
        *("study", "participants", "method", "problems", "regions", "claims", "gminas", "saturation", "caveats"),
        *("findings", "codebook", "tables", "checklists", "provenance"),
    ]


def test_every_anchor_is_used_once(report):
    anchors = Counter(heading.anchor for heading in blocks(report.document, Heading))
    assert set(anchors.values()) == {1}


def test_the_document_is_frozen(polish):
    with pytest.raises(FrozenInstanceError):
        polish.document.title = "inny"


def test_it_is_the_same_when_built_again(report):
    assert build_document(report.results, report.figures, report.lang) == report.document


def test_an_unknown_language_is_refused(polish):
    with pytest.raises(ArgumentError, match="pl, en"):
        build_document(polish.results, polish.figures, "de")


def test_invented_and_unchecked_are_said_before_anything_else(report):
    invented, unchecked = {
        "pl": ("Dane zmyślone: 1 z 3", "nikt ich nie sprawdził"),
        "en": ("Invented data: 1 of 3", "nobody has checked them"),
    }[report.lang]
    first, second, third = report.document.blocks[:3]
    assert isinstance(first, Notice) and invented in first.text.replace("\xa0", " ")
    assert isinstance(second, Notice) and unchecked in second.text
    assert isinstance(third, Heading)


def test_a_mixture_of_invented_and_real_talks_is_told_from_a_wholly_invented_study(polish):
    (mixed, *_) = polish.document.blocks
    assert "usuń zmyślone transkrypcje" in mixed.text
    whole = replace(polish.results, sessions=polish.results.sessions.assign(invented=True))
    (first, *_) = build_document(whole, polish.figures, "pl").blocks
    assert "Żadna liczba ani cytat" in first.text and "usuń" not in first.text


def test_data_that_is_not_invented_has_no_such_notice(polish):
    real = replace(polish.results, sessions=polish.results.sessions.assign(invented=False))
    document = build_document(real, polish.figures, "pl")
    assert "zmyślone" not in said(document)
    assert len(blocks(document, Notice)) == len(blocks(polish.document, Notice)) - 1


@pytest.mark.parametrize("kind", ["human", "adjudicated"])
def test_codes_that_people_gave_are_not_called_unchecked(polish, kind):
    made = replace(polish.results.provenance, coder_kinds=(kind,))
    document = build_document(replace(polish.results, provenance=made), polish.figures, "pl")
    assert "nikt ich nie sprawdził" not in said(document)
    assert "Część kodów pochodzi od ludzi" in said(document)


def test_each_session_has_its_row_by_region_and_name(polish):
    assert table(polish.document, "Grupy") == [
        (GMINA, "–", REGION, "12 września 2018", "2", "2", "3", "19"),
        ("Świlcza", "–", "podkarpackie", "12 września 2018", "–", "0", "2", "2"),
        ("Oksa", "jędrzejowski", "świętokrzyskie", "12 września 2018", "4", "3", "5", "49"),
    ]


def test_the_introduction_adds_up(polish):
    text = blocks(polish.document, Paragraph)[0].text.replace("\xa0", " ")
    assert "3 grupy w 2 gminach (3 województwa)" in text
    assert "Gminy nie ustalono: 1 grupa." in text
    assert "Liczba uczestników według list obecności: 6." in text
    assert "70 słów" in text


def test_without_rosters_the_introduction_does_not_say_how_many_were_present(polish):
    nobody = replace(polish.results, sessions=polish.results.sessions.assign(n_participants=None))
    text = blocks(build_document(nobody, polish.figures, "pl"), Paragraph)[0].text
    assert "70 słów" in text.replace("\xa0", " ")
    assert "uczestników" not in text


def test_institutions_are_counted_by_group_and_by_person(polish):
    assert table(polish.document, "Instytucje") == [
        (INSTITUTION_SET["pl"], "2 z 3", "1 z 1", "1 z 1", "3"),
        ("instytucja nierozpoznana", "2 z 3", "1 z 1", "1 z 1", "3"),
    ]


def test_problems_are_counted_over_gminas_and_people_with_the_means(polish):
    rows = {row[0]: row[1:] for row in table(polish.document, "średniego zasięgu")}
    assert rows[LABEL] == ("2 z 2", "3 z 6", "50%", "50%", "50%")
    assert rows["alcohol po polsku"] == ("2 z 2", "2 z 6", "38%", "50%", "25%")
    assert rows["transport po polsku"] == ("0 z 2", "0 z 6", "0%", "0%", "0%")
    assert list(rows)[:2] == [LABEL, "alcohol po polsku"]


def test_every_count_of_every_gmina_appears_in_its_table(report):
    word = {"pl": "z", "en": "of"}[report.lang]
    leaves = report.results.by_gmina.query("level == 'leaf'").dropna(subset=["estimate"])
    names = dict(zip(report.results.codes["code"], report.results.codes[f"label_{report.lang}"], strict=True))
    assert len(leaves) == 8
    for gmina, rows in leaves.groupby("gmina"):
        shown = {row[1]: row for row in table(report.document, f"{gmina}: ")}
        assert len(shown) == len(rows)
        for row in rows.itertuples():
            band = f"{row.rank_low:.0f}" + ("" if row.rank_low == row.rank_high else f"–{row.rank_high:.0f}")
            rank, _, named, _, denied, _ = shown[names[row.code]]
            assert (rank, named, denied) == (band, f"{row.n_named} {word} {row.n_participants}", str(row.n_denied))


def test_each_count_leads_to_the_turns_of_participants_behind_it(polish):
    shown = {row[1]: row[5] for row in table(polish.document, "Oksa: ")}
    assert shown[LABEL] == "2, 3"
    assert shown["alcohol po polsku"] == "4"
    assert shown["transport po polsku"] == "–"
    assert {row[1]: row[5] for row in table(polish.document, f"{NAMED}: ")}[LABEL] == "2"


def test_what_a_moderator_affirms_stands_behind_no_count(polish):
    of_moderator = codings(("oksa", 1, "poverty"), ("oksa", 1, "transport"))
    more = replace(polish.results, codings=pd.concat([polish.results.codings, of_moderator]))
    shown = {row[1]: row[5] for row in table(build_document(more, polish.figures, "pl"), "Oksa: ")}
    assert (shown[LABEL], shown["transport po polsku"]) == ("2, 3", "–")


def test_a_gmina_without_known_roles_has_a_notice_and_no_table(report):
    headings = [block for block in report.document.blocks if isinstance(block, Heading) and block.text == "Świlcza"]
    place = report.document.blocks.index(headings[0])
    assert isinstance(report.document.blocks[place + 1], Notice)
    assert not [block for block in blocks(report.document, Table) if block.caption.startswith("Świlcza")]


def test_codings_are_counted_by_status(polish):
    statuses = Counter(polish.results.codings["status"])
    made = next(
        item for bullets in blocks(polish.document, Bullets) for item in bullets.items if "potwierdzone" in item
    )
    assert [int(n) for n in re.findall(r"\d+", made)] == [
        sum(statuses.values()),
        statuses["affirmed"],
        statuses["denied"],
        statuses["hypothetical"],
    ]


def test_the_report_says_how_it_was_made(polish):
    text = said(polish.document)
    assert "próba, wersja 7" in text
    assert "f" * 12 in text
    assert all(f"{name} {version}" in text for name, version in polish.results.provenance.packages.items())
    assert [row[:2] for row in table(polish.document, "Pliki")] == sorted(
        (session, f"{session}.txt") for session in ("oksa", SESSION, "świlcza")
    )


def test_findings_that_need_a_look_are_listed_and_notes_are_not(report):
    shown = [row for block in blocks(report.document, Table) for row in block.rows if row[0] == "a<b>.txt"]
    assert len(shown) == 1
    assert GMINA in shown[0][2].replace("\xa0", " ")
    assert "nagranie.mp3" not in said(report.document)


def test_without_findings_the_report_says_so(polish):
    none = replace(polish.results, findings=polish.results.findings.iloc[1:])
    assert "nie zauważono niczego" in said(build_document(none, polish.figures, "pl"))


def test_quotations_name_the_kind_of_institution_and_the_region_only(report):
    quotations = blocks(report.document, Quotation)
    assert quotations[0].text.replace("\xa0", " ") == SAID
    sources = {block.source for block in quotations}
    assert {f", {REGION}", ", świętokrzyskie"} == {source[source.rindex(", ") :] for source in sources}
    assert not any(name in source for source in sources for name in ("Oksa", GMINA, SPEAKER, "R1", "R2"))


def test_no_label_of_a_speaker_stands_in_the_report(report):
    assert SPEAKER not in said(report.document)
    assert not re.search(r"\bR[123]\b", said(report.document))


def test_without_quotations_the_report_says_so(polish):
    none = replace(polish.results, quotations=polish.results.quotations.iloc[:0])
    document = build_document(none, polish.figures, "pl")
    assert not blocks(document, Quotation)
    assert "Żadna wypowiedź nie spełniła reguły" in said(document)


def test_figures_stand_where_they_belong(report):
    names = [figure.name for figure in blocks(report.document, Figure)]
    maps = ["map", "map-problem"]
    assert names == ["heatmap", "slopes", *maps, "regions", "claims", ranking_name(NAMED), "ranking-2602052"]


def test_where_nobody_is_known_to_be_a_participant_nothing_is_counted(polish):
    nobody = polish.results.by_gmina.query("gmina == 'Świlcza'")
    results = replace(polish.results, by_gmina=nobody, by_region=polish.results.by_region.iloc[:0])
    document = build_document(results, {}, "pl")
    assert "niczego nie policzono" in said(document)
    assert not blocks(document, Figure)


def test_a_study_without_regions_has_no_subtitle(polish):
    nowhere = replace(polish.results, sessions=polish.results.sessions.assign(voivodeship=None))
    assert polish.document.subtitle == f"Województwa: {REGION}, podkarpackie, świętokrzyskie"
    assert build_document(nowhere, polish.figures, "pl").subtitle == ""


def test_provenance_is_frozen():
    made = Provenance("próba", "7", "f" * 64, {}, ("rule",))
    with pytest.raises(FrozenInstanceError):
        made.codebook = "inna"


def test_claims_stand_with_what_speaks_against_them(report):
    level = {"pl": "Twierdzenia o szerszych grupach", "en": "Claims about wider groups"}[report.lang]
    captions = [block.caption for block in blocks(report.document, Table)]
    assert sum("Twierdzenia" in caption or "Claims" in caption for caption in captions) == 2
    tables = [block for block in blocks(report.document, Table) if level in block.caption.replace("\xa0", " ")]
    claims = [row for block in tables for row in block.rows]
    first = " ".join(claims[0]).replace("\xa0", " ")
    assert {"pl": "W 2 z 2 grup", "en": "In 2 of 2 groups"}[report.lang] in first
    assert all(len(row) == 3 for row in claims)


def test_the_ranking_has_places_with_and_without_ties(polish):
    ranked = table(polish.document, "Miejsca problemów w gminach")
    assert {row[0] for row in ranked} == {LABEL, "alcohol po polsku", "violence po polsku", "transport po polsku"}
    assert ranked[0] == (LABEL, "1 z 2 (+1)", "0 z 2", "1,8", "1–3")
    assert ranked[-1][1:] == ("–",) * 4


def test_caveats_have_the_numbers_of_the_study(polish):
    (items,) = [block.items for block in blocks(polish.document, Bullets) if "celowo" in block.items[0]]
    said_here = " ".join(items).replace("\xa0", " ")
    assert "grupy (2) wylosowano" in said_here
    assert "w co najmniej 16%" in said_here and "w co najwyżej 84%" in said_here
    assert polish.results.limits.n_compared == 2


def test_the_questions_of_the_guide_are_named_where_there_are_some(polish):
    assert "Scenariusz rozmowy, według" not in said(polish.document)
    guided = replace(polish.results.provenance, guide=GuideUsed("próba", "7", 2))
    document = build_document(replace(polish.results, provenance=guided), polish.figures, "pl")
    assert "„próba”, wersja 7; poprawki wprowadzone ręcznie: 2." in said(document)
