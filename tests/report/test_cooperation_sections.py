"""The sections about institutions, and their figures."""

from dataclasses import replace
from types import SimpleNamespace

import pandas as pd
import pytest

from focus_analysis.pipeline import analyse
from focus_analysis.plots.style import drawings
from focus_analysis.report import cooperation_sections
from focus_analysis.report.build import build_document
from focus_analysis.report.cooperation_figures import draw_networks
from focus_analysis.report.document import Bullets, Document, Figure, Heading, Paragraph, Quotation, Table
from focus_analysis.report.figures import ranking_name
from focus_analysis.report.html import render_html
from focus_analysis.report.results import Networks
from tests.plots import networks as made
from tests.plots.networks import CODES
from tests.report.conftest import INSTITUTION, book, hostile_study

SECTIONS = ("participation", "difficulty", "cooperation", "solutions", "mobilising")
NAMES = CODES.set_index("code")
QUOTED = "Z policją spotykamy się co miesiąc i każdy wie, co robi drugi."


def nodes():
    """Nodes of cooperation: one institution has no tie."""
    rows = [
        made.STUDY
        | dict.fromkeys(
            ("degree", "strength", "out_degree", "in_degree", "in_degree_by_others", "n_gminas", "n_present"), 0
        )
        | {
            "institution": code,
            "relation": "cooperates",
            "n_opportunities": 3,
            "n_scope": 8,
            "isolate": code == "parish",
        }
        for code in ("gops", "parish")
    ]
    return pd.DataFrame(rows)


def tables(n=8):
    """Every table of n gminas."""
    summary = made.STUDY | {"relation": "cooperates", "n_dyads": 10, "n_reciprocated": 2, "n_scope": n}
    partners = [
        made.STUDY
        | {"institution": code, "n_gminas": k, "n_scope": n, "only_occasional": only, "n_present": 1, "n_tied": 1}
        for code, k, only in (("ngo", 3, True), ("fire_brigade", 1, False))
    ]
    voices = made.STUDY | {
        "institution": "school", "solution": "solution_transport", "n_gminas": 2, "n_opportunities": 5,
        "n_speakers": 2, "n_present": 6,
    }  # fmt: skip
    none = pd.DataFrame()
    return Networks(
        participation=made.participation(n),
        difficulty=made.difficulty(n),
        edges=made.edges(n),
        nodes=nodes(),
        network_summary=pd.DataFrame([summary]),
        attendance=none,
        links=none,
        relations=none,
        institution_problems=none,
        pairs=made.pairs(n),
        occasional=pd.DataFrame(partners),
        solutions=made.solutions(n),
        solution_voices=pd.DataFrame([voices]),
        mobilising=made.mobilising(n),
    )


@pytest.fixture(scope="module", params=["pl", "en"])
def told(request):
    """Results with tables of institutions, and their document."""
    lang = request.param
    results = analyse(hostile_study(), book(), lang, coder="rules")
    quotation = ("cooperation_good", "oksa", 3, "R1", "gops", "świętokrzyskie", QUOTED, "region")
    results = replace(
        results,
        codes=pd.concat([results.codes, CODES[~CODES["code"].isin(results.codes["code"])]], ignore_index=True),
        quotations=pd.DataFrame([quotation], columns=results.quotations.columns),
        networks=tables(),
    )
    names = [name for name, *_ in draw_networks(results, lang, "")]
    figures = {name: Figure(name, f"podpis {name}", "opis", b"<svg/>") for name in names}
    return SimpleNamespace(lang=lang, results=results, figures=figures)


def section(told, name, results=None):
    return getattr(cooperation_sections, name)(results or told.results, told.figures, told.lang)


def words(blocks):
    parts = []
    for block in blocks:
        if isinstance(block, Table):
            parts += [block.caption, *block.head, *(cell for row in block.rows for cell in row)]
        elif isinstance(block, Figure):
            parts += [block.caption, block.alt]
        elif isinstance(block, Bullets):
            parts += block.items
        else:
            parts.append(block.text)
    return "\n".join(parts).replace("\N{NO-BREAK SPACE}", " ")


def study(table):
    return table[table["gmina"].isna() & table["voivodeship"].isna()]


@pytest.mark.parametrize("name", SECTIONS)
def test_a_section_has_its_heading_words_figures_and_table(told, name):
    first, second, *rest = section(told, name)
    assert isinstance(first, Heading)
    assert first.anchor == name
    assert isinstance(second, Paragraph)
    assert any(isinstance(block, Table) for block in rest)
    assert any(isinstance(block, Figure) for block in rest)
    assert all(len(row) == len(block.head) for block in rest if isinstance(block, Table) for row in block.rows)


