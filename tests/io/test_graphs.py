"""Networks as graphs, and as files that other programs open."""

import networkx as nx
import pytest

from focus_analysis.analysis.cooperation import cooperation
from focus_analysis.errors import ArgumentError
from focus_analysis.io.graphs import to_graph, write_graph
from focus_analysis.schemas import empty
from focus_analysis.schemas_networks import EDGES
from tests.analysis.networks import DEGREE, TIES, WEIGHTS, relations, took_part

LABELS = {"OPS": "ośrodek <pomocy> & „spółka”"}


def edges(*rows):
    return cooperation(relations(*(rows or TIES)), took_part())


def test_a_graph_holds_the_ties_of_the_whole_study():
    graph = to_graph(edges())
    assert {tuple(sorted(pair)): weight for *pair, weight in graph.edges(data="weight")} == WEIGHTS
    assert dict(graph.degree()) == DEGREE
    assert graph.edges["OPS", "Policja"]["n_scope"] == 4


def test_a_network_of_lacks_is_directed_and_apart():
    graph = to_graph(edges(("G1", "OPS", "PUP"), ("G1", "Szkola", "OPS", "lacks")), "lacks")
    assert graph.is_directed()
    assert list(graph.edges) == [("Szkola", "OPS")]


def test_one_gmina_may_be_chosen_and_several_may_not():
    table = edges()
    assert len(to_graph(table[table["gmina"] == "G3"]).edges) == 3
    with pytest.raises(ArgumentError, match="choose the rows of one"):
        to_graph(table[table["gmina"].notna()])


def test_a_network_that_there_is_not_is_refused(tmp_path):
    with pytest.raises(ArgumentError, match="no relation 'cooperate'; there are: cooperates, lacks"):
        write_graph(edges(), tmp_path / "a.gexf", "cooperate")


@pytest.mark.parametrize(("name", "read"), [("a.graphml", nx.read_graphml), ("a.GEXF", nx.read_gexf)])
def test_a_file_opens_again_with_weights_and_labels(tmp_path, name, read):
    path = write_graph(edges(), tmp_path / name, labels=LABELS)
    graph = read(path)
    assert {tuple(sorted(pair)): int(weight) for *pair, weight in graph.edges(data="weight")} == WEIGHTS
    assert graph.nodes["OPS"]["label"] == LABELS["OPS"]


def test_an_empty_network_is_written_too(tmp_path):
    assert len(nx.read_graphml(write_graph(empty(EDGES), tmp_path / "a.graphml"))) == 0


def test_another_ending_is_refused(tmp_path):
    with pytest.raises(ArgumentError, match="graphml"):
        write_graph(edges(), tmp_path / "a.png")
    assert not list(tmp_path.iterdir())
