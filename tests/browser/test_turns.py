"""Filters, search, the list of turns and the transcript."""

from urllib.parse import quote

import pytest

from focus_analysis.pipeline import analyse
from focus_analysis.report.addresses import quotation_keys
from focus_analysis.report.explorer import render_explorer
from tests.browser.conftest import ADDRESS, EVIDENCE, LABEL, REGION, book, results
from tests.browser.driving import WITHOUT_TAGS, cell, found, go, opened, plain, texts, turned
from tests.builders import corpus, group


def expected(turns):
    return [(quote(row.session_id, safe="!~*'()"), str(row.turn)) for row in turns.itertuples()]


def test_the_number_of_a_quotation_leads_to_its_turn(tab):
    session, number = quotation_keys(results())[0]
    go(tab, "#quotation-1")
    assert tab.locator("#view-transcript").is_visible()
    assert tab.locator("#talk article.target .address").text_content() == str(number)
    assert tab.locator("#choice select").input_value() == session


@pytest.fixture
def filters(tab):
    go(tab, "#turns")
    return tab


def filtered(tables, name, value):
    turns, codings = tables.turns, tables.codings
    if name == "region":
        return turns[turns["voivodeship"] == value]
    if name == "gmina":
        return turns[turns["session_id"] == {"260205": "oksa", "180506": "krempna"}[value]]
    if name == "role":
        return turns[turns["role"] == value]
    if name == "institution":
        return turns[turns["institution"] == value.removesuffix(" po polsku")]
    if name == "status":
        codings = codings[codings["status"] == value]
    else:
        kind, code = value.split(":")
        codes = tables.codes
        wanted = codes["group"] == code if kind == "group" else (codes["code"] == code) | (codes["parent"] == code)
        codings = codings[codings["code"].isin(codes["code"][wanted])]
    return turns.merge(codings[["session_id", "turn"]].drop_duplicates(), on=["session_id", "turn"])


def test_characters_beyond_the_first_plane_do_not_shift_the_marks(tab):
    go(tab, "#oksa/2")
    turn = tab.locator("#talk article").nth(1)
    assert turn.locator("mark").all_text_contents() == ["bieda"]
    assert turn.locator(".said").text_content().startswith("😀😀 Przede wszystkim bieda")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("region", "świętokrzyskie"),
        ("region", REGION),
        ("gmina", "260205"),
        ("institution", "inst_gops po polsku"),
        ("code", "code:poverty"),
        ("code", "code:misery"),
        ("code", "group:institutions"),
        ("status", "denied"),
        ("status", "hypothetical"),
        ("role", "moderator"),
        ("role", "unknown"),
    ],
)
def test_every_filter_leaves_the_turns_that_the_tables_say(filters, tables, name, value):
    with turned(filters):
        filters.locator(f"#filters [name={name}]").select_option(value)
    turns = filtered(tables, name, value)
    order = {one: place for place, one in enumerate(tables.turns["session_id"].drop_duplicates())}
    turns = turns.sort_values(
        ["session_id", "turn"], key=lambda column: column.map(order) if column.name == "session_id" else column
    )
    assert int(filters.locator("#count").text_content().split()[1]) == len(turns) > 0
    assert found(filters) == expected(turns)[:40]


def test_filters_narrow_each_other_and_status_is_that_of_the_code(filters):
    with turned(filters):
        filters.locator("#filters [name=code]").select_option("code:poverty")
    with turned(filters):
        filters.locator("#filters [name=status]").select_option("denied")
    assert found(filters) == [("oksa", "3")]
    with turned(filters):
        filters.locator("#filters [name=code]").select_option("code:alcohol")
    assert found(filters) == []
    with turned(filters):
        filters.get_by_text("Wyczyść filtry").click()
    assert len(found(filters)) == 40


@pytest.mark.parametrize(
    ("asked", "turns", "hits", "marked"),
    [
        ("zazolc GESLA", ["3"], "2 trafienia", ["Zażółć", "gęślą"]),
        ("JAŹŃ", ["3", "5"], "2 trafienia", ["jaźń", "jaźń"]),
        ("„jaźń jest”", ["5"], "1 trafienie", ["jaźń jest"]),
        ('"jest jaźń"', [], "0 trafień", []),
        ("pracy ludzie", ["2"], "2 trafienia", ["ludzie", "pracy"]),
        ("alkohol bieda", ["4"], "3 trafienia", ["alkohol", "alkohol", "bieda"]),
        (".*", [], "0 trafień", []),
    ],
)
def test_search_finds_words_whatever_their_diacritics(filters, asked, turns, hits, marked):
    with turned(filters):
        filters.locator("#filters [name=gmina]").select_option("260205")
    with turned(filters):
        filters.get_by_label("Szukaj w wypowiedziach").fill(asked)
    assert [turn for _, turn in found(filters)] == turns
    assert filters.locator("#count").text_content().endswith(f", {hits}.")
    assert "".join(texts(filters, "#results mark.hit")) == "".join(marked)


