"""A study whose every word tries to be markup, its page in both languages, and a browser to open it."""

from dataclasses import replace
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import quote

import pandas as pd
import pytest

from focus_analysis.pipeline import analyse
from focus_analysis.report.explorer import render_explorer
from tests.browser.driving import PROGRAM, chromium, opened
from tests.builders import codebook, corpus, group

SESSION = "sesja/<b>%41</b>?#ł"
ADDRESS = f"#{quote(SESSION, safe='')}"
SPEAKER = "<img src=x onerror=alert(1)>"
GMINA = "<i onclick=alert(2)>Mała</i>"
REGION = "\"'><svg onload=alert(3)>"
SAID = (
    "Bieda, </script><script>alert(4)</script><!-- i\u2028tyle <a href='javascript:alert(5)'>bieda</a> &amp; &lt;b&gt;."
)
LABEL = "bieda <iframe src='javascript:alert(6)'>"
EVIDENCE = "<style>*{display:none}</style>"


def study():
    oksa = group(
        "oksa",
        "M: Jakie są u państwa problemy? Bieda?",
        "R1: 😀😀 Przede wszystkim bieda, bo ludzie nie mają pracy.",
        "R2: Zażółć gęślą jaźń: biedy to u nas nie ma.",
        "R2: Pijaństwo, alkohol w każdym domu, a alkohol to bieda.",
        "R3: W GOPS mówią, że jaźń jest chora, ale alkohol szkodzi najbardziej.",
        roster=("R1", "R2", "R3", "R4"),
        institutions={"R1": "inst_gops", "R2": "inst_police"},
        gmina="Oksa",
        voivodeship="świętokrzyskie",
        invented=True,
    )
    hostile = group(
        SESSION,
        "M: Słucham państwa.",
        f"{SPEAKER}: {SAID}",
        "R2: Alkohol.",
        roster=(SPEAKER, "R2"),
        institutions={SPEAKER: "inst_gops"},
        gmina=GMINA,
        voivodeship=REGION,
    )
    long = group(
        "krempna",
        "M: Proszę opowiadać.",
        *(f"R{n % 2 + 1}: Autobus numer {n} nie przyjechał, a bez niego zostaje tylko alkohol." for n in range(2, 101)),
        roster=("R1", "R2"),
        gmina="Krempna",
        voivodeship="podkarpackie",
    )
    unknown = group(
        "świlcza", "A: Bieda.", "B: Alkohol.", roles_known=False, gmina="Świlcza", voivodeship="podkarpackie"
    )
    return corpus(oksa, hostile, long, unknown)


def book():
    return codebook(
        {
            "misery": [],
            "poverty": ["bieda"],
            "alcohol": ["alkohol"],
            "transport": ["autobus"],
            "inst_gops": ["GOPS"],
            "inst_police": ["policja"],
        },
        parents={"poverty": "misery", "alcohol": "misery"},
        poverty=LABEL,
    )


@cache
def results():
    """The results of the study, with two codings by a person added: of a whole turn, and around another."""
    made = analyse(study(), book(), coder="rules")
    whole = made.codings.iloc[[0]].assign(
        session_id=SESSION, turn=3, code="transport", start=0, end=len("Alkohol."), status="denied"
    )
    whole = whole.assign(coder="Jagna", coder_kind="human", confidence=0.875, evidence=EVIDENCE)
    wide = whole.assign(session_id="krempna", turn=3, code="inst_police", start=0, end=15, status="affirmed")
    return replace(made, codings=pd.concat([made.codings, whole, wide], ignore_index=True))


@pytest.fixture(scope="session")
def browser():
    """Debian's Chromium; where it or Playwright is missing, the test says so."""
    if find_spec("playwright") is None:
        pytest.skip("the explorer is tested in a browser: pip install playwright (or the extra dev) drives it")
    if not Path(PROGRAM).exists():
        pytest.skip("the explorer is tested in Debian's Chromium: apt install chromium")
    with chromium() as started:
        yield started


@pytest.fixture(scope="session")
def pages(tmp_path_factory):
    """The page in both languages, as files."""
    folder = tmp_path_factory.mktemp("explorer")
    for lang in ("pl", "en"):
        (folder / f"{lang}.html").write_text(render_explorer(results(), lang), encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def desk(browser, pages):
    with opened(browser, pages / "pl.html") as tab:
        yield tab


@pytest.fixture(scope="session")
def pocket(browser, pages):
    with opened(browser, pages / "pl.html", width=360, height=740) as tab:
        yield tab


def anew(tab, path):
    """Open the page anew, run a test on it, and see that it stayed quiet."""
    tab.goto("about:blank")
    tab.noticed.clear()
    tab.goto(path.as_uri())
    yield tab
    assert tab.noticed == []


@pytest.fixture
def tab(desk, pages):
    """The Polish page on a desk."""
    yield from anew(desk, pages / "pl.html")


@pytest.fixture
def phone(pocket, pages):
    """The Polish page on a phone, 360 px wide."""
    yield from anew(pocket, pages / "pl.html")


@pytest.fixture
def tables():
    """The tables behind the page."""
    made = results()
    turns = made.turns.merge(made.sessions[["session_id", "gmina", "voivodeship"]], on="session_id")
    turns = turns.merge(made.speakers[["session_id", "speaker", "institution"]], on=["session_id", "speaker"])
    return SimpleNamespace(turns=turns, codings=made.codings, by_gmina=made.by_gmina, codes=made.codes)
