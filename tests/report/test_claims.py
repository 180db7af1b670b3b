"""Sentences of findings: grammar by the dictionary, words by the printed thresholds, no number but those counted."""

import re
from types import SimpleNamespace

import morfeusz2
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from focus_analysis import labels
from focus_analysis.analysis.claims import claim_facts, leading_facts, quantifier
from focus_analysis.analysis.regions import compare_regions
from focus_analysis.report.claims import (
    Detectable,
    Words,
    caution_of,
    claim_rows,
    counter_of,
    difference_rows,
    sentence_of,
)
from focus_analysis.resources import toml
from focus_analysis.schemas import rows
from tests.analysis.worked import gminas, regions

NAMES = {"elderly": "osoby starsze", "alcohol": "alkohol", "violence": "przemoc", "unemployment": "bezrobocie"}
PL, EN = Words(NAMES, "pl"), Words(NAMES, "en")
VOIVODESHIPS = """
dolnośląskie kujawsko-pomorskie lubelskie lubuskie łódzkie małopolskie mazowieckie opolskie podkarpackie podlaskie
pomorskie śląskie świętokrzyskie warmińsko-mazurskie wielkopolskie zachodniopomorskie
"""
NO_ASKED = pd.DataFrame(columns=["group", "region", "code"])


def plain(text):
    return text.replace("\xa0", " ")


def tags(lemma, form):
    """The dictionary's tags of a form of a word."""
    return {tag for found, _, tag, *_ in morfeusz2.Morfeusz().generate(lemma) if found == form}


def has(lemma, form, *features):
    """Whether some reading of the form has all the features."""
    return any(all(any(f in part.split(".") for part in tag.split(":")) for f in features) for tag in tags(lemma, form))


def fact(k, n, tied=None, position="first", code="elderly", region=None, **columns):
    """A row of facts: k groups strictly, the rest otherwise."""
    names = [f"G{i}" for i in range(1, n + 1)]
    tied = k if tied is None else tied
    return SimpleNamespace(
        **{
            "region": region,
            "position": position,
            "code": code,
            "n_strict": k,
            "n_tied": tied,
            "n_groups": n,
            "quantifier_strict": quantifier(k, n),
            "low": 0.1,
            "high": 0.9,
            "stands": 0.5,
            "strict": ";".join(names[:k]),
            "tied": ";".join(names[k:tied]),
            "against": ";".join(f"{name}: alcohol" for name in names[tied:]),
        }
        | columns
    )


counts = st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.parametrize(
    ("case", "features"), [("of", ("gen",)), ("in", ("loc",)), ("some", ("acc",))], ids=["of", "in", "some"]
)
@pytest.mark.parametrize(("unit", "lemma"), [("gmina", "gmina"), ("session", "grupa")])
def test_the_forms_of_a_unit_are_the_dictionary_s(case, features, unit, lemma):
    """With 1 the singular of the case, with more its plural; in the accusative 5 take the genitive."""
    one, few, many = toml("words.toml")["plural"][f"{case}_{unit}"]["pl"]
    assert has(lemma, one, "sg", *features)
    assert has(lemma, few, "pl", *features)
    assert has(lemma, many, "pl", "gen" if case == "some" else features[0])


@pytest.mark.parametrize("name", VOIVODESHIPS.split())
def test_every_voivodeship_is_inflected_as_the_dictionary_does(name):
    last = name.split("-")[-1]
    lemma = f"{last.removesuffix('e')}"
    for case, feature in (("genitive", "gen"), ("locative", "loc")):
        noun, adjective = labels.region(name, case, "pl").split(" ")
        assert has("województwo", noun, "sg", feature)
        assert has(lemma, adjective.split("-")[-1], "sg", feature, "n")
        assert adjective.split("-")[:-1] == name.split("-")[:-1]


@pytest.mark.parametrize(
    ("k", "n", "where"),
    [
        (8, 8, "we wszystkich gminach (8 z 8)"),
        (15, 16, "w prawie wszystkich gminach (15 z 16)"),
        (6, 8, "w zdecydowanej większości gmin (6 z 8)"),
        (5, 8, "w większości gmin (5 z 8)"),
        (4, 8, "w około połowie gmin (4 z 8)"),
        (3, 8, "w mniejszości gmin (3 z 8)"),
        (2, 8, "w pojedynczych gminach (2 z 8)"),
        (1, 8, "w jednej gminie (1 z 8)"),
        (0, 8, "w żadnej gminie (0 z 8)"),
        (1, 1, "w 1 z 1 gminy"),
        (2, 3, "w 2 z 3 gmin"),
        (0, 2, "w żadnej z 2 gmin"),
        (22, 40, "w większości gmin (22 z 40)"),
        (120, 160, "w zdecydowanej większości gmin (120 ze 160)"),
    ],
)
def test_in_how_many_gminas(k, n, where):
    assert plain(PL.where(quantifier(k, n), k, n, None)) == where


