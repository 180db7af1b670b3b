"""Debian's Chromium, driven through Playwright; nothing is downloaded."""

import shutil
from contextlib import contextmanager

NBSP = "\N{NO-BREAK SPACE}"
WITHOUT_TAGS = """all => all.map(said => {
  const copy = said.cloneNode(true);
  for (const tag of copy.querySelectorAll(".tag")) tag.remove();
  return copy.textContent;
})"""
WATCH = """addEventListener("load", () => {
  window.drawn = location.href;
  addEventListener("hashchange", () => { window.drawn = location.href; });
});"""
PROGRAM = shutil.which("chromium") or "/usr/bin/chromium"


@contextmanager
def chromium():
    """A browser without a window."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=PROGRAM, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def opened(browser, path, width=1200, height=900):
    """A tab with this file. ``tab.noticed`` lists what a quiet page does not do: requests, console lines, alerts."""
    context = browser.new_context(viewport={"width": width, "height": height})
    tab = context.new_page()
    tab.add_init_script(WATCH)
    tab.noticed = []
    tab.on("console", lambda line: tab.noticed.append(f"console: {line.text}"))
    tab.on("pageerror", lambda error: tab.noticed.append(f"error: {error}"))
    tab.on("dialog", lambda dialog: (tab.noticed.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    tab.on("popup", lambda other: tab.noticed.append(f"window: {other.url}"))
    tab.on("request", lambda request: asked(tab, request.url, path.as_uri()))
    tab.goto(path.as_uri())
    try:
        yield tab
    finally:
        context.close()


def asked(tab, url, own):
    if url.partition("#")[0] != own:
        tab.noticed.append(f"request: {url}")


def go(tab, address):
    tab.evaluate("address => { location.hash = address }", address)
    wait_until(tab, "drawn === location.href")


@contextmanager
def turned(tab):
    """What is done within leads to another address; when it is left, the page shows it."""
    before = tab.evaluate("location.href")
    yield
    wait_until(tab, "location.href !== before && drawn === location.href", before)


def wait_until(tab, condition, before=None):
    """Ask again and again: the page's policy forbids Playwright's own way of waiting, which evaluates text."""
    for _ in range(500):
        if tab.evaluate(f"before => {condition}", before):
            return
        tab.wait_for_timeout(20)
    raise AssertionError(f"the page never came to: {condition}")


def texts(tab, path):
    return tab.locator(path).all_text_contents()


def plain(tab, path):
    return [text.replace(NBSP, " ") for text in texts(tab, path)]


def cell(tab, gmina, code):
    return tab.get_by_role("gridcell").get_by_label(f"{gmina}, {code}:")


def found(tab):
    """The turns in the list, as (session's address, number)."""
    addresses = tab.locator("#results > li > article:not(.context) .address").evaluate_all(
        "all => all.map(a => a.hash)"
    )
    return [tuple(address.removeprefix("#").rsplit("/", 1)) for address in addresses]
