"""How sentences about problems in gminas are read. Lines can be added to claim_sentences.txt without Python."""

from pathlib import Path

import pytest

import focus_analysis as fa
from focus_analysis.coding.claim_sentences import read_claim

PLACES = ["Bieliny", "Krościenko Wyżne", "Ostrów"]
REGIONS = ["podkarpackie", "świętokrzyskie"]
FILE = Path(__file__).with_name("claim_sentences.txt")
LINES = [
    tuple(part.strip() for part in line.split("|"))
    for line in FILE.read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.fixture(scope="module")
def books():
    cues = fa.read_codebook(fa.resource("claim_cues.yaml"))
    return fa.read_codebook(fa.default_codebook()), cues


def written(form):
    amount = form.quantifier or "/".join(map(str, form.count))
    scope = form.place or form.region
    return f"{amount} {form.code} {form.position}" + (f" @{scope}" if scope else "")


@pytest.mark.parametrize(("sentence", "meaning"), LINES, ids=[sentence for sentence, _ in LINES])
def test_a_sentence_is_read(books, sentence, meaning):
    forms = read_claim(sentence, *books, places=PLACES, regions=REGIONS)
    assert "; ".join(map(written, forms)) == meaning


@pytest.mark.parametrize(
    ("sentence", "message"),
    [
        ("Bezrobocie jest najmniej istotne", "in how many gminas.*wszystkie, prawie wszystkie"),
        ("We wszystkich gminach bezrobocie", "no place; write one of: najważniejszy, najmniej istotny, podniesiony"),
        ("We wszystkich gminach najważniejsze są gołębie", "no problem of the codebook"),
        ("We wszystkich gminach bezrobocie i ubóstwo są najmniej ważne", "2 problems .* 1 places"),
        ("W większości gmin bezrobocie nie jest najważniejsze", "denied claim"),
        ("W gminach Bieliny i Ostrów najważniejsze jest ubóstwo", "several places, Bieliny, Ostrów"),
        ("", "no problem"),
        ("Większość uczestników mówiła o alkoholu", "gminas are counted, not uczestników"),
        ("Wszyscy nasi rozmówcy mówili o ubóstwie", "gminas are counted, not rozmówcy"),
        ("46 ze 153 osób mówiło o ubóstwie", "gminas are counted, not osób"),
        ("W większości powiatów mówiono o bezrobociu", "gminas are counted, not powiatów"),
        ("Most participants spoke of poverty", "gminas are counted, not participants"),
        ("We wszystkich gminach sołtysi mówili o ubóstwie", r"who spoke \(sołtysi\) is not checked"),
        ("W większości gmin kobiety mówiły o przemocy", r"who spoke \(kobiety\) is not checked"),
        ("W większości gmin policja mówiła o przemocy w rodzinie", r"who spoke \(policja\) is not checked"),
    ],
)
def test_what_cannot_be_read_says_what_is_missing(books, sentence, message):
    with pytest.raises(fa.ArgumentError, match=message):
        read_claim(sentence, *books, places=PLACES, regions=REGIONS)


def test_a_common_word_is_no_gmina(books):
    forms = read_claim("We wszystkich gminach, jak ostrów, bezrobocie jest najmniej ważne", *books, places=["Ostrów"])
    assert forms[0].place is None


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("W większości gmin mówiono o hazardzie", "hazardzie"),
        ("W większości gmin mówiono o uzależnieniach", None),
        ("W żadnej gminie nie mówiono o bezdomności", "bezdomności"),
        ("W większości gmin województwa podkarpackiego mówiono o bezrobociu", None),
    ],
)
def test_words_that_are_not_the_name_of_the_code_are_told(books, sentence, said):
    assert [form.said for form in read_claim(sentence, *books, places=PLACES, regions=REGIONS)] == [said]