@pytest.mark.parametrize("name", SECTIONS)
def test_a_section_without_its_table_is_left_out(told, name):
    assert section(told, name, replace(told.results, networks=None)) == []
    none = Networks(**{key: table.head(0) for key, table in tables().tables.items()})
    assert section(told, name, replace(told.results, networks=none)) == []


def test_every_figure_stands_in_some_section_with_an_alternative_text(told):
    placed = [block.name for name in SECTIONS for block in section(told, name) if isinstance(block, Figure)]
    assert sorted(placed) == sorted(told.figures)
    assert {"participation", "difficulty", "salience_difficulty", "cooperation", "cooperation-podkarpackie"} <= set(
        placed
    )
    assert {"cooperation_strain", "cooperation_matrix", "barriers", "solutions", "mobilising"} <= set(placed)
    for _, caption, alt, _ in draw_networks(told.results, told.lang, ""):
        assert caption
        assert alt
        assert "{" not in caption + alt


def test_those_everywhere_and_nowhere_are_named(told):
    said = words(section(told, "participation"))
    names = NAMES[f"label_{told.lang}"]
    assert {"pl": "Obecne we wszystkich gminach (8): ", "en": "Present in all gminas (8): "}[told.lang] + names[
        "gops"
    ] in said
    assert {"pl": "Nieobecne w żadnej rozmowie: ", "en": "Present in no talk: "}[told.lang] + names[
        "fire_brigade"
    ] in said


def test_the_hardest_and_the_easiest_come_with_their_counts(told):
    rows = study(made.difficulty(8)).sort_values("n_hard", ascending=False, kind="stable")
    first = rows.iloc[0]
    of = {"pl": "z", "en": "of"}[told.lang]
    assert f"{NAMES[f'label_{told.lang}'][first['code']]} ({first['n_hard']} {of} 8)" in words(
        section(told, "difficulty")
    )


def test_the_cooperation_section_says_what_the_network_is(told):
    said = words(section(told, "cooperation"))
    names = NAMES[f"label_{told.lang}"]
    of = {"pl": "z", "en": "of"}[told.lang]
    works = study(made.edges(8)).query("relation == 'cooperates'")
    first = works.sort_values(["n_gminas", "n_named"], ascending=False, kind="stable").iloc[0]
    assert (
        f"{names[first['source']]} → {names[first['target']]} ({first['n_gminas']} {of} {first['n_opportunities']})"
        in said
    )
    assert f"{int(works['one_gmina'].sum())} {of} {len(works)}" in said
    assert f"2 {of} 10" in said
    assert f": {names['parish']}." in said
    assert f": {names['ngo']} (3 {of} 8)." in said


def test_what_was_said_is_quoted(told):
    quoted = [block.text for block in section(told, "cooperation") if isinstance(block, Quotation)]
    assert quoted == [QUOTED]


def test_co_mentions_are_not_among_the_ties(told):
    mentioned = {"pl": "wymienione razem", "en": "mentioned together"}[told.lang]
    found = [block for block in section(told, "cooperation") if isinstance(block, Table)]
    cells = [cell for table in found for row in table.rows for cell in row]
    assert cells
    assert mentioned not in cells


def test_the_trade_off_shows_every_value_with_its_rank(told):
    (table,) = [block for block in section(told, "mobilising") if isinstance(block, Table)]
    assert len(table.rows) == int((study(made.mobilising(8))["n_types"] > 0).sum())
    assert all("(1)" in cell for row in table.rows for cell in row[2:4])


def test_the_document_holds_the_sections_and_can_be_rendered(told):
    places = told.results.by_gmina.apply(
        lambda row: str(row["teryt"] if isinstance(row["teryt"], str) else row["gmina"]), axis=1
    )
    rankings = {ranking_name(place): Figure(ranking_name(place), "", "", b"<svg/>") for place in places.unique()}
    document = build_document(told.results, {**told.figures, **rankings}, told.lang)
    anchors = [heading.anchor for heading in document.contents]
    assert [anchor for anchor in anchors if anchor in SECTIONS] == list(SECTIONS)
    page = render_html(document)
    assert QUOTED.split(",")[0] in page.replace("\xa0", " ")
    assert "{" not in "".join(block.text for block in document.blocks if isinstance(block, Paragraph))


def test_hostile_names_are_shown_as_they_are():
    results = analyse(hostile_study(), book(), "pl", coder="rules")
    figures = {
        name: Figure(name, caption, alt, drawings(axes)["svg"])
        for name, caption, alt, axes in draw_networks(results, "pl", "")
    }
    assert {"participation", "mobilising"} <= set(figures)
    blocks = [block for name in SECTIONS for block in getattr(cooperation_sections, name)(results, figures, "pl")]
    page = render_html(Document("tytuł", "", "pl", tuple(blocks)))
    assert INSTITUTION in words(blocks)
    assert INSTITUTION not in page
    assert "onload=" not in page.replace("&gt;&lt;svg onload=alert(2)&gt;", "")
