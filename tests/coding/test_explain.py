"""The reasoning behind a turn, as people read it."""

import re

import pandas as pd
import pytest

from focus_analysis import labels
from focus_analysis.coding.clauses import cue_list
from focus_analysis.coding.explain import COLUMNS, explain
from focus_analysis.coding.rules import code
from focus_analysis.errors import ArgumentError
from tests.builders import codebook, codings, corpus, group

BOOK = {"poverty": ["bieda"], "lonely": ["samotny osoba", "babcia near samotny"], "old": []}
NOWHERE = [("oksa", 9, None), ("nowhere", 1, None), ("oksa", 1, "nothing")]
STUDY = corpus(
    group(
        "oksa",
        "M: Jak z biedą?",
        "R1: Biedy u nas nie ma, ale <b>samotna</b> osoba jest w domu.",
        "R2: Babcia bywa. Smutno.",
        "R2: Nic.",
    )
)


@pytest.fixture
def book():
    return codebook(BOOK, parents={"lonely": "old"})


def explained(book, turn, code_id=None, lang="en", given=None):
    return explain(STUDY, code(STUDY, book) if given is None else given, book, "oksa", turn, code_id, lang)


def test_each_coding_of_a_turn_is_told_with_pattern_words_and_cue(book):
    table = explained(book, 2).table
    assert list(table.columns) == COLUMNS
    row = table.iloc[0]
    assert (row["code"], row["outcome"], row["words"], row["pattern"]) == ("poverty", "denied", "Biedy", "bieda")
    assert (row["cue"], row["scope"], row["start"], row["end"]) == ("nie ma", "object", 0, 5)
    assert row["why"].startswith("cue “nie ma” (")
    assert "its object" in row["why"]


@pytest.mark.parametrize(("lang", "said"), [("pl", "mówi moderator"), ("en", "the moderator speaks")])
def test_reasons_are_said_in_the_language_asked_for(lang, said, book):
    why = explained(book, 1, lang=lang).table["why"].tolist()
    assert len(why) == 1
    assert said in why[0]


def test_a_code_not_given_is_told_by_what_its_patterns_found(book):
    table = explained(book, 3, "lonely").table
    assert table[["outcome", "words", "pattern"]].to_numpy().tolist() == [
        ["not_given", "Babcia", "babcia near samotny"]
    ]
    assert table["why"].tolist() == ["the other part is missing: samotny"]
    assert table["start"].isna().all()


def test_a_code_that_was_denied_says_so_instead(book):
    assert explained(book, 2, "poverty").table["outcome"].tolist() == ["denied"]


def test_a_code_far_from_the_text_and_a_code_without_patterns_say_so(book):
    assert explained(book, 4, "lonely").table["why"].tolist() == ["no pattern of the code comes near"]
    assert explained(book, 4, "old").table["why"].tolist() == ["the code has no patterns; it gathers: lonely"]


def test_codings_of_another_version_and_of_people_are_told_apart(book):
    given = code(STUDY, book)
    changed = codebook({"poverty": ["nędza"]})
    assert "does not give this code here (coded by version 7)" in explained(changed, 2, given=given).table["why"][0]
    assert "the codebook given does give this code" in explained(book, 2, "poverty", given=given[:0]).table["why"][0]
    assert (
        "by the codebook given: denied"
        in (explained(book, 2, "poverty", given=given.assign(status="affirmed")).table["why"][0])
    )
    assert explained(book, 2, given=codings(("oksa", 2, "poverty"))).table["why"].tolist() == ["coded by ręka"]


def test_a_notebook_shows_it_with_what_was_said_escaped(book):
    shown = explained(book, 2)._repr_html_()
    assert "&lt;b&gt;samotna&lt;/b&gt;" in shown
    assert "<b>samotna" not in shown
    assert "poverty in English" in shown


def test_printed_it_reads_from_top_to_bottom(book):
    lines = str(explained(book, 2)).splitlines()
    assert lines[0] == "oksa, turn 2, R1 (participant)"
    assert lines[1] == STUDY.turns["text"][1]
    assert lines[3] == "poverty in English: denied"
    assert lines[4].startswith("  bieda → Biedy | cue “nie ma”")
    assert repr(explained(book, 2)) == str(explained(book, 2))


def test_a_turn_without_codes_says_so(book):
    assert str(explained(book, 4, lang="pl")).endswith("W tej wypowiedzi nie ma kodów.")


