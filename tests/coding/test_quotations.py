"""Which turns may be quoted, and which are chosen."""

import pandas as pd
import pytest

from focus_analysis.coding.quotations import (
    COLUMNS,
    best_quotations,
    choose_quotations,
    counter_quotations,
    flagged_quotations,
    gmina_quotations,
    names_somebody,
    quotable,
)
from tests.builders import codings, corpus, group

FILLER = "taka jest prawda i każdy to widzi u nas na co dzień we wsi niestety od wielu lat"


def said(n_words, start="bieda"):
    """A turn of so many words."""
    words = [start, *(FILLER.split() * 10)]
    return " ".join(words[:n_words])


def quoted(study, found, **options):
    chosen = choose_quotations(study, found, **options)
    return list(zip(chosen["session_id"], chosen["turn"], strict=True))


@pytest.mark.parametrize(("n_words", "eligible"), [(7, False), (8, True), (25, True), (60, True), (61, False)])
def test_only_turns_of_8_to_60_words_are_quoted(n_words, eligible):
    study = corpus(group("s", f"R1: {said(n_words)}"))
    assert quoted(study, codings(("s", 1, "poverty"))) == ([("s", 1)] if eligible else [])


def test_a_quotation_is_the_whole_turn_with_the_kind_of_institution_and_the_region():
    text = said(12)
    study = corpus(group("s", f"R1: {text}", institutions={"R1": "gops"}, gmina="Oksa", voivodeship="świętokrzyskie"))
    chosen = choose_quotations(study, codings(("s", 1, "poverty")))
    assert list(chosen.columns) == COLUMNS
    assert chosen.iloc[0].tolist() == ["poverty", "s", 1, "R1", "gops", "świętokrzyskie", text]


def test_what_is_sure_goes_before_what_is_not_and_the_least_sure_is_never_quoted():
    study = corpus(group("s", *(f"R{n}: {said(25 + n)}" for n in range(1, 4)), f"R4: {said(25, 'Nie')}"))
    found = codings(*(("s", turn, "poverty") for turn in range(1, 5)))
    found["confidence"] = [0.49, 0.75, 0.9, 0.95]
    assert quoted(study, found) == [("s", 3), ("s", 2)]
    assert quoted(study, found, per_code=1) == [("s", 3)]
    assert quoted(study, found.head(2)) == [("s", 2)]


@pytest.mark.parametrize("status", ["denied", "hypothetical"])
def test_only_what_is_affirmed_is_quoted(status):
    study = corpus(group("s", f"R1: {said(20)}", f"R2: {said(21)}"))
    assert quoted(study, codings(("s", 1, "poverty", status), ("s", 2, "poverty"))) == [("s", 2)]


def test_only_participants_are_quoted():
    study = corpus(
        group("a", f"M: {said(20)}", f"R1: {said(22)}"),
        group("b", f"X: {said(20)}", roles_known=False),
    )
    assert quoted(study, codings(("a", 1, "poverty"), ("a", 2, "poverty"), ("b", 1, "poverty"))) == [("a", 2)]


@pytest.mark.parametrize("place", ["powiat kielecki", "w powiecie rzeszowskim", "województwo podkarpackie"])
def test_a_county_names_a_place_though_it_is_written_small(place):
    assert names_somebody(f"jak jest w skali, bo {place} to dziewiętnaście gmin")
    assert not names_somebody("w gminie jest wiejski klub, a w powiecie zły los")


@pytest.mark.parametrize("name", ["Zofia", "Zosię", "Krzysztofem", "Kamiński", "Rzeszowie", "Kuryłówce", "Iwierzyc"])
def test_a_turn_with_a_name_is_not_quoted(name):
    study = corpus(group("s", f"R1: {said(12)}, {name} też.", f"R2: {said(40)}"))
    assert names_somebody(f"Była tam {name}.")
    assert quoted(study, codings(("s", 1, "poverty"), ("s", 2, "poverty"))) == [("s", 2)]


@pytest.mark.parametrize(
    "text",
    [
        "Nikt tam nie zajrzy.",
        "W GOPS i w PCPR. Dzieci to wiedzą.",
        "Tak, Policja była.",
        "Ale co zrobić.",
        "Pan to wie, Panu mówiłam.",
    ],
)
def test_common_words_and_acronyms_are_no_names(text):
    assert not names_somebody(text)


def test_turns_nearest_to_25_words_come_first_and_then_the_earlier_ones():
    study = corpus(
        group("a", *(f"R{n}: {said(length)}" for n, length in enumerate((40, 23, 27), 1))),
        group("b", *(f"R{n}: {said(length)}" for n, length in enumerate((25, 27), 1))),
    )
    found = codings(*(("a", turn, "poverty") for turn in (1, 2, 3)), *(("b", turn, "poverty") for turn in (1, 2)))
    assert quoted(study, found, per_code=4) == [("b", 1), ("a", 2), ("a", 3), ("b", 2)]


