"""Hostile words, paper, a phone, another language, a large study."""

from urllib.parse import quote

import pypdfium2
import pytest

from focus_analysis.pipeline import analyse
from focus_analysis.report.explorer import render_explorer
from tests.benchmarks.explorer import many_sessions
from tests.browser.conftest import ADDRESS, GMINA, LABEL, SAID, SPEAKER, book
from tests.browser.driving import NBSP, WITHOUT_TAGS, cell, found, go, opened, turned


def printed(tab):
    """The pages as a printer gets them, and their words."""
    with pypdfium2.PdfDocument(tab.pdf(prefer_css_page_size=True)) as document:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


def test_hostile_words_are_shown_as_they_are_everywhere_and_never_come_alive(tab):
    before = tab.evaluate("document.querySelectorAll('script, style').length")
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
    assert turn.locator(".said").evaluate_all(WITHOUT_TAGS) == [SAID]
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


def test_a_printed_transcript_says_on_every_page_that_it_is_not_for_sharing(tab):
    go(tab, "#krempna/1")
    pages = printed(tab)
    assert len(pages) > 5
    assert all("Nie udostępniać: ta strona zawiera treść rozmów" in page for page in pages)
    assert "Autobus numer 100 nie przyjechał" in pages[-1].replace(" transport po polsku", "")


def test_a_printed_cell_is_printed_alone(tab):
    cell(tab, "Oksa", "alcohol po polsku").click()
    (page,) = printed(tab)
    assert "Oksa, alcohol po polsku: 2 z 4 uczestników" in page.replace(NBSP, " ")
    assert "Pijaństwo" in page and "Krempna" not in page


def test_what_only_a_screen_needs_is_not_printed(tab):
    tab.emulate_media(media="print")
    hidden = ("nav", "#scope", ".skip", ".help")
    assert [tab.locator(path).first.is_visible() for path in hidden] == [False] * len(hidden)
    assert tab.locator(".private").first.is_visible() and tab.locator("#heat").is_visible()
    assert tab.evaluate("document.querySelector('#heat').getBoundingClientRect().width") <= 1200
    tab.emulate_media(media="screen")


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
    with turned(phone):
        phone.locator("#filters [name=code]").select_option("code:transport")
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


def test_forty_transcripts_of_a_hundred_turns_are_all_there(browser, tmp_path):
    study = many_sessions(40, 100)
    path = tmp_path / "explorer.html"
    path.write_text(render_explorer(analyse(study, book(), coder="rules"), "en"), encoding="utf-8")
    with opened(browser, path) as tab:
        assert tab.locator("#heat tbody th[scope=row]").count() == 40
        go(tab, "#turns")
        assert tab.locator("#count").text_content() == "Found: 4,000 turns."
        assert len(found(tab)) == 40
        go(tab, "#sesja-40/100")
        assert tab.locator(".target .said").evaluate_all(WITHOUT_TAGS) == [study.turns["text"].iloc[-1]]
        assert tab.noticed == []
