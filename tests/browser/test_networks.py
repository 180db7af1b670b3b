"""The tables of institutions and the turns behind their rows, by mouse and by keyboard."""

from dataclasses import replace
from functools import cache

import pytest

from focus_analysis.codebook import Codebook
from focus_analysis.pipeline import analyse
from focus_analysis.report.explorer import render_explorer
from tests.browser.driving import go, opened, plain, texts, turned
from tests.builders import corpus, group

NAME = "policja <img src=x onerror=alert(7)>"
ROOM = {"R1": "inst_gops", "R2": "inst_school", "R3": "inst_police"}
CODES = {
    "inst_gops": ("institutions", ["GOPS"]),
    "inst_school": ("institutions", ["szkoła"]),
    "inst_police": ("institutions", ["policja"]),
    "cooperation_barrier": ("cooperation", ["RODO"]),
    "hard_to_solve": ("difficulty", ["trudno"]),
    "easy_to_solve": ("difficulty", ["łatwo"]),
    "solution_bus": ("solutions", ["autobus"]),
    "poverty": ("problems", ["bieda"]),
}
LABELS = {"inst_police": NAME}


def study():
    oksa = group(
        "oksa",
        "M: Jak się państwu współpracuje?",
        "R1: Z policją współpracujemy na co dzień, od lat.",
        "R3: Ze szkołą mamy wspólny patrol.",
        "R2: Szkoła milczy, RODO i tyle.",
        "R1: Z biedą jest trudno.",
        "R2: Bieda i łatwo to nie jest, ale autobus by się przydał, autobus pomoże.",
        roster=("R1", "R2", "R3"),
        institutions=ROOM,
        gmina="Oksa",
        voivodeship="świętokrzyskie",
    )
    krempna = group(
        "krempna",
        "M: A tutaj?",
        "R1: My z policją współpracujemy, a brakuje nam kontaktu ze szkołą.",
        roster=("R1",),
        institutions={"R1": "inst_gops"},
        gmina="Krempna",
        voivodeship="podkarpackie",
    )
    return corpus(oksa, krempna)


def book():
    words = {"pl": "grupa", "en": "group"}
    entries = tuple(
        {"id": code, "group": of, "label": {"pl": LABELS.get(code, code), "en": code}, "patterns": tuple(patterns)}
        for code, (of, patterns) in CODES.items()
    )
    groups = {of: {"label": words} for of, _ in CODES.values()}
    return Codebook(name="próba", version="7", groups=groups, entries=entries, sha256="f" * 64)


@cache
def results():
    return analyse(study(), book(), coder="rules")


@pytest.fixture(scope="module", params=["pl", "en"])
def page(browser, tmp_path_factory, request):
    """The page in a language, on a desk."""
    path = tmp_path_factory.mktemp("networks") / f"{request.param}.html"
    path.write_text(render_explorer(results(), request.param), encoding="utf-8")
    with opened(browser, path) as tab:
        tab.lang, tab.path = request.param, path
        yield tab


@pytest.fixture
def tab(page):
    page.goto("about:blank")
    page.noticed.clear()
    page.goto(f"{page.path.as_uri()}#networks")
    yield page
    assert page.noticed == []


def lines(tab):
    """The rows of the table, by their first two cells."""
    found = {}
    for row in tab.locator("#network tbody tr").all():
        cells = plain(row, "th, td")
        found[tuple(cells[:2])] = cells[2:]
    return found


def test_ties_of_all_gminas_stand_in_the_table(tab):
    edges = results().networks.edges
    whole = edges[edges["gmina"].isna() & edges["voivodeship"].isna() & (edges["relation"] != "mentioned")]
    assert len(lines(tab)) == len(whole) >= 3
    kind, of = {"pl": ("współpraca", "z"), "en": ("cooperation", "of")}[tab.lang]
    name = {"pl": NAME, "en": "inst_police"}[tab.lang]
    (tie,) = [cells for (pair, told), cells in lines(tab).items() if told == kind and name in pair and "gops" in pair]
    assert tie == [f"2 {of} 2", "2"]


