"""A study whose every name tries to be markup, and its report in both languages, each built once."""

from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from types import SimpleNamespace

import lxml.html
import pytest

from focus_analysis.pipeline import analyse
from focus_analysis.report.build import build_document
from focus_analysis.report.figures import save_figures
from focus_analysis.report.html import render_html
from focus_analysis.schemas import Finding
from tests.builders import codebook, corpus, group

GMINA = "<i onclick=a()>"
REGION = '"><svg onload=alert(2)>'
SESSION = "sesja</td><script>alert(3)</script>"
NAMED = f"{GMINA} ({SESSION})"
SPEAKER = "Jagienka<iframe src=//zło.pl>"
SAID = "U nas jest straszna bieda, <script>alert('ą')</script> i każdy o tym wie od dawna & nikt nic."
PLACE = "wiersz <b onclick=alert(4)>7</b>"
LABEL = "ubóstwo & <i>głód</i>"
INSTITUTION = '<b>GOPS</b> "gminny"'
INSTITUTION_SET = {"pl": "<b>GOPS</b> „gminny”", "en": "<b>GOPS</b> “gminny”"}  # as the report shows it


def hostile_study():
    oksa = group(
        "oksa",
        "M: Jakie są u państwa problemy? Bieda? Alkohol?",
        "R1: Przede wszystkim bieda, bo ludzie nie mają pracy ani żadnych oszczędności na czarną godzinę.",
        "R2: Bieda. A nie widać przemocy.",
        "R2: Pijaństwo, alkohol w każdym domu, to jest największy problem w całej naszej okolicy.",
        "R3: Nie ma biedy, a czy jest przemoc, tego nie wiem.",
        roster=("R1", "R2", "R3", "R4"),
        institutions={"R1": "inst_gops", "R2": "inst_gops"},
        gmina="Oksa",
        voivodeship="świętokrzyskie",
        powiat="jędrzejowski",
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
    unknown = group(
        "świlcza", "A: Bieda.", "B: Alkohol.", roles_known=False, gmina="Świlcza", voivodeship="podkarpackie"
    )
    notes = (
        Finding("gmina_unknown", "warning", "a<b>.txt", PLACE, (("gmina", GMINA),)),
        Finding("suffix_unknown", "note", "nagranie.mp3", "", (("suffix", ".mp3"),)),
    )
    return corpus(oksa, hostile, unknown, notes=notes)


def book():
    return codebook(
        {
            "misery": [],
            "poverty": ["bieda"],
            "alcohol": ["alkohol"],
            "violence": ["przemoc"],
            "transport": ["autobus"],
            "inst_gops": ["GOPS"],
        },
        parents={"poverty": "misery", "alcohol": "misery"},
        poverty=LABEL,
        inst_gops=INSTITUTION,
    )


@cache
def analysed(lang):
    """Return the results of the study."""
    return analyse(hostile_study(), book(), lang, coder="rules")


@cache
def made(lang):
    """Return results, figures, the files of the figures by their paths, document and page of the study."""
    results, files = replace(analysed(lang), networks=None), {}

    def keep(path, write):
        write(SimpleNamespace(write_bytes=partial(files.__setitem__, path)))

    figures = save_figures(results, Path("figures"), lang, keep)
    document = build_document(results, figures, lang)
    page = render_html(document)
    return SimpleNamespace(
        lang=lang,
        results=results,
        figures=figures,
        files=files,
        document=document,
        page=page,
        tree=lxml.html.document_fromstring(page.encode()),
    )


@pytest.fixture(scope="session", params=["pl", "en"])
def report(request):
    return made(request.param)


@pytest.fixture(scope="session")
def polish():
    return made("pl")