def test_the_list_comes_a_page_at_a_time_and_moves_the_focus_there(filters, tables):
    more = filters.get_by_text("Pokaż kolejne (40)")
    more.click()
    assert len(found(filters)) == 80
    assert filters.evaluate(
        "document.activeElement === document.querySelector('#results > li:nth-child(41) > article')"
    )
    filters.locator("#more").click()
    assert found(filters) == expected(tables.turns)
    assert not filters.locator("#more").is_visible()


def test_the_address_brings_a_list_back(filters):
    go(filters, "#turns?code=code%3Aalcohol&q=wypłata&gmina=260205")
    assert filters.locator("#filters [name=code]").input_value() == "code:alcohol"
    assert filters.get_by_label("Szukaj w wypowiedziach").input_value() == "wypłata"


def test_the_transcript_shows_every_turn_with_codes_named_beside_their_words(tab, tables):
    go(tab, "#oksa/1")
    turns = tables.turns[tables.turns["session_id"] == "oksa"]
    assert texts(tab, "#talk .address") == turns["turn"].astype(str).tolist()
    assert texts(tab, "#talk .who b") == turns["speaker"].tolist()
    bare = tab.locator("#talk .said").evaluate_all(WITHOUT_TAGS)
    assert bare == turns["text"].tolist()
    codings = tables.codings[tables.codings["session_id"] == "oksa"]
    assert tab.locator("#talk .said .tag").count() == len(codings)
    assert "? bieda" in texts(tab, "#talk .said .tag")[0]


def test_the_legend_counts_the_codes_and_switches_their_marks(tab):
    go(tab, "#oksa/1")
    legend = tab.locator("#legend")
    assert "problemy (7)" in legend.text_content() and "instytucje (1)" in legend.text_content()
    assert "✗ zaprzeczony" in legend.text_content() and "? przypuszczany" in legend.text_content()
    legend.get_by_label("problemy (7)").uncheck()
    assert texts(tab, "#talk mark") == ["GOPS"]
    legend.get_by_label("problemy (7)").check()
    assert len(texts(tab, "#talk mark")) == 8


def test_transcripts_are_chosen_by_name_and_follow_each_other(tab):
    go(tab, "#transcript")
    assert tab.locator("#transcript-title").text_content() == "Oksa"
    with turned(tab):
        tab.get_by_label("Rozmowa").select_option("krempna")
    assert tab.locator("#transcript-title").text_content() == "Krempna"
    assert tab.url.endswith("#krempna/1")
    assert tab.locator("#talk article").count() == 100
    with turned(tab):
        tab.locator("#neighbours a").last.click()
    assert tab.locator("#transcript-title").text_content() == "Świlcza"


def test_an_address_of_no_turn_shows_the_beginning_and_says_so(tab):
    for address in ("#oksa/999", "#nikt/1", "#%E0%A4%A/1", "#zmyślone"):
        go(tab, address)
        assert tab.locator("#heat").is_visible()
        assert "Nie ma tu takiej wypowiedzi" in tab.locator("#announcement").text_content()


def test_a_coding_of_a_whole_turn_is_named_before_its_words(tab):
    go(tab, f"{ADDRESS}/3")
    said = tab.locator("#talk article").nth(2).locator(".said")
    assert said.text_content().startswith("✗ transport po polsku, zaprzeczony Alkohol")
    tab.locator("#talk article").nth(2).locator("summary").click()
    why = tab.locator("#talk article").nth(2).locator(".why").text_content()
    assert "cała wypowiedź zaprzeczony, człowiek, pewność 0,88" in why
    assert EVIDENCE in why


def test_groups_of_one_gmina_are_told_apart(browser, tmp_path):
    said = ("M: Słucham.", "R1: Bieda.")
    study = corpus(group("oksa-1", *said, gmina="Oksa"), group("oksa-2", *said, gmina="Oksa"))
    path = tmp_path / "explorer.html"
    path.write_text(render_explorer(analyse(study, book(), coder="rules"), "pl"), encoding="utf-8")
    with opened(browser, path) as tab:
        assert plain(tab, "#heat tbody th[scope=row]") == ["Oksa"]
        assert plain(tab, "#choice option") == ["Oksa (oksa-1), 12 września 2018", "Oksa (oksa-2), 12 września 2018"]
        cell(tab, "Oksa", LABEL).click()
        assert plain(tab, "#cell .address + b") == ["R1", "R1"]
        assert tab.noticed == []


def test_where_codings_overlap_the_inner_one_gives_the_colour_and_both_are_named(tab):
    go(tab, "#krempna/3")
    turn = tab.locator(".target")
    marks = turn.locator("mark").evaluate_all("all => all.map(mark => [mark.textContent, mark.classList[1]])")
    assert marks[:2] == [["Autobus", "g0"], [" numer 3", "g1"]]
    assert turn.locator(".said .tag").all_text_contents()[:2] == ["transport po polsku", "inst_police po polsku"]
