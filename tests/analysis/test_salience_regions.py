"""Salience of regions: means over gminas, worked by hand."""

import pandas as pd
import pytest

from focus_analysis.analysis.salience import salience
from tests.builders import codes, codings, corpus, group

CODES = codes("poverty", "alcohol")


def gmina(session_id, name, n_present, n_spoke=None, roster=True, region="świętokrzyskie"):
    """A group in which R1, R2 … speak one turn each, after the moderator."""
    people = tuple(f"R{n}" for n in range(1, n_present + 1))
    turns = [f"{person}: Tak." for person in people[: n_present if n_spoke is None else n_spoke]]
    return group(session_id, "M: ?", *turns, roster=people if roster else (), gmina=name, voivodeship=region)


def of(table, region, code="poverty"):
    rows = table[(table["voivodeship"] == region) & (table["code"] == code) & (table["level"] == "leaf")]
    assert len(rows) == 1
    return rows.iloc[0]


def test_a_region_is_the_mean_of_its_gminas_and_not_of_its_people():
    study = corpus(gmina("a", "Oksa", 2), gmina("b", "Bieliny", 10))
    table = salience(
        study, codings(("a", 2, "poverty"), ("a", 3, "poverty"), ("b", 2, "poverty")), CODES, by="voivodeship"
    )
    row = of(table, "świętokrzyskie")
    assert row["estimate"] == pytest.approx((2 / 2 + 1 / 10) / 2)
    assert row[["n_named", "n_participants", "n_sessions"]].tolist() == [3, 12, 2]
    assert table["gmina"].isna().all() and table["teryt"].isna().all()


def test_regions_are_ranked_apart():
    study = corpus(gmina("a", "Oksa", 2), gmina("b", "Krempna", 2, region="podkarpackie"))
    found = codings(("a", 2, "poverty"), ("b", 2, "alcohol"), ("b", 3, "alcohol"))
    table = salience(study, found, CODES, by="voivodeship")
    assert [
        of(table, region, code)["rank"] for region in ("świętokrzyskie", "podkarpackie") for code in CODES["code"]
    ] == [
        1,
        2,
        2,
        1,
    ]


def test_two_groups_of_a_gmina_weigh_as_one_gmina():
    study = corpus(gmina("a", "Oksa", 2), gmina("b", "Oksa", 2), gmina("c", "Bieliny", 2))
    table = salience(
        study, codings(("a", 2, "poverty"), ("b", 2, "poverty"), ("b", 3, "poverty")), CODES, by="voivodeship"
    )
    row = of(table, "świętokrzyskie")
    assert row["estimate"] == pytest.approx((3 / 4 + 0) / 2)
    assert row["n_sessions"] == 3


def test_a_gmina_without_known_roles_stays_out_of_the_mean():
    unknown = group("b", "A: Tak.", roles_known=False, gmina="Bieliny", voivodeship="świętokrzyskie")
    table = salience(
        corpus(gmina("a", "Oksa", 4), unknown),
        codings(("a", 2, "poverty"), ("b", 1, "poverty")),
        CODES,
        by="voivodeship",
    )
    assert of(table, "świętokrzyskie")[["estimate", "n_participants", "n_sessions"]].tolist() == [0.25, 4, 1]


def test_a_gmina_of_unknown_region_stays_out_of_every_mean():
    study = corpus(gmina("a", "Oksa", 4), gmina("b", "Bieliny", 1, region=None))
    table = salience(study, codings(("b", 2, "poverty")), CODES, by="voivodeship")
    assert set(table["voivodeship"]) == {"świętokrzyskie"}
    assert of(table, "świętokrzyskie")["estimate"] == 0


def test_rosters_and_speakers_are_not_averaged_silently():
    study = corpus(
        gmina("a", "Oksa", 4, n_spoke=2),
        gmina("b", "Bieliny", 3, roster=False),
        gmina("c", "Krempna", 2, region="podkarpackie"),
    )
    found = codings(("a", 2, "poverty"), ("b", 2, "poverty"))
    with pytest.warns(UserWarning, match="świętokrzyskie: some gminas have a roster and some not"):
        table = salience(study, found, CODES, by="voivodeship")
    row = of(table, "świętokrzyskie")
    assert row["estimate"] == pytest.approx((1 / 2 + 1 / 3) / 2)
    assert (row["denominator"], row["n_participants"]) == ("spoke", 5)
    assert of(table, "podkarpackie")["denominator"] == "roster"


def test_a_gmina_keeps_its_own_denominator_beside_the_mixed_mean():
    study = corpus(gmina("a", "Oksa", 4, n_spoke=2), gmina("b", "Bieliny", 3, roster=False))
    table = salience(study, codings(("a", 2, "poverty")), CODES)
    denominators = table.groupby("gmina")["denominator"].agg(set)
    assert denominators.to_dict() == {"Bieliny": {"spoke"}, "Oksa": {"roster"}}


def test_regions_that_differ_only_between_themselves_raise_no_warning():
    study = corpus(gmina("a", "Oksa", 4), gmina("b", "Krempna", 3, roster=False, region="podkarpackie"))
    table = salience(study, codings(), CODES, by="voivodeship")
    assert of(table, "świętokrzyskie")["denominator"] == "roster"
    assert of(table, "podkarpackie")["denominator"] == "spoke"


def test_the_mean_counts_a_parent_in_each_gmina_once():
    both = codes("families", "violence", "quarrels", parents={"violence": "families", "quarrels": "families"})
    study = corpus(gmina("a", "Oksa", 2), gmina("b", "Bieliny", 2))
    found = codings(("a", 2, "violence"), ("a", 2, "quarrels"), ("b", 2, "violence"), ("b", 3, "quarrels"))
    table = salience(study, found, both, by="voivodeship")
    top = table[table["level"] == "top"]
    assert top[["code", "estimate", "n_named"]].to_numpy().tolist() == [["families", 0.75, 3]]
    assert pd.isna(top["gmina"].iloc[0])


def test_where_no_region_is_known_there_is_no_row():
    assert salience(
        corpus(gmina("a", "Oksa", 4, region=None)), codings(("a", 2, "poverty")), CODES, "voivodeship"
    ).empty