def test_a_speaker_is_quoted_once_for_a_code():
    study = corpus(group("s", f"R1: {said(25)}", f"R1: {said(24)}", f"R2: {said(60)}"))
    found = codings(("s", 1, "poverty"), ("s", 2, "poverty"), ("s", 3, "poverty"), ("s", 2, "alcohol"))
    chosen = choose_quotations(study, found, per_code=3)
    assert list(zip(chosen["code"], chosen["turn"], strict=True)) == [("alcohol", 2), ("poverty", 1), ("poverty", 3)]


def test_the_same_label_in_two_sessions_is_two_speakers():
    study = corpus(group("a", f"R1: {said(25)}"), group("b", f"R1: {said(24)}"))
    assert quoted(study, codings(("a", 1, "poverty"), ("b", 1, "poverty"))) == [("a", 1), ("b", 1)]


def test_a_gmina_is_quoted_twice_at_most_for_a_code():
    study = corpus(
        group("a", f"R1: {said(25)}", f"R2: {said(25)}", gmina="Oksa"),
        group("b", f"R1: {said(25)}", gmina="Oksa"),
        group("c", f"R1: {said(60)}", gmina="Bieliny"),
    )
    found = codings(("a", 1, "poverty"), ("a", 2, "poverty"), ("b", 1, "poverty"), ("c", 1, "poverty"))
    assert quoted(study, found, per_code=4) == [("a", 1), ("a", 2), ("c", 1)]


def test_every_region_is_quoted_once_before_one_is_quoted_twice():
    study = corpus(
        group("a", f"R1: {said(25)}", f"R2: {said(25)}", gmina="Oksa", voivodeship="świętokrzyskie"),
        group("b", f"R1: {said(60)}", f"R2: {said(9)}", gmina="Krempna", voivodeship="podkarpackie"),
    )
    found = codings(*((session, turn, "poverty") for session in "ab" for turn in (1, 2)))
    assert quoted(study, found) == [("a", 1), ("b", 2)]
    assert quoted(study, found, per_code=3) == [("a", 1), ("b", 2), ("a", 2)]


def test_two_hits_of_a_code_in_a_turn_are_one_quotation():
    study = corpus(group("s", f"R1: {said(25)}"))
    assert quoted(study, codings(("s", 1, "poverty"), ("s", 1, "poverty"))) == [("s", 1)]


@pytest.mark.parametrize("per_code", [0, 1, 2])
def test_as_many_are_chosen_for_each_code_as_are_asked_for(per_code):
    study = corpus(*(group(name, f"R1: {said(25)}") for name in "abcd"))
    found = codings(*((name, 1, code) for code in ("poverty", "alcohol") for name in "abcd"))
    chosen = choose_quotations(study, found, per_code=per_code)
    assert chosen["code"].tolist() == ["alcohol"] * per_code + ["poverty"] * per_code


def test_a_turn_is_quoted_for_one_code_and_the_code_with_the_fewest_passages_chooses_first():
    study = corpus(*(group(name, f"R1: {said(25)}") for name in "abc"))
    found = codings(*((name, 1, "alcohol") for name in "abc"), ("a", 1, "poverty"))
    chosen = choose_quotations(study, found)
    assert list(zip(chosen["code"], chosen["session_id"], strict=True)) == [
        ("alcohol", "b"),
        ("alcohol", "c"),
        ("poverty", "a"),
    ]


@pytest.mark.parametrize("seed", range(5))
def test_the_choice_does_not_depend_on_the_order_of_the_rows(seed):
    study = corpus(*(group(name, *(f"R{n}: {said(20 + n)}" for n in range(1, 7))) for name in "abc"))
    found = codings(*((name, turn, code) for code in ("x", "y") for name in "abc" for turn in range(1, 7)))
    shuffled = found.sample(frac=1, random_state=seed)
    assert choose_quotations(study, shuffled).equals(choose_quotations(study, found))


@pytest.mark.parametrize("study", [corpus(group("s", f"R1: {said(25)}")), corpus()], ids=["no codings", "empty corpus"])
def test_without_codings_nothing_is_quoted(study):
    chosen = choose_quotations(study, codings())
    assert chosen.empty
    assert list(chosen.columns) == COLUMNS