def open_first(tab, word):
    tab.locator("#network tbody tr").filter(has_text=word).locator("button").first.click()


def test_a_click_on_a_tie_opens_its_turns_with_the_words_marked(tab):
    open_first(tab, "gops")
    window = tab.get_by_role("dialog")
    assert window.is_visible()
    assert window.locator(".address").all_text_contents() == ["2", "2"]
    marked = ["".join(item.locator("mark.hit").all_text_contents()) for item in window.locator("article").all()]
    assert marked == ["policją współpracujemy", "policją współpracujemy"]


def test_a_region_and_a_gmina_narrow_the_table_and_the_turns(tab):
    with turned(tab):
        tab.locator("#network-scope [name=gmina]").select_option(label="Krempna")
    shown = lines(tab)
    assert len(shown) == 2
    open_first(tab, "gops")
    assert tab.get_by_role("dialog").locator("article").count() == 1
    tab.keyboard.press("Escape")
    with turned(tab):
        tab.locator("#network-scope [name=region]").select_option("świętokrzyskie")
    assert tab.locator("#network-scope [name=gmina]").input_value() == ""
    assert all("krempna" not in cell for cells in lines(tab).values() for cell in cells)


def test_difficulty_shows_its_turns_by_side(tab):
    with turned(tab):
        tab.locator("#network-scope [name=table]").select_option("difficulty")
    open_first(tab, "poverty")
    heads = tab.get_by_role("dialog").locator("h3").all_text_contents()
    links = results().networks.links
    sides = [side for side in ("hard", "easy") if (links["other"] == f"{side}_to_solve").any()]
    words = {"pl": {"hard": "trudny", "easy": "łatwy"}, "en": {"hard": "hard", "easy": "easy"}}[tab.lang]
    assert sorted(heads) == sorted(words[side] for side in sides)


@pytest.mark.parametrize("table", ["barriers", "solutions", "mobilising"])
def test_behind_every_row_of_the_other_tables_stand_turns(tab, table):
    with turned(tab):
        tab.locator("#network-scope [name=table]").select_option(table)
    buttons = tab.locator("#network tbody button")
    assert buttons.count() >= 1
    for button in buttons.all():
        button.click()
        assert tab.get_by_role("dialog").locator("article").count() >= 1
        assert tab.get_by_role("dialog").locator("mark.emphasised, mark.hit").count() >= 1
        tab.keyboard.press("Escape")


def test_rows_open_by_keyboard_and_focus_comes_back(tab):
    tab.locator("#network-scope [name=gmina]").focus()
    tab.keyboard.press("Tab")
    label = "document.activeElement.getAttribute('aria-label')"
    first = tab.evaluate(label)
    assert first.endswith({"pl": ": pokaż wypowiedzi", "en": ": show the turns"}[tab.lang])
    tab.keyboard.press("Enter")
    assert tab.get_by_role("dialog").is_visible()
    tab.keyboard.press("Escape")
    assert tab.evaluate(label) == first


def test_names_that_are_markup_are_shown_as_they_are(tab):
    if tab.lang == "pl":
        assert any(NAME in text for text in texts(tab, "#network th"))
    assert tab.locator("#network img").count() == 0


def test_regions_that_are_not_known_are_offered_for_turns_only(browser, tmp_path):
    def nowhere(table):
        return table.assign(voivodeship=table["voivodeship"].where(table["gmina"] != "Krempna"))

    found = replace(results(), by_gmina=nowhere(results().by_gmina), sessions=nowhere(results().sessions))
    (tmp_path / "page.html").write_text(render_explorer(found, "pl"), encoding="utf-8")
    with opened(browser, tmp_path / "page.html") as tab:
        for form, regions in (("scope", 0), ("network-scope", 0), ("filters", 1)):
            offered = texts(tab, f"#{form} [name=region] option")
            assert "świętokrzyskie" in offered and offered.count("województwo nieznane") == regions


def test_the_table_fits_a_phone(browser, page):
    with opened(browser, page.path, width=360, height=740) as phone:
        go(phone, "#networks")
        wide = phone.evaluate("document.documentElement.scrollWidth")
        assert wide <= 360
        assert phone.noticed == []
