"""Where numbers and quotations lead."""

from dataclasses import replace
from urllib.parse import parse_qs, unquote

import pandas as pd
import pytest

from focus_analysis.report.addresses import (
    gmina_names,
    linked,
    place_key,
    quotation_address,
    quotation_keys,
    turn_address,
    turns_address,
)
from focus_analysis.report.document import spans
from focus_analysis.report.explorer import explorer_data


@pytest.mark.parametrize("session", ["oksa", "a b/ć#?&%", "(x)'!*~"])
def test_the_address_of_a_turn_holds_its_session_whole(session):
    name, _, number = turn_address(session, 7).removeprefix("explorer.html#").rpartition("/")
    assert (unquote(name), number) == (session, "7")
    assert "#" not in name and "/" not in name


def test_the_address_of_turns_names_the_filters_of_the_explorer():
    query = turns_address("poverty", region="świętokrzyskie", status="denied").removeprefix("explorer.html#turns?")
    wanted = {"region": "świętokrzyskie", "code": "code:poverty", "status": "denied", "role": "participant"}
    assert parse_qs(query) == {name: [value] for name, value in wanted.items()}


def test_the_key_of_a_place_is_that_of_the_explorer():
    assert (place_key("Oksa", "2602052"), place_key("Oksa (s1)", None)) == ("260205", "Oksa (s1)")


def test_gminas_of_one_name_are_told_apart_by_their_codes():
    table = pd.DataFrame(
        {"gmina": ["Osiek", "Łagów", "Osiek", "Osiek"], "teryt": ["2612045", "2604102", "2615032", None]}
    )
    assert gmina_names(table) == {
        "260410": "Łagów",
        "261204": "Osiek (261204)",
        "261503": "Osiek (261503)",
        "Osiek": "Osiek (–)",
    }


def test_a_linked_number_is_a_text_like_any_other():
    text = linked("3 z 10", "explorer.html#a/1")
    assert text == "3 z 10" and spans(text)[0].address == "explorer.html#a/1"


def test_the_explorer_knows_every_quotation_by_its_number(polish):
    keys = quotation_keys(polish.results)
    assert len(set(keys)) == len(keys) > 0
    carried = explorer_data(replace(polish.results), "pl")["quotations"]
    for row in polish.results.quotations.itertuples():
        number = int(quotation_address(polish.results, row).rpartition("-")[2])
        assert carried[number - 1] == f"{row.session_id}/{row.turn}"
