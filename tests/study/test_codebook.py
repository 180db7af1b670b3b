import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from focus_analysis.codebook import Codebook
from focus_analysis.errors import ArgumentError
from focus_analysis.patterns import parse_pattern
from focus_analysis.schemas import CODES

LABEL = {"pl": "a", "en": "b"}


def book(*entries, **fields):
    codes = [{"group": "problems", "label": LABEL, **entry} for entry in entries]
    groups = {"problems": {"label": LABEL}, "solutions": {"label": LABEL}}
    return Codebook(**{"name": "próba", "version": "2", "groups": groups, "entries": codes, **fields})


@pytest.mark.parametrize(
    ("source", "terms"),
    [
        ("samotny", [[("lemma", "samotny")]]),
        ("=sama", [[("form", "sama")]]),
        ("samotn*", [[("beginning", "samotn")]]),
        ("GOPS", [[("lemma", "GOPS")]]),
        ("stary|=starzy|starsz*", [[("lemma", "stary"), ("form", "starzy"), ("beginning", "starsz")]]),
        ("stary człowiek", [[("lemma", "stary")], [("lemma", "człowiek")]]),
        ("  źle   się  ", [[("lemma", "źle")], [("lemma", "się")]]),
        ("bielsko-biała", [[("form", "bielsko")], [("lemma", "biała")]]),
        ("500", [[("lemma", "500")]]),
    ],
)
def test_a_pattern_means_its_words_in_order_with_their_alternatives(source, terms):
    pattern = parse_pattern(source)
    assert pattern.source == source
    assert [[tuple(atom) for atom in term] for term in pattern.parts[0][0]] == terms


@pytest.mark.parametrize("source", ["", "   ", "\t"])
def test_an_empty_pattern_is_refused(source):
    with pytest.raises(ValueError, match="empty"):
        parse_pattern(source)


@pytest.mark.parametrize(
    ("source", "character"),
    [
        ("=", 1),
        ("*", 1),
        ("stary |", 7),
        ("stary||starszy", 1),
        ("nie ma 500+", 8),
        ("dom, opieki", 1),
        ("dom *tek", 5),
        ("sam**", 1),
        ("-", 1),
    ],
)
def test_what_is_no_word_is_refused_with_its_place_and_what_is_allowed(source, character):
    with pytest.raises(ValueError, match=rf"character {character}: .* is no word\. Allowed: samotny, samotny!, =sama"):
        parse_pattern(source)


@pytest.mark.parametrize("source", ["s*", "sa*", "dom sa*"])
def test_a_beginning_of_two_letters_is_refused(source):
    with pytest.raises(ValueError, match="3 letters or more"):
        parse_pattern(source)


WORD = st.text("aąbcćdeęłńóśźżAŻ", min_size=3, max_size=9)
ATOM = st.one_of(
    WORD.map(lambda word: (word, ("lemma", word))),
    WORD.map(lambda word: (f"={word}", ("form", word))),
    WORD.map(lambda word: (f"{word}*", ("beginning", word))),
)


@given(st.lists(st.lists(ATOM, min_size=1, max_size=3), min_size=1, max_size=4))
@settings(deadline=None, max_examples=100)
def test_every_pattern_written_by_the_rules_is_understood(terms):
    source = " ".join("|".join(written for written, _ in term) for term in terms)
    found = [[tuple(atom) for atom in term] for term in parse_pattern(source).parts[0][0]]
    assert found == [list(dict.fromkeys(meaning for _, meaning in term)) for term in terms]


def test_the_codes_are_a_table_in_the_order_of_the_book():
    entries = [
        {"id": "old", "label": {"pl": "starsi", "en": "older people"}},
        {"id": "lonely", "parent": "old", "in_charge": ["gops", "pcpr"]},
        {"id": "bus", "group": "solutions"},
    ]
    codes = book(*entries).codes
    assert list(codes.columns) == CODES.names
    assert codes["code"].tolist() == ["old", "lonely", "bus"]
    assert codes["order"].tolist() == [1, 2, 3]
    assert codes["group"].tolist() == ["problems", "problems", "solutions"]
    assert codes["label_pl"][0] == "starsi"
    assert codes["parent"].fillna("").tolist() == ["", "old", ""]
    assert codes["in_charge"].fillna("").tolist() == ["", "gops;pcpr", ""]


def test_patterns_come_with_their_codes():
    found = book({"id": "a", "patterns": ["dom", "=ma"]}, {"id": "b"}, {"id": "c", "patterns": ["las"]}).patterns()
    assert [(code.id, pattern.source) for code, pattern in found] == [("a", "dom"), ("a", "=ma"), ("c", "las")]


def test_a_code_is_found_by_its_id_and_an_unknown_one_names_those_there_are():
    found = book({"id": "dom"}, {"id": "las"})
    assert found["las"].id == "las"
    with pytest.raises(ArgumentError, match=r"no code 'łąka' in codebook 'próba'; there are: dom, las"):
        found["łąka"]


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ([{"id": "a", "group": "dreams"}], "group 'dreams' is unknown; groups: problems, solutions"),
        ([{"id": "a", "parent": "z"}], "parent 'z' is no code"),
        ([{"id": "a"}, {"id": "b", "parent": "a"}, {"id": "c", "parent": "b"}], "one level deep"),
        ([{"id": "a"}, {"id": "b", "parent": "a", "group": "solutions"}], "different groups"),
        ([{"id": "a", "patterns": ["x*"]}], "3 letters"),
        ([{"id": "a", "colour": "red"}], "colour"),
        ([], "at least 1"),
    ],
)
def test_a_book_that_contradicts_itself_is_refused(entries, said):
    with pytest.raises(ValidationError, match=said):
        book(*entries)


def test_a_codebook_is_frozen():
    found = book({"id": "a"})
    with pytest.raises(ValidationError, match="frozen"):
        found.version = "3"
    with pytest.raises(ValidationError, match="frozen"):
        found["a"].patterns = ("las",)


def test_the_table_of_codes_is_a_copy():
    found = book({"id": "a"})
    codes = found.codes
    codes.loc[0, "code"] = "zmieniony"
    assert found.codes["code"].tolist() == ["a"]


def test_it_shows_what_it_holds():
    found = book({"id": "a", "patterns": ["dom", "las"]}, {"id": "b"})
    assert repr(found) == str(found) == "Codebook('próba', version 2, 2 codes, 2 patterns)"