LONG = (
    "Na początku powiem, co robimy w naszym ośrodku na co dzień od wielu lat, bo to ważne i trzeba to wiedzieć dobrze. "
    "Potem była zima i nic się nie działo, jak to zimą na wsi, każdy siedział w domu i czekał na wiosnę. "
    "U nas bieda jest w co drugim domu i nikt o tym nie mówi głośno. "
    "Tak to wygląda z naszej strony, a jak będzie dalej, tego nikt nie wie i wiedzieć nie może. "
    "Na koniec jeszcze jedno zdanie o czymś innym, bo tak mi się przypomniało, kiedy tak siedzę i słucham państwa."
)


@pytest.mark.parametrize(("word", "opens", "ends"), [("początku", False, True), ("bieda", True, False)])
def test_of_a_long_turn_the_sentences_around_the_hit_are_quoted_and_omissions_marked(word, opens, ends):
    study = corpus(group("s", f"R1: {LONG}"))
    found = codings(("s", 1, "poverty")).assign(start=LONG.index(word), end=LONG.index(word) + len(word))
    (text,) = choose_quotations(study, found)["text"]
    assert (text.startswith("[…] "), text.endswith(" […]")) == (opens, ends)
    shown = text.removeprefix("[…] ").removesuffix(" […]")
    assert word in shown and shown in LONG and 8 <= len(shown.split()) <= 60


def test_a_sentence_that_is_too_long_alone_is_not_quoted():
    study = corpus(group("s", f"R1: {said(61)}. Krótko."))
    assert quoted(study, codings(("s", 1, "poverty"))) == []


def test_a_whole_turn_goes_before_part_of_one():
    study = corpus(group("a", f"R1: {LONG}"), group("b", f"R1: {said(58)}"))
    assert quoted(study, codings(("a", 1, "poverty"), ("b", 1, "poverty")), per_code=1) == [("b", 1)]


def decided(*rows):
    return pd.DataFrame(rows, columns=["session_id", "turn", "text", "use"])


def test_a_quotation_with_a_name_waits_until_a_person_clears_it():
    study = corpus(group("s", f"R1: {said(20)}, Zofia też.", f"R2: {said(40)}"))
    found = codings(("s", 1, "poverty"), ("s", 2, "poverty"))
    flagged = flagged_quotations(quotable(study, found))
    assert flagged[["turn", "names"]].to_numpy().tolist() == [[1, "Zofia"]]
    cleared = quotable(study, found, decided(("s", 1, "bieda, pani […] też", True)))
    assert best_quotations(cleared, 1)[["turn", "text"]].to_numpy().tolist() == [[1, "bieda, pani […] też"]]
    assert flagged_quotations(cleared).empty


def test_a_quotation_that_a_person_ruled_out_is_not_used():
    study = corpus(group("s", f"R1: {said(25)}", f"R2: {said(40)}"))
    found = codings(("s", 1, "poverty"), ("s", 2, "poverty"))
    passages = quotable(study, found, decided(("s", 1, "", False)))
    assert best_quotations(passages)["turn"].tolist() == [2]


def test_a_gmina_is_quoted_with_other_turns_than_those_used_already_and_no_person_twice():
    study = corpus(
        group("s", *(f"R{n}: {said(25 + n)}" for n in (1, 2, 3)), f"R2: {said(25, 'alkohol')}", gmina="Oksa")
    )
    found = codings(*(("s", turn, "poverty") for turn in (1, 2, 3)), ("s", 4, "alcohol"))
    passages = quotable(study, found)
    taken = passages[passages["turn"] == 1]
    leading = pd.DataFrame({"place": ["260205"] * 2, "code": ["poverty", "alcohol"]})
    chosen = gmina_quotations(passages, leading, taken)
    assert list(zip(chosen["code"], chosen["turn"], chosen["gmina"], strict=True)) == [("poverty", 2, "Oksa")]


def test_a_claim_with_counter_examples_has_a_voice_against_it():
    study = corpus(
        group("a", f"R1: {said(25)}", f"R2: {said(26)}", gmina="Oksa"), group("b", f"R1: {said(30)}", gmina="Łoniów")
    )
    found = codings(("a", 1, "poverty", "denied"), ("a", 2, "alcohol"), ("b", 1, "poverty"))
    doubts = pd.DataFrame(
        [
            (7, "260205", "poverty", "denied"),
            (7, "260205", "alcohol", "affirmed"),
            (8, "260205", "alcohol", "affirmed"),
        ],
        columns=["claim", "place", "code", "status"],
    )
    passages = quotable(study, found)
    chosen = counter_quotations(passages, doubts, passages.head(0))
    assert chosen[["claim", "status", "code", "turn"]].to_numpy().tolist() == [
        [7, "denied", "poverty", 1],
        [8, "affirmed", "alcohol", 2],
    ]


def test_a_turn_that_was_read_and_given_no_code_is_not_quoted():
    study = corpus(group("s", f"R1: {said(25)}"))
    assert quoted(study, codings(("s", 1, "none"))) == []