def test_a_region_stands_in_the_genitive():
    where = PL.where("majority", 5, 8, "świętokrzyskie")
    assert plain(where) == "w większości gmin województwa świętokrzyskiego (5 z 8)"
    assert plain(EN.where("majority", 5, 8, "świętokrzyskie")) == (
        "in a majority of gminas of the voivodeship świętokrzyskie (5 of 8)"
    )


def test_groups_of_unknown_gminas_are_called_groups():
    assert plain(Words(NAMES, "pl", "session").where("all", 6, 6, None)) == "we wszystkich grupach (6 z 6)"


@pytest.mark.parametrize("n", [1, 2, 4, 5, 11, 12, 14, 21, 22, 25, 40, 101, 102, 112, 122])
def test_numbers_take_their_noun(n):
    """1 gmina; 2 to 4 but for the teens, gminy; else gmin."""
    noun = labels.plural("gmina", n, "pl").split(" ")[-1]
    few = str(n)[-1] in "234" and str(n)[-2:-1] != "1"
    assert noun == ("gmina" if n == 1 else "gminy" if few else "gmin")


@given(counts, st.sampled_from(["first", "last", "named"]), st.sampled_from(["gmina", "session"]), st.booleans())
def test_every_sentence_is_whole_and_has_its_counts(count, position, unit, regional):
    k, n = count
    for lang in ("pl", "en"):
        words = Words(NAMES, lang, unit)
        said = plain(sentence_of(fact(k, n, position=position, region="podlaskie" if regional else None), words))
        assert said[0].isupper() and said.endswith(".") and "  " not in said and "{" not in said
        numbers = [int(number) for number in re.findall(r"\d+", said)]
        assert numbers == ([k, n] if k or n >= 5 else [n])
        assert ("podlask" in said) is regional


@given(counts, st.data())
def test_ties_are_said_where_there_are_some(count, data):
    k, n = count
    tied = data.draw(st.integers(k, n))
    said = plain(sentence_of(fact(k, n, tied), PL))
    assert ("z remisami" in said) is (tied > k)
    assert not tied > k or [int(number) for number in re.findall(r"\d+", said)][-2:] == [tied, n]


@given(counts, st.data())
def test_a_denied_verb_goes_with_no_gmina_only(count, data):
    k, n = count
    said = sentence_of(fact(k, n, position=data.draw(st.sampled_from(["first", "last"]))), PL)
    assert ("żadnej" in said) is ("nie był" in said) is (k == 0)


@given(st.integers(1, 12), st.data())
def test_every_group_stands_in_the_sentence_or_against_it(n, data):
    k = data.draw(st.integers(0, n))
    tied = data.draw(st.integers(k, n))
    said = counter_of(fact(k, n, tied), PL)
    named = set(re.findall(r"G\d+", said))
    expected = {f"G{i}" for i in range(1 if 0 < k <= n / 2 else k + 1, n + 1)}
    assert named == expected
    assert said.count("Remis") == (tied > k)


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["Oksa"], "w gminie Oksa"),
        (["Oksa", "Mirzec"], "w gminach: Oksa, Mirzec"),
        (["A („x”)", "B („y”)"], "w gminach: A („x”); B („y”)"),
    ],
)
def test_gminas_keep_their_names_after_the_word(names, said):
    assert PL.places(names) == said


def test_counter_examples_say_what_stands_there():
    row = fact(6, 8, 7)
    assert counter_of(row, PL) == "Remis w gminie G7. Inaczej w gminie G8 („alkohol”)."
    assert counter_of(fact(0, 1, against="G1: -"), EN) == "Otherwise in the gmina G1 (nobody raised anything)."


def test_a_claim_of_no_group_has_no_resamples():
    said = plain(caution_of(fact(0, 8), PL))
    assert said == "10–90% gmin, gdyby gminy wylosowano (przedział 95%)."
    assert "„zdecydowana większość” trafne" in caution_of(fact(6, 8), PL)
    assert caution_of(fact(2, 3, stands=None), EN) == (
        "10–90% of gminas, had the gminas been drawn at random (95% interval)."
    )


