import string
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from focus_analysis import labels
from focus_analysis.errors import ArgumentError
from focus_analysis.resources import toml
from focus_analysis.schemas import FINDINGS, Finding

NBSP = "\N{NO-BREAK SPACE}"


def gaps(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def entries(node, path=()):
    """Every pair of texts in the catalogue of words, with its path."""
    if set(node) == {"pl", "en"}:
        yield path, node
        return
    for name, inner in node.items():
        yield from entries(inner, (*path, name))


WORDS = [(".".join(path), pair) for path, pair in entries(toml("words.toml")) if isinstance(pair["pl"], str)]
MESSAGES = [(key, part, message[part]) for key, message in toml("messages.toml").items() for part in message]


@pytest.mark.parametrize(("key", "pair"), WORDS, ids=[key for key, _ in WORDS])
def test_words_have_both_languages_and_the_same_gaps(key, pair):
    assert pair["pl"].strip()
    assert pair["en"].strip()
    assert gaps(pair["pl"]) == gaps(pair["en"])


@pytest.mark.parametrize(("key", "part", "pair"), MESSAGES, ids=[f"{key}-{part}" for key, part, _ in MESSAGES])
def test_messages_have_both_languages_and_the_same_gaps(key, part, pair):
    assert set(pair) == {"pl", "en"}
    assert pair["pl"].strip()
    assert pair["en"].strip()
    assert gaps(pair["pl"]) == gaps(pair["en"])


def test_every_message_says_what_why_and_how():
    assert {
        key: set(entry) for key, entry in toml("messages.toml").items() if set(entry) != {"what", "why", "how"}
    } == {}


def test_words_fill_their_gaps_with_any_text():
    assert labels.words("cli.written", "pl", path="{żółw}") == "Zapisano: {żółw}"
    assert labels.words("severity.error", "en") == "ERROR"


def test_an_unknown_language_names_those_known():
    with pytest.raises(ArgumentError, match="lang must be one of pl, en; not 'de'"):
        labels.words("term.gmina", "de")
    assert [labels.check_language(lang) for lang in ("pl", "en")] == ["pl", "en"]


@pytest.mark.parametrize(
    ("n", "form"),
    [
        (0, "grup"),
        (1, "grupa"),
        (2, "grupy"),
        (4, "grupy"),
        (5, "grup"),
        (11, "grup"),
        (12, "grup"),
        (14, "grup"),
        (21, "grup"),
        (22, "grupy"),
        (25, "grup"),
        (101, "grup"),
        (102, "grupy"),
        (112, "grup"),
        (1004, "grupy"),
    ],
)
def test_polish_nouns_go_with_their_number(n, form):
    assert labels.plural("session", n, "pl") == f"{n} {form}"


@pytest.mark.parametrize(("n", "form"), [(0, "groups"), (1, "group"), (2, "groups"), (21, "groups")])
def test_english_nouns_go_with_their_number(n, form):
    assert labels.plural("session", n, "en") == f"{n} {form}"


@pytest.mark.parametrize("noun", list(toml("words.toml")["plural"]))
def test_every_noun_has_three_polish_forms_and_two_english_ones(noun):
    forms = toml("words.toml")["plural"][noun]
    assert (len(forms["pl"]), len(forms["en"])) == (3, 2)


@pytest.mark.parametrize(
    ("value", "digits", "pl", "en"),
    [
        (0, 0, "0", "0"),
        (999, 0, "999", "999"),
        (1234, 0, "1234", "1,234"),
        (9999.5, 1, "9999,5", "9,999.5"),
        (10000, 0, f"10{NBSP}000", "10,000"),
        (1234567.891, 2, f"1{NBSP}234{NBSP}567,89", "1,234,567.89"),
        (0.125, 2, "0,12", "0.12"),
        (-12345.5, 1, f"-12{NBSP}345,5", "-12,345.5"),
    ],
)
def test_numbers_are_written_as_the_language_writes_them(value, digits, pl, en):
    assert labels.number(value, "pl", digits) == pl
    assert labels.number(value, "en", digits) == en


def test_a_small_share_is_a_count_that_no_line_end_parts():
    assert labels.count_of(4, 10, "pl") == f"4{NBSP}z{NBSP}10"
    assert labels.count_of(4, 10, "en").replace(NBSP, " ") == "4 of 10"


@pytest.mark.parametrize(
    ("iso", "pl", "en"),
    [
        ("2018-09-02", f"2{NBSP}września 2018", f"2{NBSP}September 2018"),
        ("2018-10", "październik 2018", "October 2018"),
        ("2018-01-31", f"31{NBSP}stycznia 2018", f"31{NBSP}January 2018"),
        ("2018", "2018", "2018"),
    ],
)
def test_dates_are_written_as_the_language_writes_them(iso, pl, en):
    assert (labels.date(iso, "pl"), labels.date(iso, "en")) == (pl, en)


@given(st.dates(min_value=date(1000, 1, 1)))
@settings(deadline=None, max_examples=60)
def test_every_date_names_its_day_and_year(day):
    assert labels.date(day.isoformat(), "en") == f"{day.day}{NBSP}{day.strftime('%B')} {day.year}"


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LC_ALL": "pl_PL.UTF-8"}, "pl"),
        ({"LC_ALL": "PL"}, "pl"),
        ({"LC_ALL": "en_GB.UTF-8", "LANG": "pl_PL.UTF-8"}, "en"),
        ({"LC_ALL": "", "LANG": "pl_PL.UTF-8"}, "pl"),
        ({"LC_MESSAGES": "pl_PL", "LANG": "en_US"}, "pl"),
        ({"LC_ALL": "C"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
    ],
)
def test_the_language_is_that_of_the_locale(monkeypatch, environment, language):
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert labels.default_language() == language


def test_a_message_fills_its_gaps():
    said = labels.message(Finding("date_unknown", "warning", "a.txt", "", (("date", "{wczoraj}"),)), "pl")
    assert said.what == "data {wczoraj} jest niezrozumiała"
    assert said.why
    assert "2018-09-12" in said.how


def test_findings_become_a_table_in_their_order():
    found = [Finding("no_speakers", "warning", "b.txt", "3"), Finding("empty_file", "error", "a.txt")]
    table = labels.findings_table(found, "en")
    assert list(table.columns) == FINDINGS.names
    assert table[["file", "place", "severity", "what"]].to_numpy().tolist() == [
        ["b.txt", "3", "warning", "the file does not say who speaks"],
        ["a.txt", "", "error", "the file is empty"],
    ]
    assert labels.findings_table([], "pl").empty


def test_a_finding_that_leaves_the_team_keeps_numbers_of_rows_and_no_labels():
    words = (("n", "1"), ("words", "400"), ("turn", "12"), ("label", "Jan Kos"))
    assert labels.unnamed(Finding("long_turn", "warning", "a.txt", "12", words)).place == "12"
    note = labels.unnamed(Finding("long_turn", "warning", "a.txt", "Jan Kos", words))
    assert note.place == ""
    assert "(wypowiedź 12, …)" in labels.message(note, "pl").what


def test_names_stand_in_the_order_of_the_polish_alphabet():
    names = [
        "Żary",
        "Zarzecze",
        "Źródła",
        "Świlcza",
        "Szydłów",
        "Łoniów",
        "Lublin",
        "Oksa",
        "Ćmielów",
        "Cisna",
        "Ostrów",
    ]
    assert sorted(names, key=labels.sort_key) == [
        "Cisna",
        "Ćmielów",
        "Lublin",
        "Łoniów",
        "Oksa",
        "Ostrów",
        "Szydłów",
        "Świlcza",
        "Zarzecze",
        "Źródła",
        "Żary",
    ]


def test_a_shorter_name_stands_before_a_longer_one_and_case_does_not_matter():
    assert sorted(["Nowy Targ", "nowy", "Nowysącz"], key=labels.sort_key) == ["nowy", "Nowy Targ", "Nowysącz"]
