"""Ties of institutions: weights in gminas, directions, mutual naming and isolates."""

import pytest

from focus_analysis.analysis.cooperation import cooperation, network_nodes, network_summary
from focus_analysis.errors import ArgumentError
from focus_analysis.schemas import empty
from focus_analysis.schemas_networks import PARTICIPATION, RELATIONS
from tests.analysis.networks import (
    DEGREE,
    IN_DEGREE,
    OUT_DEGREE,
    STRENGTH,
    TIES,
    WEIGHTS,
    relations,
    took_part,
)


def whole(table):
    """The rows of the whole study."""
    return table[table["gmina"].isna() & table["voivodeship"].isna()]


def edge(table, source, target):
    return table[(table["source"] == source) & (table["target"] == target)].iloc[0]


def test_a_weight_is_the_number_of_gminas_that_name_the_tie():
    edges = whole(cooperation(relations(*TIES), took_part()))
    assert dict(zip(zip(edges["source"], edges["target"], strict=True), edges["n_gminas"], strict=True)) == WEIGHTS


@pytest.mark.parametrize(
    ("column", "expected"),
    [("degree", DEGREE), ("strength", STRENGTH), ("out_degree", OUT_DEGREE), ("in_degree", IN_DEGREE)],
)
def test_nodes_worked_by_hand(column, expected):
    nodes = whole(network_nodes(relations(*TIES), took_part()))
    assert dict(zip(nodes["institution"], nodes[column], strict=True)) == expected


def test_ties_are_mutual_only_within_a_gmina():
    summary = whole(network_summary(relations(*TIES), took_part())).iloc[0]
    assert summary[["n_dyads", "n_reciprocated", "n_ties", "n_isolates"]].tolist() == [10, 2, 5, 0]
    assert summary["reciprocity"] == pytest.approx(0.2)
    assert summary["density"] == pytest.approx(0.5)


def test_mentions_mentioned_twice_in_a_gmina_weigh_once():
    edges = whole(cooperation(relations(("G1", "OPS", "PUP"), ("G1", "OPS", "PUP")), took_part()))
    assert edges[["n_gminas", "n_named"]].iloc[0].tolist() == [1, 2]


def test_a_tie_of_one_gmina_is_marked_where_there_are_several():
    edges = cooperation(relations(("G1", "OPS", "PUP"), ("G1", "OPS", "Szkola"), ("G2", "OPS", "Szkola")), took_part())
    everywhere = whole(edges)
    assert edge(everywhere, "OPS", "PUP")["one_gmina"]
    assert not edge(everywhere, "OPS", "Szkola")["one_gmina"]
    in_gmina = edges[edges["gmina"].notna()]
    assert not in_gmina["one_gmina"].any()
    assert in_gmina["low"].isna().all()


def test_opportunities_are_gminas_where_both_took_part_or_are_named():
    told = relations(("G1", "OPS", "Parafia"), ("G2", "OPS", "Parafia", "mentioned"))
    found = edge(whole(cooperation(told, took_part("OPS", "Policja"))), "OPS", "Parafia")
    assert found[["n_gminas", "n_opportunities", "n_both_present", "n_scope"]].tolist() == [1, 2, 0, 4]


def test_an_interval_draws_gminas():
    edges = whole(cooperation(relations(*TIES), took_part(), seed=3))
    everywhere, twice = edge(edges, "OPS", "Policja"), edge(edges, "OPS", "Parafia")
    assert everywhere[["low", "high"]].tolist() == [4, 4]  # in every gmina, so in every draw
    assert twice[["low", "high"]].tolist() == [0, 4]  # a share of 1/2 in four draws: 6% each of 0 and of 4
    assert set(edges["interval_kind"]) == {"sensitivity"}
    again = whole(cooperation(relations(*TIES), took_part(), seed=3))
    assert edges.equals(again)


