"""The heat map, the ranking and the window behind a cell, by mouse and by keyboard."""

from tests.browser.conftest import GMINA, LABEL, REGION, SESSION
from tests.browser.driving import NBSP, cell, plain, texts, turned


def test_every_cell_of_the_heat_map_shows_its_count(tab, tables):
    leaves = tables.by_gmina[tables.by_gmina["level"] == "leaf"].dropna(subset=["estimate"])
    counts = [f"{row.n_named} z {row.n_participants}" for row in leaves.itertuples()]
    assert sorted(plain(tab, "#heat td button")) == sorted([*counts, "–", "–", "–"])
    assert texts(tab, "#heat .region th") == [REGION, "podkarpackie", "świętokrzyskie"]
    assert texts(tab, "#heat tbody th[scope=row]") == [f"{GMINA} ({SESSION})", "Krempna", "Świlcza", "Oksa"]


def test_a_cell_says_in_words_what_it_counts(tab):
    named = tab.locator("#heat tbody tr").last.locator("button").evaluate_all("all => all.map(b => b.ariaLabel)")
    assert "Oksa, alcohol po polsku: 2 z 4 uczestników" in [name.replace(NBSP, " ") for name in named]
    unknown = cell(tab, "Świlcza", "alcohol po polsku").get_attribute("aria-label")
    assert unknown == "Świlcza, alcohol po polsku: nie wiadomo, kto jest uczestnikiem"


def test_the_darker_the_cell_the_larger_the_share(tab):
    classes = {gmina: cell(tab, gmina, "alcohol po polsku").get_attribute("class") for gmina in ("Oksa", "Krempna")}
    assert classes == {"Oksa": "s5", "Krempna": "s10"}


def test_the_ranking_stands_in_its_order_and_leads_to_the_turns(tab):
    names = texts(tab, "#ranking tbody th")
    shares = [int(text.strip("%")) for text in texts(tab, "#ranking .mean")]
    assert set(names) == {LABEL, "alcohol po polsku", "transport po polsku"}
    assert shares == sorted(shares, reverse=True)
    with turned(tab):
        tab.locator("#ranking").get_by_role("link", name="transport po polsku").click()
    assert tab.locator("#count").text_content() == "Znaleziono: 100 wypowiedzi."


def test_a_click_on_a_cell_opens_the_turns_behind_it_with_their_words_marked(tab):
    cell(tab, "Oksa", "alcohol po polsku").click()
    window = tab.get_by_role("dialog")
    assert plain(tab, "#cell-title") == ["Oksa, alcohol po polsku: 2 z 4 uczestników"]
    assert "Nie udostępniać" in window.text_content()
    assert "2 uczestników, 2 wypowiedzi" in window.text_content()
    counted = window.locator(".results").first
    assert counted.locator(".address").all_text_contents() == ["4", "5"]
    assert counted.locator("mark.emphasised").all_text_contents() == ["alkohol", "alkohol", "alkohol"]
    assert counted.locator(".who").first.text_content() == "4 R2 inst_police po polsku · Oksa"


def test_behind_every_mark_stands_why(tab, tables):
    cell(tab, "Oksa", "alcohol po polsku").click()
    why = tab.locator("#cell .why").first
    codings = tables.codings[(tables.codings["session_id"] == "oksa") & (tables.codings["turn"] == 4)]
    evidence = codings.loc[codings["code"] == "alcohol", "evidence"].tolist()
    assert why.locator("summary").text_content() == "Skąd kody: 2 kodowania"
    assert why.locator("code").all_text_contents() == evidence
    assert why.locator("q").all_text_contents() == ["alkohol", "alkohol"]
    assert "potwierdzony, program: wzorzec" in why.locator("li").first.text_content()
    assert why.locator("li").first.is_visible()


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
    with turned(tab):
        tab.get_by_label("Poziom kodów").select_option("top")
    cell(tab, "Oksa", "misery po polsku").click()
    counted = tab.locator("#cell .results").first
    assert counted.locator(".address").all_text_contents() == ["2", "4", "5"]
    assert set(counted.locator("mark.emphasised").all_text_contents()) == {"bieda", "alkohol"}


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
    with turned(tab):
        tab.get_by_role("dialog").get_by_text("w rozmowie").nth(1).click()
    assert not tab.get_by_role("dialog").is_visible()
    assert tab.locator(".target .address").text_content() == "5"
    assert tab.evaluate("document.activeElement.className") == "turn participant target"
    with turned(tab):
        tab.go_back()
    assert tab.locator("#heat").is_visible()


def test_a_region_narrows_the_heat_map_and_ranks_within_it(tab):
    with turned(tab):
        tab.locator("#scope").get_by_label("Województwo").select_option("podkarpackie")
    assert texts(tab, "#heat tbody th[scope=row]") == ["Krempna", "Świlcza"]
    assert tab.locator("#ranking-title").text_content() == "Problemy według średniego zasięgu: podkarpackie"
    assert texts(tab, "#ranking .mean") == ["100%", "100%", "0%"]


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


def test_the_tab_key_goes_through_the_page_in_order_and_the_grid_is_one_stop(tab):
    stops = []
    for _ in range(9):
        tab.keyboard.press("Tab")
        stops.append(tab.evaluate("document.activeElement.name || document.activeElement.closest('[id], nav')?.id"))
    assert stops[5:] == ["region", "level", "heat", "ranking"]
    assert tab.locator("#heat").get_attribute("role") == "grid"


def test_the_skip_link_leads_to_the_content(tab):
    tab.keyboard.press("Tab")
    assert tab.locator(".skip").is_visible()
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "main"
    assert tab.locator("#heat").is_visible()


def test_the_window_closes_by_its_button_and_by_a_click_beside_it(tab):
    for close in (lambda: tab.get_by_text("Zamknij").click(), lambda: tab.mouse.click(20, 400)):
        cell(tab, "Oksa", LABEL).click()
        assert tab.get_by_role("dialog").is_visible()
        close()
        assert not tab.get_by_role("dialog").is_visible()