def test_the_worked_claims():
    """claims_expected.json: the elderly first in 6 of 8, 7 with ties; unemployment last in 7 of 8, 8 with ties."""
    found = claim_rows(leading_facts(claim_facts(gminas())), NO_ASKED, PL, True)
    first, last = found[:2]
    assert plain(first["sentence"]) == (
        "W zdecydowanej większości gmin (6 z 8) problem „osoby starsze” był podnoszony przez największą część "
        "uczestników bez remisu; z remisami w 7 z 8 gmin."
    )
    assert first["counter"] == "Remis w gminie G5. Inaczej w gminie G3 („alkohol”)."
    assert plain(last["sentence"]) == (
        "W zdecydowanej większości gmin (7 z 8) problem „bezrobocie” był podnoszony przez najmniejszą część "
        "uczestników bez remisu; z remisami w 8 z 8 gmin."
    )
    assert last["counter"] == "Remis w gminie G8."
    assert "47–100% gmin" in last["caution"]


def test_what_nobody_named_and_whether_it_was_asked():
    facts = leading_facts(claim_facts(gminas().assign(housing=0.0)))
    asked = pd.DataFrame({"group": ["G1", "G2"], "region": [None, None], "code": ["housing"] * 2})
    (row,) = [row for row in claim_rows(facts, asked, PL, True) if row["about"] == "named"]
    assert plain(row["sentence"]) == "W żadnej gminie (0 z 8) nikt z uczestników nie podniósł problemu „housing”."
    assert plain(row["counter"]) == "Moderator sam wymienił go w 2 z 8 gmin."
    silent = claim_rows(facts, NO_ASKED, PL, True)[-1]["counter"]
    assert silent == "Moderator też o niego nie zapytał, więc brak wzmianki nic nie mówi."
    assert "Nie wiadomo" in claim_rows(facts, NO_ASKED, PL, False)[-1]["counter"]


def test_many_codes_in_one_place_are_one_sentence():
    table = pd.DataFrame(0.5, index=list("ABCDEF"), columns=["c1", "c2", "c3", "c4"])
    found = claim_rows(leading_facts(claim_facts(table)), NO_ASKED, PL, True)
    assert [row["code"] for row in found] == ["c1;c2;c3;c4"] * 2
    assert plain(found[0]["sentence"]) == (
        "Na pierwszym miejscu żaden problem się nie wyróżnia: tyle samo razy, w 6 z 6 gmin każdy, licząc remisy, "
        "mają je „c1”, „c2”, „c3” i „c4”."
    )


def test_a_difference_of_regions_beyond_chance():
    table, of = regions()
    both = table[of.isin(["A", "B"])].rename(columns={"coverage": "alcohol"})
    of = of[both.index].map({"A": "podlaskie", "B": "lubelskie"})
    (row,) = difference_rows(compare_regions(both, of), None, PL)
    assert plain(row["sentence"]).startswith(
        "W województwie lubelskim problem „alkohol” podniosła przeciętnie mniejsza część uczestników niż "
        "w województwie podlaskim: "
    )
    assert row["region"] == "lubelskie / podlaskie"
    assert "po poprawce na 1 porównanie" in plain(row["caution"])
    assert "p < 0,001" in row["caution"]


def test_no_difference_says_what_could_have_been_found():
    table = gminas()[["elderly"]]
    comparisons = compare_regions(table, ["a", "b"] * 4)
    (row,) = difference_rows(comparisons, Detectable(0.14, 0.21, 4, 4), EN)
    assert row["sentence"].startswith("Between the voivodeships no difference in the coverage of any problem")
    assert "With 4 and 4 gminas and a standard deviation of 14 percentage points" in row["caution"]
    assert row["code"] is None
    (nothing,) = difference_rows(compare_regions(table * 0, ["a", "b"] * 4), None, EN)
    assert "nothing to test" in nothing["sentence"]


def test_rows_are_of_one_shape():
    facts = rows(leading_facts(claim_facts(gminas())))
    shapes = {tuple(row) for row in claim_rows(leading_facts(claim_facts(gminas())), NO_ASKED, PL, True)}
    shapes |= {tuple(row) for row in difference_rows(compare_regions(gminas(), ["a", "b"] * 4), None, PL)}
    assert len(shapes) == 1
    assert facts


def test_of_many_groups_the_first_few_are_named_and_how_many_more():
    names = [f"G{n}" for n in range(1, 10)]
    assert PL.places(names, 3) == "w gminach: G1, G2, G3 i 6 dalszych"
    assert PL.places(names[:4], 3) == "w gminach: G1, G2, G3, G4"
    assert EN.places(names, 3) == "in the gminas G1, G2, G3 and 6 more"
    row = fact(1, 9, against=";".join(f"{name}: alcohol" for name in names[1:]))
    brief = counter_of(row, PL, 3)
    assert brief.count("G") < counter_of(row, PL).count("G") and brief.endswith("i 5 dalszych.")
