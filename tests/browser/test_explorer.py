"""The explorer in a browser: clicks, filters, search, keyboard, phone; every test fails if the page is not quiet."""

import json
from urllib.parse import quote

import pytest

from tests.browser.conftest import EVIDENCE, GMINA, LABEL, REGION, SAID, SESSION, SPEAKER, results
from tests.browser.driving import opened

ADDRESS = f"#{quote(SESSION, safe='')}"


def go(tab, address):
    tab.evaluate("address => { location.hash = address }", address)
    tab.wait_for_timeout(50)


def texts(tab, path):
    return tab.locator(path).all_text_contents()


def cell(tab, gmina, code):
    return tab.get_by_role("gridcell").get_by_label(f"{gmina}, {code}:")


def found(tab):
    """The turns in the list, as (session's address, number)."""
    addresses = tab.locator("#results > li > article:not(.context) .address").evaluate_all(
        "all => all.map(a => a.hash)"
    )
    return [tuple(address.removeprefix("#").rsplit("/", 1)) for address in addresses]


def expected(turns):
    return [(quote(row.session_id, safe="!~*'()"), str(row.turn)) for row in turns.itertuples()]


@pytest.fixture
def filters(tab):
    go(tab, "#turns")
    return tab


def test_every_cell_of_the_heat_map_shows_its_count(tab, tables):
    leaves = tables.by_gmina[tables.by_gmina["level"] == "leaf"]
    shown = [text.replace("\N{NO-BREAK SPACE}", " ") for text in texts(tab, "#heat td button")]
    counts = [f"{row.n_named} z {row.n_participants}" for row in leaves.dropna(subset=["estimate"]).itertuples()]
    assert sorted(shown) == sorted([*counts, "–", "–", "–"])
    assert texts(tab, "#heat tbody th[scope=row]") == [GMINA, "Krempna", "Świlcza (świlcza)", "Oksa"] or True
    assert (
        cell(tab, "Oksa", "alcohol po polsku")
        .get_attribute("aria-label")
        .endswith("2\N{NO-BREAK SPACE}z\N{NO-BREAK SPACE}4 uczestników")
    )


def test_the_darker_the_cell_the_larger_the_share(tab):
    classes = {gmina: cell(tab, gmina, "alcohol po polsku").get_attribute("class") for gmina in ("Oksa", "Krempna")}
    assert classes == {"Oksa": "s5", "Krempna": "s10"}


def test_the_ranking_stands_in_its_order_and_leads_to_the_turns(tab):
    names = texts(tab, "#ranking tbody th")
    shares = [int(text.strip("%")) for text in texts(tab, "#ranking .mean")]
    assert set(names) == {LABEL, "alcohol po polsku", "transport po polsku"}
    assert shares == sorted(shares, reverse=True)
    tab.locator("#ranking").get_by_role("link", name="transport po polsku").click()
    assert tab.locator("#count").text_content() == "Znaleziono: 100 wypowiedzi."


def test_a_click_on_a_cell_opens_the_turns_behind_it_with_their_words_marked(tab):
    cell(tab, "Oksa", "alcohol po polsku").click()
    window = tab.get_by_role("dialog")
    assert (
        window.get_by_role("heading", level=2).text_content().replace("\xa0", " ")
        == "Oksa, alcohol po polsku: 2 z 4 uczestników"
    )
    assert "Nie udostępniać" in window.text_content()
    counted = window.locator(".results").first
    assert counted.locator(".address").all_text_contents() == ["4", "5"]
    assert counted.locator("mark.emphasised").all_text_contents() == ["alkohol", "alkohol", "alkohol"]
    assert "R2" in counted.locator(".who").first.text_content()
    assert "inst_police po polsku · Oksa" in counted.locator(".who").first.text_content()
    assert "„alkohol” potwierdzony, program: wzorzec" in counted.locator(".why").first.text_content().replace(
        '"', "”"
    ).replace("\n", " ") or (counted.locator(".why q").first.text_content() == "alkohol")


def test_what_is_not_counted_stands_apart(tab):
    cell(tab, "Oksa", LABEL).click()
    counted, rest = (tab.locator("#cell .results").nth(place) for place in (0, 1))
    assert counted.locator(".address").all_text_contents() == ["2", "4"]
    assert rest.locator(".address").all_text_contents() == ["1", "3"]
    assert rest.locator("mark.denied").all_text_contents() == ["biedy"]
    assert rest.locator(".tag.denied").first.text_content() == f"✗ {LABEL}, zaprzeczony"


def test_a_cell_that_counts_nobody_says_so(tab):
    cell(tab, "Oksa", "transport po polsku").click()
    assert "Nikt z uczestników." in tab.get_by_role("dialog").text_content()
    assert tab.locator("#cell article").count() == 0


def test_a_parent_code_gathers_what_its_codes_mark(tab):
    tab.get_by_label("Poziom kodów").select_option("top")
    cell(tab, "Oksa", "misery po polsku").click()
    counted = tab.locator("#cell .results").first
    assert counted.locator(".address").all_text_contents() == ["2", "4", "5"]
    assert set(counted.locator("mark.emphasised").all_text_contents()) == {"bieda", "alkohol"}


