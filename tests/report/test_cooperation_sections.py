"""The sections about institutions, and their figures."""

from dataclasses import replace
from types import SimpleNamespace

import pandas as pd
import pytest

from focus_analysis import labels
from focus_analysis.plots.style import drawings
from focus_analysis.report import cooperation_sections
from focus_analysis.report.build import build_document
from focus_analysis.report.cooperation_figures import draw_networks
from focus_analysis.report.document import Bullets, Document, Figure, Heading, Paragraph, Quotation, Table, spans
from focus_analysis.report.figures import ranking_name
from focus_analysis.report.html import render_html
from focus_analysis.report.results import Networks
from tests.analysis.networks import relations
from tests.plots import networks as made
from tests.plots.networks import CODES
from tests.report.conftest import INSTITUTION, analysed

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
        barriers=none,
        barrier_counts=made.barrier_counts(n),
        barrier_answers=made.barrier_answers(n),
        occasional=pd.DataFrame(partners),
        solutions=made.solutions(n),
        solution_voices=pd.DataFrame([voices]),
        mobilising=made.mobilising(n),
    )


@pytest.fixture(scope="module", params=["pl", "en"])
def told(request):
    """Results with tables of institutions, and their document."""
    lang = request.param
    results = analysed(lang)
    quotation = ("cooperation_good", "oksa", 3, "R1", "gops", "świętokrzyskie", QUOTED, "region")
    results = replace(
        results,
        codes=pd.concat([results.codes, CODES[~CODES["code"].isin(results.codes["code"])]], ignore_index=True),
        quotations=pd.DataFrame([quotation], columns=results.quotations.columns),
        networks=tables(),
    )
    drawn = [(name, caption, alt) for name, caption, alt, _ in draw_networks(results, lang, "")]
    figures = {name: Figure(name, f"podpis {name}", "opis", b"<svg/>") for name, *_ in drawn}
    return SimpleNamespace(lang=lang, results=results, drawn=drawn, figures=figures)


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
    of_gminas = [name for name in told.figures if name.startswith("gmina_")]
    assert sorted([*placed, *of_gminas]) == sorted(told.figures)
    assert len(of_gminas) == 8
    assert {"participation", "difficulty", "salience_difficulty", "cooperation", "cooperation-podkarpackie"} <= set(
        placed
    )
    assert {"cooperation_strain", "cooperation_matrix", "barriers", "barrier_kinds", "solutions", "mobilising"} <= set(
        placed
    )
    for _, caption, alt in told.drawn:
        assert caption
        assert alt
        assert "{" not in caption + alt


def test_those_everywhere_and_nowhere_are_named(told):
    said = words(section(told, "participation"))
    names = NAMES[f"label_{told.lang}"]
    known = {
        "pl": "Obecne we wszystkich gminach, o których wiadomo, kto przyszedł (8): ",
        "en": "Present in all gminas of which it is known who came (8): ",
    }
    assert known[told.lang] + names["gops"] in said
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
    results = analysed("pl")
    figures = {
        name: Figure(name, caption, alt, drawings(draw())["svg"])
        for name, caption, alt, draw in draw_networks(results, "pl", "")
    }
    assert {"participation", "mobilising"} <= set(figures)
    blocks = [block for name in SECTIONS for block in getattr(cooperation_sections, name)(results, figures, "pl")]
    page = render_html(Document("tytuł", "", "pl", tuple(blocks)))
    assert INSTITUTION in words(blocks)
    assert INSTITUTION not in page
    assert "onload=" not in page.replace("&gt;&lt;svg onload=alert(2)&gt;", "")


def test_kinds_of_barriers_come_with_who_tells_of_them_and_what_answers_them(told):
    tables_of = [block for block in section(told, "cooperation") if isinstance(block, Table)]
    (kinds,) = [table for table in tables_of if table.head[0] in ("bariera", "barrier")]
    flat = [[cell.replace("\N{NO-BREAK SPACE}", " ") for cell in row] for row in kinds.rows]
    names, of = NAMES[f"label_{told.lang}"], {"pl": "z", "en": "of"}[told.lang]
    whole = study(made.barrier_counts(8)).query("source.isna()")
    assert len(flat) == len(whole)
    first = whole.sort_values("n_gminas", ascending=False, kind="stable").iloc[0]
    assert flat[0][1:3] == [f"{first['n_gminas']} {of} 8", str(first["n_speakers"])]
    answered = [row for row in flat if row[4] != "–"]
    assert len(answered) == 3
    best = study(made.barrier_answers(8)).sort_values("n_gminas", ascending=False, kind="stable").iloc[0]
    assert any(f"{names[best['solution']]} ({best['n_gminas']} {of} 8)" in row[4] for row in answered)


def gmina_study(told):
    """Results of one gmina in which relations and barriers are told of."""
    place = SimpleNamespace(gmina="Oksa", name="Oksa", teryt=None)
    room = pd.DataFrame(
        [{"teryt": None, "gmina": "Oksa", "voivodeship": None, "institution": "gops", "session_ids": "oksa;oksa2"}]
    )
    ties = relations(
        *(("oksa", "gops", "police"), ("oksa2", "police", "gops"), ("oksa", "school", "court", "lacks")),
        *(("oksa", "gops", "school", "mentioned"), ("other", "gops", "parish")),
    )
    hindering = pd.DataFrame([{"session_id": "oksa", "turn": 7, "kind": "staff"}])
    given = replace(tables(), participation=room, relations=ties, barriers=hindering)
    return replace(told.results, networks=given), place


def test_a_gminas_ties_name_pairs_that_cooperate_and_otherwise_only_who_is_spoken_of(told):
    results, place = gmina_study(told)
    figure = {"gmina_cooperation-Oksa": Figure("gmina_cooperation-Oksa", "", "", b"<svg/>")}
    table, drawn = cooperation_sections.gmina_ties(results, figure, place, "Oksa", told.lang)
    assert drawn.name == "gmina_cooperation-Oksa"
    names = NAMES[f"label_{told.lang}"]
    assert [row[1:] for row in table.rows] == [
        (" – ".join(sorted([names["gops"], names["police"]], key=labels.sort_key)), "oksa: 1; oksa2: 2"),
        (names["court"], "oksa: 3"),
        ({"pl": "brak ludzi", "en": "no staff"}[told.lang], "oksa: 7"),
    ]


def test_the_turns_of_a_gminas_ties_lead_to_what_was_said(told):
    results, place = gmina_study(told)
    table, *_ = cooperation_sections.gmina_ties(results, {}, place, "Oksa", told.lang)
    led = [span.address for span in spans(table.rows[0][-1]) if span.address]
    assert led == ["explorer.html#oksa/1", "explorer.html#oksa2/2"]


def test_a_gmina_without_relations_has_no_table_of_ties(told):
    place = SimpleNamespace(gmina="Oksa", name="Oksa", teryt=None)
    assert cooperation_sections.gmina_ties(told.results, {}, place, "Oksa", told.lang) == []


def test_relations_that_a_person_went_through_are_called_so(told):
    results, _ = gmina_study(told)
    phrase = {"pl": "Relacje przejrzał i poprawił człowiek.", "en": "A person went through the relations"}[told.lang]
    assert phrase in words(section(told, "cooperation", results))
    assert phrase not in words(section(told, "cooperation"))