def test_no_interval_goes_beyond_the_gminas_that_could_name_the_tie():
    told = relations(*TIES, ("G1", "Szkoła", "Sąd"))
    edges = whole(cooperation(told, took_part("OPS", "Policja")))
    most = edges[["n_gminas", "n_opportunities"]].max(axis=1)
    assert (edges["high"].isna() | (edges["high"] <= most)).all()
    assert (edges["low"].isna() == (most < 2)).all()
    assert edges["high"].notna().any()


def test_networks_are_never_merged():
    told = relations(("G1", "OPS", "PUP"), ("G1", "OPS", "PUP", "mentioned"), ("G2", "OPS", "PUP", "mentioned"))
    edges = whole(cooperation(told, took_part()))
    assert dict(zip(edges["relation"], edges["n_gminas"], strict=True)) == {"cooperates": 1, "mentioned": 2}


def test_lacks_and_wishes_have_a_direction_and_others_none():
    told = relations(("G1", "Szkola", "OPS", "lacks"), ("G1", "OPS", "Szkola", "lacks"), ("G1", "Szkola", "OPS"))
    edges = whole(cooperation(told, took_part()))
    assert sorted(zip(edges["source"], edges["target"], edges["relation"], edges["directed"], strict=True)) == [
        ("OPS", "Szkola", "cooperates", False),
        ("OPS", "Szkola", "lacks", True),
        ("Szkola", "OPS", "lacks", True),
    ]
    assert len(whole(cooperation(told, took_part(), directed=False))) == 2


def test_who_names_themselves_is_not_named_by_others():
    told = relations(("G1", "OPS", "Policja", "cooperates", "Policja"), ("G2", "OPS", "PUP", "cooperates", "Szkola"))
    nodes = whole(network_nodes(told, took_part())).set_index("institution")
    assert nodes.loc["Policja", ["in_degree", "in_degree_by_others"]].tolist() == [1, 0]
    assert nodes.loc["PUP", ["in_degree", "in_degree_by_others"]].tolist() == [1, 1]
    third = whole(cooperation(told, took_part())).set_index("target")["n_by_third"]
    assert third.to_dict() == {"Policja": 0, "PUP": 1}


def test_who_took_part_and_has_no_tie_is_an_isolate():
    nodes = whole(network_nodes(relations(("G1", "OPS", "PUP")), took_part())).set_index("institution")
    assert nodes["isolate"].to_dict() == {
        "OPS": False,
        "PUP": False,
        "Parafia": True,
        "Policja": True,
        "Szkola": True,
    }


def test_every_gmina_and_region_has_its_edges():
    edges = cooperation(relations(*TIES), took_part())
    region = edges[edges["gmina"].isna() & (edges["voivodeship"] == "Y")]
    assert edge(region, "OPS", "Policja")[["n_gminas", "n_scope"]].tolist() == [2, 2]
    assert set(edges["gmina"].dropna()) == {"G1", "G2", "G3", "G4"}


def test_a_relation_without_a_source_or_with_itself_makes_no_tie():
    told = relations(("G1", None, "PUP"), ("G1", "OPS", "OPS"))
    assert cooperation(told, took_part()).empty


def test_relations_of_other_sessions_are_left_out_and_named():
    with pytest.warns(UserWarning, match="no such session: G9"):
        edges = cooperation(relations(("G1", "OPS", "PUP"), ("G9", "OPS", "PUP")), took_part())
    assert whole(edges)["n_gminas"].tolist() == [1]


def test_one_gmina_has_no_interval():
    edges = cooperation(relations(("G1", "OPS", "PUP")), took_part(sessions=("G1",), regions=("X",)))
    assert edges["low"].isna().all()
    assert set(edges["interval_kind"]) == {"none"}


def test_nothing_gives_empty_tables():
    for table in (cooperation, network_nodes, network_summary):
        assert table(empty(RELATIONS), empty(PARTICIPATION)).empty
    assert cooperation(empty(RELATIONS), took_part()).empty


def test_draws_must_be_drawn():
    with pytest.raises(ArgumentError, match="resamples"):
        cooperation(relations(*TIES), took_part(), resamples=0)