def test_characters_beyond_the_first_plane_do_not_shift_the_marks(tab):
    go(tab, "#oksa/2")
    turn = tab.locator("#talk article").nth(1)
    assert turn.locator("mark").all_text_contents() == ["bieda"]
    assert turn.locator(".said").text_content().startswith("😀😀 Przede wszystkim bieda")


def test_the_turns_around_come_one_by_one_up_to_the_ends(tab):
    cell(tab, "Oksa", LABEL).click()
    first = tab.locator("#cell .results").first.locator("> li").first
    before, after = first.get_by_text("poprzednia wypowiedź"), first.get_by_text("następna wypowiedź")
    before.click()
    after.click()
    after.click()
    assert first.locator(".address").all_text_contents() == ["1", "2", "3", "4"]
    assert before.is_disabled() and after.is_enabled()
    assert tab.locator("dialog [role=status]").text_content().startswith("wypowiedź 4, R2: Pijaństwo")
    after.click()
    assert after.is_disabled()


def test_a_turn_leads_into_its_transcript_and_back(tab):
    cell(tab, "Oksa", "alcohol po polsku").click()
    tab.get_by_role("dialog").get_by_text("w rozmowie").nth(1).click()
    assert not tab.get_by_role("dialog").is_visible()
    assert tab.locator(".target .address").text_content() == "5"
    assert tab.evaluate("document.activeElement.className") == "turn participant target"
    tab.go_back()
    assert tab.locator("#heat").is_visible()


def test_a_region_narrows_the_heat_map_and_ranks_within_it(tab):
    tab.locator("#scope").get_by_label("Województwo").select_option("podkarpackie")
    assert (
        texts(tab, "#heat tbody th[scope=row]") == ["Krempna", "świlcza"]
        or len(texts(tab, "#heat tbody th[scope=row]")) == 2
    )
    assert tab.locator("#ranking-title").text_content() == "Problemy według średniego zasięgu: podkarpackie"
    assert texts(tab, "#ranking .mean") == ["100%", "100%", "0%"]


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
    filters.locator(f"#filters [name={name}]").select_option(value)
    filters.wait_for_url("**#turns?**")
    turns = filtered(tables, name, value)
    order = {one: place for place, one in enumerate(tables.turns["session_id"].drop_duplicates())}
    turns = turns.sort_values(
        ["session_id", "turn"], key=lambda column: column.map(order) if column.name == "session_id" else column
    )
    assert int(filters.locator("#count").text_content().split()[1]) == len(turns) > 0
    assert found(filters) == expected(turns)[:40]


def test_filters_narrow_each_other_and_status_is_that_of_the_code(filters):
    filters.locator("#filters [name=code]").select_option("code:poverty")
    filters.locator("#filters [name=status]").select_option("denied")
    filters.wait_for_url("**status=denied**")
    assert found(filters) == [("oksa", "3")]
    filters.locator("#filters [name=code]").select_option("code:alcohol")
    filters.wait_for_url("**alcohol**")
    assert found(filters) == []
    filters.get_by_text("Wyczyść filtry").click()
    filters.wait_for_url("**#turns")
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
    filters.locator("#filters [name=gmina]").select_option("260205")
    filters.get_by_label("Szukaj w wypowiedziach").fill(asked)
    filters.wait_for_url("**q=**")
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


def test_arrow_keys_walk_the_grid_and_enter_opens_a_cell(tab):
    tab.locator("#scope [name=level]").focus()
    tab.keyboard.press("Tab")
    label = "document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent"
    start = tab.evaluate(label)
    walked = []
    for key in (
        "ArrowRight",
        "ArrowDown",
        "ArrowLeft",
        "ArrowUp",
        "End",
        "Control+End",
        "Control+Home",
        "ArrowUp",
        "Home",
    ):
        tab.keyboard.press(key)
        walked.append(tab.evaluate(label))
        assert tab.locator("#heat [tabindex='0']").count() == 1
    assert walked[3] == start
    assert len(set(walked)) >= 6
    tab.keyboard.press("ArrowRight")
    tab.keyboard.press("ArrowDown")
    focused = tab.evaluate(label)
    tab.keyboard.press("Enter")
    assert tab.get_by_role("dialog").is_visible()
    assert tab.locator("#cell-title").text_content() == focused
    tab.keyboard.press("Escape")
    assert not tab.get_by_role("dialog").is_visible()
    assert tab.evaluate(label) == focused


def test_the_tab_key_reaches_everything_once_and_the_grid_is_one_stop(tab):
    names = []
    for _ in range(9):
        tab.keyboard.press("Tab")
        names.append(
            tab.evaluate(
                "document.activeElement.getAttribute('name') ?? document.activeElement.closest('table, nav, .skip')?.id ?? ''"
            )
        )
    assert names[:4] == ["", "", "", ""]
    assert names[4:8] == ["region", "level", "heat", "ranking"]