def test_many_reasons_are_counted_not_dropped():
    words = [
        *("dom", "płot", "pies", "kot", "okno", "drzwi", "stół", "piec", "rower", "las", "pole", "wóz", "koń", "krowa")
    ]
    many = codebook({"old": [f"babcia near {word}" for word in words]})
    found = explain(STUDY, code(STUDY, many), many, "oksa", 3, "old", "en")
    assert len(found.table) == 14
    assert "… and 2 more; all of them in .table" in str(found)
    assert len(re.findall("<tr>", found._repr_html_())) == 13


@pytest.mark.parametrize(("session", "turn", "code_id"), NOWHERE)
def test_what_is_not_there_is_refused(session, turn, code_id, book):
    with pytest.raises(ArgumentError):
        explain(STUDY, code(STUDY, book), book, session, turn, code_id)


def test_a_pattern_that_found_a_code_and_was_outweighed_by_the_model_says_so(book):
    others = code(STUDY, book).query("turn != 2")
    edited = explained(book, 2, "poverty", given=others)
    assert edited.table["why"].tolist() == ["the codebook given does give this code: code the corpus again (denied)"]
    weighed = explained(book, 2, "poverty", given=others.assign(coder="combined"))
    assert weighed.table["outcome"].tolist() == ["not_given"]
    assert weighed.table["why"].item().startswith("the pattern found this, but the model did not bear it out")
    assert weighed.table["why"].item().endswith("(denied)")
    elsewhere = explained(book, 2, "poverty", given=others.assign(coder="combined", codebook_version="of another"))
    assert elsewhere.table["why"].item().startswith("the codebook given does give this code")


def test_what_a_model_said_is_told_once_a_code_in_the_language_asked_for(book):
    said = "model → Biedy, nie ≈ Biedy nie widać."
    by_rules = code(STUDY, book)
    weighed = by_rules.assign(coder="combined", coder_kind="model", confidence=0.614)
    weighed["evidence"] = weighed["evidence"] + " | " + said
    apart = weighed.assign(start=7, end=18, evidence=said)  # a window of the model, beside what a pattern found
    twice = pd.concat([apart, weighed]).query("turn == 2 and code == 'poverty'")
    told = explained(book, 2, lang="pl", given=twice).table
    assert told["why"].str.count("61%").tolist() == [1, 0]
    assert "przemawia „Biedy, nie”; najbliższa wypowiedź, z której się uczył: „Biedy nie widać.”" in told["why"].iloc[0]
    assert told["why"].iloc[0].startswith("wskazówka „nie ma”")
    assert told["pattern"].fillna("").tolist() == ["bieda", ""]


def test_a_status_of_the_model_against_the_pattern_is_told_of(book):
    by_rules = code(STUDY, book).query("code == 'poverty' and turn == 2")
    said = " | model (affirmed) + place in the talk → Biedy ≈ "
    weighed = by_rules.assign(coder="combined", coder_kind="model", status="affirmed", confidence=0.5)
    why = explained(book, 2, given=weighed.assign(evidence=weighed["evidence"] + said)).table["why"].item()
    assert why.startswith("cue “nie ma”")
    assert why.endswith(
        "the place in the talk was needed too; the status is the model's, against the pattern: affirmed"
    )
    assert "by the codebook given" not in why


def test_a_machines_coding_without_evidence_is_told_of_too(book):
    bare = code(STUDY, book).query("code == 'poverty' and turn == 2").assign(evidence=None)
    assert explained(book, 2, given=bare).table["why"].tolist() == [""]


def test_of_long_alternatives_only_the_first_are_shown():
    word = "babcia|dziadek|staruszka|staruszek|emeryt|emerytka near samotny|sam|opuszczony|porzucony|zostawiony|=sama"
    many = codebook({"old": [word]})
    group_of = corpus(group("oksa", "R1: Emerytka zostawiona."))
    shown = explain(group_of, code(group_of, many), many, "oksa", 1)
    assert "  babcia|dziadek|staruszka|… near samotny|sam|opuszczony|… → Emerytka … zostawiona" in str(shown)
    assert shown.table["pattern"].tolist() == [word]


def test_a_turn_that_was_read_and_given_no_code_has_nothing_told_of_it(book):
    assert explained(book, 4, given=codings(("oksa", 4, "none"))).table.empty


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_the_reach_of_every_cue_can_be_told(lang):
    for scope in {scope for cue in cue_list().cues for scope in cue.scope}:
        assert labels.words(f"explain.scope.{scope}", lang)


def test_a_verdict_on_the_sentence_before_is_told():
    book = codebook({"poverty": ["bieda"]})
    talk = corpus(group("a", "R1: Bieda jest. To nie jest problem tej gminy."))
    told = explain(talk, code(talk, book), book, "a", 1, lang="en").table
    assert told["outcome"].tolist() == ["denied"]
    assert "decides on the sentence before it" in told["why"].iloc[0]