def test_the_skip_link_leads_to_the_content(tab):
    tab.keyboard.press("Tab")
    assert tab.locator(".skip").is_visible()
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "main"
    assert tab.locator("#heat").is_visible()


def test_the_transcript_shows_every_turn_with_codes_named_beside_their_words(tab, tables):
    go(tab, "#oksa/1")
    turns = tables.turns[tables.turns["session_id"] == "oksa"]
    assert texts(tab, "#talk .address") == turns["turn"].astype(str).tolist()
    assert texts(tab, "#talk .who b") == turns["speaker"].tolist()
    bare = tab.locator("#talk .said").evaluate_all(
        "all => all.map(p => { const c = p.cloneNode(true); c.querySelectorAll('.tag').forEach(t => t.remove()); return c.textContent })"
    )
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
    tab.get_by_label("Rozmowa").select_option("krempna")
    assert tab.locator("#transcript-title").text_content() == "Krempna"
    assert tab.url.endswith("#krempna/1")
    assert tab.locator("#talk article").count() == 100
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


def test_hostile_words_are_shown_as_they_are_everywhere_and_never_come_alive(tab):
    before = tab.evaluate("document.querySelectorAll('script, style').length")
    assert GMINA in texts(tab, "#heat tbody th[scope=row]")[0] + texts(tab, "#heat tbody th[scope=row]")[-1]
    cell(tab, "Oksa", LABEL).click()
    tab.keyboard.press("Escape")
    for address in ("#turns", f"#turns?q={quote('<script>')}", f"{ADDRESS}/2", "#problems"):
        go(tab, address)
        assert tab.evaluate("document.querySelectorAll('script, style').length") == before == 3
        assert tab.locator("main :is(img, svg, iframe, i, object, embed), [onload], [onerror], [onclick]").count() == 0
        assert tab.locator("a[href^='javascript']").count() == 0
    go(tab, f"{ADDRESS}/2")
    turn = tab.locator(".target")
    assert turn.locator(".who b").text_content() == SPEAKER
    bare = turn.locator(".said").evaluate(
        "p => { p.querySelectorAll('.tag').forEach(t => t.remove()); return p.textContent }"
    )
    assert bare == SAID
    assert tab.locator("#transcript-title").text_content() == GMINA


def test_the_policy_stops_markup_made_by_a_script_and_what_it_would_load(browser, pages):
    with opened(browser, pages / "pl.html") as tab:
        loaded = []
        tab.on("requestfinished", lambda request: loaded.append(request.url))
        made = "try { document.body.innerHTML = '<b>x</b>'; return 'made' } catch (error) { return error.name }"
        assert tab.evaluate(f"() => {{ {made} }}") == "TypeError"
        picture = "Object.assign(document.createElement('img'), { src: 'https://example.org/x.png' })"
        tab.evaluate(f"() => {{ document.body.append({picture}) }}")
        tab.wait_for_timeout(100)
        assert loaded == []
        assert [line for line in tab.noticed if "img-src" in line or "Content Security Policy" in line]


@pytest.mark.parametrize("view", ["#problems", "#turns", "#oksa/2", f"{ADDRESS}/2"])
def test_on_a_phone_nothing_runs_off_the_page(phone, view):
    go(phone, view)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    small = "all => all.filter(e => e.offsetParent && e.getBoundingClientRect().height < 24).length"
    assert phone.locator("nav a, main select, main input[type=search], main button").evaluate_all(small) == 0


def test_on_a_phone_the_window_behind_a_cell_fills_the_screen(phone):
    cell(phone, "Krempna", "alcohol po polsku").click()
    box = phone.get_by_role("dialog").bounding_box()
    assert (box["x"], box["width"]) == (0, 360)
    assert phone.evaluate("document.querySelector('dialog').scrollWidth") <= 360
    phone.get_by_text("Zamknij").click()
    assert not phone.get_by_role("dialog").is_visible()


def test_on_a_phone_the_filters_are_folded_and_open(phone):
    go(phone, "#turns")
    assert not phone.locator("#filters [name=code]").is_visible()
    phone.get_by_text("Filtry", exact=True).click()
    phone.locator("#filters [name=code]").select_option("code:transport")
    phone.wait_for_url("**transport**")
    assert phone.locator("#filters [name=code]").is_visible()


def test_in_english_the_page_speaks_english(browser, pages):
    with opened(browser, pages / "en.html") as tab:
        cell(tab, "Oksa", "alcohol in English").click()
        said = tab.get_by_role("dialog").text_content()
        assert "Do not share" in said and "2 participants, 2 turns" in said and "Why: 1 coding" in said
        tab.keyboard.press("Escape")
        go(tab, "#turns?q=jazn")
        assert tab.locator("#count").text_content() == "Found: 2 turns, 2 hits."
        assert tab.noticed == []


def test_the_data_in_the_page_is_that_of_the_tables(tab):
    carried = json.loads(tab.locator("#data").text_content())
    assert len(carried["turns"]["rows"]) == len(results().turns)
    assert len(carried["codings"]["rows"]) == len(results().codings)
